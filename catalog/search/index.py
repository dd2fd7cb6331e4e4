"""The search index of one square: built from its products, asked with what a resident says."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from catalog.search import lexicon
from catalog.search.abbreviated import in_full
from catalog.search.explain import explain
from catalog.search.fold import fold, key, plain, tokens
from catalog.search.found import Found, Hit
from catalog.search.query import Query, parse, usual_key
from catalog.search.rank import EXPLAINED, Slot, Standing, desperate, is_describing, slots_of, stand
from catalog.search.shortlist import LOOKED_AT, Shortlist
from catalog.search.titles import NO_HEAD, Postings, Reader, Titles
from catalog.search.verdict import judge
from catalog.search.vocabulary import ALIAS, HEAD, SECOND, Part, Vocabulary
from catalog.square import Product, Shop

ENOUGH = 0.7  # below this cover, known words are taken for misspellings as well
FOLLOWED = 60  # names of each word of which all kinds are asked for
OTHER_WORD = ALIAS * SECOND - 0.001  # of a synonym of a word that is on the shelf itself
AS_SUCH = ("whole", "small", "alias", "maybe")  # the word itself, and no part of a longer one
BY_EAR = 16  # names compared as a whole when a word was not understood


class Index:
    """All names of the products of one square. A changed product is put in place; the rest stays as it is."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.products: list[Product] = []
        self.titles = Titles()
        self._reader = Reader(self.vocabulary)
        self._gone: set[int] = set()  # names of changed or withdrawn products
        self._not_this: dict[int, tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]] = {}  # as said, and described
        self._kinds: dict[str, frozenset[str]] = {}
        self._late: dict[str, int] = {}

    @classmethod
    def build(cls, products: Iterable[Product], shops: Iterable[Shop] = ()) -> Index:
        """Index these products; withdrawn ones are left out. ``shops`` give meaning to "van de bakker"."""
        index = cls()
        index._kinds = {shop.slug: frozenset(tokens(f"{shop.kind} {shop.slug} {shop.name}")) for shop in shops}
        for product in products:
            if not product.withdrawn:
                index._add(product)
        index._freeze()
        return index

    def _freeze(self) -> None:
        self.titles.freeze()
        self._alias()
        self.vocabulary.freeze()
        self.postings = Postings(self.titles, len(self.vocabulary.words))
        self._shortlist = Shortlist(self.postings, len(self.titles))
        hashes = np.frombuffer(array("q", (hash((p.shop, p.sku)) for p in self.products)), np.int64)
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]

    def _number(self, product_id: str) -> int | None:
        """The number of the living product with this id."""
        if product_id in self._late:
            number = self._late[product_id]
            return None if number < 0 else number
        wanted = hash(tuple(product_id.split("/", 1)))
        at = int(self._hashes.searchsorted(wanted))
        while at < len(self._hashes) and self._hashes[at] == wanted:
            if self.products[self._order[at]].id == product_id:
                return int(self._order[at])
            at += 1
        return None

    def replace(self, product: Product) -> Index:
        """Put a new, changed or withdrawn product in place (in this index, which is returned)."""
        number = self._number(product.id)
        if number is not None:
            if not product.withdrawn and _same_words(self.products[number], product):
                self.products[number] = product
                return self
            self._gone.update(self.titles.of_product(number))
            self._late[product.id] = -1
        if not product.withdrawn:
            self._put(product)
        return self

    def _put(self, product: Product) -> None:
        words, number = len(self.vocabulary.words), len(self.products)
        self.products.append(product)
        self._late[product.id] = number
        for name in _names(product):
            if title := self._reader.read(number, name, product.group or " " if name is product.name else ""):
                self.postings.add(len(self.titles), title)
                self.titles.late.append(title)
        self._forbid(number, product)
        self.vocabulary.freeze(words or 1)
        self._shortlist.grow(len(self.titles))

    def _add(self, product: Product) -> None:
        number = len(self.products)
        self.products.append(product)
        for name in _names(product):
            if title := self._reader.read(number, name, product.group or " " if name is product.name else ""):
                self.titles.append(title)
        self._forbid(number, product)

    def _forbid(self, number: int, product: Product) -> None:
        """What it is not; nor that thing described, unless the very word stands in its name: "volle melk" for chocolademelk."""
        if product.not_this:
            own = {key(word) for name in _names(product) for word in tokens(name)}
            phrases = [frozenset(map(key, tokens(phrase))) for phrase in product.not_this]
            self._not_this[number] = frozenset(phrases), frozenset(phrase for phrase in phrases if own.isdisjoint(phrase))

    def _alias(self) -> None:
        for said, names in lexicon.synonyms():
            if not self._means_its_own(said):
                written = {"".join(_words(name)) for name in names}
                sold = {key(name) for name in written if self.vocabulary.same(name)}
                part: Part = "maybe" if len(sold) > 1 or said in lexicon.vague() else "alias"
                several = sum(all(map(self.vocabulary.same, _words(name))) for name in names) > 1
                self._let_stand(said, names, part, "maybe" if several and said in lexicon.vague() else "alias")
        for said, names in lexicon.asked():
            if not self._means_its_own(said):
                self._let_stand(said, names, "near", "near")

    def _means_its_own(self, said: str) -> bool:
        """Whether this is a maker that is sold here, who means his own goods."""
        spoken = _words(said)
        return not lexicon.brands().isdisjoint(spoken) and all(map(self.vocabulary.same, spoken))

    def _let_stand(self, said: str, names: Iterable[str], part: Part, pair: Part) -> None:
        for name in names:
            self.vocabulary.add_synonym("".join(_words(said)), list(_words(name)), part, pair)

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
        slots, standings = self.understood(words, context)
        verdict, taken, _ = judge(standings, slots)
        hits = tuple(self._hit(s.product, 100 * s.score) for s in taken[:limit])
        chosen = self._number(usual.get(usual_key(words), "")) if usual else None
        if chosen is not None:
            own = self._hit(chosen, 100.0)
            return Found("clear", (own, *[hit for hit in hits if hit.product != own.product])[:limit])
        return Found(verdict, hits)

    def understood(self, words: str, context: frozenset[str]) -> tuple[list[Slot], list[Standing]]:
        """The words as said and, where they hold a saying ("peen en uien"), with that as one word: whichever fits better."""
        ways = []
        for query in parse(words, self.vocabulary.has, self.vocabulary.is_saying):
            slots = slots_of(query, self.vocabulary)
            ways.append((slots, self._standings(query, slots, context)))
        return max(ways, key=lambda way: way[1][0].score if way[1] else 0.0)

    def _hit(self, number: int, score: float) -> Hit:
        product = self.products[number]
        return Hit(product.id, product.name, round(score, 1))

    def _standings(self, query: Query, slots: list[Slot], context: frozenset[str]) -> list[Standing]:
        if not slots:
            return []
        found = self._ranked(query, slots, context)
        if not found or found[0].cover < ENOUGH:
            again = self._ranked(query, desperate(slots, self.vocabulary), context)
            if again and (not found or again[0].score > found[0].score):
                return again
        return found

    def _ranked(self, query: Query, slots: list[Slot], context: frozenset[str]) -> list[Standing]:
        best: dict[int, Standing] = {}
        for number in self._shortlist.best(slots, self._gone, 8 * LOOKED_AT if query.kinds else LOOKED_AT):
            standing = stand(number, self.titles.get(number), slots)
            known = best.get(standing.product)
            if known is None or standing.score > known.score:
                best[standing.product] = standing
        allowed = sorted((s for s in best.values() if self._allowed(s, query)), key=lambda s: -s.score)
        if allowed and allowed[0].worst < EXPLAINED:
            allowed = self._by_ear(query, allowed)
        return sorted(allowed, key=lambda s: (-round(s.score, 4), not self._in(context, s.product), s.title))

    def _by_ear(self, query: Query, standings: list[Standing]) -> list[Standing]:
        """Let the sound of the whole decide among names of which the same words were understood."""
        said = fold("".join((*query.content, *query.soft)))
        near = [s._replace(score=0.92 * s.score + 0.0008 * fuzz.ratio(said, self._sound(s.title))) for s in standings[:BY_EAR]]
        return near + [s._replace(score=0.92 * s.score) for s in standings[BY_EAR:]]

    def _sound(self, title: int) -> str:
        return "".join(self.vocabulary.folds[word] for word in self.titles.get(title).words)

    def _in(self, context: frozenset[str], number: int) -> bool:
        return bool(context) and (self.products[number].shop in context or self.products[number].id in context)

    def _allowed(self, standing: Standing, query: Query) -> bool:
        forbidden = self._not_this.get(standing.product)
        if forbidden and (frozenset(map(key, query.content)) in forbidden[0] or _things(query) in forbidden[1]):
            return False
        kinds = self._kinds.get(self.products[standing.product].shop) if query.kinds else None
        return not kinds or not kinds.isdisjoint(query.kinds)

    def kinds(self, word: str, limit: int = 40, *, loosely: bool = False) -> tuple[Hit, ...]:
        """All products of which this one word says what they are, also as the end of a compound; the surest first.

        ``loosely``: also those of which another word for it says so, though the word itself is on the shelf.
        """
        best: dict[int, float] = {}
        (query, *_) = parse(word, self.vocabulary.has, self.vocabulary.is_saying)
        slots = slots_of(query, self.vocabulary)
        if len(slots) != 1 or slots[0].soft:
            return ()
        for at, match in slots[0].matches.items():
            if match.part == "first" or match.sure < (OTHER_WORD if loosely else HEAD):
                continue
            for number in self.postings.of(at, FOLLOWED).tolist():
                title = self.titles.get(number)
                if number not in self._gone and title.head != NO_HEAD and title.words[title.head] == at:
                    standing = stand(number, title, slots)
                    if standing.score > best.get(title.product, 0.0) and self._allowed(standing, query):
                        best[title.product] = standing.score
        return tuple(self._hit(product, 100 * best[product]) for product in sorted(best, key=lambda p: (-best[p], p))[:limit])

    def bears(self, name: str, word: str) -> float:
        """How surely some word of this name is the said one (0-1); :data:`FIRST` when it only begins a compound there."""
        matches = self.vocabulary.find(word)
        ids = (self.vocabulary.ids.get(one) for one in tokens(name))
        return max((matches[at].sure for at in ids if at in matches), default=0.0)

    def explain(self, words: str) -> list[str]:
        """In Dutch: each word, what it was taken for, the scores, and why the verdict is what it is."""
        return explain(self, words)

    def spelt(self, word: str) -> tuple[str, ...]:
        """The words of the catalogue that a said word surely is, spelt otherwise or by another name; the surest first."""
        found = self.vocabulary.find(word)
        sure = [(-match.sure, number) for number, match in found.items() if match.part in AS_SUCH and match.sure >= EXPLAINED]
        return tuple(self.vocabulary.words[number] for _, number in sorted(sure))

    def knows(self, word: str) -> float:
        """How surely a single word is one of this catalogue (0-1), also misspelt."""
        said = tokens(plain(word))
        found = [max((m.sure for m in self.vocabulary.find(one).values()), default=0.0) for one in said]
        return min(found, default=0.0)


@lru_cache(maxsize=16384)
def _words(said: str) -> tuple[str, ...]:
    """The words of a synonym; the same few thousand for every index."""
    return tuple(tokens(said))


def _names(product: Product) -> tuple[str, ...]:
    """All that it is called, its own name first."""
    whole = in_full(product.name)
    return (product.name, *product.synonyms, *((whole,) if whole else ()))


def _things(query: Query) -> frozenset[str]:
    """What was said without how it is: who says "volle melk" says melk."""
    return frozenset(key(word) for word in query.content if not is_describing(word))


def _same_words(one: Product, other: Product) -> bool:
    return (one.name, one.synonyms, one.not_this, one.group) == (other.name, other.synonyms, other.not_this, other.group)


__all__ = ["Found", "Hit", "Index", "usual_key"]
