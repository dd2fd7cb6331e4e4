"""The promise between a resident and the shops of a square, from draft (the basket) to delivered.

An Order holds its OrderLines; the share of one shop is a ShopOrder. Rules between states live here and nowhere else; each
change is recorded as an event, in ``order.events``, for the notifications floor. Money is cents, amounts are grams or pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from catalog.marking import N_
from catalog.square import Product, Withdrawal
from orders import events as e
from orders.lines import RETURNED, WITHDRAWN, OrderLine, Place, ShopOrder, ShopStatus, new_line, same_amount
from orders.payment import Payment, Refund

#: The words of the order button. Only these conclude an order (CJEU C-249/21 Fuhrmann; BW 6:230v lid 3); 20 characters is
#: also WhatsApp's limit for a button (https://www.twilio.com/docs/content/twilio-quick-reply).
ORDER_BUTTON = "Bestellen en betalen"


#: The first order of a square has this number: four digits are never mistaken for a line number ("1042 OP 2").
FIRST_NUMBER = 1000


class NotAllowed(Exception):
    """The change does not fit the state the order is in; the text says why, in Dutch, for people."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text, self.values = text, values

    def said(self, translate: Callable[[str], str]) -> str:
        """The text in another voice or language."""
        text = translate(self.text)
        return text.format(**self.values) if self.values else text


class Status(StrEnum):
    """Where an order stands. A draft is a basket."""

    DRAFT = "draft"
    PLACED = "placed"
    ACCEPTED = "accepted"
    ON_THE_WAY = "on_the_way"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass
