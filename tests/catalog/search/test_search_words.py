"""The word lists a Dutch person extends are well formed, and each synonym leads where it says."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from catalog.search import Index, lexicon
from catalog.search.fold import MAX_LETTERS, plain, tokens
from tests.catalog.search.conftest import product


def test_enough_synonyms_for_every_kind_of_shop() -> None:
    table = tomllib.loads((resources.files("catalog.search") / "words" / "synonyms.toml").read_text(encoding="utf-8"))
    assert {
        "bakker",
        "slager",
        "groenteboer",
        "kaas",
        "vis",
        "zuivel",
        "kruidenier",
        "drogist",
        "bloemist",
        "boerderij",
    } <= set(table)
    assert len(lexicon.synonyms()) >= 400
    assert all(len(group) > 1 for section in table.values() for group in section.get("same", ()))


def test_lists_are_lower_case_without_accents() -> None:
    said = [word for phrase, names in (*lexicon.synonyms(), *lexicon.asked()) for word in (phrase, *names)]
    for word in (*said, *lexicon.filler(), *lexicon.talk(), *lexicon.soft(), *lexicon.irregular()):
        assert word == plain(word).strip(), word
        assert tokens(word), word


@pytest.mark.parametrize(("said", "names"), lexicon.synonyms()[::7])
def test_a_synonym_finds_what_it_stands_for(said: str, names: tuple[str, ...]) -> None:
    sold = [product("x", f"p{at}", name) for at, name in enumerate(names)]
    found = Index.build([*sold, product("x", "other", "Vogelkooi")]).find(said)
    assert found.hits, said
    assert found.hits[0].product != "x/other"


@pytest.mark.parametrize(("said", "names"), lexicon.asked())
def test_what_lies_near_is_offered_and_never_taken(said: str, names: tuple[str, ...]) -> None:
    for at, name in enumerate(names):
        found = Index.build([product("x", f"p{at}", name), product("x", "other", "Vogelkooi")]).find(said)
        assert found.verdict == "choose", (said, name)
        assert [hit.product for hit in found.hits] == [f"x/p{at}"], (said, name)


@pytest.mark.parametrize(
    ("said", "own"),
    [("fanta", "Fanta 1,5 l"), ("kippendij", "Kippendijen"), ("soepkip", "Soepkip heel"), ("rolmops", "Rolmops")],
)
def test_what_is_sold_itself_is_taken_and_not_what_lies_near(said: str, own: str) -> None:
    near = next(names for one, names in lexicon.asked() if one == said)
    found = Index.build([product("x", "own", own), *(product("x", f"p{at}", name) for at, name in enumerate(near))]).find(said)
    assert found.verdict == "clear"
    assert found.hits[0].product == "x/own"


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("gatenkaas", "Geitenkaas jong"),
        ("suikerbol", "Suikerbrood"),
        ("haaskarbonade", "Schouderkarbonade"),
        ("kaaszoutjes", "Oude kaas"),
        ("borreluitjes", "Borrelnootjes"),
        ("boterkoek", "Gevulde koek"),
        ("perensap", "Appelperensap"),
        ("speculaas", "Gevulde speculaas"),
        ("wit", "Tijger wit heel"),
    ],
)
def test_what_is_another_thing_is_not_taken_for_it(said: str, other: str) -> None:
    assert Index.build([product("x", "p", other), product("x", "o", "Vogelkooi")]).find(said).verdict != "clear"


def test_a_word_that_only_ends_so_makes_no_kind() -> None:
    assert not lexicon.comes_in_kinds("ui"), "a zilverui is no kind of ui"


def test_a_word_of_thousands_of_letters_is_looked_at_no_further_than_any_word(index: Index) -> None:
    """Whoever asks the vocabulary itself need not count letters first: 10,000 of them took minutes."""
    assert index.vocabulary.find("a" * 10_000) == index.vocabulary.find("a" * MAX_LETTERS)
    assert index.vocabulary.cut("kaas" * 5_000) == index.vocabulary.cut("kaas" * (MAX_LETTERS // 4))
