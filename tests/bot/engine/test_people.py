"""Who is who: addresses, aliases, numbers that were handed out again; and forgetting what need not be kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import func, select

from bot import logs, retention
from bot.clock import Clock
from bot.store import tables as t
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import App
from notifications.messages import Address, Inbound
from orders.lines import Place
from orders.ports import Person
from tests.bot.engine.conftest import NOW, later, said

PHONE, USERNAME = Address("whatsapp", "+31612345678"), Address("whatsapp", "NL.abc123")


def hears(app: App, number: int, sender: Address, *aliases: Address, name: str = "An", clock: Clock | None = None) -> str:
    """Someone writes; returns which person that is."""
    at = clock.now() if clock else NOW
    app.inbox.take_now(Inbound(f"e{number}", sender, at, "text", "stil", name=name, aliases=aliases))
    with app.database.read() as conn:
        return str(
            conn.execute(
                select(t.address.c.person).where(t.address.c.id == sender.id, t.address.c.channel == sender.channel)
            ).scalar_one()
        )


def person(app: App, person_id: str) -> Person:
    return app.writer.call(lambda tx: tx.person(person_id))


def lives_somewhere(app: App, person_id: str) -> None:
    def settle(tx: Tx) -> None:
        tx.person(person_id).place = Place("An", "3981AB", "12")
        tx.put_person(tx.person(person_id))

    app.writer.call(settle)


def test_a_phone_and_a_username_are_one_person(app: App) -> None:
    first = hears(app, 1, PHONE)
    assert hears(app, 2, PHONE, USERNAME) == first
    assert hears(app, 3, USERNAME) == first
    assert hears(app, 4, Address("whatsapp", "NL.other"), PHONE) == first
    assert hears(app, 5, Address("whatsapp", "+31600000000")) != first
    assert hears(app, 6, Address("telegram", "+31612345678")) != first


def test_an_alias_that_is_somebody_else_s_stays_theirs(app: App) -> None:
    an, bo = hears(app, 1, PHONE), hears(app, 2, USERNAME)
    assert an != bo
    assert hears(app, 3, PHONE, USERNAME) == an
    assert hears(app, 4, USERNAME) == bo


def test_a_silent_number_with_a_stored_door_is_asked_first(app: App, clock: Clock) -> None:
    an = hears(app, 1, PHONE)
    lives_somewhere(app, an)
    later(clock, days=44)
    hears(app, 2, PHONE, clock=clock)
    assert not person(app, an).verify
    later(clock, days=46)
    hears(app, 3, PHONE, clock=clock)
    assert person(app, an).verify


def test_another_name_or_another_account_on_a_known_number_is_asked_first(app: App) -> None:
    an = hears(app, 1, PHONE, USERNAME)
    lives_somewhere(app, an)
    hears(app, 2, PHONE, name="Kees")
    assert person(app, an).verify
    bo = hears(app, 3, Address("whatsapp", "+31687654321"), Address("whatsapp", "NL.bo"))
    assert not person(app, bo).verify
    hears(app, 4, Address("whatsapp", "+31687654321"), Address("whatsapp", "NL.stranger"))
    assert person(app, bo).verify


def test_two_first_messages_at_once_make_one_person(app: App) -> None:
    async def both() -> None:
        await asyncio.gather(*(app.inbox.take(said("stil", str(n), "new")) for n in range(10)))

    asyncio.run(both())
    with app.database.read() as conn:
        assert conn.execute(select(func.count()).select_from(t.person)).scalar_one() == 1


def test_what_is_old_is_forgotten_and_what_is_needed_stays(app: App, clock: Clock) -> None:
    app.handle_now(said("mijn geheim", "1"))
    with app.database.read() as conn:
        an = str(conn.execute(select(t.person.c.id)).scalar_one())
    lives_somewhere(app, an)

    def basket(tx: Tx) -> None:
        store = Repository(tx)
        store.save(store.draft(an, "dorp"))
        store.set_timer("roep", an, tx.now)

    app.writer.call(basket)
    asyncio.run(app.timers.fire_due())
    assert not any(app.writer.call(retention.forget).values())
    later(clock, days=31)
    first = app.writer.call(retention.forget)
    assert (first["inbound"], first["outbound"], first["timers"], first["baskets"], first["doors"]) == (1, 1, 1, 1, 0)
    assert not any(app.writer.call(retention.forget).values())
    assert app.inbox.take_now(said("mijn geheim", "1")) == "seen"
    later(clock, days=60)
    assert app.writer.call(retention.forget)["doors"] == 1
    assert person(app, an).place is None
    with app.database.read() as conn:
        dump = str([conn.execute(select(table)).all() for table in t.metadata.sorted_tables])
    assert "geheim" not in dump
    assert "3981AB" not in dump


def test_forgetting_happens_once_a_day(app: App, clock: Clock) -> None:
    asyncio.run(app.forget_daily())
    with app.database.read() as conn:
        first = conn.execute(select(t.mark.c.at).where(t.mark.c.name == "forgot")).scalar_one()
    later(clock, hours=1)
    asyncio.run(app.forget_daily())
    with app.database.read() as conn:
        assert conn.execute(select(t.mark.c.at).where(t.mark.c.name == "forgot")).scalar_one() == first


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    """Logging is left as it was found."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = before


def test_logs_hold_no_texts_no_numbers_and_no_secrets(
    app: App, logging_as_it_was: None, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(["hunter2-hunter2"], json=True)
    whatsapp = Inbound("e1", PHONE, NOW, "text", "stuk")
    app.inbox.take_now(whatsapp)
    log = structlog.get_logger("test")
    log.warning("call", to="whatsapp:+31612345678", url="https://api/bothunter2-hunter2/send", said="een\nregel")
    logging.getLogger("other").warning("number %s and %s", "31612345678", "hunter2-hunter2")
    text = capfd.readouterr().err
    assert "turn_failed" in text
    assert "planned" not in text
    assert "612345678" not in text
    assert "hunter2" not in text
    assert "een regel" in text
