"""The shopkeeper answers with a word: OK, OP 2, 2 WEEGT 620, KAN 20, KLAAR; and runs the shop with a few more.

Every answer is confirmed with what changed and how to undo it: FOUT takes back the last thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from catalog.reading.questions import begins_as_question
from catalog.reading.tokens import lowers
from catalog.reading.words import plain as plain_word
from conversations import interrupts, shopwords
from conversations.flows import shelfwork, shopanswers
from conversations.flows.shopanswers import AllGone, act, could_be, joined, meant, waiting
from conversations.labels import fold
from conversations.shopwords import Said
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import alerts, receipts
from notifications.messages import Choice
from notifications.texts import day_and_hours, names, plain
from orders.lines import ShopStatus
from orders.order import Order


def home(turn: Turn) -> Step:
    """Where a shopkeeper stands: at the counter."""
    return Desk()


def shops_of(turn: Turn) -> list[str]:
    """All shops of this person on this square, the first one first."""
    return [role.shop for role in turn.roles if role.role == "shopkeeper" and role.square == turn.conversation.square]


def shop_of(turn: Turn) -> str | None:
    """The shop this person speaks for now; None when the role was taken back."""
    mine, chosen = shops_of(turn), turn.conversation.hat.partition(":")[2]
    return chosen if chosen in mine else next(iter(mine), None)


def speak_for(turn: Turn, shop: str) -> None:
    """From now on this person talks as this shop; who has more than one hears that it changed."""
    before = shop_of(turn)
    turn.conversation.hat = f"shopkeeper:{shop}" if len(shops_of(turn)) > 1 else "shopkeeper"
    if before != shop:
        turn.say(turn._("U praat nu als {shop}.").format(shop=receipts.shop_name(turn.square, shop)))


def _meant_shop(turn: Turn, order_id: str, named: str) -> str | None:
    """Which of this person's shops a button is for: the one it names, else one that the order holds something of."""
    mine = shops_of(turn)
    if named in mine:
        return named
    for shop in sorted(mine, key=lambda one: one != shop_of(turn)):
        if any(one.id == order_id for one in turn.store.orders_for_shop(turn.conversation.square, shop)):
            return shop
    return shop_of(turn)


def tapped(turn: Turn, args: list[str]) -> Step | None:
    """``shop:<verb>:<order>…`` from an alert. The order must hold something of this person's own shop."""
    verb, subject, *rest = [*args, "", ""]
    shop = _meant_shop(turn, subject, rest[1] if len(rest) > 1 else "")
    if shop is None:
        turn.say(turn._("U bent geen winkelier op dit plein."))
        return None
    speak_for(turn, shop)
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
        if (chosen := _other_shop(turn)) is not None:
            return chosen
        answers = shopwords.hear_all(turn.text)
        if answers and _for_another(turn, shop, answers[0]):
            return self
        shop = shop_of(turn) or shop
        if not answers:
            return shelfwork.hear(turn, shop, self) or self._not_understood(turn)
        if len(answers) > 1:
            return several(turn, shop, self, answers)
        general = _GENERAL.get(answers[0].verb)
        return general(turn, shop, self) if general else self._about_order(turn, shop, answers[0])

    def _about_order(self, turn: Turn, shop: str, said: Said) -> Step:
        orders = waiting(turn, shop)
        order = meant(orders, shop, said, self.order_id)
        if order is not None:
            after = AllGone(order.id) if said.verb == "refuse" else act(turn, shop, order, said)
            return replace(after, undo=self.undo) if isinstance(after, Desk) and not after.undo else after
        if not _can_be_asked(turn, orders, said):
            return self
        return WhichOrder(could_be(orders, shop, said), said)

    def _not_understood(self, turn: Turn) -> Step:
        if (elsewhere := interrupts.in_other_words(turn, self)) is not None:
            return elsewhere
        if begins_as_question([plain_word(word) for word in lowers(turn.text)]) or turn.text.rstrip().endswith("?"):
            turn.say(turn._("Dat weet ik niet. {who}").format(who=interrupts.human_offer(turn)))
            return self
        turn.miss()
        turn.say(turn._("Dat begreep ik niet. Typ OK, OP 2, KAN 20, KLAAR, LIJST of HULP."))
        return self


def _other_shop(turn: Turn) -> Step | None:
    """WINKEL, or WINKEL and a name, by someone who has several: which one do they speak for?"""
    mine = shops_of(turn)
    said, _, name = fold(turn.text).partition(" ")
    if turn.choice is None and (said != "winkel" or len(mine) < 2):
        return None
    wanted = (turn.choice or "").removeprefix("speak:") if turn.choice else name
    for shop in mine:
        if wanted and (wanted == shop or wanted in fold(receipts.shop_name(turn.square, shop))):
            speak_for(turn, shop)
            return Desk()
    return None if turn.choice else WhichShop()


