"""A soak in small; for as long as one likes with ``dorpsbode faults --minutes N``, also on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.faults.soak import Sample, grown, play

STEADY = [Sample(20.0 * n, 130.0 + n % 3, 40 + n % 5, 12, 5, 1.0 + 0.1 * n, 100 * n, 20 * n) for n in range(1, 13)]


def test_a_soak_of_twenty_seconds_leaves_the_books_right_and_nothing_grows() -> None:
    done = asyncio.run(play("sqlite", 1, minutes=0.3, chapter_seconds=6.0))
    assert done.wrong == []
    assert len(done.samples) >= 2
    assert done.samples[-1].orders >= 10
    assert done.struck.total() >= 3, "a soak in which nothing breaks proves little"


def test_what_levels_off_is_no_growth() -> None:
    assert grown(STEADY) == []
    assert grown(STEADY[:2]) == []


@pytest.mark.parametrize(("what", "per_chapter"), [("megabytes", 5.0), ("files", 3), ("threads", 2), ("connections", 2)])
def test_what_grows_all_the_time_is_named(what: str, per_chapter: float) -> None:
    leaking = [replace(one, **{what: getattr(one, what) + n * per_chapter}) for n, one in enumerate(STEADY)]
    assert [one.split()[0] for one in grown(leaking)] == [what]


def test_a_database_that_stores_more_than_was_said_is_named() -> None:
    hoarding = [replace(one, stored=one.stored * 12) for one in STEADY]
    assert grown(hoarding) == ["12.0 kB stored per message"]
