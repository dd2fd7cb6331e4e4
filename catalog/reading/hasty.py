"""Words written in haste as they are in full: two glued together ("doemaar"), or cut short beside others ("voor zat")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import may_be_goods
from catalog.reading.run_on import is_of_goods
from catalog.reading.standard import standard
from catalog.reading.tokens import Token
from catalog.reading.units import UNIT_WORDS
from catalog.reading.words import plain, table
from catalog.search import lexicon

_LEAST = 4  # letters of two words that are glued
_MOST = 3  # words in one
_COMING = frozenset(("voor", "op", "tot", "vanaf", "komende", "aanstaande", "as", "a.s."))
_BEFORE_WHOM = frozenset(("mijn", "m'n", "mn", "me", "onze", "ons", "de", "het", "een", "n", "bij", "op", "in", "als"))


def written_out(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each word as it would have been written with more time."""
    found = [part for token in tokens for part in _parted(token)]
    return [replace(token, lower=_meant(found, at)) if token.lower in _SHORT else token for at, token in enumerate(found)]


def _parted(token: Token) -> Sequence[Token]:
    """ "doemaar" as "doe" and "maar", each where it stands."""
    words = _glued().get(token.lower, ())
    if not words or len(token.text) != token.end - token.start or "".join(words) != token.text.lower():
        return (token,)
    ends = [token.start + len("".join(words[: at + 1])) for at in range(len(words))]
    starts = [token.start, *ends[:-1]]
    texts = [token.text[begin - token.start : end - token.start] for begin, end in zip(starts, ends, strict=True)]
    return [Token(text, standard(text.lower()), *place) for text, *place in zip(texts, starts, ends, strict=True)]


@cache
def _glued() -> dict[str, tuple[str, ...]]:
    """The phrases of ordering and of chat, by how they are written without blanks; not where that is another word."""
    phrases = [tuple(one.split()) for name in ("order", "glued") for one in table("fillers")[name]]
    return {
        "".join(words): words
        for words in phrases
        if 1 < len(words) <= _MOST and len("".join(words)) >= _LEAST and not _is_word("".join(words))
    }


def _is_word(word: str) -> bool:
    talk = words_of("talk", "words") | words_of("talk", "verbs") | words_of("fillers", "words")
    if word in talk or word in UNIT_WORDS or word in lexicon.brands() or standard(word) != word:
        return True
    return not word.isalpha() or word in lexicon.goods() or lexicon.is_common(word)


def _meant(tokens: Sequence[Token], at: int) -> str:
    """ "voor zat" is for Saturday, "3 appels vr mn moeder" for her, "me moeder" is "mijn moeder"."""
    return _SHORT[tokens[at].lower](tokens, at)


def _saturday(tokens: Sequence[Token], at: int) -> str:
    return "zaterdag" if at and tokens[at - 1].lower in _COMING else tokens[at].lower


def _for(tokens: Sequence[Token], at: int) -> str:
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    before = tokens[at - 1].lower if at else ""
    beside = (is_of_goods(before) or may_be_goods(plain(before))) and (after in _BEFORE_WHOM or lexicon.is_real(after))
    return "voor" if beside or (after in words_of("talk", "people")) else tokens[at].lower


def _mine(tokens: Sequence[Token], at: int) -> str:
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return "mijn" if after in words_of("talk", "people") else tokens[at].lower


_SHORT = {"zat": _saturday, "vr": _for, "me": _mine}


__all__ = ["written_out"]
