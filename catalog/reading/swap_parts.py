"""A change as it is found in a clause, and which line of the basket a few of its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.reading.basket_words import in_basket
from catalog.reading.change_patterns import ARTICLES, LAST
from catalog.reading.list_places import numbered
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import name_words, noun_of
from catalog.reading.quantities import read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.tokens import Token
from catalog.reading.words import plain

_LEAST_BEGUN = 4  # letters
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
    return in_basket(" ".join(rest), lookup) or _cut_short(rest, lookup)


def _cut_short(words: Sequence[str], lookup: Lookup) -> BasketLine | None:
    """ "laat de vanille", "geen tomaatjes": where vanillevla and snoeptomaatjes are the only ones in the basket that may be so
    called."""
    word = plain(words[0])
    if len(words) > 1 or len(word) < _LEAST_BEGUN:
        return None
    names = {line.product_id: name_words(lookup.product(line.product_id).name) for line in lookup.basket}
    for is_so in (lambda part: part.startswith(word), lambda part: part.endswith(word) or noun_of(part).endswith(word)):
        found = [line for line in lookup.basket if any(map(is_so, names[line.product_id]))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def of_shop(tokens: Sequence[Token], lookup: Lookup) -> list[str]:
    """ "alles van de slager": the products in the basket from the shop that is named so; none when it names no shop."""
    words = [plain(token.lower) for token in tokens if plain(token.lower) not in ARTICLES]
    if len(words) < 3 or words[0] != "alles" or words[1] not in ("van", "bij", "uit"):
        return []
    said = " ".join(words[2:])
    shops = {
        shop.slug for shop in lookup.shelf.square.shops if said in map(plain, (shop.kind.lower(), shop.slug, shop.name.lower()))
    }
    return [line.product_id for line in lookup.basket if lookup.product(line.product_id).shop in shops]


def things(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """ "de melk en de noten": each of the things."""
    ends = [at for at, token in enumerate(tokens) if token.lower in ("en", ",")]
    parts = [tokens[begin + 1 : end] for begin, end in pairwise((-1, *ends, len(tokens)))]
    return [part for part in parts if part]


__all__ = ["Swap", "inside_basket", "of_shop", "things"]
