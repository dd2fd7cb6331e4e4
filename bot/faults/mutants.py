"""Planted mistakes, each one that somebody could make: the search must find every one of them, or it proves nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import update

from bot import outbox, privacy
from bot.inbox import Inbox
from bot.mollie import Mollie
from bot.payments import Payments
from bot.store import tables as t
from bot.store import tx as tx_room
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.store.types import upsert
from bot.store.writer import Writer
from bot.turns import Turns
from conversations.flows import placing

Undo = Callable[[], None]


def _replace(where: Any, name: str, new: Any) -> Undo:
    old = where.__dict__[name]
    setattr(where, name, new)
    return lambda: setattr(where, name, old)


def _dedupe_off() -> list[Undo]:
    """A message that was seen before is handled again."""
    real = Turns.receive

    def receive(self: Turns, tx: Tx, inbound: Any) -> str:
        self.ahead(tx).seen.clear()
        return real(self, tx, inbound)

    keeps = upsert(t.inbound, ["channel", "event_id"], ["channel", "event_id", "lane", "payload", "state", "attempts", "error",
                                                        "received_at", "due"], update="")  # fmt: skip
    return [_replace(Turns, "receive", receive), _replace(tx_room, "_NEW_INBOUND", keeps)]


def _outbox_outside() -> list[Undo]:
    """Bubbles are written in a transaction of their own, after the one with the order."""
    real_flush, real_once = Tx.flush, Writer._once
    left: list[Any] = []

    def flush(self: Tx) -> None:
        left.extend(self.pending.outbound)
        self.queued += [row["key"] for row in self.pending.outbound]
        self.pending.outbound = []
        real_flush(self)

    def once(self: Writer, batch: Any) -> int | None:
        left.clear()
        failed = real_once(self, batch)
        rows = {row["key"]: row for row in left}
        if failed is None and rows:
            with self.database.write() as conn:
                conn.execute(tx_room._PUT_OUTBOUND, list(rows.values()))
        return failed

    return [_replace(Tx, "flush", flush), _replace(Writer, "_once", once)]


def _sent_before_send() -> list[Undo]:
    """A bubble counts as sent when it is claimed."""
    real = outbox.claim

    def claim(tx: Tx, owner: str, most: int, room: Any = None) -> Any:
        rows = real(tx, owner, most, room)
        for row in rows:
            tx.conn.execute(update(t.outbound).where(t.outbound.c.id == row.id).values(state="sent", sent_at=tx.now))
        return rows

    return [_replace(outbox, "claim", claim)]


def _no_version() -> list[Undo]:
    """The order button orders whatever is in the basket by now, and an old one counts as the new one."""
    real_place, real_tapped = placing.place, Turns._tapped

    def place(turn: Any, version: int) -> Any:
        return real_place(turn, turn.basket.version)

    def tapped(self: Turns, tx: Tx, talk: Any, inbound: Any) -> Any:
        choice, stale, label = real_tapped(self, tx, talk, inbound)
        if stale and label:
            value = next((one.value for one in talk.choices if one.label == label), None)
            return value, value is None, label
        return choice, stale, label

    return [_replace(placing, "place", place), _replace(Turns, "_tapped", tapped)]


def _refund_without_key() -> list[Undo]:
    """Every try to give money back has a key of its own, and nobody looks whether an earlier one arrived."""
    real = Mollie.refund

    async def refund(self: Mollie, provider_id: str, refund_id: str, cents: int, description: str) -> str:
        return await real(self, provider_id, f"{refund_id}-{secrets.token_hex(4)}", cents, description)

    async def give(self: Payments, row: Any) -> str:
        return await self.mollie.refund(row.payment_id, row.id, row.cents, row.why)

    return [_replace(Mollie, "refund", refund), _replace(Payments, "_refund", give)]


def _stock_without_condition() -> list[Undo]:
    """Stock is taken as far as it goes, and everybody is promised theirs."""
    real = Repository.take_stock

    def take(self: Repository, square: str, product_id: str, amount: int) -> bool:
        return real(self, square, product_id, amount) or True

    return [_replace(Repository, "take_stock", take)]


def _ack_before_commit() -> list[Undo]:
    """A webhook is answered before its row is stored."""
    real = Inbox.take

    async def take(self: Inbox, one: Any) -> str:
        import asyncio

        async def soon() -> None:
            await asyncio.sleep(0.05)
            await real(self, one)

        task = asyncio.create_task(soon())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return "done"

    return [_replace(Inbox, "take", take)]


def _rescue_the_living() -> list[Undo]:
    """Bubbles that somebody is sending right now are taken for abandoned."""
    real = outbox.abandoned

    def abandoned(tx: Tx, is_alive: Any, most: int = 50) -> Any:
        return real(tx, lambda *_: False, most)

    return [_replace(outbox, "abandoned", abandoned)]


def _no_rescue() -> list[Undo]:
    """What a dead process left half-sent stays where it is."""
    return [_replace(outbox, "abandoned", lambda tx, is_alive, most=50: [])]


def _webhook_only() -> list[Undo]:
    """Payments are never asked for: what no webhook tells is never known."""

    async def nothing(self: Payments, token: str | None = None) -> None:
        return None

    return [_replace(Payments, "catch_up", nothing)]


def _half_forgotten() -> list[Undo]:
    """Who is wiped leaves their orders as they were, with the door."""
    return [_replace(privacy, "_wipe_orders", lambda conn, placed, drafts: None)]


MUTANTS: dict[str, Callable[[], list[Undo]]] = {
    "dedupe-off": _dedupe_off,
    "outbox-outside": _outbox_outside,
    "sent-before-send": _sent_before_send,
    "no-version": _no_version,
    "refund-without-key": _refund_without_key,
    "stock-without-condition": _stock_without_condition,
    "ack-before-commit": _ack_before_commit,
    "rescue-the-living": _rescue_the_living,
    "no-rescue": _no_rescue,
    "webhook-only": _webhook_only,
    "half-forgotten": _half_forgotten,
}
#: The kinds of faults that bring these out within a few dozen: a search for one mistake need not wait for the others.
#: Not rescue-the-living: it does harm only during a slow call of another living process, and the books excuse one duplicate for
#: each slow call. ``tests/bot/engine/test_two_workers.py`` plays just that, with this mistake and without.
BROUGHT_OUT_BY: dict[str, tuple[str, ...]] = {
    "dedupe-off": ("duplicate",),
    "outbox-outside": ("commit",),
    "sent-before-send": ("kill",),
    "no-version": ("duplicate", "webhook"),
    "refund-without-key": ("platform",),
    "stock-without-condition": ("duplicate",),
    "ack-before-commit": ("kill",),
    "no-rescue": ("kill",),
    "webhook-only": ("webhook",),
    "half-forgotten": ("erase",),
}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """With this mistake in the bot. Raises KeyError for an unknown one; "" plants nothing."""
    undo = MUTANTS[name]() if name else []
    try:
        yield
    finally:
        for one in reversed(undo):
            one()
