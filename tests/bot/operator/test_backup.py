"""Backup and restore: over both kinds of database, while others write, and never over something."""

from __future__ import annotations

import gzip
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.backup import BadBackup, backup, restore
from bot.cli import main
from bot.squares import load_square
from bot.store import catalogue
from bot.store import tables as t
from bot.store.database import Database
from tests.bot.databases import database, database_url, fresh, new_postgres

__all__ = ["database", "database_url"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def fill(database: Database) -> None:
    with database.write() as conn:
        catalogue.import_square(conn, load_square("voorbeeld"))
        conn.execute(
            t.person.insert(), {"id": "p1", "name": "An 🥖", "place": {"house": "12"}, "opted_out": True, "created": NOW}
        )
        conn.execute(t.inbound.insert(), [
            {"channel": "test", "event_id": str(n), "lane": "p1", "payload": {"n": n}, "received_at": NOW} for n in range(1200)
        ])  # fmt: skip
        row = {
            "lane": "test:an",
            "channel": "test",
            "address": "an",
            "person": "p1",
            "body": "hallo",
            "choices": [],
            "due": NOW,
        }
        conn.execute(t.outbound.insert(), [
            {**row, "key": "old", "created": NOW, "due": NOW - timedelta(hours=3)},
            {**row, "key": "new", "created": NOW, "due": LATER},
        ])  # fmt: skip


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key.columns))]
            for table in t.metadata.sorted_tables
        }


@pytest.mark.parametrize("kind", KINDS)
def test_it_comes_back_the_same_on_either_kind(database: Database, kind: str, tmp_path: Path) -> None:
    fill(database)
    before = contents(database)
    file = tmp_path / "copy.gz"
    done = backup(database, file, NOW)
    assert done.rows["inbound"] == 1200
    assert file.stat().st_mode & 0o777 == 0o600
    other = Database(new_postgres() if kind == "postgresql" else f"sqlite:///{tmp_path}/new.db")  # empty: not even a schema
    restore(other, file, LATER)
    after = contents(other)
    assert {name: rows for name, rows in after.items() if name != "outbound"} == {
        name: rows for name, rows in before.items() if name != "outbound"
    }
    with other.write() as conn:
        assert dict(conn.execute(select(t.outbound.c.key, t.outbound.c.state)).all()) == {"old": "dropped", "new": "queued"}
        new = {"channel": "test", "event_id": "next", "lane": "p1", "payload": {}, "received_at": NOW}
        assert conn.execute(t.inbound.insert(), new).inserted_primary_key[0] > 1200  # type: ignore[index]
    other.close()


def test_from_a_copy_of_just_now_everything_leaves(tmp_path: Path) -> None:
    """A village that moves to another database loses no news, however long it waited: nobody else can have sent it."""
    source, target = Database(fresh("sqlite", tmp_path)), Database(f"sqlite:///{tmp_path}/new.db")
    fill(source)
    backup(source, tmp_path / "copy.gz", NOW)
    restore(target, tmp_path / "copy.gz", NOW + timedelta(minutes=10))
    with target.read() as conn:
        assert set(conn.execute(select(t.outbound.c.state)).scalars()) == {"queued"}
    for one in (source, target):
        one.close()


def test_a_copy_is_of_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    """Each commit adds one row to two tables: a copy that saw half a commit would have unequal numbers."""
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with database.write() as conn:
                conn.execute(t.unknown_words.insert(), {"square": "x", "words": f"w{n}", "times": 1})
                conn.execute(t.mark.insert(), {"name": f"m{n}", "value": ""})

    thread = threading.Thread(target=write)
    thread.start()
    try:
        counts = [backup(database, tmp_path / f"{n}.gz", NOW).rows for n in range(6)]
    finally:
        stop.set()
        thread.join()
    assert all(one["unknown_words"] == one["mark"] for one in counts)
    assert counts[-1]["mark"] > counts[0]["mark"]


def test_a_database_that_holds_anything_is_refused(database: Database, tmp_path: Path) -> None:
    fill(database)
    backup(database, tmp_path / "copy.gz", NOW)
    before = contents(database)
    with pytest.raises(BadBackup, match="niet leeg"):
        restore(database, tmp_path / "copy.gz", NOW)
    assert contents(database) == before


@pytest.mark.parametrize("spoil", ["cut", "lines", "foreign", "nothing"])
def test_a_file_that_is_not_whole_leaves_nothing(tmp_path: Path, spoil: str) -> None:
    source, target = Database(fresh("sqlite", tmp_path)), Database(f"sqlite:///{tmp_path}/new.db")
    fill(source)
    file = tmp_path / "copy.gz"
    backup(source, file, NOW)
    if spoil == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif spoil == "lines":
        lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
        file.write_bytes(gzip.compress(b"".join([*lines[:50], *lines[51:]])))
    else:
        file.write_bytes(gzip.compress(b"{}\n") if spoil == "foreign" else b"")
    with pytest.raises(BadBackup):
        restore(target, file, NOW)
    if spoil in ("cut", "lines"):
        with target.read() as conn:
            assert conn.execute(select(func.count()).select_from(t.product)).scalar_one() == 0


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    url = fresh("sqlite", tmp_path)
    source = Database(url)
    fill(source)
    monkeypatch.setenv("DORPSBODE_DATABASE", url)
    assert main(["backup", str(tmp_path / "copy.gz")]) == 0
    assert main(["restore", str(tmp_path / "copy.gz")]) == 1
    assert "niet leeg" in capsys.readouterr().err
    monkeypatch.setenv("DORPSBODE_DATABASE", f"sqlite:///{tmp_path}/new.db")
    assert main(["restore", str(tmp_path / "copy.gz")]) == 0
    assert main(["restore", str(tmp_path / "nergens.gz")]) == 1
