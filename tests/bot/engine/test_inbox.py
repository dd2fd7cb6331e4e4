"""Taking in: once, in order, and a message that cannot be handled stops nobody."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import select

from bot.clock import Clock
from bot.store import tables as t
from bot.store.tx import Tx
from bot.wiring import App
from tests.bot.engine.conftest import Recorder, later, said


def rows(app: App, table: Any) -> list[Any]:
    with app.database.read() as conn:
        return list(conn.execute(select(table).order_by(*table.primary_key)))


def bodies(app: App) -> list[str]:
    with app.database.read() as conn:
        return list(conn.execute(select(t.outbound.c.body).order_by(t.outbound.c.id)).scalars())


def test_a_message_is_answered_and_kept(app: App) -> None:
    assert [parcel.body for parcel in app.handle_now(said("hallo"))] == ["u zei: hallo"]
    assert [(row.channel, row.event_id, row.state) for row in rows(app, t.inbound)] == [("test", "1", "done")]
    assert [row.name for row in rows(app, t.address)] == ["An"]


def test_a_redelivered_message_changes_nothing(app: App) -> None:
    assert app.inbox.take_now(said("hallo")) == "done"
    assert app.inbox.take_now(said("hallo")) == "seen"
    assert bodies(app) == ["u zei: hallo"]


def test_twenty_deliveries_at_once_are_one(app: App) -> None:
    async def all_at_once() -> list[str]:
        return list(await asyncio.gather(*(app.inbox.take(said("hallo")) for _ in range(20))))

    assert sorted(asyncio.run(all_at_once())) == ["done"] + ["seen"] * 19
    assert bodies(app) == ["u zei: hallo"]


def test_one_person_is_answered_in_order(app: App) -> None:
    async def many() -> None:
        await asyncio.gather(*(app.inbox.take(said(str(n), str(n))) for n in range(50)))

    asyncio.run(many())
    assert bodies(app) == [f"u zei: {n}" for n in range(50)]


def test_a_message_that_cannot_be_handled_takes_nobody_with_it(app: App) -> None:
    async def many() -> list[str]:
        texts = ["een", "twee", "stuk", "vier", "vijf"]
        return list(await asyncio.gather(*(app.inbox.take(said(x, str(n), f"p{n}")) for n, x in enumerate(texts))))

    assert asyncio.run(many()) == ["done", "done", "failed", "done", "done"]
    assert bodies(app) == ["u zei: een", "u zei: twee", "u zei: vier", "u zei: vijf"]


def test_what_follows_a_failed_message_waits_and_then_is_answered(app: App, clock: Clock) -> None:
    assert app.inbox.take_now(said("stuk", "1")) == "failed"
    assert app.inbox.take_now(said("daarna", "2")) == "waiting"
    assert app.inbox.take_now(said("ander", "3", "bo")) == "done"
    for seconds in (3, 10, 40, 150):
        later(clock, seconds=seconds)
        asyncio.run(app.inbox.retry_due())
    assert bodies(app)[0] == "u zei: ander"
    assert bodies(app)[1].startswith("Er ging iets mis bij ons.")
    assert bodies(app)[2:] == ["u zei: daarna"]
    assert [(row.event_id, row.state, row.attempts) for row in rows(app, t.inbound)] == [
        ("1", "aside", 5), ("2", "done", 0), ("3", "done", 0),
    ]  # fmt: skip


def test_a_button_is_resolved_and_goes_stale(app: App) -> None:
    first = app.handle_now(said("vraag", "1"))[0]
    assert len(first.tokens) == 2
    assert app.handle_now(said("", "2", choice=first.tokens[1]))[0].body == "u zei: no"
    assert app.handle_now(said("", "3", choice=first.tokens[0]))[0].body == "u zei: stale True"


def test_a_button_of_somebody_else_is_stale(app: App) -> None:
    first = app.handle_now(said("vraag", "1"))[0]
    assert app.handle_now(said("", "2", "bo", choice=first.tokens[0]))[0].body == "u zei: stale True"
    assert app.handle_now(said("", "3", "bo", choice="made.up"))[0].body == "u zei: stale True"


def test_nothing_of_a_turn_stands_when_its_commit_fails(app: App) -> None:
    def fails(tx: Tx) -> None:
        app.turns.receive(tx, said("hallo"))
        tx.flush()
        raise KeyboardInterrupt

    try:
        with app.database.write() as conn:
            fails(Tx(conn, app.clock.now(), app.writer.kept, app.writer.new_id))
    except KeyboardInterrupt:
        pass
    assert rows(app, t.inbound) == []
    assert app.inbox.take_now(said("hallo")) == "done"
    assert bodies(app) == ["u zei: hallo"]


def test_a_delivery_is_sent_and_marked(app: App, recorder: Recorder) -> None:
    async def story() -> None:
        async with app.worker():
            await app.inbox.take(said("hallo"))
            await app.delivery.drain()

    asyncio.run(story())
    assert recorder.sent == [("an", "u zei: hallo")]
    assert [(row.state, row.provider_id) for row in rows(app, t.outbound)] == [("sent", "id-test:1:reply")]


def test_a_message_that_never_ends_is_set_aside_and_the_others_are_answered(app: App) -> None:
    app.writer.watchdog.limit = 0.3

    async def many() -> list[str]:
        texts = ["een", "lus", "drie"]
        return list(await asyncio.gather(*(app.inbox.take(said(x, str(n), f"p{n}")) for n, x in enumerate(texts))))

    assert asyncio.run(many()) == ["done", "failed", "done"]
    assert [row.state for row in rows(app, t.inbound)] == ["done", "aside", "done"]
    assert sorted(bodies(app)) == ["Er ging iets mis bij ons. Uw bericht is bewaard. Typ BEL MIJ, dan belt iemand u. "
                                   "U mag het ook nog eens anders typen.", "u zei: drie", "u zei: een"]  # fmt: skip
