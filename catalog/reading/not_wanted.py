"""What somebody says in passing not to need: "... en nee geen olijven die heb ik nog", "gember heb ik nog", "tas hoeft niet".

Taken out before the message is cut, so that a "nee" or a "geen" puts nothing else right. Goods only where nothing is in the
basket and the thing is not named elsewhere in the message: then it would take it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.nouns import noun_of
from catalog.reading.tokens import Token
from catalog.reading.words import plain
from catalog.search import lexicon

_HAVE = frozenset((("heb", "ik"), ("hebben", "we"), ("hebben", "wij")))
_STILL = frozenset(("nog", "al", "genoeg", "zelf"))
_ENDS = frozenset((".", ",", "!", "?", "\n", ";"))
_BEFORE = frozenset(("en", ",", "nee", "o", "oh", "maar"))
_ARTICLES = frozenset(("de", "het", "die", "geen"))
_LONGEST = 150  # words that are looked through
_SHORT = 3  # letters
_WANTED = frozenset(("nodig", "besteld", "gezegd", "graag", "liever", "geen", "te", "over", "gehad"))
_GOING_ON = frozenset(("en", "o", "oh", "verder", "wel", "staan", "liggen"))
_MOST = 2  # words of the thing
_ITS = frozenset(("de", "het", "een", "n"))


def without_not_wanted(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a full stop in the place of each thing that is not needed."""
    words = [plain(token.lower) for token in tokens]
    if not {"nog", "al", "genoeg", "keer", "zelf"} & set(words):
        return list(tokens)
    kept: list[Token] = []
    at = 0
    while at < len(words):
        end = _end(words, at)
        if end:
            kept.append(replace(tokens[at], text=".", lower="."))
        else:
            kept.append(tokens[at])
        at = end or at + 1
    return kept


def without_packing(tokens: Sequence[Token]) -> list[Token]:
    """ "een komkommer, en de tas hoeft niet": a full stop for the bag that is not needed, whatever lies in the basket."""
    if not any(token.lower in words_of("fillers", "packing") for token in tokens):
        return list(tokens)
    words, kept, at = [plain(token.lower) for token in tokens], list[Token](), 0
    while at < len(words):
        used = _needless(words, at)
        if used:
            kept = [*kept[: len(kept) - _before_packing(words, at)], replace(tokens[at], text=".", lower=".")]
        else:
            kept.append(tokens[at])
        at += used or 1
    return kept


def _needless(words: Sequence[str], at: int) -> int:
    """How many words say that a bag or a bill is not needed, from here."""
    told = phrases_of("fillers", "needless").at(words, at + 1) if at + 1 < len(words) else 0
    return 1 + told if told and words[at] in words_of("fillers", "packing") else 0


def _before_packing(words: Sequence[str], at: int) -> int:
    """How many words before it go with it: "en de"."""
    article = at > 0 and words[at - 1] in _ITS
    return article + (at > article and words[at - 1 - article] in ("en", ",", "maar"))


def _end(words: Sequence[str], at: int) -> int:
    """Where what is not needed ends, when it begins here; 0 when it does not."""
    if at and words[at] not in _BEFORE and words[at - 1] not in _ENDS | {"en", "nog"}:
        return 0
    joined = at if words[at] == "en" else at - 1 if at and words[at - 1] == "en" else 0
    if joined and (joined < 2 or words[joined - 2] in _ENDS):
        return 0  # "pepernoten en chocola hebben we al genoeg"
    begin = at
    while begin < len(words) and words[begin] in _BEFORE:
        begin += 1
    first = begin
    denied = words[begin : begin + 1] == ["geen"]
    begin += begin < len(words) and words[begin] in _ARTICLES
    for thing in range(begin + 1, begin + 1 + _MOST):
        if thing > len(words) or not _is_thing(words, begin, thing):
            continue
        if end := _still(words, thing) or (_this_time(words, thing) if denied and at < first else 0):
            return _as_well(words, end)
    return 0


def _as_well(words: Sequence[str], end: int) -> int:
    """ "uien heb ik nog liggen en azijn ook": neither is needed."""
    behind = words[end : end + 3]
    return end + 3 if behind[:1] == ["en"] and behind[2:] == ["ook"] and lexicon.is_real(behind[1]) else end


def _is_thing(words: Sequence[str], begin: int, end: int) -> bool:
    """Whether these words are goods, named nowhere else in the message."""
    word = words[end - 1]
    goods = lexicon.is_real(word) or (len(word) > _SHORT and lexicon.is_kind(word))
    return goods and sum(noun_of(one) == noun_of(word) for one in words[:_LONGEST]) == 1 and _ENDS.isdisjoint(words[begin:end])


def _still(words: Sequence[str], at: int) -> int:
    """ "(die) heb ik (ook) nog"."""
    at += words[at : at + 1] in (["die"], ["dat"])
    if tuple(words[at : at + 2]) not in _HAVE:
        return 0
    at += 2
    at += words[at : at + 1] == ["ook"]
    if at >= len(words) or words[at] not in _STILL or _goods_follow(words, at + 1):
        return 0
    return at + 2 if words[at + 1 : at + 2] in (["staan"], ["liggen"]) else at + 1


def _goods_follow(words: Sequence[str], at: int) -> bool:
    """ "kaas heb ik nog nodig", "eieren heb ik nog maar drie": that says something else."""
    stop = next((end for end in range(at, len(words)) if words[end] in _ENDS), len(words))
    if not _WANTED.isdisjoint(words[at:stop]):
        return True
    ends = at >= len(words) or words[at] in _ENDS | _GOING_ON or words[at + 1 : at + 2] == ["heb"]
    return not (ends or words[at - 4 : at - 3] in (["die"], ["dat"]))


def _this_time(words: Sequence[str], at: int) -> int:
    """ "en geen chocoladebroodjes dit keer want dan hou ik niks over": to the next comma or stop."""
    if words[at : at + 2] not in (["dit", "keer"], ["deze", "keer"], ["deze", "week"]):
        return 0
    end = at + 2
    if words[end : end + 1] in (["want"], ["omdat"]):
        end = next((one for one in range(end, len(words)) if words[one] in _ENDS | {"en"}), len(words))
    return end


__all__ = ["without_not_wanted", "without_packing"]
