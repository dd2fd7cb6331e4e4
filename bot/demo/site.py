"""The page of the demo and what it asks for; every other address on the port belongs to the bot itself: webhooks, pay pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.demo import guide, screens
from bot.demo.cast import samples
from bot.demo.stage import Stage, forget
from catalog.square import AMSTERDAM, Square
from notifications.channel import WHATSAPP

_PAGE = Path(__file__).parent / "page"
_WATCH_SECONDS = 0.05
_HEARTBEAT = 200
_CSP = (
    "default-src 'self'; frame-src http:; frame-ancestors 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'"
)
#: The demo shows the bot's own pay page in a panel, and follows its form to the stand-in on another port.
_FRAMED = {b"x-frame-options": None, b"content-security-policy": None}

Handler = Callable[[Request], Awaitable[Response]]


class Site:
    """Serves a stage that may be taken down and built anew (``reset``). ``base_url`` is set by the server."""

    def __init__(self, square: Square, folder: Path) -> None:
        self.square, self.folder = square, folder
        self.base_url = ""
        self.stage: Stage | None = None
        self._up = AsyncExitStack()
        self._busy = asyncio.Lock()
        self._over = False

    # --- up and down --------------------------------------------------------------------------------------------------------
    async def open(self, begin: Any = None) -> Stage:
        """Build the stage and let the people in."""
        self._up = AsyncExitStack()
        self.stage = await self._up.enter_async_context(Stage(self.square, self.folder, self.base_url, begin).running())
        await self.stage.enter()
        return self.stage

    async def close(self) -> None:
        """Take the stage down for good: pages that watch are let go, and a reset under way is waited for."""
        self._over = True
        async with self._busy:
            await self._take_down()

    async def _take_down(self) -> None:
        self.stage = None
        await self._up.aclose()

    async def reset(self) -> None:
        """A clean village; nothing any more once it is closed. Raises nothing that open does not."""
        async with self._busy:
            if not self._over:
                await self._take_down()
                forget(self.folder)
                await self.open()

    # --- ASGI -----------------------------------------------------------------------------------------------------------------
    def app(self) -> ASGIApp:
        """The demo's own addresses, and behind them the bot."""
        mine = Starlette(routes=[
            Route("/", self._index),
            Mount("/demo/page", StaticFiles(directory=_PAGE)),
            Route("/demo/state", _friendly(self._state)),
            Route("/demo/events", self._events),
            *(Route(f"/demo/{name}", _friendly(do), methods=["POST"]) for name, do in self._deeds().items()),
        ])  # fmt: skip

        async def outer(scope: Scope, receive: Receive, send: Send) -> None:
            demo = scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith("/demo/")
            if demo or self.stage is None:
                await mine(scope, receive, send)
            else:
                await self.stage.app.asgi(scope, receive, _framed(send))

        return outer

    def _deeds(self) -> dict[str, Handler]:
        return {"send": self._send, "tap": self._tap, "channel": self._channel, "clock": self._clock, "reset": self._reset}

    async def _index(self, request: Request) -> Response:
        headers = {"Content-Security-Policy": _CSP, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
        return FileResponse(_PAGE / "index.html", headers=headers)

    async def _state(self, request: Request) -> Response:
        stage = self._on()
        return JSONResponse(await asyncio.to_thread(state_of, stage), headers={"Cache-Control": "no-store"})

    async def _send(self, request: Request) -> Response:
        wish, stage = await _wish(request), self._on()
        stage.send(wish["person"], wish["kind"], wish.get("text", ""))
        await stage.quiet()
        return JSONResponse({})

    async def _tap(self, request: Request) -> Response:
        wish, stage = await _wish(request), self._on()
        stage.tap(wish["person"], wish["message"], wish["data"])
        await stage.quiet()
        return JSONResponse({})

    async def _channel(self, request: Request) -> Response:
        wish = await _wish(request)
        if wish["channel"] not in ("telegram", "whatsapp"):
            raise ValueError("telegram of whatsapp")
        await self._on().switch(wish["person"], wish["channel"])
        return JSONResponse({})

    async def _clock(self, request: Request) -> Response:
        await self._on().move((await _wish(request))["move"])
        return JSONResponse({})

    async def _reset(self, request: Request) -> Response:
        await _wish(request)
        await self.reset()
        return JSONResponse({})

    def _on(self) -> Stage:
        if self.stage is None:
            raise NotYet
        return self.stage

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._watch(request), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _watch(self, request: Request) -> AsyncIterator[str]:
        seen, quiet = "", 0
        while not self._over and not await request.is_disconnected():
            now = f"{self.stage.started}.{self.stage.version}" if self.stage else ""
            if now and now != seen:
                seen, quiet = now, 0
                yield f"data: {now}\n\n"
            elif (quiet := quiet + 1) % _HEARTBEAT == 0:
                yield ": nog hier\n\n"
            await asyncio.sleep(_WATCH_SECONDS)


class NotYet(Exception):
    """The village is being built."""


def state_of(stage: Stage) -> dict[str, Any]:
    """Everything the page shows."""
    players = {stage.person[player.id]: player for player in stage.players if player.id in stage.person}
    now = stage.clock.now()
    with stage.app.database.read() as conn:
        step, text = guide.next_step(conn, stage.square, players, now) if players else (0, "Het plein gaat open.")
        orders = guide.orders_placed(conn, stage.square.slug)
    bubbles = screens.bubbles(stage.twilio)
    return {
        "started": stage.started, "now": now.astimezone(AMSTERDAM).isoformat(), "square": stage.square.name,
        "phones": [asdict(handset) for handset in stage.handsets],
        "people": {player.id: _person(stage, player) for player in stage.players},
        "samples": samples(stage.square), "next": {"step": step, "text": text},
        "cost": {"bubbles": bubbles, "cents": bubbles * WHATSAPP.bubble_cents, "orders": orders},
    }  # fmt: skip


def _person(stage: Stage, player: Any) -> dict[str, Any]:
    chats = {"telegram": screens.of_telegram(stage.telegram, player), "whatsapp": screens.of_whatsapp(stage.twilio, player)}
    return {"name": player.name, "label": player.label, "role": player.role_name, "tab": player.tab,
            "channel": stage.channel[player.id], "chats": chats}  # fmt: skip


async def _wish(request: Request) -> dict[str, Any]:
    """A JSON object; the content type keeps other sites' forms out."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise ValueError("een JSON-object graag")
    wish = json.loads(await request.body())
    if not isinstance(wish, dict):
        raise ValueError("een JSON-object graag")
    return wish


def _friendly(handler: Handler) -> Handler:
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except NotYet:
            return JSONResponse({"error": "Even geduld, het plein gaat open."}, 503)
        except (KeyError, ValueError, LookupError, TypeError) as wrong:
            return JSONResponse({"error": f"Dat lukte niet: {wrong}"}, 400)

    return answer


def _framed(send: Send) -> Send:
    async def loosened(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [(name, value) for name, value in message["headers"] if name.lower() not in _FRAMED]
        await send(message)

    return loosened
