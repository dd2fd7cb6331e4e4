"""The example squares are complete, say that they are examples, and hold the traps other tests lean on."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from catalog.folder import read_folder
from catalog.square import AMSTERDAM, Product, Restricted, Square, departures

SQUARES = Path(__file__).parents[2] / "catalog" / "squares"
NAMES = ("bunnik", "voorbeeld", "ijsseldelta")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)


@cache
def square(name: str) -> Square:
    found, problems = read_folder(SQUARES / name)
    assert found is not None, problems
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_but_that_it_is_a_sample(name: str) -> None:
    _, problems = read_folder(SQUARES / name)
    assert [problem.column for problem in problems] == ["sample"]


@pytest.mark.parametrize("name", NAMES)
def test_the_data_says_it_is_invented(name: str) -> None:
    found = square(name)
    assert found.sample
    assert "voorbeeld" in found.name.lower()
    assert "Voorbeeld" in found.operator.name
    for shop in found.shops:
        assert re.search("bestaat niet echt|verzonnen", shop.story), shop.slug
        assert re.fullmatch(r"000000\d\d", shop.kvk), shop.slug


@pytest.mark.parametrize("name", NAMES)
def test_people_have_numbers_nobody_owns(name: str) -> None:
    assert all(re.fullmatch(r"\+3160000\d{4}", person.phone) for person in square(name).people)
    assert all(re.search("555|00000", re.sub(r"\D", "", shop.phone)) for shop in square(name).shops)


def test_bunnik_is_as_large_as_a_real_square() -> None:
    bunnik = square("bunnik")
    assert len(bunnik.shops) == 10
    assert len(bunnik.products) >= 600
    assert {person.name for person in bunnik.people if person.role == "courier"} == {"Sam", "Noor"}
    assert {round_.day for round_ in bunnik.rounds} == {1, 3, 4, 5}


def test_voorbeeld_is_small_enough_to_read() -> None:
    assert len(square("voorbeeld").shops) == 3
    assert len(square("voorbeeld").products) <= 30


def test_the_region_has_farms_but_no_rounds_of_its_own() -> None:
    region = square("ijsseldelta")
    assert region.kind == "region"
    assert region.rounds == ()
    assert len(region.shops) == 3
    assert all(shop.lead_days >= 1 for shop in region.shops)


@pytest.mark.parametrize("name", ["bunnik", "voorbeeld"])
def test_every_product_can_be_delivered_in_some_week_of_the_year(name: str) -> None:
    found = square(name)
    assert [product.id for product in found.products if not _ever_delivered(found, product)] == []


def _ever_delivered(found: Square, product: Product) -> bool:
    weeks = (MONDAY + timedelta(weeks=week) for week in range(53))
    return any(next(departures(found, week, [product], days=7), None) for week in weeks)


def test_no_two_products_of_bunnik_share_a_name() -> None:
    names = [product.name.casefold() for product in square("bunnik").products]
    assert len(names) == len(set(names))


def test_no_synonym_is_the_name_of_another_product() -> None:
    products = square("bunnik").products
    owner = {product.name.casefold(): product.id for product in products}
    for product in products:
        for word in product.synonyms:
            assert owner.get(word.casefold(), product.id) == product.id, word


def test_what_may_not_be_sold_by_chat_is_marked() -> None:
    kinds = {product.id: product.restricted for product in square("bunnik").products if product.restricted}
    assert kinds["kruidenier/w20"] is Restricted.ALCOHOL
    assert kinds["kruidenier/w28"] is Restricted.TOBACCO
    assert kinds["drogist/d60"] is Restricted.MEDICINE
    assert "kruidenier/w129" not in kinds  # vinegar of wine is no wine
    assert "boerderij/h45" not in kinds  # advocaat without alcohol


def test_some_goods_have_unknown_allergens_on_purpose() -> None:
    unknown = [product for product in square("bunnik").products if product.allergens is None]
    assert 15 <= len(unknown) <= 60
    assert square("bunnik").product_by_id["bakker/b01"].allergens == frozenset({"gluten", "soy"})


def test_weighed_goods_say_what_one_piece_weighs_in_grams() -> None:
    weighed = [product for product in square("bunnik").products if product.by_weight]
    assert len(weighed) >= 100
    assert all(product.contents is None or product.contents.unit == "g" for product in weighed)
    speklapjes = square("bunnik").product_by_id["slager/s30"].contents
    assert speklapjes is not None
    assert speklapjes.amount == 120
