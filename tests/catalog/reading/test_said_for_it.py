"""Other words for goods: what they are for, a brand for the kind of thing, lists without a comma."""

from __future__ import annotations

import pytest
from reading_help import heard
from test_siblings import lines_on

PETS = "Kattenbrokken|Kattenvoer natvoer|Hondenbrokken|Vogelvoer|Halfvolle melk|Koffiemelk|Handzeep|Groene zeep|Soepgroente"
HOUSE = "Toiletpapier 3-laags|Vloeibaar wasmiddel|Vaatwastabletten|Halvarine|Roombrie|Tandpasta|Ajax allesreiniger"
LIST = "Toiletpapier|Keukenrol|Theelichtjes|Halvarine|Leverworst|Beschuit|Kropsla|Cherrytomaten|Komkommer"


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("brokjes voor de poes", "Kattenbrokken"),
        ("2 zakken brokken voor de hond", "Hondenbrokken"),
        ("zak droge brokken voor onze kat", "Kattenbrokken"),
        ("voer voor de vogels", "Vogelvoer"),
        ("zeep voor de handen", "Handzeep"),
        ("zeep voor handen", "Handzeep"),
    ],
)
def test_what_it_is_for_names_it(text: str, product: str) -> None:
    assert [line.product for line in lines_on(PETS, text)] == [product]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("melk voor de koffie", {"Koffiemelk", "Halfvolle melk"}),
        ("wat groente voor de soep", {"Soepgroente"}),
        ("eten voor de kat", {"Kattenbrokken", "Kattenvoer natvoer"}),
    ],
)
def test_what_it_may_be_for_is_asked(text: str, candidates: set[str]) -> None:
    (line,) = lines_on(PETS, text)
    assert not line.product
    assert set(line.candidates) == candidates


def test_what_it_is_for_is_told_besides() -> None:
    assert heard("hooi voor de konijnen").lines[0].note == "voor de konijnen"
    assert [line.candidates[:1] for line in heard("worst voor de hond").lines] != [("kruidenier/w195",)]


@pytest.mark.parametrize(
    ("brand", "kind"),
    [
        ("page", "Toiletpapier 3-laags"),
        ("2 pakken edet", "Toiletpapier 3-laags"),
        ("ariel", "Vloeibaar wasmiddel"),
        ("witte reus", "Vloeibaar wasmiddel"),
        ("finish", "Vaatwastabletten"),
        ("een kuipje becel", "Halvarine"),
        ("colgate", "Tandpasta"),
        ("andy", "Ajax allesreiniger"),
    ],
)
def test_a_brand_that_is_not_sold_is_asked_as_its_kind(brand: str, kind: str) -> None:
    (line,) = lines_on(HOUSE, brand)
    assert not line.product
    assert line.candidates == (kind,)


def test_a_brand_of_the_shelf_is_meant_itself() -> None:
    assert [line.candidates for line in lines_on("Page keukenrol|Toiletpapier", "page")] == [("Page keukenrol",)]


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("pleepapier keukenpapier waxinelichtjes", ["Toiletpapier", "Keukenrol", "Theelichtjes"]),
        ("halfarine levworst beschuid", ["Halvarine", "Leverworst", "Beschuit"]),
        ("wc-rollen beschuit", ["Toiletpapier", "Beschuit"]),
    ],
)
def test_a_list_without_commas_in_other_words_or_spelt_badly(text: str, products: list[str]) -> None:
    assert [line.product for line in lines_on(LIST, text)] == products


def test_one_thing_in_two_words_is_no_list() -> None:
    assert len(lines_on("Sinaasappelsap|Fanta orange", "jus d'orange")) == 1
    assert len(lines_on("Witte bollen|Mozzarella", "bolletje mozarela")) == 1


@pytest.mark.parametrize("text", ["afwasmiddel en bleek", "bleek, allesreiniger", "een fles bleek (als die er is)"])
def test_bleach_tells_no_story(text: str) -> None:
    assert heard(text).intent == "order"


