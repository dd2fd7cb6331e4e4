"""Searching: story after story, each from a seed, until so many faults struck; a seed that fails is told with everything."""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.faults import village
from bot.faults.books import check
from bot.faults.ground import Ground
from bot.faults.loop import CountedLoop, run
from bot.faults.story import KINDS, Story
from bot.faults.world import World
from bot.store import tables as t

#: How many faults a story is planned to have: with few of them more can be told from the end.
POINTS_PER_STORY = (3, 8, 10, 12)


@dataclass
class Outcome:
    """What one story came to."""

    seed: int
    struck: list[str]
    wrong: list[str]
    digest: str
    orders: int
    delivered: int
    euros: float
    seconds: float


@dataclass
class Report:
    """What a search came to."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def points(self) -> int:
        """Faults that really struck."""
        return sum(len(one.struck) for one in self.outcomes)

    @property
    def failed(self) -> list[Outcome]:
        """Stories whose books were wrong."""
        return [one for one in self.outcomes if one.wrong]

    def kinds(self) -> Counter[str]:
        """How often each kind of fault struck."""
        return Counter(" ".join(what.split()[:3]) for one in self.outcomes for what in one.struck)


def floors() -> dict[str, Any]:
    """The functions of the floors below, as the real bot has them."""
    from conversations.talk import converse
    from notifications.announce import announce
    from notifications.schedule import fire

    return {"converse": converse, "announce": announce, "fire": fire}


def play(ground: Ground, seed: int, points: int | None = None, kinds: Sequence[str] = tuple(KINDS)) -> Outcome:
    """One story with so many faults of these kinds. The same seed on the same code is the same story, to the letter."""
    began = time.perf_counter()
    ground.clear()

    async def main(loop: CountedLoop) -> Outcome:
        rng = random.Random(f"story {seed}")
        begin = rng.choice([village.SATURDAYS[0], *village.SATURDAYS])
        databases = ground.databases[: rng.choice((1, 2))]
        most = rng.choice(POINTS_PER_STORY)
        world = World(loop, rng.randrange(1 << 30), begin, databases, floors())
        for database in databases:
            database.strikes = world.strikes
        world.replant = ground.move
        await world.open()
        try:
            story = Story(world, rng, most if points is None else points, kinds)
            rested = await story.play()
            wrong = check(story, rested=rested)
            return Outcome(seed, world.strikes.struck, wrong, _digest(story), *_figures(world), time.perf_counter() - began)
        finally:
            world.close()

    with _quiet_logs():
        return run(main)


def _figures(world: World) -> tuple[int, int, float]:
    """Orders, delivered orders, and euros that came in at Mollie."""
    with world.looking() as conn:
        states = list(conn.execute(select(t.orders.c.status).where(t.orders.c.status != "draft")).scalars())
    came = sum(one.cents for one in world.mollie.payments.values() if one.status == "paid")
    return len(states), states.count("delivered"), came / 100


def _digest(story: Story) -> str:
    """A fingerprint of what everybody read and of every moment that was passed by: equal when the story was the same."""
    read = [(name, one.text) for name, phone in sorted(story.phones.items()) for one in phone.bubbles()]
    seen = sorted(story.world.strikes.seen.items())
    return hashlib.sha256(repr((read, seen, story.world.strikes.struck)).encode()).hexdigest()[:16]


@contextmanager
def _quiet_logs() -> Iterator[None]:
    """The bot's own log says nothing during a story: what it would say is planned."""
    import logging

    import structlog

    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), cache_logger_on_first_use=False)
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        structlog.configure(**before)


def search(ground: Ground, seed: int, points: int, *, stop: bool = False, hear: Callable[[Outcome], None] = lambda one: None,
           kinds: Sequence[str] = tuple(KINDS)) -> Report:  # fmt: skip
    """Play stories from ``seed`` on until so many faults of these kinds struck. ``stop``: at the first story that fails."""
    report = Report()
    while report.points < points:
        outcome = play(ground, seed, kinds=kinds)
        report.outcomes.append(outcome)
        hear(outcome)
        if stop and outcome.wrong:
            break
        seed += 1
    return report
