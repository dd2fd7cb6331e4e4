"""``dorpsbode read``: how the bot understands a message; one message per line with ``--jsonl``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.squares import load_square
from catalog.folder import FolderError
from catalog.reading import Reading, Shelf, as_json, read
from catalog.reading.explain import explain
from catalog.square import AMSTERDAM

EXAMPLE = """example:
  dorpsbode read --square bunnik --now 2026-11-23T09:00 "half pond jong belegen en 6 krentebollen voor vrijdag"
  dorpsbode read --square bunnik --explain "mozerella"
  dorpsbode read --square bunnik --jsonl < messages.jsonl
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("text", nargs="*", metavar="TEXT", help="the message; without it, standard input is read")
    parser.add_argument("--square", required=True, metavar="FOLDER_OR_SLUG", help="a square's folder, or an example by name")
    parser.add_argument(
        "--jsonl", action="store_true", help="one message per line in (bare or JSON), one JSON object per line out"
    )
    parser.add_argument("--now", metavar="MOMENT", help="read as if it were this local moment, such as 2026-11-23T09:00")
    parser.add_argument("--explain", action="store_true", help="say in Dutch how each word was taken")


def run(args: argparse.Namespace) -> int:
    """Print what is understood. Exit status 2 when the square or the moment cannot be read."""
    try:
        now = _moment(args.now) if args.now else datetime.now(AMSTERDAM)
        shelf = Shelf.of(load_square(args.square))
    except (FolderError, ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    if args.jsonl:
        return _lines(shelf, args.text or (line.rstrip("\n") for line in sys.stdin), now)
    text = " ".join(args.text) or sys.stdin.read()
    reading, took = _timed(text, shelf, now)
    if args.explain:
        print("\n".join(explain(reading, shelf)))
    else:
        print(json.dumps(as_json(reading, took), ensure_ascii=False, indent=1))
    return 0


def _lines(shelf: Shelf, lines: Iterable[str], now: datetime) -> int:
    for text, moment in _messages(lines, now):
        reading, took = _timed(text, shelf, moment)
        print(json.dumps(as_json(reading, took), ensure_ascii=False), flush=True)
    return 0


def _messages(lines: Iterable[str], now: datetime) -> Iterator[tuple[str, datetime]]:
    """Each line as a message: an object with ``text`` and perhaps ``now``, or the bare text."""
    for line in lines:
        asked = _object(line)
        if asked is None:
            yield line, now
        else:
            yield str(asked["text"]), _moment(str(asked["now"])) if asked.get("now") else now


def _object(line: str) -> dict[str, Any] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        asked = json.loads(line)
    except json.JSONDecodeError:
        return None
    return asked if isinstance(asked, dict) and "text" in asked else None


def _timed(text: str, shelf: Shelf, now: datetime) -> tuple[Reading, float]:
    begun = time.perf_counter()
    reading = read(text, shelf, now)
    return reading, (time.perf_counter() - begun) * 1000


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
