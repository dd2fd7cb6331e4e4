"""A whole message: what is ordered, changed, asked or merely said. Pure: the same words at the same moment read the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from catalog.reading.result import BasketLine, Line, Reading, Shelf


def read(
    text: str,
    shelf: Shelf,
    now: datetime,
    *,
    basket: Sequence[BasketLine] = (),
    usual: Mapping[str, str] | None = None,
) -> Reading:
    """Understand one message of a resident at ``now`` (aware). ``usual``: what she chose before, by ``usual_key`` of the words."""
    raise NotImplementedError  # the first commit fixes the door; the rooms behind it follow within the hour


def as_json(reading: Reading, took_ms: float) -> dict[str, Any]:
    """The object that ``dorpsbode read --jsonl`` prints (fields may be added, never renamed)."""
    when = reading.when
    return {
        "text": reading.text,
        "intent": reading.intent,
        "lines": [_line_json(line) for line in reading.lines],
        "when": {"date": when.date, "from": when.start, "to": when.end} if when else None,
        "took_ms": round(took_ms, 3),
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "said": line.said,
        "product": line.product,
        "candidates": list(line.candidates),
        "amount": line.amount,
        "unit": line.unit,
        "about": line.about,
        "options": list(line.options),
        "refused": line.refused,
    }
