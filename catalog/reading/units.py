"""Words that say in what something is counted or weighed: what each comes to, and where one stands. In ``words/units.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from catalog.reading.words import plain, table


@dataclass(frozen=True, slots=True)
class UnitWord:
    """What a word counts in (see :class:`catalog.reading.quantities.Quantity`), how much of it, and the pack's own word."""

    unit: str
    factor: Fraction
    word: str


_T = table("units")
UNITS: dict[str, UnitWord] = {}
ALONE: dict[str, UnitWord] = {}
for _row in _T["unit"]:
    _one = UnitWord(_row["unit"], Fraction(_row.get("factor", "1")), _row.get("word", ""))
    ALONE.update(dict.fromkeys(_row.get("alone", ()), _one))
    UNITS.update(dict.fromkeys((*_row["words"], *_row.get("alone", ())), _one))
OF_GOODS = frozenset(("g", "ml", "pack", "bunch"))  # units in which only goods are counted: "3 gasten" are none
UNIT_WORDS = frozenset(UNITS)  # a number before one of these is an amount, never an hour
_NOT_BEFORE = {word: frozenset(row["not_before"]) for row in _T["unit"] if "not_before" in row for word in row["words"]}
_ONLY_BEFORE = {word: frozenset(row["only_before"]) for row in _T["unit"] if "only_before" in row for word in row["words"]}
_DOTTED = frozenset(("st", "gr", "g", "pers", "stk", "kg", "ltr", "l", "fl", "ml"))


def token_at(tokens: Sequence[str], at: int) -> str:
    """The token at a place; nothing beyond the ends."""
    return tokens[at] if 0 <= at < len(tokens) else ""


def unit_at(tokens: Sequence[str], at: int) -> tuple[UnitWord, int] | None:
    """The unit at a token and how many tokens it takes ("st." takes two)."""
    word = plain(token_at(tokens, at))
    unit = UNITS.get(word)
    if not unit or token_at(tokens, at + 1) in _NOT_BEFORE.get(word, ()):
        return None
    if word in _ONLY_BEFORE and plain(token_at(tokens, at + 1)) not in _ONLY_BEFORE[word]:
        return None
    return unit, 2 if word in _DOTTED and token_at(tokens, at + 1) == "." else 1


__all__ = ["ALONE", "OF_GOODS", "UNITS", "UNIT_WORDS", "UnitWord", "token_at", "unit_at"]
