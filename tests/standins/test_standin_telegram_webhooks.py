"""Telegram's behaviour on a clock that the test moves: queues, retries, expiry, pace, presses, edits and files."""

from __future__ import annotations

import pytest
from standin_tools import HTTP, Ear, shows, telegram_call

from bot.standins.agenda import MovableClock
from bot.standins.server import settle
from bot.standins.telegram import Telegram
from bot.standins.telegram_people import NotOnTheScreen
from bot.standins.webhooks import Answer

AN, BEP = 42, 43
URL = "https://bot.example/telegram"
BUTTON = {"inline_keyboard": [[{"text": "Ja", "callback_data": "j"}]]}


def listening(telegram: Telegram, *answers: Answer | int) -> Ear:
    """Sets the webhook and puts an ear at the other end."""
    ear = Ear(*answers)
    telegram.poster = ear
    assert telegram_call(telegram, "setWebhook", url=URL, secret_token="geheim-1").json()["ok"]
    return ear


def asked(telegram: Telegram) -> int:
    """A question with a button on An's phone; its message_id."""
    telegram.user(AN)
    answer = telegram_call(telegram, "sendMessage", chat_id=AN, text="Goed?", reply_markup=BUTTON)
    return int(answer.json()["result"]["message_id"])


def texts(ear: Ear) -> list[str]:
    return [update["message"]["text"] for update in ear.updates()]


def test_an_update_comes_with_the_secret_and_rising_ids(telegram: Telegram) -> None:
    ear = listening(telegram)
    telegram.user_sends(AN, "hoi")
    telegram.user_sends(AN, start="bunnik")
    settle(telegram)
    first, second = ear.updates()
    assert second["update_id"] == first["update_id"] + 1
    assert second["message"]["text"] == "/start bunnik"
    assert second["message"]["entities"][0]["type"] == "bot_command"
    assert {headers["X-Telegram-Bot-Api-Secret-Token"] for _, _, headers in ear.heard} == {"geheim-1"}


@shows("telegram.webhook.idle_timeout")
def test_the_bot_has_a_minute_to_answer(telegram: Telegram) -> None:
    ear = listening(telegram)
    telegram.user_sends(AN, "hoi")
    settle(telegram)
    assert ear.patience == 60


@shows("telegram.webhook.retry")
def test_a_failure_blocks_its_chat_alone_and_is_retried_after_0_2_4_8(telegram: Telegram, clock: MovableClock) -> None:
    ear = listening(telegram, 500, 500, 502)
    telegram.user_sends(AN, "een")
    settle(telegram)
    assert texts(ear) == ["een", "een"]
    telegram.user_sends(AN, "twee")
    clock.advance(2)
    settle(telegram)
    assert texts(ear) == ["een"] * 3
    telegram.user_sends(BEP, "ik ook")
    settle(telegram)
    assert texts(ear)[3:] == ["ik ook"]
    clock.advance(3.9)
    settle(telegram)
    assert len(ear.heard) == 4
    clock.advance(0.1)
    settle(telegram)
    assert texts(ear)[4:] == ["een", "twee"]
    info = telegram_call(telegram, "getWebhookInfo").json()["result"]
    assert (info["pending_update_count"], info["last_error_message"]) == (0, "Wrong response from the webhook: 502")


@shows("telegram.update.lifetime")
def test_a_message_dies_after_a_day(telegram: Telegram, clock: MovableClock) -> None:
    ear = listening(telegram, *[Answer(0, failure="connect")] * 2)
    telegram.user_sends(AN, "oud")
    settle(telegram)
    clock.advance(86400)
    telegram.user_sends(AN, "nieuw")
    settle(telegram)
    assert texts(ear) == ["oud", "oud", "nieuw"]
    assert [update["message"]["text"] for update in telegram.updates.expired] == ["oud"]


@shows("telegram.callback.lifetime")
def test_a_press_is_lost_after_150_seconds_and_does_not_wait_for_messages(telegram: Telegram, clock: MovableClock) -> None:
    message = asked(telegram)
    ear = listening(telegram, 500, 500, 500)
    telegram.user_sends(AN, "vast")
    settle(telegram)
    telegram.user_presses(AN, message, "j")
    settle(telegram)
    kinds = [next(iter(set(update) - {"update_id"})) for update in ear.updates()]
    assert kinds == ["message", "message", "callback_query", "callback_query"]
    telegram.poster = Ear(*[500] * 50)
    telegram.user_presses(AN, message, "j")
    settle(telegram)
    clock.advance(150)
    settle(telegram)
    assert [update["callback_query"]["data"] for update in telegram.updates.expired] == ["j"]


