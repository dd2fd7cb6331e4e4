"""Lists without commas: amounts behind the goods, goods in a row, and what nobody can tell."""

from __future__ import annotations

import pytest

from catalog.reading.lines import settle
from tests.catalog.reading.reading_help import heard, only_line, shelf, short


def amounts(text: str) -> list[int | None]:
    return [line.amount for line in heard(text).lines]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kiwi 6 grapefruit 2 ananas 1 en een bosje peterselie", [6, 2, 1, 1]),
        ("prei kilo winterpeen kilo knolselderij 1 rookworst 2 (spek hebben we nog)", [1000, 1000, 1, 2]),
        ("spaghetti 2 rundergehakt pond tomatenpuree 4 klaar", [2, 500, 4]),
        ("krentenbollen 6 slavinken 4 gehaktballen 2 groetjes Ria", [6, 4, 2]),
        ("graag morgen krentenbollen 6 slavinken 4 roggebrood 1 bedankt", [6, 4, 1]),
        ("uien kilo wortels pond prei 2 voor de soep", [1000, 500, 400]),
        ("karnemelk 2 een pond jong belegen en 3 krentenbollen", [2, 500, 3]),
        ("ik wil graag een pond jong belegen en een zak walnoten van een pond", [500, 500]),
        ("kibbeling 500 gram lekkerbek 4 haring 6 met ui", [2, 4, 6]),
        ("citroenen 6 peren 4 van die zoete en een bloemkool", [6, 720, 1]),
    ],
)
def test_amounts_behind_the_goods(text: str, said: list[int]) -> None:
    assert amounts(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("eieren tien karnemelk twee beschuit een rol muisjes blauw want het is een jongen", [1, 2, 1, 1]),
        ("komkommer 2 st tomaat 500 gr champignons bakje sla krop", [2, 500, 1, 1]),
        ("vermicelli soepgroente soepvlees pond bouillonblokjes rund selderie", [1, 1, 500, 1, 1]),
    ],
)
def test_what_counts_what_tells_on_which_side_the_amounts_stand(text: str, said: list[int]) -> None:
    assert amounts(text) == said


def test_when_nothing_tells_the_amounts_are_asked() -> None:
    lines = heard("karnemelk 2 courgette 1 spaghetti 3 tomatenpuree").lines
    assert [(line.amount, line.asks, line.low, line.high) for line in lines] == [
        (None, "amount", 1, 2),
        (None, "amount", 1, 2),
        (None, "amount", 1, 3),
        (None, "amount", 1, 3),
    ]


def test_it_is_still_asked_when_the_product_was_chosen() -> None:
    line = heard("karnemelk 2 vla 1 spaghetti 3 tomatenpuree").lines[1]
    assert line.product is None
    assert settle(line, shelf().square.product_by_id[line.candidates[0]], shelf()).asks == "amount"


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("zout peper suiker 2", 3),
        ("rijst macaroni spaghetti tomatenpuree 4", 4),
        ("komkommer tomaten sla radijsjes", 4),
        ("suiker rijst hagelslag puur 2", 3),
        ("jonge kaas oude kaas 2 ons", 2),
        ("oude kaas jonge kaas belegen kaas", 3),
        ("kip kerrie salade 2", 1),
        ("thee rooibos", 1),
    ],
)
def test_goods_in_a_row(text: str, products: int) -> None:
    assert len(short(text)) == products


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("600 gram kabeljauwfilet, nee maak er 800 van", 800),
        ("een kilo uien nee 2", 2000),
        ("2 liter halfvolle melk nee 3", 3),
        ("3 pakken halfvolle melk, nee doe maar 2", 2),
        ("bruine bonen 1, of doe 2, ja 2", 2),
        ("10 eieren, nee doe maar 20", 2),
        ("rundergehakt 500", 500),
        ("kabeljauwfilet 4 nee 5", 850),
    ],
)
def test_another_amount_is_in_the_same_unit(text: str, said: int) -> None:
    assert only_line(text).amount == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("een huzarensalade en twee nee wacht doe maar drie moorkoppen", [None, 3]),
        ("3 krentenbollen en 2, nee 4 tompoucen", [3, 4]),
        ("twee, nee drie haringen", [3]),
        ("eieren doosje van 6 (2)", [2]),
    ],
)
def test_an_amount_taken_back_before_its_goods_were_named(text: str, said: list[int | None]) -> None:
    assert amounts(text) == said


@pytest.mark.parametrize("said", ["aardappelen", "eerappels", "piepers"])
def test_a_sack_of_that_size_is_meant(said: str) -> None:
    assert only_line(f"een zak {said} van 5 kilo").product == "groenteboer/g05"


@pytest.mark.parametrize("text", ["3 ons achterham, doe maar 250", "100 bananen", "200 gram leverworst, 3 ons, nee 2"])
def test_an_amount_that_cannot_be_meant_is_asked(text: str) -> None:
    line = only_line(text)
    assert line.amount is None
    assert line.asks


def test_the_last_amount_counts_when_the_product_is_chosen_later() -> None:
    line = only_line("een pond gehakt, nee wacht anderhalf pond")
    assert settle(line, shelf().square.product_by_id[line.candidates[0]], shelf()).amount == 750


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("gehaktballen 4 stuks jus erbij", 4),
        ("krentenbollen 6 stuks boter erbij", 6),
        ("tompouce 4 stuks slagroom", 4),
        ("eieren 10 stuks kaas pond", 1),
    ],
)
def test_stuks_stands_behind_what_it_counts(text: str, first: int) -> None:
    lines = heard(text).lines
    assert len(lines) == 2
    assert lines[0].amount == first


@pytest.mark.parametrize("text", ["luiers maat 5 twee pakken", "2 pakken luiers maat 5", "maat 5 luiers"])
def test_another_size_is_asked(text: str) -> None:
    line = only_line(text)
    assert (line.product, line.candidates) == (None, ("drogist/d45",))


def test_the_size_that_is_sold() -> None:
    assert short("luiers maat 4 twee pakken") == [("drogist/d45", 2, "piece")]


@pytest.mark.parametrize(("text", "note"), [("leesbril +2", "+2"), ("zonnebrand factor 30", "factor 30")])
def test_a_strength_is_no_amount(text: str, note: str) -> None:
    line = only_line(text)
    assert line.amount in (None, 1)
    assert line.note == note


def test_a_percentage_is_no_amount() -> None:
    assert only_line("yoghurt 3,5% 2 pakken").amount == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ong. 3 ons rosbief", [(300, True)]),
        ("ong. 500 gr. rundergehakt en ca. 6 krentenbollen", [(500, True), (6, True)]),
        ("min. 2 kilo uien", [(2000, True)]),
    ],
)
def test_an_abbreviation_before_a_number_ends_no_sentence(text: str, said: list[tuple[int, bool]]) -> None:
    assert [(line.amount, line.about) for line in heard(text).lines] == said


def test_stops_that_are_spoken() -> None:
    lines = heard("roggebrood 1 stop geen wit stop oude kaas pond stop aan stuk").lines
    assert [(line.amount, line.options) for line in lines] == [(1, ()), (500, ("aan het stuk",))]


@pytest.mark.parametrize("text", ["de helft van een rode kool", "de helft van de bloemkool", "een deel van een pompoen"])
def test_part_of_one_thing_is_asked(text: str) -> None:
    line = only_line(text)
    assert line.product
    assert (line.amount, line.asks) == (None, "amount")


def test_part_of_a_weight_is_a_weight() -> None:
    assert short("de helft van een kilo uien") == [("groenteboer/g35", 500, "g")]


def test_a_list_goes_on_behind_a_corrected_amount() -> None:
    assert amounts("volle melk 1 karnemelk 2 nee 3 oude kaas pond") == [1, 3, 500]


def test_what_is_no_goods_opens_no_list() -> None:
    assert amounts("doe in elk geval 2 ons garnalen 3 haringen") == [200, 3]


def test_packs_between_two_goods_are_asked() -> None:
    assert amounts("pepernoten 2 zakken chocoladeletters") == [None, None]


def test_what_it_is_for_and_then_the_goods() -> None:
    lines = heard("kiwi 6 ananas 1 en voor de konijnen hooi").lines
    assert [(line.product, line.note) for line in lines][-1] == ("boerderij/h60", "voor de konijnen")


@pytest.mark.parametrize(
    ("text", "said"), [("tompouce of drie", 3), ("krentenbollen of 6", 6), ("een blikje tomatenpuree of drie", 3)]
)
def test_so_many_said_behind_of(text: str, said: int) -> None:
    line = only_line(text)
    assert (line.amount, line.about) == (said, True)
