"""A shop that is silent in the evening: the ladder stands still in quiet hours, and nobody is called over it at night."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.village import Village

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENING = datetime(2026, 11, 23, 20, 30, tzinfo=AMSTERDAM)


def test_the_ladder_goes_on_in_the_morning_where_it_stood_at_night() -> None:
    village = Village(now=EVENING)
    for person, rank in (("bas", 0), ("bea", 1)):
        village.role(person, "shopkeeper", "bakker", rank)
    village.role("anja", "coordinator")
    village.says("an", "4 krentenbollen, vrijdagochtend, Dorpsstraat 12, 3981 AB")
    village.says("an", "bestellen en betalen")
    village.wait(EVENING.replace(hour=23))
    assert len(village.inbox["bas"]) == 2  # the alert and, at 20.45, its repeat
    assert (village.inbox.get("bea"), village.inbox.get("anja")) == (None, None)
    morning = EVENING.replace(hour=8, minute=0) + timedelta(days=1)
    village.wait(morning + timedelta(minutes=1))
    assert len(village.inbox["bea"]) == 1  # thirty waking minutes after the alert
    village.wait(morning + timedelta(minutes=16))
    assert len(village.inbox["anja"]) == 1
