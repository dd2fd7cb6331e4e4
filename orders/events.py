"""What happened to an order, a payment or a run: facts for the notifications floor, collected by the aggregates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one order."""

    order_id: str


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """The resident pressed the order button: shops must be told."""


@dataclass(frozen=True, slots=True)
class ShopAnswered(Event):
    """One shop answered, or changed when it has its share ready; ``before`` is when it would have been ready until now."""

    shop: str
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderAccepted(Event):
    """Every shop accepted: the one status message before the courier leaves."""


@dataclass(frozen=True, slots=True)
class ShopTookBack(Event):
    """A shop took its yes back (FOUT) and must answer again; ``was_accepted``: the resident heard that all said yes.
    ``ready_at`` is what it had said of when it is ready."""

    shop: str
    was_accepted: bool
    ready_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineSoldOut(Event):
    """A shop cannot deliver line ``number`` of the order."""

    number: int


@dataclass(frozen=True, slots=True)
class LineSwapped(Event):
    """The resident chose another product for a sold-out line; the shop of the new line must be told."""

    number: int


@dataclass(frozen=True, slots=True)
class LineRestored(Event):
    """The shop took back "sold out" (FOUT): the line is delivered after all."""

    number: int


@dataclass(frozen=True, slots=True)
class OrderCancelled(Event):
    """Cancelled by ``by`` (resident, shop or coordinator): shops and courier must be told."""

    by: str


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """The resident sends lines back within 14 days: the shops and the coordinator must be told."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OnTheWay(Event):
    """The courier left the last shop."""


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    """Handed over at the door or at the pickup point."""


@dataclass(frozen=True, slots=True)
class NotHome(Event):
    """Nobody opened the door: the coordinator decides, the resident hears it."""


@dataclass(frozen=True, slots=True)
class DeliveryUndone(Event):
    """The courier tapped "delivered" too soon: the order is still on the way."""


@dataclass(frozen=True, slots=True)
class Paid(Event):
    """The order is paid in full."""

    cents: int


@dataclass(frozen=True, slots=True)
class RefundDue(Event):
    """Money must go back: paid twice, sold out after paying, weighed lighter, or cancelled."""

    attempt_id: str
    cents: int
    why: str


@dataclass(frozen=True, slots=True)
class Refunded(Event):
    """Money went back to the resident's account."""

    cents: int
    why: str
