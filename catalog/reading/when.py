"""When somebody wants something: every day, date, clock time and part of the day in a message, resolved against now.

Words and feast days are in ``words/days.toml``; days are read by ``when_days``, clock times by ``when_clock``. Rules of the
language: "aanstaande" and "komende" name the nearest day (e-ANS 4.6.5.1), "volgende vrijdag" is truly unclear
(https://taaladvies.net/volgende-zaterdag/), "half elf" is 10.30. Hours without morning or evening follow the opening hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from catalog.reading.numbers import number_word
from catalog.reading.tokens import Token, tokenize
from catalog.reading.when_calendar import DAYS, MONTHS, PART_PHRASES, PART_WORDS, WEEKDAYS, Part, Phrases
from catalog.reading.when_clock import Clock, Open, choose, ends_clause, hour_or_minute, read_clock
from catalog.reading.when_days import STARTERS, Day, Place, read_day
from catalog.reading.words import plain
from catalog.square import AMSTERDAM


@dataclass(frozen=True, slots=True)
class When:
    """A moment or window that was said, in local wall time.

    ``day`` is None when only a time was said. ``starts`` and ``ends`` (exclusive) are a window on that day; only ``starts`` is
    a point in time, or its beginning when ``after``. ``before``: it must be there before ``ends``, or before ``day`` begins.
    ``ambiguous``: ask, or show the full date; ``choices`` then holds the days it can mean, nearest first. ``until``
    (exclusive) closes a span of days ("volgende week", "weekend"). ``recurring`` holds the words ("elke zaterdag").
    ``span`` are character offsets in the message, ``said`` is the text between them.
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


def find_when(
    text_or_tokens: str | Sequence[Token], now: datetime, *, opens: time = time(8), closes: time = time(20), text: str = ""
) -> list[When]:
    """All moments in a message, in order. ``now`` is aware, or local wall time; ``opens`` and ``closes`` settle "5 uur".

    Give ``text`` beside tokens to have ``said`` as it was typed; otherwise it is the tokens with blanks between. Never raises
    on any text.
    """
    tokens = tokenize(text_or_tokens) if isinstance(text_or_tokens, str) else text_or_tokens
    now = now.astimezone(AMSTERDAM).replace(tzinfo=None) if now.tzinfo else now
    reader = _Reader(tokens, text_or_tokens if isinstance(text_or_tokens, str) else text, now, opens, closes)
    return _without_greeting(_merged(list(reader.moments()), reader), tokens)


def read_when(text: str, now: datetime, *, opens: time = time(8), closes: time = time(20)) -> When | None:
    """The moment of a message that says nothing else but politeness ("vrijdag na 5 uur graag"), or None."""
    tokens = tokenize(text)
    found = find_when(tokens, now, opens=opens, closes=closes, text=text)
    if len(found) != 1:
        return None
    start, end = found[0].span
    rest = (token.lower for token in tokens if token.end <= start or token.start >= end)
    return found[0] if all(word in _POLITE or not word[0].isalnum() for word in rest) else None


_POLITE = frozenset(DAYS["words"]["may_follow"]) | frozenset(DAYS["words"]["fillers"])
_FILLERS = frozenset(DAYS["words"]["fillers"])
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
class _Found:
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


