"""What else a question offers: the same goods under other names, the halves of a word apart, the group of the shop."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import BasketLine, Line, Shelf, read

STALL = (
    ("Gerookte kipfilet plakjes", "vleeswaren"),
    ("Kippenborst filet", "kip"),
    ("Rolmops (zure haring)", "haring en gerookt"),
    ("Hollandse Nieuwe", "haring en gerookt"),
    ("Roomboter gezouten", "boter"),
    ("Boter ongezouten", "boter"),
    ("Croissant roomboter", "broodjes"),
    ("Bruinbrood half", "brood"),
    ("Tarwebrood bruin heel", "brood"),
    ("Verse rode kool", "groente"),
    ("Pot appelrodekool", "conserven"),
    ("Gewone oliebol zonder krenten", "seizoen"),
    ("Krentenoliebol per stuk", "seizoen"),
    ("Kaas 30+ belegen", "kaas"),
    ("Kaas extra belegen", "kaas"),
    ("Goudse belegen 48+", "kaas"),
    ("Fles sinas", "frisdrank"),
    ("Karvan Cévitam siroop", "frisdrank"),
    ("Grote fles cola", "frisdrank"),
    ("Blikje cola", "frisdrank"),
    ("Zakje rucola", "sla"),
    ("Filet van kabeljauw", "vis"),
    ("Wilde spinazie", "groente"),
    ("Appelflap bladerdeeg per stuk", "gebak"),
    ("Stoofpeertjes", "fruit"),
    ("Groentebouillonblokjes", "soep"),
    ("Blokjes runderbouillon", "soep"),
    ("Heel wit", "brood"),
    ("Brood zonder gluten", "brood"),
    ("Fries suikerbrood", "brood"),
    ("Boeket voor een uitvaart", "snijbloemen"),
    ("Boeketje gemengd klein", "snijbloemen"),
)


@cache
def stall(*left_out: str) -> Shelf:
    """A market stall that calls things its own way."""
    square = load_square("bunnik")
    model = replace(square.products[0], synonyms=(), not_this=(), options=(), contents=None)
    kept = (one for one in STALL if one[0] not in left_out)
    products = tuple(replace(model, sku=f"x{at}", name=name, group=group) for at, (name, group) in enumerate(kept))
    return Shelf.of(replace(square, products=products))


def only(text: str, *left_out: str) -> tuple[str | None, list[str], Line]:
    """The name of what is taken, the names of what is offered, and the one line itself."""
    (line,) = read(text, stall(*left_out), MONDAY).lines
    names = {product.id: product.name for product in stall(*left_out).square.products}
    return names.get(line.product or ""), [names[one] for one in line.candidates], line


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2 haring", "Hollandse Nieuwe"),  # the other one is sour
        ("graag drie haringen", "Hollandse Nieuwe"),
        ("500 gram kipfilet", "Kippenborst filet"),  # the other one is smoked
        ("een pakje roomboter", "Boter ongezouten"),
        ("een pond belegen kaas", "Goudse belegen 48+"),  # the others are lighter, and older
    ],
)
def test_the_plain_one_under_another_name_is_taken(text: str, name: str) -> None:
    assert only(text)[0] == name


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("2 haring", "Hollandse Nieuwe"),
        ("500 gram kipfilet", "Kippenborst filet"),
        ("een pakje roomboter", "Boter ongezouten"),
    ],
)
def test_a_special_kind_alone_is_asked(text: str, left_out: str) -> None:
    assert only(text, left_out)[0] is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bruin brood", ["Bruinbrood half", "Tarwebrood bruin heel"]),  # the last word is the name of the group
        ("rodekool met appel", ["Verse rode kool", "Pot appelrodekool"]),
        ("2 oliebollen met krenten", ["Krentenoliebol per stuk", "Gewone oliebol zonder krenten"]),
        ("een fles limonade", ["Fles sinas", "Karvan Cévitam siroop"]),  # another name of another name
        ("cola", ["Grote fles cola", "Blikje cola"]),  # and no rucola
        ("bouillonblokjes", ["Groentebouillonblokjes", "Blokjes runderbouillon"]),
        ("een kilo peren", ["Stoofpeertjes"]),  # and nothing per piece
        ("spinasie", ["Wilde spinazie"]),  # misspelt, and not all of the name was said
        ("kabeljou", ["Filet van kabeljauw"]),
    ],
)
def test_what_it_may_mean_as_well_is_offered(text: str, first: list[str]) -> None:
    taken, offered, _ = only(text)
    assert taken is None
    assert sorted(offered) == sorted(first)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("brood", ["Bruinbrood half", "Tarwebrood bruin heel", "Heel wit"], "Brood zonder gluten"),
        ("kaas", ["Kaas 30+ belegen", "Kaas extra belegen", "Goudse belegen 48+"], "Goudse belegen 48+"),
        ("een boeket", ["Boeketje gemengd klein"], "Boeket voor een uitvaart"),
    ],
)
def test_what_most_people_mean_comes_first(text: str, first: list[str], last: str) -> None:
    taken, offered, _ = only(text)
    assert taken is None
    assert set(offered[: len(first)]) == set(first)
    assert offered[-1] == last


@pytest.mark.parametrize("text", ["rode of bruine", "wit", "een bruin"])
def test_a_word_that_only_tells_how_is_filled_up_with_nothing(text: str) -> None:
    assert "Verse rode kool" not in only(text)[1][2:]


def test_the_basket_is_known_by_other_names_too() -> None:
    inside = next(one.id for one in stall().square.products if one.name == "Hollandse Nieuwe")
    reading = read("doe die haring maar weg", stall(), MONDAY, basket=[BasketLine(1, inside, 2)])
    assert [(line.op, line.target) for line in reading.lines] == [("remove", inside)]
