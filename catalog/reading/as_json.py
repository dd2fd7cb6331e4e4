"""A reading as the object that ``dorpsbode read --jsonl`` prints."""

from __future__ import annotations

from typing import Any

from catalog.reading.result import Line, Reading
from catalog.reading.when import When


def as_json(reading: Reading, took_ms: float) -> dict[str, Any]:
    """The object that ``dorpsbode read --jsonl`` prints (fields may be added, never renamed)."""
    when = reading.moment
    return {
        "text": reading.text,
        "intent": reading.intent,
        "lines": [_line_json(line) for line in reading.lines],
        "when": _when_json(when) if when else None,
        "took_ms": round(took_ms, 3),
    }


def _when_json(when: When) -> dict[str, str | None]:
    return {
        "date": when.day.isoformat() if when.day else None,
        "from": when.starts.strftime("%H:%M") if when.starts else None,
        "to": when.ends.strftime("%H:%M") if when.ends else None,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "said": line.said,
        "product": line.product,
        "candidates": list(line.candidates),
        "amount": line.amount,
        "unit": line.unit,
        "about": line.about,
        "options": list(line.kept),
        "refused": line.refused,
        "op": line.op,
        "target": line.target,
    }
