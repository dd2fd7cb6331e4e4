"""Waking the deliverer: at once within a process; across processes by LISTEN/NOTIFY, or by asking SQLite whether it changed."""

from __future__ import annotations

import asyncio
import select
import socket
import threading
from collections.abc import Callable

import structlog

from bot.store.database import NOTIFY, Database
from bot.store.tx import Tx

log = structlog.get_logger("dorpsbode.wake")
#: How often SQLite is asked; one PRAGMA takes some microseconds.
POLL_SECONDS = 0.02


class Wake:
    """Calls ``wake`` on the event loop given to :meth:`listen` whenever something was queued, here or elsewhere."""

    def __init__(self, database: Database, wake: Callable[[], None]) -> None:
        self._database, self._wake = database, wake
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = threading.Event()
        self._task: asyncio.Task[None] | None = None
        self._bell: socket.socket | None = None  # closed to wake the thread that waits for notifications

    def after_commit(self, tx: Tx) -> None:
        """A commit of this process queued something. Called on the writer's thread."""
        loop = self._loop
        if tx.queued and loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start noticing what other processes queue."""
        self._loop = loop
        self._stopping.clear()
        self._task = loop.create_task(self._poll() if self._database.is_sqlite else self._wait())

    async def stop(self) -> None:
        """Stop noticing."""
        self._stopping.set()
        self._loop = None
        if self._bell is not None:
            self._bell.close()
        if self._task is not None:
            await self._task

    async def _poll(self) -> None:
        changed = self._database.sees_changes()
        while not self._stopping.is_set():
            await asyncio.sleep(POLL_SECONDS)
            if changed():
                self._wake()

    async def _wait(self) -> None:
        self._bell, end = socket.socketpair()
        with end:
            await asyncio.to_thread(self._listen, end)

    def _listen(self, end: socket.socket) -> None:
        while not self._stopping.is_set():
            try:
                self._listen_once(end)
            except Exception as wrong:
                log.warning("listen_lost", why=repr(wrong)[:200])
                self._stopping.wait(0.5)

    def _listen_once(self, end: socket.socket) -> None:
        with self._database.alone() as conn:
            raw = conn.connection.driver_connection
            assert raw is not None
            conn.exec_driver_sql(f"LISTEN {NOTIFY}")
            coming = select.poll()
            for one in (raw, end):
                coming.register(one, select.POLLIN)
            while not self._stopping.is_set():
                for _ in raw.notifies(timeout=0):
                    if (loop := self._loop) is not None:
                        loop.call_soon_threadsafe(self._wake)
                coming.poll()
            conn.invalidate()
