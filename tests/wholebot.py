"""The whole bot behind a transcript: web, worker, SQLite file and the real clients, against the stand-ins, all over HTTP.

One loop in a background thread runs the stand-ins, the web server and the worker; the test types and taps as people do, on the
phones of the stand-in, and reads what appears there.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import uvicorn
from sqlalchemy import bindparam, func, select
from telegram import Bot

from bot.channels.transport import TelegramTransport
from bot.clock import Clock
from bot.settings import Settings
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.server import serving, settle
from bot.standins.telegram import TOKEN, Telegram
from bot.standins.twilio import ACCOUNT, AUTH_TOKEN, SENDER, Twilio
from bot.store import tables as t
from bot.store.catalogue import import_square
from bot.store.database import Database
from bot.store.invitations import invite
from bot.wiring import App, build
from orders.ports import Invitation
from tests.bot.databases import fresh
from tests.chat import Heard
from tests.village import opened

T = TypeVar("T")
#: How many bubbles should have left by now, and how much is still to be given back.
_DUE = select(func.count()).where(
    (t.outbound.c.state == "sending") | ((t.outbound.c.state == "queued") & (t.outbound.c.due <= bindparam("now")))
)
_REFUNDS = select(func.count()).where(t.refund.c.done.is_(False))
SECRET = "sample-secret-sample-secret-sample-secret"


@cache
def _stocked(square: str) -> Path:
    """A database with this square in it that is only ever copied."""
    folder = Path(tempfile.mkdtemp(prefix="dorpsbode-"))
    database = Database(fresh("sqlite", folder))
    with database.write() as conn:
        import_square(conn, opened(square).square)
    database.close()
    return folder / "engine.db"


class WholeBot:
    """One square on one channel; every person has a phone there. Use as a context manager."""

    channel = "telegram"

    def __init__(self, square: str, now: datetime, *, contracts: Path | None = None) -> None:
        self.slug, self.clock = square, Clock(now)
        self.people: dict[str, Any] = {}
        self._seen: dict[str, set[Any]] = {}
        self._buttons: dict[str, dict[Any, None]] = {}
        self._stack = contextlib.ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        common: dict[str, Any] = {"clock": self.clock, "contracts_folder": contracts}
        self.telegram = Telegram(allow_local=True, rates=False, **common)
        self.twilio = Twilio(inbound_url=f"{self.url}/whatsapp", rates=False, **common)
        self.mollie = Mollie(allow_local=True, rates=False, **common)
        self.database = f"sqlite:///{shutil.copy(_stocked(square), folder)}"
        self.loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._error: BaseException | None = None
        self.app: App

    # --- starting and stopping ------------------------------------------------------------------------------------------
    def __enter__(self) -> WholeBot:
        self._thread.start()
        self._ready.wait(30)
        if self._error:
            raise self._error
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(30)
        self.app.close()
        self._stack.close()
        if self._error:
            raise self._error

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._live())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()
            self.loop.close()

    async def _live(self) -> None:
        async with serving(self.telegram, self.twilio, self.mollie):
            settings = Settings(
                database=self.database, public_url=self.url, port=self.port, secret=SECRET,
                telegram_token=TOKEN, telegram_secret=SECRET, telegram_base_url=self.telegram.base_url,
                twilio_sid=ACCOUNT, twilio_token=AUTH_TOKEN, twilio_from=SENDER.removeprefix("whatsapp:"),
                twilio_base_url=self.twilio.base_url, mollie_key=API_KEY, mollie_base_url=self.mollie.base_url,
                telegram_per_second=0, whatsapp_per_second=0,
            )  # fmt: skip
            self.app = build(settings, self.clock)
            server = _Quiet(
                uvicorn.Config(self.app.asgi, port=self.port, log_level="warning", lifespan="on", date_header=False)
            )
            serve = asyncio.create_task(server.serve())
            while not server.started and not serve.done():
                await asyncio.sleep(0.01)
            await self._tell_telegram()
            self._ready.set()
            await self._stop.wait()
            server.should_exit = True
            await serve

    async def _tell_telegram(self) -> None:
        base = self.telegram.base_url
        async with Bot(TOKEN, base_url=f"{base}/bot", request=TelegramTransport()) as bot:
            await bot.set_webhook(self.app.telegram_webhook, secret_token=SECRET)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the bot's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def _in_loop(self, do: Callable[[], T]) -> T:
        async def call() -> T:
            return do()

        return self.run(call())

    # --- the phones (telegram; WhatsApp below) ---------------------------------------------------------------------------
    def phone(self, who: str) -> Any:
        """The chat of a person; opened at first use."""
        if who not in self.people:
            self.people[who] = 1000 + len(self.people)
            self._in_loop(lambda: self.telegram.user(self.people[who], who.capitalize()))
            self._seen[who] = set()
        return self.people[who]

    def _sends(self, who: str, text: str, kind: str) -> None:
        more: dict[str, Any] = {
            "voice": {"voice": b"ogg"}, "image": {"photo": b"jpg"}, "sticker": {"sticker": "👍"},
            "location": {"location": (52.0, 5.2)},
            "contact": {"contact": "+31600000099"},
            "edited": {"edited": self._last_own(who)}, "start": {"start": text},
        }.get(kind, {})  # fmt: skip
        self.telegram.user_sends(self.phone(who), text or None, **more)

    def _last_own(self, who: str) -> int | None:
        own = [one["id"] for one in self.telegram.screen(self.phone(who)) if one["mine"] and one["kind"] == "text"]
        return own[-1] if own else None

    def _screen(self, who: str) -> list[tuple[Any, str, tuple[str, ...], list[str]]]:
        """Bubbles of the bot: id, text, labels that can be tapped, links."""
        out = []
        self._remember(who)
        for one in self.telegram.screen(self.phone(who)):
            buttons = [button for row in one["buttons"] for button in row]
            links = [button["url"] for button in buttons if button.get("url")]
            if not one["mine"]:
                out.append((one["id"], one["text"], tuple(button["label"] for button in buttons), links))
        return out

    def _taps(self, who: str, label: str, *, oldest: bool) -> None:
        if not oldest:
            self.telegram.user_taps(self.phone(who), label)
            return
        self._remember(who)
        found = next((one for one in self._buttons[who] if one[0] == label), None)
        assert found, f"{who} never had a button {label!r}"
        self.telegram.user_presses(self.phone(who), found[1], found[2], stale=True)

    def _remember(self, who: str) -> None:
        """Buttons are taken away once answered; a phone that was offline still has them."""
        for one in self.telegram.screen(self.phone(who)):
            for button in (button for row in one["buttons"] for button in row):
                self._buttons.setdefault(who, {})[button["label"], one["id"], button.get("data")] = None

    # --- tests.chat.Driver ----------------------------------------------------------------------------------------------
    @property
    def now(self) -> datetime:
        return self.clock.now()

    def role(self, person: str, role: str, shop: str = "", rank: int = 0) -> None:
        self.phone(person)
        with self.app.database.write() as conn:
            code = invite(conn, Invitation(self.slug, role, shop, person.capitalize()), self.clock.now())
        self.type(person, code, "text")
        self.heard()

    def type(self, who: str, text: str, kind: str) -> None:
        self.phone(who)
        self._in_loop(lambda: self._sends(who, text, kind))
        self.quiet()

    def tap(self, who: str, label: str, *, oldest: bool) -> None:
        self._in_loop(lambda: self._taps(who, label, oldest=oldest))
        self.quiet()

    def wait(self, until: datetime) -> None:
        """Move the clock timer by timer, as time would pass."""
        while (due := self._next_timer()) is not None and due <= until:
            if due > self.clock.now():
                self.clock.set(due)
            self.run(self.app.tick())
            self.quiet()
        if until > self.clock.now():
            self.clock.set(until)
        self.run(self.app.tick())
        self.quiet()

    def _next_timer(self) -> datetime | None:
        with self.app.database.read() as conn:
            timer = conn.execute(select(func.min(t.timer.c.due)).where(t.timer.c.state == "waiting")).scalar()
            row = conn.execute(select(func.min(t.outbound.c.due)).where(t.outbound.c.state == "queued")).scalar()
        return min((one for one in (timer, row) if one is not None), default=None)

    def pay(self, who: str) -> None:
        """Open the newest pay link, tap through Mollie's page."""
        links = [link for one in self._screen(who) for link in one[3]]
        links += [link for one in self._screen(who) for link in re.findall(r"http\S+/b/\S+", one[1])]
        assert links, f"{who} has nothing to pay"
        self.run(self._pay(links[-1]))
        self.quiet()

    async def _pay(self, link: str) -> None:
        async with aiohttp.ClientSession() as browser:
            async with browser.get(link) as page:
                assert page.status == 200, await page.text()
            async with browser.post(link) as checkout:
                assert checkout.status == 200, await checkout.text()
                address = checkout.url
            async with browser.post(address, data={"status": "paid"}, allow_redirects=False) as done:
                assert done.status == 303

    def heard(self) -> list[Heard]:
        """New bubbles on all phones since the last call, person by person."""
        out: list[Heard] = []
        for who in self.people:
            for key, text, labels, _links in self._in_loop(lambda who=who: self._screen(who)):  # type: ignore[misc]
                if (key, text) not in self._seen[who]:
                    self._seen[who].add((key, text))
                    out.append((who, text, labels))
        return out

    def quiet(self) -> None:
        """Wait until nothing moves any more at two looks: no webhook under way, no bubble due, nothing being sent."""
        calm, patience = 0, time.monotonic() + 20
        while (calm := calm + 1 if self._calm() else 0) < 2:
            if time.monotonic() > patience:
                raise AssertionError(f"the bot does not come to rest: {self.restless()}")
            time.sleep(0.005 if calm else 0.002)

    def _calm(self) -> bool:
        settle(self.telegram, self.twilio, self.mollie)
        with self.app.database.read() as conn:
            waits = conn.execute(_DUE, {"now": self.clock.now()}).scalar() or conn.execute(_REFUNDS).scalar()
        return not waits and not self.app.writer.waiting

    def restless(self) -> list[Any]:
        """What still moves, for the message of a failing test."""
        with self.app.database.read() as conn:
            rows = select(t.outbound).where(t.outbound.c.state.in_(("queued", "sending")))
            return [dict(row._mapping) for row in conn.execute(rows)] + [self.app.writer.waiting, self.clock.now()]

    def violations(self) -> list[str]:
        """What the stand-ins saw that the platforms would have refused."""
        return [str(one) for standin in (self.telegram, self.twilio, self.mollie) for one in standin.violations]


