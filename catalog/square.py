"""A village square: its shops, products, delivery rounds and hours. Frozen values; all times are local wall time here.

One function decides until when something may be ordered: :func:`departures`. Everyone who says "closed" asks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from catalog.marking import N_
from catalog.measures import Contents

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


class SoldBy(StrEnum):
    """How a product is priced: per piece, per pack, or per kilo when sold by weight."""

    PIECE = "piece"
    PACK = "pack"
    WEIGHT = "weight"


class Withdrawal(StrEnum):
    """Right to return within 14 days (BW 6:230p). Unknown when the shop left it empty."""

    EXEMPT_PERISHABLE = "exempt_perishable"
    EXEMPT_SEALED = "exempt_sealed"
    EXEMPT_CUSTOM = "exempt_custom"
    APPLIES = "applies"
    UNKNOWN = ""


class Restricted(StrEnum):
    """Goods that may never be sold by chat (Tabakswet, Alcoholwet 20a, WhatsApp commerce policy)."""

    ALCOHOL = "alcohol"
    TOBACCO = "tobacco"
    MEDICINE = "medicine"


#: The 14 allergens of EU 1169/2011 annex II, in the words shown to residents.
ALLERGENS = {
    "gluten": N_("gluten"), "crustaceans": N_("schaaldieren"), "eggs": N_("ei"), "fish": N_("vis"), "peanuts": N_("pinda"),
    "soy": N_("soja"),
    "milk": N_("melk"), "nuts": N_("noten"), "celery": N_("selderij"), "mustard": N_("mosterd"), "sesame": N_("sesam"),
    "sulphites": N_("sulfiet"), "lupin": N_("lupine"), "molluscs": N_("weekdieren"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Product:
    """One thing a shop sells. ``price_cents`` is per piece, per pack, or per kilo when sold by weight (incl. btw)."""

    shop: str
    sku: str
    name: str
    price_cents: int
    sold_by: SoldBy
    contents: Contents | None = None
    group: str = ""
    synonyms: tuple[str, ...] = ()
    not_this: tuple[str, ...] = ()
    allergens: frozenset[str] | None = None  # keys of ALLERGENS; empty = none; None = unknown, and shown as such
    vat: int = 9
    withdrawal: Withdrawal = Withdrawal.UNKNOWN
    deposit_cents: int = 0
    restricted: Restricted | None = None
    stock: int | None = None  # pieces or grams left; None = not counted
    days: frozenset[int] = frozenset()  # weekdays it is sold, 0 = Monday; empty = all
    season_from: date | None = None
    season_until: date | None = None
    every_year: bool = False  # the season comes back: its years count for nothing
    options: tuple[str, ...] = ()
    withdrawn: bool = False  # no longer in the folder; kept because old orders name it
    sold_out: bool = False  # said by the shopkeeper today ("krentenbollen op")

    @property
    def id(self) -> str:
        """``shop/sku``, unique in the square."""
        return f"{self.shop}/{self.sku}"

    @property
    def by_weight(self) -> bool:
        """Whether amounts are grams and the price is per kilo."""
        return self.sold_by is SoldBy.WEIGHT

    def sold_on(self, day: date) -> bool:
        """Whether the product is in season and sold on this weekday."""
        return self._in_season(day) and (not self.days or day.weekday() in self.days)

    def _in_season(self, day: date) -> bool:
        if not self.every_year:
            return (self.season_from or day) <= day <= (self.season_until or day)
        first, last = (of_year(end) if end else None for end in (self.season_from, self.season_until))
        first, last, now = first or (1, 1), last or (12, 31), of_year(day)
        return first <= now <= last if first <= last else now >= first or now <= last  # 15 oct to 31 mar goes over New Year


def of_year(day: date) -> tuple[int, int]:
    """Month and day."""
    return day.month, day.day


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday span: ``days`` (0 = Monday) from ``opens`` to ``closes``, local time."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Shop:
    """A trader on the square. Empty ``opening`` means always open; ``lead_days`` 0 means same day before a round closes."""

    slug: str
    name: str
    kind: str = ""
    address: str = ""
    phone: str = ""
    kvk: str = ""
    vat_id: str = ""
    iban: str = ""
    opening: tuple[Hours, ...] = ()
    lead_days: int = 0
    story: str = ""
    closed_on: frozenset[date] = frozenset()  # said by the shopkeeper ("dicht morgen")
    bundled: bool = False  # the shopkeeper wants one alert at closing time instead of one per order
    withdrawn: bool = False

    def open_at(self, moment: datetime) -> bool:
        """Whether the shop is open at this aware moment."""
        local = moment.astimezone(AMSTERDAM)
        if local.date() in self.closed_on:
            return False
        return not self.opening or any(
            local.weekday() in span.days and span.opens <= local.time() < span.closes for span in self.opening
        )

    def open_on(self, day: date) -> bool:
        """Whether the shop opens at all on this day."""
        return day not in self.closed_on and (not self.opening or any(day.weekday() in span.days for span in self.opening))


@dataclass(frozen=True, slots=True)
class Round:
    """A planned courier window in the week = the delivery slot a resident may choose. Weekdays: 0 = Monday."""

    name: str
    day: int
    starts: time
    ends: time
    closes_day: int
    closes_at: time
    capacity_crates: int = 24
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """One Round on one date. ``key`` (``2026-11-27/vrijdagochtend``) names it everywhere."""

    round: Round
    day: date

    @property
    def key(self) -> str:
        """Stable name of this departure within its square."""
        return f"{self.day.isoformat()}/{self.round.name}"

    @property
    def starts_at(self) -> datetime:
        """First minute of the delivery window, aware."""
        return datetime.combine(self.day, self.round.starts, AMSTERDAM)

    @property
    def ends_at(self) -> datetime:
        """Last minute of the delivery window, aware."""
        return datetime.combine(self.day, self.round.ends, AMSTERDAM)

    @property
    def closes_at(self) -> datetime:
        """Last moment to order or change, aware: the closing weekday on or before the day itself."""
        back = (self.day.weekday() - self.round.closes_day) % 7
        return datetime.combine(self.day - timedelta(days=back), self.round.closes_at, AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a role named in the square's folder: courier, coordinator or desk. Residents are never listed."""

    role: str
    name: str
    telegram: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where and at what price the square delivers. ``postcodes``: ``3981`` or ``3985AA-3985ZZ``. Amounts in cents."""

    postcodes: tuple[str, ...] = ()
    fee_cents: int = 0
    free_from_cents: int | None = None
    minimum_cents: int | None = None
    pickup_points: tuple[str, ...] = ()
    pay_at_door: bool = True

    def covers(self, postcode: str) -> bool:
        """Whether a normalised postcode (``3981AB``) lies in the area. An empty list covers everything."""
        return not self.postcodes or any(_in_range(postcode, area) for area in self.postcodes)


def _in_range(postcode: str, area: str) -> bool:
    first, _, last = area.replace(" ", "").upper().partition("-")
    return first.ljust(6, "A") <= postcode <= (last or first).ljust(6, "Z")


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the square; shown in the first message and on confirmations (BW 6:230m)."""

    name: str = ""
    kvk: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """The known person to call."""

    name: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Square:
    """A whole square as the bot knows it at one catalogue version."""

    slug: str
    name: str
    municipality: str = ""
    sponsor_line: str = ""
    sponsor_logo: str = ""
    locale: str = "nl"
    timezone: str = "Europe/Amsterdam"
    kind: str = "village"
    sample: bool = False  # example data: every first message says so
    regions: tuple[str, ...] = ()
    operator: Operator = Operator()
    help: Help = Help()
    delivery: Delivery = Delivery()
    rounds: tuple[Round, ...] = ()
    closed: frozenset[date] = frozenset()
    people: tuple[Person, ...] = ()
    shops: tuple[Shop, ...] = ()
    products: tuple[Product, ...] = ()
    settings: dict[str, int] = field(default_factory=dict)  # minutes and the like, see SETTINGS
    version: int = 0

    @cached_property
    def shop_by_slug(self) -> dict[str, Shop]:
        """Shops by slug, own and regional."""
        return {shop.slug: shop for shop in self.shops}

    @cached_property
    def product_by_id(self) -> dict[str, Product]:
        """Products by ``shop/sku``, withdrawn ones included."""
        return {product.id: product for product in self.products}

    def setting(self, name: str) -> int:
        """A number settable per square, or its default. Raises KeyError for an unknown name."""
        return self.settings.get(name, SETTINGS[name])


