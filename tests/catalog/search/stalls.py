"""Squares to measure on: the example squares and invented stalls of other trades."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from catalog.folder import read_folder
from catalog.search import Index, lexicon
from catalog.search.fold import key, keys, tokens
from catalog.square import Product, SoldBy

WORDS = Path(__file__).parent / "words"
SQUARES = Path(__file__).resolve().parents[3] / "catalog" / "squares"
EXAMPLES = ("bunnik", "voorbeeld", "ijsseldelta")
STALLS = ("toko", "boekwinkel", "ijzerwaren", "turks")


@cache
def goods(square: str) -> tuple[Product, ...]:
    """The products of an example square or an invented stall."""
    if square in EXAMPLES:
        read, problems = read_folder(SQUARES / square)
        assert read is not None, problems
        return tuple(read.products)
    names = tomllib.loads((WORDS / "stalls.toml").read_text(encoding="utf-8"))[square]["names"].split("|")
    return tuple(Product(square, f"p{at}", " ".join(name.split()), 100, SoldBy.PIECE) for at, name in enumerate(names))


@cache
def index_of(square: str) -> Index:
    """The index over :func:`goods`."""
    return Index.build(goods(square))


@cache
def _sold(square: str) -> frozenset[str]:
    names = [name for product in goods(square) for name in (product.name, *product.synonyms)]
    known = {form for name in names for form in (*tokens(name), "".join(tokens(name)), *keys("".join(tokens(name))))}
    known |= {form for name in names for word in tokens(name) for form in keys(word)}
    return frozenset(known) | {key("".join(tokens(said))) for said, means in lexicon.synonyms() if _held(means, known)}


def _held(means: tuple[str, ...], known: set[str]) -> bool:
    return any(key("".join(tokens(name))) in known for name in means)


def is_sold(square: str, said: str) -> bool:
    """Whether the words are a name, a synonym or whole words of names on this square, letter for letter or by stem."""
    sold = _sold(square)
    return key("".join(tokens(said))) in sold or all(key(word) in sold or word in sold for word in tokens(said))


def elsewhere(half: str) -> list[str]:
    """Words of other shops: the half that was looked at (``work``) or the half that never was (``held``)."""
    lines = (WORDS / f"elsewhere_{half}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def wrongly_clear(square: str, words: list[str]) -> tuple[list[tuple[str, str]], int]:
    """(said, taken for) of the words not sold on this square that were accepted all the same, and how many were not sold."""
    asked = [word for word in words if not is_sold(square, word)]
    found = [(word, index_of(square).find(word)) for word in asked]
    return [(word, hits.hits[0].name) for word, hits in found if hits.verdict == "clear"], len(asked)
