"""Clear, choose or none, and in which order."""

from __future__ import annotations

import pytest

from catalog.search import Index, usual_key
from catalog.square import Shop
from tests.catalog.search.conftest import product

CLEAR = {
    "krentebollen": "Krentenbollen", "krenten bolletje": "Krentenbollen", "volkoren brood": "Volkoren brood",
    "brood volkoren": "Volkoren brood",
    "jong belegen": "Jong belegen kaas", "half pond jong belegen": "Jong belegen kaas", "belegen kaas": "Belegen kaas",
    "half volle melk": "Halfvolle melk", "halfvole melk": "Halfvolle melk", "karnemellek": "Karnemelk", "ui": "Uien",
    "uitjes": "Uien",
    "peen en uien": "Peen en uien", "suiker": "Suiker", "bloem": "Bloem", "bloemkool": "Bloemkool",
    "ijsberg sla": "IJsbergsla",
    "haf wit brood": "Wit brood half", "half om half": "Gehakt half-om-half", "gehaktbal": "Gehaktballen",
    "slafinken": "Slavinken",
    "7 up": "7up", "zevengranenbrood": "Zeven granen brood", "wc papier": "Toiletpapier", "piepers": "Aardappelen",
    "rode bietjes": "Kroten",
    "patat": "Frites", "eitjes": "Eieren", "preitje": "Prei", "enkele roos": "Enkele roos",
    "hagelslach puur": "Hagelslag puur",
}  # fmt: skip
CHOOSE = {
    "kaas": {"Jonge kaas", "Jong belegen kaas", "Belegen kaas", "Oude kaas"},
    "pindakaas": {"Pindakaas glad", "Pindakaas met stukjes"},
    "melk": {"Halfvolle melk", "Volle melk"},
    "sla": {"Botersla", "IJsbergsla"},
    "wit brood": {"Wit brood heel", "Wit brood half"},
    "roosjes": {"Bos rozen", "Enkele roos"},
}
NONE = (
    "mango",
    "kokosnoot",
    "hoe laat komt u",
    "goedemorgen alles goed",
    "tot vrijdag",
    "dank u wel",
    "",
    "!?",
    "12345",
    "krenten",
    "tomaat",
)


@pytest.mark.parametrize("said", CLEAR)
def test_is_clear(shelf: Index, said: str) -> None:
    found = shelf.find(said)
    assert (found.verdict, found.hits[0].name) == ("clear", CLEAR[said])


@pytest.mark.parametrize("said", CHOOSE)
def test_asks_which(shelf: Index, said: str) -> None:
    found = shelf.find(said)
    assert (found.verdict, {hit.name for hit in found.hits}) == ("choose", CHOOSE[said])


@pytest.mark.parametrize("said", NONE)
def test_is_not_sold_here(shelf: Index, said: str) -> None:
    assert shelf.find(said) == shelf.find("mango")
    assert shelf.find(said).verdict == "none"
    assert shelf.find(said).hits == ()


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("melk", {"Karnemelk", "Koffiemelk", "Chocolademelk"}), ("boter", {"Botersla", "Botersprits"}), ("gehakt",
    {"Gehaktballen"}),
        ("ui", {"Suiker"}), ("sla", {"Slavinken"}), ("ei", {"Prei"}), ("kaas", {"Pindakaas glad", "Kaasbroodje"}), ("haas",
    {"Jonge kaas"}),
        ("kip", {"Kip kerrie salade"}), ("bloemen", {"Bloem", "Bloemkool"}), ("peper", {"Hazenpeper"}),
    ],
)  # fmt: skip
def test_is_never_clearly_another_thing(shelf: Index, said: str, never: set[str]) -> None:
    found = shelf.find(said)
    assert found.verdict != "clear" or found.hits[0].name not in never


def test_the_plain_one_comes_first() -> None:
    index = Index.build(
        [
            product("x", "a", "Volkoren bolletjes"),
            product("x", "b", "Gevuld volkoren brood"),
            product("x", "c", "Volkoren brood"),
        ]
    )
    assert index.find("volkoren brood").verdict == "clear"
    assert index.find("volkoren brood").hits[0].product == "x/c"


def test_what_she_chose_before_comes_first_and_is_clear(shelf: Index) -> None:
    usual = {usual_key("melk"): "zuivel/z1"}
    found = shelf.find("twee pakken melk graag", usual=usual)
    assert (found.verdict, found.hits[0].name) == ("clear", "Volle melk")
    assert {hit.name for hit in found.hits} == {"Halfvolle melk", "Volle melk"}
    assert shelf.find("karnemelk", usual=usual).hits[0].name == "Karnemelk"


