"""The books, checked on a live database: what was promised, told, taken and moved must agree. Every row found is a mistake.

Each check reads and changes nothing. ``dorpsbode audit`` prints the rows; the worker runs all checks hourly and those for what
is stuck every five minutes, and tells the coordinators of the square once per finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

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
_AT_ONCE = 200


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


@dataclass(frozen=True, slots=True)
class Books:
    """What the checks look at: one open transaction at one moment."""

    conn: Connection
    now: datetime
    patience: Patience

    def orders(self) -> Iterator[Order]:
        """Every order that was placed lately, whole."""
        o = t.orders.c
        since = self.now - self.patience.back
        heads = self.conn.execute(
            select(t.orders).where(o.status != "draft", o.placed_at > since).order_by(o.square, o.number)
        ).all()
        for at in range(0, len(heads), _AT_ONCE):
            yield from (order for order, _ in read_orders(self.conn, heads[at : at + _AT_ONCE]))

    def squares(self) -> dict[str, Square]:
        """All squares, without their products."""
        return {
            slug: found
            for slug in catalogue.slugs(self.conn)
            if (found := catalogue.load(self.conn, slug, whole=False)) is not None
        }


def audit(conn: Connection, now: datetime, patience: Patience | None = None, only: Iterable[str] = ()) -> list[Finding]:
    """Run the checks (or ``only`` these, by name); returns what is not right, empty when the books are."""
    books = Books(conn, now, patience or Patience())
    names = list(only) or list(CHECKS)
    return [found for name in names for found in CHECKS[name](books)]


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


def _states(books: Books) -> Iterator[Finding]:
    """The state of an order agrees with its lines and with what its shops said."""
    for order in books.orders():
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


def _rounds(books: Books) -> Iterator[Finding]:
    """An order whose round is over has ended: delivered or cancelled."""
    squares = books.squares()
    for order in books.orders():
        square = squares.get(order.square)
        departure = departure_named(square, order.departure) if square and order.status in _OPEN else None
        if departure is not None and departure.ends_at + books.patience.round < books.now:
            text = f"De rit van bestelling {order.number} is voorbij, maar zij staat op {order.status}."
            yield Finding("voorbij", order.id, order.square, text)


def _notices(books: Books) -> Iterator[Finding]:
    """Everyone whom an order concerns was told, or it stands written why not."""
    orders = list(books.orders())
    for at in range(0, len(orders), _AT_ONCE):
        part = orders[at : at + _AT_ONCE]
        told = _told(books.conn, part)
        for order in part:
            for missing in _not_told(order, told):
                text = f"Bestelling {order.number}: {missing} kreeg geen bericht."
                yield Finding("bericht", f"{order.id}:{missing}", order.square, text)


def _told(conn: Connection, orders: Sequence[Order]) -> dict[str, list[str]]:
    """Keys of all bubbles per order id; those of answers and bundled alerts under ""."""
    o = t.outbound.c
    told: dict[str, list[str]] = {"": []}
    for row in conn.execute(select(o.order_id, o.key).where(o.order_id.in_([order.id for order in orders]))):
        told.setdefault(row.order_id, []).append(row.key)
    named = [key for order in orders for key in (_confirmation(order), *(_bundle(order, one.shop) for one in order.shops))]
    told[""] += conn.execute(select(o.key).where(o.key.in_(named))).scalars()
    return told


def _confirmation(order: Order) -> str:
    """The key of the answer that said that the order stands: evidence is ``channel:event:words``."""
    return ":".join([*order.evidence.split(":")[:2], "reply"])


def _bundle(order: Order, shop: str) -> str:
    return f"{order.square}:{shop}:{order.departure}:bundle"


def _not_told(order: Order, told: dict[str, list[str]]) -> Iterator[str]:
    keys, loose = told.get(order.id, []), set(told[""])
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


def _money(books: Books) -> Iterator[Finding]:
    """Money in is money kept plus money promised back; nothing is kept beyond what the order costs."""
    for order in books.orders():
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
    silent = o.state.in_(("refused", "held", "dropped")) & (o.error == "")
    lost = (o.state == "unknown") & (o.if_unknown == "resend")
    for row in books.conn.execute(select(t.outbound).where(silent | lost, o.created > books.now - books.patience.back)):
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


CHECKS: dict[str, Callable[[Books], Iterator[Finding]]] = {
    "nummer": _numbers,
    "toestand": _states,
    "voorbij": _rounds,
    "bericht": _notices,
    "voorraad": _stock,
    "geld": _money,
    "terugbetaling": _refunds,
    "betaling": _attempts,
    "bezorging": _bubbles,
    "einde": _ends,
    "inkomend": _inbound,
    "klok": _timers,
}
#: What must be known the same hour: these run every five minutes.
STUCK = ("bezorging", "einde", "inkomend", "klok")


@dataclass
class Watch:
    """The audit inside a worker. Quiet for a while after the start: what piled up while all was down is being worked off."""

    run: Callable[[Callable[[Tx], Any]], Any]
    now: Callable[[], datetime]
    started: datetime | None = None
    settled: timedelta = timedelta(minutes=10)
    every: timedelta = timedelta(hours=1)
    _last: datetime | None = None

    async def tick(self) -> int:
        """Look (all checks once per ``every``, else only for what is stuck) and tell; returns how many findings there are."""
        now = self.now()
        self.started = self.started or now
        if now - self.started < self.settled:
            return 0
        whole = self._last is None or now - self._last >= self.every
        self._last = now if whole else self._last
        found: int = await self.run(lambda tx: look_and_tell(tx, () if whole else STUCK))
        return found


def look_and_tell(tx: Tx, only: Iterable[str] = ()) -> int:
    """Run checks inside a transaction and tell the coordinators; returns how many findings there are."""
    findings = audit(tx.conn, tx.now, only=only)
    tell(tx, findings)
    return len(findings)
