"""Dutch words of residents -> order lines, moments, questions and intents. One door: :func:`read`."""

from __future__ import annotations

from catalog.reading.as_json import as_json
from catalog.reading.lines import settle
from catalog.reading.message import read
from catalog.reading.result import BasketLine, Line, Question, Reading, Shelf

__all__ = ["BasketLine", "Line", "Question", "Reading", "Shelf", "as_json", "read", "settle"]
