"""What must be said later: due-times that live in the database, and what each says when its time has come.

A timer is (kind, subject, due). Firing one looks at the world as it is then: an answer given meanwhile makes it say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from catalog.reading.when_calendar import public_holiday
from catalog.square import AMSTERDAM, Departure, Square
from notifications import alerts, receipts
from notifications.messages import Choice, Outbound
from notifications.texts import Translate, capital, day_and_hours, translator
from orders.lines import ShopStatus
from orders.order import Order, Status
from orders.ports import Store
from orders.run import Run, RunStatus

PayLink = Callable[[str], str]
SEP = "|"


def quiet_until(square: Square, now: datetime) -> datetime:
    """The first moment at or after ``now`` outside the square's quiet hours (default 21.00-8.00, local wall time)."""
    local = now.astimezone(AMSTERDAM)
    begins, ends = square.setting("quiet_from_hour"), square.setting("quiet_until_hour")
    if ends <= local.hour < begins:
        return now
    day = local.date() + timedelta(days=1) if local.hour >= begins else local.date()
    return datetime.combine(day, time(ends), AMSTERDAM).astimezone(now.tzinfo)


def waking(square: Square, start: datetime, minutes: int) -> datetime:
    """``minutes`` after ``start``, not counting the quiet hours in between: at night nobody is late with an answer."""
    start = quiet_until(square, start)
    due, local = start + timedelta(minutes=minutes), start.astimezone(AMSTERDAM)
    night = datetime.combine(local.date(), time(), AMSTERDAM) + timedelta(hours=square.setting("quiet_from_hour"))
    over = due - night
    return quiet_until(square, night.astimezone(start.tzinfo)) + over if over >= timedelta() else due


def after_placing(order: Order, square: Square, store: Store, now: datetime) -> None:
    """Set every timer that a new order needs: silent shops, the bundled alert, the ride, and payment."""
    departure = receipts.departure_of(order, square)
    if departure is None:
        return
    for share in order.shops:
        watch_shop(order, share.shop, square, store, now, departure)
    plan_ride(departure, square, store, now)
    plan_wanted(square.slug, store, now)
    if order.payment.way == "online":
        store.set_timer("unpaid", order.id, departure.closes_at)


def watch_shop(order: Order, shop: str, square: Square, store: Store, now: datetime, departure: Departure) -> None:
    """Start the ladder for a shop that may not answer, from the moment its alert leaves."""
    if alerts.bundled(square, shop, departure, now):
        store.set_timer("bundle", SEP.join((square.slug, shop, departure.key)), departure.closes_at)
        start = departure.closes_at
    else:
        start = now
    for kind, setting in _LADDER:
        store.set_timer(kind, f"{order.id}{SEP}{shop}", waking(square, start, square.setting(setting)))


_LADDER = (
    ("shop_repeat", "shop_repeat_minutes"),
    ("shop_second", "shop_second_minutes"),
    ("shop_coordinator", "shop_coordinator_minutes"),
)


def plan_ride(departure: Departure, square: Square, store: Store, now: datetime) -> None:
    """Offer the ride the evening before (or now, when that has passed), unless somebody already rides."""
    subject = SEP.join((square.slug, departure.key))
    if store.run(square.slug, departure.key) is not None:
        return
    evening = datetime.combine(departure.day - timedelta(days=1), time(square.setting("courier_offer_hour")), AMSTERDAM)
    store.set_timer("run_offer", subject, max(now, evening))
    store.set_timer("run_reminder", subject, reminder_at(departure, square))
    store.set_timer("left_behind", subject, departure.ends_at + timedelta(hours=1))


def reminder_at(departure: Departure, square: Square) -> datetime:
    """When the courier of a ride is reminded of it."""
    return departure.starts_at - timedelta(minutes=square.setting("courier_reminder_minutes"))


def look_ahead(timers: Sequence[tuple[str, str]], store: Store) -> None:
    """Let the store read what these timers are about (kind, subject) with a few statements instead of some for each."""
    about = [(kind, subject.split(SEP)) for kind, subject in timers]
    store.load_orders(parts[0] for kind, parts in about if kind in _ABOUT_AN_ORDER)
    store.load_departures((parts[0], parts[-1]) for kind, parts in about if kind in _ABOUT_A_DEPARTURE)


_ABOUT_AN_ORDER = frozenset({*(kind for kind, _setting in _LADDER), "unpaid"})
_ABOUT_A_DEPARTURE = frozenset({"bundle", "run_offer", "left_behind"})


def fire(kind: str, subject: str, store: Store, now: datetime, *, pay_link: PayLink) -> list[Outbound]:
    """What a due timer says now; nothing when it has become pointless. An unknown kind raises KeyError: it is set aside."""
    return _FIRES[kind](subject.split(SEP), store, now, pay_link)


