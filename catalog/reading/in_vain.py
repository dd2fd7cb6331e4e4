"""Goods asked for that are not sold here, and what hangs on it: "hebben jullie tofu? zo ja een blok", "..., anders kaas"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.doubt import doubted, is_conditional
from catalog.reading.lines import line_of
from catalog.reading.lookup import Lookup
from catalog.reading.quantities import Quantity
from catalog.reading.result import Line
from catalog.reading.tokens import tokenize
from catalog.reading.wishes import cut

_FAILED = re.compile(r"(?:(?:en|maar|nee|,) )*(?:zo (?:niet|nee)|anders|indien niet|als (?:dat )?niet)\b")
_ALL_THE_SAME = re.compile(r"\b(?:sowieso|in (?:ieder|elk) geval|los daarvan)\b")


def sought(words: str, quantity: Quantity | None, text: str, lookup: Lookup) -> list[Line]:
    """The line of what was asked for in vain, with the amount that was wanted of it: it says that it is not sold."""
    wishes = [wish for wish in cut(tokenize(words), lookup.shelf.names).wishes if wish.units]
    if len(wishes) != 1 or not quantity:
        return []
    wishes[0].quantity, wishes[0].anew = quantity, True
    return doubted([line_of(wishes[0], text, lookup)])


def hangs_on_it(words: Sequence[str], *, in_vain: bool) -> bool:
    """Whether what a clause (plain words) orders is only wanted if something else holds.

    Not what is wanted all the same ("..., en sowieso een brood"), nor what comes when the answer is no and it is no.
    """
    said = " ".join(words)
    return is_conditional(words) and not _ALL_THE_SAME.search(said) and not (in_vain and _FAILED.match(said))


__all__ = ["hangs_on_it", "sought"]
