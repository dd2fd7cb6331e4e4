"""Timers: what is due at a moment, fired once by whoever leads; late after downtime rather than never or twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import bindparam, select, text, update

from bot.inbox import PAUSES, error_place, error_text
from bot.store import tables as t
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.store.types import Instant
from bot.store.writer import TROUBLE, Writer
from bot.turns import Turns
from notifications.schedule import look_ahead

log = structlog.get_logger("dorpsbode.timers")
#: So many at a time, so that messages that come in meanwhile do not wait long.
AT_ONCE = 256
#: And so many of these share what they read: more would keep many orders in memory, and read them long before they change.
TOGETHER = 32
_ROW = t.timer.c
_DUE = (
    select(_ROW.kind, _ROW.subject)
    .where(text("state = 'waiting'"), _ROW.due <= bindparam("now", type_=Instant))
    .order_by(_ROW.due)  # and nothing more: the index gives the first of ten thousand without sorting the others
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)  # SQLite lets only one in anyway and leaves this out
)
_FIRST = _DUE.cte("first")
_TAKE = (
    update(t.timer)
    .where(_ROW.kind == _FIRST.c.kind, _ROW.subject == _FIRST.c.subject)
    .values(state="fired", fired_at=bindparam("now", type_=Instant))
    .returning(_ROW.due, _ROW.kind, _ROW.subject)
)


@dataclass
class Timers:
    """Fires what is due. Two of these at once are harmless: a timer is taken with one conditional update."""

    writer: Writer
    turns: Turns

    async def fire_due(self) -> int:
        """Fire everything that is due; returns how many."""
        fired = 0
        while True:
            try:
                many = await self.writer.run(self._fire_many)
            except TROUBLE:
                raise
            except Exception:  # one of them cannot be fired: one by one, so that it alone is kept back
                due = await self.writer.run(_due)
                many = sum(await asyncio.gather(*(self._fire(kind, subject) for kind, subject in due)))
            fired += many
            if many == 0:
                return fired

    def _fire_many(self, tx: Tx) -> int:
        """Take what is due with one statement and let each do its work, earliest first."""
        taken = [(kind, subject) for _, kind, subject in sorted(tx.conn.execute(_TAKE, {"now": tx.now}))]
        for at in range(0, len(taken), TOGETHER):
            store = Repository(tx)
            look_ahead(taken[at : at + TOGETHER], store)
            for kind, subject in taken[at : at + TOGETHER]:
                self.turns.fire_timer(tx, store, kind, subject)
        return len(taken)

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
        self.turns.fire_timer(tx, Repository(tx), kind, subject)
        return True


def _due(tx: Tx) -> list[tuple[str, str]]:
    """What is due, earliest first. PostgreSQL: rows that another clock has in hand are passed over."""
    return [(kind, subject) for kind, subject in tx.conn.execute(_DUE, {"now": tx.now})]


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
    log.error("timer_failed", kind=kind, attempts=attempts, why=error_place(wrong))
    return False
