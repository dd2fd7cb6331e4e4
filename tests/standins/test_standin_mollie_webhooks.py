"""Mollie's behaviour on a moved clock: who is called when, refunds, chargebacks, and the page where people pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from standin_tools import HTTP, Ear, mollie_call, shows

from bot.standins.agenda import MovableClock
from bot.standins.mollie import Mollie
from bot.standins.server import settle
from bot.standins.webhooks import Answer

URL = "https://bot.example/mollie/tag"


def opened(mollie: Mollie, **more: Any) -> dict[str, Any]:
    wish = {
        "amount": {"currency": "EUR", "value": "12.50"},
        "description": "Kaas & <brood>",
        "redirectUrl": "https://bot.example/b/x",
        "webhookUrl": URL,
        **more,
    }
    payment: dict[str, Any] = mollie_call(mollie, "POST", "/payments", wish).json()
    return payment


class Timed(Ear):
    """An ear that notes when it was called, in minutes since it was made."""

    def __init__(self, clock: MovableClock, *answers: int) -> None:
        super().__init__(*answers)
        self.clock, self.start = clock, clock()
        self.minutes: list[float] = []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        self.minutes.append((self.clock() - self.start).total_seconds() / 60)
        return await super().post(url, body, headers, timeout)


@shows("mollie.webhook.schedule", "mollie.webhook.timeout")
def test_the_webhook_is_tried_ten_times_over_26_hours(mollie: Mollie, clock: MovableClock) -> None:
    mollie.poster = ear = Timed(clock, *[500, 404, 202, 301] * 5)
    payment = opened(mollie)
    mollie.pay(payment["id"])
    settle(mollie)
    while due := mollie.agenda.next_due():
        clock.set(due)
        settle(mollie)
    assert ear.minutes == [0, 1, 3, 7, 15, 31, 60, 120, 240, 1560]
    assert ear.patience == 15
    assert ear.forms() == [{"id": payment["id"]}] * 10


def test_the_webhook_stops_at_200(mollie: Mollie, clock: MovableClock) -> None:
    mollie.poster = ear = Ear(500, 200)
    mollie.pay(opened(mollie)["id"])
    for _ in range(40):
        clock.advance(60)
        settle(mollie)
    assert len(ear.heard) == 2


def test_who_is_called_for_what(mollie: Mollie, clock: MovableClock) -> None:
    mollie.poster = ear = Ear()
    payment = opened(mollie)
    mollie.move(payment["id"], "pending")
    settle(mollie)
    assert ear.heard == []
    mollie.move(payment["id"], "paid")
    settle(mollie)
    mollie_call(mollie, "POST", f"/payments/{payment['id']}/refunds", {"amount": {"currency": "EUR", "value": "1.00"}})
    for _ in range(3):
        clock.advance(30)
        settle(mollie)
    mollie.charge_back(payment["id"])
    settle(mollie)
    assert ear.forms() == [{"id": payment["id"]}] * 4  # paid, refund processing, refund done, chargeback
    shown = mollie_call(mollie, "GET", f"/payments/{payment['id']}").json()
    assert (shown["status"], shown["amountRefunded"]["value"], shown["amountChargedBack"]["value"]) == ("paid", "1.00", "12.50")
    assert mollie_call(mollie, "GET", f"/payments/{payment['id']}/chargebacks").json()["count"] == 1


def test_a_refund_can_fail_and_gives_the_room_back(mollie: Mollie) -> None:
    mollie.poster = ear = Ear()
    payment = opened(mollie)
    mollie.pay(payment["id"])
    back = {"amount": {"currency": "EUR", "value": "12.50"}, "description": "uitverkocht"}
    refund = mollie_call(mollie, "POST", f"/payments/{payment['id']}/refunds", back).json()
    mollie.fail_refund(refund["id"])
    settle(mollie)
    assert len(ear.heard) == 2
    assert mollie_call(mollie, "GET", f"/payments/{payment['id']}/refunds/{refund['id']}").json()["status"] == "failed"
    assert mollie_call(mollie, "POST", f"/payments/{payment['id']}/refunds", back).status_code == 201


def test_two_equal_refunds_without_a_key_are_two_refunds(mollie: Mollie) -> None:
    payment = opened(mollie, webhookUrl=None)["id"]
    mollie.pay(payment)
    back = {"amount": {"currency": "EUR", "value": "2.00"}, "description": "a"}
    answers = [mollie_call(mollie, "POST", f"/payments/{payment}/refunds", back, key=key) for key in (None, None, "k", "k")]
    assert [answer.status_code for answer in answers] == [201] * 4
    assert mollie.payments[payment].refunded == 600


def test_cancelling_a_payment_with_a_fixed_method_offers_the_others_and_calls_nobody(mollie: Mollie) -> None:
    mollie.poster = ear = Ear()
    payment = opened(mollie, method="ideal")
    assert mollie.cancel(payment["id"]) == "open"
    settle(mollie)
    assert ear.heard == []
    assert mollie.cancel(payment["id"]) == "canceled"
    settle(mollie)
    assert len(ear.heard) == 1


@pytest.mark.parametrize(
    ("status", "label"), [("paid", "Betaald"), ("failed", "Mislukt"), ("canceled", "Geannuleerd"), ("expired", "Verlopen")]
)
def test_the_checkout_page_has_a_button_for_each_end(mollie: Mollie, status: str, label: str) -> None:
    mollie.poster = ear = Ear()
    payment = opened(mollie)
    page = payment["_links"]["checkout"]["href"]
    text = HTTP.get(page).text
    assert label in text
    assert "€ 12,50" in text
    assert "Kaas &amp; &lt;brood&gt;" in text
    assert 'lang="nl"' in text
    back = HTTP.post(page, data={"status": status})
    settle(mollie)
    assert (back.status_code, back.headers["location"]) == (303, "https://bot.example/b/x")
    assert mollie.payments[payment["id"]].status == status
    assert len(ear.heard) == 1
    assert HTTP.post(page, data={"status": "paid"}).status_code == 200
    assert mollie.payments[payment["id"]].status == status


def test_lists_are_newest_first_and_page_on(mollie: Mollie) -> None:
    ids = [opened(mollie)["id"] for _ in range(5)]
    first = mollie_call(mollie, "GET", "/payments?limit=2").json()
    assert [payment["id"] for payment in first["_embedded"]["payments"]] == [ids[4], ids[3]]
    follow = first["_links"]["next"]["href"].removeprefix(f"{mollie.base_url}/v2")
    assert [payment["id"] for payment in mollie_call(mollie, "GET", follow).json()["_embedded"]["payments"]] == [ids[2], ids[1]]


def test_a_webhook_on_this_machine_is_fine_when_allowed(mollie: Mollie) -> None:
    mollie.allow_local = True
    assert opened(mollie, webhookUrl="http://127.0.0.1:8000/mollie")["status"] == "open"
