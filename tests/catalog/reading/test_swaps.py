"""One thing for another, another count told as "2 ipv 1", and what is said behind it."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BUN, CUCUMBER, BROWN, LOAF, MILK = "bakker/b20", "groenteboer/g50", "bakker/b22", "bakker/b01", "zuivel/z01"
CAULIFLOWER, RED_ONIONS, BACON = "groenteboer/g10", "groenteboer/g36", "slager/s30"


@pytest.mark.parametrize(
    ("text", "old", "new", "amount"),
    [
        ("in plaats van de speklapjes 4 gehaktballen graag", BACON, "slager/s04", 4),
        ("ipv rode uien gewone uien en dan een kilo", RED_ONIONS, "groenteboer/g35", 1000),
        ("ik had rode uien gezegd maar het moeten gewone uien zijn", RED_ONIONS, "groenteboer/g35", None),
        ("melk had volle moeten zijn, niet halfvolle", MILK, "zuivel/z02", 1),
        ("ik bedoelde volle melk, niet halfvolle", MILK, "zuivel/z02", 1),
        ("melk toch liever vol", MILK, "zuivel/z02", 1),
        ("ipv bruine bolletjes witte, en daar dan 6 van", BROWN, "bakker/b21", 6),
        ("de bruine bolletjes mogen eruit en witte bolletjes erin, ook 6", BROWN, "bakker/b21", 6),
        ("bruine bolletjes eruit, witte erin", BROWN, "bakker/b21", 1),
        ("geen krentenbollen, doe 2 mueslibollen ervoor in de plaats", BUN, "bakker/b27", 2),
        ("volkoren heel moet half zijn", LOAF, "bakker/b02", 1),
        ("de komkommer wordt een courgette", CUCUMBER, "groenteboer/g56", 1),
    ],
)
def test_one_thing_for_another(text: str, old: str, new: str, amount: int | None) -> None:
    (line,) = heard(text, BUN, CUCUMBER, BROWN, LOAF, MILK, CAULIFLOWER, RED_ONIONS, BACON).lines
    assert (line.op, line.target, line.product, line.amount) == ("replace", old, new, amount)


@pytest.mark.parametrize(
    ("text", "target", "amount"),
    [
        ("komkommer 2 ipv 1", CUCUMBER, 2),
        ("ipv 1 komkommer 2 graag", CUCUMBER, 2),
        ("2 komkommers en geen 1", CUCUMBER, 2),
        ("niet 4 maar 6 krentenbollen", BUN, 6),
        ("krentenbollen 8 en geen 6", BUN, 8),
        ("krentenbollen, maak daar 4 van", BUN, 4),
        ("de krentenbollen worden er acht", BUN, 8),
    ],
)
def test_another_count(text: str, target: str, amount: int) -> None:
    (line,) = heard(text, BUN, CUCUMBER).lines
    assert (line.op, line.target, line.amount) == ("set", target, amount)


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        ("doe broccoli ipv de bloemkool en dan ook nog een bakje champignons", ["replace", "add"]),
        ("bloemkool 2 ipv 1 en de krentenbollen mogen weg", ["set", "remove"]),
        ("2 bloemkolen en geen 1, en de krentenbollen hoeven toch niet", ["set", "remove"]),
        ("nog een bakje champignons en van de krentenbollen graag 8", ["add", "set"]),
        ("de krentenbollen moeten 3 worden en de bloemkool ook 3", ["set", "set"]),
        ("van de krentenbollen wil ik er twee en de bloemkool kan weg want ik ga zelf koken", ["set", "remove"]),
        ("ik heb me bedacht, die krentenbollen hoeven niet en de bloemkool wordt 2", ["remove", "set"]),
        ("wilt u de krentenbollen en de bloemkool er allebei weer uit halen", ["remove", "remove"]),
        ("een pond kersen en broccoli in plaats van bloemkool", ["add", "replace"]),
        ("vervang de bloemkool door broccoli en doe er een kilo bananen bij", ["replace", "add"]),
    ],
)
def test_what_stands_around_it_is_read_as_well(text: str, ops: list[str]) -> None:
    assert [line.op for line in heard(text, BUN, CAULIFLOWER).lines] == ops


def test_how_the_new_thing_must_be() -> None:
    (line,) = heard("volkoren heel moet half zijn, gesneden", LOAF).lines
    assert (line.product, line.options) == ("bakker/b02", ("gesneden",))


def test_what_is_said_of_only_one_kind_among_more_is_asked() -> None:
    (line,) = heard("volkoren moest wit zijn", LOAF).lines
    assert (line.op, line.target, line.product) == ("replace", LOAF, None)
    assert "bakker/b03" in line.candidates


@pytest.mark.parametrize(
    "text",
    [
        "krentenbollen niet nodig ik zag dat ik er nog een in de vriezer heb",
        "ik zie van alles dubbel, maar de krentenbollen mogen in elk geval weg",
    ],
)
def test_what_is_not_needed_goes_out_whatever_the_reason(text: str) -> None:
    assert [(line.op, line.target) for line in heard(text, BUN, CUCUMBER).lines] == [("remove", BUN)]


@pytest.mark.parametrize(
    "text", ["laatste regel klopt niet, mag weg", "dat laatste was een vergissing", "skip die laatste, ik heb het nog"]
)
def test_the_last_line_goes_out(text: str) -> None:
    assert [(line.op, line.target) for line in heard(text, BUN, CUCUMBER).lines] == [("remove", "last")]


def test_why_is_of_no_matter() -> None:
    (line,) = heard("toch maar twee, er komen meer mensen dan gedacht", BUN).lines
    assert (line.op, line.target, line.amount) == ("set", "last", 2)


def test_a_name_said_in_full_means_that_line_and_not_the_sauce_for_it() -> None:
    (line,) = heard("geen kibbeling", "vis/v40", "vis/v44").lines
    assert (line.op, line.target) == ("remove", "vis/v40")


def test_as_many_as_there_were_in_this_message() -> None:
    lines = heard("2 bruine bolletjes, of nee doe mueslibollen ipv de bruine").lines
    assert [(line.product, line.amount) for line in lines] == [("bakker/b27", 2)]


def test_another_colour_with_an_amount_behind_it_is_another_thing() -> None:
    line = only_line("In plaats van de blauwe druiven graag witte druiven, een pond", "groenteboer/g103", "slager/s05")
    assert (line.op, line.target, line.product, line.amount) == ("replace", "groenteboer/g103", "groenteboer/g102", 500)


@pytest.mark.parametrize(
    "text", ["Verkopen jullie ook sushi? Dan graag een doosje", "Hebben jullie sushi? zo ja een doos van 10"]
)
def test_an_amount_of_what_is_not_sold_changes_nothing_in_the_basket(text: str) -> None:
    assert [(line.op, line.words, line.product) for line in heard(text, "zuivel/z01").lines] == [("add", "sushi", None)]


@pytest.mark.parametrize("text", ["in plaats van wit bruin", "bruin in plaats van wit", "wit wordt bruin"])
def test_another_kind_of_bread_offers_bread(text: str) -> None:
    (line,) = heard(text, "bakker/b03", MILK).lines
    assert (line.op, line.target) == ("replace", "bakker/b03")
    assert line.candidates[:2] == ("bakker/b05", "bakker/b06")
