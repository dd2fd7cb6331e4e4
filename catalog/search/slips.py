"""Slips of the ear and the thumb: which spellings lie near, and which of them are likely."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {row[at]: row[max(0, at - 1) : at + 2] for row in _ROWS for at in range(len(row))}
_VOWELS = "aeiouy"
_ALIKE = tuple(map(set, ("td", "pb", "kg", "sz", "fv", "mn", "wv", "ck", "ij", "gh")))


def within(form: str, forms: list[str]) -> list[int]:
    """Places of the forms that are at most :func:`slack` letters away (cdist takes 50 ns a pair, extract 130)."""
    if not forms:
        return []
    most = slack(form)
    apart = process.cdist([form], forms, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
    return [int(at) for at in np.flatnonzero(apart <= most)[:24]]


def unlikely(said: str, form: str) -> float:
    """What makes a slip less likely: another first letter (vulpen is no tulpen), or one letter for a quite other one."""
    if said[0] != form[0] and said[:2] != form[1::-1]:
        return 0.03 if _slips(said[0], form[0]) or said[1:2] == form[0] or form[1:2] == said[0] else 0.07
    if len(said) != len(form) or said[0] != form[0]:
        return 0.0
    wrong = [(one, two) for one, two in zip(said, form, strict=True) if one != two]
    return 0.05 if len(wrong) == 1 and not _slips(*wrong[0]) else 0.0  # fluit is no fruit


def is_likely(said: str, meant: str) -> bool:
    """Whether one slip of the thumb or the ear makes the one of the other: a letter dropped, doubled, swapped or beside it."""
    if said[0] != meant[0] or OSA.distance(said, meant, score_cutoff=1) > 1:
        return False
    wrong = [(one, two) for one, two in zip(said, meant, strict=False) if one != two]
    return len(said) != len(meant) or len(wrong) != 1 or _slips(*wrong[0])


def _slips(one: str, two: str) -> bool:
    """Whether the thumb or the ear takes the one for the other."""
    return two in _BESIDE.get(one, "") or (one in _VOWELS and two in _VOWELS) or {one, two} in _ALIKE


def slack(said: str) -> int:
    """How many letters may be wrong in a word of this length."""
    return 1 if len(said) < 6 else 2 if len(said) < 9 else 3


def deletions(form: str, depth: int) -> list[int]:
    """Hashes of the word and of all spellings with up to ``depth`` letters left out."""
    spellings = {form}
    length = len(form)
    for at in range(length):
        spellings.add(form[:at] + form[at + 1 :])
    if depth > 1:
        spellings.update(form[:a] + form[a + 1 : b] + form[b + 1 :] for a, b in combinations(range(length), 2))
    return [hash(spelling) & 0xFFFFFFFF for spelling in spellings]
