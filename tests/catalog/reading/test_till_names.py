"""Names as a till prints them: makers, "per kg", "p/st", "6-pack"; and what people count who buy by the bag."""

from __future__ import annotations

from functools import cache

import pytest
from reading_help import MONDAY, only_line

from bot.squares import load_square
from catalog.reading import BasketLine, Line, Shelf, read


@cache
def _shelf(square: str) -> Shelf:
    return Shelf.of(load_square(f"tests/catalog/reading/gold/squares/{square}"))


def _line(text: str, square: str = "passage") -> Line:
    (line,) = read(text, _shelf(square), MONDAY).lines
    return line


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("een pond kipfilet", "slagerij/203"),
        ("bananen 1 kilo", "agf/305"),
        ("2 ons jonge kaas", "kaas/401"),
        ("een pond belegen kaas", "kaas/403"),
        ("half pond jong belegen", "kaas/402"),
        ("een net uien", "agf/320"),
        ("2 lekkerbekken", "vis/606"),
        ("robijn", "super/849"),
        ("een fles dove", "drogist/708"),
        ("een deoroller", "drogist/719"),
        ("bier 0.0", "super/818"),
    ],
)
def test_the_plain_one_is_taken(text: str, product: str) -> None:
    assert _line(text).product == product


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("geitenkaas", {"kaas/407", "kaas/408"}),
        ("deo", {"drogist/718", "drogist/719"}),
        ("een zak uien", {"agf/320", "agf/321"}),
        ("2 bakbananen", {"toko/503", "toko/504"}),
    ],
)
def test_another_that_goes_by_that_name_is_asked(text: str, candidates: set[str]) -> None:
    line = _line(text)
    assert line.product is None
    assert candidates <= set(line.candidates)


def test_the_lighter_of_two_cheeses_is_asked() -> None:
    assert _line("half pond jong belegen", "dorp").product is None


@pytest.mark.parametrize(
    ("text", "product", "amount"),
    [
        ("een 6-pack cola zero", "super/812", 1),
        ("6 pack cola zero", "super/812", 1),
        ("2 sixpacks cola zero", "super/812", 2),
        ("cola zero six pack", "super/812", 1),
        ("2x 6-pack cola zero", "super/812", 2),
        ("doe maar een six pack heineken 0.0", "super/818", 1),
        ("heineken 0.0 6-pack", "super/818", 1),
        ("een 4-pack eierkoeken", "bakkerij/122", 1),
        ("6 pakken karnemelk", "super/803", 6),
    ],
)
def test_how_many_a_pack_holds_is_not_how_many_packs(text: str, product: str, amount: int) -> None:
    line = _line(text)
    assert (line.product, line.amount) == (product, amount)


def test_a_pack_of_so_many_is_no_bottle() -> None:
    assert _line("een 6-pack cola zero", "terp").product is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("6 mandarijnen", None),
        ("een stuk of 8 mandarijnen", None),
        ("3 netten mandarijnen", 3),
        ("mandarijnen 3x", 3),
        ("2 kilo mandarijnen", 2),
        ("2 mandarijnen", 2),
    ],
)
def test_what_is_counted_one_by_one_is_no_number_of_bags(text: str, amount: int | None) -> None:
    line = _line(text)
    assert (line.product, line.amount) == ("agf/308", amount)


def test_bunches_are_no_bags() -> None:
    assert _line("3 bos uitjes", "kade").product is None


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("vervang de jonge kaas door een pond belegen", "kaas/k03"),
        ("ipv jonge kaas jong belegen", "kaas/k02"),
        ("in plaats van de kaas jong belegen", "kaas/k02"),
        ("doe maar oude kaas ipv jonge", "kaas/k05"),
    ],
)
def test_one_grade_of_cheese_takes_the_place_of_another(text: str, product: str) -> None:
    line = only_line(text, "kaas/k01")
    assert (line.op, line.target, line.product) == ("replace", "kaas/k01", product)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("1 sensodine", "drogist/711"),
        ("stuk bakkeljou", "toko/508"),
        ("mutti blokjes 4x", "super/837"),
        ("6 eieren vrije uitloop", "super/809"),
        ("600 gr sukade", "slagerij/209"),
        ("shoarma 800 gr", "slagerij/219"),
        ("3 pakken halfvolle", "super/801"),
        ("bakker rozijnenbrood met spijs 1", "bakkerij/108"),
        ("2 tonpoezen", "bakkerij/123"),
    ],
)
def test_the_only_one_there_is_is_taken(text: str, product: str) -> None:
    assert _line(text).product == product


