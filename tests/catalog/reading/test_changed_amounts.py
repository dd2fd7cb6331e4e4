"""How much it must be instead: an amount that is too much or too little, and what is changed for both or all of them."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

MINCE, MILK = "slager/s02", "zuivel/z01"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Bij nader inzien is een kilo gehakt te veel; maakt u er een pond van.", 500),
        ("Een kilo gehakt is te veel. Doe maar een pond", 500),
        ("Mag ik het gehakt nog wijzigen? Een pond is te weinig, doe er maar twee.", 1000),
        ("bij nader inzien is twee pond gehakt te veel", None),
    ],
)
def test_what_is_too_much_is_not_what_it_must_be(text: str, amount: int | None) -> None:
    line = only_line(text, MINCE, MILK)
    assert (line.op, line.target, line.amount) == ("set", MINCE, amount)
    assert amount or line.asks == "amount"


AVOCADO, CUCUMBER, OLD_CHEESE, WHOLEMEAL = "groenteboer/g111", "groenteboer/g50", "kaas/k05", "bakker/b01"


@pytest.mark.parametrize(
    ("text", "op", "amount"),
    [
        ("beide een extra, gaat hard hier met die pubers", "more", 1),
        ("van elk 2 meer", "more", 2),
        ("alles keer twee!! de buurvrouw schuift ook aan", "set", 2),
        ("doe beide maar dubbel", "set", 2),
        ("alles maal drie graag", "set", 3),
    ],
)
def test_a_change_of_all_that_lies_there(text: str, op: str, amount: int) -> None:
    lines = heard(text, AVOCADO, CUCUMBER).lines
    assert [(line.op, line.target, line.amount) for line in lines] == [(op, AVOCADO, amount), (op, CUCUMBER, amount)]


@pytest.mark.parametrize("text", ["van allebei een erbij", "alles is goed zo", "doe alles maar in 1 doos"])
def test_no_change_of_all(text: str) -> None:
    assert heard(text, AVOCADO, CUCUMBER, MILK).lines == ()


@pytest.mark.parametrize(
    ("text", "target", "kept"),
    [
        ("die oude kaas toch maar in plakken a.u.b.", OLD_CHEESE, ("in plakken",)),
        ("dat volkoren graag gesneden", WHOLEMEAL, ("gesneden",)),
        ("de avocado moet rijp zijn dat vergat ik te zeggen", AVOCADO, ("rijp",)),
    ],
)
def test_how_it_must_be_leaves_the_amount(text: str, target: str, kept: tuple[str, ...]) -> None:
    line = only_line(text, OLD_CHEESE, WHOLEMEAL, AVOCADO)
    assert (line.op, line.target, line.amount, line.asks, line.kept) == ("set", target, None, None, kept)
