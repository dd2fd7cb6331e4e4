"""``dorpsbode demo --check`` plays a whole order, and names the step that fails."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.cli import main
from bot.demo.check import check
from bot.squares import load_square


@pytest.mark.parametrize("square", ["bunnik", "voorbeeld"])
def test_the_whole_order_arrives(square: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["demo", "--check", "--square", square])
    said = capsys.readouterr()
    assert code == 0, said.err
    assert "is bezorgd" in said.out
    assert "Geen regel van Telegram, WhatsApp of Mollie is overtreden" in said.out


def test_the_failing_step_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    square = load_square("voorbeeld")
    nothing_rides = replace(square, rounds=())
    assert asyncio.run(check(nothing_rides)) == 1
    assert "Mislukt bij stap ‘" in capsys.readouterr().err


def test_an_unknown_square_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--square", "nergenshuizen"]) == 2
    assert "bunnik" in capsys.readouterr().err
