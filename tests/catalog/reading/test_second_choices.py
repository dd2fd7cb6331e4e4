"""A second choice told with the first: only the first is ordered, asked back, with the second as its note."""

from __future__ import annotations

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "first", "note"),
    [
        ("brie 2 ons, als die niet rijp is dan 1 camembert", "kaas/k40", "als die niet rijp is dan 1 camembert"),
        ("een bloemkool, is die er niet dan broccoli", "groenteboer/g10", "is die er niet dan broccoli"),
        ("een bloemkool en als die op is een broccoli", "groenteboer/g10", "als die op is een broccoli"),
        ("als er geen bloemkool is dan broccoli", "groenteboer/g10", "als er geen bloemkool is dan broccoli"),
        ("4 slavinken, of gehaktballen als die op zijn", "slager/s05", "of gehaktballen als die op zijn"),
        ("4 haringen. Geen haring? Dan lekkerbekjes", "vis/v01", "geen haring dan lekkerbekjes"),
        ("1 kilo kersen, te duur? dan aardbeien", "groenteboer/g105", "te duur dan aardbeien"),
        ("een bos tulpen. Zijn die er niet, dan chrysanten", "bloemist/f02", "zijn die er niet, dan chrysanten"),
        ("2 tompouces; zijn die er niet: 2 moorkoppen", "bakker/b40", "zijn die er niet : 2 moorkoppen"),
        ("jong belegen een pond, is dat op dan belegen, ook een pond", "kaas/k02", "is dat op dan belegen, ook een pond"),
    ],
)
def test_the_second_choice_is_a_note_of_the_first(text: str, first: str, note: str) -> None:
    (line,) = heard(text).lines
    assert (line.product, line.op, line.note) == (None, "add", note)
    assert first in line.candidates


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("een bloemkool, anders een broccoli, en 6 krentenbollen", ["bakker/b20"]),
        ("6 krentenbollen, 1 heel wit. Als er geen wit is dan bruin", ["bakker/b20"]),
        ("kipfilet 500 gram, en is die uitverkocht dan kalkoenfilet, verder 2 komkommers", ["groenteboer/g50"]),
    ],
)
def test_what_else_is_ordered_goes_in(text: str, others: list[str]) -> None:
    assert [line.product for line in heard(text).lines if line.product] == others


def test_only_how_it_must_be_is_in_doubt() -> None:
    (line,) = heard("bosje rozen, rood. als er geen rood is dan wit").lines
    assert (line.options, line.note) == (("rood",), "als er geen rood is dan wit")
    assert line.product


@pytest.mark.parametrize(
    "text",
    [
        "12 tompouces? En als het niet te veel gevraagd is ook een pak filterkoffie",
        "2 komkommers. Als ik niet thuis ben dan bij de buren",
        "de melk is op dus doe maar 2 pakken halfvolle melk",
    ],
)
def test_politeness_and_reasons_are_no_second_choice(text: str) -> None:
    assert heard(text).lines[0].product


def test_of_what_lies_in_the_basket_nothing_more_is_ordered() -> None:
    assert all(line.product is None for line in heard("als de melk op is dan karnemelk", "zuivel/z01").lines)
    lines = heard("geen komkommer dan wel een courgette", "groenteboer/g50").lines
    assert [(line.op, line.product) for line in lines] == [("remove", "groenteboer/g50"), ("add", "groenteboer/g56")]
