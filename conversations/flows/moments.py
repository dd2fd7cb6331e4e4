"""When it comes: the departures a basket can still make, and the one that the resident's words mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from catalog.reading.when import When
from catalog.square import AMSTERDAM, Departure, departures, misfits
from conversations.turn import Turn
from notifications.texts import Translate, capital, clock, long_day
from orders.run import crates_of

_PARTS = {"ochtend": (time(6), time(12)), "middag": (time(12), time(18)), "avond": (time(17), time(23, 59))}


def open_departures(turn: Turn, *, days: int = 14) -> list[Departure]:
    """Departures that suit every product in the basket and still have room on the bike."""
    return list(still_open(turn, days=days))


def still_open(turn: Turn, *, days: int = 14) -> Iterator[Departure]:
    """The same, one by one: who looks for one of them need not try all."""
    order, square = turn.basket, turn.square
    products = [square.product_by_id[line.product_id] for line in order.lines if line.product_id in square.product_by_id]
    need = crates_of(order, square)
    for one in departures(square, turn.now, products, days=days):
        if turn.store.crates_in(square.slug, one.key) + need <= one.round.capacity_crates:
            yield one


def matching(when: When, options: list[Departure]) -> list[Departure]:
    """The departures that the words of the resident can mean."""
    days = set(when.choices) if when.choices else {when.day} if when.day else set()
    if when.before and when.day:
        options = [one for one in options if one.day < when.day]
    elif when.until and when.day and not when.choices:
        options = [one for one in options if when.day <= one.day < when.until]
    elif days:
        options = [one for one in options if one.day in days]
    return [one for one in options if _in_hours(when, one)]


def _in_hours(when: When, departure: Departure) -> bool:
    starts, ends = when.starts, when.ends
    if starts is None and ends is None and when.part in _PARTS:
        starts, ends = _PARTS[when.part]
    after = starts is None or departure.round.ends > starts
    return after and (ends is None or departure.round.starts < ends)


def why_none(turn: Turn, when: When) -> str:
    """Why nothing rides when the resident asked, in one sentence."""
    day = when.day
    if day is None or (when.until and not when.choices):
        return turn._("Op dat moment wordt niet bezorgd.")
    if day < turn.now.astimezone(AMSTERDAM).date():
        return turn._("{day} is al geweest.").format(day=capital(long_day(day, turn._)))
    if day in turn.square.closed:
        return turn._("Op {day} is het plein gesloten.").format(day=long_day(day, turn._))
    return _blocked(turn, day) or turn._("Op {day} wordt niet bezorgd.").format(day=long_day(day, turn._))


def _blocked(turn: Turn, day: date) -> str | None:
    rounds = [Departure(one, day) for one in turn.square.rounds if one.day == day.weekday()]
    if not rounds:
        return None
    if all(one.closes_at <= turn.now for one in rounds):
        return turn._("Voor {day} kunt u niet meer bestellen.").format(day=long_day(day, turn._))
    products = [turn.square.product_by_id[line.product_id] for line in turn.basket.lines]
    wrong = misfits(turn.square, rounds[-1], products, turn.now.astimezone(AMSTERDAM).date())
    if wrong:
        return turn._("{name} kan niet op {day}.").format(name=wrong[0].name, day=long_day(day, turn._))
    return turn._("De ritten op {day} zijn vol.").format(day=long_day(day, turn._))


def last_moment(departure: Departure, now_day: date, _: Translate = str) -> str:
    """``vandaag tot 18.00 uur`` or ``donderdag 26 november tot 18.00 uur``: until when one can order or change."""
    closes = departure.closes_at.astimezone(AMSTERDAM)
    names = {now_day: _("vandaag"), now_day + timedelta(days=1): _("morgen")}
    day = names.get(closes.date(), long_day(closes.date(), _))
    return _("{day} tot {time} uur").format(day=day, time=clock(closes.time()))
