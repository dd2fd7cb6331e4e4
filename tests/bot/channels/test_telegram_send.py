"""What Telegram gets, and how each of its answers ends. The real client speaks to the stand-in over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from channel_tools import NOON, calls, parcel, run, telegram_line, telegram_of
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.plain import one_line, size
from bot.channels.telegram import Telegram
from bot.standins import rules
from bot.standins.agenda import MovableClock
from bot.standins.telegram import Telegram as TelegramStandIn
from notifications.channel import Later, Outcome, Refused, Sent, Unknown
from notifications.messages import Choice

BOOK = rules.load("telegram")
TEXTS = st.text(alphabet=st.one_of(st.sampled_from("aé 👩‍🌾\n.*_@/é€"), st.characters()), max_size=200)
LABELS = st.one_of(st.sampled_from(["Ja", "Nee", "Bestellen en betalen", "Jong belegen boerenkaas van Bunnik " * 3]), TEXTS)


def standin_of(contracts_folder: Path | None, **more: Any) -> TelegramStandIn:
    return TelegramStandIn(clock=MovableClock(NOON), contracts_folder=contracts_folder, **more)


def buttons(params: Any) -> list[dict[str, str]]:
    return [button for row in params.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


# --- rendering ---


def test_short_labels_share_a_row_and_long_ones_have_their_own() -> None:
    [call] = calls(telegram_of().render(parcel("Klopt het?", "Ja", "Nee", "Bestellen en betalen", "Terug"), True))
    rows = call.params["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Ja", "Nee"], ["Bestellen en betalen"], ["Terug"]]
    assert rows[1][0]["callback_data"] == "vraag7.2"


def test_a_link_is_a_link_button() -> None:
    [call] = calls(telegram_of().render(parcel("Betaal nu.", Choice("Betalen", url="https://bode.example/b/x")), True))
    assert buttons(call.params) == [{"text": "Betalen", "url": "https://bode.example/b/x"}]


def test_nothing_from_people_becomes_a_link_or_a_command() -> None:
    [call] = calls(telegram_of().render(parcel("<b>An</b> zegt: @evil /start evil.example *vet*"), True))
    assert call.params["text"] == "<b>An</b> zegt: @ evil / start evil. example *vet*"
    assert "parse_mode" not in call.params


def test_a_long_text_is_two_bubbles_with_the_buttons_under_the_last() -> None:
    body = "\n\n".join(f"{number}. " + "woord " * 100 for number in range(9))
    first, second = calls(telegram_of().render(parcel(body, "Ja"), True))
    assert "reply_markup" not in first.params
    assert buttons(second.params)
    assert f"{first.params['text']} {second.params['text']}".split() == body.split()


def test_a_label_too_long_for_a_button_is_written_out() -> None:
    long = "Ambachtelijk gerijpte " * 4 + "kaas"
    [call] = calls(telegram_of().render(parcel("Welke?", long, "Andere"), True))
    assert f"1. {long}" in call.params["text"]
    assert [button["callback_data"] for button in buttons(call.params)] == ["vraag7.0", "vraag7.1"]


def test_an_edit_when_it_replaces_and_a_press_is_answered_first() -> None:
    found = calls(telegram_of().render(parcel("Nieuw", replaces="7:42", callback_id="99"), True))
    assert [call.method for call in found] == ["answerCallbackQuery", "editMessageText"]
    assert found[1].params["message_id"] == 42


def test_the_buttons_of_an_answered_question_go_and_its_links_stay() -> None:
    link = Choice("Betalen", url="https://bode.example/b/x")
    found = calls(telegram_of().render(parcel("Goed.", answered="7:41", kept=(link,), callback_id="99"), True))
    assert [call.method for call in found] == ["answerCallbackQuery", "sendMessage", "editMessageReplyMarkup"]
    assert found[2].params["message_id"] == 41
    assert buttons(found[2].params) == [{"text": "Betalen", "url": "https://bode.example/b/x"}]


@settings(max_examples=150, deadline=None)
@given(TEXTS | st.text(max_size=9000), st.lists(LABELS, max_size=12) | st.lists(st.just("Ja"), min_size=90, max_size=120))
def test_whatever_is_said_fits_and_no_choice_is_lost(body: str, labels: list[str]) -> None:
    found = calls(telegram_of().render(parcel(body, *labels), True))
    for call in found:
        markup = call.params.get("reply_markup")
        sent = {**call.params, "link_preview_options": {"is_disabled": True}}
        assert not BOOK.breaches("sendMessage", sent)
        assert 1 <= size(call.params["text"]) <= 4096
        assert markup is None or len(buttons(call.params)) <= 100
    tapped = [button["callback_data"] for button in buttons(found[-1].params)]
    assert tapped == [f"vraag7.{number}" for number in range(min(len(labels), 100))]
    said = "\n".join(call.params["text"] for call in found)
    assert all(f"{number}. " in said for number in range(101, len(labels) + 1))
    shown = [button["text"] for button in buttons(found[-1].params)]
    assert all(text in shown for text in map(one_line, labels[:100]) if text == "Bestellen en betalen")


# --- sending ---


def sent(channel: Telegram, contents: Any, key: str = "k1") -> Any:
    return channel.send(calls(channel.render(contents, True)), key)


def test_a_question_arrives_with_its_buttons_and_the_press_is_answered(contracts_folder: Path | None) -> None:
    async def play() -> tuple[TelegramStandIn, Outcome, Outcome]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            asked = await sent(channel, parcel("Klopt het?", "Ja", Choice("Betalen", url="https://bode.example/b/x"), to="7"))
            press = standin.user_taps(7, "Ja")
            assert isinstance(asked, Sent)
            edited = await sent(channel, parcel("Mooi.", to="7", replaces=asked.provider_id, callback_id=press), "k2")
            assert standin.presses[press].answer is not None
        return standin, asked, edited

    standin, asked, edited = run(play())
    assert asked == edited == Sent("7:1")
    assert [message["text"] for message in standin.screen(7)] == ["Mooi."]


def test_editing_to_the_same_or_answering_too_late_is_no_failure(contracts_folder: Path | None) -> None:
    async def play() -> list[Outcome]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            asked = await sent(channel, parcel("Klopt het?", "Ja", to="7"))
            press = standin.user_taps(7, "Ja")
            standin.clock.advance(10_000)  # type: ignore[attr-defined]
            late = await sent(channel, parcel("Klopt het?", "Ja", to="7", replaces="7:1", callback_id=press), "k2")
        return [asked, late]

    assert run(play()) == [Sent("7:1"), Sent("7:1")]


def test_a_message_arrives_also_when_the_old_buttons_cannot_be_taken_away(contracts_folder: Path | None) -> None:
    async def play() -> list[Outcome]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            asked = await sent(channel, parcel("Klopt het?", "Ja", to="7"))
            twice = [await sent(channel, parcel("Goed.", to="7", answered="7:1"), key) for key in ("k2", "k3")]
            assert [message["buttons"] for message in standin.screen(7)] == [[], [], []]
            with standin.expecting("telegram.edit.not_found"):
                gone = await sent(channel, parcel("Mooi.", to="7", answered="7:99"), "k4")
        return [asked, *twice, gone]

    assert run(play()) == [Sent("7:1"), Sent("7:2"), Sent("7:3"), Sent("7:4")]


def test_an_edit_of_a_message_that_is_gone_is_sent_anew(contracts_folder: Path | None) -> None:
    async def play() -> Outcome:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            with standin.expecting("telegram.edit.not_found"):
                return await sent(channel, parcel("Nieuw", "Ja", to="7", replaces="7:99"))

    assert run(play()) == Sent("7:1")


FAULTS = [
    ("drop_before", {}, Unknown("NetworkError: aiohttp.ServerDisconnectedError"), 0),
    ("drop_after", {}, Unknown("NetworkError: aiohttp.ServerDisconnectedError"), 1),
    ("error_before", {}, Unknown, 0),
    ("error_after", {}, Unknown, 1),
    ("html", {}, Unknown, 0),
    ("html_after", {}, Unknown, 1),
    ("slow", {"seconds": 1.0}, Unknown("TimedOut: SocketTimeoutError"), 1),
    ("too_many", {"seconds": 7}, Later(7.0, "flood control"), 0),
]


@pytest.mark.parametrize(("fault", "details", "outcome", "arrived"), FAULTS)
def test_how_a_failing_send_ends(fault: str, details: Any, outcome: Any, arrived: int, contracts_folder: Path | None) -> None:
    async def play() -> tuple[Outcome, int]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            channel._transport._read_seconds = 0.4
            standin.faults.plan(fault, "sendMessage", **details)
            ended = await sent(channel, parcel("Uw bestelling", to="7"))
        return ended, len(standin.screen(7))

    ended, count = run(play())
    assert ended == outcome or (isinstance(outcome, type) and isinstance(ended, outcome))
    assert count == arrived


def test_an_edit_whose_answer_got_lost_may_be_repeated(contracts_folder: Path | None) -> None:
    async def play() -> list[Outcome]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            await sent(channel, parcel("Een", to="7"))
            standin.faults.plan("drop_after", "editMessageText")
            contents = parcel("Twee", to="7", replaces="7:1")
            return [await sent(channel, contents, "k2"), await sent(channel, contents, "k2")]

    lost, again = run(play())
    assert isinstance(lost, Later)
    assert again == Sent("7:1")


def test_a_lost_second_bubble_is_sent_alone_the_next_time(contracts_folder: Path | None) -> None:
    async def play() -> tuple[list[Outcome], list[str]]:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            contents = parcel("a" * 4000 + "\n\n" + "b" * 4000, to="7")
            standin.faults.plan("error_before", "sendMessage", skip=1)
            ends = [await sent(channel, contents), await sent(channel, contents)]
        return ends, [message["text"][0] for message in standin.screen(7)]

    ends, screen = run(play())
    assert isinstance(ends[0], Unknown)
    assert ends[1] == Sent("7:2")
    assert screen == ["a", "b"]


def test_people_who_are_gone_and_settings_that_are_wrong(contracts_folder: Path | None) -> None:
    async def play() -> list[Outcome]:
        standin = standin_of(contracts_folder)
        standin.block(7)
        standin.deactivate(8)
        async with telegram_line(standin) as channel:
            with standin.expecting("telegram.error.chat_not_found"):
                ends = [await sent(channel, parcel("Dag", to=who), who) for who in ("7", "8", "9")]
            wrong = Telegram("1:wrong", "0123456789abcdef", api_url=standin.base_url)
            with standin.expecting("telegram.error.unauthorized"):
                ends.append(await sent(wrong, parcel("Dag", to="7"), "w"))
            await wrong.close()
        return ends

    blocked, deactivated, stranger, misconfigured = run(play())
    assert blocked == deactivated == Refused("forbidden", gone=True)
    assert stranger == Refused("chat not found", gone=True)
    assert misconfigured == Later(60.0, "settings: InvalidToken")


def test_nobody_listening_is_certainly_not_sent() -> None:
    async def play() -> Outcome:
        channel = telegram_of("http://127.0.0.1:1")
        try:
            return await sent(channel, parcel("Dag", to="7", callback_id="5"))
        finally:
            await channel.close()

    assert isinstance(run(play()), Later)


def test_the_token_stays_out_of_what_is_said_about_errors(
    contracts_folder: Path | None, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> Outcome:
        standin = standin_of(contracts_folder)
        standin.user(7)
        async with telegram_line(standin) as channel:
            standin.faults.plan("drop_before", "*", times=2)
            return await sent(channel, parcel("geheim bericht", to="7", callback_id="5"))

    with caplog.at_level("INFO"):
        ended = run(play())
    assert "sample-token" not in caplog.text + str(ended)
    assert "geheim bericht" not in caplog.text + str(ended)
    assert "not answered" in caplog.text
