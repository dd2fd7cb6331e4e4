"""What is told in chat around an order: what is missing, who eats what, and names that are called out."""

from __future__ import annotations

import pytest
from reading_help import MONDAY, heard, only_line

from bot.squares import load_square
from catalog.reading import Shelf, read


@pytest.mark.parametrize(
    "text",
    [
        "ik mis nog rookworst in mijn bestelling van vandaag :(", "ik mis de rookworst in de bestelling van gisteren",
        "de rookworst uit mijn bestelling was slap", "onze kat lust alleen kattenvoer",
    ],
)  # fmt: skip
def test_what_is_only_told(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize("text", ["bij mijn bestelling graag nog 1 rookworst", "mijn bestelling: rookworst"])
def test_an_order_that_says_it_is_one(text: str) -> None:
    assert only_line(text).amount == 1


def test_who_eats_it() -> None:
    line = only_line("mijn kat lust alleen kattenvoer, doe 4")
    assert (line.words, line.amount) == ("kattenvoer", 4)


def test_she_wants_one_thing_and_i_another() -> None:
    lines = heard("mijn vriendin wil zwarte thee en ik filterkoffie").lines
    assert [line.words for line in lines] == ["zwarte thee", "filterkoffie"]


@pytest.mark.parametrize(("text", "amounts"), [("spinazie! spinazie! spinazie!", [1]), ("spinazie\nspinazie", [1, 1])])
def test_what_is_called_out_is_ordered_once_on_a_line(text: str, amounts: list[int]) -> None:
    assert [line.amount for line in heard(text).lines] == amounts


def test_another_name_for_it_is_asked() -> None:
    assert only_line("een pond wortels oftewel winterpeen").asks


@pytest.mark.parametrize("text", ["bio pompoen", "biologische pompoen", "1 bio pompoen pls"])
def test_what_is_organic_may_be_cut_short(text: str) -> None:
    shelf = Shelf.of(load_square("tests/catalog/reading/gold/squares/haven"))
    (line,) = read(text, shelf, MONDAY).lines
    assert (line.product, line.amount) == ("bio/O3", 1)


def test_a_date_is_no_goods() -> None:
    assert only_line("yess date! 2 komkommers").amount == 2


@pytest.mark.parametrize(
    "text",
    ["Ik mis bij mijn bestelling van vrijdag de kipfilet. Wel betaald...", "gisteren aardbeien gekocht. eigen schuld"],
)
def test_a_complaint_orders_nothing(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)
