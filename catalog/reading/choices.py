"""What a careful shop assistant names when one word may be several things: all kinds of it, plain ones first, no strangers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from catalog.reading import letters
from catalog.reading.lexicon import words_of
from catalog.reading.nouns import (
    also,
    bare_name,
    before_comma,
    is_adjective,
    is_half,
    is_no_kind,
    name_words,
    noun_of,
    only_modifies,
    stem,
)
from catalog.reading.shortened import by_head, is_cut_short
from catalog.reading.wish import Unit, words_said
from catalog.reading.words import plain, table
from catalog.search import FIRST, Found, Hit, lexicon
from catalog.search.fold import key
from catalog.square import Product

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup

_MOST = 10
_SHORT = 3  # letters; of a shorter noun the plural is what compounds end in
_LONG_FIRST = 4  # letters of the first part of a compound that is a word by itself
_LONG_END = 5  # letters by which a compound is known, whatever it begins with: "ribbelchips"
_LOAVES = {"heel": "heel", "hele": "heel", "half": "half", "halve": "half", "halfje": "half"}
_LONGEST_WORD = 30  # letters of a compound that is cut in two
_LONGEST_MAKER = 3  # words
_ALIKE = 5.0  # points between candidates that fit as well as each other
_LIKE = 0.7  # how alike a word and what it is a slip for are: "slagroomtaart" is none for "slagroom"
_FORM = 0.97  # how well a word is known that is another form of one of the catalogue
_SLIP = 0.8  # a word known so well is a slip for one of the catalogue


def all_kinds(found: Found, units: Sequence[Unit], lookup: Lookup) -> Found:
    """The candidates for one bare word completed: "gehakt" is every mince, and no meatball."""
    hard = [unit for unit in units if not unit.soft]
    if found.verdict == "choose" and len(hard) == 2 and (shops := _shops_said(hard[1], lookup)):
        word = plain(hard[0].text)
        theirs = [hit for hit in (*found.hits, *every_kind(word, lookup)) if lookup.product(hit.product).shop in shops]
        return _all_kinds(Found("choose", tuple(theirs)), word, lookup, shops) if theirs else found
    if found.verdict != "choose" or len(hard) != 1 or hard[0].named or " " in hard[0].text:
        return found
    word = plain(hard[0].text)
    if found.hits and is_cut_short(lookup.product(found.hits[0].product), word):
        return found
    if (word, found) not in lookup.kinds_of:
        lookup.kinds_of[word, found] = _all_kinds(found, word, lookup)
    return lookup.kinds_of[word, found]


def _shops_said(unit: Unit, lookup: Lookup) -> set[str]:
    """The shops of this kind: "brood van de bakker"."""
    word = plain(unit.text)
    return {shop.slug for shop in lookup.shelf.square.shops if unit.link in ("van", "bij") and word in (shop.kind, shop.slug)}


def _all_kinds(found: Found, word: str, lookup: Lookup, shops: Collection[str] = ()) -> Found:
    known = {hit.product for hit in found.hits}
    if found.hits and lookup.knows(word) >= _SLIP:
        word = as_named(lookup.product(found.hits[0].product), word)
    grouped = {one.id: Hit(one.id, one.name, 50.0) for one in lookup.all_of(noun_of(word)) if lookup.allowed(one, word)}
    more = grouped | {hit.product: hit for hit in every_kind(word, lookup)}
    hits = [*found.hits, *(hit for hit in more.values() if hit.product not in known)]
    hits = [hit for hit in hits if not shops or lookup.product(hit.product).shop in shops]
    kept = [
        hit for hit in hits if hit.product in grouped or not _only_begins(lookup.product(hit.product), word, lookup)
    ] or hits
    order, common = _order_of_shop(kept, word, lookup), _common(noun_of(word))

    def rank(hit: Hit) -> tuple[bool | int, ...]:
        product = lookup.product(hit.product)
        aside = is_special(product, {noun_of(word)}), bool(grouped) and hit.product not in grouped
        seldom = bool(common) and common.isdisjoint(_told_apart_by(product, word)), is_half(product)
        return (*_strangeness(product, word), *aside, *seldom, order.get(hit.product, 0))

    return Found("choose", tuple(sorted(kept, key=rank)[:_MOST]))


def is_special(product: Product, told: set[str]) -> bool:
    """Whether it was made into something else, or set apart, in a way that nobody spoke of: smoked, sour, for a baby."""
    return any(_sets_apart(word) and noun_of(word) not in told for word in name_words(product.name))


@lru_cache(maxsize=16384)
def _sets_apart(word: str) -> bool:
    if word in words_of("options", "made_other") or word in words_of("groups", "set_apart"):
        return True
    return word.startswith(tuple(words_of("groups", "set_apart_first")))


@cache
def _common(noun: str) -> frozenset[str]:
    """The kinds that most people mean who say no more than this."""
    return frozenset(map(stem, table("groups")["common"].get(noun, ())))


def _told_apart_by(product: Product, word: str) -> set[str]:
    """The stems of the words of its name, of a compound of the word the first part: "Volkorenbrood" is a volkoren one."""
    noun = noun_of(word)
    return {stem(form) for part in name_words(product.name) for form in (part, part.removesuffix(noun) or part)}


def _order_of_shop(hits: Sequence[Hit], word: str, lookup: Lookup) -> dict[str, int]:
    """Where each of the candidates comes in the catalogue, when the word itself says what they all are."""
    if lookup.knows(word) < _FORM:
        return {}
    at = lookup.shelf.place
    best = max((hit.score for hit in hits), default=0.0)
    behind = [hit for hit in hits if hit.score < best - _ALIKE or noun_of(word) not in bare_name(hit.name)]
    return {hit.product: at[hit.product] for hit in hits} | {hit.product: len(at) + n for n, hit in enumerate(behind)}


def siblings(word: str, lookup: Lookup) -> list[Hit]:
    """All that is what this word says: by the word that tells what it is, or as the end of a longer one."""
    if word not in lookup.siblings:
        lookup.siblings[word] = _siblings(word, lookup)
    return lookup.siblings[word]


def every_kind(word: str, lookup: Lookup) -> list[Hit]:
    """All that this word may mean, by its own name or by another word for it."""
    known = siblings(word, lookup)
    return [*known, *(hit for hit in named_otherwise(word, lookup) if hit.product not in {one.product for one in known})]


def _siblings(word: str, lookup: Lookup) -> list[Hit]:
    hits = {hit.product: hit for hit in lookup.kinds(word)}
    noun = noun_of(word)
    for one in [one for said in (noun, *_other_words(noun)) for one in lookup.bearing(said)]:
        product = lookup.product(one)
        if one not in hits and lookup.allowed(product, word) and is_kind_of_any(product.name, noun):
            hits[one] = Hit(one, product.name, 50.0)
    for product in lookup.called(word):
        hits.setdefault(product.id, Hit(product.id, product.name, 50.0))
    return list(hits.values())


@lru_cache(maxsize=8192)
def is_kind_of_any(name: str, noun: str) -> bool:
    """Whether a name is of such a thing, in this word or another for it: "Scharreleieren" for ei, "Winterpeen" for wortel."""
    if _is_kind(name, noun):
        return True
    forms = {form for word in name_words(name) for form in (word, noun_of(word))}
    return any(is_made_of(form, other) for form in forms for other in _other_words(noun))


@lru_cache(maxsize=8192)
def is_made_of(word: str, noun: str) -> bool:
    """Whether a word is this noun with a word before it: "bospeen", not "knoflook" for look."""
    first = word.removesuffix(noun)
    return word == noun or (first != word and (lexicon.is_real(first) or lexicon.is_common(first) or is_adjective(first)))


@lru_cache(maxsize=4096)
def _other_words(noun: str) -> tuple[str, ...]:
    """The plural of a noun as short as "ei", and the other words for it: a "wortel" is a "peen"."""
    plurals = [form for form, of in lexicon.irregular().items() if of == noun and len(noun) < _SHORT]
    return (*plurals, *also(noun))


def named_otherwise(word: str, lookup: Lookup) -> list[Hit]:
    """All that is called by another word for the same thing: a "Baguette wit" for stokbrood."""
    nouns = _same_words().get(noun_of(word), ())
    every = {one: lookup.product(one) for noun in nouns for one in lookup.bearing(noun)}
    named = [one for one in every.values() if any(noun in bare_name(_without_aside(one.name)) for noun in nouns)]
    unnamed = [one for one in by_head(word, lookup) if _is_just_of(one, word)]  # "Jonge geit" for geitenkaas
    ids = dict.fromkeys(one.id for one in (*named, *unnamed, *_of_same_first(word, lookup)))
    return [Hit(one, lookup.product(one).name, 50.0) for one in ids if lookup.allowed(lookup.product(one), word)]


def _of_same_first(word: str, lookup: Lookup) -> list[Product]:
    """What begins as this word does and is kept under the thing that it ends in: "Geitenrol" among the cheese."""
    found: list[Product] = []
    for at in range(_LONG_FIRST, min(len(word), _LONGEST_WORD) - _SHORT):
        first, thing = word[:at], noun_of(word[at:])
        if thing in table("groups")["things"] and (key(first) in lexicon.animal_keys() or lexicon.is_real(first)):
            kept = (one for one in lookup.all_of(thing) if any(part.startswith(first) for part in name_words(one.name)))
            found += [one for one in kept if not is_kind_of_any(one.name, noun_of(word))]
    return found


def _without_aside(name: str) -> str:
    """ "goudreinetten (moes)": what stands between brackets only tells what it is for."""
    return name.partition("(")[0] or name


def _is_just_of(product: Product, word: str) -> bool:
    """Whether the name has what the word begins with, which is no way it may be ("boeren"), and no goods besides."""
    names = [part for part in name_words(product.name) if not is_adjective(part)]
    first = [part for part in names if len(part) >= _LONG_FIRST and word.startswith(part)]
    goods = [part for part in names if _names_goods(part) and key(part) not in lexicon.animal_keys()]
    return bool(first) and not goods and not any(key(part) in lexicon.describing_keys() for part in first)


@cache
def _same_words() -> dict[str, tuple[str, ...]]:
    """The nouns that are another word for the same thing, by noun."""
    groups = [[noun_of(word) for word in group if " " not in word and not word.endswith("je")] for group in lexicon.same()]
    return {noun: tuple(other for other in group if other != noun) for group in groups for noun in group}


def _is_kind(name: str, noun: str) -> bool:
    """Whether a name is of such a thing: the first goods in it, or a longer word of that end ("Kamillethee", not "radijs")."""
    words = name_words(before_comma(name))
    if only_modifies(name, noun):
        return False
    if noun in bare_name(name) and key(noun) not in lexicon.flavour_keys():
        return True
    ends = [word for word in words if len(noun) >= _LONG_END and noun_of(word).endswith(noun)]
    goods = next((word for word in words if word in ends or (_names_goods(word) and not is_adjective(word))), "")
    parts = [noun_of(word) for word in ([goods] if goods else words)]
    longer = [part for part in parts if len(part) >= len(noun) + 4 and part.endswith(noun) and len(noun) > 2]
    return noun in parts or any(not is_no_kind(part, noun) for part in longer)


def _names_goods(word: str) -> bool:
    return lexicon.is_real(word) or lexicon.is_kind(word)


def as_named(product: Product, word: str) -> str:
    """The word of the product's name that this is a slip or another word for, else the word itself: "beleege" is belegen."""
    names = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    if any(noun_of(word) in noun_of(part) or is_made_of(word, part) for part in names):
        return word
    if (common := lexicon.regional().get(word)) and noun_of(common) in map(noun_of, names):
        return common
    alike = {part: letters.alike(part, word) for part in names}
    return max(alike, key=lambda part: alike[part], default=word) if max(alike.values(), default=0) >= _LIKE else word


