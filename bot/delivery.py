"""Deliveries: from the outbox to the platforms, in order per recipient, many recipients at once.

A row is committed as ``sending`` before its call. The call ends as Sent, Refused (permanent), Later (not executed: with
jitter, or as long as the platform asks) or Unknown (the answer got lost). Unknown is looked up where the platform can be
asked; else the message's own policy decides: an order, alert or round is sent once more, talk is dropped. No call is made
inside a transaction.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from bot import outbox, reports
from bot.channels.base import Call, Channel, Held, Parcel
from bot.limits import ENOUGH, Budget
from bot.outbox import Claim
from bot.store.tx import Tx
from bot.store.writer import Writer
from notifications.channel import Later, Outcome, Refused, Sent, Unknown
from notifications.messages import Address, StatusReport

log = structlog.get_logger("dorpsbode.delivery")

#: How many calls at once, over all channels.
AT_ONCE = 50
#: And to one channel: a platform that takes calls and never answers must leave room for the others.
AT_ONCE_EACH = 40
#: A call that takes longer than this is cut off; its fate is unknown. The channels' own timeouts are shorter.
CALL_SECONDS = 20.0
#: Longest nap between looking for work: what other processes queue is noticed sooner by the wake-up.
NAP_SECONDS = 1.0
#: Pause before asking the platform about a lost call: it may still be executing it.
ASK_AFTER_SECONDS = 1.0
#: After this many crashes around one message that matters, the message itself may be what crashes us.
MOST_CRASHES = 5
#: Notices that concern an order or a ride: when one cannot be delivered a person must know.
_TELL = frozenset({"order_changed", "payment", "shop_alert", "shop_change", "courier_offer", "courier_change"})
#: Twilio's codes: the window was closed (https://www.twilio.com/docs/api/errors/63016); blocked or opted out.
WINDOW_CLOSED = 63016
_GONE = frozenset({21610, 63014})


class Bucket:
    """A token bucket: at most ``per_second`` on average, ``burst`` at once. Infinite when ``per_second`` is 0."""

    def __init__(self, per_second: float, burst: float | None = None) -> None:
        self.per_second, self.burst = per_second, burst or max(1.0, per_second)
        self._tokens, self._at = self.burst, time.monotonic()

    async def take(self) -> None:
        """Wait for a token."""
        while self.per_second and (wait := self._wait()) > 0:
            await asyncio.sleep(wait)

    def _wait(self) -> float:
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.per_second)
        self._at = now
        if self._tokens >= 1:
            self._tokens -= 1
            return 0.0
        return (1 - self._tokens) / self.per_second


@dataclass
class Delivery:
    """The deliverer of one process. ``owner`` names the process; ``is_alive`` says whether another one still is."""

    writer: Writer
    channels: Mapping[str, Channel]
    owner: str
    is_alive: Callable[[str, Connection], bool] = lambda owner, conn: True
    rates: Mapping[str, float] = field(default_factory=dict)
    ask_after: float = ASK_AFTER_SECONDS
    rng: random.Random = field(default_factory=random.Random)
    budget: Budget = field(default_factory=Budget)

    def __post_init__(self) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self._buckets = {name: Bucket(self.rates.get(name, 0.0)) for name in self.channels}
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: Counter[str] = Counter()  # deliveries under way per channel
        self._in_hand: set[int] = set()  # rows whose delivery is under way in this process
        self._stopping = False

    # --- the loop ---------------------------------------------------------------------------------------------------
    def wake(self) -> None:
        """There may be work. Only from the event loop's own thread."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until :meth:`stop`; then wait for the calls under way. May be run again afterwards, on another loop."""
        self._stopping, self._wake = False, asyncio.Event()
        while not self._stopping:
            self._wake.clear()
            try:
                nap = await self._start_some()
            except Exception as trouble:  # whatever it is, the next round may go well; without rounds nothing is sent
                log.warning("claim_failed", why=repr(trouble)[:300])
                nap = NAP_SECONDS
            if nap:
                await _first_of(self._wake, nap)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=25)

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._wake.set()

    async def _start_some(self) -> float:
        """Claim and start as much as fits; returns how long to nap at most, 0 to look again at once."""
        free = AT_ONCE - len(self._tasks)
        if free <= 0:
            return NAP_SECONDS
        rows, due, now = await self.writer.run(lambda tx: self._claim(tx, free))
        for row in rows:
            self._start(row, self._deliver(row))
        if rows:
            return 0.0 if len(rows) >= min(free, AT_ONCE_EACH) else NAP_SECONDS
        return min(NAP_SECONDS, max(0.005, (due - now).total_seconds())) if due else NAP_SECONDS

    def _claim(self, tx: Tx, most: int) -> tuple[list[Claim], datetime | None, datetime]:
        """What may be sent now; without any, when the next is due."""
        room = {name: AT_ONCE_EACH - self._busy[name] for name in self.channels}
        rows = outbox.claim(tx, self.owner, most, room)
        return rows, None if rows else outbox.next_due(tx), tx.now

    def _start(self, row: Claim, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        self._in_hand.add(row.id)
        self._busy[row.channel] += 1
        task.add_done_callback(lambda task: self._ended(task, row))

    def _ended(self, task: asyncio.Task[None], row: Claim) -> None:
        self._tasks.discard(task)
        self._in_hand.discard(row.id)
        self._busy[row.channel] -= 1
        self._wake.set()
        if not task.cancelled() and (wrong := task.exception()) is not None:
            log.error("delivery_failed", why=repr(wrong)[:300])  # the row stays leased and is taken up again as unknown

    async def drain(self, seconds: float = 30.0) -> None:
        """Wait until nothing that is due is left to send. For tests and the demo."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            waiting = await self.writer.run(_due_now)
            if not waiting and not self._tasks:
                return
            self._wake.set()
            await asyncio.sleep(0.01)
        raise TimeoutError("the outbox did not run empty")

    # --- one delivery -------------------------------------------------------------------------------------------------
    async def _deliver(self, row: Claim) -> None:
        channel = self.channels.get(row.channel)
        if channel is None:
            await self._refuse(row, f"geen kanaal {row.channel}", gone=False)
            return
        window = await self._window(channel, row)
        calls = channel.render(parcel(row), window)
        if isinstance(calls, Held):
            await self._hold(row, calls)
            return
        if channel.limits.bubble_cents:
            of_talk = row.topic == "reply" and not row.order_id
            spent = self.budget.spend(row.lane, len(calls), self.writer.now(), of_talk=of_talk)
            if spent == 2:
                await self._end(row, "dropped", error="meer berichten dan het dagbudget")
                return
            if spent:
                calls = calls_of(channel.render(replace(parcel(row), body=ENOUGH, choices=(), tokens=()), window), calls)
        await self._buckets[row.channel].take()
        await self._settle(row, channel, calls, await _guarded(channel, calls, row.key))

    async def _window(self, channel: Channel, row: Claim) -> bool:
        hours = channel.limits.window_hours
        if hours is None:
            return True
        if row.as_template or row.last_inbound_at is None:
            return False
        # A minute early: what leaves now must arrive inside the window.
        return self.writer.now() - row.last_inbound_at < timedelta(hours=hours) - timedelta(minutes=1)

    async def _settle(self, row: Claim, channel: Channel, calls: list[Call], outcome: Outcome) -> None:
        self.outcomes[row.channel, type(outcome).__name__.lower()] += 1
        if isinstance(outcome, Sent):
            await self._sent(row, outcome.provider_id)
        elif isinstance(outcome, Refused):
            await self._refuse(row, outcome.code, gone=outcome.gone)
        elif isinstance(outcome, Later):
            await self._later(row, outcome.seconds, outcome.why)
        else:
            await self._lost(row, channel, calls, outcome.why)

    async def _end(self, row: Claim, state: str, **more: Any) -> None:
        await self.writer.run(lambda tx: outbox.finish(tx, row, self.owner, state, **more))

    async def _hold(self, row: Claim, held: Held) -> None:
        """It may not leave until the person writes, or until it passes; when it concerns an order a person must know."""

        def write(tx: Tx) -> None:
            again = tx.now + outbox.LOOK_AGAIN if held.passes else None
            if outbox.finish(tx, row, self.owner, "held", error=held.why[:200], lease_until=again):
                tell_undelivered(tx, row, held.why)

        await self.writer.run(write)

    async def _sent(self, row: Claim, provider_id: str) -> None:
        def write(tx: Tx) -> None:
            outbox.finish(tx, row, self.owner, "sent", provider_id=provider_id, sent_at=tx.now, error="")

        await self.writer.run(write)

    async def _later(self, row: Claim, seconds: float, why: str) -> None:
        """Not executed: again after a growing pause, or as long as the platform asks; given up when it is no news any more."""
        pause = seconds or min(60.0, 0.5 * 2 ** min(row.tries, 10))
        pause *= 1 + self.rng.random() / 4
        worth = outbox.WORTH.get(row.topic, outbox.WORTH[""])
        if self.writer.now() + timedelta(seconds=pause) - row.created > worth:
            await self._refuse(row, f"te laat: {why}", gone=False)
            return
        await self._end(row, "queued", due=self.writer.now() + timedelta(seconds=pause), error=why[:200])

    async def _refuse(self, row: Claim, code: str, *, gone: bool) -> None:
        def write(tx: Tx) -> None:
            if outbox.finish(tx, row, self.owner, "refused", error=code[:200]):
                undelivered(tx, row, code, gone=gone)

        await self.writer.run(write)

    async def _lost(self, row: Claim, channel: Channel, calls: list[Call], why: str, times: int = 1) -> None:
        """The answer got lost. Ask where one can ask; otherwise once more for what matters, and never again for talk.

        ``times``: how often it is sent again at most. A crash may strike before anything left, so it costs no such turn.
        """
        await asyncio.sleep(self.ask_after)
        found = await self._find(row, channel, calls)
        if found:
            await self._sent(row, found)
        elif row.if_unknown == "resend" and row.unknowns < times:
            await self._end(row, "queued", unknowns=row.unknowns + 1, error=f"onbekend: {why}"[:200])
        else:
            await self._give_up(row, why)

    async def _give_up(self, row: Claim, why: str) -> None:
        """Nobody will ever know whether it arrived; when it mattered a person is told so."""

        def write(tx: Tx) -> None:
            more = {"unknowns": row.unknowns + 1, "error": f"onbekend: {why}"[:200]}
            if outbox.finish(tx, row, self.owner, "unknown", **more) and row.if_unknown == "resend":
                tell_undelivered(tx, row, "onbekend of het aankwam")

        await self.writer.run(write)

    async def _find(self, row: Claim, channel: Channel, calls: list[Call]) -> str | None:
        known = await self.writer.run(lambda tx: outbox.known_ids(tx, row.lane, row.id))
        try:
            return await channel.find(calls, row.key, row.created, known)
        except Exception as wrong:
            log.warning("find_failed", channel=row.channel, why=repr(wrong)[:200])
            return None

    # --- rescue -------------------------------------------------------------------------------------------------------
    async def rescue(self) -> int:
        """Take up what a dead process left in ``sending``: nobody knows whether it was sent. Returns how many."""

        def take(tx: Tx) -> list[Claim]:
            lost = outbox.abandoned(tx, lambda owner, conn: owner == self.owner or self.is_alive(owner, conn))
            return [row for row in lost if row.id not in self._in_hand and outbox.take_over(tx, row, self.owner)]

        rows = await self.writer.run(take)
        for row in rows:
            self._start(row, self._recover(row))
        return len(rows)

    async def look_again(self) -> None:
        """Try anew what was held back for something that passes."""
        await self.writer.run(outbox.look_again)

    async def _recover(self, row: Claim) -> None:
        channel = self.channels.get(row.channel)
        if channel is None:
            await self._refuse(row, f"geen kanaal {row.channel}", gone=False)
            return
        calls = channel.render(parcel(row), await self._window(channel, row))
        await self._lost(row, channel, [] if isinstance(calls, Held) else calls, "het proces stopte", MOST_CRASHES)

    # --- what the platform says later -----------------------------------------------------------------------------------
    async def report(self, channel: str, said: StatusReport) -> None:
        """Take in a status report. A closed window found out this way falls back to the template, once."""
        await self.writer.run(lambda tx: apply_report(tx, channel, said))


def calls_of(rendered: list[Call] | Held, instead: list[Call]) -> list[Call]:
    """The calls, or those ``instead`` when a channel holds this back."""
    return instead if isinstance(rendered, Held) else rendered


def parcel(row: Claim) -> Parcel:
    """A claimed row as the channels take it."""
    return Parcel(
        row.key, row.to, row.body, row.choices, row.tokens, row.topic, row.replaces, row.callback_id or None, row.answered,
        row.kept,
    )  # fmt: skip


async def _guarded(channel: Channel, calls: list[Call], key: str) -> Outcome:
    """The call with an end to it; what a channel did not foresee counts as an answer that got lost."""
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await channel.send(calls, key)
    except TimeoutError:
        return Unknown("geen antwoord binnen de tijd")
    except Exception as wrong:
        log.error("channel_raised", channel=channel.name, why=repr(wrong)[:300])
        return Unknown(type(wrong).__name__)


def undelivered(tx: Tx, row: Any, code: str, *, gone: bool) -> None:
    """Remember who cannot be reached any more, try the person's other address, and else tell the coordinators."""
    here = Address(row.channel, getattr(row, "to", None) or row.address)
    known = tx.address(here)
    if gone and known is not None:
        known.gone = tx.now
        tx.put_address(known)
    if gone and outbox.readdress(tx, row, here):
        return
    tell_undelivered(tx, row, code)


def tell_undelivered(tx: Tx, row: Any, why: str) -> None:
    """Tell the coordinators when a message that concerns an order or a ride did not arrive."""
    if row.topic in _TELL or (row.order_id and row.topic != "coordinator"):
        name = tx.person(row.person).name or "iemand"
        said = f"Een bericht aan {name} kwam niet aan ({why}). Bel even als het nodig is."
        outbox.tell_coordinators(tx, outbox.square_of(tx, row), f"{row.key}:undelivered", said)


def apply_report(tx: Tx, channel: str, said: StatusReport) -> None:
    """A status report inside a transaction."""
    row = reports.take_in(tx, channel, said)
    if row is None:
        return
    if said.status in ("undelivered", "failed"):
        if said.code == WINDOW_CLOSED and not row.as_template:
            reports.again_as_template(tx, row)
        else:
            reports.end(tx, row, "refused", f"{said.status} {said.code or ''}".strip())
            undelivered(tx, row, str(said.code or said.status), gone=said.code in _GONE)
    elif row.state in ("sending", "unknown"):
        reports.end(tx, row, "sent", "")


def _due_now(tx: Tx) -> bool:
    return outbox.any_due(tx) or outbox.any_sending(tx)


async def _first_of(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
