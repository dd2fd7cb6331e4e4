"""What somebody says while thinking aloud, who eats along, and whose wish is passed on: none of it is goods."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from catalog.reading.lexicon import Phrases, phrases_of, words_of
from catalog.reading.numbers import read_number
from catalog.reading.quantities import read_quantity
from catalog.reading.units import UNIT_WORDS
from catalog.reading.words import table
from catalog.search import lexicon

_INTERROGATIVES = frozenset(("hoe", "wat"))  # "hoe heet dat brood?" asks, when it is what one begins with
_OURS = frozenset(("mijn", "onze", "m'n", "mn", "ons", "me"))
_PARENTS = frozenset(("mama", "papa", "mam", "pap", "ma", "pa"))
_TELLS = (["zegt"], ["vraagt"], ["roept"])
_AS_WELL = frozenset(("nog", "ook", "om", "er"))
_EATS_ALONG = frozenset((verb, mee) for verb in ("eet", "komt", "doet") for mee in ("mee", "ook", "langs"))
_HUMMED = frozenset(("uh", "eh", "ehm", "uhm", "euh", "ja", "oja", "o", "oh", "nou", "dus", ",", ":", "?", "oke", "ok"))
_IS_LISTED = frozenset(("had", "heb", "hadden", "hebben", "staat", "stond", "stonden", "moest", "moet"))
_LISTS = frozenset(("briefje", "lijstje", "lijst", "papiertje", "boodschappenlijstje", "boodschappenbriefje"))
_WHILE = frozenset(("even", "eens", "effe", ",", "ook", "nog", "dan"))
_SIGHS = frozenset(("o", "oh", "ow", "ja", "eh", "uh", ","))
_SAID_SOMETHING = frozenset(
    (verb, often, what) for verb in ("zei", "vroeg", "wou", "wilde") for often in ("nog", "ook") for what in ("iets", "wat")
)
_LONGEST_ASKED = 9  # words


def thought_at(words: Sequence[str], at: int) -> int:
    """How many words only think aloud here. What asks begins a message, unless an amount follows."""
    used = _thinking().at(words, at)
    if used and (at >= 2 or words[0] not in _INTERROGATIVES or _counts_next(words, at + used)):
        return used
    if words[at] == "gehad" and {"had", "graag"} <= set(words[:at]):
        return 1  # "ik had graag een bloemkool gehad"
    if passed := _passed_on(words, at) or _says_something(words, at):
        return passed
    if (used := _waits(words, at)) and (not at or all(word in _SIGHS for word in words[:at])):
        return used  # "wacht even ik pak mijn briefje": nothing was said yet that could be taken back
    asked = _list_asked(words, at) or _asked_oneself().at(words, at)
    return asked if asked and (_counts_next(words, at + asked) or _goods_next(words, at + asked)) else 0


def _list_asked(words: Sequence[str], at: int) -> int:
    """ "wat had ik ook alweer op mijn briefje staan": how many words ask what is on the list; 0 for none."""
    if words[at] != "wat" or "".join(words[at + 1 : at + 2]) not in _IS_LISTED:
        return 0
    end = next((end for end in range(at + 3, min(at + _LONGEST_ASKED, len(words))) if words[end] in _LISTS), 0)
    return end + 1 + (words[end + 1 : end + 2] in (["staan"], ["geschreven"], ["gezet"])) - at if end else 0


def _passed_on(words: Sequence[str], at: int) -> int:
    """ "mijn vrouw zegt nog 2 broden", "papa vraagt om een ui": how many words tell whose wish it is; 0 for none."""
    verb = at + (words[at] in _OURS)
    if (
        verb >= len(words)
        or words[verb] not in words_of("talk", "people") | _PARENTS
        or words[verb + 1 : verb + 2] not in _TELLS
    ):
        return 0
    end = verb + 2
    while end < len(words) and words[end] in _AS_WELL:
        end += 1
    if end == verb + 2 and at and not _greets(words[:at]):
        return 0  # "2 rookworsten, mijn vrouw zegt 3"
    amount = read_quantity(words, end)
    goods = amount and any(lexicon.is_real(word) for word in words[end + amount.used : end + amount.used + 2])
    return end - at if goods or (end > verb + 2 and _goods_next(words, end)) else 0


def _waits(words: Sequence[str], at: int) -> int:
    """ "wacht, een prei", "wacht even, ook nog een prei": how many words only ask for time, where an order follows."""
    if words[at] != "wacht":
        return 0
    end = at + 1
    while end < len(words) and words[end] in _WHILE:
        end += 1
    orders = _counts_next(words, end) or (end > at + 1 and words[end - 1] != ",")
    return end - at if orders and end < len(words) else 0


def _says_something(words: Sequence[str], at: int) -> int:
    """ "... mijn zus zei nog iets, oh ja slagroom": how many words try to remember what somebody wanted; 0 for none."""
    who = at + 1 if words[at] in _OURS else len(words)
    said = tuple(words[who + 1 : who + 4])
    asked = said in _SAID_SOMETHING and "".join(words[who : who + 1]) in words_of("talk", "people")
    return 5 if asked else 0


def _greets(words: Sequence[str]) -> bool:
    return phrases_of("fillers", "greetings").at(words, 0) == len([word for word in words if word not in _HUMMED])


def guest_at(words: Sequence[str], at: int) -> int:
    """ "... vier kabeljauwfilets mijn schoonzus eet mee en ...": how many words tell who comes to eat; 0 for none."""
    if not at or words[at] not in _OURS or "".join(words[at + 1 : at + 2]) not in words_of("talk", "people"):
        return 0
    return 4 if tuple(words[at + 2 : at + 4]) in _EATS_ALONG else 0


def begins_anew(words: Sequence[str], at: int, end: int) -> bool:
    """ "... onder de verf euh vier krentenbollen": whether goods follow what is hummed, and no amount stands before it."""
    after = "".join(words[end : end + 1])
    if at < 2 or not after or _is_number(words[at - 1]) or words[at - 1] in UNIT_WORDS:
        return False
    talks = not words_of("talk", "verbs").isdisjoint(words[:at]) and not any(map(_is_number, words[:at]))
    return _is_number(after) or (talks and lexicon.is_real(after))


def _counts_next(words: Sequence[str], at: int) -> bool:
    """Whether an amount comes next, whatever is hummed before it."""
    while at < len(words) and words[at] in _HUMMED:
        at += 1
    return at < len(words) and _is_number(words[at])


def _goods_next(words: Sequence[str], at: int) -> bool:
    """Whether goods come next: "wat heb ik nodig nou wasmiddel"."""
    while at < len(words) and words[at] in _HUMMED:
        at += 1
    return at < len(words) and len(words[at]) > 2 and lexicon.is_real(words[at]) and "?" not in words[at:]


@cache
def _thinking() -> Phrases:
    return Phrases(table("spoken")["thinking"]["words"])


@cache
def _asked_oneself() -> Phrases:
    return Phrases(table("spoken")["thinking"]["before_an_amount"])


def _is_number(word: str) -> bool:
    return bool(word) and read_number([word]) is not None


__all__ = ["begins_anew", "guest_at", "thought_at"]
