"""How much it comes to, and how it is to be packed: "in pakjes van een pond" orders no more than was said."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line


@pytest.mark.parametrize(
    ("text", "grams", "note"),
    [
        ("een kilo rundergehakt verdeeld over 4 zakjes", 1000, "verdeeld over 4 zakjes"),
        ("een kilo rundergehakt in 4 zakjes van 250 gram", 1000, "in 4 zakjes van 250 gram"),
        ("2 kilo rundergehakt in pakjes van een pond", 2000, "in pakjes van een pond"),
        ("anderhalve kilo rundergehakt, in porties van 250 gram", 1500, "in porties van 250 gram"),
        ("2 kilo rundergehakt, per pond verpakt", 2000, "per pond verpakt"),
        ("2 kilo rundergehakt verpakt per 500 gram", 2000, "verpakt per 500 gram"),
    ],
)
def test_how_it_is_packed_is_kept_and_counts_nothing(text: str, grams: int, note: str) -> None:
    line = only_line(text)
    assert (line.words, line.amount, line.unit, note in line.kept) == ("rundergehakt", grams, "g", True)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("twee biefstukken van zo'n twee ons per stuk dus samen vierhonderd gram", 400),
        ("2 biefstukken van 200 gram, dus 400 gram totaal", 400),
        ("4 moten zalmfilet van honderdvijftig gram dus zeshonderd gram in totaal", 600),
        ("riblappen, we zijn met vier grote eters dus reken op een kilo", 1000),
        ("een kilo rundergehakt of iets meer", 1000),
        ("een kilo uien of iets minder", 1000),
    ],
)
def test_what_it_comes_to(text: str, amount: int) -> None:
    line = only_line(text)
    assert (bool(line.product), line.amount, line.unit) == (True, amount, "g")


@pytest.mark.parametrize("text", ["300 gram uien en evenveel winterpeen", "300 gram uien, winterpeen ook zo veel"])
def test_as_much_of_the_next(text: str) -> None:
    assert [line.amount for line in heard(text).lines] == [300, 300]


def test_how_it_may_be_is_no_line_of_its_own() -> None:
    line = only_line("bananen, een kilo, mogen nog wel wat groen zijn")
    assert (line.words, line.amount, line.kept) == ("bananen", 1000, ("mogen nog wel wat groen zijn",))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2 zakken van 5 kilo aardappelen", 2), ("cola in blikjes", 1), ("4 pakken halfvolle melk van 1 liter", 4)],
)
def test_packs_that_are_sold_so_stay_packs(text: str, amount: int) -> None:
    assert only_line(text).amount == amount


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("een bakje champignons nou doe er maar twee", [2]),
        ("acht krentenbollen nou maak er maar tien van", [10]),
        ("een bakje champignons nou doe er maar twee en dan nog een bloemkool", [2, 1]),
        ("een rookworst, maak er maar drie van, en een bloemkool", [3, 1]),
        ("een kilo uien en doe maar 4 slavinken", [1000, 4]),  # other goods
        ("een pak karnemelk en krentenbollen, doe er maar acht", [1, 8]),
    ],
)
def test_another_amount_after_all(text: str, amounts: list[int]) -> None:
    assert [line.amount for line in heard(text).lines] == amounts
