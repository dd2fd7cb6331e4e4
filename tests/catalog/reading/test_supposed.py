"""Changes of what does not lie in the basket: nothing of them is ordered, and they are heard as changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_help import MONDAY, heard, shelf

from catalog.reading import BasketLine, Shelf, read


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("komkommer: weg.", "remove"),
        ("ik hoef de komkommer toch niet", "remove"),
        ("die laatste hoeft niet", "remove"),
        ("haal nummer 2 er maar af", "remove"),
        ("alles van de slager hoeft niet meer", "remove"),
        ("oeps 3 ipv 2", "change"),
        ("van dat laatste graag vijf", "change"),
    ],
)
def test_nothing_is_ordered(text: str, intent: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == (intent, ())


def test_what_stays_beside_it_is_read_on() -> None:
    lines = heard("doe de bloemkool maar weg, en doe 2 komkommers").lines
    assert [(line.product, line.amount) for line in lines] == [("groenteboer/g50", 2)]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("appels een kilo maar niet die zure", None),
        ("een komkommer, en de tas hoeft niet", "groenteboer/g50"),
        ("een komkommer en een tasje hoeft er niet bij hoor", "groenteboer/g50"),
        ("bonnetje niet nodig, een komkommer graag", "groenteboer/g50"),
        ("geen melk meer in huis, dus 2 pakken halfvolle melk", "zuivel/z01"),
        ("2 komkommers, geen 3", "groenteboer/g50"),
    ],
)
def test_an_order_beside_it_stays(text: str, product: str | None) -> None:
    lines = [line for line in heard(text).lines if line.op == "add"]
    assert [line.product for line in lines] == [product]


@pytest.mark.parametrize(
    "text",
    [
        "een komkommer graag, op rekening van mw. Spruit",
        "een komkommer, factuur naar Stichting De Appel",
        "op naam van Kaas: een komkommer",
        "op rekening van oma Prei en een komkommer",
    ],
)
def test_whose_account_it_is_orders_nothing(text: str) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == [("groenteboer/g50", 1)]


@pytest.mark.parametrize("text", ["2 komkommers, niet te groot", "de komkommer mag weg", "die laatste weg"])
def test_a_square_without_products_is_read_too(text: str) -> None:
    empty = Shelf.of(replace(shelf().square, products=()))
    assert not any(line.product for line in read(text, empty, MONDAY).lines)


def test_what_left_the_catalogue_is_no_basket() -> None:
    reading = read("komkommer: weg.", shelf(), MONDAY, basket=[BasketLine(1, "weg/x1", 1)])
    assert (reading.intent, reading.lines) == ("remove", ())
