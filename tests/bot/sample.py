"""A sample village with two shops, and a sample region whose farm sells in it with one stock. Invented for the tests."""

from __future__ import annotations

from datetime import time

from catalog.square import Hours, Product, Round, Shop, SoldBy, Square

VILLAGE = Square(
    "dorp",
    "Voorbeeldplein",
    sample=True,
    regions=("streek",),
    rounds=(Round("vrijdagochtend", 4, time(9), time(12), 3, time(18), 4),),
    shops=(Shop("bakker", "Bakker Voorbeeld", "bakker"), Shop("kaas", "Kaas Voorbeeld", "kaas", opening=(
        Hours(frozenset({0, 1, 2, 3, 4}), time(8), time(18)),))),
    products=(
        Product("bakker", "b1", "Krentenbol", 60, SoldBy.PIECE, stock=10),
        Product("bakker", "b2", "Volkoren brood", 285, SoldBy.PIECE, allergens=frozenset({"gluten"}), options=("gesneden",)),
        Product("kaas", "k1", "Jong belegen", 1290, SoldBy.WEIGHT),
    ),
)  # fmt: skip
REGION = Square(
    "streek",
    "Voorbeeldstreek",
    kind="region",
    sample=True,
    shops=(Shop("boer", "Boerderij Voorbeeld", "boerderij"),),
    products=(Product("boer", "ei", "Doosje eieren", 350, SoldBy.PACK, stock=3),),
)