class _Reader:
    """Reads moments from the tokens of one message, left to right, each token at most once as a start."""

    def __init__(self, tokens: Sequence[Token], text: str, now: datetime, opens: time, closes: time) -> None:
        self.tokens, self.text, self.now = tokens, text, now
        self.opens, self.closes = opens, closes
        self.raw = [token.lower for token in tokens]
        self.words = [plain(word) for word in self.raw]

    def moments(self) -> Iterator[tuple[_Found, When]]:
        """Every moment with the pieces it was read from."""
        at = 0
        while at < len(self.words):
            found = self._moment(at) if self._may_start(at) else None
            if found:
                yield found, self._when(found)
            at = found.end if found else at + 1

    def _may_start(self, at: int) -> bool:
        """A quick look: most words begin no moment, and a number only does with the right word behind it."""
        word = self.words[at]
        if word in _STARTERS:
            return word not in _ARTICLES or self._at(at + 1) in _AFTER_ARTICLE
        if word[0].isdigit() and not word.isdigit() and not word.endswith("+"):
            return True
        after = self._at(at + 1)
        if after in _AFTER_NUMBER and (word.isdigit() or hour_or_minute(word) is not None):
            return True
        return word.endswith(("de", "ste")) and (after in _AFTER_RANK or after in _AFTER_NUMBER)

    # Reading the pieces

    def _moment(self, start: int) -> _Found | None:
        found = _Found(start, start)
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
            if at < len(self.words) and self.words[at] in _FILLERS and self.words[at] not in _RELATING:
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

    def _piece(self, found: _Found, relation: _Relation) -> int:
        """Read one more piece into ``found``; where it ends, or 0 when there is none."""
        return (
            self._soonest(found, relation.next)
            or self._part_phrase(found, relation)
            or self._window(found, relation)
            or self._clock(found, relation)
            or self._day(found, relation)
            or self._part(found, relation)
        )

    def _soonest(self, found: _Found, at: int) -> int:
        phrase = _SOONEST.at(self.words, at)
        word = self._at(at)
        alone = self._starts_clause(found.start) and ends_clause(self.words, at + 1)
        used = phrase[1] if phrase else 1 if word in _SOONEST_WORDS or (word in _NOW and alone) else 0
        if not used or "soonest" in found.kinds:
            return 0
        found.soonest = True
        found.kinds.add("soonest")
        return at + used

    def _part_phrase(self, found: _Found, relation: _Relation) -> int:
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

    def _window(self, found: _Found, relation: _Relation) -> int:
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

    def _is_window(self, found: _Found, opened: bool, at: int, joint: int, used: int, relation: _Relation) -> bool:
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

    def _clock(self, found: _Found, relation: _Relation) -> int:
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

    def _bare_hour(self, found: _Found, relation: _Relation) -> bool:
        if relation.hour:
            return True
        if not relation.before:
            return found.day is not None and relation.led and self._raw(relation.next - 1) == "om"
        return bool(found.day) or (found.start == 0 and relation.next == len(self.words) - 1)

    def _set_clock(self, found: _Found, relation: _Relation, clock: Clock) -> None:
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

    def _day(self, found: _Found, relation: _Relation) -> int:
        if found.day:
            return 0
        for at in range(relation.next, relation.start - 1, -1):  # "in 15 minuten" and "om de week" begin with a mere lead
            led = at > relation.start or bool(found.kinds)
            day = read_day(Place(self.words, at, self.now, led, self._starts_clause(at)))
            if day:
                found.day = day
                found.kinds.add("day")
                found.day_for = relation.before
                found.day_before = relation.before == "surely" and self._raw(at - 1) not in ("tot", "t/m")
                found.day_after = relation.after
                return at + day.used
        return 0

    def _part(self, found: _Found, relation: _Relation) -> int:
        """``'s ochtends``, ``in de middag``, ``avond``; a greeting is no part of the day."""
        at = relation.next
        at += self._at(at) in ("'s", "s")
        part = PART_WORDS.get(self._at(at))
        if found.part or not part or not self._part_is_meant(found, relation, at):
            return 0
        found.part = part
        found.kinds.add("part")
        return at + 1

    def _part_is_meant(self, found: _Found, relation: _Relation, at: int) -> bool:
        word, before = self._at(at), self._at(at - 1)
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

    # Making a moment of the pieces

    def _when(self, found: _Found) -> When:
        day = found.day
        part = found.part or (day.part if day else None)
        starts, ends, unsure = self._times(found, day, part)
        start, end = self.tokens[found.start].start, self.tokens[found.end - 1].end
        said = self.text[start:end] if self.text else " ".join(token.text for token in self.tokens[found.start : found.end])
        if day and day.until and found.day_after:  # "na het weekend" begins on Monday
            day = replace(day, first=day.until, until=None, choices=())
        choices = self._open_choices(day)
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
        )

    def _open_choices(self, day: Day | None) -> tuple[date, ...]:
        """The days it can mean; today is none of them once the shops are closed."""
        if not day or not day.choices:
            return ()
        over = self.now.time() >= self.closes
        left = tuple(choice for choice in day.choices if choice != self.now.date() or not over)
        return left if len(left) > 1 or not over else ()

    def _times(self, found: _Found, day: Day | None, part: Part | None) -> tuple[time | None, time | None, bool]:
        if day and day.moment and not found.first:
            moment = day.moment.time().replace(microsecond=0)
            return (None, moment, False) if day.within else (moment, None, False)
        if not found.first and not found.last:
            window = part.within(self.opens, self.closes) if part else (None, None)
            return window[0], window[1], False
        today = self.now.time() if day and day.first == self.now.date() else None
        open_ = Open(self.opens, self.closes, today)
        starts, unsure = choose(found.first, part, open_) if found.first else (None, False)
        ends, unclear = choose(found.last, part, open_) if found.last else (None, False)
        if starts and ends:
            return (*_ordered(starts, ends, found), False)
        return starts, ends, unsure or unclear


def _ordered(starts: time, ends: time, found: _Found) -> tuple[time, time]:
    """A window runs forward: ``van 8 tot 9`` is not 8.00 to 21.00, ``van 11 tot 2`` ends in the afternoon."""
    if ends <= starts and ends.hour < 12 and found.last and not found.last.fixed:
        ends = ends.replace(hour=ends.hour + 12)
    elif ends <= starts and starts.hour >= 12 and found.first and not found.first.fixed:
        starts = starts.replace(hour=starts.hour - 12)
    return starts, ends


# Moments that belong together, and those that are none


def _merged(found: list[tuple[_Found, When]], reader: _Reader) -> list[When]:
    """Join what one moment was cut into: ``donderdag of vrijdag`` are choices, ``14/10 - 15/10`` is a span of days."""
    whens: list[When] = []
    last: _Found | None = None
    for pieces, when in found:
        joint = reader.words[last.end : pieces.start] if last else []
        together = _together(whens[-1], when, joint, reader) if whens and last and pieces.start - last.end <= 1 else None
        if together:
            start, end = together.span
            said = reader.text[start:end] or f"{whens[-1].said} {when.said}"
            whens[-1] = replace(together, said=said)
        else:
            whens.append(when)
        last = pieces
    return whens


def _together(one: When, other: When, joint: list[str], reader: _Reader) -> When | None:
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
    """ "Morgen, mag ik voor vrijdag …": a first word that greets, since another day is named later."""
    if len(found) < 2 or not tokens or found[0].span != (tokens[0].start, tokens[0].end):
        return found
    greets = tokens[0].lower in ("morgen", "middag", "avond") and len(tokens) > 1 and tokens[1].lower in (",", "!", "\n")
    return found[1:] if greets and any(when.day for when in found[1:]) else found
