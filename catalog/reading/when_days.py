"""Days as the Dutch say them, resolved against today: ``overmorgen``, ``volgende week vrijdag``, ``maandag over een week``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

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
    month_after,
)
from catalog.reading.when_dates import (
    SEASONS,
    date_after,
    holiday,
    month_alone,
    ranked,
    read_date,
    season,
    whole_month,
    whole_year,
)
from catalog.reading.when_place import (
    COMING,
    DAY_WORDS,
    EVERY,
    LAST,
    NEXT,
    THIS,
    WORDS,
    Day,
    Place,
    monday_of,
    nearest,
    weekday_at,
)
from catalog.reading.when_relative import counted_span, duration, idiom_days, relative


def read_day(place: Place) -> Day | None:
    """The day named at a place, or None. Never raises: a date outside the calendar is no day."""
    try:
        for reader in _READERS:
            day = reader(place)
            if day:
                return day
    except (OverflowError, ValueError):  # only what falls outside the years 1 to 9999
        return None
    return None


_TODAY_PART = {word: PARTS[name] for word, name in DAYS["today_part"].items()}
_GLUED = {
    start + link + end: (start, part) for start in (*NEAR, *WEEKDAYS) for end, part in PART_WORDS.items() for link in ("", "-")
} | {
    f"{start}-{end}": (start, part) for start in SHORT_WEEKDAYS for end, part in PART_WORDS.items()
}  # fmt: skip
_RECURRING = Phrases((phrase, phrase) for phrase in DAYS["recurring"]["phrases"])
_HABITS = {f"{day}s": number for day, number in WEEKDAYS.items()}
_GREETING, _GREETED = frozenset(WORDS["greeting"]), frozenset(WORDS["greeted"])
_EDGES = DAYS["edges"]
#: Every word a moment can start with, apart from numbers. The reader skips all others at once.
STARTERS: frozenset[str] = frozenset(
    [
        *WEEKDAYS, *SHORT_WEEKDAYS, *MONTHS, *NEAR, *PART_WORDS, *_TODAY_PART, *_GLUED, *_HABITS, *THIS, *COMING, *NEXT,
        *LAST, *EVERY, *HOLIDAYS.firsts, *_RECURRING.firsts, *_EDGES, "over", "in", "binnen", "weekend", "laatste", "dag",
    ]
)  # fmt: skip


def _weekday(place: Place) -> Day | None:
    """A weekday, alone or with what makes it precise: a date, "volgende week", "over een week"."""
    number, used = weekday_at(place)
    if number is None:
        return None
    after = place.further(used)
    dated = date_after(after, number)
    if dated:
        return replace(dated, used=dated.used + used)
    week = _week(after)
    if week:
        return Day(_in_week(week.first, number), used + week.used)
    if after.word() in COMING and after.word(1) not in WEEKDAYS:
        return replace(nearest(place, number), used=used + 1, choices=())
    if after.word() == "over":
        return _weeks_later(after, number, used)
    return replace(nearest(place, number), used=used)


def _in_week(monday: date, weekday: int) -> date:
    return monday + timedelta(days=weekday)


def _weeks_later(after: Place, weekday: int, used: int) -> Day | None:
    """``maandag over een week``: a week after the Monday that comes, or from today when today is a Monday."""
    weeks = duration(after.further(1))
    if not weeks or weeks[0] not in ("week", "day") or weeks[1].denominator != 1:
        return replace(nearest(after, weekday), used=used)
    days = int(weeks[1]) * 7 if weeks[0] == "week" else idiom_days(after.word(1), int(weeks[1]))
    ahead = (weekday - after.today.weekday()) % 7
    day = after.today + timedelta(days=ahead + days)
    return Day(day, used + 1 + weeks[2], choices=() if ahead else (day, day + timedelta(days=7)))


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
        length = duration(place.further(2))
        if length and length[0] in ("day", "week") and length[1].denominator == 1:
            days = int(length[1]) * 7 if length[0] == "week" else idiom_days(place.word(2), int(length[1]))
            return Day(day + timedelta(days=days), 2 + length[2])
    return Day(day, 1)


def _glued(place: Place, start: str, part: Part) -> Day:
    if start in NEAR:
        return Day(place.today + timedelta(days=NEAR[start]), 1, part=part)
    return replace(nearest(place, DAY_WORDS[start]), part=part)


def _is_greeting(place: Place, word: str) -> bool:
    """``goede morgen`` and ``morgen allemaal!`` say no day; neither does ``de morgen``, which is a part of one."""
    before, after = place.word(-1), place.word(1)
    if word == "morgen" and before in ("de", "'s", "s"):
        return True
    return before in _GREETING or (word == "morgen" and (after in _GREETED or (place.alone and after == "!")))


def _pointed(place: Place) -> Day | None:
    """``komende vrijdag``, ``volgende week``, ``vorige 2 weken``, ``dit weekend``, ``deze avond``."""
    word = place.word()
    this, coming, next_, last = word in THIS, word in COMING, word in NEXT, word in LAST
    if not (this or coming or next_ or last):
        return None
    after = place.further(1)
    number, used = weekday_at(after)
    if number is not None:
        return _pointed_weekday(place, after.further(used), number, used + 1, (this, next_, last))
    if this and after.word() in PART_WORDS:
        return Day(place.today, 2, part=PART_WORDS[after.word()])
    return _week_and_day(place) or _calendar_span(place, -1 if last else 0 if this else 1) or counted_span(place)


def _pointed_weekday(place: Place, after: Place, number: int, used: int, kind: tuple[bool, bool, bool]) -> Day:
    this, next_, last = kind
    near = nearest(place, number).first
    dated = date_after(after, number)
    if dated:
        return replace(dated, used=dated.used + used)
    week = _week(after)
    if week:
        return Day(_in_week(week.first, number), used + week.used)
    if last:
        back = (place.today.weekday() - number) % 7 or 7
        return Day(place.today - timedelta(days=back), used)
    in_next_week = _in_week(monday_of(place.today) + timedelta(days=7), number)
    if next_ and in_next_week != near:
        return Day(in_next_week, used, choices=(near, in_next_week))
    if this and near - timedelta(days=7) == place.today:
        return Day(place.today, used)
    return Day(near, used)


def _week(place: Place) -> Day | None:
    """``volgende week``, ``deze week``, ``vorige week`` as a span of seven days."""
    word = place.word()
    if place.word(1) != "week":
        return None
    shift = 0 if word in THIS else 1 if word in NEXT or word in COMING else -1 if word in LAST else None
    if shift is None:
        return None
    monday = monday_of(place.today) + timedelta(days=7 * shift)
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
    if word in SEASONS:
        return season(place, word)
    if word in ("maand", "kwartaal"):
        months = 1 if word == "maand" else 3
        first = month_after(today, shift * months - (0 if months == 1 else (today.month - 1) % 3))
        return Day(first, 2, until=month_after(first, months))
    if word == "jaar":
        return whole_year(place, today.year + shift)
    if word in MONTHS:
        return whole_month(place, 1, 2)
    return None


def _weekend(place: Place, used: int, shift: int) -> Day:
    """Saturday and Sunday: both are days to choose from."""
    saturday = monday_of(place.today) + timedelta(days=5)
    if shift < 0:
        saturday -= timedelta(days=7)
    elif place.word() in NEXT:
        return Day(saturday + timedelta(days=7), used, saturday + timedelta(days=9), (saturday, saturday + timedelta(days=7)))
    elif shift > 0 and place.today >= saturday:
        saturday += timedelta(days=7)
    return Day(saturday, used, until=saturday + timedelta(days=2), choices=(saturday, saturday + timedelta(days=1)))


def _recurring(place: Place) -> Day | None:
    """``elke zaterdag``, ``om de week``, ``'s zaterdags``: the first of them, and that it comes back."""
    word = place.word()
    if word in EVERY:
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
    monday = week.first if week else monday_of(place.today)
    day = monday + timedelta(days=weekday)
    return Day(day, skip + 2, choices=(day, day + timedelta(days=1)))


def _around(place: Place) -> Day | None:
    """``de dag voor kerst``, ``twee dagen na pasen``: counted from a day that is named."""
    length = ("day", 1, 1) if place.word() == "dag" else duration(place)
    if not length or length[0] not in ("day", "week") or place.word(length[2]) not in ("voor", "na"):
        return None
    skip = length[2] + 1 + (place.word(length[2] + 1) in ("de", "het"))
    named = holiday(place.further(skip)) or read_date(place.further(skip)) or _near(place.further(skip))
    if not named or int(length[1]) != length[1] or named.moment or named.part:
        return None
    days = int(length[1]) * (7 if length[0] == "week" else 1)
    first = named.first + timedelta(days=days if place.word(length[2]) == "na" else -days)
    return Day(first, skip + named.used)


_READERS = (
    _around,
    _recurring,
    _near,
    _weekday,
    _pointed,
    relative,
    holiday,
    ranked,
    read_date,
    month_alone,
    _weekend_alone,
    _edge,
)
