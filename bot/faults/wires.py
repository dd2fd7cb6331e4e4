"""Wires without sockets: the real clients of Telegram, Twilio and Mollie, and the stand-ins' webhooks, by function call.

What a wire can do to a call is what a real one can: refuse the connection, cut it before or after the call was executed, answer
late. The words of the errors are those of aiohttp and requests, so that the code above sees what it would see.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import requests
from requests.adapters import BaseAdapter
from starlette.types import ASGIApp, Message

#: The outbox key of the delivery under way, for whoever wants to know what a call was for.
CURRENT_KEY: ContextVar[str] = ContextVar("current_key", default="")
#: Called before and after each call: ``before`` may refuse the connection, ``after`` may lose the answer.
Gate = Callable[[str, str], None]
LATE_SECONDS = 8.0


class Reply:
    """A whole answer."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    async def read(self) -> bytes:
        return self.body

    async def text(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return self.body.decode(encoding, errors)


async def ask(app: ASGIApp, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes) -> Reply:
    """One request to an ASGI application. Raises ConnectionAbortedError when it cuts the connection."""
    parts = urlsplit(url)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method.upper(), "scheme": parts.scheme,
        "path": parts.path, "raw_path": parts.path.encode(), "query_string": parts.query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 1), "server": (parts.hostname or "", 80),
    }  # fmt: skip
    start: Message = {}
    chunks: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            chunks.append(message.get("body", b""))

    await app(scope, receive, send)
    found = {name.decode().lower(): value.decode() for name, value in start.get("headers", [])}
    return Reply(int(start["status"]), found, b"".join(chunks))


class Router:
    """Which stand-in lives at which address."""

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        self.apps = dict(apps)

    def find(self, url: str) -> tuple[str, ASGIApp]:
        """Name and application behind an address. Raises LookupError."""
        host = urlsplit(url).hostname or ""
        return host.partition(".")[0], self.apps[host]


class Session:
    """In the place of an aiohttp session."""

    closed = False

    def __init__(self, router: Router, before: Gate, after: Gate) -> None:
        self._router, self._before, self._after = router, before, after

    @contextlib.asynccontextmanager
    async def request(self, method: str, url: str, *, data: bytes | None = None, params: Any = None,
                      headers: Mapping[str, str] | None = None, **_: Any) -> Any:  # fmt: skip
        """One call. Raises aiohttp's errors."""
        name, app = self._router.find(url)
        if params:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(params)}"
        self._before(name, url)
        try:
            async with asyncio.timeout(LATE_SECONDS):
                reply = await ask(app, method, url, (headers or {}).items(), data or b"")
        except ConnectionError as cut:
            self._after(name, url)
            raise aiohttp.ServerDisconnectedError from cut
        except TimeoutError as late:
            self._after(name, url)
            raise aiohttp.SocketTimeoutError from late
        self._after(name, url)
        yield reply

    async def close(self) -> None:
        """Nothing is open."""


class Wire:
    """In the place of bot.channels.transport.Wire."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def session(self) -> Session:
        return self._session

    def request(self, method: str, url: str, **more: Any) -> Any:
        return self._session.request(method, url, **more)

    async def close(self) -> None:
        """Nothing is open."""


class Adapter(BaseAdapter):
    """Mounted on a requests session: synchronous calls, answered in place. A late answer counts as a timeout."""

    def __init__(self, router: Router, before: Gate, after: Gate) -> None:
        super().__init__()
        self._router, self._before, self._after = router, before, after

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
        """One call. Raises requests' errors."""
        name, app = self._router.find(request.url)
        self._before(name, request.url)
        body = request.body or b""
        asked = ask(app, request.method, request.url, request.headers.items(), body.encode() if isinstance(body, str) else body)
        try:
            reply = _at_once(asked)
        except ConnectionError as cut:
            self._after(name, request.url)
            raise requests.exceptions.ConnectionError("cut") from cut
        self._after(name, request.url)
        if reply is None:
            raise requests.exceptions.ReadTimeout("late")
        return _response(request, reply)

    def close(self) -> None:
        """Nothing is open."""


def _at_once(asked: Awaitable[Reply]) -> Reply | None:
    """What a coroutine returns when it never waits; None when it does (a slow answer)."""
    running = asked.__await__()
    try:
        next(running)
    except StopIteration as done:
        found: Reply = done.value
        return found
    running.close()
    return None


def _response(request: Any, reply: Reply) -> requests.Response:
    made = requests.Response()
    made.status_code, made._content, made.url, made.request = reply.status, reply.body, request.url, request
    made.headers.update(reply.headers)
    return made


def no_connection(url: str) -> aiohttp.ClientConnectorError:
    """What aiohttp raises when nobody listens: the call certainly never left."""
    from aiohttp.client_reqrep import ConnectionKey

    host = urlsplit(url).hostname or ""
    key = ConnectionKey(host, 443, True, True, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError(111, "Connection refused"))
