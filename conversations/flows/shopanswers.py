"""What a shop does to an order: takes it, says that a line is sold out, weighs, has it ready; and takes that back again.

Each act confirms itself and returns what FOUT needs to take it back, as ``verb:order:…``; several are joined by ``+``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from catalog.square import AMSTERDAM
from conversations.shopwords import Said
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import ready, receipts
from notifications.messages import Choice
from notifications.texts import grams, moment_text
from orders.lines import WEIGHT_MARGIN_PERCENT, OrderLine, ShopStatus
from orders.order import NotAllowed, Order, Status

#: A weight less than half of what was asked, or more than twice, is asked about: a slip of the thumb is quick.
_FAR = 2


def waiting(turn: Turn, shop: str) -> list[Order]:
    """Orders of this shop that are not on the way yet, oldest first."""
    orders = turn.store.orders_for_shop(turn.conversation.square, shop)
    return sorted((one for one in orders if one.status in (Status.PLACED, Status.ACCEPTED)), key=lambda one: one.number)


def meant(orders: list[Order], shop: str, said: Said, last: str) -> Order | None:
    """Which order an answer is about: the number it names, the only one that it can be about, or the one last talked about.

    None when it must be asked.
    """
    if said.order is not None:
        return next((one for one in orders if one.number == said.order), None)
    if len(orders) == 1:
        return orders[0]
    fitting = [one for one in orders if _fits(one, shop, said)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and said.verb in ("out", "weigh"):
        return next((one for one in orders if one.id == last), None)
    unanswered = [one for one in fitting if one.shop_order(shop).status is ShopStatus.WAITING]
    spoken_of = next((one for one in fitting if one.id == last), None) if said.verb in ("out", "weigh") else None
    if spoken_of and (not unanswered or unanswered == [spoken_of]):
        return spoken_of
    return None


def could_be(orders: list[Order], shop: str, said: Said) -> tuple[str, ...]:
    """The ids of the orders to choose from: those it can be about, else all; no longer than a list may be."""
    fitting = [one.id for one in orders if _fits(one, shop, said)]
    return tuple(fitting or [one.id for one in orders])[:9]


def _fits(order: Order, shop: str, said: Said) -> bool:
    """Whether this answer could be about this order at all."""
    status, lines = order.shop_order(shop).status, order.lines_of(shop)
    if said.verb in ("out", "weigh"):
        places = range(1, len(lines) + 1) if said.line is None else [said.line]
        return any(_line_fits(lines[place - 1], said.verb) for place in places if 1 <= place <= len(lines))
    return status is not ShopStatus.READY if said.verb == "ready" else status is ShopStatus.WAITING


def _line_fits(line: OrderLine, verb: str) -> bool:
    return not line.sold_out and (line.by_weight or verb == "out")


def act(turn: Turn, shop: str, order: Order, said: Said, *, sure: bool = False) -> Step:
    """Do one thing to one order and confirm it with how to undo. A slip, or what cannot be undone, is asked about first."""
    from conversations.flows.shopkeeper import Desk

    try:
        doubt = None if sure else _doubt(turn, shop, order, said)
        if doubt is not None:
            return doubt
        undo = _ACTS[said.verb](turn, shop, order, said)
    except NotAllowed as why:
        turn.say(why.said(turn._))
        return Desk(order.id)
    turn.store.save(order)
    return Desk(order.id, undo)


def _doubt(turn: Turn, shop: str, order: Order, said: Said) -> Step | None:
    if said.verb == "out" and order.status in (Status.PLACED, Status.ACCEPTED):
        line = order.shop_line(shop, _position(turn, order, shop, said))
        return AllGone(order.id) if order.open_lines == [line] else None
    if said.verb == "weigh" and said.number and 1 <= said.number <= 50_000:
        place = _position(turn, order, shop, said)
        line = order.shop_line(shop, place)
        far = said.number * _FAR < line.amount or said.number > line.amount * _FAR
        return SureWeight(order.id, place, said.number) if far and line.by_weight else None
    return None


def _ok(turn: Turn, shop: str, order: Order, said: Said) -> str:
    was = order.shop_order(shop).status
    order.accept(shop)
    if was is ShopStatus.READY:
        turn.say(turn._("Bestelling {number} stond al klaar. Klopt dat niet? Typ FOUT.").format(number=order.number))
        return f"accept:{order.id}:{ShopStatus.ACCEPTED}"
    turn.say(turn._("Bestelling {number} is aangenomen. Klopt dat niet? Typ FOUT.").format(number=order.number))
    return f"accept:{order.id}"


def _ready(turn: Turn, shop: str, order: Order, said: Said) -> str:
    was = order.shop_order(shop).status
    order.accept(shop, ready=True)
    turn.say(turn._("Bestelling {number} staat klaar. Klopt dat niet? Typ FOUT.").format(number=order.number))
    return f"accept:{order.id}:{was if was is ShopStatus.WAITING else ShopStatus.ACCEPTED}"


def _can(turn: Turn, shop: str, order: Order, said: Said) -> str:
    ready_at = turn.now + timedelta(minutes=said.number or 0)
    text = turn._("Bestelling {number} is aangenomen en klaar om {time} uur. Klopt dat niet? Typ FOUT.")
    return _ready_at(turn, shop, order, ready_at, text.format(number=order.number, time=ready.hour(ready_at)))


def _at(turn: Turn, shop: str, order: Order, said: Said) -> str:
    """ "Klaar om half 10": on the day of the ride."""
    when = receipts.departure_of(order, turn.square)
    if said.number is None or when is None:
        raise NotAllowed(turn._("Hoe laat is het klaar? Typ bijvoorbeeld: KAN 20, of: klaar om 10 uur."))
    ready_at = datetime.combine(when.day, time(*divmod(said.number, 60)), AMSTERDAM)
    text = turn._("Bestelling {number} is aangenomen en klaar op {moment}. Klopt dat niet? Typ FOUT.")
    return _ready_at(turn, shop, order, ready_at, text.format(number=order.number, moment=moment_text(ready_at, turn._)))


def _ready_at(turn: Turn, shop: str, order: Order, ready_at: datetime, text: str) -> str:
    was, before = order.shop_order(shop).status, order.shop_order(shop).ready_at
    order.accept(shop, ready_at=ready_at)
    turn.say(text)
    if was is ShopStatus.WAITING:
        return f"accept:{order.id}"
    return f"can:{order.id}:{was}:{int(before.timestamp()) if before else ''}"


def _out(turn: Turn, shop: str, order: Order, said: Said) -> str:
    place = _position(turn, order, shop, said)
    if order.shop_line(shop, place).sold_out:
        raise NotAllowed(
            turn._("{name} stond al op uitverkocht in bestelling {number}.").format(
                name=order.shop_line(shop, place).name, number=order.number
            )
        )
    line = order.sell_out(shop, place)
    if order.status is Status.CANCELLED:
        turn.say(turn._("Bestelling {number} gaat niet door. De bewoner krijgt bericht.").format(number=order.number))
        return ""
    turn.say(turn._("{name} is op in bestelling {number}. De bewoner krijgt bericht. Klopt dat niet? Typ FOUT.").format(
        name=line.name, number=order.number))  # fmt: skip
    if order.shop_order(shop).status is ShopStatus.WAITING and any(not one.sold_out for one in order.lines_of(shop)):
        turn.say(turn._("Kan de rest wel? Typ OK."))
    return f"out:{order.id}:{line.number}"


def _position(turn: Turn, order: Order, shop: str, said: Said) -> int:
    """The line that is meant, also by a bare "op" or "620 gram". Raises NotAllowed when it could be more than one."""
    lines = order.lines_of(shop)
    if said.line is not None:
        return said.line
    fitting = [place for place, line in enumerate(lines, 1) if _line_fits(line, said.verb)]
    if len(fitting) == 1 and (said.verb == "weigh" or len(lines) == 1):
        return fitting[0]
    if said.verb == "weigh" and not fitting:
        raise NotAllowed(turn._("In bestelling {number} gaat niets per gewicht.").format(number=order.number))
    raise NotAllowed(turn._("Welke regel bedoelt u? Typ bijvoorbeeld: OP 2, of: 2 WEEGT 620."))


def _weigh(turn: Turn, shop: str, order: Order, said: Said) -> str:
    if not said.number or not 1 <= said.number <= 50_000:
        raise NotAllowed(turn._("Hoeveel gram is het? Typ bijvoorbeeld: 2 WEEGT 620."))
    position = _position(turn, order, shop, said)
    before = order.shop_line(shop, position).weighed
    line = order.weigh(shop, position, said.number)
    turn.say(turn._("{name} weegt {grams} in bestelling {number}. Klopt dat niet? Typ FOUT.").format(
        name=line.name, grams=grams(said.number, turn._), number=order.number))  # fmt: skip
    most = line.amount * (100 + WEIGHT_MARGIN_PERCENT) // 100
    if line.weighed is not None and line.weighed < said.number:
        turn.say(
            turn._("Let op: de bewoner heeft al betaald, voor {paid}. Er komt niets bij.").format(
                paid=grams(line.weighed, turn._)
            )
        )
    elif said.number > most:
        turn.say(
            turn._("Let op: de bewoner vroeg {asked} en betaalt hoogstens voor {most}.").format(
                asked=grams(line.amount, turn._), most=grams(most, turn._)
            )
        )
    return f"weigh:{order.id}:{line.number}:{before or ''}"


_ACTS: dict[str, Callable[[Turn, str, Order, Said], str]] = {
    "ok": _ok,
    "ready": _ready,
    "can": _can,
    "at": _at,
    "out": _out,
    "weigh": _weigh,
}


# --- FOUT ----------------------------------------------------------------------------------------------------------------


def undo(turn: Turn, shop: str, what: str) -> str | None:
    """Take one act back; returns the order's id, or None when ``what`` was no act on an order."""
    verb, _, rest = what.partition(":")
    if verb not in _UNDOS:
        return None
    order_id, *args = rest.split(":")
    order = turn.store.order(order_id)
    try:
        turn.say(_UNDOS[verb](turn, shop, order, args))
    except NotAllowed as why:
        turn.say(why.said(turn._))
    turn.store.save(order)
    return order.id


