"""What hangs on a question about goods that are not sold here."""

from __future__ import annotations

import pytest
from reading_help import heard

CUCUMBER = "groenteboer/g50"


@pytest.mark.parametrize(
    ("text", "words", "amount"),
    [
        ("hebben jullie tofu? Zo ja dan wil ik een blok", "tofu", 1),
        ("hoi heb je ook mango's? dan 6", "mango's", 6),
        ("heeft u hummus? zo ja doe er 2", "hummus", 2),
        ("verkoopt u ook postzegels, dan graag 10", "postzegels", 10),
        ("verkopen jullie sushi? dan graag een doosje", "sushi", 1),
    ],
)
def test_what_is_not_sold_is_said_not_to_be(text: str, words: str, amount: int) -> None:
    reading = heard(text, CUCUMBER)
    assert [(line.op, line.words, line.product, line.amount) for line in reading.lines] == [("add", words, None, amount)]
    assert reading.questions


def test_a_question_alone_orders_nothing() -> None:
    assert heard("hebben jullie hummus?").lines == ()


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("heb je ook sushi? zo niet dan een komkommer", True),
        ("heb je ook sushi? Anders een komkommer graag", True),
        ("hebben jullie tofu? zo ja dan een blok, en sowieso een komkommer", True),
        ("heb je ook sushi? zo niet dan enkel een komkommer", True),
        ("heb je bloemkool? zo niet dan een komkommer", False),
        ("hebben jullie tofu? zo ja dan een blok en een komkommer", False),
    ],
)
def test_what_is_wanted_instead_is_sure_when_the_answer_is_known(text: str, sure: bool) -> None:
    assert heard(text).lines[-1].product == (CUCUMBER if sure else None)


def test_what_a_question_is_about_is_ordered_without_where_it_is_from() -> None:
    lines = heard(
        "Zijn de kroketten van de slager of uit de diepvries? Doe er hoe dan ook 2 pakken van, en een komkommer"
    ).lines
    assert [(line.candidates[0], line.amount) for line in lines] == [("kruidenier/w169", 2), (CUCUMBER, 1)]
