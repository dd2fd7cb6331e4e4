"""Two living processes on one database: what one of them is sending is no business of the other, however slow the platform."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.channels.base import Call
from bot.clock import Clock
from bot.faults.mutants import planted
from bot.settings import Settings
from bot.wiring import App, build
from notifications.channel import Outcome
from tests.bot.engine.conftest import Recorder, echo, quiet, ring
from tests.bot.engine.test_delivery import put, someone


class Slow(Recorder):
    """A platform that keeps every call waiting until ``answer`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.called, self.answer = asyncio.Event(), asyncio.Event()

    async def send(self, calls: list[Call], key: str) -> Outcome:
        self.called.set()
        await self.answer.wait()
        return await super().send(calls, key)


@pytest.fixture
def recorder() -> Slow:
    """The platform of both."""
    return Slow()


@pytest.fixture
def leader(database_url: str, clock: Clock, recorder: Slow) -> Iterator[App]:
    """A second process on the database of ``app``."""
    made = build(Settings(database=database_url), clock, converse=echo, announce=quiet, fire=ring, channels={"test": recorder})
    made.delivery.ask_after = 0.01
    yield made
    made.close()


async def while_it_sends(app: App, leader: App, platform: Slow) -> None:
    """``app`` is in the middle of a call when the other one leads and looks for what the dead left; then the answer comes."""
    sending = asyncio.create_task(app.delivery.run())
    await platform.called.wait()
    async with leader.worker():
        await leader._beat()
        await asyncio.gather(*leader.delivery._tasks)
        platform.answer.set()
        app.delivery.stop()
        await sending
        await leader.delivery.drain()


def test_what_a_living_process_is_sending_is_sent_once(app: App, leader: App, recorder: Slow) -> None:
    put(app, someone(app), "a", "uw bestelling", if_unknown="resend")
    asyncio.run(while_it_sends(app, leader, recorder))
    assert recorder.sent == [("an", "uw bestelling")]


def test_who_takes_the_living_for_dead_sends_twice(app: App, leader: App, recorder: Slow) -> None:
    """The planted mistake that the fault search cannot find: its books excuse a duplicate of what a slow call was sending."""
    put(app, someone(app), "a", "uw bestelling", if_unknown="resend")
    with planted("rescue-the-living"):
        asyncio.run(while_it_sends(app, leader, recorder))
    assert recorder.sent == [("an", "uw bestelling")] * 2