#: Numbers a square may change under ``[settings]`` in square.toml; minutes unless the name says otherwise.
SETTINGS = {
    "shop_repeat_minutes": 15,
    "shop_second_minutes": 30,
    "shop_coordinator_minutes": 45,
    "courier_next_minutes": 120,
    "quiet_from_hour": 21,
    "quiet_until_hour": 8,
    "courier_offer_hour": 17,
    "courier_reminder_minutes": 60,
    "draft_hours": 72,
    "line_max_pieces": 99,
    "line_max_grams": 20_000,
    "lines_per_crate": 12,
}


def departures(square: Square, now: datetime, lines: Iterable[Product] = (), *, days: int = 14) -> Iterator[Departure]:
    """Yield the departures one can still order for at ``now`` (aware), earliest first, that suit every product.

    A departure suits when it has not closed, the day is no closing day, every product is sold that day, its shop is open
    that day, and at least the shop's ``lead_days`` lie between. Whether the bike is full is the orders floor's business.
    """
    wanted = tuple(lines)
    today = now.astimezone(AMSTERDAM).date()
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        if day in square.closed:
            continue
        for round_ in sorted((r for r in square.rounds if r.day == day.weekday()), key=lambda r: r.starts):
            departure = Departure(round_, day)
            if departure.closes_at > now and not misfits(square, departure, wanted, today):
                yield departure


def misfits(square: Square, departure: Departure, lines: Iterable[Product], today: date) -> list[Product]:
    """The products that keep this departure from being offered: out of season, not that weekday, shop closed, too soon."""
    return [product for product in lines if not _fits(square, product, departure.day, today)]


def _fits(square: Square, product: Product, day: date, today: date) -> bool:
    shop = square.shop_by_slug[product.shop]
    return product.sold_on(day) and shop.open_on(day) and (day - today).days >= shop.lead_days
