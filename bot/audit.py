"""The books, checked on a live database: what was promised, told, taken and moved must agree. Every row found is a mistake.

Each check reads one moment of the database and changes nothing. ``dorpsbode audit`` prints the rows; the worker looks by itself
(``bot/auditor.py``) and tells the coordinators of the square once per finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text

from bot import outbox
from bot.store import catalogue, stockbook
from bot.store import tables as t
from bot.store.orders import read_orders
from bot.store.tx import Tx
from catalog.square import Square
from notifications.receipts import departure_named
from notifications.texts import euros
from orders.lines import ShopStatus
from orders.order import Order, Status

_OPEN = (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY)
#: So many orders are read and checked at a time, and then forgotten: some hundred kilobytes and a hundredth of a second.
_AT_ONCE = 50
_NEWEST = (
    select(t.orders)
    .where(t.orders.c.square == bindparam("slug"), t.orders.c.number < bindparam("below"))
    .where(text("number > 0"), t.orders.c.status != "draft")
    .order_by(t.orders.c.number.desc())
    .limit(_AT_ONCE)
)
_ABOVE_ALL = 2**31 - 1
_BUBBLE = t.outbound.c
_OF_ORDERS = select(_BUBBLE.order_id, _BUBBLE.key).where(
    _BUBBLE.order_id.in_(bindparam("ids", expanding=True)), text("order_id <> ''")
)
_NAMED = select(_BUBBLE.key).where(_BUBBLE.key.in_(bindparam("names", expanding=True)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not right. ``check`` and ``subject`` name it for ever; ``text`` says it in Dutch."""

    check: str
    subject: str
    square: str
    text: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long something may take before it counts as stuck, and how far back orders are looked at."""

    bubble: timedelta = timedelta(minutes=10)
    lease: timedelta = timedelta(minutes=2)
    inbound: timedelta = timedelta(minutes=15)
    timer: timedelta = timedelta(minutes=5)
    refund: timedelta = timedelta(hours=1)
    round: timedelta = timedelta(hours=24)
    payment: timedelta = timedelta(hours=31)
    back: timedelta = timedelta(days=21)


@dataclass(frozen=True)
class Books:
    """What the checks look at: one open transaction at one moment. ``rest`` is called after each piece of work."""

    conn: Connection
    now: datetime
    patience: Patience
    rest: Callable[[], None]

    def orders(self) -> Iterator[list[Order]]:
        """Every order that was placed lately, whole, some at a time, of each square the newest first."""
        for slug in catalogue.slugs(self.conn):
            below = _ABOVE_ALL
            while heads := self._lately(slug, below):
                yield [order for order, _ in read_orders(self.conn, heads)]
                below = heads[-1].number
                self.rest()

    def _lately(self, slug: str, below: int) -> list[Any]:
        """Numbers are given as orders are placed: when none of so many is young enough, no older one is."""
        heads, since = self.conn.execute(_NEWEST, {"slug": slug, "below": below}), self.now - self.patience.back
        return [head for head in heads if head.placed_at and head.placed_at > since]

    @cached_property
    def squares(self) -> dict[str, Square]:
        """All squares, without their products."""
        return {
            slug: found
            for slug in catalogue.slugs(self.conn)
            if (found := catalogue.load(self.conn, slug, whole=False)) is not None
        }


def _hurry() -> None:
    """No rest."""


def audit(
    conn: Connection,
    now: datetime,
    patience: Patience | None = None,
    only: Iterable[str] = (),
    rest: Callable[[], None] = _hurry,
) -> list[Finding]:
    """Run the checks (or ``only`` these, by name); returns what is not right, empty when the books are."""
    books, names = Books(conn, now, patience or Patience(), rest), list(only) or list(CHECKS)
    of_orders = [OF_ORDERS[name] for name in names if name in OF_ORDERS]
    findings = (
        [found for orders in books.orders() for check in of_orders for found in check(books, orders)] if of_orders else []
    )
    for name in names:
        if name in OF_ROWS:
            findings += OF_ROWS[name](books)
            rest()
    return findings


def tell(tx: Tx, findings: Sequence[Finding]) -> None:
    """Tell the coordinators of the square once per finding; what belongs to no square is told to all of them."""
    for found in findings:
        everyone = [found.square] if found.square else tx.catalogue.slugs()
        for square in everyone:
            key = f"audit:{found.check}:{found.subject}:{square}"
            outbox.tell_coordinators(tx, square, key, f"Bij de controle gevonden: {found.text}")


# --- orders --------------------------------------------------------------------------------------------------------------


def _numbers(books: Books) -> Iterator[Finding]:
    """Every placed order has a number of its own; no draft has one."""
    o = t.orders.c
    twice = books.conn.execute(
        select(o.square, o.number).where(o.number > 0).group_by(o.square, o.number).having(func.count() > 1)
    )
    for row in twice:
        yield Finding("nummer", f"{row.square}:{row.number}", row.square, f"Nummer {row.number} is twee keer gegeven.")
    wrong = books.conn.execute(select(t.orders).where((o.status == "draft") != (o.number == 0)))
    for row in wrong:
        yield Finding("nummer", row.id, row.square, f"Bestelling {row.id} heeft nummer {row.number} en staat op {row.status}.")


def _states(books: Books, orders: Sequence[Order]) -> Iterator[Finding]:
    """The state of an order agrees with its lines and with what its shops said."""
    for order in orders:
        why = _contradiction(order)
        if why:
            yield Finding("toestand", order.id, order.square, f"Bestelling {order.number} {why}.")


def _contradiction(order: Order) -> str:
    shares = {share.shop: share for share in order.shops}
    open_shops = {line.shop for line in order.open_lines}
    waiting = [shop for shop in open_shops if shop in shares and shares[shop].status is ShopStatus.WAITING]
    if not order.lines:
        return "heeft geen regels"
    if {line.shop for line in order.lines} - set(shares):
        return "heeft regels van een winkel die er niet bij staat"
    if order.status is Status.ACCEPTED and waiting:
        return f"staat op aangenomen, maar {waiting[0]} zei nog niets"
    if order.status is Status.PLACED and not waiting:
        return "wacht, terwijl alle winkels ja zeiden"
    if order.status is not Status.CANCELLED and not open_shops:
        return "heeft niets meer te bezorgen, maar is niet geannuleerd"
    return ""


def _rounds(books: Books, orders: Sequence[Order]) -> Iterator[Finding]:
    """An order whose round is over has ended: delivered or cancelled."""
    for order in orders:
        square = books.squares.get(order.square)
        departure = departure_named(square, order.departure) if square and order.status in _OPEN else None
        if departure is not None and departure.ends_at + books.patience.round < books.now:
            text = f"De rit van bestelling {order.number} is voorbij, maar zij staat op {order.status}."
            yield Finding("voorbij", order.id, order.square, text)


def _notices(books: Books, orders: Sequence[Order]) -> Iterator[Finding]:
    """Everyone whom an order concerns was told, or it stands written why not."""
    told, loose = _told(books.conn, orders)
    for order in orders:
        for missing in _not_told(order, told.get(order.id, []), loose):
            text = f"Bestelling {order.number}: {missing} kreeg geen bericht."
            yield Finding("bericht", f"{order.id}:{missing}", order.square, text)


def _told(conn: Connection, orders: Sequence[Order]) -> tuple[dict[str, list[str]], set[str]]:
    """Keys of all bubbles per order id, and those of answers and bundled alerts."""
    told: dict[str, list[str]] = {}
    for row in conn.execute(_OF_ORDERS, {"ids": [order.id for order in orders]}):
        told.setdefault(row.order_id, []).append(row.key)
    named = [key for order in orders for key in (_confirmation(order), *(_bundle(order, one.shop) for one in order.shops))]
    return told, set(conn.execute(_NAMED, {"names": named}).scalars())


def _confirmation(order: Order) -> str:
    """The key of the answer that said that the order stands: evidence is ``channel:event:words``."""
    return ":".join([*order.evidence.split(":")[:2], "reply"])


def _bundle(order: Order, shop: str) -> str:
    return f"{order.square}:{shop}:{order.departure}:bundle"


def _not_told(order: Order, keys: Sequence[str], loose: set[str]) -> Iterator[str]:
    if order.evidence and _confirmation(order) not in loose:
        yield "de bewoner (geplaatst)"
    for share in order.shops:
        if share.announced and _bundle(order, share.shop) not in loose and not _alerted(order, share.shop, keys):
            yield f"winkel {share.shop}"
    resident = [key for key in keys if key.startswith(f"{order.id}:")]
    if order.status is Status.ACCEPTED and not resident:
        yield "de bewoner (aangenomen)"
    if order.status is Status.ON_THE_WAY and not _any(resident, "on-the-way", "not-yet"):
        yield "de bewoner (onderweg)"
    if order.status is Status.DELIVERED and not _any(resident, "delivered"):
        yield "de bewoner (bezorgd)"


def _alerted(order: Order, shop: str, keys: Sequence[str]) -> bool:
    """An alert of this shop; two shops of one person share a bubble under the first one's key."""
    return _any(keys, shop) or any(_any(keys, share.shop) for share in order.shops)


