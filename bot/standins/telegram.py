"""Telegram's Bot API on this machine: one bot, the methods that Dorpsbode uses, and the phones of the people who talk to it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.standins.common import Bucket, Refused
from bot.standins.telegram_people import Chat, Message, People
from bot.standins.telegram_updates import Updates, Webhook
from bot.standins.telegram_wire import PARAMETERS, MarkupError, Upload, decode, parse_markup

TOKEN = "700100:sample-token-of-the-stand-in"
_EMPTY_MARKUP: tuple[Any, ...] = (None, {}, {"inline_keyboard": []})
_TYPING_SECONDS = 5


class Telegram(People):
    """One bot at Telegram, with ``token`` as its secret.

    ``allow_local``: accept a webhook without https (only this machine); ``rates``: keep the limits per chat and in all (answer
    429); ``answer_seconds``: how long an answer to a press is accepted (undocumented); ``keep``: messages remembered per
    chat."""

    platform = "telegram"

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "dorpsbode_sample_bot",
        allow_local: bool = False,
        rates: bool = True,
        answer_seconds: float | None = None,
        keep: int = 500,
        seed: int = 0,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self.token, self.allow_local, self.rates = token, allow_local, rates
        self.bot_user: Message = {"id": 700100, "is_bot": True, "first_name": "Dorpsbode (voorbeeld)", "username": username}
        self.answer_seconds = answer_seconds or float(self.book["telegram.callback.too_old"].limit)
        self.updates = Updates(self, seed)
        self.commands: list[Message] = []
        self._links: dict[str, datetime] = {}
        self._total = self._bucket("telegram.rate.total")
        self._people(keep)

    # --- HTTP -----------------------------------------------------------------------------------------------------------------

    def routes(self) -> list[BaseRoute]:
        """``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""
        return [
            Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
        ]

    async def _method(self, request: Request) -> Response:
        names = {name.lower(): name for name in PARAMETERS}
        method = names.get(request.path_params["method"].lower(), request.path_params["method"])
        raw = await request.body()
        try:
            params, files = decode(method, request.headers.get("content-type", ""), raw)
        except (ValueError, UnicodeDecodeError) as error:
            return _error(400, f"Bad Request: {error}")
        params = {**dict(request.query_params), **params}
        return await self.perform(method, params, lambda: self._execute(request.path_params["token"], method, params, files))

    def _execute(self, token: str, method: str, params: Message, files: Mapping[str, Upload]) -> Response:
        try:
            self._admit(token, method, params, files)
            body = {"ok": True, "result": self._handler(method)(params, files)}
        except Refused as refused:
            return self._no(method, refused)
        self.check_answer(method, 200, body)
        return _json(200, body)

    def _admit(self, token: str, method: str, params: Message, files: Mapping[str, Upload]) -> None:
        if token != self.token:
            raise self.refuse("telegram.error.unauthorized", method)
        if method not in PARAMETERS:
            raise self.refuse("telegram.error.method_not_found", method, method)
        for name in params:
            if name not in PARAMETERS[method]:
                raise self.refuse("telegram.param.unknown", method, f"unknown: {name}", name)
        largest = max((len(upload.content) for upload in files.values()), default=0)
        if largest > self.book["telegram.upload.document.max"].limit:
            raise self.refuse("telegram.upload.document.max", method, f"{largest} bytes")
        self.check(method, params)

    def _handler(self, method: str) -> Callable[[Message, Mapping[str, Upload]], Any]:
        sends = {"sendPhoto": "photo", "sendDocument": "document", "sendVoice": "voice"}
        if method in sends:
            return lambda params, files: self._send_file(sends[method], params, files)
        handlers: dict[str, Callable[[Message], Any]] = {
            "getMe": lambda params: self.bot_user,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "sendLocation": lambda params: self._send(params, {"location": _picked(params, "latitude", "longitude")}),
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
            "answerCallbackQuery": self._answer_press,
            "sendChatAction": self._chat_action,
            "getFile": self._get_file,
            "setMyCommands": self._set_commands,
        }
        return lambda params, files: handlers[method](params)

    def _no(self, method: str, refused: Refused) -> Response:
        refusal = refused.rule.refusal
        words = refusal.says.replace("{name}", refused.name)
        extra = {"parameters": {"retry_after": int(refused.name)}} if refusal.status == 429 else {}
        body = {"ok": False, "error_code": refusal.status, "description": words, **extra}
        if method in PARAMETERS:
            self.check_answer(method, refusal.status, body)
        return _json(refusal.status, body)

    def error_response(self, status: int) -> Response:
        return _error(status, "Internal Server Error" if status == 500 else "Bad Gateway")

    def too_many_response(self, seconds: float) -> Response:
        return self._no("sendMessage", Refused(self.book["telegram.error.flood"], name=str(math.ceil(seconds))))

    async def _download(self, request: Request) -> Response:
        path = request.path_params["path"]
        stored = next((file for file in self.files.values() if file.path == path), None)
        until = self._links.get(path)
        if request.path_params["token"] != self.token or stored is None or until is None or self.clock() > until:
            return _error(404, "Not Found")
        return Response(stored.content, media_type="application/octet-stream")

    # --- webhook --------------------------------------------------------------------------------------------------------------

    def _set_webhook(self, params: Message) -> bool:
        url = params.get("url") or ""
        if url and not self.allow_local:
            parts = urlsplit(url)
            if parts.scheme != "https":
                raise self.refuse("telegram.webhook.url.https", "setWebhook", url)
            if (parts.port or 443) not in self.book["telegram.webhook.ports"].limit:
                raise self.refuse("telegram.webhook.ports", "setWebhook", url)
        if params.get("drop_pending_updates"):
            self.updates.clear()
        allowed = tuple(params.get("allowed_updates") or self.updates.webhook.allowed)
        self.updates.set(Webhook(url, params.get("secret_token") or "", params.get("max_connections") or 40, allowed))
        return True

    def _delete_webhook(self, params: Message) -> bool:
        if params.get("drop_pending_updates"):
            self.updates.clear()
        self.updates.set(Webhook())
        return True

    def _webhook_info(self, params: Message) -> Message:
        hook = self.updates.webhook
        info: Message = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(self.updates.pending())}
        if hook.url:
            info["max_connections"] = hook.max_connections
        if hook.allowed:
            info["allowed_updates"] = list(hook.allowed)
        if hook.last_error_at:
            info |= {"last_error_date": int(hook.last_error_at.timestamp()), "last_error_message": hook.last_error}
        return info

    def _get_updates(self, params: Message) -> list[Message]:
        if self.updates.webhook.url:
            raise self.refuse("telegram.error.webhook_active", "getUpdates")
        if params.get("offset"):
            self.updates.confirm(params["offset"])
        return self.updates.pending()[: params.get("limit") or 100]

    # --- messages -------------------------------------------------------------------------------------------------------------

    def _chat(self, params: Message, method: str) -> Chat:
        chat = self.chats.get(params["chat_id"]) if isinstance(params["chat_id"], int) else None
        if chat is None:
            raise self.refuse("telegram.error.chat_not_found", method, str(params["chat_id"]))
        if chat.deactivated:
            raise self.refuse("telegram.error.deactivated", method)
        if chat.blocked:
            raise self.refuse("telegram.error.blocked", method)
        return chat

    def _bucket(self, rule_id: str) -> Bucket:
        limit = self.book[rule_id].limit
        return Bucket(limit["rate"], limit["burst"])

    def _pace(self, chat: Chat, method: str) -> None:
        if not self.rates:
            return
        chat.bucket = chat.bucket or self._bucket("telegram.rate.chat")
        wait = chat.bucket.take(self.clock()) or self._total.take(self.clock())
        if wait:
            raise self.refuse("telegram.error.flood", method, name=str(math.ceil(wait)))

    def _send(self, params: Message, content: Message, method: str = "sendMessage") -> Message:
        chat = self._chat(params, method)
        self._pace(chat, method)
        replied = (params.get("reply_parameters") or {}).get("message_id")
        if replied in chat.messages:
            content["reply_to_message"] = {k: v for k, v in chat.messages[replied].items() if k != "reply_to_message"}
        if "inline_keyboard" in (params.get("reply_markup") or {}) and params["reply_markup"]["inline_keyboard"]:
            content["reply_markup"] = params["reply_markup"]
        self._keys(chat, params.get("reply_markup") or {})
        chat.typing_until = None
        return self.put(chat, content)

    def _keys(self, chat: Chat, markup: Message) -> None:
        """The keyboard below the text field, which is no part of any message."""
        if "keyboard" in markup:
            chat.keyboard = [[key if isinstance(key, str) else key["text"] for key in row] for row in markup["keyboard"]]
        if markup.get("remove_keyboard"):
            chat.keyboard = []

    def _send_message(self, params: Message) -> Message:
        return self._send(params, self._visible(params, "text", "entities", "sendMessage"))

    def _send_file(self, kind: str, params: Message, files: Mapping[str, Upload]) -> Message:
        method = f"send{kind.title()}"
        self._chat(params, method)
        content = self._visible(params, "caption", "caption_entities", method) if params.get("caption") else {}
        upload = next(iter(files.values()), None)
        if upload is None:
            stored = self.files.get(str(params[kind]))
            if stored is None:
                raise self.refuse("telegram.file.unknown", method, str(params[kind])[:80])
        else:
            limit = self.book["telegram.upload.photo.max"].limit
            if kind == "photo" and len(upload.content) > limit:
                raise self.refuse("telegram.upload.photo.max", method, name=str(len(upload.content)))
            stored = self.store(upload.content, f"{kind}s", upload.name.rpartition(".")[2] or "bin")
        facts: Message = {"file_id": stored.id, "file_unique_id": f"u{stored.id}", "file_size": stored.size}
        if kind == "photo":
            return self._send(params, {"photo": [{**facts, "width": 90, "height": 90}], **content}, method)
        name = {"file_name": upload.name if upload else stored.path}
        more = {"duration": params.get("duration") or 1} if kind == "voice" else name
        return self._send(params, {kind: {**facts, **more}, **content}, method)

    def _visible(self, params: Message, field: str, entities_field: str, method: str) -> Message:
        """The text as people see it, with its entities, within the limit that holds after reading the markup."""
        try:
            text, entities = parse_markup(params[field], params.get("parse_mode"))
        except MarkupError as error:
            raise self.refuse("telegram.markup.entities", method, str(error), str(error)) from error
        text = text.strip() if field == "text" else text
        entities = entities or params.get(entities_field) or []
        if field == "text" and not text:
            raise self.refuse("telegram.text.empty", method)
        self.check("parsed", {field: text})
        return {field: text, **({entities_field: entities} if entities else {})}

    def _editable(self, params: Message, method: str) -> tuple[Chat, Message]:
        chat = self._chat(params, method)
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise self.refuse("telegram.edit.not_found", method, str(params["message_id"]))
        if not message["from"]["is_bot"]:
            raise self.refuse("telegram.edit.not_ours", method)
        return chat, message

    def _edit_text(self, params: Message) -> Message:
        chat, old = self._editable(params, "editMessageText")
        visible = self._visible(params, "text", "entities", "editMessageText")
        kept = {name: value for name, value in old.items() if name not in ("text", "entities")}
        return self._replace(chat, old, {**kept, **visible}, params, "editMessageText")

    def _edit_markup(self, params: Message) -> Message:
        chat, old = self._editable(params, "editMessageReplyMarkup")
        return self._replace(chat, old, dict(old), params, "editMessageReplyMarkup")

    def _replace(self, chat: Chat, old: Message, new: Message, params: Message, method: str) -> Message:
        markup = params.get("reply_markup")
        new.pop("reply_markup", None)
        if markup not in _EMPTY_MARKUP:
            new["reply_markup"] = markup
        if all(new.get(name) == old.get(name) for name in ("text", "entities", "reply_markup")):
            raise self.refuse("telegram.edit.not_modified", method)
        self._pace(chat, method)
        new["edit_date"] = int(self.clock().timestamp())
        chat.messages[old["message_id"]] = new
        self.touch(str(chat.id))
        return new

    def _delete_message(self, params: Message) -> bool:
        chat = self._chat(params, "deleteMessage")
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise self.refuse("telegram.delete.not_found", "deleteMessage")
        if self.clock().timestamp() - message["date"] > self.book["telegram.delete.max_age"].limit:
            raise self.refuse("telegram.delete.max_age", "deleteMessage")
        del chat.messages[params["message_id"]]
        self.touch(str(chat.id))
        return True

    def _answer_press(self, params: Message) -> bool:
        press = self.presses.get(params["callback_query_id"])
        if press is None or self.clock() - press.at > timedelta(seconds=self.answer_seconds):
            raise self.refuse("telegram.callback.too_old", "answerCallbackQuery")
        press.answer = {name: value for name, value in params.items() if name != "callback_query_id"}
        self.touch(str(press.chat_id))
        return True

    def _chat_action(self, params: Message) -> bool:
        chat = self._chat(params, "sendChatAction")
        chat.typing_until = self.clock() + timedelta(seconds=_TYPING_SECONDS)
        self.touch(str(chat.id))
        return True

    def _get_file(self, params: Message) -> Message:
        stored = self.files.get(params["file_id"])
        if stored is None:
            raise self.refuse("telegram.file.unknown", "getFile")
        if stored.size > self.book["telegram.download.max"].limit:
            raise self.refuse("telegram.download.max", "getFile")
        self._links[stored.path] = self.clock() + timedelta(seconds=self.book["telegram.file.link_lifetime"].limit)
        return {"file_id": stored.id, "file_unique_id": f"u{stored.id}", "file_size": stored.size, "file_path": stored.path}

    def _set_commands(self, params: Message) -> bool:
        self.commands = params["commands"]
        return True

    # --- for watchers ---------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Chats with what their phones show, the webhook and what waits for it."""
        chats = [self._phone(chat) for chat in list(self.chats.values())]
        hook = self.updates.webhook
        return {"now": self.clock().isoformat(), "chats": chats, "webhook": hook.url, "pending": len(self.updates.pending())}

    def _phone(self, chat: Chat) -> Message:
        typing = chat.typing_until is not None and self.clock() < chat.typing_until
        answers = [press.answer for press in list(self.presses.values()) if press.chat_id == chat.id and press.answer]
        return {
            "id": chat.id,
            "name": chat.first_name,
            "blocked": chat.blocked,
            "typing": typing,
            "keyboard": chat.keyboard,
            "toast": answers[-1].get("text") if answers else None,
            "messages": self.screen(chat.id),
        }

    def actions(self) -> dict[str, Callable[..., Any]]:
        """What people can do, by name."""
        return {
            "user": lambda **given: self.user(**given).user(),
            "user_sends": self.user_sends,
            "user_presses": self.user_presses,
            "user_taps": self.user_taps,
            "block": self.block,
            "deactivate": self.deactivate,
            "screen": self.screen,
        }


def _picked(params: Message, *names: str) -> Message:
    return {name: params[name] for name in names}


def _json(status: int, body: Any) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")


def _error(status: int, description: str) -> Response:
    return _json(status, {"ok": False, "error_code": status, "description": description})
