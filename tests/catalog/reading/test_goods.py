"""From words to goods, on a village square and on one with brands and sizes: what is clear, what is offered, what is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Line, Shelf, read

SQUARES = Path(__file__).parent / "gold" / "squares"


@cache
def shelf(square: str) -> Shelf:
    return Shelf.of(load_square(str(SQUARES / square) if (SQUARES / square).is_dir() else square))


def lines(square: str, text: str) -> tuple[Line, ...]:
    return read(text, shelf(square), MONDAY).lines


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("robijn color", "super/310"),
        ("robijn wit", "super/311"),
        ("fles fanta", "super/163"),
        ("nutella", "super/108"),
        ("bugles", "super/252"),
        ("pak decafé", "super/181"),
        ("optimel aardbei", "super/126"),
        ("de ruijter puur", "super/105"),
        ("senseo dark roast", "super/183"),
        ("filladelfia naturel", "super/148"),
        ("halfvolle campina melk", "super/120"),
        ("lays paprika", "super/251"),
        ("penne", "super/208"),
        ("appeltaart", "bak/b20"),
        ("scharreleieren", "super/146"),
        ("witte bollen", "bak/b10"),
    ],
)
def test_a_brand_or_a_kind_names_the_thing(text: str, product: str) -> None:
    (line,) = lines("winkelhart", text)
    assert line.product == product


@pytest.mark.parametrize(
    "text", ["robijn", "optimel", "senseo", "chocomel", "calve pindakaas", "pizza", "kattenvoer", "hero jam"]
)
def test_a_brand_of_several_things_is_asked(text: str) -> None:
    (line,) = lines("winkelhart", text)
    assert line.product is None
    assert len(line.candidates) > 1


@pytest.mark.parametrize(
    ("square", "text", "named", "strangers"),
    [
        ("winkelhart", "750 gr gehakt", {"vlees/s1", "vlees/s2", "vlees/s3"}, {"vlees/s4"}),
        ("bunnik", "een pond gehakt", {"slager/s01", "slager/s02", "slager/s03"}, {"slager/s04"}),
        ("bunnik", "2 ons gekookte worst", {"slager/s08"}, {"zuivel/z53"}),
        ("bunnik", "limonade", {"kruidenier/w07", "kruidenier/w12"}, set()),
        ("bunnik", "zalm", {"vis/v20", "vis/v04"}, {"vis/v52"}),
    ],
)
def test_all_kinds_are_offered_and_no_strangers(square: str, text: str, named: set[str], strangers: set[str]) -> None:
    (line,) = lines(square, text)
    assert line.product is None
    assert named <= set(line.candidates)
    assert not strangers & set(line.candidates)


def test_the_plain_ones_come_first() -> None:
    (line,) = lines("bunnik", "een pond gehakt")
    assert line.candidates[-1] == "slager/s69"  # gebraden gehakt


def test_what_must_be_cooked_is_not_clear_when_it_is_raw() -> None:
    (line,) = lines("bunnik", "een bakje gekookte aardbeien")
    assert line.product is None