class WholeBotOnWhatsApp(WholeBot):
    """The same village, every phone on WhatsApp."""

    channel = "whatsapp"

    def phone(self, who: str) -> Any:
        if who not in self.people:
            self.people[who] = f"+316000001{len(self.people):02d}"
            self._in_loop(lambda: self.twilio.user(self.people[who], name=who.capitalize()))
            self._seen[who] = set()
        return self.people[who]

    def _sends(self, who: str, text: str, kind: str) -> None:
        more: dict[str, Any] = {
            "voice": {"media": b"ogg", "media_type": "audio/ogg"}, "image": {"media": b"jpg"},
            "sticker": {"media": b"webp", "media_type": "image/webp"},
            "location": {"location": (52.0, 5.2)}, "contact": {"contact": "+31600000099"},
        }.get(kind, {})  # fmt: skip
        self.twilio.user_sends(self.phone(who), text, **more)

    def _screen(self, who: str) -> list[tuple[Any, str, tuple[str, ...], list[str]]]:
        out = []
        for one in self.twilio.screen(self.phone(who)):
            buttons = [button for row in one["buttons"] for button in row]
            rows = [row["item"] for row in (one["list"] or {}).get("rows", [])]
            links = [button["url"] for button in buttons if button.get("url")]
            if not one["mine"]:
                out.append((one["id"], one["text"], (*(button["label"] for button in buttons), *rows), links))
        return out

    def _taps(self, who: str, label: str, *, oldest: bool) -> None:
        screens = self._screen(who) if oldest else list(reversed(self._screen(who)))
        for key, _text, labels, _links in screens:
            for shown in labels:
                if shown == label or (len(shown) >= 18 and label.startswith(shown.rstrip("…")[:18])):
                    press = self.twilio.user_picks if self._is_list(who, key) else self.twilio.user_presses
                    press(self.phone(who), key, self._button_id(who, key, shown))
                    return
        self.twilio.user_sends(self.phone(who), label)  # offered as numbered text: typing it is the tap

    def _message(self, who: str, key: str) -> Any:
        return next(one for one in self.twilio.screen(self.phone(who)) if one["id"] == key)

    def _is_list(self, who: str, key: str) -> bool:
        return bool(self._message(who, key)["list"])

    def _button_id(self, who: str, key: str, label: str) -> str:
        one = self._message(who, key)
        rows = [(row["item"], row["id"]) for row in (one["list"] or {}).get("rows", [])]
        buttons = [(button["label"], button["data"]) for row in one["buttons"] for button in row if "data" in button]
        return str(dict([*buttons, *rows])[label])


class _Quiet(uvicorn.Server):
    """Leaves the process's signal handlers alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield
