"""Every answer over HTTP: security headers, no cookies, no script; and the metrics only for who may see them."""

from __future__ import annotations

import pytest

from bot.clock import Clock
from bot.settings import Settings
from bot.wiring import build
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, Recorder, echo, quiet, ring
from tests.security.test_webhooks import app, ask
from tests.village import Village

__all__ = ["app", "database_url"]
PATHS = ("/", "/b/unknown", "/b/unknown/klaar", "/healthz", "/readyz", "/metrics", "/nergens", "/whatsapp", "/telegram/x",
         "/b/x/y/z", "/robots.txt", "/favicon.ico", "/%00")  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_answer_is_secured(app) -> None:  # type: ignore[no-untyped-def]
    for method in ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"):
        for path in PATHS:
            answer = ask(app, method, path)
            assert answer.headers["x-content-type-options"] == "nosniff", (method, path)
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["cache-control"] == "no-store"
            assert "max-age" in answer.headers["strict-transport-security"]
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src" not in policy
            assert "set-cookie" not in answer.headers
            assert "access-control-allow-origin" not in answer.headers
            assert "<script" not in answer.text
            assert " onclick=" not in answer.text
            assert answer.status_code < 500 or path == "/readyz"


@pytest.mark.parametrize(("public", "token", "given", "status"), [
    ("https://plein.example", "", "", 403), ("https://plein.example", "m" * 20, "", 403),
    ("https://plein.example", "m" * 20, "Bearer " + "m" * 20, 200),
    ("https://plein.example", "m" * 20, "Bearer " + "m" * 19, 403),
    ("http://127.0.0.1:8000", "", "", 200),
])  # fmt: skip
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_metrics_need_their_token_outside_this_machine(
    database_url: str, public: str, token: str, given: str, status: int
) -> None:
    settings = Settings(database=database_url, public_url=public, metrics_token=token)
    made = build(settings, Clock(NOW), converse=echo, announce=quiet, fire=ring, channels={"test": Recorder()})
    made.start()
    assert ask(made, "GET", "/metrics", headers={"Authorization": given}).status_code == status
    made.close()


def test_someone_who_never_paid_has_at_most_three_orders_waiting() -> None:
    village = Village()
    village.says("an", "4 krentenbollen, vrijdag")
    village.says("an", "Dorpsstraat 12, 3981 AB")
    for _ in range(3):
        assert "is geplaatst" in village.says("an", "bestellen en betalen")
        village.says("an", "4 krentenbollen, vrijdag")
    assert "nog niet betaald" in village.says("an", "bestellen en betalen")
    village.pay("an")
    village.says("an", "mandje")
    village.says("an", "afrekenen")
    assert "is geplaatst" in village.says("an", "bestellen en betalen")
