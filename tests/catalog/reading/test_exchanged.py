"""One thing for another and another count of it, in whatever words; and what says that it stays."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line

CUCUMBER, BROCCOLI, BREAD = "groenteboer/g50", "groenteboer/g11", "bakker/b01"


@pytest.mark.parametrize(
    "text",
    [
        "komkommer vervangen voor broccoli",
        "vervang de komkommer met broccoli",
        "verwissel de komkommer voor broccoli",
        "switch de komkommer voor broccoli",
        "voor de komkommer in de plaats broccoli",
        "broccoli in plaat van komkommer",
        "ik zie komkommer staan maar ik wilde broccoli",
        "U heeft komkommer genoteerd maar ik bedoelde broccoli",
        "ik hoef geen komkommer maar broccoli",
        "geen komkommer wel broccoli",
        "mijn vrouw wil toch liever broccoli dan komkommer",
        "mijn kleinzoon is allergisch voor komkommer dus graag broccoli in plaats daarvan",
        "die komkommer he, maak daar maar broccoli van, vergissing",
        "Goedemorgen, zou u de komkommer in mijn mandje kunnen vervangen door broccoli?",
    ],
)
def test_the_one_that_lies_there_goes_out(text: str) -> None:
    line = only_line(text, CUCUMBER, BREAD)
    assert (line.op, line.target, line.product) == ("replace", CUCUMBER, BROCCOLI)


@pytest.mark.parametrize(
    "text",
    [
        "doe ook een broccoli erbij, de komkommer was een goed idee",
        "een broccoli graag, en zet de komkommer niet in de zon",
    ],
)
def test_what_only_stands_beside_it_is_no_exchange(text: str) -> None:
    assert not any(line.op in ("replace", "remove") for line in heard(text, CUCUMBER, BREAD).lines)


@pytest.mark.parametrize(
    "text",
    [
        "verhoog het aantal komkommer tot 3",
        "vul de komkommer aan tot 3",
        "achter komkommer moet 3 staan",
        "zet bij komkommer maar 3",
        "alles bij elkaar wil ik 3 komkommer",
        "er moeten 3 komkommers in mijn mandje zitten",
        "ik had liever 3 komkommers gehad",
    ],
)
def test_how_many_it_must_become(text: str) -> None:
    line = only_line(text, CUCUMBER, BREAD)
    assert (line.op, line.target, line.amount) == ("set", CUCUMBER, 3)


@pytest.mark.parametrize(
    "text", ["Verhoog de komkommer met 3", "van die komkommer nog 3", "een komkommer is niet genoeg, doe er nog 3 bij"]
)
def test_how_many_come_with_it(text: str) -> None:
    line = only_line(text, CUCUMBER, BREAD)
    assert (line.op, line.target, line.amount) == ("more", CUCUMBER, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Haal de komkommer er niet uit!",
        "de komkommer niet weghalen hoor",
        "niet de komkommer verwijderen",
        "de komkommer wil ik wel houden",
        "de komkommer heb ik nodig voor een recept",
        "komkommer ja, die staat er echt op",
        "aan de komkommer hoeft niks te veranderen",
    ],
)
def test_it_stays(text: str) -> None:
    assert heard(text, CUCUMBER, BREAD).lines == ()


@pytest.mark.parametrize(
    "text",
    ["alles is goed op de komkommer na, die moet weg", "alles goed behalve komkommer die mag weg", "komkommer laat maar"],
)
def test_only_that_one_goes(text: str) -> None:
    line = only_line(text, CUCUMBER, BREAD)
    assert (line.op, line.target) == ("remove", CUCUMBER)
