"""The wire under the channels: the proxy that the environment names is asked, and no other."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.transport import Wire


async def _proxied(asked: list[str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    await writer.drain()
    writer.close()


async def _asked_through(host: str, monkeypatch: pytest.MonkeyPatch, *, no_proxy: str) -> list[str]:
    """What a proxy on this machine was asked when the environment names it and something is fetched from ``host``."""
    asked: list[str] = []
    server = await asyncio.start_server(lambda r, w: _proxied(asked, r, w), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://jan:geheim@127.0.0.1:{port}")
    monkeypatch.setenv("no_proxy", no_proxy)
    wire = Wire()
    try:
        async with wire.request("GET", f"http://{host.replace('PORT', str(port))}/x") as answer:
            assert await answer.text() == "ok"
    finally:
        await wire.close()
        server.close()
    return asked


async def _through_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = await _asked_through("somewhere.invalid", monkeypatch, no_proxy="")
    assert asked[0].startswith("GET http://somewhere.invalid/x HTTP/1.1")
    assert "Proxy-Authorization: Basic amFuOmdlaGVpbQ==" in asked[0]


async def _past_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = await _asked_through("127.0.0.1:PORT", monkeypatch, no_proxy="127.0.0.1")
    assert asked[0].startswith("GET /x HTTP/1.1")
    assert "Proxy-Authorization" not in asked[0]


def test_a_proxy_in_the_environment_is_asked_with_its_name_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(_through_proxy(monkeypatch))


def test_hosts_that_need_no_proxy_are_asked_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(_past_proxy(monkeypatch))
