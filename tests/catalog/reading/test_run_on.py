"""Messages without a single mark, as they are tapped in a hurry: the list is kept, and what else is told orders nothing."""

from __future__ import annotations

import pytest
from reading_help import heard, told

_BOTH = "2 Bloemkool; 1 Komkommer"


@pytest.mark.parametrize(
    "behind",
    [
        "ik betaal contant",
        "mijn broer betaalt",
        "ik haal het op",
        "mijn dochter haalt het vrijdag",
        "ik ben thuis",
        "ik heb honger",
        "mijn moeder is jarig",
        "ze is ziek",
        "ze kan niet lopen",
        "sleutel ligt onder de mat",
        "bel even als je er bent",
        "mijn nummer is 0612345678",
        "ik kan niet tillen",
        "de rest komt later",
        "wat kost dat",
        "graag ik woon op nummer 12",
    ],
)
def test_what_is_told_behind_a_list_leaves_it_whole(behind: str) -> None:
    assert told(f"2 bloemkolen en een komkommer {behind}") == _BOTH
    assert told(f"kunt u 2 bloemkolen en een komkommer brengen {behind}") == _BOTH


@pytest.mark.parametrize("ahead", ["ik ben ziek", "ik lig in bed", "ik kan niet lopen", "wij krijgen visite"])
def test_so_does_how_somebody_is(ahead: str) -> None:
    assert told(f"{ahead} 2 bloemkolen en een komkommer") == _BOTH


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een kilo goudreinetten want ik ga appeltaart bakken en een pak suiker", "1000 Goudreinetten; 1 Suiker"),
        ("2 bloemkolen ik bedoel 3", "3 Bloemkool"),
        ("een pak melk wij drinken halfvolle", "1 ?Halfvolle melk"),
        ("een bloemkool ik wil ook een komkommer", "1 Bloemkool; 1 Komkommer"),
        ("een halfje wit ik heb ook nog zin in een tompouce", "1 Wit brood half; 1 Tompouce"),
        ("de kaas ik vond hem lekker", ""),
        ("ik ben alleen 2 broden vergeten", "2 ?Volkoren brood heel"),
        ("wij zijn weg 2 weken geen brood", ""),
    ],
)
def test_what_hangs_together_stays_together(text: str, lines: str) -> None:
    assert told(text) == lines


def test_a_question_behind_a_list_is_heard() -> None:
    assert heard("2 bloemkolen en een komkommer wat kost dat").questions


@pytest.mark.parametrize(
    "text", ["2 komkommers aub ben vandaag thuis", "2 komkommers pls ben snotverkouden", "2 komkommers svp heb visite"]
)
def test_somebody_who_leaves_out_i_goes_over_to_herself(text: str) -> None:
    assert told(text) == "2 Komkommer"


def test_what_is_needed_is_no_story() -> None:
    assert [line.amount for line in heard("2 komkommers graag heb nog een bloemkool nodig").lines] == [2, 1]
