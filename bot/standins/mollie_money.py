"""What Mollie keeps: payments, refunds and chargebacks, their states and their webhooks. No HTTP here but the webhooks'."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bot.standins.common import Hook, StandIn, utc

Json = dict[str, Any]

_CALLED = ("paid", "authorized", "expired", "failed", "canceled")
_STAMPS = {"paid": "paidAt", "canceled": "canceledAt", "expired": "expiredAt", "failed": "failedAt",
           "authorized": "authorizedAt"}  # fmt: skip


class WrongState(ValueError):
    """That cannot happen to this payment any more."""


@dataclass
class Refund:
    """Money on its way back."""

    id: str
    payment_id: str
    cents: int
    description: str
    metadata: Any
    created: datetime
    status: str = "pending"


@dataclass
class Chargeback:
    """Money that the bank took back."""

    id: str
    payment_id: str
    cents: int
    created: datetime
    reversed_at: datetime | None = None


@dataclass
class Payment:
    """One attempt to pay. ``wish`` is what the bot asked for; ``method`` what was chosen; ``stamps`` when it came into each
    state."""

    id: str
    wish: Json
    cents: int
    created: datetime
    expires: datetime
    status: str = "open"
    method: str | None = None
    stamps: dict[str, datetime] = field(default_factory=dict)
    refunds: list[Refund] = field(default_factory=list)
    chargebacks: list[Chargeback] = field(default_factory=list)
    fixed_method: bool = False

    @property
    def refunded(self) -> int:
        """Cents that went back or are on their way."""
        return sum(refund.cents for refund in self.refunds if refund.status not in ("failed", "canceled"))

    @property
    def charged_back(self) -> int:
        """Cents that the bank holds."""
        return sum(item.cents for item in self.chargebacks if item.reversed_at is None)


@dataclass
class Link:
    """A payment link: every visit opens a payment until one is paid."""

    id: str
    wish: Json
    created: datetime
    payments: list[Payment] = field(default_factory=list)

    @property
    def paid_at(self) -> datetime | None:
        """When the first payment was paid."""
        return next((payment.stamps["paidAt"] for payment in self.payments if "paidAt" in payment.stamps), None)


class Till(StandIn):
    """The payments of one account and what happens to them."""

    def _till(self, seed: int, refund_seconds: float) -> None:
        self.payments: dict[str, Payment] = {}
        self.links: dict[str, Link] = {}
        self.refund_seconds = refund_seconds
        self._dice = random.Random(seed)

    def make_id(self, prefix: str) -> str:
        """An id as Mollie makes them, from the seeded dice."""
        return prefix + "".join(self._dice.choices(string.ascii_letters + string.digits, k=12))

    def open_payment(self, wish: Json) -> Payment:
        """A new open payment, which expires by itself."""
        method = wish.get("method")
        method = method[0] if isinstance(method, list) and len(method) == 1 else method
        chosen = method if isinstance(method, str) else None
        expiry = self.book["mollie.expiry"].limit
        now = utc(self.clock())
        expires = now + timedelta(seconds=expiry.get(chosen or "other", expiry["other"]))
        cents = to_cents(wish["amount"]["value"])
        payment = Payment(self.make_id("tr_"), wish, cents, now, expires, method=chosen, fixed_method=bool(chosen))
        self.payments[payment.id] = payment
        self.agenda.at(expires, lambda: self._expire(payment))
        self.touch(payment.id)
        return payment

    def open_link(self, wish: Json) -> Link:
        """A new payment link."""
        link = Link(self.make_id("pl_"), wish, utc(self.clock()))
        self.links[link.id] = link
        return link

    def pay_by_link(self, link: Link) -> Payment:
        """Somebody opens the link: a payment of its own, whose webhook carries the payment's id."""
        wish = {name: link.wish[name] for name in ("description", "redirectUrl", "webhookUrl") if link.wish.get(name)}
        payment = self.open_payment({**wish, "amount": link.wish.get("amount") or amount(100)})
        link.payments.append(payment)
        return payment

    def move(self, payment_id: str, status: str) -> Payment:
        """The payment comes into another state (``paid``, ``failed`` …). Raises WrongState, KeyError for an unknown id."""
        payment = self.payments[payment_id]
        if status not in self.book["mollie.states"].limit[payment.status]:
            raise WrongState(f"{payment_id} is {payment.status}, it cannot become {status}")
        payment.status = status
        payment.method = payment.method or "ideal"
        if status in _STAMPS:
            payment.stamps[_STAMPS[status]] = utc(self.clock())
        self.touch(payment_id)
        if status in _CALLED:
            self.notify(payment)
        return payment

    def pay(self, payment_id: str) -> str:
        """The resident pays."""
        return self.move(payment_id, "paid").status

    def cancel(self, payment_id: str) -> str:
        """The resident gives up in the checkout. With a fixed method Mollie then offers the others and calls nobody."""
        payment = self.payments[payment_id]
        if payment.fixed_method and payment.status == "open":
            payment.fixed_method, payment.method = False, None
            self.touch(payment_id)
            return payment.status
        return self.move(payment_id, "canceled").status

    def refund(self, payment: Payment, cents: int, description: str, metadata: Any) -> Refund:
        """Money back; it is on its way for a while, then refunded, and Mollie calls for both."""
        refund = Refund(self.make_id("re_"), payment.id, cents, description, metadata, utc(self.clock()))
        payment.refunds.append(refund)
        self.touch(payment.id)
        self.agenda.after(self.refund_seconds / 2, lambda: self._refund_moves(refund, "pending", "processing"))
        self.agenda.after(self.refund_seconds, lambda: self._refund_moves(refund, "processing", "refunded"))
        return refund

    def fail_refund(self, refund_id: str) -> None:
        """The bank could not give the money back: the refund fails and Mollie calls."""
        refund = next(item for payment in self.payments.values() for item in payment.refunds if item.id == refund_id)
        refund.status = "failed"
        self.notify(self.payments[refund.payment_id])

    def charge_back(self, payment_id: str, cents: int | None = None) -> str:
        """The bank takes money back from a paid payment; its state stays paid. Returns the chargeback's id."""
        payment = self.payments[payment_id]
        if payment.status != "paid":
            raise WrongState(f"{payment_id} is {payment.status}")
        chargeback = Chargeback(self.make_id("chb_"), payment_id, cents or payment.cents, utc(self.clock()))
        payment.chargebacks.append(chargeback)
        self.notify(payment)
        return chargeback.id

    def notify(self, payment: Payment) -> None:
        """Calls the payment's webhook: at once, and by Mollie's schedule until the answer is 200."""
        self.touch(payment.id)
        url = payment.wish.get("webhookUrl")
        if url:
            self._try_webhook(payment.id, url, self.clock(), 0)

    def _try_webhook(self, payment_id: str, url: str, start: datetime, attempt: int) -> None:
        schedule = self.book["mollie.webhook.schedule"].limit
        if attempt >= len(schedule):
            return

        async def knock() -> None:
            body = urlencode({"id": payment_id}).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mollie.nl HTTP client/1.0"}
            timeout = float(self.book["mollie.webhook.timeout"].limit)
            answer = await self.deliver(Hook("payment", url, body, headers, "payment", {"id": payment_id}, timeout))
            if answer.status != 200:
                self._try_webhook(payment_id, url, start, attempt + 1)

        self.agenda.at(start + timedelta(seconds=schedule[attempt]), knock)

    async def _expire(self, payment: Payment) -> None:
        if payment.status in ("open", "pending"):
            self.move(payment.id, "expired")

    async def _refund_moves(self, refund: Refund, before: str, after: str) -> None:
        if refund.status == before:
            refund.status = after
            self.notify(self.payments[refund.payment_id])


def to_cents(value: str) -> int:
    """``"12.50"`` in cents."""
    euros, cents = value.split(".")
    return int(euros) * 100 + int(cents)


def amount(cents: int) -> Json:
    """Cents as Mollie's Amount."""
    return {"currency": "EUR", "value": f"{cents // 100}.{cents % 100:02d}"}


def moment(when: datetime) -> str:
    """As Mollie writes moments."""
    return utc(when).isoformat()
