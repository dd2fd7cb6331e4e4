"""The shop's door by word: "dicht morgen", "dicht van 24 tot en met 31 december", "vrijdag open". Whole days only.

Every answer names the days in full, so that a day read wrongly is seen at once; FOUT puts all closing days back as they were.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from catalog.reading.when import When, find_when
from catalog.square import AMSTERDAM
from conversations.turn import Turn
from notifications import receipts
from notifications.texts import long_day, names

if TYPE_CHECKING:
    from conversations.flows.shopkeeper import Desk

_SHUT = frozenset({"dicht", "gesloten", "sluiten", "vakantie"})
_OPEN = frozenset({"open", "geopend"})
#: Words around the days that say nothing about which days.
_AROUND = frozenset(
    {"wij", "we", "ik", "ben", "zijn", "is", "gaan", "de", "winkel", "zaak", "weer", "ook", "dan", "dag", "hele", "op", "met",
     "van", "en", "in", "wegens", "helaas", "hebben", "heb", "toch", "nu", "gewoon", "ivm", "vandaag", "allemaal"}
)  # fmt: skip
_HOURS = re.compile(r"\b(?:eerder|later|vroeger|halve dag|uur|vanmiddag|vanochtend|vanavond|\d{1,2}[.:]\d\d)\b", re.I)
_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_DATES = re.compile(rf"((?:\d{{1,2}}\s*(?:,|en|\+)\s*)+)(?=\d{{1,2}}\s+({_MONTH})\b)", re.I)
_RANGE = re.compile(r"(?:van(?:af)?\s+)?(?P<first>.+?)\s+(?P<to>tot en met|t/?m|tot)\s+(?P<last>.+)", re.I)
_UNTIL = re.compile(r"(?P<to>tot en met|t/?m|tot)\s+(?P<last>.+)", re.I)
#: A shop does not close for longer by a word; a year is a slip.
_LONGEST = timedelta(days=366)


class Unclear(Exception):
    """Which days are meant cannot be told; the text asks, in the voice of the square."""


class FixedDay(Unclear):
    """A day of every week is meant: that stands in the square's folder."""


def hear(turn: Turn, shop: str, desk: Desk) -> Desk | None:
    """Act on a message about the door; None when it is about something else."""
    try:
        wanted = asked(turn, turn.text)
    except Unclear as why:
        turn.say(str(why))
        return desk
    return _door(turn, shop, desk, wanted[0], closed=wanted[1]) if wanted else None


def asked(turn: Turn, text: str) -> tuple[list[date], bool] | None:
    """Which days, and whether closed (True) or open; None when it is about something else. Raises Unclear about the day."""
    words = re.findall(r"[\w'/.-]+|[,+]", text.casefold().strip(" .!?"))
    closed = any(word in _SHUT for word in words)
    if len(words) > 20 or not (closed or any(word in _OPEN for word in words)):
        return None
    rest = " ".join(word for word in words if word not in _SHUT | _OPEN | {"niet"})
    if find_when(rest, turn.now, text=rest) or not _left(rest):
        return days_in(rest, turn), closed != ("niet" in words)
    if _about_door(words):
        raise _which_day(turn)
    return None


def _about_door(words: list[str]) -> bool:
    """ "dicht tussen kerst en oud en nieuw" is about the door; "doe de doos dicht" may be about anything."""
    return words[0] in _SHUT | _OPEN | {"wij", "we", "ik"} or words[-1] in _SHUT | _OPEN


def _left(text: str) -> list[str]:
    return [word for word in re.findall(r"\w[\w'-]*", text) if word not in _AROUND]


def _which_day(turn: Turn) -> Unclear:
    return Unclear(turn._("Welke dag bedoelt u? Typ bijvoorbeeld: dicht morgen, of: dicht vrijdag."))


def days_in(text: str, turn: Turn) -> list[date]:
    """All days that are meant, in order; today when none is said. Raises Unclear when it cannot be told."""
    today = turn.now.astimezone(AMSTERDAM).date()
    text = re.sub(r"\b(?:en|ook|wij|we|zijn|is|de|winkel|weer)\s*$|^\s*(?:op|en|zijn|de|winkel)\b", " ", text).strip()
    text = _DATES.sub(lambda found: re.sub(r"(\d{1,2})", rf"\1 {found[2]}", found[1]), text)
    if _HOURS.search(text) or any(one.starts or one.part for one in _moments(text, turn)):
        raise Unclear(turn._("Ik kan alleen hele dagen open of dicht zetten. Typ bijvoorbeeld: dicht vrijdag."))
    days = _span(text, turn, today) or _separate(text, turn)
    if not days and not _left(text):
        return [today]
    days = sorted({day for day in days if day >= today})
    if not days or days[-1] - today > _LONGEST:
        raise _which_day(turn)
    return days


def _moments(text: str, turn: Turn) -> list[When]:
    return find_when(text, turn.now, text=text)


def _span(text: str, turn: Turn, today: date) -> list[date]:
    """ "van 24 tot en met 31 december", "tot maandag": from today when no first day is said. "Tot" leaves out the last day."""
    whole = _moments(text, turn)
    until = _UNTIL.fullmatch(text.strip())
    found = until or _RANGE.fullmatch(text.strip())
    if not found:
        return []
    if len(whole) == 1 and whole[0].day and whole[0].until:
        first, last = whole[0].day, whole[0].until - timedelta(days=1)
        return _each(first, max(first, _ends(last, found["to"])))
    first_said = today if until else _one_day(found["first"], turn)
    last_said = _one_day(found["last"], turn)
    if first_said is None or last_said is None or last_said < first_said:
        raise _which_day(turn)
    return _each(first_said, max(first_said, _ends(last_said, found["to"])))


