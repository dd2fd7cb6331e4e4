"""What a stranger can do with a bare connection: a head or trailers without end, silence, noise. Over a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import Any

import pytest
import uvicorn

from bot.clock import Clock
from bot.commands.serve import configured
from bot.http import MOST_HEAD, Bounded
from bot.settings import Settings
from bot.wiring import build
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, echo, quiet, ring
from tests.security.test_logs import Captured, captured

__all__ = ["captured", "database_url"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
Story = Callable[[int], Coroutine[Any, Any, None]]


@asynccontextmanager
async def serving(database_url: str) -> AsyncIterator[int]:
    """``dorpsbode serve`` in this process, without its worker; yields the port."""
    settings = Settings(database=database_url, embedded_worker=False, twilio_sid="AC" + "0" * 32, twilio_token="t" * 32,
                        twilio_from="+31850000000")  # fmt: skip
    app = build(settings, Clock(NOW), converse=echo, announce=quiet, fire=ring)
    server = uvicorn.Server(configured(app, "127.0.0.1", 0))
    server.capture_signals = nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task
        app.close()


def play(database_url: str, story: Story) -> None:
    async def whole() -> None:
        async with serving(database_url) as port:
            await asyncio.wait_for(story(port), 60)
            assert (await _said(port, HEALTH)).startswith(b"HTTP/1.1 200")  # whatever was done, others are served

    asyncio.run(whole())


async def _said(port: int, *parts: bytes) -> bytes:
    """What the server answers to these bytes; "" when it hangs up without a word."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        return await reader.read(2000)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def _taken(port: int, begin: bytes, piece: bytes, most: int = 200) -> int:
    """How many bytes of an endless request the server takes before it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begin)
    taken = 0
    with suppress(ConnectionError):
        while taken < most * len(piece):
            writer.write(piece)
            await writer.drain()
            taken += len(piece)
            await asyncio.sleep(0.001)
            if reader.at_eof():
                break
    writer.close()
    return taken


CHUNKED = b"POST /whatsapp HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "one header": (b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: ", b"a" * 65536),
    "many headers": (b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"A: b\r\n" * 10000),
    "a name": (b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"a" * 65536),
    "a path": (b"GET /", b"a" * 65536),
    "trailers": (CHUNKED + b"1\r\na\r\n0\r\n", b"A: b\r\n" * 10000),
    "one trailer": (CHUNKED + b"1\r\na\r\n0\r\nA: ", b"a" * 65536),
    "a chunk's name": (CHUNKED + b"1;x=", b"a" * 65536),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_head_without_end_is_cut_off(database_url: str, kind: str) -> None:
    async def story(port: int) -> None:
        assert await _taken(port, *ENDLESS[kind]) < 4_000_000  # of 13 MB: what was under way in the sockets counts too

    play(database_url, story)


def test_what_a_platform_sends_is_well_within(database_url: str) -> None:
    """A long but honest head, a body of the largest size, in pieces and in chunks, twice on one connection."""
    head = b"POST /whatsapp HTTP/1.1\r\nHost: x\r\nCookie: " + b"c" * (MOST_HEAD - 1000)
    body = b"a" * 200_000
    chunks = b"".join(b"%x\r\n%s\r\n" % (1000, body[at : at + 1000]) for at in range(0, 200_000, 1000)).replace(b"3e8", b"3E8")

    async def story(port: int) -> None:
        whole = head + b"\r\nContent-Length: 200000\r\n\r\n" + body
        assert (await _said(port, whole[:1000], whole[1000:])).startswith(b"HTTP/1.1 403")
        assert (await _said(port, head + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")).startswith(
            b"HTTP/1.1 403"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(30):
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: " + b"c" * 8000 + b"\r\n\r\n")
            assert (await reader.readuntil(b"\r\n\r\nok")).startswith(b"HTTP/1.1 200")
        writer.close()

    play(database_url, story)


@pytest.mark.parametrize("begun", [
    b"", b"POST /whatsapp HTTP/1.1\r\nHost: x\r\n", b"POST /whatsapp HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na",
    HEALTH + b"POST /wha",
])  # fmt: skip
def test_silence_is_cut_off(database_url: str, begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bounded, "most_seconds", 0.1)

    async def story(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        while await reader.read(2000):  # what it says before it hangs up
            pass
        writer.close()

    play(database_url, story)


def test_who_is_quiet_between_two_requests_is_left_alone(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bounded, "most_seconds", 0.05)

    async def story(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(HEALTH)
            assert (await reader.readuntil(b"\r\n\r\nok")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.2)
        writer.close()

    play(database_url, story)


NOISE = (
    b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"FOO / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
)  # fmt: skip


def test_noise_leaves_no_line_in_the_log(database_url: str, captured: Captured) -> None:
    async def story(port: int) -> None:
        for noise in NOISE:
            assert (await _said(port, noise)).startswith(b"HTTP/1.1 ")

    play(database_url, story)
    assert captured.getvalue() == ""
