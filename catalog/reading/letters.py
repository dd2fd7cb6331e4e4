"""How near two words lie by their letters. The library that tells is loaded with the first pair, not with the reader."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _osa() -> Any:
    from rapidfuzz.distance import OSA  # 7 ms, which a command that reads no message need not wait for

    return OSA


def apart(one: str, other: str, most: int | None = None) -> int:
    """How many letters must be changed, two neighbours exchanged counting as one; beyond ``most`` it only is more than that."""
    return int(_osa().distance(one, other, score_cutoff=most))


def alike(one: str, other: str) -> float:
    """The same as a share of the letters, 0-1; 1 for the same word."""
    return float(_osa().normalized_similarity(one, other))


__all__ = ["alike", "apart"]
