"""Paying with the real client at the stand-in for Mollie, with our own server between: webhooks, refunds, lost answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import uvicorn
from sqlalchemy import select

from bot.clock import Clock
from bot.settings import Settings
from bot.standins.mollie import API_KEY, Mollie
from bot.standins.pytest_plugin import contracts_folder, standins_unharmed
from bot.standins.server import running
from bot.store import tables as t
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import App, build
from orders.lines import Place
from orders.order import Order
from tests.bot.engine.conftest import Recorder, echo, later, quiet, ring
from tests.bot.sample import REGION, VILLAGE

__all__ = ["contracts_folder", "standins_unharmed"]


@pytest.fixture
def mollie(clock: Clock, contracts_folder: Path | None) -> Iterator[Mollie]:
    standin = Mollie(clock=clock, contracts_folder=contracts_folder, allow_local=True, rates=False)
    with running(standin):
        yield standin


@asynccontextmanager
async def serving(app: App, port: int) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app.asgi, "127.0.0.1", port, log_config=None, lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[method-assign,attr-defined]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    yield
    server.should_exit = True
    await task


@pytest.fixture
def port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def shop(database_url: str, clock: Clock, mollie: Mollie, port: int) -> Iterator[App]:
    """An engine with a Mollie account and the sample village."""
    settings = Settings(
        database=database_url, public_url=f"http://127.0.0.1:{port}", mollie_key=API_KEY, mollie_base_url=mollie.base_url
    )
    app = build(
        settings, clock, converse=echo, announce=quiet, fire=ring, channels={"test": Recorder()}, squares=[REGION, VILLAGE]
    )
    app.start()
    yield app
    app.close()


def order(app: App, change: Callable[[Order], Any] | None = None) -> Order:
    """A placed order for two loaves (5.70), changed and saved when asked."""

    def do(tx: Tx) -> Order:
        store = Repository(tx)
        known = tx.conn.execute(select(t.orders.c.id)).scalar()
        one = store.order(known) if known else store.draft("an", "dorp")
        if known is None:
            one.add(store.square("dorp").product_by_id["bakker/b2"], 2)
            one.choose(departure="2026-11-27/vrijdagochtend", place=Place("An", "3981AB", "12"))
            one.place_order(tx.now, version=one.version, number=store.next_number("dorp"), evidence="test")
            store.save(one)
        if change is not None:
            change(one)
            store.save(one)
            app.turns.settle(tx, store)
        return one

    return app.writer.call(do)


Page = Callable[..., Awaitable[tuple[int, str, str]]]


def visit(app: App, port: int, do: Callable[[Page], Awaitable[None]]) -> None:
    """Serve the app and browse it; ``page(method, path)`` returns status, body, and where it sends you."""

    async def story() -> None:
        async with serving(app, port), aiohttp.ClientSession() as session:

            async def page(method: str, path: str, **more: Any) -> tuple[int, str, str]:
                url = f"http://127.0.0.1:{port}{path}" if path.startswith("/") else path
                async with session.request(method, url, allow_redirects=False, **more) as answer:
                    return answer.status, await answer.text(), answer.headers.get("location", "")

            await do(page)

    asyncio.run(story())


async def pay(page: Page, mollie: Mollie, token: str, status: str = "paid") -> str:
    """Tap the button of the pay page and end the payment at Mollie; returns Mollie's id."""
    code, _, checkout = await page("POST", f"/b/{token}")
    assert code == 303, code
    payment = list(mollie.payments)[-1]
    await page("POST", checkout, data={"status": status})
    await mollie.settle()
    return payment


