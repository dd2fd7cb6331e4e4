"""Words beside goods that mean nothing here: "een pijpje kaneel", "een struuk spitskool". The goods are offered, and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from catalog.reading.nouns import is_adjective
from catalog.reading.shortened import is_everyday
from catalog.reading.wish import Unit, Wish
from catalog.reading.words import plain
from catalog.search import lexicon

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup

_SURELY, _HARDLY = 0.95, 0.8
_SMALL = ("je", "jes")


def without_strange(wish: Wish, lookup: Lookup) -> Wish | None:
    """The wish without those words; None when nothing is counted, none are in it, or no goods of this shelf are left."""
    if not wish.quantity:
        return None
    kept = [unit for at, unit in enumerate(wish.units) if not (_is_strange(unit, lookup) or _is_portion(wish, at, lookup))]
    if len(kept) == len(wish.units) or not any(_names_goods(unit, lookup) for unit in kept):
        return None
    return replace(wish, units=kept)


def _is_strange(unit: Unit, lookup: Lookup) -> bool:
    word = plain(unit.text)
    if unit.named or unit.soft or not word.isalpha() or lookup.knows(word) >= _HARDLY:
        return False
    return not (is_everyday(word) or is_adjective(word) or lexicon.is_kind(word) or lexicon.is_compound(word))


def _is_portion(wish: Wish, at: int, lookup: Lookup) -> bool:
    """ "een pijpje kaneel": a small word right behind the amount, and goods behind it."""
    word = plain(wish.units[0].text)
    if at or not wish.quantity or wish.behind or not word.endswith(_SMALL) or lookup.knows(word) >= _HARDLY:
        return False
    return _goods_follow(wish.units[1:], lookup)


def _goods_follow(units: Sequence[Unit], lookup: Lookup) -> bool:
    return bool(units) and not units[0].link and _names_goods(units[0], lookup)


def _names_goods(unit: Unit, lookup: Lookup) -> bool:
    word = plain(unit.text)
    return unit.named or (lexicon.is_real(word) and lookup.knows(word) >= _SURELY)


__all__ = ["without_strange"]
