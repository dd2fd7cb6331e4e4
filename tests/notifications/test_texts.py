"""How money, days and amounts read, and that text from people stays text."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.squares import load_square
from catalog.square import AMSTERDAM, Departure, Round
from notifications.schedule import quiet_until
from notifications.texts import clock, day_and_hours, euros, grams, long_day, measure, names, plain
from orders.order import ORDER_BUTTON


def test_the_order_button_is_exactly_what_law_and_whatsapp_allow() -> None:
    assert ORDER_BUTTON == "Bestellen en betalen"
    assert len(ORDER_BUTTON) == 20


def test_euros_are_dutch_and_do_not_break() -> None:
    assert euros(450) == "€\u00a04,50"
    assert euros(123456) == "€\u00a01.234,56"
    assert euros(0) == "€\u00a00,00"


def test_days_and_hours() -> None:
    friday = Departure(Round("vrijdagochtend", 4, time(9), time(12), 3, time(18)), date(2026, 11, 27))
    assert long_day(friday.day, str) == "vrijdag 27 november"
    assert clock(time(14, 5)) == "14.05"
    assert day_and_hours(friday, str) == "vrijdag 27 november, tussen 9.00 en 12.00 uur"
    assert friday.closes_at == datetime(2026, 11, 26, 18, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (250, "half pond (250 gram)"),
        (500, "1 pond (500 gram)"),
        (300, "3 ons (300 gram)"),
        (620, "620 gram"),
        (1500, "1,5 kilo"),
    ],
)
def test_old_measures_are_said_in_both_ways(amount: int, text: str) -> None:
    assert measure(amount, by_weight=True) == text


def test_grams_and_names() -> None:
    assert grams(999) == "999 gram"
    assert names(["brood", "kaas", "ham"], str) == "brood, kaas en ham"
    assert names([], str) == ""


@given(st.text())
def test_text_from_people_is_one_safe_line(text: str) -> None:
    shown = plain(text)
    assert len(shown) <= 120
    assert "\n" not in shown
    assert "://" not in shown
    assert "@" not in shown
    assert all(c.isprintable() for c in shown)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T20:59", "2026-11-23T20:59"),
        ("2026-11-23T21:00", "2026-11-24T08:00"),
        ("2026-11-24T03:00", "2026-11-24T08:00"),
        ("2026-10-24T23:00", "2026-10-25T08:00"),  # the night that summer time ends
        ("2027-03-27T23:00", "2027-03-28T08:00"),  # the night that it begins
    ],
)
def test_quiet_hours_end_at_wall_time(now: str, until: str) -> None:
    square = load_square("bunnik")
    at = quiet_until(square, datetime.fromisoformat(now).replace(tzinfo=AMSTERDAM).astimezone(ZoneInfo("UTC")))
    assert at.astimezone(AMSTERDAM) == datetime.fromisoformat(until).replace(tzinfo=AMSTERDAM)


def test_days_and_lists_are_said_in_the_language_of_the_square() -> None:
    """A translation has the last word on days, months and the word between the last two of a list."""
    said = {"vrijdag": "freed", "november": "novimber", "{first} en {last}": "{first} én {last}",
            "{day}, tussen {starts} en {ends} uur": "{day}, tusken {starts} en {ends} oere"}  # fmt: skip
    friday = Departure(Round("vrijdagochtend", 4, time(9), time(12), 3, time(18)), date(2026, 11, 27))
    assert day_and_hours(friday, lambda text: said.get(text, text)) == "freed 27 novimber, tusken 9.00 en 12.00 oere"
    assert names(["brea", "tsiis"], lambda text: said.get(text, text)) == "brea én tsiis"
