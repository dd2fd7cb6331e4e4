"""What the fuzzer checks, on texts chosen by hand: it passes what is right and speaks up when a promise is broken."""

from __future__ import annotations

import pytest

from bot.commands import fuzz


def test_odd_texts_pass() -> None:
    check = fuzz.checker("bunnik")
    for text in ("2 krentenbollen", "", "\x00", "kaas " * 200, "½", "٣ melk", "a" * 4_000):
        check(text)


def test_what_takes_too_long_is_a_find(monkeypatch: pytest.MonkeyPatch) -> None:
    check = fuzz.checker("bunnik")
    monkeypatch.setattr(fuzz, "SLOWEST", 0.0)
    with pytest.raises(TimeoutError):
        check("2 krentenbollen en een half volkoren")
