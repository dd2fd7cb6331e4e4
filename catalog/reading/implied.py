"""What a name leaves unsaid: "Belegen 48+" is belegen kaas, "Elstar" an apple, "Duracell AA" batteries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of, own_words
from catalog.reading.wish import Unit, words_said
from catalog.reading.words import plain, table
from catalog.search import Found, Hit, lexicon
from catalog.square import Product

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup


_USUAL = ("48+", "50+")  # of fat in cheese
_MOST_WORDS = 24  # different ones; no name is as long


def implied(core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """The one product that is called what was said, but for the thing itself; None when there are none or several."""
    words = [plain(unit.text) for unit in core]
    if len(set(words)) == 1 or all(map(is_adjective, words)):
        hits = lookup.find(" ".join(dict.fromkeys(words))).hits
        return _only([hit for hit in hits if _is_just(lookup.product(hit.product), words)], lookup)
    things = dict.fromkeys(words)
    if len(things) > _MOST_WORDS:
        return None
    rests = ((thing, [unit for unit, word in zip(core, words, strict=True) if word != thing]) for thing in things)
    return next(filter(None, (_only(_of_thing(thing, rest, lookup), lookup) for thing, rest in rests)), None)


def _of_thing(thing: str, rest: Sequence[Unit], lookup: Lookup) -> list[Hit]:
    """Those that are of this thing without saying so, and are called just what else was said."""
    said = [noun_of(part) for unit in rest for part in name_words(unit.text)]
    called = [one for one in lookup.called(thing) if all(noun in map(noun_of, name_words(one.name)) for noun in said)]
    if called or thing not in table("groups")["things"]:
        return [Hit(one.id, one.name, 90.0) for one in called]
    found = lookup.find(words_said(rest)).hits
    return [hit for hit in found if _is_just(lookup.product(hit.product), said) and _is_of(lookup.product(hit.product), thing)]


def _is_just(product: Product, said: Sequence[str]) -> bool:
    """Whether its name is no more than that, and names no goods: "Belegen 48+", not the lighter "30+ belegen"."""
    if any(word.endswith("+") and word not in _USUAL for word in product.name.split()):
        return False
    nouns, usual = {noun_of(word) for word in said}, {noun_of(word) for word in words_of("groups", "unsaid")}
    if not nouns <= bare_name(product.name) <= nouns | usual:
        return False
    told = [noun_of(word) for word in name_words(product.name)]
    if sorted(said, key=lambda word: told.index(noun_of(word))) != list(said):
        return False  # "belegen jonge kaas" is no jong belegen
    return not any(lexicon.is_real(word) and word not in lexicon.describing() for word in own_words(product.name))


def _is_of(product: Product, thing: str) -> bool:
    """Whether the shop keeps it under that: its group, or itself, is called so."""
    return thing in (plain(product.group.lower()), product.shop)


def _only(hits: Sequence[Hit], lookup: Lookup) -> Found | None:
    """The one there is; None when it is also sold lighter under the same name: "Jong belegen 30+"."""
    if len(hits) == 1 and (names := bare_name(hits[0].name)):
        alike = (one for noun in names for one in lookup.bearing(noun) if one != hits[0].product)
        if any(bare_name(lookup.product(one).name) == names for one in alike):
            return None
    return lookup.only(hits[0].product) if len(hits) == 1 and lookup.product(hits[0].product).restricted is None else None


__all__ = ["implied"]
