"""Changes to the basket: what they change, by how much, and that negations never order."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

BUN, CUCUMBER, CHEESE = "bakker/b20", "groenteboer/g50", "kaas/k02"


@pytest.mark.parametrize(
    ("text", "op", "target", "amount"),
    [
        ("nog twee", "more", "last", 2),
        ("doe er nog eentje bij", "more", "last", 1),
        ("toch maar vier", "set", "last", 4),
        ("maak er drie van", "set", "last", 3),
        ("het moeten er 10 zijn", "set", "last", 10),
        ("eentje minder", "less", "last", 1),
        ("die laatste weg", "remove", "last", None),
        ("doe maar geen", "remove", "last", None),
        ("fout 2", "remove", "#2", None),
        ("nummer 2 mag weg", "remove", "#2", None),
        ("geen komkommer", "remove", CUCUMBER, None),
        ("laat de krentenbollen maar zitten", "remove", BUN, None),
        ("doe toch maar niet die krentenbollen", "remove", BUN, None),
        ("nog 2 krentenbollen", "more", BUN, 2),
        ("toch maar 6 krentenbollen", "set", BUN, 6),
        ("maak van de krentenbollen maar 8", "set", BUN, 8),
    ],
)
def test_changes(text: str, op: str, target: str, amount: int | None) -> None:
    line = only_line(text, BUN, CUCUMBER)
    assert (line.op, line.target, line.amount) == (op, target, amount)


def test_an_amount_of_the_last_line_is_in_its_own_unit() -> None:
    line = only_line("toch maar een pond", CHEESE)
    assert (line.op, line.amount, line.unit) == ("set", 500, "g")


@pytest.mark.parametrize(
    "text",
    [
        "in plaats van de komkommer een courgette",
        "geen komkommer maar een courgette",
        "een courgette ipv komkommer",
        "vervang de komkommer door een courgette",
    ],
)
def test_replacing(text: str) -> None:
    line = only_line(text, CUCUMBER)
    assert (line.op, line.target, line.product) == ("replace", CUCUMBER, "groenteboer/g56")


@pytest.mark.parametrize("text", ["geen melk", "liever niet die kaas", "ik hoef geen appels", "zonder de komkommer"])
def test_a_negation_never_orders(text: str) -> None:
    assert all(line.op != "add" for line in heard(text, CUCUMBER).lines)


def test_an_order_that_takes_something_out_as_well() -> None:
    ops = [(line.op, line.product) for line in heard("2 courgettes en geen komkommer", CUCUMBER).lines]
    assert ops == [("add", "groenteboer/g56"), ("remove", CUCUMBER)]


def test_the_amount_may_follow_in_a_sentence_of_its_own() -> None:
    line = only_line("Ik heb zin in snert! Doe maar 2 liter.")
    assert (line.op, line.product, line.amount) == ("add", "slager/s80", 2)
