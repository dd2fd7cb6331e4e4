"""Limits: an abuser is slowed down and heard later, a village on Friday notices nothing, and money runs out for nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import Clock
from bot.limits import ENOUGH, SLOW, Budget, Limits, Pages
from bot.settings import Settings, read_settings
from bot.store import tables as t
from bot.store.invitations import MOST_GUESSES, invite
from bot.wiring import App, build
from notifications.messages import Outbound
from orders.ports import Invitation
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, Recorder, echo, quiet, ring, said

__all__ = ["database_url"]


@pytest.fixture
def app(database_url: str) -> Iterator[App]:
    """An echo that reads ten messages a minute of each person."""
    settings = Settings(database=database_url, messages_per_minute=10, whatsapp_per_day=5)
    made = build(settings, Clock(NOW), converse=echo, announce=quiet, fire=ring, channels={"test": Recorder()})
    made.start()
    yield made
    made.close()


def states(app: App) -> dict[str, int]:
    with app.database.read() as conn:
        return dict(conn.execute(select(t.inbound.c.state, func.count()).group_by(t.inbound.c.state)).tuples().all())


def bodies(app: App, who: str = "an") -> list[str]:
    with app.database.read() as conn:
        o = t.outbound.c
        return list(conn.execute(select(o.body).where(o.address == who).order_by(o.id)).scalars())


def test_a_flood_waits_its_turn_and_is_told_so_once(app: App) -> None:
    for number in range(30):
        app.inbox.take_now(said(f"m{number}", str(number)))
    assert states(app) == {"done": 10, "waiting": 20}
    assert bodies(app).count(SLOW) == 1
    assert [one for one in bodies(app) if one != SLOW] == [f"u zei: m{n}" for n in range(10)]


def test_what_waited_is_read_in_order_and_at_the_pace(app: App) -> None:
    for number in range(30):
        app.inbox.take_now(said(f"m{number}", str(number)))
    app.clock.move(timedelta(seconds=61))
    asyncio.run(app.inbox.retry_due())
    assert states(app) == {"done": 20, "waiting": 10}
    app.clock.move(timedelta(seconds=61))
    asyncio.run(app.inbox.retry_due())
    assert [one for one in bodies(app) if one != SLOW] == [f"u zei: m{n}" for n in range(30)]


def test_others_do_not_wait(app: App) -> None:
    for number in range(30):
        app.inbox.take_now(said(f"m{number}", f"a{number}"))
    for number in range(8):
        assert app.inbox.take_now(said("hallo", f"b{number}", f"bewoner{number}")) == "done"


def test_a_flood_without_end_is_kept_and_not_read(app: App) -> None:
    for number in range(130):
        app.inbox.take_now(said("x", str(number)))
    with app.database.read() as conn:
        unread = conn.execute(select(func.count()).where(t.inbound.c.error.like("te veel%"))).scalar_one()
        assert conn.execute(select(func.count()).select_from(t.inbound)).scalar_one() == 130
    assert unread == 20
    assert bodies(app).count(SLOW) == 1


def test_a_village_on_friday_notices_nothing() -> None:
    """2,000 residents, 300 orders of eight messages within the hour, a baker who answers all of them in ten minutes."""
    settings = read_settings({})
    limits = Limits(settings.messages_per_minute, settings.square_per_minute)
    for second in range(3600):
        for person in range(300):
            if (second + person * 12) % 450 == 0:
                assert limits.wait(f"p{person}", "dorp", has_role=False, now=NOW + timedelta(seconds=second)) == timedelta(0)
    for tap in range(300):
        now = NOW + timedelta(seconds=3600 + tap * 2)
        assert limits.wait("bas", "dorp", has_role=True, now=now) == timedelta(0)


def test_many_accounts_on_one_square_are_slowed_and_its_shops_are_not() -> None:
    limits = Limits(60, 100)
    waits = [limits.wait(f"bot{n}", "dorp", has_role=False, now=NOW) for n in range(200)]
    assert waits[:100] == [timedelta(0)] * 100
    assert all(one and one > timedelta(0) for one in waits[100:])
    assert limits.wait("bas", "dorp", has_role=True, now=NOW) == timedelta(0)
    assert limits.wait("els", "elders", has_role=False, now=NOW) == timedelta(0)


def test_beyond_the_budget_only_notices_leave(app: App) -> None:
    recorder = app.channels["test"]

    async def deliver() -> None:
        async with app.worker():
            await app.delivery.drain()

    for number in range(9):
        app.inbox.take_now(said(f"m{number}", str(number)))
    with app.database.read() as conn:
        person = conn.execute(select(t.person.c.id)).scalar_one()
    from bot import outbox

    app.writer.call(
        lambda tx: outbox.queue(tx, Outbound("notice", person, "Uw bestelling komt eraan", topic="order_on_the_way"))
    )
    asyncio.run(deliver())
    sent = [body for _, body in recorder.sent]  # type: ignore[attr-defined]
    assert sent == [*(f"u zei: m{n}" for n in range(5)), ENOUGH, "Uw bestelling komt eraan"]


def test_the_budget_begins_anew_each_day() -> None:
    budget = Budget(2)
    assert [budget.spend("an", 1, NOW, of_talk=True) for _ in range(4)] == [0, 0, 1, 2]
    assert budget.spend("an", 1, NOW, of_talk=False) == 0
    assert budget.spend("bert", 1, NOW, of_talk=True) == 0
    assert budget.spend("an", 1, NOW + timedelta(days=1), of_talk=True) == 0


def test_codes_cannot_be_guessed_for_ever(database_url: str) -> None:
    from tests.bot.sample import VILLAGE
    from tests.security.test_roles_after_silence import Phones

    clock = Clock(NOW)
    app = build(Settings(database=database_url), clock, channels={}, squares=[replace(VILLAGE, regions=())])
    app.start()
    phones = Phones(app, clock)
    for number in range(MOST_GUESSES):
        assert "werkt niet (meer)" in phones.says("eva", f"ABCD-EFGH-{number:04d}".replace("0", "X").replace("1", "Y"))
    with app.database.write() as conn:
        code = invite(conn, Invitation("dorp", "coordinator"), clock.now())
    spelled = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert "werkt niet (meer)" in phones.says("eva", spelled)
    clock.move(timedelta(minutes=61))
    assert "coördinator" in phones.says("eva", spelled)
    app.close()


def test_pages_are_for_a_village() -> None:
    seconds = iter([0.0] * 300 + [10.0] * 10)
    pages = Pages(seconds=lambda: next(seconds))
    assert [pages.may() for _ in range(300)] == [True] * 200 + [False] * 100
    assert pages.may()
