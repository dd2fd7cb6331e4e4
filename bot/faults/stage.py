"""The search's people and books with nothing simulated: ``dorpsbode serve`` and ``work`` as processes, real HTTP, real time."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import aiohttp
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from bot import audit
from bot.clock import Clock
from bot.faults import village
from bot.faults.people import Keeper, Phone, Resident
from bot.faults.wires import Reply
from bot.settings import read_settings, variable
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.server import serving
from bot.standins.telegram import TOKEN, Telegram
from bot.standins.telegram_updates import Webhook
from bot.standins.twilio import ACCOUNT, AUTH_TOKEN, SENDER, Twilio
from bot.store import tables as t
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.wiring import build

T = TypeVar("T")
SECRET = "sample-secret-sample-secret-sample-secret"
#: All that the audit knows but one: what ended unknown is looked at here.
_CHECKS = tuple(name for name in audit.CHECKS if name != "einde")
_PLACED = re.compile(r"Bestelling (\d+) is geplaatst")


class Command:
    """``dorpsbode serve`` or ``work``, killed and started again at will. What it logs is added to ``log``."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        self.name, self.environment, self.log = name, environment, log
        self.running: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it; ``serve`` answers when this returns."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", self.name], env={**os.environ, **self.environment}, stderr=log
            )
        if self.name == "serve":
            await until_answered(f"{self.environment[variable('public_url')]}/healthz")

    def kill(self) -> None:
        """SIGKILL, now."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait()
            self.running = None


async def until_answered(url: str, seconds: float = 30.0) -> None:
    """Wait until this address answers 200. Raises TimeoutError."""
    until = time.monotonic() + seconds
    async with aiohttp.ClientSession() as http:
        while time.monotonic() < until:
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise TimeoutError(f"{url} does not come up")


class Stage:
    """Stand-ins over HTTP, the village in this database, and people with phones: what ``people`` need of a world is here.

    ``url``: an empty database. On PostgreSQL ``serve`` and ``work`` are two processes, on SQLite one.
    """

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.clock = f"http://127.0.0.1:{self.port}", Clock()
        self.telegram = Telegram(allow_local=True, rates=False)
        self.twilio = Twilio(inbound_url=f"{self.url}/whatsapp#rc=5&rp=all", rates=False)
        self.mollie = Mollie(allow_local=True, rates=False)
        self.standins = (self.telegram, self.twilio, self.mollie)
        self.database, self.folder = Database(url), folder
        migrate(self.database)
        with self.database.write() as conn:
            village.settle(conn, self.clock.now())
        self.commands: dict[str, Command] = {}
        self.phones: dict[str, Phone] = {}

    @asynccontextmanager
    async def played(self) -> AsyncIterator[None]:
        """Stand-ins, processes and people, until left."""
        try:
            async with serving(*self.standins):
                app = build(read_settings(self.environment()), channels={})  # knows the webhook's address; never started
                self.telegram.updates.set(Webhook(app.telegram_webhook, SECRET))
                app.close()
                for name in ("serve",) if self.database.is_sqlite else ("serve", "work"):
                    self.commands[name] = Command(name, self.environment(), self.folder / f"{name}.log")
                    await self.commands[name].start()
                await until_answered(f"{self.url}/readyz")  # the worker is at work too
                self.phones = {one.name: self.phone(one) for one in village.PEOPLE}
                yield
        finally:
            for command in self.commands.values():
                command.kill()
            self.database.close()

    def environment(self) -> dict[str, str]:
        """The settings of the processes, as their environment."""
        values = {
            "database": self.database.url, "public_url": self.url, "port": str(self.port), "secret": SECRET,
            "embedded_worker": str(int(self.database.is_sqlite)), "telegram_token": TOKEN, "telegram_secret": SECRET,
            "telegram_base_url": self.telegram.base_url, "twilio_sid": ACCOUNT, "twilio_token": AUTH_TOKEN,
            "twilio_from": SENDER.removeprefix("whatsapp:"), "twilio_base_url": self.twilio.base_url, "mollie_key": API_KEY,
            "mollie_base_url": self.mollie.base_url, "log_format": "json", "messages_per_minute": "0",
            "square_per_minute": "0", "whatsapp_per_day": "0",
        }  # fmt: skip
        return {variable(name): value for name, value in values.items()}

    def phone(self, one: village.Someone) -> Phone:
        """The phone of somebody, with a chat opened."""
        if one.channel == "telegram":
            self.telegram.user(int(one.address), one.name.capitalize())
        else:
            self.twilio.user(one.address, name=one.name.capitalize())
        return Phone(self, one)  # type: ignore[arg-type]

    def crowd(self, rng: random.Random) -> list[Resident | Keeper]:
        """Three residents who want a lot, and both shops."""
        residents = [Resident(self.phones[name], random.Random(rng.random()), 9) for name in ("an", "ben", "cor")]
        return [*residents, *(Keeper(self.phones[name], random.Random(rng.random())) for name in ("bas", "kees"))]

    # --- what people's hands need of a world ------------------------------------------------------------------------------
    async def visit(self, method: str, url: str) -> Reply | str:
        """A request to the bot, as a browser makes it; why not, when there is no answer."""
        local = self.url + url[url.index("/b/") :]
        try:
            async with aiohttp.ClientSession() as http, http.request(method, local, allow_redirects=False) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status, headers, await answer.read())
        except aiohttp.ClientError:
            return "connect"

    def think(self, while_: timedelta) -> None:
        """Real time passes by itself: who taps twice here does so at once."""

    # --- rest and books ---------------------------------------------------------------------------------------------------
    def look(self, ask: Callable[[Connection], T]) -> T:
        """Read something. A server that went down took our connection along: then once more."""
        try:
            with self.database.read() as conn:
                return ask(conn)
        except OperationalError:
            with self.database.read() as conn:
                return ask(conn)

    async def rests(self, seconds: float = 40.0) -> bool:
        """Wait until nothing moves any more."""
        until, calm = time.monotonic() + seconds, 0
        while calm < 3 and time.monotonic() < until:
            await asyncio.sleep(0.15)
            calm = calm + 1 if not self._moves() else 0
        return calm >= 3

    def _moves(self) -> bool:
        if self.telegram.updates.pending() or any(one.agenda._tasks for one in self.standins):
            return True
        o, i, now = t.outbound.c, t.inbound.c, self.clock.now()
        busy = (o.state == "sending") | ((o.state == "queued") & (o.due <= now))
        unread = i.state.in_(("failed", "waiting"))
        return self.look(lambda conn: any(conn.execute(select(func.count()).where(one)).scalar() for one in (busy, unread)))

    def wrong(self, strikes: int, ends: Collection[str] = ("sent", "queued")) -> list[str]:
        """What must hold however often something broke: nothing lost, nothing done twice, stock and money right, all that
        matters said. ``strikes``: how often something broke, for what that may have doubled. ``ends``: how what matters may
        have ended; where platforms lose answers also ``unknown``, which the audit tells the coordinators.
        """
        found = self.look(lambda conn: [*_books(conn, self, ends)])
        found += [f"rule broken: {one}" for standin in self.standins for one in standin.violations]
        said, read = self.look(_confirmations), self._confirmed()
        extra = {one: many - said[one] for one, many in read.items() if many > said[one] + strikes}
        return found + [
            f"{who} read {many} times too often that order {number} stands" for (who, number), many in extra.items()
        ]

    def _confirmed(self) -> Counter[tuple[str, str]]:
        """How often each phone shows that an order stands. To each phone one bubble is in the air, so a break doubles one."""
        read = ((f"p-{name}", one.text) for name, phone in self.phones.items() for one in phone.bubbles())
        return Counter((who, number) for who, text in read for number in _PLACED.findall(text))


def _confirmations(conn: Connection) -> Counter[tuple[str, str]]:
    """How often it was to be said to each person that an order stands."""
    rows = conn.execute(select(t.outbound.c.person, t.outbound.c.body))
    return Counter((row.person, number) for row in rows for number in _PLACED.findall(row.body))


def _books(conn: Connection, stage: Stage, ends: Collection[str]) -> Iterator[str]:
    yield from (found.text for found in audit.audit(conn, stage.clock.now(), only=_CHECKS))
    done = Counter((row.channel, row.event_id) for row in conn.execute(select(t.inbound)) if row.state == "done")
    said = [("whatsapp", one.sid) for one in stage.twilio.messages.values() if one.inbound]
    said += [("telegram", str(n)) for n in range(700_000_001, stage.telegram.updates._number + 1)]
    yield from (f"{one} was not handled" for one in said if one not in done)
    rows = conn.execute(select(t.outbound).where(t.outbound.c.if_unknown == "resend"))
    yield from (f"{row.key} ended {row.state}" for row in rows if row.state not in ends)
    orders = conn.execute(select(t.orders.c.number, t.orders.c.evidence).where(t.orders.c.status != "draft")).all()
    made = Counter(row.evidence.split(":")[1] for row in orders)
    yield from (f"event {event} made {many} orders" for event, many in made.items() if many > 1)
    if sorted(row.number for row in orders) != list(range(1000, 1000 + len(orders))):
        yield f"numbers have holes: {sorted(row.number for row in orders)}"


#: Seconds between what people do together: in a hurry, and as a village does.
HURRIED, CALM = (0.0, 0.01, 0.05), (0.05, 0.1, 0.4)


async def live(people: Sequence[Resident | Keeper], rng: random.Random, seconds: float, pauses: Sequence[float] = CALM) -> None:
    """People go about it for a while, some at once."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for one in rng.sample(people, rng.randint(1, min(4, len(people)))):
            one.act()
        await asyncio.sleep(rng.choice(pauses))
