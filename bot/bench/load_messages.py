"""What the load generator sends: Telegram updates and signed Twilio forms as the platforms post them, as raw HTTP requests."""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import urlencode, urlsplit

#: One order and its changes, as a resident types it; every line is one turn. The last puts the basket away again.
CHANGES = (
    "2 halfvolle melk", "6 krentenbollen", "toch maar 4 krentenbollen", "een heel volkoren gesneden",
    "doe mij maar 4 slavinken", "geen melk", "een kilo uien", "mandje leeg",
)  # fmt: skip
#: From words to a placed order in eight turns, the fee and the ride included; payment at the door.
ORDERING = (
    "4 krentenbollen voor vrijdag", "en 2 halfvolle melk", "een heel volkoren gesneden", "toch maar 6 krentenbollen",
    "bestellen", "3981AB 12A", "betaal aan de deur", "bestellen en betalen",
)  # fmt: skip
FIRST_TELEGRAM = 10_000
FIRST_PHONE = 31_610_000_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One message: its id at the platform and the request that carries it."""

    event: str
    request: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes. ``id`` is a Telegram chat id or a phone number with its plus."""

    channel: str
    id: str


def people(many: int, whatsapp: float) -> list[Person]:
    """So many people, this share of them on WhatsApp, mixed."""
    phones = {int(n / whatsapp) for n in range(int(many * whatsapp))} if whatsapp else set()
    return [
        Person("whatsapp", f"+{FIRST_PHONE + n}") if n in phones else Person("telegram", str(FIRST_TELEGRAM + n))
        for n in range(many)
    ]


@dataclass
class Platforms:
    """Makes requests as Telegram and Twilio would. Ids count up from ``first``, so that no two are alike."""

    telegram_url: str
    telegram_secret: str
    whatsapp_url: str
    twilio_account: str
    twilio_token: str
    twilio_sender: str
    first: int = field(default_factory=lambda: int(time.time()) % 1_000_000 * 1000)

    def __post_init__(self) -> None:
        self._ids = itertools.count(self.first)

    def shot(self, person: Person, text: str) -> Shot:
        """One message of a person."""
        return self._telegram(person, text) if person.channel == "telegram" else self._twilio(person, text)

    def _telegram(self, person: Person, text: str) -> Shot:
        number = next(self._ids)
        user = {"id": int(person.id), "is_bot": False, "first_name": "An", "language_code": "nl"}
        message = {
            "message_id": number, "from": user, "chat": {"id": int(person.id), "type": "private", "first_name": "An"},
            "date": int(time.time()), "text": text,
        }  # fmt: skip
        body = json.dumps({"update_id": number, "message": message}).encode()
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.telegram_secret}
        return Shot(str(number), request(self.telegram_url, body, headers))

    def _twilio(self, person: Person, text: str) -> Shot:
        sid = f"SM{next(self._ids):032x}"
        form = {
            "SmsMessageSid": sid, "NumMedia": "0", "ProfileName": "An", "MessageType": "text", "SmsSid": sid,
            "WaId": person.id[1:],
            "SmsStatus": "received", "Body": text, "To": self.twilio_sender, "NumSegments": "1", "ReferralNumMedia": "0",
            "MessageSid": sid, "AccountSid": self.twilio_account, "From": f"whatsapp:{person.id}", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        signed = self.whatsapp_url + "".join(name + form[name] for name in sorted(form))
        signature = base64.b64encode(hmac.new(self.twilio_token.encode(), signed.encode(), sha1).digest()).decode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return Shot(sid, request(self.whatsapp_url, urlencode(form).encode(), headers))

    def talks(self, persons: Sequence[Person], texts: Sequence[str]) -> Iterator[Shot]:
        """For ever: everybody says the first line, then everybody the second, and so on, and again."""
        for text in itertools.cycle(texts):
            for person in persons:
                yield self.shot(person, text)

    def lanes(self, persons: Sequence[Person], texts: Sequence[str], many: int) -> list[Iterator[Shot]]:
        """The same as so many streams side by side, each with people of its own, so that everybody's lines stay in order."""
        return [self.talks(persons[n::many], texts) for n in range(many) if persons[n::many]]

    def arrivals(self, persons: Sequence[Person], rate: float) -> Iterator[Shot]:
        """For ever: every eighth message somebody new begins an order; a person says a line a second at this rate.

        At the start the orders of people who began earlier are not there yet: others change a basket instead.
        """
        lines = len(ORDERING)
        apart = max(1, int(rate / lines))
        for number in itertools.count():
            line = number % lines
            who = number // lines - apart * line
            yield self.shot(persons[who % len(persons)], (ORDERING if who >= 0 else CHANGES)[line])


def arriving(rate: float, seconds: float) -> int:
    """How many people :meth:`Platforms.arrivals` needs, so that nobody orders twice."""
    lines = len(ORDERING)
    return int(rate * seconds / lines) + (lines - 1) * max(1, int(rate / lines)) + 1


def request(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A POST as bytes."""
    parts = urlsplit(url)
    lines = [f"POST {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body
