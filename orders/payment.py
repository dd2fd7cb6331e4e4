"""Money for one order: attempts at Mollie, what came in, what goes back. Only fetched states are applied, never hints.

An opened iDEAL payment dies after 15 minutes (https://docs.mollie.com), so one order may see many attempts; the state of an
old attempt never changes an order that a later one paid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AttemptStatus = Literal["creating", "open", "pending", "authorized", "paid", "expired", "failed", "canceled"]
FINAL: frozenset[str] = frozenset({"paid", "expired", "failed", "canceled"})


@dataclass(slots=True)
class Attempt:
    """One payment at Mollie. ``id`` is ours (idempotency key and metadata), ``provider_id`` theirs (``tr_…``)."""

    id: str
    cents: int
    created_at: datetime
    status: str = "creating"
    provider_id: str | None = None
    checkout_url: str | None = None
    refunded_cents: int = 0


@dataclass(slots=True)
class Refund:
    """Money promised back. ``done`` once Mollie accepted it under ``id`` as idempotency key."""

    id: str
    attempt_id: str
    cents: int
    why: str
    done: bool = False
    provider_id: str | None = None


@dataclass(slots=True)
class Payment:
    """All money of one order. ``token`` is the unguessable part of the pay link ``/b/<token>``."""

    token: str
    way: Literal["online", "door"] = "online"
    attempts: list[Attempt] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    door_cents: int = 0  # received at the door by the courier

    @property
    def received_cents(self) -> int:
        """Everything that came in, before refunds."""
        return self.door_cents + sum(attempt.cents for attempt in self.attempts if attempt.status == "paid")

    @property
    def kept_cents(self) -> int:
        """What came in and was not promised back."""
        return self.received_cents - sum(refund.cents for refund in self.refunds)

    def attempt(self, attempt_id: str) -> Attempt | None:
        """The attempt with our id, or None."""
        return next((attempt for attempt in self.attempts if attempt.id == attempt_id), None)

    def apply(self, attempt_id: str, status: str) -> bool:
        """Take over a fetched status. True when money came in by it. A paid attempt never changes again."""
        attempt = self.attempt(attempt_id)
        if attempt is None or attempt.status == "paid" or attempt.status == status:
            return False
        if attempt.status in FINAL and status != "paid":
            return False
        attempt.status = status
        return status == "paid"

    def give_back(self, cents: int, why: str, new_id: str) -> list[Refund]:
        """Promise ``cents`` back from paid attempts, newest first; at most what was kept online. Returns the new refunds."""
        made: list[Refund] = []
        for attempt in reversed([a for a in self.attempts if a.status == "paid"]):
            part = min(cents, attempt.cents - attempt.refunded_cents)
            if part > 0:
                made.append(Refund(f"{new_id}-{len(self.refunds) + 1}", attempt.id, part, why))
                attempt.refunded_cents += part
                cents -= part
                self.refunds.append(made[-1])
        return made