def _silent_shop(kind: str) -> Callable[[list[str], Store, datetime, PayLink], list[Outbound]]:
    def fire_one(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
        order_id, shop = subject
        order = store.order(order_id)
        waits = any(share.shop == shop and share.status is ShopStatus.WAITING for share in order.shops)
        if not waits or order.status is not Status.PLACED:
            return []
        return alerts.silent(kind, order, shop, store.square(order.square), store)

    return fire_one


def _bundle(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    slug, shop, departure = subject
    orders = [one for one in store.orders_in(slug, departure) if one.status is Status.PLACED and one.lines_of(shop)]
    orders = [one for one in orders if one.shop_order(shop).status is ShopStatus.WAITING]
    for order in orders:
        order.shop_order(shop).announced = True
        store.save(order)
    return alerts.bundle(orders, shop, departure, store.square(slug), store) if orders else []


def _offer(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    slug, departure = subject
    run = store.run(slug, departure) or Run(store.new_id(), slug, departure)
    if run.status is not RunStatus.OPEN or not any(_rides(one) for one in store.orders_in(slug, departure)):
        return []
    if run.waiting_for is not None:  # silence: the next courier gets the offer, the first may still say yes
        run.declined.append(run.waiting_for)
    return offer_next(run, store, now)


def _rides(order: Order) -> bool:
    return order.status in (Status.PLACED, Status.ACCEPTED)


def offer_next(run: Run, store: Store, now: datetime, *, dropped_out: bool = False) -> list[Outbound]:
    """Ask the next courier who was not asked yet; when there is none left, the coordinators hear it.

    They hear it again each time that somebody dropped out who had said yes.
    """
    square = store.square(run.square)
    couriers = [role for role in store.people(run.square, "courier") if role.person not in run.asked]
    departure = receipts.departure_named(square, run.departure)
    if departure is None or departure.ends_at < now:
        return []
    if not couriers:
        store.save_run(run)
        return alerts.no_courier(run, departure, square, store, again=now if dropped_out else None)
    run.offer(couriers[0].person, now)
    store.save_run(run)
    due = quiet_until(square, now) + timedelta(minutes=square.setting("courier_next_minutes"))
    store.set_timer("run_offer", SEP.join((run.square, run.departure)), due)
    orders = [one for one in store.orders_in(run.square, run.departure) if _rides(one)]
    return [alerts.offer(run, couriers[0].person, departure, square, orders)]


def _remind_courier(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    slug, key = subject
    run, square = store.run(slug, key), store.square(slug)
    departure = receipts.departure_named(square, key)
    if run is None or departure is None or now > departure.ends_at:
        return []
    if run.status is RunStatus.OPEN:
        return alerts.no_courier(run, departure, square, store, urgent=True)
    if run.status is not RunStatus.TAKEN or run.courier is None:
        return []
    return [alerts.reminder(run, run.courier, departure, square)]


def _unpaid(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    order = store.order(subject[0])
    square = store.square(order.square)
    if not order.payable or order.status in (Status.CANCELLED, Status.DELIVERED):
        return []
    _: Translate = translator(square.locale)
    departure = receipts.departure_of(order, square)
    door = (
        " " + _("Lukt dat niet? Dan betaalt u aan de deur.") if square.delivery.pay_at_door and not order.place.pickup else ""
    )
    body = _("Bestelling {number} is nog niet betaald. {when}. Betaal met de knop hieronder.").format(
        number=order.number, when=capital(day_and_hours(departure, _)) if departure else ""
    )
    pay = Choice(_("Betalen"), url=pay_link(order.payment.token))
    return [
        Outbound(
            f"{order.id}:unpaid",
            order.resident,
            body + door,
            (pay,),
            topic="payment",
            if_unknown="resend",
            quiet=True,
            order_id=order.id,
        )
    ]


def _left_behind(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    """An hour after the round: what was not delivered is put before the coordinators, one notice per order."""
    slug, departure = subject
    square, out = store.square(slug), []
    _ = translator(square.locale)
    for order in store.orders_in(slug, departure):
        if order.status in (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY):
            text = _("Bestelling {number} is niet bezorgd ({name}). De rit is voorbij. Wat is er gebeurd?").format(
                number=order.number, name=alerts.first_name(order, _)
            )
            out += alerts.coordinators(square, store, f"{order.id}:left-behind", text, order.id, alerts.end_choices(order, _))
    return out


def plan_wanted(slug: str, store: Store, now: datetime) -> None:
    """The list of what was asked for, and doubts about rides on holidays, go out next Monday morning. Planned when a
    coordinator comes, an order is placed, and each time a list goes out."""
    today = now.astimezone(AMSTERDAM).date()
    monday = today + timedelta(days=7 - today.weekday())
    store.set_timer("wanted_words", SEP.join((slug, monday.isoformat())), datetime.combine(monday, time(8), AMSTERDAM))


def _wanted_words(subject: list[str], store: Store, now: datetime, pay_link: PayLink) -> list[Outbound]:
    """The list of the week; what was told is forgotten, so that the next one begins anew."""
    slug = subject[0]
    plan_wanted(slug, store, now)
    words = store.unknown_words(slug)
    store.forget_unknown(slug, [said for said, _times in store.unknown_words(slug, limit=_FORGOTTEN)])
    return [*(alerts.wanted_words(slug, words, store, now) if words else []), *holiday_rides(slug, store, now)]


def holiday_rides(slug: str, store: Store, now: datetime) -> list[Outbound]:
    """Rides on a public holiday of next week, which nobody may have thought of; a day that the square is closed has none."""
    square, today = store.square(slug), now.astimezone(AMSTERDAM).date()
    days = [today + timedelta(days=ahead) for ahead in range(7, 14)]
    rides = [Departure(round_, day) for day in days for round_ in square.rounds if round_.day == day.weekday()]
    feasts = [(ride, public_holiday(ride.day)) for ride in rides if ride.day not in square.closed]
    return alerts.holiday_rides([(ride, name) for ride, name in feasts if name], square, store)


_FORGOTTEN = 10_000  # more different words than a week of a village holds


_FIRES: dict[str, Callable[[list[str], Store, datetime, PayLink], list[Outbound]]] = {
    **{kind: _silent_shop(kind) for kind, _setting in _LADDER},
    "bundle": _bundle,
    "run_offer": _offer,
    "run_reminder": _remind_courier,
    "unpaid": _unpaid,
    "left_behind": _left_behind,
    "wanted_words": _wanted_words,
}
