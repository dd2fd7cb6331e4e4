"""What a coordinator asks in passing: an order by number, a day, who rides, a shop's phone. From the data, or a plain no."""

from __future__ import annotations

import re
from datetime import date, timedelta

from catalog.reading.when import find_when
from catalog.square import AMSTERDAM, Departure, Shop
from conversations.flows import shopdoor
from conversations.turn import Turn
from notifications import alerts, receipts
from notifications.messages import Choice
from notifications.texts import capital, count, day_and_hours, euros, long_day, names
from orders.lines import ShopStatus
from orders.order import Order, Status
from orders.run import Run, RunStatus

_ORDER = re.compile(r"(?:.{0,30}\b)?(?:bestelling|order|nummer|nr\.?|#)?\s*(?P<number>\d{4,7})\b.{0,30}", re.I)
_ABOUT_RIDES = re.compile(r"\b(?:wie|rijdt|rit|ritten|koerier|koeriers|hoeveel|bestelling|bestellingen|orders|druk)\b", re.I)


def order_asked(turn: Turn, text: str) -> Order | None:
    """The order of the coming or past days that is named by its number, on this square only; a cancelled one has no ride."""
    found = _ORDER.fullmatch(text)
    if not found:
        return None
    today = turn.now.astimezone(AMSTERDAM).date()
    days = [today + timedelta(days=ahead) for ahead in range(-7, 22)]
    for departure in departures(turn, days):
        for order in turn.store.orders_in(turn.square.slug, departure.key):
            if str(order.number) == found["number"]:
                return order
    return None


def names_order(text: str) -> bool:
    """Whether a message asks for an order by number at all."""
    return bool(_ORDER.fullmatch(text))


def departures(turn: Turn, days: list[date]) -> list[Departure]:
    """All rides on these days, also those that are closed for ordering by now."""
    rides = [Departure(round_, day) for day in days for round_ in turn.square.rounds if round_.day == day.weekday()]
    return sorted((one for one in rides if one.day not in turn.square.closed), key=lambda one: one.starts_at)


def wants_to_end(text: str) -> bool:
    """Whether an order was named to end it; who only looks gets no button that cannot be taken back."""
    return bool(re.search(r"annul|niet door|schrap|stop|bezorgd|geleverd", text, re.I))


def endings(turn: Turn, order: Order) -> tuple[Choice, ...]:
    """The buttons that end an order that is not ended yet; it cannot have been delivered before its round began."""
    when = receipts.departure_of(order, turn.square)
    choices = alerts.end_choices(order, turn._) if order.status in _ENDABLE else ()
    return choices[:1] if when and turn.now < when.starts_at else choices


def order_text(turn: Turn, order: Order) -> str:
    """Where one order stands. No address: that is shown when it is needed, not on request."""
    status = {
        Status.PLACED: turn._("wacht op de winkels"),
        Status.ACCEPTED: turn._("aangenomen"),
        Status.ON_THE_WAY: turn._("onderweg"),
        Status.DELIVERED: turn._("bezorgd"),
        Status.CANCELLED: turn._("geannuleerd"),
    }.get(order.status, "")
    when = receipts.departure_of(order, turn.square)
    lines = [
        turn._("Bestelling {number} van {name}: {status}.").format(
            number=order.number, name=alerts.first_name(order, turn._), status=status
        ),
        turn._("Voor {when}.").format(when=day_and_hours(when, turn._)) if when else "",
        *(_share_text(turn, share.shop, share.status) for share in order.shops),
        _money_text(turn, order),
    ]
    return "\n".join(line for line in lines if line)


_ENDABLE = (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY)


def _share_text(turn: Turn, shop: str, status: ShopStatus) -> str:
    said = {
        ShopStatus.WAITING: turn._("nog geen antwoord"),
        ShopStatus.ACCEPTED: turn._("aangenomen"),
        ShopStatus.READY: turn._("staat klaar"),
    }[status]
    return f"{receipts.shop_name(turn.square, shop)}: {said}."


