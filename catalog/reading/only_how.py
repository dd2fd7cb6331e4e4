"""How something in the basket must be, and nothing more: "die oude kaas toch maar in plakken", "de mango moet rijp zijn"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.basket_words import in_basket
from catalog.reading.list_places import FIRST_SAID
from catalog.reading.lookup import Lookup
from catalog.reading.options import settle_options
from catalog.reading.quantities import read_quantity
from catalog.reading.questions import begins_as_question
from catalog.reading.result import Line
from catalog.reading.wish import soft_words
from catalog.reading.words import plain

_POINTING = frozenset(("die", "de", "het", "dat", "mijn", "bestelde"))
_CUES = frozenset(
    ("toch", "moet", "moeten", "liever", "mag", "mogen", "wel", "graag", "alstublieft", "alsjeblieft", "aub", "svp")
)
_SMALL = _CUES | _POINTING | frozenset(
    ("maar", "zijn", "worden", "wil", "willen", "ik", "we", "wij", "hoor", "aub", "a.u.b.", "svp", "doe", "dan", "gewoon",
     "goed", "eigenlijk", "hebben", "als", "het", "kan", "ook", ".", "!", "maak")
)  # fmt: skip
_WITH = frozenset(("met", "zonder"))
_NOT = frozenset(("niet", "geen", "te"))
_BEHIND = frozenset(("want", "dat", ",", "anders"))
_LONGEST, _LONGEST_HOW = 12, 4  # words


def only_how(words: Sequence[str], said: str, lookup: Lookup) -> Line | None:
    """The line of the basket with how it must be; None when these plain words say anything else, or ask."""
    if not lookup.basket or len(words) > _LONGEST or begins_as_question(words) or read_quantity(words):
        return None
    end = next((at for at in range(1, len(words)) if words[at] in _BEHIND), len(words))
    if not _CUES & set(words[1:end]):
        return None
    begin = int(words[0] in _POINTING)
    for at in range(begin + 1, end):
        line = in_basket(" ".join(word for word in words[begin:at] if word not in _SMALL), lookup)
        how = [word for word in words[at:end] if word not in _SMALL]
        told = [word for word in how if word not in _NOT]
        if line is None or line.number >= FIRST_SAID or not told or len(how) > _LONGEST_HOW or _NOT & set(words[:at]):
            continue
        options, note = settle_options(lookup.product(line.product_id), [" ".join(how)])
        if (options and not note) or how[0] in _WITH or all(word in soft_words() for word in told):
            one = line.product_id
            return Line(said, plain(lookup.product(one).name), one, (one,), options=options, note=note, op="set", target=one)
    return None


__all__ = ["only_how"]
