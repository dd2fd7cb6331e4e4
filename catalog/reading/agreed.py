"""One change for each thing in the basket: of two that a message makes, which one holds; and changes of nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, name_words, noun_of
from catalog.reading.result import Line
from catalog.reading.tokens import lowers
from catalog.reading.words import plain
from catalog.square import Product

_ANEW = frozenset(("nee", "wacht", "sorry", "bedoel", "of", "toch"))


def agreed(lines: Sequence[Line], text: str, lookup: Lookup) -> list[Line]:
    """The lines without changes of what is nowhere, and of two changes of one thing the one that says how much."""
    kept: list[Line] = []
    for line in (_exchanged_in_kind(one, lookup) for one in lines):
        if _is_of_nothing(line, lookup) and len(lines) > 1:
            continue
        before = next((at for at, one in enumerate(kept) if _are_of_one(one, line)), None)
        if before is None:
            kept.append(line)
        elif _holds(kept[before], line, text, lookup):
            kept[before] = line
        elif not _says_less(line, kept[before]):
            kept.append(line)
    return kept


def _exchanged_in_kind(line: Line, lookup: Lookup) -> Line:
    """ "Optimel wil ik niet meer": nothing comes in its own place. "Shampoo ..., die tegen roos": no flower does."""
    if line.op != "replace" or line.product is None:
        return line
    if line.product == line.target:
        return replace(line, op="remove", product=None, candidates=(line.product,), amount=None, unit=None, asks="which")
    told = words_of("changes", "exchanging") & set(map(plain, lowers(line.said)))
    near = told or line.target not in lookup.inside or _are_near(lookup.product(line.product), lookup.product(str(line.target)))
    return line if near else replace(line, product=None, asks="which")


def _are_near(new: Product, old: Product) -> bool:
    """Whether two goods are of one shop, or go by one noun."""
    nouns, others = ({noun_of(word) for word in name_words(one.name) if not is_adjective(word)} for one in (new, old))
    return new.shop == old.shop or not nouns.isdisjoint(others)


def _is_of_nothing(line: Line, lookup: Lookup) -> bool:
    """ "... mag geen gluten meer": no line of the basket is meant, and nothing is named that comes for it."""
    if line.op not in ("remove", "replace") or line.product or line.candidates or line.refused:
        return False
    places = {"last", *(f"#{at}" for at, _ in enumerate(lookup.basket, 1)), *lookup.inside}
    return line.op == "replace" or line.target not in places


def _are_of_one(before: Line, line: Line) -> bool:
    changes = ("set", "more", "less")
    return before.target == line.target and before.op in changes and line.op in changes and bool(line.target)


def _holds(before: Line, line: Line, text: str, lookup: Lookup) -> bool:
    """ "1 citroen wordt 3 citroenen", "nog eentje, of nee, nog twee": whether the later change takes the place of the other."""
    if line.amount is None:
        return False
    if before.amount is None or (before.op == line.op == "set" and before.amount == lookup.amount_inside(line.target)):
        return True
    end = text.find(before.said) + len(before.said)
    between = text[end : max(end, text.find(line.said, end))].lower().replace(",", " ").split()
    return before.op == line.op and bool(_ANEW & {*between, *line.said.lower().replace(",", " ").split()[:2]})


def _says_less(line: Line, before: Line) -> bool:
    return line.amount is None and not line.kept and before.amount is not None


__all__ = ["agreed"]
