"""How Twilio is spoken to: Basic auth, forms and JSON in, JSON out, refusals with Twilio's own codes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from bot.standins.common import Refused
from bot.standins.twilio_content import Json
from bot.standins.twilio_sending import Sending

Handle = Callable[[Json], tuple[int, Json | None]]

_LISTS = ("MediaUrl", "PersistentAction")


class Api(Sending):
    """The HTTP side that all of Twilio's products share."""

    async def call(self, operation: str, request: Request, handle: Handle) -> Response:
        """One request: logged, checked, handled (``handle`` gives status and body), answered."""
        params = _params(request, await request.body())
        return await self.perform(operation, params, lambda: self._execute(operation, request, params, handle))

    def _execute(self, operation: str, request: Request, params: Json, handle: Handle) -> Response:
        try:
            self.admit(operation, request)
            self._examine(operation, request, params)
            status, body = handle(params)
        except Refused as refused:
            return self.no(operation, refused)
        self.check_answer(operation, status, body)
        return _json(status, body)

    def admit(self, operation: str, request: Request) -> None:
        """Checks the password and the account. Raises Refused."""
        if request.headers.get("authorization") != _basic(self.account, self.auth_token):
            raise self.refuse("twilio.error.auth", operation)
        if request.path_params.get("account", self.account) != self.account:
            raise self.refuse("twilio.error.not_found", operation, request.path_params["account"])

    def _examine(self, operation: str, request: Request, params: Json) -> None:
        if request.method == "POST":
            self.check(operation, params)
            return
        query = {name: int(text) if text.isdigit() else text for name, text in params.items()}
        for complaint in self.contract.parameters(operation, "query", query) if self.contract else []:
            self.violate("contract.twilio.request", operation, complaint)
        if wrong := self.book.breaches(operation, query):
            raise self.refuse(wrong[0].rule.id, operation, wrong[0].detail, wrong[0].name)

    def no(self, operation: str, refused: Refused) -> Response:
        """A refusal as Twilio words it."""
        refusal = refused.rule.refusal
        words = refusal.says.replace("{name}", refused.name)
        return self._problem(operation, refusal.status, refusal.code or 20001, words)

    def _problem(self, operation: str, status: int, code: int, words: str) -> Response:
        body = {"code": code, "message": words, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status}
        self.check_answer(operation, status, body)
        return _json(status, body)

    def error_response(self, status: int) -> Response:
        return self._problem("CreateMessage", status, 20500, "An internal server error has occurred")

    def too_many_response(self, seconds: float) -> Response:
        response = self.no("CreateMessage", Refused(self.book["twilio.error.rate"]))
        response.headers["Retry-After"] = str(int(seconds))
        return response


def _params(request: Request, raw: bytes) -> Json:
    if request.method != "POST":
        return dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            body = json.loads(raw)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}
    params: Json = {}
    for name, text in parse_qsl(raw.decode(errors="replace"), keep_blank_values=True):
        params[name] = [*params.get(name, []), text] if name in _LISTS else text
    return params


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _json(status: int, body: Any) -> Response:
    return Response(None if body is None else json.dumps(body, ensure_ascii=False), status, media_type="application/json")
