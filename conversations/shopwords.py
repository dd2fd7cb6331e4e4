"""The few words of a busy shopkeeper, in any order and case: ``OK``, ``op 2``, ``2 op``, ``2 weegt 620``, ``1042 klaar``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. ``line`` is the shop's own line number, ``number`` grams or minutes, ``order`` an order number if named."""

    verb: str
    line: int | None = None
    number: int | None = None
    order: int | None = None


#: Order numbers start at 1000, so that they are never mistaken for a line.
_ORDER = r"(?:(?:bestelling|nr\.?|nummer|#)\s*)?(?P<order>\d{4,7})"
_OK = r"(?:ok|oke|okay|okee|oké|okido|ja|akkoord|prima|goed|doen we|komt goed|is goed|👍\S?|✅|👌\S?)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("ok", rf"{_OK}(?:\s+{_ORDER})?"),
    ("ok", rf"{_ORDER}\s+{_OK}"),
    ("out", rf"(?:{_ORDER}\s+)?(?:regel\s+)?(?P<line>\d{{1,2}})\s*(?:is|zijn)?\s*(?:op|uitverkocht|niet meer)"),
    ("out", rf"(?:{_ORDER}\s+)?(?:op|uitverkocht)\s+(?:regel\s+)?(?P<line>\d{{1,2}})"),
    ("out", rf"(?:{_ORDER}\s+)?(?:is\s+)?(?:op|uitverkocht)"),
    (
        "weigh",
        rf"(?:{_ORDER}\s+)?(?:regel\s+)?(?P<line>\d{{1,2}})\s*(?:weegt|is|wordt|=|:)\s*(?P<amount>\d[\d.,]*)\s*(?P<unit>gram|gr|g|kilo|kg)?",
    ),
    (
        "weigh",
        rf"(?:{_ORDER}\s+)?weegt\s+(?:regel\s+)?(?P<line>\d{{1,2}})\s+(?P<amount>\d[\d.,]*)\s*(?P<unit>gram|gr|g|kilo|kg)?",
    ),
    ("weigh", rf"(?:{_ORDER}\s+)?(?:weegt|gewicht)\s+(?P<amount>\d{{3,5}})\s*(?P<unit>gram|gr|g)?"),
    ("can", rf"(?:{_ORDER}\s+)?(?:kan|klaar|over)\s+(?:over\s+|in\s+)?(?P<minutes>\d{{1,3}})\s*(?:min(?:uten|uut)?\.?)?"),
    ("ready", rf"(?:staat\s+)?(?:klaar|gereed|ingepakt)(?:\s+{_ORDER})?"),
    ("ready", rf"{_ORDER}\s+(?:staat\s+|is\s+)?(?:klaar|gereed)"),
    ("list", r"(?:de\s+)?(?:lijst|lijstje|overzicht|bestellingen|orders)"),
    ("undo", r"(?:fout|foutje|oeps|terugdraaien|ongedaan|nee fout)"),
    ("together", r"(?:samen|bundelen|alles tegelijk)"),
    ("each", r"(?:los|per bestelling|meteen)"),
)
_COMPILED = tuple((verb, re.compile(pattern)) for verb, pattern in _PATTERNS)


def hear(text: str) -> Said | None:
    """The answer in a message, or None when it is none of the known words."""
    said = " ".join(text.casefold().split()).strip(" .!")
    if len(said) > 60:
        return None
    for verb, pattern in _COMPILED:
        found = pattern.fullmatch(said)
        if found:
            return _said(verb, found.groupdict())
    return None


def _said(verb: str, groups: dict[str, str | None]) -> Said:
    number: Callable[[str], int | None] = lambda name: int(value) if (value := groups.get(name)) else None  # noqa: E731
    amount = _grams(groups["amount"] or "", groups.get("unit") or "") if groups.get("amount") else number("minutes")
    return Said(verb, number("line"), amount, number("order"))


def _grams(amount: str, unit: str) -> int:
    """``620``, ``0,62 kilo``, ``1.250 gram``: integer grams; a bare decimal below 20 is taken for kilos."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", amount) and unit not in ("kilo", "kg"):
        return int(amount.replace(".", ""))
    value = float(amount.replace(",", ".").strip(".") if amount.count(",") + amount.count(".") <= 1 else "0")
    kilos = unit in ("kilo", "kg") or (not unit and value < 20 and value != int(value))
    return round(value * 1000) if kilos else round(value)
