"""The search on a handful of products."""

from __future__ import annotations

import pytest

from catalog.search import Index, usual_key
from catalog.square import Product, SoldBy

NAMES = ("Halfvolle melk", "Volle melk", "Karnemelk", "Jonge kaas", "Oude kaas", "Pindakaas", "Krentenbollen", "Uien", "Suiker")


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(Product("x", f"p{at}", name, 100, SoldBy.PIECE) for at, name in enumerate(NAMES))


@pytest.mark.parametrize(("said", "name"), [("krentebollen", "Krentenbollen"), ("pinda kaas", "Pindakaas"), ("ui", "Uien")])
def test_clear(index: Index, said: str, name: str) -> None:
    found = index.find(said)
    assert (found.verdict, found.hits[0].name) == ("clear", name)


def test_choose_and_none(index: Index) -> None:
    assert {hit.name for hit in index.find("kaas").hits} == {"Jonge kaas", "Oude kaas"}
    assert {hit.name for hit in index.find("melk").hits} == {"Halfvolle melk", "Volle melk"}
    assert index.find("mango").verdict == "none"


def test_usual(index: Index) -> None:
    found = index.find("een melk graag", usual={usual_key("melk"): "x/p1"})
    assert (found.verdict, found.hits[0].name) == ("clear", "Volle melk")
