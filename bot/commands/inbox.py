"""``dorpsbode inbox``: messages that could not be handled, for the operator at night: failed, retry, drop."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, select, update

from bot.channels.plain import one_line
from bot.commands.common import say, with_settings
from bot.settings import Settings
from bot.store import tables as t

EXAMPLE = """examples:
  dorpsbode inbox failed
  dorpsbode inbox retry 3381
  dorpsbode inbox drop 3381
"""
_OPEN = ("failed", "waiting", "aside")
_PLACE = re.compile(r".+:\d+ \S+")  # file, line and function, as bot.inbox keeps them


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    verbs = parser.add_subparsers(dest="verb", metavar="failed|retry|drop", required=True)
    failed = verbs.add_parser(
        "failed",
        help="what failed, waits behind it or was set aside, with the error",
        epilog="example: dorpsbode inbox failed --texts",
    )
    failed.add_argument(
        "--texts", action="store_true", help="show what was written too, also where the error quotes it; it is private"
    )
    for verb, does in (("retry", "handle these again, now, with all attempts before them"), ("drop", "leave these unanswered")):
        one = verbs.add_parser(verb, help=does, epilog=f"example: dorpsbode inbox {verb} 3381")
        one.add_argument("ids", type=int, nargs="+", metavar="ID")


def run(args: argparse.Namespace) -> int:
    """Do it. Exit status 1 when one of the ids is not there or was handled."""
    return with_settings(lambda settings: act(settings, args))


def act(settings: Settings, args: argparse.Namespace) -> int:
    """Do it on this database."""
    from bot.store.database import Database

    database = Database(settings.database)
    try:
        if args.verb == "failed":
            with database.read() as conn:
                rows = unfinished(conn)
            print("\n".join(_block(row, texts=args.texts) for row in rows), end="\n" if rows else "")
            if not rows:
                say("Alles is behandeld.")
            return 0
        with database.write() as conn:
            done = retry(conn, args.ids, datetime.now(UTC)) if args.verb == "retry" else drop(conn, args.ids)
    finally:
        database.close()
    missing = [one for one in args.ids if one not in done]
    if missing:
        say(f"Deze staan er niet, of zijn al behandeld: {', '.join(map(str, missing))}")
    return 1 if missing else 0


def unfinished(conn: Connection) -> list[Any]:
    """Messages that failed, wait behind one that failed, or were set aside; oldest first."""
    i = t.inbound.c
    return list(conn.execute(select(t.inbound).where(i.state.in_(_OPEN)).order_by(i.id)))


def retry(conn: Connection, ids: Sequence[int], now: datetime) -> list[int]:
    """Let the worker try these again at once; returns which."""
    return _change(conn, ids, {"state": "failed", "attempts": 0, "due": now})


def drop(conn: Connection, ids: Sequence[int]) -> list[int]:
    """Count these as ended, unanswered; returns which. What waits behind them goes on."""
    return _change(conn, ids, {"state": "dropped", "due": None})


def _change(conn: Connection, ids: Sequence[int], values: dict[str, Any]) -> list[int]:
    i = t.inbound.c
    return list(
        conn.execute(update(t.inbound).where(i.id.in_(ids), i.state.in_(_OPEN)).values(**values).returning(i.id)).scalars()
    )


def _block(row: Any, *, texts: bool) -> str:
    """One message. What somebody wrote, also where an error quotes it, only on request; never a control character of theirs."""
    when = row.received_at.astimezone().strftime("%d-%m %H:%M")
    head = f"{row.id}\t{row.state}\t{row.channel}\t{when}\t{row.attempts} keer geprobeerd"
    said = f"\n  tekst: {row.payload.get('text', '')!r}" if texts else ""
    return head + said + "".join(f"\n  {one_line(line)}" for line in _why(row.error, texts=texts) if line)


def _why(error: str, *, texts: bool) -> list[str]:
    """Where it went wrong, and what was raised: its kind, and its words too when asked for."""
    lines = error.splitlines()
    places = list(takewhile(_PLACE.fullmatch, lines))
    raised = " ".join(lines[len(places) :])
    return [*places, raised if texts else raised.partition(":")[0]]
