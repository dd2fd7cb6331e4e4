"""Twilio on this machine, for one WhatsApp sender: Messages, Media, Content with approvals, typing dots, and signed
webhooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.standins.common import Refused
from bot.standins.twilio_content import Json
from bot.standins.twilio_phones import Phone, Sms
from bot.standins.twilio_sending import rfc2822
from bot.standins.twilio_templates import Templates

ACCOUNT = "AC" + "5a" * 16
AUTH_TOKEN = "sample-auth-token-of-the-stand-in"
SENDER = "whatsapp:+31850000001"
_PRODUCTS = ("/api/", "/content/", "/messaging/")
_MESSAGES = "/2010-04-01/Accounts/{account}/Messages"
_TYPING_SECONDS = 25


class Twilio(Templates):
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

    # --- messages -------------------------------------------------------------------------------------------------------------

    async def _messages(self, request: Request) -> Response:
        if request.method == "POST":
            return await self.call("CreateMessage", request, lambda params: (201, self.facts(self.accept(params))))
        return await self.call("ListMessage", request, lambda params: (200, self._listed(params)))

    async def _message(self, request: Request) -> Response:
        if request.method == "DELETE":
            return await self.call("DeleteMessage", request, lambda params: self._delete(self._found(request)))
        return await self.call("FetchMessage", request, lambda params: (200, self.facts(self._found(request))))

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

        return await self.call("ListMedia", request, listed)

    async def _media_facts(self, request: Request) -> Response:
        return await self.call("FetchMedia", request, lambda params: (200, self._medium(*self._found_media(request))))

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
                self.admit("FetchMedia", request)
                message, sid = self._found_media(request)
            except Refused as refused:
                return self.no("FetchMedia", refused)
            self._storage[sid] = message.media[sid]
            return RedirectResponse(f"{self.base_url}/storage/{sid}", 307)

        return await self.perform("DownloadMedia", dict(request.path_params), redirect)

    async def _stored(self, request: Request) -> Response:
        if "authorization" in request.headers:
            return self.no("FetchMedia", self.refuse("twilio.media.forwarded_auth", "FetchMedia"))
        stored = self._storage.get(request.path_params["key"])
        return Response(stored[1], media_type=stored[0]) if stored else Response("not found", 404)

    # --- typing dots ---------------------------------------------------------------------------------------------------------

    async def _typing(self, request: Request) -> Response:
        def dots(params: Json) -> tuple[int, Json]:
            message = self.messages.get(params["messageId"])
            if message is None or not message.inbound:
                raise self.refuse("twilio.error.not_found", "CreateTypingIndicator", params["messageId"])
            self.phones[message.who].typing_until = self.clock() + timedelta(seconds=_TYPING_SECONDS)
            self.touch(message.who)
            return 200, {"success": True}

        return await self.call("CreateTypingIndicator", request, dots)

    # --- for watchers ---------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """The phones with what they show, and the templates."""
        phones = {phone.id: phone for phone in list(self.phones.values())}
        contents = [self.with_approval(content) for content in list(self.contents.values())]
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
            "recycle": lambda **given: self.recycle(**given).id,
            "screen": self.screen,
            "decide": self.decide,
            "fail_next": self.fail_next,
            "console": self.console,
        }

    def console(self, inbound_url: str = "", fallback_url: str = "") -> None:
        """Sets the sender's webhook addresses, as a person would in Twilio's console."""
        self.inbound_url, self.fallback_url = inbound_url, fallback_url


def _day(text: str | None) -> str:
    """A date filter as the beginning of an ISO moment."""
    return (text or "").removesuffix("Z")


__all__ = ["ACCOUNT", "AUTH_TOKEN", "SENDER", "Twilio"]
