"""A change without a basket: what a message would do if all that it names lay there already.

Who writes "doe de bloemkool maar weg en het beschuit ook" orders neither, though nothing lies in the basket that could go out:
the order may have been placed before, or with somebody else. So such a message is read once more as if its goods were there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.change_said import is_counted
from catalog.reading.lexicon import words_of
from catalog.reading.likely import is_goods
from catalog.reading.lookup import Lookup
from catalog.reading.result import BasketLine, Line, Reading
from catalog.reading.tokens import lowers
from catalog.reading.words import plain

_OUT = frozenset(
    ("weg", "eruit", "eraf", "uit", "af", "schrap", "schrappen", "verwijder", "verwijderen", "vervalt", "vervallen", "zitten",
     "annuleer", "annuleren", "hoeft", "hoeven")
)  # fmt: skip
_MOST, _LONGEST = 6, 240  # goods, letters


def with_supposed(reading: Reading, lookup: Lookup, again: Callable[[Sequence[BasketLine]], Reading]) -> Reading:
    """The reading without what would only go out, and heard as a change when nothing else is in it.

    ``again`` reads the message with a basket. Only what sounds like a change is read again.
    """
    if not _sounds_changing(reading):
        return reading
    named = _named([plain(word) for word in lowers(reading.text)], lookup)
    if not named:
        return reading  # on a square without products
    supposed = again([BasketLine(at, one, 1) for at, one in enumerate(named, 1)])
    lines = tuple(line for line in reading.lines if not _goes_out(line, supposed))
    changes = not lines and supposed.intent in ("remove", "change")
    return replace(reading, lines=lines, intent=supposed.intent if changes else reading.intent)


def _sounds_changing(reading: Reading) -> bool:
    told = reading.lines or reading.intent == "other"
    return bool(told) and len(reading.text) < _LONGEST and _changing().search(reading.text.lower()) is not None


@cache
def _changing() -> re.Pattern[str]:
    words = words_of("changes", "goes_out") | words_of("changes", "turning") | {"hoef", "minder", "ipv", "laatste", "leste"}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")


def _named(words: Sequence[str], lookup: Lookup) -> list[str]:
    """The products that a message names, the likeliest of each word; some others where it names none."""
    found = dict.fromkeys(hits[0].product for word in words if is_goods(word, lookup) and (hits := lookup.find(word).hits))
    return list(found)[:_MOST] or [one.id for one in lookup.shelf.square.products[:3]]


def _goes_out(line: Line, supposed: Reading) -> bool:
    """Whether a line would go out; not when it is counted."""
    about, said = {line.product, *line.candidates[:1]} - {None}, set(line.words.split())
    removed = (one for one in supposed.lines if one.op == "remove" and not one.asks and one.target in about)
    told = [set(map(plain, lowers(one.said))) for one in removed]
    weighed = line.unit == "g" and line.amount is not None
    return not (weighed or is_counted(line)) and any(said & words and _OUT & words for words in told)


__all__ = ["with_supposed"]
