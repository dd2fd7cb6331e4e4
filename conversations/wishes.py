"""Wishes that wait for an answer: what a message asked for that is not yet clear enough for the basket."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.reading import Line


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
