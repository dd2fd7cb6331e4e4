"""HEROEPEN: sending something back within 14 days, in two steps, with a receipt (BW 6:230o and 6:230p; directive 2023/2673).

Also before delivery; then it is simply not wanted. Fresh food has no such right and is said to have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from catalog.reading.when_calendar import public_holiday
from catalog.square import AMSTERDAM, Square
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import euros, line_text, long_day, moment_text
from orders.lines import OrderLine
from orders.order import NotAllowed, Order, Status

#: Buttons at most; whoever sends back more does so in turns.
MOST = 8
TERM = timedelta(days=14)


def last_day(order: Order, square: Square) -> date | None:
    """Until when something of this order may be sent back: 14 days after it came, never ending on a day off.

    A term that would ends on the next working day (Algemene termijnenwet art. 1).
    """
    departure = receipts.departure_of(order, square)
    if departure is None:
        return None
    day = departure.day + TERM
    while day.weekday() >= 5 or public_holiday(day) or day in square.closed:
        day += timedelta(days=1)
    return day


def begin(turn: Turn, standing: Step) -> Step:
    """What can be sent back, or why nothing can."""
    orders = [one for one in turn.store.orders_of(turn.person.id, turn.square.slug, 50) if one.status is not Status.CANCELLED]
    open_ = [one for one in orders if _in_term(turn, one) and one.returnable]
    lines = tuple(f"{one.id}:{line.number}" for one in open_ for line in one.returnable)
    if lines:
        return WhatBack(lines[:MOST])
    turn.say(_why_not(turn, orders))
    return standing


def _in_term(turn: Turn, order: Order) -> bool:
    last = last_day(order, turn.square)
    return last is not None and turn.now.astimezone(AMSTERDAM).date() <= last


def _why_not(turn: Turn, orders: list[Order]) -> str:
    if not orders:
        return turn._("U hebt hier nog niets besteld.")
    late = next((one for one in orders if one.returnable), None)
    if late is not None:
        last = last_day(late, turn.square)
        day = long_day(last, turn._) if last else ""
        return turn._("Terugsturen kon tot en met {day}. Is er iets mis? Typ BEL MIJ.").format(day=day)
    return turn._("Vers eten en wat speciaal voor u gemaakt is, kunt u niet terugsturen. Is er iets mis mee? Typ BEL MIJ.")


def _lines(turn: Turn, keys: tuple[str, ...]) -> list[tuple[Order, OrderLine]]:
    """The lines that can still be sent back, of those named."""
    found = []
    for key in keys:
        order_id, _, number = key.partition(":")
        order = turn.store.order(order_id)
        line = next((one for one in order.returnable if str(one.number) == number), None)
        if line is not None and order.resident == turn.person.id and _in_term(turn, order):
            found.append((order, line))
    return found


@step("returning.what")
@dataclass(frozen=True, slots=True)
class WhatBack(Step):
    """First step: which line. ``lines``: ``<order>:<number>``."""

    lines: tuple[str, ...]

    def ask(self, turn: Turn) -> Ask:
        found = _lines(turn, self.lines)
        choices = tuple(
            Choice(line.name, f"back:{order.id}:{line.number}", f"{order.number}, {euros(line.cents)}") for order, line in found
        )
        every = (Choice(turn._("Dit alles"), "all"),) if len(found) > 1 else ()
        return Ask(turn._("Wat wilt u terugsturen?"), (*choices, *every, Choice(turn._("Toch niet"), "keep")))

    def hear(self, turn: Turn) -> Step:
        from conversations.hats import home_of

        kind, _, key = (turn.choice or "").partition(":")
        if kind == "back" and key in self.lines:
            return SureBack((key,))
        if kind == "all":
            return SureBack(self.lines)
        if kind == "keep":
            turn.say(turn._("Goed, u houdt alles."))
            return home_of(turn)
        return home_of(turn).hear(turn)


@step("returning.sure")
@dataclass(frozen=True, slots=True)
class SureBack(Step):
    """Second step: what it means, and the button that does it."""

    lines: tuple[str, ...]
    numbered = False

    def ask(self, turn: Turn) -> Ask:
        found = _lines(turn, self.lines)
        text = turn._("U stuurt terug:\n{lines}\nU krijgt {sum} terug, binnen 14 dagen. Breng het terug naar: {shops}.").format(
            lines=_listed(turn, found), sum=euros(sum(_worth(line) for _order, line in found)), shops=_where_to(turn, found)
        )
        return Ask(text, (Choice(turn._("Bevestig herroeping"), "sure"), Choice(turn._("Toch niet"), "keep")))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import Quiet
        from conversations.hats import home_of

        if turn.choice == "keep":
            turn.say(turn._("Goed, u houdt alles."))
            return home_of(turn)
        if turn.choice != "sure":
            turn.say(turn._("Ik heb nog niets teruggestuurd."))
            return home_of(turn).hear(turn)
        turn.say(_done(turn, _lines(turn, self.lines)))
        return Quiet()


def _done(turn: Turn, found: list[tuple[Order, OrderLine]]) -> str:
    """Do it; the answer is the receipt: what, how much, and when it was received."""
    said = _listed(turn, found)
    try:
        for order in dict.fromkeys(order.id for order, _line in found):
            whole = turn.store.order(order)
            whole.withdraw([line.number for one, line in found if one.id == order])
            turn.store.save(whole)
    except NotAllowed as why:
        return why.said(turn._)
    if not found:
        return turn._("Daar is al over besloten.")
    return turn._(
        "Bewijs van herroeping, ontvangen op {moment}:\n{lines}\nU krijgt {sum} terug, uiterlijk {day}. Bewaar dit bericht."
    ).format(
        moment=moment_text(turn.now, turn._), lines=said, sum=euros(sum(_worth(line) for _order, line in found)),
        day=long_day((turn.now + TERM).astimezone(AMSTERDAM).date(), turn._),
    )  # fmt: skip


def _worth(line: OrderLine) -> int:
    return line.cents + line.deposits_cents


def _listed(turn: Turn, found: list[tuple[Order, OrderLine]]) -> str:
    text = turn._("Bestelling {number}, regel {line}: {what}, {price}")
    return "\n".join(
        text.format(number=order.number, line=line.number, what=line_text(line, turn._), price=euros(_worth(line)))
        for order, line in found
    )


def _where_to(turn: Turn, found: list[tuple[Order, OrderLine]]) -> str:
    shops = [turn.square.shop_by_slug.get(slug) for slug in dict.fromkeys(line.shop for _order, line in found)]
    return "; ".join(", ".join(part for part in (shop.name, shop.address) if part) for shop in shops if shop)
