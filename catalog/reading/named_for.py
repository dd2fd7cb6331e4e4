"""What is named beside goods and is no goods itself: the card with flowers, the dish or the evening that they are for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.formed import is_occasion
from catalog.reading.lookup import Lookup
from catalog.reading.result import Line
from catalog.reading.tokens import Token
from catalog.reading.wish import Unit, Wish
from catalog.reading.words import plain

_CARD = "kaartje"
_KNOWN = 0.8
_NEAR = 8  # letters
_IT = frozenset(("hem", "die", "dat", "ze", "deze", "het"))
_DONE = frozenset(("doen", "maken", "hakken", "zagen", "snijden", "laten", "zetten", "verpakken", "inpakken"))
_ASKING = frozenset(("wil", "wilt", "willen", "kun", "kunt", "kan", "kunnen", "mag", "graag", "zou"))
_WITH = re.compile(r"\bmet\s*\Z", re.I)
_SO = re.compile(r"[\s,.!;:-]*(?:(?:vanavond|vandaag|morgen|vanmiddag|eten|maken) )?(?:dus|daarvoor|daarom)\b", re.I)


def is_card(wish: Wish, words: Sequence[str], text: str, lookup: Lookup) -> bool:
    """ "kaartje erbij: beterschap", "met een kaartje van ons": what is written with the goods, where no such thing is sold.

    "en een kaartje" asks for one.
    """
    first = next((unit for unit in wish.units if plain(unit.text) != "naam"), None)
    if first is None or plain(first.text) != _CARD or lookup.knows(_CARD) >= _KNOWN:
        return False
    written = first.link in ("met", "op") or _WITH.search(text, max(0, wish.start - _NEAR), wish.start) is not None
    return written or not wish.quantity or (first is not wish.units[-1] and "erbij" in words)


def asks_it_so(wish: Wish, words: Sequence[str]) -> bool:
    """ "wil je hem in stukken doen?": how the goods just named must be, and nothing else."""
    said = {plain(unit.text) for unit in wish.units}
    named = bool(said) and said <= _IT | _DONE and bool(_IT & set(words))
    return named and bool(_ASKING & set(words)) and not wish.quantity


def names_occasion(units: Sequence[Unit]) -> bool:
    """ "guac avond", "kerststukjes middag": what an occasion is called after."""
    if len(units) < 2 or units[-1].link:
        return False
    before, last = units[-2:]
    return before.tokens[-1].end + 1 == last.tokens[0].start and is_occasion(plain(last.text))


def without_dishes(lines: Sequence[Line], text: str) -> list[Line]:
    """ "we willen pannenkoeken, dus een pak pannenkoekmix": without what is not sold and only tells why the rest is ordered."""
    return [line for at, line in enumerate(lines) if at == len(lines) - 1 or not _is_why(line, text)]


def without_purpose(wishes: Sequence[Wish], tokens: Sequence[Token]) -> list[Wish]:
    """ "voor stamppot met z'n zessen: 2 rookworsten en ...": without the dish that the list is for."""
    colon = next((token.start for token in tokens if token.lower == ":"), 0)
    if not colon or plain(tokens[0].lower) != "voor" or not any(wish.units and wish.start > colon for wish in wishes):
        return list(wishes)
    return [wish for wish in wishes if wish.start > colon or (wish.quantity and wish.quantity.unit != "person")]


def _is_why(line: Line, text: str) -> bool:
    if line.op != "add" or line.product or line.candidates or line.refused or line.amount or not line.said:
        return False
    at = text.find(line.said)
    return at >= 0 and _SO.match(text, at + len(line.said)) is not None


__all__ = ["asks_it_so", "is_card", "names_occasion", "without_dishes", "without_purpose"]
