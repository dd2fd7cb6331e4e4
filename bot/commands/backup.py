"""``dorpsbode backup``: writes everything to one file while the bot runs; the same file fits SQLite and PostgreSQL."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.common import say, with_settings
from bot.settings import Settings

EXAMPLE = "example: dorpsbode backup /var/backups/dorpsbode-$(date +%F).jsonl.gz"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write it")


def run(args: argparse.Namespace) -> int:
    """Do it; says on standard error what was done. Exit status 1 when it could not be."""
    return with_settings(lambda settings: act(settings, args.file))


def act(settings: Settings, file: Path) -> int:
    """Do it with this database."""
    from bot.backup import BadBackup, backup
    from bot.store.database import Database

    database = Database(settings.database)
    try:
        done = backup(database, file, datetime.now(UTC))
    except (BadBackup, OSError) as wrong:
        say(str(wrong))
        return 1
    finally:
        database.close()
    say(f"{done.total} rijen bewaard in {file} (schema {done.schema}). Bewaar het bestand veilig: er staan adressen in.")
    return 0
