"""Changes said in the same message as the order: "4 tompoezen ... doe er maar 3 van" changes what was just said.

What lies in the basket is changed by the conversation; what was said a moment ago is changed here, so that a message with
second thoughts gives the lines that were meant in the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.amounts import measure
from catalog.reading.basket_words import in_basket
from catalog.reading.change_said import first_quantity
from catalog.reading.doubt import doubted
from catalog.reading.lines import with_amount
from catalog.reading.list_places import FIRST_SAID
from catalog.reading.lookup import Lookup, of_one_shelf
from catalog.reading.nouns import bare_name, is_adjective
from catalog.reading.options import settle_options
from catalog.reading.result import BasketLine, Line
from catalog.square import Product

_OF_BEFORE = frozenset(("ipv", "plaats", "inplaats", "plek", "vervang", "vervangen", "ruil", "wissel", "verander", "wijzig"))
_REMEMBERED = 12  # lines; who goes back further than that names the product


def said_so_far(lines: Sequence[Line]) -> list[BasketLine]:
    """The products of this message as if they lay in the basket: what a change may be about."""
    return [
        BasketLine(FIRST_SAID + at, line.product, line.amount or 1, line.words)
        for at, line in enumerate(lines[-_REMEMBERED:])
        if line.op == "add" and line.product
    ]


def with_change(lines: Sequence[Line], change: Line, lookup: Lookup) -> list[Line]:
    """The lines of a message after this change: applied to what was said in it, else added for the basket.

    A removal that is about nothing in the basket nor in the message is dropped: "geen toastjes, die heb ik nog".
    """
    if change.op == "remove" and change.target and any(one.op == "replace" and one.target == change.target for one in lines):
        return list(lines)  # "het moeten die met zalm zijn, niet die met kip"
    at = _place(lines, change, lookup)
    if at >= 0 and change.op == "remove":
        return [*lines[:at], *lines[at + 1 :]]
    if at >= 0 and change.op == "set" and change.amount is not None:
        return [*lines[:at], replace(lines[at], amount=change.amount, unit=change.unit, asks=change.asks), *lines[at + 1 :]]
    if at >= 0 and change.op in ("more", "less") and change.amount is not None and change.unit == lines[at].unit:
        amount = (lines[at].amount or 0) + (change.amount if change.op == "more" else -change.amount)
        return [*lines[:at], *([replace(lines[at], amount=amount)] if amount > 0 else []), *lines[at + 1 :]]
    if at >= 0 and change.op == "replace":
        return [*lines[:at], replace(change, op="add", target=None), *lines[at + 1 :]]
    if change.op == "remove" and not _is_in_basket(change, lookup):
        of_basket = lookup.basket and change.target == "last" and all(line.op != "add" for line in lines)
        return [*lines, change] if of_basket or (lookup.basket and not lines) else list(lines)
    if change.op == "replace" and not lookup.basket:
        new = replace(change, op="add", target=None)  # "liever een bloemkool dan broccoli" orders, "ipv" speaks of what was
        return [*doubted(lines), *(doubted([new]) if _OF_BEFORE & set(change.said.lower().split()) else [new])]
    return [*lines, change]


def set_in_basket(line: Line, lookup: Lookup) -> Line:
    """ "nee wacht, 2 bloemkolen": of what lies in the basket it is the amount that it must be."""
    inside = any(one.product_id == line.product for one in lookup.basket)
    return replace(line, op="set", target=line.product) if inside and line.op == "add" and line.amount else line


def more_of(line: Line, lookup: Lookup) -> Line:
    """ "nog een doosje eieren en een kilo uien extra": of the kinds it may be, more of the one that lies in the basket."""
    inside = in_basket(line.words, lookup) if line.op == "add" and not line.refused else None
    if inside is None or inside.product_id not in (line.product, *line.candidates):
        return line
    product = lookup.product(inside.product_id)
    more = replace(line, op="more", target=product.id, product=product.id, candidates=(product.id,))
    return more if line.product else with_amount(more, measure(product, first_quantity(line.said), None, line.words))


def instead_of_kin(line: Line, lookup: Lookup) -> Line:
    """ "toch maar volle melk" where half-fat milk lies in the basket: in its place."""
    about = [line.product] if line.product else line.candidates
    if line.op != "add" or not about:
        return line
    kin = [one for one in lookup.basket if all(_is_kin(one.product_id, other, lookup) for other in about)]
    if len(kin) != 1 or kin[0].product_id in about:
        return line
    as_many = line.amount == 1 and line.unit == "piece" and not first_quantity(line.said)
    return replace(line, op="replace", target=kin[0].product_id, amount=kin[0].amount if as_many else line.amount)


def _is_kin(one: str, other: str, lookup: Lookup) -> bool:
    """Whether two products are kinds of one thing: "Volle melk" and "Halfvolle melk"."""
    first, second = lookup.product(one), lookup.product(other)
    shared = {word for word in bare_name(first.name) & bare_name(second.name) if not is_adjective(word)}
    return of_one_shelf(first, second) and bool(shared)


def is_instead(old: Line, new: Line, lookup: Lookup) -> bool:
    """Whether what is said now takes the place of what was said: the same product, or one of its kind from the same shop."""
    about = [new.product] if new.product else list(new.candidates[:3])
    before = [old.product] if old.product else list(old.candidates[:3])
    if not about or not before:
        return False
    if set(about) & set(before):
        return True
    return of_one_shelf(lookup.product(about[0]), lookup.product(before[0]))


def told_otherwise(line: Line, told: Sequence[str], product: Product | None) -> Line | None:
    """The line with how it must be told anew in the place of what was told last; None when that says nothing of it."""
    options, note = settle_options(product, told)
    notes = line.note.split(", ") if line.note else []
    if not options and line.options and not line.note:
        return None  # it may be another kind
    if options:
        return replace(line, options=(*line.options[:-1], *options), note=", ".join(notes))
    return replace(line, note=", ".join([*notes[:-1], note])) if note else None


def last_meant(lines: Sequence[Line]) -> list[Line]:
    """ "..., twee rollen pepermunt, een pakje pepermunt bedoel ik": puts right what came just before it, and nothing else."""
    *rest, old, new = lines
    same = bool(new.product) and old.op == new.op and new.product in (old.product, *old.candidates)
    return [*rest, new] if same else [*rest, *doubted([old, new])]


def _place(lines: Sequence[Line], change: Line, lookup: Lookup) -> int:
    """The line of this message that a change is about; -1 when it is about the basket."""
    if _is_in_basket(change, lookup):
        return -1
    own = [at for at, line in enumerate(lines) if line.op == "add"]
    if change.target == "last":
        return own[-1] if own and change.op in ("remove", "more", "less") else -1
    about = {change.target, *(change.candidates if change.op == "remove" else ())}
    return next((at for at in reversed(own) if lines[at].product in about), -1)


def _is_in_basket(change: Line, lookup: Lookup) -> bool:
    if change.target == "last" or str(change.target).startswith("#"):
        return bool(lookup.basket) and change.target != "last"
    return any(line.product_id == change.target for line in lookup.basket)


__all__ = [
    "instead_of_kin",
    "is_instead",
    "last_meant",
    "more_of",
    "said_so_far",
    "set_in_basket",
    "told_otherwise",
    "with_change",
]
