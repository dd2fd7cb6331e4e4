"""One thing said twice, headings that count eaters, and shapes of writing that must not make two things of one."""

from __future__ import annotations

import pytest
from reading_help import heard, only_line, short


def lines(text: str) -> list[tuple[str | None, int | None]]:
    """Product and amount of each line."""
    return [(product, amount) for product, amount, _ in short(text)]


CLEANER, MOUTHWASH, FRITES, SAUCE = "drogist/d15", "drogist/d13", "groenteboer/g07", "kruidenier/w126"
SHALLOTS, DECAF, HAM, SAUSAGE = "groenteboer/g37", "kruidenier/w74", "slager/s60", "slager/s76"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kunstgebitreiniger, steradent dus, en mondwater", [(CLEANER, 1), (MOUTHWASH, 1)]),
        ("een patatje of twee, zo'n zak verse frites dus, en een fles fritessaus", [(FRITES, 1), (SAUCE, 1)]),
        ("een ons ham, achterham dus", [(HAM, 100)]),
        ("2 sjalotten.. sjalotten half pond", [(SHALLOTS, 250)]),
        ("koffie... cafeïnevrije", [(DECAF, 1)]),
    ],
)
def test_the_same_thing_again_is_one(text: str, wanted: list[tuple[str, int]]) -> None:
    assert lines(text) == wanted


@pytest.mark.parametrize("text", ["2 haringen.. 3 kibbeling", "een pak melk... karnemelk graag ook", "bloemkool... broccoli"])
def test_another_thing_behind_dots_is_a_second_one(text: str) -> None:
    assert len(heard(text).lines) == 2


def test_a_dish_above_a_list_is_not_ordered() -> None:
    assert lines("HUTSPOT VOOR 6\n2 zakken hutspot\n900 g riblappen\nmosterd zaanse") == [
        ("groenteboer/g42", 2), ("slager/s27", 900), ("kaas/k62", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), [("snert voor 8", None), ("gourmet voor vier", None), ("4 moorkoppen voor 6", 4)])
def test_for_how_many_is_no_amount(text: str, amount: int | None) -> None:
    assert [line.amount for line in heard(text).lines] == [amount]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 ons jong 30 plus", [("kaas/k08", 200)]),
        ("een pond 48 plus oude kaas", [("kaas/k05", 500)]),
        ("30 plus 5 krentenbollen", [("bakker/b20", 5)]),
        ("2 blik doperwten m. worteltjes. pot bruine bonen", [("kruidenier/w102", 2), ("kruidenier/w103", 1)]),
        ("pond gehakt h.o.h. blikje mais. doperwten", [("slager/s01", 500), ("kruidenier/w112", 1), ("kruidenier/w101", 1)]),
        ("2 stokken droge worst", [(SAUSAGE, 2)]),
        ("een krantje en een stok metworst", [(None, 1), (SAUSAGE, 1)]),
    ],
)
def test_how_it_is_written(text: str, wanted: list[tuple[str | None, int]]) -> None:
    assert lines(text)[-len(wanted) :] == wanted


def test_a_box_of_just_that_size_is_asked_for() -> None:
    (line,) = heard("5 liter appelsap").lines
    assert line.product is None
    assert set(line.candidates) == {"boerderij/h10", "boerderij/h11"}
    assert lines("3 liter appelsap") == [("boerderij/h10", 3)]


def test_what_was_made_long_ago_is_not_ordered() -> None:
    told = "mijn moeder bakte vroeger zelf brood, twee kilo bloem en een hand zout, die geur vergeet je nooit"
    assert all(line.product is None for line in heard(told).lines)


def test_how_it_is_packed_and_for_whom_is_no_amount() -> None:
    (line,) = heard("heel wit, gesneden graag, in twee zakjes dan kan er een in de kast").lines
    assert (line.product, line.amount) == ("bakker/b03", 1)
    assert lines("een griesmeelpudding een pak chocoladevla en rijstepap dat is voor opa en verder niks") == [
        ("zuivel/z24", 1), ("zuivel/z21", 1), ("zuivel/z25", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("2 tandenborstels zacht en 1 medium", [("zacht",), ("medium",)]),
        ("3 bos tulpen rood en 2 geel", [("rood",), ("geel",)]),
    ],
)
def test_so_many_more_another_way(text: str, options: list[tuple[str, ...]]) -> None:
    assert [line.options for line in heard(text).lines] == options


def test_a_question_between_brackets_is_asked_beside_the_order() -> None:
    reading = heard("1 krat cola (hoeveel statiegeld zit daar op?), zak zoute pinda's en 3 zakken chips naturel")
    assert [line.amount for line in reading.lines] == [1, 1, 3]
    assert len(reading.questions) == 1


def test_an_article_gives_way_to_the_count_behind_the_name() -> None:
    assert lines("2 hazenpeper en een blinde vink 4x") == [("slager/s48", 2), ("slager/s09", 4)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("lekker weertje voor snert he 😄 doe mij maar 2 potten snert", 2),
        ("ik zat te denken aan zuurkool, daar heb ik trek in. Twee zakken zuurkool", 2),
        ("mijn zus lust zo graag hangop hoor. Doe mij dus 2 hangop", 2),
    ],
)
def test_what_was_only_named_is_ordered_once(text: str, amount: int) -> None:
    assert only_line(text).amount == amount


def test_what_was_counted_twice_is_ordered_twice() -> None:
    assert [line.amount for line in heard("2 hangop. En voor de buren 3 hangop").lines] == [2, 3]


@pytest.mark.parametrize("text", ["alles plakte, ook de eieren.", "alles lekte, ook de yoghurt"])
def test_what_is_told_of_as_well_is_not_ordered(text: str) -> None:
    assert heard(text).lines == ()


def test_what_is_ordered_as_well_is_kept() -> None:
    assert len(heard("boter en kaas, ook de eieren").lines) == 3
