"""A story and an order in one sentence, and goods that are only talked of: what is told is no line, what is ordered is one."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line, short

CUCUMBER = ("groenteboer/g50", 1, "piece")


@pytest.mark.parametrize(
    "text",
    [
        "bloemkool ligt nog in de kelder maar een komkommer moet ik wel hebben",
        "met bloemkool hoef je bij ons niet aan te komen, maar een komkommer gaat er altijd in",
        "ik heb de bloemkool goed ontvangen en nu wou ik een komkommer als het kan",
        "ik ga bloemkool inmaken en heb daar een komkommer bij nodig",
        "eerst wou ik bloemkool maar mijn man zegt een komkommer, dus doe dat maar",
        "ik twijfelde over bloemkool maar het wordt toch een komkommer",
        "doe een komkommer, bloemkool hebben we zat",
        "voor in de soep een komkommer graag, de bloemkool heb ik nog van zaterdag",
        "noteer een komkommer, de bloemkool krijgen we van opa",
        "een komkommer graag, ik breng ook de bloemkool terug die niet goed was",
        "ik krijg visite en die brengen bloemkool mee, dus voor mij een komkommer",
        "zeg tegen je vader dat de bloemkool goed gesmaakt heeft en dat ik een komkommer wil",
        "ik wou graag een komkommer en zeg maar tegen Piet dat de bloemkool lekker was",
        "Misschien volgende week bloemkool, weet ik nog niet. Nu in ieder geval een komkommer",
        "over kerst en de bloemkool hoor je nog van mij, voor dit weekend een komkommer",
        "de slakken hebben mijn bloemkool opgegeten dus ik geef het op, lever maar een komkommer",
        "deze keer een komkommer, volgende keer weer bloemkool",
        "met kerst doen we bloemkool, maar voor nu een komkommer graag",
        "omdat mijn dochter bloemkool meebrengt hoef ik alleen een komkommer",
        "graag een komkommer, en bewaar die bloemkool maar voor een ander",
        "ondanks het gedoe met de bloemkool wil ik toch weer een komkommer bij jullie bestellen",
    ],
)
def test_only_what_is_ordered_is_a_line(text: str) -> None:
    assert short(text) == [CUCUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "eigenlijk wou ik een komkommer bestellen maar we gaan toch weg dit weekend",
        "misschien later deze week een komkommer, hangt van mijn zus af",
        "volgende maand hebben we 2 komkommers nodig, daar kom ik nog op terug",
        "kinderen en bloemkool, dat blijft een drama aan tafel",
        "mag ik even klagen over de bloemkool? die was zo hard als een steen",
        "bij de vorige bestelling zat de komkommer geplet onderin",
        "de buurvrouw bakt een taart voor ons",
        "mijn dochter brengt morgen 2 komkommers mee uit de stad",
        "voor mij is bloemkool echt iets van vroeger",
        "kan je bloemkool ook rauw eten",
        "met kerst bestel ik 2 komkommers, nu nog niet",
        "we hebben 2 komkommers over van het feest, wil iemand ze hebben?",
        "ik moet nog met mijn vrouw overleggen over de komkommer",
        "de kerk deelde 2 komkommers uit aan iedereen boven de zeventig",
        "op het plein verkopen ze zaterdag bloemkool voor het goede doel",
    ],
)
def test_goods_that_are_talked_of_order_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    "text",
    [
        "eigenlijk wilde ik een komkommer",
        "een komkommer, en misschien kom ik later nog langs",
        "mijn man wil graag een komkommer",
        "ik ben dol op salade, dus een komkommer graag",
        "de taart was lekker en nu graag een komkommer",
        "een komkommer, ik moet nog overleggen over de dag",
        "zodra het kan graag een komkommer",
        "zorg maar voor een komkommer",
        "voor mij een komkommer",
    ],
)
def test_what_sounds_like_it_still_orders(text: str) -> None:
    line = only_line(text)
    assert (line.product, line.amount, line.unit) == CUCUMBER


def test_what_is_pointed_at_is_ordered_though_somebody_else_likes_it() -> None:
    text = "mijn kleinzoon komt en die lust alleen komkommers en bloemkool, dus doe maar"
    assert short(text) == [CUCUMBER, ("groenteboer/g10", 1, "piece")]
