"""The books at the end of a story: the bot's own audit, and what the platforms and the phones of people say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from bot import audit
from bot.faults.story import Story
from bot.faults.village import SQUARE, STOCK
from bot.faults.wiped import nobody
from bot.faults.world import World
from bot.store import stockbook
from bot.store import tables as t
from bot.store.orders import read_orders
from orders.order import Order, Status


def check(story: Story, *, rested: bool) -> list[str]:
    """Everything that a person would not accept; empty when the books are right."""
    world = story.world
    with world.looking() as conn:
        baskets = [order for order, _ in read_orders(conn, conn.execute(select(t.orders)).all())]
        orders = [order for order in baskets if order.status is not Status.DRAFT]
        wrong = [] if rested else ["the world does not come to rest"]
        wrong += [f"{name} gets no answer any more" for name in story.silent] + story.left
        names = [name for name in audit.CHECKS if name != "einde"]  # what ended unknown is looked at in _told
        wrong += [f"audit {found.check}: {found.text}" for found in audit.audit(conn, world.clock.now(), only=names)]
        wrong += [
            *_promises(story, orders, conn),
            *_asked(story, baskets),
            *_money(world, orders),
            *_stock(conn),
            *_told(world, conn, orders),
        ]
        wrong += [*_heard(world, conn), *_duplicates(world, conn)]
    return wrong + [f"rule broken: {one}" for standin in world.standins for one in standin.violations]


def _promises(story: Story, orders: list[Order], conn: Connection) -> Iterator[str]:
    """Each press of the order button made at most one order, of what was shown above that button; numbers have no holes."""
    shown = {_squeezed(text) for one in story.residents for text in one.presses}
    told = Counter(order.evidence.split(":")[1] for order in orders if order.evidence)  # who was wiped left none
    yield from (f"event {event} made {many} orders" for event, many in told.items() if many > 1)
    numbers = sorted(order.number for order in orders)
    if numbers != list(range(1000, 1000 + len(numbers))):
        yield f"numbers have holes: {numbers}"
    for order in orders:
        names = [line.name for line in order.lines if line.number <= _agreed(order)]
        if not any(all(name in text for name in names) and _amounts(order) <= Counter(text.split()) for text in shown):
            yield f"order {order.number} ({_amounts(order)}) was never shown like that to anybody who pressed the button"
    rides = any(":left-behind" in key or "on-the-way" in key for key in conn.execute(select(t.outbound.c.key)).scalars())
    if rides and conn.execute(select(t.run)).first() is None:
        yield "nobody was asked to ride"
    still = [order for order in orders if order.status not in (Status.DELIVERED, Status.CANCELLED)]
    yield from (f"order {order.number} ends as {order.status}" for order in still)


def _asked(story: Story, baskets: list[Order]) -> Iterator[str]:
    """Nobody has more in orders and basket together than they ever asked for: what was said once counts once."""
    for resident in story.residents:
        mine = [order for order in baskets if order.resident in story.ids[resident.phone.who.name]]
        has: Counter[str] = Counter()
        for line in (line for order in mine for line in order.lines if not _swapped(order, line)):
            has[line.product_id] += line.amount
        yield from (f"{resident.phone.who.name} asked for {resident.asked[product]} of {product} and got {many}"
                    for product, many in has.items() if many > resident.asked[product])  # fmt: skip


def _agreed(order: Order) -> int:
    """How many lines the order had when it was placed: swapped ones come after."""
    return len([line for line in order.lines if not _swapped(order, line)])


def _swapped(order: Order, line: Any) -> bool:
    return any(one.sold_out and one.said == line.said and one.number < line.number for one in order.lines)


def _amounts(order: Order) -> Counter[str]:
    """How often each number of pieces is promised, as the summary writes it (``2 x``)."""
    return Counter(str(line.amount) for line in order.lines if not line.by_weight and not _swapped(order, line))


def _squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _money(world: World, orders: list[Order]) -> Iterator[str]:
    """Every euro at Mollie belongs to one order, or went back."""
    ours = {attempt.provider_id: (order, attempt) for order in orders for attempt in order.payment.attempts}
    kept: Counter[str] = Counter()
    for payment in world.mollie.payments.values():
        if payment.status != "paid":
            continue
        known = ours.get(payment.id)
        if known is None:
            yield f"{payment.id}: {payment.cents} cents were paid for nothing ({payment.wish.get('metadata')})"
            continue
        if payment.refunded > payment.cents:
            yield f"{payment.id}: {payment.refunded} given back of {payment.cents}"
        kept[known[0].id] += payment.cents - payment.refunded
    for order in orders:
        expected = order.payment.kept_cents - order.payment.door_cents
        if kept[order.id] != expected:
            yield f"order {order.number}: Mollie kept {kept[order.id]}, the order says {expected}"
        if order.status is Status.CANCELLED and kept[order.id]:
            yield f"order {order.number} is cancelled but {kept[order.id]} cents were kept"
        yield from (f"refund {one.id} was never done" for one in order.payment.refunds if not one.done)


def _stock(conn: Connection) -> Iterator[str]:
    for product, began in STOCK.items():
        shop, _, sku = product.partition("/")
        p = t.product.c
        left = conn.execute(select(p.stock).where(p.shop == shop, p.sku == sku)).scalar_one()
        held = stockbook.held(conn, SQUARE.slug, product)
        if left is None or left < 0 or left + held != began:
            yield f"stock of {product}: {began} began, {left} left, {held} held"


def _told(world: World, conn: Connection, orders: list[Order]) -> Iterator[str]:
    """What was sent arrived; what matters did not get lost; the resident and each shop can read of each order."""
    gone = set(conn.execute(nobody()).scalars())
    for row in conn.execute(select(t.outbound).order_by(t.outbound.c.id)):
        arrived = row.key in world.ledger.executed or _answered_for(world, row.key)
        if row.state == "sent" and not arrived:
            yield f"{row.key} counts as sent but never arrived: {row.body[:60]!r}"
        if row.person in gone:
            continue  # what still waited for somebody who was wiped was for nobody any more
        if row.state == "unknown" and row.if_unknown == "resend" and not arrived:
            yield f"{row.key} was given up: {row.body[:60]!r} ({row.error})"
        if row.topic == "reply" and not row.order_id and ("reservekopie" in row.error or row.error.startswith("te laat")):
            continue  # talk that is more than an hour old: whoever still wants to know asks again
        if row.state in ("refused", "dropped") or (row.state == "held" and row.topic != "reply"):
            yield f"{row.key} ended {row.state}: {row.error}"
    told = {key for order in orders if order.evidence and not _answered_for(world, key := _key_of(order))} - set(
        world.ledger.executed
    )
    yield from (f"nobody was told that the order stands: {key}" for key in sorted(told))


def _answered_for(world: World, key: str) -> bool:
    """Whether a coordinator read that this may not have arrived: what was lost twice is a matter for people."""
    return any(one.startswith(f"{key}:undelivered") for one in world.ledger.executed)


def _key_of(order: Order) -> str:
    return ":".join([*order.evidence.split(":")[:2], "reply"])


def _heard(world: World, conn: Connection) -> Iterator[str]:
    """Everything that people said was handled, once."""
    done = Counter((row.channel, row.event_id) for row in conn.execute(select(t.inbound)) if row.state == "done")
    said = [("whatsapp", message.sid) for message in world.twilio.messages.values() if message.inbound]
    yield from (f"{one} was not handled" for one in said if one not in done)
    waiting = world.telegram.updates.pending()
    yield from (f"update {one['update_id']} never came in" for one in waiting)
    yield from (f"update {one['update_id']} expired" for one in world.telegram.updates.expired if "message" in one)
    first, last = 700_000_001, world.telegram.updates._number
    seen = {int(event) for channel, event in done if channel == "telegram"}
    expired = {one["update_id"] for one in world.telegram.updates.expired}
    yield from (f"update {n} was lost" for n in range(first, last + 1) if n not in seen and n not in expired)


def _duplicates(world: World, conn: Connection) -> Iterator[str]:
    """At most one duplicate per break, only of what was in the air then, and none where the platform can be asked."""
    channel = {row.key: row.channel for row in conn.execute(select(t.outbound.c.key, t.outbound.c.channel))}
    blind = any("ListMessage" in one for one in world.strikes.struck) or len(world.strikes.struck) > 3
    for key, extra in world.ledger.extras().items():
        if extra > world.ledger.excused[key] and not world.troubled:
            yield f"{key} arrived {extra + 1} times without reason"
        elif channel.get(key) == "whatsapp" and not blind and not world.troubled:
            yield f"{key} arrived {extra + 1} times although Twilio could be asked"
