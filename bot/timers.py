"""Timers: what is due at a moment, fired once by whoever leads; late after downtime rather than never or twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select, update

from bot.inbox import PAUSES, error_text
from bot.store import tables as t
from bot.store.tx import Tx
from bot.store.writer import Writer
from bot.turns import Turns

log = structlog.get_logger("dorpsbode.timers")
#: So many at a time, so that messages that come in meanwhile do not wait long.
AT_ONCE = 256


@dataclass
class Timers:
    """Fires what is due. Two of these at once are harmless: a timer is taken with one conditional update."""

    writer: Writer
    turns: Turns

    async def fire_due(self) -> int:
        """Fire everything that is due; returns how many."""
        fired = 0
        while due := await self.writer.run(_due):
            fired += sum(await asyncio.gather(*(self._fire(kind, subject) for kind, subject in due)))
            if len(due) < AT_ONCE:
                break
        return fired

    async def _fire(self, kind: str, subject: str) -> bool:
        return await self.writer.run(
            lambda tx: self._fire_one(tx, kind, subject),
            rescue=lambda tx, wrong: _failed(tx, kind, subject, wrong),
        )

    def _fire_one(self, tx: Tx, kind: str, subject: str) -> bool:
        row = t.timer.c
        taken = tx.conn.execute(
            update(t.timer)
            .where(row.kind == kind, row.subject == subject, row.state == "waiting", row.due <= tx.now)
            .values(state="fired", fired_at=tx.now)
        )
        if taken.rowcount != 1:
            return False
        self.turns.fire_timer(tx, kind, subject)
        return True


def _due(tx: Tx) -> list[tuple[str, str]]:
    row = t.timer.c
    found = tx.conn.execute(
        select(row.kind, row.subject).where(row.state == "waiting", row.due <= tx.now).order_by(row.due).limit(AT_ONCE)
    )
    return [(kind, subject) for kind, subject in found]


def _failed(tx: Tx, kind: str, subject: str, wrong: Exception) -> bool:
    """Keep the error and try again later; set aside after five times."""
    row = t.timer.c
    where = (row.kind == kind) & (row.subject == subject)
    attempts = tx.conn.execute(select(row.attempts).where(where)).scalar_one() + 1
    aside = attempts > len(PAUSES)
    due = tx.now + timedelta(seconds=PAUSES[min(attempts, len(PAUSES)) - 1])
    error = error_text(wrong)
    tx.conn.execute(
        update(t.timer).where(where).values(attempts=attempts, error=error, due=due, state="aside" if aside else "waiting")
    )
    log.error("timer_failed", kind=kind, attempts=attempts, error=error.splitlines()[-1][:200])
    return False
