"""``dorpsbode bench turns``: messages over real HTTP into real processes, answers out to the stand-ins, on this machine.

The load generator, the stand-ins and the database share the machine's cores with what they measure: ``per_core_second`` is
what one core of Dorpsbode's own processes carries (by CPU time), ``messages_per_second`` what this machine did with all of it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from typing import Any

from bot.bench.engine_scenarios import (
    Figures,
    Plan,
    burst,
    engine_alone,
    memory,
    recovery,
    steady,
    timers,
    whole_turns,
)

SCENARIOS: dict[str, Callable[[Plan], Figures]] = {
    "engine": engine_alone, "whole": whole_turns, "steady": steady, "timers": timers, "recovery": recovery, "burst": burst,
    "memory": memory,
}  # fmt: skip
#: Path in the figures, at most or at least, and how much: SQLite and PostgreSQL.
TARGETS: tuple[tuple[str, str, float, float], ...] = (
    ("engine.durable.per_core_second", ">=", 3_000, 1_500),
    ("engine.replied.per_core_second", ">=", 1_000, 600),
    ("whole.messages_per_second", ">=", 300, 250),
    ("whole.drained", ">=", 1, 1),
    ("whole.start_to_ready_seconds", "<=", 1.5, 1.5),
    ("steady.intake_p99_ms", "<=", 30, 60),
    ("steady.reply_p99_ms", "<=", 150, 150),
    ("steady.alert_p99_ms", "<=", 1_000, 1_000),
    ("timers.fired_after_seconds", "<=", 2, 2),
    ("recovery.leader.next_timer_seconds", "<=", 2, 2),
    ("recovery.leader.held_deliveries_freed_seconds", "<=", 2, 2),
    ("recovery.follower.held_deliveries_freed_seconds", "<=", 2, 2),
    ("burst.intake_p99_ms", "<=", 1_000, 1_000),
    ("memory.growth_percent.serve0", "<=", 5, 5),
    ("memory.growth_percent.work1", "<=", 5, 5),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this benchmark."""
    parser.epilog = "example:\n  dorpsbode bench turns --json\n  dorpsbode bench turns --database postgresql --serve 2 --work 2"
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite",
                        help="postgresql: DORPSBODE_TEST_POSTGRES, or a server started here (dev extra)")  # fmt: skip
    parser.add_argument("--engine-only", action="store_true", help="only the engine, with an echo for a talk")
    parser.add_argument("--only", nargs="+", choices=tuple(SCENARIOS), default=list(SCENARIOS), help="measure only these")
    parser.add_argument("--rate", type=float, default=100.0, metavar="N", help="messages per second of the even load (100)")
    parser.add_argument(
        "--seconds", type=float, default=20.0, metavar="N", help="how long the even load and the burst last (20)"
    )
    parser.add_argument("--messages", type=int, default=4_000, metavar="N", help="messages in each flood (4000)")
    parser.add_argument("--serve", type=int, default=1, metavar="N", help="web processes (1)")
    parser.add_argument("--work", type=int, default=1, metavar="N", help="worker processes (1)")
    parser.add_argument("--whatsapp", type=float, default=0.3, metavar="SHARE", help="share of people on WhatsApp (0.3)")
    parser.add_argument("--full", action="store_true", help="a burst of a minute and memory over 100,000 turns")


def run(args: argparse.Namespace) -> int:
    """Print figures. Exit status 1 when a target is not met."""
    plan = Plan(
        args.database, args.serve, args.work, args.messages, args.rate, args.seconds, args.whatsapp,
        100_000 if args.full else 10_000,
    )  # fmt: skip
    figures = measure(plan, ["engine"] if args.engine_only else args.only, show=not args.json)
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print("missed:", ", ".join(figures["missed"]) or "nothing")
    return 0 if figures["met"] else 1


def measure(plan: Plan, names: list[str], *, show: bool = False) -> dict[str, Any]:
    """Run these scenarios one after another; ``missed`` names every target that was not reached."""
    figures: dict[str, Any] = {"database": plan.kind, "serve": plan.serve, "work": plan.work, "cores": os.cpu_count(),
                               "load_before": os.getloadavg()[0], "whatsapp": plan.whatsapp}  # fmt: skip
    for name in names:
        figures[name] = SCENARIOS[name](plan)
        if show:
            print(name, json.dumps(figures[name], ensure_ascii=False), flush=True)
    missed = misses(figures)
    return figures | {"load_after": os.getloadavg()[0], "missed": missed, "met": not missed}


def misses(figures: dict[str, Any]) -> list[str]:
    """The targets that these figures do not reach; what was not measured is not missed."""
    out = []
    for path, sign, sqlite, postgresql in TARGETS:
        wanted = sqlite if figures["database"] == "sqlite" else postgresql
        value: Any = figures
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None and not (value >= wanted if sign == ">=" else value <= wanted):
            out.append(f"{path} {value} (wanted {sign} {wanted:g})")
    return out
