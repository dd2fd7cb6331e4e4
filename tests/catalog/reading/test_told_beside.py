"""Orders with something told, explained or put right beside them, and amounts said in passing."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line, short

_TWO_CUCUMBERS, _CUCUMBER = ("groenteboer/g50", 2, "piece"), ("groenteboer/g50", 1, "piece")
_CAULIFLOWER, _BUTTERMILK = ("groenteboer/g10", 1, "piece"), ("zuivel/z03", 1, "piece")


@pytest.mark.parametrize(
    ("text", "product", "amount", "unit"),
    [
        ("een halfe kilo rundergehakt", "slager/s02", 500, "g"),
        ("2 pnt rundergehakt", "slager/s02", 1000, "g"),
        ("halve kilo half om half", "slager/s01", 500, "g"),
        ("witte druiven, een pond of zo", "groenteboer/g102", 500, "g"),
        ("een pond of zo witte druiven", "groenteboer/g102", 500, "g"),
        ("twee flessen of zakken pompoensoep", "boerderij/h47", 2, "piece"),
        ("ons leverworst", "slager/s64", 100, "g"),
    ],
)
def test_amounts_as_people_type_them(text: str, product: str, amount: int, unit: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount, line.unit) == (product, amount, unit)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een komkommer en ons achterham", [_CUCUMBER, ("slager/s60", 100, "g")]),
        ("krentenbollen: acht. komkommers: twee", [("bakker/b20", 8, "piece"), _TWO_CUCUMBERS]),
        ("2 komkommers en een kilo uien dan maak ik hutspot", [_TWO_CUCUMBERS, ("groenteboer/g35", 1000, "g")]),
        ("een fles karnemelk en een komkommer. Die karnemelk is voor mij", [_BUTTERMILK, _CUCUMBER]),
        ("een pak karnemelk, de karnemelk", [_BUTTERMILK]),
        ("2 komkommers (we maken zelf snert) en een bloemkool", [_TWO_CUCUMBERS, _CAULIFLOWER]),
        ("een komkommer (mijn man drinkt niks anders), een bloemkool", [_CUCUMBER, _CAULIFLOWER]),
        ("ik wou even doorgeven dat ik 2 komkommers wil en een bloemkool", [_TWO_CUCUMBERS, _CAULIFLOWER]),
        ("ik wilde laten weten dat we zaterdag 2 komkommers willen", [_TWO_CUCUMBERS]),
        ("even kijken wat heb ik nodig nou komkommers en een bloemkool", [_CUCUMBER, _CAULIFLOWER]),
        ("bloemkool en twee krentenbollen vier krentenbollen bedoel ik", [_CAULIFLOWER, ("bakker/b20", 4, "piece")]),
        ("een komkommer een rookworst die van de slager en een bloemkool",
         [_CUCUMBER, ("slager/s08", 1, "piece"), _CAULIFLOWER]),
        ("de kleinzoon komt en die lust alleen komkommers en bloemkool, dus doe maar", [_CUCUMBER, _CAULIFLOWER]),
    ],
)  # fmt: skip
def test_what_is_told_beside_it_loses_no_order(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert short(text) == lines


def test_what_was_meant_puts_only_the_last_right() -> None:
    first, second, *doubted = heard("een bloemkool een komkommer en 2 krentenbollen 2 moorkoppen bedoel ik").lines
    assert [first.product, second.product] == ["groenteboer/g10", "groenteboer/g50"]
    assert [line.product for line in doubted] == [None, None]


def test_a_little_of_something_is_goods_of_which_the_amount_is_asked() -> None:
    lines = heard("een komkommer en een beetje drop").lines
    assert (lines[0].note, lines[1].amount, bool(lines[1].candidates)) == ("", None, True)


@pytest.mark.parametrize("text", ["ik lust geen spruitjes, dus laat maar", "fijn dat u de karnemelk wil brengen"])
def test_what_is_only_told_stays_told(text: str) -> None:
    assert heard(text).lines == ()


def test_ons_is_who_it_is_brought_to() -> None:
    assert only_line("breng ons brood").unit == "piece"
