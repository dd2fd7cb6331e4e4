"""One amount told apart ("2 volkoren, eentje gesneden en de ander niet"), and what must not be taken for it."""

from __future__ import annotations

import pytest

from tests.catalog.reading.reading_help import heard, only_line, short


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
