"""What was heard of the basket, held against what most likely was meant (likely.py): asked where the two disagree.

People tell changes in more ways than any list of them holds. What the rules did not hear is asked when it is likely, and what
they heard is asked when it is not. Nothing goes in or out by likelihood alone; only an amount is taken as what must lie there
when that is all but sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalog.reading.change_said import counted, first_quantity, is_counted
from catalog.reading.likely import Happening, Heard, Named, named_things
from catalog.reading.lookup import Lookup
from catalog.reading.options import settle_options
from catalog.reading.pointing import or_more
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import Line
from catalog.reading.tokens import lowers, tokenize
from catalog.reading.wish import only_article
from catalog.reading.wishes import cut
from catalog.reading.words import plain

_LIKELY = 0.6  # what no rule heard is asked
_AS_HEARD, _HARDLY = 0.3, 0.2  # less than this, and what was heard is asked: what goes out or comes; what changes
_SURELY = 0.9  # of what nobody had learned from, 57 of 58 such amounts were what must lie there
_DENYING = frozenset(("niet", "geen", "nie", "hoeft"))
_Odds = Mapping[Happening, float]


def perhaps_changed(heard: Heard, text: str, lookup: Lookup) -> list[Line]:
    """The lines, with those asked that probably mean something else, and with what probably changes beside them.

    ``text``: the whole message. Nothing is altered when the basket is empty.
    """
    named = named_things(text, lookup) if lookup.basket else {}
    odds = {one: thing.odds(heard) for one, thing in named.items() if one not in heard.stays}
    lines = [_pointed_back(line, heard.lines, list(named), lookup) for line in heard.lines]
    kept = [held for line in lines for held in _held(line, named, odds, lookup)]
    about = {one for line in kept for one in (line.target, line.product, *line.candidates)}
    taken = {word for line in heard.lines for word in line.words.split()}  # "uien" are not the stew with onions that lies there
    silent = [one for one in odds if one not in about and named[one].word not in taken]
    return [*kept, *(line for one in silent for line in _unheard(named[one], odds[one], lookup))]


def _pointed_back(line: Line, lines: Sequence[Line], named: Sequence[str], lookup: Lookup) -> Line:
    """ "is de rookworst genoeg voor vier? doe er nog een bij": of what was named, and not of what was put in last."""
    if line.target != "last" or line.op not in ("set", "more", "less") or len(named) != 1:
        return line
    one = named[0]
    if any(one in (other.product, other.target, *other.candidates) for other in lines):
        return line
    meant = replace(line, product=one, target=one, candidates=(one,), asks=None)
    return counted(meant, first_quantity(line.said), lookup)


def _held(line: Line, named: Mapping[str, Named], odds: Mapping[str, _Odds], lookup: Lookup) -> list[Line]:
    """A line as it was heard, asked, or gone, by how likely it is."""
    meant = line.target or line.product or (line.candidates[0] if len(line.candidates) == 1 else "")
    one = named.get(meant) if meant in odds else None
    if one is None or line.refused:
        return [line]
    if line.op == "replace":
        return _replaced(line, one, odds[meant], lookup)
    if line.op == "remove":
        return [line if line.asks or odds[meant]["out"] >= _AS_HEARD else _asked_out(one, lookup)]
    return [_set(line, one, odds[meant], lookup)] if line.op in ("set", "less") else _added(line, one, odds[meant], lookup)


def _replaced(line: Line, one: Named, odds: _Odds, lookup: Lookup) -> list[Line]:
    """ "zitten er pinda's in de gado gado?" exchanges nothing, nor does "de boerenkool moet wel gesneden"."""
    if odds["how"] >= _LIKELY and (how := list(_said_how(one, lookup))):
        return how
    if odds["out"] + odds["set"] >= _HARDLY:
        return [line]
    return [] if odds["stays"] >= _LIKELY else [replace(line, product=None, asks="which")]


def _set(line: Line, one: Named, odds: _Odds, lookup: Lookup) -> Line:
    if odds["out"] >= _LIKELY and line.amount is None and not line.kept:
        return _asked_out(one, lookup)
    if line.amount is None or odds["set"] + odds["how"] >= _HARDLY:
        return line
    return or_more(line, lookup) if odds["more"] >= _LIKELY else replace(line, amount=None, unit=None, asks="amount")


def _added(line: Line, one: Named, odds: _Odds, lookup: Lookup) -> list[Line]:
    """What is ordered while it lies in the basket already."""
    if odds["more"] >= _AS_HEARD or _is_apart(line, odds):
        return [line]
    if odds["out"] >= _LIKELY:
        return [_asked_out(one, lookup)]
    if odds["how"] >= _LIKELY and line.kept and not is_counted(line):
        return [replace(line, op="set", product=one.product_id, target=one.product_id, amount=None, unit=None, asks=None)]
    if odds["stays"] >= _LIKELY and line.product and not is_counted(line):
        return []
    meant = one.product_id
    changed = replace(line, op="set", product=meant, target=meant, candidates=(meant,), asks=None)
    if line.amount is None:
        return [replace(changed, asks="amount")]
    sure = odds["set"] >= _SURELY and line.amount != lookup.amount_inside(one.product_id)
    return [changed if sure else or_more(changed, lookup)]


def _is_apart(line: Line, odds: _Odds) -> bool:
    """ "4 krentenbollen zonder suiker" beside four others: counted, and said how."""
    return bool(line.kept) and is_counted(line) and odds["set"] < _SURELY


def _asked_out(one: Named, lookup: Lookup) -> Line:
    return replace(_base(one, lookup), op="remove", asks="which")


def _base(one: Named, lookup: Lookup) -> Line:
    product = lookup.product(one.product_id)
    return Line(one.said, plain(product.name.lower()), None, (product.id,), target=product.id)


def _unheard(one: Named, odds: _Odds, lookup: Lookup) -> Iterator[Line]:
    """What probably changes though no rule heard it."""
    if odds["out"] >= _LIKELY:
        yield _asked_out(one, lookup)
    elif odds["set"] >= _LIKELY:
        changed = replace(_base(one, lookup), op="set", product=one.product_id)
        amount = _only_amount(one.said) if odds["set"] >= _SURELY else None
        yield counted(changed, amount, lookup) if amount else replace(changed, asks="amount")
    elif odds["more"] >= _LIKELY:
        yield replace(_base(one, lookup), op="more", product=one.product_id, asks="amount")
    elif odds["how"] >= _LIKELY:
        yield from _said_how(one, lookup)


def _said_how(one: Named, lookup: Lookup) -> Iterator[Line]:
    """ "en dun gesneden, die achterham": how its sentence says that it must be."""
    product = lookup.product(one.product_id)
    wishes = cut(tokenize(one.said), lookup.shelf.names).wishes
    named = [unit.text for wish in wishes for unit in wish.units if settle_options(product, [unit.text])[0]]
    if _DENYING & set(map(plain, lowers(one.said))):
        named = []  # "hoeft niet gesneden"
    notes = (re.sub(rf"\b(?:(?:de|het|die|dat) )?{re.escape(one.word)}\b", "", note) for wish in wishes for note in wish.notes)
    options, note = settle_options(product, [*named, *filter(None, map(str.strip, notes))])
    if options or note:
        yield replace(_base(one, lookup), op="set", product=product.id, options=options, note=note)


def _only_amount(said: str) -> Quantity | None:
    """The amount in a sentence when it holds just one."""
    raw, found, at = lowers(said), [], 0
    while at < len(raw):
        quantity = read_quantity(raw, at)
        if quantity and quantity.amount and not only_article(quantity):
            found.append(quantity)
        at += quantity.used if quantity else 1
    return found[0] if len(found) == 1 and not found[0].vague else None


__all__ = ["perhaps_changed"]
