"""The hand-written village: its files are whole, and the search does on it what it did before."""

from __future__ import annotations

import pytest

from bot.bench.search_village import KINDS, Wish, assortment, score, wishes
from catalog.search import Index
from catalog.square import Product


@pytest.fixture(scope="module")
def goods() -> list[Product]:
    return assortment()[0]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(*assortment())


def test_every_wish_can_be_answered(goods: list[Product]) -> None:
    asked = wishes()
    assert len(goods) > 1500
    assert {kind: sum(wish.kind == kind for wish in asked) >= 50 for kind in KINDS} == dict.fromkeys(KINDS, True)
    unanswerable = [wish.words for wish in asked if wish.right and not any(wish.answered_by(p.name) for p in goods)]
    assert not unanswerable
    assert {bool(wish.right) for wish in asked if wish.kind == "geen"} == {False}


def test_what_counts_as_an_answer() -> None:
    wish = Wish("ui", "keuze", (("=ui", "-soep"), ("uien",)), held=False)
    assert wish.answered_by("Uien geel 1 kg")
    assert wish.answered_by("Rode ui")
    assert not wish.answered_by("Suiker")
    assert not wish.answered_by("Soep van ui")


@pytest.mark.parametrize("held", [False, True])
def test_how_well_villagers_are_served(index: Index, held: bool) -> None:
    figures, _ = score(index, [wish for wish in wishes() if wish.held is held])
    assert figures["rank1"] >= 0.9
    assert figures["within3"] >= 0.94
    assert figures["none"] >= 0.9
    assert figures["wrong_in_basket"] <= 0.04


TRAPS = {
    "kaas": "pindakaas leverkaas hoofdkaas kaasbroodje smeerkaas", "melk": "karnemelk koffiemelk chocolademelk opvolgmelk",
    "appel": "aardappel sinaasappel appelmoes appelsap appelstroop", "ham": "hamburger hamka", "ui": "suiker fruit spruit",
    "sla": "slavink slagroom koolsla hagelslag", "ei": "prei prijs geit spinazie", "boter": "boterham boterkoek pindakaas",
    "rijst": "rijstwafel rijstevlaai", "vis": "inktvis", "kool": "houtskool", "peer": "peper", "room": "roomboter roomijs",
    "water": "reinigingswater", "bonen": "koffiebonen", "noten": "kruidnoten pepernoten", "worst": "worstenbroodje",
    "brood": "broodje", "thee": "theedoek theelicht", "zout": "zoutjes", "haas": "kaas", "wijn": "azijn", "bier": "gember",
    "pasta": "tandpasta speculaaspasta hazelnootpasta", "pap": "paprika papier", "koek": "pannenkoek",
}  # fmt: skip


@pytest.mark.parametrize("said", TRAPS)
def test_a_part_of_a_word_is_never_put_in_the_basket(index: Index, said: str) -> None:
    found = index.find(said)
    if found.verdict == "clear":
        assert not any(trap in found.hits[0].name.lower() for trap in TRAPS[said].split()), found.hits[0]


def test_a_full_name_finds_itself(index: Index, goods: list[Product]) -> None:
    found = [(product.name, index.find(product.name)) for product in goods]
    clear = [(name, hits.hits[0].name) for name, hits in found if hits.verdict == "clear"]
    assert len(clear) / len(found) >= 0.92
    assert not [(name, hit) for name, hit in clear if hit != name]
    assert not [name for name, hits in found if name not in {hit.name for hit in hits.hits[:3]}]