@shows("telegram.webhook.retry_after")
def test_the_bot_may_name_the_waiting_time_up_to_an_hour(telegram: Telegram, clock: MovableClock) -> None:
    ear = listening(telegram, Answer(503, headers={"retry-after": "10"}), Answer(503, headers={"retry-after": "99999"}))
    telegram.user_sends(AN, "hoi")
    settle(telegram)
    for seconds, count in ((9, 1), (1, 2), (3599, 2), (1, 3)):
        clock.advance(seconds)
        settle(telegram)
        assert len(ear.heard) == count


@shows("telegram.webhook.gone")
def test_gone_for_23_hours_closes_the_webhook(telegram: Telegram, clock: MovableClock) -> None:
    listening(telegram, *[410] * 2000)
    telegram.user_sends(AN, "hoi")
    settle(telegram)
    for _ in range(22 * 6):
        clock.advance(600)
        settle(telegram)
    assert telegram.updates.webhook.url == URL
    for _ in range(9):
        clock.advance(600)
        settle(telegram)
    assert telegram.updates.webhook.url == ""


@shows("telegram.webhook.reply_method")
def test_a_method_in_the_answer_is_a_violation(telegram: Telegram) -> None:
    listening(telegram, Answer(200, b'{"method": "sendMessage", "chat_id": 42, "text": "hoi"}'))
    with telegram.expecting("telegram.webhook.reply_method"):
        telegram.user_sends(AN, "hoi")
        settle(telegram)


@shows("telegram.error.webhook_active")
def test_without_a_webhook_updates_wait_and_with_one_they_cannot_be_fetched(telegram: Telegram) -> None:
    telegram.user_sends(AN, "hoi")
    waiting = telegram_call(telegram, "getUpdates").json()["result"]
    assert [update["message"]["text"] for update in waiting] == ["hoi"]
    assert telegram_call(telegram, "getUpdates", offset=waiting[0]["update_id"] + 1).json()["result"] == []
    listening(telegram)
    with telegram.expecting("telegram.error.webhook_active"):
        assert telegram_call(telegram, "getUpdates").status_code == 409
    assert telegram_call(telegram, "deleteWebhook").json() == {"ok": True, "result": True}


def test_only_the_allowed_kinds_are_sent(telegram: Telegram) -> None:
    message = asked(telegram)
    ear = listening(telegram)
    telegram_call(telegram, "setWebhook", url=URL, allowed_updates=["callback_query"])
    telegram.user_sends(AN, "hoi")
    telegram.user_presses(AN, message, "j")
    settle(telegram)
    assert [update["callback_query"]["data"] for update in ear.updates()] == ["j"]


@shows("telegram.rate.chat", "telegram.rate.total", "telegram.error.flood")
def test_too_fast_is_told_how_long_to_wait(telegram: Telegram, clock: MovableClock) -> None:
    burst = telegram.book["telegram.rate.chat"].limit["burst"]
    for person in (AN, BEP, 44, 45):
        telegram.user(person)
    answers = [telegram_call(telegram, "sendMessage", chat_id=AN, text=str(number)) for number in range(burst + 1)]
    assert [answer.status_code for answer in answers] == [200] * burst + [429]
    assert answers[-1].json()["parameters"] == {"retry_after": 1}
    clock.advance(1)
    assert telegram_call(telegram, "sendMessage", chat_id=AN, text="weer").status_code == 200
    others = [telegram_call(telegram, "sendMessage", chat_id=44 + number % 2, text="a").status_code for number in range(20)]
    many = [telegram_call(telegram, "sendMessage", chat_id=BEP, text="a").status_code for _ in range(10)]
    assert others == [200] * 20
    assert 429 in many


