"""The real client libraries against the stand-ins, over HTTP: round trips, and every refusal in its own class."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from mollie.api.client import Client as MollieClient
from mollie.api.error import BadRequestError, NotFoundError, ResponseError, UnauthorizedError, UnprocessableEntityError
from standin_tools import Rewriting
from telegram import Bot, BotCommand, InputFile, Message
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client as TwilioClient

from bot.standins.mollie import Mollie
from bot.standins.server import settle
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

AN = 42
PHONE = "+31612345678"
T = TypeVar("T")


def with_bot(telegram: Telegram, talk: Callable[[Bot], Awaitable[T]], token: str | None = None) -> T:
    async def run() -> T:
        base = telegram.base_url
        async with Bot(token or telegram.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
            return await talk(bot)

    return asyncio.run(run())


def twilio_client(twilio: Twilio, password: str | None = None) -> TwilioClient:
    return TwilioClient(twilio.account, password or twilio.auth_token, http_client=Rewriting(twilio.base_url))


def mollie_client(mollie: Mollie, key: str | None = None) -> Any:
    client = MollieClient(api_endpoint=mollie.base_url, timeout=5)
    client.set_api_key(key or mollie.api_key)
    return client


def test_python_telegram_bot_talks(telegram: Telegram) -> None:
    telegram.user_sends(AN, voice=b"OggS")

    async def talk(bot: Bot) -> Message:
        sent = await bot.send_message(
            AN, "<b>Waar?</b> & waarom", parse_mode="HTML", reply_markup=Keyboard([[Button("Bakker", callback_data="c1")]])
        )
        await bot.send_chat_action(AN, "typing")
        press = telegram.user_taps(AN, "Bakker")
        assert await bot.answer_callback_query(press, "Genoteerd")
        await bot.edit_message_text("Gekozen", chat_id=AN, message_id=sent.message_id, reply_markup=Keyboard([]))
        await bot.send_photo(AN, InputFile(b"\r\n--jpeg\r\n", "qr.jpg"), caption="<i>Scan</i>", parse_mode="HTML")
        await bot.send_document(AN, b"%PDF", filename="rit.pdf")
        await bot.send_location(AN, 52.06, 5.18)
        await bot.send_voice(AN, b"OggS")
        await bot.set_my_commands([BotCommand("hulp", "Hulp")])
        await bot.set_webhook("https://bot.example/t", secret_token="abc", allowed_updates=["message"], max_connections=10)
        assert (await bot.get_webhook_info()).allowed_updates == ("message",)
        assert await bot.delete_webhook()
        await bot.delete_message(AN, sent.message_id)
        file = await bot.get_file(telegram.chats[AN].messages[1]["voice"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"OggS"
        return sent

    sent = with_bot(telegram, talk)
    assert (sent.text, sent.entities[0].type) == ("Waar? & waarom", "bold")
    assert [shown["kind"] for shown in telegram.screen(AN)] == ["voice", "photo", "document", "location", "voice"]
    assert next(file.content for file in telegram.files.values() if "photos" in file.path) == b"\r\n--jpeg\r\n"


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_python_telegram_bot_hears_no_in_its_own_classes(telegram: Telegram) -> None:
    telegram.user(AN)
    telegram.block(7)

    async def talk(bot: Bot) -> None:
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(AN, "  ")
        with pytest.raises(Forbidden):
            await bot.send_message(7, "hoi")
        telegram.faults.plan("too_many", seconds=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(AN, "hoi")
        for kind, error in (("html", NetworkError), ("error_after", NetworkError), ("html_after", TelegramError)):
            telegram.faults.plan(kind)
            with pytest.raises(error):
                await bot.send_message(AN, kind)
        for kind in ("drop_before", "drop_after"):
            telegram.faults.plan(kind)
            with pytest.raises(NetworkError):
                await bot.send_message(AN, kind)
        telegram.faults.plan("slow", seconds=0.4)
        with pytest.raises(NetworkError):
            await bot.send_message(AN, "slow", read_timeout=0.1)

    with telegram.expecting("telegram.text.empty"):
        if telegram.contract is not None:
            telegram.contract = None
        with_bot(telegram, talk)
    assert [shown["text"] for shown in telegram.screen(AN)] == ["error_after", "html_after", "drop_after", "slow"]
    with telegram.expecting("telegram.error.unauthorized"), pytest.raises(InvalidToken):
        with_bot(telegram, lambda bot: bot.get_me(), token="1:wrong")


def test_twilio_talks(twilio: Twilio) -> None:
    client = twilio_client(twilio)
    first = twilio.user_sends(PHONE, "hoi", media=b"jpeg", media_type="image/jpeg")
    assert client.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=first).success is True
    content = client.content.v1.contents
    types = {"twilio/quick-reply": {"body": "Is {{1}} goed?", "actions": [{"title": "Ja", "id": "j", "type": "QUICK_REPLY"}]}}
    made = content.create(_content(types))
    content(made.sid).approval_create.create(_approval())
    settle(twilio)
    assert content(made.sid).approval_fetch().fetch().whatsapp["status"] == "approved"
    assert content(made.sid).fetch().friendly_name == "vraag"
    assert [item.approval_requests["status"] for item in client.content.v1.content_and_approvals.list()] == ["approved"]
    sent = client.messages.create(
        from_=twilio.sender, to=f"whatsapp:{PHONE}", content_sid=made.sid, content_variables=json.dumps({"1": "dit"})
    )
    assert (sent.status, sent.direction) == ("queued", "outbound-api")
    settle(twilio)
    assert client.messages(sent.sid).fetch().status == "read"
    assert twilio.screen(PHONE)[-1]["text"] == "Is dit goed?"
    media = client.messages(first).media.list()
    assert [item.content_type for item in media] == ["image/jpeg"]
    assert client.messages(first).media(media[0].sid).fetch().parent_sid == first
    assert client.messages(first).delete()
    assert content(made.sid).delete()


def _content(types: dict[str, Any]) -> Any:
    from twilio.rest.content.v1.content import ContentList

    return ContentList.ContentCreateRequest(
        {
            "friendly_name": "vraag",
            "language": "nl",
            "variables": {"1": "brood"},
            "types": types,
        }
    )


def _approval() -> Any:
    from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

    return ApprovalCreateList.ContentApprovalRequest({"name": "vraag", "category": "UTILITY"})


def test_twilio_lists_page_by_page_and_by_person_and_day(twilio: Twilio) -> None:
    client = twilio_client(twilio)
    for number in range(7):
        twilio.user_sends(PHONE, str(number))
    twilio.user_sends("+31687654321", "ander")
    assert [message.body for message in client.messages.list(from_=f"whatsapp:{PHONE}", page_size=3)] == list("6543210")
    assert len(client.messages.list(to=twilio.sender, limit=5)) == 5
    now = twilio.clock()
    assert len(client.messages.list(date_sent_after=now)) == 8
    assert client.messages.list(date_sent_before=now.replace(year=2020)) == []


def test_twilio_hears_no_in_its_own_class(twilio: Twilio) -> None:
    twilio.user_sends(PHONE, "STOP")
    with pytest.raises(TwilioRestException) as refused:
        twilio_client(twilio).messages.create(from_=twilio.sender, to=f"whatsapp:{PHONE}", body="hoi")
    assert (refused.value.status, refused.value.code) == (400, 21610)
    with twilio.expecting("twilio.error.auth"), pytest.raises(TwilioException, match="Unable to fetch page"):
        twilio_client(twilio, "wrong").messages.list()  # the client's lists raise the bare class, without a code
    with twilio.expecting("twilio.error.not_found"), pytest.raises(TwilioRestException) as nothing:
        twilio_client(twilio).messages("SM" + "0" * 32).fetch()
    assert nothing.value.code == 20404


WISH = {"amount": {"currency": "EUR", "value": "12.50"}, "description": "Bestelling 17", "redirectUrl": "https://bot.example/b"}


def test_mollie_talks(mollie: Mollie) -> None:
    client = mollie_client(mollie)
    made = client.payments.create({**WISH, "metadata": {"order": 17}}, idempotency_key="order-17-pay-1")
    again = client.payments.create({**WISH, "metadata": {"order": 17}}, idempotency_key="order-17-pay-1")
    assert (again.id, made.status, made.metadata) == (made.id, "open", {"order": 17})
    assert made.checkout_url.endswith(f"/checkout/{made.id}")
    mollie.pay(made.id)
    paid = client.payments.get(made.id)
    assert (paid.status, paid.is_paid()) == ("paid", True)
    back = {"amount": {"currency": "EUR", "value": "2.50"}, "description": "uitverkocht", "metadata": {"line": 3}}
    refund = paid.refunds.create(back, idempotency_key="order-17-ref-1")
    assert paid.refunds.get(refund.id).status == "pending"
    assert [item.id for item in client.payments.get(made.id).refunds.list()] == [refund.id]
    assert [item.id for item in client.refunds.list()] == [refund.id]
    mollie.charge_back(made.id, 1000)
    assert client.payments.get(made.id)["amountChargedBack"] == {"currency": "EUR", "value": "10.00"}
    assert [item.payment_id for item in client.payments.get(made.id).chargebacks.list()] == [made.id]
    assert [method.id for method in client.methods.list()] == ["ideal", "wero"]
    assert [item.id for item in client.payments.list(limit=1)] == [made.id]
    assert client.payments.update(made.id, {"description": "Anders"}).description == "Anders"
    link = client.payment_links.create({"description": "Kaas", "amount": {"currency": "EUR", "value": "3.00"}})
    assert client.payment_links.get(link.id).description == "Kaas"
    other = client.payments.create(WISH)
    assert client.payments.delete(other.id).status == "canceled"


def test_mollie_hears_no_in_its_own_classes(mollie: Mollie) -> None:
    client = mollie_client(mollie)
    with mollie.expecting("mollie.body.unknown"):
        if mollie.contract is not None:
            mollie.contract = None
        with pytest.raises(UnprocessableEntityError) as refused:
            client.payments.create({**WISH, "redirecturl": "x"})
    assert refused.value.field == "redirecturl"
    with mollie.expecting("mollie.error.not_found"), pytest.raises(NotFoundError):
        client.payments.get("tr_nothing")
    with mollie.expecting("mollie.error.auth"), pytest.raises(UnauthorizedError):
        mollie_client(mollie, "test_somebodyElse0000000000000000000").payments.get("tr_nothing")
    client.payments.create(WISH, idempotency_key="k")
    with mollie.expecting("mollie.idempotency.other_parameters"), pytest.raises(BadRequestError):
        client.payments.create({**WISH, "description": "b"}, idempotency_key="k")
    mollie.faults.plan("too_many", seconds=2)
    with pytest.raises(ResponseError) as busy:
        client.payments.create(WISH)
    assert busy.value.status == 429


def test_a_lost_answer_costs_no_second_payment(mollie: Mollie) -> None:
    client = mollie_client(mollie)
    mollie.faults.plan("drop_after", on="create-payment")
    with pytest.raises(Exception, match=r"(?i)connection|request"):
        client.payments.create(WISH, idempotency_key="order-17-pay-1")
    made = client.payments.create(WISH, idempotency_key="order-17-pay-1")
    assert list(mollie.payments) == [made.id]
