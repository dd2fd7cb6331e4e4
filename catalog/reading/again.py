"""One thing said twice: "kunstgebitreiniger, steradent dus", "2 sjalotten.. sjalotten half pond"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.lookup import Lookup
from catalog.reading.nouns import name_words
from catalog.reading.result import Line
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, Wish
from catalog.reading.words import plain

_CLOSING = COMMAS | {"en", ".", "!", ")"}


def says_again(wish: Wish, tokens: Sequence[Token]) -> bool:
    """Whether a "dus" closes this wish: it says in other words what was said before it."""
    at = bisect_left(tokens, wish.end, key=lambda token: token.start)
    behind = [token.lower for token in tokens[at : at + 2]]
    return behind[:1] == ["dus"] and (len(behind) == 1 or behind[1] in _CLOSING)


def told_again(lines: Sequence[Line], at: int) -> list[Line]:
    """The lines without what the line at this place says again."""
    if len(lines) != at + 1 or not at or not _may_be_same(lines[at - 1], lines[at]):
        return list(lines)
    return [*lines[: at - 1], _with_amount_of(lines[at - 1], lines[at])]


def after_dots(lines: Sequence[Line], at: int, lookup: Lookup) -> list[Line]:
    """The same for what follows upon "..", where somebody thought again: "koffie... cafeïnevrije"."""
    if not 0 < at < len(lines) or not _is_meant_by(lines[at - 1], lines[at], lookup):
        return list(lines)
    return [*lines[: at - 1], _with_amount_of(lines[at - 1], lines[at]), *lines[at + 1 :]]


def _is_meant_by(old: Line, new: Line, lookup: Lookup) -> bool:
    """Whether the new line is the old thing again, or says which one of its kind it is."""
    if old.op != "add" or new.op != "add" or not (old.product and new.product):
        return False
    said, name = set(name_words(old.words)), set(name_words(lookup.product(new.product).name))
    return old.product == new.product or (bool(said) and said <= name and said.isdisjoint(name_words(new.words)))


def _may_be_same(old: Line, new: Line) -> bool:
    if old.op != "add" or new.op != "add" or not new.product:
        return False
    return new.product == old.product or (old.asks == "which" and new.product in old.candidates)


def _with_amount_of(old: Line, new: Line) -> Line:
    """The new line, with the amount of the old one when it has none of its own."""
    counted = plain(new.said.lower()) != plain(new.words)
    if counted or old.amount is None or new.unit not in (None, old.unit):
        return new
    return replace(new, amount=old.amount, unit=old.unit, about=old.about, asks=None, said=f"{old.said} {new.said}")


__all__ = ["after_dots", "says_again", "told_again"]
