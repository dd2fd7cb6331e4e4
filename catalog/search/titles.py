"""The names products go by, as rows of word ids, and the postings from word to name. Flat numpy arrays: 60 bytes a name."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from catalog.search import lexicon
from catalog.search.fold import fold, key, keys, tokens
from catalog.search.vocabulary import Vocabulary

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

MAX_TITLE = 24  # words of a name that count
NO_HEAD = 255
_CUTS = frozenset(["met", "van", "in", "uit", "voor", "op", "zonder", "per", "aan", "a", "la", "om", "tegen", "bij"])
_MARK = re.compile(r"(?<=\w), ")
FULL, SOFT, CONTAINER, SIZE, GROUP = 100, 35, 10, 5, 2  # GROUP counts fully once it is said
MUST = FULL + 1  # without this word it is asked: both of "peen en uien", the first of "zoete aardappel"


class Title(NamedTuple):
    """One name of a product: its words, what each weighs (0-100), and which word says what it is (NO_HEAD: unknown)."""

    product: int
    words: list[int]
    weights: list[int]
    head: int
    other: int = 0  # 1 for a synonym


class Kind(NamedTuple):
    """What a word is by itself: its weight in a name, whether it only describes, whether it is a known name of goods.

    ``cuts``: a preposition, or a word after one: what follows does not say what the thing is.
    """

    weight: int
    describes: bool
    real: bool
    cuts: bool
    flavour: bool = False
    behind: bool = False  # a comma: "Andijvie, grote krop"


_AFTER = Kind(FULL, True, False, True)


class Reader:
    """Reads names into titles; remembers what each word is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._kinds: dict[str, Kind] = {}
        self._groups: dict[str, frozenset[str]] = {}

    def read(self, product: int, name: str, group: str) -> Title | None:
        """One name of a product; ``group`` is empty for a synonym. None when nothing is left of it.

        Words of the group, sizes and packaging weigh little: nobody says them.
        """
        said = tokens(name)[:MAX_TITLE]
        known = self._kinds
        kinds = _sized(said, [known.get(word) or self._kind(word) for word in said])
        kinds = _marked(name, kinds)
        must = _musts(said, kinds, _itself(name, said))
        if any(kind.weight for kind in kinds):
            said, kinds = self._telling(said, kinds)
        if not said:
            return None
        weights = [kind.weight or SIZE for kind in kinds]
        if grouped := self._groups.get(group) or self._group(group):
            weights = [
                GROUP if word in grouped or keys(word)[0] in grouped else w for word, w in zip(said, weights, strict=True)
            ]
        if must:
            weights = [MUST if word in must else w for word, w in zip(said, weights, strict=True)]
        add = self.vocabulary.add
        return Title(product, [add(word) for word in said], weights, _head(said, kinds), int(not group))

    @staticmethod
    def _telling(said: list[str], kinds: list[Kind]) -> tuple[list[str], list[Kind]]:
        """Leave the filler out; after "met" or "zonder" everything tells: "met stukjes"."""
        told: list[str] = []
        kept: list[Kind] = []
        after = False
        for word, kind in zip(said, kinds, strict=True):
            if kind.cuts and told:
                after = True
            if kind.weight:
                told.append(word)
                kind = kind if kind.cuts == after else kind._replace(cuts=after)
                kept.append(_AFTER if after and kind.weight < SOFT and not word[0].isdigit() else kind)
        return told, kept

    def _group(self, group: str) -> frozenset[str]:
        said = [word for word in tokens(group) if not self._kind(word).describes]  # "haring en gerookt" is no group of zalm
        found = frozenset(said) | frozenset(form for word in said for form in keys(word)[:1])
        self._groups[group] = found
        return found

    def _kind(self, word: str) -> Kind:
        kind = self._kinds[word] = kind_of(word)
        return kind