class Order:
    """One resident's order at one square. ``version`` grows with every change that the resident must see again."""

    id: str
    square: str
    resident: str
    payment: Payment
    status: Status = Status.DRAFT
    number: int = 0
    version: int = 0
    lines: list[OrderLine] = field(default_factory=list)
    shops: list[ShopOrder] = field(default_factory=list)
    departure: str = ""  # Departure.key, also for pickup: the day it lies ready
    place: Place = field(default_factory=Place)
    fee_cents: int = 0
    delivered_by: str = ""
    changed_at: datetime | None = None
    placed_at: datetime | None = None
    evidence: str = ""  # channel, message id and words that concluded the order
    events: list[e.Event] = field(default_factory=list)

    # --- the basket -------------------------------------------------------------------------------------------------
    @property
    def open_lines(self) -> list[OrderLine]:
        """Lines that will be delivered."""
        return [line for line in self.lines if not line.gone]

    @property
    def returnable(self) -> list[OrderLine]:
        """Lines that the resident may send back and did not yet (BW 6:230o); within what term is not known here."""
        return [line for line in self.open_lines if line.withdrawal == Withdrawal.APPLIES]

    def line(self, number: int) -> OrderLine | None:
        """The line with this number, or None."""
        return next((line for line in self.lines if line.number == number), None)

    def add(
        self,
        product: Product,
        amount: int,
        *,
        options: tuple[str, ...] = (),
        note: str = "",
        said: str = "",
        about: bool = False,
    ) -> OrderLine:
        """Put ``amount`` (grams or pieces) in the basket; the same product with the same wishes grows its line."""
        self._must_be(Status.DRAFT)
        same = next((x for x in self.lines if (x.product_id, x.options, x.note) == (product.id, options, note)), None)
        self.version += 1
        if same is not None:
            same.amount, same.touched, same.about = same.amount + amount, self.version, same.about or about
            same.said = " + ".join(part for part in (same.said, said) if part)
            return same
        line = new_line(self._next_number(), product, amount, options=options, note=note, said=said, about=about)
        line.touched = self.version
        self.lines.append(line)
        self._renumber()
        return line

    def set_amount(self, number: int, amount: int) -> OrderLine:
        """Change how much of a line is wanted. Raises NotAllowed when the line is not there."""
        self._must_be(Status.DRAFT)
        line = self.line(number)
        if line is None:
            raise NotAllowed("Regel {number} staat niet in uw mandje.", number=number)
        line.amount = amount
        self.version += 1
        line.touched = self.version
        return line

    def remove(self, number: int) -> OrderLine:
        """Take a line out; the other lines are numbered anew so that people can count them."""
        self._must_be(Status.DRAFT)
        line = self.line(number)
        if line is None:
            raise NotAllowed("Regel {number} staat niet in uw mandje.", number=number)
        self.lines.remove(line)
        self._renumber()
        self.version += 1
        return line

    def _renumber(self) -> None:
        """Lines of one shop stand together, numbered 1, 2, … from top to bottom, as people count them."""
        shops = list(dict.fromkeys(line.shop for line in self.lines))
        self.lines.sort(key=lambda line: (shops.index(line.shop), line.number))
        for place, line in enumerate(self.lines, 1):
            line.number = place

    def clear(self) -> None:
        """Empty the basket."""
        self._must_be(Status.DRAFT)
        self.lines.clear()
        self.version += 1

    def choose(self, *, departure: str | None = None, place: Place | None = None) -> None:
        """Set the moment or the place; a summary shown before is stale from now on."""
        self._must_be(Status.DRAFT)
        self.departure = self.departure if departure is None else departure
        self.place = self.place if place is None else place
        self.version += 1

    # --- money ------------------------------------------------------------------------------------------------------
    @property
    def goods_cents(self) -> int:
        """Goods without statiegeld and delivery."""
        return sum(line.cents for line in self.lines)

    @property
    def deposits_cents(self) -> int:
        """Statiegeld of all lines."""
        return sum(line.deposits_cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        """What it costs as far as known now."""
        return self.goods_cents + self.deposits_cents + self.fee_cents if self.open_lines else 0

    @property
    def max_cents(self) -> int:
        """What it can cost at most ("hoogstens"): the sum agreed at the order button."""
        return sum(line.max_cents for line in self.lines) + self.deposits_cents + self.fee_cents

    @property
    def estimated(self) -> bool:
        """Whether a weighed line is still an estimate. A shop that says OK without weighing delivers what was asked."""
        answered = {share.shop for share in self.shops if share.status is not ShopStatus.WAITING}
        return any(line.by_weight and line.weighed is None and line.shop not in answered for line in self.open_lines)

    @property
    def due_cents(self) -> int:
        """What the resident still has to pay."""
        return max(0, self.total_cents - self.payment.kept_cents) if self.status is not Status.CANCELLED else 0

    @property
    def paid(self) -> bool:
        """Whether everything known to be due was paid."""
        return self.due_cents == 0

    @property
    def payable(self) -> bool:
        """Whether the pay link works now: placed, something due, and the final sum known (all shops answered when weighed)."""
        if self.payment.way != "online" or self.due_cents == 0:
            return False
        if self.status is Status.PLACED:
            return not self.estimated
        return self.status in (Status.ACCEPTED, Status.ON_THE_WAY, Status.DELIVERED)

    def settle(self, attempt_id: str, status: str) -> None:
        """Apply a fetched Mollie status; money that is too much goes back."""
        if self.payment.apply(attempt_id, status):
            attempt = self.payment.attempt(attempt_id)
            self.events.append(e.Paid(self.id, attempt.cents if attempt else 0))
            self._return_surplus(N_("dubbel betaald") if self.status is not Status.CANCELLED else N_("bestelling geannuleerd"))

    def _return_surplus(self, why: str) -> None:
        owed = 0 if self.status is Status.CANCELLED else self.total_cents
        surplus = self.payment.kept_cents - owed
        if surplus > 0:
            self._announce_refunds(self.payment.give_back(surplus, why, f"{self.id}-terug"))

    def _announce_refunds(self, refunds: Iterable[Refund]) -> None:
        self.events.extend(e.RefundDue(self.id, refund.attempt_id, refund.cents, refund.why) for refund in refunds)

    # --- the promise ------------------------------------------------------------------------------------------------
    def place_order(self, now: datetime, *, version: int, number: int, evidence: str) -> None:
        """Conclude the order. ``version`` is the one the resident saw above the button; raises NotAllowed when it is stale."""
        self._must_be(Status.DRAFT)
        if version != self.version:
            raise NotAllowed("Uw bestelling is intussen veranderd.")
        if not self.lines or not self.departure or not (self.place.pickup or self.place.postcode):
            raise NotAllowed("De bestelling is nog niet compleet.")
        self.status, self.number, self.placed_at, self.evidence = Status.PLACED, number, now, evidence
        self.shops = [ShopOrder(shop) for shop in dict.fromkeys(line.shop for line in self.lines)]
        self.events.append(e.OrderPlaced(self.id))

    def cancel(self, by: str) -> None:
        """Take the order back before it is on the way (a coordinator also later); what was paid is returned."""
        late = by == "coordinator" and self.status is Status.ON_THE_WAY
        if not late and self.status not in (Status.PLACED, Status.ACCEPTED):
            raise NotAllowed("Deze bestelling kan niet meer worden geannuleerd.")
        self.status = Status.CANCELLED
        self.events.append(e.OrderCancelled(self.id, by))
        self._return_surplus(N_("bestelling geannuleerd"))

    def shop_order(self, shop: str) -> ShopOrder:
        """The share of one shop. Raises NotAllowed when it has none."""
        found = next((share for share in self.shops if share.shop == shop), None)
        if found is None:
            raise NotAllowed("Deze bestelling heeft niets van uw winkel.")
        return found

    def lines_of(self, shop: str) -> list[OrderLine]:
        """The shop's lines in the order it sees them numbered 1, 2, …"""
        return [line for line in self.lines if line.shop == shop]

    def accept(self, shop: str, *, ready_at: datetime | None = None, ready: bool = False) -> None:
        """The shop says OK (or KLAAR; or KAN 20, which is no KLAAR yet). Accepted by all: the order is accepted."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        share = self.shop_order(shop)
        so_far = ShopStatus.ACCEPTED if ready_at else max(share.status, ShopStatus.ACCEPTED, key=_progress)
        share.status = ShopStatus.READY if ready else so_far
        before, share.ready_at = share.ready_at, ready_at or share.ready_at
        self._accepted_by_all()
        self.events.append(e.ShopAnswered(self.id, shop, before))

    def _accepted_by_all(self) -> None:
        open_shops = {line.shop for line in self.open_lines}
        waiting = any(share.status is ShopStatus.WAITING for share in self.shops if share.shop in open_shops)
        if self.status is Status.PLACED and open_shops and not waiting:
            self.status = Status.ACCEPTED
            self.events.append(e.OrderAccepted(self.id))

    def withdraw_acceptance(self, shop: str, to: ShopStatus = ShopStatus.WAITING) -> None:
        """Undo of OK: the shop has not answered yet. Of KLAAR alone: accepted still; nobody was told of KLAAR."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        share = self.shop_order(shop)
        share.status = to
        if to is ShopStatus.WAITING:
            self.version += 1
            was_accepted, share.ready_at, said = self.status is Status.ACCEPTED, None, share.ready_at
            self.events.append(e.ShopTookBack(self.id, shop, was_accepted, said))
            self.status = Status.PLACED
        else:
            self.events.append(e.ShopAnswered(self.id, shop))

    def put_back_ready_at(self, shop: str, to: ShopStatus, ready_at: datetime | None) -> None:
        """Undo of KAN 20 by a shop that had answered already: as it was before."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        share = self.shop_order(shop)
        self.events.append(e.ShopAnswered(self.id, shop, share.ready_at))
        share.status, share.ready_at = to, ready_at

    def sell_out(self, shop: str, position: int) -> OrderLine:
        """The shop's line ``position`` (1-based, as in its alert) is not to be had. Paid money goes back."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        line = self.shop_line(shop, position)
        if line.sold_out:
            return line
        line.sold_out = True
        self.version += 1
        self.events.append(e.LineSoldOut(self.id, line.number))
        if not self.open_lines:
            self.cancel("shop")
        else:
            self._return_surplus(N_("uitverkocht"))
            self._accepted_by_all()
        return line

    def restore(self, number: int) -> OrderLine:
        """Undo of sold out, as long as the order still stands."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        line = self.line(number)
        if line is None or not line.sold_out:
            raise NotAllowed("Deze regel was niet uitverkocht.")
        line.sold_out = False
        self.version += 1
        self.events.append(e.LineRestored(self.id, number))
        return line

    def swap(self, number: int, product: Product) -> OrderLine:
        """Another product instead of sold-out line ``number``, as the resident chose. The new line must be accepted anew."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        old = self.line(number)
        if old is None or not old.sold_out:
            raise NotAllowed("Deze regel is niet uitverkocht.")
        line = new_line(self._next_number(), product, same_amount(old, product), said=old.said)
        self.lines.append(line)
        self.version += 1
        share = next((share for share in self.shops if share.shop == line.shop), None)
        if share is None:
            self.shops.append(share := ShopOrder(line.shop))
        share.status, self.status = ShopStatus.WAITING, Status.PLACED
        self.events.append(e.LineSwapped(self.id, line.number))
        return line

    def weigh(self, shop: str, position: int, grams: int) -> OrderLine:
        """The shop weighed a line. The price follows, never above what was agreed; paid too much goes back.

        Once money came in, more weight costs the resident nothing: nobody gets a second bill for one order.
        """
        self._must_be(Status.PLACED, Status.ACCEPTED)
        line = self.shop_line(shop, position)
        if not line.by_weight:
            raise NotAllowed("{name} gaat niet per gewicht.", name=line.name)
        counted = line.amount if line.weighed is None else line.weighed
        line.weighed = min(grams, counted) if self.payment.kept_cents else grams
        self._return_surplus(N_("lichter dan gevraagd"))
        return line

    def shop_line(self, shop: str, position: int) -> OrderLine:
        """The shop's line at 1-based ``position``. Raises NotAllowed when it has fewer."""
        mine = self.lines_of(shop)
        if not 1 <= position <= len(mine):
            raise NotAllowed("Regel {number} staat niet in deze bestelling.", number=position)
        return mine[position - 1]

    # --- sending back -----------------------------------------------------------------------------------------------
    def withdraw(self, numbers: Iterable[int]) -> None:
        """The resident sends these lines back. Money follows with :meth:`give_money_back`, within 14 days."""
        if self.status in (Status.DRAFT, Status.CANCELLED):
            raise NotAllowed(_WHY_NOT[self.status])
        lines = [line for line in self.returnable if line.number in set(numbers)]
        for line in lines:
            line.withdrawal = WITHDRAWN
        if lines:
            self.version += 1
            self.events.append(e.Withdrawn(self.id, tuple(line.number for line in lines)))

    def give_money_back(self) -> int:
        """What was sent back is paid back, delivery too when nothing is left (BW 6:230r). Returns cents to give in cash."""
        due = self.due_cents
        for line in self.lines:
            line.withdrawal = RETURNED if line.withdrawal == WITHDRAWN else line.withdrawal
        self.version += 1
        if due == 0:
            self._return_surplus(N_("teruggestuurd"))
        cash = 0 if due else min(max(0, self.payment.kept_cents - self.total_cents), self.payment.door_cents)
        self.payment.door_cents -= cash
        return cash

    # --- the ride ---------------------------------------------------------------------------------------------------
    def leave(self) -> None:
        """The courier has everything and is on the way."""
        self._must_be(Status.PLACED, Status.ACCEPTED)
        self.status = Status.ON_THE_WAY
        self.events.append(e.OnTheWay(self.id))

    def deliver(self, *, door_cents: int = 0, by: str = "") -> None:
        """Handed over; ``door_cents`` is what the resident paid at the door."""
        self._must_be(Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY)
        self.status, self.delivered_by = Status.DELIVERED, by
        self.payment.door_cents += door_cents
        self.events.append(e.Delivered(self.id))

    def not_home(self) -> None:
        """Nobody opened. The order stays on the way until the coordinator or a second try ends it."""
        self._must_be(Status.ON_THE_WAY)
        self.events.append(e.NotHome(self.id))

    def undo_delivery(self) -> None:
        """The courier tapped too soon: back to on the way; money noted at the door is taken back too."""
        self._must_be(Status.DELIVERED)
        self.status = Status.ON_THE_WAY
        self.payment.door_cents = 0
        self.events.append(e.DeliveryUndone(self.id))

    def _must_be(self, *allowed: Status) -> None:
        if self.status not in allowed:
            raise NotAllowed(_WHY_NOT[self.status])

    def _next_number(self) -> int:
        return max((line.number for line in self.lines), default=0) + 1


_WHY_NOT = {
    Status.DRAFT: N_("Deze bestelling is nog niet geplaatst."),
    Status.PLACED: N_("Deze bestelling is al geplaatst."),
    Status.ACCEPTED: N_("Deze bestelling is al aangenomen door de winkels."),
    Status.ON_THE_WAY: N_("Deze bestelling is al onderweg."),
    Status.DELIVERED: N_("Deze bestelling is al bezorgd."),
    Status.CANCELLED: N_("Deze bestelling is geannuleerd."),
}


def _progress(status: ShopStatus) -> int:
    return list(ShopStatus).index(status)
