"""Until when one may order, for which round: the one function everybody asks, to the minute and over both DST nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from catalog.square import AMSTERDAM, Departure, Hours, Product, Round, Shop, SoldBy, Square, departures, misfits

FRIDAY = Round("vrijdag", 4, time(9), time(12), 3, time(18))
SUNDAY = Round("zondag", 6, time(10), time(12), 5, time(18))
SHOP = Shop("bakker", "Bakker", opening=(Hours(frozenset({1, 2, 3, 4, 5}), time(8), time(18)),))
BREAD = Product("bakker", "b1", "Brood", 300, SoldBy.PIECE)
SQUARE = Square("plein", "Plein", rounds=(FRIDAY, SUNDAY), shops=(SHOP,), products=(BREAD,))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def keys(square: Square, now: str, *products: Product, days: int = 7) -> list[str]:
    return [one.key for one in departures(square, at(now), products, days=days)]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-11-26T17:59", "2026-11-27/vrijdag"),
        ("2026-11-26T18:00", "2026-11-29/zondag"),  # closes do 18:00: at that minute it is closed
        ("2026-11-28T17:59", "2026-11-29/zondag"),
        ("2026-11-28T18:00", "2026-12-04/vrijdag"),
    ],
)
def test_a_round_closes_at_its_minute(now: str, first: str) -> None:
    assert keys(SQUARE, now)[0] == first


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_wall_time_holds_over_the_dst_nights(day: date) -> None:
    departure = Departure(SUNDAY, day)
    assert departure.starts_at.astimezone(AMSTERDAM).time() == time(10)
    assert departure.closes_at == datetime.combine(day - timedelta(days=1), time(18), AMSTERDAM)
    real = departure.starts_at.timestamp() - departure.closes_at.timestamp()
    assert real == (17 if day.month == 10 else 15) * 3600


def test_a_closing_day_has_no_round() -> None:
    closed = replace(SQUARE, closed=frozenset({date(2026, 11, 27)}))
    assert keys(closed, "2026-11-24T09:00", days=5) == ["2026-11-29/zondag"]


def test_a_shop_that_is_shut_that_day_keeps_its_goods_out() -> None:
    assert keys(SQUARE, "2026-11-24T09:00", BREAD) == ["2026-11-27/vrijdag"]  # the baker is shut on Sunday
    shut = replace(SQUARE, shops=(replace(SHOP, closed_on=frozenset({date(2026, 11, 27)})),))
    assert keys(shut, "2026-11-24T09:00", BREAD) == []


def test_lead_days_season_and_days_of_sale() -> None:
    slow = replace(SQUARE, shops=(replace(SHOP, lead_days=3),))
    assert keys(slow, "2026-11-24T09:00", BREAD) == ["2026-11-27/vrijdag"]
    assert keys(slow, "2026-11-25T09:00", BREAD) == []
    stol = replace(BREAD, sku="b2", season_from=date(2026, 12, 1))
    assert keys(SQUARE, "2026-11-24T09:00", stol) == []
    tuesday = replace(BREAD, sku="b3", days=frozenset({1}))
    assert misfits(SQUARE, Departure(FRIDAY, date(2026, 11, 27)), [BREAD, tuesday], date(2026, 11, 24)) == [tuesday]


@pytest.mark.parametrize(
    ("areas", "code", "covered"),
    [
        (("3981",), "3981AB", True),
        (("3981",), "3982AB", False),
        (("3980-3985",), "3985ZZ", True),
        (("3985AA-3985KZ",), "3985LA", False),
        (("3985AA-3985KZ",), "3985KZ", True),
        ((), "1234AB", True),
    ],
)
def test_the_delivery_area(areas: tuple[str, ...], code: str, covered: bool) -> None:
    assert replace(SQUARE.delivery, postcodes=areas).covers(code) is covered


def test_opening_hours_are_wall_time() -> None:
    assert SHOP.open_at(at("2026-11-24T08:00"))
    assert not SHOP.open_at(at("2026-11-24T18:00"))
    assert not SHOP.open_at(at("2026-11-23T12:00"))


@pytest.mark.parametrize(
    ("first", "last", "sold", "not_sold"),
    [
        (date(2000, 5, 1), date(2000, 9, 30), date(2031, 7, 1), date(2031, 10, 1)),
        (date(2000, 10, 15), date(2000, 3, 31), date(2031, 1, 6), date(2031, 4, 1)),
        (None, date(2000, 3, 31), date(2031, 1, 6), date(2031, 10, 20)),
        (date(2000, 2, 29), None, date(2031, 3, 1), date(2031, 2, 28)),
    ],
)
def test_a_season_without_years_comes_back(first: date | None, last: date | None, sold: date, not_sold: date) -> None:
    product = replace(BREAD, season_from=first, season_until=last, every_year=True)
    assert product.sold_on(sold)
    assert not product.sold_on(not_sold)
