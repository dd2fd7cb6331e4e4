"""What the page draws: the phones' screens of both platforms in one shape, the clock, and what WhatsApp cost."""

from __future__ import annotations

from typing import Any

from bot.demo.cast import Player
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

Json = dict[str, Any]
_KINDS = {"voice": "voice", "audio": "voice", "photo": "photo", "image": "photo"}
_TEXTS = ("text", "button", "interactive", "quick-reply", "list-picker", "call-to-action")


def of_telegram(telegram: Telegram, player: Player) -> Json:
    """One person's chat with the bot on Telegram."""
    chat = telegram.user(player.chat_id, player.name)
    typing = chat.typing_until is not None and telegram.clock() < chat.typing_until
    return {"typing": typing, "messages": [_telegram_message(one) for one in telegram.screen(player.chat_id)]}


def _telegram_message(drawn: Json) -> Json:
    buttons = [[{key: button.get(key) for key in ("label", "data", "url")} for button in row] for row in drawn["buttons"]]
    return _message(drawn, buttons, None) | {"edited": drawn["edited"]}


def of_whatsapp(twilio: Twilio, player: Player) -> Json:
    """One person's chat with the bot on WhatsApp."""
    phone = twilio.user(player.phone, name=player.name)
    typing = phone.typing_until is not None and twilio.clock() < phone.typing_until
    return {"typing": typing, "messages": [_whatsapp_message(one) for one in twilio.screen(player.phone)]}


def _whatsapp_message(drawn: Json) -> Json:
    buttons = [[{key: button.get(key) for key in ("label", "data", "url")} for button in row] for row in drawn["buttons"]]
    return _message(drawn, buttons, drawn["list"]) | {"status": drawn["status"], "error": drawn["error"]}


def _message(drawn: Json, buttons: list[list[Json]], menu: Json | None) -> Json:
    kind = _KINDS.get(drawn["kind"], "text" if drawn["kind"] in _TEXTS else "other")
    rows = [{"label": row["item"], "data": row["id"], "hint": row.get("description")} for row in menu["rows"]] if menu else None
    return {
        "id": str(drawn["id"]), "mine": drawn["mine"], "kind": kind, "text": drawn["text"], "buttons": buttons, "rows": rows,
        "open": menu["button"] if menu else None, "at": drawn["at"],
    }  # fmt: skip


def bubbles(twilio: Twilio) -> int:
    """How many messages WhatsApp charged for: all that the bot sent."""
    return sum(not message.inbound for message in list(twilio.messages.values()))