def _ends(last: date, to: str) -> date:
    """ "Tot maandag": on Monday the shop is open again."""
    return last if to.casefold() != "tot" else last - timedelta(days=1)


def _one_day(text: str, turn: Turn) -> date | None:
    found = _moments(text, turn)
    return found[0].day if len(found) == 1 and not found[0].recurring else None


def _separate(text: str, turn: Turn) -> list[date]:
    """ "vrijdag en zaterdag", "25 en 26 december", "volgende week". Words that are no day make it unclear."""
    found = _moments(text, turn)
    bare = text
    for one in reversed(found):
        bare = bare[: one.span[0]] + " " + bare[one.span[1] :]
    if any(one.recurring for one in found):
        raise FixedDay(turn._("Vaste dagen kan ik niet veranderen. Vraag dat de coördinator."))
    if _left(bare):
        raise _which_day(turn)
    return [day for one in found if one.day for day in _each(one.day, (one.until or one.day + timedelta(1)) - timedelta(1))]


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(min(400, (last - first).days + 1))]


# --- doing it ------------------------------------------------------------------------------------------------------------


def _door(turn: Turn, shop: str, desk: Desk, days: list[date], *, closed: bool) -> Desk:
    from conversations.flows.shopkeeper import Desk

    undo = change(turn, shop, days, closed=closed)
    after = turn.square.shop_by_slug[shop].closed_on
    if not undo:
        text = turn._("U was al dicht op {days}.") if closed else turn._("U was al open op {days}.")
        if not closed and shut_by_hours(turn, shop, days):
            text = turn._("Op {days} bent u volgens uw openingstijden dicht. Vraag de coördinator om die te veranderen.")
        turn.say(text.format(days=named(days, turn)) + _still_shut(turn, after, closed))
        return desk
    text = turn._("U bent dicht op {days}.") if closed else turn._("U bent open op {days}.")
    undo_hint = " " + turn._("Klopt dat niet? Typ FOUT.")
    turn.say(text.format(days=named(days, turn)) + _still_shut(turn, after, closed) + undo_hint)
    if closed:
        turn.say(warning(turn, shop, days))
    return Desk(undo=undo)


def change(turn: Turn, shop: str, days: list[date], *, closed: bool) -> str:
    """Close or open the shop on these days. What FOUT takes back; "" when nothing changed."""
    before = turn.square.shop_by_slug[shop].closed_on
    after = before | set(days) if closed else before - set(days)
    if after == before:
        return ""
    _set(turn, shop, after)
    today = turn.now.astimezone(AMSTERDAM).date()
    return "door:" + ",".join(day.isoformat() for day in sorted(before) if day >= today)


def shut_by_hours(turn: Turn, shop: str, days: list[date]) -> bool:
    """Whether the opening hours of the week keep the shop closed on one of these days, whatever its closing days are."""
    return any(not turn.square.shop_by_slug[shop].open_on(day) for day in days)


def _still_shut(turn: Turn, shut: frozenset[date] | set[date], closed: bool) -> str:
    """After "open": the days that the shop stays closed for, which somebody may have forgotten."""
    left = sorted(day for day in shut if day >= turn.now.astimezone(AMSTERDAM).date())
    return " " + turn._("U bent nog wel dicht op {days}.").format(days=named(left, turn)) if left and not closed else ""


def touched(turn: Turn, shop: str, days: list[date]) -> list[str]:
    """The numbers of the orders that were taken for these days; they stay promised until somebody says no."""
    from conversations.flows.shopanswers import waiting

    moments = [(one, receipts.departure_of(one, turn.square)) for one in waiting(turn, shop)]
    return [str(one.number) for one, moment in moments if moment and moment.day in days]


def warning(turn: Turn, shop: str, days: list[date]) -> str:
    """To the shop, which must say so if it cannot; "" when no order is touched."""
    numbers = touched(turn, shop, days)
    text = turn._("Let op, dit blijft staan: bestelling {numbers}. Kunt u iets niet leveren? Typ: {first} NEE.")
    return text.format(numbers=names(numbers, turn._), first=numbers[0]) if numbers else ""


def named(days: list[date], turn: Turn) -> str:
    """Each run of days as one: "vrijdag 25 december en maandag 28 december tot en met donderdag 31 december"."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return names([_run_text(run[0], run[-1], turn) for run in runs], turn._)


def _run_text(first: date, last: date, turn: Turn) -> str:
    if first == last:
        return long_day(first, turn._)
    return turn._("{first} tot en met {last}").format(first=long_day(first, turn._), last=long_day(last, turn._))


def _set(turn: Turn, shop: str, days: frozenset[date] | set[date]) -> None:
    mine = turn.square.shop_by_slug[shop]
    turn.store.change_shop(turn.conversation.square, replace(mine, closed_on=frozenset(days)))


def undo(turn: Turn, shop: str, what: str) -> bool:
    """FOUT: all closing days from today on are as they were. False when ``what`` is not of this kind."""
    if not what.startswith("door:"):
        return False
    days = put_back(turn, shop, what)
    said = (
        turn._("U bent dicht op {days}.").format(days=named(days, turn)) if days else turn._("U hebt geen extra dichte dagen.")
    )
    turn.say(turn._("Teruggedraaid. {text}").format(text=said))
    return True


def put_back(turn: Turn, shop: str, what: str) -> list[date]:
    """Do what :func:`change` returned; the days from today on that the shop is closed now."""
    today = turn.now.astimezone(AMSTERDAM).date()
    past = {day for day in turn.square.shop_by_slug[shop].closed_on if day < today}
    days = sorted(date.fromisoformat(day) for day in what.removeprefix("door:").split(",") if day)
    _set(turn, shop, past | set(days))
    return days
