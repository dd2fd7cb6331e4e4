"""What stands beside a name and makes it no other thing: who is spoken to, for whom, how the shop tops it, the pack by ear."""

from __future__ import annotations

import pytest
from reading_help import MONDAY, told

from bot.commands.bench_read import shelf_of
from catalog.reading import read

SQUARES = "tests/catalog/reading/gold/squares"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een bosje peterselie wijfke", "1 Peterselie"),
        ("een bloemkool meid", "1 Bloemkool"),
        ("voor mam karnemelk", "1 Karnemelk"),
        ("voor pa een komkommer", "1 Komkommer"),
        ("karnemelk voor mam", "1 Karnemelk"),
        ("halo een komkommer", "1 Komkommer"),
        ("een pond jong belegen zo gauw als het kan", "500 Jong belegen kaas"),
        ("een rouwboeket met wit erin", "1 Rouwboeket"),
        ("een boeket met rozen erin", "1 ?Gemengd boeket klein"),
        ("n kilo eerappels, van dij kruumige", "1000 Kruimige aardappelen"),
    ],
)
def test_what_makes_it_no_other_thing(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hallo melk", "1 ?Halfvolle melk"),
        ("hoi komkommer", "1 Komkommer"),
        ("hallo bloemkool, prei", "1 Bloemkool; - Prei"),
        ("hoi Roos", ""),
        ("dag schat", ""),
        ("beste bode, een komkommer", "1 Komkommer"),
    ],
)
def test_goods_behind_a_greeting_are_nobody(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een ponnt uien", "500 Uien"),
        ("een vles vanillevla", "1 Vanillevla"),
        ("een kropp sla", "1 Kropsla"),
        ("2 zakken friet", "2 Verse frites"),
    ],
)
def test_a_measure_by_ear(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("een zak friet twee zakken", "2 Verse frites"),
        ("een pak karnemelk doe maar drie pakken", "3 Karnemelk"),
        ("een pak karnemelk in twee pakken", "1 Karnemelk"),
        ("een pak karnemelk 2 pakken vanillevla", "1 Karnemelk; 2 Vanillevla"),
        ("2 pakken karnemelk. Bloemkool idem.", "2 Karnemelk; 2 Bloemkool"),
        ("bloemkool idem", "1 ?Bloemkool"),
        ("van de jonge kaas een stukje van een ons of drie", "300 Jonge kaas"),
    ],
)
def test_an_amount_told_again(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anderhalf ons kipfilet nee geen kipfilet ik bedoel achterham", "150 Achterham"),
        ("2 pakken karnemelk nee geen karnemelk maar vanillevla", "2 Vanillevla"),
        ("drie ons achterham, nee kipfilet bedoel ik", "300 Kipfilet"),
        ("2 pakken karnemelk nee geen karnemelk doe maar een komkommer", "1 Komkommer"),
    ],
)
def test_the_amount_goes_over_to_what_was_meant(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("graag woensdag of anders donderdag 2 komkommers", "2 Komkommer"),
        ("graag morgen, of anders woensdag, een kilo jonge kaas", "1000 Jonge kaas"),
        ("een komkommer, of anders een courgette", "1 ?Komkommer"),
        ("Noodgeval! 2 komkommers", "2 Komkommer"),
        ("mijn zoon vraagt of jullie nog een bloemkool hebben", "1 Bloemkool"),
        ("mijn zoon vraagt of jullie bloemkool hebben", ""),
    ],
)
def test_another_day_is_no_other_thing(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 komkommers hoor", "3 Komkommer"),
        ("3 komkommers maar pas op 15 december hoor", "3 Komkommer"),
        ("ja dag even inspreken hoor een rode kool en een pond riblappen", "1 Rode kool; 500 Riblappen"),
        ("heerlijk ijs hoor, de kinderen smulden", ""),
        ("ik hoor dat jullie 3 komkommers hadden", ""),
        ("6 krentenbollen en eh nou mijn zus zei nog iets oh ja slagroom", "6 Krentenbollen; 1 Slagroom"),
        ("Helemaal vergeten: 2 pakken karnemelk", "2 Karnemelk"),
        ("een bloemkool ook nog, die was ik vergeten vorige week", "1 Bloemkool"),
        ("we zijn 40 jaar getrouwd: 1 appeltaart, 3 komkommers", "1 Appeltaart; 3 Komkommer"),
        ("een bakje frambozen hoort daar ook bij", "1 Frambozen"),
        ("karnemelk is weer op, 2 pakken", "2 Karnemelk"),
        ("2 bloemkolen en dan doe ik daar eh wacht even twee komkommers bij", "2 Bloemkool; 2 Komkommer"),
        ("2 bloemkolen wacht even twee komkommers", "2 Komkommer"),
        ("voor mij zelf een komkommer", "1 Komkommer"),
    ],
)
def test_what_is_said_around_an_order_leaves_it_one(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("square", "text", "expected"),
    [
        ("lint", "een rol vuilniszakken", [("Vuilniszakken 60 l, rol 20", 1)]),
        ("dijk", "2 rollen beschuit", [("Beschuit rol", 2)]),
        ("dijk", "8 rollen toiletpapier", [("Toiletpapier 8 rol", 1)]),
        ("steiger", "twee zoute haringe met uitjes", [("Zoute haring", 2)]),
        ("steiger", "een zak kleiaerpels", [("Kleiaardappelen", 1)]),
        ("steiger", "een nedje mandarijne", [("Mandarijnen", 1)]),
        ("veste", "turkse pizza's hoe heten ze lahmacun daar vijf van", [("Lahmacun", 5)]),
        ("kern", "een pot choco", [(None, 1)]),
        ("kade", "zijn de spareribs al gegaard? ik neem een kilo van de pittige", [("Spareribs pittig", 1000)]),
        ("steiger", "vis 1 vissoep", [("Vissoep", 1)]),
        ("dijk", "mosselen vier kilo dus vier bakken van een kilo", [("Mosselen", 4)]),
        ("steiger", "We zijn met z'n zessen, ik reken 250 gram kabeljauwfilet de man. Kan dat?", [("Kabeljauwfilet", 1500)]),
        ("steiger", "Ik had boterbabbelaars op, heerlijk. Daar lust ik ook wel 2 zakjes van.", [("Boterbabbelaars", 2)]),
    ],
)
def test_elsewhere(square: str, text: str, expected: list[tuple[str | None, int]]) -> None:
    shelf = shelf_of(f"{SQUARES}/{square}")
    lines = read(text, shelf, MONDAY).lines
    names = [line.product and shelf.square.product_by_id[line.product].name for line in lines]
    assert list(zip(names, (line.amount for line in lines), strict=True)) == expected
