"""A change as it is found in a clause, and which line of the basket a few of its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.reading.basket_words import in_basket
from catalog.reading.change_patterns import ARTICLES, LAST
from catalog.reading.list_places import numbered
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import name_words
from catalog.reading.quantities import read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.tokens import Token
from catalog.reading.words import plain

_LEAST_BEGUN = 5  # letters
_WANTING = frozenset(("graag", "liever", "doe", "neem", "wel"))


@dataclass(frozen=True, slots=True)
class Swap:
    """A change with the tokens of the clause before it and behind it, that are still to be read."""

    before: tuple[Token, ...]
    line: Line
    more: tuple[Token, ...]
    others: tuple[Line, ...] = ()  # "de melk en de noten eraf": what goes out beside it


def inside_basket(old: Sequence[Token], lookup: Lookup) -> BasketLine | None:
    """The line of the basket that these tokens name, articles and an amount aside, or its number."""
    number = numbered([plain(token.lower) for token in old], lookup)
    if number:
        return number
    words = [token.lower for token in old if plain(token.lower) not in ARTICLES and token.lower[0].isalnum()]
    quantity = read_quantity(words) if words else None
    rest = words[quantity.used :] if quantity and quantity.used < len(words) else words
    if not rest or " ".join(rest) in LAST or _WANTING & set(rest[:-1]):
        return None  # "blauwe druiven graag witte druiven" are two things
    return in_basket(" ".join(rest), lookup) or _begun(rest, lookup)


def _begun(words: Sequence[str], lookup: Lookup) -> BasketLine | None:
    """ "laat de vanille" where vanillevla lies in the basket, and nothing else that begins so."""
    word = plain(words[0])
    if len(words) > 1 or len(word) < _LEAST_BEGUN:
        return None
    names = {line.product_id: name_words(lookup.product(line.product_id).name) for line in lookup.basket}
    begun = [line for line in lookup.basket if any(part.startswith(word) for part in names[line.product_id])]
    return begun[0] if len(begun) == 1 else None


def things(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """ "de melk en de noten": each of the things."""
    ends = [at for at, token in enumerate(tokens) if token.lower in ("en", ",")]
    parts = [tokens[begin + 1 : end] for begin, end in pairwise((-1, *ends, len(tokens)))]
    return [part for part in parts if part]


__all__ = ["Swap", "inside_basket", "things"]
