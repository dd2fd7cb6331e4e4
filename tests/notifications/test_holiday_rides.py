"""A ride in the week plan that falls on a public holiday is doubted aloud a week ahead; the days that move with Easter too."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from catalog.reading.when_calendar import public_holiday
from tests.village import Village

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 6), "tweede paasdag"), (date(2027, 3, 29), "tweede paasdag"), (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "tweede pinksterdag"), (date(2026, 4, 27), "Koningsdag"), (date(2025, 4, 26), "Koningsdag"),
        (date(2025, 4, 27), ""), (date(2026, 12, 26), "tweede kerstdag"), (date(2026, 12, 5), ""), (date(2027, 2, 8), ""),
    ],
)  # fmt: skip
def test_public_holidays(day: date, name: str) -> None:
    assert public_holiday(day) == name


def _doubts(begins: datetime, until: datetime) -> list[str]:
    village = Village(now=begins)
    village.role("anja", "coordinator")
    village.says("an", "4 krentenbollen, Dorpsstraat 12, 3981 AB")
    village.says("an", "bestellen en betalen")
    village.wait(until)
    return [one.body for one in village.inbox["anja"] if "square.toml" in one.body]


def test_a_ride_on_ascension_day_is_doubted_the_week_before() -> None:
    begins, monday = datetime(2026, 4, 24, 9, tzinfo=AMSTERDAM), datetime(2026, 5, 4, 8, tzinfo=AMSTERDAM)
    assert _doubts(begins, monday.replace(hour=7)) == ["Er is een rit op dinsdag 5 mei, tussen 14.00 en 17.00 uur. Dat is "
        "Bevrijdingsdag.\nRijdt u dan niet? Zet de dag als [[closed]] in square.toml."]  # fmt: skip
    assert ["Hemelvaartsdag" in one for one in _doubts(begins, monday)] == [False, True]


def test_a_day_that_the_square_is_closed_needs_no_doubt() -> None:
    """bunnik is closed on 25 and 26 December 2026 and on New Year's Day."""
    assert _doubts(datetime(2026, 12, 7, 9, tzinfo=AMSTERDAM), datetime(2026, 12, 30, 9, tzinfo=AMSTERDAM)) == []
