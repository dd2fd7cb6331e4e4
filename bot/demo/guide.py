"""What to do next on the demo page, read from how the newest order stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.demo.cast import Player
from bot.store import tables as t
from bot.store.orders import read_orders, read_runs
from catalog.square import AMSTERDAM, Square
from orders.lines import ShopStatus
from orders.order import Order, Status
from orders.run import Run, RunStatus

#: The five steps as the page names them: Bestellen, Winkels, Betalen, Rit, Bezorgd.
ORDER, SHOPS, PAY, RIDE, DONE = range(5)
_ROUND = "Zet de klok op ‘Vlak voor de rit’."
Next = tuple[int, str]


def next_step(conn: Connection, square: Square, people: Mapping[str, Player], now: datetime) -> Next:
    """The step (0–4, 5 = all done) and one sentence about what to tap now. ``people``: players by person id."""
    order = _newest(conn, square.slug)
    if order is None or order.status is Status.CANCELLED:
        return ORDER, _to_order(conn, people)
    resident = people[order.resident].name if order.resident in people else "de bewoner"
    if order.status is Status.DELIVERED:
        return DONE + 1, _to_order(conn, people, f"Bezorgd bij {resident}! Bestel gerust nog eens.")
    waiting = [share.shop for share in order.shops if share.status is ShopStatus.WAITING]
    if order.status is Status.PLACED and waiting:
        return SHOPS, _to_answer(square, waiting)
    if order.payable:
        return PAY, f"Tik bij {resident} op Betalen."
    if order.place.pickup:
        return RIDE, "De bestelling wordt opgehaald. Laat de winkels op ‘Staat klaar’ tikken."
    return _ride(_run(conn, order), people, now)


def _newest(conn: Connection, slug: str) -> Order | None:
    o = t.orders.c
    heads = conn.execute(select(t.orders).where(o.square == slug, o.status != "draft").order_by(o.number.desc()).limit(1)).all()
    return next((order for order, _ in read_orders(conn, heads)), None)


def _run(conn: Connection, order: Order) -> Run | None:
    where = (t.run.c.square == order.square) & (t.run.c.departure == order.departure)
    return next((run for run, _ in read_runs(conn, conn.execute(select(t.run).where(where)).all())), None)


def _to_order(conn: Connection, people: Mapping[str, Player], otherwise: str = "") -> str:
    o, line = t.orders.c, t.order_line.c
    filled = select(o.resident).join(t.order_line, line.order_id == o.id).where(o.status == "draft")
    drafts = filled.order_by(o.changed_at.desc())
    busy: Any = next((people[one] for one in conn.execute(drafts).scalars() if one in people), None)
    if busy is not None:
        return f"Maak de bestelling van {busy.name} af."
    first = next(iter(people.values())).name
    return otherwise or f"Typ iets op de telefoon van {first}. Of kies een voorbeeld."


def _to_answer(square: Square, waiting: list[str]) -> str:
    if len(waiting) > 1:
        return f"Laat de {len(waiting)} winkels antwoorden: tik bij elk op OK."
    shop = square.shop_by_slug.get(waiting[0])
    return f"Laat {shop.name if shop else waiting[0]} antwoorden: tik daar op OK."


def _ride(run: Run | None, people: Mapping[str, Player], now: datetime) -> Next:
    if run is None:
        return RIDE, f"Alles is geregeld. {_ROUND}"
    if run.status is RunStatus.OPEN:
        asked = [people[one].name for one in run.asked if one in people]
        return RIDE, f"Laat {asked[-1]} Ja zeggen tegen de rit." if asked else _ROUND
    courier = people[run.courier].name if run.courier and run.courier in people else "de koerier"
    if run.status is RunStatus.STARTED:
        return RIDE, f"Laat {courier} bij elke halte op Klaar tikken."
    today = run.departure[:10] == now.astimezone(AMSTERDAM).date().isoformat()
    return RIDE, f"Laat {courier} op Start tikken." if today else f"{courier} rijdt. {_ROUND}"


def orders_placed(conn: Connection, slug: str) -> int:
    """How many orders were placed."""
    return sum(1 for _ in conn.execute(select(t.orders.c.id).where(t.orders.c.square == slug, t.orders.c.status != "draft")))
