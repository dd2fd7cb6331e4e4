"""Whose it must be: "kipfilet van de poelier", "kipfilet El Baraka" are what that shop has of it, if it has any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.reading.choices import every_kind
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import bare_name, name_words, noun_of, unprefixed
from catalog.reading.wish import Unit, words_said
from catalog.reading.words import plain
from catalog.search import Found, Hit, lexicon
from catalog.square import Shop

_MOST = 10
_LONGEST = 6  # units that may name a shop
_FROM = ("van", "bij", "uit")
_ARTICLES = frozenset(("van", "de", "den", "der", "het", "t", "die", "jullie", "onze"))


@dataclass(frozen=True, slots=True)
class Said:
    """The shops that were named, and behind how many units of the wish."""

    shops: frozenset[str]
    at: int


def shop_said(units: Sequence[Unit], lookup: Lookup) -> Said | None:
    """The shop that the last words of a wish name, and the units before them."""
    for at in range(max(1, len(units) - _LONGEST), len(units)):
        words = {plain(part) for unit in units[at:] for part in name_words(unit.text)} - _ARTICLES
        if not words or any(unit.product for unit in units[at:]):
            continue
        linked = units[at].link in _FROM
        if not linked and (units[at].link or not any(map(_is_own, words))):
            continue
        if shops := _named(words, lookup.shelf.square.shops, by_kind=linked):
            return Said(frozenset(shops), at)
    return None


def of_shop(found: Found, core: Sequence[Unit], said: Said, lookup: Lookup) -> Found | None:
    """What these shops have of what was found; None when they have nothing of it."""
    kinds = every_kind(plain(core[0].text), lookup) if len(core) == 1 and not core[0].named else []
    every = {hit.product: hit for hit in (*found.hits, *kinds)}
    theirs = [hit for one, hit in every.items() if lookup.product(one).shop in said.shops and not _is_restricted(hit, lookup)]
    if not theirs:
        return None
    own, rest = theirs[0], words_said(core)
    borne = bare_name(own.name) | {unprefixed(word) for word in name_words(own.name)}
    called = all(noun_of(word) in borne for word in name_words(rest))  # quail's eggs are not simply eggs
    sure = (len(theirs) == 1 and called) or (found.verdict == "clear" and own.product == found.hits[0].product)
    if len(theirs) == 1 and not sure:
        return None
    return Found("clear" if sure else "choose", tuple(theirs[:1] if sure else theirs[:_MOST]))


def without_shop(core: list[Unit], lookup: Lookup) -> list[Unit]:
    """Without the words that only say whose it is: "rundergehakt van Van den Berg", "bakker 4 croissants"."""
    if len(core) > 1 and not core[1].link and plain(core[0].text) in lexicon.shop_words():
        return core[1:]
    said = shop_said(core, lookup)
    words = {plain(part) for unit in core[said.at :] for part in name_words(unit.text)} if said else set()
    return core[: said.at] if said and not words & set(lexicon.shop_words()) else core


def _named(words: set[str], shops: Sequence[Shop], *, by_kind: bool) -> list[str]:
    """The shops called so; when there are none, and it may be, those of that kind."""
    called = [shop.slug for shop in shops if words <= {*name_words(shop.name), shop.slug}]
    if called or not by_kind or len(words) > 1:
        return called
    (word,) = words
    kinds = {word, *lexicon.shop_words().get(word, ())}
    return [shop.slug for shop in shops if {shop.kind, *name_words(shop.name)} & kinds]


def _is_own(word: str) -> bool:
    """Whether a word names somebody and no thing: a name that is no Dutch word."""
    return len(word) > 2 and not (
        lexicon.is_real(word) or lexicon.is_common(word) or word in lexicon.talk() or lexicon.is_kind(word)
    )


def _is_restricted(hit: Hit, lookup: Lookup) -> bool:
    return lookup.product(hit.product).restricted is not None


__all__ = ["Said", "of_shop", "shop_said", "without_shop"]
