"""Webhooks: what is forged gets 403 and leaves a count, what is captured and sent again has no effect, noise breaks nothing."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.clock import Clock
from bot.settings import Settings
from bot.store import tables as t
from bot.wiring import App, build
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, echo, quiet, ring

__all__ = ["database_url"]
SECRET, TWILIO, PUBLIC = "S" * 40, "t" * 32, "https://plein.example"
MESSAGE = {"MessageSid": "SM" + "1" * 32, "SmsSid": "SM" + "1" * 32, "From": "whatsapp:+31612345678", "Body": "hallo",
           "To": "whatsapp:+31850000000", "NumMedia": "0", "ProfileName": "An", "MessageType": "text", "Empty": ""}  # fmt: skip


@pytest.fixture
def app(database_url: str) -> Iterator[App]:
    """An engine with both channels and Mollie on each database; nothing is sent."""
    made = build(
        Settings(
            database=database_url, public_url=PUBLIC, telegram_token="123456:" + "T" * 35, telegram_secret=SECRET,
            twilio_sid="AC" + "0" * 32, twilio_token=TWILIO, twilio_from="+31850000000", mollie_key="test_" + "k" * 30,
            secret="q" * 40,
        ),
        Clock(NOW), converse=echo, announce=quiet, fire=ring,
    )  # fmt: skip
    made.start()
    yield made
    made.close()


def ask(app: App, method: str, path: str, **more: Any) -> httpx.Response:
    async def do() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app.asgi), base_url=PUBLIC) as client:
            return await client.request(method, path, **more)

    return asyncio.run(do())


def update(number: int = 1, text: str = "hallo") -> bytes:
    message = {"message_id": 3, "date": int(NOW.timestamp()), "chat": {"id": 7, "type": "private"}, "text": text,
               "from": {"id": 7, "is_bot": False, "first_name": "An"}}  # fmt: skip
    return json.dumps({"update_id": number, "message": message}).encode()


def telegram(app: App, body: bytes, headers: Any = None, path: str = "") -> httpx.Response:
    given = {"X-Telegram-Bot-Api-Secret-Token": SECRET} if headers is None else headers
    return ask(app, "POST", path or f"/telegram/{app.telegram_path_secret}", content=body, headers=given)


def signed(form: list[tuple[str, str]], url: str = f"{PUBLIC}/whatsapp", token: str = TWILIO) -> str:
    said = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def whatsapp(app: App, form: list[tuple[str, str]], signature: str | None = None, path: str = "/whatsapp") -> httpx.Response:
    given = signed(form, PUBLIC + path) if signature is None else signature
    return ask(app, "POST", path, content=urlencode(form).encode(), headers={"X-Twilio-Signature": given})


def stored(app: App) -> int:
    with app.database.read() as conn:
        return int(conn.execute(select(func.count()).select_from(t.inbound)).scalar_one())


def trace(app: App) -> list[int]:
    tables = (t.inbound, t.person, t.address, t.conversation, t.outbound, t.ask, t.mark)
    with app.database.read() as conn:
        return [int(conn.execute(select(func.count()).select_from(table)).scalar_one()) for table in tables]


def test_forgeries_of_telegram(app: App) -> None:
    _ = app.telegram_path_secret
    before = trace(app)
    header = "X-Telegram-Bot-Api-Secret-Token"
    for shown in ({}, {header: ""}, {header: SECRET[:-1]}, {header: SECRET + "S"}, {header: SECRET.lower()}, {header: "é" * 40},
                  {"Authorization": SECRET}, [(header, "x"), (header, SECRET)], {header: f"{SECRET}, {SECRET}"}):  # fmt: skip
        raw = shown if isinstance(shown, dict) else list(shown)
        encoded = [(k.encode(), v.encode("latin-1")) for k, v in (raw.items() if isinstance(raw, dict) else raw)]
        assert telegram(app, update(), encoded).status_code == 403
    for path in (
        f"/telegram/{app.telegram_path_secret[:-1]}",
        "/telegram/%00",
        "/telegram/%ff",
        "/telegram/é",
        f"/telegram/{app.telegram_path_secret.upper()}",
    ):
        assert telegram(app, update(), path=path).status_code == 403
    for path in (
        f"/telegram/{app.telegram_path_secret}/",
        f"//telegram/{app.telegram_path_secret}",
        f"/whatsapp/../telegram/x/{app.telegram_path_secret}",
    ):
        assert telegram(app, update(), path=path).status_code in (307, 404, 405)
    assert trace(app) == before


def test_forgeries_of_twilio(app: App) -> None:
    before = trace(app)
    form = list(MESSAGE.items())
    good = signed(form)
    wrong = ["", "x", "é", good[:-1], good.lower(), "=" * 28, signed(form, token="u" * 32), signed(form, "http://plein.example/whatsapp"),
             signed(form, f"{PUBLIC}/whatsapp/"), signed(form, f"{PUBLIC}/whatsapp/status"), signed(form, "https://evil.example/whatsapp"),
             signed([one for one in form if one[1]]), signed(form[1:])]  # fmt: skip
    for signature in wrong:
        encoded = [(b"X-Twilio-Signature", signature.encode("latin-1"))]
        body = urlencode(form).encode()
        assert ask(app, "POST", "/whatsapp", content=body, headers=encoded).status_code == 403, signature
    for changed in (
        [*form, ("Body", "extra")],
        [*form, ("Extra", "")],
        [(k, "9" if k == "Body" else v) for k, v in form],
        form[:-1],
    ):
        assert whatsapp(app, changed, good).status_code == 403
    assert (
        ask(app, "POST", "/whatsapp?x=1", content=urlencode(form).encode(), headers={"X-Twilio-Signature": good}).status_code
        == 403
    )
    twice = [(b"X-Twilio-Signature", b"wrong"), (b"X-Twilio-Signature", good.encode())]
    assert ask(app, "POST", "/whatsapp", content=urlencode(form).encode(), headers=twice).status_code == 403
    tricks = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Host": "evil.example",
        "X-Original-URL": "/whatsapp",
    }
    assert ask(app, "POST", "/whatsapp", content=urlencode(form).encode(), headers={**tricks}).status_code == 403
    assert trace(app) == before


@pytest.mark.parametrize("headers", [
    {}, {"Host": "internal:8000"}, {"X-Forwarded-Proto": "http"},
    {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Port": "81"},
    {"Forwarded": "host=elsewhere.example;proto=http"},
])  # fmt: skip
def test_behind_any_proxy_the_public_address_counts(app: App, headers: dict[str, str]) -> None:
    form = list(MESSAGE.items())
    sent = {"X-Twilio-Signature": signed(form), **headers}
    assert ask(app, "POST", "/whatsapp", content=urlencode(form).encode(), headers=sent).status_code == 200
    assert stored(app) == 1


@pytest.mark.parametrize("port", ["", ":443"])
def test_twilio_may_sign_with_or_without_the_port(app: App, port: str) -> None:
    form = list(MESSAGE.items())
    assert whatsapp(app, form, signed(form, f"{PUBLIC}{port}/whatsapp")).status_code == 200


def test_unknown_blank_and_repeated_fields_are_read(app: App) -> None:
    form = [*MESSAGE.items(), ("NewField", "1"), ("Other", ""), ("Unicode", "é😀+&=%"), ("Twice", "a"), ("Twice", "b")]
    assert whatsapp(app, form).status_code == 200
    assert stored(app) == 1


@pytest.mark.parametrize("kind", ["", "application/json", "text/plain", "multipart/form-data; boundary=x", "é", "a" * 5000])
def test_the_content_type_is_not_believed(app: App, kind: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET.encode(), "Content-Type": kind.encode("latin-1")}
    assert telegram(app, update(), headers).status_code == 200
    assert stored(app) == 1


def test_a_captured_webhook_again_has_no_effect(app: App) -> None:
    form = list(MESSAGE.items())
    assert [whatsapp(app, form).status_code for _ in range(3)] == [200] * 3
    assert [telegram(app, update()).status_code for _ in range(3)] == [200] * 3
    app.clock.move(timedelta(days=29))  # the row that recognises it is kept for 30 days
    assert whatsapp(app, form).status_code == 200
    assert stored(app) == 2


def test_a_captured_signature_does_not_fit_another_message(app: App) -> None:
    """Twilio signs names and values glued together: a border that moves must not make another message of it."""
    form = sorted(MESSAGE.items())
    assert whatsapp(app, form).status_code == 200
    glued = "".join(name + value for name, value in form)
    good = signed(form)
    for at in range(1, len(form)):
        head, tail = form[: at - 1], form[at + 1 :]
        (name, value), (after, rest) = form[at - 1], form[at]
        moved = [*head, (name, value + after + rest), *tail]
        assert "".join(n + v for n, v in sorted(moved)) in (glued, "".join(n + v for n, v in sorted(moved)))
        whatsapp(app, moved, good)
        if len(value) > 1:
            whatsapp(app, [*head, (name, value[:-1]), (value[-1] + after, rest), *tail], good)
    with app.database.read() as conn:
        assert conn.execute(select(t.inbound.c.event_id)).scalars().all() == [MESSAGE["MessageSid"]]


@pytest.mark.parametrize("size", [256 * 1024 + 1, 3_000_000])
def test_what_is_too_large_is_refused_before_it_is_read(app: App, size: int) -> None:
    assert telegram(app, b" " * size).status_code == 413

    async def slowly() -> Any:
        for _ in range(size // 65536 + 1):
            yield b" " * 65536

    assert ask(app, "POST", "/whatsapp", content=slowly()).status_code == 413
    assert ask(app, "POST", f"/mollie/{app.payments.hook('x')}", content=slowly()).status_code == 413  # type: ignore[union-attr]
    assert stored(app) == 0


def test_a_strange_length_breaks_nothing(app: App) -> None:
    paths = (f"/telegram/{app.telegram_path_secret}", "/whatsapp", f"/mollie/{app.payments.hook('x')}")  # type: ignore[union-attr]
    for path, length in product(paths, ("-1", "x", "9" * 30, "", "1e3", "٣")):
        headers = [(b"Content-Length", length.encode()), (b"X-Telegram-Bot-Api-Secret-Token", SECRET.encode())]
        assert ask(app, "POST", path, content=b"{}", headers=headers).status_code < 500


STRANGE = ("x", "%00", "a%00b", "%ff%fe", "é", "..", "..%2f..%2fetc%2fpasswd", "%2e%2e", "A" * 5000, "' OR 1=1 --", "{{7*7}}",
           "%s%n", "a;b", "a?x=1", "<script>", "%0d%0aSet-Cookie:x=1", "𝟘", "null")  # fmt: skip


def test_a_guessed_pay_link_shows_nothing(app: App) -> None:
    paths = [
        (method, f"/b/{token}{tail}") for token in STRANGE for method in ("GET", "POST", "HEAD") for tail in ("", "/klaar")
    ]
    for method, path in paths:
        answer = ask(app, method, path)
        assert answer.status_code in (404, 405, 409), (method, path, answer.status_code)
        assert "set-cookie" not in answer.headers
        if method == "GET":
            assert "<script" not in answer.text


def test_a_guessed_payment_webhook_is_refused(app: App) -> None:
    before = trace(app)
    for token in STRANGE:
        assert ask(app, "POST", f"/mollie/{token}", content=b"id=tr_x").status_code in (403, 404, 405)
    assert trace(app) == before


NO_PAYMENT = (
    "tr_../../v2/payments", "tr_a/refunds", "tr_%2e%2e", "tr_", "tr_" + "a" * 400, "tr_a?x=1", "tr_a\x00", "ord_1", "", "tr_é"
)  # fmt: skip


def test_mollie_is_asked_only_for_what_can_be_a_payment(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def get(provider_id: str) -> None:
        asked.append(provider_id)

    monkeypatch.setattr(app.payments.mollie, "get", get)  # type: ignore[union-attr]
    path = f"/mollie/{app.payments.hook('x')}"  # type: ignore[union-attr]
    for said in NO_PAYMENT:
        assert ask(app, "POST", path, content=f"id={quote_plus(said)}".encode()).status_code == 200
    assert asked == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["message", "callback_query", "chat", "from", "id", "type", "text", "data", "date", "contact", "user_id",
         "reply_markup", "inline_keyboard", "first_name", "message_id", "edited_message", "location", "latitude", "venue",
         "document", "caption"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    part=VALUES, field=st.sampled_from(["message", "callback_query", "edited_message", "other"]), number=st.integers(1, 10**12)
)
def test_no_update_breaks_anything(app: App, part: Any, field: str, number: int) -> None:
    body = json.dumps({"update_id": number, field: part}).encode()
    assert telegram(app, body).status_code in (200, 400)
    message = {"chat": {"id": 7, "type": "private"}, "text": str(part), "from": part, "date": part, "message_id": 1}
    press = {"id": str(part), "data": str(part), "from": part, "message": message}
    for name, value in (("message", message), ("edited_message", message), ("callback_query", press)):
        assert telegram(app, json.dumps({"update_id": number + 10**13, name: value}).encode()).status_code in (200, 400)
    with app.database.read() as conn:
        assert set(conn.execute(select(t.inbound.c.state)).scalars()) <= {"done"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.dictionaries(st.sampled_from([*MESSAGE, "Latitude", "Longitude", "ButtonPayload", "ListId",
                                                  "MessageStatus", "ErrorCode", "ExternalUserId"]),
                            st.text(max_size=40)), body=st.binary(max_size=60))  # fmt: skip
def test_no_form_breaks_anything(app: App, form: dict[str, str], body: bytes) -> None:
    pairs = [(name, value.encode("utf-8", "replace").decode()) for name, value in {**MESSAGE, **form}.items()]
    assert whatsapp(app, pairs).status_code in (200, 400)
    assert ask(app, "POST", "/whatsapp", content=body).status_code in (400, 403)
    assert telegram(app, body, {}).status_code == 403
    with app.database.read() as conn:
        assert set(conn.execute(select(t.inbound.c.state)).scalars()) <= {"done"}


def test_secrets_are_compared_in_constant_time() -> None:
    """No ``==`` on a secret: every comparison is hmac.compare_digest (the Twilio library's own too)."""
    import inspect

    from bot import payments, web
    from bot.channels import telegram as channel
    from bot.channels import whatsapp_webhooks

    for module in (payments, web, channel, whatsapp_webhooks):
        source = inspect.getsource(module)
        assert "compare_digest" in source
        for line in source.splitlines():
            wrong = ("secret ==", "== secret", "signature ==", "== signature", "secret !=", "signature !=")
            assert not any(one in line for one in wrong), line
