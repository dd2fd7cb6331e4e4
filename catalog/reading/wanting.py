"""Orders told without a word of ordering: "mag er nog een komkommer bij", "ik zou heel blij zijn met een komkommer"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import shapes_of
from catalog.reading.questions import interrogates

_LONGEST = 30  # words


def requests(words: Sequence[str]) -> bool:
    """Whether what a clause (plain words) names is asked for, though it has the shape of a question or of a story."""
    said = words[:_LONGEST]
    if shapes_of("talk", "requests").begins(said):
        return True
    return not interrogates(words) and shapes_of("talk", "wanting").within(said)


__all__ = ["requests"]
