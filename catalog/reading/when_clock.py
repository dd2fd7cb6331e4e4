"""Clock times as the Dutch say them: ``half elf`` is 10.30, ``tien over half negen`` 8.40, ``na vijven`` after five."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from catalog.reading.numbers import number_word
from catalog.reading.units import UNIT_WORDS
from catalog.reading.when_calendar import DAYS, MONTHS, PART_WORDS, WEEKDAYS, Part, words_to
from catalog.square import Square


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on the dial. ``fixed``: said in 24 hours or with am/pm; otherwise it may also be twelve hours later."""

    hour: int
    minute: int = 0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """When the shops are open, and whether the clock is about today: then a time that has passed is not meant."""

    opens: time
    closes: time
    today_from: time | None = None


def open_hours(square: Square) -> tuple[time, time]:
    """Within which a lone hour is taken: 8 to 20, wider where a round of the square is earlier or later."""
    starts, ends = [round_.starts for round_ in square.rounds], [round_.ends for round_ in square.rounds]
    return min([time(8), *starts]), max([time(20), *ends])


def read_clock(words: Sequence[str], at: int, *, bare: bool, dotted: bool = False) -> tuple[Clock, int] | None:
    """The clock time at a word and how many words it takes.

    ``bare``: a preposition makes a lone number an hour ("na 5"); ``dotted``: a day before it makes "16.00" a time.
    """
    word = _at(words, at)
    found = _dialled(words, at, word, bare or dotted) or _half(words, at, word) or _to_or_past(words, at, word)
    found = found or _full_hour(words, at, word, bare) or _bare(words, at, word, bare)
    if not found:
        return None
    clock, used = found
    half = _at(words, at + used)
    if half in _AM or half in _PM:
        return Clock(clock.hour % 12 + 12 * (half in _PM), clock.minute, True), used + 1
    return clock, used


@lru_cache(maxsize=2048)
def hour_word(word: str) -> int | None:
    """The hour a word can name: 0 to 24, also ``vijven``."""
    if word in _HOURS:
        return _HOURS[word]
    value = number_word(word)
    return int(value) if value is not None and value.denominator == 1 and 0 <= value <= 24 and "." not in word else None


def ends_clause(words: Sequence[str], at: int) -> bool:
    """Whether a lone number before this word can be an hour: nothing follows, a mark, or a word that is no product."""
    word = _at(words, at)
    return not word or not word[0].isalnum() or word in _MAY_FOLLOW or word in PART_WORDS or word in WEEKDAYS or word in _OCLOCK


def choose(clock: Clock, part: Part | None, open_: Open) -> tuple[time, bool]:
    """The time of day meant and whether another reading is as likely. The part of day decides, then the opening hours."""
    if clock.fixed or clock.hour >= 13 or clock.hour == 0:
        return time(clock.hour % 24, clock.minute), False
    early, late = time(clock.hour % 24, clock.minute), time((clock.hour + 12) % 24, clock.minute)
    if clock.hour == 12:
        early, late = time(0, clock.minute), time(12, clock.minute)
    if part:
        return (early if _is_early(clock, part) else late), False
    fits = [moment for moment in (early, late) if open_.opens <= moment <= open_.closes]
    if open_.today_from:
        fits = [moment for moment in fits if moment > open_.today_from] or fits
    if len(fits) == 2 and fits[1] == open_.closes:
        return fits[0], False
    if fits:
        return fits[0], len(fits) > 1
    return (late if clock.hour < 7 or clock.hour == 12 else early), True


def _is_early(clock: Clock, part: Part) -> bool:
    """Before noon: mornings, nights, and eleven o'clock "in de middag"."""
    if part.name == "nacht":
        return clock.hour == 12 or clock.hour < 9
    if part.starts < time(12):
        return clock.hour != 12
    return part.starts <= time(13) and 10 <= clock.hour < 12


