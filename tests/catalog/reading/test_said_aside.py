"""Amounts in brackets and behind the measure, and what is said beside goods of when and for what they are."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BEMUISD, BESCHUIT, CHEESE = "kruidenier/w37", "bakker/b72", "kaas/k01"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("blauwe muisjes (2 pakken graag, er komt visite genoeg)", 2), ("blauwe muisjes (3 als het kan)", 3),
        ("blauwe muisjes (2 pakken graag)", 2), ("blauwe muisjes (4 want we krijgen visite)", 4),
        ("2 blauwe muisjes (1 voor mij)", 2), ("blauwe muisjes pak 2", 2), ("blauwe muisjes zak 3", 3),
    ],
)  # fmt: skip
def test_an_amount_in_brackets_or_behind_the_measure(text: str, amount: int) -> None:
    assert (only_line(text).product, only_line(text).amount) == (BEMUISD, amount)


def test_two_amounts_in_brackets_are_asked() -> None:
    assert only_line("krentenbollen (4 voor mij, 2 voor de buurvrouw)").asks


def test_a_box_of_ten_is_one() -> None:
    line = only_line("eieren doosje 10")
    assert line.amount == 1


@pytest.mark.parametrize(
    "text", ["jonge kaas, zeg maar 7 ons", "jonge kaas aan het stuk, zeg maar 7 ons", "jonge kaas zeg 7 ons"]
)
def test_say_is_no_talk_before_an_amount(text: str) -> None:
    assert only_line(text).amount == 700


@pytest.mark.parametrize(
    "text",
    [
        "beschuit voor als ik geen zin heb", "beschuit voor als ik een keer geen tijd heb om te koken",
        "zaterdag bij de koffie graag beschuit", "graag bij de thee beschuit", "sorry nog iets vergeten, een beschuit",
        "oeps nog wat vergeten, beschuit graag", "ik ben nog iets vergeten, 1 beschuit",
    ],
)  # fmt: skip
def test_when_and_why_are_no_goods(text: str) -> None:
    assert (only_line(text).product, only_line(text).amount) == (BESCHUIT, 1)


def test_a_second_choice_is_asked() -> None:
    assert only_line("een wit brood heel voor als er geen bruin is").asks


@pytest.mark.parametrize(
    "text", ["Mag de krat bij nr 14 neergezet worden? 1 beschuit", "kan de tas bij nummer 9 worden neergezet? 1 beschuit"]
)
def test_where_to_leave_the_bag_is_a_question(text: str) -> None:
    found = heard(text)
    assert [line.product for line in found.lines] == [BESCHUIT]
    assert found.questions
