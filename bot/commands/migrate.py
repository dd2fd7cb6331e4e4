"""``dorpsbode migrate``: brings the database to the newest schema; safe to run twice, and by two deploys at once."""

from __future__ import annotations

import argparse

from bot.commands.common import say, with_settings
from bot.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command: it has none."""
    parser.epilog = "example: DORPSBODE_DATABASE=postgresql://localhost/dorpsbode dorpsbode migrate"


def run(args: argparse.Namespace) -> int:
    """Migrate; says on standard error what was done."""
    return with_settings(bring_up)


def bring_up(settings: Settings) -> int:
    """Bring this database to the newest schema."""
    from bot.store.database import Database
    from bot.store.migrate import migrate, newest

    database = Database(settings.database)
    try:
        changed = migrate(database)
    finally:
        database.close()
    say(f"De database staat {'nu' if changed else 'al'} op schema {newest()}.")
    return 0
