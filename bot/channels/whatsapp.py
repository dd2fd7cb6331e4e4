"""WhatsApp, through Twilio: signed forms in; text, buttons, lists and approved templates out.

Every bubble costs money, so a message is one bubble where the limits allow. Texts are never cut: what does not fit goes
before, in a bubble of its own, and the buttons stay under the end of the text.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.channels import plain, templates, whatsapp_webhooks
from bot.channels.base import Accepted, Call, Clock, Held, Incoming, Parcel, utc_now
from bot.channels.shelf import Shelf
from bot.channels.transport import TooMany, TwilioTransport, not_sent, status_of
from bot.channels.whatsapp_bubbles import Bubbles
from bot.channels.whatsapp_webhooks import PREFIX
from notifications.channel import WHATSAPP, Later, Outcome, Refused, Sent, Unknown
from notifications.messages import Inbound

#: Wait this long when the fault is ours (credentials, a template not approved): doctor says what is wrong.
_MISCONFIGURED_SECONDS = 60.0
#: https://www.twilio.com/docs/api/errors: no such address, blocked, cannot receive, opted out.
GONE_CODES = frozenset({63003, 63014, 63024, 21211, 21610, 21614})
#: Rates: not sent, may be tried again.
LATER_CODES = frozenset({20429, 63018})
_CREDENTIAL_CODES = frozenset({20003, 20005})
_PAGE = 500
#: What became of older messages than these we have heard, or it matters no more.
_MOST_REPORTS = 1000
#: A stand-in approves at once; nobody waits a day for WhatsApp.
_PATIENCE_SECONDS = 2.0
#: How far Twilio's clock may be from ours when we look for a message of ours.
_CLOCKS_DIFFER = timedelta(minutes=1)

_log = logging.getLogger(__name__)


class WhatsApp:
    """The WhatsApp channel: one sender (``whatsapp:+31…``). See Channel for the methods.

    ``public_url`` is our own address as Twilio sees it; ``callback_path`` is where status reports come back;
    ``api_url`` leads elsewhere than Twilio (a stand-in). ``make_templates``: ``start`` creates and submits those that are
    not there; default only at a stand-in, because at Twilio people should look at them first (``doctor --fix``).
    """

    name = "whatsapp"
    limits = WHATSAPP

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        public_url: str,
        *,
        api_url: str = "",
        callback_path: str = "/wa/status",
        trusted_hosts: Iterable[str] = (),
        make_templates: bool | None = None,
        clock: Clock = utc_now,
    ) -> None:
        if not auth_token:
            raise ValueError("without Twilio's auth token nobody can tell who posts")
        self._sender = sender if sender.startswith(PREFIX) else PREFIX + sender
        self._public, self._callback, self._clock = public_url.rstrip("/"), callback_path, clock
        self._makes_templates = bool(api_url) if make_templates is None else make_templates
        self._doorman = whatsapp_webhooks.Doorman(auth_token, self._public)
        self._transport = TwilioTransport(api_url)
        self.client = Client(account_sid, auth_token, http_client=self._transport)
        self.shelf = Shelf(self.client, templates.everything(self._public))
        trusted = plain.trusted_hosts(self._public, more=trusted_hosts)
        self._bubbles = Bubbles(self.limits, self._public, trusted, self.shelf.usable)
        self._accepted = Accepted()

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        """A message or a status report. See Channel."""
        pairs = whatsapp_webhooks.fields_of(body)
        self._doorman.check(headers, pairs, url)
        return whatsapp_webhooks.parse(dict(pairs), url, self._clock())

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held:
        """Text, buttons (≤ 3), a list (≤ 10) or numbered text in the window; an approved template, or Held, outside it."""
        found = self._bubbles.inside(parcel) if window_open else self._bubbles.outside(parcel)
        if isinstance(found, Held):
            return found
        return [Call("messages.create", {"to": PREFIX + parcel.to, **bubble}) for bubble in found]

    async def send(self, calls: list[Call], key: str) -> Outcome:
        """See Channel. ``Sent`` means that Twilio queued it: what WhatsApp did with it comes back as a status report."""
        return await self._accepted.send(calls, key, self._send)

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        """Twilio's list of what we sent to this person holds each text of ours (after ``since``, not yet ``known``)."""
        if not calls:
            return None
        sent = await self._list(to=calls[0].params["to"], from_=self._sender, date_sent_after=since - _CLOCKS_DIFFER)
        left = {item.sid: _squeezed(item.body or "") for item in sent if item.sid not in known}
        last = None
        for number, call in enumerate(calls):
            wanted = _squeezed(self._text(call))
            last = next((sid for sid, text in left.items() if text == wanted), None)
            if last is None:
                self._accepted.note(key, calls[:number])
                return None
            del left[last]
        return last

    async def catch_up(self, since: datetime) -> list[Incoming]:
        """What came in and what became of our messages since then, oldest first. Buttons come back as their words."""
        came = await self._list(to=self._sender, date_sent_after=since)
        went = await self._list(from_=self._sender, date_sent_after=since, limit=_MOST_REPORTS)
        await self._refresh_shelf()
        now = self._clock()
        missed = [_missed(item, now) for item in came if (item.from_ or "").startswith(PREFIX)]
        code = [(item, "" if item.error_code is None else str(item.error_code)) for item in went]
        return [
            *missed,
            *(one for item, c in code for one in whatsapp_webhooks.report(item.sid, str(item.status), c, None, now)),
        ]

    async def start(self) -> None:
        """Looks up the templates. Twilio being out of reach is no reason not to start: sending looks them up again."""
        await self._look(self._find_templates(_PATIENCE_SECONDS))

    async def close(self) -> None:
        """Closes the connections."""
        await self._transport.close()

    # --- details --------------------------------------------------------------------------------------------------------------

    async def _refresh_shelf(self) -> None:
        """Sees whether templates were approved since. Without an answer the last known standing counts."""
        if not all(standing.ready for standing in self.shelf.standings() if standing.template.topic):
            await self._look(self._find_templates())

    def _find_templates(self, patience: float = 0.0) -> Awaitable[None]:
        return self.shelf.fill(patience) if self._makes_templates else self.shelf.refresh()

    async def _look(self, job: Awaitable[None]) -> None:
        try:
            await job
        except (OSError, aiohttp.ClientError, TwilioException, TooMany) as error:
            _log.warning("the templates could not be looked up: %s", type(error).__name__)

    async def _list(self, **which: Any) -> list[Any]:
        """Messages at Twilio, oldest first. Twilio lists the newest first, with times in whole seconds."""
        try:
            found: list[Any] = await self.client.messages.list_async(**which, page_size=_PAGE)
        except (TwilioException, TooMany) as error:
            raise RuntimeError(f"Twilio: {type(error).__name__} {status_of(error) or ''}".strip()) from error
        except aiohttp.ClientError as error:
            raise OSError(f"Twilio: {type(error).__name__}") from error
        found.reverse()
        return sorted(found, key=lambda item: item.date_sent or item.date_created)

    def _text(self, call: Call) -> str:
        """What a person reads of this call."""
        if "body" in call.params:
            return str(call.params["body"])
        return self.shelf.template(call.params["content"]).body(call.params["variables"])

    async def _send(self, call: Call, key: str) -> Outcome:
        try:
            what = await self._filled(call)
        except (OSError, aiohttp.ClientError, TwilioException, TooMany) as error:
            return Later(why=f"template: {type(error).__name__}")
        if what is None:
            return Later(_MISCONFIGURED_SECONDS, f"template not approved: {call.params['content']}")
        try:
            callback = f"{self._public}{self._callback}?k={quote(key, safe='')}"
            message = await self.client.messages.create_async(
                to=call.params["to"], from_=self._sender, status_callback=callback, **what
            )
        except (OSError, aiohttp.ClientError, TwilioException, TooMany, ValueError) as error:
            return outcome_of(error)
        return Sent(str(message.sid))

    async def _filled(self, call: Call) -> dict[str, str] | None:
        """The content of a call as Twilio's parameters; None when its template may not be used."""
        if "body" in call.params:
            return {"body": call.params["body"]}
        sid = await self.shelf.sid(call.params["content"])
        variables = json.dumps(call.params["variables"], ensure_ascii=False)
        return {"content_sid": sid, "content_variables": variables} if sid else None


