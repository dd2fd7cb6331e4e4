"""The few words of a busy shopkeeper, in any order and case: ``OK``, ``op 2``, ``2 op``, ``2 weegt 620``, ``1042 klaar``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. ``line`` is the shop's own line number, ``number`` grams, minutes, or minutes after midnight
    for ``at``; ``order`` an order number if named."""

    verb: str
    line: int | None = None
    number: int | None = None
    order: int | None = None


#: Order numbers start at 1000, so that they are never mistaken for a line.
_ORDER = r"(?:(?:voor\s+)?(?:bestelling|nr\.?|nummer|#)\s*)?(?P<order>\d{4,7})"
_YES = (
    r"(?:ok|oke|okay|okee|oké|oki|okido|ja|jawel|jazeker|yes|akkoord|prima|goed|top|super|mooi|fijn|klopt|in orde|lukt|"
    r"doen we|doe ik|doe we|gaan we doen|(?:dat )?gaan we regelen|maken we|(?:we|wij) zijn er ?mee bezig|"
    r"regelen we|wordt geregeld|komt goed|komt in orde|komt voor elkaar|komt eraan|"
    r"is goed|dat is goed|dat lukt|helemaal goed|kan|dat kan|👍\S?|✅|👌\S?)"
)
_THANKS = r"(?:bedankt|dank ?(?:je|u)(?: ?wel)?|hartelijk dank|thanks|thnx|🙏\S?)"
#: "10 uur", "half 10", "kwart over 9", "16.20 uur".
_CLOCK = r"(?P<clock>(?:half|kwart (?:over|voor)|tien (?:over|voor)|vijf (?:over|voor))?\s*\d{1,2}(?:[.:]\d{2})?)\s*(?:u|uur)?"
_ORDER2 = _ORDER.replace("(?P<order>", "(?P<order2>")
#: "Ok top, dank je": one yes or more, with thanks or "hoor" behind.
_OK = rf"{_YES}(?:[\s,.!]+{_YES})*(?:[\s,.!]+(?:{_THANKS}|hoor|dan|man|fijne dag|fijn weekend|groetjes?|groeten))*"
_NUMBER = r"(?P<amount>\d[\d.,]*)\s*(?P<unit>gram|gr|g|kilo|kg)"
_CANNOT = r"(?:kan|lukt|gaat|kan ik|kunnen we|kunnen wij|ik kan|we kunnen|wij kunnen)"
_NO = (
    rf"(?:nee|neen|(?:dat |dit )?{_CANNOT}(?: dit| dat| het)?(?: helaas| echt)? (?:allemaal )?niet(?: leveren| maken| bakken)?|"
    r"alles (?:is )?(?:op|uitverkocht)|niets (?:meer )?(?:van|over)|weigeren|afwijzen|annuleer|annuleren|niet door)"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "okall",
        rf"(?:(?:alles|allemaal|alle bestellingen|alle|beide|allebei|alle ?(?:twee|drie|2|3))\s+(?:is\s+|zijn\s+)?{_OK}|"
        rf"{_OK}[\s,]+(?:op |voor )?(?:alles|allemaal|beide|allebei))",
    ),
    ("refuse", rf"(?:{_ORDER}[\s:]+)?{_NO}(?:[\s,]+{_NO})?"),
    ("refuse", rf"{_NO}[\s:]+{_ORDER}"),
    ("ok", rf"{_OK}(?:[\s,:]+{_ORDER})?"),
    ("ok", rf"{_ORDER}[\s:]+(?:is\s+)?{_OK}"),
    ("out", rf"(?:{_ORDER}\s+)?(?:regel\s+)?(?P<line>\d{{1,2}})\s*(?:is|zijn)?\s*(?:op|uitverkocht|niet meer)"),
    ("out", rf"(?:{_ORDER}\s+)?(?:op|uitverkocht)\s+(?:regel\s+)?(?P<line>\d{{1,2}})"),
    ("out", rf"(?:regel\s+)?(?P<line>\d{{1,2}})\s*(?:is|zijn)?\s*(?:op|uitverkocht)\s+(?:bij|in|van)?\s*{_ORDER}"),
    ("out", rf"(?:op|uitverkocht)\s+(?:regel\s+)?(?P<line>\d{{1,2}})\s+(?:bij|in|van)\s+{_ORDER}"),
    ("out", rf"(?:{_ORDER}\s+)?(?:is\s+)?(?:op|uitverkocht)"),
    (
        "few",
        rf"(?:{_ORDER}\s+)?(?:(?:ik|we|wij)\s+(?:heb|hebben)\s+(?:er\s+)?|regel\s+)?(?P<line>\d{{1,2}})?\s*(?:nog\s+)?maar\s+(?P<minutes>\d{{1,2}})(?:\s+\w+)?",
    ),
    (
        "weigh",
        rf"(?:{_ORDER}\s+)?(?:regel\s+)?(?P<line>\d{{1,2}})\s*(?:weegt|is|wordt|=|:)\s*(?P<amount>\d[\d.,]*)\s*(?P<unit>gram|gr|g|kilo|kg)?",
    ),
    (
        "weigh",
        rf"(?:{_ORDER}\s+)?weegt\s+(?:regel\s+)?(?P<line>\d{{1,2}})\s+(?P<amount>\d[\d.,]*)\s*(?P<unit>gram|gr|g|kilo|kg)?",
    ),
    ("weigh", rf"(?:{_ORDER}\s+)?(?:weegt|gewicht)\s+(?P<amount>\d{{3,5}})\s*(?P<unit>gram|gr|g)?"),
    ("weigh", rf"(?:{_ORDER}\s+)?(?:regel\s+)?(?P<line>\d{{1,2}})\s+{_NUMBER}(?:\s+geworden)?"),
    ("weigh", rf"(?:{_ORDER}\s+)?(?:het\s+)?(?:is|weegt|wordt|werd)?\s*{_NUMBER}(?:\s+geworden)?"),
    ("can", rf"(?:{_ORDER}\s+)?(?:kan|klaar|over)\s+(?:over\s+|in\s+)?(?P<minutes>\d{{1,3}})\s*(?:min(?:uten|uut)?\.?)?"),
    (
        "at",
        rf"(?:{_ORDER}\s+)?(?:(?:kan|is|staat|het is|het staat|klaar|pas|wordt)\s+)*(?:om|vanaf|rond)\s+{_CLOCK}(?:\s+klaar)?"
        rf"(?:\s+{_ORDER2})?",
    ),
    (
        "can",
        rf"(?:{_ORDER}\s+)?(?:kan\s+|is\s+|het is\s+)?over\s+(?P<minutes>\d{{1,3}})\s*(?:min(?:uten|uut)?\.?)?(?:\s+klaar)?",
    ),
    (
        "can",
        rf"(?:{_ORDER}\s+)?(?:kan\s+|(?:het )?is\s+|klaar\s+)?over\s+(?:een\s+)?(?P<spell>kwartier|half ?uur|uur)(?:\s+klaar)?",
    ),
    (
        "ready",
        rf"(?:staat\s+|is\s+|alles\s+(?:(?:is|staat)\s+)?|het\s+(?:is|staat)\s+)?(?:klaar|gereed|ingepakt)(?:\s+{_ORDER})?",
    ),
    ("ready", rf"{_ORDER}\s+(?:staat\s+|is\s+)?(?:klaar|gereed|ingepakt)"),
    (
        "list",
        r"(?:(?:de|mijn|laat|toon|alle)\s+)*(?:lijst|lijstje|overzicht|bestelling|bestellingen|orders)(?:\s+(?:van\s+)?vandaag)?"
        r"|hoeveel (?:bestellingen|orders)(?: \w+){0,3}"
        r"|(?:is|zijn) er (?:nog |al )?(?:wat|iets|bestellingen|orders)(?: \w+){0,2}"
        r"|(?:nog |al |heb ik )?(?:geen|al|nog) (?:bestellingen|orders)(?: \w+){0,2}"
        r"|wat (?:heb ik|moet ik|hebben we|staat er)(?: \w+){0,3}\??",
    ),
    (
        "undo",
        r"(?:(?:nee|oh nee|oeps|sorry)[\s,]+)?(?:fout|foutje|oeps|terugdraaien|draai terug|ongedaan|vergissing|vergist|"
        r"(?:dat |dit )?(?:(?:is|was) (?:fout|niet goed)|klopt niet)|dat bedoel(?:de)? ik niet|verkeerd|toch niet)",
    ),
    ("thanks", rf"(?:{_THANKS}|graag gedaan|fijne dag)(?:[\s,]+(?:hoor|anja))?"),
    ("hello", r"(?:hallo|hoi|hee|hey|dag|goede?n?(?: |-)?(?:morgen|middag|avond|dag))"),
    (
        "pickup",
        r"(?:wanneer|hoe laat|wie|hoelang|hoe lang) .{0,30}(?:haal|haalt|halen|ophalen|opgehaald|koerier|"
        r"bezorger|gehaald|komt|komen).{0,20}",
    ),
    (
        "trouble",
        r".{0,40}\b(?:kapot|storing|ziek|geen tijd|brand|lekkage|stroom|ongeluk|overleden|koerier .{0,20}niet|niemand geweest|"
        r"lukt niet vandaag|redden het niet|red het niet|personeel)\b.{0,30}",
    ),
    ("assortment", r".{0,30}\b(?:nieuwe? (?:product|producten|artikel|artikelen)|nu ook|toevoegen|assortiment)\b.{0,30}"),
    ("together", r"(?:samen|bundelen|alles tegelijk)"),
    ("each", r"(?:los|per bestelling|meteen)"),
)
_COMPILED = tuple((verb, re.compile(pattern)) for verb, pattern in _PATTERNS)


