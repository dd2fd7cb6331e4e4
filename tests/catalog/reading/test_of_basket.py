"""What is said of things in the basket: how much it must be, what stays, what comes for it."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BREAD, MILK, MINCE, CUCUMBER, MUESLI = "bakker/b01", "zuivel/z01", "slager/s01", "groenteboer/g50", "kruidenier/w92"
EGGS, TEN_EGGS, BEANS, FILTER, COURGETTE = "zuivel/z50", "zuivel/z51", "kruidenier/w71", "kruidenier/w70", "groenteboer/g56"
BASKET = (BREAD, MILK, MINCE, CUCUMBER, MUESLI)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("die muesli graag twee zakken en de melk vier", {MUESLI: 2, MILK: 4}),
        ("muesli graag 2 stuks", {MUESLI: 2}),
        ("komkommers wil ik er drie", {CUCUMBER: 3}),
        ("melk: 4 pakken, muesli: 2", {MILK: 4, MUESLI: 2}),
        ("het gehakt een kilo", {MINCE: 1000}),
        ("wel 3 pakken melk alstublieft", {MILK: 3}),
        ("nog een komkommer erbij, dus 4 in totaal", {CUCUMBER: 4}),
        ("in totaal 3 komkommers", {CUCUMBER: 3}),
        ("nummer 2 moeten er 3 zijn", {MILK: 3}),
        ("regel 4 wordt 2", {CUCUMBER: 2}),
    ],
)
def test_how_much_it_must_be(text: str, amounts: dict[str, int]) -> None:
    lines = heard(text, *BASKET).lines
    assert {line.op for line in lines} == {"set"}
    assert {line.target: line.amount for line in lines} == amounts


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        ("komkommer 2 erbij", ["more"]),
        ("mijn muesli 2 zakken en nog een bloemkool", ["set", "add"]),
        ("geen komkommer, wel 2 pakken melk", ["remove", "set"]),
        ("geen komkommer maar wel 2 muesli", ["remove", "set"]),
        ("geen komkommer maar wel een courgette", ["replace"]),
        ("komkommer hoeft niet, melk 2 pakken", ["remove", "set"]),
    ],
)
def test_more_of_it_is_something_else(text: str, ops: list[str]) -> None:
    assert [line.op for line in heard(text, *BASKET).lines] == ops


def test_in_all_or_so_many_more_is_asked_of_what_is_ordered_again() -> None:
    lines = heard("2 muesli, 3 komkommers, 4 citroenen", *BASKET).lines
    assert [(line.op, line.amount, line.low, line.high) for line in lines] == [
        ("set", None, 2, 3), ("set", None, 3, 4), ("add", 4, None, None),
    ]  # fmt: skip


def test_in_all_or_so_many_more_is_asked_beside_what_is_new() -> None:
    lines = heard("muesli 2, komkommer 3, citroenen 4", *BASKET).lines
    assert [(line.op, line.amount, line.low, line.high) for line in lines] == [
        ("set", None, 2, 3), ("set", None, 3, 4), ("add", 4, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "3 komkommers graag. De rest klopt.",
        "3 komkommers, verder alles laten staan",
        "komkommer 3, een bloemkool erbij, melk eruit",
        "een bloemkool en 2 citroenen. melk wordt karnemelk, komkommer 3",
    ],
)
def test_it_is_in_all_beside_another_change(text: str) -> None:
    line = next(line for line in heard(text, *BASKET).lines if line.product == CUCUMBER)
    assert (line.op, line.amount) == ("set", 3)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("verwijder alles behalve de melk", [BREAD, MINCE, CUCUMBER, MUESLI]),
        ("haal alles eruit op de melk en het brood na", [MINCE, CUCUMBER, MUESLI]),
        ("alles eruit, alleen de muesli blijft", [BREAD, MILK, MINCE, CUCUMBER]),
        ("haal de melk en de komkommer eraf maar laat het gehakt staan", [MILK, CUCUMBER]),
        ("laat de melk maar staan en doe de muesli weg", [MUESLI]),
        ("haal de melk eruit. of nee, laat die maar staan", []),
        ("melk eruit, oh nee laat maar staan", []),
        ("de melk hoeft niet. o wacht, die mag toch blijven", []),
        ("alles mag weg behalve de kroketten", []),
    ],
)
def test_what_stays(text: str, gone: list[str]) -> None:
    reading = heard(text, *BASKET)
    assert [line.target for line in reading.lines] == gone
    assert all(line.op == "remove" for line in reading.lines)
    assert reading.intent != "cancel"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("filterkoffie i.p.v. koffiebonen", BEANS, FILTER),
        ("oh wacht, de machine is stuk. filterkoffie i.p.v. de bonen", BEANS, FILTER),
        ("ik had koffiebonen gezegd maar doe maar filterkoffie in plaats daarvan", BEANS, FILTER),
        ("ik heb per ongeluk koffiebonen gevraagd, dat moest filterkoffie zijn", BEANS, FILTER),
        ("nummer 2 moet courgette zijn ipv komkommer", CUCUMBER, COURGETTE),
        ("de tweede wordt courgette", CUCUMBER, COURGETTE),
        ("doe maar een doosje van 10 ipv 6", EGGS, TEN_EGGS),
        ("de eieren moeten er 10 zijn", EGGS, TEN_EGGS),
        ("toch maar 10 eieren", EGGS, TEN_EGGS),
        ("geen komkommer, ik heb liever courgette", CUCUMBER, COURGETTE),
        ("toch geen komkommer. courgette is lekkerder", CUCUMBER, COURGETTE),
        ("komkommer toch niet nodig, courgette is makkelijker", CUCUMBER, COURGETTE),
    ],
)
def test_what_comes_for_it(text: str, old: str, new: str) -> None:
    lines = heard(text, BEANS, CUCUMBER, EGGS).lines
    assert lines[0].target == old
    assert lines[-1].product == new
    assert [line.op for line in lines] in (["replace"], ["remove", "add"])


def test_one_thing_is_not_replaced_by_itself() -> None:
    assert only_line("in plaats van douchegel wil ik badsch..", "drogist/d20").product is None


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("mag de komkommer eruit en ook de koffiebonen?", [CUCUMBER, BEANS]),
        ("de komkommer eruit en ook de koffiebonen", [CUCUMBER, BEANS]),
        ("de komkommer mag weg en de koffiebonen ook", [CUCUMBER, BEANS]),
        ("er hoeft toch geen komkommer bij", [CUCUMBER]),
        ("er hoeven geen koffiebonen meer bij, ik vond nog een pak", [BEANS]),
    ],
)
def test_what_goes_out_as_well(text: str, gone: list[str]) -> None:
    lines = heard(text, BEANS, CUCUMBER, EGGS).lines
    assert [line.target for line in lines] == gone
    assert all(line.op == "remove" for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "doe de komkommer maar weg en neem een courgette",
        "de komkommer eruit en ook graag een courgette",
        "de komkommer eruit en ook een courgette graag",
    ],
)
def test_what_comes_beside_what_goes_out(text: str) -> None:
    out, new = heard(text, BEANS, CUCUMBER, EGGS).lines
    assert (out.op, out.target, new.op, new.product) == ("remove", CUCUMBER, "add", COURGETTE)


@pytest.mark.parametrize(
    "text",
    [
        "ik had 1 komkommer staan, doe ff 2",
        "ik had 1 komkommer staan, doe maar 2, schoonmoeder eet mee",
        "hee, ik had een komkommer staan, doe even 2, mijn zus komt",
    ],
)
def test_how_many_it_must_be_with_a_reason_behind_it(text: str) -> None:
    line = only_line(text, BEANS, CUCUMBER, EGGS)
    assert (line.op, line.target, line.amount) == ("set", CUCUMBER, 2)
