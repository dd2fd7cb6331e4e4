"""Words that are no goods by their form: verbs, "erop" and "daarstraks", people together, occasions, places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import fold, stems

_LONG = 5  # letters of a word that is judged by how it ends
_SHORT = 3  # letters of an end that is only one behind a whole word: no "oom" in "kookroom"
_LONG_FIRST = 3  # letters before the end of a compound
_ORDERING = ("breng", "bring", "stuur", "lever", "bezorg", "geef", "bestel", "neem", "schrijf", "noteer")
_VOWELS = "aeiou"
#: "erop", "daarstraks", "hierbij"; not "daarvan", which is of what was named.
_THERE = re.compile(
    r"(?:er|daar|hier|waar)(?:aan|achter|bij|binnen|boven|buiten|door|doorheen|heen|in|langs|mee|na|naar|naast|nevens|om|onder|op"
    r"|over|straks|tegen|toe|tussen|uit|vandaan|voor|zo)\Z"
)
#: "slinkt", "blijkt", "moppert", "wijzigen", "declareren": no noun ends so, but for those that are known as goods.
_DOES = re.compile(r"(?!.*ge)\w{2,}(?:[bdgkmpw]t|(?:ij|ee|oe|aa)ft|([bdgkpt])\1(?:elt|ert)|igen|igt|igde|[dfklmnt]eren)\Z")
#: "feestelijk", "waardeloos", "eetbare": how something is.
_HOW = re.compile(r"\w{2,}(?:lijke?|loos|loze|achtige?|bare?|zame?|[aeiou]nde|isch|ische|erige?)\Z")


@lru_cache(maxsize=16384)
def is_formed(word: str) -> bool:
    """Whether a (plain) word is no goods, by its form."""
    return is_verb(word) or _is_there(word) or is_of_people(word)


@lru_cache(maxsize=16384)
def is_verb(word: str) -> bool:
    """Whether it is a verb: "slinkt", "uitdelen", "weghaalde"."""
    if _is_noun(word):
        return False
    if word in _verbs() or any(word.startswith(one) and word[len(one) :] in _verbs() for one in _before()):
        return True
    return len(word) > _LONG and (_DOES.match(word) is not None or fold(word) in _sounds())


def is_occasion(word: str) -> bool:
    """ "avond", "feestje"."""
    return word in _occasions()


def takes_amount(word: str) -> bool:
    """Whether an amount beside it is of this word and of no goods: "groep 6", "één zak slinkt"; not "doe er 3 meebrengen"."""
    return is_of_people(word) or (_is_there(word) and word.startswith("er")) or (is_verb(word) and not word.endswith("n"))


def _is_there(word: str) -> bool:
    """ "erop", "daarstraks"."""
    return _THERE.match(word) is not None


def tells_of_it(word: str) -> bool:
    """Whether it is a verb that tells of somebody: "slinkt", "weghaalde"; not "meenemen" and "brengt", by which one orders."""
    ends = word in _past() or (word[-1:] in ("t", "e") and len(word) > _LONG and not word.startswith(_ORDERING))
    return ends and is_verb(word)


@lru_cache(maxsize=16384)
def is_of_people(word: str) -> bool:
    """Whether it is somebody, people together, an occasion or a place: "klaverjasclub", "schoolreisje"."""
    if word in _heads():
        return True
    ends = (at for at in range(_LONG_FIRST, len(word) - 2) if word[at:] in _heads())
    return any(len(word) - at > _SHORT or lexicon.may_begin(word[:at]) for at in ends) and not _is_kind(word)


def tells_how(word: str) -> bool:
    """Whether it only says how something is: "feestelijk"."""
    return len(word) > _LONG and _HOW.match(word) is not None


def _is_kind(word: str) -> bool:
    return lexicon.is_real(word) or lexicon.is_kind(word)


def _is_noun(word: str) -> bool:
    """Whether it names goods or is another thing of everyday: "aanmaakblokken", "boren"."""
    return _is_kind(word) or word in lexicon.containers() or any(one in _things() for one in (word, *stems(word)))


@cache
def _things() -> frozenset[str]:
    return lexicon.everyday() - lexicon.doing()


@cache
def _heads() -> frozenset[str]:
    return _occasions() | frozenset(table("formed")["people"].split())


@cache
def _occasions() -> frozenset[str]:
    return frozenset(table("formed")["occasions"].split())


@cache
def _before() -> tuple[str, ...]:
    return tuple(table("formed")["before"].split())


@cache
def _verbs() -> frozenset[str]:
    """The verbs in their forms, but for the stem by itself: that is often a noun ("prik", "knip")."""
    every = (*table("formed")["verbs"].split(), *lexicon.doing())
    return frozenset(form for verb in every for form in _forms(plain(verb))) | _past()


@cache
def _past() -> frozenset[str]:
    return frozenset(table("formed")["past"].split())


@cache
def _sounds() -> frozenset[str]:
    """The long ones as they sound: "schrijfen"."""
    return frozenset(fold(form) for form in _verbs() if len(form) > _LONG + 1)


def _forms(verb: str) -> Iterator[str]:
    """ "slinken": slinkt, slinken, slinkte, slinkten."""
    stem = _stem_of(verb)
    voiced = verb.removesuffix("en")[-1:] in ("v", "z")  # "verhuisde", though it is "verhuis"
    past = "te" if stem[-1] in "ktfschpx" and not voiced else "de"
    yield from (verb, f"{stem}t", f"{stem}{past}", f"{stem}{past}n")


def _stem_of(verb: str) -> str:
    """ "lopen": loop, "pakken": pak, "schrijven": schrijf."""
    stem = verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        return stem[:-1]
    if len(stem) > 2 and stem[-1] not in _VOWELS and stem[-2] in _VOWELS and stem[-3] not in _VOWELS and not _is_weak(stem):
        stem = f"{stem[:-1]}{stem[-2]}{stem[-1]}"
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _is_weak(stem: str) -> bool:
    """ "babbelen": its last vowel has no stress, so it stays short."""
    return len(stem) > 4 and stem[-2:] in ("el", "er", "en", "em")


__all__ = ["is_formed", "is_occasion", "is_of_people", "is_verb", "takes_amount", "tells_how", "tells_of_it"]
