"""Dates of the calendar in all their spellings: ``28 nov``, ``za 28-11``, ``de 28e``, ``eerste kerstdag``, ``in maart``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from catalog.reading.numbers import number_word, read_ordinal
from catalog.reading.when_calendar import (
    DAYS,
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
    make_date,
    month_after,
    next_date,
    nth_weekday,
)
from catalog.reading.when_place import DAY_WORDS, NUMERIC, Day, Place, clear_end, counts, monday_of, nearest

SEASONS = DAYS["seasons"]
_SURE_MONTHS = frozenset(MONTHS) - {"jan", "mei", "jun", "jul"}
_DAY_STARTS = frozenset(day[:3] for day in WEEKDAYS)
YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")


def whole_year(place: Place, year: int) -> Day | None:
    """A year, or the month of it that is named behind it."""
    first = make_date(year, 1, 1)
    if not first:
        return None
    if place.word(2) in MONTHS:
        return replace(span_of_month(year, MONTHS[place.word(2)]), used=3)
    return Day(first, 2, until=month_after(first, 12))


def season(place: Place, word: str) -> Day | None:
    """The season a word names, this year's or the one that is on."""
    (month, day), (to_month, to_day) = (map(int, edge.split("-")) for edge in SEASONS[word])
    first = date(place.today.year, month, day)
    if to_month < month and place.today < date(place.today.year, to_month, to_day):
        first = first.replace(year=first.year - 1)
    end = date(first.year + (to_month < month), to_month, to_day)
    return Day(first, 2, until=end)


def date_after(place: Place, weekday: int) -> Day | None:
    """The date behind a weekday ("zaterdag 28 november", "za, 28-11"): the year in which it falls on that weekday."""
    skip = 0
    while place.word(skip) in (",", "de", "den", "."):
        skip += 1
    dated = read_date(place.further(skip))
    if not dated:
        return _monthday_after(place.further(skip), weekday, skip)
    options = (
        make_date(place.today.year + ahead, dated.first.month, dated.first.day)
        for ahead in (0, 1)
        if dated.first.year <= place.today.year + 1
    )
    fitting = [day for day in options if day and day.weekday() == weekday]
    first = dated.first if dated.first.weekday() == weekday or not fitting else fitting[0]
    odd = first.weekday() != weekday
    if odd and place.word(skip + 1) == "-" and dated.first.day < dated.first.month:
        return None  # "vrijdag 6-7 eieren": an amount after all
    choices = (first, nearest(place, weekday).first) if odd else ()
    return replace(dated, first=first, used=dated.used + skip, choices=choices)


def _monthday_after(place: Place, weekday: int, skip: int) -> Day | None:
    """``vrijdag 27``: a lone number that is the date of that very weekday, with nothing countable behind it."""
    day = int(place.word()) if place.word().isdecimal() and len(place.word()) <= 2 else 0
    found = _next_monthday(place, day) if 1 <= day <= 31 and clear_end(place.further(1)) else None
    if not found or found.first.weekday() != weekday or place.word(1) in ("-", "uur", "u", "h", "tot", "a"):
        return None
    return replace(found, used=1 + skip)


def read_date(place: Place) -> Day | None:
    """A date of the calendar in any of its spellings."""
    word = place.word()
    if not word:
        return None
    if word in MONTHS:
        return _month_first(place)
    if word[0].isdecimal():
        numeric = _numeric_date(place) or _dashed_date(place)
        if numeric:
            return numeric
    return _day_month(place)


def _month_first(place: Place) -> Day | None:
    """``augustus 8``, ``april 14, 2015``; "jan" may be someone's name."""
    if place.word() not in _SURE_MONTHS or not place.word(1).isdecimal() or not 1 <= len(place.word(1)) <= 2:
        return None
    comma = place.word(2) == "," and bool(YEAR.match(place.word(3)))
    return _built(place, int(place.word(1)), MONTHS[place.word()], 2, comma)


