"""Words that stand around goods and are none: who is greeted, what a list is for, where somebody buys otherwise."""

from __future__ import annotations

import pytest
from reading_help import heard

BUN, CAULIFLOWER = "bakker/b20", "groenteboer/g10"


@pytest.mark.parametrize(
    "text",
    [
        "ha jonges, stuur ons een bloemkool",
        "Dag Riet jong, een bloemkool graag",
        "moi jong, een bloemkool",
        "Wij willen graag bij de boeren in de buurt kopen. Om te beginnen een bloemkool",
        "we steunen graag de boer, dus een bloemkool",
        "De koffie regelt het gebouw. Van jullie graag een bloemkool",
        "ik haal mijn vlees altijd bij de slager, maar doe maar een bloemkool",
        "een bloemkool, voor in een soeppakketje",
        "Bloemkool, voor in een ovenschotel",
    ],
)
def test_only_the_cauliflower_is_ordered(text: str) -> None:
    assert [line.candidates for line in heard(text).lines] == [(CAULIFLOWER,)]


@pytest.mark.parametrize(
    "heading",
    ["stamppot avond", "KERSTBORREL CLUB", "PANNENKOEKENDAG", "BBQ zaterdag", "ontbijt zondag", "verjaardag Tim:", "oma"],
)
def test_what_a_list_is_for_is_no_goods(heading: str) -> None:
    assert [line.product for line in heard(f"{heading}\n6 krentenbollen\nbloemkool").lines] == [BUN, CAULIFLOWER]


@pytest.mark.parametrize("first", ["bloemkool", "uien zaterdag", "2 slagroomtaarten"])
def test_goods_above_a_list_are_goods(first: str) -> None:
    assert len(heard(f"{first}\n6 krentenbollen\nkomkommer").lines) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Tis weer dat weer van erwtensoep en een goeie rookworst he. Brr.",
        "het is echt weer voor snert",
        "Zelf haal ik mijn brood nog lopend, maar ik zal het doorgeven.",
        "Naast het krat appels.",
    ],
)
def test_what_is_only_told_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    "text", ["4 biefstukken, graag wat dikker gesneden", "4 biefstukken wat dikker", "4 biefstukken, iets dikker"]
)
def test_thicker_is_a_wish_about_the_steaks(text: str) -> None:
    (line,) = heard(text).lines
    assert line.product == "slager/s20"
    assert "dikker" in " ".join(line.kept)


@pytest.mark.parametrize(
    "text",
    [
        "Een komkommer. Mannen!",
        "dag met de vries uit odijk mag ik een komkommer",
        "We krijgen de hele ploeg op ontbijt. Een komkommer",
    ],
)
def test_people_are_no_goods(text: str) -> None:
    assert [line.product for line in heard(text).lines] == ["groenteboer/g50"]


@pytest.mark.parametrize("text", ["het hoeft pas zaterdag: 1 komkommer", "het hoeft niet voor vrijdag, 1 komkommer"])
def test_when_it_is_needed_takes_nothing_back(text: str) -> None:
    assert [line.product for line in heard(text).lines] == ["groenteboer/g50"]


def test_the_goods_themselves() -> None:
    lines = heard("een komkommer, zuurkool zelf ook 1 pak").lines
    assert [line.amount for line in lines] == [1, 1]
