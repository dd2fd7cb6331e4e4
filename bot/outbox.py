"""What must leave: queueing a bubble for a person, claiming the head of each lane, and writing down how a delivery ended.

States: queued -> sending (committed before the call) -> sent | refused | unknown | held | dropped. Everything here
runs inside a transaction of the writer; the calls themselves are in bot.delivery, what is reported later in bot.reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, select, text, update

from bot.store import tables as t
from bot.store.codec import choices_from_plain, choices_to_plain
from bot.store.repository import Repository
from bot.store.tx import OUTBOUND_COLUMNS, AddressRow, Tx
from bot.store.types import Instant, to_micros
from catalog.square import AMSTERDAM
from notifications.messages import Address, Choice, Inbound, Outbound

#: How long a claim holds when its process shows no sign of life; calls themselves end within 10 seconds.
LEASE = timedelta(seconds=30)
#: After this long a bubble is no news any more and is given up (an answer in a talk, everything else).
LOOK_AGAIN = timedelta(minutes=5)  # at a template that waits for approval; Meta takes minutes to a day
WORTH = {"reply": timedelta(hours=1), "": timedelta(hours=24)}

_CLAIMABLE = """
    SELECT o.id FROM outbound o
    WHERE o.state = 'queued' AND o.due <= :now AND o.channel NOT IN (:full, :full_too) AND NOT EXISTS (
        SELECT 1 FROM outbound b
        WHERE b.lane = o.lane AND b.state IN ('queued', 'sending') AND b.id <> o.id
          AND (b.state = 'sending' OR (b.id < o.id AND (b.due <= :now OR b.tries > 0))))
    ORDER BY o.due, o.id LIMIT :n"""
_CLAIM = {
    "sqlite": text(_CLAIMABLE),
    "postgresql": text(_CLAIMABLE + " FOR UPDATE OF o SKIP LOCKED"),
}
_SENDING = (
    update(t.outbound)
    .where(t.outbound.c.id.in_(bindparam("ids", expanding=True)), t.outbound.c.state == "queued")
    .values(
        state="sending",
        tries=t.outbound.c.tries + 1,
        owner=bindparam("an_owner"),
        lease_until=bindparam("until", type_=Instant),
    )
)
_ROWS = select(t.outbound).where(t.outbound.c.id.in_(bindparam("ids", expanding=True))).order_by(t.outbound.c.id)
_SENT_IN_SLOTS = (
    select(t.outbound.c.lane, t.outbound.c.slot, t.outbound.c.provider_id)
    .where(t.outbound.c.lane.in_(bindparam("lanes", expanding=True)), t.outbound.c.slot.in_(bindparam("slots", expanding=True)))
    .where(text("slot <> ''"), t.outbound.c.state == "sent")
    .order_by(t.outbound.c.id)
)
_CHOICES = select(t.ask.c.ask_id, t.ask.c.person, t.ask.c.choices).where(t.ask.c.ask_id.in_(bindparam("ids", expanding=True)))
#: Channels where buttons can be taken away afterwards. There a question is found again by its ask_id, as its slot.
_CAN_EDIT = frozenset({"telegram"})
_ALL_SENDING = select(t.outbound).where(text("state = 'sending'"))
_NEXT_DUE = text("SELECT MIN(due) AS due FROM outbound WHERE state = 'queued' AND due > :now").columns(due=Instant)
_LOOK_AGAIN = text(
    "UPDATE outbound SET state = 'queued', lease_until = NULL "
    "WHERE state = 'held' AND lease_until <= :now AND created > :since RETURNING key"
)
_ANY_DUE = text("SELECT id FROM outbound WHERE state = 'queued' AND due <= :now LIMIT 1")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this process may send now. ``window_open``: the recipient wrote within the channel's window."""

    id: int
    key: str
    lane: str
    channel: str
    to: str
    person: str
    square: str
    body: str
    choices: tuple[Choice, ...]
    topic: str
    if_unknown: str
    order_id: str
    ask_id: str
    callback_id: str
    answer_to: str
    as_template: bool
    tries: int
    unknowns: int
    created: datetime
    last_inbound_at: datetime | None
    replaces: str | None
    answered: str | None = None
    kept: tuple[Choice, ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """One opaque token per choice."""
        return tuple(f"{self.ask_id}.{place}" for place in range(len(self.choices)))


# --- queueing ------------------------------------------------------------------------------------------------------------


def queue(tx: Tx, message: Outbound, *, answers: Inbound | None = None, of_talk: bool = False, answered: str = "") -> None:
    """Queue one bubble; the same key is never queued twice. ``answers`` is the message it replies to, where that came from.

    ``answered`` is the ask_id of the question that is done with now: its buttons go, where the channel can take them away.
    """
    to = _address_for(tx, message.person, answers)
    square = tx.conversation(message.person).square
    ask_id = message.ask_id or (tx.new_id() if message.choices else "")
    if message.choices:
        tx.pending.asks.append({"ask_id": ask_id, "person": message.person, "choices": choices_to_plain(message.choices),
                                "of_talk": of_talk, "at": tx.now, "key": message.key})  # fmt: skip
    state, why = ("queued", "") if to is not None else ("refused", "geen bereikbaar adres")
    if to is not None and not of_talk and tx.person(message.person).opted_out:
        state, why = "dropped", "afgemeld met STOP"
    address = to or Address("", "")
    can_edit = address.channel in _CAN_EDIT
    slot = message.slot or (ask_id if can_edit and of_talk else "")
    answer_to = f"{answers.answer_to or ''}#{answered}" if answers and answered and can_edit else ""
    tx.pending.outbound.append({
        "key": message.key, "lane": lane_of(address), "channel": address.channel, "address": address.id,
        "person": message.person, "square": square, "body": message.body, "choices": choices_to_plain(message.choices),
        "topic": message.topic, "slot": slot, "if_unknown": message.if_unknown, "order_id": message.order_id,
        "ask_id": ask_id, "callback_id": (answers.callback_id or "") if answers else "",
        "answer_to": answer_to, "state": state,
        "due": _due(tx, message, square), "created": tx.now, "error": why,
    })  # fmt: skip


def lane_of(address: Address) -> str:
    """The lane of deliveries to one address."""
    return f"{address.channel}:{address.id}"


def _address_for(tx: Tx, person: str, answers: Inbound | None) -> Address | None:
    if answers is not None:
        return answers.sender
    best = best_address(tx.addresses_of(person))
    return best.address if best else None


def best_address(rows: Sequence[AddressRow], besides: Address | None = None) -> AddressRow | None:
    """Where a person is reached best: the address that wrote last and is not gone."""
    alive = [row for row in rows if row.gone is None and row.address != besides]
    return max(alive, key=lambda row: row.last_inbound_at or row.created, default=None)


def _due(tx: Tx, message: Outbound, square: str) -> datetime:
    if not message.quiet or square not in tx.catalogue.heads:
        return tx.now
    settings = tx.catalogue.square(square)
    return after_quiet(tx.now, settings.setting("quiet_from_hour"), settings.setting("quiet_until_hour"))


def after_quiet(now: datetime, from_hour: int, until_hour: int) -> datetime:
    """``now``, or the end of the quiet hours (local wall time, Europe/Amsterdam) that it falls in."""
    local = now.astimezone(AMSTERDAM)
    quiet = (
        (from_hour <= local.hour < until_hour)
        if from_hour <= until_hour
        else (local.hour >= from_hour or local.hour < until_hour)
    )
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if local.hour >= until_hour else 0)
    return datetime(day.year, day.month, day.day, until_hour, tzinfo=AMSTERDAM).astimezone(now.tzinfo)


def square_of(tx: Tx, row: Any) -> str:
    """Whose coordinators a message concerns: the square of its order, else where its reader talks."""
    order = row.order_id and tx.conn.execute(select(t.orders.c.square).where(t.orders.c.id == row.order_id)).scalar()
    return str(order or row.square)


def tell_coordinators(tx: Tx, square: str, key: str, body: str) -> None:
    """Queue a notice to every coordinator of a square. ``key`` makes it unique."""
    for role in Repository(tx).people(square, "coordinator") if square else ():
        queue(tx, Outbound(f"{key}:{role.person}", role.person, body, topic="coordinator", if_unknown="resend"))


# --- claiming ------------------------------------------------------------------------------------------------------------


def claim(tx: Tx, owner: str, most: int, room: Mapping[str, int] | None = None) -> list[Claim]:
    """Take at most ``most`` rows, the head of each lane, as ``sending`` under a lease.

    ``room``: at most so many of a channel; two channels at most may have none left.
    """
    left = dict(room or {})
    full = [*(name for name, many in left.items() if many <= 0), "", ""]
    asked = {"now": to_micros(tx.now), "n": most, "full": full[0], "full_too": full[1]}
    ids = list(tx.conn.execute(_CLAIM[tx.conn.dialect.name], asked).scalars())
    if not ids:
        return []
    rows = list(_heads(tx.conn.execute(_ROWS, {"ids": ids}), left))
    tx.conn.execute(_SENDING, {"ids": [row.id for row in rows], "an_owner": owner, "until": tx.now + LEASE})
    return _claims(tx, rows, more_tries=1)


