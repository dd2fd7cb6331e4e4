"""The example square as a shelf, and messages read on one Monday morning."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from bot.squares import load_square
from catalog.reading import BasketLine, Line, Reading, Shelf, read
from catalog.square import AMSTERDAM

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)


@cache
def shelf() -> Shelf:
    """The sample square, indexed once for all tests."""
    return Shelf.of(load_square("bunnik"))


def heard(text: str, *basket: str) -> Reading:
    """A message read with these products (one each) in the basket."""
    return read(text, shelf(), MONDAY, basket=[BasketLine(number, one, 1) for number, one in enumerate(basket, 1)])


def only_line(text: str, *basket: str) -> Line:
    """The one line of a message."""
    (line,) = heard(text, *basket).lines
    return line


def short(text: str) -> list[tuple[str | None, int | None, str | None]]:
    """Product, amount and unit of each line."""
    return [(line.product, line.amount, line.unit) for line in heard(text).lines]


def told(text: str) -> str:
    """An amount and a product per line; "?" stands before what is only offered, "-" for an amount that is still to be asked."""
    return "; ".join(_told(line) for line in heard(text).lines)


def _told(line: Line) -> str:
    ids = [line.product] if line.product else [f"?{one}" for one in line.candidates[:1]]
    name = "".join(one[: one.startswith("?")] + shelf().square.product_by_id[one.removeprefix("?")].name for one in ids if one)
    return f"{line.amount or '-'} {name or line.words}"
