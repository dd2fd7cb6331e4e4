"""The search index of one square: built from its products, asked with what a resident says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from catalog.search import lexicon
from catalog.search.fold import key, keys, plain, tokens
from catalog.search.query import Query, parse, usual_key
from catalog.search.rank import Slot, Standing, rank, slots_of
from catalog.search.titles import Postings, Title, read_title
from catalog.search.verdict import judge
from catalog.search.vocabulary import Vocabulary
from catalog.square import Product, Shop

Verdict = Literal["clear", "choose", "none"]
SHORTLIST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found: ``product`` is ``shop/sku``, ``score`` 0-100."""

    product: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """``clear``: the first hit is meant. ``choose``: ask which. ``none``: not sold here, ``hits`` is empty."""

    verdict: Verdict
    hits: tuple[Hit, ...] = ()


class Index:
    """All names of the products of one square. One changed product is put in place; the rest stays as it is."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.products: list[Product] = []
        self.titles: list[Title] = []
        self.numbers: dict[str, int] = {}
        self.gone: set[int] = set()  # titles of changed or withdrawn products
        self.not_this: dict[int, tuple[frozenset[str], ...]] = {}
        self.kinds: dict[str, str] = {}
        self.postings = Postings(np.zeros(1, np.int32), np.empty(0, np.int32))
        self._said: dict[str, list[Slot]] = {}

    @classmethod
    def build(cls, products: Iterable[Product], shops: Iterable[Shop] = ()) -> Index:
        """Index these products; withdrawn ones are left out. ``shops`` give meaning to "van de bakker"."""
        index = cls()
        index.kinds = {shop.slug: f"{plain(shop.kind)} {plain(shop.slug)} {plain(shop.name)}" for shop in shops}
        for product in products:
            if not product.withdrawn:
                index._add(product)
        index._alias(lexicon.synonyms())
        index.vocabulary.freeze()
        index.postings = Postings.build(index.titles, len(index.vocabulary.words))
        return index

    def replace(self, product: Product) -> Index:
        """Put a new, changed or withdrawn product in place (in this index, which is returned)."""
        number = self.numbers.get(product.id)
        if number is not None:
            if not product.withdrawn and _same_words(self.products[number], product):
                self.products[number] = product
                return self
            self.gone.update(at for at, title in enumerate(self.titles) if title.product == number)
            del self.numbers[product.id]
        if not product.withdrawn:
            self._put(product)
        self._said.clear()
        return self

    def _put(self, product: Product) -> None:
        words, titles = len(self.vocabulary.words), len(self.titles)
        self._add(product)
        self.vocabulary.freeze(words)
        for at in range(titles, len(self.titles)):
            self.postings.add(self.titles[at], at)

    def _add(self, product: Product) -> None:
        number = self.numbers[product.id] = len(self.products)
        self.products.append(product)
        for name in (product.name, *product.synonyms):
            if tokens(name):
                self.titles.append(read_title(self.vocabulary, number, name, product.group))
        if product.not_this:
            self.not_this[number] = tuple(frozenset(key(word) for word in tokens(phrase)) for phrase in product.not_this)

    def _alias(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        for said, names in pairs:
            forms = keys("".join(tokens(said)))
            for name in names:
                joined = "".join(tokens(name))
                for number in self.vocabulary.by_key.get(key(joined), ()):
                    self.vocabulary.aliases.setdefault(forms[0], []).append((number, 0.96))

    def find(
        self,
        words: str,
        *,
        usual: Mapping[str, str] | None = None,
        limit: int = 10,
        context: frozenset[str] = frozenset(),
    ) -> Found:
        """What these words mean here. ``usual``: :func:`usual_key` -> product id she chose before; it comes first and is clear.

        ``context``: shops or product ids already in the basket; they break ties in the order, never in the verdict.
        """
        query = parse(words)
        standings = self._standings(query, context)
        verdict, taken = judge(standings, self._slots(query), query)
        hits = [Hit(self.products[s.product].id, self.products[s.product].name, round(100 * s.score, 1)) for s in taken[:limit]]
        chosen = self.numbers.get((usual or {}).get(usual_key(words), "")) if usual else None
        if chosen is not None:
            own = Hit(self.products[chosen].id, self.products[chosen].name, 100.0)
            return Found("clear", (own, *[hit for hit in hits if hit.product != own.product])[:limit])
        return Found(verdict, tuple(hits))

    def _slots(self, query: Query) -> list[Slot]:
        return slots_of(query, self.vocabulary)

    def _standings(self, query: Query, context: frozenset[str]) -> list[Standing]:
        slots = self._slots(query)
        numbers = self._shortlist(slots)
        return rank(self, numbers, slots, query, context)

    def _shortlist(self, slots: list[Slot]) -> list[int]:
        best: dict[int, float] = {}
        for slot in slots:
            mine: dict[int, float] = {}
            for matches in slot.all_matches():
                for word, match in matches.items():
                    for title in self.postings.of(word).tolist():
                        if match.sure > mine.get(title, 0.0):
                            mine[title] = match.sure
            for title, sure in mine.items():
                best[title] = best.get(title, 0.0) + sure * slot.weight
        alive = [(sure, -len(self.titles[t].words), -t) for t, sure in best.items() if t not in self.gone]
        return [-t for _, _, t in sorted(alive, reverse=True)[:SHORTLIST]]

    def explain(self, words: str) -> list[str]:
        """In Dutch: each word, what it was taken for, and the scores."""
        query = parse(words)
        found = self.find(words)
        lines = [_explain_word(slot, self.vocabulary) for slot in self._slots(query)]
        lines += [f"{hit.name} ({hit.product}): {hit.score:.1f}" for hit in found.hits]
        return [*lines, f"Oordeel: {found.verdict}"]

    def knows(self, word: str) -> float:
        """How surely a single word is one of this catalogue (0-1), also misspelt."""
        found = [tokens(word)] if word else []
        if not found or not found[0]:
            return 0.0
        return min(max((m.sure for m in self.vocabulary.find(w).values()), default=0.0) for w in found[0])


def _same_words(one: Product, other: Product) -> bool:
    return (one.name, one.synonyms, one.not_this, one.group) == (other.name, other.synonyms, other.not_this, other.group)


def _explain_word(slot: Slot, vocabulary: Vocabulary) -> str:
    best = sorted(((m.sure, vocabulary.words[w]) for matches in slot.all_matches() for w, m in matches.items()), reverse=True)[
        :3
    ]
    taken = ", ".join(f"{word} ({sure:.2f})" for sure, word in best)
    return f"{slot.word} → {taken or 'niet herkend'}"


__all__ = ["Found", "Hit", "Index", "usual_key"]
