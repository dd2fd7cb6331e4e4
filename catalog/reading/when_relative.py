"""Days and moments counted from now: ``over een week``, ``binnen een uur``, ``komende 3 dagen``, ``7 dagen geleden``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from catalog.reading.numbers import number_word, read_number
from catalog.reading.when_calendar import DAYS, month_after, same_day
from catalog.reading.when_place import LAST, Day, Place, monday_of, nearest, weekday_at

SPANS = {word: name for name, words in DAYS["durations"].items() for word in words}
_SECONDS = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3600}


def idiom_days(word: str, days: int) -> int:
    """ "Vandaag over acht dagen" is in a week: both ends are counted (https://onzetaal.nl/taalloket/over-acht-dagen)."""
    return 7 if days == 8 else 14 if days == 15 else days


def counted_span(place: Place) -> Day | None:
    """``komende 3 dagen``, ``afgelopen twee weken``."""
    length = duration(place.further(1))
    if not length or length[1].denominator != 1 or length[1] > 400:
        return None
    unit, count, used = length
    back = place.word() in LAST
    if unit in _SECONDS:
        return _seconds_span(place, unit, int(count), used + 1, back)
    starts = {"day": place.today, "week": monday_of(place.today), "month": place.today.replace(day=1)}
    first = starts.get(unit, date(place.today.year, 1, 1))
    first, until = _shifted(first, unit, 0 if back else 1, int(count), back)
    return Day(first, used + 1, until=until)


def _seconds_span(place: Place, unit: str, count: int, used: int, back: bool) -> Day:
    step = timedelta(seconds=_SECONDS[unit])
    base = place.now.replace(microsecond=0)
    if unit == "hour":
        base = base.replace(minute=0, second=0)
    moment = base - step * count if back else base + step
    return Day(moment.date(), used, moment=moment)


def _shifted(first: date, unit: str, ahead: int, count: int, back: bool) -> tuple[date, date]:
    sign = -count if back else ahead
    if unit in ("day", "week"):
        days = 7 if unit == "week" else 1
        start = first + timedelta(days=days * sign)
        return start, start + timedelta(days=days * count)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = month_after(first, months * sign)
    return start, month_after(start, months * count)


def duration(place: Place) -> tuple[str, Fraction, int] | None:
    """``een week``, ``veertien dagen``, ``twee en een half uur``: unit, count and the words used."""
    count, used = _count(place)
    unit = SPANS.get(place.word(used))
    if unit is None or (place.word(used) == "u" and not used):
        return None
    if not used and place.word(used) != "week":
        return None
    if place.word(used + 1) == "of":  # "een dag of drie"
        other = read_number(place.words, place.at + used + 2)
        if other and count == 1:
            return unit, other.value, used + 2 + other.used
    return unit, count, used + 1


def _count(place: Place) -> tuple[Fraction, int]:
    """The number of days or weeks; one when none is said. "Een paar" counts as two, the least it can be."""
    number = read_number(place.words, place.at)
    if number and not number.vague and place.word(number.used) in SPANS:
        return number.value, number.used
    part = {"half": Fraction(1, 2), "anderhalf": Fraction(3, 2)}.get(place.word())
    if part:
        return part, 1
    article = place.word() == "een"
    if place.word(article) == "paar":
        return Fraction(2), 1 + article
    single = number_word(place.word())
    return (single, 1) if single is not None else (Fraction(1), 0)


def relative(place: Place) -> Day | None:
    """``over een week``, ``in 15 minuten``, ``binnen 2 weken``, ``7 dagen geleden``."""
    word = place.word()
    if word in ("over", "in", "binnen"):
        length = duration(place.further(1))
        if not length or (word == "in" and place.word(1) == "week"):
            return None
        unit, count, used = length
        day = _from_now(place, unit, count, 1, place.word(1))
        if word == "binnen" and day:
            span = day.first if unit not in _SECONDS else None
            day = replace(day, first=place.today if span else day.first, until=span, within=span is None)
        day = replace(day, used=used + 1) if day else None
        return _then_weekday(place, day) if day and unit == "week" and word == "over" else day
    length = duration(place) if number_word(word) is not None or word == "paar" else None
    if not length or place.word(length[2]) != "geleden":
        return None
    day = _from_now(place, length[0], length[1], -1, "")
    return replace(day, used=length[2] + 1) if day else None


def _then_weekday(place: Place, day: Day) -> Day:
    """``over een week (op) maandag`` is the Monday a week after the next one."""
    skip = day.used + (place.word(day.used) == "op")
    number, used = weekday_at(place.further(skip))
    if number is None:
        return day
    weeks = (day.first - place.today).days
    near = nearest(place, number).first
    return Day(near + timedelta(days=weeks), skip + used, choices=(near, near + timedelta(days=weeks)) if weeks == 7 else ())


def _from_now(place: Place, unit: str, count: Fraction, sign: int, said: str) -> Day | None:
    if count > 10_000:
        return None
    if unit in _SECONDS:
        moment = place.now + sign * timedelta(seconds=float(count * _SECONDS[unit]))
        return Day(moment.date(), 1, moment=moment)
    if count.denominator != 1:
        return None
    whole = int(count) * sign
    if unit in ("day", "week"):
        eight = unit == "day" and sign > 0 and said == "acht"
        first = place.today + timedelta(days=7 if eight else whole * (7 if unit == "week" else 1))
        return Day(first, 1, choices=(first, first + timedelta(days=1)) if eight else ())
    return Day(same_day(place.today, whole * {"month": 1, "quarter": 3, "year": 12}[unit]), 1)