def test_the_page_shows_the_order_and_makes_no_payment(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        for _ in range(3):
            code, body, _ = await page("GET", f"/b/{token}")
            assert code == 200
        assert "Volkoren brood" in body
        assert "Bakker Voorbeeld" in body
        assert "€\xa05,70" in body
        assert "Wanneer: vrijdag 27 november, tussen 9.00 en 12.00 uur" in body
        assert "3981" not in body  # whoever gets the link passed on reads no door
        assert (await page("GET", "/b/made-up"))[0] == 404

    visit(shop, port, browse)
    assert not mollie.payments


def test_paying_by_the_button_settles_the_order(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await pay(page, mollie, token)
        assert "Het is betaald" in (await page("GET", f"/b/{token}/klaar"))[1]
        assert (await page("POST", f"/b/{token}"))[0] == 409

    visit(shop, port, browse)
    assert order(shop).payment.kept_cents == 570
    assert [one.status for one in order(shop).payment.attempts] == ["paid"]


def test_an_old_attempt_that_expires_never_touches_a_paid_order(shop: App, port: int, mollie: Mollie, clock: Clock) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        first = next(iter(mollie.payments))
        later(clock, minutes=5)
        await pay(page, mollie, token)
        mollie.move(first, "expired")
        await mollie.settle()

    visit(shop, port, browse)
    assert order(shop).paid
    assert sorted(one.status for one in order(shop).payment.attempts) == ["expired", "paid"]


def test_paid_twice_is_given_back_once(shop: App, port: int, mollie: Mollie, clock: Clock) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        first = next(iter(mollie.payments))
        later(clock, minutes=5)
        await pay(page, mollie, token)
        mollie.pay(first)
        await mollie.settle()
        assert shop.payments is not None
        await shop.payments.refund_due()
        later(clock, minutes=5)
        await shop.payments.refund_due()

    visit(shop, port, browse)
    refunds = [one for payment in mollie.payments.values() for one in payment.refunds]
    assert [one.cents for one in refunds] == [570]
    assert order(shop).payment.kept_cents == 570
    assert order(shop).payment.refunds[0].done


def test_two_quick_taps_are_one_payment(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        answers = await asyncio.gather(*(page("POST", f"/b/{token}") for _ in range(2)))
        assert len({where for _, _, where in answers if where}) == 1

    visit(shop, port, browse)
    assert len(mollie.payments) == 1


def test_a_lost_answer_makes_no_second_payment(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token
    mollie.faults.plan("drop_after", "create-payment")

    async def browse(page: Page) -> None:
        await pay(page, mollie, token)

    visit(shop, port, browse)
    assert len(mollie.payments) == 1
    assert order(shop).paid


def test_when_mollie_is_down_nothing_is_lost_and_the_page_says_so(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token
    for _ in range(2):
        mollie.faults.plan("drop_before", "create-payment")

    async def browse(page: Page) -> None:
        code, body, _ = await page("POST", f"/b/{token}")
        assert (code, "Er is niets afgeschreven" in body) == (503, True)
        await pay(page, mollie, token)

    visit(shop, port, browse)
    assert order(shop).paid


def test_a_lost_webhook_is_caught_up(shop: App, port: int, mollie: Mollie, clock: Clock) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        mollie.payments[next(iter(mollie.payments))].status = "paid"  # and no webhook
        assert "Het is betaald" in (await page("GET", f"/b/{token}/klaar"))[1]

    visit(shop, port, browse)
    assert order(shop).paid


def test_forged_and_unknown_webhooks_change_nothing(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await page("POST", f"/b/{token}")
        payment = next(iter(mollie.payments))
        attempt = order(shop).payment.attempts[0].id
        assert shop.payments is not None
        hook = shop.payments.hook(attempt)
        assert (await page("POST", f"/mollie/{attempt}.0000", data={"id": payment}))[0] == 403
        assert (await page("POST", "/mollie/x", data={"id": payment}))[0] == 403
        with mollie.expecting("mollie.error.not_found"):
            for body in ({"id": "tr_unknown1234"}, {"id": "../x"}, {}):
                assert (await page("POST", f"/mollie/{hook}", data=body))[0] == 200
        assert (await page("POST", f"/mollie/{hook}", data="x" * 300_000))[0] == 413

    visit(shop, port, browse)
    assert [one.status for one in order(shop).payment.attempts] == ["open"]


def test_the_same_webhook_eleven_times_is_one_payment(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        payment = await pay(page, mollie, token)
        assert shop.payments is not None
        await asyncio.gather(*(shop.payments.hint(payment) for _ in range(11)))

    visit(shop, port, browse)
    assert order(shop).payment.received_cents == 570


def test_what_is_sold_out_after_paying_goes_back(shop: App, port: int, mollie: Mollie) -> None:
    token = order(shop).payment.token

    async def browse(page: Page) -> None:
        await pay(page, mollie, token)
        await asyncio.to_thread(order, shop, lambda one: one.sell_out("bakker", 1))
        mollie.faults.plan("drop_after", "create-refund")
        assert shop.payments is not None
        assert await shop.payments.refund_due() == 0
        shop.clock.move(timedelta(minutes=1))
        assert await shop.payments.refund_due() == 1

    visit(shop, port, browse)
    assert [one.cents for payment in mollie.payments.values() for one in payment.refunds] == [570]
    assert order(shop).payment.kept_cents == 0


def test_a_weighed_order_cannot_be_paid_before_it_is_weighed(shop: App, port: int, mollie: Mollie) -> None:
    def with_cheese(tx: Tx) -> str:
        store = Repository(tx)
        one = store.draft("an", "dorp")
        one.add(store.square("dorp").product_by_id["kaas/k1"], 250)
        one.choose(departure="2026-11-27/vrijdagochtend", place=Place("An", "3981AB", "12"))
        one.place_order(tx.now, version=one.version, number=1, evidence="test")
        store.save(one)
        return one.payment.token

    token = shop.writer.call(with_cheese)

    async def browse(page: Page) -> None:
        assert "De winkel moet eerst wegen" in (await page("GET", f"/b/{token}"))[1]
        assert (await page("POST", f"/b/{token}"))[0] == 409

    visit(shop, port, browse)
    assert not mollie.payments
