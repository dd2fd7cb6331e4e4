"""kill -9 at random moments: what was acknowledged is done once, stock adds up, bubbles leave in order, none is lost."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.delivery import MOST_CRASHES
from bot.store.database import Database
from tests.bot.engine.crash_child import PEOPLE, STOCK, each_of

KILLS = {"sqlite": 40, "postgresql": 20}


def campaign(url: str, folder: Path, kills: int, seed: int, processes: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bot.engine.crash_child", url, str(folder), *map(str, (kills, seed, processes))],
        capture_output=True, text=True, timeout=3600, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("processes", [1, 2])
def test_nothing_is_lost_or_done_twice(database_url: str, database: Database, tmp_path: Path, processes: int) -> None:
    kills = KILLS[database.dialect]
    campaign(database_url, tmp_path, kills, processes, processes)
    check_books(database, tmp_path, kills, processes)


def check_books(database: Database, folder: Path, kills: int, processes: int) -> None:
    """What the database says against what the platforms saw."""
    each = each_of(kills)
    with database.read() as conn:
        handled = conn.execute(text("SELECT event_id, state FROM inbound ORDER BY id")).all()
        stock = conn.execute(text("SELECT stock FROM product WHERE sku = 'b1'")).scalar_one()
        bought = conn.execute(text("SELECT COALESCE(SUM(amount), 0) FROM order_line")).scalar_one()
        bodies = dict(conn.execute(text("SELECT key, body FROM outbound")).all())
        states = Counter(conn.execute(text("SELECT state FROM outbound")).scalars())
    assert len(handled) == PEOPLE * each
    assert {state for _, state in handled} == {"done"}
    assert (stock, bought) == (0, STOCK)
    assert sum(body.endswith(" ja") for body in bodies.values()) == STOCK
    assert set(states) <= {"sent", "unknown"}, states
    check_sent((folder / "sent").read_text(), each, kills * PEOPLE * processes)


def check_sent(seen: str, each: int, most_extra: int) -> None:
    """What must arrive arrived, at most once more per crash; what may be lost came at most once; to each person in order."""
    sent = [line.split() for line in seen.splitlines()]
    times = Counter(key for _, key in sent)
    must = {f"test:{who}-{number}:reply" for who in range(PEOPLE) for number in range(1, each, 2)}
    may = {f"test:{who}-{number}:reply" for who in range(PEOPLE) for number in range(0, each, 2)}
    assert must <= set(times)
    assert all(times[key] <= 1 for key in may)
    assert max(times.values()) <= 1 + MOST_CRASHES
    assert sum(many - 1 for many in times.values()) <= most_extra
    for who in range(PEOPLE):
        firsts = list(dict.fromkeys(key for to, key in sent if to == f"p{who}" and key.endswith(":reply")))
        numbers = [int(key.split("-")[1].split(":")[0]) for key in firsts]
        assert numbers == sorted(numbers)
