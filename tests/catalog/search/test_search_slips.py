"""What a slip costs, and what follows from it: which word was likely meant, and when it is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search import Index, lexicon
from catalog.search.near import ways_of
from catalog.search.slips import cost, likeness
from tests.catalog.search.conftest import product

WORDS = st.text("abcdeginorstuvz", min_size=1, max_size=12)


def of(*names: str) -> Index:
    return Index.build([product("x", f"p{at}", name) for at, name in enumerate(names)])


@given(WORDS, WORDS)
def test_a_slip_costs_the_same_either_way_and_nothing_is_no_slip(one: str, two: str) -> None:
    assert cost(one, two) == pytest.approx(cost(two, one))
    assert (cost(one, two) == 0) == (one == two)


@given(WORDS, WORDS)
def test_likeness_is_one_for_the_same_word_only(one: str, two: str) -> None:
    assert likeness(ways_of(one), ways_of(one)) == 1
    assert likeness(ways_of(one), ways_of(two)) < 1 or ways_of(one) == ways_of(two)


@pytest.mark.parametrize(
    ("likelier", "less"),
    [
        (("kersem", "kersen"), ("kersep", "kersen")),  # beside it on the keyboard
        (("bolled", "bollet"), ("bollem", "bollet")),  # sounds alike
        (("tomaatt", "tomaat"), ("tomaatk", "tomaat")),  # twice the same
        (("meikl", "meilk"), ("meikl", "meipl")),  # two exchanged
    ],
)
def test_a_likely_slip_costs_less(likelier: tuple[str, str], less: tuple[str, str]) -> None:
    assert cost(*likelier) < cost(*less)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("gavermoit", "Havermout"), ("ratujz", "Radijs"), ("divensop", "Druivensoep"),
        ("ontbietkouk", "Ontbijtkoek"), ("krootn", "Kroten"), ("koekn", "Koek"),
    ],
)  # fmt: skip
def test_two_or_three_slips_are_seen_through(said: str, name: str) -> None:
    found = of(name, "Oploskoffie", "Melk", "Zeep", "Hagelslag").find(said)
    assert [hit.name for hit in found.hits][:1] == [name]


def test_one_slip_beside_a_word_that_is_certain_is_seen_through() -> None:
    index = of("Rode kool", "Droge worst", "Groene zeep")
    for slip, beside in (("kol", "rode"), ("wrst", "droge")):
        assert index.find(slip).verdict != "clear"
        assert index.find(f"{beside} {slip}").verdict == "clear"


def test_an_everyday_word_is_no_slip_in_any_company() -> None:
    assert lexicon.is_common("kol") is False
    assert of("Rode taart", "Zeep").find("rode kaart").verdict != "clear"


def test_a_slip_of_either_of_two_is_asked() -> None:
    found = of("Krentendrop", "Krentensiroop", "Melk").find("krentensrop")
    assert found.verdict == "choose"
    assert {hit.name for hit in found.hits} == {"Krentendrop", "Krentensiroop"}


def test_a_word_of_the_name_is_not_said_twice() -> None:
    """ "rozen" is no slip for the "rode" that was said besides."""
    assert of("Rode uien", "Enkele roos", "Bos rozen").find("losse rozen rood").hits[0].name != "Rode uien"


@pytest.mark.parametrize("word", ["loopt", "smeert", "rijdt", "binnen"])
def test_a_verb_is_an_everyday_word_in_each_of_its_forms(word: str) -> None:
    assert lexicon.is_common(word)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("500 gram kippepoten", "clear"), ("2 kippenpoten", "clear"), ("prei", "choose"), ("2 prei", "choose")],
)
def test_a_number_alone_makes_nothing_of_a_maker_likelier(said: str, verdict: str) -> None:
    index = of("Kippenpoten", "Hollandse kippenpoten 500 g", "Fijne kippenpoten 2 x 200 g", "Prei", "Prei 2 stuks")
    assert index.find(said).verdict == verdict


def test_slips_alone_of_half_of_the_words_name_nothing() -> None:
    assert of("Perssinaasappels", "Melk").find("peren, appels en witlof").verdict == "none"


def test_a_misspelt_compound_in_two_is_found_though_its_end_is_a_kind() -> None:
    found = of("Bloemkool", "Witte kool", "Cola blik").find("blom kool")
    assert (found.verdict, found.hits[0].name) == ("clear", "Bloemkool")
