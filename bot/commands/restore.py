"""``dorpsbode restore``: brings a backup into an empty database; refuses one that holds anything."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.common import say, with_settings
from bot.settings import Settings

EXAMPLE = "example: DORPSBODE_DATABASE=sqlite:///nieuw.db dorpsbode restore dorpsbode-2026-11-23.jsonl.gz"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("file", type=Path, metavar="FILE", help="what backup wrote")


def run(args: argparse.Namespace) -> int:
    """Do it; says on standard error what was done. Exit status 1 when it could not be."""
    return with_settings(lambda settings: act(settings, args.file))


def act(settings: Settings, file: Path) -> int:
    """Do it with this database."""
    from bot.backup import BadBackup, restore
    from bot.store.database import Database

    if not file.is_file():
        say(f"Het bestand {file} is er niet. Er is niets veranderd.")
        return 1
    database = Database(settings.database)
    try:
        done = restore(database, file, datetime.now(UTC))
    except (BadBackup, OSError) as wrong:
        say(str(wrong))
        return 1
    finally:
        database.close()
    say(f"{done.total} rijen teruggezet, zoals zij stonden op {done.made}. Draai nu: dorpsbode audit")
    return 0
