"""Nouns for telling things apart: a light folding of plurals and diminutives, and the names of products as words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from catalog.reading.lexicon import words_of
from catalog.reading.tokens import lowers
from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import key, stems
from catalog.square import Product

_BESIDE = frozenset(("met", "zonder", "minder", "voor", "in", "en", "van", "om", "uit", "per"))
_USUAL = frozenset(("regular", "original", "origineel", "classic", "gewoon", "gewone", "standaard"))  # the one nobody names
SMALL_ENDS = ("je", "jes", "tje", "tjes", "pje", "pjes", "kje", "kjes")
_BRACKETS = re.compile(r" ?\([^()]*\)")
_ORIGIN = re.compile(r" (?:(?:van|uit) (?:de|het|'t|een|eigen|onze)|op de) [^,(]+", re.IGNORECASE)
_LONG_REST = 4  # letters of the goods in a compound
_SHORT = 3  # letters
_HALF = frozenset(("half", "halve", "halfje", "1/2", "½"))
_LONG_FIRST = 5  # letters that stand before a noun as short as "ei" or "ui"


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The plain words of a product's name, hyphens taken as blanks, marks left out."""
    return tuple(plain(word) for word in lowers(name.replace("-", " ")) if any(map(str.isalnum, word)))


def own_words(name: str) -> list[str]:
    """The words of a name for the thing itself: a stew with smoked sausage is no smoked sausage."""
    return list(takewhile(lambda word: word not in _BESIDE, name_words(before_comma(name))))


@lru_cache(maxsize=65536)
def before_comma(name: str) -> str:
    """The thing itself in a long name, without what is told of it: "Kamillethee, losse bloemetjes"; not "Zacht wit, brood"."""
    first, comma, _ = name.partition(", ")
    return first if comma and any(map(_may_be_thing, name_words(first))) else name


def without_told(name: str) -> str:
    """A name without what is told of it behind a comma or between brackets: "Hutspotgroente (peen en ui)"."""
    return before_comma(_BRACKETS.sub("", name))


@lru_cache(maxsize=65536)
def without_origin(name: str) -> str:
    """A name without where it is from and what else it is called: "Kipfilet van de scharrelkip", "Stoofperen (Wildeman)"."""
    bare = _BRACKETS.sub(" ", name)
    origin = _ORIGIN.search(bare)
    if not origin or words_of("groups", "no_origin") & set(name_words(origin[0])):
        return bare
    return bare[: origin.start()] + bare[origin.end() :]


def _may_be_thing(word: str) -> bool:
    return not (word[0].isdecimal() or is_adjective(word) or word in lexicon.describing() or word in lexicon.soft())


@lru_cache(maxsize=65536)
def bare_name(name: str) -> frozenset[str]:
    """The nouns of a name, without pack and size."""
    packs = words_of("groups", "packs")
    return frozenset(noun_of(word) for word in name_words(name) if word not in packs and not word[0].isdecimal())


@lru_cache(maxsize=65536)
def noun_of(word: str) -> str:
    """A word without the ending of a plural or a diminutive ("loempia's"): only for comparing."""
    word = word.replace("'", "")
    end = next((one for one in _ends() if word.endswith(one)), "")
    if end and word not in lexicon.irregular():
        return word.removesuffix(end) + _ends()[end]  # "paprikachips" are no paprikachip, "handperen" no handper
    return next((stem for stem in stems(word) if stem != word), word)


@cache
def _ends() -> dict[str, str]:
    """Words that the rules would get wrong, long enough to tell the end of a compound by, and what they are of."""
    known = lexicon.irregular().items()
    kept = {word: stem for word, stem in known if min(len(word), len(stem) + 1) > _SHORT}
    kept = {word: stem for word, stem in kept.items() if not word.endswith("ers")}  # "bakkers" are several
    return dict(sorted(kept.items(), key=lambda one: -len(one[0])))


def also(noun: str) -> tuple[str, ...]:
    """Other words that kinds of this thing end in: "peen" for wortel."""
    return _also().get(noun, ())


@cache
def _also() -> dict[str, tuple[str, ...]]:
    return {noun_of(thing): tuple(words) for thing, words in table("groups")["also"].items()}


def is_adjective(word: str) -> bool:
    """Whether a word is never a thing by itself ("halfvolle", "rode")."""
    return plain(word) in words_of("options", "adjectives")


def are_one_grade(word: str, after: str) -> bool:
    """Whether two words are one way that cheese may be: "jong belegen" is not jong, and not belegen."""
    return word in ("jong", "extra") and after == "belegen"


@cache
def _no_kinds() -> dict[str, list[str]]:
    """By a noun, the longer words that are no kind of it."""
    found: dict[str, list[str]] = {}
    for of, other in lexicon.no_kind_keys():
        found.setdefault(of, []).append(other)
    return found


def is_no_kind(name: str, noun: str) -> bool:
    """Whether a name ends in the noun and is something else all the same: "sinaasappel", and so "navelsinaasappel"."""
    others = _no_kinds().get(key(noun), ())
    return any(key(word).endswith(other) for other in others for word in name_words(name))


