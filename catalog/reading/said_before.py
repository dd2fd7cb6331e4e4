"""What somebody who thinks aloud finds he has said already: "en een broccoli, had ik al gezegd" orders no second one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from catalog.reading.lexicon import Phrases, words_of
from catalog.reading.nouns import noun_of
from catalog.reading.numbers import read_number
from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import Token
from catalog.reading.words import plain, table
from catalog.search import lexicon

_DOUBTING = frozenset(("geloof", "ik", "he", "ja", "eentje", "toch", "hoor", "dus", "denk", "volgens", "mij", ","))
_TURNING = frozenset(("maar", "die", "dat", "oh", "o", ","))
_POINTING = frozenset(("die", "dat", "de", "het"))
_HAD = frozenset(("had", "heb", "zei", "noemde"))
_LEAST = 3  # letters
_LONGEST = 5  # words of what was said twice


def without_said_before(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what is said a second time, and without saying so."""
    kept = list(tokens)
    words = [plain(token.lower) for token in kept]
    for at in reversed(range(len(words) - 2)):
        if used := _named_first(words, at):
            begin = _amount_begins(words, at)
            del kept[begin : at + used], words[begin : at + used]
    for at in reversed([at for at, word in enumerate(words) if word == "("]):
        end = _amount_again(words, at)
        del kept[at:end], words[at:end]
    if not _ends() & set(words):
        return kept
    at = 0
    while at < len(words):
        used = _phrases().at(words, at)
        if used:
            begin, end = _whole(words, at, at + used)
            begin = begin if _was_named(words, begin, at) else at
            del kept[begin:end], words[begin:end]
            at = begin
        elif words[at] in _HAD and (end := _of_named(words, at)):
            del kept[at:end], words[at:end]
        else:
            at += 1
    return kept


@cache
def _phrases() -> Phrases:
    return Phrases(table("spoken")["said_before"]["words"])


@cache
def _ends() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in table("spoken")["said_before"]["words"])


def _whole(words: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    """From the "en" before the thing that was said twice to the last doubt behind it, and to the thing said once more."""
    last = begin
    while last and words[last - 1] in _TURNING:
        last -= 1
    first = next((at for at in range(last - 1, max(-1, last - _LONGEST), -1) if _opens(words[at])), last)
    thing = words[last - 1] if first < last else ""
    if first and first < last and words[first - 1] in ("en", ","):
        first -= 1
    while end < len(words) and words[end] in _DOUBTING:
        end += 1
    again = words[end + 1 : end + 3]
    if thing and end < len(words) and _opens(words[end]) and thing in again:
        end += 2 + again.index(thing)
    return first, end


def _was_named(words: Sequence[str], begin: int, at: int) -> bool:
    """Whether what is said again was said before: "2 komkommers zei ik al" may be about another message."""
    nouns = {noun_of(word) for word in words[:begin] if len(word) >= _LEAST}
    return any(noun_of(word) in nouns for word in words[begin:at] if len(word) >= _LEAST and lexicon.is_real(word))


def _of_named(words: Sequence[str], at: int) -> int:
    """ "had ik de vuilniszakken al gezegd": where that ends; 0 when it says something else."""
    if words[at + 1 : at + 2] != ["ik"] or words[at + 2 : at + 3] not in (["de"], ["het"], ["die"]):
        return 0
    end = next((end for end in range(at + 3, min(at + 8, len(words))) if words[end] == "al"), 0)
    return end + 2 if end and words[end + 1 : end + 2] in (["gezegd"], ["genoemd"]) else 0


def _named_first(words: Sequence[str], at: int) -> int:
    """ "kroepoek twee zakjes kroepoek", "bospeen ja bospeen": how many words only named what is said again; 0 for none."""
    if len(words[at]) < _LEAST or not words[at].isalpha() or words[at] in words_of("fillers", "words"):
        return 0
    if "bedoel" in words[at : at + 2 * _LONGEST]:
        return 0  # puts it right by itself
    if words[at + 1 : at + 3] in (["ja", words[at]], ["nou", words[at]]):
        return 2
    if not any(word.startswith(words[at][:_LEAST]) for word in words[at + 1 : at + 3 + _LONGEST]):
        return 0
    amount = read_quantity(words, at + 1)
    behind = words[at + 1 + amount.used : at + 2 + amount.used] if amount else []
    return 1 if behind and noun_of(behind[0]) == noun_of(words[at]) and lexicon.is_real(words[at]) else 0


def _amount_again(words: Sequence[str], at: int) -> int:
    """ "1 kg (één kilo) uien", "twee(2) broden": where the brackets end that hold the amount before them once more."""
    begin, again = _amount_begins(words, at), read_quantity(words, at + 1)
    before = read_quantity(words, begin) if begin < at else None
    if not before or not again or words[at + 1 + again.used : at + 2 + again.used] != [")"]:
        return at
    same = before.amount == again.amount and before.times == again.times and again.unit in ("", before.unit)
    return at + 2 + again.used if same else at


def _amount_begins(words: Sequence[str], at: int) -> int:
    """Where the amount begins that ends right before this word; this word itself when there is none."""
    ends = (begin for begin in range(max(0, at - 3), at) if (one := read_quantity(words, begin)) and begin + one.used == at)
    return next(ends, at)


def _opens(word: str) -> bool:
    return word in _POINTING or read_number([word]) is not None


__all__ = ["without_said_before"]
