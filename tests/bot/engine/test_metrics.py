"""What Prometheus reads: true now, also when a number fell to nothing, and whichever process delivered."""

from __future__ import annotations

import asyncio
import re

from bot.clock import Clock
from bot.settings import Settings
from bot.wiring import App, build
from tests.bot.engine.conftest import NOW, Recorder, echo, quiet, ring, said


def _metrics(app: App) -> dict[str, float]:
    lines = asyncio.run(app.metrics_text()).decode().splitlines()
    pairs = (re.fullmatch(r"(\w+(?:\{.*\})?) (\S+)", line) for line in lines)
    return {pair[1]: float(pair[2]) for pair in pairs if pair}


def _deliver(app: App) -> None:
    async def deliver() -> None:
        async with app.worker():
            await app.delivery.drain()

    asyncio.run(deliver())


def test_a_gauge_that_fell_to_nothing_says_nothing(app: App) -> None:
    for number in range(3):
        app.inbox.take_now(said("hallo", str(number)))
    assert _metrics(app)['dorpsbode_outbox{channel="test",state="queued"}'] == 3
    _deliver(app)
    after = _metrics(app)
    assert 'dorpsbode_outbox{channel="test",state="queued"}' not in after
    assert after['dorpsbode_outbox{channel="test",state="sent"}'] == 3
    assert after['dorpsbode_bubbles_sent{channel="test"}'] == 3


def test_the_web_process_tells_what_the_worker_delivered(database_url: str) -> None:
    """The worker listens to no port: how deliveries ended is read from the database, by whoever is asked."""
    settings = Settings(database=database_url)
    web, worker = (
        build(settings, Clock(NOW), converse=echo, announce=quiet, fire=ring, channels={"test": Recorder()}) for _ in range(2)
    )
    web.start()
    web.inbox.take_now(said("hallo", "1"))
    _deliver(worker)
    assert _metrics(web)['dorpsbode_outbox{channel="test",state="sent"}'] == 1
    web.close()
    worker.close()
