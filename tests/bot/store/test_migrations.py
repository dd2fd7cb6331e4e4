"""The schema: the same by migrations as by the tables, on both databases; made once however many start at once."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.channels.terminal import Terminal
from bot.clock import Clock
from bot.commands.chat import address
from bot.faults.village import SQUARE
from bot.settings import Settings
from bot.store.database import Database
from bot.store.migrate import config, migrate, newest, schema_of
from bot.store.tables import metadata
from bot.wiring import build
from notifications.messages import Inbound
from tests.bot.databases import new_postgres

SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/empty.db" if request.param == "sqlite" else new_postgres()


def test_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "target_metadata": metadata})
        assert compare_metadata(context, metadata) == []
        assert schema_of(conn) == newest() == ScriptDirectory.from_config(config()).get_current_head()


def test_migrating_twice_changes_nothing(empty: str) -> None:
    database = Database(empty)
    assert migrate(database) is True
    assert migrate(database) is False
    database.close()


def test_two_deploys_at_once_both_end_well(empty: str) -> None:
    results: list[bool | Exception] = []

    def deploy() -> None:
        database = Database(empty)
        try:
            results.append(migrate(database))
        except Exception as wrong:
            results.append(wrong)
        database.close()

    threads = [threading.Thread(target=deploy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["False"] * 3 + ["True"]


def test_a_new_database_file_is_private(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/deep/er/plein.db")
    migrate(database)
    assert (tmp_path / "deep/er/plein.db").stat().st_mode & 0o077 == 0
    database.close()


def test_plain_paths_and_hosts_spellings_are_understood(tmp_path: Path) -> None:
    assert Database("postgres://me@host/db").url == "postgresql+psycopg://me@host/db"
    assert Database(str(tmp_path / "x.db")).is_sqlite


def test_old_code_works_on_a_newer_schema(database: Database) -> None:
    """Row 37. During a deploy the version before runs on the schema of the one after: more columns, a number it never saw."""
    with database.write() as conn:
        for table in metadata.sorted_tables:
            conn.execute(text(f"ALTER TABLE \"{table.name}\" ADD COLUMN of_later TEXT DEFAULT '' NOT NULL"))
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not migrate(database), "it leaves the newer one alone"
    settings = Settings(database=database.url)
    app = build(settings, Clock(SATURDAY), channels={"terminal": Terminal()}, squares=[SQUARE])
    assert app.cannot_start() == ""
    app.start()
    for number, words in enumerate(("2 krentenbollen", "Dorpsstraat 12, 3981 AB", "Bestellen en betalen")):
        answer = app.handle_now(Inbound(f"{number}", address("an"), SATURDAY, text=words, name="An"))[-1].body
    app.close()
    assert "geplaatst" in answer


def test_a_new_file_that_another_program_has_open_is_waited_for(tmp_path: Path) -> None:
    """SQLite says "locked" at once, whatever the timeout, when a file turns to WAL while somebody else writes in it."""
    other = sqlite3.connect(tmp_path / "plein.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    later = threading.Timer(0.3, other.execute, ["COMMIT"])
    later.start()
    database = Database(f"sqlite:///{tmp_path}/plein.db")
    assert migrate(database) is True
    database.close()
    later.join()
    other.close()
