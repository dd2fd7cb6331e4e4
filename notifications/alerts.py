"""What shops, couriers and coordinators are told. Shops read grams, pieces and a first name, never an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from catalog.square import Departure, Square
from notifications import receipts
from notifications.messages import Choice, Outbound, Topic
from notifications.texts import (
    Translate,
    clock,
    count,
    day_and_hours,
    euros,
    grams,
    long_day,
    names,
    plain,
    translator,
)
from orders.lines import OrderLine, ShopStatus
from orders.order import Order, Status
from orders.ports import Store
from orders.run import Run, crates_of


def bundled(square: Square, shop: str, departure_: Departure, now: datetime) -> bool:
    """Whether this shop's alert waits for the closing time. After closing nothing waits any more."""
    found = square.shop_by_slug.get(shop)
    return bool(found and found.bundled and now < departure_.closes_at)


def first_name(order: Order, _: Translate = str) -> str:
    """All that a shop may know of the resident."""
    return plain(order.place.name, 60).split(" ")[0] if order.place.name else _("bewoner")


def shop_line(position: int, line: OrderLine, _: Translate = str) -> str:
    """``2. 250 gram jong belegen, gesneden``: weight in grams only, wishes behind."""
    wishes = "".join(f", {plain(wish)}" for wish in (*line.options, line.note) if wish)
    amount = grams(line.amount if line.weighed is None else line.weighed, _) if line.by_weight else f"{line.amount} x"
    guess = line.about and line.weighed is None
    amount = _("ongeveer {amount}").format(amount=amount) if guess else amount
    said = f" ({plain(line.said, 40)})" if guess and line.by_weight else ""
    gone = " " + _("(op)") if line.sold_out else ""
    return f"{position}. {amount} {line.name}{said}{wishes}{gone}"


def shop_lines(order: Order, shop: str, _: Translate = str) -> str:
    """The shop's share, numbered from 1 as it answers."""
    return "\n".join(shop_line(place, line, _) for place, line in enumerate(order.lines_of(shop), 1))


def shop_choices(order: Order, _: Translate, shop: str) -> tuple[Choice, ...]:
    """The answers that need no typing: what this shop can still say of its share."""
    share = next((one for one in order.shops if one.shop == shop), None)
    if share is None or order.status not in (Status.PLACED, Status.ACCEPTED) or share.status is ShopStatus.READY:
        return ()
    ok = (Choice(_("OK"), f"shop:ok:{order.id}::{shop}"),) if share.status is ShopStatus.WAITING else ()
    out, ready = (
        Choice(_("Iets is op"), f"shop:out:{order.id}::{shop}"),
        Choice(_("Staat klaar"), f"shop:ready:{order.id}::{shop}"),
    )
    return (*ok, out, ready)


def alert(order: Order, shop: str, square: Square, store: Store, *, why: str = "new", to: int = 0) -> list[Outbound]:
    """The order as one shop sees it, to its ``to``-th person. A shop without anyone in the chat: the coordinators hear it."""
    _ = translator(square.locale)
    people = store.people(square.slug, "shopkeeper", shop)
    if not people:
        text = _("{shop} heeft nog niemand in de chat. Bestelling {number}:\n{lines}")
        return coordinators(square, store, f"{order.id}:{shop}:nobody", text.format(
            shop=receipts.shop_name(square, shop), number=order.number,
            lines=shop_lines(order, shop, _)), order.id)  # fmt: skip
    head = {
        "new": _("Nieuwe bestelling {number} voor {name}."),
        "swap": _("Bestelling {number} voor {name} is veranderd."),
        "repeat": _("Bestelling {number} voor {name} wacht op uw antwoord."),
        "second": _("Bestelling {number} voor {name} wacht. Uw collega antwoordde niet."),
    }[why].format(number=order.number, name=first_name(order, _))
    when = receipts.departure_named(square, order.departure)
    body = "\n".join(
        [
            head,
            _("Voor {when}.").format(when=day_and_hours(when, _)) if when else "",
            shop_lines(order, shop, _),
            _("Antwoord OK. Is iets op? Typ bijvoorbeeld OP 1."),
        ]
    )
    person = people[min(to, len(people) - 1)].person
    if sum(role.role == "shopkeeper" for role in store.roles(person)) > 1:
        body = f"{receipts.shop_name(square, shop)}.\n{body}"
    key = f"{order.id}:{shop}:{why}:{order.version}"
    topic: Topic = "shop_change" if why == "swap" else "shop_alert"
    return [
        Outbound(
            key, person, body, shop_choices(order, _, shop), topic=topic, if_unknown="resend", quiet=True, order_id=order.id
        )
    ]


