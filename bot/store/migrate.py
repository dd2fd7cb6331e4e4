"""The schema and its history: alembic, forward only, on both databases."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import Database

_FOLDER = Path(__file__).parent / "migrations"
#: Two deploys at once migrate one after the other.
_LOCK = "SELECT pg_advisory_xact_lock(7210451)"


def config(conn: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = conn
    return made


@lru_cache
def newest() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head()


def schema_of(conn: Connection) -> str | None:
    """The revision a database stands at; None when it is empty."""
    return MigrationContext.configure(conn).get_current_revision()


def migrate(database: Database, to: str = "head") -> bool:
    """Bring the database to the newest schema. True when there was something to do."""
    with database.read() as conn:
        if schema_of(conn) == newest() and to == "head":
            return False
    with database.write() as conn:
        if not database.is_sqlite:
            conn.exec_driver_sql(_LOCK)
        before = schema_of(conn)
        command.upgrade(config(conn), to)
        return schema_of(conn) != before
