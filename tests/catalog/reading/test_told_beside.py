"""Orders with something told, explained or put right beside them, and amounts said in passing."""

from __future__ import annotations

from datetime import date, time

import pytest
from reading_help import heard, only_line, short

_TWO_CUCUMBERS, _CUCUMBER = ("groenteboer/g50", 2, "piece"), ("groenteboer/g50", 1, "piece")
_CAULIFLOWER, _BUTTERMILK = ("groenteboer/g10", 1, "piece"), ("zuivel/z03", 1, "piece")


@pytest.mark.parametrize(
    ("text", "product", "amount", "unit"),
    [
        ("een halfe kilo rundergehakt", "slager/s02", 500, "g"),
        ("2 pnt rundergehakt", "slager/s02", 1000, "g"),
        ("halve kilo half om half", "slager/s01", 500, "g"),
        ("witte druiven, een pond of zo", "groenteboer/g102", 500, "g"),
        ("een pond of zo witte druiven", "groenteboer/g102", 500, "g"),
        ("twee flessen of zakken pompoensoep", "boerderij/h47", 2, "piece"),
        ("twee pannen snert", "slager/s80", 2, "piece"),
        ("1 kilo bananen voor de taart die ik zelf ga bakken", "groenteboer/g95", 1000, "g"),
        ("ons leverworst", "slager/s64", 100, "g"),
    ],
)
def test_amounts_as_people_type_them(text: str, product: str, amount: int, unit: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount, line.unit) == (product, amount, unit)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een komkommer en ons achterham", [_CUCUMBER, ("slager/s60", 100, "g")]),
        ("krentenbollen: acht. komkommers: twee", [("bakker/b20", 8, "piece"), _TWO_CUCUMBERS]),
        ("2 komkommers en een kilo uien dan maak ik hutspot", [_TWO_CUCUMBERS, ("groenteboer/g35", 1000, "g")]),
        ("een fles karnemelk en een komkommer. Die karnemelk is voor mij", [_BUTTERMILK, _CUCUMBER]),
        ("een pak karnemelk, de karnemelk", [_BUTTERMILK]),
        ("2 komkommers (we maken zelf snert) en een bloemkool", [_TWO_CUCUMBERS, _CAULIFLOWER]),
        ("een komkommer (mijn man drinkt niks anders), een bloemkool", [_CUCUMBER, _CAULIFLOWER]),
        ("ik wou even doorgeven dat ik 2 komkommers wil en een bloemkool", [_TWO_CUCUMBERS, _CAULIFLOWER]),
        ("ik wilde laten weten dat we zaterdag 2 komkommers willen", [_TWO_CUCUMBERS]),
        ("even kijken wat heb ik nodig nou komkommers en een bloemkool", [_CUCUMBER, _CAULIFLOWER]),
        ("bloemkool en twee krentenbollen vier krentenbollen bedoel ik", [_CAULIFLOWER, ("bakker/b20", 4, "piece")]),
        ("een komkommer een rookworst die van de slager en een bloemkool",
         [_CUCUMBER, ("slager/s08", 1, "piece"), _CAULIFLOWER]),
        ("de kleinzoon komt en die lust alleen komkommers en bloemkool, dus doe maar", [_CUCUMBER, _CAULIFLOWER]),
    ],
)  # fmt: skip
def test_what_is_told_beside_it_loses_no_order(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert short(text) == lines


def test_what_was_meant_puts_only_the_last_right() -> None:
    first, second, *doubted = heard("een bloemkool een komkommer en 2 krentenbollen 2 moorkoppen bedoel ik").lines
    assert [first.product, second.product] == ["groenteboer/g10", "groenteboer/g50"]
    assert [line.product for line in doubted] == [None, None]


def test_a_little_of_something_is_goods_of_which_the_amount_is_asked() -> None:
    lines = heard("een komkommer en een beetje drop").lines
    assert (lines[0].note, lines[1].amount, bool(lines[1].candidates)) == ("", None, True)


@pytest.mark.parametrize("text", ["ik lust geen spruitjes, dus laat maar", "fijn dat u de karnemelk wil brengen"])
def test_what_is_only_told_stays_told(text: str) -> None:
    assert heard(text).lines == ()


def test_ons_is_who_it_is_brought_to() -> None:
    assert only_line("breng ons brood").unit == "piece"


@pytest.mark.parametrize(
    "text",
    [
        "Het bier regel ik zelf wel. 2 komkommers en een bloemkool",
        "2 komkommers en een bloemkool. Brood halen we zelf wel",
        "Twee pannen soep willen we maken. 2 komkommers en een bloemkool",
        "gourmetten doen we pas met kerst, dus nu gewoon 2 komkommers en een bloemkool",
        "liefst donderdag als dat kan anders is vrijdag ook goed: 2 komkommers en een bloemkool",
        "2 komkommers en een bloemkool, vorige keer was hij op",
        "ik dacht aan 2 komkommers en een bloemkool",
        "mag ik 2 komkommers en een bloemkool derbi'j",
        "2 komkommers en een bloemkool en dan ben ik er wel",
        "Ik wil bakken, dus 2 komkommers en een bloemkool",
        "Zo, de benen omhoog. En nu ik toch bezig ben 2 komkommers en een bloemkool",
        "mama wil je 2 komkommers en een bloemkool meenemen",
        "twee zieke kinderen hier, 2 komkommers en een bloemkool",
        "mag er bij die hutspot ook nog 2 komkommers en een bloemkool",
        "iets van groente, doe maar 2 komkommers en een bloemkool",
        "ja goedemorgen met jan kuiper ik wou graag 2 komkommers en een bloemkool",
        "koken is er even niet bij 😅 Hebben jullie 2 komkommers en een bloemkool?",
    ],
)
def test_what_somebody_does_or_has_is_not_ordered(text: str) -> None:
    assert short(text) == [_TWO_CUCUMBERS, _CAULIFLOWER]


@pytest.mark.parametrize(
    "around",
    [
        "weekboodschappen familie Smits\n{}", "maandaglijstje\n{}", "Hallo hierbij mijn lijstje\n{}",
        "Ontbijt met de buurt\n{}", "Bestelling Zorgboerderij 't Hag\n{}", "De Vries, Dorpsstraat 12\n{}",
        "{}\nVD HEUVEL MOLENSTRAAT 7", "{}\nJ. Lubbers", "{}\nalles van de boerderij", "{}, Dorpsstraat 12",
    ],
)  # fmt: skip
def test_headings_and_signatures_are_no_goods(around: str) -> None:
    assert short(around.format("2 komkommers\n1 bloemkool")) == [_TWO_CUCUMBERS, _CAULIFLOWER]


@pytest.mark.parametrize(
    "text", ["boodschappen komkommer\nbloemkool", "Komkommer!\nbloemkool", "en van die komkommers\nbloemkool"]
)
def test_goods_behind_a_heading_are_ordered(text: str) -> None:
    assert short(text) == [_CUCUMBER, _CAULIFLOWER]


def test_what_was_praised_may_be_ordered_by_pointing() -> None:
    line = only_line("ik wilde even zeggen dat ik de pompoensoep heerlijk vond! Dus graag nog twee flessen daarvan")
    assert (line.product, line.amount) == ("boerderij/h47", 2)


def test_more_of_what_was_counted_is_not_dropped_unasked() -> None:
    assert len(heard("2 komkommers en nog 3 daarvan").lines) == 2


def test_asking_for_something_made_to_measure_orders_nothing() -> None:
    reading = heard("kunnen jullie ook een taart op maat maken met een foto? en ik wil alvast 2 komkommers")
    assert [line.product for line in reading.lines] == ["groenteboer/g50"]
    assert reading.questions


@pytest.mark.parametrize(
    "text",
    [
        "die bloemkool mag ook wel broccoli worden als dat nog kan",
        "kan er bij mijn bestelling van vanochtend de karnemelk uit en een komkommer voor in de plaats",
        "ik had vorige week een halfje wit teveel doorgegeven, haal dat er maar af",
        "er zaten bij de vorige bestelling 2 komkommers, dat moet deze keer 1 zijn",
        "die krentenbollen mogen eraf, mijn zus heeft ze al. En maak van de komkommers er twee",
        "hoi, maak van die ene bloemkool er maar twee",
    ],
)
def test_what_changes_another_message_is_asked(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


@pytest.mark.parametrize("text", ["maak van die ene bloemkool maar zes", "maak van de bloemkool maar zes, er komt bezoek"])
def test_that_one_gets_another_amount(text: str) -> None:
    line = only_line(text, "groenteboer/g10", "zuivel/z03")
    assert (line.op, line.target, line.amount) == ("set", "groenteboer/g10", 6)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ik wil graag mijn bestelling van gisteren nog aanpassen, kan dat?", "change"),
        ("ik wil nog iets veranderen in mijn bestelling", "change"),
        ("ik wil toch liever dat de bestelling op woensdag komt", "change"),
        ("het moest geen vrijdag maar zaterdag zijn", "change"),
        ("toch maar niet die bestelling, sorry voor het gedoe", "cancel"),
        ("kunt u mij zeggen wat er nu op mijn bestellijst staat?", "basket"),
        ("nee hoor, ik heb deze week niks nodig. Volgende week weer.", "no"),
        ("stop maar met deze berichten aub", "stop"),
        ("Top gedaan jongens, alles was super vers!", "thanks"),
        ("De vlaai was heerlijk, iedereen heeft gesmuld. Top", "thanks"),
        ("Top, doe maar", "yes"),
    ],
)
def test_what_a_message_without_goods_asks_for(text: str, intent: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == (intent, ())


@pytest.mark.parametrize(
    "text",
    [
        "als er geen bloemkool is: 2 komkommers", "anders bruin: 2 komkommers", "2 komkommers, die waren vorige week op",
        "2 krentenbollen, 1 komkommer en de melk waren zuur",
    ],
)  # fmt: skip
def test_what_depends_or_is_pointed_back_at_is_asked(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


def test_what_comes_of_it_is_not_ordered() -> None:
    line = only_line("een pot bruine bonen graag, daar maakt mijn moeder chili van met gehakt en paprika")
    assert line.product == "kruidenier/w103"


@pytest.mark.parametrize(
    "text",
    [
        "2 komkommers en een bloemkool, ze zijn dol op krentenbollen",
        "2 komkommers en een bloemkool, de schnitzels doen we volgende week wel weer",
        "2 komkommers en een bloemkool, gourmetten doen we pas met kerst",
        "volgende keer neem ik krentenbollen, nu graag 2 komkommers en een bloemkool",
        "2 komkommers en een bloemkool, mijn man is gek op paling",
    ],
)
def test_what_is_for_later_or_only_liked_is_not_ordered(text: str) -> None:
    assert short(text) == [_TWO_CUCUMBERS, _CAULIFLOWER]


def test_what_goes_with_what_is_there_already_is_ordered() -> None:
    assert short("bij die rookworst graag bloemkool") == [_CAULIFLOWER]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("2 komkommers en een pak koffiepads. bier regelen we bij de club", ["groenteboer/g50", "kruidenier/w72"]),
        ("de wijn neemt mijn zus mee. graag een zak chips paprika", ["kruidenier/w151"]),
        ("taart hebben we over. graag een heel volkoren", ["bakker/b01"]),
        ("2 komkommers graag. Niet bellen maar appen", ["groenteboer/g50"]),
        ("1 slagroomtaart graag. Kan er een naam op de taart?", ["bakker/b43"]),
        ("ik heb een allergie, daarom even checken: is die pure chocoladereep goed voor mij?", []),
        ("het gaat om 1 bloemkool en een camembert", ["groenteboer/g10", "kaas/k41"]),
        ("moet ik nu praten oké twee komkommers en een camembert", ["groenteboer/g50", "kaas/k41"]),
        ("een komkommer en dan voor de kat whiskas", ["groenteboer/g50", "kruidenier/w193"]),
        ("twee kwartjes voor een haring was het vroeger", []),
    ],
)
def test_what_is_told_asked_or_brought_by_others_is_not_ordered(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("wat een weer 🙈 2 komkommers graag", ["groenteboer/g50"]),
        ("2 komkommers 🥒 en een krop sla", ["groenteboer/g50", "groenteboer/g25"]),
        ("slagroomtaart 🎂 voor zaterdag", ["bakker/b43"]),
        ("2 pakken halfvolle melk 😘", ["zuivel/z01"]),
    ],
)
def test_a_picture_says_nothing(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("patat was beloofd dus: 2 zakken verse frites", ["groenteboer/g07"]),
        ("ik ga zelf hachee maken zoals moeder het deed: 750 gram riblappen", ["slager/s27"]),
        ("ik ga een curry maken :) Mag ik 2 blikken kikkererwten?", ["kruidenier/w108"]),
        ("geen komkommer die heb ik nog een rode paprika wel", ["groenteboer/g53"]),
        ("net zoals hij elk jaar de rozen vergeet. Doe mij 2 hamburgers", ["slager/s10"]),
    ],
)
def test_what_a_story_ends_in_is_ordered(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize(
    "text",
    [
        "de kinderen vinden het maar niks, al die linzen en kikkererwten",
        "ik stuur mijn man om een bloemkool, komt hij terug met een orchidee",
        "wij hebben alles al gehaald, een krat melk en zes broden in de vriezer",
    ],
)
def test_goods_in_a_story_go_into_no_basket(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


def test_the_day_goes_with_the_hour_that_is_said_later() -> None:
    when = heard("overmorgen kibbeling x4 en 2 lekkerbekken, liefst rond half 1").when
    assert when is not None
    assert (when.day, when.starts) == (date(2026, 11, 25), time(12, 30))


def test_what_was_forgotten_is_ordered() -> None:
    assert [line.product for line in heard("o ja en ook nog knoflook vergeten!").lines] == ["groenteboer/g38"]
    assert heard("jullie zijn de knoflook vergeten").lines == ()


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("tandpasta is op, en deodorant ook", [None, "drogist/d23"]),
        ("de groentesoep is al op!", []),
        ("koffiemelk is op. 2 flesjes koffiemelk dus", ["kruidenier/w79"]),
        ("is de koffiemelk op?", []),
        ("het hele huis vol, tot in de boter. een pak suiker", ["kruidenier/w52"]),
        ("pepernoten en chocola hebben we al genoeg van opa gekregen", []),
        ("mijn handen zitten onder de verf euh vier krentenbollen en een pak suiker", ["bakker/b20", "kruidenier/w52"]),
        ("dus het wordt speklapjes, een kilo, met gesneden andijvie", ["slager/s30", "groenteboer/g19"]),
        ("3 nieuwe bakjes viooltjes graag", ["bloemist/f24"]),
        ("een bloemkool om de boel hier wat op te vrolijken", ["groenteboer/g10"]),
        ("de hond heeft de rosbief gepikt", []),
    ],
)
def test_what_runs_out_is_ordered_and_where_it_lies_is_not(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products
