"""MIJN GEGEVENS and VERGEET MIJ, as people type them."""

from __future__ import annotations

import pytest

from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _ordered() -> Village:
    village = Village()
    for text in (f"6 krentenbollen vrijdagochtend naar {ADDRESS}", "BRIEFJE klop hard", "bestellen en betalen", "06 12345678"):
        village.says("an", text)
    return village


@pytest.mark.parametrize("words", ["mijn gegevens", "MIJN GEGEVENS!", "/mijngegevens"])
def test_all_that_is_known_is_said(words: str) -> None:
    said = _ordered().says("an", words)
    for known in ("Naam: An", ADDRESS, "0612345678", "klop hard", "test an", "1000 (€", "30 dagen", "7 jaar", "VERGEET MIJ"):
        assert known in said, known


def test_someone_new_hears_that_nothing_is_known() -> None:
    assert "Adres: onbekend" in Village().says("an", "mijn gegevens")


def test_forgetting_is_asked_first_and_no_is_no() -> None:
    village = _ordered()
    village.says("an", "annuleren")
    village.taps("an", "Ja, annuleren")
    assert "Dit kan niet terug" in village.says("an", "vergeet mij")
    assert "wis niets" in village.taps("an", "Nee")
    assert ADDRESS in village.says("an", "mijn gegevens")


def test_other_words_than_the_button_wipe_nothing() -> None:
    village = Village()
    village.says("an", f"6 krentenbollen naar {ADDRESS}")
    village.says("an", "vergeet mij")
    assert "niets gewist" in village.says("an", "2 croissants")
    assert ADDRESS in village.says("an", "mijn gegevens")


def test_an_order_on_its_way_is_delivered_first() -> None:
    assert "Bestelling 1000 loopt nog" in _ordered().says("an", "vergeet mij")


def test_afterwards_nothing_is_known_and_the_order_keeps_its_sum() -> None:
    village = _ordered()
    village.says("an", "annuleren")
    village.taps("an", "Ja, annuleren")
    village.says("an", "vergeet mij")
    assert "ik ben u vergeten" in village.taps("an", "Ja, wis alles")
    order = village.store.orders_of("an", "bunnik")[0]
    assert (order.place.postcode, order.lines[0].cents) == ("", 570)
    assert "Welkom" in village.says("an", "hallo")  # a newcomer again
    assert "Adres: onbekend" in village.says("an", "mijn gegevens")


def test_whoever_has_a_role_hears_that_it_ends() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    assert "winkelier" in village.says("bas", "vergeet mij")
    village.taps("bas", "Ja, wis alles")
    assert village.store.people("bunnik", "shopkeeper", "bakker") == []


def test_the_words_of_the_order_button_place_nothing_under_that_question() -> None:
    village = Village()
    village.says("an", f"6 krentenbollen vrijdagochtend naar {ADDRESS}")
    village.says("an", "vergeet mij")
    said = village.says("an", "bestellen en betalen")
    assert "niets gewist" in said
    assert "Dit is uw bestelling" in said
    assert village.store.orders_of("an", "bunnik") == []
