"""Small runs of the benchmarks, in real processes: everything is answered, accepted and counted. Times are not judged.

The longer ones (even load, burst, recovery, memory) are run by the command itself.
"""

from __future__ import annotations

import json

import pytest

from bot.bench.engine_scenarios import Plan, engine_alone, whole_turns
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


def test_deliveries_on_both_channels(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "deliver", "--json", "--database", "sqlite", "--messages", "30"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {channel: one["sent"] for channel, one in figures["sqlite"].items()} == {"telegram": 30, "whatsapp": 30}


def test_targets_that_are_missed_are_named() -> None:
    figures = {"database": "sqlite", "burst": {"intake_p99_ms": 1200.0}, "timers": {"fired_after_seconds": 0.4}}
    assert misses(figures) == ["burst.intake_p99_ms 1200.0 (wanted <= 1000)"]
