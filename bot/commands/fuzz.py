"""``python -m bot.commands.fuzz``: throw noise at the reader and the search, which must answer in time and keep their promises.

Guided by coverage: atheris (the extra ``fuzz``) instruments ``catalog`` and follows what reaches new branches, beginning with
what people typed for the benchmarks. Its own arguments pass through, such as ``-max_total_time=600`` or a file to try again.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

SLOWEST = 1.0  # seconds of CPU with instrumentation, which makes everything some four times slower; more is a find
MOST_HITS = 10
_SEEDS = ("search_villagers.txt", "search_handwritten.txt", "search_talk.txt")


def checker(square: str) -> Callable[[str], None]:
    """A function that reads and searches one text on this square, and raises when a promise is broken."""
    from bot.squares import load_square
    from catalog.reading import BasketLine, Shelf, read
    from catalog.square import AMSTERDAM

    shelf = Shelf.of(load_square(square))
    basket = [BasketLine(1, shelf.square.products[0].id, 1)]
    now = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)

    def check(text: str) -> None:
        begun = time.thread_time()
        reading = read(text, shelf, now, basket=basket)
        found = shelf.index.find(text)
        if time.thread_time() - begun > SLOWEST:
            raise TimeoutError(text)
        for line in reading.lines:
            if len(line.candidates) > MOST_HITS or (line.amount is not None and line.amount <= 0):
                raise ValueError(f"{text!r}: {line}")
            if line.refused and line.product:
                raise ValueError(f"{text!r}: {line}")
        scores = [hit.score for hit in found.hits]
        if (found.verdict == "none") != (not scores) or len(scores) > MOST_HITS or not all(0 < s <= 100 for s in scores):
            raise ValueError(f"{text!r}: {found}")

    return check


def _seeds(folder: Path) -> None:
    from bot.bench.search_queries import lines

    for file in _SEEDS:
        for at, line in enumerate(lines(file)):
            said = line.partition(" | ")[2] or line
            (folder / f"{file}.{at}").write_bytes(said.partition("=")[0].strip().encode())


def main() -> int:
    """Run until stopped, or as long as atheris' own arguments say. Exit status 2 when it is not installed."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        print("Install the extra first: pip install 'dorpsbode[fuzz]'", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["catalog"]):
        check = checker("bunnik")

    def one(data: bytes) -> None:
        check(data.decode("utf-8", "ignore"))

    with tempfile.TemporaryDirectory() as seeds:
        _seeds(Path(seeds))
        files = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
        atheris.Setup([*sys.argv, *([] if files else [seeds])], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
