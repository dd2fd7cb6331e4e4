"""``dorpsbode faults``: the fault search. Breaks the bot at seeded moments; exit status 1 when the books are wrong then."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.commands.common import say

if TYPE_CHECKING:
    from bot.faults.ground import Ground
    from bot.faults.search import Outcome, Report

EXAMPLE = """examples:
  dorpsbode faults --runs 300
  dorpsbode faults --seed 1000 --runs 10000 --database postgresql --json > report.jsonl
  dorpsbode faults --seed 78 --runs 1                        replays one story
  dorpsbode faults --mutant refund-without-key --stop        with a planted mistake: must be found
  dorpsbode faults --sigkill --runs 20                       a real process and a real kill -9, over HTTP
  dorpsbode faults --outages --runs 12                       a real PostgreSQL server restarts, or is lost to its standby
  dorpsbode faults --minutes 15 --database postgresql        a soak: one world that lives on; memory, files, threads measured
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first story's seed (0)")
    parser.add_argument("--runs", type=int, default=300, metavar="N", help="how many faults must strike (300)")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--server", default=os.environ.get("DORPSBODE_TEST_POSTGRES", ""), metavar="URL",
                        help="a PostgreSQL server to play on (default: one is started)")  # fmt: skip
    parser.add_argument("--mutant", default="", metavar="NAME", help="plant a mistake; 'list' names them")
    parser.add_argument("--kinds", default="", metavar="A,B", help="only faults of these kinds; 'list' names them")
    parser.add_argument("--stop", action="store_true", help="stop at the first story that fails")
    parser.add_argument("--sigkill", action="store_true", help="kill a real process; --runs is the number of kills")
    parser.add_argument(
        "--outages", action="store_true", help="restart a real server, or lose it; --runs is the number of times"
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=0.0,
        metavar="N",
        help="soak for so long: real processes that live on while things break; exit 1 when something grows",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per story")


def run(args: argparse.Namespace) -> int:
    """Search. Exit status 1 when a story failed, 2 for an unknown mutant or without a server."""
    from bot.faults.ground import NoServer
    from bot.faults.mutants import MUTANTS
    from bot.faults.story import KINDS

    kinds = [one.strip() for one in args.kinds.split(",") if one.strip()] or list(KINDS)
    if not set(kinds) <= set(KINDS):
        print(*KINDS, sep="\n")
        return 0 if args.kinds == "list" else 2
    if args.mutant and args.mutant not in MUTANTS:
        print(*(f"{name}\t{(plant.__doc__ or '').strip()}" for name, plant in MUTANTS.items()), sep="\n")
        return 0 if args.mutant == "list" else 2
    try:
        return _really(args) if args.sigkill or args.outages or args.minutes else _search(args, kinds)
    except NoServer as wrong:
        say(str(wrong))
        return 2


def _really(args: argparse.Namespace) -> int:
    """With nothing simulated."""
    from bot.faults import kills, outages, soak

    if args.minutes:
        return soak.campaign(args.database, args.seed, args.minutes)
    return kills.campaign(args.seed, args.runs) if args.sigkill else outages.campaign(args.seed, args.runs)


def _search(args: argparse.Namespace, kinds: list[str]) -> int:
    from bot.faults.mutants import planted
    from bot.faults.search import search

    began = time.monotonic()
    with _ground(args) as ground, planted(args.mutant):
        report = search(
            ground, args.seed, args.runs, stop=args.stop, hear=lambda one: _tell(one, as_json=args.json), kinds=kinds
        )
    _sum_up(report, time.monotonic() - began)
    return 1 if report.failed else 0


@contextmanager
def _ground(args: argparse.Namespace) -> Iterator[Ground]:
    from bot.faults.ground import on_postgresql, on_sqlite

    with on_sqlite() if args.database == "sqlite" else on_postgresql(args.server) as ground:
        yield ground


def _tell(one: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(one), ensure_ascii=False), flush=True)
    elif one.wrong:
        print(f"seed {one.seed}: {'; '.join(one.struck)}", *(f"  {wrong}" for wrong in one.wrong), sep="\n", flush=True)


def _sum_up(report: Report, seconds: float) -> None:
    for kind, many in report.kinds().most_common():
        say(f"{many:6} {kind}")
    failed = ", ".join(str(one.seed) for one in report.failed[:20])
    stories = f"{report.points} faults in {len(report.outcomes)} stories, {seconds:.0f} s"
    say(f"{stories}; wrong: {len(report.failed)} {failed}".rstrip())
