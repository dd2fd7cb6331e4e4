"""Deliveries: every way one can end, in order per recipient, and what a dead process leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot import mollie, outbox
from bot.channels import transport
from bot.channels.base import Call
from bot.clock import Clock
from bot.settings import Settings
from bot.store import invitations
from bot.store import tables as t
from bot.store.tx import Tx
from bot.wiring import App, build
from notifications.channel import Later, Outcome, Refused, Unknown
from notifications.messages import Address, Choice, Inbound, Outbound, StatusReport
from orders.ports import Invitation
from tests.bot.engine.conftest import NOW, Recorder, echo, later, quiet, ring, said


def states(app: App) -> list[tuple[str, str]]:
    with app.database.read() as conn:
        return [
            (body, state)
            for body, state in conn.execute(select(t.outbound.c.body, t.outbound.c.state).order_by(t.outbound.c.id))
        ]


def row(app: App, key: str) -> Any:
    with app.database.read() as conn:
        return conn.execute(select(t.outbound).where(t.outbound.c.key == key)).one()


def someone(app: App, who: str = "an") -> str:
    """A person who wrote once; returns their id."""
    app.handle_now(said("stil", f"first-{who}", who))
    with app.database.read() as conn:
        return str(conn.execute(select(t.address.c.person).where(t.address.c.id == who)).scalar_one())


def put(app: App, person: str, key: str, body: str = "hallo", **more: Any) -> None:
    app.writer.call(lambda tx: outbox.queue(tx, Outbound(key, person, body, **more)))


def coordinator(app: App) -> str:
    """Someone who coordinates the square of everybody in these tests."""
    person = someone(app, "coor")

    def grant(tx: Tx) -> None:
        invitations.grant(tx.conn, Invitation("dorp", "coordinator"), person, tx.now)
        for one in tx.conn.execute(select(t.person.c.id)).scalars().all():
            tx.conversation(one).square = "dorp"
            tx.pending.conversations.add(one)

    app.writer.call(grant)
    return person


def work(app: App, do: Callable[[], Awaitable[None]] | None = None) -> None:
    """Let the worker run until the outbox is empty."""

    async def story() -> None:
        async with app.worker():
            if do is not None:
                await do()
            await app.delivery.drain(15)

    asyncio.run(story())


def test_one_recipient_gets_everything_in_order(app: App, recorder: Recorder) -> None:
    people = [someone(app, f"p{n}") for n in range(5)]
    for n in range(10):
        for place, person in enumerate(people):
            put(app, person, f"{place}-{n}", f"{n}")
    work(app)
    for place in range(5):
        assert [body for to, body in recorder.sent if to == f"p{place}"] == [str(n) for n in range(10)]


def test_what_waits_for_its_lane_costs_no_looking(app: App, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that answers slowly: what waits behind that call is looked for when it ends, not 200 times a second."""
    person, send = someone(app), recorder.send
    put(app, person, "a", "een")
    put(app, person, "b", "twee")

    async def slowly(calls: list[Call], key: str) -> Outcome:
        app.delivery.wake()  # as whatever else is queued meanwhile does
        await asyncio.sleep(0.4)
        return await send(calls, key)

    async def deliver() -> None:
        running = asyncio.create_task(app.delivery.run())
        while len(recorder.sent) < 2:
            await asyncio.sleep(0.01)
        app.delivery.stop()
        await running

    monkeypatch.setattr(recorder, "send", slowly)
    before = app.writer.stats.jobs
    asyncio.run(deliver())
    assert [body for _, body in recorder.sent] == ["een", "twee"]
    assert app.writer.stats.jobs - before < 20


