"""The official contracts, or a skip with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.standins.contracts import Contract, load
from bot.standins.pytest_plugin import contracts_folder, standins_unharmed

__all__ = ["contracts_folder", "standins_unharmed"]


@pytest.fixture
def contract_of(contracts_folder: Path | None) -> Callable[[str], Contract]:
    """Loads a platform's contract."""
    if contracts_folder is None:
        pytest.skip("the official contracts are not here (DORPSBODE_CONTRACTS or ../shared/contracts)")
    return lambda platform: load(contracts_folder, platform)
