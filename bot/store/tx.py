"""One transaction of the engine: what its turns share, and the rows that are written together just before it commits.

A batch of turns reads people, conversations and addresses with one statement each, and writes inbound, outbound,
asks and timers with one each: that is what makes thousands of messages per second possible where one commit per
message gives hundreds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from bot import privacy
from bot.store import tables as t
from bot.store.catalogue import Catalogue, Kept
from bot.store.codec import choices_from_plain, choices_to_plain, from_plain, to_plain
from bot.store.orders import Snapshot, read_orders
from bot.store.types import Instant, upsert
from conversations.turn import Conversation
from notifications.messages import Address
from orders.lines import Place
from orders.order import Order
from orders.ports import Person, Role

_PEOPLE = (
    select(t.person, *(column.label(f"talk_{column.name}") for column in t.conversation.c))
    .outerjoin(t.conversation, t.conversation.c.person == t.person.c.id)
    .where(t.person.c.id.in_(bindparam("ids", expanding=True)))
)
_PERSON_COLUMNS = ("id", "name", "place", "introduced", "opted_out", "verify", "created")
_PUT_PERSON = upsert(
    t.person, ["id"], _PERSON_COLUMNS,
    update="name = excluded.name, place = excluded.place, introduced = excluded.introduced, "
           "opted_out = excluded.opted_out, verify = excluded.verify",
)  # fmt: skip
_ADDRESSES = select(t.address).where(
    t.address.c.channel.in_(bindparam("channels", expanding=True)), t.address.c.id.in_(bindparam("ids", expanding=True))
)
_ADDRESSES_OF = select(t.address).where(t.address.c.person.in_(bindparam("ids", expanding=True)))
_PUT_ADDRESS = upsert(t.address, ["channel", "id"], ["channel", "id", "person", "name", "last_inbound_at", "gone", "created"])
_PUT_CONVERSATION = upsert(
    t.conversation, ["person"], ["person", "square", "hat", "step", "ask_id", "choices", "misses", "updated_at"]
)
_ROLES = select(t.role).where(t.role.c.person.in_(bindparam("ids", expanding=True))).order_by(t.role.c.created)
_DRAFTS = select(t.orders).where(t.orders.c.resident.in_(bindparam("ids", expanding=True)), t.orders.c.status == "draft")
_USUAL = select(t.usual).where(t.usual.c.person.in_(bindparam("ids", expanding=True)))
_PUT_ASK = upsert(t.ask, ["ask_id"], ["ask_id", "person", "choices", "of_talk", "at", "key"], update="")
_PUT_TIMER = upsert(
    t.timer, ["kind", "subject"], ["kind", "subject", "due"],
    update="due = excluded.due, state = 'waiting', attempts = 0, error = '', fired_at = NULL",
)  # fmt: skip
_DROP_TIMER = delete(t.timer).where(t.timer.c.kind == bindparam("a_kind"), t.timer.c.subject == bindparam("a_subject"))
_PUT_UNKNOWN = upsert(
    t.unknown_words, ["square", "words"], ["square", "words", "times"], update="times = unknown_words.times + excluded.times"
)
_NEW_INBOUND = t.inbound.insert()  # a second row for one event is an error, never an overwriting
OUTBOUND_COLUMNS = (
    "key", "lane", "channel", "address", "person", "square", "body", "choices", "topic", "slot", "if_unknown", "order_id",
    "ask_id", "callback_id", "answer_to", "state", "due", "created", "error",
)  # fmt: skip
_PUT_OUTBOUND = upsert(t.outbound, ["key"], OUTBOUND_COLUMNS, update="")
_RELEASE_HELD = (
    update(t.outbound)
    .where(
        t.outbound.c.state == "held",
        t.outbound.c.lane.in_(bindparam("lanes", expanding=True)),
        t.outbound.c.created > bindparam("since", type_=Instant),
    )
    .values(state="queued", error="")
)
_ANY_HELD = select(t.outbound.c.id).where(t.outbound.c.state == "held").limit(1)
_LOCKS = text("SELECT pg_advisory_xact_lock(k) FROM unnest(CAST(:keys AS bigint[])) AS k")
#: Square -> draft and what the database has of it.
Baskets = dict[str, tuple[Order, Snapshot]]
#: What was held back because the window was closed is still worth sending this long after.
HELD_FOR = timedelta(hours=24)


@dataclass(slots=True)
class AddressRow:
    """An address as known: whose it is, when it last wrote, whether it is gone."""

    address: Address
    person: str
    name: str
    last_inbound_at: datetime | None
    gone: datetime | None
    created: datetime


@dataclass(slots=True)
class Pending:
    """Rows to be written together."""

    inbound: list[dict[str, Any]] = field(default_factory=list)
    outbound: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    timers: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)
    persons: set[str] = field(default_factory=set)
    conversations: set[str] = field(default_factory=set)
    addresses: set[Address] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)  # persons to be wiped, after all else was written
    wrote_in: set[str] = field(default_factory=set)  # lanes whose person wrote: held messages may leave


class Tx:
    """One open transaction. Everything read through it is remembered until it ends; nothing is visible before it commits."""

    def __init__(self, conn: Connection, now: datetime, kept: Kept, new_id: Callable[[], str]) -> None:
        self.conn, self.now, self.new_id = conn, now, new_id
        self.is_postgres = conn.dialect.name == "postgresql"
        self.catalogue = Catalogue(conn, kept)
        self.pending = Pending()
        self.persons: dict[str, Person] = {}
        self.created: dict[str, datetime] = {}
        self._as_read: dict[str, dict[str, Any]] = {}  # rows of persons: who did not change is not written
        self.conversations: dict[str, Conversation] = {}
        self._addresses: dict[Address, AddressRow | None] = {}
        self._addresses_of: dict[str, list[AddressRow]] = {}
        self._roles: dict[str, list[Role]] = {}
        self.queued: list[str] = []  # keys of outbound rows, for whoever waits for them
        self.baskets: dict[str, Baskets] = {}  # per person, read ahead; each is handed out once
        self._usual: dict[str, dict[str, dict[str, str]]] = {}  # per person and square: words -> product
        self.crates: dict[str, tuple[str, dict[str, int]]] = {}  # per square: since when, and crates per departure

    # --- locks ------------------------------------------------------------------------------------------------------
    def lock(self, names: Iterable[str]) -> None:
        """PostgreSQL: be the only one with these lanes until the commit; sorted, so that nobody waits in a circle."""
        lock_lanes(self.conn, names)

    # --- addresses and people -------------------------------------------------------------------------------------------
    def load_addresses(self, addresses: Sequence[Address]) -> None:
        """Read these addresses with one statement."""
        missing = [one for one in addresses if one not in self._addresses]
        if not missing:
            return
        self._addresses.update(dict.fromkeys(missing))
        wanted = {"channels": list({one.channel for one in missing}), "ids": list({one.id for one in missing})}
        for row in self.conn.execute(_ADDRESSES, wanted):
            self._addresses[Address(row.channel, row.id)] = _address(row)

    def address(self, address: Address) -> AddressRow | None:
        """What is known of an address, or None."""
        if address not in self._addresses:
            self.load_addresses([address])
        return self._addresses[address]

    def put_address(self, row: AddressRow) -> None:
        """Add or change an address."""
        self._addresses[row.address] = row
        known = self._addresses_of.get(row.person)
        if known is not None and all(one.address != row.address for one in known):
            known.append(row)
        self.pending.addresses.add(row.address)

    def addresses_of(self, person: str) -> list[AddressRow]:
        """All addresses of a person, rows of this transaction included."""
        if person not in self._addresses_of:
            self.load_addresses_of([person])
        return self._addresses_of[person]

    def load_addresses_of(self, persons: Sequence[str]) -> None:
        """Read all addresses of these people with one statement."""
        missing = [one for one in persons if one not in self._addresses_of]
        if not missing:
            return
        found: dict[Address, AddressRow] = {}
        for row in self.conn.execute(_ADDRESSES_OF, {"ids": missing}):
            address = Address(row.channel, row.id)
            found[address] = self._addresses.get(address) or _address(row)
        found.update({a: r for a, r in self._addresses.items() if r is not None and r.person in missing})
        self._addresses.update(found)
        self._addresses_of.update({one: [row for row in found.values() if row.person == one] for one in missing})

    def load_people(self, ids: Sequence[str]) -> None:
        """Read persons with their conversations with one statement, and roles with another."""
        missing = [one for one in dict.fromkeys(ids) if one not in self.persons or one not in self.conversations]
        if missing:
            for row in self.conn.execute(_PEOPLE, {"ids": missing}):
                self._keep(row)
            for one in missing:
                self.conversations.setdefault(one, Conversation(one))
        self.load_roles(ids)

    def _keep(self, row: Any) -> None:
        if row.id not in self.persons:
            self.persons[row.id], self.created[row.id] = _person(row), row.created
            self._as_read[row.id] = {name: getattr(row, name) for name in _PERSON_COLUMNS}
        if row.talk_person is not None:
            self.conversations.setdefault(row.id, _conversation(row))

    def load_roles(self, ids: Sequence[str]) -> None:
        """Read the roles of these people with one statement."""
        missing = [one for one in dict.fromkeys(ids) if one not in self._roles]
        if missing:
            self._roles.update({one: [] for one in missing})
            for row in self.conn.execute(_ROLES, {"ids": missing}):
                self._roles[row.person].append(role_of(row))

    def person(self, person_id: str) -> Person:
        """The person. Raises LookupError when there is none."""
        if person_id not in self.persons:
            self.load_people([person_id])
        if person_id not in self.persons:
            raise LookupError(f"no person {person_id!r}")
        return self.persons[person_id]

    def put_person(self, person: Person) -> None:
        """Add or change a person."""
        self.persons[person.id] = person
        self.created.setdefault(person.id, self.now)
        self.pending.persons.add(person.id)

    def new_person(self, name: str) -> Person:
        """Someone never seen before: nothing to read for them."""
        person = Person(self.new_id(), name)
        self.conversations[person.id] = Conversation(person.id)
        self._roles[person.id] = []
        self._addresses_of[person.id] = []
        self.put_person(person)
        return person

    def flush_person(self, person: Person) -> None:
        """Write a person now, because other rows are about to name them."""
        self.put_person(person)
        self._as_read.pop(person.id, None)
        _many(self.conn, _PUT_PERSON, [_person_row(person, self.created[person.id])])

    def conversation(self, person_id: str) -> Conversation:
        """Where the person stands; a new talk for a new person."""
        if person_id not in self.conversations:
            self.load_people([person_id])
        return self.conversations[person_id]

    def roles(self, person_id: str) -> list[Role]:
        """The roles of a person, oldest first."""
        if person_id not in self._roles:
            self.load_roles([person_id])
        return self._roles[person_id]

    def forget_roles(self, person_id: str) -> None:
        """Read the roles anew next time: they changed."""
        self._roles.pop(person_id, None)

    # --- baskets and habits -----------------------------------------------------------------------------------------------
    def load_baskets(self, persons: Sequence[str]) -> None:
        """Read the drafts of these people, and what they usually mean, with a few statements."""
        found: dict[str, Baskets] = {one: {} for one in persons}
        for order, snapshot in read_orders(self.conn, self.conn.execute(_DRAFTS, {"ids": list(persons)}).all()):
            found[order.resident][order.square] = (order, snapshot)
        self.baskets.update(found)
        self.load_usual(persons)

    def load_usual(self, persons: Sequence[str]) -> None:
        """Read what these people usually mean with one statement."""
        self._usual.update({one: {} for one in persons})
        for row in self.conn.execute(_USUAL, {"ids": list(persons)}):
            self._usual[row.person].setdefault(row.square, {})[row.words] = row.product_id

    def usual(self, person: str, square: str) -> dict[str, str]:
        """What a person's words stand for at a square."""
        if person not in self._usual:
            self.load_usual([person])
        return self._usual[person].setdefault(square, {})

    def forget_read_ahead(self, person: str) -> None:
        """Read this person's basket and habits anew next time: they changed."""
        self.baskets.pop(person, None)
        self._usual.pop(person, None)

    # --- the end --------------------------------------------------------------------------------------------------------
    def flush(self) -> None:
        """Write everything that waits."""
        p = self.pending
        rows = [_person_row(self.persons[one], self.created[one]) for one in p.persons]
        _many(self.conn, _PUT_PERSON, [row for row in rows if row != self._as_read.get(row["id"])])
        _many(self.conn, _PUT_ADDRESS, [_address_row(row) for one in p.addresses if (row := self._addresses[one])])
        _many(self.conn, _PUT_CONVERSATION, [_conversation_row(self.conversations[one]) for one in p.conversations])
        _many(self.conn, _NEW_INBOUND, p.inbound)
        _many(self.conn, _PUT_ASK, p.asks)
        if p.wrote_in and self.conn.execute(_ANY_HELD).first():
            self.conn.execute(_RELEASE_HELD, {"lanes": list(p.wrote_in), "since": self.now - HELD_FOR})
        _many(self.conn, _PUT_OUTBOUND, p.outbound)
        self.queued += [row["key"] for row in p.outbound]
        self._flush_timers()
        _many(self.conn, _PUT_UNKNOWN, [{"square": s, "words": w, "times": n} for (s, w), n in sorted(p.unknown.items())])
        for person in p.erased:
            privacy.erase(self.conn, person)
        self.pending = Pending()

    def _flush_timers(self) -> None:
        timers = sorted(self.pending.timers.items())
        _many(self.conn, _DROP_TIMER, [{"a_kind": k, "a_subject": s} for (k, s), due in timers if due is None])
        _many(self.conn, _PUT_TIMER, [{"kind": k, "subject": s, "due": due} for (k, s), due in timers if due is not None])

    def addresses_seen(self) -> int:
        """How many people have ever written; for the metrics."""
        return int(self.conn.execute(select(func.count()).select_from(t.address)).scalar_one())


