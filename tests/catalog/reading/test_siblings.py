"""One word, and several goods that it may be: asked, whatever words the shopkeeper has for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Line, Shelf, read
from catalog.square import Product, SoldBy


def lines_on(names: str, text: str) -> list[Line]:
    """The lines of a message on a shelf with these names; behind a = stand the synonyms of a product."""
    products = []
    for at, name in enumerate(names.split("|")):
        own, *also = name.split("=")
        products.append(Product("kruidenier", f"x{at}", own, 100, SoldBy.PACK, synonyms=tuple(also)))
    shelf = Shelf.of(replace(load_square("bunnik"), products=tuple(products)))
    called = {product.id: product.name for product in products} | {"": ""}
    return [
        replace(line, product=called[line.product or ""], candidates=tuple(called[one] for one in line.candidates))
        for line in read(text, shelf, MONDAY).lines
    ]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("Zoute chips|Ribbelchips paprika|Melk", "twee zakken chips"),  # a compound that keeps its -s, and its ch
        ("Meergranen stokbrood|Baguette naturel|Witte bol", "stokbrood"),  # another word for the same
        ("Gepelde garnalen|Roze cocktailgarnalen|Haring", "een ons garnalen"),
        ("Zalmslaatje|Salade van ei|Sla", "salade"),
        ("Letter van melkchocolade|Letter van pure chocola|Reep melk", "een chocoladeletter"),  # two things it may stand for
        ("Reep pure chocola|Reep melkchocola|Chocovla", "een reep chocola"),
        ("Zacht geitenkaasje|Jonge geit|Brie", "stukje geitenkaas"),  # cheese, though the name leaves that unsaid
        ("Gepelde Noordzeegarnalen|Bakje gamba's|Haring", "een bakje garnalen"),
        ("Potje Zaanse mosterd|Mosterd glad|Mayonaise", "een potje mosterd"),  # only one name has the pot in it
        ("Dubbele vla|Vla vanille|Melk", "een liter vla"),
        ("Conferenceperen|Stoofperen|Appels", "een kilo peren"),  # a longer word for pears is no make of them
        ("Vanillevla 1 liter|Chocoladevla 1 liter|Melk", "een liter vla"),
        ("Maggi runderbouillon blokjes=maggiblokjes|Knorr groentebouillon tabletten|Soep", "bouillonblokjes"),
        ("7-Up blik 33 cl|Seven-Up 1,5 L|Cola", "2x 7up"),  # both are called so but for the size
        ("Tarwe half=bruin brood half|Vloerwit half|Melk", "een half brood"),
        ("Bintje kruimig=piepers|Aardappelen vastkokend|Gele uien", "2 kilo piepers"),
        ("Rib lap mager=magere runderlap|Sudderlappen|Gehakt", "runderlappen"),  # and no word of the name itself
    ],
)
def test_is_asked_with_all_of_them(names: str, text: str) -> None:
    (line,) = lines_on(names, text)
    assert not line.product
    assert set(line.candidates) == {name.split("=")[0] for name in names.split("|")[:2]}


@pytest.mark.parametrize(
    ("names", "text", "name"),
    [
        ("Stokbrood|Baguette wit|Witte bol", "stokbrood", "Stokbrood"),  # just what was said
        ("Croissant stokbroodjes|Fijnkorrel wasmiddel|Fijnkorrel waspoeder", "waspoeder", "Fijnkorrel waspoeder"),
        ("Koteletjes lam|Lamsgehakt", "4 lamskoteletjes", "Koteletjes lam"),  # a compound in two words
        ("Magere riblap|Sudderlappen rund", "riblappen", "Magere riblap"),  # a thing of its own
        ("Coca-Cola krat 24 flesjes|Coca-Cola fles 1,5 l", "een fles cola", "Coca-Cola fles 1,5 l"),  # bottles are in the crate
        ("Appeltaart heel|Appel Elstar", "een appeltaart", "Appeltaart heel"),
        ("Bospeen|Winterpeen|Prei", "een bos peentjes", "Bospeen"),  # the pack is part of the word
        ("Jong 48+|Jong 30+|Brie", "2 ons jong 30 plus", "Jong 30+"),
        ("Groot boeket|Klein boeket", "een groot boeket", "Groot boeket"),
    ],
)
def test_is_taken(names: str, text: str, name: str) -> None:
    assert [line.product for line in lines_on(names, text)] == [name]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("Zendium tandpasta kids|Melk", "ik sta hier met 3 kids. een pak melk"),
        ("Slagroom om te kloppen|Melk", "een pak melk, bel is kapot dus even kloppen"),
        ("Instant droge gist|Melk", "iets van de drogist, en een pak melk"),
        ("Wilde spinazie|Melk", "ik heb visite en wilde graag een pak melk"),
        ("Jam braam pot|Melk", "een pak melk. groetjes, Bram"),
        ("Pak tarwebloem|Melk", "een pak melk en een halfje tarwe"),
        ("Gele uien|Melk", "een pak melk, mooie gele hoor"),
    ],
)
def test_a_word_of_talk_takes_nothing(names: str, text: str) -> None:
    assert [line.product for line in lines_on(names, text) if line.product] == ["Melk"]


def test_large_is_not_small() -> None:
    assert not any(line.product for line in lines_on("Klein boeketje gemengd|Tulpen", "1 gemengd boeket, groot"))
