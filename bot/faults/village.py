"""A small sample village with hot keys and little stock: three residents, two shops, two couriers, four products.

Calm loads hide mistakes: of four planted ones two survived a thousand crashes with sixty calm chats; here everybody wants the
same six krentenbollen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import Connection, select

from bot.store import catalogue, invitations
from bot.store import tables as t
from catalog.square import AMSTERDAM, Delivery, Help, Operator, Product, Round, Shop, SoldBy, Square
from notifications.messages import Address
from orders.ports import Invitation

SLUG = "proef"
STOCK = {"bakker/k1": 6, "kaas/j1": 1500, "kaas/y1": 3}
SQUARE = Square(
    SLUG, "Proefplein (voorbeeld)", sample=True,
    operator=Operator("Voorbeeldstichting"), help=Help("Anja", "030-0000000"),
    delivery=Delivery(("3981",), fee_cents=250),
    rounds=(Round("zondag", 6, time(10), time(12), 5, time(18), vehicle="bakfiets"),),
    shops=(Shop("bakker", "Voorbeeldbakker", "bakker", "Dorpsstraat 1"),
           Shop("kaas", "Voorbeeldkaas", "kaas", "Dorpsstraat 3")),
    products=(
        Product("bakker", "k1", "Krentenbollen", 95, SoldBy.PIECE, group="brood", stock=6),
        Product("bakker", "b1", "Volkoren brood", 350, SoldBy.PIECE, group="brood"),
        Product("kaas", "j1", "Jong belegen kaas", 1650, SoldBy.WEIGHT, group="kaas", stock=1500),
        Product("kaas", "y1", "Volle yoghurt", 185, SoldBy.PIECE, group="zuivel", stock=3),
    ),
)  # fmt: skip
#: Saturdays before a ride on Sunday: an ordinary one, and the two whose night has 25 and 23 hours.
SATURDAYS = tuple(datetime(y, m, d, 10, 0, tzinfo=AMSTERDAM) for y, m, d in ((2026, 11, 28), (2026, 10, 24), (2027, 3, 27)))
#: When everybody came in.
BEFORE = datetime(2026, 9, 1, 12, 0, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Someone:
    """A sample person and the one address they have."""

    name: str
    channel: str
    address: str
    role: str = ""
    shop: str = ""

    @property
    def door(self) -> str:
        """Where they live: residents each at a number of their own, which the bot names nowhere by itself."""
        return f"Dorpsstraat {self.address[-2:]}"


PEOPLE = (
    Someone("an", "telegram", "410001031"),
    Someone("ben", "telegram", "410001032"),
    Someone("cor", "whatsapp", "+31600000233"),
    Someone("bas", "telegram", "1004", "shopkeeper", "bakker"),
    Someone("kees", "whatsapp", "+31600000205", "shopkeeper", "kaas"),
    Someone("sam", "telegram", "1006", "courier"),
    Someone("noor", "telegram", "1007", "courier"),
    Someone("anja", "telegram", "1008", "coordinator"),
)


def settle(conn: Connection, now: datetime) -> None:
    """Square, people and roles into an empty database at the newest schema."""
    catalogue.import_square(conn, SQUARE)
    for one in PEOPLE:
        arrive(conn, one, now)


def arrive(conn: Connection, one: Someone, now: datetime) -> None:
    """One more person, who knows the square already."""
    person = {"id": f"p-{one.name}", "name": one.name.capitalize(), "created": now, "introduced": now}
    conn.execute(t.person.insert(), person)
    where = Address(one.channel, one.address)
    conn.execute(t.address.insert(), {"channel": where.channel, "id": where.id, "person": person["id"], "created": now})
    hat = one.role or "resident"
    conn.execute(t.conversation.insert(), {"person": person["id"], "square": SLUG, "hat": hat, "choices": []})
    if one.role:
        invitations.grant(conn, Invitation(SLUG, one.role, one.shop, one.name.capitalize()), str(person["id"]), now)


def restock(conn: Connection, number: int) -> None:
    """The coordinator brings in the folder again: some more or less of what is counted, and room in the rides for everybody."""
    fresh = {"bakker/k1": 6 + number % 3, "kaas/j1": 1500 + 250 * (number % 3), "kaas/y1": 3 + number % 3}
    products = tuple(replace(one, stock=fresh.get(f"{one.shop}/{one.sku}")) for one in SQUARE.products)
    rounds = tuple(replace(one, capacity_crates=1_000_000) for one in SQUARE.rounds)
    catalogue.import_square(conn, replace(SQUARE, products=products, rounds=rounds))


def rows_of(conn: Connection) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, to put them back quickly."""
    return {table.name: [dict(row._mapping) for row in conn.execute(select(table))] for table in t.metadata.sorted_tables}
