"""Words that are no goods by their form, and goods that are not sold here all the same."""

from __future__ import annotations

import pytest
from reading_help import heard

from catalog.reading.formed import is_formed, is_of_people, is_verb


@pytest.mark.parametrize(
    "word",
    [
        "slinkt",
        "uitkomt",
        "weghaalde",
        "uitdelen",
        "snotteren",
        "wijzigen",
        "declareren",
        "schrijfen",
        "verhuisde",
        "niesde",
        "kleefde",
    ],
)
def test_a_verb_is_known_by_its_form(word: str) -> None:
    assert is_verb(word)


@pytest.mark.parametrize(
    "word", ["klaverjasclub", "wijkvereniging", "bewonerscommissie", "schoondochter", "schoolreisje", "groep"]
)
def test_people_and_occasions_are_known_by_their_end(word: str) -> None:
    assert is_of_people(word)


@pytest.mark.parametrize(
    "word",
    [
        "boren",
        "aanmaakblokken",
        "afvalzakken",
        "inlegkruisjes",
        "kookroom",
        "slagroom",
        "clubsandwich",
        "kindershampoo",
        "trouwringen",
        "weekblad",
        "schoolbord",
        "kantoorstoel",
        "peren",
        "conferenceperen",
        "koffie",
        "wasmiddel",
        "kangoeroevlees",
        "pijnboompitten",
    ],
)
def test_goods_are_not_taken_for_anything_else(word: str) -> None:
    assert not is_formed(word)


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("een komkommer, één zak slinkt tot niks", ["groenteboer/g50"]),
        ("een komkommer, ik ben de hele klaverjasclub vergeten", ["groenteboer/g50"]),
        ("een komkommer voor Yara (groep 6)", ["groenteboer/g50"]),
        ("voor groep 4: 24 krentenbollen", ["bakker/b20"]),
        ("bananen, een kilo, voor klas 3", ["groenteboer/g95"]),
        ("slagroomtaart met Hoera Lies 70 erop", ["bakker/b43"]),
        ("een komkommer, net wat uitkomt", ["groenteboer/g50"]),
        ("een komkommer, de bewonerscommissie komt", ["groenteboer/g50"]),
        ("De zwager blijkt mee te komen, een komkommer graag", ["groenteboer/g50"]),
        ("het mag wat feestelijk. Doe maar 8 tompoucen", ["bakker/b40"]),
        ("ik wil groots uitpakken: een komkommer", ["groenteboer/g50"]),
        ("Tikfout! een komkommer", ["groenteboer/g50"]),
    ],
)
def test_what_is_no_goods_is_no_line(text: str, products: list[str]) -> None:
    assert [line.product for line in heard(text).lines] == products


@pytest.mark.parametrize("text", ["voor groep 4: 24 krentenbollen", "24 krentenbollen voor groep 4"])
def test_the_number_of_a_group_is_no_amount(text: str) -> None:
    assert [line.amount for line in heard(text).lines] == [24]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("een aquarium", "aquarium"),
        ("postzegels", "postzegels"),
        ("een clubsandwich graag", "clubsandwich"),
        ("een doos kerstmannen en een komkommer", "kerstmannen"),
        ("3 schroevendraaiers", "schroevendraaiers"),
        ("een kantoorstoel", "kantoorstoel"),
        ("een zak tennisballen graag", "tennisballen"),
    ],
)
def test_goods_that_are_not_sold_are_told_so(text: str, words: str) -> None:
    line = heard(text).lines[0]
    assert (line.words, line.product, line.candidates) == (words, None, ())


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("een pijpje kaneel en een komkommer", "kruidenier/w140"),
        ("een struuk spitskool graag", "groenteboer/g16"),
        ("1 superdeluxe toiletpapier", "kruidenier/w180"),
    ],
)
def test_goods_beside_a_word_that_means_nothing_are_offered_and_asked(text: str, offered: str) -> None:
    line = heard(text).lines[0]
    assert (line.product, line.candidates, line.asks) == (None, (offered,), "which")


@pytest.mark.parametrize("text", ["een pizza salami", "een rol behang", "2 vellen postzegels"])
def test_goods_that_are_not_sold_are_nothing_else(text: str) -> None:
    line = heard(text).lines[0]
    assert (line.product, line.candidates) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "een gemengd boeket groot, kaartje erbij: beterschap Ineke",
        "een gemengd boeket groot met kaartje 'beterschap mam'",
        "graag een gemengd boeket groot met een kaartje van ons allemaal",
        "een gemengd boeket groot, naam op kaartje: Ans",
    ],
)
def test_what_is_written_with_flowers_is_a_note(text: str) -> None:
    (line,) = heard(text).lines
    assert line.product == "bloemist/f04"
    assert "kaartje" in line.note


def test_a_card_by_itself_is_asked_for() -> None:
    assert [line.words for line in heard("een gemengd boeket groot en een kaartje").lines][1] == "kaartje"


@pytest.mark.parametrize(
    "text",
    [
        "wij doen vanavond pannenkoeken dus een komkommer",
        "Nu willen we pannenkoeken! Dus een komkommer",
        "ik heb zin in sushi, dus een komkommer",
        "guac avond\n1 komkommer",
        "pannenkoeken avond, een komkommer",
    ],
)
def test_the_dish_that_goods_are_for_is_not_ordered(text: str) -> None:
    assert [line.product for line in heard(text).lines] == ["groenteboer/g50"]


def test_a_dish_by_itself_is_ordered() -> None:
    assert [line.words for line in heard("pannenkoeken en een komkommer").lines] == ["pannenkoeken", "komkommer"]


@pytest.mark.parametrize("how", ["kop eraf", "vel eraf", "de graten eruit", "met een lange datum"])
def test_how_it_must_be_is_a_note(how: str) -> None:
    (line,) = heard(f"een forel, {how}").lines
    assert how in line.note
