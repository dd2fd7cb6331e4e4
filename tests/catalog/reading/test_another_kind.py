"""A word that says which kind it is, or what it is made of, and that the product does not bear: asked, never taken."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Shelf, read

SQUARES = Path(__file__).parent / "gold" / "squares"


@cache
def shelf(square: str) -> Shelf:
    return Shelf.of(load_square(str(SQUARES / square) if (SQUARES / square).is_dir() else square))


def taken(square: str, text: str) -> list[str]:
    """The names of what would be put in the basket unasked."""
    names = {product.id: product.name for product in shelf(square).square.products}
    return [names[line.product] for line in read(text, shelf(square), MONDAY).lines if line.product]


@pytest.mark.parametrize(
    ("square", "text"),
    [
        ("markt", "zure haring"),
        ("dorp", "haring in het zuur"),
        ("stad", "een stuk harde geitenkaas"),
        ("brink", "300 gram magere belegen kaas"),
        ("weide", "gepelde walnoten"),
        ("voorbeeld", "een pond zoete aardappelen"),
        ("kern", "een bakje roomkaas naturel"),
        ("haven", "een zak lays chips naturel"),
        ("beemd", "een pakje gezouten boter"),
        ("winkelhart", "half bruinbrood"),
        ("bunnik", "2 pakjes batterijen aaa"),
        ("winkelhart", "een potje vitamine c"),
        ("akker", "een fles plat water"),
        ("winkelhart", "een verse runderworst"),
    ],
)
def test_what_says_the_kind_must_be_borne(square: str, text: str) -> None:
    assert taken(square, text) == []


@pytest.mark.parametrize(
    ("square", "text", "name"),
    [
        ("brink", "2 mango's, zacht graag", "Mango"),
        ("brink", "300 gram komijnekaas geraspt", "Komijnekaas"),  # the cheesemonger grates it
        ("bunnik", "2 zachte witte bolletjes", "Witte bolletjes"),
        ("markt", "hollandse haring", "Hollandse haring"),
    ],
)
def test_but_a_wish_is_a_wish(square: str, text: str, name: str) -> None:
    assert name in taken(square, text)


@pytest.mark.parametrize(
    ("square", "text"),
    [
        ("stad", "amandelstaaf roomboter"),
        ("beemd", "afwasmiddel citroen"),
        ("stad", "huisgemaakte vlaai kersen"),
        ("super", "broodje frikandel"),
        ("brink", "gevulde koek roomboter"),
        ("bunnik", "boursin knoflook"),
        ("beemd", "olijven knoflook"),
    ],
)
def test_what_it_is_made_of_is_not_ordered_by_itself(square: str, text: str) -> None:
    assert taken(square, text) == []


@pytest.mark.parametrize(
    ("square", "text", "names"),
    [
        ("kade", "een pak peen en uien", []),
        ("markt", "2 blikken doperwten en worteltjes", []),
        ("terp", "een zak peen en uien en een ui", ["Hutspot gesneden 500 g", "Uien"]),
        ("terp", "een kilo uien en een winterpeen", ["Uien", "Winterpeen"]),
    ],
)
def test_what_is_one_thing_is_never_taken_for_two(square: str, text: str, names: list[str]) -> None:
    assert taken(square, text) == names


@pytest.mark.parametrize(
    "text", ["2 pakken melk, tofu, een komkommer", "kruipolie en een bandenplakset graag, en 1 allesreiniger"]
)
def test_goods_that_are_not_sold_are_a_line(text: str) -> None:
    lines = read(text, shelf("bunnik"), MONDAY).lines
    assert len(lines) == 3
    assert any(not line.product and not line.candidates for line in lines)


def test_a_box_of_ten_counts_nothing_behind_it() -> None:
    lines = read("een doos eieren van tien een kilo bloem en was middel", shelf("bunnik"), MONDAY).lines
    assert [(line.product, line.amount) for line in lines] == [("zuivel/z51", 1), ("kruidenier/w50", 1), ("kruidenier/w184", 1)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("glutenvrije broden", ["Glutenvrij brood"]),
        ("3 ons kipfilet gerookd", ["Kipfilet gerookt"]),
        ("een pak lactose vrije melk", ["Lactosevrije melk"]),
        ("gekookte kipfilet", []),
    ],
)
def test_how_it_is_may_be_bent_heard_or_parted(text: str, names: list[str]) -> None:
    assert taken("bunnik", text) == names
