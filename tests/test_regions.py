"""A regional farm sells in several village squares with one stock; its farmer answers from the region's own square."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import Clock
from bot.settings import Settings
from bot.squares import load_square
from bot.store.invitations import invite
from bot.wiring import App, build
from notifications.messages import Address, Inbound
from orders.ports import Invitation

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """Two villages and a region whose farms sell in both."""
    villages = [replace(load_square(name), regions=("ijsseldelta",)) for name in ("bunnik", "voorbeeld")]
    squares = [load_square("ijsseldelta"), *villages]
    found = build(Settings(database=f"sqlite:///{tmp_path}/db.sqlite"), Clock(NOW), channels={}, squares=squares)
    found.start()
    yield found
    found.close()


class People:
    """Type, and read what the whole village got to read since."""

    def __init__(self, app: App) -> None:
        self.app, self._count = app, count(1)

    def says(self, who: str, text: str) -> str:
        event, sender = str(next(self._count)), Address("test", who)
        inbound = Inbound(event, sender, self.app.clock.now(), "text", text, name=who.capitalize())
        return "\n".join(parcel.body for parcel in self.app.handle_now(inbound))

    def reads(self, who: str) -> str:
        inbound = Inbound("0", Address("test", who), self.app.clock.now())
        return "\n".join(parcel.body for parcel in self.app.read_now(inbound))


def _farm_product(app: App) -> tuple[str, str, int]:
    """A counted product sold by the piece: id, name, stock."""
    with app.database.read() as conn:
        from bot.store import catalogue

        square = catalogue.load(conn, "ijsseldelta")
    assert square is not None
    counted = [one for one in square.products if one.stock and not one.by_weight]
    product = next(one for one in counted if one.sold_on(date(2026, 11, 28)))
    return product.id, product.name, product.stock or 0


def test_one_stock_for_all_villages_and_one_farmer(app: App) -> None:
    product_id, name, stock = _farm_product(app)
    people = People(app)
    with app.database.write() as conn:
        code = invite(conn, Invitation("ijsseldelta", "shopkeeper", product_id.partition("/")[0], "Boer"), app.clock.now())
    people.says("boer", code)
    for who, village, door in (("an", "bunnik", "Dorpsstraat 1, 3981 AB"), ("ben", "voorbeeld", "Kerkweg 2, 9999 AB")):
        people.says(who, village)
        people.says(who, f"{min(stock, 2)} {name}")
        people.says(who, door)
        assert "geplaatst" in people.says(who, "bestellen en betalen")
        assert name in people.reads("boer")
    with app.database.read() as conn:
        from bot.store import catalogue

        for slug in ("bunnik", "voorbeeld", "ijsseldelta"):
            square = catalogue.load(conn, slug)
            assert square is not None
            left = (catalogue.load(conn, slug) or square).product_by_id.get(product_id)
            if left is not None:
                assert left.stock == stock - 2 * min(stock, 2)
    assert "Welke bestelling" in people.says("boer", "klaar")


def test_sold_out_at_the_farm_is_sold_out_in_every_village(app: App) -> None:
    product_id, name, _stock = _farm_product(app)
    people = People(app)
    with app.database.write() as conn:
        code = invite(conn, Invitation("ijsseldelta", "shopkeeper", product_id.partition("/")[0], "Boer"), app.clock.now())
    people.says("boer", code)
    assert "is op" in people.says("boer", f"{name} op")
    people.says("an", "bunnik")
    assert "is op" in people.says("an", f"1 {name}")
