"""How a region, a telephone or haste says an order, and requests passed on for somebody else."""

from __future__ import annotations

import pytest
from reading_help import heard, short

BUN, MILK, DROP_YOGHURT, LEVERKAAS, LEIDEN = "bakker/b20", "zuivel/z01", "zuivel/z14", "slager/s74", "kaas/k12"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ei pondje gehak hauf om hauf", [("slager/s01", 500)]),
        ("ei joh, doe ff een zak kruidnoten derbij", [("bakker/b84", 1)]),
        ("ha jonge, doe mien een pond mous", [("groenteboer/g13", 1)]),
        ("twie vlaaie, kersevlaai", [("bakker/b47", 2)]),
        ("een literpak vanillevla", [("zuivel/z20", 1)]),
        ("ons leverkaas en een komkommer", [(LEVERKAAS, 100), ("groenteboer/g50", 1)]),
        ("ons of 2 leidse, komkommer", [(LEIDEN, 200), ("groenteboer/g50", 1)]),
        ("een vijftal suikerbollen", [("bakker/b35", 5)]),
        ("2 x 6 pistolets", [("bakker/b28", 12)]),
        ("3 dozen bitterballen (60 stuks dus)", [("kruidenier/w170", 3)]),
        ("een varkensrollade van ongeveer een kilo en twee pond uien", [("slager/s39", 1000), ("groenteboer/g35", 1000)]),
    ],
)
def test_it_is_the_same_order(text: str, wanted: list[tuple[str, int]]) -> None:
    assert [(product, amount) for product, amount, _ in short(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "mijn buurvrouw vroeg of jullie ook 2 krentenbollen willen meenemen",
        "mijn vrouw vraagt of u 2 krentenbollen mee kunt nemen",
        "ons moeder vroeg of gij 2 krentenbollen mee kunt pakken",
    ],
)
def test_a_request_passed_on_is_an_order(text: str) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == [(BUN, 2)]


def test_a_question_passed_on_is_none() -> None:
    assert not heard("mijn dochter vraagt of jullie ook dadels hebben").lines


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("drinkyoghurt framboos anders krijg ik oorlog haha", DROP_YOGHURT),
        ("drinkyoghurt framboos, anders aardbei", None),
        ("wij zouden graag een rouwboeket laten maken", "bloemist/f12"),
    ],
)
def test_a_warning_is_no_second_choice(text: str, product: str | None) -> None:
    assert [line.product for line in heard(text).lines] == [product]


@pytest.mark.parametrize(
    "text", ["een kilo kibbeling, krijgen we dan nog korting?", "2 pakjes kookroom, brengen jullie ook voor tien uur?"]
)
def test_a_question_behind_an_order(text: str) -> None:
    reading = heard(text)
    assert len(reading.lines) == len(reading.questions) == 1


def test_a_spoken_list_goes_on_behind_the_reason() -> None:
    reading = heard(
        "want mijn bril is stuk een pakje roomboter een pak suiker vier citroenen en een zakje rozijnen ik ga cake bakken"
    )
    assert [line.candidates[0] for line in reading.lines] == [
        "zuivel/z40",
        "kruidenier/w52",
        "groenteboer/g99",
        "kruidenier/w64",
    ]
    assert [line.amount for line in reading.lines] == [1, 1, 4, 1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("keelpastilles en een pak tissues want ik ben verkouden", ["drogist/d66", "drogist/d40"]),
        ("2 pizza's margherita en een tiramisu graag", [None, None]),
        ("verse tijm, laurierblaadjes en 1 bleekselderij", [None, None, "groenteboer/g64"]),
    ],
)
def test_nothing_of_a_list_is_lost(text: str, wanted: list[str | None]) -> None:
    assert [line.product for line in heard(text).lines] == wanted


def test_what_the_shop_that_was_named_has_not_is_offered_from_another() -> None:
    (line,) = heard("een kilo stoofpeertjes van de boer").lines
    assert (line.product, line.candidates, line.amount) == (None, ("groenteboer/g94",), 1000)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("zet de bestelling maar stop, ik moet naar het ziekenhuis", "cancel"),
        ("zet de bestelling maar op vrijdag", "change"),
        ("de bezorger heeft zelfs de vuilnisbak binnengezet, bedank hem van mij", "thanks"),
        ("Wat een schatten zijn jullie toch. Dikke duim voor die bakfiets jongen", "thanks"),
    ],
)
def test_what_orders_nothing(text: str, intent: str) -> None:
    assert (heard(text).intent, heard(text).lines) == (intent, ())
