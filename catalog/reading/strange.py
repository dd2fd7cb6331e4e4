"""Words that this catalogue does not know: whether they name goods that are not sold here, or are no goods at all."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.quantities import Quantity
from catalog.search import lexicon

_FEW = 4  # tokens; a message as short as that is an order, whatever it names
_LIST_LINE, _SHORT = 3, 6


def is_strange_order(words: Sequence[str], quantity: Quantity | None, *, counted: bool, ordered: bool, clause: int) -> bool:
    """Whether unknown (plain) words are asked for: "2 mango's", "graag kwark"; not "een kwartje", "even kloppen".

    Names of goods need only be said; other words must be counted, or be all there is.
    ``clause``: how many tokens the whole clause has.
    """
    if names_goods(words):
        return ordered or quantity is not None or clause <= _FEW
    if any(word in lexicon.talk() for word in words) or len(words) > 3:
        return False
    if counted or clause <= _LIST_LINE:
        return True
    if len(words) > 1 or not ordered:
        return False
    return clause <= _SHORT or (quantity is not None and not lexicon.is_common(words[0]))


def names_goods(words: Sequence[str]) -> bool:
    """Whether what is named last, or first, is a Dutch name of goods, sold here or not."""
    return any(lexicon.is_real(word) for word in (words[-1], words[0]))
