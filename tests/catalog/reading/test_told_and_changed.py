"""Changes said in a story, swaps told the long way round, and changes of what lies in no basket."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BUN, CUCUMBER, MILK, AVOCADO, CAULIFLOWER = "bakker/b20", "groenteboer/g50", "zuivel/z01", "groenteboer/g111", "groenteboer/g10"


@pytest.mark.parametrize(
    ("text", "op", "target", "amount"),
    [
        ("ik zie dat er 1 avocado in zit, maak er 3 van", "set", AVOCADO, 3),
        ("avocado: 1 is te weinig, maak er maar 2 van", "set", AVOCADO, 2),
        ("o jee, ik zie nu dat er 1 avocado in staat, ik moet er 4 hebben", "set", AVOCADO, 4),
        ("een avocado is niet genoeg, doe er 4", "set", AVOCADO, 4),
        ("de avocado is me toch te duur, weg ermee", "remove", AVOCADO, None),
        ("die avocado vind ik te duur, haal maar weg", "remove", AVOCADO, None),
        ("ik heb nog avocado liggen, haal de avocado dus maar van de lijst", "remove", AVOCADO, None),
        ("avocado eruit die zijn toch nooit rijp", "remove", AVOCADO, None),
        ("ik zie af van de avocado", "remove", AVOCADO, None),
        ("bij nader inzien 2 avocado", "set", AVOCADO, 2),
        ("er staat 1 avocado maar ik had er 2 gezegd", "set", AVOCADO, 2),
        ("de avocado graag verhogen naar 3", "set", AVOCADO, 3),
        ("ik lees 1 avocado maar het moeten er 10 zijn", "set", AVOCADO, 10),
        ("kan je de avocado naar 4 zetten", "set", AVOCADO, 4),
        ("ik heb 4 avocado nodig en geen 1", "set", AVOCADO, 4),
        ("de avocado niet, de krentenbollen wel", "remove", AVOCADO, None),
        ("avocado weg krentenbollen blijven", "remove", AVOCADO, None),
        ("pas de avocado aan naar 4", "set", AVOCADO, 4),
        ("alles mag blijven behalve de avocado", "remove", AVOCADO, None),
        ("die avocado was een vergissing", "remove", AVOCADO, None),
        ("schrap dat laatste maar weer", "remove", "last", None),
        ("schrap die leste mor weer", "remove", "last", None),
    ],
)
def test_what_was_told_of_is_changed(text: str, op: str, target: str, amount: int | None) -> None:
    line = only_line(text, AVOCADO, BUN)
    assert (line.op, line.target, line.amount) == (op, target, amount)


@pytest.mark.parametrize(
    "text",
    [
        "mag de bloemkool een komkommer worden?",
        "kan de bloemkool komkommer worden?",
        "nee geen bloemkool, ik had komkommer gezegd",
        "ik had komkommer gezegd, geen bloemkool",
        "wissel de bloemkool maar om met een komkommer",
        "bloemkool eraf en komkommer erop",
        "ik heb per ongeluk bloemkool gezegd, dat moet komkommer zijn",
    ],
)
def test_one_thing_in_the_place_of_another(text: str) -> None:
    line = only_line(text, CAULIFLOWER, BUN)
    assert (line.op, line.target, line.product) == ("replace", CAULIFLOWER, CUCUMBER)


def test_goods_that_are_not_right_are_no_first_line() -> None:
    line = only_line("1 krentenbol klopt niet", CUCUMBER, BUN)
    assert (line.op, line.target, line.asks) == ("set", BUN, "amount")


def test_what_may_stay_changes_nothing() -> None:
    assert heard("de krentenbollen mogen blijven", BUN, MILK).lines == ()


def test_both_go_out() -> None:
    lines = heard("paprika's allebei eraf", "groenteboer/g53", "groenteboer/g54", BUN).lines
    assert [(line.op, line.target) for line in lines] == [("remove", "groenteboer/g53"), ("remove", "groenteboer/g54")]


def test_a_change_and_then_the_last_goes_out() -> None:
    lines = heard("van de krentenbollen graag 4 en die laatste mag eruit", BUN, CUCUMBER).lines
    assert [(line.op, line.target) for line in lines] == [("set", BUN), ("remove", "last")]


@pytest.mark.parametrize(
    "text",
    [
        "ipv de kabeljauw toch maar schol",
        "ik had 3 croissants doorgegeven maar dat moeten er 5 zijn",
        "3 bloemkolen ipv 2",
        "de bloemkool mag een broccoli worden",
        "mag de vanillevla een chocoladevla worden?",
        "vervang de vanillevla door chocoladevla",
        "in mijn bestelling staat karnemelk maar dat moet halfvolle melk zijn",
        "kunt u die karnemelk van zojuist weer van de lijst halen?",
        "maak er maar drie van",
        "van de 6 krentenbollen mogen er 2 af",
    ],
)
def test_without_a_basket_nothing_goes_in_for_a_change(text: str) -> None:
    assert not any(line.product or line.op not in ("add", "more") for line in heard(text).lines)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("verzet mijn bestelling naar zaterdag", 28),
        ("kan mijn bezorging naar zaterdag? ik ben vrijdag naar de kapper", 28),
        ("mag de bestelling van vrijdag naar zaterdag?", 28),
        ("o sorry, ik zei donderdag maar ik bedoelde vrijdag", 27),
        ("ik had vrijdag gezegd maar zaterdag komt beter uit", 28),
    ],
)
def test_another_day_is_a_change(text: str, day: int) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == ("change", ())
    assert reading.when
    assert reading.when.day
    assert reading.when.day.day == day


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mijn dochter zegt dat ik hier kan bestellen, klopt dat?", "question"),
        ("mijn buurvrouw heeft een taart besteld, is die al klaar?", "question"),
        ("dat klopt", "yes"),
        ("is goed", "yes"),
        ("hoe is het?", "greeting"),
        ("hoi riet alles goed?", "greeting"),
        ("super, bedankt! fijne dag nog", "thanks"),
        ("heerlijk brood was dat weer zaterdag, bedankt hoor!", "thanks"),
        ("nee dat hoeft niet, dank je", "no"),
        ("hartstikke bedankt", "thanks"),
        ("mandje tonen", "basket"),
        ("kunt u mijn bestelling nog eens opnoemen", "basket"),
        ("dat is het wel zo'n beetje", "done"),
        ("ik begrijp niet hoe dit werkt", "help"),
        ("doe maar het gebruikelijke", "repeat"),
        ("wat had ik ook alweer in m'n mandje zitten", "basket"),
        ("hoe moet ik hier eigenlijk bestellen? ik snap er niks van", "help"),
        ("kun je die kipfilet ook invriezen", "question"),
        ("kan ik lege flessen meegeven met de bezorger?", "question"),
        ("mag een hond een stukje leverworst of is dat te zout", "question"),
    ],
)
def test_whole_messages(text: str, intent: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == (intent, ())


@pytest.mark.parametrize(
    "text",
    [
        "op de markt haal ik altijd kaas, noten en olijven",
        "de eieren haal ik bij de boer om de hoek",
        "bij de jumbo zijn de eieren 3 euro, schande",
        "mijn schoondochter eet geen vlees en geen vis, alleen maar groente",
        "ik drink al jaren geen koffie meer, alleen nog thee",
        "de dokter wil dat ik meer groente en fruit eet",
        "als de spruitjes weer wat goedkoper zijn bestel ik ze wel weer",
        "misschien bestel ik morgen nog wat vis, even kijken",
        "morgen bestel ik weer brood, nu even niet",
        "volgende week krijg ik visite, dan bestel ik wel weer taart",
        "in de vriezer liggen nog 2 broden en een pak spinazie",
        "ik heb nog een halve komkommer en wat sla liggen",
        "heb net de kast opgeruimd: 4 pakken macaroni, 3 rijst en 6 blikken bonen",
        "pannenkoeken: 250 gram bloem, half liter melk, 2 eieren, snufje zout",
        "doe 3 eieren in een kom en klop ze los",
        "eerst de uien fruiten, dan de prei erbij en een liter water",
        "kook de aardappels 20 minuten",
        "ben een uurtje weg, de melk mag in de koelbox naast de voordeur",
        "de buren op nummer 12 nemen het brood aan",
        "de tulpen hingen na een dag al slap in de vaas",
        "de melk was bijna over de datum. graag wat beter opletten",
        "cola light, zero, ik proef het verschil niet",
        "mijn zus zweert bij karnemelk voor haar huid",
        "ik krijg van mijn dochter altijd een fruitmand mee",
        "in mijn appeltaart doe ik altijd kaneel en rozijnen",
        "eerst boter smelten en dan de bloem erbij",
        "geef de koerier maar een koekje van mij",
        "even wachten hoor, ik pak mijn bril",
    ],
)
def test_what_people_tell_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("mijn man eet geen varken dus doe maar 500 gram rundergehakt", "slager/s02"),
        ("in de koelkast ligt nog kaas, dus alleen een bloemkool", CAULIFLOWER),
        ("ik heb nog een bloemkool liggen maar wil graag 2 komkommers", CUCUMBER),
        ("bij de lidl zijn ze op, heeft u voor mij een bloemkool", CAULIFLOWER),
        ("een kilo riblappen, die ga ik lekker laten sudderen", "slager/s27"),
        ("een bloemkool graag, mag in de koelbox naast de deur", CAULIFLOWER),
        ("mag ik 6 krentenbollen of zijn die op?", BUN),
        ("liever een bloemkool dan broccoli", CAULIFLOWER),
        ("2 komkommers, de rest haal ik bij de buurman", CUCUMBER),
        ("mijn zoon blijft slapen, 6 krentenbollen", BUN),
        ("mijn man werkt thuis vandaag, 2 komkommers graag", CUCUMBER),
        ("verzet mijn bestelling naar vrijdag en doe er een bloemkool bij", CAULIFLOWER),
        ("ik haal altijd 6 krentenbollen, doe die nu ook maar", BUN),
    ],
)
def test_what_is_ordered_beside_it_is_kept(text: str, product: str) -> None:
    assert [line.product for line in heard(text).lines] == [product]
