"""The people on WhatsApp behind Twilio: their phones, the 24-hour window, and what they do. Their side of the stand-in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

from bot.standins.common import Bucket, Hook, StandIn, utc
from bot.standins.webhooks import Answer

Json = dict[str, Any]

_RANK = ("queued", "sending", "sent", "delivered", "read")
_FINAL = ("failed", "undelivered", "canceled")
_RETRY_GAP_SECONDS = 1.0
_NEW_FIELD_EVERY = 7  # Twilio adds fields without notice: now and then one that nobody has heard of


class NotOnTheScreen(LookupError):
    """A person cannot do that: there is no such message, button or row on the phone."""


@dataclass
class Phone:
    """One person on WhatsApp: a visible phone number, a business-scoped user id, or both. ``screen`` holds messages, oldest
    first."""

    phone: str | None
    bsuid: str | None
    name: str
    screen: list[Sms] = field(default_factory=list)
    last_inbound: datetime | None = None
    opted_out: bool = False
    blocked: bool = False
    typing_until: datetime | None = None
    bucket: Bucket | None = None
    reads: bool = True

    @property
    def id(self) -> str:
        """How tests and the demo name this person: the number, else the BSUID."""
        return self.phone or self.bsuid or ""

    @property
    def address(self) -> str:
        """What Twilio gives as From."""
        return f"whatsapp:{self.id}"


@dataclass
class Sms:
    """One message, in or out. ``rendered`` is the filled-in content; ``media`` are (type, bytes) by sid."""

    sid: str
    who: str
    inbound: bool
    body: str
    created: datetime
    status: str
    sent: datetime | None = None
    updated: datetime | None = None
    rendered: Json | None = None
    error: int | None = None
    error_words: str | None = None
    callback: str | None = None
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    to: str = ""
    service: str | None = None


class Phones(StandIn):
    """The phones around one WhatsApp sender."""

    sender: str
    account: str
    auth_token: str

    def _phones(self, inbound_url: str, fallback_url: str, keep: int) -> None:
        self.inbound_url, self.fallback_url = inbound_url, fallback_url
        self.phones: dict[str, Phone] = {}
        self.messages: dict[str, Sms] = {}
        self.lost: list[Hook] = []
        # Under which names a picked row comes in is not confirmed by Twilio's documentation: tests may narrow it.
        self.list_reply_fields: tuple[str, ...] = ("ListId", "ListTitle", "ButtonText", "ButtonPayload")
        self._keep = keep
        self._serial = 0

    # --- what people do -------------------------------------------------------------------------------------------------------

    def user(self, phone: str | None = None, *, bsuid: str | None = None, name: str = "An") -> Phone:
        """A person on WhatsApp, by number (``+316…``), by BSUID (``NL.…``) or both; the one already there when known."""
        known = self.phones.get(phone or "") or self.phones.get(bsuid or "")
        if known is None:
            if not phone and not bsuid:
                raise ValueError("a person needs a number or a BSUID")
            known = Phone(phone, bsuid, name)
        for alias in filter(None, (phone, bsuid)):
            self.phones[alias] = known
        return known

    def user_sends(
        self,
        who: str,
        text: str = "",
        *,
        media: bytes | None = None,
        media_type: str = "image/jpeg",
        voice: bytes | None = None,
        photo: bytes | None = None,
        sticker: str | None = None,
        location: tuple[float, float] | list[float] | None = None,
        contact: str | None = None,
        reply_to: str | None = None,
    ) -> str:
        """The person (number or BSUID) sends one thing; returns its sid. STOP and START also switch the opt-out at Twilio."""
        phone = self._who(who)
        for content, kind in ((voice, "audio/ogg"), (photo, "image/jpeg"), (sticker, "image/webp")):
            if content is not None:
                media, media_type = (content.encode() if isinstance(content, str) else content), kind
        more: dict[str, str] = {"MessageType": "text"}
        if location is not None:
            more = {"MessageType": "location", "Latitude": str(location[0]), "Longitude": str(location[1])}
        if contact is not None:
            media, media_type = f"BEGIN:VCARD\nTEL:{contact}\nEND:VCARD".encode(), "text/vcard"
        if media is not None:
            more["MessageType"] = "contacts" if contact else media_type.split("/")[0]
        attached = (media_type, media) if media is not None else None
        return self._comes_in(phone, text, {**more, **self._reply(reply_to)}, attached)

    def user_presses(self, who: str, sid: str, button_id: str) -> str:
        """The person presses a quick-reply button of a message; returns the sid of what comes in. Raises NotOnTheScreen."""
        message = self._on_screen(who, sid)
        fields = (message.rendered or {}).get("twilio/quick-reply") or {}
        for action in fields.get("actions", []):
            if action.get("id", action["title"]) == button_id:
                more = {"MessageType": "button", "ButtonText": action["title"], "ButtonPayload": button_id, **self._reply(sid)}
                return self._comes_in(self._who(who), action["title"], more)
        raise NotOnTheScreen(f"no button {button_id!r} in {sid}")

    def user_picks(self, who: str, sid: str, row_id: str) -> str:
        """The person picks a row of a list message; returns the sid of what comes in. Raises NotOnTheScreen."""
        message = self._on_screen(who, sid)
        fields = (message.rendered or {}).get("twilio/list-picker") or {}
        for row in fields.get("items", []):
            if row["id"] == row_id:
                every = {"ListId": row_id, "ListTitle": row["item"], "ButtonText": row["item"], "ButtonPayload": row_id}
                told = {name: every[name] for name in self.list_reply_fields}
                return self._comes_in(self._who(who), row["item"], {"MessageType": "interactive", **told, **self._reply(sid)})
        raise NotOnTheScreen(f"no row {row_id!r} in {sid}")

    def user_taps(self, who: str, label: str) -> str:
        """The person presses the newest button, or picks the newest row, with this label. Raises NotOnTheScreen."""
        for message in reversed(self._who(who).screen):
            rendered = message.rendered or {}
            for action in (rendered.get("twilio/quick-reply") or {}).get("actions", []):
                if action["title"] == label:
                    return self.user_presses(who, message.sid, action.get("id", label))
            for row in (rendered.get("twilio/list-picker") or {}).get("items", []):
                if row["item"] == label:
                    return self.user_picks(who, message.sid, row["id"])
        raise NotOnTheScreen(f"nothing called {label!r} on the phone of {who}")

    def recycle(self, phone: str, bsuid: str, name: str = "Nieuw") -> Phone:
        """The number goes to somebody else, with a user id of their own; the one who had it keeps only theirs."""
        old = self.phones.pop(phone, None)
        if old is not None:
            old.phone = None
        return self.user(phone, bsuid=bsuid, name=name)

    def block(self, who: str, blocked: bool = True) -> None:
        """The person blocks the business, or takes it back."""
        self._who(who).blocked = blocked

    def screen(self, who: str) -> list[Json]:
        """What the phone shows, oldest first, in the shape that the demo page draws (the same for every channel)."""
        return [drawn(message) for message in list(self._who(who).screen)]

    def in_session(self, phone: Phone) -> bool:
        """Whether the 24-hour window is open."""
        window = timedelta(seconds=self.book["whatsapp.window"].limit)
        return phone.last_inbound is not None and self.clock() - phone.last_inbound < window

    # --- inbound --------------------------------------------------------------------------------------------------------------

    def make_sid(self, prefix: str) -> str:
        """A sid as Twilio makes them: two letters and 32 hexadecimal digits."""
        self._serial += 1
        return prefix + hashlib.md5(f"{self.account}{self._serial}".encode(), usedforsecurity=False).hexdigest()

    def _who(self, who: str) -> Phone:
        return self.phones.get(who) or self.user(**({"phone": who} if who.startswith("+") else {"bsuid": who}))

    def _on_screen(self, who: str, sid: str) -> Sms:
        for message in self._who(who).screen:
            if message.sid == sid:
                return message
        raise NotOnTheScreen(f"no message {sid} on the phone of {who}")

    def _reply(self, sid: str | None) -> dict[str, str]:
        return {"OriginalRepliedMessageSid": sid, "OriginalRepliedMessageSender": self.sender} if sid else {}

    def _comes_in(self, phone: Phone, body: str, more: dict[str, str], media: tuple[str, bytes] | None = None) -> str:
        sid = self.make_sid("MM" if media else "SM")
        now = utc(self.clock())
        message = Sms(sid, phone.id, True, body, now, "received", now, now, to=self.sender)
        if media:
            message.media[self.make_sid("ME")] = media
        message.fields = more
        self.remember(phone, message)
        phone.last_inbound = self.clock()
        word = body.strip().upper()
        phone.opted_out = word == "STOP" or (phone.opted_out and word not in ("START", "UNSTOP"))
        self.touch(phone.id)
        if self.inbound_url:
            self.ring(self.inbound_url, "inbound", "inboundMessage", self._inbound_fields(phone, message, more))
        return sid

    def remember(self, phone: Phone, message: Sms) -> None:
        """Puts a message on the phone's screen and in the account's list."""
        self.messages[message.sid] = message
        phone.screen.append(message)
        if len(phone.screen) > self._keep:
            self.messages.pop(phone.screen.pop(0).sid, None)

    def _inbound_fields(self, phone: Phone, message: Sms, more: dict[str, str]) -> dict[str, str]:
        sid = message.sid
        fields = {
            "SmsMessageSid": sid, "SmsSid": sid, "MessageSid": sid, "AccountSid": self.account, "ApiVersion": "2010-04-01",
            "SmsStatus": "received", "NumSegments": "1", "NumMedia": str(len(message.media)), "Body": message.body,
            "From": phone.address, "To": self.sender, "ProfileName": phone.name, **more,
        }  # fmt: skip
        if phone.phone:
            fields["WaId"] = phone.phone.removeprefix("+")
        if phone.bsuid:
            fields["ExternalUserId"] = f"whatsapp:{phone.bsuid}"
        for number, (media_sid, (kind, _)) in enumerate(message.media.items()):
            path = f"/2010-04-01/Accounts/{self.account}/Messages/{sid}/Media/{media_sid}"
            fields |= {f"MediaUrl{number}": f"https://api.twilio.com{path}", f"MediaContentType{number}": kind}
        if self._serial % _NEW_FIELD_EVERY == 0:
            fields["FieldOfTomorrow"] = "unannounced"
        return fields

    # --- webhooks -------------------------------------------------------------------------------------------------------------

    def signature(self, url: str, fields: dict[str, str]) -> str:
        """X-Twilio-Signature over the public address and the form.

        Source: https://www.twilio.com/docs/usage/security"""
        signed = url + "".join(name + fields[name] for name in sorted(fields))
        return base64.b64encode(hmac.new(self.auth_token.encode(), signed.encode(), hashlib.sha1).digest()).decode()

    def ring(self, url: str, kind: str, contract: str, fields: dict[str, str]) -> None:
        """Sends a signed webhook, with the attempts that its address asks for."""
        hook = self._hook(url, kind, contract, fields, self.make_sid("IT"))
        self.agenda.at(self.clock(), lambda: self._insist(hook, url, fields))

    def _hook(self, url: str, kind: str, contract: str, fields: dict[str, str], token: str) -> Hook:
        bare = url.partition("#")[0]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "X-Twilio-Signature": self.signature(bare, fields),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
        }
        return Hook(kind, bare, urlencode(fields).encode(), headers, contract, fields)

    async def _insist(self, hook: Hook, url: str, fields: dict[str, str]) -> None:
        """The attempts that the address asks for (``#rc=3&rp=all``), within 15 seconds in all; then the fallback; then lost."""
        wish = parse_qs(url.partition("#")[2])
        most = self.book["twilio.webhook.retry"].limit
        retries = min(int(wish.get("rc", [str(most["retries"])])[0]), most["most"])
        policy = set(",".join(wish.get("rp", ["ct"])).split(","))
        deadline = self.clock() + timedelta(seconds=self.book["twilio.webhook.timeouts"].limit["total"])
        await self._attempt(hook, fields, retries, policy, deadline)

    async def _attempt(self, hook: Hook, fields: dict[str, str], left: int, policy: set[str], deadline: datetime) -> None:
        answer = await self.deliver(hook)
        self._note_twiml(answer)
        if answer.ok:
            return
        due = self.clock() + timedelta(seconds=_RETRY_GAP_SECONDS)
        if left > 0 and due < deadline and _retried(answer, policy):
            self.agenda.at(due, lambda: self._attempt(hook, fields, left - 1, policy, deadline))
        elif self.fallback_url and hook.kind == "inbound" and hook.url != self.fallback_url:
            token = hook.headers["I-Twilio-Idempotency-Token"]
            again = {**fields, "ErrorCode": "11200", "ErrorUrl": hook.url}
            rescue = self._hook(self.fallback_url, hook.kind, hook.contract, again, token)
            await self._attempt(rescue, again, 0, policy, deadline)
        else:
            self.lost.append(hook)

    def _note_twiml(self, answer: Answer) -> None:
        if b"<Message" in answer.body or b"<Redirect" in answer.body:
            self.violate("twilio.webhook.twiml", "webhook", answer.body[:120].decode(errors="replace"))

    def status_fields(self, phone: Phone | None, message: Sms, status: str) -> dict[str, str]:
        """The form of a status callback."""
        sid = message.sid
        fields = {
            "MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status, "AccountSid": self.account,
            "From": self.sender, "To": message.to, "ApiVersion": "2010-04-01", "ChannelPrefix": "whatsapp",
            "ChannelToAddress": message.to.removeprefix("whatsapp:"),
        }  # fmt: skip
        if status in _FINAL and message.error:
            fields |= {"ErrorCode": str(message.error), "ErrorMessage": message.error_words or ""}
        if phone and phone.bsuid:
            fields["ExternalUserId"] = f"whatsapp:{phone.bsuid}"
        return fields

    def rises(self, message: Sms, status: str) -> None:
        """A new state of a message that left; never back to an earlier one."""
        if status in _FINAL or _RANK.index(status) > _RANK.index(message.status):
            message.status, message.updated = status, utc(self.clock())


