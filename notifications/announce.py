"""From what happened to who is told. A resident hears: accepted, on the way, delivered; more only when something changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from catalog.square import AMSTERDAM, Product, Square
from notifications import alerts, ready, receipts, schedule
from notifications.messages import Choice, Outbound, Topic
from notifications.texts import Translate, capital, clock, day_and_hours, euros, line_price, line_text, long_day, translator
from orders import events as e
from orders import stock
from orders.lines import OrderLine
from orders.order import Order, Status
from orders.ports import Store
from orders.run import RunStatus

PayLink = Callable[[str], str]


def announce(events: Iterable[e.Event], store: Store, now: datetime, *, pay_link: PayLink) -> list[Outbound]:
    """The messages that these events ask for, also setting timers and moving stock. Same events, same keys: never twice."""
    out: list[Outbound] = []
    for event in events:
        stock.follow(event, store)
        order = store.order(event.order_id)
        square = store.square(order.square)
        out += _TELLERS.get(type(event), _nobody)(event, _Told(order, square, store, now, pay_link, translator(square.locale)))
    return _one_bubble_each(out)


class _Told:
    """What a teller needs to know."""

    def __init__(self, order: Order, square: Square, store: Store, now: datetime, pay_link: PayLink, _: Translate) -> None:
        self.order, self.square, self.store, self.now, self.pay_link, self._ = order, square, store, now, pay_link, _

    def resident(
        self, kind: str, body: str, topic: Topic, choices: tuple[Choice, ...] = (), *, quiet: bool = False
    ) -> list[Outbound]:
        """One message to the resident of this order."""
        key = f"{self.order.id}:{kind}"
        return [
            Outbound(key, self.order.resident, body, choices, topic, if_unknown="resend", quiet=quiet, order_id=self.order.id)
        ]

    @property
    def pay(self) -> tuple[Choice, ...]:
        """The pay button when something can be paid now."""
        return (Choice(self._("Betalen"), url=self.pay_link(self.order.payment.token)),) if self.order.payable else ()


def _one_bubble_each(out: list[Outbound]) -> list[Outbound]:
    """Several messages about one order to one person at one moment become one bubble: on WhatsApp each bubble costs money."""
    merged: dict[tuple[str, str], Outbound] = {}
    for one in out:
        if one.topic.startswith("shop"):  # lines are numbered per shop, also for who has two
            merged[one.person, one.key] = one
            continue
        before = merged.get((one.person, one.order_id)) if one.order_id else None
        if before is not None and one.body in before.body:
            continue
        if before is None:
            merged[one.person, one.order_id or one.key] = one
        else:
            merged[one.person, one.order_id] = replace(
                before,
                body=f"{before.body}\n\n{one.body}",
                choices=(*before.choices, *one.choices),
                quiet=before.quiet and one.quiet,
            )
    return list(merged.values())


def _nobody(event: e.Event, told: _Told) -> list[Outbound]:
    return []


def _placed(event: e.Event, told: _Told) -> list[Outbound]:
    order, out = told.order, []
    schedule.after_placing(order, told.square, told.store, told.now)
    departure = receipts.departure_of(order, told.square)
    for share in order.shops:
        if departure is None or not alerts.bundled(told.square, share.shop, departure, told.now):
            share.announced = True
            out += alerts.alert(order, share.shop, told.square, told.store)
    told.store.save(order)
    return out + _ride_grew(told)


def _ride_grew(told: _Told) -> list[Outbound]:
    run = told.store.run(told.square.slug, told.order.departure)
    if run is None or run.status is not RunStatus.TAKEN:
        return []
    what = told._("er is 1 adres bij") if told.order.status is not Status.CANCELLED else told._("er is 1 adres minder")
    return alerts.ride_changed(run, told.square, told.order, what)


def _accepted(event: e.Event, told: _Told) -> list[Outbound]:
    order, _ = told.order, told._
    departure = receipts.departure_of(order, told.square)
    total = receipts.total_text(order, told.square)
    parts = [
        _("Alle winkels zeggen ja tegen bestelling {number}.").format(number=order.number),
        f"{capital(day_and_hours(departure, _))}." if departure else "",
        _("Betaald: {sum}.").format(sum=euros(order.payment.kept_cents))
        if order.payment.kept_cents and not order.due_cents
        else f"{total}.",
        *(ready.for_resident(order, share, told.square, told.now) for share in order.shops),
        _("U kunt nu betalen met de knop hieronder.") if order.payable else "",
    ]
    kind = f"accepted:{order.version}"  # after a change it is news again
    return told.resident(kind, " ".join(part for part in parts if part), "order_accepted", told.pay, quiet=True)


def _answered(event: e.Event, told: _Told) -> list[Outbound]:
    """Only when the shop has it ready is news, and not for everyone; that all said yes is told by :func:`_accepted`."""
    assert isinstance(event, e.ShopAnswered)
    order, square, share = told.order, told.square, told.order.shop_order(event.shop)
    at = ready.open_moment(share, told.now)
    late, was_late = ready.too_late(order, square, at), ready.too_late(order, square, event.before)
    if at == event.before:
        return []
    out = ready.for_courier(told.store.run(square.slug, order.departure), order, event.shop, square, at) if at else []
    if late and at:
        out += ready.for_coordinators(order, event.shop, square, told.store, at)
    text = ready.for_resident(order, share, square, told.now)
    if was_late and not late:
        text = ready.in_time_after_all(order, event.shop, square, told.now) or text
    if text and (late or was_late or order.status is Status.ACCEPTED):
        out += told.resident(f"ready:{event.shop}:{told.now.isoformat()}:{event.before}:{at}", text, "order_changed")
    return out


def _took_back(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.ShopTookBack)
    order, _ = told.order, told._
    departure = receipts.departure_of(order, told.square)
    if departure is not None and order.status is Status.PLACED:
        schedule.watch_shop(order, event.shop, told.square, told.store, told.now, departure)
    heard = event.was_accepted or ready.too_late(order, told.square, event.ready_at)
    if not heard or order.status is not Status.PLACED:
        return []
    body = _("Sorry, {shop} kijkt nog naar bestelling {number}. Ik laat het weten als de winkel ja zegt.").format(
        shop=receipts.shop_name(told.square, event.shop), number=order.number
    )
    return told.resident(f"took-back:{event.shop}:{order.version}", body, "order_changed", quiet=True)


def _sold_out(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.LineSoldOut)
    order, _ = told.order, told._
    line = order.line(event.number)
    if line is None or order.status is Status.CANCELLED:
        return []
    others = alternatives(told.square, order, line)
    names_ = " ".join(_("{name} kost {price}.").format(name=one.name, price=_price(one, _)) for one in others)
    ask = _("Wilt u iets anders? {names}").format(names=names_) if others else ""
    body = _("{name} is uitverkocht bij {shop}. U betaalt er niets voor. {total}.").format(
        name=line.name, shop=receipts.shop_name(told.square, line.shop), total=receipts.total_text(order, told.square)
    )
    choices = [Choice(_fit(one.name), f"order:swap:{order.id}:{line.number}:{one.id}", _price(one, _)) for one in others]
    leave = Choice(_("Laat maar weg"), f"order:leave:{order.id}:{line.number}")
    kind = f"sold-out:{line.number}:{order.version}"
    return told.resident(kind, f"{body} {ask}".strip(), "order_changed", (*choices, leave) if others else (), quiet=True)


def _fit(name: str) -> str:
    return name if len(name) <= 20 else name[:19].rstrip() + "…"


def _price(product: Product, _: Translate) -> str:
    price = euros(product.price_cents)
    return _("{price} per kilo").format(price=price) if product.by_weight else price


def alternatives(square: Square, order: Order, line: OrderLine, most: int = 2) -> list[Product]:
    """At most two other products of the same group that can come along, same shop first, then nearest in price."""
    gone = square.product_by_id.get(line.product_id)
    if gone is None or not gone.group:
        return []
    taken = {one.product_id for one in order.lines}
    day = receipts.departure_named(square, order.departure)
    kin = [
        one for one in square.products if one.group == gone.group and one.by_weight == gone.by_weight and one.id not in taken
    ]
    here = [one for one in kin if not (one.withdrawn or one.sold_out or one.restricted or one.stock == 0)]
    fits = [one for one in here if day is None or one.sold_on(day.day)]
    return sorted(fits, key=lambda one: (one.shop != gone.shop, abs(one.price_cents - gone.price_cents)))[:most]


def _swapped(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.LineSwapped)
    line = told.order.line(event.number)
    if line is None:
        return []
    departure = receipts.departure_of(told.order, told.square)
    if departure is not None:
        schedule.watch_shop(told.order, line.shop, told.square, told.store, told.now, departure)
    return alerts.alert(told.order, line.shop, told.square, told.store, why="swap")


def _restored(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.LineRestored)
    line = told.order.line(event.number)
    if line is None:
        return []
    body = told._("{line} is er toch wel: {price}. {total}.").format(
        line=line_text(line, told._), price=line_price(line, told._), total=receipts.total_text(told.order, told.square)
    )
    return told.resident(f"restored:{line.number}:{told.order.version}", body, "order_changed", quiet=True)


def _cancelled(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.OrderCancelled)
    order, _ = told.order, told._
    text = _("Bestelling {number} van {name} is geannuleerd. U hoeft niets te maken.").format(
        number=order.number, name=alerts.first_name(order, _)
    )
    out = [] if event.by == "shop" else [
        one for share in order.shops if share.announced
        for one in alerts.tell_shop(order, share.shop, told.square, told.store, "cancelled", text)
    ]  # fmt: skip
    if event.by != "resident":
        why = (
            _("Alles in bestelling {number} is uitverkocht.")
            if event.by == "shop"
            else _("Bestelling {number} gaat niet door.")
        )
        body = why.format(number=order.number) + " " + _("U betaalt niets. U kunt iets anders bestellen.")
        out += told.resident("cancelled", body, "order_changed", quiet=True)
    return out + _ride_grew(told)


def _withdrawn(event: e.Event, told: _Told) -> list[Outbound]:
    """The shop gets it back; the coordinator gives the money back with one tap when it came in."""
    assert isinstance(event, e.Withdrawn)
    order, _, out = told.order, told._, []
    lines = [line for line in order.lines if line.number in event.numbers]
    for shop in dict.fromkeys(line.shop for line in lines):
        what = "\n".join(line_text(line, _) for line in lines if line.shop == shop)
        text = _("{name} stuurt iets terug uit bestelling {number}:\n{lines}").format(
            name=alerts.first_name(order, _), number=order.number, lines=what
        )
        out += alerts.tell_shop(order, shop, told.square, told.store, "withdrawn", text)
    cents = sum(line.cents + line.deposits_cents for line in lines)
    last = long_day((told.now + timedelta(days=14)).astimezone(AMSTERDAM).date(), _)
    text = _("{name} stuurt iets terug uit bestelling {number}: {sum}. Betaal het terug, uiterlijk {day}.").format(
        name=alerts.first_name(order, _), number=order.number, sum=euros(cents), day=last
    )
    choices = (Choice(_("Geld terug"), f"co:refund:{order.id}"),)
    key = f"{order.id}:withdrawn:{order.version}"
    return out + alerts.coordinators(told.square, told.store, key, text, order.id, choices)


def _on_the_way(event: e.Event, told: _Told) -> list[Outbound]:
    order, _ = told.order, told._
    departure = receipts.departure_of(order, told.square)
    run = told.store.run(told.square.slug, order.departure)
    courier = (
        told.store.person(run.courier).name.split(" ")[0] if run and run.courier and told.store.person(run.courier).name else ""
    )
    who = _("{courier} is").format(courier=courier) if courier else _("De koerier is")
    until = clock(departure.ends_at.astimezone(AMSTERDAM).time()) if departure else ""
    parts = [
        _("{who} onderweg met bestelling {number}.").format(who=who, number=order.number),
        _("Het komt voor {time} uur.").format(time=until) if until else "",
        _("U betaalt aan de deur: {sum}.").format(sum=alerts.door_amount(order)) if alerts.door_amount(order) else "",
        _("Betalen kan ook nu.") if order.payable else "",
    ]
    return told.resident("on-the-way", " ".join(part for part in parts if part), "order_on_the_way", told.pay)


def _delivered(event: e.Event, told: _Told) -> list[Outbound]:
    order, _ = told.order, told._
    if order.place.pickup:
        body = _("Bestelling {number} ligt klaar bij {point}.").format(number=order.number, point=order.place.pickup)
    else:
        body = _("Bestelling {number} is bezorgd. Eet smakelijk.").format(number=order.number)
    if order.returnable:
        body += " " + _("Iets terugsturen? Typ HERROEPEN.")
    later = " " + _("U kunt nog betalen met de knop hieronder.") if order.payable else ""
    return told.resident(f"delivered:{order.version}", body + later, "order_delivered", told.pay)


def _undone(event: e.Event, told: _Told) -> list[Outbound]:
    told.order.version += 1
    told.store.save(told.order)
    body = told._("Sorry, bestelling {number} is nog onderweg. De koerier tikte te vroeg.").format(number=told.order.number)
    return told.resident(f"not-yet:{told.order.version}", body, "order_changed")


def _not_home(event: e.Event, told: _Told) -> list[Outbound]:
    order, _ = told.order, told._
    phone = told.square.help.phone
    call = _("Bel {phone}.").format(phone=phone) if phone else _("Typ BEL MIJ.")
    body = (
        _("De koerier was bij u met bestelling {number}, maar er deed niemand open.").format(number=order.number) + " " + call
    )
    notice = _("Bestelling {number}: niemand thuis ({name}, {door}). Wilt u bellen?").format(
        number=order.number, name=order.place.name, door=order.place.door
    )
    return [
        *told.resident(f"not-home:{told.now.isoformat()}", body, "order_changed"),
        *alerts.coordinators(
            told.square,
            told.store,
            f"{order.id}:not-home:{told.now.isoformat()}",
            notice,
            order.id,
            alerts.end_choices(order, _),
        ),
    ]


def _refund_due(event: e.Event, told: _Told) -> list[Outbound]:
    assert isinstance(event, e.RefundDue)
    body = told._("U krijgt {sum} terug op uw rekening: {why}.").format(sum=euros(event.cents), why=told._(event.why))
    return told.resident(
        f"refund:{event.attempt_id}:{event.cents}:{len(told.order.payment.refunds)}", body, "payment", quiet=True
    )


_TELLERS: dict[type[e.Event], Callable[[e.Event, _Told], list[Outbound]]] = {
    e.OrderPlaced: _placed,
    e.OrderAccepted: _accepted,
    e.ShopAnswered: _answered,
    e.ShopTookBack: _took_back,
    e.LineSoldOut: _sold_out,
    e.LineSwapped: _swapped,
    e.LineRestored: _restored,
    e.OrderCancelled: _cancelled,
    e.Withdrawn: _withdrawn,
    e.OnTheWay: _on_the_way,
    e.Delivered: _delivered,
    e.DeliveryUndone: _undone,
    e.NotHome: _not_home,
    e.RefundDue: _refund_due,
}
