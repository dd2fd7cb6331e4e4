"""What residents say -> the products they mean, and how sure that is: clear, choose or none. One door: :class:`Index`.

The method: words are folded by ear and stemmed (:mod:`fold`), each said word is looked up in the catalogue's *vocabulary*
(:mod:`vocabulary`: same stem, near spelling, part of a compound, synonym), names are scored from postings in numpy
(:mod:`shortlist`), a few are looked at closely (:mod:`rank`), and :mod:`verdict` decides whether that is sure enough.
A real Dutch word is never clearly a slip of
another (:mod:`belief`). Its limits: it knows no meaning beyond ``words/*.toml``; a real word that stands in none of them, nor
is made of two that do, and lies one letter from a product may still be taken for a slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from catalog.search.found import FIRST, Found, Hit
from catalog.search.query import usual_key

if TYPE_CHECKING:
    from catalog.search.index import Index

__all__ = ["FIRST", "Found", "Hit", "Index", "usual_key"]


def __getattr__(name: str) -> Any:
    """Load the index, and numpy with it, only when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from catalog.search import index

    return getattr(index, name)
