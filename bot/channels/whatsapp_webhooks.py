"""What Twilio posts: messages as Inbound, status callbacks as StatusReport, and whether it is Twilio that posts.

Fields: https://www.twilio.com/docs/messaging/guides/webhook-request (new ones appear unannounced and are ignored).
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1
from typing import Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

from twilio.request_validator import RequestValidator, get_signature_algorithm  # type: ignore[import-untyped]

from bot.channels import plain
from bot.channels.base import LONGEST_NAME, BadSignature, Incoming
from notifications.messages import Address, Inbound, Kind, StatusReport

CHANNEL = "whatsapp"
PREFIX = "whatsapp:"
_MOST_FIELDS = 300
#: Twilio signs names and values glued together: without this a captured message whose borders were moved would have an id
#: that was never seen, and would be handled once more.
_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}", re.ASCII)
Status = Literal["queued", "sent", "delivered", "read", "undelivered", "failed"]
#: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
STATUSES: dict[str, Status] = {
    "accepted": "queued", "scheduled": "queued", "queued": "queued", "sending": "queued", "sent": "sent",
    "delivered": "delivered", "read": "read", "undelivered": "undelivered", "failed": "failed", "canceled": "failed",
}  # fmt: skip
_CARDS = ("text/vcard", "text/x-vcard", "text/directory")


class Doorman:
    """Checks Twilio's signature over the public address: behind a proxy the request's own address is another.

    The usual case is computed here (0.01 ms); for what differs (a port, another algorithm) the library
    has the last word (0.2 ms).
    """

    def __init__(self, auth_token: str, public_url: str) -> None:
        self._key = auth_token.encode()
        self._validator = RequestValidator(auth_token)
        self._public = public_url

    def check(self, headers: Mapping[str, str], pairs: list[tuple[str, str]], url: str) -> None:
        """Raises BadSignature unless one of Twilio's signatures fits."""
        given = headers.get("x-twilio-signature", "")
        parts = urlsplit(url)
        public = self._public + parts.path + (f"?{parts.query}" if parts.query else "")
        if hmac.compare_digest(self._signature(public, pairs).encode(), given.encode("utf-8", "replace")):
            return
        algorithm = get_signature_algorithm(headers.get("x-twilio-webhooks-signature-settings"))
        if not given.isascii() or not self._validator.validate(public, _Fields(pairs), given, algorithm):
            raise BadSignature("wrong or missing signature")

    def _signature(self, url: str, pairs: list[tuple[str, str]]) -> str:
        signed = url + "".join(name + value for name, value in sorted(set(pairs)))
        return base64.b64encode(hmac.new(self._key, signed.encode("utf-8", "replace"), sha1).digest()).decode()


class _Fields(dict[str, list[str]]):
    """Form fields that may come several times, as the library wants to see them."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return self[name]


def fields_of(body: bytes) -> list[tuple[str, str]]:
    """The form's fields, blank ones too: they are part of what is signed. Raises ValueError when it is no form."""
    return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)


def parse(form: Mapping[str, str], url: str, now: datetime) -> list[Incoming]:
    """A signed form as one message or one status report. Raises ValueError when it is neither."""
    sid = form.get("MessageSid") or form.get("SmsSid")
    if not sid or not _SID.fullmatch(sid):
        raise ValueError("no MessageSid")
    if status := form.get("MessageStatus"):
        return report(sid, status, form.get("ErrorCode", ""), key_of(url), now)
    if not form.get("From", "").startswith(PREFIX):
        raise ValueError("not from WhatsApp")
    kind, text, choice = _content(form)
    sender = address(form["From"])
    other = form.get("ExternalUserId", "")
    aliases = (address(other),) if other and address(other) != sender else ()
    name = plain.shortened(plain.one_line(form.get("ProfileName", "")), LONGEST_NAME)
    answered = form.get("OriginalRepliedMessageSid") or None
    return [Inbound(sid, sender, now, kind, plain.storable(text), choice, name, aliases, answered)]


def report(sid: str, status: str, code: str, key: str | None, now: datetime) -> list[Incoming]:
    """A status as a report; states that we do not know (yet) say nothing to us."""
    known = STATUSES.get(status)
    return [StatusReport(sid, known, now, key, int(code) if code.isdigit() else None)] if known else []


def key_of(url: str) -> str | None:
    """Our outbox key, which came back in the callback's address."""
    return parse_qs(urlsplit(url).query).get("k", [None])[0]


def _content(form: Mapping[str, str]) -> tuple[Kind, str, str | None]:
    """Kind, words and the tapped token."""
    body = form.get("Body", "")
    if token := form.get("ButtonPayload") or form.get("ListId"):
        return "choice", form.get("ButtonText") or form.get("ListTitle") or body, plain.storable(token)
    if "Latitude" in form and "Longitude" in form:
        return "location", f"{form['Latitude']},{form['Longitude']}"[:60], None
    if form.get("NumMedia", "0") not in ("", "0"):
        return _media_kind(form.get("MediaContentType0", "").lower()), body, None
    if form.get("MessageType") in ("reaction", "contacts", "unsupported", "order") or not body.strip():
        return ("contact" if form.get("MessageType") == "contacts" else "other"), body, None
    return "text", body, None


def kind_of_missed(body: str, media: bool) -> Kind:
    """What a message from Twilio's list is: the list does not tell a location, a card or what kind of media it is."""
    return "file" if media else "text" if body.strip() else "other"


def _media_kind(content_type: str) -> Kind:
    if content_type.startswith("audio/"):
        return "voice"
    if content_type.startswith("image/"):
        return "sticker" if content_type == "image/webp" else "image"
    return "contact" if content_type.partition(";")[0] in _CARDS else "file"


def address(value: str) -> Address:
    """A WhatsApp address without its prefix: a number or a username id, opaque to us."""
    return Address(CHANNEL, plain.storable(value.removeprefix(PREFIX)[:160]))
