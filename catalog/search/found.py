"""What a search gives back: plain values, so that reading words does not load the index and numpy with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FIRST = 0.5  # how surely a word is meant that only begins a compound
Verdict = Literal["clear", "choose", "none"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A product found: ``product`` is ``shop/sku``, ``score`` 0-100."""

    product: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """``clear``: the first hit is meant. ``choose``: ask which. ``none``: not sold here, ``hits`` is empty."""

    verdict: Verdict
    hits: tuple[Hit, ...] = ()
