"""An index over our own example square, and one over a handful of products chosen to be confused."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.folder import read_folder
from catalog.search import Index
from catalog.square import Product, Shop, SoldBy, Square

BUNNIK = Path(__file__).resolve().parents[3] / "catalog" / "squares" / "bunnik"

SHELF = {
    "bakker": "Volkoren brood|Volkoren bolletjes|Wit brood heel|Wit brood half|Krentenbollen|Kaasbroodje|Botersprits",
    "zuivel": "Halfvolle melk|Volle melk|Karnemelk|Koffiemelk|Chocolademelk|Roomboter|Eieren",
    "kaas": "Jonge kaas|Jong belegen kaas|Belegen kaas|Oude kaas",
    "slager": "Rundergehakt|Gehakt half-om-half|Gehaktballen|Slavinken|Kip kerrie salade|Hazenpeper",
    "groente": "Uien|Peen en uien|Botersla|IJsbergsla|Bloemkool|Aardappelen|Kroten|Frites|Tomatensoep|Knolselderij",
    "kruidenier": "Suiker|Bloem|Pindakaas glad|Pindakaas met stukjes|Hagelslag puur|7up|Zeven granen brood|Toiletpapier|Prei",
    "bloemist": "Boeket bloemen|Bos rozen|Enkele roos",
}
KINDS = {"bakker": "bakker", "zuivel": "zuivel", "kaas": "kaas", "slager": "slager", "groente": "groenteboer"}


def product(shop: str, sku: str, name: str, **more: object) -> Product:
    """A product for a test; a piece for one euro."""
    return Product(shop, sku, name, 100, SoldBy.PIECE, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def shelf() -> Index:
    """The handful."""
    named = [product(shop, f"{shop[0]}{at}", name) for shop, names in SHELF.items() for at, name in enumerate(names.split("|"))]
    return Index.build(named, [Shop(slug, slug, kind) for slug, kind in KINDS.items()])


@pytest.fixture(scope="session")
def bunnik() -> Square:
    """The example square."""
    square, problems = read_folder(BUNNIK)
    assert square is not None, problems
    return square


@pytest.fixture(scope="session")
def index(bunnik: Square) -> Index:
    """The index over the example square."""
    return Index.build(bunnik.products, bunnik.shops)
