"""The same with nothing simulated: ``dorpsbode serve`` as a process of its own, real HTTP to the stand-ins, and a real SIGKILL.

The moments are random in time, not replayable; the people and the books are those of the search. Slower, and the proof that the
search does not dream: sockets, threads, locks of the operating system and SQLite's log are the real ones here.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import aiohttp
from sqlalchemy import func, select

from bot import audit
from bot.clock import Clock
from bot.commands.common import say
from bot.faults import village
from bot.faults.people import Keeper, Phone, Resident
from bot.settings import variable
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.server import serving
from bot.standins.telegram import TOKEN, Telegram
from bot.standins.telegram_updates import Webhook
from bot.standins.twilio import ACCOUNT, AUTH_TOKEN, SENDER, Twilio
from bot.store import tables as t
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.wiring import App, build

SECRET = "sample-secret-sample-secret-sample-secret"


class Server:
    """``dorpsbode serve`` on a free port, killed and started again at will."""

    def __init__(self, database: str, port: int, environment: dict[str, str]) -> None:
        self.database, self.port, self.environment = database, port, environment
        self.running: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self.port)]
        self.running = subprocess.Popen(command, env={**os.environ, **self.environment}, stderr=subprocess.DEVNULL)
        async with aiohttp.ClientSession() as http:
            for _ in range(600):
                try:
                    async with http.get(f"http://127.0.0.1:{self.port}/healthz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
        raise TimeoutError("the server does not come up")

    def kill(self) -> None:
        """SIGKILL, now."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            self.running = None


class Stage:
    """Stand-ins over HTTP, the village's database, and people with phones. What ``people`` need of a world is here."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = Clock()
        self.telegram = Telegram(allow_local=True, rates=False)
        self.twilio = Twilio(inbound_url=f"{self.url}/whatsapp#rc=5&rp=all", rates=False)
        self.mollie = Mollie(allow_local=True, rates=False)
        self.database = Database(f"sqlite:///{folder}/village.db")
        migrate(self.database)
        with self.database.write() as conn:
            village.settle(conn, self.clock.now())

    def environment(self) -> dict[str, str]:
        """The settings of the server, as its environment."""
        values = {
            "database": self.database.url, "public_url": self.url, "secret": SECRET, "telegram_token": TOKEN,
            "telegram_secret": SECRET, "telegram_base_url": self.telegram.base_url, "twilio_sid": ACCOUNT,
            "twilio_token": AUTH_TOKEN, "twilio_from": SENDER.removeprefix("whatsapp:"),
            "twilio_base_url": self.twilio.base_url, "mollie_key": API_KEY, "mollie_base_url": self.mollie.base_url,
        }  # fmt: skip
        return {variable(name): value for name, value in values.items()}

    def app(self) -> App:
        """An App with the same secrets, to know the webhook's address; it is never started."""
        from bot.settings import read_settings

        return build(read_settings(self.environment()), channels={})

    def people(self) -> dict[str, Phone]:
        """Everybody, with a chat opened."""
        for one in village.PEOPLE:
            if one.channel == "telegram":
                self.telegram.user(int(one.address), one.name.capitalize())
            else:
                self.twilio.user(one.address, name=one.name.capitalize())
        return {one.name: Phone(self, one) for one in village.PEOPLE}  # type: ignore[arg-type]

    async def rests(self, seconds: float = 40.0) -> bool:
        """Wait until nothing moves any more."""
        until, calm = time.monotonic() + seconds, 0
        while calm < 3 and time.monotonic() < until:
            await asyncio.sleep(0.15)
            calm = calm + 1 if not self._moves() else 0
        return calm >= 3

    def _moves(self) -> bool:
        if self.telegram.updates.pending() or any(one.agenda._tasks for one in (self.telegram, self.twilio, self.mollie)):
            return True
        o, i, now = t.outbound.c, t.inbound.c, self.clock.now()
        with self.database.read() as conn:
            busy = (o.state == "sending") | ((o.state == "queued") & (o.due <= now))
            many = conn.execute(select(func.count()).where(busy)).scalar_one()
            return bool(many + conn.execute(select(func.count()).where(i.state.in_(("failed", "waiting")))).scalar_one())


async def play(seed: int, kills: int, folder: Path) -> tuple[int, list[str]]:
    """Ordering while the server is killed so many times; returns the kills and what was wrong in the books."""
    rng, stage = random.Random(f"kills {seed}"), Stage(folder)
    async with serving(stage.telegram, stage.twilio, stage.mollie):
        app = stage.app()
        stage.telegram.updates.set(Webhook(app.telegram_webhook, SECRET))
        app.close()
        server, phones = Server(stage.database.url, stage.port, stage.environment()), stage.people()
        await server.start()
        try:
            struck = await _order_and_kill(stage, server, phones, rng, kills)
            rested = await stage.rests()
            return struck, ([] if rested else ["the server does not come to rest"]) + _wrong(stage)
        finally:
            server.kill()
            stage.database.close()


async def _order_and_kill(stage: Stage, server: Server, phones: dict[str, Phone], rng: random.Random, kills: int) -> int:
    residents = [Resident(phones[name], random.Random(rng.random()), 9) for name in ("an", "ben", "cor")]
    keepers = [Keeper(phones[name], random.Random(rng.random())) for name in ("bas", "kees")]
    people: list[Resident | Keeper] = [*residents, *keepers]
    phones["kees"].types("lijst")
    for _ in range(kills):
        until = time.monotonic() + rng.uniform(0.05, 1.2)
        while time.monotonic() < until:
            for one in rng.sample(people, rng.randint(1, 4)):
                one.act()
            await asyncio.sleep(rng.choice((0.0, 0.01, 0.05)))
        server.kill()
        await server.start()
    return kills


def _wrong(stage: Stage) -> list[str]:
    """What must hold however often it died: nothing lost, nothing ordered twice, stock right, everything that matters said."""
    with stage.database.read() as conn:
        now = stage.clock.now()
        wrong = [found.text for found in audit.audit(conn, now, only=("nummer", "toestand", "bericht", "voorraad", "geld"))]
        done = Counter((row.channel, row.event_id) for row in conn.execute(select(t.inbound)) if row.state == "done")
        told = [
            row
            for row in conn.execute(select(t.outbound))
            if row.if_unknown == "resend" and row.state not in ("sent", "queued")
        ]
    said = [("whatsapp", one.sid) for one in stage.twilio.messages.values() if one.inbound]
    said += [("telegram", str(n)) for n in range(700_000_001, stage.telegram.updates._number + 1)]
    wrong += [f"{one} was not handled" for one in said if one not in done]
    wrong += [f"{row.key} ended {row.state}" for row in told]
    return wrong + [
        f"rule broken: {one}" for standin in (stage.telegram, stage.twilio, stage.mollie) for one in standin.violations
    ]


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
