"""Of who was wiped nothing may be left, at the latest after the night; what the law wants kept of their orders stays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from bot.faults.people import Resident
from bot.faults.world import World
from bot.store import tables as t
from bot.store.orders import read_orders

#: Tables that have no row any more for a person without an address, and by which column.
_EMPTY = {"conversation": "person", "ask": "person", "usual": "person", "role": "person"}


def nobody() -> Select[Any]:
    """The ids of persons whom no address leads to any more: they were wiped."""
    return select(t.person.c.id).where(~exists().where(t.address.c.person == t.person.c.id))


def left_behind(world: World, residents: Sequence[Resident]) -> list[str]:
    """What is still known of people who were wiped; empty when all is as it should be."""
    with world.looking() as conn:
        gone = list(conn.execute(nobody()).scalars())
        found = [one for person in gone for one in (*_of_person(conn, person), *_of_orders(conn, person))]
        dump = {name: json.dumps([list(row) for row in conn.execute(select(table))], default=str)
                for name, table in t.metadata.tables.items()}  # fmt: skip
    away = [one.phone.who for one in residents if not world.ids_of(one.phone.who)]
    traces = [(who.name, trace) for who in away for trace in (who.address, who.door)]
    return found + [
        f"{name} was wiped, but {trace} stands in {table}" for name, trace in traces for table in dump if trace in dump[table]
    ]


def _of_person(conn: Connection, person: str) -> Iterator[str]:
    row = conn.execute(select(t.person).where(t.person.c.id == person)).one()
    if row.name or row.place is not None:
        yield f"{person} was wiped, but has a name or a door"
    for name, column in _EMPTY.items():
        table = t.metadata.tables[name]
        if conn.execute(select(table).where(table.c[column] == person)).first() is not None:
            yield f"{person} was wiped, but has rows in {name}"
    for row in conn.execute(select(t.inbound).where(t.inbound.c.lane == person)):
        if row.payload or row.state != "done":
            yield f"{person} was wiped, but message {row.event_id} is {row.state}: {row.payload}"
    ended = t.outbound.c.state.not_in(("queued", "sending"))
    for row in conn.execute(select(t.outbound).where(t.outbound.c.person == person, ended)):
        if row.body or row.address or row.lane or row.choices:
            yield f"{person} was wiped, but {row.key} still says {row.body[:40]!r} to {row.address!r}"


def _of_orders(conn: Connection, person: str) -> Iterator[str]:
    """Goods, sums and payments stay (seven years of books); whose they were and where they went does not."""
    for order, _ in read_orders(conn, conn.execute(select(t.orders).where(t.orders.c.resident == person)).all()):
        if not order.number or not order.lines:
            yield f"order {order.id} of {person} who was wiped is a basket or has no lines"
        if order.place.postcode or order.place.contact or order.evidence or any(line.said or line.note for line in order.lines):
            yield f"order {order.number} still says where it went or what was said"
        if any(conn.execute(select(t.stop.c.address).where(t.stop.c.order_id == order.id)).scalars()):
            yield f"the stop of order {order.number} still has its door"
