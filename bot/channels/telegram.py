"""Telegram: updates in, plain text with inline keyboards out, through python-telegram-bot over aiohttp.

Nothing is ever sent with a parse mode, so no text can become markup. Limits: https://core.telegram.org/bots/api
"""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels import plain, telegram_updates
from bot.channels.base import Accepted, BadSignature, Call, Clock, Held, Incoming, Parcel, utc_now
from bot.channels.transport import TelegramTransport, not_sent
from notifications.channel import TELEGRAM, Later, Outcome, Refused, Sent, Unknown
from notifications.messages import Choice

SECRET_HEADER = "x-telegram-bot-api-secret-token"
#: Wait this long when the fault is in our settings (token revoked, a second poller): doctor says what is wrong.
_MISCONFIGURED_SECONDS = 60.0
#: A press that is answered late costs nothing but a spinner.
_ASIDE_SECONDS = 3.0
#: Courtesies beside a message: when one fails a spinner turns or an old button stays, and tapping that is answered as stale.
_ASIDES = frozenset({"answerCallbackQuery", "editMessageReplyMarkup"})
_NO_PREVIEW = {"is_disabled": True}
#: Two labels of at most this many characters fit side by side on a small phone.
_HALF_ROW = 13
_GONE = ("chat not found", "user not found", "peer_id_invalid")
_LOST_MESSAGE = ("to edit not found", "can't be edited", "message_id_invalid", "message identifier is not specified")

#: python-telegram-bot's next form of ``RetryAfter.retry_after``; without it every 429 warns of the change.
os.environ.setdefault("PTB_TIMEDELTA", "true")
_log = logging.getLogger(__name__)


