"""Pay links under strain: too many looks, a database in trouble, a link of long ago. There is always a page in Dutch."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.clock import Clock
from bot.standins.mollie import Mollie
from bot.wiring import App
from orders.order import Order, Status
from tests.bot.engine.conftest import later
from tests.bot.engine.test_payments import Page, contracts_folder, mollie, order, port, shop, visit

__all__ = ["contracts_folder", "mollie", "port", "shop"]


def look(app: App, method: str, path: str) -> httpx.Response:
    """One request; what goes wrong inside is an answer, as it is for a browser."""

    async def do() -> httpx.Response:
        transport = httpx.ASGITransport(app.asgi, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=app.settings.public_url) as client:
            return await client.request(method, path)

    return asyncio.run(do())


@pytest.mark.parametrize(("method", "tail"), [("GET", ""), ("POST", ""), ("GET", "/klaar")])
def test_guessing_links_ends_at_the_limit(shop: App, method: str, tail: str) -> None:
    codes = [look(shop, method, f"/b/{'z' * 32}{tail}").status_code for _ in range(260)]
    assert 429 in codes
    assert set(codes) <= {404, 409, 429}


def test_looking_again_and_again_asks_mollie_now_and_then(shop: App, port: int, mollie: Mollie, clock: Clock) -> None:
    token = order(shop).payment.token

    def asked() -> int:
        return sum(call.operation == "get-payment" for call in mollie.calls)

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        for _ in range(20):
            assert "We wachten op uw bank" in (await page("GET", f"/b/{token}/klaar"))[1]
        assert asked() == 1
        later(clock, seconds=4)  # as often as the page itself looks again
        await page("GET", f"/b/{token}/klaar")
        assert asked() == 2

    visit(shop, port, browse)


def _ended(days: int, app: App, clock: Clock) -> str:
    def end(one: Order) -> None:
        one.cancel("resident")

    order(app)
    token = order(app, end).payment.token
    clock.move(timedelta(days=days))
    return token


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 404)])
def test_a_link_of_an_order_that_ended_long_ago_shows_nothing(shop: App, clock: Clock, days: int, status: int) -> None:
    token = _ended(days, shop, clock)
    assert order(shop).status is Status.CANCELLED
    for tail in ("", "/klaar"):
        assert look(shop, "GET", f"/b/{token}{tail}").status_code == status


def test_what_is_still_to_be_paid_can_be_paid_however_late(shop: App, clock: Clock) -> None:
    token = order(shop).payment.token
    clock.move(timedelta(days=60))
    assert look(shop, "GET", f"/b/{token}").status_code == 200


def _secured(answer: httpx.Response) -> bool:
    return all(answer.headers.get(name) for name in ("content-security-policy", "x-content-type-options", "referrer-policy"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_in_trouble_is_a_page_and_a_hint_to_come_back(shop: App) -> None:
    token = order(shop).payment.token
    hook = shop.payments.hook("x")  # type: ignore[union-attr]
    with shop.database.write() as conn:
        conn.execute(text("ALTER TABLE orders RENAME TO away"))
    for method, path in (("GET", f"/b/{token}"), ("POST", f"/b/{token}"), ("GET", f"/b/{token}/klaar")):
        answer = look(shop, method, path)
        assert (answer.status_code, "Er ging iets mis bij ons" in answer.text, _secured(answer)) == (503, True, True), path
    assert look(shop, "POST", f"/mollie/{hook}").status_code == 200  # no id: nothing to fetch, nothing to store


@pytest.mark.parametrize("path", ["/b/" + "t" * 32, "/b/" + "t" * 32 + "/klaar"])
def test_what_nobody_foresaw_is_a_page_with_the_same_headers(shop: App, path: str) -> None:
    shop.writer.stop()  # jobs are refused with an error that no page expects
    answer: Any = look(shop, "GET", path)
    assert (answer.status_code, "Er ging iets mis bij ons" in answer.text, _secured(answer)) == (500, True, True)