def _any(keys: Iterable[str], *kinds: str) -> bool:
    return any(kind in key.split(":")[1:] for key in keys for kind in kinds)


def _stock(books: Books) -> Iterator[Finding]:
    """What is left and what orders hold make together what there was when counting began."""
    for one in stockbook.differences(books.conn):
        text = f"De voorraad van {one.product} klopt niet: {one.began} geteld, {one.left} over, {one.held} besteld."
        yield Finding("voorraad", one.product, one.square, text)


# --- money ---------------------------------------------------------------------------------------------------------------


def _money(books: Books, orders: Sequence[Order]) -> Iterator[Finding]:
    """Money in is money kept plus money promised back; nothing is kept beyond what the order costs."""
    for order in orders:
        why = _money_wrong(order)
        if why:
            yield Finding("geld", order.id, order.square, f"Bestelling {order.number}: {why}.")


def _money_wrong(order: Order) -> str:
    owed = 0 if order.status is Status.CANCELLED else order.total_cents
    online = order.payment.kept_cents - order.payment.door_cents
    if order.payment.kept_cents < 0:
        return f"er is {euros(-order.payment.kept_cents)} te veel terugbetaald"
    if online > owed:
        return f"er is {euros(online)} gehouden, maar zij kost {euros(owed)}"
    for attempt in order.payment.attempts:
        back = sum(refund.cents for refund in order.payment.refunds if refund.attempt_id == attempt.id)
        if back != attempt.refunded_cents or (back and attempt.status != "paid") or back > attempt.cents:
            return f"de terugbetalingen van poging {attempt.id} kloppen niet ({euros(back)})"
    return ""


