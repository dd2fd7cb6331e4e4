"""One thread that writes: it takes whatever waits, does it in one transaction, and only then answers those who wait.

Group commit without any timer: alone, a job waits for one commit; under load, a hundred share it. A job that raises
takes nobody with it: the batch is rolled back, those before it go again together, it goes alone, those after it
follow. Order is kept. No savepoints: one around the inbox insert makes sqlite3 commit that row although the
transaction rolls back.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.store.catalogue import Kept
from bot.store.database import NOTIFY, Database
from bot.store.orders import Stale
from bot.store.tx import Tx
from bot.store.watchdog import Watchdog
from notifications.messages import Inbound

T = TypeVar("T")
log = structlog.get_logger("dorpsbode.writer")

MOST_PER_BATCH = 128
#: A message that would wait longer than this is refused (503) while it is still the platform's: it comes back by itself.
MOST_SECONDS = 0.5
#: Waits before a batch is tried again when the database, not a job, was the trouble (locked, deadlock, connection lost).
RETRY_AFTER = (0.02, 0.1, 0.4, 1.0)
#: The database's trouble, not a job's: trying again may help.
TROUBLE = (Stale, OperationalError, InterfaceError)


class Overloaded(Exception):
    """More waits than can be handled soon: the caller is asked to come back (503), nothing was stored."""


@dataclass(slots=True)
class Job(Generic[T]):
    """Work for one transaction. ``inbound`` is set for a turn, so that a batch can read ahead for all its turns at once.

    ``rescue`` is done instead, in a transaction of its own and before anything that was put later, when ``do`` raised.
    """

    do: Callable[[Tx], T]
    rescue: Callable[[Tx, Exception], T] | None = None
    inbound: Inbound | None = None
    lanes: tuple[str, ...] = ()
    loop: asyncio.AbstractEventLoop | None = None
    waiter: Any = None  # asyncio.Future on ``loop``, or concurrent.futures.Future
    result: Any = None
    error: BaseException | None = None


@dataclass
class Stats:
    """What the writer did, for the metrics."""

    jobs: int = 0
    batches: int = 0
    retries: int = 0
    busy_seconds: float = 0.0


def _rescued(rescue: Callable[[Tx, Exception], Any], wrong: Exception, tx: Tx) -> Any:
    return rescue(tx, wrong)


def _nothing(tx: Tx, jobs: Sequence[Job[Any]]) -> None:
    """Read nothing ahead."""


@dataclass
class Writer:
    """The one writer of a process. ``prepare`` reads ahead for a batch; ``after_commit`` hears of every commit."""

    database: Database
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    prepare: Callable[[Tx, Sequence[Job[Any]]], None] = _nothing
    after_commit: list[Callable[[Tx], None]] = field(default_factory=list)
    most_waiting: int = 4000

    def __post_init__(self) -> None:
        self.kept = Kept()
        self.watchdog = Watchdog()
        self.stats = Stats()
        self._waiting: deque[Job[Any]] = deque()
        self._some = threading.Condition()
        self._stopping = False
        self._pace, self._in_hand = 0.0, 0  # seconds per job, smoothed; jobs of the batch that is being done
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; calling it again changes nothing."""
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
            self._thread.start()
            self.watchdog.watch(self._thread)

    def stop(self) -> None:
        """Finish what waits, then end the thread."""
        with self._some:
            self._stopping = True
            self._some.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self.watchdog.stop()

    @property
    def running(self) -> bool:
        """Whether jobs are taken."""
        return self._thread is not None

    @property
    def waiting(self) -> int:
        """How many jobs wait now."""
        return len(self._waiting)

    def put(self, job: Job[Any]) -> None:
        """Add a job. Raises RuntimeError when the writer is not running, Overloaded when too many wait and this is a message
        from outside: what we owe ourselves (claims, marks, timers) is never turned away.
        """
        if job.inbound is not None and (len(self._waiting) >= self.most_waiting or self._too_slow()):
            raise Overloaded(f"{len(self._waiting)} jobs wait")
        with self._some:
            if self._thread is None or self._stopping:
                raise RuntimeError("the writer is not running")
            self._waiting.append(job)
            self._some.notify()

    def _too_slow(self) -> bool:
        """Whether one more would wait too long, at the pace of the last batches. A batch full may always wait."""
        ahead = len(self._waiting) + self._in_hand
        return len(self._waiting) >= MOST_PER_BATCH and ahead * self._pace > MOST_SECONDS

    async def run(
        self,
        do: Callable[[Tx], T],
        *,
        rescue: Callable[[Tx, Exception], T] | None = None,
        inbound: Inbound | None = None,
        lanes: tuple[str, ...] = (),
    ) -> T:
        """Do it in a transaction, together with whatever else waits; returns after the commit. Raises what it raised."""
        loop = asyncio.get_running_loop()
        job: Job[T] = Job(do, rescue, inbound, lanes, loop, loop.create_future())
        self.put(job)
        return await job.waiter  # type: ignore[no-any-return]

    def call(
        self,
        do: Callable[[Tx], T],
        *,
        rescue: Callable[[Tx, Exception], T] | None = None,
        inbound: Inbound | None = None,
        lanes: tuple[str, ...] = (),
    ) -> T:
        """The same for callers without an event loop; blocks."""
        job: Job[T] = Job(do, rescue, inbound, lanes, None, Future())
        self.put(job)
        return job.waiter.result()  # type: ignore[no-any-return]

    # --- the thread ---------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        while batch := self._take():
            began, self._in_hand = time.perf_counter(), len(batch)
            self._do(batch)
            took = time.perf_counter() - began
            self._pace += (took / len(batch) - self._pace) / 4
            self.stats.busy_seconds += took
            self.stats.jobs += len(batch)
            _answer(batch)

    def _take(self) -> list[Job[Any]]:
        with self._some:
            while not self._waiting and not self._stopping:
                self._some.wait()
            return [self._waiting.popleft() for _ in range(min(MOST_PER_BATCH, len(self._waiting)))]

    def _do(self, batch: list[Job[Any]]) -> None:
        if not batch:
            return
        failed = self._try(batch)
        if failed is None:
            return
        if len(batch) > 1:
            self._do(batch[:failed])
            self._do(batch[failed : failed + 1])
            self._do(batch[failed + 1 :])
        elif (rescue := batch[0].rescue) is not None and isinstance(wrong := batch[0].error, Exception):
            batch[0].do, batch[0].rescue = partial(_rescued, rescue, wrong), None
            self._do(batch)

    def _try(self, batch: list[Job[Any]]) -> int | None:
        """Do the batch; returns the place of the job that raised (its ``error`` is set), None when all stands."""
        for wait in (*RETRY_AFTER, None):
            try:
                return self._once(batch)
            except TROUBLE as trouble:
                self.stats.retries += 1
                if wait is None:
                    log.error("batch_given_up", jobs=len(batch), why=type(trouble).__name__)
                    for job in batch:
                        job.error = trouble
                    return None
                time.sleep(wait)
        return None

    def _one(self, job: Job[Any], tx: Tx) -> None:
        self.watchdog.begin()
        try:
            job.result, job.error = job.do(tx), None
        finally:
            self.watchdog.end()

    def _once(self, batch: list[Job[Any]]) -> int | None:
        at = -1
        try:
            with self.database.write() as conn:
                tx = Tx(conn, self.now(), self.kept, self.new_id)
                tx.lock([lane for job in batch for lane in job.lanes])
                self.prepare(tx, batch)
                for at, job in enumerate(batch):  # noqa: B007
                    self._one(job, tx)
                at = -1
                tx.flush()
                if tx.is_postgres and tx.queued:
                    conn.exec_driver_sql(f"NOTIFY {NOTIFY}")
        except Exception as wrong:
            if isinstance(wrong, TROUBLE):
                raise
            place = _culprit(batch, at, wrong)
            if place is None:
                return None
            batch[place].error = wrong
            return place
        tx.catalogue.committed()
        self.stats.batches += 1
        for hear in self.after_commit:
            hear(tx)
        return None


def _culprit(batch: list[Job[Any]], at: int, wrong: Exception) -> int | None:
    """Which job raised. When the shared writing raised, nobody knows: halve the batch until one is alone."""
    if at >= 0:
        return at
    return len(batch) // 2 if batch else None


def _answer(batch: list[Job[Any]]) -> None:
    """Tell everyone who waits; one call per event loop."""
    loops: dict[asyncio.AbstractEventLoop, list[Job[Any]]] = {}
    for job in batch:
        if job.loop is not None:
            loops.setdefault(job.loop, []).append(job)
        elif job.waiter is not None:
            _settle(job)
    for loop, jobs in loops.items():
        try:
            loop.call_soon_threadsafe(_settle_all, jobs)
        except RuntimeError:  # the loop is closed: nobody waits any more, what was committed stands
            log.info("nobody_waits", jobs=len(jobs))


def _settle_all(jobs: list[Job[Any]]) -> None:
    for job in jobs:
        _settle(job)


def _settle(job: Job[Any]) -> None:
    if job.waiter.done():
        return
    if job.error is not None:
        job.waiter.set_exception(job.error)
    else:
        job.waiter.set_result(job.result)
