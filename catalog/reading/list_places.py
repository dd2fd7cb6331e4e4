"""Lines of the basket told by their place, "de tweede mag weg", "de onderste", and when such words are no day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.numbers import number_word, read_ordinal
from catalog.reading.result import BasketLine
from catalog.reading.when import When

#: Lines of the message itself are numbered from here, after those of the basket.
FIRST_SAID = 100

_SPOKEN = {"bovenste": 1, "onderste": -1, "voorlaatste": -2}
_BEHIND = re.compile(
    r"\W*(?:(?:(?:twee|drie|vier|[234]) )?(?:mag|mogen|kan|kunnen|moet|moeten|hoeft|hoef|wordt) "
    r"(?!u |je |jullie |het |de |hij )"
    r"|(?:wil|doe) \w* ?(?:er|maar) |(?:toch |maar |er |graag )*(?:weg|eruit|eraf|uit|af|niet)\b)"
)
_BEFORE = re.compile(r"(?:haal|schrap|streep|gooi|verwijder|annuleer|vergeet|wis)(?: dan| maar| toch| ook)* \Z")


def is_place(word: str) -> bool:
    """Whether a plain word tells a place in a list: "tweede", "bovenste"."""
    return word in _SPOKEN or read_ordinal([word]) is not None


def at_place(word: str, lookup: Lookup) -> BasketLine | None:
    """The line of the basket at the place that this word tells, if there is one."""
    rank = _SPOKEN.get(word) or read_ordinal([word]) or 0
    lines = [line for line in lookup.basket if line.number < FIRST_SAID]
    if rank < 0:
        return lines[rank] if len(lines) >= -rank else None
    return next((line for line in lines if line.number == rank), None)


def numbered(words: Sequence[str], lookup: Lookup) -> BasketLine | None:
    """The line of the basket that "nummer 2" and "regel twee" mean (plain words)."""
    if len(words) != 2 or words[0] not in words_of("changes", "numbering"):
        return None
    number = int(words[1]) if words[1].isdecimal() and len(words[1]) < 3 else number_word(words[1])
    return next((line for line in lookup.basket if line.number == number and line.number < FIRST_SAID), None)


def names_place(when: When, text: str) -> bool:
    """Whether a day of the month is no day but a line of the basket: "de eerste kan weg", "haal de tweede eruit"."""
    words = when.said.lower().split()
    if when.starts or when.part or not words or read_ordinal([words[-1]]) is None:
        return False
    begin, end = when.span
    return bool(_BEHIND.match(text[end:].lower() + " ") or _BEFORE.search(text[:begin].lower()))


__all__ = ["FIRST_SAID", "at_place", "is_place", "names_place", "numbered"]
