"""What all readers of days share: the place in the message, the day found there, and weekdays by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from catalog.reading.numbers import number_word
from catalog.reading.when_calendar import DAYS, MONTHS, PART_WORDS, SHORT_WEEKDAYS, WEEKDAYS, Part
from catalog.reading.when_clock import ends_clause


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was named. ``until`` (exclusive) closes a longer span, ``choices`` holds the days it can mean when unclear."""

    first: date
    used: int
    until: date | None = None
    choices: tuple[date, ...] = ()
    part: Part | None = None
    moment: datetime | None = None  # "over een uur" names a time with it
    within: bool = False  # "binnen een uur": before that moment
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the message the reader stands. ``led``: a word such as "op" or "voor" comes before; ``alone``: nothing does."""

    words: Sequence[str]
    at: int
    now: datetime
    led: bool
    alone: bool

    def word(self, ahead: int = 0) -> str:
        """The word so many places further; empty beyond the end."""
        at = self.at + ahead
        return self.words[at] if 0 <= at < len(self.words) else ""

    @property
    def today(self) -> date:
        """The day of ``now``."""
        return self.now.date()

    def further(self, ahead: int) -> Place:
        """The place so many words further, as if led up to."""
        return replace(self, at=self.at + ahead, led=True, alone=False)


WORDS = DAYS["words"]
THIS, COMING = frozenset(WORDS["this"]), frozenset(WORDS["coming"])
NEXT, LAST, EVERY = frozenset(WORDS["next"]), frozenset(WORDS["last"]), frozenset(WORDS["every"])
NUMERIC = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})(?:[/.]([0-9]{4}|[0-9]{2}))?\Z")
_BROUGHT = frozenset(("bezorgen", "bezorgd", "bezorging", "leveren", "levering", "ophalen", "afhalen"))
_ORDINAL = re.compile(r"\d{1,2}(?:e|ste|de)")
_PLAIN_SHORT = frozenset(("vr", "za", "wo", "di")) & frozenset(SHORT_WEEKDAYS)
_AT_END = _PLAIN_SHORT | {"do"}
_OPENING = frozenset(("", "\n", ".", "!", "hoi", "hallo", "moi", "dag", "goedemorgen", "goedemiddag", "goedenavond"))
_POLITE = frozenset(("graag", "liefst", "aub"))
_SIGNING = frozenset(("groetjes", "groeten", "groet", "gr", "liefs", "van"))
#: What may stand behind "vr." or "di." that is short for something else: "tulpen vr. mijn moeder".
_HANGS_ON = frozenset(
    ("de", "het", "een", "mijn", "m'n", "onze", "ons", "mij", "bij", "in", "op", "oma", "opa", "mama", "papa")
)
DAY_WORDS = {**WEEKDAYS, **SHORT_WEEKDAYS}


def weekday_at(place: Place) -> tuple[int | None, int]:
    """The weekday at a place and how many words it takes; abbreviations only where nothing else can be meant."""
    word = place.word()
    if word in WEEKDAYS:
        return WEEKDAYS[word], 2 if place.word(1) == "." and place.at + 2 < len(place.words) and _dated(place.further(2)) else 1
    if word not in SHORT_WEEKDAYS:
        return None, 0
    if place.word(1) == ":" and word != "zo":
        return SHORT_WEEKDAYS[word], 1  # "za: 2 stokbrood"
    dot = place.word(1) == "."
    after = place.further(2 if dot else 1)
    if _is_plainly(place, word, after):
        return SHORT_WEEKDAYS[word], 1 + dot
    if place.word(-1) in _BROUGHT and word not in ("zo", "do"):
        return SHORT_WEEKDAYS[word], 1 + dot
    if (
        _dated(after)
        or (dot and place.alone)
        or (_led_well(place, word) and (dot or clear_end(after) or place.word(-1) in COMING))
    ):
        return SHORT_WEEKDAYS[word], 1 + dot
    return None, 0


def _is_plainly(place: Place, word: str, after: Place) -> bool:
    """Whether it can be no other word where it stands: "za 2 krentenbollen", "di graag 1 kg uien", "vleespakket 1x vr."."""
    before = place.word(-1)
    if word in _PLAIN_SHORT and (before in _OPENING or before in _POLITE) and (counts(after) or after.word() in _POLITE):
        return True
    if word == "do" and before in _OPENING and after.word() in _POLITE:
        return True
    if word not in _AT_END or before in _SIGNING or not (before.isalpha() or (before.isdecimal() and place.word(-2).isalpha())):
        return False
    dot = place.word(1) == "."
    return clear_end(after) or (dot and word in _PLAIN_SHORT and after.word() not in _HANGS_ON and not counts(after))


def _led_well(place: Place, word: str) -> bool:
    return place.led and (word not in ("zo", "zon", "zat", "do", "maa", "vrij") or place.word(-1) in COMING)


def clear_end(after: Place) -> bool:
    """Whether the clause ends at this place."""
    return ends_clause(after.words, after.at)


def counts(place: Place) -> bool:
    """Whether an amount follows: what was said before it is over."""
    word = place.word()
    return word.isdecimal() or word in ("een", "n", "'n") or (number_word(word) is not None and word not in ("half", "kwart"))


def _dated(place: Place) -> bool:
    """Whether a date, a clock time or a part of day follows, so that "za" before it is a Saturday."""
    word = place.word()
    if word == ",":
        return bool(place.word(1)) and _dated(place.further(1))
    if word in ("t/m", "tm") and place.word(1) in DAY_WORDS:
        return True
    if word in PART_WORDS and place.word(-1) != "zo":
        return True
    if word in ("na", "voor", "vanaf", "tussen", "om", "tegen") and place.word(-1) != "zo":
        return place.word(1)[:1].isdecimal() or place.word(1) in ("half", "kwart") or number_word(place.word(1)) is not None
    if word in _BROUGHT and place.word(-1) in _PLAIN_SHORT:
        return True
    if _ORDINAL.fullmatch(word):
        return True  # "vr 27e"
    if not word[:1].isdecimal():
        return False
    if ":" in word or NUMERIC.match(word) or place.word(1) in MONTHS or place.word(1) in ("uur", "u", "h"):
        return True
    return place.word(1) in ("-", "/") and place.word(2).isdecimal() and int(place.word(2)[:3]) <= 12


def nearest(place: Place, weekday: int) -> Day:
    """The next such weekday. Said on that very day it may also be today: both are offered, a week later is the reading."""
    ahead = (weekday - place.today.weekday()) % 7
    day = place.today + timedelta(days=ahead or 7)
    return Day(day, 1, choices=() if ahead else (place.today, day))


def monday_of(day: date) -> date:
    """The Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())
