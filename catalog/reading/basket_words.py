"""Which line of the basket some words mean: compared with the names of the few things that lie in it, slips forgiven."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from catalog.reading.letters import apart
from catalog.reading.lexicon import words_of
from catalog.reading.list_places import at_place, is_place
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of, stem
from catalog.reading.other_names import same_names
from catalog.reading.result import BasketLine
from catalog.reading.tokens import Token
from catalog.reading.wish import soft_words
from catalog.reading.words import plain
from catalog.search import lexicon
from catalog.square import Product

_LEAST_HEAD = 4  # letters
_KNOWN = 0.8  # how surely a word is one of the shelf's


def in_basket(words: str, lookup: Lookup) -> BasketLine | None:
    """The one line of the basket that these words can mean, if there is just one."""
    said = name_words(words)
    if not lookup.basket or not said:
        return None
    if len(said) == 1 and is_place(said[0]):
        return at_place(said[0], lookup)
    inside = {line.product_id: line for line in lookup.basket}
    exact = [line for line in inside.values() if line.words and plain(line.words) == " ".join(said)]
    if len(exact) == 1:
        return exact[0]
    called = [line for line in inside.values() if _is_called(said, lookup.product(line.product_id))]
    if len(called) == 1:
        return called[0]
    bearing = [line for line in inside.values() if _bears(said, lookup.product(line.product_id))]
    if len(bearing) == 1:
        return None if _is_better_called(words, bearing[0], lookup) else bearing[0]
    otherwise = [line for line in inside.values() if _is_otherwise_called(said, lookup.product(line.product_id))]
    if len(otherwise) == 1 and not bearing:
        return otherwise[0]
    seen = lookup.find(words)
    if seen.verdict == "clear" and seen.hits[0].product not in inside:
        return None  # "oude kaas" is not the young one that lies there
    found = {hit.product for hit in seen.hits}  # what ends in the word ("karnemelk") only when the shelf says so
    hits = [line for line in bearing or inside.values() if line.product_id in found]
    hits = [line for line in hits if not any(_is_else(word, line.product_id, lookup) for word in said)]
    return hits[0] if len(hits) == 1 else None


def _is_better_called(words: str, line: BasketLine, lookup: Lookup) -> bool:
    """Whether something else is simply called so: "uien" are not the hutspot with onions that lies there."""
    product = lookup.product(line.product_id)
    if _is_kind_of(name_words(words)[-1], product):
        return False
    seen = lookup.find(words)
    return seen.verdict == "clear" and seen.hits[0].product != product.id


def other_named(tokens: Sequence[Token], lookup: Lookup) -> str | None:
    """The one thing in the basket that these tokens name, when they say nothing else: "de kaas bedoel ik"."""
    words = [plain(token.lower) for token in tokens]
    said = [word for word in words if word not in words_of("changes", "naming_around")]
    line = in_basket(" ".join(said), lookup) if said else None
    return line.product_id if line and all(lookup.knows(word) >= _KNOWN or is_adjective(word) for word in said) else None


def all_in_basket(words: str, lookup: Lookup) -> list[str]:
    """Every product in the basket that these words can mean: "de paprika's mogen er allebei uit"."""
    said = name_words(words)
    bearing = [one for one in lookup.inside if said and _bears(said, lookup.product(one))]
    return bearing or [one for one in lookup.inside if said and _is_kind_of(said[-1], lookup.product(one))]


def named_in(words: Sequence[str], product: Product) -> list[int]:
    """The places in a sentence (plain words) where a noun names this product."""
    return [at for at, word in enumerate(words) if len(word) > 2 and may_be_noun(word) and _is_told(word, product)]


def _is_told(noun: str, product: Product) -> bool:
    return _is_named([noun], product) or (len(noun) > _LEAST_HEAD and _is_kind_of(noun, product))


def may_be_noun(word: str) -> bool:
    """Whether a plain word may name goods: it is no adjective, and no word of talk or of packing."""
    return not (is_adjective(word) or word in _no_goods())


def all_told(words: Sequence[str], lookup: Lookup) -> list[str]:
    """The products in the basket that one word of a story (plain words) can mean, when it can mean more than one."""
    nouns = [word for word in words if len(word) > 2 and may_be_noun(word)]
    return next((every for word in reversed(nouns) if len(every := all_in_basket(word, lookup)) > 1), [])


def told_in_basket(words: Sequence[str], lookup: Lookup) -> BasketLine | None:
    """The one line of the basket that is named somewhere in a story (plain words), if there is just one."""
    nouns = [word for word in words if len(word) > 2 and may_be_noun(word)]
    packs = [word for word in words if word in words_of("groups", "packs")]  # "het kleine pakket is te weinig"
    for is_told, said in ((_is_named, nouns), (_is_packed, packs)):
        named = {one: line for line in lookup.basket for one in [line.product_id] if is_told(said, lookup.product(one))}
        if named:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def _is_named(nouns: Sequence[str], product: Product) -> bool:
    return any(_bears((noun,), product) for noun in nouns)


def _is_packed(packs: Sequence[str], product: Product) -> bool:
    return any(_is_kind_of(pack, product) for pack in packs)


@cache
def _no_goods() -> frozenset[str]:
    return (
        soft_words()
        | words_of("groups", "packs")
        | words_of("talk", "words")
        | words_of("talk", "verbs")
        | words_of("fillers", "words")
    )


def _is_else(word: str, product_id: str, lookup: Lookup) -> bool:
    """Whether a word is surely another thing: "citroen bij de makreel" is no mackerel."""
    found = lookup.find(word) if len(word) > 3 else None
    return found is not None and found.verdict == "clear" and found.hits[0].product != product_id


def _is_called(said: tuple[str, ...], product: Product) -> bool:
    """Whether this is the whole of the product's name: "kibbeling" is not the sauce for it."""
    return [noun_of(word) for word in name_words(product.name)] == [noun_of(word) for word in said]


def _is_otherwise_called(said: tuple[str, ...], product: Product) -> bool:
    """Whether it goes by another name for what was said: "haring" and Hollandse Nieuwe."""
    return any(_is_called(name, product) for name in same_names(" ".join(map(noun_of, said))))


def _bears(said: tuple[str, ...], product: Product) -> bool:
    """Whether one of the product's names holds all that was said; not when the product says it is not that."""
    if any(plain(one) == " ".join(said) for one in product.not_this):
        return False
    return any(all(_named(word, name_words(name)) for word in said) for name in (product.name, *product.synonyms))


def _is_kind_of(word: str, product: Product) -> bool:
    """Whether the product's own name ends in the word: "broodjes" and Kaasbroodje."""
    noun = noun_of(word)
    return len(noun) >= _LEAST_HEAD and any(noun_of(part).endswith(noun) for part in name_words(product.name))


def _named(word: str, parts: tuple[str, ...]) -> bool:
    return any(_alike(word, part) for part in parts if part not in lexicon.filler())  # "per" is no peer


@lru_cache(maxsize=8192)
def _alike(word: str, part: str) -> bool:
    noun, own = noun_of(word), noun_of(part)
    if noun == own or stem(word) == stem(part):
        return True
    if len(noun) < 5 or noun[0] != own[0]:
        return False
    allowed = 2 if len(noun) > 7 else 1
    return apart(noun, own, allowed) <= allowed


__all__ = ["all_in_basket", "all_told", "in_basket", "may_be_noun", "named_in", "other_named", "told_in_basket"]
