"""An engine on a real database, with the talk reduced to an echo and a channel that remembers what it was told to send."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import Call, Held, Incoming, Parcel
from bot.clock import Clock
from bot.settings import Settings
from bot.wiring import App, build
from conversations.turn import Turn
from notifications.channel import WHATSAPP, Limits, Outcome, Sent
from notifications.messages import Address, Choice, Inbound, Outbound
from orders.events import Event
from orders.ports import Store
from tests.bot.databases import database, database_url

__all__ = ["database", "database_url"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Recorder:
    """A channel that keeps what it sends; ``ends`` says how the next sends end (default: sent)."""

    def __init__(self, name: str = "test", limits: Limits = WHATSAPP) -> None:
        self.name, self.limits = name, limits
        self.sent: list[tuple[str, str]] = []
        self.parcels: list[tuple[Parcel, bool]] = []
        self.ends: list[Outcome | Exception] = []
        self.found: dict[str, str] = {}
        self.looked_since: list[datetime] = []
        self.unapproved = False  # a template that the platform has not approved yet

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        raise ValueError("a recorder hears nothing")

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held:
        self.parcels.append((parcel, window_open))
        if not window_open and parcel.topic == "reply":
            return Held("het venster is dicht")
        if not window_open and self.unapproved:
            return Held("het sjabloon is nog niet goedgekeurd", passes=True)
        return [Call("send", {"to": parcel.to, "body": parcel.body})]

    async def send(self, calls: list[Call], key: str) -> Outcome:
        end = self.ends.pop(0) if self.ends else Sent(f"id-{key}")
        if isinstance(end, Exception):
            raise end
        if isinstance(end, Sent):
            self.sent += [(call.params["to"], call.params["body"]) for call in calls]
        return end

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        return self.found.get(key)

    async def catch_up(self, since: datetime) -> list[Incoming]:
        self.looked_since.append(since)
        return []

    async def start(self) -> None:
        return None

    async def close(self) -> None:
        return None


def echo(turn: Turn) -> Outbound | None:
    """Says back what was said; ``stuk`` raises, ``lus`` never ends, ``vraag`` asks, ``stil`` says nothing."""
    if turn.text == "stuk":
        raise RuntimeError("planned")
    while turn.text == "lus":
        turn.missed = not turn.missed
    if turn.text == "stil":
        return None
    talk = turn.conversation
    talk.ask_id, talk.choices = "", ()
    if turn.text == "vraag":
        talk.ask_id, talk.choices = turn.store.new_id(), (Choice("Ja", "yes"), Choice("Nee", "no"))
    if turn.text.startswith("zeg "):
        for role in turn.store.people("dorp", "shopkeeper"):
            turn.notices.append(Outbound(f"notice:{turn.inbound.event_id}", role.person, turn.text[4:], topic="shop_alert"))
    said = f"stale {turn.stale}" if turn.inbound.choice and turn.stale else turn.choice or turn.text
    key = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:reply"
    return Outbound(key, turn.person.id, f"u zei: {said}", talk.choices, ask_id=talk.ask_id)


def quiet(events: Sequence[Event], store: Store, now: datetime, *, pay_link: Callable[[str], str]) -> list[Outbound]:
    """Announces nothing."""
    return []


def ring(kind: str, subject: str, store: Store, now: datetime, *, pay_link: Callable[[str], str]) -> list[Outbound]:
    """Every timer says its kind to the person who is its subject."""
    if kind == "stuk":
        raise RuntimeError("planned")
    return [Outbound(f"timer:{kind}:{subject}", subject, f"het is tijd: {kind}", topic="order_changed")]


def said(text: str, event: str = "1", who: str = "an", *, choice: str | None = None, at: datetime = NOW) -> Inbound:
    """A message from someone."""
    return Inbound(event, Address("test", who), at, "choice" if choice else "text", text, choice, who.capitalize())


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def app(database_url: str, clock: Clock, recorder: Recorder) -> Iterator[App]:
    """An engine that is started, on each database; its worker is not."""
    settings = Settings(database=database_url)
    made = build(settings, clock, converse=echo, announce=quiet, fire=ring, channels={"test": recorder})
    made.delivery.ask_after = 0.01
    made.start()
    yield made
    made.close()


def later(clock: Clock, **by: float) -> None:
    """Let time pass."""
    clock.move(timedelta(**by))
