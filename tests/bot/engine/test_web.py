"""The way in over HTTP: forged webhooks leave no trace but a count, broken ones do no harm, stored ones never get a 5xx."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import func, select

from bot.clock import Clock
from bot.settings import Settings
from bot.store import tables as t
from bot.store.migrate import migrate
from bot.wiring import App, build
from tests.bot.databases import fresh
from tests.bot.engine.conftest import NOW, echo, quiet, ring

SECRET = "S" * 40
TOKEN = "123456:" + "T" * 35
TWILIO_TOKEN = "t" * 32
PUBLIC = "https://plein.example"


@pytest.fixture
def app(tmp_path: Any, clock: Clock) -> Iterator[App]:
    """An engine with both channels; nothing is sent."""
    settings = Settings(
        database=fresh("sqlite", tmp_path), public_url=PUBLIC, telegram_token=TOKEN, telegram_secret=SECRET,
        twilio_sid="AC" + "0" * 32, twilio_token=TWILIO_TOKEN, twilio_from="+31850000000", metrics_token="m" * 20,
    )  # fmt: skip
    made = build(settings, clock, converse=echo, announce=quiet, fire=ring)
    made.start()
    yield made
    made.close()


def ask(app: App, method: str, path: str, **more: Any) -> httpx.Response:
    async def do() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app.asgi), base_url=PUBLIC) as client:
            return await client.request(method, path, **more)

    return asyncio.run(do())


def update(number: int = 1, text: str = "hallo") -> bytes:
    person = {"id": 7, "is_bot": False, "first_name": "An"}
    message = {
        "message_id": 3,
        "date": int(NOW.timestamp()),
        "chat": {"id": 7, "type": "private"},
        "from": person,
        "text": text,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


def telegram(app: App, body: bytes, *, secret: str = SECRET, path: str = "", **more: Any) -> httpx.Response:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
    return ask(app, "POST", path or f"/telegram/{app.telegram_path_secret}", content=body, headers=headers, **more)


def whatsapp(app: App, form: dict[str, str], *, token: str = TWILIO_TOKEN, path: str = "/whatsapp") -> httpx.Response:
    said = PUBLIC + path + "".join(key + form[key] for key in sorted(form))
    signature = base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return ask(app, "POST", path, content=urlencode(form).encode(), headers=headers)


MESSAGE = {"MessageSid": "SM" + "1" * 32, "From": "whatsapp:+31612345678", "To": "whatsapp:+31850000000", "Body": "hallo",
           "NumMedia": "0", "ProfileName": "An", "WaId": "31612345678", "MessageType": "text", "Forwarded": ""}  # fmt: skip


def stored(app: App) -> int:
    with app.database.read() as conn:
        return int(conn.execute(select(func.count()).select_from(t.inbound)).scalar_one())


def test_a_genuine_webhook_is_stored_before_it_is_answered(app: App) -> None:
    assert telegram(app, update()).status_code == 200
    assert whatsapp(app, MESSAGE).status_code == 200
    assert stored(app) == 2
    assert telegram(app, update()).status_code == 200
    assert whatsapp(app, MESSAGE).status_code == 200
    assert stored(app) == 2


def test_a_forged_webhook_gets_403_and_leaves_only_a_count(app: App) -> None:
    answers = [
        telegram(app, update(), secret="wrong"),
        telegram(app, update(), secret=""),
        telegram(app, update(), path="/telegram/guess"),
        whatsapp(app, MESSAGE, token="w" * 32),
        whatsapp(app, {**MESSAGE}, token=""),
        ask(app, "POST", "/whatsapp", content=urlencode(MESSAGE).encode()),
        ask(app, "POST", "/whatsapp/status", content=b"MessageStatus=read"),
    ]
    assert [one.status_code for one in answers] == [403] * len(answers)
    assert stored(app) == 0
    metrics = ask(app, "GET", "/metrics", headers={"Authorization": "Bearer " + "m" * 20}).text
    assert 'dorpsbode_webhooks_refused_total{channel="telegram",why="forged"} 3.0' in metrics
    assert 'dorpsbode_webhooks_refused_total{channel="whatsapp",why="forged"} 4.0' in metrics


def test_broken_bodies_do_no_harm(app: App) -> None:
    for body in (b"", b"{", b"[]", b"\xff\xfe", b'{"update_id": "x"}', b"null"):
        assert telegram(app, body).status_code in (200, 400)
    assert telegram(app, b" " * 300_000).status_code == 413
    assert telegram(app, update(text="x" * 4096)).status_code == 200
    assert stored(app) == 1


def test_a_message_that_cannot_be_handled_is_answered_200(app: App) -> None:
    assert telegram(app, update(text="stuk")).status_code == 200
    assert stored(app) == 1


def test_text_no_database_keeps_is_stored_without_it(app: App) -> None:
    assert telegram(app, update(text="a\x00b")).status_code == 200
    assert telegram(app, b'{"update_id": 9, ' + update(text="c\ud800d")[16:]).status_code == 200
    assert stored(app) == 2


def test_when_nothing_can_be_stored_the_platform_is_asked_to_come_back(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    app.writer.most_waiting = 0
    answer = telegram(app, update())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    app.writer.most_waiting = 4000
    assert telegram(app, update()).status_code == 200


def test_other_methods_and_paths_are_refused(app: App) -> None:
    assert ask(app, "GET", f"/telegram/{app.telegram_path_secret}").status_code == 405
    assert ask(app, "GET", "/whatsapp").status_code == 405
    for path in ("/", "/telegram/", "/telegram/a/b", "/mollie", "/b/", "/b/x/y", "/.env", "/healthz/.."):
        assert ask(app, "POST", path).status_code in (404, 403, 405)


def test_health_readiness_and_metrics(app: App) -> None:
    assert ask(app, "GET", "/healthz").text == "ok"
    ready = ask(app, "GET", "/readyz")
    assert (ready.status_code, ready.text) == (503, "er draait geen werker: start dorpsbode work")

    async def with_worker() -> list[str]:
        async with app.worker():
            async with asyncio.timeout(20):
                while await app.not_ready():
                    await asyncio.sleep(0.02)
            return await app.not_ready()

    assert ask(app, "GET", "/metrics").status_code == 403
    app.channels.clear()  # no platform to speak to in this test
    app.delivery.channels = {}
    assert asyncio.run(with_worker()) == []


def test_pages_carry_security_headers_and_no_secrets(app: App) -> None:
    page = ask(app, "GET", "/b/unknown")
    assert page.status_code == 404
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"


def test_the_schema_is_made_once(app: App) -> None:
    assert migrate(app.database) is False
    assert app.cannot_start() == ""


def test_a_repr_hides_secrets(app: App) -> None:
    shown = repr(app.settings) + repr(Settings(database="postgresql://me:hunter2@host/db"))
    assert not any(secret in shown for secret in (*app.settings.secrets, "hunter2"))