def kind_of(word: str) -> Kind:
    """What a word is by itself."""
    if word in lexicon.filler():
        return Kind(0, True, False, word in _CUTS)
    if word[0].isdigit():
        return Kind(
            SOFT if word[-1] in "+%" or (word[-1].isalpha() and word.lstrip("0123456789") not in lexicon.filler()) else SIZE,
            True,
            False,
            False,
        )
    if word in lexicon.containers():
        return Kind(CONTAINER, True, False, False)
    if len(word) == 1:
        return Kind(SIZE, True, False, word in _CUTS)
    brand = word in lexicon.brands()
    soft = brand or word in lexicon.soft()
    form = keys(word)[0]
    describes = (soft and not brand) or word in lexicon.describing() or form in lexicon.describing_keys()
    real = not (describes or brand) and form not in lexicon.cut_keys() and (lexicon.is_real(word) or lexicon.is_kind(word))
    return Kind(SOFT if soft else FULL, describes, real, word in _CUTS, form in lexicon.flavour_keys())


def _sized(said: Sequence[str], kinds: list[Kind]) -> list[Kind]:
    """What is counted behind a name is its size and not what it is: "Appeltaart 8 punten", "Knoflook 3 bollen"."""
    if len(said) > 2 and said[-2].isdigit() and not kinds[-1].describes:
        kinds[-1] = Kind(SIZE, True, False, kinds[-1].cuts)
    return kinds


def _marked(name: str, kinds: list[Kind]) -> list[Kind]:
    """What stands behind a comma only tells more of it: "Kamillethee, losse bloemetjes"."""
    mark = _MARK.search(name)
    if not mark:
        return kinds
    ahead = len(tokens(name[: mark.start()]))
    return [*kinds[:ahead], *(kind._replace(behind=True) for kind in kinds[ahead:])]


def _itself(name: str, said: list[str]) -> int:
    """How many words stand before the first comma or bracket of a name: "Hutspotgroente (peen en ui)"."""
    first = name.partition(" (")[0].partition(", ")[0]
    return len(said) if first == name else len(tokens(first))


def _musts(said: Sequence[str], kinds: Sequence[Kind], itself: int) -> set[str]:
    """Words that cannot stay unsaid: both goods of "peen en uien", and what makes a sweet potato another thing."""
    must: set[str] = set()
    for at in range(len(said) - 1):
        if kinds[at].cuts:
            break
        if kinds[at].describes and kinds[at].weight and (keys(said[at])[0], keys(said[at + 1])[0]) in lexicon.apart():
            must.add(said[at])
        if (
            said[at] == "en"
            and 0 < at < itself
            and kinds[at - 1].real
            and kinds[at + 1].real
            and (at == 1 or not kinds[at + 1].flavour)
        ):
            must.update((said[at - 1], said[at + 1]))
    return must


def _head(said: Sequence[str], kinds: Sequence[Kind]) -> int:
    """Position of the word that says what it is: "Gelderse worst" 1, "Appels Elstar" 0, "Salade met kip" 0.

    Words in no list are makers or fancy names: "Campina volle melk" is melk. When there are only such words it is the last.
    """
    head, unknown = NO_HEAD, 0
    for at, kind in enumerate(kinds):
        if kind.cuts or (kind.behind and (head != NO_HEAD or unknown)):
            break
        if kind.describes:
            continue
        if not kind.real:
            unknown += 1
        elif not kind.flavour or (head == NO_HEAD and not _only_tastes(at, said, kinds, unknown)):
            head = at
    if head == NO_HEAD:
        return _last_unknown(kinds)
    return next((at for at in range(head + 1, len(said)) if _names(said[at], said[head])), head)


def _names(word: str, kind: str) -> bool:
    """Whether a later word says it more exactly: "Soep in blik tomatensoep"."""
    return len(word) > len(kind) > 2 and word.endswith(kind) and (key(kind), key(word)) not in lexicon.no_kind_keys()


def _only_tastes(at: int, said: Sequence[str], kinds: Sequence[Kind], unknown: int) -> bool:
    """Whether a flavour says what an unknown thing tastes of: "Milkbreak aardbei", "Mango dream"; not "Volle melk"."""
    if at and kinds[at - 1].describes and kinds[at - 1].weight >= SOFT:
        return False
    after = at + 1 < len(kinds) and not (kinds[at + 1].describes or kinds[at + 1].real or kinds[at + 1].cuts)
    return unknown > 1 or (after and keys(said[at])[0] == fold(said[at]))


def _last_unknown(kinds: Sequence[Kind]) -> int:
    """Position of the last word, before a preposition, that may say what it is: "Basis voor soep"."""
    cut = next((at for at, kind in enumerate(kinds) if kind.cuts), len(kinds))
    may = [at for at, kind in enumerate(kinds[:cut]) if not kind.describes]
    return next((at for at in reversed(may) if not kinds[at].flavour), may[-1] if may else NO_HEAD)


