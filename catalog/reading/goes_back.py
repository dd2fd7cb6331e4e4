"""Money and goods that go back, and what is done with goods at home: "kan ik het statiegeld terugkrijgen" orders nothing."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import shapes_of, words_of

_WITH = frozenset(("met", "incl", "inclusief", "zonder", "plus"))
_WHY = frozenset(("want", "omdat", "zodat", "dan"))
_BRING = frozenset(("breng", "brengen", "geef", "geven", "neem", "nemen", "stuur", "sturen"))
_NEAR = 10  # words
_LEAST_AHEAD = 2  # words of an order before its reason


def goes_back(words: Sequence[str]) -> bool:
    """Whether these plain words are about that. "Vier flessen melk met statiegeld" and "... zodat ik het kan invriezen" say
    only how or why goods are wanted."""
    if shapes_of("talk", "going_back").within(words):
        return True
    never = words_of("talk", "never")
    if never.isdisjoint(words):
        return False
    why = next((at for at in range(_LEAST_AHEAD, len(words)) if words[at] in _WHY), len(words))
    return any(word in never and at < why and not (at and words[at - 1] in _WITH) for at, word in enumerate(words))


def brings_back(words: Sequence[str]) -> bool:
    """ "ik breng ook de bloemkool terug die niet goed was"."""
    at = words.index("terug") if "terug" in words else 0
    return any(word in _BRING for word in words[max(0, at - _NEAR) : at])


__all__ = ["brings_back", "goes_back"]
