"""The shelf as the words of one message are looked up in it: whole names, words cut short, and every kind of a thing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from catalog.reading.lexicon import words_of
from catalog.reading.makers import bears, things_of
from catalog.reading.nouns import SMALL_ENDS, also, bare_name, is_adjective, is_no_kind, name_words, noun_of, own_words
from catalog.reading.result import BasketLine, Line, Shelf
from catalog.reading.shortened import begins, begun_by, by_head, by_part, ends_well, spelled_out
from catalog.reading.words import plain, table
from catalog.search import Found, Hit, lexicon, usual_key
from catalog.search.fold import MAX_LETTERS, key
from catalog.square import Product

MOST_LOOKUPS = 150  # a message of thousands of words is read so far and no further
NOTHING = Found("none", ())
_PLURALS = ("", "s", "n", "en", "ten")
_CUT = 5  # letters of a word cut short that may be taken for the whole; of fewer it is only offered
_MOST = 10
_KNOWN = 0.95  # how surely the kind of a brand must be sold here
_SHORTENED = 5  # letters of a word cut short that are enough when only one product begins so


@dataclass
class Lookup:
    """The shelf with what is known of the resident, and a memory of what was looked up for this one message."""

    shelf: Shelf
    usual: Mapping[str, str]
    basket: Sequence[BasketLine] = ()
    found: dict[str, Found] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)
    siblings: dict[str, list[Hit]] = field(default_factory=dict)
    kinds_of: dict[tuple[str, Found], Found] = field(default_factory=dict)
    borne: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    lines: dict[Hashable, Line] = field(default_factory=dict)

    @property
    def inside(self) -> tuple[str, ...]:
        """The products that lie in the basket, each once, in their order."""
        return tuple(dict.fromkeys(line.product_id for line in self.basket))

    def amount_inside(self, product_id: str | None) -> int | None:
        """How much of it lies in the basket; None when it does not."""
        return next((line.amount for line in self.basket if line.product_id == product_id), None)

    def find(self, words: str) -> Found:
        """What the index finds, once per words; nothing any more when a message asks for too much."""
        words = words.strip()
        if words not in self.found:
            if len(words) < 2 or len(self.found) >= MOST_LOOKUPS:  # "van 14b": no letter is goods
                return NOTHING
            found = self.shelf.index.find(words, usual=self.usual)
            whole, least = spelled_out(words, self) if found.verdict != "clear" else (words, 0)
            if whole != words:
                fuller = self.shelf.index.find(whole, usual=self.usual)
                if fuller.verdict == "clear" or not found.hits:
                    sure = fuller.verdict == "clear" and least >= _CUT and not _is_a_name(words)
                    found = fuller if sure else _first(fuller.hits, () if least else found.hits)
            written_as_one = self.shelf.joined.get(words) if found.verdict == "none" else None
            found = self.only(written_as_one) if written_as_one else found if found.hits else self._kinds(words)
            found = found if found.hits else self._spelt_kinds(words)
            found = self._of_maker(found, words) if found.verdict != "clear" else found
            self.found[words] = found if found.verdict == "clear" else self._with_heads(self._with_begun(found, words), words)
        return self.found[words]

    def _of_maker(self, found: Found, words: str) -> Found:
        """ "page" where other toilet paper is sold: that is offered, when nothing here bears the name."""
        things = [thing for thing in things_of(words) if self.knows(thing) >= _KNOWN]
        if not things or any(bears(self.product(hit.product), words) for hit in found.hits):
            return found
        hits = [hit for thing in things for hit in (*self.find(thing).hits, *self.kinds(thing))]
        return _first([hit for hit in hits if self.allowed(self.product(hit.product), words)], ()) if hits else found

    def _spelt_kinds(self, words: str) -> Found:
        """ "spinasie" where only "Wilde spinazie" is sold: what bears the word of the shelf that it surely is, is offered."""
        for other in self.spelt(words):
            if (found := self._kinds(other)).hits:
                return found if found.verdict == "choose" else Found("choose", found.hits)
        return NOTHING

    def spelt(self, word: str) -> tuple[str, ...]:
        """The words of this catalogue that a word surely is in another spelling, or another word for."""
        word = plain(word)
        return () if " " in word or len(word) > MAX_LETTERS else self.shelf.index.spelt(word)

    def _kinds(self, word: str) -> Found:
        """ "rijst" where only pandanrijst is sold: what ends in the word is offered, never put in the basket."""
        noun = noun_of(plain(word))
        noun = noun if len(noun) > 2 else plain(word)  # the noun of eieren is ei
        if " " in word or not 3 <= len(noun) <= MAX_LETTERS or is_adjective(word):
            return NOTHING
        nouns = (noun, *also(noun))
        bearing = [(self.product(one), each) for each in nouns for one in self.bearing(each)]
        ends = (
            self.called(word)
            or [one for one, each in bearing if ends_well(one.name, each) and not is_no_kind(one.name, each)]
            or self.of_group(noun)[:_MOST]
            or by_part(plain(word), self)
        )
        hits = tuple(Hit(one.id, one.name, 60.0) for one in ends if self.allowed(one, word))
        if (
            len(hits) == 1
            and len(word) >= _SHORTENED
            and begins(self.product(hits[0].product), plain(word))
            and not _is_a_name(word)
        ):
            return self.only(hits[0].product)
        return Found("choose" if hits else "none", hits[:10])

    def _with_begun(self, found: Found, word: str) -> Found:
        """What begins with a word that means nothing by itself comes before what it may be a slip for: "broc", "aardbeienj"."""
        begun = begun_by(plain(word), self) if found.verdict == "choose" else []
        others = found.hits if word[-1:] in "aeiou" else ()  # who cuts a word short does so behind a consonant
        return _first([Hit(one.id, one.name, 80.0) for one in begun], others) if begun else found

    def _with_heads(self, found: Found, word: str) -> Found:
        """ "tijgerbrood" where it is called "Tijger wit": offered first, when none of the others bears the word itself."""
        if " " in word or not 8 <= len(word) <= MAX_LETTERS or any(noun_of(word) in bare_name(hit.name) for hit in found.hits):
            return found
        heads = [Hit(one.id, one.name, 70.0) for one in by_head(plain(word), self)]
        return _first(heads, found.hits) if heads else found

    def of_group(self, noun: str) -> list[Product]:
        """Products whose group in the catalogue is called so: "chips" where the names are only of brands."""
        return [self.product(one) for one in self.shelf.groups.get(noun, ())]

    def all_of(self, noun: str) -> list[Product]:
        """Products of the group that is called so and not so and otherwise: "buitenlandse kaas", not "kip en wild" for kip."""
        return [one for one in self.of_group(noun) if _is_group(one.group, noun)]

    def called(self, word: str) -> list[Product]:
        """Products that a brand or a variety tells what they are: "chips" for "Lay's naturel", "appels" for Elstar."""
        names = _own_names().get(noun_of(plain(word)), ())
        near = {one for name in names for one in self.beginning(name_words(name)[0])} if names else set()
        goods = [product for product in map(self.product, sorted(near)) if _is_called(product, names, noun_of(plain(word)))]
        return [one for one in goods if not one.withdrawn and self.allowed(one, word)][:10]

    def knows(self, word: str) -> float:
        """How surely a word is one of this catalogue, 0-1."""
        if len(word) == 1 and word.isalpha():
            return 0.0
        if word not in self.known:
            self.known[word] = self.shelf.index.knows(word) if len(self.known) < 4 * MOST_LOOKUPS else 0.0
        return self.known[word]

    def only(self, product_id: str) -> Found:
        """One product, found by its whole name."""
        return Found("clear", (Hit(product_id, self.product(product_id).name, 100.0),))

    def is_usual(self, words: str, product: Product) -> bool:
        """Whether the resident chose this product for these words before."""
        return bool(self.usual) and self.usual.get(usual_key(words)) == product.id

    def bearing(self, noun: str) -> tuple[str, ...]:
        """The products whose name holds this noun, by itself or at the end of a compound."""
        return self.shelf.nouns.get(noun, ())

    def beginning(self, noun: str) -> tuple[str, ...]:
        """The products that have a word in their name or synonyms that begins so."""
        return tuple(product for word, product in self.shelf.begins.get(noun[:3], ()) if word.startswith(noun))

    def kinds(self, word: str, *, loosely: bool = False) -> tuple[Hit, ...]:
        """All products that are what this one word says, restricted goods left out; ``loosely`` in other words for it too."""
        every = self.shelf.index.kinds(word, loosely=loosely)
        return tuple(hit for hit in every if self.product(hit.product).restricted is None)

    @staticmethod
    def allowed(product: Product, word: str) -> bool:
        """Whether the product may be offered for this word: no restricted goods, and the shop did not say "not this"."""
        if product.restricted is not None:
            return False
        return not product.not_this or noun_of(plain(word)) not in {noun_of(plain(one)) for one in product.not_this}

    def exact(self, words: str) -> Found:
        """The one product whose whole name or synonym these words are."""
        said = name_words(words)
        product = self.shelf.exact.get(" ".join(said))
        if product is None and len(said) > 1:
            product = self.shelf.exact.get("".join(said))
        return self.only(product) if product else NOTHING

    @property
    def options(self) -> tuple[str, ...]:
        """All options of one word on this shelf."""
        return self.shelf.options

    def product(self, product_id: str) -> Product:
        """The product of this id; raises KeyError when the square has none."""
        return self.shelf.square.product_by_id[product_id]

    @property
    def full(self) -> bool:
        return len(self.found) >= MOST_LOOKUPS


@lru_cache(maxsize=1024)
def _is_group(group: str, noun: str) -> bool:
    *before, last = own_words(group) or [""]
    if noun_of(last) != noun or last.endswith(SMALL_ENDS):
        return False  # "broodjes" are no brood
    return not {"en", "bij"} & set(name_words(group)) and not any(map(lexicon.is_real, before))


@cache
def _own_names() -> Mapping[str, tuple[str, ...]]:
    """The names by themselves of things, by their nouns: appel -> elstar, jonagold."""
    named: dict[str, tuple[str, ...]] = {}
    for kind in ("brands", "varieties"):
        for thing, names in table("brands")[kind].items():
            noun = noun_of(plain(thing))
            named[noun] = named.get(noun, ()) + tuple(plain(name) for name in names)
    return named


def _is_a_name(word: str) -> bool:
    """Whether a short word is another name for something: "choco" is no vla of that taste."""
    return " " not in word and word in lexicon.sayings()


def _is_called(product: Product, names: Sequence[str], thing: str) -> bool:
    """Whether it bears such a name and says of nothing else that it is that: no "Robijn wasverzachter" for detergent."""
    name = plain(product.name.lower())
    every = _held(name)
    own = max(every, key=len, default="")
    if own not in names:
        return False  # "Lipton ice tea" is no tea
    for more in sorted(names, key=len, reverse=True):
        name = name.replace(more, " ")
    unsaid = lexicon.containers() | words_of("groups", "packs")
    rest = [one for one in name_words(name) if one not in unsaid and key(one) not in lexicon.flavour_keys()]
    if every.count(own) > 1:  # a maker of several things: "Unox knaks" are no rookworst
        return all(one[0].isdecimal() or one in lexicon.describing() or one in lexicon.soft() for one in rest)
    return not any(lexicon.is_real(one) and noun_of(one) != thing for one in rest)


@lru_cache(maxsize=8192)
def _held(name: str) -> list[str]:
    """The names by themselves that a product's name bears; the same for every message."""
    return [one for kinds in _own_names().values() for one in kinds if _holds(name, one)]


def _holds(name: str, one: str) -> bool:
    """Whether a name bears another as a word by itself, be it in the plural."""
    at = name.find(one)
    if at < 0 or (at and name[at - 1].isalnum()):
        return False
    behind = name[at + len(one) :].split(" ", 1)[0]
    return behind in _PLURALS or not behind[0].isalnum()


def of_one_shelf(one: Product, other: Product) -> bool:
    """Whether one shop has these two under the same heading."""
    return (one.shop, one.group) == (other.shop, other.group)


def _first(hits: Sequence[Hit], others: Sequence[Hit]) -> Found:
    """These to be offered, and behind them the others."""
    every = {hit.product: hit for hit in (*hits, *others)}
    return Found("choose" if every else "none", tuple(every.values())[:10])


__all__ = ["MOST_LOOKUPS", "NOTHING", "Lookup", "of_one_shelf"]
