"""A wish looked up: which product, which amount, what still has to be asked. When in doubt, candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from catalog.reading.amounts import Amount, common, holds, measure, said_only
from catalog.reading.lexicon import words_of
from catalog.reading.options import settle_options
from catalog.reading.quantities import Quantity
from catalog.reading.restricted import harmless, refused_kind
from catalog.reading.result import BasketLine, Line, Shelf
from catalog.reading.wishes import Unit, Wish, name_words
from catalog.reading.words import plain, table
from catalog.search import Found, Hit
from catalog.square import Product

MOST_LOOKUPS = 150  # a message of thousands of words is read so far and no further
_SIDES = frozenset(("met", "voor"))
_NONE = Found("none", ())
_NEAR = 6.0  # points of score within which candidates are held equal


@dataclass
class Lookup:
    """The shelf with what is known of the resident, and a memory of what was looked up for this one message."""

    shelf: Shelf
    usual: Mapping[str, str]
    basket: Sequence[BasketLine] = ()
    found: dict[str, Found] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)

    def find(self, words: str) -> Found:
        """What the index finds, once per words; nothing any more when a message asks for too much."""
        words = words.strip()
        if words not in self.found:
            if not words or len(self.found) >= MOST_LOOKUPS:
                return _NONE
            self.found[words] = self.shelf.index.find(words, usual=self.usual)
        return self.found[words]

    def knows(self, word: str) -> float:
        """How surely a word is one of this catalogue, 0-1."""
        if word not in self.known:
            self.known[word] = self.shelf.index.knows(word) if len(self.known) < 4 * MOST_LOOKUPS else 0.0
        return self.known[word]

    def only(self, product_id: str) -> Found:
        """One product, found by its whole name."""
        return Found("clear", (Hit(product_id, self.product(product_id).name, 100.0),))

    @property
    def options(self) -> tuple[str, ...]:
        """All options of one word on this shelf."""
        return self.shelf.options

    def product(self, product_id: str) -> Product:
        return self.shelf.square.product_by_id[product_id]

    @property
    def full(self) -> bool:
        return len(self.found) >= MOST_LOOKUPS


def lines_of(wish: Wish, text: str, lookup: Lookup) -> list[Line]:
    """The lines of one wish; more than one when several products were named without anything between them."""
    parts = parts_of(wish, lookup)
    if len(parts) == 1:
        return [line_of(wish, text, lookup)]
    lines = []
    for at, units in enumerate(parts):
        last = at == len(parts) - 1
        part = Wish(list(units), wish.quantity if at == 0 else None, wish.second if last else None, wish.notes if last else [])
        part.touch(token for unit in units for token in unit.tokens)
        part.start = wish.start if at == 0 else part.start
        part.end = wish.end if last else part.end
        lines.append(line_of(part, text, lookup))
    return lines


def share_heads(wishes: Sequence[Wish], lookup: Lookup) -> None:
    """ "4 bruine en 2 witte bolletjes": the first has its head in the second, when it is nothing clear by itself."""
    adjectives = words_of("options", "adjectives")
    for wish, follower in pairwise(wishes):
        if not wish.units or wish.behind or follower.joined != "en" or not follower.units:
            continue
        if any(unit.named or plain(unit.text) not in adjectives for unit in wish.units) or _halved(wish, wish.units, lookup):
            continue
        joined = [*(replace(unit, soft=False) for unit in wish.units), Unit((follower.units[-1].tokens[-1],))]
        if lookup.find(words_said(wish.units)).verdict != "clear" and lookup.find(words_said(joined)).hits:
            wish.units = joined


def line_of(wish: Wish, text: str, lookup: Lookup) -> Line:
    """One wish as one line."""
    said = text[wish.start : wish.end].strip(" ,.;:-()\"'\n\t")
    words = words_said(wish.units)
    kind = refused_kind([plain(word) for unit in wish.units for word in unit.text.split()])
    if kind:
        line = _refused(kind, said, words, wish, lookup)
        if line:
            return line
    found, kept, notes = search(wish, lookup)
    return _with_found(Line(said, words_said(kept)), found, wish, notes, lookup)


def words_said(units: Sequence[Unit]) -> str:
    """The product words as the index is asked for them; "van" and "bij" stay, as they point at a shop."""
    return " ".join(f"{unit.link} {unit.text}" if unit.link in ("van", "bij", "met", "zonder") else unit.text for unit in units)


# Looking up


def search(wish: Wish, lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    """What is found, the words that led there, and the words that are options or notes instead."""
    core = [unit for unit in wish.units if not unit.soft]
    soft = [unit.text for unit in wish.units if unit.soft]
    if len(core) == 1 and core[0].product:
        return lookup.only(core[0].product), core, [*soft, *wish.notes]
    group = _group(wish.units, lookup)
    if group:
        return group, wish.units, list(wish.notes)
    if not core:
        return lookup.find(words_said(wish.units)), wish.units, list(wish.notes)
    halved = _halved(wish, core, lookup)
    if halved:
        return halved, core, [*soft, *wish.notes]
    if soft and all(lookup.knows(word) >= 0.9 for word in soft if plain(word) not in words_of("options", "praise")):
        found = lookup.find(words_said(wish.units))
        if found.hits and _names_all(found, wish.units, lookup):
            return found, wish.units, list(wish.notes)
    return _search_core(wish, core, soft, lookup)


def _search_core(wish: Wish, core: list[Unit], soft: list[str], lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    found = _doubted(lookup.find(words_said(core)), core, lookup)
    if found.verdict == "clear":
        return found, core, [*soft, *wish.notes]
    if any(unit.link in _SIDES for unit in core[1:]):
        return _without_side(core, soft, wish, lookup)
    without = _without_option(core, lookup)
    if without:
        return without[0], without[1], [without[2], *soft, *wish.notes]
    packed = _packed(wish, core, lookup)
    if packed:
        return packed, core, [*soft, *wish.notes]
    return found, core, [*soft, *wish.notes]


def _doubted(found: Found, core: Sequence[Unit], lookup: Lookup) -> Found:
    """Clear only when it is: "kibbeling met saus" may be kibbeling, and one bare word may be any of its kinds ("chips")."""
    if found.verdict != "clear":
        return found
    product = lookup.product(found.hits[0].product)
    side = next((at for at, unit in enumerate(core) if at and unit.link in _SIDES), 0)
    if side and not any(unit.named for unit in core):
        head = lookup.find(words_said(core[:side]))
        if head.hits and head.hits[0].product != product.id:
            return Found("choose", (*head.hits[:5], found.hits[0]))
    if len(core) == 1 and not core[0].named and _has_siblings(found, plain(core[0].text), lookup):
        return Found("choose", found.hits)
    return found


def _has_siblings(found: Found, word: str, lookup: Lookup) -> bool:
    """Whether the word is only part of the name, and other products bear it in the same way."""
    product = lookup.product(found.hits[0].product)
    noun = _noun(word)
    if any(_bare_name(name) == {noun} for name in (product.name, *product.synonyms)):
        return False
    return any(
        noun in _bare_name(lookup.product(hit.product).name) and hit.score >= found.hits[0].score - 4 * _NEAR
        for hit in found.hits[1:]
    ) and noun in _bare_name(product.name)


def _packed(wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "krop sla", "zak piepers", "kratje cola": the pack is part of what the thing is called."""
    quantity = wish.quantity
    if not quantity or not quantity.word:
        return None
    for word in dict.fromkeys((quantity.said.split()[-1], quantity.word)):
        found = lookup.find(f"{word} {words_said(core)}") if word.isalpha() else _NONE
        if found.verdict == "clear" and _bears_pack(lookup.product(found.hits[0].product), (word, quantity.word)):
            return found
    return None