def silent(kind: str, order: Order, shop: str, square: Square, store: Store) -> list[Outbound]:
    """The ladder for a shop that does not answer: again, its second person, the coordinators."""
    if kind == "shop_repeat":
        return alert(order, shop, square, store, why="repeat")
    if kind == "shop_second":
        return (
            alert(order, shop, square, store, why="second", to=1)
            if len(store.people(square.slug, "shopkeeper", shop)) > 1
            else []
        )
    _ = translator(square.locale)
    phone = square.shop_by_slug[shop].phone if shop in square.shop_by_slug else ""
    text = _("{shop} antwoordt niet op bestelling {number}. Bel de winkel: {phone}.").format(
        shop=receipts.shop_name(square, shop), number=order.number, phone=phone or _("nummer onbekend")
    )
    choices = (Choice(_("Winkel zegt ja"), f"co:ok:{order.id}:{shop}"), *end_choices(order, _))
    return coordinators(square, store, f"{order.id}:{shop}:silent", text, order.id, choices[:2])


def end_choices(order: Order, _: Translate = str) -> tuple[Choice, ...]:
    """How a coordinator ends an order that hangs: it goes back, or it was delivered after all."""
    return (Choice(_("Gaat niet door"), f"co:cancel:{order.id}"), Choice(_("Toch bezorgd"), f"co:delivered:{order.id}"))


def bundle(orders: Sequence[Order], shop: str, key: str, square: Square, store: Store) -> list[Outbound]:
    """All orders of one round in one alert, for shops that asked for that."""
    _ = translator(square.locale)
    people = store.people(square.slug, "shopkeeper", shop)
    if not people:
        return [one for order in orders for one in alert(order, shop, square, store)]
    when = receipts.departure_named(square, key)
    block = _("Bestelling {number}, {name}:\n{lines}")
    blocks = [block.format(number=one.number, name=first_name(one, _), lines=shop_lines(one, shop, _)) for one in orders]
    head = _("{count} bestellingen voor {when}.").format(count=len(orders), when=day_and_hours(when, _) if when else "")
    tail = _("Alles goed? Typ OK. Anders bijvoorbeeld: {number} OP 2.").format(number=orders[0].number)
    body = "\n\n".join([head, *blocks, tail])
    all_ok = Choice(_("Alles OK"), f"shop:okall:{key}::{shop}")
    return [
        Outbound(
            f"{square.slug}:{shop}:{key}:bundle", people[0].person, body, (all_ok,), topic="shop_alert", if_unknown="resend"
        )
    ]


def tell_shop(order: Order, shop: str, square: Square, store: Store, kind: str, text: str) -> list[Outbound]:
    """A change the shop must know of, to its first person."""
    people = store.people(square.slug, "shopkeeper", shop)[:1]
    key = f"{order.id}:{shop}:{kind}:{order.version}"
    return [Outbound(key, role.person, text, topic="shop_change", if_unknown="resend", order_id=order.id) for role in people]


def coordinators(
    square: Square, store: Store, key: str, text: str, order_id: str = "", choices: tuple[Choice, ...] = ()
) -> list[Outbound]:
    """The same notice to every coordinator of the square."""
    return [
        Outbound(
            f"{key}:{role.person}", role.person, text, choices, topic="coordinator", if_unknown="resend", order_id=order_id
        )
        for role in store.people(square.slug, "coordinator")
    ]


