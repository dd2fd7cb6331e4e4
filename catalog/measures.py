"""What one piece or pack holds: grams, millilitres, pieces. ``24 x 30 cl`` is 24 inner packs of 300 ml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ContentUnit = Literal["g", "ml", "piece"]

_FACTORS: dict[str, tuple[ContentUnit, float]] = {
    **dict.fromkeys(("g", "gr", "gram"), ("g", 1)),
    **dict.fromkeys(("kg", "kilo", "kilogram"), ("g", 1000)),
    **dict.fromkeys(("ons",), ("g", 100)),
    **dict.fromkeys(("pond",), ("g", 500)),
    **dict.fromkeys(("ml", "milliliter"), ("ml", 1)),
    **dict.fromkeys(("cl", "centiliter"), ("ml", 10)),
    **dict.fromkeys(("dl", "deciliter"), ("ml", 100)),
    **dict.fromkeys(("l", "lt", "ltr", "liter"), ("ml", 1000)),
    **dict.fromkeys(("stuks", "stuk", "st", "x", "plakken", "plakjes", "zakjes", "rollen", "tabletten"), ("piece", 1)),
}
_CONTENTS = re.compile(r"^(?:(?P<times>\d{1,4})\s*[x×*]\s*)?(?P<number>\d{1,6}(?:[.,]\d{1,3})?)\s*(?P<unit>[a-z]+)\.?$", re.I)


@dataclass(frozen=True, slots=True)
class Contents:
    """What one sold unit holds. ``amount`` is the total in ``unit``; ``inner`` the number of packs inside (1 if single)."""

    amount: int
    unit: ContentUnit
    inner: int = 1

    def __str__(self) -> str:
        one = self.amount // self.inner
        text = {"g": f"{one} g", "ml": f"{one} ml", "piece": f"{one} stuks"}[self.unit]
        return f"{self.inner} x {text}" if self.inner > 1 else text


def parse_contents(text: str) -> Contents | None:
    """Read ``1 l``, ``500 g``, ``10 stuks`` or ``24 x 30 cl``; empty text is None (unknown). Raises ValueError otherwise."""
    text = text.strip()
    if not text:
        return None
    found = _CONTENTS.match(text)
    if not found or found["unit"].lower() not in _FACTORS:
        raise ValueError(f"not a content: {text!r}")
    unit, factor = _FACTORS[found["unit"].lower()]
    inner = int(found["times"] or 1)
    one = round(_decimal(found["number"], thousands=factor == 1) * factor)
    if one <= 0 or inner <= 0:
        raise ValueError(f"a content must be more than nothing: {text!r}")
    return Contents(one * inner, unit, inner)


def _decimal(text: str, *, thousands: bool) -> float:
    """``1.500 g`` is fifteen hundred grams, as Dutch Excel writes it; ``1.500 kg`` is one and a half kilo."""
    if thousands and re.fullmatch(r"\d{1,3}\.\d{3}", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))
