"""A list without commas that both begins and ends with goods: do its amounts stand before the words or behind them?

"eieren tien karnemelk twee beschuit een rol muisjes" is told by what counts what; when nothing tells, the amounts are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from catalog.reading.amounts import is_plural, measure
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words
from catalog.reading.parts import parts_of
from catalog.reading.quantities import Quantity
from catalog.reading.wish import Unit, Wish, words_said
from catalog.reading.words import plain

_STOOD = 2  # points for an amount that by its form stands behind
_KNOWN = 0.8
_SURE = 2  # points of difference that settle it


def unshifted(wishes: Sequence[Wish], text: str, lookup: Lookup) -> None:
    """Give the amounts of each such run to the words they belong to, or make them unclear."""
    for run in _runs(wishes, text):
        if not all(unit.named or unit.soft or lookup.knows(plain(unit.text)) >= _KNOWN for unit in run[0].units):
            continue  # "in elk geval 2 ons garnalen 3 makrelen"
        said = [wish.quantity for wish in run]
        shifted = [*said[1:], run[-1].second]
        if run[-1].second:  # "appels 6 peren 4": the last amount has no other words
            run[-1].second = None
            _give(run, shifted, behind=True)
            continue
        before, behind = _fit(run, said, 0, lookup), _fit(run, shifted, -1, lookup)
        if abs(behind - before) < _SURE:
            if len(run) > 2 or _may_be_either(run, lookup):
                _give(run, list(map(_either, said, shifted)))
        elif behind > before:
            _give(run, shifted, behind=True)


def _may_be_either(run: Sequence[Wish], lookup: Lookup) -> bool:
    """ "pepernoten 2 zakken chocoladeletters"; not "brood 2 pakken melk", where the first still has to be asked."""
    quantity = run[1].quantity
    if quantity is None or not quantity.amount:
        return False
    packs = quantity.unit == "pack" and quantity.amount > 1
    return _is_stuks(quantity) or (packs and lookup.find(words_said(run[0].units)).verdict == "clear")


def _give(run: Sequence[Wish], amounts: Sequence[Quantity | None], *, behind: bool = False) -> None:
    for wish, quantity in zip(run, amounts, strict=True):
        wish.quantity, wish.behind, wish.anew = quantity, behind, True


def _runs(wishes: Sequence[Wish], text: str) -> list[list[Wish]]:
    """The wishes that stand so: the first without an amount, the others each with one before it, and nothing between them."""
    runs: list[list[Wish]] = []
    for wish in wishes:
        last = runs[-1][-1] if runs else None
        if wish.quantity is None:
            runs.append([wish])
        elif last and not wish.behind and not text[last.end : wish.start].strip() and wish.segment == last.segment:
            runs[-1].append(wish)
        elif runs:
            runs.append([wish])
    runs = [run for run in runs if len(run) > 1 and run[0].quantity is None and all(map(_is_plain, run))]
    return [run for run in runs if _ends_in_goods(run) and not any(wish.second for wish in run[:-1])]


def _is_plain(wish: Wish) -> bool:
    counted = wish.second is not None and not (wish.second.unit in ("", "piece") and wish.second.said[:3] != "van")
    return bool(wish.units) and not (counted or wish.either or wish.nothing or wish.notes)


def _ends_in_goods(run: Sequence[Wish]) -> bool:
    """Not "kaas 500 gram jong belegen"."""
    return not all(is_adjective(unit.text) for unit in run[-1].units)


def _fit(run: Sequence[Wish], amounts: Sequence[Quantity | None], side: int, lookup: Lookup) -> int:
    """How well these amounts suit the goods next to them: the first of each wish (``side`` 0) or the last (-1)."""
    pairs = [(wish, amount) for wish, amount in zip(run, amounts, strict=True) if amount]
    stood = sum(_STOOD * _is_stuks(amount) for _, amount in pairs) if side else 0
    return stood + sum(_agree(parts_of(wish, lookup)[side], amount, lookup) for wish, amount in pairs)


def _is_stuks(quantity: Quantity) -> bool:
    """ "4 stuks" stands behind what it counts: "gehaktballen 4 stuks jus erbij"."""
    return quantity.unit == "piece" and quantity.said.endswith(("stuks", "st", "stk"))


def _agree(units: Sequence[Unit], quantity: Quantity, lookup: Lookup) -> int:
    """1 when amount and word are made for each other ("tien eieren"), -1 when they are not ("500 gram komkommer"), else 0."""
    words = words_said([unit for unit in units if not unit.soft])
    found = lookup.find(words)
    product = lookup.product(found.hits[0].product) if found.verdict == "clear" else None
    if quantity.unit in ("", "piece") and quantity.amount and is_plural(words):
        many = quantity.amount > 1
        return 1 if many else -1 if product and product.by_weight else 0
    names = (product.name, *product.synonyms) if product and quantity.word else ()
    if any(part.startswith(quantity.word) for name in names for part in name_words(name)):
        return 1
    weighed = quantity.unit == "g"
    if product and product.by_weight == weighed:
        return int(weighed)
    return -1 if product and measure(product, quantity, None, words).asks else 0


def _either(one: Quantity | None, other: Quantity | None) -> Quantity | None:
    """What holds both ways; else a span to be asked."""
    said, low, high = one or other, _count(one), _count(other)
    if said is None or (low == high and low):
        return said
    if low and high:
        return replace(
            said, amount=Fraction(min(low, high)), to=Fraction(max(low, high)), said=f"{min(low, high)} a {max(low, high)}"
        )
    return replace(said, amount=None, to=None, vague=True, times=None, said="een paar")


def _count(quantity: Quantity | None) -> int:
    """How many; one when no amount was said, 0 for what is no count."""
    if quantity is None:
        return 1
    whole = quantity.unit in ("", "piece") and quantity.amount and quantity.amount.denominator == 1 and not quantity.to
    return int(quantity.amount or 0) if whole else 0