def test_a_usual_choice_that_is_gone_is_asked_again(shelf: Index) -> None:
    assert shelf.find("melk", usual={usual_key("melk"): "zuivel/weg"}).verdict == "choose"


def test_the_words_of_a_choice_are_kept_without_order_or_filler() -> None:
    assert usual_key("een halfje volkoren graag") == usual_key("Volkoren, half")
    assert usual_key("kaas") != usual_key("melk")


def test_a_shop_word_is_a_hint() -> None:
    products = [product("bakker", "b1", "Krentenbrood"), product("super", "s1", "Krentenbrood")]
    index = Index.build(products, [Shop("bakker", "De Molen", "bakker"), Shop("super", "De Hoek", "kruidenier")])
    assert index.find("krentenbrood").verdict == "choose"
    found = index.find("krentenbrood van de bakker")
    assert (found.verdict, [hit.product for hit in found.hits]) == ("clear", ["bakker/b1"])


def test_the_basket_breaks_ties_in_the_order_only() -> None:
    index = Index.build([product("a", "1", "Roomijs"), product("b", "1", "Roomijs")])
    found = index.find("roomijs", context=frozenset({"b"}))
    assert (found.verdict, found.hits[0].product) == ("choose", "b/1")


def test_own_synonyms_and_forbidden_words_of_a_product() -> None:
    snert = product("s", "1", "Snert", synonyms=("groene winterprak",), not_this=("winterpeen",))
    melk = product("z", "1", "Amandelmelk", synonyms=("melk van noten",), not_this=("melk", "koffie"))
    index = Index.build([snert, melk])
    assert index.find("groene winterprak").hits[0].product == "s/1"
    assert index.find("winterprak").hits[0].product == "s/1"
    assert index.find("melk").verdict == "none"
    assert index.find("amandelmelk").verdict == "clear"


def test_withdrawn_products_are_left_out() -> None:
    assert Index.build([product("x", "a", "Beschuit", withdrawn=True)]).find("beschuit").verdict == "none"


def test_knows_words_of_the_shelf(shelf: Index) -> None:
    assert shelf.knows("uien") == 1.0
    assert shelf.knows("krentebol") > 0.9
    assert shelf.knows("vrijdag") == shelf.knows("laptop") == shelf.knows("") == 0.0


def test_explains_in_dutch(shelf: Index) -> None:
    lines = shelf.explain("krentebol")
    assert lines[0].startswith("“krentebol” → krentenbollen")
    assert lines[-1].startswith("Oordeel: duidelijk (clear) – ")
    assert "niet herkend" in shelf.explain("laptop")[0]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("piepers", "alles wat gezegd is klopt"), ("kaas", "een ander artikel past ook"), ("laptop", "geen artikel past"),
        ("wit", "wat het is, is niet gezegd"), ("kaas xylofoon", "een woord is niet zeker herkend"),
    ],
)  # fmt: skip
def test_explains_why(shelf: Index, said: str, why: str) -> None:
    assert why in shelf.explain(said)[-1]


def test_explains_as_what_a_word_was_taken(shelf: Index) -> None:
    assert "aardappelen (0.96, ander woord ervoor)" in shelf.explain("tuffel")[0]
    assert "[helpt alleen kiezen]" in shelf.explain("half wit brood")[2]


def test_a_compound_said_back_to_front_is_found(index: Index) -> None:
    for said, name in {"koek ontbijt": "Ontbijtkoek", "worst lever": "Leverworst", "brood rogge": "Roggebrood"}.items():
        found = index.find(said)
        assert (found.verdict, found.hits[0].name) == ("clear", name)
    found = index.find("melk koffie")  # koffie is sold as well
    assert (found.verdict, found.hits[0].name) == ("choose", "Koffiemelk")


def test_it_is_asked_when_the_first_half_of_a_compound_said_back_to_front_is_sold_too() -> None:
    sold = [product("slager", "s1", "Leverworst"), product("slager", "s2", "Lever")]
    assert Index.build(sold[:1]).find("worst lever").verdict == "clear"
    assert Index.build(sold).find("worst lever").verdict == "choose"


def test_a_tartaar_is_no_taart(index: Index) -> None:
    assert "slager/s26" not in {hit.product for hit in index.find("taart").hits}
    assert index.find("tartaartje").hits[0].product == "slager/s26"
