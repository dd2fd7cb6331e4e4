"""Pay links under strain: too many looks, a database in trouble, a link of long ago. There is always a page in Dutch."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from bot.clock import Clock
from bot.mollie import Fetched
from bot.standins.mollie import Mollie
from bot.store import tables as t
from bot.store.invitations import grant
from bot.wiring import App
from orders.order import Order, Status
from orders.ports import Invitation
from tests.bot.engine.conftest import later
from tests.bot.engine.test_payments import Page, contracts_folder, mollie, order, pay, port, shop, visit

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
    codes: set[int] = set()
    for _ in range(2_000):  # 200 at once, and 50 a second: a slow machine needs more of them
        codes.add(look(shop, method, f"/b/{'z' * 32}{tail}").status_code)
        if 429 in codes:
            break
    assert 429 in codes
    assert codes <= {404, 409, 429}


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


def _notices(app: App) -> list[str]:
    with app.database.read() as conn:
        return list(conn.execute(select(t.outbound.c.body).where(t.outbound.c.topic == "coordinator")).scalars())


@pytest.mark.parametrize(
    ("cents", "currency", "attempt"),
    [(1, "EUR", ""), (569, "EUR", ""), (57000, "EUR", ""), (570, "USD", ""), (570, "EUR", "x")],
)
def test_what_is_not_the_payment_we_asked_for_settles_nothing(
    shop: App, port: int, mollie: Mollie, cents: int, currency: str, attempt: str
) -> None:
    """Mollie's answer must hold our attempt, our sum and euros; else a cent would buy the bread."""
    token = order(shop).payment.token
    shop.writer.call(lambda tx: grant(tx.conn, Invitation("dorp", "coordinator"), tx.new_person("Anja").id, tx.now))

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        ours = order(shop).payment.attempts[0].id
        paid = Fetched(next(iter(mollie.payments)), "paid", cents, currency, attempt or ours, None)
        assert shop.payments is not None
        await shop.payments.take(paid)
        await shop.payments.take(paid)

    visit(shop, port, browse)
    assert not order(shop).paid
    assert order(shop).payment.kept_cents == 0
    told = [body for body in _notices(shop) if "ander bedrag" in body]
    assert len(told) == (0 if attempt else 1)  # one that is not ours concerns nobody


def test_money_that_a_bank_takes_back_is_told_once(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token
    shop.writer.call(lambda tx: grant(tx.conn, Invitation("dorp", "coordinator"), tx.new_person("Anja").id, tx.now))

    async def browse(page: Page) -> None:
        payment = await pay(page, mollie, token)
        mollie.charge_back(payment)
        await mollie.settle()
        assert shop.payments is not None
        await shop.payments.hint(payment)

    visit(shop, port, browse)
    assert len([body for body in _notices(shop) if "boekte een betaling terug" in body]) == 1
