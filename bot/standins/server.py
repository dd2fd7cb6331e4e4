"""Stand-ins on free ports of this machine: in a thread of their own (``running``) or in the running loop (``serving``)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

import uvicorn
from starlette.types import ASGIApp

from bot.standins.common import StandIn

_PATIENCE_SECONDS = 10
_GRACE_SECONDS = 0.3


class Served(Protocol):
    """What can be served: a stand-in, or the demo's page. Its ``base_url`` is filled in."""

    base_url: str

    def app(self) -> ASGIApp: ...


class _Server(uvicorn.Server):
    """A uvicorn server that leaves the process's signal handlers alone and stops at once instead of at its next tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopped = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def main_loop(self) -> None:
        await self.stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for sock in sockets or []:
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_GRACE_SECONDS)
        for task in list(self.server_state.tasks):
            task.cancel()
        await self.lifespan.shutdown()


@asynccontextmanager
async def serving(*standins: Served, ports: Sequence[int] = (), host: str = "127.0.0.1") -> AsyncIterator[None]:
    """Serves the stand-ins in the running loop; each has its ``base_url`` when this enters. Port 0 or none = a free one."""
    servers = [_server(standin, *_socket(host, ports[n] if n < len(ports) else 0)) for n, standin in enumerate(standins)]
    tasks = [asyncio.create_task(server.serve(sockets=[sock])) for server, sock in servers]
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not all(server.started for server, _ in servers):
                _raise_early(tasks)
                await asyncio.sleep(0.005)
        yield
    finally:
        for server, _ in servers:
            server.stopped.set()
        await asyncio.gather(*tasks)


@contextmanager
def running(*standins: StandIn, ports: Sequence[int] = (), host: str = "127.0.0.1") -> Iterator[None]:
    """Serves the stand-ins in a background thread, for callers without a loop; each has its ``base_url`` when this enters."""
    ready, done = threading.Event(), threading.Event()
    errors: list[BaseException] = []

    async def hold() -> None:
        async with serving(*standins, ports=ports, host=host):
            ready.set()
            while not done.is_set():
                await asyncio.sleep(0.02)

    def main() -> None:
        try:
            asyncio.run(hold())
        except BaseException as error:
            errors.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=main, name="stand-ins", daemon=True)
    thread.start()
    ready.wait(_PATIENCE_SECONDS)
    if errors:
        raise errors[0]
    try:
        yield
    finally:
        done.set()
        thread.join(_PATIENCE_SECONDS)
    if errors:
        raise errors[0]


def settle(*standins: StandIn) -> None:
    """Waits, from a thread without a loop, until the stand-ins have done all that is due by their clocks, together."""
    for standin in standins:
        if standin.agenda.loop is None:
            raise RuntimeError(f"the stand-in for {standin.platform} is not running")
    first = standins[0].agenda.loop
    assert first is not None
    asyncio.run_coroutine_threadsafe(_settle(standins), first).result(60)


async def _settle(standins: Sequence[StandIn]) -> None:
    for standin in (*standins, *standins):
        await standin.settle()


def _socket(host: str, port: int) -> tuple[socket.socket, str]:
    # Without the protocol named, asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    return sock, f"http://{host}:{sock.getsockname()[1]}"


def _server(standin: Served, sock: socket.socket, url: str) -> tuple[_Server, socket.socket]:
    standin.base_url = url
    config = uvicorn.Config(
        standin.app(), log_level="warning", access_log=False, lifespan="on", timeout_keep_alive=75, date_header=False
    )
    return _Server(config), sock


def _raise_early(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        if task.done():
            task.result()
            raise RuntimeError("a stand-in stopped before it had started")
