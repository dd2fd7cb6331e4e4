"""The spellings of a vocabulary, and which of them lie near a said word: one misspelt.

A village has a few hundred distinct words, a country's assortment 100,000, and a said word meets only those that share a
deletion hash with it: spellings with one letter left out on the catalogue's side, up to two on the said side (the idea of
SymSpell, https://github.com/wolfgarbe/SymSpell). When none of those is really near, also those that begin or end alike.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from rapidfuzz.distance import OSA

from catalog.search.fold import fold, key
from catalog.search.slips import Ways, deletions, likeness, shortened, slack, within

BRUTE_FORMS = 40_000  # up to here all spellings that begin or end with the same letter are compared, beyond it the same three
NEAR_ENOUGH = 0.82  # nothing nearer is looked for
NOTHING = 0.5
LOOKED_AT, GIVEN = 6, 12
FURTHER = 5  # so many letters more wrong, in three ways together, is out of the question
_NO_FORMS: tuple[array[int], list[str]] = (array("i"), [])


def ways_of(word: str) -> Ways:
    """A word by its letters, by its sound, and its stem by sound."""
    return word, fold(word), key(word)


class Spellings:
    """Entries (words and synonyms) by all their spellings. Entries are numbered from 0 by whoever adds them."""

    def __init__(self) -> None:
        self._ways: list[Ways] = []
        self._forms: list[str] = []
        self._entries = array("i")  # of each form
        self._hashes = np.empty(0, np.uint32)
        self._owners = np.empty(0, np.int32)
        self._late: dict[int, list[int]] = {}
        self._ends: dict[str, tuple[array[int], list[str]]] = {}  # how spellings begin (^) and end ($) -> which
        self._ends_of = 0

    def add(self, entries: Iterable[Ways]) -> None:
        """Add all entries at once: the hashes are laid flat and sorted."""
        hashes, sizes, first = array("q"), array("i"), len(self._forms)
        for _, form in self._numbered(entries):
            found = shortened(form)
            hashes.extend(map(hash, found))
            sizes.append(len(found))
        if hashes:
            owners = np.repeat(np.arange(first, first + len(sizes), dtype=np.int32), np.frombuffer(sizes, np.int32))
            unsorted = np.frombuffer(hashes, np.int64).astype(np.uint32)  # as deletions cuts them
            order = np.argsort(unsorted)
            self._hashes, self._owners = unsorted[order], owners[order]

    def add_late(self, entries: Iterable[Ways]) -> None:
        """Add some more afterwards."""
        for at, form in self._numbered(entries):
            for hash_ in deletions(form, 1):
                self._late.setdefault(hash_, []).append(at)

    def _numbered(self, entries: Iterable[Ways]) -> Iterator[tuple[int, str]]:
        for ways in entries:
            for form in sorted({form for form in ways if len(form) > 3}):  # ui, sla, ei: only whole
                self._forms.append(form)
                self._entries.append(len(self._ways))
                yield len(self._forms) - 1, form
            self._ways.append(ways)

    def near(self, word: str, shortest: int = 4, far: bool = True) -> list[tuple[int, float]]:
        """Entries spelt nearly like this word, with the likeness 0-1; the best twelve.

        ``far``: go to the trouble of comparing it with all that begin or end alike when nothing is near.
        """
        if len(word) < shortest:
            return []
        said = ways_of(word)
        forms = sorted({form for form in said if len(form) >= shortest})
        sure: dict[int, float] = {}
        self._weigh(said, {at for form in forms for at in self._hashed(form, 1 if len(form) < 6 else 2)}, sure)
        if far and max(sure.values(), default=0.0) < NEAR_ENOUGH:
            self._weigh(said, {at for form in forms for at in self._beginning_or_ending(form)}, sure)
        best = sorted((-like, entry) for entry, like in sure.items() if like > NOTHING)
        return [(entry, -like) for like, entry in best[:GIVEN]]

    def _weigh(self, said: Ways, forms: Iterable[int], sure: dict[int, float]) -> None:
        """How like the said word the entries of these forms are; a rough count of the wrong letters tells which to weigh."""
        entries = {self._entries[at] for at in forms} - sure.keys()
        wrong = sorted((self._wrong(said, entry), entry) for entry in entries)[:LOOKED_AT]
        for letters, entry in wrong:
            if letters <= wrong[0][0] + FURTHER:
                sure[entry] = likeness(said, self._ways[entry])

    def _wrong(self, said: Ways, entry: int) -> int:
        return sum(OSA.distance(one, other) for one, other in zip(said, self._ways[entry], strict=True))

    def _hashed(self, form: str, depth: int) -> set[int]:
        said = deletions(form, depth)
        found: set[int] = set()
        if len(self._hashes):
            wanted = np.array(said, np.uint32)
            starts = self._hashes.searchsorted(wanted, "left")
            ends = self._hashes.searchsorted(wanted, "right")
            for at in np.flatnonzero(starts != ends).tolist():
                start = int(starts[at])
                found.update(self._owners[start : min(int(ends[at]), start + 100)].tolist())
        if self._late:
            for hash_ in said:
                found.update(self._late.get(hash_, ()))
        return found

    def _beginning_or_ending(self, form: str) -> set[int]:
        """Forms up to :func:`slack` letters away that begin or end with the same letter (the same three when there are
        very many)."""
        if self._ends_of != len(self._forms):
            self._index_ends()
        numbers, forms = array("i"), []
        for bucket in self._buckets(form):
            some, spelt = self._ends.get(bucket, _NO_FORMS)
            numbers += some
            forms += spelt
        return {numbers[at] for at in within(form, forms)}

    def _buckets(self, form: str) -> Iterator[str]:
        if len(self._forms) > BRUTE_FORMS:
            yield from (f"^{form[:3]}", f"{form[-3:]}$")
            return
        for size in range(len(form) - slack(form), len(form) + slack(form) + 1):
            yield from (f"{size}^{form[0]}", f"{size}{form[-1]}$")

    def _index_ends(self) -> None:
        few = len(self._forms) <= BRUTE_FORMS
        self._ends = {}
        for at, form in enumerate(self._forms):
            sized = (f"{len(form)}^{form[0]}", f"{len(form)}{form[-1]}$")
            for bucket in sized if few else (f"^{form[:3]}", f"{form[-3:]}$"):
                numbers, forms = self._ends.setdefault(bucket, (array("i"), []))
                numbers.append(at)
                forms.append(form)
        self._ends_of = len(self._forms)
