"""What the tests of the stand-ins share: raw requests, a bot that only listens, and a list of which test shows which rule."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import httpx
from twilio.http.http_client import TwilioHttpClient

from bot.standins.mollie import Mollie
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio
from bot.standins.webhooks import Answer

HTTP = httpx.Client(timeout=20)
SHOWN: dict[str, set[str]] = {"telegram": set(), "twilio": set(), "mollie": set()}


def shows(*rule_ids: str) -> Callable[[Any], Any]:
    """Marks a test as the one that breaks these rules of behaviour; test_standin_every_rule counts them."""
    for rule_id in rule_ids:
        SHOWN["twilio" if rule_id.startswith("whatsapp") else rule_id.split(".")[0]].add(rule_id)
    return lambda test: test


def telegram_call(
    telegram: Telegram, method: str, token: str | None = None, files: Any = None, **params: Any
) -> httpx.Response:
    """A raw Bot API call: a form with JSON inside."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
    return HTTP.post(f"{telegram.base_url}/bot{token or telegram.token}/{method}", data=form, files=files)


def twilio_call(twilio: Twilio, path: str, *, password: str | None = None, body: Any = None, **form: Any) -> httpx.Response:
    """A raw POST to Twilio: a form, or JSON when ``body`` is given."""
    auth = (twilio.account, password or twilio.auth_token)
    if body is not None:
        return HTTP.post(twilio.base_url + path, json=body, auth=auth)
    return HTTP.post(twilio.base_url + path, data=form, auth=auth)


def twilio_send(twilio: Twilio, to: str = "whatsapp:+31612345678", **form: Any) -> httpx.Response:
    """A raw message."""
    path = f"/2010-04-01/Accounts/{twilio.account}/Messages.json"
    return twilio_call(twilio, path, **{"To": to, "From": twilio.sender, **form})


def mollie_call(
    mollie: Mollie, verb: str, path: str, body: Any = None, key: str | None = None, api_key: str | None = None
) -> httpx.Response:
    """A raw call to Mollie."""
    headers = {"Authorization": f"Bearer {api_key or mollie.api_key}", **({"Idempotency-Key": key} if key else {})}
    return HTTP.request(verb, f"{mollie.base_url}/v2{path}", json=body, headers=headers)


class Rewriting(TwilioHttpClient):
    """The real client's transport, with Twilio's hosts led to the stand-in, absolute paging addresses included."""

    def __init__(self, base_url: str, timeout: float = 5) -> None:
        super().__init__(timeout=timeout)
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, re.sub(r"^https://(\w+)\.twilio\.com", rf"{self.base_url}/\1", url), *args, **kwargs)


class Ear:
    """A poster that only hears: it answers what it is told to, 200 by default, and keeps what came (url, body, headers)."""

    def __init__(self, *answers: Answer | int) -> None:
        self.answers = [answer if isinstance(answer, Answer) else Answer(answer) for answer in answers]
        self.heard: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.patience = 0.0

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
        self.heard.append((url, body, headers))
        self.patience = timeout
        return self.answers.pop(0) if self.answers else Answer(200)

    async def close(self) -> None:
        self.answers.clear()

    def updates(self) -> list[dict[str, Any]]:
        """What was heard, as Telegram updates."""
        return [json.loads(body) for _, body, _ in self.heard]

    def forms(self) -> list[dict[str, str]]:
        """What was heard, as forms."""
        return [dict(parse_qsl(body.decode(), keep_blank_values=True)) for _, body, _ in self.heard]
