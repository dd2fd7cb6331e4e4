"""Turns: who wrote, where their talk stands, what the floors above answer, and everything that must be kept of it.

Runs inside a transaction of the writer: either all of a turn stands (dedupe, talk, order, bubbles, timers), or nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import bindparam, select, union_all

from bot import outbox
from bot.limits import SLOW, Limits
from bot.store import tables as t
from bot.store.codec import choices_from_plain
from bot.store.repository import Repository
from bot.store.tx import AddressRow, Tx
from bot.store.types import Instant
from bot.store.writer import Job
from conversations.hats import stands_alone
from conversations.turn import Conversation, Turn
from notifications.messages import Address, Choice, Inbound, Outbound
from notifications.texts import Translate, translator
from orders.events import Event
from orders.ports import Person, Store

PayLink = Callable[[str], str]

#: WhatsApp clears a number after 45 idle days and the Dutch market hands it out again: ask before showing anything old.
IDLE = timedelta(days=45)
NO_TIME = timedelta(0)
_ROW = select(t.inbound.c.channel, t.inbound.c.event_id, t.inbound.c.lane, t.inbound.c.state)
#: What came in before: these very events, and what these people wait for.
_BEFORE = union_all(
    _ROW.where(
        t.inbound.c.channel.in_(bindparam("channels", expanding=True)),
        t.inbound.c.event_id.in_(bindparam("ids", expanding=True)),
    ),
    _ROW.where(t.inbound.c.lane.in_(bindparam("lanes", expanding=True)), t.UNFINISHED),
)
_ASKS = select(t.ask).where(t.ask.c.ask_id.in_(bindparam("ids", expanding=True)))
_ARRIVED = (
    select(t.ask.c.ask_id)
    .join(t.outbound, t.outbound.c.key == t.ask.c.key)
    .where(t.ask.c.ask_id == bindparam("an_ask"), t.outbound.c.state == "sent")
    .where(t.outbound.c.sent_at < bindparam("before", type_=Instant))
)
_MOST_ROUNDS = 20  # of events that cause events; more is a circle


class Converse(Protocol):
    """conversations.talk.converse."""

    def __call__(self, turn: Turn) -> Outbound | None: ...


class Announce(Protocol):
    """notifications.announce.announce: events of saved orders become bubbles and timers."""

    def __call__(self, events: Sequence[Event], store: Store, now: datetime, *, pay_link: PayLink) -> list[Outbound]: ...


class Fire(Protocol):
    """notifications.schedule.fire: a timer that fell due becomes bubbles, timers, changes."""

    def __call__(self, kind: str, subject: str, store: Store, now: datetime, *, pay_link: PayLink) -> list[Outbound]: ...


@dataclass(slots=True)
class Ahead:
    """What a batch read ahead for all its turns."""

    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    asks: dict[str, tuple[str, bool, tuple[Choice, ...]]] = field(default_factory=dict)


@dataclass
class Turns:
    """Runs turns, announcements and timers with the functions of the floors above."""

    converse: Converse
    announce: Announce
    fire: Fire
    pay_link: PayLink
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._ahead: tuple[Tx | None, Ahead] = (None, Ahead())

    # --- reading ahead ----------------------------------------------------------------------------------------------
    def prepare(self, tx: Tx, jobs: Sequence[Job[Any]]) -> None:
        """Lock the lanes of a batch and read what its turns need: addresses, people, talks, roles, buttons."""
        inbounds = [job.inbound for job in jobs if job.inbound is not None]
        ahead = Ahead()
        self._ahead = (tx, ahead)
        if not inbounds:
            return
        tx.lock(outbox.lane_of(address) for one in inbounds for address in (one.sender, *one.aliases))
        tx.load_addresses([address for one in inbounds for address in (one.sender, *one.aliases)])
        people = [row.person for one in inbounds for a in (one.sender, *one.aliases) if (row := tx.address(a))]
        tx.lock(people)
        if people:
            tx.load_people(people)
            tx.load_baskets(list(set(people)))
        channels, ids = list({one.sender.channel for one in inbounds}), [one.event_id for one in inbounds]
        for earlier in tx.conn.execute(_BEFORE, {"channels": channels, "ids": ids, "lanes": list(set(people)) or [""]}):
            ahead.seen[earlier.channel, earlier.event_id] = earlier.state
            if earlier.state in ("waiting", "failed"):
                ahead.blocked.add(earlier.lane)
        self.load_asks(tx, ahead, inbounds)
        tx.lock(f"square {tx.conversation(one).square}" for one in people)  # last: others wait for it

    def load_asks(self, tx: Tx, ahead: Ahead, inbounds: Iterable[Inbound]) -> None:
        """Read the buttons that were tapped with one statement."""
        ids = list({one.choice.partition(".")[0] for one in inbounds if one.choice})
        if ids:
            for row in tx.conn.execute(_ASKS, {"ids": ids}):
                ahead.asks[row.ask_id] = (row.person, row.of_talk, choices_from_plain(row.choices))

    def ahead(self, tx: Tx) -> Ahead:
        """What was read ahead in this transaction."""
        if self._ahead[0] is not tx:
            self._ahead = (tx, Ahead())
        return self._ahead[1]

    # --- one inbound fact -------------------------------------------------------------------------------------------
    def receive(self, tx: Tx, inbound: Inbound) -> str:
        """Handle a message that came in. Returns ``seen``, ``waiting`` (kept behind a failed one) or ``done``."""
        ahead = self.ahead(tx)
        event = (inbound.sender.channel, inbound.event_id)
        if event in ahead.seen:
            return "seen"
        person = self.identify(tx, inbound)
        pause = self._pause(tx, person)
        state = "waiting" if pause or (person.id in ahead.blocked and pause is not None) else "done"
        if state == "done" and pause is not None:
            self.turn(tx, inbound, person)
        ahead.seen[event] = state
        more = {"due": tx.now + pause} if pause else {"error": "te veel berichten: niet gelezen"} if pause is None else {}
        tx.pending.inbound.append(inbound_row(tx, inbound, person.id, state, **more))
        if pause != NO_TIME:
            self._slow_down(tx, inbound, person)
        return state

    def _pause(self, tx: Tx, person: Person) -> timedelta | None:
        """How long a message of this person waits its turn; None when it is kept unread."""
        square, has_role = tx.conversation(person.id).square, bool(tx.roles(person.id))
        return self.limits.wait(person.id, square, has_role=has_role, now=tx.now)

    def _slow_down(self, tx: Tx, inbound: Inbound, person: Person) -> None:
        """What comes later waits behind this one; once a minute the person hears why it is quiet."""
        self.ahead(tx).blocked.add(person.id)
        if self.limits.may_tell(person.id, tx.now) and not person.opted_out:
            said = self._translate(tx, tx.conversation(person.id))(SLOW)
            key = f"{inbound.sender.channel}:{inbound.event_id}:slow"
            outbox.queue(tx, Outbound(key, person.id, said), answers=inbound, of_talk=True)

    def turn(self, tx: Tx, inbound: Inbound, person: Person) -> None:
        """Let the talk answer one message and keep everything that follows from it."""
        talk = tx.conversation(person.id)
        store = Repository(tx)
        turn = self._make_turn(tx, store, talk, person, inbound)
        asked = talk.ask_id if any(one.value for one in talk.choices) else ""
        reply = self.converse(turn)
        tx.pending.conversations.add(person.id)
        if reply is not None and (order_id := store.changed_order):  # it says that an order stands, changed or ended
            reply = replace(reply, if_unknown="resend", order_id=order_id)
        if reply is not None:
            answered = inbound.choice.partition(".")[0] if inbound.choice else asked
            outbox.queue(tx, reply, answers=inbound, of_talk=True, answered=answered)
        for notice in turn.notices:
            outbox.queue(tx, notice)
        self.settle(tx, store)

    def _make_turn(self, tx: Tx, store: Repository, talk: Conversation, person: Person, inbound: Inbound) -> Turn:
        choice, stale, label = self._tapped(tx, talk, inbound)
        if label and not inbound.text:
            inbound = replace(inbound, text=label)
        return Turn(store, talk, person, inbound, tx.now, self._translate(tx, talk), self.pay_link, choice, stale,
                    tx.roles(person.id), arrived=lambda: arrived(tx, talk.ask_id, inbound.at))  # fmt: skip

    def _tapped(self, tx: Tx, talk: Conversation, inbound: Inbound) -> tuple[str | None, bool, str]:
        """Value, staleness and label of a tapped button. A button of somebody else, or of a question that passed, is stale."""
        if inbound.choice is None:
            return None, False, ""
        ask_id, _, place = inbound.choice.partition(".")
        asked, of_talk, choices = self.ahead(tx).asks.get(ask_id, ("", True, ()))
        if ask_id == talk.ask_id and ask_id:
            asked, of_talk, choices = talk.person, True, talk.choices
        if asked != talk.person or not re.fullmatch(r"[0-9]{1,2}", place) or int(place) >= len(choices):
            return None, True, ""
        chosen = choices[int(place)]
        stale = of_talk and ask_id != talk.ask_id and not stands_alone(chosen.value)
        return (None if stale else chosen.value or None), stale, chosen.label

    def _translate(self, tx: Tx, talk: Conversation) -> Translate:
        """The voice of the square the talk is about at the moment of speaking: a turn may move to another square."""

        def say(message: str) -> str:
            if talk.square not in tx.catalogue.heads:
                return message
            return translator(tx.catalogue.square(talk.square).locale)(message)

        return say

    # --- events and timers --------------------------------------------------------------------------------------------
    def settle(self, tx: Tx, store: Repository) -> None:
        """Announce what happened to the orders saved so far, and what follows from announcing, until nothing does."""
        for _ in range(_MOST_ROUNDS):
            events = store.take_events()
            if not events:
                return
            for message in self.announce(events, store, tx.now, pay_link=self.pay_link):
                outbox.queue(tx, message)
        raise RuntimeError("events go on causing events")

    def fire_timer(self, tx: Tx, store: Repository, kind: str, subject: str) -> None:
        """Let a timer that fell due do its work."""
        for message in self.fire(kind, subject, store, tx.now, pay_link=self.pay_link):
            outbox.queue(tx, message)
        self.settle(tx, store)

    # --- who is this ------------------------------------------------------------------------------------------------
    def identify(self, tx: Tx, inbound: Inbound) -> Person:
        """The person behind an address, or behind an alias the platform vouches for; someone new otherwise."""
        row = tx.address(inbound.sender)
        if row is None:
            return self._newcomer(tx, inbound)
        person = tx.person(row.person)
        self._doubt(tx, row, inbound)
        self._wrote(tx, row, inbound)
        self._join(tx, person, inbound)
        return person

    def _newcomer(self, tx: Tx, inbound: Inbound) -> Person:
        known = next((row for alias in inbound.aliases if (row := tx.address(alias))), None)
        person = tx.person(known.person) if known else tx.new_person("")
        if known is not None:
            self._doubt(tx, known, inbound)
        self._wrote(tx, AddressRow(inbound.sender, person.id, "", None, None, tx.now), inbound)
        self._join(tx, person, inbound)
        return person

    def _wrote(self, tx: Tx, row: AddressRow, inbound: Inbound) -> None:
        at = min(inbound.at, tx.now)
        row.last_inbound_at = max(at, row.last_inbound_at or at)
        row.gone = None
        row.name = inbound.name[:120] or row.name
        tx.put_address(row)
        if not tx.person(row.person).verify:  # what was held back for someone is not for whoever writes now
            tx.pending.wrote_in.add(outbox.lane_of(row.address))

    def _join(self, tx: Tx, person: Person, inbound: Inbound) -> None:
        """Keep addresses that the platform says are the same person; one that is somebody else's stays theirs."""
        for alias in inbound.aliases:
            if tx.address(alias) is None:
                if sum(row.address.channel == alias.channel for row in tx.addresses_of(person.id)) > 1:
                    person.verify = True  # the number now comes with another account than before
                    tx.put_person(person)
                tx.put_address(AddressRow(alias, person.id, "", None, None, tx.now))

    def _doubt(self, tx: Tx, row: AddressRow, inbound: Inbound) -> None:
        """Somebody else may be writing from here by now (a long silence, another name): nothing old before they prove it.

        After a silence roles are suspended too, until a coordinator confirms or a new invitation comes: an address is known
        to the neighbours.
        """
        idle = row.last_inbound_at is not None and inbound.at - row.last_inbound_at > IDLE
        renamed = bool(row.name and inbound.name and row.name != inbound.name[:120])
        person = tx.person(row.person)
        if (idle or renamed) and person.place is not None:
            person.verify = True
            tx.put_person(person)
        if idle and tx.roles(person.id):
            Repository(tx).suspend_roles(person.id)


