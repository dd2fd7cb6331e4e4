"""The terminal: lines in, text with numbered choices out, looking like whichever channel one wants to see.

``dorpsbode chat --channel whatsapp`` shows where WhatsApp would split, shorten, list or number, without sending anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channels import plain
from bot.channels.base import Call, Channel, Clock, Held, Incoming, Parcel, utc_now
from bot.channels.telegram_updates import typed
from notifications.channel import TERMINAL, Limits, Outcome, Sent
from notifications.messages import Address, Inbound

_NOBODY = "0:nobody-listens-to-this-token"


class Terminal:
    """A channel for one person at a keyboard. ``write`` gets each bubble; ``like`` is the channel to look like."""

    name = "terminal"

    def __init__(
        self,
        write: Callable[[str], None] = print,
        *,
        like: Channel | None = None,
        person: str = "toetsenbord",
        clock: Clock = utc_now,
    ) -> None:
        self.limits: Limits = like.limits if like else TERMINAL
        self._write, self._like, self._person, self._clock = write, like, person, clock
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
        """What the other channel would show, as text; else the body with every choice numbered under it."""
        if self._like is None:
            lines = [_choice(n, one.label, one.hint, one.url) for n, one in enumerate(parcel.choices, 1)]
            return [Call("write", {"text": "\n".join([plain.clean(parcel.body), *lines])})]
        found = self._like.render(parcel, window_open)
        return found if isinstance(found, Held) else [Call("write", {"text": _drawn(call)}) for call in found if _shows(call)]

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


def looking_like(channel: str, public_url: str, write: Callable[[str], None] = print, clock: Clock = utc_now) -> Terminal:
    """A terminal that looks like ``terminal``, ``telegram`` or ``whatsapp``. Raises KeyError for another name."""
    if channel == "terminal":
        return Terminal(write, clock=clock)
    return Terminal(write, like={"telegram": _telegram, "whatsapp": _whatsapp}[channel](public_url), clock=clock)


def _telegram(public_url: str) -> Channel:
    from bot.channels.telegram import Telegram

    return Telegram(_NOBODY, _NOBODY, trusted_hosts=(plain.host_of(public_url),))


def _whatsapp(public_url: str) -> Channel:
    from bot.channels.whatsapp import WhatsApp

    return WhatsApp("AC0", _NOBODY, "+31000000000", public_url)


def _shows(call: Call) -> bool:
    return "text" in call.params or "body" in call.params or "content" in call.params


def _drawn(call: Call) -> str:
    """A call of another channel as a person would see it, choices with the number that may be typed."""
    if "text" in call.params:
        rows = call.params.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [
            _button(one.get("callback_data", ""), f"[ {one['text']} ]", one.get("url", "")) for row in rows for one in row
        ]
        return "\n".join([call.params["text"], *buttons])
    if "body" in call.params:
        return str(call.params["body"])
    return _template(call.params["content"], call.params["variables"])


def _template(friendly_name: str, values: Mapping[str, str]) -> str:
    """A content template, filled in: its name tells how many buttons or rows it has, and whether rows have hints."""
    name = friendly_name.removeprefix("dorpsbode_").rpartition("_")[0]
    body, *rest = values.values()
    if name.startswith("link"):
        return f"{body}\n  [ {rest[0]} ] {rest[1]}"
    if not name.startswith(("qr", "list", "rows")):
        return "\n".join([body, *(_button(token, "[ knop ]", "") for token in rest)])
    step = 3 if name.startswith("list") else 2
    lines = [_button(rest[n + 1], f"[ {rest[n]} ]", rest[n + 2] if step == 3 else "") for n in range(0, len(rest), step)]
    return "\n".join([body, *(["  (Maak een keuze)"] if not name.startswith("qr") else []), *lines])


def _button(token: str, label: str, more: str) -> str:
    place = token.rpartition(".")[2]
    number = f"{int(place) + 1}. " if place.isdigit() else ""
    return f"  {number}{label}{f' {more}' if more else ''}"


def _choice(number: int, label: str, hint: str, url: str) -> str:
    more: Any = [part for part in (plain.one_line(label), plain.one_line(hint), url) if part]
    return f"  {number}. {', '.join(more)}"
