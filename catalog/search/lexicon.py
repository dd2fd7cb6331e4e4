"""The word lists beside the code (``words/*.toml``), read once when first needed. A Dutch person can extend them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("catalog.search") / "words" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def irregular() -> dict[str, str]:
    """Word -> stem, where the rules would go wrong (eieren -> ei, bloemen stays bloemen)."""
    table = _table("grammar")
    return {**table["irregular"], **{word: word for word in table["keep"].split()}}


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of words from ``words/<table>.toml``."""
    return frozenset(_table(table)[name].split())


@cache
def filler() -> frozenset[str]:
    """Words that say nothing about the product (graag, mag, ik, stuks)."""
    return words("grammar", "filler")


@cache
def soft() -> frozenset[str]:
    """Words that help to choose but need no explanation (half, heel, vers, groot)."""
    return words("grammar", "soft")


@cache
def talk() -> frozenset[str]:
    """Words of talk: never taken for a misspelt product."""
    return words("grammar", "talk")


@cache
def describing() -> frozenset[str]:
    """Adjectives and grades that stand for a product by themselves (volkoren, belegen, halfvolle)."""
    return words("goods", "describing")


@cache
def goods() -> frozenset[str]:
    """Dutch names of goods, whether sold here or not: a real word is no misspelling of another."""
    return frozenset(" ".join(_table("goods")["goods"].values()).split())


@cache
def no_kind() -> dict[str, frozenset[str]]:
    """Head -> compounds that end in it but are no kind of it (kaas: pindakaas, leverkaas)."""
    return {head: frozenset(compounds.split()) for head, compounds in _table("goods")["no_kind"].items()}


@cache
def shop_words() -> dict[str, frozenset[str]]:
    """Word for a shop -> kinds of shop it may mean (bakker: bakker, bakkerij)."""
    return {word: frozenset(kinds.split()) for word, kinds in _table("grammar")["shops"].items()}


@cache
def synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(what people say, the names it may have in a shop), phrases in lower case; ``same`` groups both ways."""
    pairs: dict[str, list[str]] = {}
    for section in _table("synonyms").values():
        for group in section.get("same", ()):
            for word in group:
                pairs.setdefault(word, []).extend(other for other in group if other != word)
        for said, names in section.get("means", {}).items():
            pairs.setdefault(said, []).extend(names)
    return tuple((said, tuple(dict.fromkeys(names))) for said, names in pairs.items())
