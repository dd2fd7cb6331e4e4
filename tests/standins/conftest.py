"""Three running stand-ins per test, held to the contracts where they are at hand; undeclared violations fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.standins.agenda import MovableClock
from bot.standins.mollie import Mollie
from bot.standins.pytest_plugin import contracts_folder, standins_unharmed
from bot.standins.server import running
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

__all__ = ["contracts_folder", "standins_unharmed"]

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands at noon until a test moves it."""
    return MovableClock(NOON)


@pytest.fixture
def telegram(clock: MovableClock, contracts_folder: Path | None) -> Iterator[Telegram]:
    standin = Telegram(clock=clock, contracts_folder=contracts_folder)
    with running(standin):
        yield standin


@pytest.fixture
def twilio(clock: MovableClock, contracts_folder: Path | None) -> Iterator[Twilio]:
    standin = Twilio(clock=clock, contracts_folder=contracts_folder)
    with running(standin):
        yield standin


@pytest.fixture
def mollie(clock: MovableClock, contracts_folder: Path | None) -> Iterator[Mollie]:
    standin = Mollie(clock=clock, contracts_folder=contracts_folder)
    with running(standin):
        yield standin