def _claims(tx: Tx, rows: Sequence[Any], *, more_tries: int = 0) -> list[Claim]:
    """Claims for these rows; what they need to know is read with one statement each."""
    tx.load_addresses([Address(row.channel, row.address) for row in rows])
    done = {row.id: _Answered(*row.answer_to.rpartition("#")[::2]) for row in rows if row.answer_to}
    places = [(row.lane, row.slot) for row in rows if row.slot != row.ask_id]
    places += [(row.lane, done[row.id].ask_id) for row in rows if row.id in done and not done[row.id].message_id]
    sent, links = _sent_in_slots(tx, places), _links(tx, [one.ask_id for one in done.values()])
    return [_claim(tx, row, row.tries + more_tries, done.get(row.id), sent, links) for row in rows]


def _heads(rows: Iterable[Any], left: dict[str, int]) -> Iterator[Any]:
    """One row per lane, and of each channel no more than it has room for."""
    seen: set[str] = set()
    for row in rows:
        if row.lane not in seen and left.get(row.channel, 1) > 0:
            seen.add(row.lane)
            if row.channel in left:
                left[row.channel] -= 1
            yield row


@dataclass(frozen=True, slots=True)
class _Answered:
    """The question that a bubble is done with: the platform's id of its message when a button was tapped, and its ask_id."""

    message_id: str
    ask_id: str


def _claim(
    tx: Tx, row: Any, tries: int, done: _Answered | None, sent: dict[tuple[str, str], str],
    links: dict[tuple[str, str], tuple[Choice, ...]],
) -> Claim:  # fmt: skip
    known = tx.address(Address(row.channel, row.address))
    replaces = sent.get((row.lane, row.slot)) if row.slot != row.ask_id else None
    answered = (done.message_id or sent.get((row.lane, done.ask_id))) if done else None
    kept = links.get((done.ask_id, row.person), ()) if done else ()
    return Claim(
        row.id, row.key, row.lane, row.channel, row.address, row.person, row.square, row.body, choices_from_plain(row.choices),
        row.topic, row.if_unknown, row.order_id, row.ask_id, row.callback_id, row.answer_to, row.as_template, tries,
        row.unknowns, row.created, _wrote_at(row, known), replaces, answered, kept,
    )  # fmt: skip


def _wrote_at(row: Any, known: AddressRow | None) -> datetime | None:
    """When the recipient last wrote. Who was wiped has no address any more: the last words answer what was just written."""
    if known is not None:
        return known.last_inbound_at
    return row.created if row.topic == "reply" else None