def _money_text(turn: Turn, order: Order) -> str:
    if order.status is Status.CANCELLED:
        return ""
    total = euros(order.total_cents)
    if order.paid:
        return turn._("Totaal {total}, betaald.").format(total=total)
    if order.payment.way == "door":
        return turn._("Totaal {total}, betaalt aan de deur.").format(total=total)
    return turn._("Totaal {total}, nog niet betaald.").format(total=total)


def day_asked(turn: Turn, text: str) -> date | None:
    """The day that "wie rijdt er vrijdag" or "hoeveel bestellingen morgen" is about; a day alone will do as well."""
    found = find_when(text, turn.now, text=text)
    if len(found) != 1 or found[0].day is None or found[0].denied:
        return None
    rest = text[: found[0].span[0]] + text[found[0].span[1] :]
    asks = bool(_ABOUT_RIDES.search(rest)) or not re.findall(r"\w{3,}", rest)
    return found[0].day if asks else None


def asks_rides(text: str) -> bool:
    """Whether a message without a day asks how the coming days look."""
    return bool(_ABOUT_RIDES.search(text))


def ride_text(turn: Turn, departure: Departure, orders: list[Order]) -> str:
    """One ride: how many orders, who rides, which shops did not answer yet."""
    run = turn.store.run(turn.square.slug, departure.key)
    text = turn._("{when}: {orders}, {run}.").format(
        when=capital(day_and_hours(departure, turn._)),
        orders=count(len(orders), turn._("bestelling"), turn._("bestellingen")),
        run=run_text(turn, run),
    )
    waiting = [
        share.shop for order in orders if order.status is Status.PLACED
        for share in order.shops if share.status is ShopStatus.WAITING
    ]  # fmt: skip
    shops = names([receipts.shop_name(turn.square, shop) for shop in dict.fromkeys(waiting)], turn._)
    return f"{text} " + turn._("Wacht op: {shops}.").format(shops=shops) if shops else text


def run_text(turn: Turn, run: Run | None) -> str:
    """Who rides, by name, and how far the ride is."""
    if run is None:
        return turn._("rit nog niet gevraagd")
    rider = turn.store.person(run.courier).name if run.courier else ""
    texts = {
        RunStatus.OPEN: turn._("nog geen koerier"),
        RunStatus.TAKEN: turn._("{name} rijdt"),
        RunStatus.STARTED: turn._("{name} is onderweg"),
        RunStatus.FINISHED: turn._("{name} is klaar"),
        RunStatus.CANCELLED: turn._("gaat niet door"),
    }
    return texts[run.status].format(name=rider or turn._("de koerier"))


def day_text(turn: Turn, day: date) -> str:
    """All rides of one day, also without orders."""
    rides = departures(turn, [day])
    if not rides:
        return turn._("Op {day} is er geen rit.").format(day=long_day(day, turn._))
    return "\n".join(ride_text(turn, one, open_orders(turn, one)) for one in rides)


def open_orders(turn: Turn, departure: Departure) -> list[Order]:
    """The orders of a ride that were not cancelled."""
    orders = turn.store.orders_in(turn.square.slug, departure.key)
    return [one for one in orders if one.status is not Status.CANCELLED]


def shop_asked(turn: Turn, text: str) -> Shop | None:
    """The one shop that a message names by slug, kind or name."""
    words = set(re.findall(r"[\w'-]+", text.casefold()))
    found = [
        shop for shop in turn.square.shops
        if words & {shop.slug, shop.kind.casefold()} or shop.name.casefold() in text.casefold()
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def shop_text(turn: Turn, shop: Shop) -> str:
    """What a coordinator may want of a shop: its phone, and the days it is closed. Its shelf only the shop itself changes."""
    today = turn.now.astimezone(AMSTERDAM).date()
    shut = sorted(day for day in shop.closed_on if day >= today)
    closed = turn._("Dicht op {days}.").format(days=shopdoor.named(shut, turn)) if shut else ""
    text = turn._("{shop}: {phone}. {closed} Dicht zetten kan zo: {slug} dicht vrijdag. Wat op is, zegt alleen de winkel zelf.")
    said = text.format(shop=shop.name, phone=shop.phone or turn._("nummer onbekend"), closed=closed, slug=shop.slug)
    return " ".join(said.split())
