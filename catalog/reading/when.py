"""When somebody wants something: every day, date, clock time and part of the day in a message, resolved against now.

Words and feast days are in ``words/days.toml``; days are read by ``when_days``, clock times by ``when_clock``. Rules of the
language: "aanstaande" and "komende" name the nearest day (e-ANS 4.6.5.1), "volgende vrijdag" is truly unclear
(https://taaladvies.net/volgende-zaterdag/), "half elf" is 10.30. Hours without morning or evening follow the opening hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from catalog.reading.tokens import Token, tokenize
from catalog.reading.when_calendar import DAYS, Part
from catalog.reading.when_clock import Open, choose
from catalog.reading.when_pieces import FILLERS, PieceReader, Pieces
from catalog.reading.when_place import Day
from catalog.reading.words import plain
from catalog.square import AMSTERDAM


@dataclass(frozen=True, slots=True)
class When:
    """A moment or window that was said, in local wall time.

    ``day`` is None when only a time was said. ``starts`` and ``ends`` (exclusive) are a window on that day; only ``starts`` is
    a point in time, or its beginning when ``after``. ``before``: it must be there before ``ends``, or before ``day`` begins.
    ``ambiguous``: ask, or show the full date; ``choices`` then holds the days it can mean, nearest first. ``until``
    (exclusive) closes a span of days ("volgende week", "weekend"). ``recurring`` holds the words ("elke zaterdag").
    ``denied``: it does not suit ("dinsdag niet"). ``span`` are character offsets in the message, ``said`` the text between.
    """

    day: date | None
    starts: time | None
    ends: time | None
    part: str | None
    ambiguous: bool
    choices: tuple[date, ...]
    before: bool
    recurring: str | None
    soonest: bool
    span: tuple[int, int]
    said: str
    until: date | None = None
    after: bool = False
    about: bool = False
    denied: bool = False


def find_when(
    text_or_tokens: str | Sequence[Token], now: datetime, *, opens: time = time(8), closes: time = time(20), text: str = ""
) -> list[When]:
    """All moments in a message, in order. ``now`` is aware, or local wall time; ``opens`` and ``closes`` settle "5 uur".

    Give ``text`` beside tokens to have ``said`` as it was typed; otherwise it is the tokens with blanks between. Never raises
    on any text.
    """
    tokens = tokenize(text_or_tokens) if isinstance(text_or_tokens, str) else text_or_tokens
    now = now.astimezone(AMSTERDAM).replace(tzinfo=None) if now.tzinfo else now
    frame = _Frame(tokens, text_or_tokens if isinstance(text_or_tokens, str) else text, now, opens, closes)
    found = [(pieces, _when(frame, pieces)) for pieces in PieceReader(tokens, now).moments()]
    return _without_greeting(_merged(found, frame), tokens)


def read_when(text: str, now: datetime, *, opens: time = time(8), closes: time = time(20)) -> When | None:
    """The moment of a message that says nothing else but politeness ("vrijdag na 5 uur graag"), or None."""
    tokens = tokenize(text)
    found = find_when(tokens, now, opens=opens, closes=closes, text=text)
    if len(found) != 1:
        return None
    start, end = found[0].span
    rest = (token.lower for token in tokens if token.end <= start or token.start >= end)
    return found[0] if all(word in _POLITE or not word[0].isalnum() for word in rest) else None


_DENYING = frozenset(DAYS["words"]["denying"])
#: "overmorgen kan ik niet"; but "vrijdag kan ik niet voor vijven" only adds to Friday.
_CANNOT = re.compile(
    r"(?:kan|kunnen|ben|zijn|lukt|past|schikt)"
    r"(?: (?:ik|we|wij|het|me|mij|ons|er|dan))* niet(?: (?:thuis|hoor|dus))?(?: [^\w]|$)"
)
_AFTER_DENYING = frozenset(DAYS["words"]["after_denying"])
_POLITE = frozenset(DAYS["words"]["may_follow"]) | FILLERS


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a moment is read against: the message, now, and when the shops are open."""

    tokens: Sequence[Token]
    text: str
    now: datetime
    opens: time
    closes: time


# Making a moment of its pieces


def _when(frame: _Frame, found: Pieces) -> When:
    day = found.day
    part = found.part or (day.part if day else None)
    starts, ends, unsure = _times(frame, found, day, part)
    start, end = frame.tokens[found.start].start, frame.tokens[found.end - 1].end
    said = frame.text[start:end] if frame.text else " ".join(token.text for token in frame.tokens[found.start : found.end])
    if day and day.until and found.day_after:  # "na het weekend" begins on Monday
        day = replace(day, first=day.until, until=None, choices=())
    choices = _open_choices(frame, day)
    return When(
        day=day.first if day else None,
        starts=starts,
        ends=ends,
        part=part.name if part else None,
        ambiguous=unsure or found.unsure or len(choices) > 0 or bool(part and part.unsure),
        choices=choices,
        before=found.before or found.day_before or bool(day and day.within),
        recurring=said if day and day.recurring else None,
        soonest=found.soonest,
        span=(start, end),
        said=said,
        until=day.until if day else None,
        after=found.after or found.day_after,
        about=found.about,
        denied=_denied(frame, found),
    )


