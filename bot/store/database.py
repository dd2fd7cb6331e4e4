"""Opening the database: SQLite in WAL with full syncing and one writer at a time, or PostgreSQL; one code path above it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from bot.store.turnstile import Turnstile

#: Channel name for LISTEN/NOTIFY.
NOTIFY = "dorpsbode"
#: How long one waits for another who has the SQLite file.
BUSY_SECONDS = 10


class Database:
    """One database, opened. ``write`` yields a transaction that excludes other writers of the same lanes; ``read``
    one that only reads.

    ``url``: ``sqlite:///path`` or ``postgresql://…``. Raises sqlalchemy.exc.OperationalError when it cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self.url = _driver(url)
        self.dialect = make_url(self.url).get_backend_name()
        self.is_sqlite = self.dialect == "sqlite"
        self.path = Path(make_url(self.url).database or "") if self.is_sqlite else None
        self._writer = self._open("BEGIN IMMEDIATE")
        self._reader = self._open("BEGIN") if self.is_sqlite else self._writer
        self._turnstile = Turnstile(self.path) if self.path is not None else None

    def _open(self, begin: str) -> Engine:
        if not self.is_sqlite:
            return create_engine(
                self.url, hide_parameters=True, pool_size=5, max_overflow=5, pool_pre_ping=False, pool_recycle=1800,
                connect_args={"connect_timeout": 5, "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 3,
                              "keepalives_count": 3, "application_name": "dorpsbode"},
            )  # fmt: skip
        self._make_private_file()
        engine = create_engine(self.url, hide_parameters=True, poolclass=QueuePool, pool_size=4, max_overflow=8,
                               connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})  # fmt: skip
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin))
        return engine

    def _make_private_file(self) -> None:
        """A new database file is readable by its owner only: it holds addresses."""
        if self.path is not None and not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end, or leaves nothing when something is raised."""
        with self._turnstile.passing() if self._turnstile else nullcontext(), self._writer.begin() as conn:
            yield conn

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction for reading only."""
        with self._reader.connect() as conn:
            yield conn

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that sees one moment however long it reads, holds up nobody and leaves nothing in memory behind."""
        with self._reader.connect() as conn:
            if self.is_sqlite:
                conn.detach()  # closed at the end, with the pages it kept: else 32 MB of them would stay
                conn.exec_driver_sql("PRAGMA cache_size=-500")
            else:
                conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield conn

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection in autocommit, for LISTEN, session locks and PRAGMA data_version."""
        with self._writer.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            yield conn

    def close(self) -> None:
        """Close every pooled connection."""
        self._writer.dispose()
        self._reader.dispose()
        if self._turnstile is not None:
            self._turnstile.close()

    def sees_changes(self) -> Callable[[], bool]:
        """SQLite: a cheap question whether another connection committed since the last call. The caller keeps one thread."""
        assert self.path is not None
        raw = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        last = raw.execute("PRAGMA data_version").fetchone()[0]

        def changed() -> bool:
            nonlocal last
            before, last = last, raw.execute("PRAGMA data_version").fetchone()[0]
            return bool(before != last)

        return changed


def _driver(url: str) -> str:
    """psycopg 3 for PostgreSQL, whatever spelling the host's environment uses."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url if "://" in url else f"sqlite:///{os.path.abspath(url)}"


def _pragmas(raw: Any, _: Any) -> None:
    raw.isolation_level = None  # SQLAlchemy's begin event says BEGIN; the driver must not guess
    cursor = raw.cursor()
    _turn_to_wal(cursor)
    for line in (
        "synchronous=FULL", f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON",
        "cache_size=-8000", "temp_store=MEMORY", "wal_autocheckpoint=4000",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _turn_to_wal(cursor: sqlite3.Cursor) -> None:
    """Turn a new file to WAL, in which it stays. Whoever finds it open elsewhere is told "locked" at once: waited for here.

    https://sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
    """
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.01)
