"""The example squares: without mistakes, labelled as samples, and with goods, prices and allergens that make sense."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import catalog
from catalog.folder import Problem, read_folder, write_folder
from catalog.folder.restricted import looks_like
from catalog.square import AMSTERDAM, Product, Restricted, Square, Withdrawal, departures

FOLDER = Path(catalog.__file__).parent / "squares"
NAMES = ["bunnik", "ijsseldelta", "voorbeeld"]
#: Euro per kilo, litre or piece between which a price makes sense. A typing mistake of a factor ten falls outside.
SANE = {"g": (0.50, 120), "ml": (0.30, 65), "piece": (0.005, 16)}
SANE_DRUGSTORE = (0.50, 200)
SANE_PER_KILO = (0.80, 75)
FOOD_WORDS = {  # group or last part of the name -> what must be in it; the exceptions say it in their name
    "brood": "gluten", "koek": "gluten", "gebak": "gluten", "verse vis": "fish", "haring en gerookt": "fish", "kaas": "milk",
    "yoghurt": "milk", "kwark": "milk", "melk": "milk", "mosterd": "mustard", "pindakaas": "peanuts",
}  # fmt: skip
EXCEPT = (  # glutenvrij brood, hoofdkaas, mosselen
    "glutenvrij", "haver", "soja", "amandel", "kokos", "plantaardig", "vegan", "eieren", "snij", "zonder", "hoofdkaas",
    "leverkaas", "mossel",
)  # fmt: skip


def load(name: str) -> tuple[Square, list[Problem]]:
    square, problems = read_folder(FOLDER / name)
    assert square is not None, problems
    return square, problems


@pytest.fixture(scope="module", params=NAMES)
def square(request: pytest.FixtureRequest) -> Square:
    return load(request.param)[0]


def test_these_are_all_example_squares() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_but_that_it_is_a_sample(name: str) -> None:
    assert [(problem.column, problem.level) for problem in load(name)[1]] == [("sample", "warning")]


def test_it_survives_being_written_and_read(square: Square, tmp_path: Path) -> None:
    write_folder(square, tmp_path)
    assert read_folder(tmp_path)[0] == square


def test_it_says_that_it_is_a_sample(square: Square) -> None:
    told = [square.name, square.sponsor_line, square.operator.name, *(shop.story for shop in square.shops)]
    assert square.sample
    assert "voorbeeld" in " ".join(told).lower()


def test_bunnik_is_a_whole_village() -> None:
    square, _ = load("bunnik")
    kinds = {shop.kind for shop in square.shops}
    assert len(square.shops) >= 8
    assert len(square.products) >= 320
    assert len(square.rounds) >= 4
    assert len({round_.day for round_ in square.rounds}) >= 3
    assert {"bakker", "slager", "groenteboer", "kaas", "vis", "zuivel", "drogist", "bloemist", "kruidenier"} <= kinds
    assert all(sum(product.shop == shop.slug for product in square.products) >= 20 for shop in square.shops)


def test_voorbeeld_is_small_enough_to_read() -> None:
    square, _ = load("voorbeeld")
    assert 2 <= len(square.shops) <= 4
    assert 15 <= len(square.products) <= 40


def test_the_region_belongs_to_no_village() -> None:
    square, _ = load("ijsseldelta")
    assert (square.kind, square.rounds, square.regions) == ("region", (), ())


def per_unit(product: Product) -> float:
    """Euro per kilo, litre or piece of what is in one."""
    assert product.contents is not None
    return product.price_cents / 100 / product.contents.amount * (1 if product.contents.unit == "piece" else 1000)


def test_prices_make_sense(square: Square) -> None:
    kinds = {shop.slug: shop.kind for shop in square.shops}
    for product in square.products:
        assert 0.10 <= product.price_cents / 100 <= 150, product
        if product.by_weight:
            assert SANE_PER_KILO[0] <= product.price_cents / 100 <= SANE_PER_KILO[1], product
        elif product.contents and not product.restricted:
            usual = SANE[product.contents.unit]
            low, high = SANE_DRUGSTORE if kinds[product.shop] == "drogist" and usual[1] > 16 else usual
            assert low <= per_unit(product) <= high, (product.name, per_unit(product))


def test_a_larger_pack_costs_more(square: Square) -> None:
    """Of two packs with one name in one shop the larger is dearer, but not per kilo."""
    named: dict[tuple[str, str], list[Product]] = {}
    for product in square.products:
        if product.contents and not product.by_weight:
            named.setdefault((product.shop, product.name), []).append(product)
    for same in named.values():
        same.sort(key=lambda product: product.contents.amount if product.contents else 0)
        for small, large in pairwise(same):
            assert small.price_cents < large.price_cents, (small, large)


def test_what_is_sold_by_weight_is_not_sent_back(square: Square) -> None:
    for product in square.products:
        if product.by_weight:
            assert product.withdrawal in (Withdrawal.EXEMPT_PERISHABLE, Withdrawal.EXEMPT_CUSTOM), product


def test_allergens_make_sense(square: Square) -> None:
    kinds = {shop.slug: shop.kind for shop in square.shops}
    for product in square.products:
        name = product.name.lower()
        if product.allergens is None or kinds[product.shop] in ("drogist", "bloemist") or any(word in name for word in EXCEPT):
            continue
        fitting = [word for word in FOOD_WORDS if product.group == word or name.split()[0].endswith(word)]
        if fitting:
            assert FOOD_WORDS[max(fitting, key=len)] in product.allergens, (product.name, product.group)


def test_unknown_allergens_are_rare_and_fresh_greens_have_none(square: Square) -> None:
    food = [product for product in square.products if product.vat == 9]
    assert sum(product.allergens is None for product in food) <= len(food) * 0.15
    for product in food:
        if product.group in ("groente", "fruit", "aardappelen") and not re.search("noten|pinda", product.name, re.I):
            assert product.allergens in (frozenset(), None, frozenset({"celery"})), product


def test_vat_makes_sense(square: Square) -> None:
    for product in square.products:
        if product.restricted in (Restricted.ALCOHOL, Restricted.TOBACCO):
            assert product.vat == 21, product
        if product.by_weight or product.group in ("brood", "fruit", "groente", "melk", "kaas", "snijbloemen"):
            assert product.vat == 9, product


def test_bunnik_sells_restricted_goods_only_as_restricted() -> None:
    square, _ = load("bunnik")
    assert {product.restricted for product in square.products} == {None, *Restricted}
    for product in square.products:
        looks = looks_like(product.name)
        assert looks is None or looks is product.restricted, product


def test_deposits_are_on_bottles_and_cans_only(square: Square) -> None:
    for product in square.products:
        if product.deposit_cents:
            assert product.contents is None or product.contents.unit in ("ml", "piece"), product
            assert product.deposit_cents <= 10_00, product


def test_every_shop_can_be_found_and_called(square: Square) -> None:
    for shop in square.shops:
        assert shop.kind
        assert shop.address
        assert shop.phone
        assert shop.opening, shop.slug


def test_everything_sold_can_once_be_delivered() -> None:
    """Each product of a village fits some round in its season: no round on the days that its shop or it is off."""
    for name in ("bunnik", "voorbeeld"):
        square, _ = load(name)
        start = datetime(2036, 11, 24, 9, tzinfo=AMSTERDAM)  # also in ten years
        moments = [start + timedelta(weeks=week) for week in range(0, 53, 2)]
        for product in square.products:
            assert any(next(departures(square, moment, [product]), None) for moment in moments), product