def test_a_platform_that_never_answers_keeps_no_other_waiting(database_url: str, clock: Clock) -> None:
    """Row 17: sixty chats of one platform hang; whoever is on the other one is answered meanwhile, every time."""
    hanging, quick = Recorder("hanging"), Recorder("quick")
    app = build(Settings(database=database_url), clock, converse=echo, announce=quiet, fire=ring,
                channels={"hanging": hanging, "quick": quick})  # fmt: skip
    over = asyncio.Event()

    async def hang(calls: list[Call], key: str) -> Outcome:
        await over.wait()
        return Unknown("never answered")

    async def story() -> None:
        app.wake.listen(asyncio.get_running_loop())
        running = asyncio.create_task(app.delivery.run())
        for n in range(3):
            people = [Address("hanging", f"{who}") for who in range(60)] + [Address("quick", f"{who}") for who in range(20)]
            await asyncio.gather(*(app.inbox.take(Inbound(f"{n}-{one.id}", one, NOW, "text", "hallo")) for one in people))
            while len(quick.sent) < 20 * (n + 1):
                await asyncio.sleep(0.01)
        assert 0 < app.delivery._busy["hanging"] <= 40
        over.set()
        app.delivery.stop()
        await running
        await app.wake.stop()

    hanging.send = hang  # type: ignore[method-assign]
    app.start()
    try:
        asyncio.run(asyncio.wait_for(story(), 30))
    finally:
        app.close()
    assert len(quick.sent) == 60
    assert hanging.sent == []


def test_no_call_to_a_platform_lasts_longer_than_ten_seconds() -> None:
    assert transport.CONNECT_SECONDS + transport.READ_SECONDS <= 10
    assert sum(mollie.TIMEOUT) <= 10


def test_the_same_key_is_queued_once(app: App, recorder: Recorder) -> None:
    person = someone(app)
    put(app, person, "k", "een")
    put(app, person, "k", "twee")
    work(app)
    assert recorder.sent == [("an", "een")]


def test_later_is_tried_again_and_keeps_the_order(app: App, recorder: Recorder, clock: Clock) -> None:
    person = someone(app)
    recorder.ends = [Later(0.05, "429")]
    put(app, person, "a", "een")
    put(app, person, "b", "twee")

    async def pass_time() -> None:
        while not recorder.sent:
            later(clock, seconds=0.1)
            await asyncio.sleep(0.02)

    work(app, pass_time)
    assert recorder.sent == [("an", "een"), ("an", "twee")]
    assert row(app, "a").tries == 2


def test_a_refusal_is_final_and_told_when_it_concerns_an_order(app: App, recorder: Recorder) -> None:
    person = someone(app)
    coordinator(app)
    recorder.ends = [Refused("400")]
    put(app, person, "a", "uw bestelling", topic="order_changed", order_id="o1")
    work(app)
    assert states(app)[0] == ("uw bestelling", "refused")
    assert [to for to, body in recorder.sent] == ["coor"]
    assert "kwam niet aan" in recorder.sent[0][1]


def test_someone_who_blocked_us_is_remembered_and_reached_elsewhere(app: App, recorder: Recorder) -> None:
    person = someone(app)
    app.inbox.take_now(
        Inbound("x", Address("test", "an-2"), NOW - timedelta(hours=1), "text", "stil", aliases=(Address("test", "an"),))
    )
    recorder.ends = [Refused("403", gone=True)]
    put(app, person, "a", "hallo")
    work(app)
    assert recorder.sent == [("an-2", "hallo")]
    put(app, person, "b", "nog iets")
    work(app)
    assert recorder.sent[-1] == ("an-2", "nog iets")
    app.handle_now(said("stil", "back"))
    put(app, person, "c", "welkom terug")
    work(app)
    assert recorder.sent[-1] == ("an", "welkom terug")


@pytest.mark.parametrize(("policy", "times"), [("resend", 1), ("drop", 0)])
def test_a_lost_answer_follows_the_message_s_own_policy(app: App, recorder: Recorder, policy: str, times: int) -> None:
    person = someone(app)
    recorder.ends = [Unknown("timeout")]
    put(app, person, "a", "hallo", if_unknown=policy)
    work(app)
    assert recorder.sent == [("an", "hallo")] * times
    assert row(app, "a").state == ("sent" if times else "unknown")


