"""``dorpsbode person``: what is kept about the person of an order, as a file; and wiping it (AVG art. 15, 17 and 20)."""

from __future__ import annotations

import argparse
import json

from sqlalchemy import select

from bot import privacy
from bot.commands.common import say, with_settings
from bot.settings import Settings
from bot.store import tables as t
from bot.store.database import Database
from bot.store.tx import lock_lanes

EXAMPLE = """examples:
  dorpsbode person export --square bunnik --order 1042 > an.json
  dorpsbode person erase --square bunnik --order 1042
People can do both themselves: MIJN GEGEVENS and VERGEET MIJ.
"""
_UNDER_WAY = ("placed", "accepted", "on_the_way")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("verb", choices=("export", "erase"))
    parser.add_argument("--square", required=True, metavar="SLUG")
    parser.add_argument("--order", required=True, type=int, metavar="NUMBER", help="an order of this person")


def run(args: argparse.Namespace) -> int:
    """Do it. Exit status 1 when there is no such order, or one is still on its way."""
    return with_settings(lambda settings: act(settings, args))


def act(settings: Settings, args: argparse.Namespace) -> int:
    """Do it on this database."""
    database = Database(settings.database)
    try:
        person = find(database, args.square, args.order)
        if person is None:
            say(f"Bestelling {args.order} is er niet op {args.square}.")
            return 1
        return _export(database, person) if args.verb == "export" else _erase(database, person)
    finally:
        database.close()


def find(database: Database, square: str, number: int) -> str | None:
    """The person behind an order."""
    o = t.orders.c
    with database.read() as conn:
        return conn.execute(select(o.resident).where(o.square == square, o.number == number)).scalar()


def _export(database: Database, person: str) -> int:
    with database.read() as conn:
        print(json.dumps(privacy.export(conn, person), ensure_ascii=False, indent=1))
    return 0


def _erase(database: Database, person: str) -> int:
    waits = wipe(database, person)
    if waits is not None:
        say(f"Bestelling {waits} loopt nog en heeft het adres nodig. Wacht tot die bezorgd of geannuleerd is.")
        return 1
    say("Gewist. Bestellingen blijven zonder naam en adres in de boekhouding. Oude reservekopieën gooit u zelf weg.")
    return 0


def wipe(database: Database, person: str) -> int | None:
    """Wipe a person, unless an order still needs the address: its number is returned, and nothing was done."""
    o, a = t.orders.c, t.address.c
    with database.write() as conn:
        lock_lanes(conn, conn.execute(select(a.channel + ":" + a.id).where(a.person == person)).scalars())
        lock_lanes(conn, [person])  # what they are just saying is handled first
        waits = conn.execute(select(o.number).where(o.resident == person, o.status.in_(_UNDER_WAY))).scalar()
        if waits is None:
            privacy.erase(conn, person)
    return waits
