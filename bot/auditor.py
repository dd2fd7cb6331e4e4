"""The audit inside a worker: all checks hourly and those for what is stuck every five minutes, beside the writer, unhurried."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.audit import STUCK, Finding, audit, tell
from bot.store.database import Database
from bot.store.tx import Tx

#: The worker does as long nothing as it worked: bubbles and timers that wait meanwhile have the other half.
REST_SECONDS = 0.02


@dataclass
class Watch:
    """The audit inside a worker: on a connection and a thread of its own, so that no writer waits for it.

    Quiet for a while after the start: what piled up while all was down is being worked off.
    """

    database: Database
    run: Callable[[Callable[[Tx], Any]], Any]
    now: Callable[[], datetime]
    started: datetime | None = None
    settled: timedelta = timedelta(minutes=10)
    every: timedelta = timedelta(hours=1)
    _last: datetime | None = None
    _left: threading.Event = field(default_factory=threading.Event)

    async def tick(self) -> int:
        """Look (all checks once per ``every``, else only for what is stuck) and tell; returns how many findings there are."""
        now = self.now()
        self.started = self.started or now
        if now - self.started < self.settled:
            return 0
        whole = self._last is None or now - self._last >= self.every
        self._last = now if whole else self._last
        try:
            findings = await asyncio.to_thread(self._look, () if whole else STUCK)
        except asyncio.CancelledError:  # the process stops, and would wait for the thread
            self._left.set()
            raise
        if findings:
            await self.run(lambda tx: tell(tx, findings))
        return len(findings)

    def _look(self, only: Iterable[str]) -> list[Finding]:
        with self.database.snapshot() as conn:
            return audit(conn, self.now(), only=only, rest=self._rest)

    def _rest(self) -> None:
        if self._left.wait(REST_SECONDS):
            raise InterruptedError("the process stops")
