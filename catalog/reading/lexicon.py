"""The word tables in the shape the readers need: phrases found by their first word, sets of single words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from catalog.reading.tokens import lowers
from catalog.reading.words import plain, table


class Phrases:
    """Phrases of one or more words, found at a place in a sentence; the longest one wins."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(plain(word) for word in lowers(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def at(self, words: Sequence[str], place: int) -> int:
        """How many words the longest phrase starting at ``place`` takes; 0 when none does. ``words`` are plain."""
        for phrase in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def within(self, words: Sequence[str]) -> bool:
        """Whether any phrase stands anywhere in the sentence."""
        if self._by_first.keys().isdisjoint(words):
            return False
        return any(self.at(words, place) for place in range(len(words)))


def _plain_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(one for word in words for one in alternatives(word))


def alternatives(part: str) -> list[str]:
    """The plain words that a part of a shape stands for: "mag|mogen", or "@brengen" for those in ``words/forms.toml``."""
    forms = [table("forms")[one[1:]] if one.startswith("@") else [one] for one in part.split("|")]
    return [plain(word) for words in forms for word in words]


@cache
def words_of(name: str, key: str) -> frozenset[str]:
    """The single words under ``key`` of a table, without accents."""
    return _plain_set(word for word in table(name)[key] if " " not in word)


@cache
def day_words() -> frozenset[str]:
    """The words for a day or a part of one, as they are typed."""
    days = table("days")
    every = (*days["weekdays"].values(), *days["near"].values(), days["today_part"])
    return frozenset(word for words in every for word in words)


@cache
def phrases_of(name: str, key: str) -> Phrases:
    """The words and phrases under ``key`` of a table."""
    return Phrases(table(name)[key])


#: Five words or fewer, ten words or fewer.
_GAPS = {"...": r"(?:\S+ ){0,5}?", "....": r"(?:\S+ ){0,10}?"}
_END = r"(?= [,:]|$)"


class Shapes:
    """Sentences known by a few words: ``|`` stands between alternatives, ``...`` for five words or fewer, ``....`` for ten.

    ``@brengen`` stands for the words under ``brengen`` in ``words/forms.toml``, a ``$`` at the end for the end of a stretch.
    """

    def __init__(self, shapes: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = {}
        for shape in shapes:
            for word in alternatives(shape.split()[0]):
                by_first.setdefault(word, []).append(_pattern(shape))
        self._by_first = {word: re.compile("|".join(patterns)) for word, patterns in by_first.items()}

    def within(self, words: Sequence[str]) -> bool:
        """Whether any of the shapes is in the sentence. ``words`` are plain."""
        if self._by_first.keys().isdisjoint(words):
            return False
        said, at = " ".join(words), 0
        for word in words:
            pattern = self._by_first.get(word)
            if pattern and pattern.match(said, at):
                return True
            at += len(word) + 1
        return False

    def begins(self, words: Sequence[str]) -> bool:
        """Whether the sentence begins with one of the shapes."""
        pattern = self._by_first.get(words[0]) if words else None
        return pattern is not None and pattern.match(" ".join(words)) is not None


def _pattern(shape: str) -> str:
    parts = [
        _GAPS[part] if part in _GAPS else "(?:" + "|".join(re.escape(one) for one in alternatives(part)) + ") "
        for part in shape.removesuffix(" $").split()
    ]
    return rf"{''.join(parts).removesuffix(' ')}{_END if shape.endswith(' $') else ''}(?!\S)"


@cache
def shapes_of(name: str, key: str) -> Shapes:
    """The shapes under ``key`` of a table."""
    return Shapes(table(name)[key])
