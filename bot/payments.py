"""Money: the pay page's payments, Mollie's hints, refunds, and catching up. Only what was fetched from Mollie is believed.

An attempt is committed as ``creating`` under our own id before Mollie is asked; the webhook may come before the answer.
Nothing is fetched inside a transaction; what was fetched is applied in one, so old states after new ones, or the same
twice, change nothing.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select, update

from bot import outbox
from bot.mollie import Declined, Fetched, Mollie, Unreachable
from bot.store import tables as t
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.store.writer import Writer
from bot.turns import Turns
from orders.events import Refunded
from orders.order import Order
from orders.payment import FINAL, Attempt

log = structlog.get_logger("dorpsbode.payments")

#: Two taps within this time are one: the same attempt, the same idempotency key, the same payment.
DOUBLE_TAP = timedelta(seconds=10)
#: An opened payment is looked at until this long after it was made: iDEAL dies after 15 minutes, cards and banks linger.
WATCHED = timedelta(hours=30)  # Mollie's own last webhook attempt comes after 26 hours
#: Somebody looks at the page: Mollie is asked again after this long. The page itself looks every four seconds.
LOOKED_AT = timedelta(seconds=3)
#: More attempts than this in an hour is no resident who pays.
MOST_ATTEMPTS = 20
#: Pauses before a refund is tried again.
REFUND_PAUSES = (5, 30, 120, 600, 3600)


class NotPayable(Exception):
    """Nothing can be paid with this link now."""


@dataclass
class Payments:
    """Everything that speaks to Mollie. ``tag`` makes an unguessable piece of a path; ``public_url`` is our own address."""

    writer: Writer
    turns: Turns
    mollie: Mollie
    tag: Callable[[str], str]
    public_url: str

    # --- paying -----------------------------------------------------------------------------------------------------
    async def checkout(self, token: str) -> str:
        """Make a fresh payment for the order of this link; returns the address to pay at.

        Raises NotPayable, Unreachable (the attempt stays; tap again), Declined.
        """
        order_id, number, attempt_id, cents = await self.writer.run(lambda tx: self._begin(tx, token))
        back, hook = f"{self.public_url}/b/{token}/klaar", f"{self.public_url}/mollie/{self.hook(attempt_id)}"
        description = f"Bestelling {number}"
        try:
            made = await self.mollie.create(attempt_id, cents, description, back, hook)
        except Unreachable:  # once more under the same key: if it was made, it is the same payment
            made = await self.mollie.create(attempt_id, cents, description, back, hook)
        except Declined:
            await self.writer.run(lambda tx: self._apply(tx, order_id, attempt_id, "failed"))
            raise
        await self.writer.run(lambda tx: self._opened(tx, order_id, attempt_id, made))
        if made.checkout_url is None:
            raise NotPayable(f"payment {made.provider_id} has no checkout")
        return made.checkout_url

    def _begin(self, tx: Tx, token: str) -> tuple[str, int, str, int]:
        store = Repository(tx)
        order = store.order_by_token(token)
        if order is None or not order.payable:
            raise NotPayable(token[:4])
        recent = [one for one in order.payment.attempts if tx.now - one.created_at < timedelta(hours=1)]
        tapped = next((one for one in recent if _just_tapped(one, order, tx.now)), None)
        if tapped is None:
            if len(recent) >= MOST_ATTEMPTS:
                raise NotPayable("too many attempts")
            tapped = Attempt(tx.new_id(), order.due_cents, tx.now)
            order.payment.attempts.append(tapped)
            store.save(order)
        return order.id, order.number, tapped.id, tapped.cents

    def _opened(self, tx: Tx, order_id: str, attempt_id: str, made: Fetched) -> None:
        store = Repository(tx)
        order = store.order(order_id)
        attempt = order.payment.attempt(attempt_id)
        assert attempt is not None
        attempt.provider_id, attempt.checkout_url = made.provider_id, made.checkout_url
        if attempt.status == "creating":
            attempt.status = "open"
        store.save(order)

    # --- hints ------------------------------------------------------------------------------------------------------
    def hook(self, attempt_id: str) -> str:
        """The last piece of the webhook address of one attempt: its id and a tag that nobody else can make."""
        return f"{attempt_id}.{self.tag('mollie ' + attempt_id)}"

    def genuine(self, piece: str) -> str | None:
        """The attempt a webhook address belongs to, or None when we did not make it."""
        attempt_id = piece.partition(".")[0]
        return attempt_id if hmac.compare_digest(self.hook(attempt_id).encode(), piece.encode()) else None

    async def hint(self, provider_id: str) -> None:
        """Something happened to a payment, says somebody: fetch it and apply what is so. Unknown ids change nothing."""
        fetched = await self.mollie.get(provider_id)
        if fetched is not None:
            await self.take(fetched)

    async def take(self, fetched: Fetched) -> None:
        """Apply a fetched payment."""
        await self.writer.run(lambda tx: self._take(tx, fetched))

    def _take(self, tx: Tx, fetched: Fetched) -> None:
        a, o = t.payment_attempt.c, t.orders.c
        ours = select(a.order_id, o.square).join(t.orders, o.id == a.order_id).where(a.id == fetched.attempt_id)
        row = tx.conn.execute(ours).first()
        if row is None:
            log.info("payment_not_ours", provider_id=fetched.provider_id)
            return
        tx.lock([f"square {row.square}"])
        store = Repository(tx)
        order = store.order(row.order_id)
        attempt = self._attempt_for(order, fetched, tx.now)
        if fetched.charged_back_cents:
            self._tell(tx, order, f"{fetched.provider_id}:chargeback", "De bank boekte een betaling terug")
        if (fetched.cents, fetched.currency) != (attempt.cents, "EUR"):
            self._tell(tx, order, f"{fetched.provider_id}:amount", "Een betaling heeft een ander bedrag dan gevraagd")
            return
        order.settle(attempt.id, fetched.status)
        store.save(order)
        self.turns.settle(tx, store)

    def _attempt_for(self, order: Order, fetched: Fetched, now: datetime) -> Attempt:
        """Our attempt behind a payment. A second payment under one attempt (its key was forgotten) becomes one of its own."""
        attempt = order.payment.attempt(fetched.attempt_id)
        assert attempt is not None
        if attempt.provider_id in (None, fetched.provider_id):
            attempt.provider_id = fetched.provider_id
            return attempt
        own = order.payment.attempt(f"{attempt.id}-{fetched.provider_id}")
        if own is None:
            own = Attempt(f"{attempt.id}-{fetched.provider_id}", fetched.cents, now, "open", fetched.provider_id)
            order.payment.attempts.append(own)
        return own

    def _apply(self, tx: Tx, order_id: str, attempt_id: str, status: str) -> None:
        store = Repository(tx)
        order = store.order(order_id)
        order.settle(attempt_id, status)
        store.save(order)
        self.turns.settle(tx, store)

    def _tell(self, tx: Tx, order: Order, key: str, what: str) -> None:
        outbox.tell_coordinators(tx, order.square, key, f"{what}: bestelling {order.number}. Kijk het na bij Mollie.")

    # --- catching up ------------------------------------------------------------------------------------------------
    async def catch_up(self, token: str | None = None) -> None:
        """Ask Mollie about every payment that is still open (of one pay link, or all): webhooks get lost."""
        rows = await self.writer.run(lambda tx: _open_attempts(tx, token))
        lost = {row.id: row for row in rows if row.provider_id is None}
        if lost:
            for one in await self.mollie.list_recent():
                if one.attempt_id in lost:
                    lost.pop(one.attempt_id)
                    await self.take(one)
        for row in lost.values():
            await self.writer.run(lambda tx, row=row: self._give_up_old(tx, row))  # type: ignore[misc]
        found = await asyncio.gather(*(self.mollie.get(row.provider_id) for row in rows if row.provider_id))
        for fetched in found:
            if fetched is not None and fetched.status not in ("open", "pending"):
                await self.take(fetched)

    def _give_up_old(self, tx: Tx, row: Any) -> None:
        """Mollie never made it: after an hour nobody can be at its checkout."""
        if tx.now - row.created_at > timedelta(hours=1):
            self._apply(tx, row.order_id, row.id, "failed")

    # --- giving back ------------------------------------------------------------------------------------------------
    async def refund_due(self) -> int:
        """Give back what was promised; returns how many refunds Mollie took on."""
        done = 0
        for row in await self.writer.run(_refunds_due):
            try:
                provider_id = await self._refund(row)
            except (Unreachable, Declined, LookupError) as wrong:
                why = str(wrong)[:300]
                await self.writer.run(lambda tx, row=row, why=why: self._refund_failed(tx, row, why))  # type: ignore[misc]
                continue
            await self.writer.run(lambda tx, row=row, got=provider_id: self._refunded(tx, row, got))  # type: ignore[misc]
            done += 1
        return done

    async def _refund(self, row: Any) -> str:
        if row.tries > 1:  # the answer to an earlier call may have got lost
            found = await self.mollie.find_refund(row.payment_id, row.id)
            if found:
                return found
        return await self.mollie.refund(row.payment_id, row.id, row.cents, row.why)

    def _refunded(self, tx: Tx, row: Any, provider_id: str) -> None:
        store = Repository(tx)
        order = store.order(row.order_id)
        refund = next(one for one in order.payment.refunds if one.id == row.id)
        if refund.done:
            return
        refund.done, refund.provider_id = True, provider_id
        order.events.append(Refunded(order.id, refund.cents, refund.why))
        store.save(order)
        self.turns.settle(tx, store)

    def _refund_failed(self, tx: Tx, row: Any, why: str) -> None:
        tx.conn.execute(update(t.refund).where(t.refund.c.id == row.id).values(error=why))
        if row.tries == len(REFUND_PAUSES):
            order = Repository(tx).order(row.order_id)
            self._tell(tx, order, f"{row.id}:stuck", "Terugbetalen lukt niet")


def _just_tapped(attempt: Attempt, order: Order, now: datetime) -> bool:
    fresh = attempt.status in ("creating", "open") and now - attempt.created_at < DOUBLE_TAP
    return fresh and attempt.cents == order.due_cents


def _open_attempts(tx: Tx, token: str | None) -> list[Any]:
    """Attempts whose end is not known; the older, the less often they are asked for."""
    a = t.payment_attempt.c
    query = select(t.payment_attempt).where(a.status.not_in(FINAL), a.created_at > tx.now - WATCHED)
    if token is not None:
        query = query.where(a.order_id.in_(select(t.orders.c.id).where(t.orders.c.pay_token == token)))
    rows = [row for row in tx.conn.execute(query.order_by(a.created_at)) if _time_to_ask(row, tx.now, looked_at=bool(token))]
    if rows:
        tx.conn.execute(update(t.payment_attempt).where(a.id.in_([row.id for row in rows])).values(checked_at=tx.now))
    return rows


def _time_to_ask(row: Any, now: datetime, *, looked_at: bool) -> bool:
    age = now - row.created_at
    pause = LOOKED_AT if looked_at else timedelta(minutes=1) if age < timedelta(minutes=20) else timedelta(minutes=15)
    return row.checked_at is None or now - row.checked_at >= pause


def _refunds_due(tx: Tx) -> list[Any]:
    """Refunds to ask for now, with Mollie's id of their payment; counted as tried before the call is made."""
    r, a = t.refund.c, t.payment_attempt.c
    rows = tx.conn.execute(
        select(t.refund, a.provider_id.label("payment_id"))
        .join(t.payment_attempt, a.id == r.attempt_id)
        .where(r.done.is_(False), a.provider_id.is_not(None), (r.due.is_(None)) | (r.due <= tx.now))
        .limit(20)
    ).all()
    for row in rows:
        pause = REFUND_PAUSES[min(row.tries, len(REFUND_PAUSES) - 1)]
        tx.conn.execute(
            update(t.refund).where(r.id == row.id).values(tries=row.tries + 1, due=tx.now + timedelta(seconds=pause))
        )
    return [_counted(row) for row in rows]


@dataclass(frozen=True, slots=True)
class _Refund:
    id: str
    order_id: str
    payment_id: str
    cents: int
    why: str
    tries: int


def _counted(row: Any) -> _Refund:
    return _Refund(row.id, row.order_id, row.payment_id, row.cents, row.why, row.tries + 1)
