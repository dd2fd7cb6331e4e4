"""What becomes of a message after Twilio said 201: WhatsApp delivers it, or a status callback says why not."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from bot.standins.common import Bucket, utc
from bot.standins.rules import Refusal, Rule
from bot.standins.twilio_content import Content, Json, body_of
from bot.standins.twilio_phones import Phone, Phones, Sms

_ERRORS = "https://www.twilio.com/docs/whatsapp/api/error-code-mapping"


class Sending(Phones):
    """Outgoing messages of one sender, and the templates they are made from."""

    def _sending(self, rates: bool, latency: float) -> None:
        self.rates, self.latency = rates, latency
        self.contents: dict[str, Content] = {}
        self._number = self._bucket("whatsapp.rate.number")
        self._written_to: dict[str, datetime] = {}
        self._doomed: list[tuple[int, str | None]] = []

    def fail_next(self, code: int, who: str | None = None, times: int = 1) -> None:
        """The next message (to that person) is accepted, and then fails by callback with this error code, as 63024 or 63049."""
        self._doomed += [(code, who)] * times

    def accept(self, params: Json) -> Sms:
        """Queues a message: 201 at once, the outcome later. Raises Refused for what Twilio itself refuses."""
        who = params["To"].removeprefix("whatsapp:")
        phone = self.phones.get(who)
        if params.get("From") and params["From"] != self.sender:
            raise self.refuse("twilio.from.ours", "CreateMessage", params["From"])
        if phone and phone.opted_out:
            raise self.refuse("twilio.error.opted_out", "CreateMessage")
        content = self._content_of(params)
        values: dict[str, str] = json.loads(params.get("ContentVariables") or "{}")
        rendered = content.rendered(values) if content else None
        media = params.get("MediaUrl", [])
        now = utc(self.clock())
        body = body_of(rendered) if rendered else params.get("Body", "")
        sid = self.make_sid("MM" if media else "SM")
        message = Sms(sid, who, False, body, now, "queued", updated=now, rendered=rendered, to=params["To"])
        message.callback, message.service = params.get("StatusCallback"), params.get("MessagingServiceSid")
        message.media_urls = tuple(media)
        self.messages[sid] = message
        wrong = self._objection(phone, message, content, values)
        self.agenda.after(self.latency, lambda: self._outcome(phone, message, wrong))
        return message

    def _content_of(self, params: Json) -> Content | None:
        sid = params.get("ContentSid")
        if sid and sid not in self.contents:
            raise self.refuse("twilio.content.unknown", "CreateMessage", sid)
        return self.contents.get(sid or "")

    def _objection(self, phone: Phone | None, message: Sms, content: Content | None, values: dict[str, str]) -> Rule | None:
        """Why WhatsApp will not deliver this, judged at the moment of sending."""
        for doom in self._doomed:
            if doom[1] in (None, message.who):
                self._doomed.remove(doom)
                return Rule(f"twilio.callback.{doom[0]}", _ERRORS, refusal=Refusal(0, callback=doom[0], says="Planned failure"))
        if phone is None:
            return self.book["twilio.callback.63003"]
        if phone.blocked:
            return self.book["twilio.callback.63014"]
        session = self.in_session(phone)
        if broken := self._broken(message, content, values, session):
            return broken
        if not session and not (content and content.approved):
            return self.book["whatsapp.window"]
        return self._pace(phone, session) if self.rates else None

    def _broken(self, message: Sms, content: Content | None, values: dict[str, str], session: bool) -> Rule | None:
        """The first rule of content that the rendered message breaks; all are recorded as violations."""
        if content is None:
            return None
        broken = self.book.breaches("variables", values) + self.book.breaches("rendered", message.rendered)
        if content.approved:  # an approved template may have up to ten buttons; that was judged when it was made
            broken = [breach for breach in broken if breach.rule.id != "whatsapp.quick_reply.buttons.max"]
        if content.missing(values):
            self.violate("whatsapp.variable.missing", "CreateMessage", str(sorted(content.missing(values))))
            return self.book["whatsapp.variable.missing"]
        if not session:
            broken += self.book.breaches("template", {"body": message.body})
            if content.kind in self.book["whatsapp.window.session_only"].limit:
                self.violate("whatsapp.window.session_only", "CreateMessage", content.kind)
                return self.book["whatsapp.window.session_only"]
        for breach in broken:
            self.violate(breach.rule.id, "CreateMessage", breach.detail)
        return broken[0].rule if broken else None

    def _bucket(self, rule_id: str) -> Bucket:
        limit = self.book[rule_id].limit
        return Bucket(limit["rate"], limit["burst"])

    def _pace(self, phone: Phone, session: bool) -> Rule | None:
        now, tier = self.clock(), self.book["whatsapp.rate.tier"]
        phone.bucket = phone.bucket or self._bucket("whatsapp.rate.pair")
        if phone.bucket.take(now):
            return self.book["whatsapp.rate.pair"]
        if self._number.take(now):
            return self.book["whatsapp.rate.number"]
        if not session:
            since = now - timedelta(seconds=tier.limit["seconds"])
            self._written_to = {who: at for who, at in self._written_to.items() if at > since}
            if phone.id not in self._written_to and len(self._written_to) >= tier.limit["users"]:
                return tier
            self._written_to[phone.id] = now
        return None

    async def _outcome(self, phone: Phone | None, message: Sms, wrong: Rule | None) -> None:
        if wrong or phone is None:
            message.error = wrong.refusal.callback if wrong else None
            message.error_words = wrong.refusal.says if wrong else None
            state = "failed" if message.error in (63021, 63013) else "undelivered"
            self.rises(message, state)
            self.touch(message.who)
            await self._tell(phone, message, state)
            return
        message.sent = utc(self.clock())
        phone.typing_until = None
        self._show(phone, message)
        await self._climb(phone, message, ["sent", "delivered", *(["read"] if phone.reads else [])])

    def _show(self, phone: Phone, message: Sms) -> None:
        self.remember(phone, message)
        self.touch(phone.id)

    async def _climb(self, phone: Phone, message: Sms, states: list[str]) -> None:
        """One state after another, each with its callback, so many seconds apart."""
        self.rises(message, states[0])
        self.touch(phone.id)
        await self._tell(phone, message, states[0])
        if len(states) > 1:
            self.agenda.after(self.latency, self._next(phone, message, states[1:]))

    def _next(self, phone: Phone, message: Sms, states: list[str]) -> Callable[[], Awaitable[None]]:
        return lambda: self._climb(phone, message, states)

    async def _tell(self, phone: Phone | None, message: Sms, state: str) -> None:
        if message.callback:
            self.ring(message.callback, "status", "statusCallback", self.status_fields(phone, message, state))

    def facts(self, message: Sms) -> dict[str, Any]:
        """A message as Twilio's API shows it."""
        path = f"/2010-04-01/Accounts/{self.account}/Messages/{message.sid}"
        phone = self.phones.get(message.who)
        other = phone.address if phone and message.inbound else message.to
        return {
            "sid": message.sid, "account_sid": self.account, "messaging_service_sid": message.service,
            "api_version": "2010-04-01",
            "from": other if message.inbound else self.sender, "to": self.sender if message.inbound else other,
            "body": message.body, "status": message.status, "direction": "inbound" if message.inbound else "outbound-api",
            "num_segments": "1" if message.inbound else "0", "num_media": str(len(message.media) + len(message.media_urls)),
            "date_created": rfc2822(message.created), "date_updated": rfc2822(message.updated),
            "date_sent": rfc2822(message.sent), "error_code": message.error, "error_message": message.error_words,
            "price": None, "price_unit": None,
            "uri": f"{path}.json", "subresource_uris": {"media": f"{path}/Media.json"},
        }  # fmt: skip


def rfc2822(moment: datetime | None) -> str | None:
    """As the 2010 API writes moments."""
    return utc(moment).strftime("%a, %d %b %Y %H:%M:%S +0000") if moment else None
