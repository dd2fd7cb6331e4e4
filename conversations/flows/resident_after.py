"""After ordering: sold-out lines, cancelling. Buttons here come from notices, so each names its order."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.square import AMSTERDAM
from conversations.labels import fold
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.announce import alternatives
from notifications.messages import Choice
from notifications.texts import line_price, line_text, moment_text
from orders.lines import OrderLine
from orders.order import NotAllowed, Order, Status


def tapped(turn: Turn, args: list[str]) -> Step | None:
    """``order:swap:<order>:<line>:<product>`` and ``order:leave:<order>:<line>``: the resident answers "uitverkocht"."""
    from conversations.flows.ordering import Quiet, home

    verb, order_id, number, *rest = [*args, "", ""]
    order = turn.store.order(order_id)
    if order.resident != turn.person.id or order.square != turn.conversation.square or not number.isdigit():
        turn.say(turn._("Deze knop is niet (meer) van u."))
        return home(turn)
    try:
        turn.say(_swap(turn, order, int(number), rest[0]) if verb == "swap" else _leave(turn, order))
    except NotAllowed as why:
        turn.say(why.said(turn._))
    return home(turn) if turn.basket.lines else Quiet()


def typed(turn: Turn) -> Step | None:
    """The answer to "uitverkocht", typed instead of tapped: a product that was offered, or no. None when it is neither.

    With groceries in the basket the words are about those.
    """
    from conversations.flows.ordering import Quiet

    open_ = None if turn.basket.lines or turn.choice else _unanswered(turn)
    if open_ is None:
        return None
    order, line = open_
    said = fold(turn.text)
    others = {fold(one.name): one.id for one in alternatives(turn.square, order, line)}
    try:
        if said in others:
            turn.say(_swap(turn, order, line.number, others[said]))
        elif others and (said in _LEAVE or turn.reading.intent == "no"):
            turn.say(_leave(turn, order))
        else:
            return None
    except NotAllowed as why:
        turn.say(why.said(turn._))
    return Quiet()


_LEAVE = {"laat maar weg", "laat maar", "weglaten", "niets", "niets anders", "niks", "niks anders", "hoeft niet"}


def _unanswered(turn: Turn) -> tuple[Order, OrderLine] | None:
    """The newest sold-out line of a standing order for which nothing else was taken."""
    for order in turn.store.orders_of(turn.person.id, turn.conversation.square, 3):
        if order.status in (Status.PLACED, Status.ACCEPTED):
            gone = [one for one in order.lines if one.sold_out]
            for line in reversed(gone):
                if not any(one.said == line.said and one.number > line.number for one in order.open_lines):
                    return order, line
    return None


def _swap(turn: Turn, order: Order, number: int, product_id: str) -> str:
    product = turn.square.product_by_id.get(product_id)
    if product is None or product.sold_out or product.withdrawn:
        return turn._("Dat is intussen ook op. Ik laat het weg.")
    old = order.line(number)
    if old is not None and old.sold_out and any(one.said == old.said and one.number > number for one in order.open_lines):
        return turn._("U hebt hiervoor al iets anders gekozen.")
    line = order.swap(number, product)
    if not turn.store.take_stock(order.square, product.id, line.amount):
        order.lines.remove(line)
        return turn._("Dat is intussen ook op. Ik laat het weg.")
    turn.store.save(order)
    return turn._("Goed: {line}, {price}. {total}.").format(
        line=line_text(line, turn._), price=line_price(line, turn._), total=receipts.total_text(order, turn.square)
    )


def _leave(turn: Turn, order: Order) -> str:
    return turn._("Goed, ik laat het weg. {total}.").format(total=receipts.total_text(order, turn.square))


def cancel(turn: Turn, standing: Step) -> Step:
    """ANNULEREN or OPNIEUW: a filled basket is emptied; else a placed order is cancelled, after asking."""
    from conversations.flows.emptied import empty
    from conversations.flows.ordering import Quiet, pending_of

    if turn.basket.lines or pending_of(standing):
        return empty(turn, pending_of(standing), turn._("Uw mandje is leeg. We beginnen opnieuw."))
    order = _cancellable(turn)
    if order is None:
        turn.say(turn._("U hebt nu niets om te annuleren."))
        return Quiet()
    departure = receipts.departure_of(order, turn.square)
    if departure is not None and departure.closes_at <= turn.now:
        closed = moment_text(departure.closes_at.astimezone(AMSTERDAM), turn._)
        turn.say(turn._("Annuleren kon tot {moment}. Typ BEL MIJ als er iets mis is.").format(moment=closed))
        return Quiet()
    return ConfirmCancel(order.id)


def _cancellable(turn: Turn) -> Order | None:
    orders = turn.store.orders_of(turn.person.id, turn.square.slug)
    return next((one for one in orders if one.status in (Status.PLACED, Status.ACCEPTED)), None)


@step("after.cancel")
@dataclass(frozen=True, slots=True)
class ConfirmCancel(Step):
    """Cancelling a placed order cannot be undone, so it is asked."""

    order_id: str

    def ask(self, turn: Turn) -> Ask:
        order = turn.store.order(self.order_id)
        return Ask(
            turn._("Wilt u bestelling {number} annuleren? Wat u betaald hebt, krijgt u terug.").format(number=order.number),
            (Choice(turn._("Ja, annuleren"), "cancel"), Choice(turn._("Nee, laat staan"), "keep")),
        )

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import Counter, Quiet, take

        sure = turn.choice == "cancel" or (turn.choice is None and turn.reading.intent == "yes")
        if not sure and (turn.choice == "keep" or turn.reading.intent == "no"):
            turn.say(turn._("Goed, de bestelling blijft staan."))
            return Quiet()
        if not sure:
            return take(turn, Counter())
        order = turn.store.order(self.order_id)
        try:
            order.cancel("resident")
        except NotAllowed as why:
            turn.say(why.said(turn._))
            return Counter()
        turn.store.save(order)
        turn.say(turn._("Bestelling {number} is geannuleerd. Opnieuw bestellen kan altijd.").format(number=order.number))
        return Quiet()
