"""The shopkeeper answers with a word: OK, OP 2, 2 WEEGT 620, KAN 20, KLAAR; and runs the shop with a few more.

Every answer is confirmed with what changed and how to undo it: FOUT takes back the last thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from conversations import shopwords
from conversations.flows import shelfwork
from conversations.shopwords import Said
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import alerts
from notifications.messages import Choice
from notifications.texts import grams, names
from orders.lines import WEIGHT_MARGIN_PERCENT, ShopStatus
from orders.order import NotAllowed, Order, Status


def home(turn: Turn) -> Step:
    """Where a shopkeeper stands: at the counter."""
    return Desk()


def shop_of(turn: Turn) -> str | None:
    """The shop this person speaks for; None when the role was taken back."""
    roles = [role for role in turn.roles if role.role == "shopkeeper" and role.square == turn.conversation.square]
    return roles[0].shop if roles else None


def tapped(turn: Turn, args: list[str]) -> Step | None:
    """``shop:<verb>:<order>…`` from an alert. The order must hold something of this person's own shop."""
    shop = shop_of(turn)
    if shop is None:
        turn.say(turn._("U bent geen winkelier op dit plein."))
        return None
    turn.conversation.hat = "shopkeeper"
    verb, subject, *rest = [*args, ""]
    if verb == "okall":
        return _ok_all(turn, shop, subject)
    order = next((one for one in turn.store.orders_for_shop(turn.conversation.square, shop) if one.id == subject), None)
    if order is None:
        turn.say(turn._("Deze bestelling is niet van uw winkel."))
        return Desk()
    if verb == "out" and not rest[0]:
        return WhatIsOut(order.id)
    return act(turn, shop, order, Said(verb, line=int(rest[0]) if rest[0].isdigit() else None))


@step("shop.desk")
@dataclass(frozen=True, slots=True)
class Desk(Step):
    """Hears everything a shopkeeper says. ``order_id`` is the order last talked about, ``undo`` what FOUT takes back."""

    order_id: str = ""
    undo: str = ""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        if not turn.paragraphs:
            return Ask(turn._("Typ LIJST voor uw bestellingen, of HULP."))
        return Ask("", (*self._next(turn), Choice(turn._("Fout"), "undo")) if self.undo else ())

    def _next(self, turn: Turn) -> tuple[Choice, ...]:
        """What is still to be said of the order last talked about."""
        shop = shop_of(turn)
        order = turn.store.order(self.order_id) if self.order_id and shop else None
        return alerts.shop_choices(order, turn._, shop or "")[:2] if order else ()  # with FOUT as many as fit on WhatsApp

    def hear(self, turn: Turn) -> Step:
        shop = shop_of(turn)
        if shop is not None and turn.choice == "undo":
            return undo(turn, shop, self)
        if shop is None:
            turn.say(turn._("U bent geen winkelier (meer) op dit plein."))
            return self
        said = shopwords.hear(turn.text)
        if said is None:
            return shelfwork.hear(turn, shop, self) or self._not_understood(turn)
        general = _GENERAL.get(said.verb)
        return general(turn, shop, self) if general else self._about_order(turn, shop, said)

    def _about_order(self, turn: Turn, shop: str, said: Said) -> Step:
        orders = waiting(turn, shop)
        order = _meant(orders, shop, said, self.order_id)
        if order is not None:
            return act(turn, shop, order, said)
        if not orders:
            turn.say(turn._("U hebt nu geen bestelling die daarop wacht. Typ LIJST om alles te zien."))
            return self
        return WhichOrder(tuple(one.id for one in orders[:9]), said)

    def _not_understood(self, turn: Turn) -> Step:
        turn.miss()
        turn.say(turn._("Dat begreep ik niet. Typ OK, OP 2, KAN 20, KLAAR, LIJST of HULP."))
        return self


def waiting(turn: Turn, shop: str) -> list[Order]:
    """Orders of this shop that are not on the way yet, oldest first."""
    orders = turn.store.orders_for_shop(turn.conversation.square, shop)
    return sorted((one for one in orders if one.status in (Status.PLACED, Status.ACCEPTED)), key=lambda one: one.number)


