"""Dutch numbers as people type them: digits, words with all their joins, halves and quarters, ranges, "een paar".

The words are in ``words/numbers.toml``; this file knows how they are put together. It reads forward from one token and never
guesses: ``zevengranenbrood`` is no seven, and ``drie bruine bolletjes en een half wit`` starts with three, not with 3.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from catalog.reading.tokens import VULGAR
from catalog.reading.words import plain, table


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was said. ``to`` closes a range ("zes à zeven"); ``vague`` means named but not counted ("een paar").

    ``used`` is how many tokens it took. A vague number holds the usual span, for showing only: ask before you count with it.
    """

    value: Fraction
    to: Fraction | None
    about: bool
    used: int
    vague: bool = False


def read_number(tokens: Sequence[str], at: int = 0) -> Number | None:
    """The number that starts at token ``at`` (lower-cased, see :func:`catalog.reading.tokens.lowers`), or None."""
    about, skipped = _read_about(tokens, at)
    start = at + skipped
    number = _read_between(tokens, start) or _read_range(tokens, start) or _read_vague(tokens, start, after_about=skipped > 1)
    if not number or not skipped:
        return number
    return replace(number, about=about or number.about, used=number.used + skipped)


def read_ordinal(tokens: Sequence[str], at: int = 0) -> int | None:
    """The rank named by one token: ``tweede``, ``28e``, ``drieëntwintigste``; None when it is none."""
    return _ordinal(tokens[at]) if at < len(tokens) else None


def number_word(word: str) -> Fraction | None:
    """The value of one token that is a number by itself: ``12``, ``1,5``, ``½``, ``tweeënhalf``; None otherwise."""
    return _value(word)


def may_begin_number(word: str) -> bool:
    """Whether a number can start with this token: a number, an article, "ongeveer", "een paar"."""
    return _value(word) is not None or word in _OPENING or plain(word) in _VAGUE


# What one token can mean


def _by_word(group: dict[str, list[str]]) -> dict[str, Fraction]:
    return {plain(word): Fraction(value) for value, words in group.items() for word in words}


_T = table("numbers")
_UNITS = _by_word(_T["numbers"])
_TENS = _by_word(_T["tens"])
_SCALES = _by_word(_T["scales"])
_PARTS = _by_word(_T["fractions"])
_HALF = frozenset(_T["fractions"]["1/2"])
_JOINED = {
    unit + link + ten: value + more
    for unit, value in _UNITS.items()
    if 1 <= value <= 9
    for ten, more in _TENS.items()
    for link in (("en", "n") if unit.endswith("e") else ("en",))
}
_BELOW_HUNDRED = {**_UNITS, **_TENS, **_JOINED}
_ORDINALS = {word: int(rank) for rank, words in _T["ordinals"].items() for word in words}
_VAGUE = {word: span.split("-") for span, words in _T["vague"].items() if "-" in span for word in words}
_ARTICLES = frozenset(("een", "n", "'n", "ne"))
_JOINTS = frozenset(plain(word) for word in _T["ranges"]["between"] if " " not in word)
_OPENERS = frozenset(_T["ranges"]["openers"])
_ABOUT = frozenset(_T["about"]["words"])
_EXACT = frozenset(_T["about"]["exact"])
_PHRASES = sorted((phrase.split() for phrase in _T["about"]["phrases"]), key=len, reverse=True)
_PHRASE_STARTS = frozenset(phrase[0] for phrase in _PHRASES)
_OPENING = _OPENERS | _ABOUT | _EXACT | _PHRASE_STARTS
_NAME_AFTER_HALF = frozenset(_T["half"]["name_follows"])
_NOT_AFTER_WAT = frozenset(_T["vague"]["not_before"])
_WITH_ARTICLE = frozenset(_T["vague"]["with_article"])
_ONLY_WITH_ARTICLE = frozenset(_T["vague"]["only_with_article"])