def _only_begins(product: Product, word: str, lookup: Lookup) -> bool:
    """Whether the word is only what the thing is made of: "Gehaktballen" for gehakt, whatever it is called besides."""
    if [noun_of(word)] in [[noun_of(part) for part in name_words(name)] for name in product.synonyms]:
        return False
    return 0 < lookup.shelf.index.bears(product.name, word) <= FIRST


def _strangeness(product: Product, word: str) -> tuple[bool, bool]:
    """Whether something was done to it that was not said ("Gebraden gehakt"); whether the word only begins its name."""
    prepared, noun = words_of("options", "prepared"), noun_of(word)
    parts = name_words(product.name)
    begins = any(part.startswith(noun) for part in parts) and not any(noun_of(part).endswith(noun) for part in parts)
    return any(part in prepared and part != word for part in parts), begins


def of_another_maker(core: Sequence[Unit], lookup: Lookup) -> tuple[Found, list[Unit], list[str]] | None:
    """ "koffie van douwe egberts" where only other coffee is sold: that is offered, and the maker kept as a note."""
    goods = [unit for unit in core if _is_goods(unit)]
    rest = [unit for unit in core if not _is_goods(unit)]
    if not rest or not goods or len(rest) > _LONGEST_MAKER or any(lookup.knows(plain(unit.text)) >= 0.9 for unit in rest):
        return None
    named = any(unit.link == "van" for unit in rest) or any(plain(unit.text) in lexicon.brands() for unit in rest)
    found = lookup.find(words_said(goods)) if named else Found("none", ())
    if not found.hits:
        return None
    return all_kinds(Found("choose", found.hits), goods, lookup), goods, [" ".join(unit.text for unit in rest)]