def _refunds(books: Books) -> Iterator[Finding]:
    """Money promised back was given back within the hour."""
    r, o = t.refund.c, t.orders.c
    late = books.conn.execute(
        select(t.refund, o.square, o.number, o.changed_at)
        .join(t.orders, o.id == r.order_id)
        .where(r.done.is_(False), o.changed_at < books.now - books.patience.refund)
    )
    for row in late:
        text = f"{euros(row.cents)} van bestelling {row.number} is nog niet terugbetaald ({row.tries} keer geprobeerd)."
        yield Finding("terugbetaling", row.id, row.square, text)


def _attempts(books: Books) -> Iterator[Finding]:
    """The end of every payment is known."""
    a, o = t.payment_attempt.c, t.orders.c
    hanging = books.conn.execute(
        select(t.payment_attempt, o.square, o.number)
        .join(t.orders, o.id == a.order_id)
        .where(a.status.in_(("creating", "open", "pending", "authorized")), a.created_at < books.now - books.patience.payment)
    )
    for row in hanging:
        yield Finding(
            "betaling", row.id, row.square, f"Van een betaling voor bestelling {row.number} is het einde niet bekend."
        )


# --- the engine ------------------------------------------------------------------------------------------------------------


def _bubbles(books: Books) -> Iterator[Finding]:
    """Nothing waits or is being sent beyond its time; what ended without arriving says why."""
    o = t.outbound.c
    late = (o.state == "queued") & (o.due < books.now - books.patience.bubble)
    dead = (o.state == "sending") & (o.lease_until < books.now - books.patience.lease)
    for row in books.conn.execute(select(t.outbound).where(late | dead)):
        what = "wacht te lang" if row.state == "queued" else "bleef steken tijdens het versturen"
        text = f"Bericht {row.id} ({row.channel}) {what}. Kijk met: dorpsbode outbox list"
        yield Finding("bezorging", f"{row.id}", row.square, text)


