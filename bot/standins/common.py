"""What the three stand-ins share: rules and contracts enforced, violations and calls remembered, faults played, webhooks
sent."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.standins import contracts, rules
from bot.standins.agenda import Agenda, Clock, MovableClock
from bot.standins.faults import Fault, FaultScript
from bot.standins.rules import Breach, Rule
from bot.standins.webhooks import Answer, Poster, Postman

_log = logging.getLogger(__name__)
_CLOSER = "standin.close"
_LATE_AGAIN_SECONDS = 3.0
created_standins: deque[StandIn] = deque(maxlen=20)  # what a test's fixture looks through for violations
_PAGE_502 = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Violation:
    """Something the bot (or the stand-in itself: ``contract.*.answer``) did that the platform forbids."""

    rule: str
    operation: str
    detail: str
    at: datetime


@dataclass
class Call:
    """One request of the bot. ``status`` is what it was answered (0 = the connection was cut), ``fault`` what was played on
    it."""

    number: int
    operation: str
    params: Any
    at: datetime
    status: int = 0
    fault: str | None = None


@dataclass(frozen=True)
class Hook:
    """One webhook as it leaves: ``kind`` names it for faults, ``contract`` in the official contract, ``decoded`` is its body as
    data."""

    kind: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    contract: str = ""
    decoded: Any = None
    timeout: float = 15.0


class Refused(Exception):
    """The platform says no to this request. ``name`` fills the place of ``{name}`` in its words."""

    def __init__(self, rule: Rule, detail: str = "", name: str = "") -> None:
        super().__init__(f"{rule.id}: {detail or rule.refusal.says}")
        self.rule, self.detail, self.name = rule, detail, name


class Dropped(Response):
    """No answer at all: the connection is cut, as when a process dies or a cable breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closer: Callable[[], None] | None = scope.get(_CLOSER)
        if closer is None:
            raise ConnectionAbortedError("cut by a planned fault")
        closer()
        while (await receive())["type"] != "http.disconnect":
            continue


