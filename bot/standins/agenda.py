"""When things happen at a stand-in: a clock that can be moved, and the work that is due by that clock."""

from __future__ import annotations

import asyncio
import heapq
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
Job = Callable[[], Awaitable[None]]

_NAP_SECONDS = 0.25  # a moved clock that told nobody is noticed this soon


class MovableClock:
    """Real time plus an offset, or a fixed moment that only moves when told. Shared by stand-ins and bot in tests and demo."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed.astimezone(UTC) if fixed else None
        self._offset = timedelta(0)

    def __call__(self) -> datetime:
        return (self._fixed or datetime.now(UTC)) + self._offset

    def advance(self, seconds: float) -> None:
        """Moves the clock; backwards with a negative number."""
        self._offset += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Moves the clock to an aware moment; it keeps running from there unless it was fixed."""
        if moment.tzinfo is None:
            raise ValueError("a clock wants an aware moment")
        self._offset += moment.astimezone(UTC) - self()


class Agenda:
    """Work that waits for its moment. Whoever runs it (a server's ``run``, a test's ``settle``) starts what is due.

    Due jobs run side by side as tasks; what must stay in order is kept so by the job itself. ``at`` may be called from any
    thread.
    """

    def __init__(self, clock: Clock, failed: Callable[[BaseException], None]) -> None:
        self.clock = clock
        self._failed = failed
        self._heap: list[tuple[float, int, Job]] = []
        self._count = 0
        self._lock = threading.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell: asyncio.Event | None = None

    def at(self, due: datetime, job: Job) -> None:
        """Puts a job on the agenda."""
        with self._lock:
            self._count += 1
            heapq.heappush(self._heap, (due.timestamp(), self._count, job))
        self.wake()

    def after(self, seconds: float, job: Job) -> None:
        """Like ``at``, so many seconds from now."""
        self.at(self.clock() + timedelta(seconds=seconds), job)

    def wake(self) -> None:
        """Tells a running pump to look again; safe from any thread."""
        if self._loop and self._bell and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._bell.set)

    def next_due(self) -> datetime | None:
        """The moment of the earliest waiting job."""
        with self._lock:
            return datetime.fromtimestamp(self._heap[0][0], UTC) if self._heap else None

    async def run(self) -> None:
        """Pumps for ever; the server's lifespan starts and cancels it."""
        self._loop, self._bell = asyncio.get_running_loop(), asyncio.Event()
        while True:
            self._bell.clear()
            self._start_due()
            try:
                await asyncio.wait_for(self._bell.wait(), self._nap())
            except TimeoutError:
                continue

    async def settle(self) -> None:
        """Runs everything that is due by now, and what that makes due, until all is quiet."""
        self._start_due()
        while self._tasks:
            await asyncio.wait(set(self._tasks), return_when=asyncio.FIRST_COMPLETED)
            self._start_due()

    async def drain(self) -> None:
        """Stops what is under way; for shutting down."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The loop the pump runs in, while it runs."""
        return self._loop

    def _nap(self) -> float | None:
        due = self.next_due()
        return None if due is None else min(_NAP_SECONDS, max(0.0, (due - self.clock()).total_seconds()))

    def _start_due(self) -> None:
        now = self.clock().timestamp()
        while job := self._pop(now):
            task = asyncio.ensure_future(job())
            self._tasks.add(task)
            task.add_done_callback(self._done)

    def _pop(self, now: float) -> Job | None:
        with self._lock:
            return heapq.heappop(self._heap)[2] if self._heap and self._heap[0][0] <= now else None

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._failed(error)