def _for_another(turn: Turn, shop: str, said: Said) -> bool:
    """An answer without a number while another shop of theirs waits. True when it is not clear which is meant; says so."""
    if len(shops_of(turn)) < 2 or said.verb in _GENERAL or said.order is not None:
        return False
    waits = [one for one in shops_of(turn) if any(could_be(waiting(turn, one), one, said))]
    if len(waits) == 1:
        speak_for(turn, waits[0])
    if len(waits) < 2:
        return False
    shops = names([receipts.shop_name(turn.square, one) for one in waits], turn._)
    text = turn._("Bij {shops} wacht een bestelling. Tik op de knop onder het bericht, of typ het nummer erbij: OK 1000.")
    turn.say(text.format(shops=shops))
    return True


def _can_be_asked(turn: Turn, orders: list[Order], said: Said) -> bool:
    """Whether it helps to ask which order was meant; says why not otherwise. Nothing has changed yet."""
    if said.order is not None:
        turn.say(turn._("Dat nummer staat niet open bij u. Ik heb niets veranderd. Typ LIJST om alles te zien."))
        return False
    if not orders:
        turn.say(turn._("U hebt nu geen bestelling die daarop wacht. Typ LIJST om alles te zien."))
    return bool(orders)


def several(turn: Turn, shop: str, desk: Desk, answers: list[Said]) -> Step:
    """Several answers in one message: all are done, as one thing to undo. A thanks among them needs no answer."""
    answers = [said for said in answers if said.verb not in ("thanks", "hello")]
    if any(said.verb in _GENERAL or said.verb == "refuse" for said in answers):
        turn.say(turn._("Dat zijn verschillende dingen. Stuur ze 1 voor 1. Ik heb niets veranderd."))
        return desk
    named, orders = next((said.order for said in answers if said.order), None), waiting(turn, shop)
    answers = [said if said.order else replace(said, order=named) for said in answers]
    found = [meant(orders, shop, said, desk.order_id) for said in answers]
    for order, said in zip(found, answers, strict=True):
        if order is None:
            wanted = _can_be_asked(turn, orders, said)
            return WhichOrder(could_be(orders, shop, said), answers[0], tuple(answers[1:])) if wanted else desk
    return _all_done(turn, shop, [(order, said) for order, said in zip(found, answers, strict=True) if order is not None])


def _all_done(turn: Turn, shop: str, todo: list[tuple[Order, Said]]) -> Step:
    """Acts in the order they were said. One that must be asked about comes last: a talk has one question at a time."""
    undos: list[str] = []
    question: Step | None = None
    last = Desk()
    for order, said in todo:
        after = act(turn, shop, order, said)
        if isinstance(after, Desk):
            last, undos = after, undos + [after.undo] * bool(after.undo)
        elif question is None:
            question = after
        else:
            turn.say(turn._("Over bestelling {number} vraag ik zo iets. Typ dat nog een keer.").format(number=order.number))
    return joined(question, "+".join(undos)) if question else replace(last, undo="+".join(undos))


def _ok_all(turn: Turn, shop: str, departure: str) -> Step:
    return _accept_all(turn, shop, [one for one in waiting(turn, shop) if one.departure == departure])


def _accept_all(turn: Turn, shop: str, orders: list[Order]) -> Step:
    orders = [one for one in orders if one.shop_order(shop).status is ShopStatus.WAITING]
    for order in orders:
        order.accept(shop)
        turn.store.save(order)
    if not orders:
        turn.say(turn._("Alles was al beantwoord."))
        return Desk()
    text = turn._("Aangenomen: {numbers}. Klopt dat niet? Typ FOUT.")
    turn.say(text.format(numbers=names([str(order.number) for order in orders], turn._)))
    return Desk(orders[-1].id, "+".join(f"accept:{order.id}:{ShopStatus.WAITING}" for order in orders))


def _ok_everything(turn: Turn, shop: str, desk: Desk) -> Step:
    return _accept_all(turn, shop, waiting(turn, shop))


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
    """FOUT: take back the last thing that was done, newest part first."""
    undone = False
    order_id = ""
    for what in reversed(desk.undo.split("+")):
        done = shopanswers.undo(turn, shop, what)
        order_id = done or order_id
        undone = done is not None or shelfwork.undo(turn, shop, what) or undone
    if not undone:
        turn.say(turn._("Er is niets om terug te draaien."))
    return Desk(order_id or desk.order_id)


def _bundling(together: bool) -> Callable[[Turn, str, Desk], Step]:
    def switch(turn: Turn, shop: str, desk: Desk) -> Step:
        turn.store.change_shop(turn.conversation.square, replace(turn.square.shop_by_slug[shop], bundled=together))
        turn.say(turn._("U krijgt alles in 1 bericht als de bestelling sluit. Liever per bestelling? Typ LOS.") if together
                 else turn._("U krijgt elke bestelling meteen. Liever alles in 1 bericht? Typ SAMEN."))  # fmt: skip
        return desk

    return switch


def _polite(turn: Turn, shop: str, desk: Desk) -> Step:
    """Thanks and a greeting change nothing, and are no reason to offer a person."""
    left = [one for one in waiting(turn, shop) if one.shop_order(shop).status is ShopStatus.WAITING]
    if left:
        turn.say(turn._("Dit wacht nog op uw antwoord: bestelling {numbers}. Typ LIJST om alles te zien.").format(
            numbers=names([str(one.number) for one in left], turn._)))  # fmt: skip
    else:
        turn.say(turn._("Er wacht nu niets op u. Typ HULP om te zien wat u kunt typen."))
    return desk


