"""How a stand-in reaches the bot: one POST over HTTP, and what came of it.

``Postman`` is the real thing (aiohttp). Public addresses such as ``https://bot.example`` can be led to this machine with
``routes``, so that the bot may be set up with the https addresses that the platforms demand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp

_KEEP_ALIVE_SECONDS = 3  # below uvicorn's 5: a connection that the other side just closed would look like a lost webhook


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or ``failure`` (``connect``, ``timeout``, ``cut``) and status 0."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: str | None = None

    @property
    def ok(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status < 300

    def __str__(self) -> str:
        return self.failure or f"status {self.status}"


class Poster(Protocol):
    """Delivers one webhook; tests may put their own in its place."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        """Never raises for what the network or the other side does: that is an Answer too."""

    async def close(self) -> None:
        """Lets go of connections."""


class Postman:
    """Posts over HTTP with aiohttp, one session per event loop."""

    def __init__(self, routes: Mapping[str, str] | None = None) -> None:
        self.routes = dict(routes or {})
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def route(self, url: str) -> str:
        """The address on this machine for a public address."""
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url[len(public) :]
        return url

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        limits = aiohttp.ClientTimeout(total=timeout, sock_connect=min(5.0, timeout))
        try:
            async with self._open().post(
                self.route(url), data=body, headers=headers, timeout=limits, allow_redirects=False
            ) as got:
                return Answer(got.status, await got.read(), {k.lower(): v for k, v in got.headers.items()})
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            return Answer(0, failure="connect")
        except TimeoutError:
            return Answer(0, failure="timeout")
        except aiohttp.ClientError:
            return Answer(0, failure="cut")

    async def close(self) -> None:
        if self._session and self._loop is asyncio.get_running_loop():
            await self._session.close()
        self._session = None

    def _open(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS)
            self._session, self._loop = aiohttp.ClientSession(connector=connector), loop
        return self._session
