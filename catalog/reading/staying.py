"""What stays as it was: "of nee, laat de douchegel maar staan" takes back what this message said before of one thing."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.reading.basket_words import in_basket
from catalog.reading.change_patterns import ARTICLES, LAST
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.result import BasketLine
from catalog.reading.split import Clause
from catalog.reading.swap_shapes import shapes_at, starts_in, with_names_kept
from catalog.reading.tokens import Token

_LONGEST = 40  # words


@dataclass(frozen=True, slots=True)
class Stays:
    """What is left as it was: a line of the basket, or None for what was just spoken of; and the words around it."""

    before: tuple[Token, ...]
    line: BasketLine | None
    more: tuple[Token, ...]


def stays_in(clause: Clause, names: Names, lookup: Lookup) -> Stays | None:
    """What this clause leaves as it was: "laat de douchegel maar staan", "die mag blijven"; None when it leaves nothing."""
    words = clause.words
    if not lookup.basket or len(words) > _LONGEST or not words_of("changes", "staying") & set(words):
        return None
    shown = with_names_kept(words, names)
    for at in starts_in(words):
        for told in shapes_at(shown[at:], ("stays",)):
            named = " ".join(word for word in words[at + told.old[0] : at + told.old[1]] if word not in ARTICLES)
            line = in_basket(named, lookup) if named and named not in LAST else None
            if line or not named or named in LAST:
                return Stays(clause.tokens[:at], line, clause.tokens[at + told.end :])
    return None


__all__ = ["Stays", "stays_in"]
