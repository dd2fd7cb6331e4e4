"""Orders and runs as rows: read whole, written only where they changed, refused when someone else saved in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, bindparam, delete, func, select, text, update

from bot.store import tables as t
from bot.store.codec import from_plain, to_plain
from bot.store.types import upsert
from orders.lines import OrderLine, Place, ShopOrder, ShopStatus
from orders.order import Order, Status
from orders.payment import Attempt, Payment, Refund
from orders.run import Run, RunStatus, Stop

_LINE_COLUMNS = [c.name for c in t.order_line.c]
_ATTEMPT_COLUMNS = ["id", "order_id", "cents", "status", "provider_id", "checkout_url", "refunded_cents", "created_at"]
_REFUND_COLUMNS = ["id", "order_id", "attempt_id", "cents", "why", "done", "provider_id"]
_HEAD = (
    "square", "resident", "number", "version", "departure", "fee_cents", "delivered_by", "evidence", "changed_at", "placed_at",
)  # fmt: skip

BY_ID = select(t.orders).where(t.orders.c.id.in_(bindparam("ids", expanding=True)))
#: Statuses of an order that must still be delivered or was.
PROMISED = ("placed", "accepted", "on_the_way", "delivered")
DRAFT = select(t.orders).where(
    t.orders.c.resident == bindparam("person"), t.orders.c.square == bindparam("square"), t.orders.c.status == "draft"
)
BY_TOKEN = select(t.orders).where(t.orders.c.pay_token == bindparam("token"))
OF_PERSON = (
    select(t.orders)
    .where(t.orders.c.resident == bindparam("person"), t.orders.c.square == bindparam("square"), t.orders.c.status != "draft")
    .order_by(t.orders.c.placed_at.desc())
    .limit(bindparam("most"))
)
OF_DEPARTURES = (
    select(t.orders)
    .where(
        t.orders.c.square.in_(bindparam("squares", expanding=True)),  # pairs of both would read the whole table on SQLite
        t.orders.c.departure.in_(bindparam("departures", expanding=True)),
        t.orders.c.status.in_(PROMISED),
    )
    .order_by(t.orders.c.number)
)
FOR_SHOP = (
    select(t.orders)
    .join(t.shop_order, t.shop_order.c.order_id == t.orders.c.id)
    .where(
        t.shop_order.c.shop == bindparam("shop"), t.orders.c.square.in_(bindparam("squares", expanding=True)),
        t.orders.c.status.in_(("placed", "accepted", "on_the_way")),
    )
    .order_by(t.orders.c.placed_at, t.orders.c.number)
)  # fmt: skip
#: A departure's key begins with its day: what is asked for together with others lies ahead, or was yesterday.
LINE_COUNTS = (
    select(t.orders.c.departure, func.count())
    .select_from(t.order_line)
    .join(t.orders, t.orders.c.id == t.order_line.c.order_id)
    .where(
        t.orders.c.square == bindparam("square"), t.orders.c.departure >= bindparam("since"),
        t.orders.c.status.in_(PROMISED), t.order_line.c.sold_out.is_(False),
    )
    .group_by(t.orders.c.departure, t.order_line.c.order_id)
)  # fmt: skip


def _parts_of(table: Table, *order: Column[Any]) -> tuple[Select[Any], Select[Any]]:
    """The rows of one order, and of several: writing out a list of ids anew costs more than finding one order's rows."""
    of_order = table.c.order_id
    one, many = of_order == bindparam("id"), of_order.in_(bindparam("ids", expanding=True))
    return select(table).where(one).order_by(*order), select(table).where(many).order_by(*order)


_LINES = _parts_of(t.order_line, t.order_line.c.number)
_SHOPS = _parts_of(t.shop_order, t.shop_order.c.place)
_ATTEMPTS = _parts_of(t.payment_attempt, t.payment_attempt.c.created_at, t.payment_attempt.c.id)
_REFUNDS = _parts_of(t.refund, t.refund.c.id)
_NEW = t.orders.insert()
_CHANGE = (
    update(t.orders)
    .where(t.orders.c.id == bindparam("an_id"), t.orders.c.rev == bindparam("a_rev"))
    .values(**{c.name: bindparam(c.name) for c in t.orders.c if c.name not in ("id", "created")})
)
_PUT_LINE = upsert(t.order_line, ["order_id", "number"], _LINE_COLUMNS)
_DROP_LINE = delete(t.order_line).where(
    t.order_line.c.order_id == bindparam("an_order"), t.order_line.c.number == bindparam("a_number")
)
_PUT_SHOP = upsert(t.shop_order, ["order_id", "shop"], ["order_id", "shop", "place", "status", "ready_at", "announced"])
_PUT_ATTEMPT = upsert(t.payment_attempt, ["id"], _ATTEMPT_COLUMNS)
_PUT_REFUND = upsert(t.refund, ["id"], _REFUND_COLUMNS)


