"""Where something is from, said of one thing and borne by another: "groninger roggebrood" is no droge worst."""

from __future__ import annotations

import pytest
from test_long_names import lines_on

GOODS = "Groninger droge worst|Gronings roggebrood|Komkommer|Zaanse mosterd|Hollandse garnalen"


@pytest.mark.parametrize("text", ["een groninger roggebrood", "een groninger roggebroot"])
def test_where_it_is_from_orders_nothing_by_itself(text: str) -> None:
    (line,) = lines_on(GOODS, text)
    assert line.product != "Groninger droge worst"
    assert "Gronings roggebrood" in (line.product, *line.candidates)


def test_what_is_called_so_is_still_found() -> None:
    assert [line.product for line in lines_on(GOODS, "groninger droge worst en een komkommer")] == [
        "Groninger droge worst",
        "Komkommer",
    ]
