"""Changes of the basket that are put right, taken back, or said beside other things."""

from __future__ import annotations

import pytest
from reading_help import heard

MILK, BUN, CHEESE, SAUSAGE = "zuivel/z01", "bakker/b20", "kaas/k03", "slager/s08"
BUTTERMILK, WHOLE, MUESLI = "zuivel/z03", "zuivel/z02", "bakker/b27"


def changes(text: str, *basket: str) -> list[tuple[str, str | None, str | None, int | None]]:
    """What is done, to which line, with which product, and how much."""
    return [(line.op, line.target, line.product, line.amount) for line in heard(text, *basket).lines]


@pytest.mark.parametrize(
    "text",
    [
        "haal de krentenbollen weg. o nee, de kaas moest weg",
        "vergeet die krentenbollen. of nee, de kaas. krentenbollen blijft",
        "schrap de krentenbollen, oh nee wacht de kaas bedoel ik",
        "krentenbollen weg. nee toch niet, de kaas",
    ],
)
def test_another_thing_goes_out_after_all(text: str) -> None:
    assert changes(text, CHEESE, BUN) == [("remove", CHEESE, CHEESE, None)]


@pytest.mark.parametrize(
    "text",
    [
        "nog 2 krentenbollen. nee laat maar",
        "nog 2 krentenbollen. o nee toch niet",
        "2 rookworsten erbij. sorry laat maar zitten",
        "doe de melk eruit. nee laat maar staan",
        "doe de melk eruit. nee toch maar niet",
    ],
)
def test_the_last_change_is_taken_back(text: str) -> None:
    assert changes(text, MILK, BUN) == []


@pytest.mark.parametrize(
    "text",
    [
        "geen melk ik heb nog genoeg staan",
        "doe de melk maar niet ik haal die zelf wel",
        "Toch geen melk, die mag eraf",
        "geen melk meer nodig, we krijgen een pak van de buurman",
        "de eerste kan weg de rest is goed",
        "alleen de krentenbollen houden. de rest weg",
        "alleen de krentenbollen blijven, al het andere eruit",
    ],
)
def test_one_thing_goes_out_whatever_is_told_beside_it(text: str) -> None:
    assert changes(text, MILK, BUN) == [("remove", MILK, MILK, None)]


@pytest.mark.parametrize("text", ["melk weg, o ja en de krentenbollen ook", "melk weg, krentenbollen ook niet"])
def test_what_goes_out_as_well(text: str) -> None:
    assert changes(text, MILK, BUN) == [("remove", MILK, MILK, None), ("remove", BUN, BUN, None)]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("liever karnemelk dan melk en doe gelijk 2 rookworsten mee", [("add", None, SAUSAGE, 2)]),
        ("ik wil de melk graag veranderen in karnemelk, en nog een rookworst erbij", [("add", None, SAUSAGE, 1)]),
        ("nee geen melk hahaha ik bedoelde karnemelk", []),
    ],
)
def test_one_for_the_other_and_what_is_ordered_beside_it(text: str, more: list[tuple[str, str | None, str, int]]) -> None:
    assert changes(text, MILK, BUN) == [("replace", MILK, BUTTERMILK, 1), *more]


@pytest.mark.parametrize(
    "text", ["ik had de verkeerde melk, moest volle zijn", "de verkeerde melk staat erin moest volle zijn"]
)
def test_the_wrong_one_was_put_in(text: str) -> None:
    assert changes(text, MILK, BUN) == [("replace", MILK, WHOLE, 1)]


@pytest.mark.parametrize("text", ["melk weg. ook een rookworst", "geen melk, een rookworst graag"])
def test_what_is_new_is_ordered(text: str) -> None:
    assert changes(text, MILK, BUN) == [("remove", MILK, MILK, None), ("add", None, SAUSAGE, 1)]
