"""Words cut short and words put together: "komko", "krentenb", "casinobrood"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import bare_name, name_words, noun_of
from catalog.search import Hit, lexicon
from catalog.search.fold import key
from catalog.square import Product

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup

_LEAST = 4  # letters
_MOST_WORDS = 24  # of what may be a name
_LONGEST_WORD = 40
_LEAST_FIRST, _LONGEST_FIRST = 3, 8  # letters of the first part of a word written in two
_VOWELS_BUT_A = "eiouy"  # of what is cut short after a vowel too little is left
_MOST_BEGUN = 8  # products; what more begin with says too little


def spelled_out(words: str, lookup: Lookup) -> tuple[str, int]:
    """What was cut short or in two written in full, and the letters of the shortest of it: "stokbr wit", "choc melk".

    Only what can be just one word of the shelf; the words themselves when there is no such thing. 0 letters: it is a guess.
    """
    said, full, least = words.split(), [], _LONGEST_WORD
    if len(said) > _MOST_WORDS:
        return words, 0
    at = 0
    while at < len(said):
        pair, sure = _put_together(said[at], said[at + 1], lookup) if at + 1 < len(said) else ("", False)
        whole = pair or _completed(said[at], lookup)
        if pair and not sure:
            least = 0
        elif not pair and whole != said[at]:
            least = min(least, len(said[at]))
        full.append(whole)
        at += 2 if pair else 1
    return " ".join(full), least


def _put_together(first: str, second: str, lookup: Lookup) -> tuple[str, bool]:
    """The one word of the shelf that begins with the first and is the second: "ontb koek"; whether it surely is."""
    if not (first + second).isalpha() or not 2 <= len(first) <= _LONGEST_FIRST or len(second) < 2:
        return "", False
    if any(noun_of(name) == noun_of(first + second) for name, _ in lookup.shelf.begins.get((first + second)[:3], ())):
        return first + second, True
    if lookup.knows(first) >= 0.9:
        return "", False
    sure = len(first) >= _LEAST_FIRST and len(second) >= _LEAST_FIRST and not is_everyday(first)
    begins = [first[:3]] if len(first) >= 3 else [one for one in lookup.shelf.begins if one.startswith(first)]
    names = [both for begin in begins for both in lookup.shelf.begins.get(begin, ())]
    longer = [both for both in names if both[0].startswith(first) and len(both[0]) >= len(first) + len(second) - 1]
    for ends in (_ends_so, _goes_on):
        if meant := [(name, product) for name, product in longer if ends(name, first, second)]:
            one = len({product for _, product in meant}) == 1 or len({key(name) for name, _ in meant}) == 1
            return (meant[0][0], sure and ends is _ends_so) if one else ("", False)
    return _heard_as_one(first, second, lookup)


def _ends_so(name: str, _: str, second: str) -> bool:
    return len(second) >= _LEAST_FIRST and noun_of(name).endswith(noun_of(second))


def _goes_on(name: str, first: str, second: str) -> bool:
    """ "sin app": the second word is cut short as well."""
    return second[0] not in _VOWELS_BUT_A and second in name[len(first) :]


def _heard_as_one(first: str, second: str, lookup: Lookup) -> tuple[str, bool]:
    """ "boteram worst": only together near to a word of the shelf."""
    near = len(first) > _LEAST and not is_everyday(first) and lookup.knows(first) < 0.8 <= lookup.knows(first + second)
    return (first + second, False) if near else ("", False)


def _completed(word: str, lookup: Lookup) -> str:
    if not _LEAST <= len(word) <= 14 or not word.isalpha() or lookup.knows(word) >= 0.9 or is_everyday(word):
        return word
    longer = {(name, product) for name, product in lookup.shelf.begins.get(word[:3], ()) if name.startswith(word)}
    shortest = min((name for name, _ in longer), key=len, default="")
    alike = len({product for _, product in longer}) == 1 or all(name.startswith(shortest) for name, _ in longer)
    return shortest if shortest and alike else word


def begun_by(word: str, lookup: Lookup) -> list[Product]:
    """The products that have a word in their names of which this (plain) word is only the beginning; none for a real word."""
    if not _LEAST - 1 <= len(word) <= _LONGEST_WORD or not word.isalpha() or is_everyday(word):
        return []
    begun = [lookup.product(one) for one in dict.fromkeys(lookup.beginning(word))]
    if len(begun) > _MOST_BEGUN or any(not is_cut_short(one, word) for one in begun):
        return []
    return [one for one in begun if lookup.allowed(one, word)]


def by_part(word: str, lookup: Lookup) -> list[Product]:
    """ "krentenb" begins the name of a product, "casinobrood" ends in the name of one: offered, never taken.

    Goods with a name of their own are none of those they end in: who asks for bloemkool is not helped with palmkool.
    """
    if len(word) > _LONGEST_WORD:  # ten thousand letters make ten thousand halves
        return []
    if len(word) >= 4 and not is_everyday(word):
        begun = dict.fromkeys(lookup.beginning(word))
        if begun:
            return [lookup.product(one) for one in begun]
    elif begun_three := begun_by(word, lookup):
        return begun_three
    own = not lexicon.goods().isdisjoint((word, noun_of(word)))
    for at in range(3, min(len(word), _LONGEST_WORD) - 3):
        head, tail = word[:at].removesuffix("s"), word[at:]
        known = word[:at] in lexicon.describing() or any(map(_is_word, _bare(head))) or lookup.beginning(head)
        if not (lexicon.is_real(tail) and known):
            continue
        ends = [lookup.product(one) for one in lookup.bearing(noun_of(tail))]
        ends = [one for one in ends if ends_well(one.name, noun_of(tail)) and (not own or _bears_first(one, head))]
        if ends:
            return sorted(ends, key=lambda one: not any(part.startswith(head) for part in name_words(one.name)))
    return []


def _is_word(word: str) -> bool:
    return lexicon.is_real(word) or lexicon.is_common(word) or key(word) in lexicon.animal_keys()


def _bare(first: str) -> list[str]:
    """The first part of a compound without what links it to the second: runder-, kippen-."""
    bare = (first, *(first.removesuffix(link) for link in ("en", "er", "e", "n")))
    return [one for one in dict.fromkeys(bare) if len(one) >= _LEAST_FIRST]


def _bears_first(product: Product, first: str) -> bool:
    """Whether the first part of a compound stands in the name as well: "Rivierrund gehakt" for rundergehakt."""
    parts = name_words(product.name)
    return any(part.startswith(one) or part.endswith(one) for one in _bare(first) for part in parts)


def by_head(word: str, lookup: Lookup) -> list[Product]:
    """ "komijnekaas" where the cheesemonger writes "Komijn jong": what bears the first part as a word, to be offered."""
    for at in range(4, min(len(word), _LONGEST_WORD) - 3):
        if not lexicon.is_real(word[at:]):
            continue
        heads = {word[:at], *(word[:at].removesuffix(link) for link in ("e", "en", "n", "s"))}
        found = [lookup.product(one) for head in heads if len(head) >= 4 for one in lookup.bearing(noun_of(head))]
        found = [one for one in found if heads & set(name_words(one.name)) and lookup.allowed(one, word)]
        if found:
            return list(dict.fromkeys(found))[:5]
    return []


def begins(product: Product, word: str) -> bool:
    """Whether a word that means nothing itself is a name of this product cut short: "komko", "broccol"."""
    names = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    return not is_everyday(word) and any(part.startswith(word) for part in names)


def is_cut_short(product: Product, word: str) -> bool:
    """Whether the word is no whole word of this product's names, but the beginning of one."""
    return begins(product, word) and not any(noun_of(word) == noun_of(part) for part in name_words(product.name))


