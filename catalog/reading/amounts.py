"""An amount as said, turned into what a product is sold by: grams for weighed goods, pieces and packs for the rest.

Two litres of a one-litre pack are two packs; ten eggs are one box of ten. What does not come out even is asked, never rounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import name_words, noun_of
from catalog.reading.quantities import Quantity
from catalog.reading.result import Asks, Unit
from catalog.reading.words import table
from catalog.square import Product, SoldBy

_MANY, _MANY_TO_EAT, _FEW = 16, 40, 5  # "2 tissues" are two packs of a hundred, "2 eierkoeken" may be two of the six in a pack
_LEAST_GRAMS = 100
_BAG, _SEVERAL = 500, 3  # grams of a bag; "2 uien" on a list may well be two of them
_MOST_PACKS = 24  # "24 x 33 cl"; a larger number beside a weight counts no packs
_MOST_GRAMS = 15_000  # reckoned from pieces; nobody in a village orders as much of one thing by the piece
_TIMES = frozenset(table("units")["times"]["marks"])
_FOOD = 9  # per cent: the low rate of VAT
_FOR_EACH = re.compile(r"\b(?:per persoon|per pers|p\.p|pp|p\.pers)\b")
_PLURALS = ("en", "s", "eren")


@dataclass(frozen=True, slots=True)
class Amount:
    """Grams or pieces, or None with what to ask; see :class:`catalog.reading.result.Line` for the fields."""

    amount: int | None = None
    unit: Unit | None = None
    about: bool = False
    asks: Asks | None = None
    low: int | None = None
    high: int | None = None
    money_cents: int | None = None
    persons: int | None = None


UNSAID = Amount()


def measure(product: Product, first: Quantity | None, second: Quantity | None = None, words: str = "") -> Amount:
    """The amount of ``product`` that was said. ``first`` stood before the words, ``second`` behind them."""
    if first and second:
        return _two(product, first, second, words)
    return _one(product, first or second, words)


def said_only(first: Quantity | None, second: Quantity | None = None) -> Amount:
    """The amount in its own right, while the product is not known: grams when weight was said, else the count."""
    quantity = second if second and second.unit == "g" and (not first or first.unit in ("", "piece")) else first or second
    if not quantity:
        return UNSAID
    if quantity is second and first and not second.together and first.amount and first.amount.denominator == 1:
        quantity = replace(second, times=int(first.amount))  # "drie schnitzels van 150 gram"
    if quantity.unit == "euro":
        return Amount(asks="amount", money_cents=_cents(quantity))
    if quantity.unit == "person":
        return Amount(asks="amount", persons=_whole(quantity.amount))
    if quantity.vague or quantity.amount is None or quantity.to or quantity.unit in ("ml", "slice"):
        return Amount(asks="amount")
    amount = _whole(quantity.amount * (quantity.times or 1))
    return Amount(amount, "g" if quantity.unit == "g" else "piece", quantity.about) if amount else Amount(asks="amount")


def common(amounts: Sequence[Amount]) -> Amount:
    """What holds for each of several products: the amount when all agree, else nothing."""
    if amounts and all((one.amount, one.unit) == (amounts[0].amount, amounts[0].unit) for one in amounts):
        return replace(amounts[0], asks=None)
    return UNSAID


def holds(product: Product, first: Quantity | None, second: Quantity | None = None) -> bool:
    """Whether one pack of this product holds exactly what was said ("een liter", "tien eieren", "zak van 5 kilo")."""
    contents = product.contents
    if contents is None or product.by_weight:
        return False
    for quantity in (first, second):
        if quantity and quantity.amount is not None and not quantity.to:
            counted = quantity.unit in ("", "piece", "slice") or _is_inside(product, quantity)
            unit = "piece" if counted else quantity.unit
            if unit == contents.unit and quantity.amount in (contents.amount, Fraction(contents.amount, contents.inner)):
                return True
    return False


def _one(product: Product, quantity: Quantity | None, words: str) -> Amount:
    if quantity is None:
        return Amount(asks="amount") if product.by_weight else Amount(1, "piece")
    if quantity.unit == "euro":
        return _for_money(product, quantity)
    if quantity.unit == "person":
        return _for_persons(product, _whole(quantity.amount))
    if quantity.vague or quantity.amount is None:
        return _vague(product)
    return _weighed(product, quantity, words) if product.by_weight else _counted(product, quantity, words)


def _two(product: Product, first: Quantity, second: Quantity, words: str) -> Amount:
    """ "2 zakken aardappelen van 5 kilo", "een stuk kaas van 500 gram", "5 euro kersen voor 4 personen"."""
    if second.unit == "person":
        return replace(_one(product, first, words), persons=_whole(second.amount))
    if second.unit == "euro":
        weighed = first.unit in ("g", "ml")
        return replace(_one(product, first, words), money_cents=_cents(second)) if weighed else _for_money(product, second)
    if first.unit in ("g", "ml") and second.unit in ("", "piece", "pack"):
        first, second = second, first
    if first.amount is not None and first.amount > _MOST_PACKS and first.unit in ("", "piece"):
        return Amount(asks="amount")  # "3 ons ham, doe maar 250"
    if second.together or _says_the_same(first, second):
        return _one(product, second, words)  # "2 sukadelappen van samen 6 ons"
    if second.unit in ("g", "ml") and first.amount is not None and first.amount.denominator == 1 and first.unit != second.unit:
        return _one(product, replace(second, times=int(first.amount), about=first.about or second.about), words)
    if first.times and second.unit == "" and second.amount and second.amount.denominator == 1:
        return _one(product, replace(first, times=first.times * int(second.amount)), words)  # "doosje van 6 (2)"
    if second.times and second.amount and second.unit in ("", "piece", "pack"):  # "20 eieren, 2 doosjes van 10"
        agrees = first.amount in (second.amount * second.times, second.times)
        return _packs_of(product, second.times, replace(second, times=None)) if agrees else Amount(asks="amount")
    if second.unit in ("", "piece") and first.amount is not None and first.amount.denominator == 1:
        return _packs_of(product, int(first.amount), second)
    return Amount(asks="amount")


def _says_the_same(first: Quantity, second: Quantity) -> bool:
    """ "2 ons grillworst, die met kaas, 2 ons", "mosselen 4 kilo, dus 4 bakken van een kilo"."""
    if first.times or first.vague or second.vague or first.amount is None or second.amount is None or first.unit != second.unit:
        return False
    return first.unit in ("g", "ml") and first.amount == second.amount * (second.times or 1)


def _packs_of(product: Product, packs: int, inside: Quantity) -> Amount:
    """ "2 dozen eieren van 10": packs of just that many, else ask."""
    contents = product.contents
    held = contents.amount if contents and contents.unit == "piece" and not product.by_weight else 0
    fits = held > 0 and inside.amount in (held, held * packs)  # also "3 dozen bitterballen (60 stuks)"
    return Amount(packs, "piece") if fits else Amount(asks="amount")


# Weighed goods


def _weighed(product: Product, quantity: Quantity, words: str) -> Amount:
    assert quantity.amount is not None
    times = quantity.times or 1
    if quantity.unit == "g":
        return _range_or(quantity, times, "g")
    if quantity.unit == "ml" or quantity.unit == "half":
        return Amount(asks="amount")
    count = quantity.amount * times
    each = product.contents.amount if product.contents and product.contents.unit == "g" else None
    if _is_in_grams(quantity, each, words):
        return Amount(int(count), "g", quantity.about)
    if quantity.unit in ("slice", "pack", "bunch") or quantity.word == "stuk" or each is None or count.denominator != 1:
        return Amount(asks="amount" if count == 1 else "pieces_or_weight")
    if quantity.to:
        return Amount(asks="amount", low=int(count * each), high=int(quantity.to * times * each))
    grams = int(count) * each
    return Amount(grams, "g", True) if grams <= _MOST_GRAMS else Amount(asks="pieces_or_weight")


def _is_in_grams(quantity: Quantity, each: int | None, words: str) -> bool:
    """ "rundergehakt 500": round hundreds of what is weighed are grams, unless it says pieces: "100 bananen"."""
    if quantity.amount is None or quantity.unit or quantity.times or quantity.to:
        return False
    return quantity.amount >= _LEAST_GRAMS and quantity.amount % 25 == 0 and not (each and is_plural(words))


def _range_or(quantity: Quantity, times: int, unit: Unit) -> Amount:
    assert quantity.amount is not None
    amount = _whole(quantity.amount * times)
    if quantity.to:
        return Amount(asks="amount", low=amount, high=_whole(quantity.to * times), about=quantity.about)
    return Amount(amount, unit, quantity.about) if amount else Amount(asks="amount")


def _for_money(product: Product, quantity: Quantity) -> Amount:
    """Grams for the money, to the nearest ten; how many pieces fit is asked."""
    cents = _cents(quantity)
    if not cents or product.price_cents <= 0:
        return Amount(asks="amount", money_cents=cents)
    if product.by_weight:
        return Amount(max(10, round(cents * 100 / product.price_cents) * 10), "g", True, money_cents=cents)
    pieces = cents // product.price_cents
    return Amount(asks="amount", low=pieces or None, high=pieces + 1, money_cents=cents)


def _for_persons(product: Product, persons: int | None) -> Amount:
    """As many as there are to eat it, of what is sold for each of them: "Gourmetschotel per persoon"; else asked."""
    each = persons and not product.by_weight and not product.contents and _FOR_EACH.search(product.name.lower())
    return Amount(persons, "piece", persons=persons) if each else Amount(asks="amount", persons=persons)


def _vague(product: Product) -> Amount:
    """ "een paar": named but not counted; offer the usual span where it can be counted."""
    if not product.by_weight:
        return Amount(asks="amount", low=2, high=4)
    each = product.contents.amount if product.contents and product.contents.unit == "g" else None
    return Amount(asks="amount", low=2 * each, high=4 * each) if each else Amount(asks="amount")


# Pieces and packs


def _counted(product: Product, quantity: Quantity, words: str) -> Amount:
    assert quantity.amount is not None
    if quantity.unit in ("g", "ml"):
        return _by_content(product, quantity)
    if quantity.unit == "half" or quantity.amount.denominator != 1:
        return Amount(asks="amount", low=int(quantity.amount) or None, high=int(quantity.amount) + 1)
    if quantity.unit == "slice":
        return _of_slices(product, quantity)
    if quantity.unit == "pack" and _names_inner(product, quantity.word):
        assert product.contents is not None
        return _inner_packs(product.contents.inner, int(quantity.amount * (quantity.times or 1)))
    if _counts_inside(product, quantity, words):
        return _by_content(product, replace(quantity, unit="piece") if quantity.unit == "pack" else quantity)
    if quantity.unit in ("", "piece") and quantity.amount > _FEW and _is_bunch(product) and is_plural(words):
        return Amount(asks="packs")  # "20 tulpen" are not twenty bunches
    if _counts_singles(quantity) and _is_bag_of(product, words):
        return Amount(asks="packs")  # "6 mandarijnen" are not six nets
    if quantity.times and quantity.unit in ("", "piece") and product.sold_by is not SoldBy.PIECE:
        return _by_content(product, quantity) if product.contents else Amount(asks="packs")
    return _range_or(quantity, quantity.times or 1, "piece")


def _of_slices(product: Product, quantity: Quantity) -> Amount:
    if product.contents and product.contents.unit == "piece":
        return _by_content(product, quantity)
    return Amount(asks="packs", high=1)


def _counts_inside(product: Product, quantity: Quantity, words: str) -> bool:
    """Whether the number counts what is in the pack ("tien eieren") and not the packs ("2 toiletpapier")."""
    contents = product.contents
    if contents is None or contents.unit != "piece" or contents.amount == 1 or not _holds_several(product):
        return False
    if _is_inside(product, quantity):
        return True
    if quantity.unit not in ("", "piece"):
        return False
    assert quantity.amount is not None
    if quantity.amount % contents.amount == 0 or quantity.times:
        return True
    if contents.amount >= (_MANY_TO_EAT if product.vat == _FOOD else _MANY) and quantity.amount <= _FEW:
        return False
    plural_name = is_plural(product.name)
    if quantity.amount == 1:
        return plural_name and not is_plural(words)
    return is_plural(words) or quantity.amount > contents.amount  # "3 prei" of two in a pack


def _is_inside(product: Product, quantity: Quantity) -> bool:
    """Whether what is counted is what the pack holds: "8 rollen wc-papier" is one pack of eight."""
    if quantity.unit != "pack" or quantity.word not in words_of("groups", "inside"):
        return False
    names = [["", *name_words(name)] for name in (product.name, *product.synonyms)]
    parts = [(before, part) for name in names for before, part in pairwise(name)]
    # "Vuilniszakken rol 20 st" is one roll, "Toiletpapier 8 rol" eight of them
    return any(
        noun_of(part).endswith(quantity.word) and (part != quantity.word or before.isdecimal()) for before, part in parts
    )


def _names_inner(product: Product, word: str) -> bool:
    """Whether the packs inside are called so: "6 blikjes" of "Cola blikjes 6 x 330 ml", not the tray itself."""
    if not product.contents or product.contents.inner == 1 or word in words_of("groups", "outer"):
        return False
    return any(part.startswith(word) for name in (product.name, *product.synonyms) for part in name_words(name))


def _holds_several(product: Product) -> bool:
    """Whether people count what is inside: a pack, a bunch; not the slices of a cake."""
    return (
        product.sold_by is SoldBy.PACK
        or product.name.lower().startswith(("bos ", "bosje ", "doos "))
        or is_plural(product.name)
    )


def _is_bunch(product: Product) -> bool:
    """Whether it is sold by the bunch or the tray, and nobody said how many are in it."""
    first = next(iter(name_words(product.name)), "")
    return product.contents is None and first in words_of("groups", "packs")


def _counts_singles(quantity: Quantity) -> bool:
    """ "6 mandarijnen", not "6x mandarijnen"."""
    bare = quantity.unit in ("", "piece") and not quantity.times and quantity.said.split()[-1] not in _TIMES
    return bare and quantity.amount is not None and quantity.amount >= _SEVERAL


def _is_bag_of(product: Product, words: str) -> bool:
    """Whether it is a bag, told by its weight, of what people count one by one: onions, apples."""
    contents = product.contents
    heavy = contents is not None and contents.unit == "g" and contents.amount >= _BAG
    singles = words_of("groups", "singles") if heavy and is_plural(words) else ()
    return any(noun_of(word) in singles for word in name_words(words))


def is_plural(words: str) -> bool:
    """Whether what it is stands in the plural; what is counted behind a name ("10 stuks") says nothing."""
    packs = words_of("groups", "packs")
    last = next((word for word in reversed(name_words(words)) if word.isalpha() and word not in packs), "")
    return last.endswith(_PLURALS) and noun_of(last) != last


def _by_content(product: Product, quantity: Quantity) -> Amount:
    """Packs for an amount of what is in them. Grams and millilitres are held equal when they come out even."""
    contents = product.contents
    assert quantity.amount is not None
    unit = "piece" if quantity.unit in ("", "piece", "slice") else quantity.unit
    times = quantity.times or 1
    if contents is None or (contents.unit == "piece") != (unit == "piece"):
        return Amount(times, "piece") if quantity.times else Amount(asks="packs")
    if quantity.times and quantity.amount == Fraction(contents.amount, contents.inner):
        return _inner_packs(contents.inner, times)
    if times > 1 and unit != "piece":
        return Amount(asks="packs", low=times)  # "3 zakjes van 100 gram" are no bag of 300
    packs = quantity.amount * times / contents.amount
    if contents.unit != unit and packs != 1:
        return Amount(asks="packs", low=int(packs) or None, high=int(packs) + 1)  # a litre of what is sold by the gram
    if packs.denominator == 1 and packs >= 1 and not quantity.to:
        return Amount(int(packs), "piece", quantity.about)
    low = int(packs)
    return Amount(asks="packs", low=low or None, high=low + 1)


def _inner_packs(inner: int, times: int) -> Amount:
    """ "2 x 400 ml": so many packs of just that size; of a tray of 24 the count must fill trays."""
    if inner == 1:
        return Amount(times, "piece")
    whole, rest = divmod(times, inner)
    return Amount(whole, "piece") if whole and not rest else Amount(asks="packs", low=whole or None, high=whole + 1)


def _whole(value: Fraction | None) -> int | None:
    return round(value) if value is not None and value >= Fraction(1, 2) else None


def _cents(quantity: Quantity) -> int | None:
    return None if quantity.amount is None else round(quantity.amount * 100 * (quantity.times or 1))
