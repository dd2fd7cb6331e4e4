"""Orders, runs, people and invitations: what was saved is what is read, and nobody's change is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.store import invitations
from bot.store.catalogue import Kept
from bot.store.database import Database
from bot.store.orders import Stale
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import new_id
from orders.lines import Place
from orders.order import FIRST_NUMBER, Order, Status
from orders.payment import Attempt
from orders.ports import Invitation, Person
from orders.run import Run, Stop
from tests.bot.store.conftest import NOW, Open


def a_draft(store: Repository, who: str = "an") -> Order:
    order = store.draft(who, "dorp")
    order.add(store.square("dorp").product_by_id["bakker/b2"], 2, options=("gesneden",), said="2 brood")
    order.add(store.square("dorp").product_by_id["kaas/k1"], 250)
    order.add(store.square("dorp").product_by_id["boer/ei"], 1)
    return order


def placed(store: Repository, who: str = "an") -> Order:
    order = a_draft(store, who)
    order.choose(departure="2026-11-27/vrijdagochtend", place=Place("An", "3981AB", "12"))
    order.place_order(NOW, version=order.version, number=store.next_number("dorp"), evidence="test")
    store.save(order)
    return order


def test_an_order_comes_back_whole(opened: Open) -> None:
    with opened() as store:
        order = placed(store)
        order.payment.attempts.append(Attempt("a1", 500, NOW, "paid", "tr_1", "https://pay"))
        order.payment.give_back(100, "uitverkocht", "r")
        order.accept("kaas", ready_at=NOW + timedelta(minutes=20))
        order.events.clear()
        store.save(order)
    with opened() as store:
        assert store.order(order.id) == order
        assert store.order_by_token(order.payment.token) is store.order(order.id)
        assert store.order(order.id).number == FIRST_NUMBER


def test_a_draft_is_one_object_and_one_row(opened: Open) -> None:
    with opened() as store:
        order = a_draft(store)
        assert store.draft("an", "dorp") is order
        store.save(order)
        order.remove(2)
        store.save(order)
    with opened() as store:
        again = store.draft("an", "dorp")
        assert again.id == order.id
        assert [(line.number, line.product_id) for line in again.lines] == [(1, "bakker/b2"), (2, "boer/ei")]
        assert store.draft("bo", "dorp").id != order.id


def test_a_draft_that_was_not_saved_leaves_nothing(opened: Open) -> None:
    with opened() as store:
        order = store.draft("an", "dorp")
    with opened() as store, pytest.raises(LookupError):
        store.order(order.id)


def test_after_placing_a_new_draft_begins(opened: Open) -> None:
    with opened() as store:
        order = placed(store)
        assert store.draft("an", "dorp") is not order
        assert [one.id for one in store.orders_of("an", "dorp")] == [order.id]


def test_two_shopkeepers_who_change_one_product_at_once_lose_neither_change(opened: Open, database: Database) -> None:
    """Row 7. One sets a price and two are sold while the other, who saw nothing of that, says that they are gone."""

    def change(store: Repository, **changes: Any) -> None:
        store.change_product("streek", replace(store.square("streek").product_by_id["boer/ei"], **changes))

    def meanwhile() -> None:
        with database.write() as conn:
            other = Repository(Tx(conn, NOW, Kept(), new_id))
            change(other, price_cents=399)
            assert other.take_stock("streek", "boer/ei", 2)

    if database.is_sqlite:  # one writes at a time: whoever comes second begins when the first is done
        meanwhile()
    with opened() as late:
        assert late.square("streek").product_by_id["boer/ei"].price_cents == (399 if database.is_sqlite else 350)
        if not database.is_sqlite:
            meanwhile()
        change(late, sold_out=True)
    with opened() as store:
        eggs = store.square("streek").product_by_id["boer/ei"]
        assert (eggs.price_cents, eggs.sold_out, eggs.stock) == (399, True, 1)


def test_two_who_change_one_order_do_not_lose_a_change(opened: Open, database: Database) -> None:
    with opened() as store:
        order_id = placed(store).id
    with opened() as first:
        late = first.order(order_id)
    with opened() as second:
        order = second.order(order_id)
        order.accept("bakker")
        second.save(order)
    with opened() as third:
        third._orders[order_id], third._before[order_id] = late, first._before[order_id]  # as if it was read before
        late.accept("kaas")
        with pytest.raises(Stale):
            third.save(late)


def test_orders_are_found_by_departure_and_shop(opened: Open) -> None:
    with opened() as store:
        order = placed(store)
        placed(store, "bo").cancel("resident")
        for one in store.orders_of("bo", "dorp"):
            store.save(one)
    with opened() as store:
        assert [one.id for one in store.orders_in("dorp", order.departure)] == [order.id]
        assert [one.id for one in store.orders_for_shop("dorp", "kaas")] == [order.id]
        assert [one.id for one in store.orders_for_shop("streek", "boer")] == [order.id]
        assert store.orders_for_shop("dorp", "slager") == []
        assert store.crates_in("dorp", order.departure) == 1


def test_numbers_follow_each_other_per_square(opened: Open) -> None:
    with opened() as store:
        assert [store.next_number("dorp") for _ in range(3)] == [FIRST_NUMBER + n for n in range(3)]
        assert store.next_number("streek") == FIRST_NUMBER


def test_a_run_comes_back_with_its_stops(opened: Open) -> None:
    with opened() as store:
        run = Run(store.new_id(), "dorp", "2026-11-27/vrijdagochtend")
        run.offer("sam", NOW)
        store.save_run(run)
        assert store.runs_of("sam") == [run]
        run.take("sam")
        run.start([Stop("pickup", "Dorpsstraat 1", ("bakker", "kaas"), crates=2), Stop("drop", "Weg 2", order_id="o")])
        run.finish_stop("done")
        store.save_run(run)
    with opened() as store:
        again = store.run("dorp", "2026-11-27/vrijdagochtend")
        assert again == run
        assert store.runs_of("sam") == [run]
        assert store.runs_of("kim") == []


def test_an_invitation_works_once_and_not_for_ever(opened: Open, database: Database) -> None:
    wanted = Invitation("dorp", "shopkeeper", "bakker", "Voorbeeld")
    with opened() as store:
        code = invitations.invite(store.tx.conn, wanted, NOW)
        old = invitations.invite(store.tx.conn, wanted, NOW - timedelta(days=2))
        an, bo = store.tx.new_person("An"), store.tx.new_person("Bo")
        assert store.redeem("AAAABBBBCCCC", an, NOW) is None
        assert store.redeem(old, an, NOW) is None
        role = store.redeem(invitations.spell(code), an, NOW)
        assert role is not None
        assert (role.person, role.role, role.shop, role.rank) == (an.id, "shopkeeper", "bakker", 0)
        assert store.redeem(code, bo, NOW) is None
        assert [one.role for one in store.roles(an.id)] == ["shopkeeper"]
        assert [one.person for one in store.people("dorp", "shopkeeper", "bakker")] == [an.id]
    with database.read() as conn:
        assert code not in str(conn.exec_driver_sql("SELECT * FROM invitation").all())


def test_people_of_a_regional_shop_are_found_from_a_village(opened: Open) -> None:
    with opened() as store:
        boer = store.tx.new_person("Boer")
        store.redeem(invitations.invite(store.tx.conn, Invitation("streek", "shopkeeper", "boer"), NOW), boer, NOW)
        assert [one.person for one in store.people("dorp", "shopkeeper", "boer")] == [boer.id]


def test_a_person_and_small_memories(opened: Open) -> None:
    with opened() as store:
        person = Person(store.new_id(), "An", Place("An", "3981AB", "12"), NOW)
        store.save_person(person)
        store.remember_usual(person.id, "dorp", "brood", "bakker/b2")
        store.remember_usual(person.id, "dorp", "brood", "bakker/b1")
        for words in ("kip", "kip", "ui"):
            store.count_unknown("dorp", words)
    with opened() as store:
        assert store.person(person.id) == person
        assert store.usual(person.id, "dorp") == {"brood": "bakker/b1"}
        assert store.unknown_words("dorp") == [("kip", 2), ("ui", 1)]
        with pytest.raises(LookupError):
            store.person("nobody")


def test_a_cancelled_order_stays_cancelled(opened: Open) -> None:
    with opened() as store:
        order = placed(store)
        order.cancel("resident")
        store.save(order)
        assert [type(event).__name__ for event in store.take_events()] == ["OrderPlaced", "OrderCancelled"]
        assert store.take_events() == []
    with opened() as store:
        assert store.order(order.id).status is Status.CANCELLED


def test_timers_move_and_drop(opened: Open, database: Database) -> None:
    with opened() as store:
        store.set_timer("a", "1", NOW)
        store.set_timer("a", "1", NOW + timedelta(hours=1))
        store.set_timer("a", "2", NOW)
        store.drop_timer("a", "2")
    with opened() as store:
        store.set_timer("a", "3", NOW)
        store.drop_timer("a", "1")
    with database.read() as conn:
        rows = conn.exec_driver_sql("SELECT kind, subject, state FROM timer").all()
    assert [tuple(row) for row in rows] == [("a", "3", "waiting")]


def test_tx_reads_its_own_people(opened: Open) -> None:
    with opened() as store:
        tx: Tx = store.tx
        someone = tx.new_person("An")
        assert tx.conversation(someone.id).hat == "resident"
        assert tx.addresses_of(someone.id) == []


def test_what_was_read_ahead_is_what_would_be_read(opened: Open) -> None:
    friday, next_friday = ("dorp", "2026-11-27/vrijdagochtend"), ("dorp", "2026-12-04/vrijdagochtend")
    with opened() as store:
        an, _bo, cor = (placed(store, who) for who in ("an", "bo", "cor"))
        cor.departure = next_friday[1]
        store.save(cor)
    with opened() as ahead:
        plain = Repository(ahead.tx)
        ahead.load_orders([an.id, "nobody's"])
        ahead.load_departures([friday, next_friday, ("dorp", "2026-12-11/vrijdagochtend")])
        for key in (friday, next_friday, ("dorp", "2026-12-11/vrijdagochtend")):
            assert ahead.orders_in(*key) == plain.orders_in(*key)
        assert ahead.order(an.id) is ahead.orders_in(*friday)[0]
        with pytest.raises(LookupError):
            ahead.order("nobody's")


def test_what_changes_after_it_was_read_ahead_is_seen(opened: Open) -> None:
    friday, next_friday = ("dorp", "2026-11-27/vrijdagochtend"), ("dorp", "2026-12-04/vrijdagochtend")
    with opened() as store:
        an, bo = (placed(store, who).id for who in ("an", "bo"))
    with opened() as store:
        store.load_departures([friday, next_friday])
        store.order(an).departure = next_friday[1]
        store.save(store.order(an))
        store.order(bo).cancel("resident")
        store.save(store.order(bo))
        assert [one.id for one in store.orders_in(*friday)] == []
        assert [one.id for one in store.orders_in(*next_friday)] == [an]
