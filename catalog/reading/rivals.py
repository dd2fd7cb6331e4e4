"""Another product that may be meant as well, by what was said beside the name: what it is for, and on what it goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import name_words, noun_of
from catalog.reading.words import plain, table
from catalog.search import Hit, lexicon
from catalog.square import Product

_ON_BREAD = re.compile(r"\bop (?:(?:de|het|'t|mijn|een) )?(?:brood|broodje|boterham|boterhammen|bammetje)\b|\bbroodbeleg\b")


def for_bread(product: Product, notes: Sequence[str], lookup: Lookup) -> Hit | None:
    """ "kipfilet voor op brood": not simply the fillet when there is a sliced one as well."""
    sliced, own = words_of("groups", "on_bread"), name_words(product.name)
    if not any(map(_ON_BREAD.search, notes)) or not sliced.isdisjoint(own):
        return None
    rivals = (lookup.product(one) for word in own if lexicon.is_real(word) for one in lookup.bearing(noun_of(word)))
    found = next((one for one in rivals if not sliced.isdisjoint(name_words(one.name)) and one.restricted is None), None)
    return Hit(found.id, found.name, 90.0) if found else None


def named_by_note(product: Product, notes: Sequence[str], lookup: Lookup) -> Hit | None:
    """Another product that what was said beside it names: "sinaasappels voor de pers" are perssinaasappels, not any."""
    for_use = table("options")["meant_for"]
    words = ((plain(word), note.startswith("waarvan")) for note in notes for word in note.split() if len(word) > 3)
    told = {(for_use.get(word, word), partly): None for word, partly in words}
    if not told:
        return None
    own = {word for name in (product.name, *product.synonyms) for word in name_words(name)}
    nouns = [noun_of(word) for word in name_words(product.name)]
    for word, partly in told:
        for rival in (one for noun in nouns for one in lookup.bearing(noun) if one != product.id):
            other = lookup.product(rival)
            begins = any(
                part.startswith(word) and (partly or noun_of(part) != noun_of(word)) for part in name_words(other.name)
            )
            if begins and not any(part.startswith(word) for part in own) and other.restricted is None:
                return Hit(other.id, other.name, 90.0)
    return None


__all__ = ["for_bread", "named_by_note"]
