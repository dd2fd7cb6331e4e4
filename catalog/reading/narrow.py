"""Which of several is meant: by what a pack holds, by the pack's own word, or by "of"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.amounts import holds, measure
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of, says_no_more
from catalog.reading.packs import LARGE, bears_pack, is_other_pack, may_be_unnamed
from catalog.reading.quantities import Quantity
from catalog.reading.wish import words_said
from catalog.reading.wishes import Wish
from catalog.reading.words import plain
from catalog.search import Found, Hit, lexicon
from catalog.square import Product

_NEGATED = re.compile(r"\b(?:niet|geen|zonder|nooit)\b(?: (?:te|zo|al|zo'n|een|de|het|van|die|erg|heel))* \S+")
_PARTLY = re.compile(r"\bwaarvan\b.*")  # "6 bollen waarvan 2 bruin" are not brown ones
_MEASURED = re.compile(r"\b(?:ander)?hal(?:f|ve) (?:pond|kilo|ons|liter|dozijn)")  # "half pond gehakt" is not half-om-half
_SMALL = frozenset(("met", "zonder", "van", "de", "het", "een"))
_OF_ONE_SORT = ("net", "netje")
_OFFERED = 5  # candidates that are looked at
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


def narrowed(found: Found, wish: Wish, notes: Sequence[str], said_text: str, lookup: Lookup) -> Found:
    """One of several whose pack is just what was said: "2 flessen 7up", "zak aardappelen van 5 kilo", "tien eieren"."""
    if found.verdict != "choose" or wish.either or wish.vague or len(found.hits) < 2:
        return found
    found = _in_that_pack(found, wish, lookup)
    if len(found.hits) == 1:
        return Found("clear", found.hits)
    near = [hit for hit in found.hits if hit.score >= found.hits[0].score - _NEAR]
    said = {noun_of(plain(word)) for unit in wish.units for word in unit.text.split()}
    noted = _noted(found.hits, wish, notes, lookup)
    if len(noted) != 1:
        noted = _told_apart(found.hits, wish, said_text, lookup) or noted
    if len(noted) == 1:
        return Found("clear", tuple(noted))
    plain_ones = [hit for hit in near if says_no_more(lookup.product(hit.product), said)]
    fitting = noted or _fitting(near, wish, lookup)
    if not fitting:
        return _even(found, plain_ones, wish, lookup)
    plainly = [hit for hit in fitting if hit in plain_ones] or (fitting if _is_told_by_pack(wish) else [])
    offered = found.hits[:_OFFERED]
    alike = len(plainly) == 1 and _is_packed_alike(plainly[0], offered, wish, lookup)
    if len(plainly) == 1 and not alike and not _may_be_loose([lookup.product(hit.product) for hit in offered], wish):
        return Found("clear", tuple(plainly))
    return Found("choose", tuple(sorted(found.hits, key=lambda hit: hit not in fitting)))


def _in_that_pack(found: Found, wish: Wish, lookup: Lookup) -> Found:
    """Without what comes in no bottle, when all are of one name: "2 flessen cola zero" are no packs of six cans."""
    bare = {bare_name(hit.name) for hit in found.hits}
    if len(bare) > 1 or not wish.quantity or wish.quantity.word != "fles":
        return found  # "2 blikjes" may well be two out of a pack of six
    kept = tuple(hit for hit in found.hits if not is_other_pack(lookup.product(hit.product), wish.quantity))
    return Found("choose", kept) if kept else found


def _is_told_by_pack(wish: Wish) -> bool:
    """Whether such a pack was said as only one sort comes in: "een net uien" are no red ones sold by the piece."""
    return wish.quantity is not None and wish.quantity.word in _OF_ONE_SORT


def _fitting(near: Sequence[Hit], wish: Wish, lookup: Lookup) -> list[Hit]:
    """Those that hold just what was said, else those that come in such a pack: "doosje van 6 eieren" is not any box."""
    holding = [hit for hit in near if holds(lookup.product(hit.product), wish.quantity, wish.second)]
    return holding or [hit for hit in near if _is_packed_so(lookup.product(hit.product), wish)]


def _noted(hits: Sequence[Hit], wish: Wish, notes: Sequence[str], lookup: Lookup) -> list[Hit]:
    """Those whose name holds what was said beside the thing: "pindakaas met stukjes", "luiers maat 4"."""
    beside = [note.split() for note in notes if note.startswith(("met ", "zonder "))]
    told = {noun_of(plain(word)) for note in beside for word in note} - _SMALL
    told |= {word for unit in wish.units for word in unit.text.split() if word.isdecimal()}
    if not told:
        return []
    holding = [hit for hit in hits if told <= {noun_of(word) for word in name_words(lookup.product(hit.product).name)}]
    return holding if len(holding) < len(hits) else []


def _told_apart(hits: Sequence[Hit], wish: Wish, said: str, lookup: Lookup) -> list[Hit]:
    """The one of several that bears a small word which no other bears: "rookworst fijn", "grote appeltaart"."""
    names = {hit.product: {noun_of(word) for word in name_words(lookup.product(hit.product).name)} for hit in hits}
    asked = {noun_of(word) for unit in wish.units if not unit.soft for word in name_words(unit.text)}
    meant = _MEASURED.sub(" ", _PARTLY.sub(" ", _NEGATED.sub(" ", plain(said.lower()))))  # "maar niet te oud" is no old cheese
    small = {noun_of(word) for word in name_words(meant) if word in lexicon.describing() or word in lexicon.soft()}
    owners = [[one for one, words in names.items() if word in words] for word in small - asked]
    single = {one[0] for one in owners if len(one) == 1}
    return [hit for hit in hits if hit.product in single] if len(hits) > 1 and len(single) == 1 else []


def _even(found: Found, plain_ones: Sequence[Hit], wish: Wish, lookup: Lookup) -> Found:
    """Those of which packs come out even first, when not all do: "2 liter melk" are two of a litre, not of one and a half.

    Of boxes the largest that may be filled, when only those come out: "20 eieren" are two of ten and not of six; "12" is asked.
    """
    quantity = wish.quantity or wish.second
    if not quantity or quantity.amount is None or quantity.vague or quantity.unit not in ("", "piece", "g", "ml"):
        return found
    even = [hit for hit in plain_ones if _comes_out(lookup.product(hit.product), wish)]
    if not even or len(even) == len(plain_ones):
        return found
    loose = any(lookup.product(hit.product).by_weight for hit in found.hits[:_OFFERED])  # "2 ons zalm" may be weighed out
    boxed = quantity.unit in ("", "piece") and _is_largest(even[0], plain_ones, quantity, lookup)
    if len(even) == 1 and (boxed or quantity.unit in ("g", "ml")) and not loose:
        return Found("clear", tuple(even))
    return Found("choose", (*even, *(hit for hit in found.hits if hit not in even)))


def _is_largest(hit: Hit, hits: Sequence[Hit], quantity: Quantity, lookup: Lookup) -> bool:
    """Whether it is a box of several, and no other box of those that so many fill holds more."""
    held = {one.product: lookup.product(one.product).contents for one in hits}
    sizes = {one: contents.amount for one, contents in held.items() if contents and contents.unit == "piece"}
    filled = [size for size in sizes.values() if quantity.amount and size <= quantity.amount]
    return len(sizes) == len(hits) and 1 < sizes[hit.product] == max(filled, default=0)


def _comes_out(product: Product, wish: Wish) -> bool:
    words = " ".join(unit.text for unit in wish.units)
    return product.by_weight or measure(product, wish.quantity, wish.second, words).asks is None


def _may_be_loose(products: Sequence[Product], wish: Wish) -> bool:
    """Whether as much may be weighed out or counted out as well: "5 kilo aardappelen", "5 krentenbollen"."""
    if _packs_said(wish) or not wish.quantity:
        return False
    if wish.quantity.unit == "g":
        return any(one.by_weight for one in products)
    single = [one for one in products if not one.by_weight and (one.contents is None or one.contents.amount == 1)]
    return wish.quantity.unit in ("", "piece") and bool(single) and wish.quantity.amount != 1


def _is_packed_alike(hit: Hit, near: Sequence[Hit], wish: Wish, lookup: Lookup) -> bool:
    """Whether only the pack told them apart, and the others come in such a pack as well."""
    if holds(lookup.product(hit.product), wish.quantity, wish.second) or (wish.quantity and wish.quantity.word in LARGE):
        return False
    return may_be_unnamed([lookup.product(other.product) for other in near if other is not hit])


def _packs_said(wish: Wish) -> bool:
    """Whether a pack was named ("een zak van 5 kilo"); "5 kilo aardappels" may as well be weighed out."""
    return any(one is not None and one.unit == "pack" for one in (wish.quantity, wish.second))


def _is_packed_so(product: Product, wish: Wish) -> bool:
    word = wish.quantity.word if wish.quantity else ""
    return bool(word) and bears_pack(product.name, (word, word.removesuffix("je")))
