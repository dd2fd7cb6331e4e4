"""A wish looked up: which product, which amount, what still has to be asked. When in doubt, candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from catalog.reading.alone import only_one
from catalog.reading.also_meant import filled
from catalog.reading.amounts import Amount, common, measure, said_only
from catalog.reading.choices import all_kinds
from catalog.reading.kind_told import without_it
from catalog.reading.lookup import Lookup
from catalog.reading.narrow import both, narrowed
from catalog.reading.nouns import is_half, name_words
from catalog.reading.only_kind import only_kind
from catalog.reading.options import settle_options
from catalog.reading.packs import in_one_pack
from catalog.reading.parts import is_said_of_the_other, parts_of, share_heads
from catalog.reading.plainest import plainest
from catalog.reading.quantities import Quantity
from catalog.reading.restricted import refused_kind
from catalog.reading.result import Line, Shelf
from catalog.reading.rivals import for_bread, named_by_note
from catalog.reading.tokens import lowers, tokenize
from catalog.reading.unsaid import is_done, is_otherwise, stands_against
from catalog.reading.wish import words_said
from catalog.reading.wish_search import search
from catalog.reading.wishes import Wish, cut, group_words
from catalog.reading.words import plain
from catalog.search import Found, Hit
from catalog.square import Product

_FOR = ("voor ", "op ")
_TELLING = 3  # the best candidates; the amount is told when it is the same for these


def lines_of(wish: Wish, text: str, lookup: Lookup) -> list[Line]:
    """The lines of one wish; more than one when several products were named without anything between them."""
    parts = parts_of(wish, lookup)
    if len(parts) == 1:
        wish.units = list(parts[0])
        return [line_of(wish, text, lookup)]
    lines = []
    counted = len(parts) - 1 if wish.behind else 0
    for at, units in enumerate(parts):
        last = at == len(parts) - 1
        part = Wish(
            list(units), wish.quantity if at == counted else None, wish.second if last else None, wish.notes if last else []
        )
        part.touch(token for unit in units for token in unit.tokens)
        part.start = wish.start if at == 0 else part.start
        part.end = wish.end if last else part.end
        lines.append(line_of(part, text, lookup))
    if all(line.product for line in lines) and (wish.second or not is_said_of_the_other(parts)):
        return lines
    # Beside a word that names nothing for sure, "roomboter" may as well tell what the croissant is made of.
    return [replace(line, product=None, asks="which") if line.product else line for line in lines]


def line_of(wish: Wish, text: str, lookup: Lookup) -> Line:
    """One wish as one line, found once for each way it is said."""
    said = text[wish.start : wish.end].strip(" ,.;:-()\"'\n\t").replace("(", "").replace(")", "")
    way = (said, wish.as_said())
    if way not in lookup.lines:
        lookup.lines[way] = _line_of(without_it(wish, lookup), said, lookup)
    return replace(lookup.lines[way])  # what is said twice are two lines


def _line_of(wish: Wish, said: str, lookup: Lookup) -> Line:
    words = words_said(wish.units)
    if wish.anew and wish.quantity:
        said = f"{wish.quantity.said} {words}"  # what is read again once the product was chosen
    kind = refused_kind([plain(word) for word in lowers(said)])
    if kind:
        line = _refused(kind, said, words, wish, lookup)
        if line:
            return line
    found, kept, notes = search(wish, lookup)
    if found.verdict == "clear" and is_done(lookup.product(found.hits[0].product), wish, notes):
        found = all_kinds(Found("choose", found.hits), kept, lookup)
    return _with_found(Line(said, words_said(kept)), found, wish, notes, lookup)


# From what was found to a line


def _with_found(line: Line, found: Found, wish: Wish, notes: Sequence[str], lookup: Lookup) -> Line:
    if wish.either:
        found = both(found, wish, lookup)
    if wish.vague and found.verdict == "clear":
        found = Found("choose", found.hits)
    found = narrowed(found, wish, notes, line.said, lookup)
    found = _settled(found, wish, notes, lookup)
    hits = found.hits
    first = lookup.product(hits[0].product) if hits else None
    if first and found.verdict == "clear" and first.restricted:
        return _as_refused(line, str(first.restricted), hits, wish, notes)
    rival = _rival(first, wish, notes, lookup) if first else None
    if rival and found.verdict == "clear":
        found = Found("choose", (rival, *hits))
        hits = found.hits
    product = first if first and found.verdict == "clear" and not is_otherwise(first, notes, wish.units) else None
    options, note = settle_options(product, [*_options_within(wish, product), *notes])
    line = replace(line, candidates=_candidates(product, hits, lookup), options=options, note=note)
    return _with_amount(replace(line, product=product.id if product else None), product, wish, lookup)


def _rival(first: Product, wish: Wish, notes: Sequence[str], lookup: Lookup) -> Hit | None:
    """Another product that may be meant as well by how it was said."""
    told = [*wish.notes, *notes]
    return for_bread(first, told, lookup) or named_by_note(first, told, lookup) or in_one_pack(first, wish, lookup)


def _settled(found: Found, wish: Wish, notes: Sequence[str], lookup: Lookup) -> Found:
    """The one that is meant, when the words can be no other or all others are special kinds of it; else a full question."""
    open_ended = wish.either or wish.vague or " ".join(plain(unit.text) for unit in wish.units) in group_words()
    core = [] if open_ended else [unit for unit in wish.units if not unit.soft]
    found = only_one(found, core, lookup) or plainest(found, core, lookup) or found
    if found.verdict == "clear" and stands_against(lookup.product(found.hits[0].product), wish, notes):
        found = Found("choose", found.hits)  # "spinazie vers" where only frozen spinach is sold
    found = filled(found, wish, notes, lookup)
    if (lone := only_kind(found, core, lookup)) and not stands_against(lookup.product(lone.hits[0].product), wish, notes):
        return lone
    if any(note.startswith(_FOR) for note in (*wish.notes, *notes)):
        return found  # "kipfilet voor op brood" may well be the smoked one
    only = plainest(found, core, lookup)
    return found if only is None or stands_against(lookup.product(only.hits[0].product), wish, notes) else only


def _options_within(wish: Wish, product: Product | None) -> list[str]:
    """Words that were found with the product but are an option of it and not its name ("rode rozen")."""
    if product is None or not product.options:
        return []
    names = {word for name in (product.name, *product.synonyms) for word in name_words(name)}
    words = [unit.text for unit in wish.units if not unit.soft and not unit.named and plain(unit.text) not in names]
    return [word for word in words if settle_options(product, [word])[0]]


def _candidates(product: Product | None, hits: Sequence[Hit], lookup: Lookup) -> tuple[str, ...]:
    if product:
        return (product.id,)
    return tuple(dict.fromkeys(hit.product for hit in hits if lookup.product(hit.product).restricted is None))[:10]


def _with_amount(line: Line, product: Product | None, wish: Wish, lookup: Lookup) -> Line:
    first, second = wish.quantity, wish.second
    offered = [lookup.product(candidate) for candidate in line.candidates]
    if first and offered and all(is_half(one) for one in offered):
        first = _count_of_halves(first)
    if product:
        return with_amount(line, measure(product, first, second, line.words))
    amount = (
        common([measure(one, first, second, line.words) for one in offered[:_TELLING]]) if offered else said_only(first, second)
    )
    told = said_only(first, second)
    amount = replace(amount, asks="which" if offered else None, money_cents=told.money_cents, persons=told.persons)
    if amount.amount is None and told.unit == "g":
        amount = replace(amount, amount=told.amount, unit="g", about=told.about)
    return with_amount(line, amount)


def _count_of_halves(quantity: Quantity) -> Quantity:
    """ "een half wit" is one half loaf, "een halfje" too."""
    if quantity.unit == "half":
        return replace(quantity, unit="")
    return replace(quantity, amount=Fraction(1)) if quantity.amount == Fraction(1, 2) and quantity.unit == "" else quantity


def with_amount(line: Line, amount: Amount) -> Line:
    """The line with this amount and what it asks."""
    return replace(
        line, amount=amount.amount, unit=amount.unit if amount.amount is not None else None, about=amount.about,
        asks=amount.asks,
        low=amount.low, high=amount.high, money_cents=amount.money_cents, persons=amount.persons,
    )  # fmt: skip


# Restricted goods


def _refused(kind: str, said: str, words: str, wish: Wish, lookup: Lookup) -> Line | None:
    """The refusal, unless the words are clearly the name of something that may be sold."""
    found = lookup.find(words)
    if found.verdict == "clear":
        product = lookup.product(found.hits[0].product)
        if product.restricted is None and _bears(product, words):
            return None
    return _as_refused(
        Line(said, words), kind, [h for h in found.hits if lookup.product(h.product).restricted], wish, wish.notes
    )


def _bears(product: Product, words: str) -> bool:
    names = [set(plain(name.lower()).split()) for name in (product.name, *product.synonyms)]
    return any(set(plain(words).split()) <= name for name in names)


def _as_refused(line: Line, kind: str, hits: Sequence[Hit], wish: Wish, notes: Sequence[str]) -> Line:
    amount = replace(said_only(wish.quantity, wish.second), asks=None)
    line = replace(line, refused=kind, candidates=tuple(hit.product for hit in hits)[:10], note=", ".join(notes))
    return with_amount(line, amount)


def settle(line: Line, product: Product, shelf: Shelf) -> Line:
    """The line once the resident has chosen this product: amount and options read anew from her words.

    "2 liter melk" is two packs of the one and four of the other, so this cannot be known before.
    """
    wish = next(iter(cut(tokenize(line.said), shelf.names).wishes), Wish())
    options, note = settle_options(product, [part for part in line.note.split(", ") if part])
    chosen = replace(line, product=product.id, candidates=(product.id,), options=options, note=note, refused=None)
    first = _count_of_halves(wish.quantity) if wish.quantity and is_half(product) else wish.quantity
    return with_amount(chosen, measure(product, first, wish.second, line.words))


__all__ = ["Lookup", "line_of", "lines_of", "settle", "share_heads", "with_amount", "words_said"]
