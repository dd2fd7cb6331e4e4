"""Which of several is meant: by what a pack holds, by the pack's own word, or by "of"."""

from __future__ import annotations

from catalog.reading.amounts import holds
from catalog.reading.lookup import Lookup, words_said
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of
from catalog.reading.wishes import Wish
from catalog.reading.words import plain
from catalog.search import Found
from catalog.square import Product

_NEAR = 6.0  # points of score within which candidates are held equal


def both(found: Found, wish: Wish, lookup: Lookup) -> Found:
    """ "appels of peren", "rode of groene paprika": both are offered, neither is put in the basket."""
    head = [unit for unit in wish.units if not unit.soft]
    if head and is_adjective(head[-1].text):
        found = lookup.find(words_said([*head, wish.either[-1]]))
    other = lookup.find(words_said(wish.either))
    if not other.hits and head:
        other = lookup.find(words_said([*wish.either, head[-1]]))
    best = {hit.product: hit for hits in zip(found.hits[:5], other.hits[:5], strict=False) for hit in hits}
    rest = {hit.product: hit for hit in (*found.hits[:5], *other.hits[:5])}
    hits = tuple({**best, **rest}.values())
    return Found("choose" if hits else "none", hits[:10])


def narrowed(found: Found, wish: Wish, lookup: Lookup) -> Found:
    """One of several whose pack is just what was said: "2 flessen 7up", "zak aardappelen van 5 kilo", "tien eieren"."""
    if found.verdict != "choose" or wish.either or len(found.hits) < 2:
        return found
    near = [hit for hit in found.hits if hit.score >= found.hits[0].score - _NEAR]
    said = {noun_of(plain(word)) for unit in wish.units for word in unit.text.split()}
    fitting = [hit for hit in near if _fits(lookup.product(hit.product), wish)]
    plainly = [hit for hit in fitting if _plainly(lookup.product(hit.product), said)]
    loose = not _packs_said(wish) and any(lookup.product(hit.product).by_weight for hit in near)
    if len(plainly) == 1 and not (loose and wish.quantity and wish.quantity.unit == "g"):
        return Found("clear", tuple(plainly))
    if fitting:
        return Found("choose", tuple(sorted(found.hits, key=lambda hit: hit not in fitting)))
    return found


def _packs_said(wish: Wish) -> bool:
    """Whether a pack was named ("een zak van 5 kilo"); "5 kilo aardappels" may as well be weighed out."""
    return any(one is not None and one.unit == "pack" for one in (wish.quantity, wish.second))


def _fits(product: Product, wish: Wish) -> bool:
    if holds(product, wish.quantity, wish.second):
        return True
    word = wish.quantity.word if wish.quantity else ""
    return bool(word) and any(part.startswith(word) for part in name_words(product.name))


def _plainly(product: Product, said: set[str]) -> bool:
    """Whether the product's name is no more than what was said, but for its pack and its size."""
    return bare_name(product.name) <= said
