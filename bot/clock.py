"""Time: the one clock everybody asks, the leader among processes, and the ticks that look for what is due.

APScheduler ticks and holds no truth (its job stores lose or repeat jobs when processes share them); what is due stands in the
database, so downtime only delays and two clocks would be harmless. The leader is an optimisation, never the safety.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection, text

from bot.store.database import Database
from bot.store.tx import lock_key
from catalog.square import AMSTERDAM

log = structlog.get_logger("dorpsbode.clock")


class Clock:
    """The machine's clock plus an offset that the demo and tests may move, or a moment at which it stands still."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._offset = timedelta()
        self._fixed = fixed.astimezone(UTC) if fixed else None

    def __call__(self) -> datetime:
        return self.now()

    def now(self) -> datetime:
        """Now, aware, UTC."""
        return (self._fixed or datetime.now(UTC)) + self._offset

    def move(self, by: timedelta) -> None:
        """Let it be later (or earlier) from now on."""
        self._offset += by

    def set(self, moment: datetime) -> None:
        """Let it be this moment now; it goes on from there, unless it stands still."""
        self._offset += moment - self.now()


class Leader:
    """One process leads: it holds a lock that dies with it (PostgreSQL session lock; flock beside the SQLite file)."""

    def __init__(self, database: Database, name: str = "leader") -> None:
        self._database, self._name = database, name
        self._held: Any = None

    def leads(self) -> bool:
        """Try to lead, or see that we still do. Blocks shortly; never raises."""
        try:
            return self._file() if self._database.is_sqlite else self._session()
        except Exception as wrong:
            log.warning("leader_lock", why=repr(wrong)[:200])
            self.release()
            return False

    def release(self) -> None:
        """Let somebody else lead."""
        held, self._held = self._held, None
        if held is not None:
            held[1]()

    def _file(self) -> bool:
        if self._held is None:
            file = _locked(lock_path(self._database, self._name), os.O_CREAT)
            if file is None:
                return False
            self._held = (file, lambda: os.close(file))
        return True

    def _session(self) -> bool:
        if self._held is None:
            context = self._database.alone()
            conn = context.__enter__()
            self._held = (conn, lambda: _close_session(context, conn))
            if not conn.execute(text("SELECT pg_try_advisory_lock(:k)"), {"k": lock_key(self._name)}).scalar():
                self._held = None
                context.__exit__(None, None, None)  # it holds nothing: back into the pool, for the next try
                return False
        self._held[0].execute(text("SELECT 1"))  # raises when the connection, and so the lock, is gone
        return True


def _locked(path: Path, flags: int = 0) -> int | None:
    """The file, opened and locked; None when somebody else has it. Raises FileNotFoundError unless it may be made."""
    file = os.open(path, os.O_RDWR | flags, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _close_session(context: Any, conn: Connection) -> None:
    if not conn.invalidated:  # else the server hung up, and let go of the lock with that
        raw: Any = conn.connection.driver_connection
        with suppress(Exception):  # a server that is busy notices late that we left; one that is gone has let go already
            raw.execute("SELECT pg_advisory_unlock_all()")
        conn.invalidate()  # a session lock must not go back into the pool
    context.__exit__(None, None, None)


def lock_path(database: Database, name: str) -> Path:
    """The lock file of this name beside the SQLite file."""
    assert database.path is not None
    return database.path.with_name(f"{database.path.name}.{name}")


class Presence(Leader):
    """A sign of life of one process: its lock is held as long as it lives, so others know at once when it died."""

    def __init__(self, database: Database, owner: str) -> None:
        super().__init__(database, f"process-{owner}")
        self.owner = owner

    def release(self) -> None:
        """Be gone, without leaving a file behind."""
        if self._held is not None and self._database.is_sqlite:
            lock_path(self._database, self._name).unlink(missing_ok=True)
        super().release()

    def is_alive(self, owner: str, conn: Connection) -> bool:
        """Whether another process still holds its lock. A free lock means that it is dead, however young its lease."""
        name = f"process-{owner}"
        if not self._database.is_sqlite:  # until the end of this short transaction the lock is ours: that hurts nobody
            return not conn.execute(text("SELECT pg_try_advisory_xact_lock(:k)"), {"k": lock_key(name)}).scalar()
        path = lock_path(self._database, name)
        try:
            file = _locked(path)
        except FileNotFoundError:
            return False
        if file is None:
            return True
        path.unlink(missing_ok=True)
        os.close(file)
        return False


class Ticker:
    """Fixed ticks on the running event loop; a tick that is still busy is not started again, one that raises is logged."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=AMSTERDAM, job_defaults={
            "coalesce": True, "max_instances": 1, "misfire_grace_time": None,  # the default of 1 s drops ticks after a pause
        })  # fmt: skip

    def every(self, seconds: float, do: Callable[[], Awaitable[Any]], name: str) -> None:
        """Do it every so many seconds, the first time at once."""

        async def tick() -> None:
            try:
                await do()
            except asyncio.CancelledError:
                return  # stopped in the middle: what was committed stands, the rest is still due
            except Exception as wrong:
                log.error("tick_failed", tick=name, why=repr(wrong)[:300])

        self._scheduler.add_job(tick, "interval", seconds=seconds, id=name, next_run_time=datetime.now(UTC))

    def start(self) -> None:
        """Start ticking on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """No more ticks."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
