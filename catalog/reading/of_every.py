"""What is changed for everything in the basket at once: "van allebei eentje erbij", "alles keer twee"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.amounts import measure
from catalog.reading.basket_words import all_in_basket
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lines import with_amount
from catalog.reading.lookup import Lookup
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.words import plain

_TWO = frozenset(("allebei", "beide", "alletwee", "beiden"))
_EVERY = frozenset(("alles", "elk", "elke", "ieder", "iedere"))
_MORE, _LESS = frozenset(("erbij", "bij", "extra", "meer", "nog")), frozenset(("minder", "eraf", "af"))
_ELSE = frozenset(("behalve", "inpakken", "ingepakt", "is", "dag", "week", "uitgezonderd"))  # "elke dag 1 extra"
_LONGEST = 12  # words


def of_every(words: Sequence[str], said: str, lookup: Lookup) -> list[Line]:
    """One change for each line of the basket that these plain words are about; none when they say anything else."""
    if not lookup.basket or len(words) > _LONGEST or not (_TWO | _EVERY) & set(words) or _ELSE & set(words):
        return []
    times = next(((at, used) for at in range(len(words)) if (used := _times_at(words, at))), None)
    at = next((at for at in range(len(words)) if read_quantity(words, at)), -1)
    quantity = read_quantity(words, at) if at >= 0 else None
    begin, used = times if times else (at, quantity.used if quantity else 0)
    rest = [word for place, word in enumerate(words) if not begin <= place < begin + used and not _says_little(word)]
    about = _about(words, rest, lookup)
    return [line for one in about if (line := _changed(one, words, quantity, said, lookup, times=times is not None))]


def _times_at(words: Sequence[str], at: int) -> int:
    """ "dubbel", "keer twee", "maal 3"."""
    if words[at] in ("keer", "maal", "x") and read_quantity(words, at + 1):
        return 2
    return phrases_of("changes", "doubling").at(words, at)


def _says_little(word: str) -> bool:
    little = words_of("fillers", "words") | words_of("changes", "naming_around")
    return word in _TWO | _EVERY | _MORE | _LESS | little or word in ("van", "doe", "er", ".", "!", "alle", "maak", "graag")


def _about(words: Sequence[str], rest: Sequence[str], lookup: Lookup) -> list[BasketLine]:
    """The lines that are meant: two of "allebei", all of "alles", or those that the words left can mean."""
    inside = list({line.product_id: line for line in lookup.basket}.values())
    if rest:
        named = set(all_in_basket(" ".join(rest), lookup))
        inside = [line for line in inside if line.product_id in named]
    return inside if not _TWO & set(words) or len(inside) == 2 else []


def _changed(
    line: BasketLine, words: Sequence[str], quantity: Quantity | None, said: str, lookup: Lookup, *, times: bool
) -> Line | None:
    product = lookup.product(line.product_id)
    base = Line(said, plain(product.name), product.id, (product.id,), op="set", target=product.id)
    if times:
        factor = quantity.amount if quantity and quantity.amount else 2
        return replace(base, amount=int(line.amount * factor), unit="g" if product.by_weight else "piece")
    more, less = bool(_MORE & set(words)), bool(_LESS & set(words))
    if quantity is None or not quantity.amount or not (more or less):
        return None
    return with_amount(replace(base, op="less" if less else "more"), measure(product, quantity))


__all__ = ["of_every"]
