"""The templates as they stand at Twilio: found by name, created, submitted, and whether WhatsApp approved them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from bot.channels.templates import Template

LANGUAGE = "nl"
#: Approval states that will not change by waiting.
DEAD = ("rejected", "paused", "disabled")


@dataclass(frozen=True, slots=True)
class Standing:
    """One template at Twilio. ``status``: missing, unsubmitted, received, pending, approved, rejected, paused or disabled."""

    template: Template
    sid: str = ""
    status: str = "missing"
    reason: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be sent with."""
        return bool(self.sid) and (not self.template.topic or self.status == "approved")


class Shelf:
    """Twilio's templates, fetched once and again by ``refresh``. ``client`` is a ``twilio.rest.Client``.

    All methods that speak to Twilio raise what twilio and aiohttp raise.
    """

    def __init__(self, client: Any, templates: Iterable[Template]) -> None:
        self._client = client
        self._standing = {template.friendly_name: Standing(template) for template in templates}
        self._fetched = False
        self._lock = asyncio.Lock()

    def standings(self) -> list[Standing]:
        """Where each template stands, as last fetched."""
        return list(self._standing.values())

    def template(self, friendly_name: str) -> Template:
        """The template of that name."""
        return self._standing[friendly_name].template

    def usable(self, template: Template) -> bool:
        """Whether this template may be rendered with. Before anything was fetched: yes, ``sid`` finds out."""
        return not self._fetched or not template.topic or self._standing[template.friendly_name].ready

    async def sid(self, friendly_name: str) -> str:
        """The ContentSid to send with; a template for in a talk is created when it is not there. "" = not approved."""
        standing = self._standing[friendly_name]
        if not standing.ready:
            async with self._lock:
                standing = await self._look(friendly_name)
        return standing.sid if standing.ready else ""

    async def refresh(self) -> None:
        """Fetches what there is. Of several under one name the approved one counts, else the first."""
        found: dict[str, Standing] = {}
        for item in await self._client.content.v1.content_and_approvals.list_async(page_size=500):
            known = self._standing.get(item.friendly_name or "")
            if known is None:
                continue
            verdict = item.approval_requests or {}
            standing = replace(
                known,
                sid=item.sid,
                status=str(verdict.get("status", "unsubmitted")),
                reason=str(verdict.get("rejection_reason", "")),
            )
            best = found.get(item.friendly_name)
            if best is None or (standing.ready and not best.ready):
                found[item.friendly_name] = standing
        for name, standing in self._standing.items():
            self._standing[name] = found.get(name) or Standing(standing.template)
        self._fetched = True

    async def fill(self, patience: float = 0.0) -> None:
        """Creates and submits all that is not there, and looks again until all is approved, for ``patience`` seconds."""
        async with self._lock:
            await self.refresh()
            for standing in self.standings():
                await self.put(standing)
            until = monotonic() + patience
            await self.refresh()
            while not all(standing.ready for standing in self.standings()) and monotonic() < until:
                await asyncio.sleep(0.02)
                await self.refresh()

    async def put(self, standing: Standing) -> Standing:
        """Creates a template that is missing and submits one that was not; returns where it stands then."""
        template, sid, status = standing.template, standing.sid, standing.status
        if not sid:
            sid, status = await self._create(template), "unsubmitted"
        if template.topic and status == "unsubmitted":
            status = await self._submit(template, sid)
        self._standing[template.friendly_name] = replace(standing, sid=sid, status=status)
        return self._standing[template.friendly_name]

    async def _look(self, friendly_name: str) -> Standing:
        if not self._fetched:
            await self.refresh()
        standing = self._standing[friendly_name]
        return standing if standing.sid or standing.template.topic else await self.put(standing)

    async def _create(self, template: Template) -> str:
        from twilio.rest.content.v1.content import ContentList  # type: ignore[import-untyped]

        wish = {"friendly_name": template.friendly_name, "language": LANGUAGE, "variables": template.samples}
        request = ContentList.ContentCreateRequest({**wish, "types": {template.kind: template.fields}})
        made = await self._client.content.v1.contents.create_async(request)
        return str(made.sid)

    async def _submit(self, template: Template, sid: str) -> str:
        from twilio.rest.content.v1.content.approval_create import ApprovalCreateList  # type: ignore[import-untyped]

        wish = ApprovalCreateList.ContentApprovalRequest({"name": template.friendly_name, "category": "UTILITY"})
        answer = await self._client.content.v1.contents(sid).approval_create.create_async(wish)
        return str(answer.status)