@pytest.mark.parametrize(
    ("text", "square"),
    [
        ("een pond kip", "passage"),
        ("3 halfvolle", "terp"),  # yoghurt as well
        ("volle yoghurt", "terp"),  # what is halfvol is not vol
        ("2 flessen water", "passage"),
        ("cola zero 2", "passage"),
        ("bakje bessen", "erf"),  # frozen
    ],
)
def test_what_may_be_another_thing_is_asked(text: str, square: str) -> None:
    line = _line(text, square)
    assert line.product is None


@pytest.mark.parametrize("text", ["koffie, thee, suiker, dat was t denk ik", "koffie, thee, suiker, dat was 't"])
def test_what_closes_a_list_is_no_story(text: str) -> None:
    assert [line.words for line in read(text, _shelf("passage"), MONDAY).lines] == ["koffie", "thee", "suiker"]


def test_what_others_fetch_is_not_ordered() -> None:
    assert _line("Bier halen ze zelf, 2 chips paprika").product == "super/841"


def test_another_word_for_it_is_no_spelling_of_it() -> None:
    assert _line("een doos tissues", "brink").product is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("pak dan 1 robijn, 2 dreft", [("super/849", 1), ("super/848", 2)]),
        ("pak melk en 2 karnemelk", [(None, 1), ("super/803", 2)]),
        ("boerenkaas aan het stuk, anderhalf pond. tarwebrood fijn", [("kaas/406", 750), ("bakkerij/103", 1)]),
        ("vrijdag: ons rosbief", [("slagerij/222", 100)]),
        ("n netje uien", [("agf/320", 1)]),
        ("2 flessen cola zero", [("super/811", 2)]),
        ("2 blikjes cola zero", [(None, 2)]),  # of a pack of six
        ("6 handsinaasappels", [("agf/306", 6)]),
        ("help ons uit de brand met pampers maat 4", [("drogist/715", 1)]),
        ("1 pak pampers maat 3", [(None, 1)]),
    ],
)
def test_how_much_of_it(text: str, lines: list[tuple[str | None, int]]) -> None:
    assert [(line.product, line.amount) for line in read(text, _shelf("passage"), MONDAY).lines] == lines


def test_a_size_is_no_amount() -> None:
    basket = [BasketLine(1, "drogist/715", 1)]
    (line,) = read("maak van pampers maat 4 3 pakken", _shelf("passage"), MONDAY, basket=basket).lines
    assert (line.op, line.product, line.amount) == ("set", "drogist/715", 3)


@pytest.mark.parametrize(
    ("text", "intent"), [("stop met die berichtjes aub", "stop"), ("kan ik ook met bonnen van de gemeente betalen", "question")]
)
def test_what_is_no_order(text: str, intent: str) -> None:
    assert read(text, _shelf("passage"), MONDAY).intent == intent


@pytest.mark.parametrize("text", ["12 eieren", "eieren", "doosje eieren"])
def test_eggs_of_two_sorts_are_asked(text: str) -> None:
    line = _line(text)
    assert line.product is None
    assert {"kaas/418", "super/809"} <= set(line.candidates)


@pytest.mark.parametrize("text", ["mijn buurvrouw van 14b doet ook al bij jullie bestellen", "b"])
def test_a_letter_is_no_goods(text: str) -> None:
    assert not read(text, _shelf("passage"), MONDAY).lines
