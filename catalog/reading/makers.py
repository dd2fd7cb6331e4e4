"""Brands said for the kind of thing: "page" is toilet paper of any make, "robijn" detergent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from catalog.reading.nouns import name_words, noun_of
from catalog.reading.words import plain, table
from catalog.square import Product


def things_of(words: str) -> tuple[str, ...]:
    """The kinds of goods that these words are a brand of; none when they are no brand."""
    return _things().get(_as_one(words)) or _things().get(_as_one(noun_of(words)), ())


def bears(product: Product, words: str) -> bool:
    """Whether the product has these words in its name, or in what the shop calls it as well."""
    said = {noun_of(word) for word in name_words(words)}
    return any(said <= set(map(noun_of, name_words(name))) for name in (product.name, *product.synonyms))


@cache
def _things() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for thing, names in table("brands")["brands"].items():
        for name in names:
            found[_as_one(name)] = (*found.get(_as_one(name), ()), thing)
    for name, things in table("brands")["makers"].items():
        found[_as_one(name)] = tuple(dict.fromkeys((*found.get(_as_one(name), ()), *things)))
    return found


def _as_one(words: str) -> str:
    """Without blanks and marks: "Head & Shoulders", "wc-eend"; "pampers" are no plural."""
    return "".join(filter(str.isalnum, plain(words.lower().replace("&", "en").replace(" and ", " en "))))


__all__ = ["bears", "things_of"]