def _retried(answer: Answer, policy: set[str]) -> bool:
    if "all" in policy:
        return True
    if answer.failure:
        return {"connect": "ct", "timeout": "rt", "cut": "rt"}[answer.failure] in policy
    return f"{answer.status // 100}xx" in policy


def drawn(message: Sms) -> Json:
    """A message as the demo page draws it."""
    rendered = message.rendered or {}
    quick = (rendered.get("twilio/quick-reply") or {}).get("actions", [])
    links = (rendered.get("twilio/call-to-action") or {}).get("actions", [])
    rows = rendered.get("twilio/list-picker") or {}
    buttons = [[{"label": item["title"], "data": item.get("id", item["title"])}] for item in quick]
    buttons += [[{"label": item["title"], "url": item.get("url"), "phone": item.get("phone")}] for item in links]
    return {
        "id": message.sid,
        "mine": message.inbound,
        "kind": message.fields.get("MessageType", "text") if message.inbound else next(iter(rendered), "text").split("/")[-1],
        "text": message.body,
        "entities": [],
        "buttons": buttons,
        "list": {"button": rows.get("button"), "rows": rows.get("items", [])} if rows else None,
        "media": list(message.media_urls) or [kind for kind, _ in message.media.values()],
        "at": int(message.created.timestamp()),
        "status": message.status,
        "error": message.error,
        "edited": False,
        "detail": message.fields,
    }
