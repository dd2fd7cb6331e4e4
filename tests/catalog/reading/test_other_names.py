"""The same goods under the names that other shops give them: tills, farmers and markets do not write as one shop does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Line, Shelf, read
from catalog.reading.nouns import is_half
from tests.catalog.search.conftest import product

SQUARES = Path(__file__).parent / "gold" / "squares"


@cache
def shelf(square: str) -> Shelf:
    return Shelf.of(load_square(str(SQUARES / square) if (SQUARES / square).is_dir() else square))


def only(square: str, text: str) -> tuple[str | None, list[str], Line]:
    """The name of what is taken, the names of what is offered, and the one line itself."""
    (line,) = read(text, shelf(square), MONDAY).lines
    names = {product.id: product.name for product in shelf(square).square.products}
    return names.get(line.product or ""), [names[one] for one in line.candidates], line


@pytest.mark.parametrize(
    ("square", "text", "name"),
    [
        ("weide", "half volkoren", "Volkorenbrood half"),  # what describes begins a compound
        ("weide", "twee heel tarwe gesneden", "Tarwebrood heel"),
        ("weide", "een heel wit", "Boerenwit heel"),
        ("weide", "mosterd", "Boerenmosterd 200 g"),  # hardly comes in kinds
        ("weide", "doosje van 6 eieren", "Doosje eieren 6 stuks"),  # the box that holds what was said
        ("weide", "kilo uien", "Uien 1 kg"),  # the name, and a size
        ("dorp", "10 eieren", "Scharreleieren 10 st."),
        ("dorp", "300 gram extra belegen gesneden", "Extra belegen 48+"),
        ("brink", "een pond jong belegen kaas", "Jong belegen 48+"),  # what it is stands in the name of its group
        ("brink", "een kilo elstar appels", "Elstar"),
        ("brink", "batterijen aa", "Duracell AA 4 st"),
        ("brink", "roggebrood", "Fries roggebr. 500g"),  # as a till cuts it short
        ("brink", "pakje roomboter", "Roomboter ongezouten 250g"),  # and no croissant
        ("akker", "3 haringen", "Haring, per stuk"),  # the plain one, and not that in vinegar
        ("akker", "een pond oude kaas", "Oude boerenkaas"),
        ("beemd", "fles 7-up", "7-Up 1,5 l"),
        ("beemd", "7up 2x", "7-Up 1,5 l"),
        ("beemd", "een pot doperwten en worteltjes", "Doperwten en worteltjes 400 g"),
    ],
)
def test_is_taken(square: str, text: str, name: str) -> None:
    assert only(square, text)[0] == name


@pytest.mark.parametrize(
    ("square", "text", "names"),
    [
        ("dorp", "appels", {"Elstar", "Goudreinette"}),  # varieties, and no aardappel or sinaasappel
        ("brink", "een kilo appels", {"Elstar", "Jonagold", "Goudreinetten"}),
        ("dorp", "sjampo", {"Andrélon shampoo 300 ml", "Zwitsal babyshampoo 400 ml"}),
        ("super", "eieren", {"Scharreleieren 6 stuks", "Scharreleieren 10 stuks"}),
    ],
)
def test_every_kind_is_offered(square: str, text: str, names: set[str]) -> None:
    taken, offered, _ = only(square, text)
    assert taken is None
    assert set(offered) == names


@pytest.mark.parametrize(
    ("square", "text"),
    [
        ("bunnik", "diepvriespizza"),  # half of a compound is not understood
        ("winkelhart", "zak chips lays"),
        ("weide", "druiven"),
        ("weide", "brood"),
    ],
)
def test_is_never_taken_unasked(square: str, text: str) -> None:
    assert only(square, text)[0] is None


def test_kinds_are_offered_in_the_order_of_the_shop() -> None:
    _, offered, _ = only("bunnik", "kaas")
    assert offered[:3] == ["Jonge kaas", "Jong belegen kaas", "Belegen kaas"]


def test_the_day_beside_the_order_is_meant() -> None:
    reading = read("Woensdag is mijn dochter jarig dus ik wil dinsdagmiddag graag 2 vlaaien", shelf("bunnik"), MONDAY)
    assert reading.when is not None
    assert str(reading.when.day) == "2026-11-24"


def test_names_without_a_word_in_them_break_nothing() -> None:
    """A folder may hold any name: the reader meets marks, numbers and small words for products as well."""
    square = load_square("bunnik")
    names = ("???", "48+", "7", "1,5 l", "en", "met", "- -")
    odd = [replace(product, name=name) for product, name in zip(square.products, names, strict=False)]
    whole = Shelf.of(replace(square, products=(*odd, *square.products[len(odd) :])))
    for text in ("een half wit", "7up", "jong belegen kaas", "48+", "tissues", "extra", "1,5 l", "met", "thee en koffie"):
        assert read(text, whole, MONDAY).text == text


@pytest.mark.parametrize(
    ("square", "text", "names"),
    [
        ("weide", "een half brood", {"Volkorenbrood half", "Boerenwit half"}),
        ("kade", "half brood gesneden", {"Volkoren tarwe half", "Tijgerwit half"}),
        ("terp", "een half brood", {"Volkorenbrood half 400 g", "Witbrood half 400 g"}),
    ],
)
def test_every_half_is_offered(square: str, text: str, names: set[str]) -> None:
    taken, offered, _ = only(square, text)
    assert taken is None
    assert names <= set(offered)


@pytest.mark.parametrize("text", ["2 broden", "brood van de bakker", "een brood"])
def test_the_plain_loaves_come_first(text: str) -> None:
    taken, offered, _ = only("bunnik", text)
    assert taken is None
    assert offered[0] == "Volkoren brood heel"
    assert {"Volkoren brood half", "Wit brood heel"} & set(offered[:2])


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("Knipwit half", True),
        ("Halfje wit", True),
        ("Half om half gehakt", False),  # two kinds of meat
        ("Gehakt half-om-half", False),
        ("Half pondje roomboter", False),  # a measure
    ],
)
def test_what_is_half_of_a_thing(name: str, half: bool) -> None:
    assert is_half(product("bakker", "x1", name)) is half


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("een pond gehakt", ["Gehakt half-om-half", "Rundergehakt"]),  # "om" sets nothing apart in it
        ("pinda kaas", ["Pindakaas met stukjes", "Pindakaas naturel"]),  # two words that are one, also when it is asked which
        ("2 potten pinda kaas", ["Pindakaas met stukjes", "Pindakaas naturel"]),
    ],
)
def test_what_comes_first(text: str, names: list[str]) -> None:
    taken, offered, _ = only("bunnik", text)
    assert (taken, offered[:2]) == (None, names)


def test_two_words_that_are_one_stay_together_in_a_list_without_commas() -> None:
    lines = read("karnemelk pinda kaas suiker", shelf("bunnik"), MONDAY).lines
    assert ["pinda kaas" in line.words for line in lines] == [False, True, False]
