"""All that is kept about one person: as one file (AVG art. 15 and 20), and wiped (art. 17).

Bookkeeping stays: orders keep goods, sums and payments under a person id that leads to nobody any more (the law wants seven
years of it). A copy in an older backup goes when that backup goes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from bot.store import tables as t
from bot.store.codec import from_plain, to_plain
from orders.lines import Place

#: Every table that names people, and by which column. A test holds this against the schema.
KEYS: dict[str, str] = {
    "person": "id", "address": "person", "role": "person", "invitation": "used_by", "conversation": "person", "ask": "person",
    "orders": "resident", "usual": "person", "run": "courier", "inbound": "lane", "outbound": "person",
}  # fmt: skip
#: Parts of an order.
_PARTS = ("order_line", "shop_order", "payment_attempt", "refund", "stop")
#: What is in the air stays whole until it ends: it may have to leave once more. It is wiped at night (bot.retention).
_ENDED = t.outbound.c.state.not_in(("queued", "sending"))
#: Why a message that was wiped ended as it did.
WIPED = "gewist"


def export(conn: Connection, person: str) -> dict[str, list[dict[str, Any]]]:
    """Every row that is about a person, by table, JSON-ready. Secrets (the token of a pay link, a code's hash) stay out."""
    found = {}
    for name, column in KEYS.items():
        table = t.metadata.tables[name]
        found[name] = _rows(conn, table, table.c[column] == person)
    orders = [row["id"] for row in found["orders"]]
    for name in _PARTS:
        table = t.metadata.tables[name]
        found[name] = _rows(conn, table, table.c.order_id.in_(orders))
    return found


def _rows(conn: Connection, table: Any, where: ColumnElement[bool]) -> list[dict[str, Any]]:
    rows = conn.execute(select(table).where(where)).mappings()
    return [{key: to_plain(value) for key, value in row.items() if key not in ("pay_token", "hash")} for row in rows]


def erase(conn: Connection, person: str) -> None:
    """Wipe a person. The answer that says so still waits to leave; its address goes at night (bot.retention)."""
    o = t.orders.c
    orders = conn.execute(select(o.id, o.place, o.status).where(o.resident == person)).all()
    known = conn.execute(select(t.person.c.place, t.person.c.name).where(t.person.c.id == person)).first()
    places = [from_plain(Place, one) for one in (*(row.place for row in orders), known.place if known else None) if one]
    _wipe_messages(conn, person, [row.id for row in orders], places)
    _wipe_orders(conn, [row.id for row in orders if row.status != "draft"], [row.id for row in orders if row.status == "draft"])
    conn.execute(update(t.person).where(t.person.c.id == person).values(name="", place=None, introduced=None, verify=False))
    conn.execute(update(t.invitation).where(t.invitation.c.used_by == person).values(name=""))
    for table, column in ((t.address, "person"), (t.role, "person"), (t.usual, "person"), (t.conversation, "person"),
                          (t.ask, "person")):  # fmt: skip
        conn.execute(delete(table).where(table.c[column] == person))


def _wipe_orders(conn: Connection, placed: list[str], drafts: list[str]) -> None:
    o, line = t.orders.c, t.order_line.c
    conn.execute(delete(t.order_line).where(line.order_id.in_(drafts)))
    conn.execute(delete(t.orders).where(o.id.in_(drafts)))
    conn.execute(update(t.orders).where(o.id.in_(placed)).values(place={}, evidence="", rev=o.rev + 1))
    conn.execute(update(t.order_line).where(line.order_id.in_(placed)).values(note="", said=""))
    conn.execute(update(t.stop).where(t.stop.c.order_id.in_(placed)).values(address=""))


def _wipe_messages(conn: Connection, person: str, orders: list[str], places: list[Place]) -> None:
    """What was said to and by this person, and what others were told about the orders, the door and the phone."""
    i, out = t.inbound.c, t.outbound.c
    conn.execute(update(t.inbound).where(i.lane == person).values(payload={}, error=""))
    conn.execute(update(t.inbound).where(i.lane == person, i.state != "done").values(state="done", due=None))
    empty: dict[str, Any] = {"body": "", "choices": [], "error": WIPED}
    mine = out.person == person
    last = conn.execute(select(out.key).where(mine).order_by(out.id.desc()).limit(1)).scalar()
    conn.execute(update(t.outbound).where(mine, out.state == "queued", out.key != last).values(state="dropped"))
    nowhere: dict[str, Any] = {"address": "", "lane": "", "provider_id": None, "callback_id": "", "answer_to": ""}
    conn.execute(update(t.outbound).where(mine, _ENDED).values(**empty, **nowhere))
    words = {word for place in places for word in (place.contact, place.door if place.postcode else "") if word}
    told = or_(out.order_id.in_(orders), *(out.body.contains(word, autoescape=True) for word in sorted(words)))
    conn.execute(update(t.outbound).where(told, _ENDED).values(**empty))