class Stale(Exception):
    """Someone else saved this order or run after it was read: handle the fact again from the start."""


@dataclass(slots=True)
class Snapshot:
    """The rows of an order as the database has them; ``rev`` None means that it has none yet."""

    rev: int | None
    lines: dict[int, dict[str, Any]]
    shops: dict[str, dict[str, Any]]
    attempts: dict[str, dict[str, Any]]
    refunds: dict[str, dict[str, Any]]

    @classmethod
    def empty(cls) -> Snapshot:
        """Of an order that was never saved."""
        return cls(None, {}, {}, {}, {})


def read_orders(conn: Connection, heads: Sequence[Any]) -> list[tuple[Order, Snapshot]]:
    """Whole orders for these rows of ``orders``, in their order; five statements however many there are.

    A draft has lines only: shops are asked, and money comes, once it is placed and has a number.
    """
    ids = [head.id for head in heads]
    if not ids:
        return []
    placed = [head.id for head in heads if head.number]
    wanted = ((_LINES, ids), (_SHOPS, placed), (_ATTEMPTS, placed), (_REFUNDS, placed))
    parts = [_by_order(conn, statements, some) for statements, some in wanted]
    return [_assemble(head, *(part.get(head.id, []) for part in parts)) for head in heads]


def _by_order(conn: Connection, statements: tuple[Select[Any], Select[Any]], ids: list[str]) -> dict[str, list[Any]]:
    one, many = statements
    found: dict[str, list[Any]] = {}
    if not ids:
        return found
    for row in conn.execute(one, {"id": ids[0]}) if len(ids) == 1 else conn.execute(many, {"ids": ids}):
        found.setdefault(row.order_id, []).append(row)
    return found


def _assemble(head: Any, lines: list[Any], shops: list[Any], attempts: list[Any], refunds: list[Any]) -> tuple[Order, Snapshot]:
    payment = Payment(
        head.pay_token, head.pay_way, [_attempt(row) for row in attempts], [_refund(row) for row in refunds], head.door_cents
    )
    order = Order(
        head.id, head.square, head.resident, payment, Status(head.status), head.number, head.version,
        [_line(row) for row in lines], [_share(row) for row in shops], head.departure, from_plain(Place, head.place),
        head.fee_cents, head.delivered_by, head.changed_at, head.placed_at, head.evidence,
    )  # fmt: skip
    return order, snapshot_of(order, head.rev)


def _line(row: Any) -> OrderLine:
    allergens = None if row.allergens is None else tuple(row.allergens)
    return OrderLine(
        row.number, row.product_id, row.name, row.price_cents, row.by_weight, row.amount, row.vat, row.deposit_cents,
        tuple(row.options), row.note, row.said, row.about, allergens, row.withdrawal, row.weighed, row.sold_out, row.touched,
    )  # fmt: skip


def _share(row: Any) -> ShopOrder:
    return ShopOrder(row.shop, ShopStatus(row.status), row.ready_at, row.announced)


def _attempt(row: Any) -> Attempt:
    return Attempt(row.id, row.cents, row.created_at, row.status, row.provider_id, row.checkout_url, row.refunded_cents)


def _refund(row: Any) -> Refund:
    return Refund(row.id, row.attempt_id, row.cents, row.why, row.done, row.provider_id)


def snapshot_of(order: Order, rev: int | None) -> Snapshot:
    """The rows this order should have."""
    return Snapshot(
        rev,
        {line.number: _line_row(order.id, line) for line in order.lines},
        {share.shop: _share_row(order.id, place, share) for place, share in enumerate(order.shops)},
        {one.id: {name: getattr(one, name, order.id) for name in _ATTEMPT_COLUMNS} for one in order.payment.attempts},
        {one.id: {name: getattr(one, name, order.id) for name in _REFUND_COLUMNS} for one in order.payment.refunds},
    )


def _line_row(order_id: str, line: OrderLine) -> dict[str, Any]:
    return {
        "order_id": order_id, "number": line.number, "product_id": line.product_id, "shop": line.shop, "name": line.name,
        "price_cents": line.price_cents, "by_weight": line.by_weight, "amount": line.amount, "vat": line.vat,
        "deposit_cents": line.deposit_cents, "options": list(line.options), "note": line.note, "said": line.said,
        "about": line.about, "allergens": None if line.allergens is None else list(line.allergens),
        "withdrawal": line.withdrawal, "weighed": line.weighed, "sold_out": line.sold_out,
        "touched": line.touched,
    }  # fmt: skip


