"""Whatever is dropped, kept or changed is said: TERUG, an address in between, groceries in a note, a shop that takes back."""

from __future__ import annotations

import pytest

from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _names(village: Village) -> list[str]:
    return [line.name for line in village.store.draft("an", "bunnik").lines]


def _ordered() -> Village:
    village = Village()
    for name, shop in (("bas", "bakker"), ("kees", "kaas")):
        village.role(name, "shopkeeper", shop)
    for text in (f"6 krentenbollen en een half pond jong belegen naar {ADDRESS}", "bestellen en betalen"):
        village.says("an", text)
    village.says("kees", "ok")
    village.says("bas", "ok")
    return village


# --- TERUG ------------------------------------------------------------------------------------------------------------


def test_going_back_out_of_a_question_names_what_is_left_out() -> None:
    village = Village()
    village.says("an", f"4 krentenbollen vrijdagochtend naar {ADDRESS}")
    village.says("an", "2 yoghurt en een kaas")
    said = village.says("an", "terug")
    assert "‘yoghurt’ en ‘kaas’ laat ik weg" in said
    assert "Dit is uw bestelling" in said


def test_going_back_to_the_same_wish_leaves_nothing_out() -> None:
    village = Village()
    village.says("an", "4 krentenbollen en yoghurt")
    village.says("an", "een kaas")
    assert "laat ik weg" not in village.says("an", "terug")


def test_an_answer_given_again_takes_the_place_of_the_first() -> None:
    village = Village()
    village.says("an", "2 yoghurt")
    village.says("an", "1")
    village.says("an", "terug")
    village.says("an", "2")
    assert _names(village) == ["Volle yoghurt"]


def test_none_of_these_after_going_back_takes_the_first_answer_out() -> None:
    village = Village()
    for text in ("2 yoghurt", "1", "terug", "geen van deze"):
        village.says("an", text)
    assert _names(village) == []


def test_other_groceries_are_no_answer_to_which_one() -> None:
    village = Village()
    village.says("an", "6 bollen")
    village.says("an", "kaas")
    assert _names(village) == []


# --- an address while a question is open ------------------------------------------------------------------------------


def test_an_address_in_between_is_repeated() -> None:
    village = Village()
    village.says("an", "6 krentenbollen en 2 yoghurt")
    said = village.says("an", f"ik woon op {ADDRESS}")
    assert "Bezorgen: An, Dorpsstraat 12, 3981 AB" in said
    assert "Welke bedoelt u" in said


def test_a_day_in_between_is_repeated() -> None:
    village = Village()
    village.says("an", "6 krentenbollen en 2 yoghurt")
    assert "Wanneer: vrijdag 27 november" in village.says("an", "vrijdagochtend graag")


def test_the_summary_says_where_and_when_once() -> None:
    village = Village()
    said = village.says("an", f"6 krentenbollen vrijdagochtend naar {ADDRESS}")
    assert said.count("Wanneer:") == said.count("Bezorgen:") == 1


def test_an_address_outside_the_area_is_answered_while_a_question_is_open() -> None:
    village = Village()
    village.says("an", "6 krentenbollen en 2 yoghurt")
    assert "Op 1234 AB bezorgen wij niet" in village.says("an", "ik woon op Kerkweg 3, 1234 AB")


# --- groceries in a note ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "note", "name"),
    [
        ("BRIEFJE bel doet het niet. Doe er ook 2 volle melk bij", "bel doet het niet", "Volle melk"),
        ("briefje de hond blaft, 2 yoghurt", "de hond blaft", "Welke bedoelt u met ‘yoghurt’"),
        ("briefje de hond blaft, 2 croissants", "de hond blaft", "Roomboter croissant"),
        ("briefje voor de koerier: sleutel bij de buren, en ook nog 6 eieren", "sleutel bij de buren", "eieren"),
    ],
)
def test_groceries_in_a_note_are_groceries(text: str, note: str, name: str) -> None:
    village = Village()
    village.says("an", f"1 heel wit vrijdagochtend naar {ADDRESS}")
    said = village.says("an", text)
    assert f"Briefje voor de koerier: ‘{note}’" in said
    assert name.casefold() in said.casefold()


@pytest.mark.parametrize(
    "note", ["bel 2 keer, 3 keer kloppen", "2 hoog, de linker deur", "zet de melk in de schuur, 2 trappen op"]
)
def test_a_note_with_numbers_stays_a_note(note: str) -> None:
    village = Village()
    village.says("an", f"1 heel wit vrijdagochtend naar {ADDRESS}")
    assert f"‘{note}’" in village.says("an", f"briefje {note}")
    assert _names(village) == ["Wit brood heel"]


def test_a_note_behind_the_groceries_on_one_line() -> None:
    village = Village()
    said = village.says("an", "6 krentenbollen en een briefje: sleutel bij de buren")
    assert "Briefje voor de koerier: ‘sleutel bij de buren’" in said
    assert _names(village) == ["Krentenbollen"]


# --- can I still add something? ---------------------------------------------------------------------------------------


ADDING = ["kan ik nog iets toevoegen?", "kan er nog iets bij?", "mag ik nog iets bijbestellen", "kan ik er nog wat bij doen"]


@pytest.mark.parametrize("question", ADDING)
def test_adding_to_a_basket(question: str) -> None:
    village = Village()
    village.says("an", "6 krentenbollen vrijdagochtend")
    said = village.says("an", question)
    assert "Typ gewoon wat u erbij wilt" in said
    assert "donderdag 26 november tot 18.00 uur" in said
    assert "Dat weet ik niet" not in said


@pytest.mark.parametrize("question", ADDING)
def test_adding_to_an_order_that_stands(question: str) -> None:
    village = _ordered()
    said = village.says("an", question)
    assert "morgen tot 10.00 uur" in said
    assert "tweede bestelling" in said
    assert "Bezorgen kost dan niets extra" in said


def test_adding_after_the_round_closed_names_the_next_one() -> None:
    village = _ordered()
    village.wait(hours=26)
    said = village.says("an", ADDING[0])
    assert "Bij bestelling 1000 kan niets meer bij" in said
    assert "donderdag 26 november" in said


# --- a shop takes its yes back ----------------------------------------------------------------------------------------


def test_a_shop_that_takes_back_its_yes_after_all_said_yes_is_told_to_the_resident() -> None:
    village = _ordered()
    assert "Alle winkels zeggen ja" in village.last("an")
    village.says("bas", "fout")
    assert "Bakkerij de Molen" in village.last("an")
    assert "kijkt nog" in village.last("an")
    village.says("bas", "ok")
    assert "Alle winkels zeggen ja" in village.last("an")
    assert len(village.inbox["an"]) == 5


def test_a_shop_that_takes_back_its_yes_before_all_said_yes_bothers_nobody() -> None:
    village = Village()
    for name, shop in (("bas", "bakker"), ("kees", "kaas")):
        village.role(name, "shopkeeper", shop)
    for text in (f"6 krentenbollen en een half pond jong belegen naar {ADDRESS}", "bestellen en betalen"):
        village.says("an", text)
    village.says("bas", "ok")
    before = len(village.inbox["an"])
    village.says("bas", "fout")
    assert len(village.inbox["an"]) == before


def test_a_shop_that_took_back_its_yes_is_reminded_again() -> None:
    village = _ordered()
    village.wait(hours=1)
    village.says("bas", "fout")
    village.wait(minutes=16)
    assert "wacht op uw antwoord" in village.last("bas")
