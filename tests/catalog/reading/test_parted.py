"""One amount told apart ("2 volkoren, eentje gesneden en de ander niet"), and what must not be taken for it."""

from __future__ import annotations

import pytest

from tests.catalog.reading.reading_help import heard, only_line, shelf, short


@pytest.mark.parametrize(
    ("text", "product", "note"),
    [
        ("2 heel wit, eentje gesneden en de ander niet", "bakker/b03", "eentje gesneden en de ander niet"),
        ("4 haringen, voor mij zonder ui en die van Kees met", "vis/v01", "voor mij zonder ui en die van kees met"),
        ("6 krentenbollen, de helft apart verpakt en de rest los", "bakker/b20", "de helft apart verpakt en de rest los"),
    ],
)
def test_who_wants_it_how_is_left_to_the_shop_in_her_own_words(text: str, product: str, note: str) -> None:
    line = only_line(text)
    assert (line.product, line.options, line.note) == (product, (), note)


def test_a_part_of_another_kind_is_asked() -> None:
    line = only_line("6 bollen waarvan 2 bruin")
    assert line.product is None
    assert {"bakker/b21", "bakker/b22"} <= set(line.candidates)


@pytest.mark.parametrize("text", ["een kilo aardappels maar niet die kruimige", "kaas maar niet die oude"])
def test_what_it_must_not_be_is_a_note(text: str) -> None:
    line = only_line(text)
    assert line.product is None
    assert line.candidates
    assert line.note.startswith("niet die")


@pytest.mark.parametrize(
    ("text", "basket"),
    [
        ("zet er nog een komkommer bij en die krentenbollen hoeven niet", "bakker/b20"),
        ("nog een komkommer en die krentenbollen mogen weg", "bakker/b20"),
        ("doe maar een komkommer en de krentenbollen hoef ik niet", "bakker/b20"),
    ],
)
def test_something_more_and_something_out(text: str, basket: str) -> None:
    lines = [(line.op, line.product) for line in heard(text, basket).lines]
    assert lines == [("add", "groenteboer/g50"), ("remove", basket)]


def test_two_things_go_out_together() -> None:
    lines = heard("de komkommer en de krentenbollen mogen weg", "bakker/b20", "groenteboer/g50").lines
    assert [(line.op, line.product) for line in lines] == [("remove", "groenteboer/g50"), ("remove", "bakker/b20")]


def test_a_can_is_no_bottle() -> None:
    assert short("6 blikjes cola zero")[0][0] is None


def test_small_packs_are_not_one_large_pack() -> None:
    assert only_line("3 zakjes van 100 gram pinda's").asks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3 liter vla, 2 vanille en 1 chocola", [("Vanillevla", 2), ("Chocoladevla", 1)]),
        ("12 bolletjes, helft wit helft bruin", [("Witte bolletjes", 6), ("Bruine bolletjes", 6)]),
        ("20 bolletjes half wit half bruin", [("Witte bolletjes", 10), ("Bruine bolletjes", 10)]),
        ("4 pakken yoghurt waarvan 2 vol en 2 mager", [("Volle yoghurt", 2), ("Magere yoghurt", 2)]),
        ("2 kilo appels, kilo elstar en kilo jonagold", [("Elstar appels", 1000), ("Jonagold appels", 1000)]),
        ("500 gram gehakt, 250 runder en 250 half om half", [("Rundergehakt", 250), ("Gehakt half-om-half", 250)]),
        ("halve kilo kaas, de helft jong en de helft oud", [("Jonge kaas", 250), ("Oude kaas", 250)]),
        ("6 witte, 6 bruine bollen", [("Witte bolletjes", 6), ("Bruine bolletjes", 6)]),
        ("3 paprika's, 1 rood, 1 geel en 1 groen", [("Rode paprika", 1), ("Gele paprika", 1), ("Groene paprika", 1)]),
    ],
)
def test_parts_that_add_up_take_the_place_of_the_whole(text: str, parts: list[tuple[str, int]]) -> None:
    products = shelf().square.product_by_id
    assert [(products[line.product or ""].name, line.amount) for line in heard(text).lines] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("4 haringen, 2 met uitjes en 2 zonder", [(2, "met uitjes"), (2, "zonder uitjes")]),
        ("3 haring, 2 met uitjes 1 zonder", [(2, "met uitjes"), (1, "zonder uitjes")]),
        ("4 haringen: 3 met ui en 1 zonder ui", [(3, "met ui"), (1, "zonder ui")]),
        ("4 volkoren heel, 3 gesneden en 1 ongesneden", [(3, "gesneden"), (1, "ongesneden")]),
        ("2 bossen tulpen, 1 rood en 1 geel", [(1, "rood"), (1, "geel")]),
    ],
)
def test_so_many_of_them_each_way(text: str, parts: list[tuple[int, str]]) -> None:
    lines = heard(text).lines
    assert len({line.product for line in lines}) == 1
    assert [(line.amount, *line.kept) for line in lines] == parts


def test_what_does_not_add_up_is_asked() -> None:
    assert all(line.product is None for line in heard("3 liter vla, 2 vanille en 2 chocola").lines)
    line = only_line("4 haringen, 2 met uitjes")
    assert (line.amount, line.low, line.high) == (None, 4, 6)


def test_what_lies_beside_the_goods_is_no_side_of_them() -> None:
    assert len(short("een vlaai, en een doosje met thee")) == 2


def test_the_plain_kind_is_what_was_named() -> None:
    products = shelf().square.product_by_id
    lines = heard("6 flessen cola, 4 gewone en 2 zero").lines
    assert [(products[line.product or ""].name, line.amount) for line in lines] == [("Cola fles", 4), ("Cola zero fles", 2)]


@pytest.mark.parametrize("text", ["6 flessen cola waarvan 2 zero", "4 komkommers, 2 gewone en 2 mini"])
def test_a_part_that_is_another_thing_is_asked(text: str) -> None:
    assert heard(text).lines[0].product is None


def test_other_goods_that_only_happen_to_add_up() -> None:
    assert [line.amount for line in heard("3 krentenbollen, 2 komkommers en 1 bloemkool").lines] == [3, 2, 1]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("1 boerenkool 2 zakken\n2 uien 3 kilo\n3 komkommers 1 st\n4 rookworst 2\n5 bloemkool", [2, 3000, 1, 2, 1]),
        ("1 komkommer\n2 bloemkolen\n3 krentenbollen", [1, 2, 3]),
        ("1 kilo uien\n2 kilo prei\n3 kilo peren", [1000, 2000, 3000]),
    ],
)
def test_lines_may_be_numbered_without_a_dot(text: str, amounts: list[int]) -> None:
    assert [line.amount for line in heard(text).lines] == amounts


def test_nuts_with_the_drinks_are_no_drinks() -> None:
    assert [line.refused for line in heard("pak noten voor de borrel en een komkommer").lines] == [None, None]
