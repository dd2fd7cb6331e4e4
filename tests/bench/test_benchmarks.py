"""A small run of each benchmark, in real processes: everything is answered, accepted and counted. Times are not judged."""

from __future__ import annotations

import json

import pytest

from bot.bench.engine_scenarios import Plan, burst, engine_alone, memory, recovery, steady, timers, whole_turns
from bot.cli import main
from bot.commands.bench_turns import misses

SMALL = Plan(messages=60, rate=20, seconds=2, whatsapp=0.5, memory_turns=40)


def test_the_engine_alone() -> None:
    figures = engine_alone(SMALL)
    for part in ("durable", "replied"):
        assert figures[part]["statuses"] == {"200": 60}
        assert figures[part]["waiting_after"] == 0
        assert figures[part]["per_core_second"] > 0


def test_whole_turns() -> None:
    figures = whole_turns(SMALL)
    assert (figures["statuses"], figures["waiting_after"]) == ({"200": 60}, 0)
    assert set(figures["rss_mb"]) == {"serve0", "work1"}


def test_an_even_load_places_orders_that_reach_the_shops() -> None:
    figures = steady(Plan(rate=24, seconds=10, whatsapp=0.5))
    assert figures["statuses"] == {"200": 240}
    assert figures["replies"] == 240
    assert figures["alerts"] >= 9  # thirty people began; who began in the last seven seconds did not finish
    assert set(figures["states"]) == {"sent"}


def test_timers_burst_and_memory() -> None:
    assert timers(SMALL, 50)["fired_after_seconds"] > 0
    bursting = burst(SMALL)
    assert sum(bursting["statuses"].values()) == 200
    assert bursting["drained"] is True
    assert len(memory(SMALL)["rss_mb"]) == 10


def test_recovery() -> None:
    figures = recovery(Plan(rate=10))
    assert [figures[kill]["statuses"] for kill in ("kill_1", "kill_2")] == [{"200": 100}, {"200": 100}]


def test_deliveries_on_both_channels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "deliver", "--json", "--database", "sqlite", "--messages", "30"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {channel: one["sent"] for channel, one in figures["sqlite"].items()} == {"telegram": 30, "whatsapp": 30}


def test_targets_that_are_missed_are_named() -> None:
    figures = {"database": "sqlite", "burst": {"intake_p99_ms": 1200.0}, "timers": {"fired_after_seconds": 0.4}}
    assert misses(figures) == ["burst.intake_p99_ms 1200.0 (wanted <= 1000)"]
