"""Taking in: every fact is stored before it is acknowledged, in order per person, and one that cannot be handled stops nobody.

A message whose handling raises is kept with its error and tried again with growing pauses; after five times it is
set aside where a coordinator sees it, and its sender reads a plain sentence. What the sender wrote meanwhile waits
behind it, and is handled then.
"""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select, update

from bot import outbox
from bot.channels.plain import storable
from bot.meter import Meter
from bot.store import tables as t
from bot.store.tx import Tx
from bot.store.watchdog import TookTooLong
from bot.store.writer import Writer
from bot.turns import Turns, from_payload, inbound_row
from catalog.marking import N_
from notifications.messages import Inbound, Outbound
from notifications.texts import translator

log = structlog.get_logger("dorpsbode.inbox")

#: Pauses before the second, third … attempt. After the last one a message is set aside.
PAUSES = (2, 8, 30, 120)
_UNFINISHED = select(t.inbound.c.lane, t.inbound.c.state, t.inbound.c.due).where(t.UNFINISHED)
SORRY = N_(
    "Er ging iets mis bij ons. Uw bericht is bewaard. Typ BEL MIJ, dan belt iemand u. U mag het ook nog eens anders typen."
)


@dataclass
class Inbox:
    """The way in for messages of all channels."""

    writer: Writer
    turns: Turns
    meter: Meter

    async def take(self, inbound: Inbound) -> str:
        """Store and handle one message; returns ``seen``, ``done``, ``waiting`` or ``failed`` once that is committed.

        Raises writer.Overloaded, and the database's own error when nothing could be stored: then the platform must
        deliver again.
        """
        inbound = storable_inbound(inbound)
        began = time.perf_counter()
        outcome = await self.writer.run(
            lambda tx: self.turns.receive(tx, inbound),
            rescue=lambda tx, wrong: self.keep_failed(tx, inbound, wrong),
            inbound=inbound,
        )
        self.meter.took.observe(time.perf_counter() - began)
        self.meter.turns.labels(inbound.sender.channel, outcome).inc()
        return outcome

    def take_now(self, inbound: Inbound) -> str:
        """The same for a caller without an event loop."""
        inbound = storable_inbound(inbound)
        return self.writer.call(
            lambda tx: self.turns.receive(tx, inbound),
            rescue=lambda tx, wrong: self.keep_failed(tx, inbound, wrong),
            inbound=inbound,
        )

    # --- what went wrong ----------------------------------------------------------------------------------------------
    def keep_failed(self, tx: Tx, inbound: Inbound, wrong: Exception) -> str:
        """Store a message that could not be handled."""
        error = error_text(wrong)
        person = self.turns.identify(tx, inbound)
        if isinstance(wrong, TookTooLong):  # trying again would hold everybody up again
            tx.pending.inbound.append(inbound_row(tx, inbound, person.id, "aside", attempts=1, error=error))
            self._say_sorry(tx, inbound, person.id)
        else:
            due = tx.now + timedelta(seconds=PAUSES[0])
            tx.pending.inbound.append(inbound_row(tx, inbound, person.id, "failed", attempts=1, error=error, due=due))
        log.error("turn_failed", channel=inbound.sender.channel, event_id=inbound.event_id, why=error_place(wrong))
        return "failed"

    async def retry_due(self) -> int:
        """Try what failed again, and what waits behind it; returns how many messages were handled or set aside."""
        handled = 0
        for lane in await self.writer.run(_lanes_due):
            while await self._retry_head(lane):
                handled += 1
        return handled

    async def _retry_head(self, lane: str) -> bool:
        """Handle the oldest unfinished message of a person. False when there is none, or it must wait again."""
        return await self.writer.run(
            lambda tx: self._handle_head(tx, lane),
            rescue=lambda tx, wrong: self._failed_again(tx, lane, error_text(wrong)),
            lanes=(lane,),
        )

    def _handle_head(self, tx: Tx, lane: str) -> bool:
        row = _head(tx, lane)
        if row is None or (row.due is not None and row.due > tx.now):
            return False
        inbound = from_payload(row.channel, row.event_id, row.payload)
        self.turns.load_asks(tx, self.turns.ahead(tx), [inbound])
        self.turns.turn(tx, inbound, tx.person(lane))
        _mark(tx, row.id, state="done", due=None)
        return True

    def _failed_again(self, tx: Tx, lane: str, error: str) -> bool:
        row = _head(tx, lane)
        if row is None:
            return False
        attempts = row.attempts + 1
        if attempts <= len(PAUSES):
            due = tx.now + timedelta(seconds=PAUSES[attempts - 1])
            _mark(tx, row.id, state="failed", attempts=attempts, error=error, due=due)
            return False
        _mark(tx, row.id, state="aside", attempts=attempts, error=error, due=None)
        self._say_sorry(tx, from_payload(row.channel, row.event_id, row.payload), lane)
        return True

    def _say_sorry(self, tx: Tx, inbound: Inbound, lane: str) -> None:
        key = f"{inbound.sender.channel}:{inbound.event_id}"
        square = tx.conversation(lane).square
        sorry = translator(tx.catalogue.square(square).locale)(SORRY) if square in tx.catalogue.heads else SORRY
        outbox.queue(tx, Outbound(f"{key}:sorry", lane, sorry, if_unknown="resend"), answers=inbound, of_talk=True)
        name = tx.person(lane).name or "een bewoner"
        outbox.tell_coordinators(
            tx, square, f"{key}:aside", f"Een bericht van {name} kon ik niet verwerken. Het staat apart ({key})."
        )


def storable_inbound(inbound: Inbound) -> Inbound:
    """Without characters that no database keeps (NUL, lone surrogates)."""
    text, name, choice = storable(inbound.text), storable(inbound.name), inbound.choice and storable(inbound.choice)
    same = (text, name, choice) == (inbound.text, inbound.name, inbound.choice)
    return inbound if same else replace(inbound, text=text, name=name, choice=choice)


def error_place(wrong: Exception) -> str:
    """What was raised and where, for the log: nothing of what somebody wrote."""
    last = traceback.extract_tb(wrong.__traceback__)[-1:]
    return " ".join([type(wrong).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in last)])


def error_text(wrong: Exception) -> str:
    """The error for the operator, kept in the database only: it may quote what somebody wrote."""
    frames = traceback.extract_tb(wrong.__traceback__)[-6:]
    places = "\n".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{places}\n{type(wrong).__name__}: {str(wrong)[:300]}"


def _lanes_due(tx: Tx) -> list[str]:
    """Lanes whose failed message is due, and those where something waits behind nothing."""
    rows = tx.conn.execute(_UNFINISHED).all()
    failed = {row.lane for row in rows if row.state == "failed"}
    ripe = {row.lane for row in rows if row.state == "waiting" and (row.due is None or row.due <= tx.now)}
    return sorted({row.lane for row in rows if row.state == "failed" and row.due and row.due <= tx.now} | (ripe - failed))


def _head(tx: Tx, lane: str) -> Any:
    i = t.inbound.c
    return tx.conn.execute(select(t.inbound).where(i.lane == lane, t.UNFINISHED).order_by(i.id).limit(1)).first()


def _mark(tx: Tx, row_id: int, **values: Any) -> None:
    tx.conn.execute(update(t.inbound).where(t.inbound.c.id == row_id).values(**values))
