"""Amounts with their units as the counter hears them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_help import heard

from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.tokens import lowers


def read(text: str) -> Quantity:
    quantity = read_quantity(lowers(text))
    assert quantity is not None, text
    return quantity


@pytest.mark.parametrize(
    ("text", "amount", "unit", "used"),
    [
        ("anderhalf pond gehakt", 750, "g", 2), ("anderhalve kilo piepers", 1500, "g", 2),
        ("een half pond jong belegen", 250, "g", 3),
        ("half pondje ham", 250, "g", 2), ("2 ons ham", 200, "g", 2), ("een onsje worst", 100, "g", 2),
        ("onsje worst", 100, "g", 1),
        ("een pond half om half", 500, "g", 2), ("een kwart pond", 125, "g", 3), ("pond gehakt", 500, "g", 1),
        ("500gr", 500, "g", 2),
        ("1.000 gram", 1000, "g", 2), ("1,5 kg", 1500, "g", 2), ("1.5 kg", 1500, "g", 2), ("1.500 kg", 1500, "g", 2),
        ("2k uien", 2000, "g", 2),
        ("een pond en een ons kaas", 600, "g", 5), ("twee en een half ons", 250, "g", 5), ("van ± 500 gr", 500, "g", 4),
        ("halve liter karnemelk", 500, "ml", 2), ("3 liter melk", 3000, "ml", 2), ("33 cl", 330, "ml", 2),
        ("driekwart liter", 750, "ml", 2),
        ("een dozijn eieren", 12, "piece", 2), ("10 st. eieren", 10, "piece", 3), ("12stuks", 12, "piece", 2),
        ("een krop sla", 1, "piece", 2),
        ("acht plakjes ham", 8, "slice", 2), ("een doosje eieren", 1, "pack", 2), ("2 zakjes chips", 2, "pack", 2),
        ("bosje peterselie", 1, "bunch", 1), ("2 bos bosui", 2, "bunch", 2), ("een halfje wit", 1, "half", 2),
        ("2 halve bruin", 2, "half", 2),
        ("voor een tientje rosbief", 10, "euro", 3), ("voor 5 euro kersen", 5, "euro", 3), ("voor €5 kersen", 5, "euro", 3),
        ("voor € 5,- kersen", 5, "euro", 5), ("voor 4 personen", 4, "person", 3), ("4-persoons", 4, "person", 3),
        ("met z'n vieren", 4, "person", 3), ("2x halfvolle", 2, "", 2), ("tweemaal wit", 2, "", 1),
        ("twee keer wit", 2, "", 2),
        ("x6", 6, "", 2), ("vierpersoons gourmet", 4, "person", 1), ("een hele kilo", 1000, "g", 3),
        ("drie bruine bolletjes en een half wit", 3, "", 1), ("½ brood", "1/2", "", 1),
        ("anderhalf brood", "3/2", "", 1),
    ],
)  # fmt: skip
def test_amount(text: str, amount: int | str, unit: str, used: int) -> None:
    quantity = read(text)
    assert (quantity.amount, quantity.unit, quantity.used, quantity.times) == (Fraction(amount), unit, used, None)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [("een stuk of zes appels", 6, "piece"), ("een stuk of zes plakjes ham", 6, "slice"), ("een kilo of twee", 2000, "g"),
     ("kilootje of twee appels", 2000, "g"), ("een ons of anderhalf", 150, "g"), ("een zakje of drie drop", 3, "pack"),
     ("ongeveer 2 kilo", 2000, "g"), ("ca. 300 gram", 300, "g"),
     ("een klein pond", 500, "g")],
)  # fmt: skip
def test_about(text: str, amount: int, unit: str) -> None:
    quantity = read(text)
    assert (quantity.amount, quantity.unit, quantity.about) == (amount, unit, True)


@pytest.mark.parametrize(
    ("text", "times", "amount", "unit", "word"),
    [("2 x 400 ml room", 2, 400, "ml", ""), ("2x een half pond gehakt", 2, 250, "g", ""),
     ("2 zakken van 5 kilo", 2, 5000, "g", "zak"),
     ("4 blikken à 400 gram", 4, 400, "g", "blik"), ("2 dozen van 10 eieren", 2, 10, "piece", "doos"),
     ("2 x 6 eieren", 2, 6, "", ""),
     ("twee anderhalf liter flessen cola", 2, 1500, "ml", "fles"), ("een 5 kilo zak uien", 1, 5000, "g", "zak"),
     ("2 halve liter pakken vla", 2, 500, "ml", "pak"), ("2 halve liters melk", 2, 500, "ml", "")],
)  # fmt: skip
def test_packs_against_what_they_hold(text: str, times: int, amount: int, unit: str, word: str) -> None:
    quantity = read(text)
    assert (quantity.times, quantity.amount, quantity.unit, quantity.word) == (times, amount, unit, word)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("vier- à vijfhonderd gram", 400, 500), ("4 à 5 ons", 400, 500), ("tussen 1 ons en 10 ons aardbeien", 100, 1000),
     ("van 200 tot 300 gram", 200, 300), ("2 ons tot een pond", 200, 500)],
)  # fmt: skip
def test_range(text: str, low: int, high: int) -> None:
    quantity = read(text)
    assert (quantity.amount, quantity.to, quantity.unit) == (low, high, "g")


def test_a_slash_between_counts_is_a_range_and_in_a_weight_a_fraction() -> None:
    assert (read("2/3 bananen").amount, read("2/3 bananen").to) == (2, 3)
    assert (read("2/3 liter").amount, read("2/3 liter").to) == (Fraction(2000, 3), None)
    assert read("1/2 wit").amount == Fraction(1, 2)


@pytest.mark.parametrize(("text", "unit"), [("een paar peren", ""), ("een paar ons ham", "g"), ("wat appels", "")])
def test_vague_has_no_amount(text: str, unit: str) -> None:
    quantity = read(text)
    assert (quantity.amount, quantity.vague, quantity.unit) == (None, True, unit)


@pytest.mark.parametrize(
    "text",
    [
        "ons even bellen",
        "half volle melk",
        "7up",
        "zevengranenbrood",
        "voor 5 uur",
        "wat te drinken",
        "net als vorige keer",
        "gourmet",
        "48+ kaas",
    ],
)
def test_no_amount(text: str) -> None:
    assert read_quantity(lowers(text)) is None


def test_another_weight_is_no_round_about() -> None:
    assert read("een kilo of 2 pond").used == 2


def test_said_is_what_was_read() -> None:
    assert read("2 x 400 ml room").said == "2 x 400 ml"


_WORDS = [
    "een",
    "half",
    "2",
    "x",
    "kilo",
    "of",
    "voor",
    "€",
    "tientje",
    "van",
    "tot",
    "zak",
    "ons",
    "paar",
    "en",
    "-",
    "personen",
    "tussen",
    ".",
]


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=12), st.integers(0, 12))
def test_any_tokens_are_read_or_refused(words: list[str], at: int) -> None:
    quantity = read_quantity(words, at)
    assert quantity is None or 1 <= quantity.used <= len(words) - at


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("2x sukadelappen van samen 6 ons", 600),
        ("4 biefstukken samen 700 gram", 700),
        ("3 kipfilets, bij elkaar ongeveer een pond", 500),
        ("2 runderlappen, 500 gram totaal", 500),
        ("2 kipfilets (400 gram in totaal)", 400),
        ("2 stukken jong belegen van samen een kilo", 1000),
        ("2 kipfilets van 200 gram", 400),
        ("twee stukken jong belegen van elk een pond", 1000),
    ],
)
def test_a_weight_of_all_together_is_not_multiplied(text: str, grams: int) -> None:
    (line,) = heard(text).lines
    assert (line.amount, line.unit) == (grams, "g")


def test_the_weight_of_each_is_multiplied_before_it_is_known_which() -> None:
    (line,) = heard("drie schnitzels van 150 gram").lines
    assert (line.product, line.amount, line.unit) == (None, 450, "g")