class Telegram:
    """The Telegram channel: one bot. See Channel for the methods.

    ``secret`` is what Telegram must show in its header; ``api_url`` leads elsewhere than Telegram (a stand-in);
    ``trusted_hosts`` are the only ones that links in a text may lead to.
    """

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
        if len(secret) < 16:
            raise ValueError("the webhook secret must have at least 16 characters")
        self._secret, self._clock = secret.encode(), clock
        self._trusted = plain.trusted_hosts(more=trusted_hosts)
        base = api_url.rstrip("/")
        self._transport = TelegramTransport()
        self.bot = Bot(token, f"{base}/bot", f"{base}/file/bot", request=self._transport, get_updates_request=self._transport)
        self._accepted = Accepted()

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        """One update as Inbound; nothing for updates that are no message from a person in a private chat."""
        if not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode("utf-8", "replace"), self._secret):
            raise BadSignature("wrong or missing secret token")
        return list(telegram_updates.parse(body, self._clock()))

    def render(self, parcel: Parcel, window_open: bool) -> list[Call] | Held:
        """Bubbles of at most 4,096 characters, the keyboard under the last. Telegram knows no window."""
        body, rows = self._with_keyboard(parcel)
        bubbles = plain.pieces(body, self.limits.text)
        calls = [Call("answerCallbackQuery", {"callback_query_id": parcel.callback_id})] if parcel.callback_id else []
        for number, text in enumerate(bubbles, 1):
            params: dict[str, Any] = {"chat_id": parcel.to, "text": text}
            if rows and number == len(bubbles):
                params["reply_markup"] = {"inline_keyboard": rows}
            calls.append(Call("sendMessage", params))
        if parcel.replaces and len(bubbles) == 1:
            edit = {**calls[-1].params, "message_id": int(parcel.replaces.rpartition(":")[2])}
            calls[-1] = Call("editMessageText", edit)
        return [*calls, _without_buttons(parcel)] if parcel.answered else calls

    async def send(self, calls: list[Call], key: str) -> Outcome:
        """See Channel. ``Sent.provider_id`` is ``<chat id>:<message id>`` of the last bubble."""
        for call in calls:
            if call.method == "answerCallbackQuery":
                await self._aside(call)
        outcome = await self._accepted.send([call for call in calls if call.method not in _ASIDES], key, self._send)
        for call in calls:
            if call.method == "editMessageReplyMarkup" and isinstance(outcome, Sent):
                await self._aside(call)
        return outcome

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        """A bot cannot read its own history: always None."""
        return None

    async def catch_up(self, since: datetime) -> list[Incoming]:
        """Telegram keeps what we missed for 24 hours and delivers it by itself: nothing to fetch."""
        return []

    async def start(self) -> None:
        """Opens the connections."""
        await self._transport.initialize()

    async def close(self) -> None:
        """Closes the connections."""
        await self._transport.shutdown()

    # --- rendering ------------------------------------------------------------------------------------------------------------

    def _clean(self, text: str) -> str:
        return plain.without_calls(plain.without_links(plain.clean(text), self._trusted))

    def _with_keyboard(self, parcel: Parcel) -> tuple[str, list[list[dict[str, str]]]]:
        """The body, with what no button can carry written out under it, and the rows of buttons."""
        extra: list[str] = []
        buttons: list[dict[str, str]] = []
        for number, (choice, token) in enumerate(zip(parcel.choices, parcel.tokens, strict=True), 1):
            label = plain.one_line(choice.label) or str(number)
            fits = plain.size(label) <= self.limits.label and len(buttons) < self.limits.buttons
            if not fits:
                extra.append(f"{number}. {self._clean(label)}" + (f": {choice.url}" if choice.url else ""))
            if len(buttons) < self.limits.buttons:
                buttons.append(
                    _button(label if fits else plain.shortened(f"{number}. {label}", self.limits.label), choice, token)
                )
        body = "\n\n".join(part for part in (self._clean(parcel.body), "\n".join(extra)) if part)
        return body or "…", _rows(buttons)

    # --- sending --------------------------------------------------------------------------------------------------------------

    async def _aside(self, call: Call) -> None:
        """A courtesy beside the message; it is never tried again and never holds a message up."""
        try:
            await self.bot._post(call.method, dict(call.params), read_timeout=_ASIDE_SECONDS, connect_timeout=_ASIDE_SECONDS)
        except TelegramError as error:
            _log.info("%s was not answered: %s", call.method, type(error).__name__)

    async def _send(self, call: Call, key: str) -> Outcome:
        try:
            message_id = await self._perform(call)
        except TelegramError as error:
            return self._outcome(call, error) or await self._send(_anew(call), key)
        return Sent(f"{call.params['chat_id']}:{message_id}")

    async def _perform(self, call: Call) -> int:
        """Make the call and return the message's id. The library's errors, without its objects.

        These cost more CPU than all the rest of a call, and of the answer we need one number.
        """
        answer = await self.bot._post(call.method, {**call.params, "link_preview_options": _NO_PREVIEW})
        return int(call.params["message_id"] if call.method == "editMessageText" else answer["message_id"])

    def _outcome(self, call: Call, error: TelegramError) -> Outcome | None:
        """What this error means ; None = send it anew instead."""
        words = error.message.lower()
        if isinstance(error, BadRequest):  # first: it is a NetworkError too
            return self._bad_request(call, words)
        if isinstance(error, Forbidden):
            return Refused("forbidden", gone=True)
        if isinstance(error, RetryAfter):
            waiting = error.retry_after
            return Later(waiting.total_seconds() if isinstance(waiting, timedelta) else float(waiting), "flood control")
        if isinstance(error, (InvalidToken, Conflict)):
            return Later(_MISCONFIGURED_SECONDS, f"settings: {type(error).__name__}")
        return self._wire_outcome(call, error)

    def _bad_request(self, call: Call, words: str) -> Outcome | None:
        if "message is not modified" in words:
            return Sent(f"{call.params['chat_id']}:{call.params['message_id']}")
        if call.method == "editMessageText" and any(lost in words for lost in _LOST_MESSAGE):
            return None
        return Refused(words[:80], gone=any(gone in words for gone in _GONE))

    def _wire_outcome(self, call: Call, error: TelegramError) -> Outcome:
        """An edit may always be repeated; a new message only when the first certainly never left."""
        why = f"{type(error).__name__}: {error.message[:60]}" if isinstance(error, NetworkError) else type(error).__name__
        return Later(why=why) if not_sent(error) or call.method == "editMessageText" else Unknown(why)


def _without_buttons(parcel: Parcel) -> Call:
    """The edit that takes answered buttons away. Repeating it changes nothing (400 "message is not modified")."""
    rows = [[_button(plain.one_line(one.label), one, "")] for one in parcel.kept]
    message = int((parcel.answered or "").rpartition(":")[2])
    params = {"chat_id": parcel.to, "message_id": message, "reply_markup": {"inline_keyboard": rows}}
    return Call("editMessageReplyMarkup", params)


def _anew(edit: Call) -> Call:
    """The new message that takes the place of an edit when the old one is gone."""
    return Call("sendMessage", {name: value for name, value in edit.params.items() if name != "message_id"})


def _button(label: str, choice: Choice, token: str) -> dict[str, str]:
    return {"text": label, "url": choice.url} if choice.url else {"text": label, "callback_data": token}


def _rows(buttons: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """One button a row: labels stay whole on small phones with large letters. Two short ones in a row may share it."""
    rows: list[list[dict[str, str]]] = []
    for button in buttons:
        short = plain.size(button["text"]) <= _HALF_ROW
        if short and rows and len(rows[-1]) == 1 and plain.size(rows[-1][0]["text"]) <= _HALF_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows
