"""HTTP with an end to it. uvicorn collects a request's head and trailers for ever, in one growing piece, and waits for ever:
200 MB of one header held up every other connection for half a minute (measured), and a thousand silent ones take all files.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Everything of a request but its body: the longest link we make is 400 bytes, platforms send about 2 kB of headers.
MOST_HEAD = 64 * 1024
#: From the first byte, or from connecting, to the last byte: platforms give up sooner (Twilio after 15 s).
MOST_SECONDS = 30.0


class Bounded(HttpToolsProtocol):
    """One connection. A head that is too long gets 400; a request that takes too long is cut off (within twice the time)."""

    most_head, most_seconds = MOST_HEAD, MOST_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody connected."""
        super().connection_made(transport)
        self._beside_body, self._since = 0, self.loop.time()
        self._next_look: Any = self.loop.call_later(self.most_seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """They left."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        if self._since and self.loop.time() - self._since >= self.most_seconds:
            self.transport.abort()
        else:
            self._next_look = self.loop.call_later(self.most_seconds, self._look)

    def data_received(self, data: bytes) -> None:
        """Bytes came in."""
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > self.most_head and not self.transport.is_closing():
            self.send_400_response("Too much beside the body.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._since = self.loop.time()

    def on_body(self, body: bytes) -> None:
        """A part of its body, which whoever reads it counts."""
        self._beside_body -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """It is all there: from here on it is we who take our time."""
        self._beside_body, self._since = 0, 0.0
        super().on_message_complete()
