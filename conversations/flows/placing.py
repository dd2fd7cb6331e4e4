"""The order is concluded: stock is reserved, the promise made; the resident hears what happens now and how to undo it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.square import AMSTERDAM, Departure
from conversations.flows import moments
from conversations.interrupts import own_phone
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import day_and_hours, names
from orders.order import ORDER_BUTTON, NotAllowed, Order, Status

#: Orders that someone who never paid may have waiting.
MOST_UNPAID = 3


def place(turn: Turn, version: int) -> Step:
    """Conclude the order that was shown; anything that changed since shows the new summary instead."""
    from conversations.flows.checkout import Review, Stuck, next_step

    order = turn.basket
    step_ = next_step(turn)
    if not isinstance(step_, Review) or step_.version != version:
        turn.say(turn._("Uw bestelling is veranderd sinds die knop. Dit is de nieuwe."))
        return step_
    if _too_many_unpaid(turn):
        turn.say(turn._("U hebt al 3 bestellingen die nog niet betaald zijn. Betaal er eerst een. Lukt dat niet? Typ BEL MIJ."))
        return Stuck()
    if not _take_stock(turn):
        return next_step(turn)
    evidence = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:{turn.text or ORDER_BUTTON}"
    try:
        order.place_order(turn.now, version=version, number=turn.store.next_number(order.square), evidence=evidence[:200])
    except NotAllowed as why:
        turn.say(why.said(turn._))
        return next_step(turn)
    turn.store.save(order)
    return Thanks(order.id)


def _too_many_unpaid(turn: Turn) -> bool:
    """Someone who never paid has at most three orders waiting: more would make shops bake for nobody."""
    known = turn.store.orders_of(turn.person.id, turn.square.slug, 20)
    waiting = [one for one in known if one.status in (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY) and one.due_cents]
    paid_before = any(one.status is Status.DELIVERED or one.payment.kept_cents for one in known)
    return len(waiting) >= MOST_UNPAID and not paid_before


def _take_stock(turn: Turn) -> bool:
    """Reserve what is counted before anything is promised; nothing stays reserved when one line fails."""
    taken: list[tuple[str, int]] = []
    short: list[str] = []
    for line in turn.basket.lines:
        if turn.store.take_stock(turn.square.slug, line.product_id, line.amount):
            taken.append((line.product_id, line.amount))
        else:
            short.append(line.name)
    if short:
        for product_id, amount in taken:
            turn.store.put_back_stock(turn.square.slug, product_id, amount)
        said = turn._("Van {names} is niet genoeg meer over. Ik haalde het uit uw mandje.")
        turn.say(said.format(names=names(short, turn._)))
        for line in [line for line in turn.basket.lines if line.name in short]:
            turn.basket.remove(line.number)
    return not short


@step("checkout.thanks")
@dataclass(frozen=True, slots=True)
class Thanks(Step):
    """The order stands: what happens now, how to pay, how to undo."""

    order_id: str

    def ask(self, turn: Turn) -> Ask:
        order, square = turn.store.order(self.order_id), turn.square
        departure = receipts.departure_of(order, square)
        text = [
            turn._("Bedankt, {name}. Bestelling {number} is geplaatst: {total}.").format(
                name=(order.place.name or turn.person.name or "").split(" ")[0], number=order.number,
                total=receipts.sum_words(order, square),
            ),
            _when_and_where(turn, order, departure),
            receipts.confirmation(order, square),
            pay_text(turn, order),
            _phone_wish(turn, order),
            _undo_text(turn, departure),
        ]  # fmt: skip
        return Ask("\n".join(one for one in text if one), pay_choices(turn, order))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import Counter, take

        return take(turn, Counter())


def _when_and_where(turn: Turn, order: Order, departure: Departure | None) -> str:
    when = day_and_hours(departure, turn._) if departure else ""
    verb = turn._("Ophalen") if order.place.pickup else turn._("U krijgt het")
    return turn._("{verb}: {when}. Ik laat het weten als de winkels ja hebben gezegd.").format(verb=verb, when=when)


def pay_text(turn: Turn, order: Order) -> str:
    """How the resident pays, with the warning that protects against con men."""
    if order.payment.way == "door":
        return turn._("U betaalt aan de deur. Wij vragen nooit om uw pincode.")
    if order.payable:
        return turn._("Betalen kan via de knop hieronder. Wij vragen nooit om uw pincode.")
    return turn._("U krijgt de betaalknop als alles gewogen is.") if order.due_cents else ""


def pay_choices(turn: Turn, order: Order) -> tuple[Choice, ...]:
    """The pay button, when there is something to pay now."""
    return (Choice(turn._("Betalen"), url=turn.pay_link(order.payment.token)),) if order.payable else ()


def _phone_wish(turn: Turn, order: Order) -> str:
    """Who has no phone number here (Telegram, a WhatsApp name) may give one for the courier; nothing waits for it."""
    if order.place.pickup or order.place.contact or own_phone(turn):
        return ""
    return turn._("Mag de koerier u bellen? Typ dan uw telefoonnummer.")


def _undo_text(turn: Turn, departure: Departure | None) -> str:
    if departure is None:
        return ""
    until = moments.last_moment(departure, turn.now.astimezone(AMSTERDAM).date(), turn._)
    return turn._("Toch niet? Typ ANNULEREN. Dat kan {until}.").format(until=until)
