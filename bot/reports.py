"""What a platform reports of a bubble after it was sent: how far it came, or that the window was closed after all.

Everything here runs inside a transaction of the writer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.store import tables as t
from bot.store.tx import Tx
from notifications.messages import StatusReport

#: Reports come late and in any order: a status only ever moves forward, and a failure is final.
_RANK = {"": 0, "queued": 1, "sent": 2, "delivered": 3, "read": 4, "undelivered": 5, "failed": 5}


def take_in(tx: Tx, channel: str, said: StatusReport) -> Any:
    """Write down a later report; returns the row as it was before when the report is news, None otherwise."""
    o = t.outbound.c
    match = (
        (o.channel == channel) & (o.key == said.key)
        if said.key
        else (o.channel == channel) & (o.provider_id == said.provider_id)
    )
    row = tx.conn.execute(select(t.outbound).where(match)).first()
    if row is None or (row.provider_id not in (None, said.provider_id)) or _RANK[said.status] <= _RANK.get(row.status, 0):
        return None
    tx.conn.execute(update(t.outbound).where(o.id == row.id).values(status=said.status, provider_id=said.provider_id))
    return row


def end(tx: Tx, row: Any, state: str, error: str) -> None:
    """Move a row to its end whatever it was in: the platform itself said so."""
    o = t.outbound.c
    tx.conn.execute(
        update(t.outbound)
        .where(o.id == row.id)
        .values(state=state, error=error, owner="", lease_until=None, sent_at=row.sent_at or tx.now)
    )


def again_as_template(tx: Tx, row: Any) -> None:
    """The window turned out to be closed: once more, as the approved template."""
    values = {
        "state": "queued",
        "as_template": True,
        "status": "",
        "provider_id": None,
        "due": tx.now,
        "owner": "",
        "lease_until": None,
    }
    tx.conn.execute(update(t.outbound).where(t.outbound.c.id == row.id).values(error="venster was dicht (63016)", **values))
    tx.queued.append(row.key)
