"""The same with nothing simulated: ``dorpsbode serve`` as a process of its own, real HTTP to the stand-ins, and a real SIGKILL.

The moments are random in time, not replayable; the people and the books are those of the search. Slower, and the proof that the
search does not dream: sockets, threads, locks of the operating system and SQLite's log are the real ones here.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path

from bot.commands.common import say
from bot.faults.stage import HURRIED, Stage, live


async def play(seed: int, kills: int, folder: Path) -> tuple[int, list[str]]:
    """Ordering while the server is killed so many times; returns the kills and what was wrong in the books."""
    rng, stage = random.Random(f"kills {seed}"), Stage(f"sqlite:///{folder}/village.db", folder)
    async with stage.played():
        people = stage.crowd(rng)
        stage.phones["kees"].types("lijst")
        for _ in range(kills):
            await live(people, rng, rng.uniform(0.05, 1.2), HURRIED)
            stage.commands["serve"].kill()
            await stage.commands["serve"].start()
        rested = await stage.rests()
        return kills, ([] if rested else ["the server does not come to rest"]) + stage.wrong(kills)


def campaign(seed: int, kills: int, per_story: int = 10) -> int:
    """Stories with real kills until so many were made. Exit status 1 when the books of one were wrong."""
    made, bad, began = 0, 0, time.monotonic()
    while made < kills:
        with tempfile.TemporaryDirectory(prefix="dorpsbode-kills-") as folder:
            struck, wrong = asyncio.run(play(seed, min(per_story, kills - made), Path(folder)))
        made, bad, seed = made + struck, bad + bool(wrong), seed + 1
        for one in wrong:
            print(f"seed {seed - 1}: {one}")
    say(f"{made} kills, {time.monotonic() - began:.0f} s; wrong: {bad}")
    return 1 if bad else 0
