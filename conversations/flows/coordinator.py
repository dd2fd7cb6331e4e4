"""The coordinator: what is going on, what was asked for but not found, and the one word that mends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from catalog.marking import N_
from catalog.square import AMSTERDAM, Departure
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.texts import capital, count, day_and_hours, euros, names, plain
from orders.lines import WITHDRAWN, ShopOrder, ShopStatus
from orders.order import NotAllowed, Order, Status
from orders.run import RunStatus

_SYNONYM = re.compile(r"synoniem\s+(?P<word>.{2,40}?)\s*(?:=|is|:)\s*(?P<product>[\w-]+/[\w-]+)", re.I)
_RUNS = {RunStatus.OPEN: N_("nog geen koerier"), RunStatus.TAKEN: N_("koerier bekend"), RunStatus.STARTED: N_("onderweg"),
         RunStatus.FINISHED: N_("klaar"), RunStatus.CANCELLED: N_("gaat niet door")}  # fmt: skip


def home(turn: Turn) -> Step:
    """Where a coordinator stands."""
    return Office()


def tapped(turn: Turn, args: list[str]) -> Step | None:
    """``co:ok:<order>:<shop>``, ``co:cancel:<order>``, ``co:delivered:<order>``: a person ends what hangs.
    ``co:refund:<order>``: what was sent back came in, the money goes back.

    ``co:trust:<person>:<square>`` and ``co:remove:…``: whether someone who was silent for long keeps a role.
    """
    from conversations import trust

    if not is_coordinator(turn):
        turn.say(turn._("U bent geen coördinator op dit plein."))
        return None
    turn.conversation.hat = "coordinator"
    verb, order_id, shop = [*args, "", ""][:3]
    if verb in ("trust", "remove"):
        turn.say(trust.decide(turn, order_id, shop, trusted=verb == "trust"))
        return Office()
    order = turn.store.order(order_id)
    if order.square != turn.conversation.square:
        turn.say(turn._("Deze bestelling is van een ander plein."))
        return Office()
    try:
        turn.say(_ACTS[verb](turn, order, shop))
    except NotAllowed as why:
        turn.say(why.said(turn._))
    turn.store.save(order)
    return Office()


def _accept_for_shop(turn: Turn, order: Order, shop: str) -> str:
    order.accept(shop)
    return turn._("Bestelling {number} staat op aangenomen voor {shop}.").format(
        number=order.number, shop=receipts.shop_name(turn.square, shop)
    )


def _cancel(turn: Turn, order: Order, shop: str) -> str:
    order.cancel("coordinator")
    return turn._("Bestelling {number} is geannuleerd. De bewoner krijgt bericht, en geld terug als er betaald was.").format(
        number=order.number
    )


def _delivered(turn: Turn, order: Order, shop: str) -> str:
    order.deliver(by=turn.person.id)
    return turn._("Bestelling {number} staat op bezorgd.").format(number=order.number)


def _refund(turn: Turn, order: Order, shop: str) -> str:
    if all(line.withdrawal != WITHDRAWN for line in order.lines):
        return turn._("Daar is al over besloten.")
    cash = order.give_money_back()
    if cash:
        return turn._("Bestelling {number} is aan de deur betaald. Geef zelf {sum} terug.").format(
            number=order.number, sum=euros(cash)
        )
    return turn._("Bestelling {number}: wat teruggestuurd is, wordt terugbetaald. De bewoner krijgt bericht.").format(
        number=order.number
    )


_ACTS: dict[str, Callable[[Turn, Order, str], str]] = {
    "ok": _accept_for_shop, "cancel": _cancel, "delivered": _delivered, "refund": _refund,
}  # fmt: skip


def is_coordinator(turn: Turn) -> bool:
    """Whether this person coordinates this square."""
    return any(role.role == "coordinator" and role.square == turn.conversation.square for role in turn.roles)


@step("coordinator.office")
@dataclass(frozen=True, slots=True)
class Office(Step):
    """Hears OVERZICHT, WENSEN and SYNONIEM."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        return Ask("" if turn.paragraphs else turn._("Typ OVERZICHT, WENSEN of HULP."))

    def hear(self, turn: Turn) -> Step:
        said = " ".join(turn.text.casefold().split()).strip(" .!")
        if not is_coordinator(turn):
            turn.say(turn._("U bent geen coördinator (meer) op dit plein."))
        elif said in ("overzicht", "lijst", "stand", "status"):
            _overview(turn)
        elif said in ("wensen", "gevraagd", "onbekend"):
            _wanted(turn)
        elif found := _SYNONYM.fullmatch(" ".join(turn.text.split())):
            _add_synonym(turn, found["word"], found["product"])
        else:
            turn.miss()
            turn.say(turn._("Dat begreep ik niet. Typ OVERZICHT, WENSEN of SYNONIEM woord = winkel/artikel."))
        return self


def _rides(turn: Turn) -> list[Departure]:
    """The rides of today and the coming week, also those that are closed for ordering by now."""
    today = turn.now.astimezone(AMSTERDAM).date()
    days = [today + timedelta(days=ahead) for ahead in range(8)]
    rides = [Departure(round_, day) for day in days for round_ in turn.square.rounds if round_.day == day.weekday()]
    return sorted((one for one in rides if one.day not in turn.square.closed), key=lambda one: one.starts_at)


def _overview(turn: Turn) -> None:
    for departure in _rides(turn):
        orders = [one for one in turn.store.orders_in(turn.square.slug, departure.key) if one.status is not Status.CANCELLED]
        if orders:
            turn.say(_ride_text(turn, departure, orders))
    if not turn.paragraphs:
        turn.say(turn._("Er zijn deze week nog geen bestellingen."))


def _ride_text(turn: Turn, departure: Departure, orders: list[Order]) -> str:
    run = turn.store.run(turn.square.slug, departure.key)
    text = turn._("{when}: {orders}, {run}.").format(
        when=capital(day_and_hours(departure, turn._)),
        orders=count(len(orders), turn._("bestelling"), turn._("bestellingen")),
        run=turn._(_RUNS[run.status]) if run else turn._("rit nog niet gevraagd"),
    )
    waiting = [share.shop for order in orders if order.status is Status.PLACED for share in order.shops if _waits(share)]
    shops = names([receipts.shop_name(turn.square, shop) for shop in dict.fromkeys(waiting)], turn._)
    return f"{text} " + turn._("Wacht op: {shops}.").format(shops=shops) if shops else text


def _waits(share: ShopOrder) -> bool:
    return share.status is ShopStatus.WAITING


def _wanted(turn: Turn) -> None:
    words = turn.store.unknown_words(turn.square.slug)
    listed = names([turn._("{word} ({count} keer)").format(word=plain(word, 40), count=count) for word, count in words], turn._)
    turn.say(
        turn._("Hier werd om gevraagd: {words}.").format(words=listed)
        if words
        else turn._("Alles waar om gevraagd werd, is er.")
    )


def _add_synonym(turn: Turn, word: str, product_id: str) -> None:
    product = turn.square.product_by_id.get(product_id.casefold())
    if product is None:
        turn.say(
            turn._("Artikel {id} is er niet. De naam is winkel/artikel, zoals in de productenlijst.").format(
                id=plain(product_id, 40)
            )
        )
        return
    turn.store.add_synonym(turn.square.slug, plain(word, 40).casefold(), product.id)
    turn.say(turn._("Wie ‘{word}’ typt, vindt nu {name}.").format(word=plain(word, 40), name=product.name))
