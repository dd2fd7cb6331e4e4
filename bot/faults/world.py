"""One story's world: clock, stand-ins, processes that are started again when they die, and a ledger of what was really sent."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import bindparam, exists, select

from bot.faults import village
from bot.faults.loop import CountedClock, CountedLoop
from bot.faults.process import FragileDatabase, Process, task_factory
from bot.faults.strikes import Strikes
from bot.faults.wires import CURRENT_KEY, LATE_SECONDS, Reply, Router, ask
from bot.settings import Settings
from bot.standins.common import StandIn
from bot.standins.faults import Fault
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.telegram import TOKEN, Telegram
from bot.standins.telegram_updates import Webhook
from bot.standins.twilio import ACCOUNT, AUTH_TOKEN, SENDER, Twilio
from bot.standins.webhooks import Answer
from bot.store import tables as t
from bot.store.types import Instant

URL = "https://bot.voorbeeld.test"
SECRET = "sample-secret-sample-secret-sample-secret"
#: The counted seconds that everything may take to come to rest, beside what the clock was set back.
PATIENCE = 400.0
_SENDS = ("sendMessage", "editMessageText", "CreateMessage")


_O, _R, _K, _I = t.outbound.c, t.refund.c, t.timer.c, t.inbound.c
#: Whether something is under way or due, in one question.
_BUSY = select(
    exists().where((_O.state == "sending") | ((_O.state == "queued") & (_O.due <= bindparam("soon", type_=Instant))))
    | exists().where(_R.done.is_(False), _R.due.is_(None) | (_R.due <= bindparam("soon", type_=Instant)))
    | exists().where(_K.state == "waiting", _K.due <= bindparam("now", type_=Instant))
    | exists().where(_I.state.in_(("failed", "waiting")))
)


class Restless(Exception):
    """Something goes on for ever."""


@dataclass
class Ledger:
    """What the platforms really executed per outbox key, which keys were in the air when something broke, and how often."""

    executed: dict[str, Counter[str]] = field(default_factory=dict)
    excused: Counter[str] = field(default_factory=Counter)
    crashes: int = 0

    def note(self, key: str, what: str) -> None:
        """One bubble reached the platform."""
        self.executed.setdefault(key, Counter())[what] += 1

    def extras(self) -> Counter[str]:
        """How many bubbles too many each key sent."""
        return Counter({key: extra for key, sent in self.executed.items() if (extra := max(sent.values()) - 1) > 0})


class Post:
    """Delivers the stand-ins' webhooks to whichever process serves; nobody there means: connection refused."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        """One webhook. A process that dies over it leaves a cut connection."""
        reply = await self._world.visit("POST", url, body, tuple(headers.items()), timeout)
        if isinstance(reply, str):
            return Answer(0, failure=reply)
        return Answer(reply.status, reply.body, reply.headers)

    async def close(self) -> None:
        """Nothing is open."""


