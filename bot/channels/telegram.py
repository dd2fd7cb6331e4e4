"""Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.channels.base import Call, Clock, Held, Incoming, Parcel, utc_now
from notifications.channel import TELEGRAM, Outcome


class Telegram:
    """The Telegram channel: one bot. ``api_url`` leads elsewhere than Telegram (a stand-in)."""

    name = "telegram"
    limits = TELEGRAM

    def __init__(
        self,
        token: str,
        secret: str,
        *,
        api_url: str = "https://api.telegram.org",
        trusted_hosts: Iterable[str] = (),
        clock: Clock = utc_now,
    ) -> None:
        self._token, self._secret, self._clock = token, secret, clock

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        """See Channel."""
        raise NotImplementedError

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held:
        """See Channel."""
        raise NotImplementedError

    async def send(self, calls: list[Call], key: str) -> Outcome:
        """See Channel."""
        raise NotImplementedError

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        """A bot cannot read its own history: None."""
        return None

    async def catch_up(self, since: datetime) -> list[Incoming]:
        """Telegram keeps what we missed and delivers it by itself: nothing."""
        return []

    async def start(self) -> None:
        """Opens the connections."""

    async def close(self) -> None:
        """Closes the connections."""