def cut_short(word: str, found: Product, lookup: Lookup) -> tuple[Hit, ...]:
    """What begins with this very word, when it was taken for a slip of something else: "bloemk" is hardly bloem."""
    if len(word) < _LEAST or is_everyday(word) or begins(found, word):
        return ()
    begun = [lookup.product(one) for one in dict.fromkeys(lookup.beginning(word))]
    return tuple(Hit(one.id, one.name, 90.0) for one in begun if lookup.allowed(one, word))[:5]


def cuts_of(word: str, found: Product, lookup: Lookup) -> tuple[Hit, ...]:
    """The same thing cut otherwise: who says "zalm" may mean "Zalmmoot" as well as the smoked one. None when all is said."""
    if any(name_words(name) == (word,) for name in (found.name, *found.synonyms)) or len(word) < _LEAST:
        return ()
    others = [lookup.product(one) for one in dict.fromkeys(lookup.beginning(word)) if one != found.id]
    cut = [one for one in others if any(_is_cut(part, word) for part in name_words(one.name)) and lookup.allowed(one, word)]
    return tuple(Hit(one.id, one.name, 80.0) for one in cut)[:5]


def _is_cut(part: str, word: str) -> bool:
    return part.startswith(word) and len(part) > len(word) and key(part[len(word) :]) in lexicon.cut_keys()


@lru_cache(maxsize=8192)
def is_everyday(word: str) -> bool:
    """Whether a (plain) word is a Dutch one in full, so nothing cut short."""
    if lexicon.is_real(word) or lexicon.is_common(word) or word in lexicon.talk() or word in lexicon.shop_words():
        return True
    return any(word in words_of("talk", key) for key in ("words", "verbs", "past", "places")) or any(
        word in words_of("fillers", key) for key in ("words", "greetings", "names", "addressed", "titles")
    )


def ends_well(name: str, noun: str) -> bool:
    """Whether a word of the name is the noun, or a compound of it with a first part that is a word: no "radijs" for "ijs"."""
    parts = {*bare_name(name), *name_words(name)}
    return any(part == noun or (part.endswith(noun) and len(part) >= len(noun) + 4) for part in parts)
