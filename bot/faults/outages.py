"""The database goes down under the orders: a real PostgreSQL server is restarted or lost, under real ``serve`` and ``work``.

Nobody helps the processes: they must find the server again by themselves.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot.commands.common import say
from bot.faults import servers
from bot.faults.stage import Stage, live

#: The longest that anybody waits for an answer after an outage, on a machine that does other work too; the goal is 2 seconds.
LONGEST_SECONDS = 15.0


async def play(seed: int, ways: Sequence[str], folder: Path) -> tuple[list[float], list[str]]:
    """Ordering while the server goes down in each of these ways (``servers.WAYS``), a failover last.

    Returns how long each silence lasted (seconds, from the outage to the first answer), and what was wrong in the books.
    """
    rng = random.Random(f"outages {seed}")
    with servers.running(standby="failover" in ways) as database:
        stage = Stage(database.url, folder)
        async with stage.played():
            people, silences = stage.crowd(rng), []
            stage.phones["kees"].types("lijst")
            for way in ways:
                await live(people, rng, rng.uniform(0.3, 1.5))
                busy = asyncio.create_task(live(people, rng, 1.0))
                silences.append(await _strike(stage, database, way))
                await busy
            rested = await stage.rests()
            wrong = [] if rested else ["the processes do not come to rest"]
            late = [f"{seconds:.1f} s of silence after {way}" for seconds, way in zip(silences, ways, strict=True)
                    if seconds > LONGEST_SECONDS]  # fmt: skip
            return silences, wrong + late + stage.wrong(len(ways))


async def _strike(stage: Stage, database: servers.Servers, way: str) -> float:
    """One outage; returns how many seconds went by until somebody who says something then is answered."""
    began, phone = time.monotonic(), stage.phones["noor"]
    await asyncio.to_thread(database.strike, way)
    before = len(phone.bubbles())
    phone.types("hulp")
    while len(phone.bubbles()) <= before and time.monotonic() - began < 2 * LONGEST_SECONDS:
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def campaign(seed: int, outages: int) -> int:
    """Stories with one outage of each kind until there were so many. Exit status 1 when the books of one were wrong."""
    silences: dict[str, list[float]] = {way: [] for way in servers.WAYS}
    bad, began = 0, time.monotonic()
    for number in range(-(-outages // len(servers.WAYS))):
        with tempfile.TemporaryDirectory(prefix="dorpsbode-outages-") as folder:
            lasted, wrong = asyncio.run(play(seed + number, servers.WAYS, Path(folder)))
        bad += bool(wrong)
        for way, seconds in zip(servers.WAYS, lasted, strict=True):
            silences[way].append(seconds)
        for one in wrong:
            print(f"seed {seed + number}: {one}")
    for way, lasted in silences.items():
        say(f"{len(lasted):6} {way}: {min(lasted):.1f} to {max(lasted):.1f} s of silence")
    say(f"{time.monotonic() - began:.0f} s; wrong: {bad}")
    return 1 if bad else 0
