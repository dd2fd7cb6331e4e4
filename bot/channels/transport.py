"""The wires: python-telegram-bot and twilio over aiohttp, which costs a tenth of httpx's CPU per call.

Both honour their timeouts, and let the caller tell "never left this machine" (``not_sent``) from "may have been executed".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]

CONNECT_SECONDS = 4.0
READ_SECONDS = 6.0
#: Shorter than any platform keeps an idle connection, so that we rarely write into one that was just closed.
KEEP_ALIVE_SECONDS = 15.0
#: What aiohttp raises before anything of the request has left. A full pool counts as a slow connect.
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientSSLError)
_FORM = "application/x-www-form-urlencoded"


def not_sent(error: BaseException | None) -> bool:
    """Whether this error, or what caused it, means that the platform cannot have seen the request."""
    while error is not None:
        if isinstance(error, NOT_SENT):
            return True
        error = error.__cause__
    return False


class Wire:
    """One aiohttp session, opened when first needed in the running loop. Environment proxies are honoured.

    aiohttp's own ``trust_env`` asks the environment anew in a thread, twice for each request.
    """

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """The open session. Must be called inside a running loop."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    def request(self, method: str, url: str, **more: Any) -> Any:
        """aiohttp's request, through the proxy that the environment names for this host."""
        parts = urlsplit(url)
        return self.session().request(method, url, proxy=proxy_for(parts.scheme, parts.netloc), **more)

    async def close(self) -> None:
        """Closes the session, if there is one."""
        if self._session is not None:
            await self._session.close()
            self._session = None


@cache
def proxy_for(scheme: str, netloc: str) -> str | None:
    """The proxy that the environment names for addresses like these when first asked; its own name and password stay in it."""
    host = netloc.rpartition("@")[2]
    return None if proxy_bypass(host) else getproxies().get(scheme)


class TelegramTransport(BaseRequest):
    """A transport for ``telegram.Bot``. Timeouts raise TimedOut, everything else on the wire NetworkError, with the cause kept.

    The words of these errors never hold the address: it contains the bot's token.
    """

    def __init__(self, read_seconds: float = READ_SECONDS, connections: int = 100) -> None:
        self._read_seconds = read_seconds
        self._wire = Wire(connections)
        self._headers = {"User-Agent": self.USER_AGENT, "Content-Type": _FORM}

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Opens the connections."""
        self._wire.session()

    async def shutdown(self) -> None:
        """Closes the connections."""
        await self._wire.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Makes one request; returns status and body. Files are not carried: this bot sends none."""
        if request_data is not None and request_data.contains_files:
            raise TypeError("this transport carries no files")
        data = urlencode(request_data.json_parameters).encode() if request_data else None
        timeout = aiohttp.ClientTimeout(
            connect=_seconds(connect_timeout, CONNECT_SECONDS), sock_read=_seconds(read_timeout, self._read_seconds)
        )
        try:
            async with self._wire.request(method, url, data=data, headers=self._headers, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut(f"{type(error).__name__}") from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error


class TooMany(Exception):
    """HTTP 429: not executed. ``seconds`` is what the platform asks us to wait, 0 when it did not say."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"429, retry after {seconds:g} s")
        self.seconds = seconds


def status_of(error: BaseException) -> int | None:
    """The HTTP status in one of twilio's exceptions: a page that could not be fetched has it in its second argument."""
    status = getattr(error, "status", None)
    if status is None and len(error.args) > 1:
        status = getattr(error.args[1], "status_code", None)
    return status if isinstance(status, int) else None


class TwilioTransport(AsyncHttpClient):  # type: ignore[misc]
    """An HTTP client for ``twilio.rest.Client``: twilio's own ignores timeouts and form-encodes JSON (issues 925, 932).

    ``api_url``: where ``https://<product>.twilio.com/x`` is sought instead, as ``<api_url>/<product>/x``; "" = Twilio.
    Raises TooMany for 429, and aiohttp's own errors when the wire fails.
    """

    def __init__(self, api_url: str = "", read_seconds: float = READ_SECONDS, connections: int = 100) -> None:
        super().__init__(logger=_silent, is_async=True, timeout=read_seconds)
        self._api_url = api_url.rstrip("/")
        self._read_seconds = read_seconds
        self._wire = Wire(connections)

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Makes one request in the encoding that its headers announce."""
        limits = aiohttp.ClientTimeout(connect=CONNECT_SECONDS, sock_read=timeout or self._read_seconds)
        async with self._wire.request(
            method,
            self._address(url),
            params=[(name, str(value)) for name, value in (params or {}).items() if value is not None],
            data=_encoded(data, headers or {}),
            headers={**(headers or {}), **_basic(auth)},
            timeout=limits,
            allow_redirects=allow_redirects,
        ) as answer:
            if answer.status == 429:
                raise TooMany(_retry_after(answer.headers))
            return Response(answer.status, await answer.text("utf-8", "replace"), answer.headers)

    async def close(self) -> None:
        """Closes the connections."""
        await self._wire.close()

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not self._api_url or not host.endswith(".twilio.com"):
            return url
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._api_url}/{host.split('.')[0]}{parts.path}{query}"


class _Silence:
    """twilio logs requests with phone numbers and texts: nobody needs those."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_args, **_more: None


_silent = cast(Any, _Silence())


def _seconds(value: Any, default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else cast("float | None", value)


def _encoded(data: dict[str, object] | None, headers: Mapping[str, str]) -> bytes | None:
    if not data:
        return None
    if headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(data, ensure_ascii=False).encode()
    return urlencode(data, doseq=True).encode()


def _basic(auth: tuple[str, str] | None) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(":".join(auth).encode()).decode()} if auth else {}


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("Retry-After", "")
    return float(value) if value.isdigit() else 0.0