@shows("telegram.error.blocked", "telegram.error.deactivated")
def test_people_who_are_gone(telegram: Telegram) -> None:
    telegram.block(AN)
    telegram.deactivate(BEP)
    blocked, gone = (telegram_call(telegram, "sendMessage", chat_id=who, text="hoi") for who in (AN, BEP))
    assert (blocked.status_code, blocked.json()["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert (gone.status_code, gone.json()["description"]) == (403, "Forbidden: user is deactivated")


@shows("telegram.edit.not_modified", "telegram.delete.not_found", "telegram.delete.max_age")
def test_edits_and_deletions(telegram: Telegram, clock: MovableClock) -> None:
    message = asked(telegram)
    same = telegram_call(telegram, "editMessageText", chat_id=AN, message_id=message, text="Goed?", reply_markup=BUTTON)
    assert (same.status_code, "message is not modified" in same.json()["description"]) == (400, True)
    assert telegram_call(telegram, "editMessageText", chat_id=AN, message_id=message, text="Klaar").status_code == 200
    (shown,) = telegram.screen(AN)
    assert (shown["text"], shown["buttons"], shown["edited"]) == ("Klaar", [], True)
    assert telegram_call(telegram, "editMessageReplyMarkup", chat_id=AN, message_id=message, reply_markup={}).status_code == 400
    clock.advance(172801)
    assert telegram_call(telegram, "deleteMessage", chat_id=AN, message_id=message).status_code == 400
    young = asked(telegram)
    assert telegram_call(telegram, "deleteMessage", chat_id=AN, message_id=young).json()["result"] is True
    assert telegram_call(telegram, "deleteMessage", chat_id=AN, message_id=young).status_code == 400


@shows("telegram.callback.too_old")
def test_a_press_is_answered_in_time_or_not_at_all(telegram: Telegram, clock: MovableClock) -> None:
    message = asked(telegram)
    press = telegram.user_presses(AN, message, "j")
    assert telegram_call(telegram, "answerCallbackQuery", callback_query_id=press, text="Gedaan").json()["result"] is True
    assert telegram.state()["chats"][0]["toast"] == "Gedaan"
    clock.advance(telegram.answer_seconds + 1)
    late = telegram_call(telegram, "answerCallbackQuery", callback_query_id=press)
    assert (late.status_code, "query is too old" in late.json()["description"]) == (400, True)


def test_a_button_that_is_not_there_cannot_be_pressed_except_on_a_stale_phone(telegram: Telegram) -> None:
    message = asked(telegram)
    telegram_call(telegram, "editMessageText", chat_id=AN, message_id=message, text="Klaar")
    with pytest.raises(NotOnTheScreen):
        telegram.user_presses(AN, message, "j")
    with pytest.raises(NotOnTheScreen):
        telegram.user_taps(AN, "Ja")
    assert telegram.user_presses(AN, message, "j", stale=True)


@shows("telegram.download.max", "telegram.file.link_lifetime")
def test_files_have_a_link_for_an_hour(telegram: Telegram, clock: MovableClock) -> None:
    telegram.user_sends(AN, voice=b"OggS")
    telegram.user_sends(AN, photo=b"", file_size=20_000_001)
    voice, photo = telegram.chats[AN].messages[1]["voice"], telegram.chats[AN].messages[2]["photo"][0]
    path = telegram_call(telegram, "getFile", file_id=voice["file_id"]).json()["result"]["file_path"]
    link = f"{telegram.base_url}/file/bot{telegram.token}/{path}"
    assert HTTP.get(link).content == b"OggS"
    clock.advance(3601)
    assert HTTP.get(link).status_code == 404
    assert telegram_call(telegram, "getFile", file_id=photo["file_id"]).json()["description"] == "Bad Request: file is too big"


def test_a_keyboard_below_the_text_field_is_shown_until_removed(telegram: Telegram) -> None:
    telegram.user(AN)
    keys = {"keyboard": [[{"text": "Deel mijn nummer", "request_contact": True}], ["Nee"]]}
    telegram_call(telegram, "sendMessage", chat_id=AN, text="Nummer?", reply_markup=keys)
    assert telegram.state()["chats"][0]["keyboard"] == [["Deel mijn nummer"], ["Nee"]]
    telegram_call(telegram, "sendMessage", chat_id=AN, text="Dank", reply_markup={"remove_keyboard": True})
    assert telegram.state()["chats"][0]["keyboard"] == []


def test_what_the_stand_in_cannot_digest_is_a_violation(telegram: Telegram) -> None:
    telegram.contract = None
    telegram.user(AN).next_id = "broken"  # type: ignore[assignment]
    with telegram.expecting("standin.crash"):
        assert telegram_call(telegram, "sendMessage", chat_id=AN, text="a").status_code == 500


def test_the_bot_is_told_of_a_block(telegram: Telegram) -> None:
    ear = listening(telegram)
    telegram.block(AN)
    telegram.block(AN)
    telegram.block(AN, False)
    settle(telegram)
    assert [update["my_chat_member"]["new_chat_member"]["status"] for update in ear.updates()] == ["kicked", "member"]


def test_everything_a_person_can_send_fits_the_contract(telegram: Telegram) -> None:
    ear = listening(telegram)
    first = telegram.user_sends(AN, "2 broden")
    telegram.user_sends(AN, "3 broden", edited=first)
    telegram.user_sends(AN, sticker="👍")
    telegram.user_sends(AN, location=(52.06, 5.18))
    telegram.user_sends(AN, contact="+31612345678")
    telegram.user_sends(AN, "kijk", photo=b"")
    telegram.user_sends(AN, document=b"%PDF", reply_to=first)
    telegram.user_sends(AN, "x" * 5000)
    settle(telegram)
    kinds = [next(iter(set(update) - {"update_id"})) for update in ear.updates()]
    assert kinds == ["message", "edited_message", *["message"] * 7]
    assert [len(update["message"]["text"]) for update in ear.updates()[-2:]] == [4096, 904]
    with pytest.raises(ValueError, match="empty"):
        telegram.user_sends(AN, "  ")
