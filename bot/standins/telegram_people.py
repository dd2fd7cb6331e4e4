"""The people on Telegram: what they have on their phones, and what they do. Their side of the stand-in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.standins.common import Bucket, StandIn
from bot.standins.telegram_updates import Updates
from bot.standins.telegram_wire import utf16

Message = dict[str, Any]

_LONGEST = 4096
_MANY_PRESSES = 5000
_TINY_JPEG = b"\xff\xd8\xff\xe0 a sample photo of the stand-in \xff\xd9"
_TINY_OGG = b"OggS a sample voice note of the stand-in"


class NotOnTheScreen(LookupError):
    """A person cannot do that: there is no such message or button on the phone."""


@dataclass
class Chat:
    """One person's private chat with the bot. ``messages`` is the phone's screen: Telegram messages by id, oldest first."""

    id: int
    first_name: str = "An"
    last_name: str | None = None
    username: str | None = None
    language: str = "nl"
    blocked: bool = False
    deactivated: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    next_id: int = 1
    typing_until: datetime | None = None
    bucket: Bucket | None = None
    keyboard: list[list[str]] = field(default_factory=list)

    def user(self) -> Message:
        """This person as Telegram's User."""
        extra = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **_filled(extra)}

    def chat(self) -> Message:
        """This chat as Telegram's Chat."""
        extra = {"last_name": self.last_name, "username": self.username}
        return {"id": self.id, "type": "private", "first_name": self.first_name, **_filled(extra)}