_OCLOCK = frozenset(DAYS["clock"]["oclock"])
_MINUTES = frozenset(DAYS["clock"]["minutes"])
_LASTING = frozenset(DAYS["clock"]["lasting"])
_AM, _PM = frozenset(DAYS["clock"]["am"]), frozenset(DAYS["clock"]["pm"])
_HOURS = words_to(DAYS["hours"])
_MAY_FOLLOW = frozenset(DAYS["words"]["may_follow"])
_COLON = re.compile(r"([0-9]{1,2}):([0-9]{2})\Z")
_DOT = re.compile(r"([0-9]{1,2})[.,]([0-9]{2})\Z")
_TWO_DIGITS = re.compile(r"[0-5][0-9]\Z")
_USUAL_MINUTES = frozenset((5, 10, 15, 20, 25))
_NOT_AFTER = UNIT_WORDS - _OCLOCK


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _dialled(words: Sequence[str], at: int, word: str, bare: bool) -> tuple[Clock, int] | None:
    """``14:30``, ``14.30 uur``; with a dot only beside "uur" or after a word such as "om"."""
    colon = _COLON.match(word)
    found = colon or _DOT.match(word)
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    oclock = _at(words, at + 1) in _OCLOCK
    if not colon and not oclock and (not bare or _at(words, at + 1) in _NOT_AFTER):
        return None
    hour = int(found[1])
    return Clock(hour % 24, int(found[2]), hour > 12 or found[1][0] == "0"), 1 + oclock


def _half(words: Sequence[str], at: int, word: str) -> tuple[Clock, int] | None:
    """``half elf`` is half an hour before eleven."""
    if word != "half":
        return None
    hour, used = _named_hour(words, at + 1)
    return (Clock((hour - 2) % 12 + 1, 30), used + 1) if hour else None


def _named_hour(words: Sequence[str], at: int) -> tuple[int, int]:
    """An hour of the dial (1 to 12, or up to 24 as digits) that is not an amount; 0 when there is none."""
    hour = hour_word(_at(words, at))
    oclock = _at(words, at + 1) in _OCLOCK
    if not hour or _at(words, at + 1) in _NOT_AFTER or hour > 24:
        return 0, 0
    return hour, 1 + oclock


def _to_or_past(words: Sequence[str], at: int, word: str) -> tuple[Clock, int] | None:
    """``kwart voor vijf``, ``tien over half negen``, ``5 minuten voor half 10``."""
    minutes = 15 if word in ("kwart", "kwartier") else hour_or_minute(word)
    after = at + 1
    said_minutes = _at(words, after) in _MINUTES
    after += said_minutes
    if minutes is None or _at(words, after) not in ("voor", "over") or not 1 <= minutes <= 29:
        return None
    if not said_minutes and minutes not in _USUAL_MINUTES:
        return None
    half = _at(words, after + 1) == "half"
    hour, used = _named_hour(words, after + 1 + half)
    if not hour or (half and hour > 12):
        return None
    total = hour * 60 - 30 * half + (minutes if _at(words, after) == "over" else -minutes)
    return _on_dial(total, hour), after + 1 + half + used - at


def _on_dial(total: int, hour: int) -> Clock:
    if hour > 12:
        return Clock(total // 60 % 24, total % 60, True)
    return Clock((total // 60 - 1) % 12 + 1, total % 60)


@lru_cache(maxsize=2048)
def hour_or_minute(word: str) -> int | None:
    """A whole number below sixty, as digits or in words."""
    value = number_word(word)
    return int(value) if value is not None and value.denominator == 1 and 0 <= value < 60 else None


def _full_hour(words: Sequence[str], at: int, word: str, bare: bool) -> tuple[Clock, int] | None:
    """``5 uur``, ``17u``, ``17u10``, ``2 uur 15``. "een uur" is an hour of the dial only after "om" and the like."""
    if _at(words, at + 1) not in _OCLOCK or (word in ("een", "n", "'n") and not bare):
        return None
    hour = hour_word(word)
    minutes = _at(words, at + 2)
    if hour is None or minutes in _LASTING or (minutes == "van" and _at(words, at + 3) in _LASTING):
        return None
    past = hour_or_minute(minutes) if _TWO_DIGITS.match(minutes) or minutes.isalpha() else None
    if past and past >= 10 and ends_clause(words, at + 3):
        return Clock(hour % 24, past, hour > 12), 3
    return Clock(hour % 24, 0, hour > 12), 2


def _bare(words: Sequence[str], at: int, word: str, bare: bool) -> tuple[Clock, int] | None:
    """``na 5``, ``tegen zessen``: an hour because of the word before it and nothing countable behind it."""
    if not bare or word in ("een", "n", "'n"):
        return None
    hour = hour_word(word)
    after = _at(words, at + 1)
    follows = (ends_clause(words, at + 1) and after not in MONTHS) or after in _AM or after in _PM
    if not hour or not (word in _HOURS or follows):
        return None
    return Clock(hour % 24, 0, hour > 12 or word[0] == "0"), 1