#: Between two answers in one message: "op 1 en 2", "1000 ok, 1001 op 2"; a comma inside a number is none.
_AND = re.compile(
    r"\s*(?:[;\n]|,(?!\d)\s*(?:(?:maar|alleen)\b)?|\b(?:en|maar|alleen)\b|\+|(?<=\d{4})\s+(?=\d{4})|(?<=\bok)\s+(?=op\b))\s*"
)
_SPELT = {"kwartier": 15, "half uur": 30, "halfuur": 30, "uur": 60}


def hear_all(text: str) -> list[Said]:
    """All answers in a message; empty when any part of it is something else: half an answer is never acted upon."""
    one = hear(text)
    if one is not None:
        return [one]
    parts = [part for part in _AND.split(text.casefold().strip(" .!")) if part]
    if not 2 <= len(parts) <= 12:
        return []
    heard = [hear(_completed(parts, place)) for place in range(len(parts))]
    return [said for said in heard if said is not None] if all(heard) else []


def _completed(parts: list[str], place: int) -> str:
    """A bare number gets the words of the answer beside it: in "1 en 3 op" the 1 is sold out too."""
    part = parts[place].strip()
    if not part.isdigit():
        return part
    model = next((one for one in [*parts[place + 1 :], *reversed(parts[:place])] if not one.strip().isdigit()), part)
    size = r"\d{4,7}" if len(part) > 3 else r"(?<!\d)\d{1,2}(?!\d)"
    full, changed = re.subn(size, part, model, count=1)
    return full if changed else part