@dataclass
class Press:
    """A press on a button that the bot may still answer."""

    id: str
    chat_id: int
    message_id: int
    data: str
    at: datetime
    answer: Message | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file at Telegram; ``path`` appears in its link."""

    id: str
    content: bytes
    path: str
    size: int


class People(StandIn):
    """The chats of one bot and what people do in them. ``keep`` is how many messages a chat remembers."""

    updates: Updates
    bot_user: Message

    def _people(self, keep: int) -> None:
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, StoredFile] = {}
        self._keep = keep
        self._serial = 0

    # --- what people do -------------------------------------------------------------------------------------------------------

    def user(self, chat_id: int, first_name: str = "An", **details: Any) -> Chat:
        """A person who opened the chat with the bot (pressed Start), or the one already there with that id."""
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(chat_id, first_name, **details)
        return self.chats[chat_id]

    def user_sends(
        self,
        chat_id: int,
        text: str | None = None,
        *,
        start: str | None = None,
        voice: bytes | None = None,
        photo: bytes | None = None,
        document: bytes | None = None,
        sticker: str | None = None,
        location: tuple[float, float] | list[float] | None = None,
        contact: str | None = None,
        edited: int | None = None,
        reply_to: int | None = None,
        file_size: int | None = None,
    ) -> int:
        """The person sends one thing; returns its message_id (of the last part: the phone cuts text over 4,096 characters).

        ``start``: the payload of a deep link ("" for a bare Start); ``sticker``: its emoji; ``contact``: a phone number;
        ``edited``: the message_id of an earlier own text that now reads ``text``; ``text`` is the caption beside a file."""
        chat = self.user(chat_id)
        if edited is not None:
            return self._edits(chat, edited, text or "")
        if start is not None:
            self._payload(start)
            return self._say(chat, {"text": f"/start {start}".strip()}, reply_to)
        content = self._content(chat, voice, photo, document, sticker, location, contact, file_size)
        if content is not None:
            return self._say(chat, {**content, **({"caption": text} if text else {})}, reply_to)
        if text is None or not text.strip():
            raise ValueError("the phone does not send an empty message")
        pieces = [text[n : n + _LONGEST] for n in range(0, len(text), _LONGEST)]
        return [self._say(chat, {"text": piece}, reply_to) for piece in pieces][-1]

    def user_presses(self, chat_id: int, message_id: int, callback_data: str, *, stale: bool = False) -> str:
        """The person presses a button; returns the id of the press. ``stale``: the phone still shows buttons that are gone.

        Raises NotOnTheScreen when the button is not there."""
        chat = self.chats[chat_id]
        message = chat.messages.get(message_id)
        if message is None or (not stale and callback_data not in _callback_data(message)):
            raise NotOnTheScreen(f"no button {callback_data!r} under message {message_id} of chat {chat_id}")
        self._serial += 1
        press = Press(f"{9_000_000_000 + self._serial}", chat_id, message_id, callback_data, self.clock())
        self.presses[press.id] = press
        while len(self.presses) > _MANY_PRESSES:
            del self.presses[next(iter(self.presses))]
        query = {"id": press.id, "from": chat.user(), "chat_instance": f"{-chat_id}", "data": callback_data, "message": message}
        self.updates.add(("press", chat_id), {"callback_query": query}, self.book["telegram.callback.lifetime"].limit)
        self.touch(str(chat_id))
        return press.id

    def user_taps(self, chat_id: int, label: str) -> str:
        """The person presses the newest button with this label. Raises NotOnTheScreen."""
        for message in reversed(list(self.chats[chat_id].messages.values())):
            for button in _buttons(message):
                if button["text"] == label and "callback_data" in button:
                    return self.user_presses(chat_id, message["message_id"], button["callback_data"])
        raise NotOnTheScreen(f"no button {label!r} in chat {chat_id}")

    def block(self, chat_id: int, blocked: bool = True) -> None:
        """The person blocks the bot, or takes it back; Telegram tells the bot."""
        chat = self.user(chat_id)
        if chat.blocked != blocked:
            chat.blocked = blocked
            self._tell_membership(chat)
            self.touch(str(chat_id))

    def deactivate(self, chat_id: int) -> None:
        """The person's account is gone."""
        self.user(chat_id).deactivated = True

    # --- what the bot puts on the phone ---------------------------------------------------------------------------------------

    def put(self, chat: Chat, content: Message, sender: Message | None = None) -> Message:
        """A new message on the phone, from the bot unless a sender is given."""
        message: Message = {
            "message_id": chat.next_id,
            "from": sender or self.bot_user,
            "chat": chat.chat(),
            "date": int(self.clock().timestamp()),
            **content,
        }
        chat.messages[chat.next_id] = message
        chat.next_id += 1
        while len(chat.messages) > self._keep:
            del chat.messages[next(iter(chat.messages))]
        self.touch(str(chat.id))
        return message

    def store(self, content: bytes, folder: str, ending: str, size: int | None = None) -> StoredFile:
        """Keeps a file and gives it an id."""
        self._serial += 1
        file_id = f"AgAD{self._serial:012d}"
        stored = StoredFile(file_id, content, f"{folder}/file_{self._serial}.{ending}", len(content) if size is None else size)
        self.files[file_id] = stored
        return stored

    def screen(self, chat_id: int) -> list[Message]:
        """What the phone shows, oldest first, in the shape that the demo page draws (the same for every channel)."""
        return [_drawn(message) for message in list(self.user(chat_id).messages.values())]

    def _tell_membership(self, chat: Chat) -> None:
        member = {"status": "member", "user": self.bot_user}
        kicked = {"status": "kicked", "user": self.bot_user, "until_date": 0}
        before, after = (member, kicked) if chat.blocked else (kicked, member)
        change = {"chat": chat.chat(), "from": chat.user(), "date": int(self.clock().timestamp())}
        update = {"my_chat_member": {**change, "old_chat_member": before, "new_chat_member": after}}
        self.updates.add(("chat", chat.id), update, self.book["telegram.update.lifetime"].limit)

    # --- details --------------------------------------------------------------------------------------------------------------

    def _say(self, chat: Chat, content: Message, reply_to: int | None = None) -> int:
        text = content.get("text", "")
        if text.startswith("/"):
            content = {**content, "entities": [{"type": "bot_command", "offset": 0, "length": utf16(text.split()[0])}]}
        if reply_to is not None and reply_to in chat.messages:
            original = {k: v for k, v in chat.messages[reply_to].items() if k != "reply_to_message"}
            content = {**content, "reply_to_message": original}
        message = self.put(chat, content, chat.user())
        self.updates.add(("chat", chat.id), {"message": message}, self.book["telegram.update.lifetime"].limit)
        return int(message["message_id"])

    def _edits(self, chat: Chat, message_id: int, text: str) -> int:
        old = chat.messages.get(message_id)
        if old is None or old["from"]["id"] != chat.id:
            raise NotOnTheScreen(f"no own message {message_id} in chat {chat.id}")
        new = {**old, "text": text, "edit_date": int(self.clock().timestamp())}
        chat.messages[message_id] = new
        self.updates.add(("chat", chat.id), {"edited_message": new}, self.book["telegram.update.lifetime"].limit)
        self.touch(str(chat.id))
        return message_id

    def _payload(self, start: str) -> None:
        if start and (wrong := self.book.breaches("deep_link", {"start": start})):
            self.violate(wrong[0].rule.id, "deep_link", wrong[0].detail)

    def _content(
        self,
        chat: Chat,
        voice: bytes | None,
        photo: bytes | None,
        document: bytes | None,
        sticker: str | None,
        location: tuple[float, float] | list[float] | None,
        contact: str | None,
        size: int | None,
    ) -> Message | None:
        if voice is not None:
            return {"voice": {**self._file(voice or _TINY_OGG, "voice", "oga", size), "duration": 3, "mime_type": "audio/ogg"}}
        if photo is not None:
            return {"photo": [{**self._file(photo or _TINY_JPEG, "photos", "jpg", size), "width": 90, "height": 90}]}
        if document is not None:
            return {"document": {**self._file(document, "documents", "pdf", size), "file_name": "bestand.pdf"}}
        if sticker is not None:
            still = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**self._file(b"webp", "stickers", "webp", size), **still, "emoji": sticker}}
        if location is not None:
            return {"location": {"latitude": location[0], "longitude": location[1]}}
        if contact is not None:
            return {"contact": {"phone_number": contact, "first_name": chat.first_name, "user_id": chat.id}}
        return None

    def _file(self, content: bytes, folder: str, ending: str, size: int | None) -> Message:
        stored = self.store(content, folder, ending, size)
        return {"file_id": stored.id, "file_unique_id": f"u{stored.id}", "file_size": stored.size}


def _filled(values: Message) -> Message:
    return {name: value for name, value in values.items() if value is not None}


def _buttons(message: Message) -> list[Message]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def _callback_data(message: Message) -> set[str]:
    return {button["callback_data"] for button in _buttons(message) if "callback_data" in button}


def _drawn(message: Message) -> Message:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    kinds = ("photo", "voice", "document", "sticker", "location", "contact")
    return {
        "id": message["message_id"],
        "mine": not message["from"]["is_bot"],
        "kind": next((kind for kind in kinds if kind in message), "text"),
        "text": message.get("text") or message.get("caption") or "",
        "entities": message.get("entities") or message.get("caption_entities") or [],
        "buttons": [[_drawn_button(button) for button in row] for row in rows],
        "list": None,
        "media": [kind for kind in kinds if kind in message],
        "at": message["date"],
        "status": None,
        "error": None,
        "edited": "edit_date" in message,
        "detail": {kind: message[kind] for kind in kinds if kind in message},
    }


def _drawn_button(button: Message) -> Message:
    copy = button.get("copy_text", {}).get("text")
    return _filled({"label": button["text"], "data": button.get("callback_data"), "url": button.get("url"), "copy": copy})
