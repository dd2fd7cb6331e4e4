"""One process of the bot inside the search: the real App with a writer, a ticker and a database that can die at any moment."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.channels.make import make_channels
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.clock import Clock
from bot.faults.strikes import Killed, Strikes
from bot.faults.wires import CURRENT_KEY, Adapter, Router, Session, Wire
from bot.mollie import Mollie
from bot.settings import Settings
from bot.store.database import Database
from bot.store.writer import RETRY_AFTER, TROUBLE, Job, Writer, _answer
from bot.wake import Wake
from bot.wiring import App

PROCESS: ContextVar[Any] = ContextVar("process", default=None)


class FragileDatabase(Database):
    """A database whose statements and commits pass by the strikes of ``process``. Kept over restarts: a pool is dear."""

    def __init__(self, url: str, strikes: Strikes) -> None:
        super().__init__(url)
        self.strikes = strikes
        self.process: Process | None = None
        self._wrote = False
        for engine in {self._writer, self._reader}:
            event.listen(engine, "before_cursor_execute", self._statement)
            event.listen(engine, "connect", self._hurry)

    def _hurry(self, raw: Any, _: Any) -> None:
        """Wait for no disk: a dead process loses nothing that was written; only dead power does."""
        raw.execute("PRAGMA synchronous=OFF" if self.is_sqlite else "SET synchronous_commit = off")
        if not self.is_sqlite:
            raw.commit()

    def _statement(self, conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        """Only what writes counts: most of what a bot does all day is looking whether there is something to do."""
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self._wrote = True
            self._pass_by("statement")
        elif self.process is not None and self.process.dead:
            raise Killed

    def _pass_by(self, moment: str) -> None:
        if self.process is not None:
            self.strikes.pass_by(moment, self.process)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction. A strike before the commit leaves nothing, one after it leaves everything, unknown to the caller."""
        self._pass_by("begin")
        self._wrote = False
        with self._writer.connect() as conn:
            transaction = conn.begin()
            try:
                yield conn
                if self._wrote:
                    self._pass_by("commit")
                transaction.commit()
            finally:
                if transaction.is_active:
                    transaction.rollback()
        if self._wrote:
            self._pass_by("committed")


class CountedWriter(Writer):
    """The writer without its thread: what was put is done at the loop's next turn, together."""

    process: Process

    def start(self) -> None:
        """Take jobs."""
        self._stopping = False
        self._thread = self._thread or _NO_THREAD

    def stop(self) -> None:
        """Finish what waits, unless dead."""
        if not self.process.dead:
            self._drain()
        self._thread = None

    def put(self, job: Job[Any]) -> None:
        """Add a job."""
        if self.process.dead or self._thread is None:
            raise RuntimeError("the writer is not running")
        self._waiting.append(job)
        if job.loop is None:
            self._drain()
        elif len(self._waiting) == 1:
            job.loop.call_soon(self._drain)

    def _drain(self) -> None:
        while self._waiting and not self.process.dead:
            batch = [self._waiting.popleft() for _ in range(min(128, len(self._waiting)))]
            self._do(batch)
            _answer(batch)

    def _try(self, batch: list[Job[Any]]) -> int | None:
        """As the real one, without sleeping in between."""
        for attempt in range(len(RETRY_AFTER) + 1):
            try:
                return self._once(batch)
            except TROUBLE as trouble:
                if attempt == len(RETRY_AFTER):
                    for job in batch:
                        job.error = trouble
        return None


class _NoThread:
    """Stands where a running thread would."""

    def join(self, timeout: float | None = None) -> None:
        """There is nothing to wait for."""


_NO_THREAD: Any = _NoThread()


class CountedTicker:
    """Ticks on the counted loop."""

    def __init__(self) -> None:
        self._wanted: list[tuple[float, Callable[[], Awaitable[Any]]]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, seconds: float, do: Callable[[], Awaitable[Any]], name: str) -> None:
        """Do it every so many seconds, the first time at once; a story sees nothing in more than one look in two seconds."""
        self._wanted.append((max(2.0, seconds), do))

    def start(self) -> None:
        """Start ticking."""
        self._tasks = [asyncio.create_task(self._tick(seconds, do)) for seconds, do in self._wanted]

    async def _tick(self, seconds: float, do: Callable[[], Awaitable[Any]]) -> None:
        while True:
            with suppress(Exception):  # as the real one: a tick that fails is logged, and comes again
                await do()
            await asyncio.sleep(seconds)

    def stop(self) -> None:
        """No more ticks."""
        for task in self._tasks:
            task.cancel()


