"""Words of dialects and of haste as they stand in the dictionary: "vriedag" is vrijdag, "worstebrooikes" worstebroodjes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import stems

_LEAST_TURNED = 4  # letters of a word with two of them in each other's place
_LONGEST = 30  # letters; nobody says a longer word in dialect
_LEAST_TAIL, _LEAST_FIRST = 5, 3  # letters of the dialect word at the end of a compound, and of what stands before it


#: "alstublieft" and "alsjeblieft" as they are heard, in all their spellings: "asjubleeft", "alsteblief".
_PLEASE = re.compile(r"a[ls]{1,3}[a-z]{0,4}bl(?:ie|ij|i|y|ee|ea|e)f[td]{0,2}j?")


@cache
def _standard() -> dict[str, str]:
    """Every form that is listed, the small measures ("doosie"), and the days with a part of the day: "zaoterdagaovend"."""
    sections = [section for name, section in table("dialect").items() if name not in ("day_parts", "small_ends")]
    forms = {said: word for section in sections for word, every in section.items() for said in every}
    forms = _turned_letters() | _small_measures() | forms
    for day, days in table("dialect")["days"].items():
        for part, parts in table("dialect")["day_parts"].items():
            forms |= {one + other: day + part for one in (day, *days) for other in (part, *parts)}
            del forms[day + part]
    return forms


def _small_measures() -> dict[str, str]:
    """Every measure that counts by itself as a region makes it small; what is a word of its own stays that word."""
    units = table("units")["unit"]
    taken = {word for unit in units for word in (*unit["words"], *unit.get("alone", ()))}
    small = [word for unit in units for word in unit.get("alone", ()) if word.endswith("je")]
    forms: dict[str, str] = {}
    for end, heard in table("dialect")["small_ends"].items():
        for word in small:
            forms |= {stem + one: word[:-2] + end for one in heard for stem in (word[:-2], word[:-2] + word[-3])}
    return {said: word for said, word in forms.items() if said not in taken and not lexicon.is_common(said)}


def _turned_letters() -> dict[str, str]:
    """Measures and days with two letters in each other's place, as a thumb taps them: "garm", "klio", "vrijdga"."""
    days = [days[0] for days in table("days")["weekdays"].values()]
    words = (*table("dialect")["measures"], *days, "morgen", "graag")
    turned = {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
        for word in words
        for at in range(1, len(word) - 1)
        if len(word) >= _LEAST_TURNED
    }
    return {
        said: word
        for said, word in turned.items()
        if said not in words and not _is_dutch(said) and said not in lexicon.brands()
    }


@cache
def _heads() -> dict[str, str]:
    """Dialect words, and goods spelt by ear, that a compound may begin with: "kesjoenoten", "sjampionsoep"."""
    return {
        said: word
        for word, every in table("dialect")["goods"].items()
        for said in every
        if len(said) >= _LEAST_TAIL and not said.startswith(word) and not _is_dutch(said)
    }


@cache
def _tails() -> dict[str, str]:
    """Dialect words for goods that a compound may end in: "worstebrooikes"."""
    return {
        said: word
        for word, every in table("dialect")["goods"].items()
        for said in every
        if len(said) >= _LEAST_TAIL and not word.endswith(said)  # "kommers" is not the end of komkommers
    }


def standard(word: str) -> str:
    """The word of the dictionary for a small-lettered word as it was typed; the word itself when it is none of a dialect."""
    known = _standard().get(word)
    if known or len(word) > _LONGEST or (len(word) < _LEAST_TAIL and word.isascii()):
        return known or word
    return _unlisted(word)


@lru_cache(maxsize=4096)
def _unlisted(word: str) -> str:
    bare = plain(word)
    if bare in _standard():
        return _standard()[bare]
    if bare[0] == "a" and _PLEASE.fullmatch(bare):
        return "alstublieft"
    for at in range(_LEAST_FIRST, len(bare) - _LEAST_TAIL + 1):
        tail = _tails().get(bare[at:])
        if tail:
            return word if _is_dutch(bare) else bare[:at] + tail
    return _with_head(bare) or word


def _with_head(word: str) -> str:
    """The compound with its first part as it stands in the dictionary; empty when the rest is no goods by its letters."""
    for at in range(len(word) - _LEAST_FIRST, _LEAST_TAIL - 1, -1):
        head = _heads().get(word[:at])
        if head and not lexicon.goods().isdisjoint((word[at:], *stems(word[at:]))) and not _is_dutch(word):
            return head + word[at:]
    return ""


def _is_dutch(word: str) -> bool:
    """Whether it is goods or an everyday word as it stands; by its letters, for what only sounds like goods is dialect."""
    return not lexicon.goods().isdisjoint((word, *stems(word))) or lexicon.is_common(word) or lexicon.is_kind(word)


__all__ = ["standard"]
