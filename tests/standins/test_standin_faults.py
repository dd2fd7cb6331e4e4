"""Planned misbehaviour: what is executed, what the other side sees, and webhooks twice, late or never."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest
from standin_tools import Ear, mollie_call, telegram_call, twilio_send

from bot.standins.agenda import MovableClock
from bot.standins.faults import Fault
from bot.standins.mollie import Mollie
from bot.standins.server import settle
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

AN = 42
PHONE = "+31612345678"
WISH = {"amount": {"currency": "EUR", "value": "12.50"}, "description": "a", "redirectUrl": "https://bot.example/b"}
CASES = [
    ("drop_before", False, 0),
    ("drop_after", True, 0),
    ("error_before", False, 503),
    ("error_after", True, 503),
    ("html", False, 502),
    ("html_after", True, 200),
    ("too_many", False, 429),
]


def suffered(call: Callable[[], httpx.Response]) -> int:
    """The status, 0 for a cut connection."""
    try:
        return call().status_code
    except httpx.TransportError:
        return 0


@pytest.mark.parametrize(("kind", "executed", "status"), CASES)
def test_telegram_misbehaves_once(telegram: Telegram, kind: str, executed: bool, status: int) -> None:
    telegram.user(AN)
    telegram.faults.plan(kind, on="sendMessage", status=503)
    assert suffered(lambda: telegram_call(telegram, "sendMessage", chat_id=AN, text="een")) == status
    assert len(telegram.screen(AN)) == executed
    assert telegram_call(telegram, "sendMessage", chat_id=AN, text="twee").status_code == 200
    assert [(call.fault, call.status) for call in telegram.calls] == [(kind, status), (None, 200)]


@pytest.mark.parametrize(("kind", "executed", "status"), CASES)
def test_twilio_misbehaves_once(twilio: Twilio, kind: str, executed: bool, status: int) -> None:
    twilio.user_sends(PHONE, "hoi")
    twilio.faults.plan(kind, on="CreateMessage", status=503)
    assert suffered(lambda: twilio_send(twilio, Body="een")) == status
    settle(twilio)
    assert len(twilio.screen(PHONE)) == 1 + executed
    assert twilio_send(twilio, Body="twee").status_code == 201


@pytest.mark.parametrize(("kind", "executed", "status"), CASES)
def test_mollie_misbehaves_once(mollie: Mollie, kind: str, executed: bool, status: int) -> None:
    mollie.faults.plan(kind, on="create-payment", status=503)
    assert suffered(lambda: mollie_call(mollie, "POST", "/payments", WISH, key="k")) == status
    assert len(mollie.payments) == executed
    again = mollie_call(mollie, "POST", "/payments", WISH, key="k")
    assert ("idempotent-replayed" in again.headers) == executed
    assert len(mollie.payments) == 1


def test_slow_is_slow_and_executed(telegram: Telegram) -> None:
    telegram.user(AN)
    telegram.faults.plan("slow", seconds=0.2)
    start = time.monotonic()
    assert telegram_call(telegram, "sendMessage", chat_id=AN, text="een").status_code == 200
    assert time.monotonic() - start >= 0.2


def test_a_fault_waits_for_its_operation_and_its_turn(telegram: Telegram) -> None:
    telegram.user(AN)
    telegram.faults.plan("error_before", on="sendMessage", skip=1, times=2, status=500)
    telegram_call(telegram, "getMe")
    statuses = [telegram_call(telegram, "sendMessage", chat_id=AN, text="a").status_code for _ in range(4)]
    assert statuses == [200, 500, 500, 200]
    assert [name for _, name in telegram.faults.struck] == ["sendMessage"] * 2
    with pytest.raises(ValueError, match="no such fault"):
        Fault("gremlins")


def listening(telegram: Telegram) -> Ear:
    telegram.poster = ear = Ear()
    telegram_call(telegram, "setWebhook", url="https://bot.example/t")
    return ear


def texts(ear: Ear) -> list[str]:
    return [update["message"]["text"] for update in ear.updates()]


def test_a_webhook_comes_twice(telegram: Telegram) -> None:
    ear = listening(telegram)
    telegram.faults.plan("duplicate", on="message")
    telegram.user_sends(AN, "een")
    telegram.user_sends(AN, "twee")
    settle(telegram)
    assert texts(ear) == ["een", "een", "twee"]


def test_a_webhook_comes_late(telegram: Telegram, clock: MovableClock) -> None:
    ear = listening(telegram)
    telegram.faults.plan("late", on="message", seconds=60)
    telegram.user_sends(AN, "een")
    telegram.user_sends(AN, "twee")
    settle(telegram)
    assert texts(ear) == ["twee"]
    clock.advance(60)
    settle(telegram)
    assert texts(ear) == ["twee", "een"]


def test_a_webhook_is_overtaken(telegram: Telegram) -> None:
    ear = listening(telegram)
    telegram.faults.plan("reorder", on="message", seconds=5)
    telegram.user_sends(AN, "een")
    telegram.user_sends(AN, "twee")
    settle(telegram)
    assert texts(ear) == ["twee", "een"]


def test_a_webhook_never_comes(twilio: Twilio) -> None:
    twilio.poster = ear = Ear()
    twilio.console("https://bot.example/wa")
    twilio.faults.plan("lost", on="inbound")
    twilio.user_sends(PHONE, "een")
    twilio.user_sends(PHONE, "twee")
    settle(twilio)
    assert [form["Body"] for form in ear.forms()] == ["twee"]


def test_status_callbacks_come_twice_and_out_of_order(twilio: Twilio) -> None:
    twilio.user_sends(PHONE, "hoi")
    twilio.poster = ear = Ear()
    twilio.faults.plan("reorder", on="status", seconds=5)
    twilio.faults.plan("duplicate", on="status", skip=1)
    twilio_send(twilio, Body="dag", StatusCallback="https://bot.example/s")
    settle(twilio)
    assert sorted(form["MessageStatus"] for form in ear.forms()) == ["delivered", "read", "read", "sent"]
    assert ear.forms()[0]["MessageStatus"] != "sent"
    assert twilio.screen(PHONE)[-1]["status"] == "read"


def test_mollies_webhook_comes_twice(mollie: Mollie) -> None:
    mollie.poster = ear = Ear()
    payment = mollie_call(mollie, "POST", "/payments", {**WISH, "webhookUrl": "https://bot.example/m"}).json()["id"]
    mollie.faults.plan("duplicate", on="payment")
    mollie.pay(payment)
    settle(mollie)
    assert ear.forms() == [{"id": payment}] * 2
