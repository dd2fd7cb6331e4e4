"""One courier's ride in a round: first the pickups, then the drops, one stop at a time, each tap undoable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from catalog.square import Square
from orders.order import NotAllowed, Order


class RunStatus(StrEnum):
    """Where a run stands. OPEN: no courier said yes yet."""

    OPEN = "open"
    TAKEN = "taken"
    STARTED = "started"
    FINISHED = "finished"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Stop:
    """A halt. A pickup names its shops and how many crates; a drop names one order."""

    kind: Literal["pickup", "drop"]
    address: str
    shops: tuple[str, ...] = ()
    order_id: str = ""
    crates: int = 0
    outcome: Literal["", "done", "not_home"] = ""


@dataclass
class Run:
    """A ride. ``asked`` are the couriers who were offered it in turn (person ids); ``courier`` is who said yes."""

    id: str
    square: str
    departure: str
    status: RunStatus = RunStatus.OPEN
    courier: str | None = None
    asked: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    offered_at: datetime | None = None

    @property
    def waiting_for(self) -> str | None:
        """The courier whose answer is awaited, if any."""
        last = self.asked[-1] if self.asked else None
        return last if self.status is RunStatus.OPEN and last not in self.declined else None

    def offer(self, courier: str, now: datetime) -> None:
        """Ask the next courier."""
        if self.status is not RunStatus.OPEN:
            raise NotAllowed("Deze rit is al vergeven.")
        self.asked.append(courier)
        self.declined = [one for one in self.declined if one != courier]
        self.offered_at = now

    def take(self, courier: str) -> None:
        """The courier says JA. Exactly one can: the first yes wins, also of someone asked earlier."""
        if self.status is not RunStatus.OPEN:
            raise NotAllowed("Deze rit is al vergeven. Bedankt dat u wilde rijden.")
        self.status, self.courier = RunStatus.TAKEN, courier

    def decline(self, courier: str) -> None:
        """The courier says NEE, or wants to swap (RUILEN) after having said yes."""
        if self.status is RunStatus.TAKEN and self.courier == courier:
            self.status, self.courier = RunStatus.OPEN, None
        if courier not in self.declined:
            self.declined.append(courier)

    def start(self, stops: Sequence[Stop]) -> None:
        """The ride begins with these stops."""
        if self.status is not RunStatus.TAKEN:
            raise NotAllowed("Deze rit is niet van u, of al begonnen.")
        self.status, self.stops = RunStatus.STARTED, list(stops)

    @property
    def current(self) -> Stop | None:
        """The stop to do now; None when the ride is done."""
        return next((stop for stop in self.stops if not stop.outcome), None) if self.status is RunStatus.STARTED else None

    @property
    def last_done(self) -> Stop | None:
        """The stop that FOUT would undo."""
        done = [stop for stop in self.stops if stop.outcome]
        return done[-1] if done else None

    @property
    def pickups_left(self) -> bool:
        """Whether a shop is still to be visited."""
        return any(stop.kind == "pickup" and not stop.outcome for stop in self.stops)

    def finish_stop(self, outcome: Literal["done", "not_home"]) -> Stop:
        """Close the current stop; the ride ends with the last one."""
        stop = self.current
        if stop is None:
            raise NotAllowed("Er is nu geen halte open.")
        stop.outcome = outcome
        if self.current is None:
            self.status = RunStatus.FINISHED
        return stop

    def undo_stop(self) -> Stop:
        """FOUT: open the last closed stop again."""
        stop = self.last_done
        if stop is None:
            raise NotAllowed("Er is nog niets om terug te draaien.")
        stop.outcome = ""
        self.status = RunStatus.STARTED
        return stop


def crates_of(order: Order, square: Square) -> int:
    """How many crates an order takes on the bike; at least one."""
    return max(1, -(-len(order.open_lines) // square.setting("lines_per_crate")))


def plan_stops(square: Square, orders: Iterable[Order]) -> list[Stop]:
    """Pickups per address (shops that share one address are one stop), then drops by postcode and house number.

    Orders for one pickup point are dropped together at the end, one stop each so that each can be tapped.
    """
    orders = list(orders)
    pickups: dict[str, list[str]] = {}
    crates: dict[str, int] = {}
    for order in orders:
        for slug in dict.fromkeys(line.shop for line in order.open_lines):
            shop = square.shop_by_slug.get(slug)
            address = shop.address if shop and shop.address else (shop.name if shop else slug)
            pickups.setdefault(address, [])
            pickups[address] += [slug] if slug not in pickups[address] else []
            crates[address] = crates.get(address, 0) + 1
    stops = [Stop("pickup", address, tuple(slugs), crates=crates[address]) for address, slugs in pickups.items()]
    return stops + [_drop(square, order) for order in sorted(orders, key=_drop_key)]


def _drop(square: Square, order: Order) -> Stop:
    return Stop("drop", order.place.pickup or order.place.door, order_id=order.id, crates=crates_of(order, square))


def _drop_key(order: Order) -> tuple[bool, str, int, str]:
    digits = "".join(c for c in order.place.house if c.isdigit())[:6]
    return bool(order.place.pickup), order.place.postcode, int(digits or 0), order.place.house