def outcome_of(error: Exception) -> Outcome:
    """What an error while sending means (https://www.twilio.com/docs/api/errors).

    TwilioServiceException is no TwilioRestException, but has the same ``status`` and ``code``. A body that is no JSON
    (ValueError) and any 5xx leave us in the dark: the message may have been queued.
    """
    if isinstance(error, TooMany):
        return Later(error.seconds, "429")
    status, code = status_of(error), getattr(error, "code", None)
    if not isinstance(error, TwilioException) or status is None or status >= 500:
        why = f"{type(error).__name__} {status or ''}".strip()
        return Later(why=why) if not_sent(error) else Unknown(why)
    if status in (401, 403) or code in _CREDENTIAL_CODES:
        return Later(_MISCONFIGURED_SECONDS, f"settings: {code or status}")
    if code in LATER_CODES:
        return Later(why=str(code))
    return Refused(str(code or status), gone=code in GONE_CODES)


def _missed(item: Any, now: datetime) -> Inbound:
    """A message from Twilio's list: the same event id as its webhook would have had."""
    media = str(item.num_media or "0") != "0"
    kind = whatsapp_webhooks.kind_of_missed(item.body or "", media)
    sender = whatsapp_webhooks.address(item.from_)
    at = item.date_sent or item.date_created or now
    return Inbound(item.sid, sender, at, kind, plain.storable(item.body or ""), late=True)


def _squeezed(text: str) -> str:
    return " ".join(text.split())
