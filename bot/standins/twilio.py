"""Twilio on this machine, for one WhatsApp sender: Messages, Media, Content with approvals, typing dots, and signed
webhooks."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.standins.common import Refused, utc
from bot.standins.twilio_content import Approval, Content, Json
from bot.standins.twilio_phones import Phone, Sms
from bot.standins.twilio_sending import Sending, rfc2822

ACCOUNT = "AC" + "5a" * 16
AUTH_TOKEN = "sample-auth-token-of-the-stand-in"
SENDER = "whatsapp:+31850000001"
_PRODUCTS = ("/api/", "/content/", "/messaging/")
_MESSAGES = "/2010-04-01/Accounts/{account}/Messages"
_LISTS = ("MediaUrl", "PersistentAction")
_TYPING_SECONDS = 25

Handle = Callable[[Json], tuple[int, Json | None]]


class Twilio(Sending):
    """One Twilio account with one WhatsApp sender.

    ``inbound_url`` and ``fallback_url``: the webhook addresses set in Twilio's console (``#rc=3&rp=all`` allowed);
    ``auto_approve``: templates without objections are approved at once; ``rates``: keep the pair, number and tier limits;
    ``latency``: seconds between the steps queued, sent, delivered and read; ``keep``: messages remembered per phone."""

    platform = "twilio"

    def __init__(
        self,
        *,
        account: str = ACCOUNT,
        auth_token: str = AUTH_TOKEN,
        sender: str = SENDER,
        inbound_url: str = "",
        fallback_url: str = "",
        auto_approve: bool = True,
        rates: bool = True,
        latency: float = 0.0,
        keep: int = 500,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self.account, self.auth_token, self.sender, self.auto_approve = account, auth_token, sender, auto_approve
        self._storage: dict[str, tuple[str, bytes]] = {}
        self._phones(inbound_url, fallback_url, keep)
        self._sending(rates, latency)

    # --- HTTP -----------------------------------------------------------------------------------------------------------------

    def rewrite(self, path: str) -> str:
        """``/api/2010-04-01/…`` and ``/2010-04-01/…`` are the same; so are ``/content/v1/…`` and ``/v1/…``."""
        return next((path[len(product) - 1 :] for product in _PRODUCTS if path.startswith(product)), path)

    def routes(self) -> list[BaseRoute]:
        """The three products on one port."""
        one, content = f"{_MESSAGES}/{{sid}}", "/v1/Content/{sid}"
        return [
            Route(f"{_MESSAGES}.json", self._messages, methods=["GET", "POST"]),
            Route(f"{one}/Media.json", self._media_list, methods=["GET"]),
            Route(f"{one}/Media/{{media}}.json", self._media_facts, methods=["GET"]),
            Route(f"{one}/Media/{{media}}", self._media, methods=["GET"]),
            Route(f"{one}.json", self._message, methods=["GET", "DELETE"]),
            Route("/storage/{key}", self._stored, methods=["GET"]),
            Route("/v1/Content", self._contents, methods=["GET", "POST"]),
            Route("/v1/ContentAndApprovals", self._contents_and_approvals, methods=["GET"]),
            Route(content, self._content, methods=["GET", "DELETE"]),
            Route(f"{content}/ApprovalRequests", self._approval, methods=["GET"]),
            Route(f"{content}/ApprovalRequests/whatsapp", self._submit, methods=["POST"]),
            Route("/v2/Indicators/Typing.json", self._typing, methods=["POST"]),
        ]

    async def _call(self, operation: str, request: Request, handle: Handle) -> Response:
        params = _params(request, await request.body())
        return await self.perform(operation, params, lambda: self._execute(operation, request, params, handle))

    def _execute(self, operation: str, request: Request, params: Json, handle: Handle) -> Response:
        try:
            self._admit(operation, request)
            self._examine(operation, request, params)
            status, body = handle(params)
        except Refused as refused:
            return self._no(operation, refused)
        self.check_answer(operation, status, body)
        return _json(status, body)

    def _admit(self, operation: str, request: Request) -> None:
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
            raise self.refuse(wrong[0].rule.id, operation, wrong[0].detail)

    def _no(self, operation: str, refused: Refused) -> Response:
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
        response = self._no("CreateMessage", Refused(self.book["twilio.error.rate"]))
        response.headers["Retry-After"] = str(int(seconds))
        return response

    # --- messages -------------------------------------------------------------------------------------------------------------

    async def _messages(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("CreateMessage", request, lambda params: (201, self.facts(self.accept(params))))
        return await self._call("ListMessage", request, lambda params: (200, self._listed(params)))

    async def _message(self, request: Request) -> Response:
        if request.method == "DELETE":
            return await self._call("DeleteMessage", request, lambda params: self._delete(self._found(request)))
        return await self._call("FetchMessage", request, lambda params: (200, self.facts(self._found(request))))

    def _found(self, request: Request) -> Sms:
        message = self.messages.get(request.path_params["sid"])
        if message is None:
            raise self.refuse("twilio.error.not_found", "FetchMessage", request.path_params["sid"])
        return message

    def _delete(self, message: Sms) -> tuple[int, None]:
        del self.messages[message.sid]
        return 204, None

    def _listed(self, params: Json) -> Json:
        """Newest first; pages go on from a token, so that new messages do not shift them."""
        fitting = [message for message in reversed(list(self.messages.values())) if self._fits(message, params)]
        size, page = int(params.get("PageSize", 50)), int(params.get("Page", 0))
        token = params.get("PageToken", "").removeprefix("PA")
        sids = [message.sid for message in fitting]
        start = sids.index(token) + 1 if token in sids else 0
        shown = fitting[start : start + size]
        more = len(fitting) > start + size
        return {"messages": [self.facts(message) for message in shown], **self._paging(params, page, size, start, shown, more)}

    def _paging(self, params: Json, page: int, size: int, start: int, shown: list[Sms], more: bool) -> Json:
        path = f"/2010-04-01/Accounts/{self.account}/Messages.json"
        plain = {name: value for name, value in params.items() if name not in ("Page", "PageToken", "PageSize")}

        def uri(number: int, token: str = "") -> str:
            return f"{path}?{urlencode({**plain, 'PageSize': size, 'Page': number, **({'PageToken': token} if token else {})})}"

        return {
            "page": page, "page_size": size, "start": start, "end": start + max(0, len(shown) - 1), "uri": uri(page),
            "first_page_uri": uri(0), "next_page_uri": uri(page + 1, f"PA{shown[-1].sid}") if more else None,
            "previous_page_uri": uri(page - 1) if page else None,
        }  # fmt: skip

    def _fits(self, message: Sms, params: Json) -> bool:
        facts = self.facts(message)
        sent = (message.sent or message.created).isoformat()
        return (
            params.get("To", facts["to"]) == facts["to"]
            and params.get("From", facts["from"]) == facts["from"]
            and sent[: len(_day(params.get("DateSent")))] == _day(params.get("DateSent"))
            and (not params.get("DateSent>") or sent >= _day(params["DateSent>"]))
            and (not params.get("DateSent<") or sent <= _day(params["DateSent<"]) + "~")
        )

    # --- media ----------------------------------------------------------------------------------------------------------------

    async def _media_list(self, request: Request) -> Response:
        def listed(params: Json) -> tuple[int, Json]:
            message = self._found(request)
            uri = f"/2010-04-01/Accounts/{self.account}/Messages/{message.sid}/Media.json?PageSize=50&Page=0"
            items = [self._medium(message, sid) for sid in message.media]
            paging = {"page": 0, "page_size": 50, "start": 0, "end": max(0, len(items) - 1), "uri": uri, "first_page_uri": uri}
            return 200, {"media_list": items, **paging, "next_page_uri": None, "previous_page_uri": None}

        return await self._call("ListMedia", request, listed)

    async def _media_facts(self, request: Request) -> Response:
        return await self._call("FetchMedia", request, lambda params: (200, self._medium(*self._found_media(request))))

    def _found_media(self, request: Request) -> tuple[Sms, str]:
        message, sid = self._found(request), request.path_params["media"]
        if sid not in message.media:
            raise self.refuse("twilio.error.not_found", "FetchMedia", sid)
        return message, sid

    def _medium(self, message: Sms, sid: str) -> Json:
        uri = f"/2010-04-01/Accounts/{self.account}/Messages/{message.sid}/Media/{sid}.json"
        when = {"date_created": rfc2822(message.created), "date_updated": rfc2822(message.created)}
        return {"sid": sid, "account_sid": self.account, "parent_sid": message.sid, "uri": uri, **when,
                "content_type": message.media[sid][0]}  # fmt: skip

    async def _media(self, request: Request) -> Response:
        """The file itself: Basic auth here, then a redirect to storage that wants none."""

        def redirect() -> Response:
            try:
                self._admit("FetchMedia", request)
                message, sid = self._found_media(request)
            except Refused as refused:
                return self._no("FetchMedia", refused)
            self._storage[sid] = message.media[sid]
            return RedirectResponse(f"{self.base_url}/storage/{sid}", 307)

        return await self.perform("DownloadMedia", dict(request.path_params), redirect)

    async def _stored(self, request: Request) -> Response:
        if "authorization" in request.headers:
            return self._no("FetchMedia", self.refuse("twilio.media.forwarded_auth", "FetchMedia"))
        stored = self._storage.get(request.path_params["key"])
        return Response(stored[1], media_type=stored[0]) if stored else Response("not found", 404)

    # --- content --------------------------------------------------------------------------------------------------------------

    async def _contents(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._call("CreateContent", request, self._create_content)
        return await self._call(
            "ListContent", request, lambda params: self._list_contents(request, params, self._shown_content)
        )

    async def _contents_and_approvals(self, request: Request) -> Response:
        return await self._call(
            "ListContentAndApprovals", request, lambda params: self._list_contents(request, params, self._with_approval)
        )

    async def _content(self, request: Request) -> Response:
        if request.method == "DELETE":
            return await self._call("DeleteContent", request, lambda params: self._drop(self._known(request)))
        return await self._call("FetchContent", request, lambda params: (200, self._shown_content(self._known(request))))

    async def _approval(self, request: Request) -> Response:
        def shown(params: Json) -> tuple[int, Json]:
            content = self._known(request)
            url = f"https://content.twilio.com/v1/Content/{content.sid}/ApprovalRequests"
            return 200, {"sid": content.sid, "account_sid": self.account, "whatsapp": _verdict(content), "url": url}

        return await self._call("FetchApprovalFetch", request, shown)

    async def _submit(self, request: Request) -> Response:
        def submitted(params: Json) -> tuple[int, Json]:
            content = self._known(request)
            content.approval = Approval(params["name"], params["category"])
            if self.auto_approve:
                self.agenda.at(self.clock(), lambda: self._review(content))
            return 201, {name: value for name, value in _verdict(content).items() if name != "type"}

        return await self._call("CreateApprovalCreate", request, submitted)

    async def _review(self, content: Content) -> None:
        objection = content.objection(self.book["whatsapp.window.session_only"].limit)
        self.decide(content.sid, "rejected" if objection else "approved", objection)
        if objection:
            self.violate("whatsapp.template.variables", "CreateApprovalCreate", f"{content.friendly_name}: {objection}")

    def decide(self, sid: str, status: str, reason: str = "") -> None:
        """WhatsApp's verdict on a submitted template: approved, rejected, paused, disabled."""
        content = self.contents[sid]
        content.approval = content.approval or Approval(content.friendly_name, "UTILITY")
        content.approval.status, content.approval.reason = status, reason

    def _create_content(self, wish: Json) -> tuple[int, Json]:
        sid = self.make_sid("HX")
        types = {kind: fields for kind, fields in wish["types"].items() if fields is not None}
        name, samples = wish.get("friendly_name") or "", wish.get("variables") or {}
        self.contents[sid] = Content(sid, name, wish["language"], types, samples, self.clock())
        return 201, self._shown_content(self.contents[sid])

    def _drop(self, content: Content) -> tuple[int, None]:
        del self.contents[content.sid]
        return 204, None

    def _known(self, request: Request) -> Content:
        content = self.contents.get(request.path_params["sid"])
        if content is None:
            raise self.refuse("twilio.error.not_found", "FetchContent", request.path_params["sid"])
        return content

    def _shown_content(self, content: Content) -> Json:
        url = f"https://content.twilio.com/v1/Content/{content.sid}"
        links = {"approval_create": f"{url}/ApprovalRequests/whatsapp", "approval_fetch": f"{url}/ApprovalRequests"}
        return {**self._plain_content(content), "url": url, "links": links}

    def _plain_content(self, content: Content) -> Json:
        made = utc(content.created).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "sid": content.sid, "account_sid": self.account, "friendly_name": content.friendly_name,
            "language": content.language, "variables": content.variables, "types": content.types,
            "date_created": made, "date_updated": made,
        }  # fmt: skip

    def _with_approval(self, content: Content) -> Json:
        return {**self._plain_content(content), "approval_requests": _verdict(content)}

    def _list_contents(self, request: Request, params: Json, show: Callable[[Content], Json]) -> tuple[int, Json]:
        size, page = int(params.get("PageSize", 50)), int(params.get("Page", 0))
        every = list(self.contents.values())
        shown = every[page * size : (page + 1) * size]

        def url(number: int) -> str:
            return f"https://content.twilio.com{request.url.path}?PageSize={size}&Page={number}"

        meta = {
            "key": "contents", "page": page, "page_size": size, "url": url(page), "first_page_url": url(0),
            "next_page_url": url(page + 1) if len(every) > (page + 1) * size else None,
            "previous_page_url": url(page - 1) if page else None,
        }  # fmt: skip
        return 200, {"contents": [show(content) for content in shown], "meta": meta}

    async def _typing(self, request: Request) -> Response:
        def dots(params: Json) -> tuple[int, Json]:
            message = self.messages.get(params["messageId"])
            if message is None or not message.inbound:
                raise self.refuse("twilio.error.not_found", "CreateTypingIndicator", params["messageId"])
            self.phones[message.who].typing_until = self.clock() + timedelta(seconds=_TYPING_SECONDS)
            self.touch(message.who)
            return 200, {"success": True}

        return await self._call("CreateTypingIndicator", request, dots)

    # --- for watchers ---------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """The phones with what they show, and the templates."""
        phones = {phone.id: phone for phone in list(self.phones.values())}
        contents = [self._with_approval(content) for content in list(self.contents.values())]
        return {
            "now": self.clock().isoformat(), "chats": [self._phone(phone) for phone in phones.values()], "contents": contents,
            "webhook": self.inbound_url, "lost": len(self.lost),
        }  # fmt: skip

    def _phone(self, phone: Phone) -> Json:
        typing = phone.typing_until is not None and self.clock() < phone.typing_until
        window = None
        if phone.last_inbound and self.in_session(phone):
            window = (phone.last_inbound + timedelta(seconds=self.book["whatsapp.window"].limit)).isoformat()
        return {
            "id": phone.id, "name": phone.name, "phone": phone.phone, "bsuid": phone.bsuid, "blocked": phone.blocked,
            "opted_out": phone.opted_out, "typing": typing, "window_until": window, "messages": self.screen(phone.id),
        }  # fmt: skip

    def actions(self) -> dict[str, Callable[..., Any]]:
        """What people, WhatsApp and the console can do, by name."""
        return {
            "user": lambda **given: self.user(**given).id,
            "user_sends": self.user_sends,
            "user_presses": self.user_presses,
            "user_picks": self.user_picks,
            "user_taps": self.user_taps,
            "block": self.block,
            "screen": self.screen,
            "decide": self.decide,
            "console": self.console,
        }

    def console(self, inbound_url: str = "", fallback_url: str = "") -> None:
        """Sets the sender's webhook addresses, as a person would in Twilio's console."""
        self.inbound_url, self.fallback_url = inbound_url, fallback_url


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


def _day(text: str | None) -> str:
    """A date filter as the beginning of an ISO moment."""
    return (text or "").removesuffix("Z")


def _verdict(content: Content) -> Json:
    approval = content.approval
    return {
        "type": "whatsapp", "name": approval.name if approval else "", "category": approval.category if approval else "",
        "content_type": content.kind, "status": approval.status if approval else "unsubmitted",
        "rejection_reason": approval.reason if approval else "", "allow_category_change": True,
    }  # fmt: skip


def _json(status: int, body: Any) -> Response:
    return Response(None if body is None else json.dumps(body, ensure_ascii=False), status, media_type="application/json")


__all__ = ["ACCOUNT", "AUTH_TOKEN", "SENDER", "Twilio"]