def _day_month(place: Place) -> Day | None:
    """``28 november``, ``1e kerstdag`` no, ``28ste nov. 2026``, ``13 t/m 15 juli``, ``de 28e``."""
    day = _day_of_month(place.word())
    if not day:
        return None
    if place.word(1) in MONTHS:
        dot = place.word(2) == "." and place.word(1) not in ("mei", "maart") and bool(place.word(3))
        return _built(place, day, MONTHS[place.word(1)], 2, dot and bool(YEAR.match(place.word(3))))
    span = _day_span(place, day)
    if span:
        return span
    ordinal = read_ordinal(place.words, place.at)
    if ordinal and place.word(1) == "van" and place.word(2) in MONTHS:
        return _built(place, ordinal, MONTHS[place.word(2)], 3, False)
    if ordinal and place.led and place.word(-1) in ("de", "den") and _is_over(place.further(1)):
        return _next_monthday(place, ordinal)
    return None


def _is_over(place: Place) -> bool:
    """Whether the date ends here: the clause does, or goods are counted next ("de 28e 4 moorkoppen")."""
    return clear_end(place) or counts(place)


def _day_of_month(word: str) -> int | None:
    value = number_word(word) if word not in ("n", "'n", "ne") else None
    day = int(value) if value is not None and value.denominator == 1 else read_ordinal((word,))
    return day if day and 1 <= day <= 31 else None


def _day_span(place: Place, day: int) -> Day | None:
    """``13 - 15 juli``, ``13 tot en met 15 juli``."""
    joint = next((n for n in ((2, 4) if place.word(1) in ("-", "t/m", "tot") else ()) if place.word(n + 1) in MONTHS), 0)
    last = _day_of_month(place.word(joint)) if joint else None
    if not last or last <= day:
        return None
    built = _built(place, day, MONTHS[place.word(joint + 1)], joint + 2, False)
    return replace(built, until=built.first + timedelta(days=last - day + 1)) if built else None


def _next_monthday(place: Place, day: int) -> Day | None:
    """``de 28e``: this month, or the next when it has passed."""
    for ahead in range(3):
        first = month_after(place.today, ahead)
        found = make_date(first.year, first.month, day)
        if found and found >= place.today:
            return Day(found, 1)
    return None


def _built(place: Place, day: int, month: int, used: int, comma: bool) -> Day | None:
    """A date with its year when one follows, else the next one; a date passed a short while ago is still that one."""
    year = place.word(used + comma)
    if YEAR.match(year):
        found = make_date(int(year), month, day)
        return Day(found, used + comma + 1) if found else None
    coming = next_date(place.today, month, day)
    return Day(coming, used) if coming else None


