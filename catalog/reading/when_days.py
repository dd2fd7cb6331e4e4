"""Days and dates as the Dutch say them, resolved against today: ``overmorgen``, ``maandag over een week``, ``za 28-11``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from catalog.reading.numbers import number_word, read_number, read_ordinal
from catalog.reading.when_calendar import (
    DAYS,
    HOLIDAYS,
    MONTHS,
    NEAR,
    PART_WORDS,
    PARTS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    Part,
    Phrases,
    make_date,
    month_after,
    next_date,
    nth_weekday,
    same_day,
)
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


def read_day(place: Place) -> Day | None:
    """The day named at a place, or None. Never raises: a date outside the calendar is no day."""
    try:
        for reader in _READERS:
            day = reader(place)
            if day:
                return day
    except OverflowError:
        return None
    return None


_WORDS = DAYS["words"]
_THIS, _COMING = frozenset(_WORDS["this"]), frozenset(_WORDS["coming"])
_NEXT, _LAST, _EVERY = frozenset(_WORDS["next"]), frozenset(_WORDS["last"]), frozenset(_WORDS["every"])
_SPANS = {word: name for name, words in DAYS["durations"].items() for word in words}
_SECONDS = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3600}
_TODAY_PART = {word: PARTS[name] for word, name in DAYS["today_part"].items()}
_GLUED = {
    start + link + end: (start, part) for start in (*NEAR, *WEEKDAYS) for end, part in PART_WORDS.items() for link in ("", "-")
}
_SEASONS = DAYS["seasons"]
_RECURRING = Phrases((phrase, phrase) for phrase in DAYS["recurring"]["phrases"])
_HABITS = {f"{day}s": number for day, number in WEEKDAYS.items()}
_GREETING, _GREETED = frozenset(_WORDS["greeting"]), frozenset(_WORDS["greeted"])
_SURE_MONTHS = frozenset(MONTHS) - {"jan", "mei", "jun", "jul"}
_NUMERIC = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})(?:[/.]([0-9]{4}|[0-9]{2}))?\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_EDGES = DAYS["edges"]
_DAY_WORDS = {**WEEKDAYS, **SHORT_WEEKDAYS}

#: Every word a moment can start with, apart from numbers. The reader skips all others at once.
STARTERS: frozenset[str] = frozenset(
    [
        *WEEKDAYS, *SHORT_WEEKDAYS, *MONTHS, *NEAR, *PART_WORDS, *_TODAY_PART, *_GLUED, *_HABITS, *_THIS, *_COMING, *_NEXT,
        *_LAST, *_EVERY, *HOLIDAYS.firsts, *_RECURRING.firsts, *_EDGES, "over", "in", "binnen", "weekend", "laatste",
    ]
)  # fmt: skip


def _weekday(place: Place) -> Day | None:
    """A weekday, alone or with what makes it precise: a date, "volgende week", "over een week"."""
    number, used = weekday_at(place)
    if number is None:
        return None
    after = place.further(used)
    dated = _date_after(after, number)
    if dated:
        return replace(dated, used=dated.used + used)
    week = _week(after)
    if week:
        return Day(_in_week(week.first, number), used + week.used)
    if after.word() in _COMING and after.word(1) not in WEEKDAYS:
        return replace(nearest(place, number), used=used + 1, choices=())
    if after.word() == "over":
        return _weeks_later(after, number, used)
    return replace(nearest(place, number), used=used)


def weekday_at(place: Place) -> tuple[int | None, int]:
    """The weekday at a place and how many words it takes; abbreviations only where nothing else can be meant."""
    word = place.word()
    if word in WEEKDAYS:
        return WEEKDAYS[word], 2 if place.word(1) == "." and place.at + 2 < len(place.words) and _dated(place.further(2)) else 1
    if word not in SHORT_WEEKDAYS:
        return None, 0
    dot = place.word(1) == "."
    after = place.further(2 if dot else 1)
    if _dated(after) or (dot and place.alone) or (_led_well(place, word) and (dot or _clear_end(after))):
        return SHORT_WEEKDAYS[word], 1 + dot
    return None, 0


def _led_well(place: Place, word: str) -> bool:
    return place.led and (word not in ("zo", "zon", "zat", "do", "maa", "vrij") or place.word(-1) in _COMING)


def _clear_end(after: Place) -> bool:
    return ends_clause(after.words, after.at)


def _dated(place: Place) -> bool:
    """Whether a date, a clock time or a part of day follows, so that "za" before it is a Saturday."""
    word = place.word()
    if word == ",":
        return bool(place.word(1)) and _dated(place.further(1))
    if word in PART_WORDS and place.word(-1) != "zo":
        return True
    if not word[:1].isdigit():
        return False
    if ":" in word or _NUMERIC.match(word) or place.word(1) in MONTHS or place.word(1) in ("uur", "u", "h"):
        return True
    return place.word(1) == "-" and place.word(2).isdigit() and int(place.word(2)[:3]) <= 12


def nearest(place: Place, weekday: int) -> Day:
    """The next such weekday. Said on that very day it may also be today: both are offered, a week later is the reading."""
    ahead = (weekday - place.today.weekday()) % 7
    day = place.today + timedelta(days=ahead or 7)
    return Day(day, 1, choices=() if ahead else (place.today, day))


def _in_week(monday: date, weekday: int) -> date:
    return monday + timedelta(days=weekday)


def _weeks_later(after: Place, weekday: int, used: int) -> Day | None:
    """``maandag over een week``: a week after the Monday that comes, or from today when today is a Monday."""
    weeks = _duration(after.further(1))
    if not weeks or weeks[0] not in ("week", "day") or weeks[1].denominator != 1:
        return replace(nearest(after, weekday), used=used)
    days = int(weeks[1]) * 7 if weeks[0] == "week" else _idiom_days(after.word(1), int(weeks[1]))
    ahead = (weekday - after.today.weekday()) % 7
    day = after.today + timedelta(days=ahead + days)
    return Day(day, used + 1 + weeks[2], choices=() if ahead else (day, day + timedelta(days=7)))


def _idiom_days(word: str, days: int) -> int:
    """ "Vandaag over acht dagen" is in a week: both ends are counted (https://onzetaal.nl/taalloket/over-acht-dagen)."""
    return 7 if days == 8 else 14 if days == 15 else days


def _near(place: Place) -> Day | None:
    """``morgen``, ``overmorgenavond``, ``vanmiddag``, ``vandaag over acht dagen``."""
    word = place.word()
    if word == "deze" and place.word(1) == "dag":
        return Day(place.today, 2)
    if word in _TODAY_PART:
        return Day(place.today, 1, part=_TODAY_PART[word])
    if word in _GLUED:
        return _glued(place, *_GLUED[word])
    if word not in NEAR or _is_greeting(place, word):
        return None
    day = place.today + timedelta(days=NEAR[word])
    if place.word(1) == "over":
        length = _duration(place.further(2))
        if length and length[0] in ("day", "week") and length[1].denominator == 1:
            days = int(length[1]) * 7 if length[0] == "week" else _idiom_days(place.word(2), int(length[1]))
            return Day(day + timedelta(days=days), 2 + length[2])
    return Day(day, 1)


def _glued(place: Place, start: str, part: Part) -> Day:
    if start in NEAR:
        return Day(place.today + timedelta(days=NEAR[start]), 1, part=part)
    return replace(nearest(place, WEEKDAYS[start]), part=part)


def _is_greeting(place: Place, word: str) -> bool:
    """``goede morgen`` and ``morgen allemaal!`` say no day; neither does ``de morgen``, which is a part of one."""
    before, after = place.word(-1), place.word(1)
    if word == "morgen" and before in ("de", "'s", "s"):
        return True
    return before in _GREETING or (word == "morgen" and (after in _GREETED or (place.alone and after == "!")))


def _pointed(place: Place) -> Day | None:
    """``komende vrijdag``, ``volgende week``, ``vorige 2 weken``, ``dit weekend``, ``deze avond``."""
    word = place.word()
    this, coming, next_, last = word in _THIS, word in _COMING, word in _NEXT, word in _LAST
    if not (this or coming or next_ or last):
        return None
    after = place.further(1)
    number, used = weekday_at(after)
    if number is not None:
        return _pointed_weekday(place, after.further(used), number, used + 1, (this, next_, last))
    if this and after.word() in PART_WORDS:
        return Day(place.today, 2, part=PART_WORDS[after.word()])
    return _week_and_day(place) or _calendar_span(place, -1 if last else 0 if this else 1) or _counted_span(place)


def _pointed_weekday(place: Place, after: Place, number: int, used: int, kind: tuple[bool, bool, bool]) -> Day:
    this, next_, last = kind
    near = nearest(place, number).first
    dated = _date_after(after, number)
    if dated:
        return replace(dated, used=dated.used + used)
    week = _week(after)
    if week:
        return Day(_in_week(week.first, number), used + week.used)
    if last:
        back = (place.today.weekday() - number) % 7 or 7
        return Day(place.today - timedelta(days=back), used)
    in_next_week = _in_week(_monday(place.today) + timedelta(days=7), number)
    if next_ and in_next_week != near:
        return Day(in_next_week, used, choices=(near, in_next_week))
    if this and near - timedelta(days=7) == place.today:
        return Day(place.today, used)
    return Day(near, used)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(place: Place) -> Day | None:
    """``volgende week``, ``deze week``, ``vorige week`` as a span of seven days."""
    word = place.word()
    if place.word(1) != "week":
        return None
    shift = 0 if word in _THIS else 1 if word in _NEXT or word in _COMING else -1 if word in _LAST else None
    if shift is None:
        return None
    monday = _monday(place.today) + timedelta(days=7 * shift)
    return Day(monday, 2, until=monday + timedelta(days=7))


def _week_and_day(place: Place) -> Day | None:
    """``volgende week``, and ``volgende week (op) dinsdag``."""
    week = _week(place)
    if not week:
        return None
    skip = week.used + (place.word(week.used) in ("op", ","))
    word = place.word(skip)
    if word in _GLUED and _GLUED[word][0] in WEEKDAYS:
        start, part = _GLUED[word]
        return Day(_in_week(week.first, WEEKDAYS[start]), skip + 1, part=part)
    number, used = weekday_at(place.further(skip))
    return Day(_in_week(week.first, number), skip + used) if number is not None else week


def _calendar_span(place: Place, shift: int) -> Day | None:
    """A weekend, month, quarter, year or season, this one or the next or the last."""
    word, today = place.word(1), place.today
    if word == "weekend":
        return _weekend(place, 2, shift)
    if word in _SEASONS:
        return _season(place, word)
    if word in ("maand", "kwartaal"):
        months = 1 if word == "maand" else 3
        first = month_after(today, shift * months - (0 if months == 1 else (today.month - 1) % 3))
        return Day(first, 2, until=month_after(first, months))
    if word == "jaar":
        return _year(place, today.year + shift)
    if word in MONTHS:
        return _month(place, 1, 2)
    return None


def _year(place: Place, year: int) -> Day | None:
    first = make_date(year, 1, 1)
    if not first:
        return None
    if place.word(2) in MONTHS:
        return replace(_span_of_month(year, MONTHS[place.word(2)]), used=3)
    return Day(first, 2, until=month_after(first, 12))


def _weekend(place: Place, used: int, shift: int) -> Day:
    """Saturday and Sunday: both are days to choose from."""
    saturday = _monday(place.today) + timedelta(days=5)
    if shift < 0:
        saturday -= timedelta(days=7)
    elif place.word() in _NEXT:
        return Day(saturday + timedelta(days=7), used, saturday + timedelta(days=9), (saturday, saturday + timedelta(days=7)))
    elif shift > 0 and place.today >= saturday:
        saturday += timedelta(days=7)
    return Day(saturday, used, until=saturday + timedelta(days=2), choices=(saturday, saturday + timedelta(days=1)))


def _season(place: Place, word: str) -> Day | None:
    (month, day), (to_month, to_day) = (map(int, edge.split("-")) for edge in _SEASONS[word])
    first = date(place.today.year, month, day)
    if to_month < month and place.today < date(place.today.year, to_month, to_day):
        first = first.replace(year=first.year - 1)
    end = date(first.year + (to_month < month), to_month, to_day)
    return Day(first, 2, until=end)


def _counted_span(place: Place) -> Day | None:
    """``komende 3 dagen``, ``afgelopen twee weken``."""
    length = _duration(place.further(1))
    if not length or length[1].denominator != 1 or length[1] > 400:
        return None
    unit, count, used = length
    back = place.word() in _LAST
    if unit in _SECONDS:
        return _seconds_span(place, unit, int(count), used + 1, back)
    starts = {"day": place.today, "week": _monday(place.today), "month": place.today.replace(day=1)}
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


def _duration(place: Place) -> tuple[str, Fraction, int] | None:
    """``een week``, ``veertien dagen``, ``twee en een half uur``: unit, count and the words used."""
    count, used = _count(place)
    unit = _SPANS.get(place.word(used))
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
    if number and not number.vague and place.word(number.used) in _SPANS:
        return number.value, number.used
    part = {"half": Fraction(1, 2), "anderhalf": Fraction(3, 2)}.get(place.word())
    if part:
        return part, 1
    article = place.word() == "een"
    if place.word(article) == "paar":
        return Fraction(2), 1 + article
    single = number_word(place.word())
    return (single, 1) if single is not None else (Fraction(1), 0)


def _relative(place: Place) -> Day | None:
    """``over een week``, ``in 15 minuten``, ``binnen 2 weken``, ``7 dagen geleden``."""
    word = place.word()
    if word in ("over", "in", "binnen"):
        length = _duration(place.further(1))
        if not length or (word == "in" and place.word(1) == "week"):
            return None
        unit, count, used = length
        day = _from_now(place, unit, count, 1, place.word(1))
        if word == "binnen" and day:
            span = day.first if unit not in _SECONDS else None
            day = replace(day, first=place.today if span else day.first, until=span, within=span is None)
        day = replace(day, used=used + 1) if day else None
        return _then_weekday(place, day) if day and unit == "week" and word == "over" else day
    length = _duration(place) if number_word(word) is not None or word == "paar" else None
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


def _date_after(place: Place, weekday: int) -> Day | None:
    """The date behind a weekday ("zaterdag 28 november", "za, 28-11"): the year in which it falls on that weekday."""
    skip = 0
    while place.word(skip) in (",", "de", "den", "."):
        skip += 1
    dated = _date(place.further(skip))
    if not dated:
        return None
    options = (make_date(place.today.year + ahead, dated.first.month, dated.first.day) for ahead in (0, 1))
    fitting = [day for day in options if day and day.weekday() == weekday]
    first = dated.first if dated.first.weekday() == weekday or not fitting else fitting[0]
    odd = first.weekday() != weekday
    if odd and place.word(skip + 1) == "-" and dated.first.day < dated.first.month:
        return None  # "vrijdag 6-7 eieren": an amount after all
    choices = (first, nearest(place, weekday).first) if odd else ()
    return replace(dated, first=first, used=dated.used + skip, choices=choices)


def _date(place: Place) -> Day | None:
    """A date of the calendar in any of its spellings."""
    word = place.word()
    if not word:
        return None
    if word in MONTHS:
        return _month_first(place)
    if word[0].isdigit():
        numeric = _numeric_date(place) or _dashed_date(place)
        if numeric:
            return numeric
    return _day_month(place)


def _month_first(place: Place) -> Day | None:
    """``augustus 8``, ``april 14, 2015``; "jan" may be someone's name."""
    if place.word() not in _SURE_MONTHS or not place.word(1).isdigit() or not 1 <= len(place.word(1)) <= 2:
        return None
    comma = place.word(2) == "," and bool(_YEAR.match(place.word(3)))
    return _built(place, int(place.word(1)), MONTHS[place.word()], 2, comma)


def _day_month(place: Place) -> Day | None:
    """``28 november``, ``1e kerstdag`` no, ``28ste nov. 2026``, ``13 t/m 15 juli``, ``de 28e``."""
    day = _day_of_month(place.word())
    if not day:
        return None
    if place.word(1) in MONTHS:
        dot = place.word(2) == "." and place.word(1) not in ("mei", "maart") and bool(place.word(3))
        return _built(place, day, MONTHS[place.word(1)], 2, dot and bool(_YEAR.match(place.word(3))))
    span = _day_span(place, day)
    if span:
        return span
    ordinal = read_ordinal(place.words, place.at)
    if ordinal and place.word(1) == "van" and place.word(2) in MONTHS:
        return _built(place, ordinal, MONTHS[place.word(2)], 3, False)
    if ordinal and place.led and place.word(-1) in ("de", "den") and _clear_end(place.further(1)):
        return _next_monthday(place, ordinal)
    return None


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
    if _YEAR.match(year):
        found = make_date(int(year), month, day)
        return Day(found, used + comma + 1) if found else None
    coming = next_date(place.today, month, day)
    return Day(coming, used) if coming else None


def _numeric_date(place: Place) -> Day | None:
    """``28/11``, ``18/07/2014``, ``31.10.74``; without a year only where no fraction or price can be meant."""
    found = _NUMERIC.match(place.word())
    if not found:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        first = make_date(_full_year(found[3]), month, day)
        return Day(first, 1) if first else None
    slash = "/" in place.word()
    led = place.led and place.word(-1) in ("op", "voor", "van", "vanaf", "tot", "-", *_DAY_WORDS, ".", ",")
    alone = slash and day > 3 and (place.alone or place.word(-1) in ("", "\n")) and _clear_end(place.further(1))
    if not (led if slash else place.word(-1) == "op") and not alone:
        return None
    coming = next_date(place.today, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    return Day(coming, 1) if coming and _clear_end(place.further(1)) else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _dashed_date(place: Place) -> Day | None:
    """``24-12``, ``28-11-2026``: day first. Without a year only after a word that asks for a day, or as the whole line."""
    if place.word(1) != "-" or not place.word().isdigit() or not place.word(2).isdigit() or len(place.word()) > 2:
        return None
    day, month = int(place.word()), int(place.word(2)[:3])
    if not 1 <= month <= 12 or len(place.word(2)) > 2 or not 1 <= day <= 31:
        return None
    year = place.word(4)
    if place.word(3) == "-" and year.isdigit() and len(year) in (2, 4):
        first = make_date(_full_year(year), month, day)
        return Day(first, 5) if first else None
    coming = next_date(place.today, month, day)
    said = next((_DAY_WORDS[place.word(back)] for back in (-1, -2) if place.word(back) in _DAY_WORDS), None)
    if coming and said is not None and (day >= month or said == coming.weekday()):
        return Day(coming, 3)
    if not (place.led or place.alone) or not _clear_end(place.further(3)):
        return None
    return Day(coming, 3, choices=(coming,) if day < month and not place.led else ()) if coming else None


def _ranked(place: Place) -> Day | None:
    """``eerste dinsdag in oktober``, ``laatste dag van oktober 2015``, ``derde kwartaal``."""
    rank = -1 if place.word() == "laatste" else read_ordinal(place.words, place.at)
    if not rank or rank > 31:
        return None
    what = place.word(1)
    if what == "kwartaal" and 1 <= rank <= 4:
        year = int(place.word(2)) if _YEAR.match(place.word(2)) else place.today.year
        return Day(date(year, 3 * rank - 2, 1), 3 if _YEAR.match(place.word(2)) else 2)
    if place.word(2) not in ("in", "van"):
        return None
    if place.word(3) == "de" and place.word(4) == "maand":
        return _ranked_in(place, replace(_span_of_month(place.today.year, place.today.month), used=5), rank, what)
    return _ranked_in(place, _month(place, 3, 4), rank, what) if place.word(3) in MONTHS else None


def _ranked_in(place: Place, month: Day, rank: int, what: str) -> Day | None:
    year, number = month.first.year, month.first.month
    last = month_after(month.first, 1) - timedelta(days=1)
    if what in WEEKDAYS:
        first: date | None = nth_weekday(year, number, WEEKDAYS[what], rank)
    elif what == "dag":
        first = last if rank < 0 else make_date(year, number, rank)
    elif what == "week":
        first = _monday(last - timedelta(days=6)) if rank < 0 else _monday(month.first + timedelta(days=7 * rank - 1))
        first = first + timedelta(days=7) if rank < 0 and (last - first).days >= 13 else first
    else:
        return None
    return Day(first, month.used) if first and first.month == number else None


def _month(place: Place, ahead: int, used: int) -> Day:
    """A whole month, with its year when that follows; else the one that is or comes."""
    number = MONTHS[place.word(ahead)]
    if _YEAR.match(place.word(used)):
        return replace(_span_of_month(int(place.word(used)), number), used=used + 1)
    year = place.today.year + (number < place.today.month)
    return replace(_span_of_month(year, number), used=used)


def _span_of_month(year: int, month: int) -> Day:
    first = date(year, month, 1)
    return Day(first, 1, until=month_after(first, 1))


def _month_alone(place: Place) -> Day | None:
    """``in maart``, ``oktober 2014``; a month elsewhere is no moment to deliver."""
    word = place.word()
    if word not in _SURE_MONTHS and word not in ("mei",):
        return None
    whole = place.alone and _clear_end(place.further(1))
    if not (_YEAR.match(place.word(1)) or place.word(-1) == "in" or whole):
        return None
    return _month(place, 0, 1)


def _holiday(place: Place) -> Day | None:
    """A feast day by name, where it cannot be part of a product ("kersen met kerst", not "kerst kransjes")."""
    found = HOLIDAYS.at(place.words, place.at)
    if not found:
        return None
    holiday, used = found
    year = place.word(used)
    if not holiday.strong and not (place.led or place.alone or _YEAR.match(year)):
        return None
    if not holiday.strong and place.alone and not place.led and not (_clear_end(place.further(used)) or _YEAR.match(year)):
        return None
    if _YEAR.match(year):
        return Day(holiday.on(int(year)), used + 1)
    return Day(holiday.next(place.today), used)


def _recurring(place: Place) -> Day | None:
    """``elke zaterdag``, ``om de week``, ``'s zaterdags``: the first of them, and that it comes back."""
    word = place.word()
    if word in _EVERY:
        number, used = weekday_at(place.further(1))
        glued = _GLUED.get(place.word(1))
        if number is not None:
            return replace(nearest(place, number), used=used + 1, recurring=True, choices=())
        if glued and glued[0] in WEEKDAYS:
            return replace(nearest(place, WEEKDAYS[glued[0]]), used=2, recurring=True, part=glued[1], choices=())
    if word in _HABITS:
        return replace(nearest(place, _HABITS[word]), recurring=True, choices=())
    found = _RECURRING.at(place.words, place.at)
    if not found:
        return None
    after = place.further(found[1])
    number, used = weekday_at(after.further(1) if after.word() == "op" else after)
    if number is not None:
        return replace(nearest(place, number), used=found[1] + (after.word() == "op") + used, recurring=True, choices=())
    return Day(place.today, found[1], recurring=True)


def _weekend_alone(place: Place) -> Day | None:
    return _weekend(place, 1, 1) if place.word() == "weekend" and (place.led or place.alone) else None


def _edge(place: Place) -> Day | None:
    """``eind van de week``, ``begin volgende week``: about that day, so the day after may do as well."""
    weekday = _EDGES.get(place.word())
    if weekday is None:
        return None
    skip = 1 + (place.word(1) == "van")
    week = _week(place.further(skip))
    of_this = place.word(skip) == "de" and place.word(skip + 1) in ("week", "maand")
    if of_this and place.word(skip + 1) == "maand":
        end = month_after(place.today, 1) - timedelta(days=1)
        return Day(end, skip + 2) if weekday == 4 else None
    if not week and not of_this:
        return None
    monday = week.first if week else _monday(place.today)
    day = monday + timedelta(days=weekday)
    return Day(day, skip + 2, choices=(day, day + timedelta(days=1)))


_READERS = (_recurring, _near, _weekday, _pointed, _relative, _holiday, _ranked, _date, _month_alone, _weekend_alone, _edge)