class Titles:
    """All names, shortest first, so that the first postings of a word are the plainest; changed ones follow at the end."""

    def __init__(self) -> None:
        self._words, self._weights = array("i"), array("B")
        self._starts, self._products, self._heads, self._others = array("i", [0]), array("i"), array("B"), array("B")
        self.words: Ints = np.empty(0, np.int32)
        self.weights: Bytes = np.empty(0, np.uint8)
        self.starts: Ints = np.zeros(1, np.int32)
        self.products: Ints = np.empty(0, np.int32)
        self.heads: Bytes = np.empty(0, np.uint8)
        self.others: Bytes = np.empty(0, np.uint8)
        self.late: list[Title] = []

    def __len__(self) -> int:
        return len(self.products) + len(self.late)

    def append(self, title: Title) -> None:
        """Add a name before :meth:`freeze`."""
        self._words.extend(title.words)
        self._weights.extend(title.weights)
        self._starts.append(len(self._words))
        self._products.append(title.product)
        self._heads.append(title.head)
        self._others.append(title.other)

    def freeze(self) -> None:
        """Sort the names by length and lay them flat."""
        starts = np.frombuffer(self._starts, np.int32)
        lengths = np.diff(starts)
        order = np.argsort(lengths, kind="stable")
        self.starts = np.zeros(len(order) + 1, np.int32)
        np.cumsum(lengths[order], out=self.starts[1:])
        if len(order):
            gather = np.repeat(starts[:-1][order] - self.starts[:-1], lengths[order]) + np.arange(
                self.starts[-1], dtype=np.int32
            )
            self.words = np.frombuffer(self._words, np.int32)[gather]
            self.weights = np.frombuffer(self._weights, np.uint8)[gather]
            self.products = np.frombuffer(self._products, np.int32)[order]
            self.heads = np.frombuffer(self._heads, np.uint8)[order]
            self.others = np.frombuffer(self._others, np.uint8)[order]
        self._words, self._weights, self._starts = array("i"), array("B"), array("i", [0])
        self._products, self._heads, self._others = array("i"), array("B"), array("B")

    def get(self, number: int) -> Title:
        """One name by its number."""
        base = len(self.products)
        if number >= base:
            return self.late[number - base]
        start, end = int(self.starts[number]), int(self.starts[number + 1])
        return Title(
            int(self.products[number]),
            self.words[start:end].tolist(),
            self.weights[start:end].tolist(),
            int(self.heads[number]),
            int(self.others[number]),
        )

    def of_product(self, product: int) -> list[int]:
        """Numbers of all names of a product."""
        base = len(self.products)
        late = [base + at for at, title in enumerate(self.late) if title.product == product]
        return [*np.flatnonzero(self.products == product).tolist(), *late]


class Postings:
    """For each word id the ascending numbers of the names that hold it."""

    def __init__(self, titles: Titles, words: int) -> None:
        self.starts: Ints = np.zeros(words + 1, np.int32)
        np.cumsum(np.bincount(titles.words, minlength=words), out=self.starts[1:])
        order = np.argsort(titles.words, kind="stable")
        owners = np.repeat(np.arange(len(titles.products), dtype=np.int32), np.diff(titles.starts))
        self.numbers: Ints = owners[order]
        self._late: dict[int, list[int]] = {}

    def of(self, word: int, most: int) -> Ints:
        """The first ``most`` names holding this word: the shortest ones, then those added later."""
        base = self.numbers[:0]
        if word + 1 < len(self.starts):
            start = int(self.starts[word])
            base = self.numbers[start : min(int(self.starts[word + 1]), start + most)]
        late = self._late.get(word) if self._late else None
        return np.concatenate([base, np.array(late, np.int32)]) if late else base

    def count(self, word: int) -> int:
        """How many names hold this word."""
        base = int(self.starts[word + 1] - self.starts[word]) if word + 1 < len(self.starts) else 0
        return base + len(self._late.get(word, ()))

    def add(self, number: int, title: Title) -> None:
        """Hang a later name in."""
        for word in dict.fromkeys(title.words):
            self._late.setdefault(word, []).append(number)