def arrived(tx: Tx, ask_id: str, at: datetime) -> bool:
    """Whether the platform took the bubble with this question before ``at``, when the answer was typed.

    What still waits, or got lost, nobody can answer. Telegram tells when something was typed to the second; Twilio does not,
    so there it is when it came in.
    """
    return tx.conn.execute(_ARRIVED, {"an_ask": ask_id, "before": at + timedelta(seconds=1)}).first() is not None


def inbound_row(tx: Tx, inbound: Inbound, person: str, state: str, **more: Any) -> dict[str, Any]:
    """An inbound message as a row."""
    return {
        "channel": inbound.sender.channel, "event_id": inbound.event_id, "lane": person, "payload": to_payload(inbound),
        "state": state, "attempts": 0, "error": "", "received_at": tx.now, "due": None, **more,
    }  # fmt: skip


def to_payload(inbound: Inbound) -> dict[str, Any]:
    """A message as JSON; what is empty is left out."""
    full = {
        "from": inbound.sender.id, "at": inbound.at.isoformat(), "kind": inbound.kind, "text": inbound.text,
        "choice": inbound.choice, "name": inbound.name, "aliases": [[a.channel, a.id] for a in inbound.aliases],
        "answer_to": inbound.answer_to, "callback_id": inbound.callback_id, "late": inbound.late,
    }  # fmt: skip
    return {name: value for name, value in full.items() if value}


def from_payload(channel: str, event_id: str, p: dict[str, Any]) -> Inbound:
    """Back from :func:`to_payload`."""
    return Inbound(
        event_id, Address(channel, p["from"]), datetime.fromisoformat(p["at"]), p["kind"], p.get("text", ""), p.get("choice"),
        p.get("name", ""), tuple(Address(*one) for one in p.get("aliases", ())), p.get("answer_to"), p.get("callback_id"),
        late=p.get("late", False),
    )  # fmt: skip
