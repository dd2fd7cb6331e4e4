"""What people say beside their groceries that orders nothing: thanks for what came, a moment please, who they are.

Known by a few words, per kind, in ``words/remarks.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from catalog.reading.lexicon import Shapes
from catalog.reading.tokens import lowers
from catalog.reading.words import plain, table

#: A longer message is a letter or a list.
_LONGEST = 25  # words


def remark(text: str) -> str:
    """The kind of remark that a message is: ``trouble``, ``content``, ``waiting`` …; "" when it is none of them."""
    words = [plain(word) for word in lowers(text) if any(map(str.isalnum, word))]
    return _kind(words) if 0 < len(words) <= _LONGEST else ""


def _kind(words: Sequence[str]) -> str:
    return next((kind for kind, shapes in _kinds() if shapes.within(words)), "")


@cache
def _kinds() -> tuple[tuple[str, Shapes], ...]:
    return tuple((kind, Shapes(shapes)) for kind, shapes in table("remarks").items())
