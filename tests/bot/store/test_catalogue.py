"""The catalogue in the database: idempotent import, one stock for a regional product, versions seen by every process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import text

from bot.store import catalogue
from bot.store.catalogue import Kept
from bot.store.database import Database
from bot.store.repository import Repository
from bot.store.tx import Tx
from bot.wiring import new_id
from catalog.square import Shop
from tests.bot.sample import REGION, VILLAGE
from tests.bot.store.conftest import NOW, Open


def imported(database: Database, square: object) -> list[str]:
    with database.write() as conn:
        return catalogue.import_square(conn, square)  # type: ignore[arg-type]


def test_importing_twice_changes_nothing(opened: Open, database: Database) -> None:
    assert imported(database, VILLAGE) == []
    with database.read() as conn:
        assert catalogue.slugs(conn) == ["dorp", "streek"]
        assert catalogue.load(conn, "nergens") is None


def test_a_square_comes_back_as_it_went_in(opened: Open) -> None:
    with opened() as store:
        square = store.square("streek")
    assert replace(square, version=0) == REGION


def test_a_village_sees_the_products_of_its_region(opened: Open) -> None:
    with opened() as store:
        assert [p.id for p in store.square("dorp").products] == ["bakker/b1", "bakker/b2", "kaas/k1", "boer/ei"]


def test_a_product_that_left_is_withdrawn_and_may_return(opened: Open, database: Database) -> None:
    assert imported(database, replace(VILLAGE, products=VILLAGE.products[:2])) == ["artikel kaas/k1: vervallen"]
    with opened() as store:
        assert store.square("dorp").product_by_id["kaas/k1"].withdrawn
    assert imported(database, VILLAGE) == ["artikel kaas/k1: weer te koop"]


def test_an_unchanged_folder_does_not_undo_what_was_said_by_chat(opened: Open, database: Database) -> None:
    with opened() as store:
        store.change_product("dorp", replace(store.square("dorp").product_by_id["bakker/b2"], price_cents=310))
        assert store.take_stock("dorp", "bakker/b1", 4)
        store.change_shop("dorp", replace(store.square("dorp").shop_by_slug["kaas"], closed_on=frozenset({date(2026, 11, 25)})))
        store.add_synonym("dorp", "bolletje", "bakker/b1")
    assert imported(database, VILLAGE) == []
    with opened() as store:
        square = store.square("dorp")
        assert square.product_by_id["bakker/b2"].price_cents == 310
        assert square.product_by_id["bakker/b1"].stock == 6
        assert square.product_by_id["bakker/b1"].synonyms == ("bolletje",)
        assert square.shop_by_slug["kaas"].closed_on == {date(2026, 11, 25)}
    new_price = tuple(replace(p, price_cents=299) if p.sku == "b2" else p for p in VILLAGE.products)
    assert imported(database, replace(VILLAGE, products=new_price)) == ["artikel bakker/b2: prijs 3,10 wordt 2,99"]


def test_a_regional_product_has_one_stock(opened: Open, database: Database) -> None:
    imported(database, replace(VILLAGE, slug="buurdorp", shops=(), products=()))
    with opened() as store:
        assert store.take_stock("dorp", "boer/ei", 2)
        assert not store.take_stock("buurdorp", "boer/ei", 2)
        assert store.square("buurdorp").product_by_id["boer/ei"].stock == 1
        store.put_back_stock("buurdorp", "boer/ei", 2)
        assert store.square("dorp").product_by_id["boer/ei"].stock == 3


def test_what_is_not_counted_is_always_there(opened: Open) -> None:
    with opened() as store:
        assert store.take_stock("dorp", "kaas/k1", 10_000)
        store.put_back_stock("dorp", "kaas/k1", 5)
        assert store.square("dorp").product_by_id["kaas/k1"].stock is None


def test_another_process_sees_a_change_on_its_next_message(opened: Open, database: Database) -> None:
    other = Kept()

    def price_elsewhere() -> int:
        with database.write() as conn:
            tx = Tx(conn, NOW, other, new_id)
            return Repository(tx).square("dorp").product_by_id["bakker/b1"].price_cents

    assert price_elsewhere() == 60
    with opened() as store:
        store.change_product("dorp", replace(store.square("dorp").product_by_id["bakker/b1"], price_cents=75))
        assert store.square("dorp").product_by_id["bakker/b1"].price_cents == 75
    assert price_elsewhere() == 75


def test_a_change_that_was_rolled_back_is_not_remembered(opened: Open, database: Database, kept: Kept) -> None:
    try:
        with opened() as store:
            product = store.square("dorp").product_by_id["bakker/b1"]
            store.change_product("dorp", replace(product, price_cents=1))
            assert store.square("dorp").product_by_id["bakker/b1"].price_cents == 1
            raise KeyError("planned")
    except KeyError:
        pass
    with opened() as store:
        store.change_product("dorp", replace(store.square("dorp").product_by_id["bakker/b2"], price_cents=2))
        assert store.square("dorp").product_by_id["bakker/b1"].price_cents == 60


def test_the_search_index_is_kept_when_only_a_price_changed(opened: Open) -> None:
    with opened() as store:
        before = store.shelf("dorp")
    with opened() as store:
        assert store.shelf("dorp") is before
        store.change_product("dorp", replace(store.square("dorp").product_by_id["bakker/b1"], price_cents=75))
        assert store.shelf("dorp").index is before.index
        assert store.shelf("dorp").nouns is before.nouns, "what was made of the names is not made anew after every order"
        assert before.square.product_by_id["bakker/b1"].price_cents == 60
        assert store.shelf("dorp").square.product_by_id["bakker/b1"].price_cents == 75
        store.change_product("dorp", replace(store.square("dorp").product_by_id["bakker/b1"], name="Rozijnenbol"))
        assert store.shelf("dorp").index is not before.index
        assert "rozijnenbol" in store.shelf("dorp").nouns


def test_stock_never_goes_below_zero_whatever_the_program_does(opened: Open, database: Database) -> None:
    from sqlalchemy.exc import IntegrityError

    try:
        with database.write() as conn:
            conn.execute(text("UPDATE product SET stock = -1 WHERE sku = 'b1'"))
        raise AssertionError("the database let it pass")
    except IntegrityError:
        pass


def test_a_shop_of_the_folder_that_left_is_withdrawn(opened: Open, database: Database) -> None:
    without = replace(VILLAGE, shops=(VILLAGE.shops[0], Shop("slager", "Slager Voorbeeld")), products=VILLAGE.products[:2])
    assert set(imported(database, without)) >= {"winkel slager: nieuw", "winkel kaas: vervallen"}
