"""What depends on something, is only told of, or is said again otherwise: never in the basket unasked."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line


@pytest.mark.parametrize(
    "text",
    [
        "als de aardbeien er zijn dan wil ik er 2 bakjes van",
        "als er nog komkommers zijn dan graag 2",
        "is de komkommer vers? zo ja, doe er dan 2",
        "4 slavinken en 2 komkommers, andersom bedoel ik",
        "2 ons zalm",
        "een boterham",
        "de kaas was lekker, 2 pakken halfvolle melk",
        "hebbe jullie ook glutevrij brood",
        "ik zoek straks even op wat we nog in huis hebben aan rijst en macaroni",
        "ik moet eerst kijken hoeveel bloem ik nog heb",
        "ik maak zaterdag zelf snert",
        "mijn buurman eet elke dag 2 haringen",
        "sinds ik bij jullie bestel eet ik veel meer groente",
        "misschien bestel ik morgen nog wat komkommers",
    ],
)
def test_what_depends_or_is_only_told_of_goes_into_no_basket(text: str) -> None:
    assert all(line.product is None or line.op != "add" for line in heard(text).lines)


@pytest.mark.parametrize(
    "text",
    [
        "complimenten aan de slager voor de rollade", "de hele familie komt zondag", "nee joh laat maar", "dikke kus",
        "even overleggen met mijn vrouw over de taart", "de kleinkinderen vochten om de laatste moorkop", "test test 123",
        "heel fijn dat het zo snel kan", "laat eens zien wat ik al besteld heb", "we bakken morgen een taart",
    ],
)  # fmt: skip
def test_talk_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "product", "amount"),
    [
        ("2 komkommers en een kruiwagen... laat maar, alleen de komkommers", "groenteboer/g50", 2),
        ("twee komkommers\nwacht, Jaap eet ook mee\ndrie komkommers dus", "groenteboer/g50", 3),
        ("een bos anjers... hm toch rozen, een bos rozen", "bloemist/f01", 1),
        ("een bos anjers, toch liever rozen", "bloemist/f01", 1),
        ("2 pakken halfvolle melk, doe toch maar karnemelk", "zuivel/z03", 2),
    ],
)
def test_the_last_word_counts(text: str, product: str, amount: int) -> None:
    line = only_line(text)
    assert (line.product, line.amount) == (product, amount)