@lru_cache(maxsize=16384)
def only_modifies(name: str, noun: str) -> bool:
    """Whether this noun begins a name of other goods: "Roomboter croissant" is no roomboter, "Vla chocolade" is vla."""
    words = own_words(name)
    if not words or noun_of(words[0]) != noun or key(noun) not in lexicon.flavour_keys():
        return False
    behind = [word for word in words[1:] if lexicon.is_real(word) and key(word) not in lexicon.flavour_keys()]
    neither = lexicon.containers() | lexicon.first_parts()
    return any(noun_of(word) != noun and word not in neither for word in behind)


def unprefixed(word: str) -> str:
    """A noun without a first part that makes it nothing else: "Scharreleieren" are eieren, "Boerenboter" is boter."""
    first = next((one for one in lexicon.makers() if word.startswith(one)), "")
    rest = word[len(first) :]
    return noun_of(rest) if first and len(rest) >= 3 and lexicon.is_real(rest) else noun_of(word)


@cache
def _opposites() -> list[list[set[str]]]:
    return [[{plain(word) for word in side.split()} for side in group] for group in table("options")["opposites"]]


@lru_cache(maxsize=16384)
def _sides_of(word: str) -> frozenset[tuple[int, int]]:
    """On which side of which opposites a word stands, also as the beginning of another: "witbrood", "runderworst"."""
    return frozenset(
        (group, at)
        for group, sides in enumerate(_opposites())
        for at, side in enumerate(sides)
        if any(word == one or _begins_goods(word, one) for one in side)
    )


def _begins_goods(word: str, first: str) -> bool:
    rest = word[len(first) :]
    return word.startswith(first) and len(rest) >= _LONG_REST and lexicon.is_real(rest) and rest not in lexicon.describing()


def is_half(product: Product) -> bool:
    """Whether this is half a loaf or half a chicken, sold as a product of its own."""
    return any(map(names_half, (product.name, *product.synonyms)))


@lru_cache(maxsize=16384)
def names_half(name: str) -> bool:
    """Whether a name says half of a thing: not half-om-half, and no "half pondje"."""
    words = [plain(word) for word in name.lower().split()]
    behind = [after for word, after in pairwise((*words, "")) if word in _HALF and "om" not in words]
    return any(after not in words_of("groups", "measures") for after in behind)


def says_no_more(product: Product, said: set[str]) -> bool:
    """Whether the product's name is no more than what was said, but for its maker, its pack and its size."""
    if bare_name(product.name) <= said:
        return True
    packs, every = words_of("groups", "packs"), name_words(product.name)
    sized = {word for word, after in pairwise(every) if after in packs and word in words_of("options", "sizes")}  # "grote tray"
    words = [word for word in every if word.isalpha() and word not in packs and word not in sized]
    if words_of("options", "made_other") & set(words):
        return False  # boiled eggs are no make of eggs
    neutral = said | _USUAL | words_of("groups", "neutral")
    more = [word for word in words if word not in neutral and said.isdisjoint((noun_of(word), unprefixed(word)))]
    kinds = [word for word in more if noun_of(word).endswith(tuple(said))]  # "Conferenceperen" are no make of pears
    return not kinds and all(lexicon.is_maker(word) and not is_adjective(word) for word in more)


def is_opposite(product: Product, said: Iterable[str]) -> bool:
    """Whether a word that was said stands against one of the product's name: fresh and frozen, white and brown."""
    every = [name_words(name) for name in (product.name, product.group, *product.synonyms)]
    names = {word for name in every for word in takewhile(lambda word: word != "zonder", name)}
    words = {part for one in said for part in name_words(one)}
    # "half volle" is halfvolle, but "gezouten" is no ongezouten
    words -= {word for word in words for name in names if name.endswith(word) and name != f"on{word}"}
    borne = {side for name in names for side in _sides_of(name)}
    told = {side for word in words for side in _sides_of(word)}
    groups = {group for group, _ in borne}
    return any(group in groups and (group, at) not in borne for group, at in told) or _is_other_letter(names, words)


def _is_other_letter(names: Iterable[str], words: Iterable[str]) -> bool:
    """Vitamine C and D, batteries AA and AAA."""
    borne, told = (
        {word for word in some if word.isalpha() and (len(word) == 1 or set(word) == {"a"})} for some in (names, words)
    )
    return bool(borne and told) and borne.isdisjoint(told)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """An adjective without its ending."""
    word = word.removesuffix("n").removesuffix("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def ends_in(name: str, noun: str) -> bool:
    """Whether a word of the name is this noun or a compound of it ("ribkarbonade")."""
    longer = 3 if len(noun) >= 3 else _LONG_FIRST + len(noun)  # "scharrelei" ends in ei, "prei" does not
    return any(part == noun or (len(part) >= longer and part.endswith(noun)) for part in bare_name(name))


def may_be_goods(word: str) -> bool:
    """Whether a small-lettered word may name goods, known here or not: it is a word, and none of talk or of every day."""
    return word.isalpha() and not (word in lexicon.filler() or word in lexicon.talk() or lexicon.is_common(word))