def _sent_in_slots(tx: Tx, places: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The platform's id of the last message sent in each (lane, slot)."""
    wanted = {"lanes": list({lane for lane, slot in places if slot}), "slots": list({slot for _, slot in places if slot})}
    rows = tx.conn.execute(_SENT_IN_SLOTS, wanted) if wanted["slots"] else ()
    return {(row.lane, row.slot): row.provider_id for row in rows}


def _links(tx: Tx, ask_ids: Sequence[str]) -> dict[tuple[str, str], tuple[Choice, ...]]:
    """What stays of the buttons of a question and its person when it was answered: links, so that paying stays possible."""
    rows = tx.conn.execute(_CHOICES, {"ids": list(ask_ids)}) if ask_ids else ()
    return {(row.ask_id, row.person): tuple(one for one in choices_from_plain(row.choices) if one.url) for row in rows}


def next_due(tx: Tx) -> datetime | None:
    """When the next queued bubble falls due, or None. What is due and was not claimed waits for its lane."""
    return tx.conn.execute(_NEXT_DUE, {"now": to_micros(tx.now)}).scalar()


def any_due(tx: Tx) -> bool:
    """Whether a bubble may leave as soon as its lane is free."""
    return tx.conn.execute(_ANY_DUE, {"now": to_micros(tx.now)}).first() is not None


# --- how it ended -----------------------------------------------------------------------------------------------------------


def finish(tx: Tx, row: Claim, owner: str, state: str, **more: Any) -> bool:
    """Write down an end (or ``queued`` for another try). False when the lease was lost to someone else meanwhile."""
    who = {"an_id": row.id, "an_owner": owner, "a_try": row.tries}
    values = {"state": state, "owner": "", "lease_until": None, **more}
    done = tx.conn.execute(_finishing(frozenset(more)), {**who, **{f"new_{name}": value for name, value in values.items()}})
    if done.rowcount == 1 and state == "queued":
        tx.queued.append(row.key)
    return done.rowcount == 1


@cache
def _finishing(more: frozenset[str]) -> Update:
    """The statement of :func:`finish`, made once: making it costs more than running it."""
    o = t.outbound.c
    mine = (o.id == bindparam("an_id"), o.state == "sending", o.owner == bindparam("an_owner"), o.tries == bindparam("a_try"))
    names = ["state", "owner", "lease_until", *sorted(more)]
    return update(t.outbound).where(*mine).values({name: bindparam(f"new_{name}", type_=o[name].type) for name in names})


def look_again(tx: Tx) -> None:
    """Queue what was held back for something that passes, and may have passed by now, as long as it is news."""
    tx.queued += tx.conn.execute(_LOOK_AGAIN, {"now": to_micros(tx.now), "since": to_micros(tx.now - WORTH[""])}).scalars()


def abandoned(tx: Tx, is_alive: Callable[[str, Connection], bool], most: int = 50) -> list[Claim]:
    """Rows that a dead process left in ``sending``, or that are held longer than any call takes: their fate is unknown."""
    rows = sorted(tx.conn.execute(_ALL_SENDING), key=lambda row: int(row.id))
    dead = {owner for owner in {row.owner for row in rows} if not is_alive(owner, tx.conn)}
    lost = [row for row in rows if row.owner in dead or row.lease_until <= tx.now][:most]
    if not lost:
        return []
    return _claims(tx, lost)


def take_over(tx: Tx, row: Claim, owner: str) -> bool:
    """Make an abandoned row ours. False when another process was quicker or its own process finished it."""
    o = t.outbound.c
    before = tx.conn.execute(select(o.owner).where(o.id == row.id, o.state == "sending", o.tries == row.tries)).scalar()
    if before is None:
        return False
    changed = tx.conn.execute(
        update(t.outbound)
        .where(o.id == row.id, o.state == "sending", o.owner == before, o.tries == row.tries)
        .values(owner=owner, lease_until=tx.now + LEASE)
    )
    return changed.rowcount == 1


def readdress(tx: Tx, row: Any, here: Address) -> bool:
    """Queue the same bubble for the person's next best address. False when there is none."""
    other = best_address(tx.addresses_of(row.person), besides=here)
    if other is None or row.key.count("@") >= 2:
        return False
    full = tx.conn.execute(select(t.outbound).where(t.outbound.c.id == row.id)).one()
    copy = {name: getattr(full, name) for name in OUTBOUND_COLUMNS}
    copy |= {"key": f"{row.key}@{other.address.channel}", "lane": lane_of(other.address), "channel": other.address.channel,
             "address": other.address.id, "state": "queued", "due": tx.now, "created": tx.now, "error": "", "callback_id": "",
             "answer_to": ""}  # fmt: skip
    tx.pending.outbound.append(copy)
    return True


def known_ids(tx: Tx, lane: str, besides: int) -> frozenset[str]:
    """Provider ids of other deliveries in this lane: a lost call cannot be one of them."""
    o = t.outbound.c
    rows = tx.conn.execute(select(o.provider_id).where(o.lane == lane, o.id != besides, o.provider_id.is_not(None))).scalars()
    return frozenset(one for one in rows if one)


def any_sending(tx: Tx) -> bool:
    """Whether a delivery is under way anywhere."""
    return tx.conn.execute(select(t.outbound.c.id).where(t.outbound.c.state == "sending").limit(1)).first() is not None


def take_all(tx: Tx, lane: str) -> list[Claim]:
    """Everything that waits in a lane, marked as sent at once: for the terminal, which cannot fail."""
    o = t.outbound.c
    waiting = (o.lane == lane) & (o.state == "queued") & (o.due <= tx.now)
    rows = tx.conn.execute(select(t.outbound).where(waiting).order_by(o.id)).all()
    tx.conn.execute(update(t.outbound).where(waiting).values(state="sent", provider_id=o.key, sent_at=tx.now))
    return _claims(tx, rows, more_tries=1)
