"""What is used up at home, which may be ordered next: "tandpasta is op", "we hebben geen melk meer, doe maar 2 pakken"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RUNS_OUT = re.compile(
    r"(?:(?:en|want|ook) )*(?!(?:die|dat|alles|het|de|mijn|onze|wat|ik|dit)\b)[^\W\d]\S+(?: \S+)? (?:is|zijn) "
    r"(?:(?:weer|bijna|ook|helemaal|trouwens) )*op(?: hoor)?"
)
_HAS_NONE = re.compile(
    r"\b(?:(?:ik|we|wij|ze|zij|hij|(?:mijn|m'n|onze|ons) \w+) (?:heb|hebben|heeft|had|hadden)"
    r"|(?:heb|hebben|heeft) (?:ik|we|wij|ze|zij|hij)) (?:\w+ ){0,3}?geen \w{3,}\b"
)


def runs_out(words: Sequence[str]) -> bool:
    """ "tandpasta is op", "shampoo is bijna op": said to a shop, it may be wanted; "de soep is al op" only praises it."""
    return _RUNS_OUT.fullmatch(" ".join(words)) is not None


def has_none(words: Sequence[str]) -> bool:
    """ "ik heb geen koffie (meer)": it is told that it is gone, and nothing is taken out of an order."""
    return "geen" in words and _HAS_NONE.search(" ".join(words)) is not None


__all__ = ["has_none", "runs_out"]
