"""Reads the pieces of a moment from a message: a day, a part of the day, a clock time, and the words before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog.reading.numbers import number_word
from catalog.reading.tokens import Token
from catalog.reading.when_calendar import DAYS, MONTHS, PART_PHRASES, PART_WORDS, WEEKDAYS, Part, Phrases
from catalog.reading.when_clock import Clock, ends_clause, hour_or_minute, read_clock
from catalog.reading.when_days import STARTERS, read_day
from catalog.reading.when_place import Day, Place
from catalog.reading.words import plain

FILLERS = frozenset(DAYS["words"]["fillers"])
_BEFORE = frozenset(DAYS["before"]["words"])
_SURELY_BEFORE = frozenset(DAYS["before"]["surely"])
_AFTER, _ABOUT = frozenset(DAYS["after"]["words"]), frozenset(DAYS["about"]["words"])
_LEADING = frozenset(DAYS["at"]["words"])
_NOW = frozenset(DAYS["words"]["now"])
_SOONEST_WORDS = frozenset(DAYS["words"]["soonest"])
_SOONEST = Phrases((phrase, True) for phrase in DAYS["soonest"]["phrases"])
_PHRASES = Phrases(
    [(phrase, "before") for phrase in DAYS["before"]["phrases"]]
    + [(phrase, "after") for phrase in DAYS["after"]["phrases"]]
    + [(phrase, "about") for phrase in DAYS["about"]["phrases"]]
)
_RELATING = _BEFORE | _AFTER | _ABOUT | _LEADING | _PHRASES.firsts
_STARTERS = STARTERS | _RELATING | _NOW | _SOONEST_WORDS | _SOONEST.firsts | PART_PHRASES.firsts
_STARTERS |= {"tussen", "half", "kwart", "'s", "s"}
_AFTER_NUMBER = frozenset(
    [
        *(word for name in ("oclock", "minutes", "am", "pm") for word in DAYS["clock"][name]),
        *(word for words in DAYS["durations"].values() for word in words),
        *MONTHS,
        *("voor", "over", "-", "tot", "t/m", "a"),
    ]
)
_ARTICLES = frozenset(("een", "n", "'n"))
_AFTER_ARTICLE = _AFTER_NUMBER | {"uurtje", "paar"}
_AFTER_RANK = frozenset([*WEEKDAYS, "dag", "week", "kwartaal"])
_HOUR_LEADS = frozenset(DAYS["clock"]["leads"])
_MOMENT_WORDS = {"uur", "half", "kwart", "minuten"}


@dataclass(slots=True)
class _Relation:
    """What the words before a day or time say: before, after, about; and whether a lone number may be an hour."""

    start: int
    next: int
    before: str = ""
    after: bool = False
    about: bool = False
    led: bool = False
    hour: bool = False


@dataclass(slots=True)
class Pieces:
    """The pieces of one moment, while it is being read."""

    start: int
    end: int
    day: Day | None = None
    day_for: str = ""
    day_before: bool = False
    day_after: bool = False
    part: Part | None = None
    first: Clock | None = None
    last: Clock | None = None
    after: bool = False
    before: bool = False
    about: bool = False
    soonest: bool = False
    unsure: bool = False
    kinds: set[str] = field(default_factory=set)


class PieceReader:
    """Reads moments from the tokens of one message, left to right, each token at most once as a start."""

    def __init__(self, tokens: Sequence[Token], now: datetime) -> None:
        self.now = now
        self.raw = [token.lower for token in tokens]
        self.words = [plain(word) for word in self.raw]
        self._days: dict[tuple[int, bool], Day | None] = {}

    def moments(self) -> Iterator[Pieces]:
        """The pieces of every moment, in order."""
        at = 0
        while at < len(self.words):
            found = self._moment(at) if self._may_start(at) else None
            if found:
                yield found
            at = found.end if found else at + 1

    def _may_start(self, at: int) -> bool:
        """A quick look: most words begin no moment, and a number only does with the right word behind it."""
        word = self.words[at]
        if word in _STARTERS:
            return word not in _ARTICLES or self._at(at + 1) in _AFTER_ARTICLE
        if word[0].isdecimal() and not word.isdecimal() and not word.endswith("+"):
            return True
        after = self._at(at + 1)
        if after == "-" and self._at(at - 1) == "-" and self._at(at - 2).isdecimal():
            return False  # inside a telephone number and the like
        if after in _AFTER_NUMBER and (word.isdecimal() or hour_or_minute(word) is not None):
            return True
        return word.endswith(("de", "ste")) and (after in _AFTER_RANK or after in _AFTER_NUMBER)

    # Reading the pieces

    def _moment(self, start: int) -> Pieces | None:
        found = Pieces(start, start)
        at = start
        while True:
            relation = self._relation(at)
            piece = self._piece(found, relation)
            if not piece:
                break
            found.end = piece
            at = self._over_fillers(piece)
        return found if found.kinds else None

    def _over_fillers(self, at: int) -> int:
        for _ in range(4):
            if at < len(self.words) and self.words[at] in FILLERS and self.words[at] not in _RELATING:
                at += 1
        return at

    def _relation(self, at: int) -> _Relation:
        relation = _Relation(at, at)
        for _ in range(5):
            found = _PHRASES.at(self.words, relation.next)
            if found and not (relation.next == at and self._at(at) == "uur"):
                self._relate(relation, found[0], found[1], hour=True)
                continue
            word = self._raw(relation.next)
            if word in _AFTER or word in _ABOUT:
                self._relate(relation, "after" if word in _AFTER else "about", 1, hour=word in _HOUR_LEADS)
            elif word in _BEFORE:
                relation.before = "surely" if word in _SURELY_BEFORE else relation.before or "maybe"
                self._relate(relation, "", 1, hour=word in _HOUR_LEADS)
            elif word in _LEADING:
                self._relate(relation, "", 1, hour=word in _HOUR_LEADS)
            else:
                break
        return relation

    def _relate(self, relation: _Relation, kind: str, used: int, *, hour: bool) -> None:
        relation.next += used
        relation.led = True
        relation.hour = relation.hour or hour
        if kind == "before":
            relation.before = "surely"
        relation.after = relation.after or kind == "after"
        relation.about = relation.about or kind == "about"

    def _piece(self, found: Pieces, relation: _Relation) -> int:
        """Read one more piece into ``found``; where it ends, or 0 when there is none."""
        return (
            self._soonest(found, relation.next)
            or self._part_phrase(found, relation)
            or self._window(found, relation)
            or self._clock(found, relation)
            or self._day(found, relation)
            or self._part(found, relation)
        )

    def _soonest(self, found: Pieces, at: int) -> int:
        phrase = _SOONEST.at(self.words, at)
        word = self._at(at)
        alone = self._starts_clause(found.start) and ends_clause(self.words, at + 1)
        used = phrase[1] if phrase else 1 if word in _SOONEST_WORDS or (word in _NOW and alone) else 0
        if not used or "soonest" in found.kinds:
            return 0
        found.soonest = True
        found.kinds.add("soonest")
        return at + used

    def _part_phrase(self, found: Pieces, relation: _Relation) -> int:
        """``tussen de middag``; these begin with words that are relations themselves, so they are tried before and after."""
        if found.part:
            return 0
        for at in range(relation.next, max(relation.next - 3, found.end - 1), -1):
            phrase = PART_PHRASES.at(self.words, at)
            if phrase:
                found.part = phrase[0]
                found.kinds.add("part")
                return at + phrase[1]
        return 0

    def _window(self, found: Pieces, relation: _Relation) -> int:
        """``tussen 2 en 4``, ``van 9 tot 12``, ``9.30 - 11.00``, ``9-12 uur``."""
        if found.first:
            return 0
        at = relation.next
        between = self._at(at) == "tussen"
        at += between
        opened = between or self._at(at - 1) in ("van", "tussen") or relation.hour
        first = self._edge(at)
        if not first:
            return 0
        joint = at + first[1]
        if self._at(joint) not in (("en", "-", "a") if between else ("tot", "-", "a", "t/m")):
            return 0
        last = self._edge(joint + 1)
        if not last or not self._is_window(found, opened, at, joint, last[1], relation):
            return 0
        found.first, found.last = first[0], last[0]
        found.kinds.add("clock")
        return joint + 1 + last[1]

    def _edge(self, at: int) -> tuple[Clock, int] | None:
        """One side of a window, where any number up to 24 may be an hour."""
        found = read_clock(self.words, at, bare=True)
        if found:
            return found
        value = number_word(self._at(at)) if self._at(at) not in ("n", "'n") else None
        if value is None or value.denominator != 1 or not 1 <= value <= 24:
            return None
        return Clock(int(value) % 24, 0, value > 12), 1

    def _is_window(self, found: Pieces, opened: bool, at: int, joint: int, used: int, relation: _Relation) -> bool:
        """Two bare numbers are an amount or a date unless something says they are hours."""
        end = joint + 1 + used
        said = self.words[at:end]
        if any(word in ("uur", "u", "h") or ":" in word or word in _MOMENT_WORDS for word in said):
            return True
        if not ends_clause(self.words, end) and not (found.day and opened and not self._is_unit(end)):
            return False
        return opened or (found.day is not None and relation.next == found.end) or self._at(end) in PART_WORDS

    def _is_unit(self, at: int) -> bool:
        return read_clock([*self.words[at - 1 : at], *self.words[at : at + 1]], 0, bare=True) is None and self._at(at).isalpha()

    def _clock(self, found: Pieces, relation: _Relation) -> int:
        if found.last or (found.first and not (found.after and relation.before)):
            return 0
        at = relation.next
        clock = read_clock(self.words, at, bare=self._bare_hour(found, relation), dotted=found.day is not None)
        if not clock:
            return 0
        self._set_clock(found, relation, clock[0])
        trailing = _PHRASES.at(self.words, at + clock[1])
        if trailing and trailing[0] in ("before", "after") and self._at(at + clock[1]) in ("op", "ten"):
            before = "surely" if trailing[0] == "before" else ""
            self._set_clock(found, _Relation(0, 0, before, not before, led=True), clock[0])
            return at + clock[1] + trailing[1]
        return at + clock[1]

    def _bare_hour(self, found: Pieces, relation: _Relation) -> bool:
        if relation.hour:
            return True
        if not relation.before:
            return found.day is not None and relation.led and self._raw(relation.next - 1) == "om"
        return bool(found.day) or (found.start == 0 and relation.next == len(self.words) - 1)

    def _set_clock(self, found: Pieces, relation: _Relation, clock: Clock) -> None:
        found.kinds.add("clock")
        if not relation.led and found.day_for and found.kinds == {"day", "clock"}:  # "voor vrijdag 12 uur"
            found.last, found.before, found.unsure = clock, True, found.day_for == "maybe"
            found.day_before = False
            return
        if relation.before:
            if found.first is clock:
                found.first = None
            found.last, found.before = clock, not found.first
        else:
            found.first = clock
        found.after = found.after or relation.after
        found.about = found.about or relation.about

    def _day(self, found: Pieces, relation: _Relation) -> int:
        if found.day:
            return 0
        for at in range(relation.next, relation.start - 1, -1):  # "in 15 minuten" and "om de week" begin with a mere lead
            day = self._day_at(at, at > relation.start or bool(found.kinds))
            if day:
                found.day = day
                found.kinds.add("day")
                found.day_for = relation.before
                found.day_before = relation.before == "surely" and self._raw(at - 1) not in ("tot", "t/m")
                found.day_after = relation.after
                return at + day.used
        return 0

    def _day_at(self, at: int, led: bool) -> Day | None:
        """The day that stands there, read once: "de" after "de" looks five words ahead."""
        if (at, led) not in self._days:
            self._days[at, led] = read_day(Place(self.words, at, self.now, led, self._starts_clause(at)))
        return self._days[at, led]

    def _part(self, found: Pieces, relation: _Relation) -> int:
        """``'s ochtends``, ``in de middag``, ``avond``; a greeting is no part of the day."""
        at = relation.next
        at += self._at(at) in ("'s", "s")
        part = PART_WORDS.get(self._at(at))
        if found.part or not part or not self._part_is_meant(found, relation, at):
            return 0
        found.part = part
        found.kinds.add("part")
        return at + 1

    def _part_is_meant(self, found: Pieces, relation: _Relation, at: int) -> bool:
        word, before = self._at(at), self._at(at - 1)
        if word == "morgen":  # mostly tomorrow: "vandaag, maar morgen mag ook"
            return before in WEEKDAYS or before in ("'s", "s", "de")
        if found.kinds or before in ("'s", "s", "de"):
            return True
        if word.endswith("s") and len(word) > 6:
            return True
        only = found.start == 0 and (at + 1 == len(self.words) or self._at(at + 1) == "graag")
        return only or (relation.led and self._starts_clause(found.start) and ends_clause(self.words, at + 1))

    def _starts_clause(self, at: int) -> bool:
        """Whether nothing comes before: the message, the line or the sentence starts here."""
        return at == 0 or self.raw[at - 1] in ("\n", ".", "!", "?", "•", "-") or (at == 1 and not self.raw[0][0].isalnum())

    def _at(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _raw(self, at: int) -> str:
        return self.raw[at] if 0 <= at < len(self.raw) else ""