def test_what_turned_out_does() -> None:
    assert heard("het bleek dat de melk zuur was").lines == ()


@pytest.mark.parametrize(
    ("names", "text", "products"),
    [
        ("Hagelslag puur|Hagelslag melk|Volle melk", "hagel", ["Hagelslag puur", "Hagelslag melk"]),
        ("Mineraalwater bruisend|Mineraalwater zonder prik", "2 flessen spa", 2),
        ("Melkchocolade reep|Pure chocolade reep|Cola 1 l", "een reep chocola", ["Melkchocolade reep", "Pure chocolade reep"]),
        ("Zwarte thee|Groene thee", "theezakjes", ["Zwarte thee", "Groene thee"]),
        ("Pindakaas|Pindakaas crunchy", "pindakaas met stukjes", ["Pindakaas", "Pindakaas crunchy"]),
        ("Kipfilet|Kipfilet vleeswaren", "kipfilet voor op brood", ["Kipfilet vleeswaren", "Kipfilet"]),
        ("Kipfilet|Gegrilde kipfilet", "ons kipfilet voor op de boterham", ["Gegrilde kipfilet", "Kipfilet"]),
    ],
)
def test_what_may_be_several_things_is_asked(names: str, text: str, products: list[str] | int) -> None:
    (line,) = lines_on(names, text)
    assert not line.product
    assert set(line.candidates) == set(products if isinstance(products, list) else names.split("|"))


@pytest.mark.parametrize(
    ("names", "text", "product"),
    [
        ("Kipfilet|Kipfilet vleeswaren", "een pond kipfilet", "Kipfilet"),
        ("Droge worst knoflook|Droge worst", "droge worst met knoflook", "Droge worst knoflook"),
        ("Afwasmiddel|Allesreiniger", "afwas", "Afwasmiddel"),
        ("Vaatwastabletten", "doos tabs", "Vaatwastabletten"),
        ("Bruiswater|Bronwater", "een fles prikwater", "Bruiswater"),
    ],
)
def test_what_can_be_one_thing_only_is_taken(names: str, text: str, product: str) -> None:
    assert [line.product for line in lines_on(names, text)] == [product]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("groente/fruit\n3 komkommers\nkilo elstar", 2),
        ("zuivel\n1 volle melk\ngeraspte kaas", 2),
        ("diepvries/snacks\n1 doos frikandellen\nfritessaus", 2),
        ("drank en chips\n2 flessen sinas\n2 zak chips paprika", 2),
        ("vleeswaren\n2 ons achterham\n1 ons salami", 2),
        ("kaas\npond jong belegen\nbrood\nheel volkoren", 2),
        ("groente\nbrood\nmelk", 3),
        ("kaas\nmelk\nbrood", 3),
        ("brood en kaas\nmelk\neieren", 4),
        ("brood\nkaas\nmelk\neieren", 4),
    ],
)
def test_what_heads_a_list_and_what_is_wanted(text: str, lines: int) -> None:
    assert len(heard(text).lines) == lines


def test_goods_that_are_not_sold_stand_in_a_list_as_such() -> None:
    lines = lines_on("Kristalsuiker|Tarwebloem", "bakpoeder, kerriepoeder, soda en bloem")
    assert [line.words for line in lines if not line.candidates] == ["bakpoeder", "kerriepoeder", "soda"]
    assert lines[-1].product == "Tarwebloem"


@pytest.mark.parametrize(
    ("names", "text", "candidate"),
    [
        ("Kipfilet|Varkenshaas", "kiphaasjes", "Kipfilet"),
        ("Pizza salami|Zalmfilet", "een diepvriespizza", "Pizza salami"),
        ("7up fles|Cassis", "een fles sprite", "7up fles"),
        ("Hondenbrokken|Visfilet", "puppyvoer", "Hondenbrokken"),
    ],
)
def test_everyday_words_for_what_lies_near_are_asked(names: str, text: str, candidate: str) -> None:
    (line,) = lines_on(names, text)
    assert not line.product
    assert line.candidates[0] == candidate
