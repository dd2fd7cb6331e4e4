"""Timers, quiet hours over both DST nights, leaders, and waking each other across processes."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, text

from bot import outbox
from bot.channels.base import Call
from bot.clock import Clock, Leader, Presence
from bot.outbox import after_quiet
from bot.settings import Settings
from bot.store import tables as t
from bot.store.repository import Repository
from bot.wake import Wake
from bot.wiring import App, build
from catalog.square import AMSTERDAM
from notifications.channel import Outcome, Sent
from notifications.messages import Outbound
from orders.order import Status
from tests.bot.engine.conftest import NOW, Recorder, echo, later, quiet, ring, said
from tests.bot.engine.test_delivery import someone, work
from tests.bot.sample import REGION, VILLAGE
from tests.bot.store.test_orders import placed


def set_timers(app: App, *wanted: tuple[str, str, datetime]) -> None:
    def do(tx: object) -> None:
        store = Repository(tx)  # type: ignore[arg-type]
        for kind, subject, due in wanted:
            store.set_timer(kind, subject, due)

    app.writer.call(do)


def timer_states(app: App) -> dict[tuple[str, str], str]:
    with app.database.read() as conn:
        return {(row.kind, row.subject): row.state for row in conn.execute(select(t.timer))}


def test_a_timer_fires_once_when_it_is_due(app: App, recorder: Recorder, clock: Clock) -> None:
    person = someone(app)
    set_timers(app, ("roep", person, NOW + timedelta(minutes=5)))
    assert asyncio.run(app.timers.fire_due()) == 0
    later(clock, minutes=6)
    assert asyncio.run(app.timers.fire_due()) == 1
    assert asyncio.run(app.timers.fire_due()) == 0
    work(app)
    assert recorder.sent == [("an", "het is tijd: roep")]
    assert timer_states(app) == {("roep", person): "fired"}


def test_a_timer_that_was_moved_fires_at_the_new_time(app: App, clock: Clock) -> None:
    person = someone(app)
    set_timers(app, ("roep", person, NOW + timedelta(minutes=5)))
    set_timers(app, ("roep", person, NOW + timedelta(minutes=50)))
    later(clock, minutes=6)
    assert asyncio.run(app.timers.fire_due()) == 0
    later(clock, minutes=50)
    assert asyncio.run(app.timers.fire_due()) == 1


def test_two_clocks_at_once_fire_each_timer_once(app: App, clock: Clock) -> None:
    person = someone(app)
    set_timers(app, *((f"roep{n}", person, NOW) for n in range(300)))

    async def twice() -> list[int]:
        return list(await asyncio.gather(app.timers.fire_due(), app.timers.fire_due()))

    assert sum(asyncio.run(twice())) == 300


def test_a_timer_that_raises_is_set_aside_and_the_others_fire(app: App, clock: Clock) -> None:
    person = someone(app)
    set_timers(app, ("stuk", person, NOW), ("roep", person, NOW))
    for _ in range(6):
        asyncio.run(app.timers.fire_due())
        later(clock, minutes=5)
    assert timer_states(app) == {("stuk", person): "aside", ("roep", person): "fired"}


def test_ten_thousand_timers_of_one_second_all_fire(app: App) -> None:
    """How long it takes is for ``dorpsbode bench turns`` to say."""
    person = someone(app)
    set_timers(app, *((f"roep{n}", person, NOW) for n in range(10_000)))
    assert asyncio.run(app.timers.fire_due()) == 10_000


def test_timers_of_one_moment_read_together(database_url: str, clock: Clock) -> None:
    """Sixteen residents who did not pay cost no more reading than three: the statements are counted, not the seconds."""
    app = build(Settings(database=database_url), clock, channels={"test": Recorder()}, squares=[REGION, VILLAGE])
    app.start()
    said: list[str] = []
    event.listen(app.database._writer, "before_cursor_execute", lambda *about: said.append(about[2]))

    def owing(store: Repository, person: str) -> str:
        order = placed(store, person)
        order.payment.way, order.status = "online", Status.ACCEPTED
        store.save(order)
        return order.id

    def unpaid(many: int) -> int:
        people = [someone(app, f"{many}-{n}") for n in range(many)]
        ids = app.writer.call(lambda tx: [owing(Repository(tx), person) for person in people])
        set_timers(app, *(("unpaid", one, NOW) for one in ids), *(("bundle", f"dorp|b|{one}", NOW) for one in ids))
        said.clear()
        assert asyncio.run(app.timers.fire_due()) == 2 * many
        return len(said)

    few = unpaid(3)
    assert unpaid(16) == few
    with app.database.read() as conn:
        keys = set(conn.execute(select(t.outbound.c.key)).scalars())
    assert sum(key.endswith(":unpaid") for key in keys) == 19
    app.close()


def test_quiet_hours_end_at_the_wall_clock_s_hour_also_when_the_clock_changes() -> None:
    def ends(day: int, month: int, year: int, hour: int) -> str:
        moment = datetime(year, month, day, hour, tzinfo=AMSTERDAM).astimezone(UTC)
        return after_quiet(moment, 21, 8).astimezone(AMSTERDAM).strftime("%d %H:%M")

    assert ends(24, 10, 2026, 23) == "25 08:00"  # the night of 25 hours
    assert ends(27, 3, 2027, 23) == "28 08:00"  # the night of 23 hours
    assert ends(28, 3, 2027, 3) == "28 08:00"
    assert ends(28, 3, 2027, 12) == "28 12:00"
    day = after_quiet(datetime(2026, 11, 23, 13, tzinfo=AMSTERDAM), 12, 14)
    assert day == datetime(2026, 11, 23, 14, tzinfo=AMSTERDAM)


def test_one_leads_and_another_follows_when_it_lets_go(app: App) -> None:
    one, two = Leader(app.database), Leader(app.database)
    assert one.leads()
    assert one.leads()
    assert not two.leads()
    one.release()
    assert two.leads()
    two.release()


def test_who_follows_opens_no_connection_for_every_look(app: App) -> None:
    leader, follower, opened = Leader(app.database), Leader(app.database), []
    event.listen(app.database._writer, "connect", lambda *_: opened.append(1))
    assert leader.leads()
    assert not any(follower.leads() for _ in range(20))
    assert len(opened) <= 2
    leader.release()
    assert follower.leads()
    follower.release()


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_leader_whose_connection_was_cut_says_so_and_leads_again_at_the_next_look(app: App) -> None:
    """Found by restarting a real server: letting go raised, so that look saw to nothing else either."""
    leader, pool = Leader(app.database), app.database._writer.pool
    assert leader.leads()
    used = pool.checkedout()  # type: ignore[attr-defined]
    with app.database.write() as conn:
        conn.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()")
        )
    assert not leader.leads()
    assert pool.checkedout() == used - 1  # type: ignore[attr-defined]
    assert leader.leads()
    leader.release()


def test_who_begins_to_lead_does_at_once_what_the_one_before_left(app: App, recorder: Recorder) -> None:
    person, before = someone(app), Leader(app.database)
    assert before.leads()
    app.writer.call(lambda tx: outbox.queue(tx, Outbound("k", person, "hallo", if_unknown="resend")))
    assert app.writer.call(lambda tx: outbox.claim(tx, "a process that died", 1))
    set_timers(app, ("roep", person, NOW))

    async def story() -> None:
        await app._beat()
        assert timer_states(app) == {("roep", person): "waiting"}, "somebody else leads"
        before.release()
        await app._beat()
        assert timer_states(app) == {("roep", person): "fired"}
        await asyncio.gather(*app.delivery._tasks)

    asyncio.run(story())
    app.leader.release()
    work(app)
    assert recorder.sent == [("an", "hallo"), ("an", "het is tijd: roep")]


def test_a_leader_that_was_paused_does_no_harm_when_it_wakes(app: App, recorder: Recorder, clock: Clock) -> None:
    """Row 22. It stood still in the middle of a call for longer than its lease; meanwhile another led and sent that bubble."""
    person, paused, other = someone(app), asyncio.Event(), Recorder()
    successor = build(app.settings, clock, converse=echo, announce=quiet, fire=ring, channels={"test": other})
    successor.delivery.ask_after = app.delivery.ask_after = 0.01

    async def stand_still(calls: list[Call], key: str) -> Outcome:
        await paused.wait()
        return Sent("from the one that slept")

    async def story() -> None:
        app.writer.call(lambda tx: outbox.queue(tx, Outbound("k", person, "hallo", if_unknown="resend")))
        sleeping = asyncio.create_task(app.delivery.run())
        while not app.delivery._tasks:
            await asyncio.sleep(0.01)
        set_timers(app, *((f"roep{n}", person, NOW) for n in range(50)))
        later(clock, seconds=60)
        assert await successor.delivery.rescue() == 1
        delivering = asyncio.create_task(successor.delivery.run())
        while not other.sent:
            await asyncio.sleep(0.01)
        paused.set()  # it wakes and does not know that it leads no more
        fired = await asyncio.gather(app.timers.fire_due(), successor.timers.fire_due(), app.delivery.rescue())
        assert sum(fired[:2]) == 50
        for one in (app, successor):
            one.delivery.stop()
        await asyncio.gather(sleeping, delivering)

    recorder.send = stand_still  # type: ignore[method-assign]
    successor.start()
    try:
        asyncio.run(asyncio.wait_for(story(), 30))
    finally:
        successor.close()
    with app.database.read() as conn:
        row = conn.execute(select(t.outbound).where(t.outbound.c.key == "k")).one()
    assert (row.state, row.provider_id) == ("sent", "id-k"), "what the successor did stands"
    assert other.sent.count(("an", "hallo")) == 1


def test_a_process_is_alive_as_long_as_it_shows_itself(app: App) -> None:
    one, two = Presence(app.database, "one"), Presence(app.database, "two")
    assert one.leads()

    def alive(seen_by: Presence, owner: str) -> bool:
        with app.database.read() as conn:
            return seen_by.is_alive(owner, conn)

    assert alive(two, "one")
    assert not alive(one, "two")
    one.release()
    assert not alive(two, "one")


def test_what_another_process_queues_is_noticed(app: App) -> None:
    woken = []

    async def story() -> float:
        wake = Wake(app.database, lambda: woken.append(time.perf_counter()))
        wake.listen(asyncio.get_running_loop())
        await asyncio.sleep(0.3)
        woken.clear()
        began = time.perf_counter()
        await app.inbox.take(said("hallo"))  # app's own Wake is not listening: this one is another process
        while not woken and time.perf_counter() - began < 5:
            await asyncio.sleep(0.002)
        await wake.stop()
        return woken[0] - began

    assert asyncio.run(story()) < 2  # measured: 0.03 on an idle machine


def test_the_clock_can_be_moved_and_set() -> None:
    clock = Clock(NOW)
    clock.move(timedelta(hours=1))
    assert clock.now() == NOW + timedelta(hours=1)
    clock.set(NOW)
    assert clock() == NOW
    running = Clock()
    running.set(NOW)
    assert NOW <= running.now() < NOW + timedelta(seconds=5)
