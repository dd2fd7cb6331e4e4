"""The fault search in small: the bot stands, planted mistakes do not, and a seed replays to the letter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.faults.ground import Ground, on_postgresql, on_sqlite
from bot.faults.mutants import BROUGHT_OUT_BY, MUTANTS, planted
from bot.faults.search import Outcome, play, search
from tests.bot.databases import postgres_server


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Ground]:
    with on_sqlite() as ground:
        yield ground


def complaints(outcomes: list[Outcome]) -> list[str]:
    """What is wrong, each with the seed that replays it: ``dorpsbode faults --seed N --runs 1``."""
    return [f"seed {one.seed} ({'; '.join(one.struck)}): {wrong}" for one in outcomes for wrong in one.wrong]


@pytest.mark.parametrize("seed", [0, 100])
def test_a_hundred_faults_leave_the_books_right(sqlite: Ground, seed: int) -> None:
    report = search(sqlite, seed, 100)
    assert complaints(report.outcomes) == []
    assert report.points >= 100
    assert len({kind.split()[0] for kind in report.kinds()}) >= 5, "kills, troubles of the database, each platform, the clock"


@pytest.mark.postgres
def test_fifty_faults_leave_the_books_right_on_postgresql() -> None:
    with on_postgresql(postgres_server()) as ground:
        report = search(ground, 200, 50)
    assert complaints(report.outcomes) == []
    assert report.points >= 50


@pytest.mark.parametrize("mutant", sorted(BROUGHT_OUT_BY))
def test_a_planted_mistake_is_found_within_300_faults(sqlite: Ground, mutant: str) -> None:
    """The faults are of the kinds that bring this mistake out, so a few dozen suffice; without it the same story is right."""
    kinds = BROUGHT_OUT_BY[mutant]
    with planted(mutant):
        report = search(sqlite, 0, 300, stop=True, kinds=kinds)
    assert report.failed, f"{mutant} lived through {report.points} faults: {MUTANTS[mutant].__doc__}"
    assert complaints([play(sqlite, one.seed, kinds=kinds) for one in report.failed]) == []


def test_no_planted_mistake_goes_unsought() -> None:
    """What needs two living processes is found by ``test_who_takes_the_living_for_dead_sends_twice``."""
    assert set(MUTANTS) - set(BROUGHT_OUT_BY) == {"rescue-the-living"}


def test_a_seed_replays_to_the_letter(sqlite: Ground) -> None:
    """In this process, and in another whose hashes fall otherwise: the same words read, the same moments passed by."""
    program = "from bot.faults.ground import on_sqlite\nfrom bot.faults.search import play\n"
    program += "with on_sqlite() as ground: print(play(ground, 3).digest)"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    first, another, again = (play(sqlite, seed).digest for seed in (3, 4, 3))
    assert first == again == other.stdout.strip()
    assert another != first


def test_a_story_really_happens(sqlite: Ground) -> None:
    """Without any fault: people order, shops answer, somebody rides; otherwise right books would mean nothing."""
    outcomes = [play(sqlite, seed, 0) for seed in range(6)]
    assert complaints(outcomes) == []
    assert sum(one.orders for one in outcomes) >= 12
    assert sum(one.delivered for one in outcomes) >= 4
    assert sum(one.euros > 0 for one in outcomes) >= 3
