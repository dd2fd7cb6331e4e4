"""``audit``, ``outbox`` and ``inbox`` on real databases with something wrong in them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot import audit, auditor
from bot.cli import main
from bot.clock import Clock
from bot.settings import Settings
from bot.squares import load_square
from bot.store import catalogue, stockbook
from bot.store import tables as t
from bot.store.database import Database
from bot.store.repository import Repository
from bot.wiring import App, build
from notifications.messages import Inbound
from orders.ports import Invitation
from tests.bot.databases import database, database_url
from tests.bot.store.conftest import NOW, Open, kept, opened
from tests.bot.store.test_orders import placed

__all__ = ["database", "database_url", "kept", "opened"]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def shop(database_url: str) -> Iterator[App]:
    """A village with people in it and one placed order, played by hand over the terminal's door."""
    from bot.channels.terminal import Terminal
    from bot.commands.chat import address
    from bot.store.invitations import grant
    from bot.store.tx import AddressRow, Tx

    clock = Clock(MONDAY)
    app = build(Settings(database=database_url), clock, channels={"terminal": Terminal()}, squares=[load_square("bunnik")])
    app.start()

    def enter(tx: Tx) -> None:
        for name, role, shop in (("bas", "shopkeeper", "bakker"), ("zus", "shopkeeper", "zuivel"), ("anja", "coordinator", "")):
            person = tx.new_person(name)
            tx.flush_person(person)
            tx.conversation(person.id).square = "bunnik"
            tx.pending.conversations.add(person.id)
            tx.put_address(AddressRow(address(name), person.id, "", None, None, tx.now))
            grant(tx.conn, Invitation("bunnik", role, shop, name), person.id, tx.now)

    app.writer.call(enter)
    for at, line in enumerate(("hallo", "2 halfvolle melk en 6 krentenbollen voor vrijdag", "Dorpsstraat 12, 3981 AB")):
        app.handle_now(Inbound(f"an{at}", address("an"), clock.now(), text=line, name="An"))
    app.handle_now(Inbound("an9", address("an"), clock.now(), text="Bestellen en betalen", name="An"))
    for one in ("bas", "zus"):
        app.read_now(Inbound("", address(one), clock.now()))
    yield app
    app.close()


def found(app: App, *, after: timedelta = timedelta()) -> list[str]:
    """Names of the checks that find something."""
    with app.database.read() as conn:
        return sorted({one.check for one in audit.audit(conn, app.clock.now() + after)})


WRONGS = {
    "toestand": update(t.orders).values(status="accepted"),
    "nummer": update(t.orders).values(number=0),
    "bericht": t.outbound.delete().where(t.outbound.c.topic == "shop_alert"),
    "geld": update(t.orders).values(status="cancelled"),
    "terugbetaling": update(t.refund).values(done=False),
    "einde": update(t.outbound).values(state="dropped"),
    "bezorging": update(t.outbound).values(state="queued"),
    "inkomend": update(t.inbound).values(state="aside"),
    "klok": update(t.timer).values(state="aside"),
}


def test_good_books_have_no_rows(shop: App) -> None:
    assert found(shop) == []


@pytest.mark.parametrize("name", sorted(WRONGS))
def test_each_check_finds_its_mistake(shop: App, name: str) -> None:
    with shop.database.write() as conn:
        order = conn.execute(select(t.orders.c.id).where(t.orders.c.status == "placed")).scalar_one()
        paid = {"id": "a1", "order_id": order, "cents": 860, "status": "paid", "refunded_cents": 100, "created_at": MONDAY}
        conn.execute(insert(t.payment_attempt), paid)
        conn.execute(insert(t.refund), {"id": "r1", "order_id": order, "attempt_id": "a1", "cents": 100, "done": True})
    assert found(shop) == []
    with shop.database.write() as conn:
        conn.execute(WRONGS[name])
    late = timedelta(hours=2) if name in ("terugbetaling", "bezorging") else timedelta()
    assert name in found(shop, after=late)


def test_overdue_timers_and_past_rounds_are_found(shop: App) -> None:
    assert "klok" in found(shop, after=timedelta(days=2))
    assert "voorbij" in found(shop, after=timedelta(days=6))


def test_stock_that_does_not_add_up_is_found(database: Database) -> None:
    square = load_square("bunnik")
    with database.write() as conn:
        catalogue.import_square(conn, square)
        p = t.product.c
        conn.execute(update(t.product).where(p.shop == "bakker", p.sku == "b01").values(stock=5))
        stockbook.note(conn, "bunnik", [("bakker", "b01")])
        assert list(stockbook.differences(conn)) == []
        conn.execute(update(t.product).where(p.shop == "bakker", p.sku == "b01").values(stock=4))
        assert [one.product for one in stockbook.differences(conn)] == ["bakker/b01"]


