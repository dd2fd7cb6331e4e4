"""Something in the basket named again with an amount: "de havermelk drie", "chrysanten twee bossen", "wel 2 komkommers".

Who points at it, or names it first and then counts, says how much it must be; "nog" and "erbij" say how much comes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from catalog.reading.basket_words import in_basket
from catalog.reading.change_said import counted
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.of_shelf import is_counted
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import Line
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, Wish, words_said
from catalog.reading.words import plain

_PARTING = COMMAS | {"en", "maar", ":", ".", "!"}
_TOTAL = frozenset(("totaal", "samen", "elkaar"))
_AROUND_TOTAL = _TOTAL | frozenset(
    ("dus", "dan", "dat", "is", "zijn", "worden", "wordt", "het", "er", "in", "bij", "maakt", "komt", "op", "nu", "heb", "ik",
     "we", "hebben", "graag", ",")
)  # fmt: skip
_POINTERS = frozenset(("de", "het", "die", "dat", "deze", "dit", "mijn", "onze", "m'n", "'t", "t"))


class Pointed(Enum):
    """How surely an amount is what something in the basket must come to."""

    NOT = 0
    WHEN_REST_STAYS = 1  # when it is said that all else stays as it was
    WHEN_ALL_IS = 2  # when the message changes something, or all that it orders lies there; else it is asked
    SURELY = 3


def pointed(wish: Wish, tokens: Sequence[Token], lookup: Lookup) -> Pointed:
    """Whether this wish only says how much of something in the basket it must be."""
    if not lookup.basket or not wish.units or not is_counted(wish) or wish.more or wish.nothing or wish.second:
        return Pointed.NOT
    assert wish.quantity
    if wish.quantity.said.startswith("van") or wish.quantity.unit in ("euro", "person"):
        return Pointed.NOT
    words, first = _stretch(wish, tokens)
    if words_of("changes", "adding") & set(words):
        return Pointed.NOT
    counted_first = not wish.behind and not wish.anew
    if {"totaal", "samen"} & set(words) or (counted_first and words[: first + 1].count("wel") and _is_wel(words)):
        return Pointed.SURELY
    if counted_first:
        return Pointed.WHEN_REST_STAYS
    return Pointed.SURELY if first and words[first - 1] in _POINTERS else Pointed.WHEN_ALL_IS


def _is_wel(words: Sequence[str]) -> bool:
    """ "geen suiker, wel 2 komkommers"; not "doe er wel een zakje bij"."""
    return words[0] == "wel" or tuple(words[:2]) == ("maar", "wel")


def _stretch(wish: Wish, tokens: Sequence[Token]) -> tuple[list[str], int]:
    """The plain words between the marks around a wish, and where in them its goods begin."""
    goods = wish.units[0].tokens[0].start
    inside = [at for at, token in enumerate(tokens) if wish.start <= token.start < wish.end]
    begin, end = (inside[0], inside[-1] + 1) if inside else (0, 0)
    while begin and tokens[begin - 1].lower not in _PARTING:
        begin -= 1
    while end < len(tokens) and tokens[end].lower not in _PARTING:
        end += 1
    words = [plain(token.lower) for token in tokens[begin:end]]
    return words, next((at for at, token in enumerate(tokens[begin:end]) if token.start == goods), 0)


def as_much_as(line: Line, wish: Wish, lookup: Lookup) -> Line | None:
    """The line as the amount that something in the basket must come to; None when no one thing there is meant."""
    inside = in_basket(words_said(wish.units), lookup)
    if line.op != "add" or line.refused or inside is None or (line.product and line.product != inside.product_id):
        return None
    one = inside.product_id
    return counted(replace(line, op="set", target=one, product=one, candidates=(one,)), wish.quantity, lookup)


def or_more(line: Line, lookup: Lookup) -> Line:
    """ "rookworst 2 en een brood", and a sausage lies in the basket: two in all or two more, that is asked."""
    inside = next((one for one in lookup.basket if one.product_id == line.product), None)
    if inside is None or line.amount is None:
        return line
    return replace(line, amount=None, unit=None, asks="amount", low=line.amount, high=line.amount + inside.amount)


def total(words: Sequence[str]) -> Quantity | None:
    """ "(dus) 2 in totaal", "samen 3 stuks": how much it comes to, when these plain words say nothing else."""
    said = [word for word in words if word not in _AROUND_TOTAL]
    quantity = read_quantity(said) if said and _TOTAL & set(words) else None
    return quantity if quantity and quantity.used == len(said) and quantity.amount else None


def comes_to(line: Line, quantity: Quantity, lookup: Lookup) -> Line | None:
    """ "nog 1 potje honing, dus totaal 2": so much more of something in the basket as what it must come to."""
    one = line.product
    inside = line.op in ("add", "more") and any(each.product_id == one for each in lookup.basket)
    return counted(replace(line, op="set", target=one, candidates=(one,)), quantity, lookup) if one and inside else None


def apart(line: Line, lookup: Lookup) -> list[Line]:
    """ "geen slagroomtaart maar wel 2 appeltaarten", and both lie in the basket: one goes out, of the other there must be 2."""
    said, one = line.said.lower().split(), line.product
    inside = any(each.product_id == one for each in lookup.basket)
    if line.op != "replace" or not (one and inside and "wel" in said and {"geen", "niet"} & set(said)):
        return [line]
    out = replace(
        line, op="remove", product=line.target, candidates=(line.target or "",), amount=None, unit=None, options=(), note=""
    )
    return [out, replace(line, op="set", target=one)]


__all__ = ["Pointed", "apart", "as_much_as", "comes_to", "or_more", "pointed", "total"]
