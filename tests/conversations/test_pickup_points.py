"""Fetching it yourself: with one point it is chosen, with more the resident says which."""

from __future__ import annotations

from dataclasses import replace

from tests.village import Village

POINTS = ("Dorpshuis De Voorbeeldhof, Dorpsplein 5", "Bibliotheek Het Voorbeeld, Kerkstraat 9")


def _village(*points: str) -> Village:
    village = Village()
    square = village.store.square("bunnik")
    village.store._squares["bunnik"] = replace(square, delivery=replace(square.delivery, pickup_points=points))
    village.says("an", "4 krentenbollen, vrijdagochtend")
    return village


def test_one_point_needs_no_question() -> None:
    village = _village(POINTS[0])
    assert f"Ophalen: {POINTS[0]}" in village.says("an", "ik kom het ophalen")


def test_with_two_points_the_resident_is_asked_which() -> None:
    village = _village(*POINTS)
    said = village.taps("an", "Ik haal het op")
    assert "Waar wilt u het ophalen?" in said
    assert len(village.labels("an")) == 3
    assert f"Ophalen: {POINTS[1]}" in village.says("an", "2")


def test_the_point_may_be_typed_in_other_words() -> None:
    village = _village(*POINTS)
    assert "Waar wilt u het ophalen?" in village.says("an", "ophalen")
    assert f"Ophalen: {POINTS[1]}" in village.says("an", "bij de bibliotheek graag")


def test_the_point_may_come_with_the_wish() -> None:
    assert f"Ophalen: {POINTS[1]}" in _village(*POINTS).says("an", "ik haal het op bij de bibliotheek")


def test_who_changes_their_mind_is_asked_for_the_address() -> None:
    village = _village(*POINTS)
    village.taps("an", "Ik haal het op")
    assert "Waar mag het heen?" in village.taps("an", "Toch laten bezorgen")


def test_outside_the_area_all_points_are_named() -> None:
    village = _village(*POINTS)
    said = village.says("an", "Kerkstraat 1, 3511 AB")
    assert "Dorpshuis De Voorbeeldhof" in said
    assert "Bibliotheek" in said
    assert "Waar wilt u het ophalen?" in village.taps("an", "Ik haal het op")


def test_a_point_that_was_taken_off_the_square_is_asked_anew() -> None:
    village = _village(*POINTS)
    village.says("an", "ik haal het op bij de bibliotheek")
    square = village.store.square("bunnik")
    fewer = replace(square.delivery, pickup_points=(POINTS[0], "Kerk, Kerkplein 2"))
    village.store._squares["bunnik"] = replace(square, delivery=fewer)
    assert "Waar wilt u het ophalen?" in village.says("an", "bestellen en betalen")
