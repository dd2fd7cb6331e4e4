"""Keeping no longer than needed (AVG art. 5): what was said goes after a month, addresses after three; bookkeeping stays.

Rows stay where something depends on them: an inbound row recognises a replayed webhook, an outbound row a key that was used.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Text, and_, cast, delete, exists, or_, select, update

from bot.store import tables as t
from bot.store.tx import Tx

#: What people wrote and read: https://gdpr-info.eu/art-5-gdpr/ asks for a reason to keep; after a month there is none.
SAID = timedelta(days=30)
#: Name, door and phone number after the last order.
DOORS = timedelta(days=90)
#: A basket nobody touched; people are promised 72 hours.
BASKETS = timedelta(days=30)
#: After this long no platform delivers the same event again, and nobody taps that button.
TRACES = timedelta(days=90)


def forget(tx: Tx) -> dict[str, int]:
    """Forget what is old; returns how many rows of each kind."""
    return {
        "inbound": _inbound(tx),
        "outbound": _outbound(tx),
        "asks": _count(tx, delete(t.ask).where(t.ask.c.at < tx.now - SAID)),
        "timers": _count(tx, delete(t.timer).where(t.timer.c.state == "fired", t.timer.c.fired_at < tx.now - SAID)),
        "baskets": _baskets(tx),
        "doors": _doors(tx) + _order_doors(tx),
        "erased": _erased(tx),
    }


def _count(tx: Tx, statement: object) -> int:
    return int(tx.conn.execute(statement).rowcount)  # type: ignore[call-overload]


def _inbound(tx: Tx) -> int:
    i = t.inbound.c
    tx.conn.execute(delete(t.inbound).where(i.received_at < tx.now - TRACES, i.state.in_(("done", "aside"))))
    old = and_(i.received_at < tx.now - SAID, i.state.in_(("done", "aside")), cast(i.payload, Text) != "{}")
    return _count(tx, update(t.inbound).where(old).values(payload={}, error=""))


def _outbound(tx: Tx) -> int:
    o = t.outbound.c
    ended = o.state.not_in(("queued", "sending"))
    tx.conn.execute(delete(t.outbound).where(o.created < tx.now - TRACES, ended))
    return _count(tx, update(t.outbound).where(o.created < tx.now - SAID, ended, o.body != "").values(body="", choices=[]))


def _baskets(tx: Tx) -> int:
    tx.baskets.clear()  # what was read ahead for turns of the same transaction
    o = t.orders.c
    old = select(o.id).where(o.status == "draft", o.changed_at < tx.now - BASKETS)
    tx.conn.execute(delete(t.order_line).where(t.order_line.c.order_id.in_(old)))
    return _count(tx, delete(t.orders).where(o.status == "draft", o.changed_at < tx.now - BASKETS))


def _doors(tx: Tx) -> int:
    """The door of people who did not order for a while; who comes back is asked again."""
    p, o = t.person.c, t.orders.c
    recent = exists().where(o.resident == p.id, or_(o.placed_at > tx.now - DOORS, o.status.in_(("placed", "accepted"))))
    wrote = exists().where(t.address.c.person == p.id, t.address.c.last_inbound_at > tx.now - DOORS)
    known = and_(p.place.is_not(None), cast(p.place, Text) != "null")
    return _count(tx, update(t.person).where(known, ~recent, ~wrote).values(place=None))


def _erased(tx: Tx) -> int:
    """The address of the last words to someone who was wiped, once they left."""
    o = t.outbound.c
    nobody = ~exists().where(t.address.c.person == o.person)
    ended = and_(o.state.not_in(("queued", "sending")), o.address != "", nobody)
    values: dict[str, object] = {
        "address": "",
        "lane": "",
        "provider_id": None,
        "body": "",
        "choices": [],
        "callback_id": "",
        "answer_to": "",
    }
    return _count(tx, update(t.outbound).where(ended).values(**values))


def _order_doors(tx: Tx) -> int:
    """Orders keep what the books need; the door is not part of that."""
    o = t.orders.c
    old = and_(o.status.in_(("delivered", "cancelled")), o.changed_at < tx.now - DOORS, cast(o.place, Text) != "{}")
    return _count(tx, update(t.orders).where(old).values(place={}, evidence=""))