def lock_lanes(conn: Connection, names: Iterable[str]) -> None:
    """The same for a transaction without a Tx. Addresses first, then persons, then squares: as turns do."""
    if conn.dialect.name == "postgresql" and (keys := sorted({lock_key(name) for name in names})):
        conn.execute(_LOCKS, {"keys": keys}).all()


def lock_key(name: str) -> int:
    """A signed 64-bit number for a lane, the same in every process."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def _many(conn: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        conn.execute(statement, rows)


def role_of(row: Any) -> Role:
    """A row as the Role the floors know."""
    return Role(row.person, row.square, row.role, row.shop, row.name, row.rank)


def _address(row: Any) -> AddressRow:
    return AddressRow(Address(row.channel, row.id), row.person, row.name, row.last_inbound_at, row.gone, row.created)


def _address_row(row: AddressRow) -> dict[str, Any]:
    return {
        "channel": row.address.channel, "id": row.address.id, "person": row.person, "name": row.name,
        "last_inbound_at": row.last_inbound_at, "gone": row.gone, "created": row.created,
    }  # fmt: skip


def _person(row: Any) -> Person:
    place = None if row.place is None else from_plain(Place, row.place)
    return Person(row.id, row.name, place, row.introduced, row.opted_out, row.verify)


def _person_row(person: Person, created: datetime) -> dict[str, Any]:
    return {
        "id": person.id, "name": person.name, "place": None if person.place is None else to_plain(person.place),
        "introduced": person.introduced, "opted_out": person.opted_out, "verify": person.verify, "created": created,
    }  # fmt: skip


def _conversation(row: Any) -> Conversation:
    return Conversation(
        row.id, row.talk_square, row.talk_hat, row.talk_step, row.talk_ask_id, choices_from_plain(row.talk_choices),
        row.talk_misses, row.talk_updated_at,
    )  # fmt: skip


def _conversation_row(talk: Conversation) -> dict[str, Any]:
    return {
        "person": talk.person, "square": talk.square, "hat": talk.hat, "step": talk.step, "ask_id": talk.ask_id,
        "choices": choices_to_plain(talk.choices), "misses": talk.misses, "updated_at": talk.updated_at,
    }  # fmt: skip
