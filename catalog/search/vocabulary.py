"""The distinct words of a catalogue and how a said word finds them: same stem, near spelling, part of a compound.

Titles are never compared with the query as a whole; that was measured to be both slower and worse. A village has a few
hundred distinct words, a country's assortment 100,000, and a said word meets only those that share a deletion hash with it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from catalog.search import lexicon
from catalog.search.fold import fold, key, keys

Part = Literal["whole", "head", "first", "alias"]

SAME_STEM, ALIAS, HEAD, DESCRIBES, FIRST = 0.985, 0.96, 0.88, 0.86, 0.6
BRUTE_WORDS = 20_000  # up to here all words of like length are compared when nothing is near


class Match(NamedTuple):
    """A catalogue word taken for a said word: how surely (0-1) and as what part of it."""

    sure: float
    part: Part


Matches = dict[int, Match]


class Vocabulary:
    """Distinct words with ids from 0. Grows only; a word nobody uses any more simply has no postings."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.folds: list[str] = []
        self.ids: dict[str, int] = {}
        self.by_key: dict[str, list[int]] = {}
        self.heads: dict[str, list[int]] = {}  # key of the head -> compounds that are a kind of it
        self.firsts: dict[str, list[int]] = {}  # key of the first part -> compounds
        self.parts: dict[int, tuple[str, str]] = {}  # compound -> keys of first part and head
        self.aliases: dict[str, list[tuple[int, float]]] = {}
        self._near: dict[int, list[int]] = {}
        self._hashes = np.empty(0, np.uint32)
        self._owners = np.empty(0, np.int32)

    def add(self, word: str) -> int:
        """The id of a word, new or known."""
        known = self.ids.get(word)
        if known is not None:
            return known
        number = self.ids[word] = len(self.words)
        self.words.append(word)
        forms = keys(word)
        self.folds.append(forms[0])
        for form in forms:
            self.by_key.setdefault(form, []).append(number)
        return number

    def freeze(self, since: int = 0) -> None:
        """Make the words from id ``since`` findable by near spelling and as compounds."""
        for number in range(since, len(self.words)):
            self._split(number)
        if since:
            for number in range(since, len(self.words)):
                for hash_ in deletions(self.folds[number], 1):
                    self._near.setdefault(hash_, []).append(number)
            return
        hashes, owners = array("I"), array("i")
        for number, form in enumerate(self.folds):
            if len(form) >= 4:
                found = deletions(form, 1)
                hashes.extend(found)
                owners.extend([number] * len(found))
        order = np.argsort(np.frombuffer(hashes, np.uint32), kind="stable") if hashes else np.empty(0, np.int64)
        self._hashes = np.frombuffer(hashes, np.uint32)[order] if hashes else self._hashes
        self._owners = np.frombuffer(owners, np.int32)[order] if hashes else self._owners

    def _split(self, number: int) -> None:
        cut = self.cut(self.words[number])
        if cut is None:
            return
        first, head = key(cut[0]), key(cut[1])
        self.parts[number] = (first, head)
        self.firsts.setdefault(first, []).append(number)
        if not _is_other(cut[1], head, self.words[number]):
            self.heads.setdefault(head, []).append(number)

    def cut(self, word: str) -> tuple[str, str] | None:
        """A compound in two known words, the longest head first: ``krentenbollen`` -> krenten, bollen. None when it is none."""
        if len(word) < 5 or not word.isalpha():
            return None
        for at in range(2, len(word) - 1):
            head, first = word[at:], word[:at]
            if (len(head) > 2 or head in ("ui", "ei")) and self._real(head) and (found := self._first(first)):
                return found, head
        return None

    def _first(self, first: str) -> str | None:
        if len(first) < 3 and first not in ("ui", "ei"):
            return None
        if self._real(first):
            return first
        for link in ("en", "s", "e"):
            bare = first.removesuffix(link)
            if bare != first and len(bare) > 2 and self._real(bare):
                return bare
        return None

    def _real(self, word: str) -> bool:
        return word in self.ids or word in _real_words() or (len(word) > 3 and any(form in _real_keys() for form in keys(word)))

    def find(self, word: str, *, fuzzy: bool = True) -> Matches:
        """All catalogue words that the said word may stand for. An exactly known word is not also taken for a misspelling."""
        found: Matches = {}
        forms = keys(word)
        self._whole(word, forms, found)
        self._related(forms, found)
        if fuzzy and not found and not word.isdigit() and word not in lexicon.talk():
            self._misspelt(word, forms, found)
        return found

    def _whole(self, word: str, forms: tuple[str, ...], found: Matches) -> None:
        for rank, form in enumerate(forms):
            for number in self.by_key.get(form, ()):
                sure = 1.0 if self.words[number] == word else SAME_STEM - 0.015 * rank
                _better(found, number, sure, "whole")

    def _related(self, forms: tuple[str, ...], found: Matches, sure: float = 1.0) -> None:
        for form in forms:
            for number, how_sure in self.aliases.get(form, ()):
                _better(found, number, sure * how_sure, "alias")
            for number in self.heads.get(form, ()):
                _better(found, number, sure * HEAD, "head")
            for number in self.firsts.get(form, ()):
                _better(found, number, sure * (DESCRIBES if form in _describing_keys() else FIRST), "first")

    def _misspelt(self, word: str, forms: tuple[str, ...], found: Matches) -> None:
        form = forms[0]
        ceiling = 0.6 if is_real(word) else 1.0
        for other, sure in self.near(word, form):
            sure = min(sure, ceiling)
            for number in self.by_key.get(other, ()):
                _better(found, number, sure, "whole")
            self._related((other,), found, sure)

    def near(self, word: str, form: str) -> list[tuple[str, float]]:
        """Folded stems spelt nearly like this one, with the likeness 0-1; the best twelve."""
        if len(form) < 4:
            return []
        limit = 1 if len(form) < 6 else 2 if len(form) < 10 else 3
        likely = self._candidates(form, limit)
        best: dict[str, float] = {}
        for number in likely:
            other = self.folds[number]
            apart = OSA.distance(form, other, score_cutoff=limit)
            if apart <= limit:
                sure = likeness(word, self.words[number], form, other, apart)
                best[other] = max(best.get(other, 0.0), sure)
        return sorted(best.items(), key=lambda item: -item[1])[:12]

    def _candidates(self, form: str, limit: int) -> set[int]:
        said = deletions(form, min(limit, 2))
        found: set[int] = set()
        if len(self._hashes):
            wanted = np.array(said, np.uint32)
            starts = np.searchsorted(self._hashes, wanted, "left")
            ends = np.searchsorted(self._hashes, wanted, "right")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                if start != end:
                    found.update(self._owners[start : min(end, start + 200)].tolist())
        if self._near:
            for hash_ in said:
                found.update(self._near.get(hash_, ()))
        return found


