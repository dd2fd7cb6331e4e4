"""The village on stage: three stand-ins on free ports, the real bot over a SQLite file, and sample people with phones.

Everything runs in one event loop on one clock. The people come in as anybody would: by the code of an invitation, sent to the
bot in a message. The one thing done behind the scenes is that a person's two addresses are theirs from the start.
"""

from __future__ import annotations

import asyncio
import pickle
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot import wiring
from bot.clock import Clock
from bot.demo import keep
from bot.demo.cast import Player, cast, handsets
from bot.settings import Settings
from bot.standins.common import StandIn
from bot.standins.mollie import Mollie
from bot.standins.server import serving
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio
from bot.store import invitations
from bot.store import tables as t
from bot.store.tx import AddressRow, Tx
from catalog.square import AMSTERDAM, Departure, Square, departures
from notifications.messages import Address
from notifications.receipts import departure_named
from orders.ports import Invitation

_QUIET_SECONDS = 8.0
_DAY_BEGINS, _DAY_ENDS = 8, 20
_MOST_STEPS = 300
_KEEP_SECONDS = 5.0
_SECRETS = "demo.secrets"
#: What a sample voice note and photo look like on WhatsApp.
_MEDIA: dict[str, tuple[str, bytes | None]] = {
    "text": ("", None),
    "voice": ("audio/ogg", b"OggS sample"),
    "photo": ("image/jpeg", b"\xff\xd8\xff sample"),
}


