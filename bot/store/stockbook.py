"""The stock's book: what was counted when counting began, so that what is left plus what orders hold can be checked for ever.

Noted where a counted stock is set (import, a shopkeeper's word), never where an order takes from it or gives back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select

from bot.store import tables as t
from bot.store.types import upsert

_PREFIX = "stock:"
_PUT = upsert(t.mark, ["name"], ["name", "at", "value"])


@dataclass(frozen=True, slots=True)
class Difference:
    """A product whose stock does not add up: counted at the beginning, left now, held by orders."""

    square: str
    product: str
    began: int
    left: int
    held: int


def note(conn: Connection, home: str, products: Iterable[tuple[str, str]]) -> None:
    """Counting begins (again) for these (shop, sku) of a square, with the stock that stands there now."""
    rows = []
    for shop, sku in products:
        p = t.product.c
        left = conn.execute(select(p.stock).where(p.square == home, p.shop == shop, p.sku == sku)).scalar()
        if left is not None:
            began = left + held(conn, home, f"{shop}/{sku}")
            rows.append({"name": f"{_PREFIX}{home}:{shop}/{sku}", "at": None, "value": str(began)})
    if rows:
        conn.execute(_PUT, rows)


def held(conn: Connection, home: str, product_id: str) -> int:
    """What placed orders took of a product and did not give back. A sold-out line is never given back: the shop had none."""
    o, line = t.orders.c, t.order_line.c
    squares = [
        row.slug for row in conn.execute(select(t.square.c.slug, t.square.c.regions)) if home in (row.slug, *row.regions)
    ]
    kept = or_(o.status != "cancelled", line.sold_out.is_(True))
    return int(
        conn.execute(
            select(func.coalesce(func.sum(line.amount), 0))
            .select_from(t.order_line.join(t.orders, o.id == line.order_id))
            .where(and_(line.product_id == product_id, o.square.in_(squares), o.status != "draft", kept))
        ).scalar_one()
    )


def differences(conn: Connection) -> Iterator[Difference]:
    """Every counted product whose stock does not add up."""
    began = {
        row.name.removeprefix(_PREFIX): int(row.value)
        for row in conn.execute(select(t.mark).where(t.mark.c.name.startswith(_PREFIX)))
    }
    for row in conn.execute(select(t.product).where(t.product.c.stock.is_not(None))):
        product = f"{row.shop}/{row.sku}"
        start = began.get(f"{row.square}:{product}")
        if start is not None and start != row.stock + (taken := held(conn, row.square, product)):
            yield Difference(row.square, product, start, row.stock, taken)
