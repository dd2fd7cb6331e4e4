"""A courier sees an address only of the own ride, on the day itself, and not after it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from orders.run import RunStatus
from tests.village import AMSTERDAM, Village

DEPARTURE = "2026-11-27/vrijdagochtend"
FRIDAY = datetime(2026, 11, 27, 8, 50, tzinfo=AMSTERDAM)
WORDS = ("rit", "lijst", "start", "klaar", "fout", "niet thuis", "ja", "nee", "ruilen", "volgende", "terug", "hallo")


@pytest.fixture
def village() -> Village:
    """Sam was asked and said no, Noor said yes; Kim was never asked."""
    made = Village()
    made.role("bas", "shopkeeper", "bakker")
    for rank, name in enumerate(("sam", "noor", "kim")):
        made.role(name, "courier", rank=rank)
    for text in ("4 krentenbollen, vrijdagochtend", "Dorpsstraat 12, 3981 AB"):
        made.says("an", text)
    made.taps("an", "Betaal aan de deur")
    made.says("an", "bestellen en betalen")
    made.says("bas", "ok")
    made.wait(datetime(2026, 11, 26, 18, 5, tzinfo=AMSTERDAM))
    made.taps("sam", "Nee")
    made.taps("noor", "Ja")
    return made


def sees(village: Village, who: str) -> bool:
    """Whether any word shows the address to this courier now. Plays in a copy: nothing changes."""
    import copy

    said = [copy.deepcopy(village).says(who, word) for word in WORDS]
    return any("Dorpsstraat" in one or "3981" in one for one in said)


def ride(village: Village, *, until: str) -> None:
    village.wait(FRIDAY)
    village.says("noor", "start")
    if until == "finished":
        village.says("noor", "klaar")
        village.says("noor", "klaar")
        assert village.store.run("bunnik", DEPARTURE).status is RunStatus.FINISHED  # type: ignore[union-attr]


def test_nobody_sees_it_the_evening_before(village: Village) -> None:
    assert [who for who in ("sam", "noor", "kim") if sees(village, who)] == []
    offered = [one.body for who in ("sam", "noor") for one in village.inbox[who]]
    assert not [body for body in offered if "Dorpsstraat" in body or "3981" in body]


def test_on_the_day_only_whose_ride_it_is(village: Village) -> None:
    ride(village, until="started")
    village.says("noor", "klaar")
    assert [who for who in ("sam", "noor", "kim") if sees(village, who)] == ["noor"]


def test_nobody_taps_another_ones_ride(village: Village) -> None:
    ride(village, until="started")
    before = village.store.run("bunnik", DEPARTURE)
    village.inbox["sam"] = [*village.inbox["sam"], village.inbox["noor"][-1]]
    for label in ("Klaar",):
        village.inbox["sam"][-1] = _unasked(village.inbox["sam"][-1])
        assert "niet van u" in village.taps("sam", label)
    assert village.store.run("bunnik", DEPARTURE) == before


def _unasked(message):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(message, ask_id="")


@pytest.mark.parametrize(
    ("after", "seen"), [(timedelta(minutes=10), True), (timedelta(hours=6), False), (timedelta(days=7), False)]
)
def test_after_the_ride_a_mistake_can_be_mended_for_a_while(village: Village, after: timedelta, seen: bool) -> None:
    ride(village, until="finished")
    village.wait(village.now + after)
    assert sees(village, "noor") is seen


def test_a_ride_that_was_never_finished_shows_nothing_the_next_day(village: Village) -> None:
    ride(village, until="started")
    village.says("noor", "klaar")
    village.wait(FRIDAY + timedelta(days=1))
    assert not sees(village, "noor")


def test_a_role_taken_back_shows_nothing(village: Village) -> None:
    ride(village, until="started")
    village.says("noor", "klaar")
    village.store._roles = [role for role in village.store._roles if role.person != "noor"]
    assert not sees(village, "noor")
