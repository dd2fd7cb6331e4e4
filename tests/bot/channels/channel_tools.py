"""What the tests of the channels share: parcels, channels that speak to a stand-in, and rules held against what is rendered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.channels.base import Call, Held, Parcel
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.standins import telegram as telegram_standin
from bot.standins import twilio as twilio_standin
from bot.standins.common import StandIn
from bot.standins.server import serving
from bot.standins.webhooks import Answer
from notifications.messages import Choice

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
PUBLIC = "https://bode.example"
SECRET = "a-secret-of-the-tests-0123456789"
PHONE = "+31612345678"
T = TypeVar("T")


class Ear:
    """Where a stand-in's webhooks go: it keeps them (address, body, headers) and answers 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes, Mapping[str, str]]] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        self.heard.append((url, body, {name.lower(): value for name, value in headers.items()}))
        return Answer(200)

    async def close(self) -> None:
        """Nothing to close."""


def parcel(body: str = "Wat mag het zijn?", *choices: Choice | str, **more: Any) -> Parcel:
    """A parcel with these choices; a text is a choice with that label."""
    made = tuple(choice if isinstance(choice, Choice) else Choice(choice, choice) for choice in choices)
    tokens = tuple(f"vraag7.{number}" for number in range(len(made)))
    return Parcel(**{"key": "k1", "to": PHONE, "body": body, "choices": made, "tokens": tokens, **more})


def telegram_of(api_url: str = "https://api.telegram.org", **more: Any) -> Telegram:
    """A Telegram channel that speaks to that address."""
    return Telegram(
        telegram_standin.TOKEN, SECRET, api_url=api_url, trusted_hosts=("bode.example",), clock=lambda: NOON, **more
    )


def whatsapp_of(api_url: str = "http://127.0.0.1:1", **more: Any) -> WhatsApp:
    """A WhatsApp channel that speaks to that address."""
    account, token, sender = twilio_standin.ACCOUNT, twilio_standin.AUTH_TOKEN, twilio_standin.SENDER
    return WhatsApp(account, token, sender, PUBLIC, api_url=api_url, **{"make_templates": False, "clock": lambda: NOON, **more})


@asynccontextmanager
async def telegram_line(standin: StandIn, **more: Any) -> AsyncIterator[Telegram]:
    """A channel that speaks to a served stand-in."""
    async with serving(standin):
        channel = telegram_of(standin.base_url, **more)
        await channel.start()
        yield channel
        await channel.close()


@asynccontextmanager
async def whatsapp_line(standin: StandIn, **more: Any) -> AsyncIterator[WhatsApp]:
    """A channel that speaks to a served stand-in."""
    async with serving(standin):
        channel = whatsapp_of(standin.base_url, **more)
        await channel.start()
        yield channel
        await channel.close()


def run(job: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end, or for 20 seconds."""
    return asyncio.run(asyncio.wait_for(job, 20))


def calls(rendered: list[Call] | Held) -> list[Call]:
    """The calls; fails when the message was held."""
    assert not isinstance(rendered, Held), rendered
    return rendered
