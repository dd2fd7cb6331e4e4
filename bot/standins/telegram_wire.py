"""Telegram's wire: forms with JSON inside, multipart uploads, HTML markup to text with entities."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

# Every parameter of the methods that the stand-in speaks; ``!`` marks those that are plain text, all others are JSON in a form.
# Source: https://core.telegram.org/bots/api#available-methods
_SENDING = (
    "business_connection_id! chat_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id! suggested_post_parameters reply_parameters reply_markup "
)
_CAPTION = "caption! parse_mode! caption_entities "
_SPEC = {
    "getMe": "",
    "setWebhook": "url! certificate ip_address! max_connections allowed_updates drop_pending_updates secret_token!",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "sendMessage": _SENDING + "text! parse_mode! entities link_preview_options",
    "editMessageText": "business_connection_id! chat_id message_id inline_message_id! text! parse_mode! entities "
    "link_preview_options reply_markup",
    "editMessageReplyMarkup": "business_connection_id! chat_id message_id inline_message_id! reply_markup",
    "deleteMessage": "chat_id message_id",
    "answerCallbackQuery": "callback_query_id! text! show_alert url! cache_time",
    "sendDocument": _SENDING + _CAPTION + "document thumbnail disable_content_type_detection",
    "sendPhoto": _SENDING + _CAPTION + "photo show_caption_above_media has_spoiler",
    "sendVoice": _SENDING + _CAPTION + "voice duration",
    "sendLocation": _SENDING + "latitude longitude horizontal_accuracy live_period heading proximity_alert_radius",
    "getFile": "file_id!",
    "sendChatAction": "business_connection_id! chat_id message_thread_id action!",
    "setMyCommands": "commands scope language_code!",
}
PARAMETERS = {method: frozenset(name.rstrip("!") for name in names.split()) for method, names in _SPEC.items()}
_TEXTS = {method: frozenset(name[:-1] for name in names.split() if name.endswith("!")) for method, names in _SPEC.items()}
_PART = re.compile(rb'name="(?P<name>[^"]*)"(?:.*?filename="(?P<file>[^"]*)")?', re.S | re.I)
_KIND = re.compile(rb"content-type:\s*([^\r\n]+)", re.I)


@dataclass(frozen=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content_type: str
    content: bytes

    def as_contract(self) -> dict[str, Any]:
        """As the contract describes an uploaded file."""
        return {"filename": self.name, "content_type": self.content_type, "size": len(self.content)}


def decode(method: str, content_type: str, raw: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    """A request's parameters and its files. Raises ValueError for a body that cannot be read."""
    if content_type.startswith("application/json"):
        body = json.loads(raw or b"{}")
        if not isinstance(body, dict):
            raise ValueError("a JSON object is wanted")
        return body, {}
    fields, files = _multipart(content_type, raw) if content_type.startswith("multipart/") else (_form(raw), {})
    texts = _TEXTS.get(method, frozenset())
    params: dict[str, Any] = {name: text if name in texts else _json(text) for name, text in fields.items()}
    return _attach(params, files), files


def _form(raw: bytes) -> dict[str, str]:
    return dict(parse_qsl(raw.decode(), keep_blank_values=True))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _attach(params: dict[str, Any], files: dict[str, Upload]) -> dict[str, Any]:
    """Puts ``attach://part`` and parts that are parameters themselves where they belong."""
    named = {f"attach://{name}": upload for name, upload in files.items()}
    filled = dict(params)
    for name, value in params.items():
        if isinstance(value, str) and value in named:
            filled[name] = named[value].as_contract()
    loose = {n: u for n, u in files.items() if f"attach://{n}" not in params.values()}
    return {**filled, **{name: upload.as_contract() for name, upload in loose.items()}}


def _multipart(content_type: str, raw: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    boundary = re.search(r'boundary="?([^";,]+)"?', content_type)
    if not boundary:
        raise ValueError("multipart without boundary")
    fields, files = dict[str, str](), dict[str, Upload]()
    for part in raw.split(b"--" + boundary[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        named = _PART.search(head)
        if not named:
            raise ValueError("a part without a name")
        name, content = named["name"].decode(), content.removesuffix(b"\r\n")
        if named["file"] is None:
            fields[name] = content.decode()
        else:
            kind = _KIND.search(head)
            files[name] = Upload(named["file"].decode(), kind[1].decode() if kind else "application/octet-stream", content)
    return fields, files


class MarkupError(ValueError):
    """Markup that Telegram would refuse; the text says why."""


_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline", "s": "strikethrough",
    "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}  # fmt: skip


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, str | None]] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}"')
        self._open.append((tag, utf16(self.text), dict(attrs).get("href")))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise MarkupError(f'Unmatched end tag "{tag}"')
        _, start, href = self._open.pop()
        length = utf16(self.text) - start
        if length:
            self.entities.append({"type": _TAGS[tag], "offset": start, "length": length, **({"url": href} if href else {})})

    def finish(self) -> None:
        self.close()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')


def utf16(text: str) -> int:
    """The length that Telegram's entities count in."""
    return len(text.encode("utf-16-le")) // 2


def parse_markup(text: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The visible text and its entities. Reads HTML and no markup; Markdown is refused, because nobody here uses it.

    Raises MarkupError."""
    if not parse_mode:
        return text, []
    if parse_mode.lower() != "html":
        raise MarkupError("this stand-in reads HTML only")
    stray = re.search(r"<(?![a-zA-Z/])|&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)", text)
    if stray and text[stray.start()] == "<":
        raise MarkupError('Unexpected character after "<"')
    parser = _Html()
    parser.feed(text)
    parser.finish()
    return parser.text, sorted(parser.entities, key=lambda entity: (entity["offset"], -entity["length"]))
