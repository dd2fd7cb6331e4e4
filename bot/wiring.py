"""The composition root: from settings to an App that takes messages in, answers them and delivers. Everything meets here."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot import outbox, retention, web
from bot.auditor import Watch
from bot.channels.base import Channel, Parcel
from bot.channels.make import make_channels
from bot.clock import Clock, Leader, Presence, Ticker
from bot.delivery import Delivery, parcel
from bot.inbox import Inbox
from bot.limits import Limits
from bot.meter import Meter
from bot.mollie import Mollie
from bot.payments import Payments
from bot.paypage import PayPage
from bot.settings import Settings
from bot.store import catalogue
from bot.store import tables as t
from bot.store.database import Database
from bot.store.migrate import migrate, newest, schema_of
from bot.store.tx import Tx
from bot.store.types import upsert
from bot.store.writer import Writer
from bot.timers import Timers
from bot.turns import Announce, Converse, Fire, Turns
from bot.wake import Wake
from catalog.square import Square
from notifications.messages import Inbound

log = structlog.get_logger("dorpsbode")
_PUT_MARK = upsert(t.mark, ["name"], ["name", "at", "value"])
_NEW_MARK = upsert(t.mark, ["name"], ["name", "at", "value"], update="")
#: Not ready when no worker ticked for this long, or a due bubble waits longer.
QUIET_WORKER = timedelta(seconds=30)
OLD_BUBBLE = timedelta(minutes=5)
#: How far before the last look is looked again: the first time in a process (its clock may have been set right), and later.
OVERLAP = (timedelta(hours=1), timedelta(minutes=2))
#: Where it is not known when we last looked (a new number, a database carried over early): who wrote this long ago may still
#: be answered (https://www.twilio.com/docs/whatsapp/key-concepts, the customer service window).
FIRST_LOOK = timedelta(hours=24)
#: How soon a death is noticed and a timer fires; one look is a transaction of some tenths of a millisecond.
BEAT_SECONDS = 0.2
#: Squares whose index is built at the start; with more than these the rest follow at their first message.
MOST_WARM = 20


def new_id() -> str:
    """A fresh name: 16 letters and digits, 80 random bits; sorts nowhere, says nothing."""
    return base64.b32encode(os.urandom(10)).decode().lower()


class App:
    """One process of Dorpsbode. Made by :func:`build`; ``asgi`` serves, ``worker()`` delivers and ticks."""

    #: The fault search puts ones in their place that keep to a counted time.
    writer_class: ClassVar[type[Writer]] = Writer
    ticker_class: ClassVar[type[Ticker]] = Ticker

    def __init__(
        self, settings: Settings, clock: Clock, database: Database, channels: Mapping[str, Channel],
        converse: Converse, announce: Announce, fire: Fire, ids: Callable[[], str],
    ) -> None:  # fmt: skip
        self.settings, self.clock, self.database, self.channels = settings, clock, database, dict(channels)
        self.meter = Meter()
        self.owner = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.presence = Presence(database, self.owner)
        self.leader = Leader(database)
        self.turns = Turns(
            converse, announce, fire, self.pay_link, Limits(settings.messages_per_minute, settings.square_per_minute)
        )
        self.writer = self.writer_class(database, clock, ids, self.turns.prepare)
        self.inbox = Inbox(self.writer, self.turns, self.meter)
        self.timers = Timers(self.writer, self.turns)
        rates = {"telegram": settings.telegram_per_second, "whatsapp": settings.whatsapp_per_second}
        self.delivery = Delivery(self.writer, self.channels, self.owner, self.presence.is_alive, rates)
        self.delivery.budget.per_day = settings.whatsapp_per_day
        self.payments = self._payments()
        self.wake = Wake(database, self.delivery.wake)
        self.writer.after_commit.append(self.wake.after_commit)
        self.leading = False
        self._caught_up: set[str] = set()
        self._earliest: datetime | None = None  # the clock's least since the last look back: it may be set back, and on again

    # --- addresses of our own -------------------------------------------------------------------------------------------
    def pay_link(self, token: str) -> str:
        """The address of the pay page for a payment token."""
        return f"{self.settings.public_url.rstrip('/')}/b/{token}"

    @cached_property
    def secret(self) -> bytes:
        """From the settings, else made once and kept in the database: nothing to set up on one's own machine."""
        if self.settings.secret:
            return self.settings.secret.encode()
        with self.database.write() as conn:
            conn.execute(_NEW_MARK, {"name": "secret", "at": self.clock.now(), "value": secrets.token_urlsafe(32)})
            return str(conn.execute(select(t.mark.c.value).where(t.mark.c.name == "secret")).scalar_one()).encode()

    def tag(self, purpose: str) -> str:
        """An unguessable, stable piece of a path."""
        return hmac.new(self.secret, purpose.encode(), hashlib.sha256).hexdigest()[:40]

    @cached_property
    def telegram_path_secret(self) -> str:
        """The secret part of Telegram's webhook address."""
        return self.tag("telegram")

    @property
    def telegram_webhook(self) -> str:
        """What to give Telegram's setWebhook, together with TELEGRAM_SECRET."""
        return f"{self.settings.public_url.rstrip('/')}/telegram/{self.telegram_path_secret}"

    def _payments(self) -> Payments | None:
        if not self.settings.mollie_key:
            return None
        mollie = Mollie(self.settings.mollie_key, self.settings.mollie_base_url, self.settings.mollie_method)
        return Payments(self.writer, self.turns, mollie, self.tag, self.settings.public_url.rstrip("/"))

    # --- the web process ------------------------------------------------------------------------------------------------
    @cached_property
    def asgi(self) -> ASGIApp:
        """The ASGI application; its lifespan starts the writer and, when settings say so, the worker."""
        return web.build(self)

    def more_routes(self) -> list[BaseRoute]:
        """Routes of other rooms: the pay pages."""
        return PayPage(self).routes()

    @asynccontextmanager
    async def lifespan(self, _: Any = None) -> AsyncIterator[None]:
        """Serve: the writer runs; with ``embedded_worker`` the worker too."""
        async with self.worker() if self.settings.embedded_worker else self.started():
            warming = asyncio.create_task(self.warm())
            yield
            warming.cancel()

    async def warm(self) -> None:
        """Build the search indexes of the first squares, so that nobody's first message waits for one."""
        slugs = await self.writer.run(lambda tx: [one.slug for one in tx.catalogue.heads.values() if one.kind == "village"])
        for slug in slugs[:MOST_WARM]:
            await self.writer.run(lambda tx, slug=slug: tx.catalogue.shelf(slug))  # type: ignore[misc]

    @asynccontextmanager
    async def started(self) -> AsyncIterator[None]:
        """The writer, running; stopped at the end when it was started here."""
        ours = not self.writer.running
        self.start()
        try:
            yield
        finally:
            if ours:
                await asyncio.to_thread(self.writer.stop)

    def start(self) -> None:
        """Start the writer and show a sign of life; for callers without an event loop."""
        self.presence.leads()
        self.writer.start()

    def close(self) -> None:
        """Finish what waits and let go of everything."""
        self.writer.stop()
        if self.payments is not None:
            self.payments.mollie.close()
        self.leader.release()
        self.presence.release()
        self.database.close()

    # --- the worker -----------------------------------------------------------------------------------------------------
    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """Deliver and tick until left; then finish the calls under way and let others lead."""
        async with self.started():
            for channel in self.channels.values():
                await channel.start()
            self.wake.listen(asyncio.get_running_loop())
            await self._lead()
            ticker, delivering = self._ticker(), asyncio.create_task(self.delivery.run())
            ticker.start()
            try:
                yield
            finally:
                ticker.stop()
                self.delivery.stop()
                await delivering
                await self.wake.stop()
                for channel in self.channels.values():
                    await channel.close()
                self.leader.release()

    def _ticker(self) -> Ticker:
        ticker = self.ticker_class()
        ticker.every(BEAT_SECONDS, self._beat, "beat")
        ticker.every(1, self._when_leading(self.inbox.retry_due), "retry")
        ticker.every(5, self._when_leading(self._sign_of_life), "life")
        ticker.every(60, self._when_leading(self.catch_up), "catch_up")
        ticker.every(60, self._when_leading(self.delivery.look_again), "held")
        ticker.every(3600, self._when_leading(self.forget_daily), "forget")
        watch = Watch(self.database, self.writer.run, self.clock.now)
        ticker.every(300, self._when_leading(watch.tick), "audit")
        if self.payments is not None:
            ticker.every(2, self._when_leading(self.payments.refund_due), "refunds")
            ticker.every(30, self._when_leading(self.payments.catch_up), "payments")
        return ticker

    async def _lead(self) -> None:
        self.leading = await asyncio.to_thread(self.leader.leads)
        await asyncio.to_thread(self.presence.leads)  # PostgreSQL may have been restarted: be seen again

    async def _beat(self) -> None:
        """What cannot wait: who begins to lead fires what is due and takes up what the dead held in the same moment."""
        now = self.clock.now()
        self._earliest = min(self._earliest or now, now)
        await self._lead()
        if self.leading:
            await asyncio.gather(self.timers.fire_due(), self.delivery.rescue())

    def _when_leading(self, do: Callable[[], Any]) -> Callable[[], Any]:
        async def when_leading() -> None:
            if self.leading:
                await do()

        return when_leading

    async def tick(self) -> None:
        """Everything that is due, now: for the demo and tests, after the clock was moved."""
        await self.timers.fire_due()
        await self.inbox.retry_due()
        if self.payments is not None:
            await self.payments.refund_due()
        self.delivery.wake()

    async def _sign_of_life(self) -> None:
        await self.writer.run(lambda tx: tx.conn.execute(_PUT_MARK, {"name": "last_tick", "at": tx.now, "value": self.owner}))

    async def forget_daily(self) -> None:
        """Once a day: forget what is older than it need be."""

        def once(tx: Tx) -> None:
            last = _mark_at(tx, "forgot")
            if last is None or tx.now - last >= timedelta(hours=23):
                tx.conn.execute(_PUT_MARK, {"name": "forgot", "at": tx.now, "value": str(retention.forget(tx))})

        await self.writer.run(once)

    async def catch_up(self) -> None:
        """Fetch from every channel what came while we were down; what was seen before is recognised."""
        earliest = self._earliest
        for name, channel in self.channels.items():
            mark = f"caught_up:{name}"
            began = self.clock.now()
            since = await self.writer.run(lambda tx, mark=mark: _mark_at(tx, mark))  # type: ignore[misc]
            since = min(since, began, earliest or began) - OVERLAP[name in self._caught_up] if since else began - FIRST_LOOK
            for one in await channel.catch_up(since):
                if isinstance(one, Inbound):
                    await self.inbox.take(one)
                else:
                    await self.delivery.report(name, one)
            row = {"name": mark, "at": began, "value": ""}
            await self.writer.run(lambda tx, row=row: tx.conn.execute(_PUT_MARK, row))  # type: ignore[misc]
            self._caught_up.add(name)
        self._earliest = None if self._earliest == earliest else self._earliest

    # --- without HTTP ---------------------------------------------------------------------------------------------------
    def handle_now(self, inbound: Inbound) -> list[Parcel]:
        """Take a message and return the bubbles for its sender at once, counted as sent. Needs :meth:`start`."""
        self.inbox.take_now(inbound)
        return self.read_now(inbound)

    def read_now(self, inbound: Inbound) -> list[Parcel]:
        """The bubbles that wait for the sender of this message, counted as sent."""
        lane = outbox.lane_of(inbound.sender)
        return [parcel(row) for row in self.writer.call(lambda tx: outbox.take_all(tx, lane))]

    def import_square(self, square: Square) -> list[str]:
        """Bring a square into the database; returns the differences in Dutch."""
        with self.database.write() as conn:
            return catalogue.import_square(conn, square)

    def cannot_start(self) -> str:
        """Why this process must not start, in Dutch; empty when it may. A release migrates PostgreSQL, a server does not."""
        with self.database.read() as conn:
            schema = schema_of(conn)
        if schema is None or schema < str(newest()):
            return "De database heeft niet het nieuwste schema. Voer eerst uit: dorpsbode migrate"
        return ""  # a newer schema is fine: two versions run side by side during a deploy

    # --- seen from outside ------------------------------------------------------------------------------------------------
    async def not_ready(self) -> list[str]:
        """What keeps this process from being of use, in Dutch; empty when ready."""
        try:
            return await asyncio.to_thread(self._not_ready)
        except SQLAlchemyError as wrong:
            return [f"de database antwoordt niet ({type(wrong).__name__})"]

    def _not_ready(self) -> list[str]:
        now = self.clock.now()
        with self.database.read() as conn:
            if (schema_of(conn) or "") < str(newest()):
                return ["de database heeft niet het nieuwste schema: voer dorpsbode migrate uit"]
            tick = conn.execute(select(t.mark.c.at).where(t.mark.c.name == "last_tick")).scalar()
            oldest = conn.execute(select(func.min(t.outbound.c.due)).where(t.outbound.c.state == "queued")).scalar()
        wrong = [] if tick and now - tick < QUIET_WORKER else ["er draait geen werker: start dorpsbode work"]
        return wrong + (["er wachten berichten te lang op bezorging"] if oldest and now - oldest > OLD_BUBBLE else [])

    async def metrics_text(self) -> bytes:
        """The metrics of this process and the gauges read from the database."""
        await asyncio.to_thread(self._measure)
        return self.meter.text()

    def _measure(self) -> None:
        with self.database.read() as conn:
            self.meter.read(conn, self.clock.now(), {name: one.limits.bubble_cents for name, one in self.channels.items()})
        self.meter.waiting.set(self.writer.waiting)
        for (name, outcome), many in self.delivery.outcomes.items():
            self.meter.deliveries.labels(name, outcome).set(many)


