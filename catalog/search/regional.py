"""How regions say what the dictionary writes: riest is rijst, bruun and broen are bruin, bloom is bloem.

The sounds are in ``words/grammar.toml``. A word is respelt only when it is no Dutch word, and only a respelling that is on
the shelf to the letter counts: "koel" stays koel, whatever a kuil may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from catalog.search import lexicon

_LEAST, _LONGEST = 4, 24  # letters of a word that is respelt
_MOST_SOUNDS, _MOST = 3, 80  # sounds that differ in one word; respellings that are looked at


@lru_cache(maxsize=2048)
def respelt(word: str) -> tuple[tuple[str, ...], ...]:
    """Respellings of a word with one sound changed, with two, with three."""
    if not (_LEAST <= len(word) <= _LONGEST and word.isalpha()):
        return ()
    found: list[tuple[str, ...]] = []
    begun = {(word, 0)}
    seen = {word}
    while begun and len(found) < _MOST_SOUNDS and len(seen) < _MOST:
        begun = {one for start in begun for one in _changed(*start)}
        new = sorted({one for one, _ in begun} - seen)
        seen.update(new)
        found.append(tuple(new))
    return tuple(found)


def _changed(word: str, since: int) -> Iterator[tuple[str, int]]:
    """The word with one sound changed, and where in it the next one may begin."""
    for said, written in lexicon.sounds():
        at = word.find(said, since)
        while at >= 0:
            for one in written:
                yield word[:at] + one + word[at + len(said) :], at + len(one)
            at = word.find(said, at + 1)
