"""Noise of every kind at every address: refused or taken, but no stand-in falls over, and its answers keep to the contract."""

from __future__ import annotations

import json
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standin_tools import HTTP

from bot.standins.common import StandIn
from bot.standins.mollie import Mollie
from bot.standins.telegram import Telegram
from bot.standins.telegram_wire import PARAMETERS
from bot.standins.twilio import Twilio

FIXTURES = [HealthCheck.function_scoped_fixture]
NOISY = settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=FIXTURES)
LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(["", "42", "1", "HTML", "<b>x", "whatsapp:+31612345678", "12.50", "EUR", "{{1}}", "https://x.nl/a"]),
)  # fmt: skip
NOUNS = """text callback_data url inline_keyboard keyboard body actions items title id item currency value message_id
twilio/text twilio/quick-reply twilio/list-picker"""
NAMES = st.sampled_from(NOUNS.split())
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8)


def unharmed(standin: StandIn, answer: httpx.Response) -> None:
    """Whatever was sent, the stand-in answered in its own words and did not contradict the contract itself."""
    fatal = [found for found in standin.violations if found.rule == "standin.crash" or found.rule.endswith(".answer")]
    standin.violations.clear()
    assert fatal == []
    assert answer.status_code < 500


@NOISY
@given(st.sampled_from(sorted(PARAMETERS)), st.data())
def test_telegram(telegram: Telegram, method: str, data: Any) -> None:
    telegram.rates = False
    telegram.user_sends(42, "hoi")
    names = st.sampled_from(sorted(PARAMETERS[method]) or ["x"])
    params = {"chat_id": 42, "message_id": 1, "text": "a"} if data.draw(st.booleans()) else {}
    params = {name: value for name, value in params.items() if name in PARAMETERS[method]}
    params |= data.draw(st.dictionaries(names, VALUE, max_size=4))
    url = f"{telegram.base_url}/bot{telegram.token}/{method}"
    unharmed(telegram, HTTP.post(url, json=params))
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    unharmed(telegram, HTTP.post(url, data=form))
    unharmed(telegram, HTTP.get(f"{telegram.base_url}/standin/state"))
    telegram.chats[42].messages.clear()


MESSAGE_FIELDS = ["To", "From", "Body", "ContentSid", "ContentVariables", "MediaUrl", "StatusCallback", "Wrong"]


@NOISY
@given(st.dictionaries(st.sampled_from(MESSAGE_FIELDS), st.text(max_size=20) | LEAF.map(str), max_size=5), st.booleans())
def test_twilio_messages(twilio: Twilio, form: dict[str, str], whole: bool) -> None:
    twilio.rates = False
    twilio.user_sends("+31612345678", "hoi")
    form = {**({"To": "whatsapp:+31612345678", "From": twilio.sender, "Body": "a"} if whole else {}), **form}
    auth = (twilio.account, twilio.auth_token)
    path = f"{twilio.base_url}/2010-04-01/Accounts/{twilio.account}/Messages.json"
    unharmed(twilio, HTTP.post(path, data=form, auth=auth))
    unharmed(twilio, HTTP.get(path, params={"PageSize": "3", "To": form.get("To", "")}, auth=auth))


@NOISY
@given(st.dictionaries(st.sampled_from(["friendly_name", "language", "variables", "types"]), VALUE, max_size=4), VALUE)
def test_twilio_content(twilio: Twilio, wish: dict[str, Any], fields: Any) -> None:
    auth = (twilio.account, twilio.auth_token)
    wishes: list[Any] = [wish, {"language": "nl", "types": {"twilio/quick-reply": fields}}, fields]
    for body in wishes:
        made = HTTP.post(f"{twilio.base_url}/v1/Content", json=body, auth=auth)
        unharmed(twilio, made)
        if made.status_code == 201:
            sid = made.json()["sid"]
            path = f"{twilio.base_url}/v1/Content/{sid}/ApprovalRequests/whatsapp"
            unharmed(twilio, HTTP.post(path, json={"name": "a", "category": "UTILITY"}, auth=auth))
            form = {"To": "whatsapp:+31612345678", "From": twilio.sender, "ContentSid": sid, "ContentVariables": '{"1": "a"}'}
            messages = f"{twilio.base_url}/2010-04-01/Accounts/{twilio.account}/Messages.json"
            unharmed(twilio, HTTP.post(messages, data=form, auth=auth))
            unharmed(twilio, HTTP.get(f"{twilio.base_url}/standin/state"))
    twilio.contents.clear()


PAYMENT_FIELDS = ["amount", "description", "redirectUrl", "webhookUrl", "method", "metadata", "locale", "wrong"]


@NOISY
@given(st.dictionaries(st.sampled_from(PAYMENT_FIELDS), VALUE, max_size=4), st.booleans())
def test_mollie(mollie: Mollie, wish: dict[str, Any], whole: bool) -> None:
    mollie.rates = False
    good = {"amount": {"currency": "EUR", "value": "12.50"}, "description": "a", "redirectUrl": "https://bot.example/b"}
    headers = {"Authorization": f"Bearer {mollie.api_key}"}
    made = HTTP.post(f"{mollie.base_url}/v2/payments", json={**(good if whole else {}), **wish}, headers=headers)
    unharmed(mollie, made)
    if made.status_code == 201:
        payment = made.json()["id"]
        unharmed(mollie, HTTP.patch(f"{mollie.base_url}/v2/payments/{payment}", json=wish, headers=headers))
        mollie.pay(payment)
        unharmed(mollie, HTTP.post(f"{mollie.base_url}/v2/payments/{payment}/refunds", json=wish, headers=headers))
        unharmed(mollie, HTTP.get(f"{mollie.base_url}/checkout/{payment}"))
        unharmed(mollie, HTTP.get(f"{mollie.base_url}/v2/payments?limit=2", headers=headers))
        mollie.payments.clear()
