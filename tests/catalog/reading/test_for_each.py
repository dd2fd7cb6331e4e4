"""One amount for each of several things, and an amount of what was only just asked for."""

from __future__ import annotations

import pytest
from reading_help import heard, short

LENTILS, CHICKPEAS, MILK, BUTTERMILK = "kruidenier/w107", "kruidenier/w108", "zuivel/z02", "zuivel/z03"
JAM, SYRUP, BUN = "boerderij/h42", "boerderij/h13", "bakker/b20"


@pytest.mark.parametrize(
    "text",
    [
        "linzen en kikkererwten, van allebei twee blikken",
        "linzen en kikkererwten, allebei 2",
        "linzen en kikkererwten. van beide graag 2",
        "linzen en kikkererwten, elk 2 blikken graag",
        "linzen en kikkererwten, 2 blikken van allebei",
        "heeft u linzen en kikkererwten? van allebei twee blikken graag",
    ],
)
def test_an_amount_of_each(text: str) -> None:
    assert short(text) == [(LENTILS, 2, "piece"), (CHICKPEAS, 2, "piece")]


def test_what_was_counted_keeps_its_amount() -> None:
    assert short("3 krentenbollen, linzen en kikkererwten, van allebei 2") == [
        (BUN, 3, "piece"), (LENTILS, 2, "piece"), (CHICKPEAS, 2, "piece"),
    ]  # fmt: skip
    assert short("volle melk, 6 pakken, en karnemelk, elk weekend") == [(MILK, 6, "piece"), (BUTTERMILK, 1, "piece")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("drie potjes pruimenjam. Is er ook vlierbloesemsiroop? doe er dan één bij", {JAM: 3, SYRUP: 1}),
        ("heeft u ook vlierbloesemsiroop? Doe er dan twee bij", {SYRUP: 2}),
        ("2 krentenbollen. Is er nog sushi? doe er dan één bij", {BUN: 2, None: 1}),  # sushi is not sold
        ("2 krentenbollen. Zijn die vers? doe er dan nog 2 bij", {BUN: 4}),
    ],
)
def test_an_amount_is_of_what_was_asked_for_last(text: str, lines: dict[str | None, int]) -> None:
    assert {line.product: line.amount for line in heard(text).lines} == lines
