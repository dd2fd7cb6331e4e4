"""How much it is: parts that are the thing itself, as many as there are to eat it, and boxes that come out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Shelf, read
from catalog.square import Contents, Product, SoldBy

EGGS = tuple(
    Product("zuivel", f"e{held}", f"Eieren {held} stuks", 300, SoldBy.PACK, contents=Contents(held, "piece"))
    for held in (6, 10, 30)
)
PIECES = (
    "Kipsaté",
    "Satésaus",
    "Gourmetschotel per persoon",
    "Koude schotel (per persoon)",
    "Eieren tray",
    "Knoflook",
    "Kousenband",
)
OTHERS = tuple(Product("winkel", f"p{at}", name, 300, SoldBy.PIECE) for at, name in enumerate(PIECES))
WEIGHED = tuple(
    Product("groente", f"w{at}", name, 300, SoldBy.WEIGHT)
    for at, name in enumerate(("Merguez", "Sucadelappen", "Stoofperen", "Handperen"))
)


def said(text: str, *products: Product) -> list[tuple[str, int | None]]:
    """The names and amounts of the lines on a shelf with these products; no name when it is asked."""
    shelf = Shelf.of(replace(load_square("bunnik"), products=products))
    called = {product.id: product.name for product in products}
    return [(called.get(line.product or "", ""), line.amount) for line in read(text, shelf, MONDAY).lines]


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("12 stokjes kipsaté", "Kipsaté", 12),
        ("kipsaté 12 stokjes voor de kinderen", "Kipsaté", 12),
        ("gourmetschotel voor 6 personen", "Gourmetschotel per persoon", 6),
        ("koude schotel voor 7", "Koude schotel (per persoon)", 7),
        ("2 trays eieren", "Eieren tray", 2),
        ("tray eieren", "Eieren tray", 1),
        ("een bos kousenband", "Kousenband", 1),
        ("merguez 1kg (mild)", "Merguez", 1000),
        ("anderhalf pond sucadelappen om te stoven", "Sucadelappen", 750),
    ],
)
def test_how_much(text: str, name: str, amount: int) -> None:
    assert said(text, *OTHERS, *WEIGHED) == [(name, amount)]


@pytest.mark.parametrize("text", ["2 teentjes knoflook", "2 kilo peren om te stoven"])
def test_is_asked(text: str) -> None:
    assert [name for name, _ in said(text, *OTHERS, *WEIGHED)] == [""]


@pytest.mark.parametrize(("text", "name", "amount"), [("20 eieren", "Eieren 10 stuks", 2), ("10 eieren", "Eieren 10 stuks", 1)])
def test_the_largest_boxes_that_come_out(text: str, name: str, amount: int) -> None:
    assert said(text, *EGGS) == [(name, amount)]


@pytest.mark.parametrize("text", ["12 eieren", "16 eieren", "40 eieren", "60 eieren"])
def test_other_boxes_are_asked(text: str) -> None:
    assert [name for name, _ in said(text, *EGGS)] == [""]
