"""Weekdays, clock times and opening hours as Dutch people write them, and the same written back."""

from __future__ import annotations

import re
from datetime import time
from itertools import combinations

from catalog.folder.problems import Mistake, quoted
from catalog.square import WEEKDAYS, Hours

_DAY_WORDS = (
    ("ma", "maandag", "maandags", "mon", "monday"),
    ("di", "dinsdag", "dinsdags", "tue", "tuesday"),
    ("wo", "woensdag", "woensdags", "wed", "wednesday"),
    ("do", "donderdag", "donderdags", "thu", "thursday"),
    ("vr", "vrij", "vrijdag", "vrijdags", "fri", "friday"),
    ("za", "zaterdag", "zaterdags", "sat", "saturday"),
    ("zo", "zondag", "zondags", "sun", "sunday"),
)
_DAY_OF = {word: number for number, words in enumerate(_DAY_WORDS) for word in words}
_EVERY_DAY = ("dagelijks", "alle dagen", "elke dag", "iedere dag", "daily")
_ALWAYS = ("altijd", "always", "24 uur", "dag en nacht")
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?(?:\s*(?:uur|u|h)\b)?"
_SPAN = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}")
_DAYS = re.compile(r"([a-z]+)\.?(?:\s*-\s*([a-z]+)\.?)?")
_BETWEEN = re.compile(r"(?:[\s,;|&+:/]|\b(?:en|van|and|and)\b)+")
_CLOSED = re.compile(r"(?:gesloten|dicht|closed)\b")
_EXAMPLE = "ma-vr 8.00-18.00, za 8.00-16.00"


def weekday(text: str) -> int:
    """One weekday, 0 = Monday. Raises Mistake."""
    word = text.strip().casefold().rstrip(".")
    if word not in _DAY_OF:
        raise Mistake(f"{quoted(text)} is geen dag. Kies uit: {', '.join(WEEKDAYS)}.")
    return _DAY_OF[word]


def weekdays(text: str) -> frozenset[int]:
    """``ma, wo``, ``ma-vr``, ``di t/m za`` as weekday numbers. Raises Mistake."""
    rest = _dashes(text)
    if rest in _EVERY_DAY:
        return frozenset(range(7))
    days: set[int] = set()
    while rest := _BETWEEN.sub("", rest, count=1) if _BETWEEN.match(rest) else rest:
        found = _DAYS.match(rest)
        if not found:
            raise Mistake(f"{quoted(text)} zijn geen dagen. Schrijf bijvoorbeeld ma, wo of di-za.")
        days |= _range(found)
        rest = rest[found.end() :]
    return frozenset(days)


def weekdays_text(days: frozenset[int]) -> str:
    """Weekdays as read by :func:`weekdays`: three or more in a row as ``ma-wo``."""
    texts: list[str] = []
    for run in _runs(days):
        names = [WEEKDAYS[day] for day in run]
        texts += [f"{names[0]}-{names[-1]}"] if len(names) > 2 else names
    return ", ".join(texts)


def _runs(days: frozenset[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def clock(text: str) -> time:
    """A clock time: ``9.00``, ``09:00``, ``9 uur``; 24.00 is the last minute of the day. Raises Mistake."""
    found = re.fullmatch(rf"(?:om\s+)?{_CLOCK}(?::00)?", text.strip().casefold())
    if not found:
        raise Mistake(f"{quoted(text)} is geen tijd. Schrijf bijvoorbeeld 9.00 of 18.30.")
    return _time(found[1], found[2], text)


def clock_text(moment: time) -> str:
    """``8.00``, as in the opening hours."""
    return f"{moment.hour}.{moment.minute:02}"


def day_and_clock(text: str) -> tuple[int, time]:
    """``do 18:00`` as weekday and time. Raises Mistake."""
    word, _, rest = text.strip().partition(" ")
    if not rest:
        raise Mistake(f"{quoted(text)} is geen dag met tijd. Schrijf bijvoorbeeld do 18:00.")
    return weekday(word), clock(rest)


def opening(text: str) -> tuple[Hours, ...]:
    """``ma-vr 8.00-18.00, za 8.00-16.00`` as spans; empty or ``altijd`` is always open. Raises Mistake."""
    rest = re.sub(r"\s+tot\s+", "-", _dashes(text))
    if not rest or rest in _ALWAYS:
        return ()
    spans = _spans(rest, text)
    if not spans:
        raise Mistake(f"Volgens {quoted(text)} is de winkel nooit open. Schrijf bijvoorbeeld {_EXAMPLE}.")
    _refuse_overlap(spans)
    return tuple(spans)


def opening_text(spans: tuple[Hours, ...]) -> str:
    """Opening hours as read by :func:`opening`."""
    return ", ".join(f"{weekdays_text(span.days)} {clock_text(span.opens)}-{clock_text(span.closes)}" for span in spans)


def _spans(rest: str, text: str) -> list[Hours]:
    spans: list[Hours] = []
    days: set[int] = set()
    timed = False  # whether the days seen last have had their times
    while rest:
        if found := _BETWEEN.match(rest) or (_CLOSED.match(rest) if days else None):
            timed = timed or bool(_CLOSED.match(rest))
        elif days and (found := _SPAN.match(rest)):
            spans.append(_hours(days, found, text))
            timed = True
        elif (found := _DAYS.match(rest)) and (timed or not spans or days):
            days = _range(found) if timed else days | _range(found)
            timed = False
        else:
            raise Mistake(f"{quoted(text)} begrijp ik niet bij {quoted(rest, 15)}. Schrijf bijvoorbeeld {_EXAMPLE}.")
        rest = rest[found.end() :]
    if days and not timed:
        raise Mistake(f"In {quoted(text)} heeft de laatste dag geen tijden. Schrijf bijvoorbeeld {_EXAMPLE}.")
    return spans


def _hours(days: set[int], found: re.Match[str], text: str) -> Hours:
    opens, closes = _time(found[1], found[2], text), _time(found[3], found[4], text)
    if closes == time(0):
        closes = time(23, 59)
    if opens >= closes:
        shown = f"{clock_text(opens)}-{clock_text(closes)}"
        raise Mistake(f"Bij {shown} is het sluiten niet later dan het openen. Schrijf eerst de vroege en dan de late tijd.")
    return Hours(frozenset(days), opens, closes)


def _refuse_overlap(spans: list[Hours]) -> None:
    for one, two in combinations(spans, 2):
        if one.days & two.days and one.opens < two.closes and two.opens < one.closes:
            name = WEEKDAYS[min(one.days & two.days)]
            raise Mistake(f"Op {name} staan twee openingstijden door elkaar heen. Laat er één staan.")


def _time(hour: str, minute: str | None, text: str) -> time:
    if int(hour) == 24 and not int(minute or 0):
        return time(23, 59)
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise Mistake(f"{quoted(text)} bevat een tijd die niet bestaat. Schrijf tijden van 0.00 tot 24.00.") from None


def _range(found: re.Match[str]) -> set[int]:
    first = weekday(found[1])
    last = weekday(found[2]) if found[2] else first
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _dashes(text: str) -> str:
    return re.sub(r"\s*(?:t/m|tot en met|[–—])\s*", "-", text.casefold().strip())
