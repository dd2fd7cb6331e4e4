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
        "pak een komkommer voor me in",
        "bewaar een komkommer voor mij",
        "schrijf een komkommer maar op",
        "ik ga toch maar voor een komkommer",
        "mijn vraag is of ik een komkommer kan krijgen",
        "Ik app je even omdat ik een komkommer wil",
        "mits voorradig een komkommer",
        "namens tante Riet een komkommer",
        "een komkommer op rekening van Jansen",
        "een komkommer en meer hoeft niet",
        "een komkommer, niet aanbellen want de baby slaapt",
        "Wil graag een komkommer",
        "Leveren jullie ook op de camping? Dan neem ik een komkommer",
        "ik lig ziek op bed, zou iemand een komkommer kunnen brengen",
        "leg een komkommer maar voor me weg",
        "hou een komkommer voor me apart",
        "vergeet ik nog een komkommer te bestellen",
        "er moet nog een komkommer komen",
        "Oh wacht, een komkommer moet er ook nog bij",
        "kan een komkommer nog mee",
        "kan een komkommer meegestuurd worden?",
        "ik heb wel trek in een komkommer",
        "ik laat een komkommer komen",
        "kom maar op met een komkommer",
        "mag ik vragen om een komkommer",
        "Ik vroeg me af of u een komkommer mee kunt nemen",
        "wij zouden het fijn vinden als er een komkommer bij zit",
        "van mijn vader moest ik een komkommer bestellen",
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
        "mag ik de komkommer ook zelf ophalen bij het buurthuis",
        "ik ga komkommersoep maken voor de kerk",
        "Kan ik de flessen ook weer inleveren bij de koerier?",
        "mag er nog iets bij?",
        "was het mogelijk dat de komkommer bevroren was?",
    ],
)
def test_what_asks_or_tells_orders_nothing(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)


def test_only_the_stretch_that_asks_orders() -> None:
    text = "Jan bakt de krentenbollen, en ik moet zorgen voor 2 pakken karnemelk"
    assert ("zuivel/z03", 2, "piece") in short(text)


@pytest.mark.parametrize(
    "text", ["voor oma 2 pakken karnemelk", "houd 2 pakken karnemelk voor mij vast", "pak 2 pakken karnemelk voor me"]
)
def test_how_many_behind_whom_it_is_for_and_what_is_done(text: str) -> None:
    assert short(text) == [("zuivel/z03", 2, "piece")]


@pytest.mark.parametrize(
    "text",
    ["met mevrouw de wit", "Dan breng ik de lege flessen terug", "Anja de Wit", "ik blijf lekker binnen en maak een pan soep"],
)
def test_names_and_what_goes_back_are_no_goods(text: str) -> None:
    assert not any(line.product for line in heard(text).lines)
