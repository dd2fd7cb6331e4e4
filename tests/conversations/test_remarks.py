"""What people say beside their groceries: it is answered by where their order stands, and never puts anything in a basket."""

from __future__ import annotations

import copy
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from catalog.reading.remarks import remark
from tests.village import Village

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=AMSTERDAM)


@cache
def _at(place: str) -> Village:
    """An, who said hello; has a basket; is asked which bread; sees the summary; has ordered; is being brought it; has it."""
    village = Village()
    for shop, who in (("bakker", "bas"), ("kaas", "karel")):
        village.role(who, "shopkeeper", shop)
    village.role("sam", "courier")
    village.role("anja", "coordinator")
    groceries = "4 krentenbollen en een half pond jong belegen, vrijdagochtend"
    steps = {
        "empty": ("hallo",), "basket": (groceries,), "which": ("en brood",),
        "review": ("wit brood heel", "Dorpsstraat 12, 3981 AB"), "placed": ("bestellen en betalen",),
    }  # fmt: skip
    for name, said in steps.items():
        for words in said:
            village.says("an", words)
        if name == place:
            return village
    village.says("bas", "ok"), village.says("karel", "ok")
    village.wait(datetime(2026, 11, 26, 17, 1, tzinfo=AMSTERDAM))
    village.says("sam", "ja")
    village.wait(FRIDAY)
    for words in ("start", "klaar", "klaar", *(("klaar",) if place == "brought" else ())):
        village.says("sam", words)
    return village


def _says(place: str, words: str) -> str:
    """The answer; and nothing in the basket changed."""
    village = copy.deepcopy(_at(place))
    before = [(line.product_id, line.amount) for line in village.store.draft("an", "bunnik").lines]
    answer = village.says("an", words)
    assert [(line.product_id, line.amount) for line in village.store.draft("an", "bunnik").lines] == before, words
    assert len(village.inbox["an"]) == len(_at(place).inbox["an"]) + 1, "one bubble"
    return answer


