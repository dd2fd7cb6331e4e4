"""How much it must be instead: an amount that is too much or too little, and what is changed for both or all of them."""

from __future__ import annotations

import pytest
from reading_help import only_line

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
