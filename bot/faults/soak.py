"""A soak: one ``serve`` (and on PostgreSQL one ``work``) that lives on while people order and things break; nothing may grow.

The world stays; each seed is a chapter in it. New residents come by, the coordinator restocks, platforms and database spoil
what they can; then everything comes to rest, the books are checked, and what the processes hold is measured. Only what was said
may add up: memory, open files, threads and connections level off, and the database grows with the messages.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.commands.common import say
from bot.faults import servers, village
from bot.faults.people import Keeper, Resident
from bot.faults.stage import Stage, live
from bot.faults.story import CALLS, HOOKS, TWICE
from bot.store import tables as t

#: What may be added after the first third of a soak: megabytes of memory, open files, threads, connections.
MOST_GROWTH = {"megabytes": 24.0, "files": 16, "threads": 8, "connections": 6}
#: And what the database may grow by for each message that came in (its row, its answers, its order), in kilobytes.
KILOBYTES_PER_MESSAGE = 8.0
_SPOILED = ("drop_before", "drop_after", "error_after", "html", "slow", "too_many")
#: Residents who come by in each chapter.
NEWCOMERS = 6
#: What the worker looks at every minute (lost webhooks) is right after this.
_A_MINUTE = 70.0
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Sample:
    """What all processes together hold at rest, and how much was done by then. ``stored``: the database, in megabytes."""

    seconds: float
    megabytes: float
    files: int
    threads: int
    connections: int
    stored: float
    messages: int
    orders: int


@dataclass
class Soaked:
    """What a soak came to."""

    samples: list[Sample] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Soak:
    """One world. ``outage`` lets its database be of no use for a moment; it blocks, and says what it did."""

    stage: Stage
    outage: Callable[[random.Random], str]
    seed: int
    chapter_seconds: float
    began: float = field(default_factory=time.monotonic)
    done: Soaked = field(default_factory=Soaked)
    keepers: list[Keeper] = field(default_factory=list)

    async def play(self, minutes: float) -> Soaked:
        """Chapter after chapter until the time is up."""
        phones = self.stage.phones
        self.keepers = [Keeper(phones[name], random.Random(f"{name} {self.seed}")) for name in ("bas", "kees")]
        phones["kees"].types("lijst")
        while time.monotonic() - self.began < 60 * minutes:
            await self._chapter()
            self.seed += 1
        self.done.wrong += grown(self.done.samples)
        return self.done

    async def _chapter(self) -> None:
        rng = random.Random(f"soak {self.seed}")
        with self.stage.database.write() as conn:
            village.restock(conn, self.seed)
        residents = [self._newcomer(rng, place) for place in range(NEWCOMERS)]
        breaking = asyncio.create_task(self._break(rng, time.monotonic() + self.chapter_seconds))
        await live([*residents, *self.keepers], rng, self.chapter_seconds * 0.7)
        for one in residents:
            await one.pays(self.stage, rng.choice((1, 2)))  # type: ignore[arg-type]
        await live([*residents, *self.keepers], rng, self.chapter_seconds * 0.3)
        await breaking
        self._mend()
        wrong = await self._books()
        self.done.wrong += [f"seed {self.seed}: {one}" for one in wrong]
        self.done.samples.append(self._sample())

    def _newcomer(self, rng: random.Random, place: int) -> Resident:
        number = NEWCOMERS * len(self.done.samples) + place
        channel, address = ("whatsapp", f"+316{10_000_000 + number}") if place % 3 == 2 else ("telegram", str(20_000 + number))
        one = village.Someone(f"n{number}", channel, address)
        with self.stage.database.write() as conn:
            village.arrive(conn, one, self.stage.clock.now())
        self.stage.phones[one.name] = self.stage.phone(one)
        return Resident(self.stage.phones[one.name], random.Random(rng.random()), rng.randint(6, 15))

    # --- breaking -----------------------------------------------------------------------------------------------------------
    async def _break(self, rng: random.Random, until: float) -> None:
        while time.monotonic() < until:
            await asyncio.sleep(rng.uniform(0.3, 2.0))
            if rng.random() < 0.06:
                self.done.struck[await asyncio.to_thread(self.outage, rng)] += 1
            else:
                self._spoil(rng)

    def _spoil(self, rng: random.Random) -> None:
        """One misbehaviour of one platform, at one of its next calls or webhooks."""
        if rng.random() < 0.3:
            name, on, kind = rng.choice([*HOOKS, *((name, on, "duplicate") for name, on in TWICE)])
            if kind == "lost" and self.chapter_seconds < 20:
                kind = "late"  # what is lost is fetched within the minute: a short soak does not wait for that
        else:
            name = rng.choice(list(CALLS))
            on, kind = rng.choice(CALLS[name]), rng.choice(_SPOILED)
        seconds = rng.choice((0.3, 1.0, 3.0))
        getattr(self.stage, name).faults.plan(kind, on, skip=rng.randint(0, 2), seconds=seconds, status=503)

    def _mend(self) -> None:
        for standin in self.stage.standins:
            self.done.struck.update(f"{standin.platform} {fault.kind}" for fault, _ in standin.faults.struck)
            standin.faults.clear()

    # --- looking ------------------------------------------------------------------------------------------------------------
    async def _books(self) -> list[str]:
        """What is wrong at rest. What is only late gets the minute in which the worker looks for it."""
        wrong = await self._look()
        if wrong:
            await asyncio.sleep(_A_MINUTE)
            wrong = await self._look()
        return wrong

    async def _look(self) -> list[str]:
        rested = await self.stage.rests()
        wrong = self.stage.wrong(self.done.struck.total(), ends=("sent", "queued", "unknown"))
        return wrong + ([] if rested else ["the processes do not come to rest"])

    def _sample(self) -> Sample:
        pids = [one.running.pid for one in self.stage.commands.values() if one.running is not None]
        resident = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
        messages, orders, stored, connections = self.stage.look(self._counts)
        return Sample(
            round(time.monotonic() - self.began, 1), round(resident * _PAGE / 1e6, 1),
            sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids), sum(len(os.listdir(f"/proc/{pid}/task")) for pid in pids),
            connections, round(stored / 1e6, 3), messages, orders,
        )  # fmt: skip

    def _counts(self, conn: Any) -> tuple[int, int, int, int]:
        messages = conn.execute(select(func.count()).select_from(t.inbound)).scalar_one()
        orders = conn.execute(select(func.count()).where(t.orders.c.status != "draft")).scalar_one()
        if self.stage.database.is_sqlite:  # each connection is an open file here
            pages, size = (conn.exec_driver_sql(f"PRAGMA {one}").scalar_one() for one in ("page_count", "page_size"))
            return messages, orders, pages * size, 0
        connections = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dorpsbode'")
        size = conn.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        return messages, orders, size, conn.execute(connections).scalar_one()


def grown(samples: list[Sample]) -> list[str]:
    """What grew beyond its bound between the first third of the samples and the last one; empty with fewer than three."""
    warm, rest = samples[: len(samples) // 3], samples[len(samples) // 3 :]
    if not warm:
        return []
    last = rest[len(rest) // 2 :]  # their median: one sample may be taken while a connection is just being closed
    found = []
    for name, most in MOST_GROWTH.items():
        before, after = max(getattr(one, name) for one in warm), statistics.median(getattr(one, name) for one in last)
        if after - before > most:
            found.append(f"{name} grew from {before} to {after}")
    said = samples[-1].messages - warm[-1].messages
    kilobytes = 1000 * (samples[-1].stored - warm[-1].stored) / max(1, said)
    return found + ([f"{kilobytes:.1f} kB stored per message"] if kilobytes > KILOBYTES_PER_MESSAGE else [])


# --- the two databases ----------------------------------------------------------------------------------------------------
@contextmanager
def world(kind: str, seed: int, chapter_seconds: float) -> Iterator[Soak]:
    """A soak on SQLite, or on a PostgreSQL server of its own. Raises NoServer without the wheel."""
    apart = servers.running(standby=False) if kind == "postgresql" else nullcontext()
    with tempfile.TemporaryDirectory(prefix="dorpsbode-soak-") as name, apart as database:
        file = Path(name) / "village.db"
        stage = Stage(database.url if database else f"sqlite:///{file}", Path(name))
        yield Soak(stage, partial(_restart, database) if database else partial(_lock, file), seed, chapter_seconds)


def _restart(database: servers.Servers, rng: random.Random) -> str:
    way = rng.choice(("fast", "immediate"))
    database.strike(way)
    return f"postgresql {way} restart"


def _lock(path: Path, rng: random.Random) -> str:
    """Another program holds the database for a while."""
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(rng.choice((0.2, 1.0, 3.0)))
        other.execute("ROLLBACK")
    return "sqlite locked"


async def play(kind: str, seed: int, minutes: float, chapter_seconds: float = 20.0) -> Soaked:
    """A soak of so many minutes, whole chapters. Raises NoServer."""
    with world(kind, seed, chapter_seconds) as soak:
        async with soak.stage.played():
            return await soak.play(minutes)


def campaign(kind: str, seed: int, minutes: float) -> int:
    """The same, told as a table. Exit status 1 when the books were wrong or something grew."""
    done = asyncio.run(play(kind, seed, minutes))
    names = [one.name for one in fields(Sample)]
    say("  ".join(f"{name:>11}" for name in names))
    for one in done.samples[:: -max(1, len(done.samples) // 20)][::-1]:
        say("  ".join(f"{getattr(one, name):>11}" for name in names))
    for what, many in done.struck.most_common():
        say(f"{many:6} {what}")
    print(*done.wrong, sep="\n", end="\n" if done.wrong else "")
    say(f"{done.struck.total()} faults in {len(done.samples)} chapters; wrong: {len(done.wrong)}")
    return 1 if done.wrong else 0
