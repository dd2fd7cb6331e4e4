"""What people say before and behind an order, plain as it is: none of it makes the order doubtful, lost or more than it is."""

from __future__ import annotations

import pytest
from reading_help import told

LEADS = (
    "weet je wat, {}", "weet u wat doe maar {}", "toe maar {}", "hup {}", "akkoord, {}", "is goed dan {}", "start met {}",
    "zeg {}", "wacht, {}", "o wacht {}", "oh wacht, ook nog {}", "oeps, {} vergeten", "oeps vergeten {}", "ik vergat {}",
    "vergeten: {}", "even snel tussendoor {}", "koelkast leeg! {}", "vanavond eters, {}", "omdat we visite krijgen {}",
    "als het nog kan {}", "wij lusten wel {}", "daar hoort {} bij", "kom {} brengen", "ik kom voor {}", "er moeten {} komen",
    "zet maar neer {}", "lukt {} nog voor vanavond?", "is {} nog mogelijk?", "neem je {} mee?", "hebt u {} voor mij?",
)  # fmt: skip
TAILS = (
    "{} nietwaar", "{} maximaal", "{} exact", "{}. Punt.", "{}, mmm", "{}, brrr wat koud", "{}, wat een weer he",
    "{}, de goedkoopste", "{}, mag ook morgen", "{}, zet maar in de schuur", "{} is prima", "{} het is voor de soep",
)  # fmt: skip


@pytest.mark.parametrize("said", [*LEADS, *TAILS])
@pytest.mark.parametrize(("goods", "line"), [("3 komkommers", "3 Komkommer"), ("een bloemkool", "1 Bloemkool")])
def test_one_line_and_no_more(said: str, goods: str, line: str) -> None:
    assert told(said.format(goods)) == line


@pytest.mark.parametrize(
    "text",
    [
        "weet je of de bloemkool duur is",
        "vergeten: de kaas van vorige week moet nog betaald",
        "de bloemkool is prima",
        "ik vergat mijn tas",
        "neem je een appje mee",
        "zet de tas maar in de schuur",
        "wat een mooie bloemkool was dat",
        "sinds de winkel dicht is moest ik voor een pak koffie al met de bus",
    ],
)
def test_talk_is_still_talk(text: str) -> None:
    assert told(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een bloemkool of anders broccoli", "1 ?Bloemkool"),
        ("eventueel 3 komkommers", "3 ?Komkommer"),
    ],
)
def test_what_is_doubtful_is_still_asked(text: str, expected: str) -> None:
    assert told(text) == expected
