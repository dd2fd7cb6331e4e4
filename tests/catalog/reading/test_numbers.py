"""Numbers as people type them, and words that only look like numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.reading.numbers import read_number, read_ordinal
from catalog.reading.tokens import lowers, tokenize


def value(text: str) -> Fraction | None:
    number = read_number(lowers(text))
    return number.value if number else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("drieëntwintig", 23), ("drieentwintig", 23), ("drie-en-twintig", 23), ("drie en twintig", 23), ("vierhonderd", 400),
        ("driehonderdvijftig", 350), ("honderdtwintig", 120), ("honderd vijftig", 150), ("tweeduizendvijfhonderd", 2500),
        ("vijfentwintighonderd", 2500), ("anderhalf", "3/2"), ("anderhalve", "3/2"), ("tweeënhalf", "5/2"),
        ("tweeneenhalf", "5/2"),
        ("tweeeneenhalve", "5/2"), ("twee en een half", "5/2"), ("2 en een half", "5/2"), ("drie en een kwart", "13/4"),
        ("1½", "3/2"),
        ("2 1/2", "5/2"), ("½", "1/2"), ("¾", "3/4"), ("1/4", "1/4"), ("driekwart", "3/4"), ("drie kwart", "3/4"),
        ("een half", "1/2"),
        ("n halve", "1/2"), ("'n", 1), ("één", 1), ("eentje", 1), ("1.000", 1000), ("1.000,50", "2001/2"), ("1,5", "3/2"),
        ("1.5", "3/2"), ("0,250", "1/4"), ("0.250", "1/4"), ("een dozijn", 12), ("half dozijn", 6), ("twee dozijn", 24),
        ("007", 7),
        ("2️⃣", 2), ("achttien", 18), ("achtien", 18), ("geen", 0),
    ],
)  # fmt: skip
def test_value(text: str, expected: int | str) -> None:
    assert value(text) == Fraction(expected)


@pytest.mark.parametrize(
    "text",
    ["zevengranenbrood", "7up", "48+", "half om half", "half volle melk", "half elf", "wat te drinken", "wat kost", "enig",
     "achterham",
     "driehoekje", "viergranen", "m&m's", "ons", "de", ""],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert read_number(lowers(text)) is None


def test_a_half_after_the_goods_does_not_join_the_count() -> None:
    number = read_number(lowers("drie bruine bolletjes en een half wit"))
    assert number is not None
    assert (number.value, number.used) == (3, 1)


def test_article_before_a_name_with_half_counts_one() -> None:
    number = read_number(lowers("een half volle melk"))
    assert number is not None
    assert (number.value, number.used) == (1, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("zes à zeven", 6, 7), ("6-7", 6, 7), ("6 - 7", 6, 7), ("zes of zeven", 6, 7), ("twee drie", 2, 3),
     ("vier- à vijfhonderd", 400, 500),
     ("tussen 100 en 1000", 100, 1000), ("van 2 tot 7", 2, 7), ("een stuk of zes zeven", 6, 7)],
)  # fmt: skip
def test_range(text: str, low: int, high: int) -> None:
    number = read_number(lowers(text))
    assert number is not None
    assert (number.value, number.to) == (low, high)


@pytest.mark.parametrize("text", ["06-12345678", "24-12", "7-6", "3 à 2,50"])
def test_falling_or_telephone_is_no_range(text: str) -> None:
    number = read_number(lowers(text))
    assert number is not None
    assert number.to is None


@pytest.mark.parametrize("text", ["een paar", "'n paar", "een aantal", "een stuk of wat", "wat", "enkele"])
def test_named_but_not_counted(text: str) -> None:
    number = read_number([*lowers(text), "appels"])
    assert number is not None
    assert number.vague


@pytest.mark.parametrize(
    "text", ["ongeveer 5", "±5", "ca. 5", "zo'n vijf", "een stuk of vijf", "om en nabij de vijf", "~ 5", "+/- 5"]
)
def test_about(text: str) -> None:
    number = read_number(lowers(text))
    assert number is not None
    assert (number.value, number.about) == (5, True)


@pytest.mark.parametrize(
    ("text", "rank"), [("eerste", 1), ("28e", 28), ("2de", 2), ("drieëntwintigste", 23), ("één", None), ("taart", None)]
)
def test_ordinal(text: str, rank: int | None) -> None:
    assert read_ordinal(lowers(text)) == rank


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("500gr", ["500", "gr"]), ("2x6", ["2", "x", "6"]), ("x6", ["x", "6"]), ("7up", ["7up"]), ("48+", ["48+"]),
        ("28e", ["28e"]),
        ("half-om-half", ["half-om-half"]), ("'s avonds", ["'s", "avonds"]), ("’s avonds", ["'s", "avonds"]),
        ("a.s. zo", ["a.s.", "zo"]),
        ("\u2060• Ui", ["•", "ui"]), ("1½l", ["1", "½", "l"]), ("6–7", ["6", "-", "7"]), ("cafe\u0301", ["café"]),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: list[str]) -> None:
    assert lowers(text) == tokens


@given(st.text(max_size=80))
def test_tokens_stand_in_order_where_they_were_typed(text: str) -> None:
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


_WORDS = [
    "een",
    "half",
    "en",
    "2",
    "½",
    "1/2",
    "twee",
    "honderd",
    "à",
    "-",
    "x",
    "tot",
    "tussen",
    "paar",
    "wat",
    "kilo",
    "of",
    "voor",
    ",",
    "ons",
]


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=12), st.integers(0, 12))
def test_any_tokens_are_read_or_refused(words: list[str], at: int) -> None:
    number = read_number(words, at)
    assert number is None or (1 <= number.used <= len(words) - at and number.value >= 0)