def _share_row(order_id: str, place: int, share: ShopOrder) -> dict[str, Any]:
    return {"order_id": order_id, "shop": share.shop, "place": place, "status": share.status.value,
            "ready_at": share.ready_at, "announced": share.announced}  # fmt: skip


def write_order(conn: Connection, order: Order, before: Snapshot, now: datetime) -> Snapshot:
    """Save what changed; returns the new snapshot. Raises Stale when the row is not the one that was read."""
    order.changed_at = now
    after = snapshot_of(order, 1 if before.rev is None else before.rev + 1)
    _write_head(conn, order, before.rev, now)
    gone = [{"an_order": order.id, "a_number": number} for number in before.lines if number not in after.lines]
    if gone:
        conn.execute(_DROP_LINE, gone)
    parts: tuple[tuple[Any, dict[Any, dict[str, Any]], dict[Any, dict[str, Any]]], ...] = (
        (_PUT_LINE, before.lines, after.lines), (_PUT_SHOP, before.shops, after.shops),
        (_PUT_ATTEMPT, before.attempts, after.attempts), (_PUT_REFUND, before.refunds, after.refunds),
    )  # fmt: skip
    for statement, old, new in parts:
        rows = [row for key, row in new.items() if old.get(key) != row]
        if rows:
            conn.execute(statement, rows)
    return after


def _write_head(conn: Connection, order: Order, rev: int | None, now: datetime) -> None:
    row = {name: getattr(order, name) for name in _HEAD}
    row |= {
        "status": order.status.value, "place": to_plain(order.place), "rev": 1 if rev is None else rev + 1,
        "pay_token": order.payment.token, "pay_way": order.payment.way, "door_cents": order.payment.door_cents,
    }  # fmt: skip
    if rev is None:
        conn.execute(_NEW, {**row, "id": order.id, "created": now})
    elif conn.execute(_CHANGE, {**row, "an_id": order.id, "a_rev": rev}).rowcount != 1:
        raise Stale(f"order {order.id} was changed by someone else")


# --- runs ---------------------------------------------------------------------------------------------------------------

_STOPS = select(t.stop).where(t.stop.c.run_id.in_(bindparam("ids", expanding=True))).order_by(t.stop.c.place)
_NEW_RUN = t.run.insert()
_CHANGE_RUN = (
    update(t.run)
    .where(t.run.c.id == bindparam("an_id"), t.run.c.rev == bindparam("a_rev"))
    .values(**{c.name: bindparam(c.name) for c in t.run.c if c.name != "id"})
)
_PUT_STOP = upsert(t.stop, ["run_id", "place"], [c.name for c in t.stop.c])
_CUT_STOPS = text("DELETE FROM stop WHERE run_id = :run_id AND place >= :keep")


def read_runs(conn: Connection, heads: Sequence[Any]) -> list[tuple[Run, int]]:
    """Whole runs with their rev, for these rows of ``run``."""
    stops: dict[str, list[Stop]] = {head.id: [] for head in heads}
    if heads:
        for row in conn.execute(_STOPS, {"ids": list(stops)}):
            stops[row.run_id].append(Stop(row.kind, row.address, tuple(row.shops), row.order_id, row.crates, row.outcome))
    return [
        (Run(head.id, head.square, head.departure, RunStatus(head.status), head.courier, list(head.asked), list(head.declined),
             stops[head.id], head.offered_at), head.rev)
        for head in heads
    ]  # fmt: skip


def write_run(conn: Connection, run: Run, rev: int | None) -> int:
    """Save a run; returns its new rev. Raises Stale when it changed since it was read with ``rev`` (None: never saved)."""
    row = {
        "square": run.square, "departure": run.departure, "status": run.status.value, "courier": run.courier,
        "asked": run.asked, "declined": run.declined, "offered_at": run.offered_at, "rev": 1 if rev is None else rev + 1,
    }  # fmt: skip
    if rev is None:
        conn.execute(_NEW_RUN, {**row, "id": run.id})
    elif conn.execute(_CHANGE_RUN, {**row, "an_id": run.id, "a_rev": rev}).rowcount != 1:
        raise Stale(f"run {run.id} was changed by someone else")
    conn.execute(_CUT_STOPS, {"run_id": run.id, "keep": len(run.stops)})
    rows = [
        {"run_id": run.id, "place": place, "kind": stop.kind, "address": stop.address, "shops": list(stop.shops),
         "order_id": stop.order_id, "crates": stop.crates, "outcome": stop.outcome}
        for place, stop in enumerate(run.stops)
    ]  # fmt: skip
    if rows:
        conn.execute(_PUT_STOP, rows)
    return 1 if rev is None else rev + 1
