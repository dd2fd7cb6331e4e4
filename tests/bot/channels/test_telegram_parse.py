"""Updates as the stand-in posts them, held against python-telegram-bot's own reading; and updates that are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from channel_tools import NOON, SECRET, Ear, run, telegram_of
from telegram import Update

from bot.channels.base import BadSignature
from bot.channels.telegram import SECRET_HEADER
from bot.standins.agenda import MovableClock
from bot.standins.telegram import Telegram as TelegramStandIn
from notifications.messages import Inbound

HEADERS = {SECRET_HEADER: SECRET}
PERSON = {"id": 7, "is_bot": False, "first_name": "An", "last_name": "de Wit"}


def heard(update: dict[str, Any]) -> list[Any]:
    return telegram_of().parse(HEADERS, json.dumps(update).encode(), "/tg")


def message(**content: Any) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "An"}
    return {"update_id": 5, "message": {"message_id": 3, "date": 1790000000, "chat": chat, "from": PERSON, **content}}


def posted(acts: Any, contracts_folder: Path | None) -> list[tuple[Update, Inbound]]:
    """What each act of a person at the stand-in posts: as the library reads it, and as we do."""

    async def play() -> list[bytes]:
        ear = Ear()
        standin = TelegramStandIn(clock=MovableClock(NOON), contracts_folder=contracts_folder, allow_local=True, poster=ear)
        standin._set_webhook({"url": "https://bode.example/tg", "secret_token": SECRET})
        acts(standin)
        await standin.settle()
        assert all(headers[SECRET_HEADER] == SECRET for _, _, headers in ear.heard)
        return [body for _, body, _ in ear.heard]

    channel = telegram_of()
    pairs = []
    for body in run(play()):
        update = Update.de_json(json.loads(body), channel.bot)
        [found] = channel.parse(HEADERS, body, "/tg")
        assert isinstance(found, Inbound)
        pairs.append((update, found))
    return pairs


def test_every_kind_a_phone_can_send(contracts_folder: Path | None) -> None:
    def acts(phone: TelegramStandIn) -> None:
        phone.user(7, "An", last_name="de Wit")
        first = phone.user_sends(7, "half pond kaas 🧀\nen brood")
        phone.user_sends(7, start="bunnik")
        phone.user_sends(7, start="")
        phone.user_sends(7, "/hulp graag")
        phone.user_sends(7, voice=b"OggS")
        phone.user_sends(7, "mijn lijstje", photo=b"\xff\xd8\xff")
        phone.user_sends(7, document=b"%PDF")
        phone.user_sends(7, sticker="👍")
        phone.user_sends(7, location=(52.0617, 5.1951))
        phone.user_sends(7, contact="+31612345678")
        phone.user_sends(7, "heel pond kaas", edited=first)

    pairs = posted(acts, contracts_folder)
    assert [(one.kind, one.text) for _, one in pairs] == [
        ("text", "half pond kaas 🧀\nen brood"),
        ("start", "bunnik"),
        ("start", ""),
        ("text", "hulp graag"),
        ("voice", ""),
        ("image", "mijn lijstje"),
        ("file", ""),
        ("sticker", ""),
        ("location", "52.06170,5.19510"),
        ("contact", "+31612345678"),
        ("edited", "heel pond kaas"),
    ]
    for update, one in pairs:
        said = update.effective_message
        assert said is not None
        assert update.effective_user is not None
        assert one.event_id == str(update.update_id)
        assert one.sender.id == str(said.chat.id)
        assert one.at == (said.edit_date or said.date)
        assert one.name == update.effective_user.full_name == "An de Wit"


def test_a_press_brings_token_label_and_what_to_answer(contracts_folder: Path | None) -> None:
    def acts(phone: TelegramStandIn) -> None:
        chat = phone.user(7)
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "v1.0"}], [{"text": "Nee", "callback_data": "v1.1"}]]}
        shown = phone.put(chat, {"text": "Klopt het?", "reply_markup": keyboard})
        phone.user_presses(7, shown["message_id"], "v1.1")

    [(update, press)] = posted(acts, contracts_folder)
    query = update.callback_query
    assert query is not None
    assert (press.kind, press.choice, press.text) == ("choice", query.data, "Nee")
    assert press.callback_id == query.id
    assert press.answer_to == "7:1"
    assert press.at == NOON


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: SECRET + "é"}])
def test_without_the_secret_nothing_is_heard(headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        telegram_of().parse(headers, json.dumps(message(text="hoi")).encode(), "/tg")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"{}", b'{"update_id": "5"}', b'{"a":' * 50_000, b"[" * 100_000]
)
def test_what_is_no_update_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- json's and our own
        telegram_of().parse(HEADERS, body, "/tg")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "poll": {"id": "1"}},
        {"update_id": 1, "my_chat_member": {"chat": {"id": 7, "type": "private"}}},
        {"update_id": 1, "message": "tekst"},
        {"update_id": 1, "message": {"chat": [], "text": 5}},
        {"update_id": 1, "callback_query": {"id": "1", "data": "x"}},
        {"update_id": 1, "callback_query": {"id": 1, "data": {}, "message": {"chat": {"id": 7, "type": "private"}}}},
        {"update_id": 1, "message": {"chat": {"id": -100, "type": "supergroup"}, "text": "hoi", "from": PERSON}},
        {"update_id": 1, "edited_message": {"chat": {"id": 7, "type": "private"}, "location": {"latitude": 1, "longitude": 1}}},
    ],
)
def test_what_no_person_says_to_us_is_nothing(update: dict[str, Any]) -> None:
    assert heard(update) == []


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"dice": {"value": 3}}, "other", ""),
        ({"video": {"file_id": "x"}, "caption": "kijk"}, "file", "kijk"),
        ({"video_note": {"file_id": "x"}}, "voice", ""),
        ({"document": {"file_id": "x", "mime_type": "image/png"}}, "image", ""),
        ({"location": {"latitude": "x"}}, "location", ""),
        ({"contact": {"phone_number": "+31600000000", "user_id": 8}}, "contact", ""),
        ({"contact": {"phone_number": "+31600000000"}}, "contact", ""),
        ({"contact": {"phone_number": "+31600000000", "user_id": 7}}, "contact", "+31600000000"),
        ({"text": "nul\x00 en \ud800"}, "text", "nul en ?"),
        ({"text": "/start@sample_bot bunnik"}, "start", "bunnik"),
    ],
)
def test_rarer_messages(content: dict[str, Any], kind: str, text: str) -> None:
    [one] = heard(message(**content))
    assert (one.kind, one.text) == (kind, text)


def test_a_card_of_someone_without_account_does_not_match_a_sender_without_id() -> None:
    update = message(contact={"phone_number": "+31600000000"})
    del update["message"]["from"]
    assert heard(update)[0].text == ""


def test_a_name_is_cleaned_and_cut() -> None:
    update = message(text="hoi")
    update["message"]["from"] = {"id": 7, "first_name": "\u202eAn\n" * 40}
    [one] = heard(update)
    assert one.name.startswith("An An")
    assert len(one.name) <= 60


@pytest.mark.parametrize("date", [-5, 10**18, "gisteren", None])
def test_an_impossible_date_is_now(date: Any) -> None:
    update = message(text="hoi")
    update["message"]["date"] = date
    assert heard(update)[0].at == NOON
