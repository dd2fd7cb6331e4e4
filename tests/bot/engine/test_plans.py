"""No statement that is made for every message or every second reads a whole table that grows with the years.

SQLite itself says how it would carry each statement out; PostgreSQL has the same indexes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.settings import Settings
from bot.wiring import App, build
from notifications.messages import Address
from tests.bot.databases import fresh
from tests.bot.engine.conftest import NOW, Recorder, said
from tests.bot.sample import REGION, VILLAGE

#: Some rows each, however old the village is; ``first`` is a part of a statement with a limit.
SMALL = ("square", "alembic_version", "run", "shop", "first")
STORY = (
    "hallo",
    "Voorbeeldplein",
    "4 krentenbollen",
    "bestellen",
    "1234AB 12",
    "betaal aan de deur",
    "bestellen en betalen",
    "mandje",
    "stop",
)


@contextmanager
def plans() -> Iterator[dict[str, list[str]]]:
    """What SQLite would do for every statement that is made meanwhile, by its words."""
    found: dict[str, list[str]] = {}

    def explain(conn: Any, cursor: Any, words: str, values: Any, context: Any, many: bool) -> None:
        if not many and words not in found and words.lstrip().startswith(("SELECT", "UPDATE", "WITH")):
            raw: sqlite3.Connection = conn.connection.driver_connection
            found[words] = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {words}", values)]

    event.listen(Engine, "after_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "after_cursor_execute", explain)


async def _live(app: App) -> None:
    """What goes on all the time; not what is done once a day."""
    async with app.started():
        delivering = asyncio.create_task(app.delivery.run())
        for number, text in enumerate(STORY):
            for who in ("an", "bo"):
                message = said(text, f"{who}{number}", who, at=app.clock.now())
                await app.inbox.take(replace(message, sender=Address("telegram", who)))
            await app.delivery.drain()  # who orders by typing has read the summary
            app.clock.move(timedelta(seconds=10))
        await app.tick()
        await app.delivery.rescue()
        app.clock.move(timedelta(days=8))  # every kind of timer falls due
        await app.tick()
        await app.delivery.drain()
        app.delivery.stop()
        await delivering


def _whole(plan: list[str]) -> list[str]:
    scans = [step for step in plan if step.startswith("SCAN ") and " USING INDEX ix_" not in step]
    return [step for step in scans if step.split()[1] not in SMALL and "SUBQUERY" not in step]


def test_nothing_that_happens_all_the_time_reads_a_whole_table(tmp_path: Path) -> None:
    settings = Settings(database=fresh("sqlite", tmp_path))
    app = build(settings, Clock(NOW), channels={"telegram": Recorder("telegram")}, squares=[REGION, VILLAGE])
    with plans() as found:
        asyncio.run(_live(app))
        app.close()
    assert len(found) > 35
    assert {words: whole for words, plan in found.items() if (whole := _whole(plan))} == {}