class LocalWake(Wake):
    """Wakes within the process only; what other processes queue is found at the next look."""

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Notice commits of this process."""
        self._loop = loop

    async def stop(self) -> None:
        """Notice nothing more."""
        self._loop = None


class CountedApp(App):
    """The real App on counted time."""

    writer_class = CountedWriter
    ticker_class = CountedTicker  # type: ignore[assignment]


class NearMollie(Mollie):
    """The real Mollie client over a wire that is a function call."""

    def __init__(self, settings: Settings, adapter: Adapter) -> None:
        super().__init__(settings.mollie_key, settings.mollie_base_url, settings.mollie_method)
        self._adapter = adapter

    def _client(self) -> Any:
        import requests

        client = super()._client()
        if not hasattr(client, "_client"):
            client._client = requests.Session()
            client._client.trust_env = False
            client._client.mount("https://", self._adapter)
        return client


class Process:
    """One process: ``serve`` with its worker, or ``work`` alone. ``die`` is kill -9."""

    def __init__(self, name: str, database: FragileDatabase, settings: Settings, clock: Clock, router: Router,
                 strikes: Strikes, floors: Mapping[str, Any], ids: Callable[[], str], seed: int) -> None:  # fmt: skip
        self.name, self.strikes, self.dead = name, strikes, False
        self.tasks: list[asyncio.Task[Any]] = []
        self.context = copy_context()
        self.context.run(PROCESS.set, self)
        self._stopping = asyncio.Event()
        database.process = self
        channels = make_channels(settings, clock)
        self.app = CountedApp(settings, clock, database, channels, floors["converse"], floors["announce"], floors["fire"], ids)
        assert isinstance(self.app.writer, CountedWriter)
        self.app.writer.process = self
        self.app.wake = LocalWake(database, self.app.delivery.wake)
        self.app.writer.after_commit[:] = [self.app.wake.after_commit]
        self.app.delivery.rng = random.Random(seed)
        self._wire(router, settings)

    def _wire(self, router: Router, settings: Settings) -> None:
        wire = Wire(Session(router, self._before, self._after))
        telegram, whatsapp = self.app.channels["telegram"], self.app.channels["whatsapp"]
        assert isinstance(telegram, Telegram)
        assert isinstance(whatsapp, WhatsApp)
        telegram._transport._wire = whatsapp._transport._wire = wire  # type: ignore[assignment]
        for channel in (telegram, whatsapp):
            setattr(channel, "send", _named(channel.send))  # noqa: B010 - a method replaced on one object
        assert self.app.payments is not None
        self.app.payments.mollie = NearMollie(settings, Adapter(router, self._before, self._after))

    def _before(self, name: str, url: str) -> None:
        self.strikes.pass_by("call", self, url)

    def _after(self, name: str, url: str) -> None:
        self.strikes.pass_by("called", self, url)

    # --- living and dying ------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Come up: writer, worker, ticks."""
        self.context.run(self.app.start)
        self.spawn(self._work())

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        """A task of this process: it dies with it."""
        task = asyncio.get_running_loop().create_task(work, context=self.context.copy())
        self.tasks.append(task)
        return task

    async def _work(self) -> None:
        async with self.app.worker():
            await self._stopping.wait()

    def look_around(self) -> None:
        """The slow ticks, as if their minute or hour had passed: what was missed is fetched, what is old forgotten."""
        if self.app.leading and not self.dead:
            self.spawn(_quietly(self._catch_up))
            self.spawn(_quietly(self.app.forget_daily))
            if self.app.payments is not None:
                self.spawn(_quietly(self.app.payments.catch_up))

    async def _catch_up(self) -> None:
        await self.app.catch_up()  # also looks which templates are approved: what waited for one leaves then
        await self.app.delivery.look_again()

    def die(self) -> None:
        """Stop at once, wherever it is: nothing it holds is written, sent or tidied up; the system takes its locks."""
        self.dead = True
        for task in self.tasks:
            task.cancel()
        self.release()

    def release(self) -> None:
        """What the operating system does when a process ends; that passes by no strike."""
        database = self.app.database
        assert isinstance(database, FragileDatabase)
        before, database.process = database.process, None
        for lock in (self.app.leader, self.app.presence):
            with suppress(OperationalError):
                lock.release()
        database.process = before
        if self.app.payments is not None:
            self.app.payments.mollie._threads.shutdown(wait=False)


async def _quietly(work: Callable[[], Awaitable[Any]]) -> None:
    """As a tick: what fails is tried again the next time."""
    with suppress(Exception):
        await work()


def _named(send: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A channel's ``send`` that says for which bubble its calls are."""

    async def named(calls: Any, key: str) -> Any:
        before = CURRENT_KEY.set(key)
        try:
            return await send(calls, key)
        finally:
            CURRENT_KEY.reset(before)

    return named


def task_factory(loop: asyncio.AbstractEventLoop, work: Any, *, context: Any = None) -> asyncio.Task[Any]:
    """Makes tasks and notes whose they are."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, context=context)
    process = (context or copy_context()).get(PROCESS)
    if process is not None:
        process.tasks.append(task)
        if len(process.tasks) > 400:
            process.tasks = [one for one in process.tasks if not one.done()]
        if process.dead:
            task.cancel()
    return task
