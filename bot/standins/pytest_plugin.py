"""For tests that use stand-ins: a violation fails the test, also when the bot swallowed the refusal.

Import ``standins_unharmed`` (autouse) and ``contracts_folder`` in a ``conftest.py``. A test that wants a refusal declares it:
``with twilio.expecting("twilio.body.max"): …``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.standins.common import created_standins

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "contracts"


@pytest.fixture(scope="session")
def contracts_folder() -> Path | None:
    """The official contracts: where ``DORPSBODE_CONTRACTS`` says, else beside the repository, else None (own rules only)."""
    named = os.environ.get("DORPSBODE_CONTRACTS")
    return Path(named) if named else _BESIDE if _BESIDE.is_dir() else None


@pytest.fixture(autouse=True)
def standins_unharmed() -> Iterator[None]:
    """Fails the test when a stand-in that was made in it holds a violation that nobody declared."""
    created_standins.clear()
    yield
    found = [f"{standin.platform}: {violation}" for standin in created_standins for violation in standin.violations]
    created_standins.clear()
    if found:
        pytest.fail("undeclared violations:\n" + "\n".join(found))
