"""A store on both databases, with the sample village in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime

import pytest

from bot.store import catalogue
from bot.store.catalogue import Kept
from bot.store.database import Database
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import new_id
from tests.bot.databases import database, database_url
from tests.bot.sample import REGION, VILLAGE

__all__ = ["database", "database_url"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Open = Callable[[], AbstractContextManager[Repository]]


@pytest.fixture
def kept() -> Kept:
    """What a process remembers of the catalogue."""
    return Kept()


@pytest.fixture
def opened(database: Database, kept: Kept) -> Open:
    """Opens a transaction as the engine does; commits at the end."""
    with database.write() as conn:
        catalogue.import_square(conn, REGION)
        catalogue.import_square(conn, VILLAGE)

    @contextmanager
    def open_() -> Iterator[Repository]:
        with database.write() as conn:
            tx = Tx(conn, NOW, kept, new_id)
            yield Repository(tx)
            tx.flush()
        tx.catalogue.committed()

    return open_