def _ends(books: Books) -> Iterator[Finding]:
    """What did not arrive says why; what matters and whose fate nobody knows is named."""
    o = t.outbound.c
    silent = (o.state != "unknown") & (o.error == "")
    lost = (o.state == "unknown") & (o.if_unknown == "resend")
    lately = o.created > books.now - books.patience.back
    for row in books.conn.execute(select(o.id, o.channel, o.square, o.state).where(t.ENDED_ILL, lately, silent | lost)):
        what = "kwam misschien niet aan" if row.state == "unknown" else f"is {row.state} zonder reden"
        yield Finding("einde", f"{row.id}", row.square, f"Bericht {row.id} ({row.channel}) {what}.")


def _inbound(books: Books) -> Iterator[Finding]:
    """Every message that came in was handled."""
    i = t.inbound.c
    old = i.received_at < books.now - books.patience.inbound
    failed = (i.state == "failed") & (i.due < books.now - books.patience.inbound)
    for row in books.conn.execute(select(t.inbound).where(failed | ((i.state == "waiting") & old) | (i.state == "aside"))):
        what = "staat apart" if row.state == "aside" else "wacht te lang"
        text = f"Binnengekomen bericht {row.id} {what}. Kijk met: dorpsbode inbox failed"
        yield Finding("inkomend", f"{row.id}", _square_of(books.conn, row.lane), text)


def _square_of(conn: Connection, person: str) -> str:
    return str(conn.execute(select(t.conversation.c.square).where(t.conversation.c.person == person)).scalar() or "")


def _timers(books: Books) -> Iterator[Finding]:
    """Nothing that was due is still waiting; nothing was set aside."""
    k = t.timer.c
    late = (k.state == "waiting") & (k.due < books.now - books.patience.timer)
    for row in books.conn.execute(select(t.timer).where(late | (k.state == "aside"))):
        what = "staat apart na een fout" if row.state == "aside" else "is te laat"
        yield Finding("klok", f"{row.kind}:{row.subject}", "", f"De wekker {row.kind} voor {row.subject} {what}.")


#: Checks of each order, and of all rows of some kind.
OF_ORDERS: dict[str, Callable[[Books, Sequence[Order]], Iterator[Finding]]] = {
    "toestand": _states,
    "voorbij": _rounds,
    "bericht": _notices,
    "geld": _money,
}
OF_ROWS: dict[str, Callable[[Books], Iterator[Finding]]] = {
    "nummer": _numbers,
    "voorraad": _stock,
    "terugbetaling": _refunds,
    "betaling": _attempts,
    "bezorging": _bubbles,
    "einde": _ends,
    "inkomend": _inbound,
    "klok": _timers,
}
CHECKS = (*OF_ORDERS, *OF_ROWS)
#: What must be known the same hour: these run every five minutes.
STUCK = ("bezorging", "einde", "inkomend", "klok")
