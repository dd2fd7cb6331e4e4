"""From said words to the few names worth a close look: postings added up in numpy, only touched names are looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from catalog.search.rank import Readings, Slot
from catalog.search.titles import Postings

LOOKED_AT = 32  # names that are ranked
PER_WORD, PER_SLOT = 12_000, 30_000  # postings followed; names come shortest first


class Shortlist:
    """Two buffers as long as the number of names, all zero between two questions."""

    def __init__(self, postings: Postings, size: int) -> None:
        self._postings = postings
        self._total: npt.NDArray[np.float32] = np.zeros(size, np.float32)
        self._mine: npt.NDArray[np.float32] = np.zeros(size, np.float32)

    def grow(self, size: int) -> None:
        """Make room for later names."""
        if size > len(self._total):
            self._total = np.zeros(size + 64, np.float32)
            self._mine = np.zeros(size + 64, np.float32)

    def best(self, slots: Sequence[Slot], gone: set[int], size: int = LOOKED_AT) -> list[int]:
        """Numbers of the ``size`` most promising names, the best first."""
        touched = [t for slot in slots for readings in slot.readings() if len(t := self._add(readings, slot.weight))]
        if not touched:
            return []
        every = np.concatenate(touched) if len(touched) > 1 else touched[0]
        sums = self._total[every]
        self._total[every] = 0.0
        return _top(every, sums, gone, size)

    def _add(self, readings: Readings, weight: float) -> npt.NDArray[np.int32]:
        rows, room = [], PER_SLOT
        best: dict[int, float] = {}
        for matches, share in readings:
            for word, match in matches.items():
                if match.sure * share > best.get(word, 0.0):
                    best[word] = match.sure * share
        for word, sure in sorted(best.items(), key=lambda item: -item[1]):
            row = self._postings.of(word, PER_WORD)
            rows.append((sure, row))
            room -= len(row)
            if room < 0:
                break
        for sure, row in reversed(rows):  # the surest last: it overwrites
            self._mine[row] = sure
        if not rows:
            return self._postings.numbers[:0]
        mine = np.concatenate([row for _, row in rows]) if len(rows) > 1 else rows[0][1]
        self._total[mine] += self._mine[mine] * weight  # a name twice in the list is added once: that is wanted
        self._mine[mine] = 0.0
        return mine


def _top(every: npt.NDArray[np.int32], sums: npt.NDArray[np.float32], gone: set[int], size: int) -> list[int]:
    most = 4 * size + len(gone)
    keep = sums >= float(sums.max()) * 0.55
    every, sums = every[keep], sums[keep]
    if len(every) > most:
        score = sums - every * np.float32(1e-7)  # among equals the shorter name: it has the lower number
        part = np.argpartition(score, len(score) - most)[-most:]
        every, sums = every[part], sums[part]
    order = np.lexsort((every, -sums))
    found = dict.fromkeys(every[order].tolist())
    return [number for number in found if number not in gone][:size]
