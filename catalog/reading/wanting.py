"""Orders told without a word of ordering: "mag er nog een komkommer bij", "ik zou heel blij zijn met een komkommer"."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import shapes_of
from catalog.reading.questions import interrogates, opening
from catalog.reading.talk import stretches

_LONGEST = 30  # words


def requests(words: Sequence[str]) -> bool:
    """Whether what a clause (plain words) names is asked for, though it has the shape of a question or of a story."""
    said = words[:_LONGEST]
    if any(shapes_of("talk", "requests").begins(part[opening(part) :]) for part in stretches(said)):
        return True
    return not interrogates(words) and shapes_of("talk", "wanting").within(said)


def keeps_for(words: Sequence[str]) -> bool:
    """ "leg 2 broden voor me weg", "meer dan een prei hoef ik niet": words of taking out that take nothing out."""
    return shapes_of("talk", "keeping_for").within(words[:_LONGEST])


__all__ = ["keeps_for", "requests"]
