"""Words written as they are drawn out: "hoiii", "graaaag", "heeeel veel", "doeiii"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from catalog.reading.lexicon import words_of
from catalog.reading.tokens import Token
from catalog.reading.words import plain, table
from catalog.search import lexicon

_RUN = re.compile(r"([a-z])\1+")
_LONG = re.compile(r"([a-z])\1\1+")
_LAST = re.compile(r"([a-z])\1+\Z")
_LEAST = 3  # letters of a word once it is short


def without_stretched(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with drawn-out words as they are written in a dictionary."""
    return [replace(token, lower=short) if (short := _short(token.lower)) else token for token in tokens]


@lru_cache(maxsize=8192)
def _short(word: str) -> str:
    """The word without its drawn-out letters; "" when it has none."""
    if not (_LAST.search(word) or _LONG.search(word)) or len(set(word)) == 1:
        return ""  # AAA is a battery
    told = plain(word)
    once, twice = _RUN.sub(r"\1", told), _LONG.sub(r"\1\1", told)
    forms = [twice, _LAST.sub(r"\1", twice), _LONG.sub(r"\1", told), once]
    if not _LONG.search(told):
        return forms[1] if told not in _greeting() and forms[1] in _greeting() else ""  # "hoii"; not "watt"
    if told in _said() or told in lexicon.goods():
        return ""
    known = next((form for form in forms if len(form) >= _LEAST and form in _said()), "")
    return known or next((form for form in forms if lexicon.is_real(form)), twice)


@cache
def _greeting() -> frozenset[str]:
    return frozenset().union(*(words_of("fillers", key) for key in ("greetings", "goodbyes", "farewells")))


@cache
def _said() -> frozenset[str]:
    """Words of greeting, politeness and talk."""
    talk = words_of("talk", "words") | words_of("talk", "verbs") | words_of("talk", "people")
    order = {word for one in table("fillers")["order"] for word in one.split()}
    return talk | order | _greeting() | words_of("fillers", "words") | words_of("fillers", "joiners")


__all__ = ["without_stretched"]