def test_what_is_lost_twice_is_not_sent_a_third_time(app: App, recorder: Recorder) -> None:
    recorder.ends = [Unknown("timeout"), RuntimeError("boom")]
    put(app, someone(app), "a", "hallo", if_unknown="resend")
    work(app)
    assert (recorder.sent, row(app, "a").state) == ([], "unknown")


def test_where_the_platform_can_be_asked_it_is_asked(app: App, recorder: Recorder) -> None:
    recorder.ends = [Unknown("timeout")]
    recorder.found = {"a": "SM1"}
    put(app, someone(app), "a", "hallo")
    work(app)
    assert (row(app, "a").state, row(app, "a").provider_id, recorder.sent) == ("sent", "SM1", [])


def test_what_a_dead_process_left_is_taken_up(app: App, recorder: Recorder) -> None:
    put(app, someone(app), "a", "een", if_unknown="resend")
    assert app.writer.call(lambda tx: len(outbox.claim(tx, "dead-process", 5))) == 1
    assert row(app, "a").state == "sending"

    async def wait() -> None:
        while not recorder.sent:
            await asyncio.sleep(0.02)

    work(app, wait)
    assert recorder.sent == [("an", "een")]


def test_a_claim_is_exclusive(app: App) -> None:
    person = someone(app)
    put(app, person, "a")
    put(app, person, "b")
    first = app.writer.call(lambda tx: outbox.claim(tx, "one", 5))
    assert [one.key for one in first] == ["a"]
    assert app.writer.call(lambda tx: outbox.claim(tx, "two", 5)) == []
    assert app.writer.call(lambda tx: outbox.finish(tx, first[0], "two", "sent")) is False
    assert app.writer.call(lambda tx: outbox.finish(tx, first[0], "one", "sent")) is True
    assert [one.key for one in app.writer.call(lambda tx: outbox.claim(tx, "two", 5))] == ["b"]


def test_a_closed_window_holds_talk_back_until_the_person_writes(app: App, recorder: Recorder, clock: Clock) -> None:
    person = someone(app)
    later(clock, hours=25)
    put(app, person, "a", "antwoord")
    put(app, person, "b", "bericht", topic="order_changed")
    work(app)
    assert states(app) == [("antwoord", "held"), ("bericht", "sent")]
    assert [window for _, window in recorder.parcels] == [False, False]
    app.inbox.take_now(said("stil", "again", at=clock.now()))
    work(app)
    assert recorder.sent[-1] == ("an", "antwoord")


def test_what_waits_for_a_template_leaves_when_it_is_approved(app: App, recorder: Recorder, clock: Clock) -> None:
    person = someone(app)
    later(clock, hours=25)
    recorder.unapproved = True
    put(app, person, "a", "bericht", topic="order_changed")
    work(app, app.delivery.look_again)
    assert states(app) == [("bericht", "held")]
    later(clock, minutes=5)
    recorder.unapproved = False
    work(app, app.delivery.look_again)
    assert states(app) == [("bericht", "sent")]


def test_a_window_that_turned_out_closed_falls_back_to_the_template_once(app: App, recorder: Recorder) -> None:
    person = someone(app)
    put(app, person, "a", "bericht", topic="order_changed")
    work(app)
    failed = StatusReport("id-a", "undelivered", NOW, code=63016)

    async def report() -> None:
        await app.delivery.report("test", failed)

    work(app, report)
    assert recorder.sent == [("an", "bericht")] * 2
    assert [window for _, window in recorder.parcels] == [True, False]
    work(app, report)
    assert row(app, "a").state == "refused"


def test_the_first_look_goes_back_as_far_as_people_may_be_answered(app: App, recorder: Recorder) -> None:
    work(app, app.catch_up)
    work(app, app.catch_up)
    assert min(recorder.looked_since) == NOW - timedelta(hours=24)
    assert recorder.looked_since[-1] == NOW - timedelta(minutes=2)


