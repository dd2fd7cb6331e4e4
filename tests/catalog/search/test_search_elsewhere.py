"""Words of other shops on every square, and slips on invented stalls of other trades."""

from __future__ import annotations

import pytest

from catalog.search import lexicon
from tests.catalog.search.stalls import EXAMPLES, STALLS, elsewhere, goods, index_of, wrongly_clear
from tests.catalog.search.test_search_typos import slips_of


@pytest.mark.parametrize("half", ["work", "held"])
@pytest.mark.parametrize("square", [*EXAMPLES, *STALLS])
def test_what_is_not_sold_is_not_clear(square: str, half: str) -> None:
    wrong, asked = wrongly_clear(square, elsewhere(half))
    assert asked > 700
    assert len(wrong) / asked <= 0.01, wrong


@pytest.mark.parametrize("square", [square for square in (*EXAMPLES, *STALLS) if square != "bunnik"])
def test_slips_on_other_squares(square: str) -> None:
    cases = slips_of(goods(square), seed=92)
    found = [(name, index_of(square).find(said)) for said, name in cases]
    names = [(name, [hit.name.lower() for hit in hits.hits[:3]], hits.verdict) for name, hits in found]
    assert sum(hits[:1] == [name] for name, hits, _ in names) / len(cases) >= 0.98
    assert sum(name in hits for name, hits, _ in names) / len(cases) >= 0.985
    assert sum(verdict == "clear" and hits[0] != name for name, hits, verdict in names) / len(cases) <= 0.003


@pytest.mark.parametrize("word", ["konijnenhok", "verjaardagskaart", "kabeltouw", "appelboom", "gourmetstel"])
def test_a_word_of_two_real_words_is_no_slip(word: str) -> None:
    assert lexicon.is_compound(word)
    assert index_of("bunnik").find(word).verdict != "clear"


@pytest.mark.parametrize("word", ["kersenn", "stroopwafles", "bloemkol", "tandpsta"])
def test_a_slip_is_no_word_of_two(word: str) -> None:
    assert not lexicon.is_compound(word)
    assert not lexicon.is_common(word)
