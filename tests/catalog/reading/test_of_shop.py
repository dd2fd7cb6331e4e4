"""Whose it must be: the shop that is named, by its name, its trade or only by the name of who keeps it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Shelf, read
from catalog.square import Product, SoldBy

GOODS = (
    Product("slager", "a", "Kipfilet", 900, SoldBy.PACK),
    Product("boerderij", "b", "Kipfilet", 900, SoldBy.PACK),
    Product("slager", "c", "Slagersrookworst", 500, SoldBy.PIECE),
    Product("kruidenier", "d", "Rookworst fijn", 300, SoldBy.PIECE),
    Product("zuivel", "e", "Eieren 10 stuks", 300, SoldBy.PACK),
    Product("boerderij", "f", "Kwarteleitjes", 300, SoldBy.PACK),
    Product("kruidenier", "g", "Appelmoes", 300, SoldBy.PACK),
)


def said(text: str) -> list[str | None]:
    """The products of the lines."""
    shelf = Shelf.of(replace(load_square("bunnik"), products=GOODS))
    return [line.product for line in read(text, shelf, MONDAY).lines]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("2 kipfilet van de slager", "slager/a"),
        ("2 kipfilet van Van den Berg", "slager/a"),
        ("2 pakken kipfilet bij de boerderij", "boerderij/b"),
        ("een rookworst van de slager", "slager/c"),
        ("een rookworst van de kruidenier", "kruidenier/d"),
        ("een pot appelmoes van het Hoekje", "kruidenier/g"),
    ],
)
def test_what_that_shop_has_of_it(text: str, product: str) -> None:
    assert said(text) == [product]


@pytest.mark.parametrize(
    "text",
    [
        "2 kipfilet",
        "een doos eieren van de boerderij",  # quail's eggs are not simply eggs
        "een rookworst van de buurvrouw",
        "een rookworst van de bakker",  # who has none
    ],
)
def test_is_asked(text: str) -> None:
    assert said(text) == [None]