_DIGITS = re.compile(r"[0-9]{1,12}\Z")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,4})?\Z")
_DECIMAL = re.compile(r"(?!0[.,]0\Z)[0-9]{0,12}[.,][0-9]{1,6}\Z")  # "0.0" is how beer is called
_FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})\Z")
_BIG = re.compile(
    r"(?:(?P<thousands>.*)(?:duizend|duizent)(?:en)?)?(?:(?P<hundreds>.*?)(?:honderd|hondert)(?:en)?)?(?P<rest>.*)\Z"
)
_WITH_HALF = re.compile(r"(.+?)(?:e?n(?:een|ene)?)(?:half|halve|halven)\Z")
_NUMBERED_ORDINAL = re.compile(r"([0-9]{1,4})(?:e|de|ste)\Z")


@lru_cache(maxsize=8192)
def _value(token: str) -> Fraction | None:
    """The value of one token standing alone, or None. Vulgar fractions, digits or a number word however joined."""
    if token in VULGAR:
        return Fraction(*VULGAR[token])
    return _digits(token) if token[:1].isdecimal() or token[:1] in ",." else _words(plain(token))


def _digits(token: str) -> Fraction | None:
    """A dot with three digits behind it marks thousands, any other dot or comma marks decimals."""
    if _DIGITS.match(token):
        return Fraction(int(token))
    if _THOUSANDS.match(token):
        return Fraction(token.replace(".", "").replace(",", "."))
    if _DECIMAL.match(token):
        return Fraction(token.replace(",", "."))
    found = _FRACTION.match(token)
    return Fraction(int(found[1]), int(found[2])) if found and int(found[2]) else None


def _words(word: str) -> Fraction | None:
    known = _BELOW_HUNDRED.get(word, _PARTS.get(word, _SCALES.get(word)))
    if known is not None or len(word) < 6 or len(word) > 60:
        return known
    word = word.replace("-", "")
    half = _WITH_HALF.match(word)
    whole = _whole(half[1]) if half else None
    return whole + Fraction(1, 2) if whole else _whole(word)


def _whole(word: str) -> Fraction | None:
    """A whole number in one word: ``vierhonderdvijftig``, ``tweeduizendvijfhonderd``."""
    if word in _BELOW_HUNDRED:
        return _BELOW_HUNDRED[word]
    if "honder" not in word and "duizen" not in word:
        return None
    found = _BIG.match(word)
    if not found:
        return None
    parts = [_part(found["thousands"], 1000), _part(found["hundreds"], 100), _rest(found["rest"])]
    return None if None in parts else sum((part for part in parts if part), Fraction(0))


def _part(count: str | None, scale: int) -> Fraction | None:
    if count is None:
        return Fraction(0)
    value = Fraction(1) if count == "" else _whole(count)
    return None if value is None else value * scale


def _rest(word: str) -> Fraction | None:
    if not word:
        return Fraction(0)
    return _BELOW_HUNDRED.get(word, _BELOW_HUNDRED.get(word.removeprefix("en")))


@lru_cache(maxsize=4096)
def _ordinal(token: str) -> int | None:
    word = plain(token)
    numbered = _NUMBERED_ORDINAL.match(word)
    if numbered:
        return int(numbered[1])
    if word in _ORDINALS:
        return _ORDINALS[word]
    value = _whole(word.removesuffix("ste")) if word.endswith("ste") else None
    return int(value) if value and value.denominator == 1 else None


# What several tokens mean together


