"""A whole and its parts: "3 liter vla, 2 vanille en 1 chocola", "12 bolletjes, helft wit helft bruin".

When the parts add up to the whole and each is one of its kinds, they are ordered in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of, stem
from catalog.reading.options import settle_options
from catalog.reading.quantities import Quantity, in_unit_of
from catalog.reading.tokens import tokenize
from catalog.reading.wish import Unit, Wish, only_article, words_said
from catalog.reading.wish_search import search
from catalog.reading.wishes import cut
from catalog.reading.words import plain

_MOST_PARTS = 6
_PLAIN = frozenset(("gewone", "gewoon", "normale", "normaal", "standaard"))
_HALVES = re.compile(
    r"(?:de )?helft (?:van |met |is |in )?(.+?)[ ,]*(?:en )?(?:de )?(?:andere )?helft (?:van |met |is |in )?(.+)"
)
_OF_WHICH = re.compile(r"waarvan (?:er )?(.+)")


def without_total(wishes: Sequence[Wish], lookup: Lookup) -> list[Wish]:
    """The wishes with each whole replaced by its parts, each part with the noun of the whole."""
    wishes = [one for wish in wishes for one in _shared_out(wish, lookup)]
    for at, total in enumerate(wishes):
        if not total.units or not _size(total.quantity) or total.second:
            continue
        for end in range(at + 3, min(len(wishes), at + 1 + _MOST_PARTS) + 1):
            parts = _settled(total, wishes[at + 1 : end], lookup)
            if parts:
                return [*wishes[:at], *parts, *wishes[end:]]
            total.vague = total.vague or _may_be_told(total, wishes[at + 1 : end], lookup)
    return _half_told(wishes)


def _may_be_told(total: Wish, parts: Sequence[Wish], lookup: Lookup) -> bool:
    """Whether they add up, and one of them names nothing by itself: it may be a kind of the whole that is not known here."""
    counted = all(part.quantity and part.quantity.unit == "" and not only_article(part.quantity) for part in parts)
    if not counted or parts[0].segment == total.segment:
        return False  # "3 komkommers en 2 mango's en een bosje munt" only happen to add up
    return bool(_adding_up(total, parts)) and not all(_names_goods(part, lookup) for part in parts)


def _names_goods(part: Wish, lookup: Lookup) -> bool:
    hard = [unit for unit in part.units if not is_adjective(unit.text)]
    return bool(hard) and bool(lookup.find(words_said(part.units)).hits)


def _half_told(wishes: Sequence[Wish]) -> list[Wish]:
    """ "4 haringen, 2 met uitjes": two of the four, or two more; asked."""
    kept: list[Wish] = []
    for wish in wishes:
        whole = kept[-1] if kept else None
        again = whole and [unit.tokens for unit in whole.units] == [unit.tokens for unit in wish.units] and not whole.notes
        if whole and again and wish.notes and 0 < _size(wish.quantity) < _size(whole.quantity):
            low, high = _size(whole.quantity), _size(whole.quantity) + _size(wish.quantity)
            assert wish.quantity is not None
            said = replace(wish.quantity, amount=low, to=high, said=f"{low} a {high}")
            kept[-1] = replace(whole, quantity=said, anew=True, notes=[f"waarvan {wish.quantity.said} {', '.join(wish.notes)}"])
        else:
            kept.append(wish)
    return kept


def _shared_out(wish: Wish, lookup: Lookup) -> list[Wish]:
    """ "4 pakken yoghurt waarvan 2 vol en 2 mager", "20 bolletjes half wit half bruin": one wish that holds its parts."""
    if not wish.quantity or not wish.units:
        return [wish]
    halves = [unit for unit in wish.units[1:] if unit.named and unit.text.startswith("half ")]
    if len(halves) == 2 and wish.units[-2:] == halves and _size(wish.quantity) >= 4:
        whole = replace(wish, units=wish.units[:-2])
        return _settled(whole, _two(whole, [unit.text.removeprefix("half ") for unit in halves], lookup), lookup) or [wish]
    for note in wish.notes:
        whole = replace(wish, notes=[one for one in wish.notes if one != note])
        half, told = _HALVES.fullmatch(note), _OF_WHICH.fullmatch(note)
        parts = _two(whole, half.groups(), lookup) if half else _wishes(told[1], lookup) if told else []
        if len(parts) > 1 and (settled := _settled(whole, parts, lookup)):
            return settled
    return [wish]


def _two(whole: Wish, kinds: Sequence[str], lookup: Lookup) -> list[Wish]:
    assert whole.quantity is not None
    assert whole.quantity.amount is not None
    half = replace(whole.quantity, amount=whole.quantity.amount / 2)
    found = [_wishes(kind, lookup) for kind in kinds]
    return [replace(one[0], quantity=half) for one in found if len(one) == 1 and not one[0].quantity]


def _wishes(said: str, lookup: Lookup) -> list[Wish]:
    return cut(tokenize(said), lookup.shelf.names).wishes


def _settled(total: Wish, parts: Sequence[Wish], lookup: Lookup) -> list[Wish]:
    """The parts as wishes of their own, when they add up and each is a kind of the whole; else none."""
    found = []
    amounts = _adding_up(total, parts)
    for part, amount in zip(parts, amounts, strict=True) if amounts else ():
        kind = _kind(total, part, lookup)
        if not kind:
            return []
        units, notes = kind
        found.append(
            replace(part, units=units, notes=[*total.notes, *notes], quantity=written(amount), anew=True, start=total.start)
        )
    return [replace(one, end=max(total.end, one.end)) for one in found]


def _adding_up(total: Wish, parts: Sequence[Wish]) -> list[Quantity]:
    """The amounts of the parts in the unit of the whole, when these add up to it; else none."""
    said = [part.quantity for part in parts if part.quantity]
    if len(parts) < 2 or not total.quantity or len(said) < len(parts):
        return []
    whole = _size(total.quantity)
    if _size(in_unit_of(said[0], total.quantity)) >= whole:
        return []
    amounts = [in_unit_of(one, total.quantity) for one in said]
    contents = {one.unit if one.unit in ("g", "ml") else "" for one in (*amounts, total.quantity)}
    sizes = list(map(_size, amounts))
    if len(contents) > 1 or not all(sizes) or sum(sizes) != whole:
        return []
    return amounts


def written(amount: Quantity) -> Quantity:
    """The amount with words that read as that amount again."""
    assert amount.amount is not None
    if amount.times or amount.unit not in ("", "piece", "pack", "bunch", "g", "ml"):
        return amount
    unit = {"g": "gram", "ml": "ml", "piece": "stuks"}.get(amount.unit, amount.word)
    return replace(amount, said=f"{float(amount.amount):g} {unit}".strip())


def _kind(total: Wish, part: Wish, lookup: Lookup) -> tuple[list[Unit], list[str]] | None:
    """The words that name this part of the whole, and how it must be; None when it is a thing by itself."""
    own = [replace(unit, soft=False) for unit in part.units]
    if not own or [unit.text for unit in own] == [unit.text for unit in total.units]:
        return (total.units, part.notes) if part.notes else None
    if all(plain(unit.text) in _PLAIN for unit in own):
        return total.units, part.notes  # "6 cola, 4 gewone en 2 zero"
    found, _, _ = search(total, lookup)
    bearing = [hit.product for hit in found.hits if _bears(lookup.product(hit.product).name, own)]
    if found.verdict != "clear" and len(bearing) == 1:
        return [*total.units[:-1], Unit(own[0].tokens, product=bearing[0])], part.notes
    words = [unit.text for unit in own]
    product = lookup.product(found.hits[0].product) if found.verdict == "clear" else None
    if all(unit.soft or (product and settle_options(product, [unit.text])[0]) for unit in part.units):
        return total.units, [*words, *part.notes]
    return _headed(own, part, total.units[-1], lookup)


def _headed(own: list[Unit], part: Wish, head: Unit, lookup: Lookup) -> tuple[list[Unit], list[str]] | None:
    joined = [*own, head]
    if all(is_adjective(unit.text) for unit in own) or lookup.find(words_said(joined)).verdict == "clear":
        return joined, part.notes
    return (own, part.notes) if noun_of(plain(own[-1].text)) == noun_of(plain(head.text)) else None


def _bears(name: str, units: Sequence[Unit]) -> bool:
    said, named = [_bare(plain(unit.text)) for unit in units], [_bare(part) for part in name_words(name)]
    return all(any(part.startswith(word) for part in named) for word in said)


def _bare(word: str) -> str:
    """Rood as rode, geel as gele."""
    return stem(word).replace("oo", "o").replace("ee", "e").replace("aa", "a")


def _size(quantity: Quantity | None) -> Fraction:
    """How much it is, of what can be added up; else 0."""
    if not quantity or quantity.amount is None or quantity.to or quantity.vague:
        return Fraction(0)
    if quantity.unit not in ("", "piece", "pack", "bunch", "g", "ml") or (quantity.times and quantity.unit not in ("g", "ml")):
        return Fraction(0)
    return quantity.amount * quantity.times if quantity.times else quantity.amount
