"""Stand-ins, client libraries and official contracts must not drift apart: parameters, fields, states and operations."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from telegram import Bot
from twilio.rest.api.v2010.account.message import MessageList

from bot.standins import rules
from bot.standins.contracts import Contract
from bot.standins.mollie import FIELDS, Mollie
from bot.standins.telegram import Telegram
from bot.standins.telegram_wire import PARAMETERS
from bot.standins.twilio import Twilio

Contracts = Callable[[str], Contract]

# What python-telegram-bot adds for convenience and never sends under that name.
CONVENIENCE = {
    "self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "reply_to_message_id",
    "allow_sending_without_reply", "disable_web_page_preview", "filename", "location", "contact", "venue",
}  # fmt: skip
METHODS = sorted(set(PARAMETERS) - {"getMe", "getUpdates", "getWebhookInfo"})
NOT_SPOKEN = {
    "telegram": set[str](),
    "twilio": {"DeleteMedia"},
    "mollie": {"payment-create-route", "payment-list-routes", "create-customer", "get-customer"},
}


def snake(method: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", method)


def properties(contract: Contract, operation: str) -> set[str]:
    return set(contract._field_schemas(operation, "body"))


@pytest.mark.parametrize("method", sorted(PARAMETERS))
def test_telegrams_parameters_are_those_of_the_contract(contract_of: Contracts, method: str) -> None:
    newer = {"rich_message"}  # Bot API 10.1; python-telegram-bot 22.8 speaks 10.0
    assert set(PARAMETERS[method]) == properties(contract_of("telegram"), method) - newer


@pytest.mark.parametrize("method", METHODS)
def test_python_telegram_bot_sends_no_other_parameters(method: str) -> None:
    sent = set(inspect.signature(getattr(Bot, snake(method))).parameters) - CONVENIENCE
    assert sent <= set(PARAMETERS[method])


def test_twilios_parameters_are_those_of_the_contract_and_the_client(contract_of: Contracts) -> None:
    ours = set(rules.load("twilio")["twilio.param.unknown"].limit)
    assert ours == properties(contract_of("twilio"), "CreateMessage")
    client = {"".join(part.title() for part in name.split("_")) for name in inspect.signature(MessageList.create).parameters}
    assert client - {"Self"} <= ours


@pytest.mark.parametrize("operation", sorted(set(FIELDS) - {"cancel-payment"}))
def test_mollies_fields_are_in_the_contract(contract_of: Contracts, operation: str) -> None:
    assert set(FIELDS[operation]) <= properties(contract_of("mollie"), operation)


def test_mollies_states_and_methods_are_those_of_the_contract(contract_of: Contracts) -> None:
    schemas: dict[str, Any] = contract_of("mollie")._document["components"]["schemas"]
    book = rules.load("mollie")
    assert set(book["mollie.states"].limit) == set(schemas["PaymentResponse"]["properties"]["status"]["enum"])
    methods = schemas["ListEntityMethod"]["properties"]["id"]["enum"]
    assert set(book["mollie.method.values"].limit) <= set(methods)
    assert set(book["mollie.expiry"].limit) - {"other"} <= set(methods)


@pytest.mark.parametrize("standin", [Telegram, Twilio, Mollie])
def test_what_the_contract_has_is_spoken_or_named_as_missing(contract_of: Contracts, standin: type) -> None:
    platform: str = standin.platform  # type: ignore[attr-defined]
    every = set(contract_of(platform)._operations)
    source = "".join(inspect.getsource(cls) for cls in standin.__mro__ if cls.__module__.startswith("bot."))
    spoken = set(PARAMETERS) if platform == "telegram" else {name for name in every if f'"{name}"' in source}
    assert every - spoken == NOT_SPOKEN[platform]
