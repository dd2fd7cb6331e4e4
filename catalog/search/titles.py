"""The names products go by, as rows of word ids, and the postings from word to name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from catalog.search import lexicon
from catalog.search.fold import keys, tokens
from catalog.search.vocabulary import Vocabulary, _describing_keys, is_real

Ints = npt.NDArray[np.int32]

_CUTS = frozenset(["met", "van", "in", "uit", "voor", "op", "zonder", "per", "à", "a", "op"])


@dataclass(slots=True)
class Title:
    """One name of a product: its words, what each weighs (0-1), and which word it is a kind of (-1: none)."""

    product: int
    words: tuple[int, ...]
    weights: tuple[float, ...]
    head: int
    text: str = field(repr=False, default="")


def read_title(vocabulary: Vocabulary, product: int, name: str, group: str) -> Title:
    """Read one product name. Words of the group, sizes and packaging weigh little: nobody says them."""
    said = tokens(name)[:32]
    grouped = {form for word in tokens(group) for form in keys(word)}
    weights = tuple(_weight(word, grouped) for word in said)
    return Title(product, tuple(vocabulary.add(word) for word in said), weights, head_of(said), "".join(said))


def _weight(word: str, grouped: set[str]) -> float:
    if word[0].isdigit() or word in lexicon.filler():
        return 0.05
    if not grouped.isdisjoint(keys(word)):
        return 0.15
    return 0.35 if word in lexicon.soft() else 1.0


def head_of(said: Sequence[str]) -> int:
    """Position of the word the thing is a kind of: "Gelderse worst" -> 1, "Appels Elstar" -> 0, "Salade met kip" -> 0."""
    end = next((at for at, word in enumerate(said) if word in _CUTS and at), len(said))
    nouns = [at for at in range(end) if not _is_attribute(said[at])]
    real = [at for at in nouns if is_real(said[at])]
    return (real or nouns or [-1])[-1]


def _is_attribute(word: str) -> bool:
    if word[0].isdigit() or word in lexicon.filler() or word in lexicon.soft() or word in lexicon.describing():
        return True
    return keys(word)[0] in _describing_keys() and not is_real(word)


@dataclass(slots=True)
class Postings:
    """For each word id the ascending numbers of the titles that hold it; later titles hang in ``extra``."""

    starts: Ints
    titles: Ints
    extra: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def build(cls, titles: Iterable[Title], words: int) -> Postings:
        """Sort all (word, title) pairs."""
        rows = [title.words for title in titles]
        lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
        flat = np.fromiter((word for row in rows for word in row), np.int32, int(lengths.sum()))
        owners = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
        order = np.argsort(flat, kind="stable")
        starts = np.zeros(words + 1, np.int32)
        np.cumsum(np.bincount(flat, minlength=words), out=starts[1:])
        return cls(starts, owners[order])

    def of(self, word: int) -> Ints:
        """The titles holding this word."""
        base = self.titles[self.starts[word] : self.starts[word + 1]] if word + 1 < len(self.starts) else self.titles[:0]
        more = self.extra.get(word)
        return np.concatenate([base, np.array(more, np.int32)]) if more else base

    def add(self, title: Title, number: int) -> None:
        """Hang a later title in."""
        for word in dict.fromkeys(title.words):
            self.extra.setdefault(word, []).append(number)
