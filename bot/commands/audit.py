"""``dorpsbode audit``: checks the books of a live database; exit status 1 when anything is not right."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

from bot.commands.common import say, with_settings
from bot.settings import Settings

EXAMPLE = """examples:
  dorpsbode audit
  dorpsbode audit --json --only voorraad geld
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("--only", nargs="+", metavar="CHECK", default=[], help="only these checks")
    parser.add_argument("--json", action="store_true", help="one JSON object per row")


def run(args: argparse.Namespace) -> int:
    """Check; prints one row per mistake. Exit status 0 when there is none, 1 when there is, 2 for an unknown check."""
    from bot.audit import CHECKS

    if unknown := [name for name in args.only if name not in CHECKS]:
        say(f"Deze controle is er niet: {', '.join(unknown)}. Wel: {', '.join(CHECKS)}")
        return 2
    return with_settings(lambda settings: check(settings, args.only, as_json=args.json))


def check(settings: Settings, only: list[str], *, as_json: bool = False) -> int:
    """Run the checks on this database."""
    from bot.audit import CHECKS, audit
    from bot.store.database import Database

    database = Database(settings.database)
    try:
        with database.snapshot() as conn:
            findings = audit(conn, datetime.now(UTC), only=only)
    finally:
        database.close()
    for found in findings:
        line = f"{found.check}\t{found.square or '-'}\t{found.text}"
        print(json.dumps(asdict(found), ensure_ascii=False) if as_json else line)
    say(f"{len(only) or len(CHECKS)} controles, {len(findings)} keer iets gevonden." if findings else "De boeken kloppen.")
    return 1 if findings else 0