def _bears_pack(product: Product, words: tuple[str, ...]) -> bool:
    return any(part.startswith(words) for name in (product.name, *product.synonyms) for part in name_words(name))


def _without_option(core: Sequence[Unit], lookup: Lookup) -> tuple[Found, list[Unit], str] | None:
    """ "deodorant roller": one of the words is an option of the product that the others name."""
    if not 2 <= len(core) <= 5:
        return None
    for at in range(len(core) - 1, -1, -1):
        rest = [unit for place, unit in enumerate(core) if place != at]
        if rest[0].link or not settle_options(None, [core[at].text], lookup.options)[0]:
            continue
        found = lookup.find(words_said(rest))
        if found.verdict == "clear" and settle_options(lookup.product(found.hits[0].product), [core[at].text])[0]:
            return found, rest, core[at].text
    return None


def _names_all(found: Found, units: Sequence[Unit], lookup: Lookup) -> bool:
    """Whether the best hit really bears the soft words in its name, and was not found in spite of them."""
    product = lookup.product(found.hits[0].product)
    names = [plain(name.lower()) for name in (product.name, *product.synonyms)]
    soft = [_stem(plain(unit.text)) for unit in units if unit.soft]
    return any(all(stem in name for stem in soft) for name in names)


def _stem(word: str) -> str:
    word = word.removesuffix("n").removesuffix("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _halved(wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "een halfje wit", "een half volkoren": the half loaf is a product of its own."""
    quantity = wish.quantity
    if not quantity or quantity.amount is None or quantity.to:
        return None
    if not (quantity.unit == "half" or (quantity.unit == "" and quantity.amount.denominator == 2)):
        return None
    found = lookup.find(f"half {words_said(core)}")
    halves = tuple(hit for hit in found.hits if _is_half(lookup.product(hit.product)))
    if not halves:
        return None
    whole_too = quantity.unit == "" and quantity.amount > 1
    clear = found.verdict == "clear" or len(halves) == 1
    return Found("clear" if clear and not whole_too else "choose", halves if not whole_too else found.hits)


def _is_half(product: Product) -> bool:
    return any("half" in name.lower().split() for name in (product.name, *product.synonyms))


def _without_side(
    core: Sequence[Unit], soft: list[str], wish: Wish, lookup: Lookup
) -> tuple[Found, list[Unit], list[str]]:
    """ "pistolet met ham": ask which pistolet, and keep "met ham" as a note. Never clear."""
    at = next(at for at, unit in enumerate(core) if at and unit.link in _SIDES)
    found = lookup.find(words_said(core[:at]))
    side = " ".join([core[at].link, *(unit.text for unit in core[at:])])
    return Found("choose" if found.hits else "none", found.hits), list(core[:at]), [*soft, side, *wish.notes]


def _group(units: Sequence[Unit], lookup: Lookup) -> Found | None:
    """A wish for a kind of thing: "wat te drinken", "iets lekkers bij de koffie"."""
    said = " ".join(plain(unit.text) for unit in units)
    for row in table("groups")["group"]:
        if said in row["words"]:
            hits: dict[str, Hit] = {}
            for words in row["find"]:
                for hit in lookup.find(words).hits[:3]:
                    if lookup.product(hit.product).restricted is None:
                        hits.setdefault(hit.product, hit)
            return Found("choose" if hits else "none", tuple(hits.values())[:10])
    return None


# From what was found to a line


def _with_found(line: Line, found: Found, wish: Wish, notes: Sequence[str], lookup: Lookup) -> Line:
    if wish.either:
        found = _both(found, wish, lookup)
    found = _narrowed(found, wish, lookup)
    hits = found.hits
    first = lookup.product(hits[0].product) if hits else None
    if first and found.verdict == "clear" and first.restricted:
        return _as_refused(line, str(first.restricted), hits, wish, notes)
    product = first if found.verdict == "clear" else None
    options, note = settle_options(product, [*_options_within(wish, product), *notes])
    line = replace(line, candidates=_candidates(product, hits, lookup), options=options, note=note)
    return _with_amount(replace(line, product=product.id if product else None), product, wish, lookup)


def _options_within(wish: Wish, product: Product | None) -> list[str]:
    """Words that were found with the product but are an option of it and not its name ("rode rozen")."""
    if product is None or not product.options:
        return []
    names = {word for name in (product.name, *product.synonyms) for word in name_words(name)}
    words = [unit.text for unit in wish.units if not unit.soft and not unit.named and plain(unit.text) not in names]
    return [word for word in words if settle_options(product, [word])[0]]


def _candidates(product: Product | None, hits: Sequence[Hit], lookup: Lookup) -> tuple[str, ...]:
    if product:
        return (product.id,)
    return tuple(hit.product for hit in hits if lookup.product(hit.product).restricted is None)[:10]


def _with_amount(line: Line, product: Product | None, wish: Wish, lookup: Lookup) -> Line:
    first, second = wish.quantity, wish.second
    offered = [lookup.product(candidate) for candidate in line.candidates]
    if first and offered and all(_is_half(one) for one in offered):
        first = _count_of_halves(first)
    if product:
        return with_amount(line, measure(product, first, second, line.words))
    amount = common([measure(one, first, second, line.words) for one in offered]) if offered else said_only(first, second)
    told = said_only(first, second)
    amount = replace(amount, asks="which" if offered else None, money_cents=told.money_cents, persons=told.persons)
    if amount.amount is None and told.unit == "g":
        amount = replace(amount, amount=told.amount, unit="g", about=told.about)
    return with_amount(line, amount)


def _count_of_halves(quantity: Quantity) -> Quantity:
    """ "een half wit" is one half loaf, "een halfje" too."""
    if quantity.unit == "half":
        return replace(quantity, unit="")
    return replace(quantity, amount=Fraction(1)) if quantity.amount == Fraction(1, 2) and quantity.unit == "" else quantity


def with_amount(line: Line, amount: Amount) -> Line:
    """The line with this amount and what it asks."""
    return replace(
        line, amount=amount.amount, unit=amount.unit if amount.amount is not None else None, about=amount.about, asks=amount.asks,
        low=amount.low, high=amount.high, money_cents=amount.money_cents, persons=amount.persons,
    )  # fmt: skip


def _both(found: Found, wish: Wish, lookup: Lookup) -> Found:
    """ "appels of peren", "rode of groene paprika": both are offered, neither is put in the basket."""
    head = [unit for unit in wish.units if not unit.soft]
    if head and _is_adjective(head[-1].text):
        found = lookup.find(words_said([*head, wish.either[-1]]))
    other = lookup.find(words_said(wish.either))
    if not other.hits and head:
        other = lookup.find(words_said([*wish.either, head[-1]]))
    best = {hit.product: hit for hits in zip(found.hits[:5], other.hits[:5], strict=False) for hit in hits}
    rest = {hit.product: hit for hit in (*found.hits[:5], *other.hits[:5])}
    hits = tuple({**best, **rest}.values())
    return Found("choose" if hits else "none", hits[:10])


def _narrowed(found: Found, wish: Wish, lookup: Lookup) -> Found:
    """One of several whose pack is just what was said: "2 flessen 7up", "zak aardappelen van 5 kilo", "tien eieren"."""
    if found.verdict != "choose" or wish.either or len(found.hits) < 2:
        return found
    near = [hit for hit in found.hits if hit.score >= found.hits[0].score - _NEAR]
    said = {_noun(plain(word)) for unit in wish.units for word in unit.text.split()}
    fitting = [hit for hit in near if _fits(lookup.product(hit.product), wish)]
    plainly = [hit for hit in fitting if _plainly(lookup.product(hit.product), said)]
    if len(plainly) == 1:
        return Found("clear", tuple(plainly))
    if fitting:
        return Found("choose", tuple(sorted(found.hits, key=lambda hit: hit not in fitting)))
    return found


def _fits(product: Product, wish: Wish) -> bool:
    if holds(product, wish.quantity, wish.second):
        return True
    word = wish.quantity.word if wish.quantity else ""
    return bool(word) and any(part.startswith(word) for part in name_words(product.name))


def _plainly(product: Product, said: set[str]) -> bool:
    """Whether the product's name is no more than what was said, but for its pack and its size."""
    return _bare_name(product.name) <= said


def _bare_name(name: str) -> set[str]:
    """The nouns of a name, without pack and size."""
    return {_noun(word) for word in name_words(name) if word not in words_of("groups", "packs") and not word.isdigit()}


# Restricted goods


def _refused(kind: str, said: str, words: str, wish: Wish, lookup: Lookup) -> Line | None:
    """The refusal, unless the words are clearly the name of something that may be sold."""
    found = lookup.find(words)
    if found.verdict == "clear":
        product = lookup.product(found.hits[0].product)
        if product.restricted is None and _bears(product, words):
            return None
    return _as_refused(Line(said, words), kind, [h for h in found.hits if lookup.product(h.product).restricted], wish, wish.notes)


def _bears(product: Product, words: str) -> bool:
    names = [set(plain(name.lower()).split()) for name in (product.name, *product.synonyms)]
    return any(set(plain(words).split()) <= name for name in names)


def _as_refused(line: Line, kind: str, hits: Sequence[Hit], wish: Wish, notes: Sequence[str]) -> Line:
    amount = replace(said_only(wish.quantity, wish.second), asks=None)
    line = replace(line, refused=kind, candidates=tuple(hit.product for hit in hits)[:10], note=", ".join(notes))
    return with_amount(line, amount)


# Several products in one breath


def parts_of(wish: Wish, lookup: Lookup) -> list[Sequence[Unit]]:
    """Cut "melk brood kaas" into products, when each part is one by itself and the whole is none."""
    units = wish.units
    if len([unit for unit in units if not unit.soft]) < 2 or wish.either or lookup.find(words_said(units)).verdict == "clear":
        return [units]
    if _group(units, lookup) or search(wish, lookup)[0].verdict == "clear":
        return [units]
    best = _best_cut(units[:24], lookup)
    return [*best[:-1], [*best[-1], *units[24:]]] if best else [units]


def _best_cut(units: Sequence[Unit], lookup: Lookup) -> list[Sequence[Unit]]:
    """The cut that explains most words with the fewest parts (dynamic programming over at most 5 words a part)."""
    best: list[tuple[float, list[Sequence[Unit]]]] = [(0.0, [])]
    for end in range(1, len(units) + 1):
        options = []
        for begin in range(max(0, end - 5), end):
            worth = _worth(units[begin:end], lookup, whole=end - begin == len(units))
            options.append((best[begin][0] + worth, [*best[begin][1], units[begin:end]]))
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    score, cut = best[-1]
    return cut if score > 0 and all(_worth(part, lookup, whole=len(cut) == 1) > 0 for part in cut) else []


def _worth(units: Sequence[Unit], lookup: Lookup, *, whole: bool) -> float:
    """How well a part stands alone: all its words explained, and its last word the thing itself and no adjective."""
    if units[0].link or units[0].soft:
        return -1.0
    core = [unit for unit in units if not unit.soft]
    found = lookup.find(words_said(core))
    if not found.hits or not (whole or _is_head(core[-1].text, lookup.product(found.hits[0].product))):
        return -1.0
    if found.verdict == "clear":
        return len(units) - 0.15
    score = found.hits[0].score
    return len(units) * 0.8 - 0.15 if score >= 80 else -0.5


def _is_head(word: str, product: Product) -> bool:
    """Whether this word is what a name of the product ends in ("brood" of "Bruin brood heel", "melk" of "karnemelk")."""
    stem = _noun(plain(word))
    for name in (product.name, *product.synonyms):
        for part in plain(name.lower()).replace("-", " ").split():
            noun = _noun(part)
            if noun == stem or (len(stem) > 3 and (noun.endswith(stem) or stem.endswith(noun))):
                return not _is_adjective(word)
    return False


def _noun(word: str) -> str:
    for ending in ("etjes", "tjes", "pjes", "jes", "etje", "tje", "je", "en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word.replace("aa", "a").replace("oo", "o").replace("ee", "e")


def _is_adjective(word: str) -> bool:
    return plain(word) in words_of("options", "adjectives")


def settle(line: Line, product: Product, first: Quantity | None, second: Quantity | None) -> Line:
    """The line once the resident has chosen this product: amount and options read anew."""
    options, note = settle_options(product, [part for part in line.note.split(", ") if part])
    chosen = replace(line, product=product.id, candidates=(product.id,), options=options, note=note)
    return with_amount(chosen, measure(product, first, second, line.words))


__all__ = ["Lookup", "harmless", "line_of", "lines_of", "search", "settle", "with_amount", "words_said"]