def _meant(orders: list[Order], shop: str, said: Said, last: str) -> Order | None:
    """Which order an answer is about: the number it names, the only one (that waits), or the one last talked about."""
    if said.order is not None:
        return next((one for one in orders if one.number == said.order), None)
    if len(orders) == 1:
        return orders[0]
    open_ = [one for one in orders if one.shop_order(shop).status is ShopStatus.WAITING]
    if len(open_) == 1 and said.verb != "ready":
        return open_[0]
    return next((one for one in orders if one.id == last), None) if said.verb in ("out", "weigh") else None


def act(turn: Turn, shop: str, order: Order, said: Said) -> Step:
    """Do one thing to one order and confirm it with how to undo."""
    try:
        undo = _ACTS[said.verb](turn, shop, order, said)
    except NotAllowed as why:
        turn.say(why.said(turn._))
        return Desk(order.id)
    turn.store.save(order)
    return Desk(order.id, undo)


def _ok(turn: Turn, shop: str, order: Order, said: Said) -> str:
    order.accept(shop)
    turn.say(turn._("Bestelling {number} is aangenomen. Klopt dat niet? Typ FOUT.").format(number=order.number))
    return f"accept:{order.id}"


def _ready(turn: Turn, shop: str, order: Order, said: Said) -> str:
    order.accept(shop, ready=True)
    turn.say(turn._("Bestelling {number} staat klaar. Klopt dat niet? Typ FOUT.").format(number=order.number))
    return f"accept:{order.id}"


def _can(turn: Turn, shop: str, order: Order, said: Said) -> str:
    order.accept(shop, ready_minutes=said.number)
    text = turn._("Bestelling {number} is aangenomen en klaar over {minutes} minuten. Klopt dat niet? Typ FOUT.")
    turn.say(text.format(number=order.number, minutes=said.number))
    return f"accept:{order.id}"


def _out(turn: Turn, shop: str, order: Order, said: Said) -> str:
    line = order.sell_out(shop, said.line or _only_line(turn, order, shop))
    turn.say(turn._("{name} is op in bestelling {number}. De bewoner krijgt bericht. Klopt dat niet? Typ FOUT.").format(
        name=line.name, number=order.number))  # fmt: skip
    if order.shop_order(shop).status is ShopStatus.WAITING and any(not one.sold_out for one in order.lines_of(shop)):
        turn.say(turn._("Kan de rest wel? Typ OK."))
    return f"out:{order.id}:{line.number}"


def _only_line(turn: Turn, order: Order, shop: str) -> int:
    """The line that a bare "op" or "weegt 620" is about. Raises NotAllowed when there are more."""
    if len(order.lines_of(shop)) != 1:
        raise NotAllowed(turn._("Welke regel bedoelt u? Typ bijvoorbeeld: OP 2, of: 2 WEEGT 620."))
    return 1


def _weigh(turn: Turn, shop: str, order: Order, said: Said) -> str:
    if not said.number or not 1 <= said.number <= 50_000:
        raise NotAllowed(turn._("Hoeveel gram is het? Typ bijvoorbeeld: 2 WEEGT 620."))
    position = said.line or _only_line(turn, order, shop)
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
    "out": _out,
    "weigh": _weigh,
}


def _ok_all(turn: Turn, shop: str, departure: str) -> Step:
    orders = [
        one for one in waiting(turn, shop) if one.departure == departure and one.shop_order(shop).status is ShopStatus.WAITING
    ]
    for order in orders:
        order.accept(shop)
        turn.store.save(order)
    done = names([str(order.number) for order in orders], turn._)
    turn.say(turn._("Aangenomen: {numbers}.").format(numbers=done) if orders else turn._("Alles was al beantwoord."))
    return Desk(orders[-1].id if orders else "")


def listing(turn: Turn, shop: str, desk: Desk) -> Step:
    """LIJST: all orders of the shop that still have to leave, with what was answered."""
    orders = waiting(turn, shop)
    if not orders:
        turn.say(turn._("U hebt nu geen bestellingen."))
        return desk
    said = {
        ShopStatus.WAITING: turn._("wacht op u"),
        ShopStatus.ACCEPTED: turn._("aangenomen"),
        ShopStatus.READY: turn._("staat klaar"),
    }
    for order in orders[:12]:
        head = f"{order.number}, {alerts.first_name(order, turn._)}, {said[order.shop_order(shop).status]}:"
        turn.say(f"{head}\n{alerts.shop_lines(order, shop, turn._)}")
    if len(orders) > 12:
        turn.say(turn._("En nog {count} andere.").format(count=len(orders) - 12))
    return desk