def test_a_clock_set_back_and_on_again_hides_nothing(app: App, recorder: Recorder, clock: Clock) -> None:
    async def beats() -> None:
        await app.catch_up()
        for minutes in (-5, 50):
            later(clock, minutes=minutes)
            await app._beat()
        await app.catch_up()

    asyncio.run(beats())
    assert recorder.looked_since[-1] == NOW - timedelta(minutes=7)


def test_reports_only_move_forward(app: App) -> None:
    put(app, someone(app), "a", "hallo")
    work(app)

    async def tell(*said_: StatusReport) -> None:
        for one in said_:
            await app.delivery.report("test", one)

    def status(status: Any, code: int | None = None) -> StatusReport:
        return StatusReport("id-a", status, NOW, code=code)

    asyncio.run(tell(status("delivered"), status("sent"), status("queued")))
    assert row(app, "a").status == "delivered"
    asyncio.run(tell(status("read"), status("delivered"), StatusReport("nobody", "read", NOW)))
    assert row(app, "a").status == "read"


def test_a_report_that_comes_before_the_answer_settles_a_lost_call(app: App, recorder: Recorder) -> None:
    put(app, someone(app), "a", "hallo")
    claimed = app.writer.call(lambda tx: outbox.claim(tx, "dead", 1))
    asyncio.run(app.delivery.report("test", StatusReport("SM9", "delivered", NOW, key="a")))
    assert (row(app, "a").state, row(app, "a").provider_id) == ("sent", "SM9")
    assert app.writer.call(lambda tx: outbox.finish(tx, claimed[0], "dead", "unknown")) is False


def test_quiet_messages_wait_for_the_morning_and_hold_nobody_up(app: App, recorder: Recorder, clock: Clock) -> None:
    from tests.bot.sample import REGION, VILLAGE

    app.import_square(REGION)
    app.import_square(VILLAGE)
    person = someone(app)
    coordinator(app)
    clock.set(NOW.replace(hour=22))  # 23.00 in the village
    app.handle_now(said("stil", "awake", at=clock.now()))
    put(app, person, "a", "rustig", quiet=True, topic="order_accepted")
    put(app, person, "b", "meteen")
    work(app)
    assert recorder.sent == [("an", "meteen")]
    later(clock, hours=9)
    work(app)
    assert recorder.sent == [("an", "meteen"), ("an", "rustig")]


def test_after_stop_only_the_answer_is_sent(app: App, recorder: Recorder) -> None:
    person = someone(app)

    def stop(tx: Tx) -> None:
        tx.person(person).opted_out = True
        tx.put_person(tx.person(person))

    app.writer.call(stop)
    put(app, person, "a", "nieuws")
    app.inbox.take_now(said("hallo", "9"))
    work(app)
    assert recorder.sent == [("an", "u zei: hallo")]
    assert states(app)[0] == ("nieuws", "dropped")


def test_buttons_carry_tokens_that_the_next_turn_knows(app: App, recorder: Recorder) -> None:
    put(app, someone(app), "a", "kies", choices=(Choice("Ja", "order:yes"), Choice("Nee", "order:no")))
    work(app)
    token = recorder.parcels[0][0].tokens[1]
    assert app.handle_now(said("", "tap", choice=token))[0].body == "u zei: order:no"
    assert app.handle_now(said("", "tap2", choice=token))[0].body == "u zei: order:no"


def test_a_person_without_any_address_is_noted_not_lost_in_silence(app: App) -> None:
    person = someone(app)

    def gone(tx: Tx) -> None:
        tx.conn.execute(update(t.address).values(gone=tx.now))

    app.writer.call(gone)
    put(app, person, "a")
    assert (row(app, "a").state, row(app, "a").error) == ("refused", "geen bereikbaar adres")
