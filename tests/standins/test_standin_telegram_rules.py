"""Each rule of Telegram is broken once over raw HTTP: it must be refused as Telegram refuses it, and be recorded."""

from __future__ import annotations

from typing import Any

import pytest
from standin_tools import SHOWN, shows, telegram_call

from bot.standins import rules
from bot.standins.telegram import Telegram

AN = 42
LONG_DATA = "é" * 33  # 33 characters, 66 bytes


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**more: Any) -> dict[str, Any]:
    return {"text": "Ja", **(more or {"callback_data": "j"})}


CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "telegram.param.types": ("sendMessage", {"chat_id": AN, "text": "a", "disable_notification": "soms"}),
    "telegram.keyboard.types": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": {"inline_keyboard": {}}}),
    "telegram.keyboard.rows": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": {"inline_keyboard": [1]}}),
    "telegram.button.shape": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": {"inline_keyboard": [[1]]}}),
    "telegram.button.types": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard([button(callback_data=5)])}),
    "telegram.key.text": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": {"keyboard": [[{"style": "danger"}]]}}),
    "telegram.required.commands": ("setMyCommands", {}),
    "telegram.required.voice": ("sendVoice", {"chat_id": AN}),
    "telegram.text.empty": ("sendMessage", {"chat_id": AN, "text": "   "}),
    "telegram.text.max": ("sendMessage", {"chat_id": AN, "text": "a" * 4097}),
    "telegram.text.max_bytes": (
        "sendMessage",
        {"chat_id": AN, "text": "<b>" * 5500 + "a" + "</b>" * 5500, "parse_mode": "HTML"},
    ),
    "telegram.caption.max": ("sendPhoto", {"chat_id": AN, "photo": "AgAD000000000001", "caption": "a" * 1025}),
    "telegram.markup.entities": ("sendMessage", {"chat_id": AN, "text": "<b>open", "parse_mode": "HTML"}),
    "telegram.parse_mode.values": ("sendMessage", {"chat_id": AN, "text": "a", "parse_mode": "BBCode"}),
    "telegram.required.chat": ("sendMessage", {"text": "a"}),
    "telegram.required.text": ("sendMessage", {"chat_id": AN}),
    "telegram.required.message": ("editMessageReplyMarkup", {"chat_id": AN}),
    "telegram.required.query": ("answerCallbackQuery", {"text": "a"}),
    "telegram.required.file": ("getFile", {}),
    "telegram.required.photo": ("sendPhoto", {"chat_id": AN}),
    "telegram.required.document": ("sendDocument", {"chat_id": AN}),
    "telegram.required.location": ("sendLocation", {"chat_id": AN, "longitude": 5.2}),
    "telegram.chat_action.values": ("sendChatAction", {"chat_id": AN, "action": "yawning"}),
    "telegram.keyboard.shape": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": [1]}),
    "telegram.button.text": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard([{"callback_data": "j"}])}),
    "telegram.button.no_action": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard([{"text": "Ja"}])}),
    "telegram.button.url": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard([button(url="ftp://x")])}),
    "telegram.callback_data.max_bytes": (
        "sendMessage",
        {"chat_id": AN, "text": "a", "reply_markup": keyboard([button(callback_data=LONG_DATA)])},
    ),
    "telegram.callback_data.min_bytes": (
        "sendMessage",
        {"chat_id": AN, "text": "a", "reply_markup": keyboard([button(callback_data="")])},
    ),
    "telegram.copy_text.max": (
        "sendMessage",
        {"chat_id": AN, "text": "a", "reply_markup": keyboard([button(copy_text={"text": "a" * 257})])},
    ),
    "telegram.keyboard.total.max": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard(*[[button()]] * 101)}),
    "telegram.keyboard.row.max": ("sendMessage", {"chat_id": AN, "text": "a", "reply_markup": keyboard([button()] * 9)}),
    "telegram.callback_answer.max": ("answerCallbackQuery", {"callback_query_id": "9", "text": "a" * 201}),
    "telegram.secret_token.pattern": ("setWebhook", {"url": "https://bot.example/t", "secret_token": "geheim!"}),
    "telegram.webhook.max_connections": ("setWebhook", {"url": "https://bot.example/t", "max_connections": 101}),
    "telegram.webhook.url.https": ("setWebhook", {"url": "http://bot.example/t"}),
    "telegram.webhook.ports": ("setWebhook", {"url": "https://bot.example:8000/t"}),
    "telegram.commands.max": ("setMyCommands", {"commands": [{"command": "hulp", "description": "Hulp"}] * 101}),
    "telegram.command.name": ("setMyCommands", {"commands": [{"command": "Hulp!", "description": "Hulp"}]}),
    "telegram.command.description": ("setMyCommands", {"commands": [{"command": "hulp", "description": "a" * 257}]}),
    "telegram.param.unknown": ("sendMessage", {"chat_id": AN, "text": "a", "parsemode": "HTML"}),
    "telegram.file.unknown": ("getFile", {"file_id": "nowhere"}),
    "telegram.error.chat_not_found": ("sendMessage", {"chat_id": 4040, "text": "a"}),
    "telegram.edit.not_found": ("editMessageText", {"chat_id": AN, "message_id": 4040, "text": "a"}),
    "telegram.edit.not_ours": ("editMessageText", {"chat_id": AN, "message_id": 1, "text": "a"}),
}
SHOWN["telegram"].update(CASES)


