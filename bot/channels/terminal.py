"""The terminal: lines in, text with numbered choices out, with the limits of whichever channel one wants to see.

``dorpsbode chat --channel whatsapp`` shows where WhatsApp would split, shorten or number, without sending anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.channels import plain
from bot.channels.base import Call, Clock, Held, Incoming, Parcel, utc_now
from bot.channels.telegram_updates import typed
from notifications.channel import TELEGRAM, TERMINAL, WHATSAPP, Limits, Outcome, Sent
from notifications.messages import Address, Inbound

LIMITS = {"terminal": TERMINAL, "telegram": TELEGRAM, "whatsapp": WHATSAPP}


class Terminal:
    """A channel for one person at a keyboard. ``write`` gets each bubble; ``limits`` are those of the channel to look like."""

    name = "terminal"

    def __init__(
        self,
        write: Callable[[str], None] = print,
        *,
        limits: Limits = TERMINAL,
        person: str = "toetsenbord",
        clock: Clock = utc_now,
    ) -> None:
        self.limits = limits
        self._write, self._person, self._clock = write, person, clock
        self._heard = self._said = 0

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        """One line; an empty one is no message. Numbers and labels are understood by the conversation itself."""
        text = plain.storable(body.decode("utf-8", "replace")).rstrip("\r\n")
        if not text.strip():
            return []
        self._heard += 1
        kind, words = typed(text)
        return [Inbound(f"line-{self._heard}", Address(self.name, self._person), self._clock(), kind, words)]

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held:
        """Text in bubbles of the channel's size, the choices numbered under the last."""
        lines = [_line(number, choice.label, choice.hint, choice.url) for number, choice in enumerate(parcel.choices, 1)]
        body = "\n".join(part for part in (plain.clean(parcel.body), *lines) if part)
        room = self.limits.text_with_choices if lines else self.limits.text
        return [Call("write", {"text": text}) for text in plain.pieces(body or "…", room)]

    async def send(self, calls: list[Call], key: str) -> Outcome:
        """Writes."""
        for call in calls:
            self._write(call.params["text"])
        self._said += 1
        return Sent(f"bubble-{self._said}")

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        """Nothing gets lost between us and the screen, so there is nothing to find."""
        return None

    async def catch_up(self, since: datetime) -> list[Incoming]:
        """Nothing is missed."""
        return []

    async def start(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""


def _line(number: int, label: str, hint: str, url: str) -> str:
    more = "".join(f", {part}" for part in (plain.one_line(hint),) if part)
    return f"  {number}. {plain.one_line(label) or number}{more}" + (f": {url}" if url else "")
