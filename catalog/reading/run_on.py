"""A list of goods typed without any mark that goes over into something else: "2 bloemkolen en een ui ik betaal contant".

A subject with its verb right behind goods begins a new sentence in Dutch: what hangs on the goods puts its verb last ("die ik
gisteren zag") or begins with a word that binds. Only where nothing is told before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import day_words, phrases_of, words_of
from catalog.reading.numbers import read_number
from catalog.reading.units import UNIT_WORDS
from catalog.search import lexicon

_SPEAKERS = frozenset(("ik", "we", "wij"))
_OTHERS = frozenset(("hij", "ze", "zij"))
#: Of one person: "ze moeten rijp zijn" tells of the goods.
_IS = frozenset(("is", "ligt", "heeft", "zit", "komt", "staat", "was", "wordt", "kan", "wil", "lust"))
_OURS = frozenset(("mijn", "onze", "m'n", "mn"))
_ARTICLES = frozenset(("de", "het"))
_MINE = frozenset(("nummer", "adres", "huisnummer", "telefoonnummer", "naam", "sleutel", "bel"))
_HERE = frozenset(("sleutel", "bel", "rest", "adres"))
_CALLING = frozenset(("even", "maar", "aan", "mij", "me", "als"))
_ASKING = frozenset(("kost", "kosten", "is", "zijn", "wordt"))
_MUST = frozenset(("moet", "moeten"))
_POLITE = frozenset(
    ("graag", "aub", "svp", "alstublieft", "alsjeblieft", "brengen", "bezorgen", "hebben", "bestellen", "meenemen")
)
_DOES = frozenset(("haal", "haalt", "halen", "krijg", "krijgen", "app", "zet", "doe", "wil", "laat", "stuur", "neem"))
_PLEASE = frozenset(("aub", "svp", "pls", "please", "alstublieft", "alsjeblieft", "graag"))
_UNSAID = frozenset(("ben", "heb", "zit", "lig", "sta", "moet", "kom", "woon", "werk", "krijg"))
_ADDRESSED = frozenset(("ik", "we", "wij", "u", "je", "jullie", "jij", "er", "dat", "die", "het", "ze", "geen", "nog"))
#: Behind these a sentence goes on.
BINDS = frozenset(
    ("met", "had", "hadden", "heeft", "heb", "hebben", "jullie", "u", "van", "zijn", "haar", "in", "op", "als", "dat",
     "die", "dan", "of", "want", "omdat", "wat", "hoe", "waar", "en", "dus", "maar", "toen", "voor", "zoals", "om")
)  # fmt: skip
_MEANS = frozenset(("bedoel", "bedoelde", "bedoelden", "dacht", "denk", "zeg", "zei", "drink", "drinken", "zat"))
_POINTING = frozenset(("de", "het", "die", "dat", "deze"))
_STATES = frozenset(
    ("ziek", "thuis", "jarig", "verkouden", "grieperig", "moe", "alleen", "weg", "bed", "lopen", "fietsen", "visite", "bezoek")
)  # fmt: skip
_LEAST = 2  # words before it
_FIRST = _SPEAKERS | _OTHERS | _OURS | _ARTICLES | _HERE | _MUST | {"wat", "hoeveel"}


def run_on_at(words: Sequence[str]) -> int:
    """Where something else begins than the goods or the talk before it (plain words without marks); 0 for nowhere."""
    if len(words) < _LEAST + 2:
        return 0
    if not _UNSAID.isdisjoint(words) and (begin := _speaker_unsaid(words)):
        return begin
    if _FIRST.isdisjoint(words):
        return 0
    if words[0] in _FIRST and (begin := _behind_state(words)):
        return begin
    places = (at for at in range(_LEAST, len(words) - 1) if words[at] in _FIRST)
    return next((at for at in places if _begins_other(words, at) and _closes_list(words, at)), 0)


def _speaker_unsaid(words: Sequence[str]) -> int:
    """ "zakdoekjes en douchegel pls ben snotverkouden": where somebody who leaves out "ik" tells of herself; 0 for nowhere."""
    places = (at for at in range(_LEAST, len(words) - 1) if words[at] in _UNSAID and words[at - 1] in _PLEASE)
    at = next((at for at in places if words[at + 1] not in _ADDRESSED), 0)
    return 0 if "nodig" in words[at:] or "graag" in words[at:] else at


def _behind_state(words: Sequence[str]) -> int:
    """ "ik ben ziek 2 bloemkolen en een ui": where the list begins behind how somebody is; 0 when no list follows."""
    amounts = (at for at in range(2, len(words) - 1) if words[at - 1] in _STATES and read_number([words[at]]))
    begin = next(amounts, 0)
    told = begin and words_of("talk", "verbs").isdisjoint(words[begin:]) and any(map(lexicon.is_real, words[begin:]))
    return begin if told and (words[0] in _SPEAKERS or words[1] in words_of("talk", "people")) else 0


def _begins_other(words: Sequence[str], at: int) -> bool:
    """Whether a sentence begins there that orders nothing of what stands before it."""
    word, after, third = words[at], words[at + 1], "".join(words[at + 2 : at + 3])
    if word in _SPEAKERS:
        return _is_verb(after) and after not in _MEANS
    if word in _OTHERS:
        return after in _IS
    if word in _OURS:
        return (after in words_of("talk", "people") or after in _MINE) and _is_verb(third)
    if word in _ARTICLES:
        return after.isalpha() and not is_of_goods(after) and _is_verb(third)
    if word in _HERE and (_is_verb(after) or (word == "bel" and after in _CALLING)):
        return True
    if word in _MUST:
        return after in day_words()
    return word in ("wat", "hoeveel") and after in _ASKING


def _closes_list(words: Sequence[str], at: int) -> bool:
    """Whether goods stand right before this place, and nothing but goods and words of ordering before them."""
    begin = _behind_greeting(words)
    begin += phrases_of("fillers", "order").at(words, begin) if begin < at else 0
    goods = _POINTING.isdisjoint(words[begin:at]) and any(map(lexicon.is_real, words[begin:at]))
    last = words[at - 1] in _POLITE or (
        words[at - 1] not in BINDS | words_of("fillers", "words") and is_of_goods(words[at - 1])
    )
    return goods and last and words_of("talk", "verbs").isdisjoint(words[begin : at - (words[at - 1] in _POLITE)])


def _behind_greeting(words: Sequence[str]) -> int:
    return phrases_of("fillers", "greetings").at(words, 0)


def is_of_goods(word: str) -> bool:
    """Whether a word names goods, how they are or how much of them."""
    return lexicon.names_or_describes(word) or word in UNIT_WORDS or read_number([word]) is not None


def _is_verb(word: str) -> bool:
    return word in words_of("talk", "verbs") or word in _DOES


__all__ = ["BINDS", "is_of_goods", "run_on_at"]
