"""Words that say in what something is counted or weighed: what each comes to, and where one stands. In ``words/units.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from catalog.reading.lexicon import words_of
from catalog.reading.numbers import Number, number_word, read_number
from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import fold


@dataclass(frozen=True, slots=True)
class UnitWord:
    """What a word counts in (see :class:`catalog.reading.quantities.Quantity`), how much of it, and the pack's own word."""

    unit: str
    factor: Fraction
    word: str


_T = table("units")
UNITS: dict[str, UnitWord] = {}
ALONE: dict[str, UnitWord] = {}
for _row in _T["unit"]:
    _one = UnitWord(_row["unit"], Fraction(_row.get("factor", "1")), _row.get("word", ""))
    ALONE.update(dict.fromkeys(_row.get("alone", ()), _one))
    UNITS.update(dict.fromkeys((*_row["words"], *_row.get("alone", ())), _one))
OF_GOODS = frozenset(("g", "ml", "pack", "bunch"))  # units in which only goods are counted: "3 gasten" are none
UNIT_WORDS = frozenset(UNITS)  # a number before one of these is an amount, never an hour
_NOT_BEFORE = {word: frozenset(row["not_before"]) for row in _T["unit"] if "not_before" in row for word in row["words"]}
_ONLY_BEFORE = {word: frozenset(row["only_before"]) for row in _T["unit"] if "only_before" in row for word in row["words"]}
_CLOSED = frozenset(("", ",", ";", "/", "en", "+", "graag"))
_HOLDING = frozenset(("doos", "doosje", "tray", "rek", "krat"))  # "eieren doosje 10" is one of ten
_SHORT = 3  # letters
_DOTTED = frozenset(("st", "gr", "g", "pers", "stk", "kg", "ltr", "l", "fl", "ml"))


def token_at(tokens: Sequence[str], at: int) -> str:
    """The token at a place; nothing beyond the ends."""
    return tokens[at] if 0 <= at < len(tokens) else ""


@lru_cache(maxsize=4096)
def _by_ear(word: str) -> UnitWord | None:
    """The measure that a word is as it sounds, when it is no word by itself: "een nedje mandarijnen", "een ponnt gehakt"."""
    if len(word) <= _SHORT or not word.isalpha() or any(word in words for words in _words_of_talk()):
        return None
    if lexicon.is_real(word) or lexicon.is_common(word):
        return None
    return _by_sound().get(fold(word.replace("dj", "tj")))


@cache
def _words_of_talk() -> tuple[frozenset[str], ...]:
    return (
        *(words_of("talk", name) for name in ("verbs", "words")),
        words_of("fillers", "words"),
        lexicon.talk(),
        lexicon.brands(),
    )


@cache
def _by_sound() -> dict[str, UnitWord]:
    """The longer measures by how they sound, but for those that sound like another."""
    found: dict[str, set[UnitWord]] = {}
    for word, unit in UNITS.items():
        if len(word) > _SHORT and word.isalpha():
            found.setdefault(fold(word), set()).add(unit)
    return {sound: one.pop() for sound, one in found.items() if len(one) == 1}


def unit_at(tokens: Sequence[str], at: int) -> tuple[UnitWord, int] | None:
    """The unit at a token and how many tokens it takes ("st." takes two)."""
    word = plain(token_at(tokens, at))
    unit = UNITS.get(word) or (_by_ear(word) if len(token_at(tokens, at + 1)) > _SHORT else None)
    if not unit or token_at(tokens, at + 1) in _NOT_BEFORE.get(word, ()):
        return None
    if word in _ONLY_BEFORE and plain(token_at(tokens, at + 1)) not in _ONLY_BEFORE[word]:
        return None
    return unit, 2 if word in _DOTTED and token_at(tokens, at + 1) == "." else 1


def counted_behind(tokens: Sequence[str], at: int, unit: UnitWord) -> Number | None:
    """ "munt bosje 1", "beschuit pak 2": how many, behind the measure (at ``at``) that stands behind the goods."""
    before = plain(token_at(tokens, at - 1))
    goods = len(before) > 2 and before.isalpha() and before not in lexicon.filler() | lexicon.talk()
    number = read_number(tokens, at + 1) if goods and unit.unit in OF_GOODS and number_word(before) is None else None
    if not number or number.vague or number.to or unit.word in _HOLDING:
        return None
    return number if token_at(tokens, at + 1 + number.used) in _CLOSED else None


__all__ = ["ALONE", "OF_GOODS", "UNITS", "UNIT_WORDS", "UnitWord", "counted_behind", "token_at", "unit_at"]