def likeness(word: str, other: str, form: str, other_form: str, apart: int) -> float:
    """How surely ``word`` is a misspelling of ``other`` (0-1): by ear or by letters, whichever is nearer."""
    by_ear = 1 - apart / max(len(form), len(other_form))
    letters = OSA.distance(word, other)
    by_eye = 1 - letters / max(len(word), len(other))
    sure = max(by_ear, by_eye) * 0.8 + min(by_ear, by_eye) * 0.2 if by_eye < by_ear else by_eye
    return max(0.0, sure - (0.04 if form[0] != other_form[0] else 0.0))


def deletions(form: str, depth: int) -> list[int]:
    """Hashes of the word and of all spellings with up to ``depth`` letters left out."""
    spellings = {form}
    edge = spellings
    for _ in range(depth):
        edge = {spelling[:at] + spelling[at + 1 :] for spelling in edge for at in range(len(spelling))}
        spellings = spellings | edge
    return [hash(spelling) & 0xFFFFFFFF for spelling in spellings]


def is_real(word: str) -> bool:
    """Whether this is a Dutch name of goods in itself, sold here or not."""
    return word in _real_words() or key(word) in _real_keys()


def _better(found: Matches, number: int, sure: float, part: Part) -> None:
    known = found.get(number)
    if known is None or known.sure < sure:
        found[number] = Match(sure, part)


_CACHE: dict[str, frozenset[str]] = {}


def _cached(name: str, words: Iterable[str]) -> frozenset[str]:
    if name not in _CACHE:
        _CACHE[name] = frozenset(words)
    return _CACHE[name]


def _real_words() -> frozenset[str]:
    return lexicon.goods()


def _real_keys() -> frozenset[str]:
    return _CACHE.get("real") or _cached("real", (key(word) for word in lexicon.goods()))


def _describing_keys() -> frozenset[str]:
    return _CACHE.get("describing") or _cached("describing", (key(word) for word in lexicon.describing()))


def _is_other(head: str, head_key: str, compound: str) -> bool:
    """Whether a compound is no kind of its head: pindakaas is no kaas."""
    other = lexicon.no_kind()
    return any(
        compound in other.get(word, ()) or key(compound) in {key(c) for c in other.get(word, ())} for word in (head, head_key)
    )


__all__ = ["Match", "Matches", "Vocabulary", "bisect_left", "deletions", "fold", "insort", "is_real"]
