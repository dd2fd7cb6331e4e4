"""One thing for another, another count told as "2 ipv 1", and what is said behind it."""

from __future__ import annotations

import pytest
from reading_help import heard

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


def test_as_many_as_there_were_in_this_message() -> None:
    lines = heard("2 bruine bolletjes, of nee doe mueslibollen ipv de bruine").lines
    assert [(line.product, line.amount) for line in lines] == [("bakker/b27", 2)]
