"""A load generator: HTTP/1.1 over kept-alive connections to this machine, cheap enough to sit beside what it measures.

``closed``: each connection sends as soon as it was answered (how much fits). ``opened``: messages leave at their planned
moment whether or not others were answered, and latency counts from that moment (how long people wait).
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.bench.load_messages import Shot

#: Bounds, whatever is asked: a benchmark must not hang a machine.
MOST_CONNECTIONS = 512
LONGEST_SECONDS = 900.0
_ANSWER_SECONDS = 30.0


@dataclass(slots=True)
class Answered:
    """One request: which message, when it was meant to leave (epoch seconds), how long until its answer, and the status.

    Status 0: there was no answer.
    """

    event: str
    at: float
    seconds: float
    status: int


@dataclass
class Tally:
    """All requests of one run. ``seconds``: from the first request to the last answer."""

    answers: list[Answered] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def statuses(self) -> Counter[int]:
        """How often each status came."""
        return Counter(one.status for one in self.answers)

    @property
    def accepted(self) -> dict[str, float]:
        """When each message that was answered 200 had been meant to leave."""
        return {one.event: one.at for one in self.answers if one.status == 200}

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of all requests was answered, whatever the answer."""
        return percentile([one.seconds for one in self.answers], share)


def percentile(seconds: Iterable[float], share: float) -> float:
    """The value at this share (0.99), in milliseconds; 0 without any."""
    found = sorted(seconds)
    return round(1000 * found[min(len(found) - 1, int(len(found) * share))], 1) if found else 0.0


class _Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head):
            self._got = b""
            self._settle(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._settle(0)

    def _settle(self, status: int) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(status)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    async def ask(self, request: bytes) -> int:
        """Send it; returns the status, 0 when the connection broke."""
        if self._transport is None:
            return 0
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiter

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    low = head.lower()
    at = low.find(b"content-length:")
    return int(low[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class Load:
    """Sends messages to one or more servers on this machine, in turn."""

    def __init__(self, urls: Sequence[str]) -> None:
        parts = [urlsplit(url) for url in urls]
        if any(part.hostname != "127.0.0.1" for part in parts):
            raise ValueError("a load generator only ever sends to 127.0.0.1")
        self._ports = [part.port or 80 for part in parts]
        self._next = 0
        self._idle: deque[_Connection] = deque()
        self._open = 0

    async def _connect(self) -> _Connection | None:
        while self._idle:
            if (known := self._idle.popleft()).is_open:
                return known
            self._open -= 1
        port = self._ports[self._next % len(self._ports)]
        self._next += 1
        try:
            _, made = await asyncio.get_running_loop().create_connection(_Connection, "127.0.0.1", port)
        except OSError:
            return None
        self._open += 1
        return made

    async def _send(self, shot: Shot, planned: float, tally: Tally, connection: _Connection | None = None) -> None:
        """One request; ``planned`` is on the clock of time.perf_counter."""
        used = connection or await self._connect()
        status = 0
        if used is not None:
            try:
                async with asyncio.timeout(_ANSWER_SECONDS):
                    status = await used.ask(shot.request)
            except TimeoutError:
                used.close()
            if connection is None:
                self._idle.append(used)
        now = time.perf_counter()
        tally.answers.append(Answered(shot.event, time.time() - (now - planned), now - planned, status))

    async def closed(self, lanes: Sequence[Iterator[Shot]], most: int) -> Tally:
        """As fast as answers come, each lane on a connection of its own; at most so many messages in all."""
        tally, left, began = Tally(), most, time.perf_counter()
        until = began + LONGEST_SECONDS

        async def drive(lane: Iterator[Shot]) -> None:
            nonlocal left
            connection = await self._connect()
            for shot in lane:
                if left <= 0 or time.perf_counter() > until or connection is None or not connection.is_open:
                    break
                left -= 1
                await self._send(shot, time.perf_counter(), tally, connection)
            if connection is not None:
                self._idle.append(connection)

        await asyncio.gather(*(drive(lane) for lane in lanes[:MOST_CONNECTIONS]))
        tally.seconds = time.perf_counter() - began
        return tally

    async def opened(self, shots: Iterator[Shot], rate: float, seconds: float) -> Tally:
        """So many per second, each at its moment, for so long; then waits for the last answers."""
        tally, began = Tally(), time.perf_counter()
        tasks: set[asyncio.Task[None]] = set()
        for number in range(int(rate * min(seconds, LONGEST_SECONDS))):
            planned = began + number / rate
            if (early := planned - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            while len(tasks) >= MOST_CONNECTIONS:  # the lateness this causes counts: latency is from ``planned``
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            task = asyncio.create_task(self._send(next(shots), planned, tally))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)
        tally.seconds = time.perf_counter() - began
        return tally

    def close(self) -> None:
        """Close the connections."""
        while self._idle:
            self._idle.popleft().close()