SAID = {
    ("brought", "Fijn om te horen."): (
        "alles gekregen dank u", "alles is netjes bezorgd", "het is goed aangekomen", "wat een aardige jongen",
        "heerlijk gegeten",
        "de bezorger was erg vriendelijk", "wat een service zeg", "goed ontvangen", "doe de groeten aan de bakker", "alles ok",
        "ik heb het uitgepakt en het klopt", "u bent een schat", "lief van jullie",
    ),
    ("brought", "Ik heb het doorgegeven."): (
        "er ontbreekt iets", "ik mis de kaas", "de kaas is beschimmeld", "de krentenbollen zijn niet vers",
        "ik heb te veel betaald",
        "ik heb iets gekregen dat ik niet besteld heb", "ik ben niet tevreden", "mag ik een klacht indienen",
        "de melk was zuur",
        "jullie zijn de koekoek vergeten",
        "de eieren waren wel klein", "en er was er een stuk",
    ),
    ("brought", "Goed."): ("dat geeft niet hoor",),
    ("brought", "Tot dan."): ("tot volgende week", "tot de volgende keer maar weer", "tot vrijdag dan"),
    ("empty", "Neem rustig de tijd."): ("wacht even", "even kijken hoor", "momentje", "ik vraag het eerst aan mijn man"),
    ("empty", "Ja, ik ben er."): ("bent u er nog?", "werkt dit nou?", "is dit de winkel?"),
    ("empty", "weet alleen van boodschappen"): (
        "lekker weertje vandaag", "ik ben mevrouw de Wit, 82 jaar", "mijn dochter heeft dit ingesteld",
    ),
    ("empty", "Ja hoor, vraag maar."): ("goedemorgen, mag ik u wat vragen",),
    ("empty", "Goed."): ("hoeft niet meer", "laat maar zitten", "ik wil het toch niet"),
    ("empty", "Bel Anja"): ("ik bel wel even", "ik heb geen internetbankieren"),
    ("empty", "Wanneer: zaterdag 28 november"): ("kan het ook zaterdag",),
    ("empty", "Ophalen: Dorpshuis"): ("mag ik ook morgen ophalen",),
    ("basket", "nooit uw pincode"): ("waarom moet u dat weten", "is dat veilig", "ik geef mijn adres liever niet"),
    ("which", "Kiezen kan ik niet voor u."): ("weet ik niet", "maakt niet uit", "doe maar wat", "ik kan het niet lezen"),
    ("which", "Dat weet de winkel het beste: Bakkerij de Molen"): ("wat is het verschil", "welke raadt u aan"),
    ("which", "Dat weet de winkel het beste"): ("welke is lekker",),
    ("which", "Goed, brood laat ik weg."): ("hoeft niet meer", "laat maar zitten"),
    ("review", "Wat hoeft niet?"): ("hoeft niet meer", "laat maar zitten", "nee dat wil ik niet"),
    ("review", "Welke regel is fout?"): ("dat heb ik niet besteld", "dat heb ik niet gezegd"),
    ("review", "Er is nog niets besteld."): ("is het dan besteld?", "waar moet ik drukken", "ik zie geen knop", "en nu?"),
    ("review", "Uw mandje blijft staan."): ("ik moet er nog even over nadenken", "straks verder", "wacht, de telefoon gaat"),
    ("review", "Kies een andere dag"): ("ik ben vrijdag naar de dokter", "moet ik thuis zijn", "om 10 uur ben ik er niet"),
    ("which", "Ik heb eerst nog een vraag."): ("is het nu besteld?", "waar staat die knop"),
    ("basket", "Kies een andere dag"): ("ik zit om 10 uur bij de kapper", "o nee dinsdag is de pedicure er"),
    ("review", "Betalen: bij de koerier aan de deur"): ("ja aan de deur dan",),
    ("review", "Betalen aan de deur kan ook"): ("ik heb alleen contant geld in huis",),
    ("review", "Bijna klaar."): ("bestel maar", "stuur maar op", "ja graag bestellen"),
    ("review", "Briefje voor de koerier"): ("ik woon op de derde verdieping", "mijn buurvrouw neemt het aan"),
    ("review", "bepalen zelf hun prijzen"): ("dat is wel duur zeg",),
    ("placed", "wacht op antwoord van de winkels. Vrijdag 27 november"): (
        "is het gelukt?", "hebben jullie het ontvangen?", "moet ik nog iets doen", "hoe laat ongeveer", "hij is er nog niet",
    ),
    ("placed", "Bestelling 1000 blijft staan."): ("hoeft niet meer", "sorry verkeerde knop", "dat was niet de bedoeling"),
    ("placed", "Typ ANNULEREN en bestel opnieuw."): (
        "mag ik ook morgen ophalen", "kan het ook zaterdag", "ik ben vrijdag toch niet thuis", "kan het nog eerder",
        "verzet mijn bestelling naar zaterdag", "ik zei vrijdag maar ik bedoelde zaterdag",
    ),
    ("empty", "Typ gewoon wat u wilt"): ("ik wil graag iets bestellen", "ik wilde wat boodschappen doen"),
    ("empty", "Bakkerij de Molen heeft: "): ("wat heeft de bakker",),
    ("placed", "is al geplaatst. Daar kan ik niets meer aan veranderen. Typ ANNULEREN"): (
        "haal de kaas er maar af", "maak er maar drie van",
    ),
    ("empty", "Uw mandje is leeg."): ("haal de kaas er maar af", "maak er maar drie van", "3 bloemkolen ipv 2"),
    ("placed", "Bestelling 1000 wacht op antwoord"): ("is er al iemand onderweg", "komen ze voor 12 uur"),
    ("brought", "vervelend"): ("de kaas viel tegen", "de jongen was wel laat"),
    ("placed", "U betaalt via uw bank"): ("hoeveel moet ik betalen", "waar kan ik betalen", "kan mijn zoon het betalen"),
    ("placed", "4 x Krentenbollen"): ("wat heb ik besteld", "had ik nou kaas besteld"),
    ("placed", "Ik laat het weten als er iets verandert."): ("dan wacht ik het af", "ik hoor het wel"),
    ("placed", "tweede bestelling, op dezelfde dag"): ("mag ik er nog iets bij bestellen", "kan ik het nog veranderen"),
    ("on the way", "Ik heb het doorgegeven."): ("hij is er nog niet",),
    ("on the way", "Bestelling 1000 is onderweg."): ("ik zit te wachten", "ik ben even naar de buurvrouw"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("place", "words", "answer"), [(place, words, answer) for (place, answer), many in SAID.items() for words in many]
)
def test_a_remark_is_answered_by_where_the_order_stands(place: str, words: str, answer: str) -> None:
    assert answer in _says(place, words)


def test_the_coordinator_reads_what_is_wrong() -> None:
    village = copy.deepcopy(_at("brought"))
    village.says("an", "de kaas is beschimmeld")
    assert village.last("anja") == "An schrijft over bestelling 1000: ‘de kaas is beschimmeld’. Wilt u bellen?"


@pytest.mark.parametrize(
    "words",
    [
        "wacht even, doe ook nog 2 volkoren", "even kijken, brood", "alles gekregen dank u, doe volgende week maar 6 eieren",
        "wat een lekkere kaas, daar wil ik 300 gram van", "even denken: 4 krentenbollen",
    ],
)  # fmt: skip
def test_goods_beside_a_remark_are_heard(words: str) -> None:
    village = copy.deepcopy(_at("empty"))
    answer = village.says("an", words)
    asked = any(choice.value.startswith("product:") for choice in village.inbox["an"][-1].choices)
    assert asked or village.store.draft("an", "bunnik").lines, answer


@pytest.mark.parametrize("words", ["4 krentenbollen", "vrijdag graag", "", "Dorpsstraat 12", "kaas " * 30])
def test_no_remark(words: str) -> None:
    assert remark(words) == ""


def test_the_same_as_last_week_is_asked_of_groceries_only() -> None:
    village = copy.deepcopy(_at("brought"))
    village.says("an", "komt dezelfde jongen weer als vorige week")
    assert village.store.draft("an", "bunnik").lines == []


def test_a_second_order_is_proposed_for_the_ride_of_the_first() -> None:
    village = copy.deepcopy(_at("placed"))
    assert "Wanneer: vrijdag 27 november, tussen 9.00 en 12.00 uur" in village.says("an", "ik wou nog 2 tompoucen erbij")


def test_next_week_is_any_day_of_it() -> None:
    village = copy.deepcopy(_at("empty"))
    assert "Ik reken op dinsdag 1 december" in village.says("an", "4 krentenbollen volgende week")


def test_the_same_is_ordered_again_also_with_a_week_before_it() -> None:
    village = copy.deepcopy(_at("brought"))
    assert "Krentenbollen" in village.says("an", "bestel volgende week hetzelfde maar weer")


@pytest.mark.parametrize("words", ["o nee laat die krentenbollen maar", "laat de krentenbollen maar zitten"])
@pytest.mark.parametrize("place", ["which", "review"])
def test_what_is_named_is_left_out_and_not_what_is_asked_about(place: str, words: str) -> None:
    village = copy.deepcopy(_at(place))
    assert "Krentenbollen is uit uw mandje." in village.says("an", words)
    assert ("Welke bedoelt u" in village.last("an")) is (place == "which")
