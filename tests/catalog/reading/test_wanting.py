"""Orders told without a word of ordering, and questions and stories in the same words that order nothing."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line, short

CUCUMBER = "groenteboer/g50"


@pytest.mark.parametrize(
    "text",
    [
        "mag er nog een komkommer bij",
        "kan er ook een komkommer bij",
        "is het mogelijk een komkommer mee te krijgen",
        "we zouden een komkommer goed kunnen gebruiken",
        "lukt het nog om een komkommer toe te voegen?",
        "ik zou heel blij zijn met een komkommer",
        "een komkommer zou fijn zijn",
        "ik zit te springen om een komkommer",
        "we komen een komkommer tekort",
        "ik kom straks een komkommer ophalen",
        "Waar ik voor app is een komkommer",
        "laten we zeggen een komkommer",
        "ik denk dat ik een komkommer neem",
    ],
)
def test_asked_for_in_other_words(text: str) -> None:
    line = only_line(text)
    assert (line.op, line.product, line.amount) == ("add", CUCUMBER, 1)


def test_the_reason_does_not_unsay_it() -> None:
    assert short("vier tompoucen want mijn zus neemt haar vriend mee") == [("bakker/b40", 4, "piece")]


def test_a_name_in_the_middle_ends_no_message() -> None:
    assert short("Doe maar een bloemkool. Henk eet mee. En een komkommer.") == [
        ("groenteboer/g10", 1, "piece"),
        (CUCUMBER, 1, "piece"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "kan ik lege flessen meegeven met de bezorger?",
        "hoe laat kan de komkommer gebracht worden?",
        "kan er een naam op de taart?",
        "mag er nog iets bij?",
        "was het mogelijk dat de komkommer bevroren was?",
    ],
)
def test_what_asks_or_tells_orders_nothing(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)
