"""What is said beside the matter of a clause: between brackets, or to tell why."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.quantities import read_quantity
from catalog.reading.wish import STOPS

_REASONS = frozenset(("want", "omdat", "doordat", "aangezien"))


def without_asides(words: Sequence[str]) -> list[str]:
    """The words without what is said between brackets; commas inside still count."""
    depth, kept = 0, []
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth <= 0 or word in STOPS:
            kept.append(word)
    return kept if depth == 0 else list(words)


def without_reasons(words: Sequence[str]) -> list[str]:
    """ "vier tompoucen want mijn zus neemt iemand mee": without why, up to the next comma, when goods are counted first."""
    if _REASONS.isdisjoint(words):
        return list(words)
    kept: list[str] = []
    silent = False
    counted = next((at for at in range(len(words)) if read_quantity(words, at)), len(words))
    for at, word in enumerate(words):
        if word in STOPS:
            silent = False
        elif word in _REASONS and at and words[at - 1] not in STOPS:
            silent = silent or counted < at
        if not silent:
            kept.append(word)
    return kept


__all__ = ["without_asides", "without_reasons"]
