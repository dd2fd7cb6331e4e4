"""A village with a full supermarket and what its people type: written by hand, apart from everything the search learnt from.

``search_assortment.txt`` holds the names, ``search_villagers.txt`` the questions, a third of which (:func:`is_held`) is only
ever looked at as a figure. One author wrote both, and the word lists of the search as well: read the figures with that in mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product as combinations
from typing import Any

from bot.bench.search_queries import lines
from catalog.search import Found, Index
from catalog.search.fold import plain
from catalog.square import Product, Shop, SoldBy

KINDS = ("een", "keuze", "geen")  # one thing is meant, several fit, not sold here


@dataclass(frozen=True, slots=True)
class Wish:
    """What is typed, which of :data:`KINDS` it is, and the right names: parts they hold, or must not hold (``-part``)."""

    words: str
    kind: str
    right: tuple[tuple[str, ...], ...]
    held: bool

    def answered_by(self, name: str) -> bool:
        """Whether a product of this name is one that was meant."""
        said = plain(name)
        return any(all(_holds(said, plain(part)) for part in parts) for parts in self.right)


def _holds(name: str, part: str) -> bool:
    if part[0] == "-":
        return part[1:] not in name
    return re.search(rf"\b{re.escape(part[1:])}\b", name) is not None if part[0] == "=" else part in name


def assortment() -> tuple[list[Product], list[Shop]]:
    """All products of this village, about 1,600, and its shops."""
    products: list[Product] = []
    shops: list[Shop] = []
    for line in lines("search_assortment.txt"):
        if line[0] == "[":
            slug, kind = line.strip("[]").split(" | ")
            shops.append(Shop(slug, f"De {kind}", kind))
            continue
        for name in _spelt_out(line):
            products.append(Product(shops[-1].slug, f"{shops[-1].slug[0]}{len(products)}", name, 100, SoldBy.PIECE))
    return products, shops


def _spelt_out(line: str) -> Iterator[str]:
    """``{halfvolle|volle} melk`` as the names it stands for."""
    parts = re.split(r"\{([^}]*)\}", line)
    for chosen in combinations(*(part.split("|") if at % 2 else [part] for at, part in enumerate(parts))):
        yield " ".join("".join(chosen).split())


def wishes() -> list[Wish]:
    """Everything asked; every third line is held aside."""
    made = []
    for at, line in enumerate(lines("search_villagers.txt")):
        kind, _, rest = line.partition(" | ")
        words, _, right = rest.partition("=")
        alternatives = tuple(tuple(parts.split()) for parts in right.split("|") if parts.split())
        made.append(Wish(words.strip(), kind, alternatives, held=at % 3 == 2))
    return made


def score(index: Index, asked: Sequence[Wish]) -> tuple[dict[str, Any], list[str]]:
    """Shares per figure, and the wishes that went wrong with what came of them."""
    marks: dict[str, list[bool]] = {}
    misses = []
    for wish in asked:
        found = index.find(wish.words)
        got = _marks(wish, found)
        for name, mark in got.items():
            marks.setdefault(name, []).append(mark)
        if not (got.get("rank1", True) and got.get("none", True)) or got["wrong_in_basket"]:
            names = ", ".join(hit.name for hit in found.hits[:3])
            misses.append(f"{wish.kind}: {wish.words} -> {found.verdict}: {names}")
    return {name: round(sum(got) / len(got), 4) for name, got in sorted(marks.items())} | {"asked": len(asked)}, misses


def _marks(wish: Wish, found: Found) -> dict[str, bool]:
    right = [wish.answered_by(hit.name) for hit in found.hits]
    clear = found.verdict == "clear"
    wrong = clear and (wish.kind != "een" or not right[0])
    if wish.kind == "geen":
        return {"none": found.verdict == "none", "wrong_in_basket": clear}
    marks = {"rank1": any(right[:1]), "within3": any(right[:3]), "wrong_in_basket": wrong}
    return marks | (
        {"taken_at_once": clear and right[0]} if wish.kind == "een" else {"rightly_asked": found.verdict == "choose"}
    )
