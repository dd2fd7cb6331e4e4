"""What stays as it was: "of nee, laat de douchegel maar staan" takes back what this message said before of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.reading.change_patterns import ARTICLES, LAST
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.quantities import read_quantity
from catalog.reading.result import BasketLine
from catalog.reading.split import Clause
from catalog.reading.swap_parts import inside_basket, things
from catalog.reading.swap_shapes import shapes_at, starts_in, with_names_kept
from catalog.reading.tokens import Token
from catalog.reading.words import plain

_LONGEST = 40  # words
_GONE = frozenset(("uit", "af", "weg", "eruit", "eraf"))
_GOES = frozenset(("achterwege", "zitten", "weg", "vallen", "vervallen"))


@dataclass(frozen=True, slots=True)
class Stays:
    """What is left as it was: lines of the basket, or none for what was just spoken of; and the words around it."""

    before: tuple[Token, ...]
    lines: tuple[BasketLine, ...]
    more: tuple[Token, ...]


def stays_in(clause: Clause, names: Names, lookup: Lookup) -> Stays | None:
    """What this clause leaves as it was: "laat de douchegel maar staan", "die mag blijven"; None when it leaves nothing."""
    words = clause.words
    if not lookup.basket or len(words) > _LONGEST or not words_of("changes", "staying") & set(words):
        return None
    shown = with_names_kept(words, names)
    for at in starts_in(words):
        for told in shapes_at(shown[at:], ("stays",)):
            named = clause.tokens[at + told.old[0] : at + told.old[1]]
            if named and named[0].lower in _GONE:  # "haal de vla er maar uit de melk laten staan"
                at, named = at + told.old[0] + 1, named[1:]
                told = replace(told, end=told.end - told.old[0] - 1)
            lines = tuple(line for one in things(named) if (line := _meant(one, lookup)))
            if len(lines) == len(things(named)) or _is_last(named):
                return Stays(clause.tokens[:at], lines, clause.tokens[at + told.end :])
    return None


def _meant(tokens: Sequence[Token], lookup: Lookup) -> BasketLine | None:
    """Not "brood 2, eieren zo laten": the bread changes."""
    counts = any(read_quantity([token.lower]) for token in tokens if plain(token.lower) not in ARTICLES)
    goes = any(plain(token.lower) in _GOES for token in tokens)
    return None if counts or goes else inside_basket(tokens, lookup)


def _is_last(tokens: Sequence[Token]) -> bool:
    return " ".join(word for token in tokens if (word := plain(token.lower)) not in ARTICLES) in LAST | {""}


__all__ = ["Stays", "stays_in"]
