"""What every channel offers the engine: parse, render, send, find, catch up."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from notifications.channel import Limits, Outcome, Sent
from notifications.messages import Choice, Inbound, StatusReport

Clock = Callable[[], datetime]
Incoming = Inbound | StatusReport
#: Names come from strangers: longer ones are cut.
LONGEST_NAME = 60


class BadSignature(Exception):
    """A webhook that does not prove that it comes from the platform: answer 403, keep nothing but a count."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outbox row, ready for a channel.

    ``key`` is the outbox key, ``to`` the address's id. ``tokens`` holds one opaque token per choice
    (``<ask_id>.<index>``, at most 64 bytes of ASCII). ``replaces`` is the provider's id of an earlier message that
    this one may edit; ``callback_id`` is the button press to answer first (Telegram). ``answered`` is the provider's id of
    the message whose question this one answers: its buttons are done with, except the links in ``kept``.
    """

    key: str
    to: str
    body: str
    choices: tuple[Choice, ...] = ()
    tokens: tuple[str, ...] = ()
    topic: str = "reply"
    replaces: str | None = None
    callback_id: str | None = None
    answered: str | None = None
    kept: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError when choices and tokens do not go together, or a token fits no button."""
        if len(self.tokens) != len(self.choices):
            raise ValueError(f"{len(self.choices)} choices with {len(self.tokens)} tokens")
        if any(not 1 <= len(token) <= 64 or not token.isascii() for token in self.tokens):
            raise ValueError("a token has 1 to 64 ASCII characters")


@dataclass(frozen=True, slots=True)
class Call:
    """One request that will be made, as pure data: the platform's method and its parameters."""

    method: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A message that may not leave now; ``why`` says so in Dutch, for the coordinator.

    ``passes``: it may be able to leave by itself, as when a template waits for approval; else not before the person writes.
    """

    why: str
    passes: bool = False


class Channel(Protocol):
    """One channel. ``parse`` and ``render`` touch nothing outside; the others speak to the platform.

    ``parse`` takes headers (case-insensitive, or with lower-case names), the raw body, and the path with its query
    (a whole URL will do: signatures are held against the public address from settings). It returns nothing for what
    is no message to us. Raises BadSignature, and ValueError when the body cannot be read.

    ``render`` returns the calls in their order. ``send`` makes them. A second try under the same key in this process
    leaves out the bubbles that were accepted before. ``find`` asks whether lost calls were executed after all and
    returns the provider's id; ``known`` are ids that belong to other deliveries. ``catch_up`` fetches what was missed.
    Both raise OSError when the platform cannot be reached, and RuntimeError when it refuses.
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


class Accepted:
    """The bubbles of an unfinished message that a platform already accepted, so that a second try leaves those out.

    Kept in this process only, for the last ``keep`` unfinished messages: after a crash a bubble may come twice. A message
    that is rendered otherwise by then (its window closed) begins anew.
    """

    def __init__(self, keep: int = 10_000) -> None:
        self._keep = keep
        self._done: OrderedDict[str, list[Call]] = OrderedDict()

    async def send(self, calls: list[Call], key: str, one: Callable[[Call, str], Awaitable[Outcome]]) -> Outcome:
        """Makes the calls in order until one is not accepted; the outcome is that of the last call made."""
        done = self._done.get(key, [])
        if done != calls[: len(done)] or len(done) >= len(calls):
            done = []
        outcome: Outcome | None = None
        for number in range(len(done), len(calls)):
            outcome = await one(calls[number], key)
            if not isinstance(outcome, Sent):
                return outcome
            self.note(key, calls[: number + 1])  # at once: whoever waits for us may lose patience
        self._done.pop(key, None)
        if outcome is None:
            raise ValueError("nothing to send")
        return outcome

    def note(self, key: str, done: list[Call]) -> None:
        """These first bubbles of a message need not be sent again."""
        if done:
            self._done[key] = done
        while len(self._done) > self._keep:
            self._done.popitem(last=False)


def utc_now() -> datetime:
    """The machine's clock, aware, in UTC."""
    return datetime.now(UTC)
