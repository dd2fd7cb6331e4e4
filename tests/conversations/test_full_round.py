"""A full bike is not offered, and an order placed meanwhile does not slip in."""

from __future__ import annotations

from dataclasses import replace

from tests.village import Village


def _one_crate() -> Village:
    village = Village()
    square = village.store.square("bunnik")
    rounds = tuple(replace(one, capacity_crates=1) if one.name == "vrijdagochtend" else one for one in square.rounds)
    village.store._squares["bunnik"] = replace(square, rounds=rounds)
    return village


def _order(village: Village, who: str, door: str) -> str:
    village.says(who, "4 krentenbollen, vrijdagochtend")
    return village.says(who, door)


def test_a_full_round_is_not_offered() -> None:
    village = _one_crate()
    _order(village, "an", "Dorpsstraat 1, 3981 AB")
    assert "geplaatst" in village.says("an", "bestellen en betalen")
    assert "9.00 en 12.00" not in village.says("ben", "4 krentenbollen, vrijdagochtend")
    village.says("ben", "Kerkstraat 3, 3981 AC")
    village.taps("ben", "Ander moment")
    assert all("9-12" not in label or "27-11" not in label for label in village.labels("ben"))


def test_a_round_that_filled_up_between_summary_and_button_is_told() -> None:
    village = _one_crate()
    _order(village, "an", "Dorpsstraat 1, 3981 AB")
    _order(village, "ben", "Kerkstraat 3, 3981 AC")
    assert "geplaatst" in village.says("an", "bestellen en betalen")
    said = village.says("ben", "bestellen en betalen")
    assert "geplaatst" not in said
    assert "dat kan niet meer" in said