def _undo_accept(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    was = ShopStatus(args[0]) if args else ShopStatus.WAITING
    order.withdraw_acceptance(shop, was)
    if was is ShopStatus.WAITING:
        return turn._("Teruggedraaid. Bestelling {number} wacht weer op uw antwoord.").format(number=order.number)
    return turn._("Teruggedraaid. Bestelling {number} staat nog niet klaar. Hij blijft aangenomen.").format(number=order.number)


def _undo_can(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    before = datetime.fromtimestamp(int(args[1]), UTC) if args[1] else None
    order.put_back_ready_at(shop, ShopStatus(args[0]), before)
    if before is None:
        return turn._("Teruggedraaid. Bij bestelling {number} staat geen tijd meer.").format(number=order.number)
    return turn._("Teruggedraaid. Bestelling {number} is weer klaar om {time} uur.").format(
        number=order.number, time=ready.hour(before)
    )


def _undo_out(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    line = order.restore(int(args[0]))
    return turn._("Teruggedraaid. {name} is er weer in bestelling {number}.").format(name=line.name, number=order.number)


def _undo_weigh(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    line = order.line(int(args[0]))
    if line is None or line.shop != shop:
        raise NotAllowed(turn._("Die regel is er niet meer."))
    line.weighed = int(args[1]) if args[1] else None
    if line.weighed is not None:
        return turn._("Teruggedraaid. {name} weegt weer {grams}.").format(name=line.name, grams=grams(line.weighed, turn._))
    return turn._("Teruggedraaid. {name} is nog niet gewogen.").format(name=line.name)


_UNDOS: dict[str, Callable[[Turn, str, Order, list[str]], str]] = {
    "accept": _undo_accept,
    "can": _undo_can,
    "out": _undo_out,
    "weigh": _undo_weigh,
}


def joined(after: Step, before: str) -> Step:
    """Where the talk stands next, with what FOUT must take back of the same message as well."""
    undo = getattr(after, "undo", None)
    if undo is None or not before:
        return after
    return replace(after, undo="+".join(part for part in (before, undo) if part))  # type: ignore[type-var]


# --- asked first ---------------------------------------------------------------------------------------------------------


@step("shop.all_gone")
@dataclass(frozen=True, slots=True)
class AllGone(Step):
    """The shop would deliver nothing of this order."""

    order_id: str
    undo: str = ""  # what FOUT takes back of the same message

    def ask(self, turn: Turn) -> Ask:
        order = turn.store.order(self.order_id)
        text = turn._("Kunt u niets leveren van bestelling {number}? De bewoner krijgt dan bericht.")
        if self._ends(turn, order):
            text = turn._("Dan gaat bestelling {number} niet door, en dat kan ik niet terugdraaien. Is alles op?")
        return Ask(
            text.format(number=order.number),
            (Choice(turn._("Alles is op"), "all_gone"), Choice(turn._("Ik lever wel"), "none")),
        )

    def _ends(self, turn: Turn, order: Order) -> bool:
        from conversations.flows.shopkeeper import shop_of

        return all(line.shop == shop_of(turn) for line in order.open_lines)

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.shopkeeper import Desk, shop_of

        shop, order = shop_of(turn), turn.store.order(self.order_id)
        if shop is None or turn.choice not in ("all_gone", "none"):
            return Desk(self.order_id, self.undo).hear(turn)
        if turn.choice == "none":
            turn.say(turn._("Goed, daaraan heb ik niets veranderd."))
            return Desk(self.order_id, self.undo)
        return joined(everything_out(turn, shop, order), self.undo)


def everything_out(turn: Turn, shop: str, order: Order) -> Step:
    """All open lines of this shop are sold out; as one thing to undo, as long as the order stands."""
    from conversations.flows.shopkeeper import Desk

    undos = []
    for place, line in enumerate(order.lines_of(shop), 1):
        if not line.sold_out:
            undos.append(f"out:{order.id}:{line.number}")
            try:
                order.sell_out(shop, place)
            except NotAllowed as why:
                turn.say(why.said(turn._))
                return Desk(order.id)
    turn.store.save(order)
    if order.status is Status.CANCELLED:
        turn.say(turn._("Bestelling {number} gaat niet door. De bewoner krijgt bericht.").format(number=order.number))
        return Desk()
    text = turn._("U levert niets van bestelling {number}. De bewoner krijgt bericht. Klopt dat niet? Typ FOUT.")
    turn.say(text.format(number=order.number))
    return Desk(order.id, "+".join(undos))


@step("shop.sure_weight")
@dataclass(frozen=True, slots=True)
class SureWeight(Step):
    """A weight far from what was asked is asked about before it becomes a price."""

    order_id: str
    place: int
    grams: int
    undo: str = ""

    def ask(self, turn: Turn) -> Ask:
        order = turn.store.order(self.order_id)
        from conversations.flows.shopkeeper import shop_of

        line = order.shop_line(shop_of(turn) or "", self.place)
        text = turn._("Gevraagd was {asked} {name}. Weegt het echt {grams}?").format(
            asked=grams(line.amount, turn._), name=line.name, grams=grams(self.grams, turn._)
        )
        return Ask(text, (Choice(turn._("Ja"), "sure"), Choice(turn._("Nee"), "none")))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.shopkeeper import Desk, shop_of

        shop = shop_of(turn)
        if shop is not None and turn.choice == "sure":
            said = Said("weigh", self.place, self.grams)
            return joined(act(turn, shop, turn.store.order(self.order_id), said, sure=True), self.undo)
        if turn.choice == "none":
            turn.say(turn._("Goed, daaraan heb ik niets veranderd."))
            return Desk(self.order_id, self.undo)
        return Desk(self.order_id, self.undo).hear(turn)
