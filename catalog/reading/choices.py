"""What a careful shop assistant names when one word may be several things: all kinds of it, plain ones first, no strangers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import bare_name, name_words, noun_of, stem
from catalog.reading.wishes import Unit
from catalog.reading.words import plain
from catalog.search import FIRST, Found, Hit, lexicon
from catalog.search.fold import key
from catalog.square import Product

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup

_MOST = 10


def all_kinds(found: Found, units: Sequence[Unit], lookup: Lookup) -> Found:
    """The candidates for one bare word completed: "gehakt" is every mince, and no meatball."""
    hard = [unit for unit in units if not unit.soft]
    if found.verdict != "choose" or len(hard) != 1 or hard[0].named or " " in hard[0].text:
        return found
    word = plain(hard[0].text)
    known = {hit.product for hit in found.hits}
    hits = [*found.hits, *(hit for hit in siblings(word, lookup) if hit.product not in known)]
    kept = [hit for hit in hits if not _only_begins(lookup.product(hit.product), word, lookup)] or hits
    ranked = sorted(kept, key=lambda hit: _is_prepared(lookup.product(hit.product), word))
    return Found("choose", tuple(ranked[:_MOST]))


def siblings(word: str, lookup: Lookup) -> list[Hit]:
    """All that is what this word says: by the word that tells what it is, or by any word of its name."""
    if word not in lookup.siblings:
        lookup.siblings[word] = _siblings(word, lookup)
    return lookup.siblings[word]


def _siblings(word: str, lookup: Lookup) -> list[Hit]:
    hits = {hit.product: hit for hit in lookup.kinds(word)}
    for one in lookup.bearing(noun_of(word)):
        product = lookup.product(one)
        if one not in hits and lookup.allowed(product, word) and _is_kind(product.name, noun_of(word)):
            hits[one] = Hit(one, product.name, 50.0)
    return list(hits.values())


def _is_kind(name: str, noun: str) -> bool:
    """Whether a word of the name is the noun, or ends in it behind a word ("Kamillethee"; no "radijs" for "ijs")."""
    no_kinds = lexicon.no_kind_keys()
    return any(
        part == noun
        or (len(part) >= len(noun) + 4 and part.endswith(noun) and len(noun) > 2 and (key(noun), key(part)) not in no_kinds)
        for part in bare_name(name)
    )


def _only_begins(product: Product, word: str, lookup: Lookup) -> bool:
    """Whether the word is only what the thing is made of: "Gehaktballen" for gehakt, whatever it is called besides."""
    if [noun_of(word)] in [[noun_of(part) for part in name_words(name)] for name in product.synonyms]:
        return False
    return 0 < lookup.shelf.index.bears(product.name, word) <= FIRST


def _is_prepared(product: Product, word: str) -> bool:
    """Whether something was done to it that was not said: "Gebraden gehakt", "Gedroogde appeltjes"."""
    prepared = words_of("options", "prepared")
    return any(part in prepared and part != word for part in name_words(product.name))


def is_otherwise(product: Product, notes: Sequence[str]) -> bool:
    """Whether it must be cooked or smoked and the product says nothing of that: "gekookte aardbeien"."""
    told = {stem(word) for name in (product.name, *product.synonyms, *product.options) for word in name_words(name)}
    return any(word in words_of("options", "prepared") and stem(word) not in told for word in map(plain, notes))
