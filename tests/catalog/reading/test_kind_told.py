"""Which kind it must be, told beside the goods: by who drinks it, or by what must not be in it."""

from __future__ import annotations

import pytest
from reading_help import heard, told

HALF, FULL, DECAF, ZERO, GREEN_TEA = "zuivel/z01", "zuivel/z02", "kruidenier/w74", "kruidenier/w05", "kruidenier/w76"


@pytest.mark.parametrize(
    ("text", "product", "amount"),
    [
        ("een pak melk, wij drinken halfvolle", HALF, 1),
        ("2 pakken melk, we drinken altijd volle", FULL, 2),
        ("pak koffie, wij drinken decafé", DECAF, 1),
        ("een pak thee, mijn man drinkt groene", GREEN_TEA, 1),
        ("een pond kaas, hij lust alleen jong belegen", "kaas/k02", 500),
        ("yoghurt graag, ik eet magere", "zuivel/z05", 1),
        ("een pak koffie, cafeinevrij graag", DECAF, 1),
        ("koffie zonder cafeine", DECAF, 1),
        ("6 flessen cola, zonder suiker", ZERO, 6),
        ("melk zonder lactose", "zuivel/z12", 1),
    ],
)
def test_the_kind_that_is_told_is_taken(text: str, product: str, amount: int) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == [(product, amount)]


def test_a_few_kinds_are_asked() -> None:
    (line,) = heard("een brood, wij eten volkoren").lines
    assert line.candidates == ("bakker/b01", "bakker/b02")


@pytest.mark.parametrize("text", ["een pak melk, wij eten vanavond vis", "2 komkommers, mijn man lust geen tomaten"])
def test_other_goods_that_are_told_of_are_not(text: str) -> None:
    (line,) = heard(text).lines
    assert not {"vis", "tomaten"} & set(line.words.split())


def test_what_must_not_be_in_it_stays_a_wish() -> None:
    (line,) = heard("2 haringen, zonder uitjes").lines
    assert (line.product, line.kept) == ("vis/v01", ("zonder uitjes",))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("vla: 1 vanille 1 choco", "1 Vanillevla; 1 Chocoladevla"),
        ("melk: 2 vol, 1 halfvol", "2 Volle melk; 1 Halfvolle melk"),
        ("yoghurt: 1 vol 1 mager", "1 Volle yoghurt; 1 Magere yoghurt"),
        ("chips: 1 naturel 1 paprika", "1 Chips naturel; 1 Chips paprika"),
        ("druiven: 1 pond wit, 1 pond blauw", "500 Witte druiven; 500 Blauwe druiven"),
        ("yoghurt: 1 griekse, 1 bloemkool", "1 Griekse yoghurt; 1 Bloemkool"),
        ("soep: 1 knolselderij, 500 gr soepvlees", "1 Knolselderij; 500 Soepvlees"),
        ("melk: 2 karnemelk", "2 Karnemelk"),
        ("2 liter melk half vol en 1 liter vol", "2 Halfvolle melk; 1 Volle melk"),
    ],
)
def test_kinds_are_of_what_heads_them(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("een pond vlees riblappen", "slager/s27"),
        ("een pond gehakt rundergehakt", "slager/s02"),
        ("een kilo fruit mandarijnen", "groenteboer/g96"),
        ("iets lekkers toe, nou, twee keer hopjesvla dan", "zuivel/z22"),
        ("rookworst erbij 2 hele", "slager/s08"),
    ],
)
def test_a_kind_and_then_what_of_it(text: str, product: str) -> None:
    assert [line.product for line in heard(text).lines] == [product]


@pytest.mark.parametrize("text", ["2 vlees tomaten", "en iets lekkers toe"])
def test_no_kind_of_what_is_named_or_nothing_named(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 sukadelappen, dat is dus 600 gram", [("slager/s21", 600)]),
        ("3 ons kabeljauwfilet da's goei spul", [("vis/v21", 300)]),
        ("snert 2 literbakken", [("slager/s80", 2)]),
        ("een appeltaart, een hele", [("bakker/b42", 1)]),
        ("doe eens wat anders, een komkommer", [("groenteboer/g50", 1)]),
        ("als u heeft een bloemkool", [("groenteboer/g10", 1)]),
        ("een komkommer, en voor haar kipfilet van een ons", [("groenteboer/g50", 1), ("slager/s40", 100)]),
    ],
)
def test_how_much_of_it_and_what_is_said_beside(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == expected


def test_each_of_them_weighs_so_much() -> None:
    assert [line.amount for line in heard("2 sukadelappen, dat is 300 gram per stuk").lines] == [600]


@pytest.mark.parametrize("text", ["2 komkommers, anders een bloemkool", "alles heet hier snert wat groen is, ook spinazie"])
def test_what_may_not_be_wanted_is_asked(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)


@pytest.mark.parametrize(
    "text",
    [
        "wat zei de citroen tegen de sinaasappel?",
        "ik neem straks zelf wel melk en eieren mee van de ah, hoef je niet te bestellen",
    ],
)
def test_jokes_and_what_somebody_brings_order_nothing(text: str) -> None:
    assert (heard(text).lines, heard(text).questions) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 komkommers en van de kaas doe maar een pond jong belegen", "2 Komkommer; 500 Jong belegen kaas"),
        ("van de melk graag 2 pakken volle", "2 Volle melk"),
        ("van het vlees een kilo riblappen", "1000 Riblappen"),
        ("van het fruit een kilo elstar", "1000 Elstar appels"),
        ("van de komkommer graag 2", "2 Komkommer"),
    ],
)
def test_of_a_kind_so_much_of_one_of_it(text: str, expected: str) -> None:
    assert [one.split(",")[0] for one in told(text).split("; ")] == expected.split("; ")