class Stage:
    """One running village. Enter :meth:`running`; then people act through ``send``, ``tap``, ``switch`` and ``move``.

    ``site_url`` is where the bot's own pages are served; ``folder`` keeps the database and the phones.
    """

    def __init__(self, square: Square, folder: Path, site_url: str, begin: datetime | None = None) -> None:
        self.square, self.folder, self.site_url = square, folder, site_url
        self.clock = Clock()
        self.telegram = Telegram(clock=self.clock, allow_local=True)
        self.twilio = Twilio(clock=self.clock)
        self.mollie = Mollie(clock=self.clock, allow_local=True)
        self.players = cast(square)
        self.handsets = handsets(self.players)
        self.by_id = {player.id: player for player in self.players}
        self.channel = {player.id: player.channel for player in self.players}
        self.person: dict[str, str] = {}
        self.started = secrets.token_hex(4)
        self.app: wiring.App
        self._begin = begin
        self._moving = asyncio.Lock()

    @property
    def standins(self) -> tuple[StandIn, ...]:
        """The three of them."""
        return self.telegram, self.twilio, self.mollie

    @property
    def version(self) -> int:
        """Grows when anything on a phone changes."""
        return sum(standin.version for standin in self.standins)

    # --- coming up ------------------------------------------------------------------------------------------------------
    @asynccontextmanager
    async def running(self) -> AsyncIterator[Stage]:
        """Everything up, the people in their roles; afterwards the phones are kept."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._remember()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(serving(*self.standins))
            self.app = wiring.build(self._settings(), self.clock, squares=[self.square])
            stack.callback(self.app.close)
            await stack.enter_async_context(self.app.worker())
            await self._connect()
            keeper = asyncio.create_task(self._keep_on())
            stack.callback(self._save)
            stack.callback(keeper.cancel)
            yield self

    async def enter(self) -> None:
        """Let the people come in who are not in yet. Call it once the site answers: their messages arrive there."""
        await self._open_accounts()
        await self._invite()

    def _settings(self) -> Settings:
        return Settings(
            database=f"sqlite:///{self.folder / 'demo.db'}", public_url=self.site_url, secret="",
            telegram_token=self.telegram.token, telegram_secret=self._secret(), telegram_base_url=self.telegram.base_url,
            telegram_bot=self.telegram.bot_user["username"], twilio_sid=self.twilio.account,
            twilio_token=self.twilio.auth_token, twilio_from=self.twilio.sender,
            twilio_base_url=self.twilio.base_url, mollie_key=self.mollie.api_key, mollie_base_url=self.mollie.base_url,
        )  # fmt: skip

    def _secret(self) -> str:
        file = self.folder / _SECRETS
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(32))
        return file.read_text()

    async def _connect(self) -> None:
        """What going live asks of a person: webhook addresses at both platforms, and the WhatsApp templates."""
        from bot.channels.telegram import Telegram as TelegramChannel
        from bot.channels.whatsapp import WhatsApp

        telegram, whatsapp = self.app.channels["telegram"], self.app.channels["whatsapp"]
        assert isinstance(telegram, TelegramChannel)
        assert isinstance(whatsapp, WhatsApp)
        self.twilio.console(inbound_url=f"{self.site_url}/whatsapp#rc=3&rp=all")
        await telegram.bot.set_webhook(self.app.telegram_webhook, secret_token=self.app.settings.telegram_secret)
        await asyncio.gather(*(whatsapp.shelf.put(one) for one in whatsapp.shelf.standings()))

    # --- the people -------------------------------------------------------------------------------------------------------
    async def _open_accounts(self) -> None:
        for player in self.players:
            self.telegram.user(player.chat_id, player.name)
            self.twilio.user(player.phone, name=player.name)
        await self.app.writer.run(self._know)

    def _know(self, tx: Tx) -> None:
        """Each person and their two addresses, those they use last in front."""
        for player in self.players:
            known = tx.address(Address("telegram", str(player.chat_id)))
            if known is None:
                person = tx.new_person("")
                for address in _addresses(player):
                    away = None if address.channel == player.channel else tx.now
                    tx.put_address(AddressRow(address, person.id, "", None, away, tx.now))
                self.person[player.id] = person.id
            else:
                self.person[player.id] = known.person
                self.channel[player.id] = "whatsapp" if known.gone else "telegram"

    async def _invite(self) -> None:
        """Whoever has no role yet sends the code of a fresh invitation."""
        people = await self.app.writer.run(lambda tx: {one for one in self.person.values() if tx.roles(one)})
        for player in self.players:
            if player.role and self.person[player.id] not in people:
                asked = Invitation(self.square.slug, player.role, player.shop, player.name)
                code = await self.app.writer.run(lambda tx, asked=asked: invitations.invite(tx.conn, asked, tx.now))  # type: ignore[misc]
                if player.channel == "telegram":
                    self.telegram.user_sends(player.chat_id, start=code)
                else:
                    self.twilio.user_sends(player.phone, invitations.spell(code))
        await self.quiet()

    # --- what people do ---------------------------------------------------------------------------------------------------
    def send(self, player_id: str, kind: str, text: str = "") -> None:
        """A person sends a text, a voice note or a photo from the phone they hold. Raises KeyError, ValueError."""
        player = self.by_id[player_id]
        if self.channel[player_id] == "telegram":
            what: Any = text if kind == "text" else b""
            self.telegram.user_sends(player.chat_id, **{_known(kind): what})
            return
        if kind == "text" and not text.strip():
            raise ValueError("een leeg bericht")
        media_type, media = _MEDIA[_known(kind)]
        self.twilio.user_sends(player.phone, text, media_type=media_type, media=media)

    def tap(self, player_id: str, message: str, data: str) -> None:
        """A person taps a button or picks a row. Raises LookupError when it is not on the screen."""
        player = self.by_id[player_id]
        if self.channel[player_id] == "telegram":
            self.telegram.user_presses(player.chat_id, int(message), data, stale=True)
            return
        try:
            self.twilio.user_presses(player.phone, message, data)
        except LookupError:
            self.twilio.user_picks(player.phone, message, data)

    async def switch(self, player_id: str, channel: str) -> None:
        """From now on this person uses that app: what the bot sends goes there."""
        player = self.by_id[player_id]
        self.channel[player_id] = channel  # at once: the next thing this person types goes there

        def mark(tx: Tx) -> None:
            for address in _addresses(player):
                if row := tx.address(address):
                    tx.put_address(replace(row, gone=None if address.channel == channel else tx.now))

        await self.app.writer.run(mark)
        self.telegram.touch(str(player.chat_id))

    async def quiet(self) -> None:
        """Wait until every message and answer has arrived; at most some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_QUIET_SECONDS):
                for _ in range(2):
                    await asyncio.gather(*(standin.settle() for standin in self.standins))
                    await self.app.delivery.drain(_QUIET_SECONDS)

    # --- the clock --------------------------------------------------------------------------------------------------------
    async def move(self, where: str) -> None:
        """Let it be later: a number of minutes, ``morning`` or ``round``. On the way all that falls due happens at its time.

        On the way to a round the clock stops where a courier is asked to ride. Raises ValueError for another wish.
        """
        async with self._moving:
            target = await self._target(where)
            for _ in range(_MOST_STEPS):
                due = await self._next_due()
                if due is None or due > target:
                    break
                offered = await self._open_offers()
                await self._be(max(self.clock.now(), due + timedelta(milliseconds=5)))
                if where == "round" and await self._open_offers() > offered:
                    return
            await self._be(target)

    async def _be(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.set(moment)
        for standin in self.standins:
            standin.agenda.wake()
        await self.app.tick()
        await self.quiet()
        self.telegram.touch("clock")

    async def _next_due(self) -> datetime | None:
        timer, out = t.timer.c, t.outbound.c

        def read(tx: Tx) -> list[datetime | None]:
            soonest = select(func.min(timer.due)).where(timer.state == "waiting")
            waiting = select(func.min(out.due)).where(out.state == "queued")
            return [tx.conn.execute(soonest).scalar(), tx.conn.execute(waiting).scalar()]

        moments = [*await self.app.writer.run(read), *(standin.agenda.next_due() for standin in self.standins)]
        return min((one for one in moments if one is not None), default=None)

    async def _open_offers(self) -> int:
        asked = await self.app.writer.run(lambda tx: tx.conn.execute(select(t.run.c.asked, t.run.c.status)).all())
        return sum(len(row.asked) for row in asked)

    async def _target(self, where: str) -> datetime:
        now = self.clock.now()
        if where.isdigit():
            return now + timedelta(minutes=int(where))
        if where == "morning":
            return _morning_after(now)
        if where == "round":
            return await self.app.writer.run(self._before_ride)
        raise ValueError(f"zo kan de klok niet: {where}")

    def _before_ride(self, tx: Tx) -> datetime:
        """A quarter of an hour before the next ride that has orders, else before the next ride at all."""
        o = t.orders.c
        coming = select(o.departure).where(o.square == self.square.slug, o.status.in_(("placed", "accepted")))
        rides = [one for key in set(tx.conn.execute(coming).scalars()) if (one := departure_named(self.square, key))]
        starts = [one.starts_at - timedelta(minutes=15) for one in rides or _rides(self.square, tx.now)]
        return min((one for one in starts if one > tx.now), default=tx.now)

    # --- between two runs -------------------------------------------------------------------------------------------------
    def _remember(self) -> None:
        """Chats and clock as they were left; otherwise a clean phone and a clock inside the day."""
        begin = self._begin or _daytime(self.clock.now())
        try:
            begin = max(begin, keep.load(self.folder / "demo.phones", self.telegram, self.twilio, self.mollie))
        except FileNotFoundError:
            forget(self.folder)  # a database without its phones has nobody to talk to
        except (pickle.UnpicklingError, KeyError, AttributeError, EOFError, ImportError, TypeError) as wrong:
            raise OldPhones(f"De telefoons van vorige keer passen niet meer ({wrong}). Start opnieuw met --fresh.") from wrong
        self.clock.set(begin)

    def _save(self) -> None:
        keep.save(self.folder / "demo.phones", self.telegram, self.twilio, self.mollie, self.clock.now())

    async def _keep_on(self) -> None:
        kept, since = -1, time.monotonic()
        while True:
            await asyncio.sleep(_KEEP_SECONDS)
            if kept != self.version or time.monotonic() - since > 60:
                kept, since = self.version, time.monotonic()
                self._save()


class OldPhones(Exception):
    """What was kept of the phones cannot be read by this version."""


def forget(folder: Path) -> None:
    """Delete everything the demo kept in this folder, and nothing else."""
    for name in ("demo.db", "demo.phones", "demo.new", _SECRETS):
        for file in folder.glob(f"{name}*"):
            file.unlink()


def _known(kind: str) -> str:
    if kind not in _MEDIA:
        raise ValueError(f"zo’n bericht is er niet: {kind}")
    return kind


def _addresses(player: Player) -> tuple[Address, Address]:
    return Address("telegram", str(player.chat_id)), Address("whatsapp", player.phone)


def _daytime(now: datetime) -> datetime:
    """Now, or the next morning when the village sleeps: at night nobody is sent anything."""
    return now if _DAY_BEGINS <= now.astimezone(AMSTERDAM).hour < _DAY_ENDS else _morning_after(now)


def _morning_after(now: datetime) -> datetime:
    """The next half past eight."""
    local = now.astimezone(AMSTERDAM)
    wanted = day_time(_DAY_BEGINS, 30)
    day = local.date() if local.time() < wanted else local.date() + timedelta(days=1)
    return datetime.combine(day, wanted, AMSTERDAM)


def _rides(square: Square, now: datetime) -> list[Departure]:
    return [one for one in departures(square, now, days=8) if one.starts_at > now]
