"""From words to goods, on a village square and on one with brands and sizes: what is clear, what is offered, what is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Line, Shelf, read

SQUARES = Path(__file__).parent / "gold" / "squares"


@cache
def shelf(square: str) -> Shelf:
    return Shelf.of(load_square(str(SQUARES / square) if (SQUARES / square).is_dir() else square))


def lines(square: str, text: str) -> tuple[Line, ...]:
    return read(text, shelf(square), MONDAY).lines


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("robijn color", "super/310"),
        ("robijn wit", "super/311"),
        ("fles fanta", "super/163"),
        ("nutella", "super/108"),
        ("bugles", "super/252"),
        ("pak decafé", "super/181"),
        ("optimel aardbei", "super/126"),
        ("de ruijter puur", "super/105"),
        ("senseo dark roast", "super/183"),
        ("filladelfia naturel", "super/148"),
        ("halfvolle campina melk", "super/120"),
        ("lays paprika", "super/251"),
        ("penne", "super/208"),
        ("appeltaart", "bak/b20"),
        ("scharreleieren", "super/146"),
        ("witte bollen", "bak/b10"),
    ],
)
def test_a_brand_or_a_kind_names_the_thing(text: str, product: str) -> None:
    (line,) = lines("winkelhart", text)
    assert line.product == product


@pytest.mark.parametrize(
    "text", ["robijn", "optimel", "senseo", "chocomel", "calve pindakaas", "pizza", "kattenvoer", "hero jam"]
)
def test_a_brand_of_several_things_is_asked(text: str) -> None:
    (line,) = lines("winkelhart", text)
    assert line.product is None
    assert len(line.candidates) > 1


@pytest.mark.parametrize(
    ("square", "text", "named", "strangers"),
    [
        ("winkelhart", "750 gr gehakt", {"vlees/s1", "vlees/s2", "vlees/s3"}, {"vlees/s4"}),
        ("bunnik", "een pond gehakt", {"slager/s01", "slager/s02", "slager/s03"}, {"slager/s04"}),
        ("bunnik", "2 ons gekookte worst", {"slager/s08"}, {"zuivel/z53"}),
        ("bunnik", "limonade", {"kruidenier/w07", "kruidenier/w12"}, set()),
        ("bunnik", "zalm", {"vis/v20", "vis/v04"}, {"vis/v52"}),
    ],
)
def test_all_kinds_are_offered_and_no_strangers(square: str, text: str, named: set[str], strangers: set[str]) -> None:
    (line,) = lines(square, text)
    assert line.product is None
    assert named <= set(line.candidates)
    assert not strangers & set(line.candidates)


def test_the_plain_ones_come_first() -> None:
    (line,) = lines("bunnik", "een pond gehakt")
    assert line.candidates[-1] == "slager/s69"  # gebraden gehakt


def test_what_must_be_cooked_is_not_clear_when_it_is_raw() -> None:
    (line,) = lines("bunnik", "een bakje gekookte aardbeien")
    assert line.product is None


@pytest.mark.parametrize(
    ("square", "text", "product", "amount"),
    [
        ("winkelhart", "1,5 liter halfvolle melk", "super/117", 1),
        ("winkelhart", "2 liter halfvolle melk", "super/116", 2),
        ("winkelhart", "pindakaas 650 gram", "super/103", 1),
        ("winkelhart", "luiers maat 5", "drog/d21", 1),
        ("winkelhart", "2 pakken luiers maat 4", "drog/d20", 2),
        ("winkelhart", "pindakaas met stukjes", "super/102", 1),
        ("winkelhart", "6 blikjes cola", "super/162", 1),
        ("winkelhart", "8 rollen toiletpapier", "super/320", 1),
        ("winkelhart", "12 witte bollen", "bak/b10", 2),
        ("bunnik", "16 rollen wc papier", "kruidenier/w180", 2),
        ("bunnik", "10 eitjes", "zuivel/z51", 1),
        ("bunnik", "een blok feta", "kaas/k34", 1),
        ("bunnik", "zalmfilet 2 moten", "vis/v20", 300),
        ("bunnik", "2 moten kabeljauw", "vis/v21", 340),
    ],
)
def test_the_pack_that_was_meant(square: str, text: str, product: str, amount: int) -> None:
    (line,) = lines(square, text)
    assert (line.product, line.amount, line.asks) == (product, amount, None)


@pytest.mark.parametrize(
    ("square", "text", "product"),
    [
        ("winkelhart", "3 prei", "super/298"),
        ("winkelhart", "3 frikandellen", "super/269"),
        ("winkelhart", "24 luiers maat 4", "drog/d20"),
        ("winkelhart", "1 citroen", "super/301"),
        ("bunnik", "12 rollen wc papier", "kruidenier/w180"),
    ],
)
def test_packs_that_do_not_come_out_are_asked(square: str, text: str, product: str) -> None:
    (line,) = lines(square, text)
    assert (line.product, line.amount, line.asks) == (product, None, "packs")


def test_what_comes_out_even_is_offered_first() -> None:
    (line,) = lines("bunnik", "40 eieren")
    assert (line.product, line.candidates[0]) == (None, "zuivel/z51")


def test_the_same_thing_in_another_size() -> None:
    big, small = lines("bunnik", "een grote bloemkool en 2 kleine")
    assert (big.product, big.amount, small.product, small.amount) == ("groenteboer/g10", 1, "groenteboer/g10", 2)
    assert "kleine" in small.kept


@pytest.mark.parametrize(
    ("square", "text", "named"),
    [
        ("bunnik", "een bruin", {"bakker/b05", "bakker/b06"}),  # a loaf, and no baguette
        ("bunnik", "twee volkoren", {"bakker/b01", "bakker/b02"}),
        ("winkelhart", "een volkoren", {"bak/b1", "bak/b2"}),
        ("kern", "een heel volkoren en een appeltaart", {"bakker/bk05", "bakker/bk03", "bakker/bk04"}),
        ("bunnik", "een pak van die koffie van douwe egberts", {f"kruidenier/w{n}" for n in range(70, 75)}),
        ("winkelhart", "venz hagelslag", {"super/105", "super/106"}),
    ],
)
def test_what_everybody_knows_is_offered(square: str, text: str, named: set[str]) -> None:
    """A bare "bruin" is a loaf, and where another maker is sold that one is offered, with the maker on the line."""
    line = lines(square, text)[0]
    assert line.product is None
    assert set(line.candidates) == named
    assert line.note == ("douwe egberts" if "douwe" in text else "")


@pytest.mark.parametrize(
    ("square", "text", "product"),
    [
        ("kern", "rookworst grof", "slager/sl20"),
        ("kern", "appeltaart klein", "bakker/bk28"),
        ("kern", "een grote appeltaart", "bakker/bk29"),
        ("kern", "een pakje roomboter", "dorpswinkel/dw08"),
        ("kern", "dreft", "dorpswinkel/dw37"),
        ("bunnik", "half volle melk", "zuivel/z01"),
    ],
)
def test_a_small_word_tells_apart(square: str, text: str, product: str) -> None:
    (line,) = lines(square, text)
    assert line.product == product


def test_bunches_and_halves_are_not_taken_for_what_they_are_not() -> None:
    (tulips,) = lines("markt", "20 tulpen")
    assert (tulips.product, tulips.amount, tulips.asks) == ("bloem/tulp", None, "packs")
    (loaf,) = lines("markt", "notenbrood half")
    assert loaf.product is None


def test_what_only_begins_like_it_comes_last() -> None:
    (line,) = lines("kern", "ham 2 ons")
    assert [shelf("kern").square.product_by_id[one].name for one in line.candidates][-1] == "Hamlapjes"


@pytest.mark.parametrize(
    ("square", "text", "product"),
    [
        ("bunnik", "2 komko", "groenteboer/g50"),
        ("bunnik", "3 aubergi", "groenteboer/g57"),
        ("bunnik", "4 slavin", "slager/s05"),
        ("winkelhart", "2 wasver", "super/312"),
        ("winkelhart", "1 margar", "super/142"),
    ],
)
def test_a_word_cut_short(square: str, text: str, product: str) -> None:
    (line,) = lines(square, text)
    assert line.product == product


def test_a_word_cut_short_is_no_slip_for_another() -> None:
    (line,) = lines("bunnik", "2 bloemk")
    assert line.product == "groenteboer/g10"  # hardly bloem, and nothing else begins like this
    (line,) = lines("winkelhart", "2 mayon")
    assert (line.product, set(line.candidates)) == (None, {"super/225", "super/226"})


def test_what_ends_alike_by_chance_is_no_kind() -> None:
    (line,) = lines("bunnik", "ijs")
    assert (line.product or line.candidates[0]) == "kruidenier/w167"
    assert not {"slager/s06", "kruidenier/w63"} & set(line.candidates)  # saucijzen, amandelspijs


def test_a_brand_tells_what_it_is() -> None:
    (line,) = lines("kern", "pak chips")
    assert (line.product, set(line.candidates)) == (None, {"dorpswinkel/dw31", "dorpswinkel/dw32"})


@pytest.mark.parametrize("text", ["zak puntjes", "een liter vla", "sla"])
def test_how_it_is_does_not_stay_unsaid(text: str) -> None:
    (line,) = lines("kern", text)
    assert line.product is None
    assert len(line.candidates) == 2


@pytest.mark.parametrize(("square", "text"), [("dorp", "zalm graag"), ("kern", "een speculaas")])
def test_another_cut_may_be_meant(square: str, text: str) -> None:
    (line,) = lines(square, text)
    assert line.product is None
    assert len(line.candidates) > 1


def test_all_that_ends_so_is_offered() -> None:
    (line,) = lines("bunnik", "doosje eitjes")
    assert line.product is None
    assert len(line.candidates) >= 4
