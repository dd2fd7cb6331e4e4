"""Words of haste and of chat: glued together, cut short, and pictures that are counted."""

from __future__ import annotations

from datetime import date

import pytest
from reading_help import heard, only_line

CUCUMBER, TEA, BREAD, CHEESE = "groenteboer/g50", "kruidenier/w75", "bakker/b24", "kaas/k51"


@pytest.mark.parametrize(
    "text",
    [
        "doemaar 2 komkommers", "moggen! doemaar 2 komkommers", "ikwil 2 komkommers", "mgn 2 komkommers",
        "magik 2 komkommers", "gimme 2 komkommers pls", "kmoet 2 komkommers hebben", "oww en 2 komkommers!", "🥒x2",
        "2 komkommers, das alles", "2 komkommers thats it", "mss 2 komkommers ofcourse", "koop jij ook ff 2 komkommers",
        "2 komkommers vr mn moeder", "me moeder wil 2 komkommers", "2 komkommers voor vnv", "hoi 🥒 x 2",
    ],
)  # fmt: skip
def test_haste_orders_what_it_names(text: str) -> None:
    assert (only_line(text).product, only_line(text).amount) == (CUCUMBER, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("omg bijna vergeten!! 1 komkommer voor zat pls 🙏", date(2026, 11, 28)), ("2 komkommers op zat", date(2026, 11, 28)),
        ("2 komkommers voor vnv", date(2026, 11, 23)), ("mgn 2 komkommers", date(2026, 11, 24)),
        ("3 komkommers vr", date(2026, 11, 27)), ("vr graag 3 komkommers", date(2026, 11, 27)),
    ],
)  # fmt: skip
def test_days_cut_short(text: str, day: date) -> None:
    found = heard(text)
    assert found.when is not None
    assert (found.when.day, [line.product for line in found.lines]) == (day, [CUCUMBER])


def test_sat_is_no_saturday() -> None:
    found = heard("de soep zat in een lek bakje")
    assert (found.lines, found.when, found.moment) == ((), None, None)


@pytest.mark.parametrize("who", ["mijn moeder", "mn moeder", "mn ma", "m'n zusje"])
def test_somebody_asks_for_it(who: str) -> None:
    assert only_line(f"{who} vraagt of je ook 1 pak zwarte thee kan meenemen").product == TEA


def test_if_so_depends_on_the_answer() -> None:
    assert only_line("heb je nog komkommers? zoja doe 2").candidates == (CUCUMBER,)


def test_what_can_be_is_asked_for() -> None:
    found = heard("kan morgen 2 stokbrood wit en kruidenroomkaas? 🙏")
    assert [line.product for line in found.lines] == [BREAD, CHEESE]


def test_whether_something_can_be_done_adds_no_line() -> None:
    assert len(heard("Graag een fruitmand. Kan dat op twee adressen?").lines) == 1


def test_amounts_glued_behind_a_kind() -> None:
    lines = heard("kipfilet 300gram rijst 1pak paprika rood2 komkommer1").lines
    assert [line.amount for line in lines] == [300, 1, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "ja hoi, wil ff vragen of 2 komkommers kan voor zaterdag", "kom vragen of 2 komkommers nog mee kunnen",
        "vraagje of er 2 komkommers bij kunnen", "dude, 2 komkommers", "toppers, 2 komkommers", "2 komkommers voor morgenvroeg",
    ],
)  # fmt: skip
def test_asking_whether_and_whom(text: str) -> None:
    assert (only_line(text).product, only_line(text).amount) == (CUCUMBER, 2)


@pytest.mark.parametrize("text", ["wou vragen of er ook 2 soorten kaas zijn", "ik vroeg of 2 komkommers genoeg is voor 4 man"])
def test_asking_what_there_is_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()
