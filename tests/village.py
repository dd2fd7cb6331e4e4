"""A village in memory: people who type and tap, and what they get to read. For tests of conversations without any window."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

from bot.squares import load_square
from catalog.reading import Shelf
from conversations.hats import stands_alone
from conversations.talk import converse
from conversations.turn import Conversation, Turn
from notifications.announce import announce
from notifications.messages import Address, Choice, Inbound, Kind, Outbound
from notifications.schedule import fire
from notifications.texts import translator
from orders.payment import Attempt
from orders.ports import Invitation, Role
from tests.fakes import MemoryStore

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)


@cache
def opened(square: str) -> Shelf:
    """An example square with its index: never changed in place, so built once for all villages."""
    return Shelf.of(load_square(square))


class Village:
    """One square with its people. ``says`` returns the one bubble that answers; ``inbox`` holds everything a person got."""

    def __init__(self, square: str = "bunnik", now: datetime = MONDAY) -> None:
        self.store = MemoryStore(shelves=[opened(square)])
        self.slug = square
        self.now = now
        self.talks: dict[str, Conversation] = {}
        self.inbox: dict[str, list[Outbound]] = {}
        self._events = count(1)
        self._keys: set[str] = set()
        self._fresh: list[Outbound] = []

    def role(self, person: str, role: str, shop: str = "", rank: int = 0) -> None:
        """Give someone a role as an invitation would."""
        self.store.add_role(Role(person, self.slug, role, shop, person, rank))
        someone = self.store.person(person)
        someone.name, someone.introduced = person.capitalize(), self.now
        self.store.save_person(someone)
        talk = self.talks.setdefault(person, Conversation(person, self.slug))
        talk.hat = role

    def invite(self, code: str, role: str, shop: str = "") -> None:
        """Make an invitation code valid."""
        self.store.invitations[code] = Invitation(self.slug, role, shop)

    def says(self, who: str, text: str, kind: Kind = "text", *, name: str | None = None) -> str:
        """Someone types; returns the body of the answer ("" when silent)."""
        return self._turn(who, Inbound(self._id(), Address("test", who), self.now, kind, text, name=name or who.capitalize()))

    def taps(self, who: str, label: str) -> str:
        """Someone taps the newest button with this label; buttons of older questions count as stale."""
        for message in reversed(self.inbox.get(who, [])):
            for choice in message.choices:
                if choice.label == label:
                    return self._tap(who, message, choice)
        raise AssertionError(f"{who} has no button {label!r}")

    def taps_old(self, who: str, label: str) -> str:
        """Someone taps the oldest button with this label."""
        message, choice = next((m, c) for m in self.inbox[who] for c in m.choices if c.label == label)
        return self._tap(who, message, choice)

    def _tap(self, who: str, message: Outbound, choice: Choice) -> str:
        talk = self._talk(who)
        stale = bool(message.ask_id) and message.ask_id != talk.ask_id and not stands_alone(choice.value)
        inbound = Inbound(self._id(), Address("test", who), self.now, "choice", choice.label, "token")
        return self._turn(who, inbound, None if stale else choice.value, stale)

    def _id(self) -> str:
        return str(next(self._events))

    def _talk(self, who: str) -> Conversation:
        return self.talks.setdefault(who, Conversation(who))

    def _turn(self, who: str, inbound: Inbound, choice: str | None = None, stale: bool = False) -> str:
        talk = self._talk(who)

        def voice(message: str) -> str:  # a turn may move to another square: its voice is that of the moment of speaking
            return translator(self.store.square(talk.square).locale if talk.square else "nl")(message)

        turn = Turn(
            self.store, talk, self.store.person(who), inbound, self.now, voice, pay_link, choice, stale, self.store.roles(who)
        )
        reply = converse(turn)
        self._deliver([*([reply] if reply else []), *turn.notices])
        self.settle()
        return reply.body if reply else ""

    def settle(self) -> None:
        """Tell people what the events ask for, until nothing happens any more."""
        while self.store.events:
            events, self.store.events = self.store.events, []
            self._deliver(announce(events, self.store, self.now, pay_link=pay_link))  # type: ignore[arg-type]

    def _deliver(self, messages: list[Outbound]) -> None:
        for one in messages:
            if one.key not in self._keys:
                self._keys.add(one.key)
                self.inbox.setdefault(one.person, []).append(one)
                self._fresh.append(one)

    def wait(self, until: datetime | None = None, **time: float) -> None:
        """Move the clock, firing timers in order as they fall due."""
        until = until or self.now + timedelta(**time)
        while due := sorted((at, key) for key, at in self.store.timers.items() if at <= until):
            at, (kind, subject) = due[0]
            self.now = max(self.now, at)
            self.store.drop_timer(kind, subject)
            self._deliver(fire(kind, subject, self.store, self.now, pay_link=pay_link))
            self.settle()
        self.now = until

    # --- what a transcript needs (tests.chat.Driver) ------------------------------------------------------------------
    def type(self, who: str, text: str, kind: str) -> None:
        self.says(who, text, kind)  # type: ignore[arg-type]

    def tap(self, who: str, label: str, *, oldest: bool) -> None:
        (self.taps_old if oldest else self.taps)(who, label)

    def pay(self, who: str) -> None:
        """The newest order of this person is paid at Mollie, as its fetched state says."""
        order = self.store.orders_of(who, self.slug)[0]
        assert order.payable, "there is nothing to pay now"
        order.payment.attempts.append(Attempt(f"try-{len(order.payment.attempts) + 1}", order.due_cents, self.now, "open"))
        order.settle(order.payment.attempts[-1].id, "paid")
        self.store.save(order)
        self.settle()

    def heard(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """What people got since the last time this was asked."""
        fresh, self._fresh = self._fresh, []
        return [(one.person, one.body, tuple(choice.label for choice in one.choices)) for one in fresh]

    def last(self, who: str) -> str:
        """The newest message someone got."""
        return self.inbox[who][-1].body

    def labels(self, who: str) -> list[str]:
        """The buttons under someone's newest message."""
        return [choice.label for choice in self.inbox[who][-1].choices]


def pay_link(token: str) -> str:
    return f"https://plein.example/b/{token}"
