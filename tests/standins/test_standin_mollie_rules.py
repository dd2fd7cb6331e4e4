"""Each rule of Mollie is broken once over raw HTTP: it must be refused as Mollie refuses it, and be recorded."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from standin_tools import HTTP, SHOWN, mollie_call, shows

from bot.standins import rules
from bot.standins.agenda import MovableClock
from bot.standins.mollie import Mollie
from bot.standins.server import settle

WISH: dict[str, Any] = {
    "amount": {"currency": "EUR", "value": "12.50"},
    "description": "Bestelling 17",
    "redirectUrl": "https://bot.example/b/x",
    "webhookUrl": "https://bot.example/mollie/x",
}


def wish(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**WISH, **changes}.items() if value is not None}


def euros(value: Any, currency: str = "EUR") -> dict[str, Any]:
    return {"currency": currency, "value": value}


CASES: dict[str, dict[str, Any]] = {
    "mollie.body.types": wish(description=5),
    "mollie.api_key.forbidden": wish(testmode=True),
    "mollie.body.unknown": wish(redirectURL="https://x.example"),
    "mollie.amount.required": wish(amount=None),
    "mollie.amount.currency": wish(amount=euros("1.00", "USD")),
    "mollie.amount.shape": wish(amount={"currency": "EUR"}),
    "mollie.amount.string": wish(amount=euros(12.5)),
    "mollie.amount.pattern": wish(amount=euros("12.5")),
    "mollie.amount.positive": wish(amount=euros("0.00")),
    "mollie.amount.max": wish(amount=euros("50000.01")),
    "mollie.description.required": wish(description=None),
    "mollie.metadata.items": wish(metadata=["a", None]),
    "mollie.metadata.max": wish(metadata={"order": "x" * 1024}),
    "mollie.redirect_url.required": wish(redirectUrl=None),
    "mollie.redirect_url.valid": wish(redirectUrl="bot.example/b"),
    "mollie.webhook_url.valid": wish(webhookUrl="bot.example/mollie"),
    "mollie.webhook_url.public": wish(webhookUrl="http://localhost:8000/mollie"),
    "mollie.method.values": wish(method="cash"),
}
SHOWN["mollie"].update(CASES)


def paid(mollie: Mollie, **changes: Any) -> str:
    made = mollie_call(mollie, "POST", "/payments", wish(webhookUrl=None, **changes))
    mollie.pay(made.json()["id"])
    return str(made.json()["id"])


@pytest.mark.parametrize("rule_id", CASES)
def test_broken_rule_is_refused_and_recorded(mollie: Mollie, rule_id: str) -> None:
    mollie.contract = None
    with mollie.expecting(rule_id):
        answer = mollie_call(mollie, "POST", "/payments", CASES[rule_id])
    refusal = rules.load("mollie")[rule_id].refusal
    assert answer.status_code == refusal.status
    assert answer.json()["detail"].startswith(refusal.says.split("{")[0])
    assert answer.headers["content-type"] == "application/hal+json"
    assert not mollie.payments


@pytest.mark.parametrize("rule_id", [rule_id for rule_id in CASES if rules.load("mollie")[rule_id].check])
def test_without_the_rule_the_same_request_is_not_recorded(mollie: Mollie, rule_id: str) -> None:
    mollie.contract, mollie.book = None, mollie.book.without(rule_id)
    mollie_call(mollie, "POST", "/payments", CASES[rule_id])
    seen = {violation.rule for violation in mollie.violations}
    mollie.violations.clear()
    assert rule_id not in seen


@shows("mollie.error.auth", "mollie.api_key.pattern", "mollie.error.not_found", "mollie.refund.not_found")
def test_wrong_keys_and_unknown_ids(mollie: Mollie) -> None:
    with mollie.expecting("mollie.error.auth"):
        assert mollie_call(mollie, "GET", "/payments/tr_x", api_key="test_another").status_code == 401
    with mollie.expecting("mollie.api_key.pattern"):
        assert mollie_call(mollie, "GET", "/payments/tr_x", api_key="secret").status_code == 401
    with mollie.expecting("mollie.error.not_found"):
        answer = mollie_call(mollie, "GET", "/payments/tr_x")
    assert (answer.status_code, answer.json()["detail"]) == (404, "No payment exists with token tr_x.")
    payment = paid(mollie)
    with mollie.expecting("mollie.refund.not_found"):
        assert mollie_call(mollie, "GET", f"/payments/{payment}/refunds/re_x").status_code == 404


@shows("mollie.payment_link.metadata", "mollie.link.not_found")
def test_payment_links_have_no_metadata(mollie: Mollie) -> None:
    mollie.contract = None
    with mollie.expecting("mollie.payment_link.metadata"):
        answer = mollie_call(mollie, "POST", "/payment-links", {"description": "a", "amount": euros("1.00"), "metadata": {}})
    assert answer.status_code == 422
    with mollie.expecting("mollie.link.not_found"):
        assert mollie_call(mollie, "GET", "/payment-links/pl_x").status_code == 404


def test_a_payment_link_opens_a_fresh_payment_at_each_visit_until_paid(mollie: Mollie) -> None:
    link = mollie_call(mollie, "POST", "/payment-links", {"description": "Kaas", "amount": euros("3.00")}).json()
    pages = [HTTP.get(link["_links"]["paymentLink"]["href"]) for _ in range(2)]
    assert len({page.headers["location"] for page in pages}) == 2
    mollie.pay(pages[0].headers["location"].removeprefix("/checkout/"))
    assert mollie_call(mollie, "GET", f"/payment-links/{link['id']}").json()["paidAt"] is not None
    assert mollie_call(mollie, "GET", f"/payment-links/{link['id']}/payments").json()["count"] == 2
    assert "betaald" in HTTP.get(link["_links"]["paymentLink"]["href"]).text


@shows("mollie.description.max")
def test_a_long_description_is_cut_off_in_silence_but_recorded(mollie: Mollie) -> None:
    with mollie.expecting("mollie.description.max"):
        answer = mollie_call(mollie, "POST", "/payments", wish(description="a" * 256))
    assert (answer.status_code, len(answer.json()["description"])) == (201, 255)


@shows("mollie.refund.unpaid", "mollie.refund.too_much", "mollie.refund.description.max")
def test_refunds_give_back_what_was_paid_and_no_more(mollie: Mollie) -> None:
    made = mollie_call(mollie, "POST", "/payments", wish(webhookUrl=None)).json()["id"]
    path = f"/payments/{made}/refunds"
    back = {"amount": euros("10.00"), "description": "uitverkocht"}
    with mollie.expecting("mollie.refund.unpaid"):
        assert mollie_call(mollie, "POST", path, back).status_code == 422
    mollie.pay(made)
    with mollie.expecting("mollie.refund.description.max"):
        assert mollie_call(mollie, "POST", path, {**back, "description": "a" * 141}).status_code == 422
    assert mollie_call(mollie, "POST", path, back).status_code == 201
    with mollie.expecting("mollie.refund.too_much"):
        assert mollie_call(mollie, "POST", path, back).status_code == 422
    assert mollie_call(mollie, "GET", f"/payments/{made}").json()["amountRemaining"] == euros("2.50")


@shows("mollie.cancel", "mollie.states")
def test_only_an_open_payment_can_be_cancelled(mollie: Mollie) -> None:
    made = mollie_call(mollie, "POST", "/payments", wish(webhookUrl=None)).json()["id"]
    assert mollie_call(mollie, "DELETE", f"/payments/{made}").json()["status"] == "canceled"
    assert mollie_call(mollie, "DELETE", f"/payments/{made}").status_code == 422
    with pytest.raises(ValueError, match="cannot become paid"):
        mollie.pay(made)


@shows("mollie.idempotency.lifetime", "mollie.idempotency.other_parameters")
def test_an_idempotency_key_is_kept_for_an_hour(mollie: Mollie, clock: MovableClock) -> None:
    first = mollie_call(mollie, "POST", "/payments", wish(), key="order-17-pay-1")
    again = mollie_call(mollie, "POST", "/payments", wish(), key="order-17-pay-1")
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    with mollie.expecting("mollie.idempotency.other_parameters"):
        assert mollie_call(mollie, "POST", "/payments", wish(description="b"), key="order-17-pay-1").status_code == 400
    clock.advance(3600)
    assert mollie_call(mollie, "POST", "/payments", wish(), key="order-17-pay-1").json()["id"] != first.json()["id"]


@shows("mollie.idempotency.running")
def test_the_same_key_while_the_first_request_runs_is_a_conflict(mollie: Mollie) -> None:
    mollie.faults.plan("slow", on="create-payment", seconds=0.3)
    slow = threading.Thread(target=mollie_call, args=(mollie, "POST", "/payments", wish()), kwargs={"key": "k"})
    slow.start()
    while not mollie.calls:
        time.sleep(0.005)
    assert mollie_call(mollie, "POST", "/payments", wish(), key="k").status_code == 409
    slow.join()
    assert mollie_call(mollie, "POST", "/payments", wish(), key="k").headers["idempotent-replayed"] == "true"
    assert len(mollie.payments) == 1


@shows("mollie.rate")
def test_too_many_requests_name_a_waiting_time(mollie: Mollie, clock: MovableClock) -> None:
    answers = [mollie_call(mollie, "GET", "/methods") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert answers[-1].headers["retry-after"] == "1"
    clock.advance(1)
    assert mollie_call(mollie, "GET", "/methods").status_code == 200


@shows("mollie.list.max", "mollie.list.param")
def test_a_list_holds_at_most_250(mollie: Mollie) -> None:
    mollie.contract = None
    with mollie.expecting("mollie.list.param"):
        assert mollie_call(mollie, "GET", "/payments?status=open").status_code == 400
    with mollie.expecting("mollie.list.max"):
        assert mollie_call(mollie, "GET", "/payments?limit=251").status_code == 400


@shows("mollie.expiry")
def test_an_open_ideal_payment_dies_after_a_quarter_of_an_hour(mollie: Mollie, clock: MovableClock) -> None:
    made = mollie_call(mollie, "POST", "/payments", wish(method="ideal", webhookUrl=None)).json()
    clock.advance(899)
    settle(mollie)
    assert mollie_call(mollie, "GET", f"/payments/{made['id']}").json()["status"] == "open"
    clock.advance(1)
    settle(mollie)
    over = mollie_call(mollie, "GET", f"/payments/{made['id']}").json()
    assert over["status"] == "expired"
    assert "checkout" not in over["_links"]
    assert "verlopen" in HTTP.get(made["_links"]["checkout"]["href"]).text


def test_the_contract_bites_too(mollie: Mollie) -> None:
    if mollie.contract is None:
        pytest.skip("the official contracts are not here")
    with mollie.expecting("contract.mollie.request"):
        mollie_call(mollie, "POST", "/payments", wish(locale="nl"))