def hear(text: str) -> Said | None:
    """The answer in a message, or None when it is none of the known words."""
    said = " ".join(text.casefold().split()).strip(" .!?")
    if len(said) > 60:
        return None
    for verb, pattern in _COMPILED:
        found = pattern.fullmatch(said)
        if found:
            return _said(verb, found.groupdict())
    return None


def _said(verb: str, groups: dict[str, str | None]) -> Said:
    number: Callable[[str], int | None] = lambda name: int(value) if (value := groups.get(name)) else None  # noqa: E731
    minutes = _SPELT.get(groups.get("spell") or "") or number("minutes")
    minutes = _minute_of_day(groups["clock"] or "") if groups.get("clock") else minutes
    amount = _grams(groups["amount"] or "", groups.get("unit") or "") if groups.get("amount") else minutes
    return Said(verb, number("line"), amount, number("order") or number("order2"))


_BESIDE = {"half": -30, "kwart over": 15, "kwart voor": -15, "tien over": 10, "tien voor": -10, "vijf over": 5, "vijf voor": -5}
_FIRST_HOUR = 7  # of a working day: "om 4 uur" is in the afternoon


def _minute_of_day(said: str) -> int | None:
    """``10``, ``half 3``, ``16.20`` as minutes after midnight; None when there is no such time."""
    found = re.fullmatch(r"(?P<beside>\D*?)\s*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?", said.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (99, 0)
    hour += 12 if hour < _FIRST_HOUR else 0
    return hour * 60 + minute + _BESIDE.get(found["beside"].strip(), 0) if found and hour < 24 and minute < 60 else None


def _grams(amount: str, unit: str) -> int:
    """``620``, ``0,62 kilo``, ``1.250 gram``: integer grams; a bare decimal below 20 is taken for kilos."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", amount) and unit not in ("kilo", "kg"):
        return int(amount.replace(".", ""))
    value = float(amount.replace(",", ".").strip(".") if amount.count(",") + amount.count(".") <= 1 else "0")
    kilos = unit in ("kilo", "kg") or (not unit and value < 20 and value != int(value))
    return round(value * 1000) if kilos else round(value)
