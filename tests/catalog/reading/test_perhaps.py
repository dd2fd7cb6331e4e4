"""What may be a change though no rule heard it: asked, never done by itself, and nothing of the basket is ordered twice."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BUN, AVOCADO, MILK, BREAD, WAX = "bakker/b20", "groenteboer/g111", "zuivel/z01", "bakker/b01", "kruidenier/w191"


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("tis wel goed zo alleen de avocado hoef ik niet die krijg k van de buurman", AVOCADO),
        ("ik heb net iets van waxinelichtjes gezegd en laat die maar weg want ik vond nog een hele zak", WAX),
        ("de brokken kunnen terug, en die krentenbollen nou ja die blieft ze toch niet", BUN),
    ],
)
def test_what_may_go_out_is_asked(text: str, one: str) -> None:
    line = only_line(text, one, MILK)
    assert (line.op, line.target, line.product, line.candidates) == ("remove", one, None, (one,))
    assert line.asks == "which"


@pytest.mark.parametrize("text", ["Eén avocado is niks. Drie.", "Graag 3 avocado's, 't stond op 1"])
def test_so_many_must_lie_there(text: str) -> None:
    line = only_line(text, AVOCADO, MILK)
    assert (line.op, line.target) == ("set", AVOCADO)
    assert line.amount == 3 or (line.asks, line.low) == ("amount", 3)


@pytest.mark.parametrize("text", ["wacht ik zei net een avocado maar doe er drie want hij eet mee", "3 avocado's"])
def test_how_many_is_asked_of_what_lies_there_already(text: str) -> None:
    line = only_line(text, AVOCADO, MILK)
    assert (line.op, line.target, line.amount, line.asks) == ("set", AVOCADO, None, "amount")


def test_in_all_or_so_many_more_can_be_chosen() -> None:
    line = only_line("3 avocado's", AVOCADO, MILK)
    assert (line.low, line.high) == (3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "de avocado was niet rijp",
        "vorige keer was de melk zuur, dat moet beter",
        "avocado is gezond",
        "mag de avocado blijven?",
        "houd de avocado er maar in, die hoeft niet weg",
        "kan de melk niet in de koelkast?",
    ],
)
def test_what_only_speaks_of_it_asks_nothing(text: str) -> None:
    assert heard(text, AVOCADO, MILK).lines == ()


def test_more_of_it_is_ordered() -> None:
    line = only_line("doe er nog maar 2 avocado's bij", AVOCADO, MILK)
    assert (line.op, line.amount) == ("more", 2)


def test_one_question_for_one_change() -> None:
    lines = heard("brood hoeft niet, melk blijft", BREAD, MILK).lines
    assert [(line.op, line.target) for line in lines] == [("remove", BREAD)]


def test_onions_are_not_the_stew_with_onions_that_lies_there() -> None:
    line = only_line("en nog een kilo uien erbij", "groenteboer/g42", MILK)
    assert (line.op, line.product, line.amount) == ("add", "groenteboer/g35", 1000)


def test_that_there_is_one_left_orders_none() -> None:
    line = only_line("die laatste hoeft niet meer, ik zie dat er nog een staat", BUN, MILK)
    assert (line.op, line.target) == ("remove", "last")


def test_in_the_place_of_what_lies_there_it_is_so_much_of_it() -> None:
    text = "ach wacht de kleinkinderen komen ook mee eten vrijdag doe maar een kilo kipfilet in plaats van dat ene stukkie"
    line = only_line(text, "slager/s40", MILK)
    assert (line.op, line.target, line.amount) == ("set", "slager/s40", 1000)


def test_what_is_at_home_yet_is_not_ordered_again() -> None:
    lines = heard(
        "Allesreiniger hebben we nog een hele fles van, dus die niet. wel graag tandpasta", "kruidenier/w186", MILK
    ).lines
    assert [(line.op, line.target or line.product) for line in lines] == [("remove", "kruidenier/w186"), ("add", "drogist/d10")]


@pytest.mark.parametrize(
    ("text", "one", "how"),
    [
        ("en dun gesneden, die achterham. Ik vergeet ook altijd de helft", "slager/s60", ("dun",)),
        ("zonder uitjes de haring!! mijn man kan er niet tegen", "vis/v01", ("zonder uitjes",)),
        ("Die biefstuk, kan de slager die dun snijden? anders wordt het een schoenzool", "slager/s20", ("dun",)),
    ],
)
def test_how_it_must_be_is_taken_from_its_sentence(text: str, one: str, how: tuple[str, ...]) -> None:
    line = only_line(text, one, MILK)
    assert (line.op, line.target, line.amount, line.kept) == ("set", one, None, how)


def test_what_is_named_is_meant_and_not_what_was_put_in_last() -> None:
    (line,) = heard("Is de krentenbol genoeg voor vier? Doe er nog een bij.", BUN, MILK).lines
    assert (line.op, line.target, line.amount) == ("more", BUN, 1)


def test_something_of_another_shop_takes_no_place_unasked() -> None:
    line = only_line("shampoo was fout, ik bedoelde die tegen roos", "drogist/d01", MILK)
    assert (line.op, line.product, line.asks) == ("replace", None, "which")


def test_of_two_amounts_of_one_thing_the_later_holds() -> None:
    line = only_line("1 avocado wordt 3 avocado's. Rest akkoord.", AVOCADO, MILK)
    assert (line.op, line.target, line.amount) == ("set", AVOCADO, 3)
