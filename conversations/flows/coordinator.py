"""The coordinator: what is going on, what was asked for but not found, and the one word that mends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from catalog.square import AMSTERDAM, Product
from conversations import courierwords, shopwords
from conversations.flows import coordinator_asks as asks
from conversations.flows import coordinator_door
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.texts import euros, names, plain
from orders.lines import WITHDRAWN
from orders.order import NotAllowed, Order

_SYNONYM = re.compile(r"synoniem\s+(?P<word>.{2,40}?)\s*(?:=|is|:)\s*(?P<product>[\w '/-]{2,60})", re.I)


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
    """Hears OVERZICHT, WENSEN, SYNONIEM, a shop's closing days and questions.

    ``undo`` is what FOUT takes back: ``word=shop/sku``, or a shop and its closing days.
    """

    undo: str = ""

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
            return Office(_add_synonym(turn, found["word"], found["product"]))
        elif self.undo and shopwords.hear(turn.text) == shopwords.Said("undo"):
            if not coordinator_door.undo(turn, self.undo):
                _forget_synonym(turn, self.undo)
        elif (undo := coordinator_door.hear(turn)) is not None:
            return Office(undo)
        else:
            return self._asked(turn, said.strip("?"))
        return Office()

    def _asked(self, turn: Turn, said: str) -> Step:
        """What was asked in passing; nothing is changed by asking."""
        order = asks.order_asked(turn, said)
        if order is not None:
            turn.say(asks.order_text(turn, order))
            return OneOrder(order_id=order.id) if asks.wants_to_end(said) else Office()
        day, shop = asks.day_asked(turn, said), asks.shop_asked(turn, said)
        if asks.names_order(said):
            turn.say(turn._("Die bestelling staat op geen rit van dit plein. Misschien is hij geannuleerd, of langer geleden."))
        elif day is not None and shop is None:
            turn.say(asks.day_text(turn, day))
        elif shop is not None:
            turn.say(asks.shop_text(turn, shop))
        elif asks.asks_rides(said) or courierwords.hear(said) == "polite":
            _overview(turn)
        elif said.startswith("synoniem"):
            turn.say(turn._("Typ het zo: SYNONIEM stoofperen = groenteboer/g12. De naam is winkel/artikel, zoals in de lijst."))
        else:
            turn.miss()
            turn.say(
                turn._(
                    "Dat begreep ik niet. Typ OVERZICHT, een dag of een bestelnummer. Of WENSEN, BAKKER DICHT VRIJDAG, of "
                    "SYNONIEM woord = winkel/artikel."
                )
            )
        return Office()


@step("coordinator.one_order")
@dataclass(frozen=True, slots=True)
class OneOrder(Office):
    """An order was shown, with the buttons that end it."""

    order_id: str = ""

    def ask(self, turn: Turn) -> Ask:
        order = turn.store.order(self.order_id)
        return Ask("" if turn.paragraphs else asks.order_text(turn, order), asks.endings(turn, order))


def _overview(turn: Turn) -> None:
    today = turn.now.astimezone(AMSTERDAM).date()
    for departure in asks.departures(turn, [today + timedelta(days=ahead) for ahead in range(8)]):
        orders = asks.open_orders(turn, departure)
        if orders:
            turn.say(asks.ride_text(turn, departure, orders))
    if not turn.paragraphs:
        turn.say(turn._("Er zijn deze week nog geen bestellingen."))


def _wanted(turn: Turn) -> None:
    words = turn.store.unknown_words(turn.square.slug)
    listed = names([turn._("{word} ({count} keer)").format(word=plain(word, 40), count=count) for word, count in words], turn._)
    turn.say(
        turn._("Hier werd om gevraagd: {words}.").format(words=listed)
        if words
        else turn._("Alles waar om gevraagd werd, is er.")
    )


def _add_synonym(turn: Turn, word: str, said: str) -> str:
    """What FOUT takes back; "" when nothing changed."""
    product = turn.square.product_by_id.get(said.casefold()) or _named_clearly(turn, said)
    if product is None:
        turn.say(
            turn._("Artikel {id} is er niet. De naam is winkel/artikel, zoals in de productenlijst.").format(id=plain(said, 40))
        )
        return ""
    word = plain(word, 40).casefold()
    turn.store.add_synonym(turn.square.slug, word, product.id)
    text = turn._("Wie ‘{word}’ typt, vindt nu {name}. Klopt dat niet? Typ FOUT.")
    turn.say(text.format(word=word, name=product.name))
    return f"{word}={product.id}"


def _forget_synonym(turn: Turn, what: str) -> None:
    word, _, product_id = what.rpartition("=")
    product = turn.square.product_by_id.get(product_id)
    if product is not None:
        synonyms = tuple(one for one in product.synonyms if one != word)
        turn.store.change_product(turn.square.slug, replace(product, synonyms=synonyms))
    turn.say(turn._("Teruggedraaid. ‘{word}’ is geen ander woord meer.").format(word=plain(word, 40)))


def _named_clearly(turn: Turn, said: str) -> Product | None:
    """The product that is meant by name, when that is beyond doubt."""
    found = turn.shelf.index.find(said) if "/" not in said else None
    return turn.square.product_by_id[found.hits[0].product] if found and found.verdict == "clear" else None
