"""Words that this catalogue does not know: whether they name goods that are not sold here, or are no goods at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from catalog.reading.formed import tells_how
from catalog.reading.quantities import Quantity
from catalog.reading.shortened import is_everyday
from catalog.reading.wish import Wish
from catalog.reading.words import plain
from catalog.search import lexicon

_FEW = 4  # tokens; a message as short as that is an order, whatever it names
_LIST_LINE, _SHORT = 3, 6
_KNOWN = 0.75  # what lies nearer to a word of the shelf may be a slip for it
_NUMBER = range(2, 8)  # letters of a number below twenty, however it is written
_MEASURED = frozenset(("g", "ml"))


def is_strange_order(
    words: Sequence[str], quantity: Quantity | None, *, counted: bool, ordered: bool, listed: Callable[[], bool], clause: int
) -> bool:
    """Whether unknown (plain) words are asked for: "2 mango's", "graag kwark"; not "een kwartje", "even kloppen".

    Names of goods need only be said; other words must be counted, or be all there is.
    ``clause``: how many tokens the whole clause has; ``listed``: whether it is a list with goods of this shelf, and no more.
    """
    if all(len(word) == 1 for word in words):
        return False  # the letter of a house, or of a list
    if names_goods(words):
        return ordered or quantity is not None or clause <= _FEW or listed()
    if any(word in lexicon.talk() for word in words) or len(words) > 3 or all(map(tells_how, words)):
        return False
    if counted or clause <= _LIST_LINE or (len(words) == 1 and quantity is not None and listed()):
        return True
    if len(words) > 1 or not ordered:
        return False
    return clause <= _SHORT or (quantity is not None and not lexicon.is_common(words[0]))


def names_goods(words: Sequence[str]) -> bool:
    """Whether what is named last, or first, is a Dutch name of goods, sold here or not."""
    return any(lexicon.is_real(word) for word in (words[-1], words[0]))


def without_strange_numbers(wishes: Sequence[Wish], knows: Callable[[str], float]) -> list[Wish]:
    """ "zjwei pond gehakt": a word that is known nowhere, right before a bare measure, is likely how many; that is asked."""
    numbers = [(one, after) for one, after in pairwise(wishes) if _is_strange_number(one, after, knows)]
    for _, after in numbers:
        after.quantity = None
    return [wish for wish in wishes if not any(wish is number for number, _ in numbers)]


def _is_strange_number(wish: Wish, after: Wish, knows: Callable[[str], float]) -> bool:
    quantity = after.quantity
    if quantity is None or quantity.used != 1 or quantity.unit not in _MEASURED or after.behind or after.joined:
        return False
    if len(wish.units) != 1 or wish.quantity or wish.notes or wish.segment != after.segment or not after.units:
        return False
    word = plain(wish.units[0].text)
    return word.isalpha() and len(word) in _NUMBER and not is_everyday(word) and knows(word) < _KNOWN
