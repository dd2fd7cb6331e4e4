"""Every button of a notice can also be typed, and the words that always work do so in every state."""

from __future__ import annotations

import pytest

from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _sold_out() -> Village:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    for text in (f"1 heel wit en 3 krentenbollen, vrijdagochtend naar {ADDRESS}", "bestellen en betalen"):
        village.says("an", text)
    village.says("bas", "op 1")
    return village


def test_a_typed_alternative_is_a_swap_and_no_new_order() -> None:
    village = _sold_out()
    assert "Bruin brood heel" in village.labels("an")
    assert "Goed: 1 x Bruin brood heel" in village.says("an", "bruin brood heel")
    assert village.store.draft("an", "bunnik").lines == []


@pytest.mark.parametrize("words", ["laat maar weg", "nee", "niets anders", "Nee, dank u"])
def test_a_typed_no_leaves_the_line_out(words: str) -> None:
    assert "laat het weg" in _sold_out().says("an", words)


def test_other_groceries_after_a_sold_out_line_are_a_new_order() -> None:
    village = _sold_out()
    village.says("an", "2 tompoucen")
    assert [line.name for line in village.store.draft("an", "bunnik").lines] == ["Tompouce"]


def test_after_a_swap_the_other_alternative_is_a_new_order() -> None:
    village = _sold_out()
    village.says("an", "bruin brood heel")
    village.says("an", "casinobrood wit")
    assert [line.name for line in village.store.draft("an", "bunnik").lines] == ["Casinobrood wit"]


def test_a_wrong_line_number_is_named_as_such() -> None:
    village = Village()
    village.says("an", "4 krentenbollen")
    assert "Regel 9 staat niet in uw mandje." in village.says("an", "FOUT 9")


def test_back_never_returns_to_the_question_about_stopping() -> None:
    village = Village()
    village.says("an", f"4 krentenbollen vrijdagochtend naar {ADDRESS}")
    village.says("an", "stop")
    village.says("an", "toch doorgaan")
    assert "stoppen" not in village.says("an", "terug")


def test_going_back_from_a_question_says_what_is_left_open() -> None:
    village = Village()
    village.says("an", "4 krentenbollen en yoghurt")
    said = village.says("an", "terug")
    assert "‘yoghurt’" in said


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("zitten er noten in", "Krentenbollen: ", "Borrelnootjes"),
        ("zitten er noten in de krentenbollen?", "Krentenbollen: ", "Borrelnootjes"),
        ("zit er melk in?", "Krentenbollen: ", "Volle melk"),
        ("zitten er noten in de borrelnootjes", "Borrelnootjes: ", "Krentenbollen"),
    ],
)
def test_a_question_about_allergens_is_about_the_product_meant(question: str, said: str, unsaid: str) -> None:
    village = Village()
    village.says("an", "4 krentenbollen, vrijdagochtend")
    answer = village.says("an", question).split("\n\n")[0]
    assert said in answer
    assert unsaid not in answer
