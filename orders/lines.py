"""What an order is made of: its lines, each shop's share, and the place it goes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from catalog.money import line_cents
from catalog.square import Product

#: How much more than asked a weighed line may cost at most; the summary says "hoogstens". Choice of this project
#: (a total price or how it is calculated must be known before ordering: BW 6:230m).
WEIGHT_MARGIN_PERCENT = 15


#: What becomes of a line's right to send it back ("applies") once it is used, and once the money was given back.
WITHDRAWN, RETURNED = "withdrawn", "returned"


class ShopStatus(StrEnum):
    """What a shop said of its share."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    READY = "ready"


@dataclass(slots=True)
class OrderLine:
    """One line. ``number`` is what people say and is fixed once ordered; ``amount`` is grams when ``by_weight``, else pieces.

    ``touched`` is the version of the draft in which the line last changed: "die laatste" is the highest.
    """

    number: int
    product_id: str
    name: str
    price_cents: int
    by_weight: bool
    amount: int
    vat: int = 9
    deposit_cents: int = 0
    options: tuple[str, ...] = ()
    note: str = ""
    said: str = ""
    about: bool = False
    allergens: tuple[str, ...] | None = None
    withdrawal: str = ""
    weighed: int | None = None
    sold_out: bool = False
    touched: int = 0

    @property
    def gone(self) -> bool:
        """Costs nothing: it was not to be had, or it went back and the money was returned."""
        return self.sold_out or self.withdrawal == RETURNED

    @property
    def shop(self) -> str:
        """Slug of the shop that sells it."""
        return self.product_id.partition("/")[0]

    @property
    def cents(self) -> int:
        """Price of the line now: weighed if known, never above :attr:`max_cents`; nothing when sold out."""
        if self.gone:
            return 0
        amount = self.amount if self.weighed is None else self.weighed
        return min(line_cents(self.price_cents, amount, per_kilo=self.by_weight), self.max_cents)

    @property
    def max_cents(self) -> int:
        """The most this line may cost: what was agreed at the order button."""
        most = self.amount * (100 + WEIGHT_MARGIN_PERCENT) // 100 if self.by_weight else self.amount
        return 0 if self.gone else line_cents(self.price_cents, most, per_kilo=self.by_weight)

    @property
    def deposits_cents(self) -> int:
        """Statiegeld of the line."""
        return 0 if self.gone or self.by_weight else self.deposit_cents * self.amount


@dataclass(slots=True)
class ShopOrder:
    """One shop's share and what it said of it."""

    shop: str
    status: ShopStatus = ShopStatus.WAITING
    ready_at: datetime | None = None  # when it said to have it ready (KAN 20); None: it did not say
    announced: bool = False  # the alert left (at once, or bundled at closing time)


@dataclass(slots=True)
class Place:
    """Where it goes: a door, or a pickup point when ``pickup``. ``contact`` is a phone number asked for on its own."""

    name: str = ""
    postcode: str = ""
    house: str = ""
    street: str = ""
    note: str = ""
    contact: str = ""
    pickup: str = ""

    @property
    def door(self) -> str:
        """``Dorpsstraat 12 bis, 3981 AB`` or ``3981 AB 12 bis`` when no street was given."""
        code = f"{self.postcode[:4]} {self.postcode[4:]}".strip()
        return f"{self.street} {self.house}, {code}" if self.street else f"{code} nummer {self.house}"


def new_line(
    number: int,
    product: Product,
    amount: int,
    *,
    options: tuple[str, ...] = (),
    note: str = "",
    said: str = "",
    about: bool = False,
) -> OrderLine:
    """A line that keeps what was promised: name, price, btw and allergens as they were shown, whatever changes later."""
    allergens = None if product.allergens is None else tuple(sorted(product.allergens))
    return OrderLine(
        number, product.id, product.name, product.price_cents, product.by_weight, amount, product.vat, product.deposit_cents,
        options, note, said, about, allergens, product.withdrawal.value,
    )  # fmt: skip


def same_amount(old: OrderLine, product: Product) -> int:
    """As much of the new product as of the old; between weight and pieces there is no honest conversion: one piece, 250 g."""
    if old.by_weight == product.by_weight:
        return old.amount
    return 250 if product.by_weight else 1
