"""A mark on Dutch texts that a floor above translates: ``dorpsbode texts extract`` finds them by this name."""

from __future__ import annotations


def N_(text: str) -> str:
    """The text itself, noted for translators. For constants, and for floors that have no translator."""
    return text
