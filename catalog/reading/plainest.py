"""The plain one of several: who says "knoflook" means the bulb and not the sauce, who says "uien" means yellow ones.

Only where it is one thing: of what comes in many kinds (worst, brood) or flavours (vla) no one is the plain one.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of, unprefixed, without_origin
from catalog.reading.other_names import same_names
from catalog.reading.wish import Unit
from catalog.reading.words import plain, table
from catalog.search import Found, lexicon
from catalog.square import Product

_LONG = 5  # letters of a plural by which a longer word is known: "uitloopeieren"


def plainest(found: Found, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """The one candidate whose name says no more than the word that was said; None when there is none, or more than one."""
    if found.verdict != "choose" or len(core) != 1 or core[0].link or core[0].named:
        return None
    word = lexicon.regional().get(plain(core[0].text), plain(core[0].text))
    if not (lexicon.is_real(word) or lexicon.is_kind(word)) or lexicon.comes_in_kinds(word):
        return None
    noun = noun_of(word)
    usual = table("groups")["usual"].get(noun, ())
    every = [lookup.product(hit.product) for hit in found.hits]
    plain_ones = [one for one in every if _is_plain(one, noun, usual)]
    if len(plain_ones) != 1 or not all(usual or _is_other(one, noun) for one in every if one is not plain_ones[0]):
        return None
    return lookup.only(plain_ones[0].id)


def _is_plain(product: Product, noun: str, usual: Sequence[str]) -> bool:
    """Whether it is called so, or by another word for it, and beside that only what it comes in and where from."""
    if product.restricted or product.withdrawn:
        return False
    words = [word for word in name_words(without_origin(product.name)) if not word[0].isdecimal()]
    said = [word for word in words if unprefixed(word) == noun or word in usual]
    if said:
        return all(word in said or _is_neutral(word) for word in words)
    return any(_is_wholly(words, other) for other in same_names(noun))


def _is_wholly(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether these words are that other name, and no more; as one word too: "Kippenborst filet"."""
    nouns = [noun_of(word) for word in other]
    told = [noun_of(word) for word in words if noun_of(word) in nouns or not _is_neutral(word)]
    return set(told) == set(nouns) or "".join(told) == "".join(nouns)


def _is_other(product: Product, noun: str) -> bool:
    """Whether it is this with something done to it, for somebody else, or no such thing: "in blik", "voor de baby", "soep"."""
    words = name_words(product.name)
    if words_of("groups", "set_apart") & set(words) or words_of("options", "made_other") & set(words):
        return True
    every = [word for name in (product.name, *product.synonyms) for word in name_words(name)]
    ends = (noun, *(plural for plural, of in lexicon.irregular().items() if of == noun and len(plural) >= _LONG))
    return not any(noun_of(word).endswith(noun) or word.endswith(ends) for word in every)


def _is_neutral(word: str) -> bool:
    """Whether a word of a name makes it nothing else: a small pack, "verse", "Zeeuwse"."""
    return word in words_of("groups", "neutral") or (word.endswith("se") and is_adjective(word))


__all__ = ["plainest"]
