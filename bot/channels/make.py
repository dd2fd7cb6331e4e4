"""The channels of a process, as its settings describe them."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.channels.base import Channel
from bot.clock import Clock
from bot.settings import Settings


def make_channels(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """The channels that settings describe."""
    channels: dict[str, Channel] = {}
    if settings.telegram_token:
        from bot.channels.telegram import Telegram

        channels["telegram"] = Telegram(
            settings.telegram_token,
            settings.telegram_secret,
            api_url=settings.telegram_base_url,
            clock=clock,
            trusted_hosts=(urlsplit(settings.public_url).netloc,),
        )
    if settings.twilio_sid:
        from bot.channels.whatsapp import WhatsApp

        channels["whatsapp"] = WhatsApp(
            settings.twilio_sid, settings.twilio_token, settings.twilio_from, settings.public_url,
            api_url=settings.twilio_base_url, callback_path="/whatsapp/status", clock=clock,
        )  # fmt: skip
    return channels
