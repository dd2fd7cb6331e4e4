"""Which names fit best: each said word is laid on the words of the name, and what is left over on either side counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from catalog.search import lexicon
from catalog.search.query import Query
from catalog.search.vocabulary import Match, Matches, Vocabulary, is_real

if TYPE_CHECKING:
    from catalog.search.index import Index

SOFT = 0.12


@dataclass(slots=True)
class Slot:
    """One said word: the catalogue words it may be, joined with the next one, or cut in two."""

    word: str
    weight: float
    matches: Matches
    joined: Matches = field(default_factory=dict)  # together with the next slot
    parts: tuple[Matches, ...] = ()  # as two words
    soft: bool = False

    def all_matches(self) -> Iterator[Matches]:
        """Every reading of the word."""
        yield self.matches
        if self.joined:
            yield self.joined
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Standing:
    """How a product did: ``cover`` of the said words, ``fit`` of its name (both 0-1), and the least explained word."""

    product: int
    score: float
    cover: float
    fit: float
    worst: float
    headless: bool
    name: str


def slots_of(query: Query, vocabulary: Vocabulary) -> list[Slot]:
    """Look every said word up, also joined with its neighbour and cut in two."""
    words = query.content
    slots = [Slot(word, 1.0, vocabulary.find(word)) for word in words]
    for slot, after in pairwise(slots):
        together = slot.word + after.word
        slot.joined = {
            w: m
            for w, m in vocabulary.find(together, fuzzy=not (slot.matches and after.matches)).items()
            if m.part in ("whole", "alias")
        }
    for slot in slots:
        if not any(match.part != "first" for match in slot.matches.values()):
            slot.parts = _cut(slot.word, vocabulary)
    slots += [Slot(word, SOFT, vocabulary.find(word, fuzzy=False), soft=True) for word in query.soft]
    return slots


def _cut(word: str, vocabulary: Vocabulary) -> tuple[Matches, ...]:
    for at in range(3, len(word) - 2):
        first, second = vocabulary.find(word[:at], fuzzy=False), vocabulary.find(word[at:], fuzzy=False)
        if any(m.part == "whole" for m in first.values()) and any(m.part == "whole" for m in second.values()):
            return first, second
    return ()


def rank(index: Index, numbers: Sequence[int], slots: Sequence[Slot], query: Query, context: frozenset[str]) -> list[Standing]:
    """Standings of the shortlisted titles, the best first, one per product."""
    best: dict[int, Standing] = {}
    for number in numbers:
        standing = _stand(index, number, slots)
        if (
            standing
            and _allowed(index, standing, query)
            and standing.score > (best[standing.product].score if standing.product in best else 0)
        ):
            best[standing.product] = standing
    return sorted(
        best.values(), key=lambda s: (-s.score, index.products[s.product].shop not in context, len(s.name), s.product)
    )


def _allowed(index: Index, standing: Standing, query: Query) -> bool:
    from catalog.search.fold import key

    said = {key(word) for word in query.content}
    if any(phrase == said for phrase in index.not_this.get(standing.product, ())):
        return False
    if query.kinds:
        kind = index.kinds.get(index.products[standing.product].shop, "")
        return not kind or any(word in query.kinds for word in kind.split())
    return True


def _stand(index: Index, number: int, slots: Sequence[Slot]) -> Standing | None:
    title = index.titles[number]
    explained = [0.0] * len(title.words)
    said = [_lay(slot.matches, title.words, explained) for slot in slots]
    for at, slot in enumerate(slots):
        if slot.joined and at + 1 < len(slots):
            sure = _lay(slot.joined, title.words, explained)
            said[at], said[at + 1] = max(said[at], sure), max(said[at + 1], sure)
        if slot.parts:
            sure = sum(_lay(part, title.words, explained) for part in slot.parts) / len(slot.parts)
            said[at] = max(said[at], 0.97 * sure)
    return _weigh(index, number, slots, said, explained)


def _lay(matches: Matches, words: Sequence[int], explained: list[float]) -> float:
    best, where, part = 0.0, -1, "whole"
    for at, word in enumerate(words):
        match = matches.get(word)
        if match and match.sure > best:
            best, where, part = match.sure, at, match.part
    if where >= 0:
        explained[where] = min(1.0, explained[where] + (1.0 if part in ("whole", "alias") else 0.5))
    return best


def _weigh(index: Index, number: int, slots: Sequence[Slot], said: Sequence[float], explained: Sequence[float]) -> Standing:
    title = index.titles[number]
    total = sum(slot.weight for slot in slots) or 1.0
    cover = sum(slot.weight * sure for slot, sure in zip(slots, said, strict=True)) / total
    weight = sum(title.weights) or 1.0
    fit = sum(w * e for w, e in zip(title.weights, explained, strict=True)) / weight
    hard = [sure for slot, sure in zip(slots, said, strict=True) if not slot.soft]
    headless = title.head >= 0 and explained[title.head] == 0 and title.weights[title.head] > 0.5
    score = (0.8 * cover + 0.2 * fit) * (0.85 if headless else 1.0)
    return Standing(title.product, score, cover, fit, min(hard, default=0.0), headless, title.text)


__all__ = ["Match", "Slot", "Standing", "is_real", "lexicon", "rank", "slots_of"]
