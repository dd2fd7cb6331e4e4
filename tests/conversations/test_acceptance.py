"""What people really do, tried as they do it: half answers, second thoughts, words in the wrong place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _names(village: Village) -> list[str]:
    return [line.name for line in village.store.draft("an", "bunnik").lines]


# --- an address in two halves -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "halves",
    [("kerkstraat 4 bis bunnik", "3981 ab"), ("Kerkstraat 4 bis", "3981AB"), ("3981 AB", "4 bis"), ("3981 ab", "nummer 4 bis")],
)
def test_an_address_may_come_in_two_halves(halves: tuple[str, str]) -> None:
    village = Village()
    village.says("an", "6 krentenbollen vrijdagochtend")
    assert "Ik mis uw" in village.says("an", halves[0])
    said = village.says("an", halves[1])
    assert "4 bis" in said
    assert "3981 AB" in said
    assert "Dit is uw bestelling" in said


def test_groceries_after_half_an_address_are_groceries() -> None:
    village = Village()
    village.says("an", "6 krentenbollen vrijdagochtend")
    village.says("an", "3981 AB")
    village.says("an", "12 croissants")
    assert _names(village) == ["Krentenbollen", "Roomboter croissant"]


def test_half_an_address_while_a_question_is_open_is_no_product() -> None:
    village = Village()
    village.says("an", "2 yoghurt")
    said = village.says("an", "kerkstraat 4 bunnik")
    assert "Ik mis uw postcode" in said
    assert "niet gevonden" not in said


# --- amounts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["zitten er pindas in?", "lekker", "doe maar", "zijn die vers"])
def test_what_says_no_amount_is_no_amount(text: str) -> None:
    village = Village()
    village.says("an", "een paar krentenbollen of zo, 2 of 3")
    before = _names(village)
    village.says("an", text)
    assert _names(village) == before


@pytest.mark.parametrize(("text", "amount"), [("3", 3), ("drie graag", 3), ("doe er maar 4", 4)])
def test_an_amount_is_one(text: str, amount: int) -> None:
    village = Village()
    village.says("an", "2 of 3 krentenbollen")
    village.says("an", text)
    assert [line.amount for line in village.store.draft("an", "bunnik").lines] == [amount]


# --- second thoughts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["nee laat die yoghurt maar", "laat maar zitten", "hoeft niet", "doe maar niet"])
def test_never_mind_the_one_that_is_asked_about(text: str) -> None:
    village = Village()
    village.says("an", "6 krentenbollen en 2 yoghurt")
    assert "laat ik weg" in village.says("an", text)
    assert _names(village) == ["Krentenbollen"]


def test_fout_without_a_number_is_asked_about() -> None:
    village = Village()
    village.says("an", f"6 krentenbollen vrijdagochtend naar {ADDRESS}")
    assert "FOUT 2" in village.says("an", "fout").split("\n\n")[0]


def test_the_same_as_last_time_keeps_the_open_question() -> None:
    village = Village()
    for text in (f"6 krentenbollen vrijdagochtend naar {ADDRESS}", "bestellen en betalen", "2 yoghurt"):
        village.says("an", text)
    assert "Welke bedoelt u met ‘yoghurt’" in village.says("an", "hetzelfde als vorige keer")


def test_what_does_it_cost_together() -> None:
    village = Village()
    village.says("an", "6 krentenbollen")
    assert "Totaal €\xa05,70" in village.says("an", "wat kost dat nou alles bij elkaar?")


# --- minimum and drafts -------------------------------------------------------------------------------------------------


def _dear() -> Village:
    village = Village()
    square = village.store.square("bunnik")
    rules = replace(square.delivery, minimum_cents=1500, fee_cents=250, free_from_cents=2500)
    village.store._squares["bunnik"] = replace(square, delivery=rules)
    return village


def test_a_basket_below_the_minimum_says_how_much_is_missing_and_the_other_way() -> None:
    said = _dear().says("an", f"6 krentenbollen naar {ADDRESS}")
    for part in ("Bezorgkosten: €\xa02,50", "Totaal €\xa08,20", "vanaf €\xa015,00", "nog €\xa09,30", "ik haal het op"):
        assert part in said
    assert said.count("Krentenbollen") == 1


def test_below_the_minimum_nothing_is_ordered_and_fetching_is_free() -> None:
    village = _dear()
    village.says("an", f"6 krentenbollen naar {ADDRESS}")
    village.says("an", "bestellen en betalen")
    assert village.store.orders_of("an", "bunnik") == []
    assert "Totaal €\xa05,70" in village.says("an", "ik haal het op")


def test_a_draft_is_there_after_three_days() -> None:
    village = Village()
    village.says("an", f"6 krentenbollen vrijdagochtend naar {ADDRESS}")
    village.wait(hours=72)
    assert "6 x Krentenbollen" in village.says("an", "mandje")
