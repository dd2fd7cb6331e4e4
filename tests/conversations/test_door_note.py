"""A note for at the door, and how one pays: kept, echoed, shown to the courier, and never taken for groceries."""

from __future__ import annotations

from datetime import datetime

import pytest

from conversations.asides import split
from tests.village import AMSTERDAM, Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _at_the_summary() -> Village:
    village = Village()
    village.says("an", "4 krentenbollen, vrijdagochtend")
    village.says("an", ADDRESS)
    return village


@pytest.mark.parametrize(
    ("text", "rest", "note"),
    [
        ("BRIEFJE sleutel ligt bij de buren", "", "sleutel ligt bij de buren"),
        ("briefje: de bel doet het niet, klop maar", "", "de bel doet het niet, klop maar"),
        ("Voor de koerier: achterom graag", "", "achterom graag"),
        ("4 krentenbollen, de sleutel ligt bij de buren", "4 krentenbollen", "de sleutel ligt bij de buren"),
        ("2 tompoucen\nZet het maar in de schuur.\n3 bollen", "2 tompoucen\n3 bollen", "Zet het maar in de schuur"),
        ("kom maar achterom", "", "kom maar achterom"),
        ("bij niet thuis: bij de buren op 14 afgeven", "", "bij niet thuis: bij de buren op 14 afgeven"),
        ("2 krentenbollen voor de buurvrouw", "2 krentenbollen voor de buurvrouw", ""),
        ("een schuurspons en 2 sleutelhangers", "een schuurspons en 2 sleutelhangers", ""),
        ("kan het ook achterom?", "kan het ook achterom?", ""),
        ("bel mij", "bel mij", ""),
    ],
)
def test_a_note_is_told_from_groceries(text: str, rest: str, note: str) -> None:
    aside = split(text)
    assert (aside.rest, aside.note) == (rest, note)


@pytest.mark.parametrize(
    ("text", "rest", "pay"),
    [
        ("ik betaal aan de deur", "", "door"),
        ("4 bollen, betalen aan de deur graag", "4 bollen", "door"),
        ("contant", "", "door"),
        ("ik wil met de pin betalen aan de deur", "", "door"),
        ("toch via de bank betalen", "", "online"),
        ("ik betaal met ideal", "", "online"),
        ("kan ik aan de deur betalen?", "kan ik aan de deur betalen?", ""),
        ("hoe kan ik betalen", "hoe kan ik betalen", ""),
        ("Bestellen en betalen", "Bestellen en betalen", ""),
    ],
)
def test_how_one_pays_is_told_from_groceries(text: str, rest: str, pay: str) -> None:
    aside = split(text)
    assert (aside.rest, aside.pay) == (rest, pay)


def test_a_note_is_echoed_and_stands_in_the_summary() -> None:
    village = _at_the_summary()
    said = village.says("an", "BRIEFJE sleutel ligt bij de buren")
    assert "Briefje voor de koerier: ‘sleutel ligt bij de buren’" in said
    assert "3981 AB (sleutel ligt bij de buren)" in said
    assert "(sleutel" not in village.says("an", "briefje weg")


def test_a_note_given_with_the_order_before_the_address_is_not_lost() -> None:
    village = Village()
    assert "sleutel" in village.says("an", "4 krentenbollen vrijdagochtend, de sleutel ligt bij de buren")
    assert "(de sleutel ligt bij de buren)" in village.says("an", ADDRESS)


def test_the_courier_reads_the_note_at_the_door_also_when_it_came_after_the_order() -> None:
    village = _at_the_summary()
    village.role("bas", "shopkeeper", "bakker")
    village.role("sam", "courier")
    village.says("an", "betalen aan de deur")
    village.says("an", "bestellen en betalen")
    assert "Briefje voor de koerier" in village.says("an", "kom maar achterom")
    village.says("bas", "ok")
    village.wait(datetime(2026, 11, 26, 17, 1, tzinfo=AMSTERDAM))
    village.says("sam", "ja")
    village.wait(datetime(2026, 11, 27, 8, 30, tzinfo=AMSTERDAM))
    village.says("sam", "start")
    assert "Let op: kom maar achterom" in village.says("sam", "klaar")
    assert all("achterom" not in one.body for one in village.inbox["bas"])


def test_who_has_no_order_hears_when_a_note_helps() -> None:
    village = Village()
    village.says("an", "hallo")
    assert "Briefje voor de koerier: ‘achterom’" in village.says("an", "briefje achterom")
    village.says("an", "4 krentenbollen vrijdagochtend")
    assert "(achterom)" in village.says("an", ADDRESS)


def test_an_empty_note_asks_for_one() -> None:
    assert "Typ bijvoorbeeld: BRIEFJE" in _at_the_summary().says("an", "briefje")


def test_paying_at_the_door_can_be_typed() -> None:
    village = _at_the_summary()
    assert "Betalen: bij de koerier aan de deur" in village.says("an", "ik betaal aan de deur")
    assert "Betalen: via uw bank" in village.says("an", "toch via de bank betalen")


def test_how_to_pay_may_come_with_the_whole_order() -> None:
    said = Village().says("an", f"4 krentenbollen, vrijdagochtend naar {ADDRESS}. betalen aan de deur")
    assert "Betalen: bij de koerier aan de deur" in said
