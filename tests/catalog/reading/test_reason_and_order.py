"""What stands around an order: as much of it as of another, why it is wanted, and for which dish."""

from __future__ import annotations

import pytest
from reading_help import heard, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("lekkerbekken (2) en kibbeling (ook 2)", "2 Lekkerbek; 2 Kibbeling"),
        ("een bloemkool, appelmoes (ook 2 graag, het feest duurt lang)", "1 Bloemkool; 2 Appelmoes"),
        ("bloemkool (ook)", "1 Bloemkool"),
    ],
)
def test_an_amount_in_brackets(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een komkommer, en omdat mijn man erom zeurt ook een droge worst", "1 Komkommer; 1 Droge worst"),
        ("een bloemkool en omdat het feest is nog een komkommer", "1 Bloemkool; 1 Komkommer"),
        ("een bloemkool, omdat hij ook een beetje honger heeft", "1 Bloemkool"),
        ("een komkommer, omdat het feest is", "1 Komkommer"),
    ],
)
def test_what_is_ordered_behind_a_reason(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Voor stamppot met z'n zessen: 1 zuurkool en 2 rookworsten", "1 Zuurkool; 2 Rookworst"),
        ("Voor stamppot: een zuurkool", "1 Zuurkool"),
        ("Voor mijn moeder: een bloemkool", "1 Bloemkool"),
    ],
)
def test_the_dish_a_list_is_for_is_not_ordered(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize("text", ["wat zal ik zeggen een pot appelmoes", "hoe zal ik het zeggen een pot appelmoes"])
def test_thinking_aloud_asks_nothing(text: str) -> None:
    assert told(text) == "1 Appelmoes"
    assert not heard(text).questions


def test_something_with_tea_is_no_tea() -> None:
    (line,) = heard("iets lekkers bij de thee").lines
    assert line.product is None
    assert "thee" not in " ".join(line.candidates)
