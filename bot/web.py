"""The web process: webhooks in, the pay page, health and metrics. A webhook is answered 200 only after its row is committed."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.base import BadSignature
from bot.inbox import error_place
from bot.store.writer import TROUBLE, Overloaded
from notifications.messages import Inbound

if TYPE_CHECKING:
    from bot.wiring import App

log = structlog.get_logger("dorpsbode.web")

#: A Telegram update or a Twilio form is a few kB; more is no message.
MOST_BODY = 256 * 1024
#: Sent with every page: nothing from elsewhere, no framing, no referrer (the address holds a token).
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                               "form-action 'self' https:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}  # fmt: skip

Handler = Callable[[Request], Awaitable[Response]]


async def body_of(request: Request) -> bytes:
    """The raw body. Raises HTTPException 413 when it is larger than any message."""
    length = request.headers.get("content-length") or "0"
    if length.isdecimal() and int(length[:20]) > MOST_BODY:  # anything else is no length: the body itself is counted
        raise HTTPException(413)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BODY:
            raise HTTPException(413)
        parts.append(part)
    return b"".join(parts)


def webhook(app: App, name: str) -> Handler:
    """The route of one channel: verify, parse, store and handle, answer."""

    async def receive(request: Request) -> Response:
        channel = app.channels.get(name)
        if channel is None:
            raise HTTPException(404)
        try:
            body = await body_of(request)
            incoming = channel.parse(request.headers, body, _path(request))
        except BadSignature:
            app.meter.forged(name)
            return PlainTextResponse("", 403)
        except (ValueError, ClientDisconnect):
            app.meter.unreadable(name)
            return PlainTextResponse("", 400)
        for one in incoming:
            if isinstance(one, Inbound):
                await app.inbox.take(one)
            else:
                await app.delivery.report(name, one)
        return Response(b"", 200, media_type="text/xml" if name == "whatsapp" else None)

    return _answering(receive)


def _path(request: Request) -> str:
    raw = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    return str(raw.decode("latin-1").partition("?")[0] + ("?" + query.decode("latin-1") if query else ""))


def _answering(handler: Handler) -> Handler:
    """What could not be stored is asked for again later (503); anything that was stored never gets a 5xx."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (Overloaded, *TROUBLE) as trouble:
            log.warning("not_stored", why=type(trouble).__name__)
            return PlainTextResponse("", 503, {"Retry-After": "2"})

    return answer


def telegram(app: App) -> Handler:
    """Telegram's route: the path holds a secret too, compared in constant time."""
    receive = webhook(app, "telegram")

    async def guarded(request: Request) -> Response:
        if not hmac.compare_digest(request.path_params["path_secret"].encode(), app.telegram_path_secret.encode()):
            app.meter.forged("telegram")
            return PlainTextResponse("", 403)
        return await receive(request)

    return guarded


def _is_local(app: App) -> bool:
    return urlsplit(app.settings.public_url).hostname in ("127.0.0.1", "localhost", "::1")


def health(app: App) -> list[BaseRoute]:
    """``/healthz`` (this process), ``/readyz`` (database, schema, worker, outbox) and ``/metrics``."""

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(request: Request) -> Response:
        wrong = await app.not_ready()
        return PlainTextResponse("\n".join(wrong) or "ok", 503 if wrong else 200)

    async def metrics(request: Request) -> Response:
        token = app.settings.metrics_token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not (hmac.compare_digest(given.encode(), token.encode()) if token else _is_local(app)):
            return PlainTextResponse("", 403)  # without a token only on one's own machine: sums of a shop are its own business
        return Response(await app.metrics_text(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


class Secured:
    """Puts the security headers on every answer that does not have them, errors too."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        more = {"Strict-Transport-Security": "max-age=31536000"} if https else {}
        self._headers = [(name.lower().encode(), value.encode()) for name, value in {**SECURITY_HEADERS, **more}.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                have = {name.lower() for name, _ in headers}
                message = {**message, "headers": headers + [one for one in self._headers if one[0] not in have]}
            await send(message)

        await self.app(scope, receive, secured)


async def _unforeseen(request: Request, wrong: Exception) -> Response:
    from bot.paypage import page

    log.error("page_failed", why=error_place(wrong))
    return page("storing.html", 500)


def build(app: App) -> ASGIApp:
    """The ASGI application."""
    routes: list[BaseRoute] = [
        Route("/telegram/{path_secret}", telegram(app), methods=["POST"]),
        Route("/whatsapp", webhook(app, "whatsapp"), methods=["POST"]),
        Route("/whatsapp/status", webhook(app, "whatsapp"), methods=["POST"]),
        *health(app),
        *app.more_routes(),
    ]
    inner = Starlette(routes=routes, lifespan=app.lifespan, exception_handlers={Exception: _unforeseen})
    return Secured(inner, https=app.settings.public_url.startswith("https:"))  # outermost: also around what nobody foresaw
