"""Twilio's Content API: templates over HTTP, and WhatsApp's verdict on them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from bot.standins.common import utc
from bot.standins.twilio_api import Api
from bot.standins.twilio_content import Approval, Content, Json


class Templates(Api):
    """The templates of one account. ``auto_approve``: those without objections are approved at once."""

    auto_approve: bool

    async def _contents(self, request: Request) -> Response:
        if request.method == "POST":
            return await self.call("CreateContent", request, self._create_content)
        return await self.call("ListContent", request, lambda params: self._list_contents(request, params, self._shown_content))

    async def _contents_and_approvals(self, request: Request) -> Response:
        return await self.call(
            "ListContentAndApprovals", request, lambda params: self._list_contents(request, params, self.with_approval)
        )

    async def _content(self, request: Request) -> Response:
        if request.method == "DELETE":
            return await self.call("DeleteContent", request, lambda params: self._drop(self._known(request)))
        return await self.call("FetchContent", request, lambda params: (200, self._shown_content(self._known(request))))

    async def _approval(self, request: Request) -> Response:
        def shown(params: Json) -> tuple[int, Json]:
            content = self._known(request)
            url = f"https://content.twilio.com/v1/Content/{content.sid}/ApprovalRequests"
            return 200, {"sid": content.sid, "account_sid": self.account, "whatsapp": _verdict(content), "url": url}

        return await self.call("FetchApprovalFetch", request, shown)

    async def _submit(self, request: Request) -> Response:
        def submitted(params: Json) -> tuple[int, Json]:
            content = self._known(request)
            content.approval = Approval(params["name"], params["category"])
            if self.auto_approve:
                self.agenda.at(self.clock(), lambda: self._review(content))
            return 201, {name: value for name, value in _verdict(content).items() if name != "type"}

        return await self.call("CreateApprovalCreate", request, submitted)

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

    def with_approval(self, content: Content) -> Json:
        """A template with the verdict on it."""
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


def _verdict(content: Content) -> Json:
    approval = content.approval
    return {
        "type": "whatsapp", "name": approval.name if approval else "", "category": approval.category if approval else "",
        "content_type": content.kind, "status": approval.status if approval else "unsubmitted",
        "rejection_reason": approval.reason if approval else "", "allow_category_change": True,
    }  # fmt: skip
