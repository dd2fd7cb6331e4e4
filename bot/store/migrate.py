"""The schema and its history: alembic, forward only, on both databases. Alembic itself is loaded only when there is work."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"
#: Two deploys at once migrate one after the other.
_LOCK = "SELECT pg_advisory_xact_lock(7210451)"


def config(conn: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = conn
    return made


@lru_cache
def newest() -> str:
    """The newest revision this program knows: files are called ``0001_what_it_does.py`` and follow each other."""
    return max(path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*_*.py"))


def schema_of(conn: Connection) -> str | None:
    """The revision a database stands at; None when it is empty."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def migrate(database: Database, to: str = "head") -> bool:
    """Bring the database to the newest schema. True when there was something to do."""
    with database.read() as conn:
        before = schema_of(conn)
    if to == "head" and before is not None and before >= newest():
        return False  # a newer one is fine: two versions may run side by side during a deploy
    with database.write() as conn:
        if not database.is_sqlite:
            conn.exec_driver_sql(_LOCK)
        before = schema_of(conn)
        from alembic import command

        command.upgrade(config(conn), to)
        return schema_of(conn) != before