def _mark_at(tx: Tx, name: str) -> Any:
    return tx.conn.execute(select(t.mark.c.at).where(t.mark.c.name == name)).scalar()


def build(
    settings: Settings,
    clock: Clock | None = None,
    *,
    converse: Converse | None = None,
    announce: Announce | None = None,
    fire: Fire | None = None,
    channels: Mapping[str, Channel] | None = None,
    ids: Callable[[], str] = new_id,
    squares: Sequence[Square] = (),
) -> App:
    """Put everything together. A SQLite database is made and brought to the newest schema here; PostgreSQL by ``migrate``.

    ``converse``, ``announce`` and ``fire`` default to the floors above; ``channels`` to what the settings describe.
    """
    clock = clock or Clock()
    database = Database(settings.database)
    if database.is_sqlite:
        migrate(database)
    app = App(
        settings, clock, database, make_channels(settings, clock) if channels is None else channels,
        converse or _converse(), announce or _announce(), fire or _fire(), ids,
    )  # fmt: skip
    for square in squares:
        app.import_square(square)
    return app


def _converse() -> Converse:
    from conversations.talk import converse

    return converse


def _announce() -> Announce:
    from notifications.announce import announce

    return announce


def _fire() -> Fire:
    from notifications.schedule import fire

    return fire
