"""How things read to people: the translator, and euros, days, hours and amounts in the words of a village.

Dutch is the source language of every text; other languages and voices (``nl@je`` says je) are gettext catalogues in locale/.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from catalog.marking import N_
from catalog.square import AMSTERDAM, Departure
from orders.lines import OrderLine

LOCALE_DIR = Path(__file__).parent / "locale"
SOURCE_LOCALE = "nl"
Translate = Callable[[str], str]


def translator(locale: str) -> Translate:
    """The function that says a Dutch source text in ``locale``; texts without a translation stay Dutch with u."""
    table = _messages(locale)
    return lambda message: table.get(message, message)


@lru_cache
def _messages(locale: str) -> dict[str, str]:
    path = LOCALE_DIR / locale / "LC_MESSAGES" / "dorpsbode.po"
    if locale == SOURCE_LOCALE or not path.is_file():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string and not m.fuzzy}


@lru_cache(4096)
def euros(cents: int) -> str:
    """``€ 4,50``, with a no-break space so that it never breaks over two lines."""
    return format_currency(Decimal(cents) / 100, "EUR", locale="nl_NL")


_DAYS = (N_("maandag"), N_("dinsdag"), N_("woensdag"), N_("donderdag"), N_("vrijdag"), N_("zaterdag"), N_("zondag"))
_MONTHS = (N_("januari"), N_("februari"), N_("maart"), N_("april"), N_("mei"), N_("juni"), N_("juli"), N_("augustus"),
           N_("september"), N_("oktober"), N_("november"), N_("december"))  # fmt: skip


def long_day(day: date, _: Translate) -> str:
    """``vrijdag 27 november``: always with the weekday, so that a mistake is seen."""
    weekday, month = _(_DAYS[day.weekday()]), _(_MONTHS[day.month - 1])
    return _("{weekday} {number} {month}").format(weekday=weekday, number=day.day, month=month)


def weekday_name(weekday: int, _: Translate) -> str:
    """``vrijdag`` for weekday 4."""
    return _(_DAYS[weekday])


def clock(moment: time) -> str:
    """``9.00`` or ``14.30``, to be followed by "uur"."""
    return f"{moment.hour}.{moment.minute:02d}"


def day_and_hours(departure: Departure, _: Translate) -> str:
    """``vrijdag 27 november, tussen 9.00 en 12.00 uur``."""
    starts, ends = clock(departure.round.starts), clock(departure.round.ends)
    return _("{day}, tussen {starts} en {ends} uur").format(day=long_day(departure.day, _), starts=starts, ends=ends)


def moment_text(moment: datetime, _: Translate) -> str:
    """An aware moment as people say it: ``donderdag 26 november om 18.00 uur``."""
    local = moment.astimezone(AMSTERDAM)
    return _("{day} om {time} uur").format(day=long_day(local.date(), _), time=clock(local.time()))


def grams(amount: int, _: Translate = str) -> str:
    """``250 gram`` or ``1,5 kilo``."""
    if amount >= 1000:
        return _("{amount} kilo").format(amount=format_decimal(Decimal(amount) / 1000, locale="nl_NL"))
    return _("{amount} gram").format(amount=amount)


#: Old measures that elderly people order by; shops get grams only (young staff do not know "ons").
_OLD = {50: N_("half ons"), 100: N_("1 ons"), 150: N_("anderhalf ons"), 200: N_("2 ons"), 250: N_("half pond"),
        300: N_("3 ons"), 400: N_("4 ons"), 500: N_("1 pond"), 750: N_("anderhalf pond")}  # fmt: skip


def measure(amount: int, *, by_weight: bool, _: Translate = str) -> str:
    """An amount as a resident reads it: ``half pond (250 gram)`` by weight, else the bare number."""
    if not by_weight:
        return str(amount)
    return f"{_(_OLD[amount])} ({grams(amount, _)})" if amount in _OLD else grams(amount, _)


def line_text(line: OrderLine, _: Translate = str) -> str:
    """One line without number, shop or price: ``6 krentenbollen``, ``jong belegen, half pond (250 gram), gesneden``."""
    wishes = "".join(f", {plain(wish)}" for wish in (*line.options, line.note) if wish)
    if line.by_weight:
        return f"{line.name}, {weight_text(line, _)}{wishes}"
    return f"{line.amount} x {line.name}{wishes}"


def weight_text(line: OrderLine, _: Translate = str) -> str:
    """``half pond (250 gram)``; an estimate shows the words it came from: ``ongeveer 540 gram (3 elstar)``."""
    if line.weighed is None and line.about:
        return _("ongeveer {grams} ({said})").format(grams=grams(line.amount, _), said=plain(line.said, 40))
    return measure(line.amount if line.weighed is None else line.weighed, by_weight=True, _=_)


def line_price(line: OrderLine, _: Translate = str) -> str:
    """``€ 4,50``, or ``ongeveer € 3,98`` while a weighed line is an estimate."""
    about = line.by_weight and line.weighed is None
    return _("ongeveer {price}").format(price=euros(line.cents)) if about else euros(line.cents)


_INVISIBLE = dict.fromkeys((*range(8203, 8208), *range(8234, 8239), *range(8288, 8304), 65279, 173))


def plain(text: str, most: int = 120) -> str:
    """Text from a person, safe to show to another: one line, no control or invisible characters, no links, not too long."""
    kept = "".join(c if c.isprintable() else " " for c in text.translate(_INVISIBLE))
    kept = " ".join(kept.split()).replace("://", " ").replace("www.", "www ").replace("@", "(at)")
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + "…"


def capital(text: str) -> str:
    """The text with a capital in front."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, more: str) -> str:
    """``1 krat`` or ``3 kratten``."""
    return f"{number} {one if number == 1 else more}"


def names(words: list[str] | tuple[str, ...], _: Translate) -> str:
    """``brood, kaas en ham``."""
    if len(words) < 2:
        return words[0] if words else ""
    return _("{first} en {last}").format(first=", ".join(words[:-1]), last=words[-1])