def _few(turn: Turn, shop: str, desk: Desk) -> Step:
    turn.say(
        turn._("Een kleiner aantal kan ik niet doorgeven. Typ OP 1 als u regel 1 niet levert. Of BEL MIJ, dan belt een mens u.")
    )
    return desk


def _pickup(turn: Turn, shop: str, desk: Desk) -> Step:
    """When the courier comes, as far as it is planned; at what minute is not known."""
    found = {one.departure: receipts.departure_of(one, turn.square) for one in waiting(turn, shop)}
    moments = [
        day_and_hours(one, turn._) for one in sorted((one for one in found.values() if one), key=lambda one: one.starts_at)
    ]
    text = turn._("De koerier haalt het op in de rit van {when}, aan het begin.")
    turn.say("\n".join(text.format(when=when) for when in moments) or turn._("Er wacht nu niets op een koerier."))
    return desk


def _trouble(turn: Turn, shop: str, desk: Desk) -> Step:
    """What a shop cannot help: the coordinators read it in its own words."""
    text = turn._("{shop} schrijft: ‘{text}’. Wilt u bellen?")
    interrupts.tell_coordinators(turn, text.format(shop=receipts.shop_name(turn.square, shop), text=plain(turn.text, 120)))
    turn.say(turn._("Ik heb het doorgegeven. {who}").format(who=interrupts.human_offer(turn)))
    if left := [one for one in waiting(turn, shop) if one.shop_order(shop).status is ShopStatus.WAITING]:
        turn.say(turn._("Kunt u een bestelling niet leveren? Typ: {number} NEE.").format(number=left[0].number))
    return desk


def _assortment(turn: Turn, shop: str, desk: Desk) -> Step:
    turn.say(turn._("Nieuwe artikelen zet de coördinator in de lijst. {who}").format(who=interrupts.human_offer(turn)))
    return desk


_GENERAL: dict[str, Callable[[Turn, str, Desk], Step]] = {
    "list": listing, "undo": undo, "together": _bundling(True), "each": _bundling(False),
    "okall": _ok_everything, "thanks": _polite, "hello": _polite, "few": _few,
    "pickup": _pickup, "trouble": _trouble, "assortment": _assortment,
}  # fmt: skip


@step("shop.which_order")
@dataclass(frozen=True, slots=True)
class WhichOrder(Step):
    """Several orders wait: which one was meant?"""

    orders: tuple[str, ...]
    said: Said
    more: tuple[Said, ...] = ()

    def ask(self, turn: Turn) -> Ask:
        orders = [turn.store.order(one) for one in self.orders]
        return Ask(
            turn._("Welke bestelling bedoelt u?"),
            tuple(Choice(f"{one.number}, {alerts.first_name(one, turn._)}"[:20], f"which:{one.id}") for one in orders),
        )

    def hear(self, turn: Turn) -> Step:
        shop, said = shop_of(turn), turn.text.strip()
        chosen = (turn.choice or "").removeprefix("which:")
        if shop is None:
            return Desk().hear(turn)
        orders = waiting(turn, shop)
        order = next((one for one in orders if chosen == one.id or str(one.number) == said), None)
        if order is None:
            return Desk().hear(turn)
        if self.more:
            return _all_done(turn, shop, [(order, one) for one in (self.said, *self.more)])
        return AllGone(order.id) if self.said.verb == "refuse" else act(turn, shop, order, self.said)


@step("shop.which_shop")
@dataclass(frozen=True, slots=True)
class WhichShop(Step):
    """Someone with several shops: which one do they speak for?"""

    def ask(self, turn: Turn) -> Ask:
        named = [(shop, receipts.shop_name(turn.square, shop)) for shop in shops_of(turn)[:10]]
        return Ask(
            turn._("Voor welke winkel praat u?"), tuple(Choice(name[:20], f"speak:{shop}", name) for shop, name in named)
        )

    def hear(self, turn: Turn) -> Step:
        return Desk().hear(turn)


@step("shop.what_is_out")
@dataclass(frozen=True, slots=True)
class WhatIsOut(Step):
    """The button "Iets is op": which line?"""

    order_id: str

    def ask(self, turn: Turn) -> Ask:
        order, shop = turn.store.order(self.order_id), shop_of(turn) or ""
        lines = [(place, line) for place, line in enumerate(order.lines_of(shop), 1) if not line.sold_out]
        choices = tuple(
            Choice(line.name[:20], f"shop:out:{order.id}:{place}:{shop}", alerts.shop_line(place, line, turn._)[:72])
            for place, line in lines[:10]
        )
        return Ask(turn._("Wat is op in bestelling {number}?").format(number=order.number), choices)

    def hear(self, turn: Turn) -> Step:
        shop = shop_of(turn)
        if shop is not None and re.fullmatch(r"\s*\d{1,2}\s*", turn.text):
            return act(turn, shop, turn.store.order(self.order_id), Said("out", line=int(turn.text)))
        return Desk(self.order_id).hear(turn)
