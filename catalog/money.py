"""Euro amounts as integer cents: parsing what people type and nothing else. Display lives in notifications.texts."""

from __future__ import annotations

import re

MAX_CENTS = 99_999_99
_AMOUNT = re.compile(
    r"^(?:€|eur|euro)?\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](?P<cents>\d{1,2}|-))?\s*(?:€|eur|euro)?$", re.I
)


def parse_cents(text: str) -> int:
    """Read an amount as Dutch people write it: ``2,45``, ``2.45``, ``€ 3,-``, ``1.250,00``, ``3,5``.

    Returns integer cents. Raises ValueError when it is not an amount, e.g. ``2,4O`` or ``2,455``.
    A dot with three digits is a thousands separator, as Excel in the Netherlands writes it.
    """
    found = _AMOUNT.match(text.replace("\u00a0", " ").strip())
    if not found:
        raise ValueError(f"not an amount in euro: {text!r}")
    whole = int(found["whole"].replace(".", ""))
    rest = found["cents"] or "0"
    cents = 0 if rest == "-" else int(rest.ljust(2, "0"))
    return whole * 100 + cents


def line_cents(price_cents: int, amount: int, *, per_kilo: bool) -> int:
    """Price of one order line in cents: ``amount`` pieces, or grams when the price is per kilo. Half a cent rounds up."""
    return (price_cents * amount + 500) // 1000 if per_kilo else price_cents * amount