def undo(turn: Turn, shop: str, desk: Desk) -> Step:
    """FOUT: take back the last thing that was done."""
    verb, _, rest = desk.undo.partition(":")
    if verb not in _UNDOS:
        if not shelfwork.undo(turn, shop, desk.undo):
            turn.say(turn._("Er is niets om terug te draaien."))
        return replace(desk, undo="")
    order_id, *args = rest.split(":")
    order = turn.store.order(order_id)
    try:
        turn.say(_UNDOS[verb](turn, shop, order, args))
    except NotAllowed as why:
        turn.say(why.said(turn._))
    turn.store.save(order)
    return Desk(order.id)


def _undo_accept(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    order.withdraw_acceptance(shop)
    return turn._("Teruggedraaid. Bestelling {number} wacht weer op uw antwoord.").format(number=order.number)


def _undo_out(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    line = order.restore(int(args[0]))
    return turn._("Teruggedraaid. {name} is er weer in bestelling {number}.").format(name=line.name, number=order.number)


def _undo_weigh(turn: Turn, shop: str, order: Order, args: list[str]) -> str:
    line = order.line(int(args[0]))
    if line is None or line.shop != shop:
        raise NotAllowed(turn._("Die regel is er niet meer."))
    line.weighed = int(args[1]) if args[1] else None
    return turn._("Teruggedraaid. {name} is nog niet gewogen.").format(name=line.name)


_UNDOS: dict[str, Callable[[Turn, str, Order, list[str]], str]] = {
    "accept": _undo_accept,
    "out": _undo_out,
    "weigh": _undo_weigh,
}


def _bundling(together: bool) -> Callable[[Turn, str, Desk], Step]:
    def switch(turn: Turn, shop: str, desk: Desk) -> Step:
        turn.store.change_shop(turn.conversation.square, replace(turn.square.shop_by_slug[shop], bundled=together))
        turn.say(turn._("U krijgt alles in 1 bericht als de bestelling sluit. Liever per bestelling? Typ LOS.") if together
                 else turn._("U krijgt elke bestelling meteen. Liever alles in 1 bericht? Typ SAMEN."))  # fmt: skip
        return desk

    return switch


_GENERAL: dict[str, Callable[[Turn, str, Desk], Step]] = {
    "list": listing, "undo": undo, "together": _bundling(True), "each": _bundling(False),
}  # fmt: skip


@step("shop.which_order")
@dataclass(frozen=True, slots=True)
class WhichOrder(Step):
    """Several orders wait: which one was meant?"""

    orders: tuple[str, ...]
    said: Said

    def ask(self, turn: Turn) -> Ask:
        orders = [turn.store.order(one) for one in self.orders]
        return Ask(
            turn._("Welke bestelling bedoelt u?"),
            tuple(Choice(f"{one.number}, {alerts.first_name(one, turn._)}"[:20], f"which:{one.id}") for one in orders),
        )

    def hear(self, turn: Turn) -> Step:
        shop, said = shop_of(turn), turn.text.strip()
        chosen = (turn.choice or "").removeprefix("which:")
        by_number = next((one for one in self.orders if str(turn.store.order(one).number) == said), "")
        if shop is None or not (chosen in self.orders or by_number):
            return Desk().hear(turn)
        return act(turn, shop, turn.store.order(chosen if chosen in self.orders else by_number), self.said)


@step("shop.what_is_out")
@dataclass(frozen=True, slots=True)
class WhatIsOut(Step):
    """The button "Iets is op": which line?"""

    order_id: str

    def ask(self, turn: Turn) -> Ask:
        order, shop = turn.store.order(self.order_id), shop_of(turn) or ""
        lines = [(place, line) for place, line in enumerate(order.lines_of(shop), 1) if not line.sold_out]
        choices = tuple(
            Choice(line.name[:20], f"shop:out:{order.id}:{place}", alerts.shop_line(place, line, turn._)[:72])
            for place, line in lines[:10]
        )
        return Ask(turn._("Wat is op in bestelling {number}?").format(number=order.number), choices)

    def hear(self, turn: Turn) -> Step:
        shop = shop_of(turn)
        if shop is not None and re.fullmatch(r"\s*\d{1,2}\s*", turn.text):
            return act(turn, shop, turn.store.order(self.order_id), Said("out", line=int(turn.text)))
        return Desk(self.order_id).hear(turn)