def _denied(frame: _Frame, found: Pieces) -> bool:
    """``niet vandaag maar morgen``, ``we zijn er van 2 tot 5 niet``; but "vrijdag niet te laat" only adds to Friday."""
    before = frame.tokens[found.start - 1].lower if found.start else ""
    after = [token.lower for token in frame.tokens[found.end : found.end + 2]] + ["", ""]
    said = " ".join(token.lower for token in frame.tokens[found.end : found.end + 6])
    return (
        before in _DENYING
        or bool(_CANNOT.match(said))
        or (after[0] in _DENYING and (after[1] in _AFTER_DENYING or not after[1][:1].isalnum()))
    )


def _open_choices(frame: _Frame, day: Day | None) -> tuple[date, ...]:
    """The days it can mean; today is none of them once the shops are closed."""
    if not day or not day.choices:
        return ()
    over = frame.now.time() >= frame.closes
    left = tuple(choice for choice in day.choices if choice != frame.now.date() or not over)
    return left if len(left) > 1 or not over else ()


def _times(frame: _Frame, found: Pieces, day: Day | None, part: Part | None) -> tuple[time | None, time | None, bool]:
    if day and day.moment and not found.first:
        moment = day.moment.time().replace(microsecond=0)
        return (None, moment, False) if day.within else (moment, None, False)
    if not found.first and not found.last:
        window = part.within(frame.opens, frame.closes) if part else (None, None)
        return window[0], window[1], False
    today = frame.now.time() if day and day.first == frame.now.date() else None
    open_ = Open(frame.opens, frame.closes, today)
    starts, unsure = choose(found.first, part, open_) if found.first else (None, False)
    ends, unclear = choose(found.last, part, open_) if found.last else (None, False)
    if ends and not starts and not part and ends <= frame.opens and found.last and not found.last.fixed and ends.hour < 12:
        ends, unclear = ends.replace(hour=ends.hour + 12), True  # nothing can be there before the shops open
    if starts and ends:
        return (*_ordered(starts, ends, found), False)
    return starts, ends, unsure or unclear


def _ordered(starts: time, ends: time, found: Pieces) -> tuple[time, time]:
    """A window runs forward: ``van 8 tot 9`` is not 8.00 to 21.00, ``van 11 tot 2`` ends in the afternoon."""
    if ends <= starts and ends.hour < 12 and found.last and not found.last.fixed:
        ends = ends.replace(hour=ends.hour + 12)
    elif ends <= starts and starts.hour >= 12 and found.first and not found.first.fixed:
        starts = starts.replace(hour=starts.hour - 12)
    return starts, ends


# Moments that belong together, and those that are none


def _merged(found: list[tuple[Pieces, When]], frame: _Frame) -> list[When]:
    """Join what one moment was cut into: ``donderdag of vrijdag`` are choices, ``14/10 - 15/10`` is a span of days."""
    whens: list[When] = []
    last: Pieces | None = None
    for pieces, when in found:
        joint = [plain(token.lower) for token in frame.tokens[last.end : pieces.start]] if last else []
        together = _together(whens[-1], when, joint) if whens and last and pieces.start - last.end <= 1 else None
        if together:
            start, end = together.span
            said = frame.text[start:end] or f"{whens[-1].said} {when.said}"
            whens[-1] = replace(together, said=said)
        else:
            whens.append(when)
        last = pieces
    return whens


def _together(one: When, other: When, joint: list[str]) -> When | None:
    if joint in (["t/m"], ["tot"], ["-"]) and one.day and other.day and one.day > other.day and one.choices:
        one = replace(one, day=one.choices[0], choices=(), ambiguous=False)  # "ma t/m vr", said on Monday
    if not one.day or not other.day or one.day > other.day or one.starts or one.ends or one.recurring:
        return None
    span = (one.span[0], other.span[1])
    if one.day == other.day:  # "voor pakjesavond 5 december"
        return replace(other, span=span, before=one.before or other.before) if joint in ([], [","]) else None
    between = other.said.lower().split()[:1]
    if joint == ["of"]:
        days = (*(one.choices or (one.day,)), *(other.choices or (other.day,)))
        return replace(other, day=one.day, choices=tuple(dict.fromkeys(days)), ambiguous=True, span=span)
    if joint in (["-"], ["tot"], ["t/m"]) or (not joint and between and between[0] in ("tot", "t/m")):
        return replace(one, until=(other.until or other.day + timedelta(days=1)), span=span, before=False)
    return None


def _without_greeting(found: list[When], tokens: Sequence[Token]) -> list[When]:
    """``Morgen, mag ik voor vrijdag …``: a first word that greets, since another day is named later."""
    if len(found) < 2 or not tokens or found[0].span != (tokens[0].start, tokens[0].end):
        return found
    greets = tokens[0].lower in ("morgen", "middag", "avond") and len(tokens) > 1 and tokens[1].lower in (",", "!", "\n")
    return found[1:] if greets and any(when.day for when in found[1:]) else found
