"""One amount for each of several things: "linzen en kikkererwten, van allebei twee blikken"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.amounts import measure, said_only
from catalog.reading.lines import with_amount
from catalog.reading.lookup import Lookup
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import Line
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, Wish, only_article
from catalog.reading.words import plain

_TWO = frozenset(("allebei", "beide", "alletwee", "beiden"))
_EVERY = frozenset(("elk", "ieder", "alles", "alledrie", "allen", "elke", "iedere"))
_HINTS = _TWO | _EVERY | {"alle"}
_COUNTS = {"twee": 2, "2": 2, "drie": 3, "3": 3, "vier": 4, "4": 4, "vijf": 5, "5": 5}
_AROUND = frozenset(
    ("graag", "dan", "maar", "doe", "wil", "ik", "soort", "er", "dus", "ook", "aub", "svp", "alsjeblieft", "alstublieft",
     "hoor", "neem", ".", "!")
)  # fmt: skip
_MOST = 12  # things


def _amount_of_each(words: Sequence[str]) -> tuple[int, Quantity] | None:
    """Where in these words an amount for each is said, "van allebei 2", "elk een pond"; and the amount."""
    if _HINTS.isdisjoint(words):
        return None
    for at, word in enumerate(words):
        used = 1 if word in _TWO | _EVERY else 2 if _is_all(words, at) else 0
        if not used:
            continue
        begin = at - 1 if at and words[at - 1] == "van" else at
        after = next((place for place in range(at + used, len(words)) if words[place] not in _AROUND), len(words))
        quantity = read_quantity(words, after) if after < len(words) else None
        closed = quantity is not None and _closes(words[after + quantity.used :])
        if not closed and begin < at:
            begin, quantity = _amount_before(words, begin)
            closed = quantity is not None and _closes(words[at + used :])
        if closed and quantity and quantity.amount:
            return begin, quantity
    return None


def _is_all(words: Sequence[str], at: int) -> bool:
    """ "alle drie"."""
    return words[at] == "alle" and "".join(words[at + 1 : at + 2]) in _COUNTS


def _closes(words: Sequence[str]) -> bool:
    """Whether nothing follows that the amount could be of."""
    rest = [word for word in words if word not in _AROUND]
    return not rest or rest[0] in COMMAS | {"en", "want", "("}


def _amount_before(words: Sequence[str], end: int) -> tuple[int, Quantity | None]:
    """ "2 blikken van allebei": the amount that ends here, and where it begins."""
    amounts = ((at, read_quantity(words, at)) for at in range(max(0, end - 3), end))
    return next(((at, one) for at, one in amounts if one and at + one.used == end), (end, None))


def share_amount(wishes: list[Wish], tokens: Sequence[Token]) -> list[Wish]:
    """The wishes of a clause, those before "van allebei 2" with that amount each."""
    words = [plain(token.lower) for token in tokens]
    found = _amount_of_each(words)
    if found is None:
        return wishes
    (at, quantity), most = found, how_many(words)
    place = tokens[at].start
    named = [wish for wish in wishes if wish.units and not _only_each(wish) and wish.start < place]
    sharing: list[Wish] = []
    while named and len(sharing) < most and _is_uncounted(named[-1], quantity):
        sharing.append(named.pop())
    if len(sharing) < 2:
        return wishes
    for wish in sharing:
        wish.quantity, wish.behind, wish.anew = quantity, True, True
    return [wish for wish in wishes if not _only_each(wish) and (wish.units or wish.quantity is None)]


def _only_each(wish: Wish) -> bool:
    return bool(wish.units) and all(plain(unit.text) in _TWO | _EVERY for unit in wish.units)


def _is_uncounted(wish: Wish, shared: Quantity) -> bool:
    return wish.quantity is None or only_article(wish.quantity) or (wish.behind and wish.quantity.said == shared.said)


def only_each(words: Sequence[str]) -> Quantity | None:
    """The amount when these plain words say no more than "van allebei twee graag"."""
    found = _amount_of_each(words)
    if found is None or any(word not in _AROUND | _TWO | _EVERY | {"van", ","} for word in words[: found[0]]):
        return None
    return found[1]


def with_each(lines: Sequence[Line], quantity: Quantity, most: int, lookup: Lookup) -> list[Line]:
    """The lines so far with this amount for the last ones that had none; no more than ``most`` of them."""
    begin = len(lines)
    while begin and len(lines) - begin < most and _may_be_counted(lines[begin - 1]):
        begin -= 1
    return [*lines[:begin], *(_counted(line, quantity, lookup) for line in lines[begin:])]


def how_many(words: Sequence[str]) -> int:
    """Of how many things it is: two of "allebei", any number of "elk"."""
    counts = (_COUNTS[words[at + 1]] for at in range(len(words)) if _is_all(words, at))
    return 2 if _TWO & set(words) else next(counts, _MOST)


def _may_be_counted(line: Line) -> bool:
    return line.op == "add" and plain(line.said.lower()) == plain(line.words)


def _counted(line: Line, quantity: Quantity, lookup: Lookup) -> Line:
    product = lookup.product(line.product) if line.product else None
    amount = measure(product, quantity, None, line.words) if product else replace(said_only(quantity), asks=line.asks)
    return with_amount(replace(line, said=f"{quantity.said} {line.words}"), amount)


__all__ = ["how_many", "only_each", "share_amount", "with_each"]
