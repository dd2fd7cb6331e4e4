"""The stock's book: what was counted when counting began, so that what is left plus what orders hold can be checked for ever.

Noted where a counted stock is set (import, a shopkeeper's word), never where an order takes from it or gives back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

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
    ids = [f"{shop}/{sku}" for shop, sku in products]
    if not ids:
        return
    p, taken = t.product.c, _taken(conn, t.order_line.c.product_id.in_(ids))
    rows = [
        {"name": f"{_PREFIX}{home}:{product}", "at": None, "value": str(row.stock + taken[home, product])}
        for row in conn.execute(select(p.shop, p.sku, p.stock).where(p.square == home, p.stock.is_not(None)))
        if (product := f"{row.shop}/{row.sku}") in ids
    ]
    if rows:
        conn.execute(_PUT, rows)


def held(conn: Connection, home: str, product_id: str) -> int:
    """What placed orders took of a product and did not give back."""
    return _taken(conn, t.order_line.c.product_id == product_id)[home, product_id]


def _taken(conn: Connection, *which: ColumnElement[bool]) -> Counter[tuple[str, str]]:
    """What placed orders took and did not give back, per square where a shop stands and product; one statement for all.

    A sold-out line is never given back: the shop had none.
    """
    o, line = t.orders.c, t.order_line.c
    homes = {row.slug: (row.slug, *row.regions) for row in conn.execute(select(t.square.c.slug, t.square.c.regions))}
    kept = or_(o.status != "cancelled", line.sold_out.is_(True))
    sums = (
        select(o.square, line.product_id, func.sum(line.amount).label("amount"))
        .select_from(t.order_line.join(t.orders, o.id == line.order_id))
        .where(o.status != "draft", kept, *which)
        .group_by(o.square, line.product_id)
    )
    taken: Counter[tuple[str, str]] = Counter()
    for row in conn.execute(sums):
        taken.update({(home, row.product_id): int(row.amount) for home in homes[row.square]})
    return taken


def differences(conn: Connection) -> Iterator[Difference]:
    """Every counted product whose stock does not add up."""
    began = {
        row.name.removeprefix(_PREFIX): int(row.value)
        for row in conn.execute(select(t.mark).where(t.mark.c.name.startswith(_PREFIX)))
    }
    p, taken = t.product.c, _taken(conn, t.order_line.c.product_id.in_({name.partition(":")[2] for name in began}))
    for row in conn.execute(select(p.square, p.shop, p.sku, p.stock).where(p.stock.is_not(None))):
        product = f"{row.shop}/{row.sku}"
        start, many = began.get(f"{row.square}:{product}"), taken[row.square, product]
        if start is not None and start != row.stock + many:
            yield Difference(row.square, product, start, row.stock, many)
