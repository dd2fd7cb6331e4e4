"""Words that are drawn out, and the small words of chat around an order."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

CUCUMBER = "groenteboer/g50"


@pytest.mark.parametrize(
    "text",
    [
        "hoii een komkommer graag", "heyyy een komkommer", "hallooo een komkommer", "een komkommer doeiii",
        "graaaag een komkommer", "heeeel graag een komkommer", "een koooomkommer", "nouuu een komkommer dannn",
        "een komkommer alsjeblieeeft", "een komkommer plzzz", "omg een komkommer", "een komkommer ty", "joehoe een komkommer",
        "tis wel vroeg maar ik wil een komkommer",
    ],
)  # fmt: skip
def test_what_is_drawn_out_is_no_goods(text: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount) == (CUCUMBER, 1)


@pytest.mark.parametrize(
    ("text", "product"),
    [("batterijen AAA", None), ("2 broooood", None), ("een pak koffieee", "kruidenier/w70")],
)
def test_goods_stay_what_they_are(text: str, product: str | None) -> None:
    assert only_line(text).product == product
    assert only_line(text).candidates


def test_thanks_may_be_drawn_out() -> None:
    assert heard("dankjewelll").intent == "thanks"
