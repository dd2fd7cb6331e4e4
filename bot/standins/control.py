"""The control API of a stand-in, under ``/standin/``: for the demo page, for tests in other processes and for the fault search.

``GET state``; ``POST do/{action}`` with JSON arguments; ``GET|POST|DELETE faults``; ``GET|DELETE violations``; ``GET
calls?since=``; ``GET|POST clock`` (``{"advance": seconds}`` or ``{"now": iso}``); ``POST settle``; ``GET version``; ``GET
events`` (server-sent events: version and what changed). Answers carry a permissive CORS header: it is a toy that listens on
this machine only.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

if TYPE_CHECKING:
    from bot.standins.common import StandIn

_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "*", "Access-Control-Allow-Headers": "*"}
_WATCH_SECONDS = 0.1
_HEARTBEAT_ROUNDS = 150

Handler = Callable[[Request], Awaitable[Response]]


def control_routes(standin: StandIn) -> list[BaseRoute]:
    """The routes of the control API for one stand-in."""
    control = _Control(standin)
    paths: dict[str, Handler] = {
        "/state": control.state,
        "/do/{action}": control.do,
        "/faults": control.faults,
        "/violations": control.violations,
        "/calls": control.calls,
        "/clock": control.clock,
        "/settle": control.settle,
        "/version": control.version,
        "/events": control.events,
    }
    methods = ["GET", "POST", "DELETE", "OPTIONS"]
    return [Mount("/standin", routes=[Route(path, _friendly(handler), methods=methods) for path, handler in paths.items()])]


class _Control:
    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def state(self, request: Request) -> Response:
        return _json({"platform": self.standin.platform, "version": self.standin.version, **self.standin.state()})

    async def do(self, request: Request) -> Response:
        action = self.standin.actions().get(request.path_params["action"])
        if action is None:
            return _json({"error": f"no such action; there are {sorted(self.standin.actions())}"}, 404)
        return _json({"result": action(**{name: _decoded(value) for name, value in (await _body(request)).items()})})

    async def faults(self, request: Request) -> Response:
        if request.method == "POST":
            self.standin.faults.plan(**await _body(request))
        if request.method == "DELETE":
            self.standin.faults.clear()
        return _json(self.standin.faults.as_json())

    async def violations(self, request: Request) -> Response:
        found = list(self.standin.violations)
        if request.method == "DELETE":
            self.standin.violations.clear()
        return _json({"violations": found})

    async def calls(self, request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        calls = [call for call in list(self.standin.calls) if call.number > since]
        return _json({"count": self.standin.call_count, "hooks": self.standin.hook_count, "calls": calls})

    async def clock(self, request: Request) -> Response:
        clock = self.standin.clock
        if request.method == "POST":
            wish = await _body(request)
            if "now" in wish:
                clock.set(datetime.fromisoformat(wish["now"]))  # type: ignore[attr-defined]
            clock.advance(float(wish.get("advance", 0)))  # type: ignore[attr-defined]
            self.standin.agenda.wake()
        return _json({"now": clock()})

    async def settle(self, request: Request) -> Response:
        await self.standin.settle()
        return _json({"version": self.standin.version})

    async def version(self, request: Request) -> Response:
        return _json({"version": self.standin.version})

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._watch(request), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _watch(self, request: Request) -> AsyncIterator[str]:
        seen, quiet = -1, 0
        while not await request.is_disconnected():
            if seen != (version := self.standin.version):
                changed = sorted({subject for number, subject in list(self.standin.changes) if number > seen})
                seen, quiet = version, 0
                yield f"id: {version}\ndata: {json.dumps({'version': version, 'changed': changed})}\n\n"
            elif (quiet := quiet + 1) % _HEARTBEAT_ROUNDS == 0:
                yield ": still here\n\n"
            await asyncio.sleep(_WATCH_SECONDS)


def _friendly(handler: Handler) -> Handler:
    """Adds CORS and turns a wrong wish (unknown argument, unknown chat) into 400 with the reason."""

    async def wrapped(request: Request) -> Response:
        try:
            response = Response(status_code=204) if request.method == "OPTIONS" else await handler(request)
        except (TypeError, ValueError, KeyError, LookupError, AttributeError) as error:
            response = _json({"error": f"{type(error).__name__}: {error}"}, 400)
        response.headers.update(_CORS)
        return response

    return wrapped


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    wish = json.loads(raw) if raw else {}
    if not isinstance(wish, dict):
        raise ValueError("a JSON object is wanted")
    return wish


def _decoded(value: Any) -> Any:
    """Arguments that are bytes travel as ``{"base64": "..."}``."""
    if isinstance(value, dict) and set(value) == {"base64"}:
        try:
            return base64.b64decode(value["base64"], validate=True)
        except binascii.Error as error:
            raise ValueError(f"not base64: {error}") from error
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content, ensure_ascii=False, default=_plain), status, media_type="application/json")
