"""An event loop whose time jumps to the next thing to do: hours of waiting cost nothing, and nothing runs beside it."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.clock import Clock

T = TypeVar("T")


class _Jump(selectors.SelectSelector):
    """Waits for nothing: says how long the loop would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.jump: Callable[[float | None], None] = lambda timeout: None

    def select(self, timeout: float | None = None) -> list[Any]:
        self.jump(timeout)
        return []


class Deadlock(RuntimeError):
    """Everything waits for something that will never happen."""


class CountedLoop(asyncio.SelectorEventLoop):
    """Time is a number that grows by what would have been waited. Executors run in place. ``each_step`` hears every turn."""

    def __init__(self) -> None:
        selector = _Jump()
        super().__init__(selector)
        self._counted = 0.0
        selector.jump = self._jump
        self.each_step: Callable[[], None] = lambda: None
        self.tasks: list[tuple[asyncio.Task[Any], Context | None]] = []

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._counted

    def _jump(self, timeout: float | None) -> None:
        self.each_step()
        if timeout is None:
            raise Deadlock("nothing will ever happen any more")
        self._counted += max(0.0, timeout)

    def _write_to_self(self) -> None:
        """Nobody else can wake this loop, and it never sleeps."""

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> asyncio.Future[T]:  # type: ignore[override]
        """In place: the answer is there at once."""
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except BaseException as wrong:
            future.set_exception(wrong)
        return future


class CountedClock(Clock):
    """The clock of bot and stand-ins: a first moment plus the loop's time, movable."""

    def __init__(self, loop: CountedLoop, begin: datetime) -> None:
        super().__init__(begin)
        self._loop = loop

    def now(self) -> datetime:
        """Now, aware, UTC."""
        return super().now().astimezone(UTC) + timedelta(seconds=self._loop.time())


def run(main: Callable[[CountedLoop], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on a loop of its own; whatever is left over is cancelled."""
    loop = CountedLoop()
    loop.set_exception_handler(lambda _loop, _context: None)  # what a killed process leaves behind is nobody's concern
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(main(loop))
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.001))
        asyncio.set_event_loop(None)
        loop.close()
