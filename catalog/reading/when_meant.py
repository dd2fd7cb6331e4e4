"""Which of several moments in a message the groceries are for: "woensdag is zij jarig dus ik wil dinsdag graag een vlaai"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from catalog.reading.lexicon import words_of
from catalog.reading.tokens import lowers
from catalog.reading.when import When
from catalog.reading.words import plain

_MAY = frozenset(("mag", "mogen"))
_MOST = 40  # moments that are weighed; nobody names more in one message
_PARTS = re.compile(
    r"[.!?;:\n]|,? (?:dus|maar|want|daarom) |, (?=(?:bezorg|breng|lever|doe|dan|liever|liefst|mag|kan|kunt|wil) )"
)


def meant(whens: Sequence[When], text: str) -> When | None:
    """The moment that stands beside words of ordering, and not beside a birthday or a visit; the first when they are even."""
    best = max(whens[:_MOST], key=lambda when: _weight(when, text), default=None)
    return best and _completed(best, [one for one in whens[:_MOST] if one is not best and _weight(one, text) >= 0])


def _completed(best: When, others: Sequence[When]) -> When:
    """ "overmorgen 2 lekkerbekken, liefst rond half 1": the day that goes with an hour, when there is just one."""
    days = [one for one in others if one.day and not (one.starts or one.ends or one.part)]
    if best.day or best.part or not best.starts or len(days) != 1:
        return best
    return replace(best, day=days[0].day, ambiguous=days[0].ambiguous, choices=days[0].choices)


def _weight(when: When, text: str) -> int:
    begin = max((cut.end() for cut in _PARTS.finditer(text, 0, when.span[0])), default=0)
    following = _PARTS.search(text, when.span[1])
    said = _words(text[begin : following.start() if following else len(text)])
    happening = said & words_of("days", "happening")
    happening -= {"komen"} if said & _MAY else set()  # "mag allemaal vrijdag komen"
    return 2 * bool(said & words_of("days", "ordering")) - 2 * bool(happening)


@lru_cache(maxsize=8)
def _words(stretch: str) -> frozenset[str]:
    """The words of a stretch; the moments in one stretch are weighed one after the other."""
    return frozenset(plain(word) for word in lowers(stretch))


__all__ = ["meant"]