class StandIn:
    """One account at one platform. Give ``clock`` a movable clock to decide what time it is; ``contracts`` a folder to be held
    to.

    ``routes`` leads public addresses to this machine (``{"https://bot.example": "http://127.0.0.1:8000"}``)."""

    platform: ClassVar[str]

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        contracts_folder: str | os.PathLike[str] | None = None,
        routes: Mapping[str, str] | None = None,
        poster: Poster | None = None,
        keep_calls: int = 5000,
    ) -> None:
        self.clock: Clock = clock or MovableClock()
        self.book = rules.load(self.platform)
        folder = contracts.find_folder(contracts_folder)
        self.contract = contracts.load(folder, self.platform) if folder else None
        self.poster: Poster = poster or Postman(routes)
        self.agenda = Agenda(self.clock, self._crashed)
        self.faults = FaultScript()
        self.violations: list[Violation] = []
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.call_count = 0
        self.hook_count = 0
        self.version = 0
        self.changes: deque[tuple[int, str]] = deque(maxlen=1000)
        self.base_url = ""
        self._held: dict[str, asyncio.Event] = {}
        created_standins.append(self)

    # --- the ASGI app ---------------------------------------------------------------------------------------------------------

    def routes(self) -> list[BaseRoute]:
        """The platform's own addresses."""
        raise NotImplementedError

    def app(self) -> ASGIApp:
        """The stand-in as an ASGI app: the platform's API, and the control API under ``/standin/``."""
        from bot.standins.control import control_routes

        inner = Starlette(routes=[*control_routes(self), *self.routes()], lifespan=self._lifespan)

        async def outer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                scope[_CLOSER] = _closer(send)
                scope["path"] = self.rewrite(scope["path"])
            await inner(scope, receive, send)

        return outer

    def rewrite(self, path: str) -> str:
        """The path as the routes know it."""
        return path

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        pump = asyncio.create_task(self.agenda.run())
        try:
            yield
        finally:
            pump.cancel()
            with suppress(asyncio.CancelledError):
                await pump
            await self.agenda.drain()
            await self.poster.close()

    # --- calls ----------------------------------------------------------------------------------------------------------------

    async def perform(self, operation: str, params: Any, execute: Callable[[], Response | Awaitable[Response]]) -> Response:
        """Logs the call, plays a planned fault on it, and executes it unless the fault forbids."""
        fault = self.faults.for_call(operation)
        self.call_count += 1
        call = Call(self.call_count, operation, params, self.clock(), fault=fault.kind if fault else None)
        self.calls.append(call)
        response = self._instead(fault) if fault and not fault.executes else await self._executed(execute)
        if fault and fault.executes:
            response = await self._spoil(fault, response)
        call.status = 0 if isinstance(response, Dropped) else response.status_code
        return response

    async def _executed(self, execute: Callable[[], Response | Awaitable[Response]]) -> Response:
        """Executes; a request that the stand-in cannot digest is a violation too, and answered 500."""
        try:
            response = execute()
            return response if isinstance(response, Response) else await response
        except Exception as error:
            self._crashed(error)
            return self.error_response(500)

    def error_response(self, status: int) -> Response:
        """The platform's own 5xx."""
        raise NotImplementedError

    def too_many_response(self, seconds: float) -> Response:
        """The platform's own 429."""
        raise NotImplementedError

    def _instead(self, fault: Fault) -> Response:
        if fault.kind == "drop_before":
            return Dropped()
        if fault.kind == "html":
            return Response(_PAGE_502, 502, media_type="text/html")
        return self.too_many_response(fault.seconds) if fault.kind == "too_many" else self.error_response(fault.status)

    async def _spoil(self, fault: Fault, response: Response) -> Response:
        if fault.kind == "drop_after":
            return Dropped()
        if fault.kind == "html_after":
            return Response(_PAGE_502, 200, media_type="text/html")
        if fault.kind == "error_after":
            return self.error_response(fault.status)
        await asyncio.sleep(fault.seconds)
        return response

    # --- rules ----------------------------------------------------------------------------------------------------------------

    def check(self, operation: str, body: Any) -> None:
        """Holds a decoded request against the rules and the contract; records what it breaks. Raises Refused for the first."""
        breaches = self.book.breaches(operation, body)
        for breach in breaches:
            self.violate(breach.rule.id, operation, breach.detail)
        if self.contract and self.contract.knows(operation):
            for complaint in self.contract.request(operation, body):
                self.violate(f"contract.{self.platform}.request", operation, complaint)
        if fatal := next((breach for breach in breaches if breach.rule.refusal.status), None):
            raise _refused(fatal)

    def check_answer(self, operation: str, status: int, body: Any) -> None:
        """Holds our own answer against the contract, so that the stand-in cannot drift into fiction."""
        if self.contract and self.contract.knows(operation):
            for complaint in self.contract.answer(operation, status, body):
                self.violate(f"contract.{self.platform}.answer", operation, complaint)

    def refuse(self, rule_id: str, operation: str = "", detail: str = "", name: str = "") -> Refused:
        """The refusal for a broken rule of behaviour, recorded as a violation if the rule counts as a breach."""
        rule = self.book[rule_id]
        if rule.breach:
            self.violate(rule_id, operation, detail or rule.refusal.says)
        return Refused(rule, detail, name)

    def violate(self, rule_id: str, operation: str, detail: str) -> None:
        """Records a violation."""
        self.violations.append(Violation(rule_id, operation, detail, self.clock()))

    @contextmanager
    def expecting(self, *rule_ids: str) -> Iterator[list[Violation]]:
        """Declares violations: those of these rules that happen inside are taken out of the record and handed over.

        Raises AssertionError when one of the rules was not broken, so that a test cannot declare in vain."""
        start, taken = len(self.violations), list[Violation]()
        yield taken
        fresh = self.violations[start:]
        taken += [violation for violation in fresh if violation.rule in rule_ids]
        self.violations[start:] = [violation for violation in fresh if violation.rule not in rule_ids]
        missing = set(rule_ids) - {violation.rule for violation in taken}
        if missing:
            raise AssertionError(f"not violated as declared: {sorted(missing)}")

    def _crashed(self, error: BaseException) -> None:
        _log.error("the stand-in for %s failed", self.platform, exc_info=error)
        self.violate("standin.crash", "agenda", repr(error))

    # --- webhooks -------------------------------------------------------------------------------------------------------------

    async def deliver(self, hook: Hook) -> Answer:
        """Sends one webhook now, or does with it what a planned fault says. A ``lost`` one counts as answered 200."""
        if self.contract and hook.contract:
            for complaint in self.contract.webhook(hook.contract, hook.decoded):
                self.violate(f"contract.{self.platform}.webhook", hook.kind, complaint)
        fault = self.faults.for_webhook(hook.kind)
        if fault and fault.kind == "lost":
            return Answer(200)
        if fault and fault.kind == "late":
            self.agenda.after(fault.seconds, lambda: self._post_quietly(hook))
            return Answer(200)
        if fault and fault.kind == "reorder":
            self._hold(hook, fault)
            return Answer(200)
        answer = await self._post(hook)
        if fault:
            answer = await self._post(hook)
        return answer

    async def _post(self, hook: Hook) -> Answer:
        self.hook_count += 1
        answer = await self.poster.post(hook.url, hook.body, hook.headers, hook.timeout)
        if released := self._held.pop(hook.kind, None):
            released.set()
        return answer

    async def _post_quietly(self, hook: Hook, left: int = 8) -> None:
        """A webhook that was held up: whoever held it up keeps trying for a while, as the platform itself would have."""
        if not (await self._post(hook)).ok and left:
            self.agenda.after(_LATE_AGAIN_SECONDS, lambda: self._post_quietly(hook, left - 1))

    def _hold(self, hook: Hook, fault: Fault) -> None:
        """Keeps a webhook back until another of its kind has left, or so many seconds."""
        released = self._held.setdefault(hook.kind, asyncio.Event())

        async def later() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(released.wait(), fault.seconds)
            await self._post_quietly(hook)

        self.agenda.at(self.clock(), later)

    # --- what watchers see ----------------------------------------------------------------------------------------------------

    def touch(self, subject: str) -> None:
        """Tells watchers that a chat or payment changed."""
        self.version += 1
        self.changes.append((self.version, subject))

    def state(self) -> dict[str, Any]:
        """What there is, for people to look at, as JSON."""
        raise NotImplementedError

    def actions(self) -> dict[str, Callable[..., Any]]:
        """What people can do, by name, for the control API."""
        raise NotImplementedError

    async def settle(self) -> None:
        """Does all that is due by the clock, in whichever loop the stand-in runs, and waits until all is quiet."""
        loop = self.agenda.loop
        if loop is None or loop is asyncio.get_running_loop() or loop.is_closed():
            await self.agenda.settle()
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.agenda.settle(), loop))


@dataclass
class Bucket:
    """A token bucket on the stand-in's clock: ``rate`` per second, at most ``burst`` saved up."""

    rate: float
    burst: float
    level: float = field(default=-1.0)
    seen: float = 0.0

    def take(self, now: datetime) -> float:
        """0 when there was a token, else the seconds until there is one."""
        moment = now.timestamp()
        self.level = self.burst if self.level < 0 else min(self.burst, self.level + max(0.0, moment - self.seen) * self.rate)
        self.seen = moment
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.rate


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, to the second, as the platforms write it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _refused(breach: Breach) -> Refused:
    return Refused(breach.rule, breach.detail, breach.name)


def _closer(send: Send) -> Callable[[], None] | None:
    """What cuts the connection under uvicorn; None elsewhere (an in-process client gets an exception instead)."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return transport.abort if transport is not None else None
