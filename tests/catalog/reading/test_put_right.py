"""Words taken back in the same message: another amount, another kind, otherwise told, not at all after all, another day."""

from __future__ import annotations

from datetime import date

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("bruine bonen 1, of doe 2, ja 2", [("kruidenier/w103", 2)]),
        ("6 witte bolletjes nee bruine", [("bakker/b22", 6)]),
        ("bruin brood heel, nee wit", [("bakker/b03", 1)]),
        ("een half volkoren, eh nee een heel", [("bakker/b01", 1)]),
        ("4 appelflappen en 4 saucijzenbroodjes, nee 6 appelflappen", [("bakker/b50", 6), ("bakker/b31", 4)]),
        ("een pak koffie en koekjes nee geen koekjes dat mag niet van de dokter", [("kruidenier/w70", 1)]),
        ("een krop sla, een komkommer, o nee sla heb ik nog", [("groenteboer/g50", 1)]),
        ("een doos eieren van 10, o nee die heb ik nog, dus niet", []),
        ("2 komkommers en twee nee wacht doe maar drie moorkoppen", [("groenteboer/g50", 2), ("bakker/b45", 3)]),
        ("twee kilo wit vlees nee wacht hoe heet het nou kalkoenfilet en dan een kilo is genoeg", [("slager/s46", 1000)]),
    ],
)
def test_what_was_meant_in_the_end(text: str, lines: list[tuple[str, int]]) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == lines


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("een pond belegen kaas, plakken graag, o nee doe maar aan het stuk", ("aan het stuk",)),
        ("2 heel wit gesneden, nee toch ongesneden", ("ongesneden",)),
        ("4 haringen zonder ui, of nee, met ui", ("met ui",)),
    ],
)
def test_how_it_must_be_after_all(text: str, kept: tuple[str, ...]) -> None:
    (line,) = heard(text).lines
    assert line.kept == kept


def test_the_change_just_read_gets_another_amount() -> None:
    (line,) = heard("De rookworsten: 3, nee 4, want Kees eet ook mee", "slager/s08", "groenteboer/g18").lines
    assert (line.op, line.target, line.amount) == ("set", "slager/s08", 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vrijdag, nee zaterdag: 6 krentenbollen", date(2026, 11, 28)),
        ("zaterdag 2 komkommers, nee vrijdag", date(2026, 11, 27)),
        ("2 komkommers voor vrijdag of zaterdag", date(2026, 11, 27)),
    ],
)
def test_another_day_after_all(text: str, day: date) -> None:
    when = heard(text).when
    assert when
    assert when.day == day


@pytest.mark.parametrize(
    "text",
    [
        "2 rookworsten of nee wacht even mijn vrouw zegt 3",
        "2 komkommers hoeft eigenlijk pas volgende maand",
        "schrap vooral die 4 slavinken van de vorige keer",
    ],
)
def test_a_turn_that_no_rule_has_used_puts_nothing_in_the_basket(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


def test_a_thing_beside_one_of_the_basket_is_not_that_one() -> None:
    lines = heard("oh en doe ook nog maar 1 citroen bij de makreel", "vis/v02").lines
    assert [line.op for line in lines] == ["add"]
    assert "groenteboer/g99" in lines[0].candidates


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 komkommers, eh 3 komkommers", [("groenteboer/g50", 3)]),
        ("12 pepernoten, uh 1 zak pepernoten", [("bakker/b84", 1)]),
        ("2 komkommers en ehm 6 krentenbollen", [("groenteboer/g50", 2), ("bakker/b20", 6)]),
    ],
)
def test_what_stands_before_an_eh_is_no_amount_yet(text: str, lines: list[tuple[str, int]]) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == lines
