"""Coming in: squares, long silences, and other owners of a known number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.squares import load_square
from tests.village import Village


def test_with_two_squares_one_is_asked_for() -> None:
    village = Village()
    other = replace(load_square("voorbeeld"), slug="voorbeeld")
    village.store._squares["voorbeeld"] = other
    assert "Bij welk dorpsplein" in village.says("an", "hallo")
    assert len(village.labels("an")) == 2
    said = village.taps("an", village.labels("an")[0])
    assert "U praat met de bestelcomputer" in said
    assert "Wat mag het zijn?" in said


def _ordered_before() -> Village:
    village = Village()
    for text in ("4 krentenbollen, vrijdag", "Dorpsstraat 12, 3981 AB", "bestellen en betalen"):
        village.says("an", text)
    person = village.store.person("an")
    person.verify = True
    village.store.save_person(person)
    return village


def test_after_a_long_silence_nothing_old_is_shown_before_the_address_was_said() -> None:
    village = _ordered_before()
    said = village.says("an", "waar blijft mijn bestelling")
    assert "postcode en huisnummer" in said
    assert "1000" not in said
    assert "Dorpsstraat" not in said
    assert "weet het weer" in village.says("an", "3981 ab 12")
    assert "1000" in village.says("an", "waar blijft mijn bestelling")


def test_another_owner_of_the_number_starts_with_a_clean_sheet() -> None:
    village = _ordered_before()
    village.says("an", "hallo")
    said = village.says("an", "Kerkweg 3, 3981 AC", name="Iemand Anders")
    assert "Dorpsstraat" not in said
    assert "geen bestelling lopen" in village.says("an", "waar blijft mijn bestelling")
    assert "nog niet eerder besteld" in village.says("an", "hetzelfde als vorige week")


def test_whoever_says_to_be_new_is_new() -> None:
    village = _ordered_before()
    village.says("an", "hallo")
    assert "Welkom bij" in village.taps("an", "Ik ben nieuw hier")


@pytest.mark.parametrize("text", ["wat", "hulp", "bel mij", "terug", "06 12345678", "rijden", "mandje", "3981 AB 12"])
def test_before_a_square_is_chosen_nothing_goes_wrong(text: str) -> None:
    village = Village()
    village.store._squares["voorbeeld"] = replace(load_square("voorbeeld"), slug="voorbeeld")
    village.says("an", "hallo")
    for _ in range(3):
        assert village.says("an", text)
    assert "dorpsplein" in village.last("an")
