"""The calendar behind the date reader: weekdays, months, Easter, feast days. Plain date arithmetic, no words of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Generic, TypeVar

from catalog.reading.words import plain, table

DAYS = table("days")
Meaning = TypeVar("Meaning")


def words_to(group: dict[str, Iterable[str]]) -> dict[str, int]:
    """Turn ``{"0": ["maandag", ...]}`` into ``{"maandag": 0, ...}``."""
    return {plain(word): int(number) for number, words in group.items() for word in words}


class Phrases(Generic[Meaning]):
    """Phrases of several tokens, looked up by their first token; the longest wins."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], Meaning]]] = {}
        for phrase, meaning in phrases:
            parts = phrase.split()
            self._by_first.setdefault(parts[0], []).append((parts, meaning))
        for options in self._by_first.values():
            options.sort(key=lambda option: -len(option[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def at(self, tokens: Sequence[str], at: int) -> tuple[Meaning, int] | None:
        """The meaning of the phrase that starts at a token and how many tokens it has, or None."""
        for parts, meaning in self._by_first.get(tokens[at], ()) if at < len(tokens) else ():
            if list(tokens[at : at + len(parts)]) == parts:
                return meaning, len(parts)
        return None

    @property
    def firsts(self) -> frozenset[str]:
        """The words a phrase can start with."""
        return frozenset(self._by_first)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus/Jones/Butcher, https://en.wikipedia.org/wiki/Date_of_Easter)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * last) // 451
    month, day = divmod(h + last - 7 * m + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast day by its rule. ``strong``: a day even when no word such as "met" or "voor" stands before it.

    ``public``: the law takes it for a day off (Algemene termijnenwet art. 3, which has Good Friday and 5 May as well).
    """

    name: str
    fixed: tuple[int, int] | None = None
    after_easter: int | None = None
    nth: tuple[int, int, int] | None = None
    not_on_sunday: bool = False
    strong: bool = False
    public: bool = False

    def on(self, year: int) -> date:
        """The date in a year. King's Day moves to Saturday when the 27th is a Sunday (https://www.koninklijkhuis.nl)."""
        if self.after_easter is not None:
            return easter(year) + timedelta(days=self.after_easter)
        if self.nth:
            rank, weekday, month = self.nth
            return nth_weekday(year, month, weekday, rank)
        month, day = self.fixed or (1, 1)
        found = date(year, month, day)
        return found - timedelta(days=1) if self.not_on_sunday and found.weekday() == 6 else found

    def next(self, today: date) -> date:
        """The first one on or after today."""
        this_year = self.on(today.year)
        return this_year if this_year >= today else self.on(today.year + 1)


def nth_weekday(year: int, month: int, weekday: int, rank: int) -> date:
    """The ``rank``-th weekday of a month; -1 is the last."""
    if rank > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (rank - 1))
    last = month_after(date(year, month, 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def month_after(day: date, months: int) -> date:
    """The first of the month ``months`` later. Stays within the years a date can hold."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(min(max(whole, 12), 9999 * 12 + 11), 12)
    return date(year, month + 1, 1)


def same_day(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last of the month when it has no such day."""
    first = month_after(day, months)
    last = (month_after(first, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def make_date(year: int, month: int, day: int) -> date | None:
    """A date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_date(today: date, month: int, day: int) -> date | None:
    """The first such day on or after today; a 29 February waits for its year."""
    options = (make_date(today.year + ahead, month, day) for ahead in range(9))
    return next((option for option in options if option and option >= today), None)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; ``until`` is exclusive, ``unsure`` means people differ about it."""

    name: str
    starts: time
    until: time
    unsure: bool = False

    def within(self, opens: time, closes: time) -> tuple[time, time]:
        """The part as far as the shops are open; the whole part when they are not."""
        starts, ends = max(self.starts, opens), min(self.until, closes)
        return (starts, ends) if starts < ends else (self.starts, self.until)


def _holidays() -> Iterable[tuple[str, Holiday]]:
    for row in DAYS["holiday"]:
        fixed = tuple(int(part) for part in row["date"].split("-")) if "date" in row else None
        for word in row["words"]:
            yield (
                word,
                Holiday(
                    row["name"],
                    (fixed[0], fixed[1]) if fixed else None,
                    row.get("easter"),
                    tuple(row["nth"]) if "nth" in row else None,
                    row.get("not_on_sunday", False),
                    word in row.get("strong", ()),
                    row.get("public", False),
                ),
            )


PARTS = {row["name"]: Part(row["name"], row["from"], row["until"], row.get("unsure", False)) for row in DAYS["part"]}
PART_WORDS = {word: PARTS[row["name"]] for row in DAYS["part"] for word in row.get("words", ())}
PART_PHRASES = Phrases((phrase, PARTS[row["name"]]) for row in DAYS["part"] for phrase in row.get("phrases", ()))
HOLIDAYS = Phrases(_holidays())
_PUBLIC = tuple({day.name: day for _, day in _holidays() if day.public}.values())
WEEKDAYS = words_to(DAYS["weekdays"])
SHORT_WEEKDAYS = words_to(DAYS["short_weekdays"])
MONTHS = words_to(DAYS["months"])
NEAR = words_to(DAYS["near"])


def public_holiday(day: date) -> str:
    """The name of the public holiday that a day is, also of one that moves with Easter; "" for any other day."""
    return next((one.name for one in _PUBLIC if one.on(day.year) == day), "")
