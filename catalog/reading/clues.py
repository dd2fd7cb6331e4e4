"""What stands around a thing that a message names: the clues by which likely.py tells what happens with it.

A sentence comes as plain words in which the thing itself is ``THIS``, another thing of the basket ``THAT`` and other goods
``GOODS``; so what is learned of bread holds for cheese. A clue is a short text: "a0:weg" (the next word is "weg").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

THIS, THAT, GOODS = "<this>", "<that>", "<goods>"
_NUMBER = "<n>"
_NUMBERS = frozenset((
    "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "vijftien", "twintig",
    "anderhalf", "anderhalve", "half", "halve", "tweeenhalf",
))  # fmt: skip
_DIGIT = re.compile(r"\d(?<!0)|0.")  # nought is no amount
_PARTS = frozenset((",", "en", "maar", "want", "dus"))
_NEAR = 3  # words
_SHORT = 5  # words


def clues(words: Sequence[str], before: Sequence[str], behind: Sequence[str], *, asked: bool) -> set[str]:
    """The clues of the first ``THIS`` in a sentence, with the sentences before and behind it; ``asked``: it asks something.

    Raises ValueError when there is no ``THIS`` in it.
    """
    said, at = list(map(_number, words)), words.index(THIS)
    found = {"", *_near(said, at), *_in_part(said, at), *_nearest(said, at), *_around("p", before), *_around("n", behind)}
    found.update(f"2:{one} {two}" for one, two in pairwise(said))
    found.update(name for name, holds in _flags(said, at, asked) if holds)
    return found


def _number(word: str) -> str:
    """A word as it stands in a clue: all numbers alike, and a new line as a mark that can stand in a file."""
    return _NUMBER if word in _NUMBERS or _DIGIT.match(word) else word.strip() or "/"


def _near(said: list[str], at: int) -> Iterator[str]:
    """The words next to it, alone and in pairs."""
    edge = [""] * _NEAR
    before, behind = [*edge, *said[:at]][::-1], [*said[at + 1 :], *edge]
    for far in range(_NEAR):
        yield f"b{far}:{before[far]}"
        yield f"a{far}:{behind[far]}"
    yield f"bb:{before[1]} {before[0]}"
    yield f"aa:{behind[0]} {behind[1]}"
    yield f"ba:{before[0]} {behind[0]}"


def _in_part(said: list[str], at: int) -> Iterator[str]:
    """The words of the part of the sentence in which it stands, and what that part ends in."""
    begin = next((one + 1 for one in range(at - 1, -1, -1) if said[one] in _PARTS), 0)
    end = next((one for one in range(at + 1, len(said)) if said[one] in _PARTS), len(said))
    yield from (f"c:{word}" for word in said[begin:end])
    yield from (f"e:{word}" for word in said[end : end + 1])


def _nearest(said: list[str], at: int) -> Iterator[str]:
    """Each word with whether it stands nearer to this thing than to any other."""
    things = [one for one, word in enumerate(said) if word in (THIS, THAT, GOODS)]
    for one, word in enumerate(said):
        nearest = min(things, key=lambda thing: (abs(thing - one), thing < one))
        yield f"{'h' if nearest == at else 'f'}:{word}"


def _around(name: str, sentence: Sequence[str]) -> Iterator[str]:
    """The words of a sentence beside it; apart when that one is about other goods."""
    kind = f"{name}x" if {THAT, GOODS} & set(sentence) else name
    return (f"{kind}:{_number(word)}" for word in sentence)


def _flags(said: list[str], at: int, asked: bool) -> tuple[tuple[str, bool], ...]:
    return (
        ("asked", asked),
        ("amount before", _NUMBER in said[:at]),
        ("amount behind", _NUMBER in said[at:]),
        ("short", len(said) < _SHORT),
    )


__all__ = ["GOODS", "THAT", "THIS", "clues"]