def _is_goods(unit: Unit) -> bool:
    word = plain(unit.text)
    return lexicon.is_real(word) and word not in lexicon.brands()


def bare_thing(core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "een bruin en een wit", "twee hele bruine": only how it is, where everybody knows what."""
    words = [plain(unit.text) for unit in core]
    how = [word for word in words if word not in _LOAVES]
    for thing, said in table("groups")["bare"].items():
        if not how or not all(word in said or (len(how) < len(words) and stem(word) in said) for word in how):
            continue
        kinds = {hit.product for hit in siblings(thing, lookup)} | {one.id for one in lookup.all_of(thing)}
        found = lookup.find(f"{words_said(core)} {thing}")
        every = {hit.product: hit for hit in (*found.hits, *lookup.find(words_said(core)).hits)}
        hits = tuple(hit for hit in every.values() if hit.product in kinds and _is_so(lookup.product(hit.product), words))
        if not hits:  # "heel wit" is "Knipwit heel", a word that nobody would look under
            so = (one for one in map(lookup.product, kinds) if _is_so(one, words))
            hits = tuple(Hit(one.id, one.name, 50.0) for one in so)
        sure = len(hits) == 1 and (found.verdict == "clear" or len(how) < len(words))
        return Found("clear" if sure else "choose", hits) if hits else None
    return None


def is_bare_of_other(word: str, product: Product, lookup: Lookup) -> bool:
    """Whether a word by which everybody means bread was taken for something else: "tarwe" for tarwebloem."""
    for thing, said in table("groups")["bare"].items():
        if word in said and is_adjective(word) is False and noun_of(word) not in bare_name(product.name):
            kinds = {hit.product for hit in siblings(thing, lookup)} | {one.id for one in lookup.of_group(thing)}
            return product.id not in kinds
    return False


def _is_so(product: Product, words: Sequence[str]) -> bool:
    """Whether all that was said of how it is stands in its name: "Boerenwit heel" for "hele witte"."""
    names = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    said = [_LOAVES.get(word, stem(word)) for word in words]
    return all(any(part.startswith(how) or part.endswith(how) for part in names) for how in said)
