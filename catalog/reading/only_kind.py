"""The only kind there is: who asks for jam where one jam is sold means that one, whatever it tastes of.

Not of what is a whole shelf of different goods: who asks for sauce has not said that she wants it with garlic.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.choices import every_kind, is_kind_of_any, is_special
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of, stem
from catalog.reading.wish import Unit
from catalog.search import Found, lexicon
from catalog.search.fold import key
from catalog.square import Product


def only_kind(found: Found, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """The lone candidate as clear, when it is that thing, bears all that was said of it, and nothing else here does."""
    if found.verdict != "choose" or len(found.hits) != 1 or any(unit.link or unit.named for unit in core):
        return None
    words = [word for unit in core for word in name_words(unit.text)]
    how = [word for word in words if _says_how(word)]
    things = [word for word in words if word not in how]
    if len(things) != 1 or not lexicon.is_real(things[0]) or noun_of(things[0]) in words_of("groups", "shelf_wide"):
        return None
    product = lookup.product(found.hits[0].product)
    if product.restricted or is_special(product, {noun_of(word) for word in words}):
        return None
    if not (is_kind_of_any(product.name, noun_of(things[0])) and _is_so(product, how)):
        return None
    others = (lookup.product(hit.product) for hit in every_kind(things[0], lookup) if hit.product != product.id)
    return None if any(_is_so(one, how) for one in others) else lookup.only(product.id)


def _says_how(word: str) -> bool:
    return is_adjective(word) or key(word) in lexicon.describing_keys()


def _is_so(product: Product, how: Sequence[str]) -> bool:
    borne = {stem(part) for name in (product.name, *product.synonyms) for part in name_words(name)}
    return {stem(word) for word in how} <= borne


__all__ = ["only_kind"]