class World:
    """Everything of one story. ``databases``: one per process, kept over stories."""

    def __init__(self, loop: CountedLoop, seed: int, begin: datetime, databases: list[FragileDatabase],
                 floors: Mapping[str, Any]) -> None:  # fmt: skip
        self.loop, self.rng, self.floors, self.databases = loop, random.Random(seed), floors, databases
        self.clock = CountedClock(loop, begin)
        self.ledger = Ledger()
        self.strikes = Strikes(self.kill)
        self.ids = count(1)
        common: dict[str, Any] = {"clock": self.clock, "poster": Post(self)}
        self.telegram = Telegram(rates=False, **common)
        self.twilio = Twilio(inbound_url=f"{URL}/whatsapp#rc=3&rp=all", rates=False, **common)
        self.mollie = Mollie(rates=False, refund_seconds=20, **common)
        self.standins: tuple[StandIn, ...] = (self.telegram, self.twilio, self.mollie)
        hosts = {"telegram.test": self.telegram, "twilio.test": self.twilio, "mollie.test": self.mollie}
        for host, standin in hosts.items():
            standin.base_url = f"https://{host}"
            setattr(standin, "perform", self._watched(standin))  # noqa: B010 - a method replaced on one object
        self.router = Router({host: standin.app() for host, standin in hosts.items()})
        self.settings = Settings(
            public_url=URL, secret=SECRET, telegram_token=TOKEN, telegram_secret=SECRET, telegram_base_url="https://telegram.test",
            twilio_sid=ACCOUNT, twilio_token=AUTH_TOKEN, twilio_from=SENDER.removeprefix("whatsapp:"),
            twilio_base_url="https://twilio.test", mollie_key=API_KEY, mollie_base_url="https://mollie.test",
            telegram_per_second=0, whatsapp_per_second=0,
        )  # fmt: skip
        self.replant: Callable[[datetime], None] = lambda now: None
        self.processes: list[Process] = []
        self.stepping: tuple[int, Process] | None = None
        self._helpers: list[asyncio.Task[None]] = []

    # --- up and down -----------------------------------------------------------------------------------------------------
    async def open(self) -> None:
        """Stand-ins, people and processes."""
        self.loop.set_task_factory(task_factory)
        self.loop.each_step = self._step
        for standin in self.standins:
            self._helpers.append(asyncio.create_task(standin.agenda.run()))
        for one in village.PEOPLE:
            if one.channel == "telegram":
                self.telegram.user(int(one.address), one.name.capitalize())
            else:
                self.twilio.user(one.address, name=one.name.capitalize())
        for place in range(len(self.databases)):
            self.processes.append(self._new_process(place))
        hook = self.processes[0].app.telegram_webhook
        self.telegram.updates.set(Webhook(hook, SECRET))
        for process in self.processes:
            process.start()
        self._helpers.append(asyncio.create_task(self._watch_over()))

    def _new_process(self, place: int) -> Process:
        settings = self.settings
        return Process(f"process {place}", self.databases[place], settings, self.clock, self.router, self.strikes, self.floors,
                       lambda: f"id{next(self.ids):06d}", self.rng.randrange(1 << 30))  # fmt: skip

    async def _watch_over(self) -> None:
        """What a process manager does: start again what died."""
        while True:
            await asyncio.sleep(0.5)
            for place, process in enumerate(self.processes):
                if process.dead:
                    self.processes[place] = fresh = self._new_process(place)
                    fresh.start()

    def close(self) -> None:
        """End everything; nothing of the bot runs afterwards."""
        self.loop.each_step = lambda: None
        for process in self.processes:
            process.die()
        for helper in self._helpers:
            helper.cancel()
        for database in self.databases:
            database.process = None
        self.loop.set_task_factory(None)

    def move(self) -> None:
        """Stop everything at once, carry the database over by backup and restore, and let the processes come up again."""
        for process in self.processes:
            if not process.dead:
                self.kill(process)
        self.ledger.excused.update(self.in_the_air())
        for database in self.databases:
            database.process = None
        self.replant(self.clock.now())

    def kill(self, process: Process) -> None:
        """kill -9 of one process. What it had in the air may arrive twice."""
        self.ledger.crashes += 1
        process.die()
        self.excuse()

    def excuse(self) -> None:
        """Note what is in the air now: these bubbles may come twice."""
        self.excusing = True

    excusing = False
    troubled = False
    patience = PATIENCE

    def _step(self) -> None:
        if self.stepping is not None:
            left, process = self.stepping
            self.stepping = (left - 1, process) if left > 1 else None
            if left <= 1 and not process.dead:
                self.strikes.struck.append("kill at step")
                self.kill(process)
        if self.excusing:
            self.excusing = False
            self.ledger.excused.update(self.in_the_air())

    def in_the_air(self) -> list[str]:
        """Keys that are being sent according to the database."""
        with self.looking() as conn:
            return list(conn.execute(select(t.outbound.c.key).where(t.outbound.c.state == "sending")).scalars())

    def looking(self) -> Any:
        """A transaction to look with, which no strike hits."""
        return _Looking(self.databases[0])

    def ids_of(self, who: village.Someone) -> set[str]:
        """The person at this address now, if it is known."""
        a = t.address.c
        with self.looking() as conn:
            return set(conn.execute(select(a.person).where(a.channel == who.channel, a.id == who.address)).scalars())

    def by_hand(self, do: Callable[[FragileDatabase], Any]) -> Any:
        """Something an operator does on the database while the processes run; no strike hits it."""
        database = self.databases[0]
        process, database.process = database.process, None
        try:
            return do(database)
        finally:
            database.process = process

    # --- wires ------------------------------------------------------------------------------------------------------------
    def _watched(self, standin: StandIn) -> Callable[..., Awaitable[Any]]:
        """``perform`` that notes what was executed, and excuses what was spoiled."""
        perform = standin.perform

        async def watched(operation: str, params: Any, execute: Callable[[], Any]) -> Any:
            key, struck = CURRENT_KEY.get(), len(standin.faults.struck)

            def executed() -> Any:
                answer = execute()
                if key and operation in _SENDS and getattr(answer, "status_code", 500) < 300:
                    self.ledger.note(key, str(params.get("text") or params.get("Body") or params.get("ContentVariables")))
                return answer

            try:
                return await perform(operation, params, executed)
            finally:
                if key and any(_spoiled(fault) for fault, _ in standin.faults.struck[struck:]):
                    self.ledger.excused[key] += 1

        return watched

    async def visit(
        self, method: str, url: str, body: bytes = b"", headers: tuple[tuple[str, str], ...] = (), seconds: float = 15.0
    ) -> Reply | str:
        """A request to the bot from outside; ``connect``, ``cut`` or ``timeout`` when there is no answer."""
        server = self.processes[0]
        if server.dead:
            return "connect"
        task = server.spawn(ask(server.app.asgi, method, url, (("host", "bot.voorbeeld.test"), *headers), body))
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            task.cancel()
            return "timeout"
        if task.cancelled() or server.dead:
            return "cut"
        if task.exception() is not None:
            return Reply(500, {}, b"")
        answer: Reply = task.result()
        return answer

    # --- time -------------------------------------------------------------------------------------------------------------
    def think(self, while_: timedelta) -> None:
        """Somebody takes this long before the next thing."""
        self.clock.move(while_)

    async def quiet(self) -> None:
        """Wait until nothing moves any more. Raises Restless when it does not come to rest."""
        until, calm = self.loop.time() + self.patience, 0
        while calm < 2:
            await asyncio.sleep(0.15)
            calm = calm + 1 if self._nothing_moves() else 0
            if self.loop.time() > until:
                raise Restless

    def _nothing_moves(self) -> bool:
        now = self.clock.now()
        if any(standin.agenda._tasks or _due(standin, now) for standin in self.standins):
            return False
        if any(one.dead or one.app.writer.waiting or one.app.delivery._tasks for one in self.processes):
            return False
        with self.looking() as conn:
            busy: bool = conn.execute(_BUSY, {"now": now, "soon": now + timedelta(seconds=90)}).scalar_one()
        return not busy

    async def be(self, moment: datetime) -> None:
        """Let it be this moment, and let everything that falls due happen."""
        if moment > self.clock.now():
            self.clock.set(moment)
        for standin in self.standins:
            standin.agenda.wake()
        await asyncio.sleep(1.1)
        for process in self.processes:
            process.look_around()
        await asyncio.sleep(0.1)
        await self.quiet()


def _spoiled(fault: Fault) -> bool:
    """Whether such a fault leaves it open what happened: an answer that is only slow leaves nothing open."""
    return fault.kind != "slow" or fault.seconds >= LATE_SECONDS


def _due(standin: StandIn, now: datetime) -> bool:
    due = standin.agenda.next_due()
    return due is not None and due <= now + timedelta(seconds=30)


class _Looking:
    """A read transaction with the strikes looking away."""

    def __init__(self, database: FragileDatabase) -> None:
        self._database = database

    def __enter__(self) -> Any:
        self._process, self._database.process = self._database.process, None
        self._read = self._database.read()
        return self._read.__enter__()

    def __exit__(self, *error: Any) -> None:
        with suppress(Exception):
            self._read.__exit__(*error)
        self._database.process = self._process