def test_coordinators_hear_of_a_finding_once(shop: App) -> None:
    with shop.database.write() as conn:
        conn.execute(update(t.inbound).where(t.inbound.c.event_id == "an0").values(state="aside"))
    watch = auditor.Watch(shop.database, shop.writer.run, shop.clock.now, settled=timedelta())
    assert [asyncio.run(watch.tick()) for _ in range(3)] == [1, 1, 1]
    with shop.database.read() as conn:
        told = conn.execute(select(t.outbound.c.body).where(t.outbound.c.topic == "coordinator")).scalars().all()
    assert [body for body in told if "controle" in body] == [body for body in told if "staat apart" in body]
    assert len([body for body in told if "staat apart" in body]) == 1


def test_the_audit_holds_up_no_writer_and_sees_one_moment(shop: App) -> None:
    """Inside the writer's transaction it was cut off after two seconds, as a message that never ends: many orders, no audit."""

    def meanwhile() -> None:
        shop.writer.call(lambda tx: tx.conn.execute(WRONGS["inkomend"]))

    with shop.database.snapshot() as conn:
        assert audit.audit(conn, shop.clock.now(), rest=meanwhile) == []
    assert "inkomend" in found(shop)


def test_every_order_of_three_weeks_is_looked_at(opened: Open, database: Database) -> None:
    many = 2 * audit._AT_ONCE + 1
    with opened() as store:
        orders = [placed(Repository(store.tx), f"r{n}") for n in range(many)]

    def not_told() -> set[str]:
        with database.snapshot() as conn:
            return {one.subject.partition(":")[0] for one in audit.audit(conn, NOW, only=["bericht"])}

    assert not_told() == {order.id for order in orders}
    with database.write() as conn:
        old = [order.id for order in orders[:-10]]
        conn.execute(update(t.orders).where(t.orders.c.id.in_(old)).values(placed_at=NOW - timedelta(days=22)))
    assert not_told() == {order.id for order in orders[-10:]}


def test_a_worker_that_stops_waits_for_no_audit(shop: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run below ends only when the audit's thread has."""
    monkeypatch.setattr(auditor, "REST_SECONDS", 3600)
    watch = auditor.Watch(shop.database, shop.writer.run, shop.clock.now, settled=timedelta())

    async def story() -> None:
        looking = asyncio.create_task(watch.tick())
        await asyncio.sleep(0.05)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking

    asyncio.run(story())


def test_the_commands(shop: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DORPSBODE_DATABASE", shop.settings.database)
    with shop.database.write() as conn:
        conn.execute(update(t.inbound).where(t.inbound.c.event_id == "an0").values(state="aside", error="Bang: kapot"))
        conn.execute(update(t.outbound).where(t.outbound.c.topic == "shop_alert").values(state="refused", error="weg"))
        bad = conn.execute(select(t.inbound.c.id).where(t.inbound.c.state == "aside")).scalar_one()
        lost = list(conn.execute(select(t.outbound.c.id).where(t.outbound.c.state == "refused")).scalars())
    assert main(["audit", "--only", "inkomend"]) == 1
    assert f"bericht {bad} staat apart" in capsys.readouterr().out
    assert main(["inbox", "failed"]) == 0
    assert "Bang" in (said := capsys.readouterr().out)
    assert "kapot" not in said  # an error may quote what somebody wrote
    assert "hallo" not in said
    assert main(["inbox", "failed", "--texts"]) == 0
    assert "Bang: kapot" in (said := capsys.readouterr().out)
    assert "hallo" in said
    assert main(["inbox", "retry", str(bad)]) == 0
    assert main(["inbox", "drop", str(bad)]) == 0
    assert main(["inbox", "drop", str(bad)]) == 1
    assert main(["audit", "--only", "inkomend"]) == 0
    assert main(["outbox", "list", "--state", "refused"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(lost) == 2
    assert main(["outbox", "drop", str(lost[0]), "--why", "gebeld"]) == 0
    assert main(["outbox", "retry", str(lost[1])]) == 0
    assert main(["outbox", "retry", "999999"]) == 1
    with shop.database.read() as conn:
        states = dict(conn.execute(select(t.outbound.c.id, t.outbound.c.state)).all())
    assert [states[one] for one in lost] == ["dropped", "queued"]
