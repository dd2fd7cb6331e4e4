"""``dorpsbode outbox``: what waits to leave or ended badly, for the operator at night: list, retry, drop."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from bot.channels.plain import one_line
from bot.commands.common import say, with_settings
from bot.settings import Settings
from bot.store import tables as t

EXAMPLE = """examples:
  dorpsbode outbox list
  dorpsbode outbox list --state refused unknown
  dorpsbode outbox retry 1201 1202
  dorpsbode outbox drop 1203 --why "An is gebeld"
"""
_OPEN = ("queued", "sending", "unknown", "held", "refused")
_RETRY = ("unknown", "refused", "held", "dropped", "queued")
_DROP = ("queued", "unknown", "held", "refused")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    verbs = parser.add_subparsers(dest="verb", metavar="list|retry|drop", required=True)
    shown = verbs.add_parser(
        "list",
        help="what has not arrived, oldest first; never the words, they are private",
        epilog="example: dorpsbode outbox list --state refused unknown",
    )
    shown.add_argument("--state", nargs="+", metavar="STATE", default=list(_OPEN), help=f"default: {' '.join(_OPEN)}")
    shown.add_argument("--limit", type=int, default=50, metavar="N")
    retry = verbs.add_parser(
        "retry",
        help="send these again, now; a bubble that did arrive comes twice",
        epilog="example: dorpsbode outbox retry 1201 1202",
    )
    retry.add_argument("ids", type=int, nargs="+", metavar="ID")
    drop = verbs.add_parser("drop", help="never send these", epilog="example: dorpsbode outbox drop 1203 --why 'An is gebeld'")
    drop.add_argument("ids", type=int, nargs="+", metavar="ID")
    drop.add_argument("--why", default="weggehaald door de beheerder", help="kept with the bubble")


def run(args: argparse.Namespace) -> int:
    """Do it. Exit status 1 when one of the ids is not there or is in another state."""
    return with_settings(lambda settings: act(settings, args))


def act(settings: Settings, args: argparse.Namespace) -> int:
    """Do it on this database."""
    from bot.store.database import Database

    database = Database(settings.database)
    try:
        if args.verb == "list":
            with database.read() as conn:
                rows = waiting(conn, args.state, args.limit)
            print("\n".join(map(_line, rows)), end="\n" if rows else "")
            if not rows:
                say("Er wacht niets.")
            return 0
        with database.write() as conn:
            done = again(conn, args.ids, datetime.now(UTC)) if args.verb == "retry" else drop(conn, args.ids, args.why)
    finally:
        database.close()
    missing = [one for one in args.ids if one not in done]
    if missing:
        say(f"Deze staan er niet, of zijn al verstuurd: {', '.join(map(str, missing))}")
    return 1 if missing else 0


def waiting(conn: Connection, states: Sequence[str], limit: int = 50) -> list[Any]:
    """Bubbles in these states, oldest first."""
    o = t.outbound.c
    return list(conn.execute(select(t.outbound).where(o.state.in_(states)).order_by(o.id).limit(limit)))


def again(conn: Connection, ids: Sequence[int], now: datetime) -> list[int]:
    """Queue these anew, due now, worth sending from now on; returns which. One that is under way or was sent stays as it is."""
    from bot.store.database import NOTIFY

    values = {"due": now, "created": now, "tries": 0, "unknowns": 0, "owner": "", "lease_until": None, "error": ""}
    done = _change(conn, ids, _RETRY, {"state": "queued", **values})
    if done and conn.dialect.name == "postgresql":
        conn.exec_driver_sql(f"NOTIFY {NOTIFY}")
    return done


def drop(conn: Connection, ids: Sequence[int], why: str) -> list[int]:
    """Give these up, with the reason; returns which."""
    return _change(conn, ids, _DROP, {"state": "dropped", "error": why[:200]})


def _change(conn: Connection, ids: Sequence[int], states: Sequence[str], values: dict[str, Any]) -> list[int]:
    o = t.outbound.c
    return list(
        conn.execute(update(t.outbound).where(o.id.in_(ids), o.state.in_(states)).values(**values).returning(o.id)).scalars()
    )


def _line(row: Any) -> str:
    due = row.due.astimezone().strftime("%d-%m %H:%M")
    order = f" bestelling {row.order_id}" if row.order_id else ""
    return f"{row.id}\t{row.state}\t{row.channel}\t{row.topic}\t{due}\t{row.tries} keer{order}\t{one_line(row.error)}".rstrip()
