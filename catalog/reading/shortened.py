"""Words cut short and words put together: "komko", "krentenb", "casinobrood"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import bare_name, name_words, noun_of
from catalog.search import Hit, lexicon
from catalog.square import Product

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup

_LEAST = 4  # letters
_LONGEST_WORD = 40


def by_part(word: str, lookup: Lookup) -> list[Product]:
    """ "krentenb" begins the name of a product, "casinobrood" ends in the name of one: offered, never taken."""
    if len(word) > _LONGEST_WORD:  # ten thousand letters make ten thousand halves
        return []
    if len(word) >= 4 and not is_everyday(word):
        begun = dict.fromkeys(lookup.beginning(word))
        if begun:
            return [lookup.product(one) for one in begun]
    for at in range(3, min(len(word), _LONGEST_WORD) - 3):
        head, tail = word[:at].removesuffix("s"), word[at:]
        if lexicon.is_real(tail) and (lexicon.is_real(head) or lexicon.is_common(head) or lookup.beginning(head)):
            ends = [lookup.product(one) for one in lookup.bearing(noun_of(tail))]
            ends = [one for one in ends if ends_well(one.name, noun_of(tail))]
            if ends:
                return sorted(ends, key=lambda one: not any(part.startswith(head) for part in name_words(one.name)))
    return []


def by_head(word: str, lookup: Lookup) -> list[Product]:
    """ "komijnekaas" where the cheesemonger writes "Komijn jong": what bears the first part as a word, to be offered."""
    for at in range(4, min(len(word), _LONGEST_WORD) - 3):
        if not lexicon.is_real(word[at:]):
            continue
        heads = {word[:at], *(word[:at].removesuffix(link) for link in ("e", "en", "n", "s"))}
        found = [lookup.product(one) for head in heads if len(head) >= 4 for one in lookup.bearing(noun_of(head))]
        found = [one for one in found if heads & set(name_words(one.name)) and lookup.allowed(one, word)]
        if found:
            return list(dict.fromkeys(found))[:5]
    return []


def begins(product: Product, word: str) -> bool:
    """Whether a word that means nothing itself is a name of this product cut short: "komko", "broccol"."""
    names = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    return not is_everyday(word) and any(part.startswith(word) for part in names)


def is_cut_short(product: Product, word: str) -> bool:
    """Whether the word is no whole word of this product's names, but the beginning of one."""
    return begins(product, word) and not any(noun_of(word) == noun_of(part) for part in name_words(product.name))


def cut_short(word: str, found: Product, lookup: Lookup) -> tuple[Hit, ...]:
    """What begins with this very word, when it was taken for a slip of something else: "bloemk" is hardly bloem."""
    if len(word) < _LEAST or is_everyday(word) or begins(found, word):
        return ()
    begun = [lookup.product(one) for one in dict.fromkeys(lookup.beginning(word))]
    return tuple(Hit(one.id, one.name, 90.0) for one in begun if lookup.allowed(one, word))[:5]


@lru_cache(maxsize=8192)
def is_everyday(word: str) -> bool:
    """Whether a (plain) word is a Dutch one in full, so nothing cut short."""
    if lexicon.is_real(word) or lexicon.is_common(word) or word in lexicon.talk() or word in lexicon.shop_words():
        return True
    return any(word in words_of("talk", key) for key in ("words", "verbs", "past", "places")) or any(
        word in words_of("fillers", key) for key in ("words", "greetings", "names", "addressed", "titles")
    )


def ends_well(name: str, noun: str) -> bool:
    """Whether a word of the name is the noun, or a compound of it with a first part that is a word: no "radijs" for "ijs"."""
    parts = {*bare_name(name), *name_words(name)}
    return any(part == noun or (part.endswith(noun) and len(part) >= len(noun) + 4) for part in parts)
