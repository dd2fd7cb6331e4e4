"""What every channel offers the engine: parse, render, send, find, catch up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from notifications.channel import Limits, Outcome
from notifications.messages import Choice, Inbound, StatusReport

Clock = Callable[[], datetime]
Incoming = Inbound | StatusReport


class BadSignature(Exception):
    """A webhook that does not prove that it comes from the platform: answer 403, keep nothing but a count."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outbox row, ready for a channel.

    ``key`` is the outbox key, ``to`` the address's id. ``tokens`` holds one opaque token per choice (``<ask_id>.<index>``, at most 64
    bytes of ASCII). ``replaces`` is the provider's id of an earlier message that this one may edit; ``callback_id`` the button press to
    answer first (Telegram); ``reply_to`` the provider's id of the message that this answers, for channels that can show typing.
    """

    key: str
    to: str
    body: str
    choices: tuple[Choice, ...] = ()
    tokens: tuple[str, ...] = ()
    topic: str = "reply"
    replaces: str | None = None
    callback_id: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request that will be made, as pure data: the platform's method and its parameters."""

    method: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A message that may not leave now; ``why`` says so in Dutch, for the coordinator."""

    why: str


class Channel(Protocol):
    """One channel. ``parse`` and ``render`` are pure; the others speak to the platform.

    ``parse`` takes headers (case-insensitive, or with lower-case names), the raw body and the path with its query (a whole URL will do:
    signatures are held against the public address from settings). It returns nothing for what is no message. Raises BadSignature, and
    ValueError when the body cannot be read. ``render`` returns calls in order. ``send`` makes them; when it is called again under the
    same key in this process, bubbles that were accepted before are not repeated. ``find`` asks whether lost calls were executed after
    all (``known``: provider ids that belong to other deliveries) and returns the provider's id. ``catch_up`` fetches what was missed.
    """

    name: str
    limits: Limits

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]: ...

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held: ...

    async def send(self, calls: list[Call], key: str) -> Outcome: ...

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None: ...

    async def catch_up(self, since: datetime) -> list[Incoming]: ...

    async def start(self) -> None: ...

    async def close(self) -> None: ...


def utc_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)