def _at(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""


def _read_about(tokens: Sequence[str], at: int) -> tuple[bool, int]:
    """Whether the number is said to be rough, and how many tokens say so ("ongeveer", "een stuk of", "ca.")."""
    start, about = at, False
    for _ in range(4):
        word = _at(tokens, at)
        phrase = _phrase(tokens, at) if word in _PHRASE_STARTS else 0
        if phrase:
            at, about = at + phrase, True
        elif word in _ABOUT:
            at, about = at + (2 if _at(tokens, at + 1) == "." else 1), True
        elif word in _EXACT:
            at += 1
        else:
            break
    return about, at - start


def _phrase(tokens: Sequence[str], at: int) -> int:
    for phrase in _PHRASES:
        if list(tokens[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _read_between(tokens: Sequence[str], at: int) -> Number | None:
    """``tussen 100 en 1000``, ``van 2 tot 7``."""
    if _at(tokens, at) not in _OPENERS:
        return None
    low = _read_one(tokens, at + 1)
    if not low or _at(tokens, at + 1 + low[1]) not in ("en", "tot", "-"):
        return None
    middle = at + 2 + low[1]
    about, skipped = _read_about(tokens, middle)
    high = _read_one(tokens, middle + skipped)
    if not high or high[0] <= low[0]:
        return None
    return Number(low[0], high[0], about, middle + skipped + high[1] - at)


def _read_range(tokens: Sequence[str], at: int) -> Number | None:
    """One number, or two that make a range: ``zes à zeven``, ``6-7``, ``vier- à vijfhonderd``, ``twee drie``."""
    low = _read_one(tokens, at)
    if not low:
        return None
    value, used = low
    after = at + used
    shared = _at(tokens, after) == "-" and plain(_at(tokens, after + 1)) in _JOINTS
    joint = after + shared
    if plain(_at(tokens, joint)) in _JOINTS:
        about, skipped = _read_about(tokens, joint + 1)
        high = _read_one(tokens, joint + 1 + skipped)
        if high and _makes_range(tokens, at, joint + 1 + skipped, value, high[0]):
            low_value = _share_scale(value, high[0]) if shared else value
            return Number(low_value, high[0], about, joint + 1 + skipped + high[1] - at)
    if used == 1 and 2 <= value <= 11 and _neighbours(tokens, at, value):
        return Number(value, value + 1, False, 2)
    return Number(value, None, False, used)


def _makes_range(tokens: Sequence[str], first: int, second: int, low: Fraction, high: Fraction) -> bool:
    """A range rises; a leading zero means a telephone number or a date."""
    return low < high and not any(len(tokens[i]) > 1 and tokens[i][0] == "0" and tokens[i].isdecimal() for i in (first, second))


def _share_scale(low: Fraction, high: Fraction) -> Fraction:
    """In ``vier- à vijfhonderd`` the hyphen stands for the scale that both share."""
    scale = next((scale for scale in (1000, 100) if high % scale == 0 and low < high / scale), 1)
    return low * scale


def _neighbours(tokens: Sequence[str], at: int, value: Fraction) -> bool:
    """``twee drie``: two words that follow each other. Not for digits, which may be a price or a list number."""
    follower = _at(tokens, at + 1)
    return tokens[at].isalpha() and follower.isalpha() and _BELOW_HUNDRED.get(plain(follower)) == value + 1


def _read_vague(tokens: Sequence[str], at: int, *, after_about: bool) -> Number | None:
    article = plain(_at(tokens, at)) in _ARTICLES
    word = _at(tokens, at + article)
    if word not in _VAGUE or (word in _ONLY_WITH_ARTICLE and not article):
        return None
    if word == "wat" and not after_about and (_at(tokens, at + article + 1) or "?") in _NOT_AFTER_WAT:
        return None
    low, high = _VAGUE[word]
    return Number(Fraction(low), Fraction(high), True, 1 + article, vague=True)


def _read_one(tokens: Sequence[str], at: int) -> tuple[Fraction, int] | None:
    """One exact number and how many tokens it takes, or None."""
    word = _at(tokens, at)
    value = _value(word) if word else None
    if value is None:
        return None
    if plain(word) in _HALF:
        return None if _half_is_name(tokens, at) else _scaled(tokens, at, value, 1)
    if plain(word) in _ARTICLES or value == 1:
        return _after_article(tokens, at, value)
    if value == 3 and _at(tokens, at + 1) == "kwart":
        return Fraction(3, 4), 2
    return _fractions(tokens, at, *_scaled_and_joined(tokens, at, value, 1))


def _after_article(tokens: Sequence[str], at: int, value: Fraction) -> tuple[Fraction, int] | None:
    """What follows "een": half of something, a scale ("een dozijn"), nothing countable ("een paar": None) or just one."""
    follower = plain(_at(tokens, at + 1))
    part = _PARTS.get(follower)
    if part is not None and part != Fraction(1, 3) and not (follower in _HALF and _half_is_name(tokens, at + 1)):
        return _scaled(tokens, at, part, 2)
    if tokens[at] in _ARTICLES and (follower in VULGAR or "/" in follower) and (_value(follower) or 1) < 1:
        return _value(follower) or value, 2  # "een 1/2 pond"
    if follower in _VAGUE and follower in _WITH_ARTICLE and plain(tokens[at]) in _ARTICLES:
        return None
    return _fractions(tokens, at, *_scaled_and_joined(tokens, at, value, 1))


def _half_is_name(tokens: Sequence[str], at: int) -> bool:
    """Whether "half" belongs to a name ("half om half", "half volle melk") or to a clock ("half elf")."""
    follower = plain(_at(tokens, at + 1))
    hour = tokens[at] == "half" and follower not in _SCALES and 1 <= (_value(follower) or 0) <= 12
    return hour or follower in _NAME_AFTER_HALF


def _scaled(tokens: Sequence[str], at: int, value: Fraction, used: int) -> tuple[Fraction, int]:
    """``half dozijn``, ``anderhalf honderd``."""
    scale = _SCALES.get(plain(_at(tokens, at + used)))
    return (value * scale, used + 1) if scale else (value, used)


def _scaled_and_joined(tokens: Sequence[str], at: int, value: Fraction, used: int) -> tuple[Fraction, int]:
    """``3 honderd``, ``honderd twee en twintig``, ``drie en dertig``."""
    own_scale = _SCALES.get(plain(tokens[at]))
    next_scale = _SCALES.get(plain(_at(tokens, at + used)))
    scale = next_scale if next_scale and (not own_scale or own_scale < next_scale) else own_scale
    if scale and scale != own_scale and value < scale:
        value, used = value * scale, used + 1
    if scale in (100, 1000):
        return _plus_rest(tokens, at, value, used, scale)
    if _at(tokens, at + used) == "en" and value.denominator == 1 and 1 <= value <= 9:
        ten = _value(_at(tokens, at + used + 1))
        if ten in _TENS_VALUES:
            return value + ten, used + 2
    return value, used


_TENS_VALUES = frozenset(_TENS.values())


def _plus_rest(tokens: Sequence[str], at: int, value: Fraction, used: int, scale: Fraction) -> tuple[Fraction, int]:
    """What still belongs to "honderd" or "duizend": ``honderd vijftig``, ``duizend tweehonderd``."""
    after = at + used
    word = plain(_at(tokens, after))
    rest = _value(word) if word and word not in _PARTS and word not in _ARTICLES else None
    if rest is None or not 1 <= rest < scale:
        return value, used
    more, taken = _scaled_and_joined(tokens, after, rest, 1)
    return (value + more, used + taken) if more < scale else (value, used)


def _fractions(tokens: Sequence[str], at: int, value: Fraction, used: int) -> tuple[Fraction, int]:
    """``2 1/2``, ``1½``, ``twee en een half``."""
    after = at + used
    glued = _at(tokens, after)
    if not (glued == "en" or glued in VULGAR or "/" in glued) or value.denominator != 1 or not 0 < value <= 1000:
        return value, used
    if glued in VULGAR or ("/" in glued and (_value(glued) or 1) < 1):
        return value + (_value(glued) or 0), used + 1
    if glued != "en":
        return value, used
    article = plain(_at(tokens, after + 1)) in (*_ARTICLES, "1")
    part = plain(_at(tokens, after + 1 + article))
    if _PARTS.get(part, 2) >= 1 or _half_is_name(tokens, after + 1 + article):
        return value, used
    return value + _PARTS[part], used + 2 + article
