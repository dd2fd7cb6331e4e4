"""Goods that are never sold by chat: alcohol, tobacco, medicine. Also when no shop of the square lists them.

Alcoholwet art. 20a (https://wetten.overheid.nl/BWBR0002458), Tabaks- en rookwarenwet, and WhatsApp's commerce policy.
A word that only looks like it (wijnazijn, bierworst, alcoholvrij bier) is food.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from catalog.reading.lexicon import Phrases, phrases_of
from catalog.reading.words import table

KINDS = ("alcohol", "tobacco", "medicine")


def refused_kind(words: Sequence[str]) -> str | None:
    """Which kind of restricted goods these plain words name, or None."""
    for kind in KINDS:
        if _named(kind, words) and not _harmless(kind, words):
            return kind
    return None


def harmless(words: Sequence[str]) -> bool:
    """Whether a word says that it is food after all ("alcoholvrij"): restricted products are then not what was meant."""
    return any(_harmless(kind, words) for kind in KINDS)


def _named(kind: str, words: Sequence[str]) -> bool:
    return phrases_of("restricted", kind).within(words) or any(word.endswith(_tails(kind)) for word in words)


def _harmless(kind: str, words: Sequence[str]) -> bool:
    return _exceptions(kind).within(words) or any(word.endswith(_food_tails(kind)) for word in words if len(word) > 4)


@cache
def _tails(kind: str) -> tuple[str, ...]:
    return tuple(word[1:] for word in table("restricted")[kind] if word.startswith("*"))


@cache
def _exceptions(kind: str) -> Phrases:
    return Phrases(table("restricted")[f"not_{kind}"])


@cache
def _food_tails(kind: str) -> tuple[str, ...]:
    """ "gemberbier" and "wildzwijn" are told by how they end."""
    return tuple(word for word in table("restricted")[f"not_{kind}"] if word.isalpha() and len(word) > 4)
