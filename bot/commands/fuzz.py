"""``python -m bot.commands.fuzz``: throw noise at the reader with atheris (the extra ``fuzz``); it must answer, and in time."""

from __future__ import annotations

import importlib
import sys
import time
from datetime import datetime
from typing import Any

from bot.squares import load_square
from catalog.reading import BasketLine, Shelf, read
from catalog.square import AMSTERDAM

SLOWEST = 1.0  # seconds of CPU; a message that takes longer is a find
_NOW = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)


def check(text: str, shelf: Shelf) -> None:
    """Read one message. Raises when it took too long or a line breaks the promises of its type."""
    begun = time.thread_time()
    reading = read(text, shelf, _NOW, basket=[BasketLine(1, shelf.square.products[0].id, 1)])
    if time.thread_time() - begun > SLOWEST:
        raise TimeoutError(text)
    for line in reading.lines:
        if len(line.candidates) > 10 or (line.amount is not None and line.amount <= 0) or (line.refused and line.product):
            raise ValueError(f"{text!r}: {line}")


def main() -> int:
    """Run until stopped, or as long as atheris' own arguments say (``-max_total_time=60``)."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        print("Install the extra first: pip install 'dorpsbode[fuzz]'", file=sys.stderr)
        return 2
    shelf = Shelf.of(load_square("bunnik"))

    def one(data: bytes) -> None:
        check(atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(len(data)), shelf)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
