"""square.toml -> the head of a Square: name, operator, help, delivery, rounds, closing days, people, settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from catalog.folder import cells, hours, toml
from catalog.folder.problems import Mistake, Report, Unreadable, quoted
from catalog.folder.toml import Section
from catalog.square import AMSTERDAM, SETTINGS, WEEKDAYS, Delivery, Help, Operator, Person, Round, Square

KINDS = {"village": "village", "dorp": "village", "region": "region", "regio": "region", "streek": "region"}
ROLES = {
    "courier": "courier", "koerier": "courier", "coordinator": "coordinator", "coördinator": "coordinator",
    "desk": "desk", "balie": "desk",
}  # fmt: skip
_POSTCODE = re.compile(r"([1-9]\d{3})([A-Z]{2})?", re.ASCII)
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


def read_head(path: Path, report: Report) -> Square:
    """The square without shops and products. Whatever is wrong goes into the report."""
    try:
        data, lines = toml.load(path)
    except Unreadable as problem:
        report.error(path.name, problem.line, "", str(problem))
        return Square("", "")
    return _head(Section(path.name, "", data, lines, report), path.parent)


def _head(top: Section, folder: Path) -> Square:
    square = Square(
        slug=top.value("slug", toml.through(cells.slug), "", required=True),
        name=top.text("name", required=True),
        municipality=top.text("municipality"),
        sponsor_line=top.text("sponsor_line", limit=200, link=True),
        sponsor_logo=top.value("sponsor_logo", _logo, ""),
        locale=top.value("locale", toml.through(_locale), "nl"),
        timezone=top.value("timezone", toml.through(_timezone), AMSTERDAM.key),
        kind=top.value("kind", lambda v: cells.chosen(KINDS, toml.words(v), "village, region"), "village"),
        sample=top.value("sample", toml.flag, False),
        regions=top.value("regions", toml.texts(toml.through(cells.slug)), ()),
        operator=_operator(top.section("operator")),
        help=_help(top.section("help")),
        delivery=_delivery(top.section("delivery")),
        rounds=_rounds(top.sections("round")),
        closed=_closed(top.sections("closed")),
        people=_people(top.sections("person")),
        settings=_settings(top.section("settings")),
    )
    top.finish()
    _doubts(top, square, folder)
    return square


def _doubts(top: Section, square: Square, folder: Path) -> None:
    if square.sample:
        top.doubt("sample", "Dit is een voorbeeldplein; de bot zegt dat erbij. Haal deze regel weg als het plein echt is.")
    if square.sponsor_logo and not (folder / square.sponsor_logo).is_file():
        top.doubt("sponsor_logo", f"Het bestand {quoted(square.sponsor_logo)} staat niet in de map. Zet het erbij.")
    if square.timezone != AMSTERDAM.key:
        top.doubt("timezone", "Tijden gelden nu altijd in Europe/Amsterdam. Haal deze regel weg.")
    if square.kind == "village" and not top.data.get("round"):
        only = "klanten kunnen alleen afhalen" if square.delivery.pickup_points else "en ook geen afhaalpunt"
        top.doubt("round", f"Er is geen bezorgronde, {only}. Zet er een [[round]] bij.")
    if square.slug in square.regions:
        top.wrong("regions", "Het plein noemt zichzelf als streek. Haal de eigen naam uit de lijst.")


def _logo(value: Any) -> str:
    name = toml.words(value, link=True)
    if not re.fullmatch(r"[\w -]+\.(?:svg|png|jpe?g)", name, re.I):
        raise Mistake(f"{quoted(name)} kan niet. Schrijf alleen de naam van een .svg, .png of .jpg in deze map.")
    return name


def _locale(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(?:_[A-Z]{2})?(?:@[a-z]+)?", text):
        raise Mistake(f"{quoted(text)} is geen taal. Schrijf nl (zegt u) of nl@je (zegt je).")
    return text


def _timezone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, KeyError):
        raise Mistake(f"{quoted(text)} is geen tijdzone. Schrijf Europe/Amsterdam.") from None


def _operator(section: Section) -> Operator:
    operator = Operator(
        name=section.text("name"),
        kvk=section.value("kvk", toml.through(cells.bare), ""),
        email=section.value("email", toml.through(_email), ""),
    )
    section.finish()
    if not all(section.data.get(key) for key in ("name", "kvk", "email")):
        section.doubt("name", "Wie dit plein beheert is niet volledig: naam, kvk en e-mail zijn nodig. Vul [operator] aan.")
    try:
        cells.check_kvk(operator.kvk)
    except Mistake as mistake:
        section.doubt("kvk", str(mistake))
    return operator


def _email(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"(),:;]+@[\w-]+(?:\.[\w-]+)+", text):
        raise Mistake(f"{quoted(text)} is geen e-mailadres. Schrijf bijvoorbeeld plein@voorbeeld.nl.")
    return text


def _help(section: Section) -> Help:
    found = Help(section.text("name"), section.value("phone", toml.through(cells.phone), ""), section.text("hours"))
    section.finish()
    if not all(section.data.get(key) for key in ("name", "phone")):
        section.doubt("phone", "Er is niemand om te bellen. Vul bij [help] een naam en telefoonnummer in.")
    return found


def _delivery(section: Section) -> Delivery:
    free_from: int | None = section.value("free_from", toml.cents, None)
    minimum: int | None = section.value("minimum", toml.cents, None)
    delivery = Delivery(
        postcodes=section.value("postcodes", toml.texts(_postcodes), ()),
        fee_cents=section.value("fee", toml.cents, 0),
        free_from_cents=free_from,
        minimum_cents=minimum,
        pickup_points=section.value("pickup_points", toml.texts(toml.words), ()),
        pay_at_door=section.value("pay_at_door", toml.flag, True),
    )
    section.finish()
    if delivery.fee_cents > 100_00:
        section.doubt("fee", "De bezorgkosten zijn meer dan 100 euro. Kijk na of de komma goed staat.")
    return delivery


def _postcodes(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else toml.words(value)
    area = text.replace(" ", "").upper()
    first, dash, last = area.partition("-")
    if not all(_POSTCODE.fullmatch(part) for part in ([first, last] if dash else [first])):
        raise Mistake(f'{quoted(text)} is geen postcode. Schrijf bijvoorbeeld "3981" of "3985AA-3985ZZ".')
    if dash and first.ljust(6, "A") > last.ljust(6, "Z"):
        raise Mistake(f"Bij {quoted(text)} is de eerste postcode hoger dan de laatste. Draai ze om.")
    return area


def _rounds(sections: Iterable[Section]) -> tuple[Round, ...]:
    found = [(section, _round(section)) for section in sections]
    for (_, one), (section, two) in combinations(found, 2):
        if one.day != two.day or not one.name or not two.name:
            continue
        if one.name.casefold() == two.name.casefold():
            section.wrong("name", f"Er is op {WEEKDAYS[two.day]} al een ronde “{two.name}”. Geef deze een andere naam.")
        if one.starts < two.ends and two.starts < one.ends:
            section.wrong("from", f"Deze ronde overlapt met “{one.name}” op dezelfde dag. Verander de tijden.")
    return tuple(round_ for _, round_ in found)


def _round(section: Section) -> Round:
    closes_day, closes_at = section.value("closes", toml.through(hours.day_and_clock), (0, time()), required=True)
    found = Round(
        name=section.value("name", toml.through(_round_name, 40), "", required=True),
        day=section.value("day", toml.through(hours.weekday), 0, required=True),
        starts=section.value("from", toml.moment(hours.clock), time(), required=True),
        ends=section.value("to", toml.moment(hours.clock), time(23, 59), required=True),
        closes_day=closes_day,
        closes_at=closes_at,
        capacity_crates=section.value("capacity_crates", toml.number(1, 1000), 24),
        vehicle=section.text("vehicle", limit=40),
    )
    section.finish()
    _check_round(section, found)
    return found


def _round_name(text: str) -> str:
    if "/" in text:
        raise Mistake(f"In {quoted(text)} mag geen / staan. Haal het teken weg.")
    return cells.no_link(text)


def _check_round(section: Section, found: Round) -> None:
    if found.starts >= found.ends:
        section.wrong("to", "De ronde eindigt niet later dan hij begint. Verander from of to.")
    elif section.data.get("closes") and found.closes_day == found.day and found.closes_at > found.starts:
        section.wrong("closes", "Bestellen sluit pas nadat de ronde begint. Kies een eerdere tijd of een eerdere dag.")


def _closed(sections: Iterable[Section]) -> frozenset[date]:
    days = set()
    for section in sections:
        day = section.value("on", toml.day, _FIRST_DAY, required=True)
        if not _FIRST_DAY <= day <= _LAST_DAY:
            section.wrong("on", f"Het jaar {day.year} kan niet. Kijk de datum na.")
        days.add(day)
        section.finish()
    return frozenset(days)


def _people(sections: Iterable[Section]) -> tuple[Person, ...]:
    people: list[Person] = []
    for section in sections:
        person = _person(section)
        if person.name and any(p.role == person.role and p.name.casefold() == person.name.casefold() for p in people):
            section.wrong("name", f"“{person.name}” staat er al met deze rol. Haal één weg of schrijf er een achternaam bij.")
        people.append(person)
    return tuple(people)


def _person(section: Section) -> Person:
    person = Person(
        role=section.value("role", _role, "", required=True),
        name=section.text("name", limit=60, required=True),
        telegram=section.value("telegram", _telegram, ""),
        phone=section.value("phone", toml.through(cells.phone), ""),
    )
    section.finish()
    return person


def _role(value: Any) -> str:
    return cells.chosen(ROLES, toml.words(value), "courier, coordinator, desk")


def _telegram(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else toml.words(value, link=True)
    if not re.fullmatch(r"@?\w{1,40}", text, re.ASCII):
        raise Mistake(f"{quoted(text)} is geen Telegram-naam of -nummer. Laat het leeg; de uitnodiging vult het in.")
    return text


def _settings(section: Section) -> dict[str, int]:
    found = {}
    for name in SETTINGS:
        value = section.value(name, toml.number(0, 23) if name.endswith("_hour") else toml.number(1, 1_000_000), -1)
        if value >= 0:
            found[name] = value
    section.finish()
    return found