def _numeric_date(place: Place) -> Day | None:
    """``28/11``, ``18/07/2014``, ``31.10.74``; without a year only where no fraction or price can be meant."""
    found = NUMERIC.match(place.word())
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        first = make_date(_full_year(found[3]), month, day)
        return Day(first, 1) if first else None
    slash = "/" in place.word()
    led = place.led and place.word(-1) in ("op", "voor", "van", "vanaf", "tot", "-", *DAY_WORDS, ".", ",")
    after = place.further(1)
    over = clear_end(after) or (month >= 9 and (counts(after) or after.word()[:3] in _DAY_STARTS))
    alone = slash and day > 3 and (place.alone or place.word(-1) in ("", "\n")) and over
    no_fraction = slash and day > 12 and over  # "2 komkommers 27/11"
    if not (led if slash else place.word(-1) == "op") and not alone and not no_fraction:
        return None
    coming = next_date(place.today, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    return Day(coming, 1) if coming and over else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _dashed_date(place: Place) -> Day | None:
    """``24-12``, ``28-11-2026``: day first. Without a year only after a word that asks for a day, or as the whole line."""
    if place.word(1) != "-" or not place.word().isdecimal() or not place.word(2).isdecimal() or len(place.word()) > 2:
        return None
    day, month = int(place.word()), int(place.word(2)[:3])
    if not 1 <= month <= 12 or len(place.word(2)) > 2 or not 1 <= day <= 31:
        return None
    year = place.word(4)
    if place.word(3) == "-" and year.isdecimal() and len(year) in (2, 4):
        first = make_date(_full_year(year), month, day)
        return Day(first, 5) if first else None
    coming = next_date(place.today, month, day)
    said = next((DAY_WORDS[place.word(back)] for back in (-1, -2) if place.word(back) in DAY_WORDS), None)
    if coming and said is not None and (day >= month or said == coming.weekday()):
        return Day(coming, 3)
    opens = place.word(-1) in ("", "\n")
    if coming and day > month and clear_end(place.further(3)) and not opens:
        return Day(coming, 3)  # "krentenbollen 31-12": no range runs down
    if coming and day > month and opens and counts(place.further(3)):
        return Day(coming, 3)
    if not (place.led or place.alone) or not clear_end(place.further(3)):
        return None
    return Day(coming, 3, choices=(coming,) if day < month and not place.led else ()) if coming else None


def ranked(place: Place) -> Day | None:
    """``eerste dinsdag in oktober``, ``laatste dag van oktober 2015``, ``derde kwartaal``."""
    rank = -1 if place.word() == "laatste" else read_ordinal(place.words, place.at)
    if not rank or rank > 31:
        return None
    what = place.word(1)
    if what == "kwartaal" and 1 <= rank <= 4:
        year = int(place.word(2)) if YEAR.match(place.word(2)) else place.today.year
        return Day(date(year, 3 * rank - 2, 1), 3 if YEAR.match(place.word(2)) else 2)
    if place.word(2) not in ("in", "van"):
        return None
    if place.word(3) == "de" and place.word(4) == "maand":
        return _ranked_in(place, replace(span_of_month(place.today.year, place.today.month), used=5), rank, what)
    return _ranked_in(place, whole_month(place, 3, 4), rank, what) if place.word(3) in MONTHS else None


def _ranked_in(place: Place, month: Day, rank: int, what: str) -> Day | None:
    year, number = month.first.year, month.first.month
    last = month_after(month.first, 1) - timedelta(days=1)
    if what in WEEKDAYS:
        first: date | None = nth_weekday(year, number, WEEKDAYS[what], rank)
    elif what == "dag":
        first = last if rank < 0 else make_date(year, number, rank)
    elif what == "week":
        first = monday_of(last - timedelta(days=6)) if rank < 0 else monday_of(month.first + timedelta(days=7 * rank - 1))
        first = first + timedelta(days=7) if rank < 0 and (last - first).days >= 13 else first
    else:
        return None
    return Day(first, month.used) if first and first.month == number else None


def whole_month(place: Place, ahead: int, used: int) -> Day:
    """A whole month, with its year when that follows; else the one that is or comes."""
    number = MONTHS[place.word(ahead)]
    if YEAR.match(place.word(used)):
        return replace(span_of_month(int(place.word(used)), number), used=used + 1)
    year = place.today.year + (number < place.today.month)
    return replace(span_of_month(year, number), used=used)


def span_of_month(year: int, month: int) -> Day:
    """All days of a month."""
    first = date(year, month, 1)
    return Day(first, 1, until=month_after(first, 1))


def month_alone(place: Place) -> Day | None:
    """``in maart``, ``oktober 2014``; a month elsewhere is no moment to deliver."""
    word = place.word()
    if word not in _SURE_MONTHS and word not in ("mei",):
        return None
    whole = place.alone and clear_end(place.further(1))
    if not (YEAR.match(place.word(1)) or place.word(-1) == "in" or whole):
        return None
    return whole_month(place, 0, 1)


def holiday(place: Place) -> Day | None:
    """A feast day by name, where it cannot be part of a product ("kersen met kerst", not "kerst kransjes")."""
    found = HOLIDAYS.at(place.words, place.at)
    if not found:
        return None
    holiday, used = found
    year = place.word(used)
    if not holiday.strong and not (place.led or place.alone or YEAR.match(year)):
        return None
    if not holiday.strong and place.alone and not place.led and not (clear_end(place.further(used)) or YEAR.match(year)):
        return None
    if YEAR.match(year):
        return Day(holiday.on(int(year)), used + 1)
    return Day(holiday.next(place.today), used)