@pytest.mark.parametrize("rule_id", CASES)
def test_broken_rule_is_refused_and_recorded(telegram: Telegram, rule_id: str) -> None:
    telegram.contract = None  # the own table alone must have the teeth
    telegram.user_sends(AN, "hoi")
    method, params = CASES[rule_id]
    before = len(telegram.chats[AN].messages)
    with telegram.expecting(rule_id) as violations:
        answer = telegram_call(telegram, method, **params)
        others = [violation.rule for violation in telegram.violations if violation.rule != rule_id]
        telegram.violations[:] = [violation for violation in telegram.violations if violation.rule == rule_id]
    refusal = rules.load("telegram")[rule_id].refusal
    assert answer.status_code == refusal.status
    assert answer.json()["ok"] is False
    assert answer.json()["description"].startswith(refusal.says.split("{")[0])
    assert violations[0].operation in (method, "parsed")
    assert set(others) <= {"telegram.text.empty"}
    assert len(telegram.chats[AN].messages) == before


@pytest.mark.parametrize("rule_id", [rule_id for rule_id in CASES if rules.load("telegram")[rule_id].check])
def test_without_the_rule_the_same_request_passes(telegram: Telegram, rule_id: str) -> None:
    """Each case breaks one rule only: with that rule torn out, nothing holds the request back but what does not exist."""
    telegram.contract = None
    telegram.book = telegram.book.without(rule_id)
    telegram.user_sends(AN, "hoi")
    method, params = CASES[rule_id]
    try:
        telegram_call(telegram, method, **params)
    finally:
        seen = {violation.rule for violation in telegram.violations}
        telegram.violations.clear()
    assert rule_id not in seen


@shows("telegram.error.unauthorized")
def test_wrong_token(telegram: Telegram) -> None:
    with telegram.expecting("telegram.error.unauthorized"):
        answer = telegram_call(telegram, "getMe", token="1:wrong")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


@shows("telegram.error.method_not_found")
def test_unknown_method(telegram: Telegram) -> None:
    with telegram.expecting("telegram.error.method_not_found"):
        assert telegram_call(telegram, "sendLove", chat_id=AN).status_code == 404


@shows("telegram.upload.photo.max", "telegram.upload.document.max")
def test_uploads_that_are_too_big(telegram: Telegram) -> None:
    telegram.user(AN)
    with telegram.expecting("telegram.upload.photo.max"):
        photo = {"photo": ("x.jpg", b"0" * 10_000_001, "image/jpeg")}
        assert telegram_call(telegram, "sendPhoto", files=photo, chat_id=AN).status_code == 400
    with telegram.expecting("telegram.upload.document.max"):
        paper = {"document": ("x.pdf", b"0" * 50_000_001, "application/pdf")}
        assert telegram_call(telegram, "sendDocument", files=paper, chat_id=AN).status_code == 413


@shows("telegram.deep_link.payload")
def test_a_deep_link_holds_only_plain_characters(telegram: Telegram) -> None:
    with telegram.expecting("telegram.deep_link.payload"):
        telegram.user_sends(AN, start="bunnik?van=an")


def test_the_contract_bites_too(telegram: Telegram) -> None:
    if telegram.contract is None:
        pytest.skip("the official contracts are not here")
    telegram.user(AN)
    with telegram.expecting("contract.telegram.request"):
        telegram_call(telegram, "sendMessage", chat_id=AN, text="a", link_preview_options={"hidden": True})
