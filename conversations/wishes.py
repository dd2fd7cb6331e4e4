"""Wishes that wait for an answer: what a message asked for that is not yet clear enough for the basket."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.reading import Line, Shelf, settle
from catalog.square import Product


@dataclass(frozen=True, slots=True)
class Wish:
    """One unclear line, as much of it as the next questions need. Amounts in grams or pieces."""

    words: str
    said: str
    candidates: tuple[str, ...] = ()
    product: str = ""
    amount: int | None = None
    unit: str = ""
    asks: str = "which"
    low: int | None = None
    high: int | None = None
    options: tuple[str, ...] = ()
    note: str = ""
    about: bool = False
    replaces: int = 0  # line number that this wish takes the place of

    @classmethod
    def of(cls, line: Line) -> Wish:
        """The wish behind an unclear line."""
        asks = line.asks or ("which" if line.product is None else "amount")
        return cls(
            line.words, line.said, line.candidates, line.product or "", line.amount, line.unit or "", asks,
            line.low, line.high, line.options, line.note, line.about,
        )  # fmt: skip

    def chosen(self, product: Product, shelf: Shelf) -> Wish:
        """The wish for this product, its amount and options read anew: "2 liter melk" is two packs of one, four of another."""
        note = ", ".join(part for part in (*self.options, self.note) if part)
        line = settle(Line(self.said, self.words, note=note, about=self.about), product, shelf)
        fresh = replace(Wish.of(line), replaces=self.replaces, product=product.id)
        if line.amount is None and self.amount is not None and (self.unit == "g") == product.by_weight:
            return replace(fresh, amount=self.amount, asks="")
        return replace(fresh, asks="" if line.amount is not None and line.asks is None else fresh.asks)
