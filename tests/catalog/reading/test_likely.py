"""What most likely happens with a thing that lies in the basket: the clues, the odds, and whence they were learned."""

from __future__ import annotations

from functools import cache

import pytest
from reading_help import shelf

from bot.commands.learn import WORDS, examples, learn, likeliest
from catalog.reading import BasketLine, Line
from catalog.reading.clues import GOODS, THAT, THIS, clues
from catalog.reading.likely import HAPPENINGS, Heard, named_things
from catalog.reading.lookup import Lookup

BUN, MILK = "bakker/b20", "zuivel/z01"
every = cache(examples)


def odds(text: str, *basket: str) -> dict[str, str]:
    """What of the basket is named, each with its likeliest happening when no rule heard anything."""
    lines = [BasketLine(at, one, 1) for at, one in enumerate(basket, 1)]
    named = named_things(text, Lookup(shelf(), {}, lines))
    told = {one: thing.odds(Heard((), (), (), lines)) for one, thing in named.items()}
    assert all(sum(each.values()) == pytest.approx(1) for each in told.values())
    return {one: max(each, key=lambda happening: each[happening]) for one, each in told.items()}


def test_a_clue_tells_to_which_thing_a_word_is_nearest() -> None:
    found = clues(["doe", THIS, "weg", ",", THAT, "blijft", "met", GOODS], (), (), asked=False)
    assert {"h:weg", "f:blijft", "a0:weg", "ba:doe weg", "c:weg", "e:,"} <= found
    assert "c:blijft" not in found


def test_numbers_are_alike_and_what_stands_in_other_sentences_is_kept_apart() -> None:
    found = clues([THIS, "drie"], ["hallo"], [GOODS, "weg"], asked=True)
    assert {"a0:<n>", "amount behind", "p:hallo", "nx:weg", "asked"} <= found


def test_a_thing_that_is_not_named_has_no_clues() -> None:
    with pytest.raises(ValueError, match="not in list"):
        clues(["hallo"], (), (), asked=False)


@pytest.mark.parametrize(
    ("text", "happens"),
    [
        ("de krentenbollen mogen eruit", {BUN: "out"}),
        ("van de krentenbollen wil ik er zes", {BUN: "set"}),
        ("nog twee krentenbollen erbij", {BUN: "more"}),
        ("de krentenbollen graag apart ingepakt", {BUN: "how"}),
        ("de krentenbollen waren heerlijk", {BUN: "stays"}),
        ("melk eruit, krentenbollen laten staan", {BUN: "stays", MILK: "out"}),
        ("een bloemkool graag", {}),
    ],
)
def test_the_likeliest(text: str, happens: dict[str, str]) -> None:
    assert odds(text, BUN, MILK) == happens


@pytest.mark.parametrize("target", ["#2", "last", "#0", "#7", "#x", "#²", "hallo", None])
def test_places_in_the_basket_are_found_or_left(target: str | None) -> None:
    basket = [BasketLine(1, BUN, 1), BasketLine(2, MILK, 1)]
    named = named_things("melk eruit", Lookup(shelf(), {}, basket))[MILK]
    heard = Heard((Line("", "", op="remove", target=target),), (), (), basket)
    assert ("heard:out" in heard.clues(named)) == (target in ("#2", "last"))


def test_a_letter_is_not_weighed() -> None:
    assert odds("de krentenbollen mogen eruit " + "en dan nog iets " * 20, BUN, MILK) == {}


def test_the_kept_weights_are_those_of_the_examples() -> None:
    """Learned again they tell the same; when it fails, examples or rules have changed: learn anew and keep that."""
    given = every()
    rows = [row.split("\t") for row in (WORDS / "likely.tsv").read_text("utf-8").splitlines()]
    kept, now = {row[0]: list(map(int, row[1:])) for row in rows}, learn(given)
    assert all(len(numbers) == len(HAPPENINGS) for numbers in kept.values())
    same = sum(likeliest(kept, one.clues) == likeliest(now, one.clues) for one in given)
    assert same / len(given) > 0.98


def test_every_kind_of_happening_was_learned() -> None:
    learned = [one.happening for one in every()]
    assert all(learned.count(one) > 100 for one in HAPPENINGS)