def offer(run: Run, courier: str, when: Departure, square: Square, orders: Iterable[Order]) -> Outbound:
    """Offer a ride: when, how many addresses and crates; never an address."""
    _ = translator(square.locale)
    orders = list(orders)
    body = _("Wilt u rijden op {when}? Nu {drops} en {crates}, met de {vehicle}.").format(
        when=day_and_hours(when, _),
        drops=count(len(orders), _("adres"), _("adressen")),
        crates=count(sum(crates_of(one, square) for one in orders), _("krat"), _("kratten")),
        vehicle=when.round.vehicle or _("bakfiets"),
    )
    choices = (Choice(_("Ja"), f"run:yes:{run.departure}"), Choice(_("Nee"), f"run:no:{run.departure}"))
    key = f"{run.id}:offer:{len(run.asked)}"
    return Outbound(key, courier, body, choices, topic="courier_offer", if_unknown="resend", quiet=True)


def reminder(run: Run, courier: str, when: Departure, square: Square) -> Outbound:
    """Shortly before the ride, with the button to begin."""
    _ = translator(square.locale)
    body = _("Uw rit begint om {time} uur. Tik op Start als u bij de eerste winkel bent.").format(time=clock(when.round.starts))
    return Outbound(
        f"{run.id}:reminder",
        courier,
        body,
        (Choice(_("Start"), f"run:start:{run.departure}"),),
        topic="courier_change",
        if_unknown="resend",
    )


def no_courier(
    run: Run, when: Departure, square: Square, store: Store, *, urgent: bool = False, again: datetime | None = None
) -> list[Outbound]:
    """Nobody said yes: the coordinators must find someone. ``again``: when somebody took their yes back."""
    _ = translator(square.locale)
    text = _("Niemand rijdt nog op {when}. Wilt u iemand zoeken?").format(when=day_and_hours(when, _))
    kind = "urgent" if urgent else f"nobody:{len(run.asked)}"
    kind = f"{kind}:{again:%d%H%M}" if again else kind
    return coordinators(square, store, f"{run.id}:{kind}", text)


def ride_changed(run: Run, square: Square, order: Order, what: str) -> list[Outbound]:
    """A confirmed courier hears that the ride grew or shrank."""
    _ = translator(square.locale)
    when = receipts.departure_named(square, run.departure)
    if run.courier is None or when is None:
        return []
    body = _("Uw rit op {day} is veranderd: {what}. U hoeft niets te doen.").format(day=long_day(when.day, _), what=what)
    key = f"{run.id}:changed:{order.id}:{order.status}"
    return [Outbound(key, run.courier, body, topic="courier_change", if_unknown="resend", quiet=True)]


def wanted_words(slug: str, words: Sequence[tuple[str, int]], store: Store, now: datetime) -> list[Outbound]:
    """The weekly list "hier werd om gevraagd", without who asked."""
    square = store.square(slug)
    _ = translator(square.locale)
    listed = names([_("{word} ({count} keer)").format(word=plain(word, 40), count=count) for word, count in words[:20]], _)
    text = _(
        "Hier werd om gevraagd, maar het is er niet: {words}. Is het er wel? Typ: SYNONIEM woord = winkel/artikel."
    ).format(words=listed)
    week = "{}-{}".format(*now.isocalendar()[:2])
    return coordinators(square, store, f"{slug}:wanted:{week}", text)


def holiday_rides(rides: Sequence[tuple[Departure, str]], square: Square, store: Store) -> list[Outbound]:
    """Rides of the week plan that fall on a public holiday: a person must say whether that is meant."""
    if not rides:
        return []
    _ = translator(square.locale)
    text = _("Er is een rit op {when}. Dat is {holiday}.")
    lines = [text.format(when=day_and_hours(ride, _), holiday=holiday) for ride, holiday in rides]
    lines.append(_("Rijdt u dan niet? Zet de dag als [[closed]] in square.toml."))
    return coordinators(square, store, f"{square.slug}:holiday:{rides[0][0].key}", "\n".join(lines))


def door_amount(order: Order) -> str:
    """What the courier must collect, or nothing."""
    return euros(order.due_cents) if order.payment.way == "door" and order.due_cents else ""
