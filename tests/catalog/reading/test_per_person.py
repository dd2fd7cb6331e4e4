"""An amount for each person: as much as all of them need, asked when it is not said how many they are."""

from __future__ import annotations

import pytest
from reading_help import only_line, short

FILLET, MEATBALL, HERRING, BUN = "slager/s40", "slager/s04", "vis/v01", "bakker/b20"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kipfilet 150 gram per persoon, we zijn met vijf man", (FILLET, 750, "g")),
        ("Wij eten met zes man. Kipfilet 200 gram per persoon", (FILLET, 1200, "g")),
        ("voor 4 personen kipfilet, 125 gram de man", (FILLET, 500, "g")),
        ("een haring per persoon (we zijn met 2)", (HERRING, 2, "piece")),
        ("2 gehaktballen pp voor 8 man", (MEATBALL, 16, "piece")),
        ("ieder een haring graag, we zijn met z'n drieën", (HERRING, 3, "piece")),
    ],
)
def test_as_much_as_all_of_them_need(text: str, line: tuple[str, int, str]) -> None:
    assert short(text) == [line]


@pytest.mark.parametrize("text", ["2 gehaktballen per persoon", "we zijn met 5 vrouwen en 3 man, 2 gehaktballen p.p."])
def test_how_many_is_asked_when_it_is_not_known_for_how_many(text: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount, line.asks) == (MEATBALL, None, "amount")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 gehaktballen voor mijn man", [(MEATBALL, 2, "piece")]),
        ("zes gehaktballen, mijn man is er gek op", [(MEATBALL, 6, "piece")]),
        ("krentenbollen en haring elk 4", [(BUN, 4, "piece"), (HERRING, 4, "piece")]),
        ("kipfilet 300 gram, per twee verpakt", [(FILLET, 300, "g")]),
    ],
)
def test_what_is_for_one_or_for_each_thing_stays_as_it_is(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert short(text) == lines
