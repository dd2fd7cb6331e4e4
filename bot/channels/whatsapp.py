"""WhatsApp, through Twilio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.channels.base import Call, Clock, Held, Incoming, Parcel, utc_now
from notifications.channel import WHATSAPP, Outcome


class WhatsApp:
    """The WhatsApp channel: one sender (``whatsapp:+31…``). ``api_url`` leads elsewhere than Twilio (a stand-in), ``callback_path`` is where
    status reports come back."""

    name = "whatsapp"
    limits = WHATSAPP

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        public_url: str,
        *,
        api_url: str = "",
        callback_path: str = "/wa/status",
        trusted_hosts: Iterable[str] = (),
        clock: Clock = utc_now,
    ) -> None:
        self._clock = clock

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
        """See Channel."""
        return None

    async def catch_up(self, since: datetime) -> list[Incoming]:
        """See Channel."""
        return []

    async def start(self) -> None:
        """Opens the connections."""

    async def close(self) -> None:
        """Closes the connections."""
