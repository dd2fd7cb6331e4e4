"""Changes to the basket: what they change, by how much, and that negations never order."""

from __future__ import annotations

import pytest
from reading_help import MONDAY, heard, only_line, shelf

from catalog.reading import BasketLine, read

BUN, CUCUMBER, CHEESE = "bakker/b20", "groenteboer/g50", "kaas/k02"


@pytest.mark.parametrize(
    ("text", "op", "target", "amount"),
    [
        ("nog twee", "more", "last", 2),
        ("doe er nog eentje bij", "more", "last", 1),
        ("toch maar vier", "set", "last", 4),
        ("maak er drie van", "set", "last", 3),
        ("het moeten er 10 zijn", "set", "last", 10),
        ("eentje minder", "less", "last", 1),
        ("die laatste weg", "remove", "last", None),
        ("doe maar geen", "remove", "last", None),
        ("fout 2", "remove", "#2", None),
        ("nummer 2 mag weg", "remove", "#2", None),
        ("geen komkommer", "remove", CUCUMBER, None),
        ("laat de krentenbollen maar zitten", "remove", BUN, None),
        ("doe toch maar niet die krentenbollen", "remove", BUN, None),
        ("nog 2 krentenbollen", "more", BUN, 2),
        ("toch maar 6 krentenbollen", "set", BUN, 6),
        ("maak van de krentenbollen maar 8", "set", BUN, 8),
        ("zou u van die twee krentenbollen er vijf willen maken", "set", BUN, 5),
        ("minder krentebollen, 2 is genoeg", "set", BUN, 2),
        ("dubbel zoveel krentenbollen graag", "set", BUN, 2),
        ("4 ipv 2 krentenbollen", "set", BUN, 4),
        ("ik heb me vergist, geen 3 maar 2 krentenbollen", "set", BUN, 2),
        ("nee wacht, 2 krentenbollen", "set", BUN, 2),
        ("zet er nog 2 krentenbollen bij", "more", BUN, 2),
        ("nog eentje van die laatste graag", "more", "last", 1),
        ("wilt u de krentebollen van mijn lijstje halen", "remove", BUN, None),
        ("weg met die krentenbollen!", "remove", BUN, None),
        ("haal nummer 1 er maar uit", "remove", "#1", None),
        ("wil je die er toch maar uithalen", "remove", "last", None),
        ("de krentenbollen kunnen vervallen want het feestje gaat niet door", "remove", BUN, None),
    ],
)
def test_changes(text: str, op: str, target: str, amount: int | None) -> None:
    line = only_line(text, BUN, CUCUMBER)
    assert (line.op, line.target, line.amount) == (op, target, amount)


def test_an_amount_of_the_last_line_is_in_its_own_unit() -> None:
    line = only_line("toch maar een pond", CHEESE)
    assert (line.op, line.amount, line.unit) == ("set", 500, "g")


@pytest.mark.parametrize(
    "text",
    [
        "in plaats van de komkommer een courgette",
        "geen komkommer maar een courgette",
        "een courgette ipv komkommer",
        "vervang de komkommer door een courgette",
    ],
)
def test_replacing(text: str) -> None:
    line = only_line(text, CUCUMBER)
    assert (line.op, line.target, line.product) == ("replace", CUCUMBER, "groenteboer/g56")


@pytest.mark.parametrize("text", ["geen melk", "liever niet die kaas", "ik hoef geen appels", "zonder de komkommer"])
def test_a_negation_never_orders(text: str) -> None:
    assert all(line.op != "add" for line in heard(text, CUCUMBER).lines)


@pytest.mark.parametrize("text", ["mijn man is gek op komkommer maar mag het niet meer", "is de komkommer nog niet op?"])
def test_talk_about_what_lies_in_the_basket_changes_nothing(text: str) -> None:
    assert heard(text, BUN, CUCUMBER).lines == ()


def test_some_out_leaves_the_others() -> None:
    basket = [BasketLine(1, BUN, 6), BasketLine(2, CUCUMBER, 1)]
    for text, op, amount in [
        ("haal maar 2 krentenbollen weg", "less", 2),
        ("2 krentenbollen eraf", "less", 2),
        ("6 krentenbollen eruit", "remove", None),
        ("de helft van de krentenbollen", "set", 3),
        ("de krentenbollen doe maar 4", "set", 4),
    ]:
        (line,) = read(text, shelf(), MONDAY, basket=basket).lines
        assert (line.op, line.target, line.amount) == (op, BUN, amount), text


def test_what_was_just_told_of_goes_out() -> None:
    assert only_line("ik heb nog krentenbollen dus die kunnen weg", BUN, CUCUMBER).target == BUN


def test_the_other_kind_is_not_what_lies_there() -> None:
    assert all(line.target != CHEESE for line in heard("geen oude kaas", CHEESE).lines)


@pytest.mark.parametrize("text", ["komkommer wordt courgette", "ik wil de komkommer ruilen voor courgette"])
def test_one_thing_becomes_another(text: str) -> None:
    line = only_line(text, CUCUMBER, BUN)
    assert (line.op, line.target, line.product) == ("replace", CUCUMBER, "groenteboer/g56")


@pytest.mark.parametrize(
    "text",
    [
        "2 komkommers en een stuk kaas, kaas laat maar",
        "2 komkommers. 2 mango. oh nee mango niet",
        "4 slavinken en 2 komkommers. geen slavinken",
    ],
)
def test_what_is_taken_back_in_the_same_message(text: str) -> None:
    assert [line.product for line in heard(text).lines] == [CUCUMBER]


@pytest.mark.parametrize(
    ("text", "product", "amount"),
    [
        ("10 krentenbollen (of doe er maar 12)", BUN, 12),
        ("een bloemkool of doe toch maar een komkommer", CUCUMBER, 1),
        ("bloemkool laat maar, 2 komkommers", CUCUMBER, 2),
        ("4 slavinken... toch niet, doe maar 2 komkommers", CUCUMBER, 2),
        ("5 krentenbollen. O wacht, Piet komt ook: 6", BUN, 6),
        ("drie, nee vier krentenbollen", BUN, 4),
        ("2 krentenbollen. nee 3 is ook goed", BUN, 3),
    ],
)
def test_second_thoughts(text: str, product: str, amount: int) -> None:
    assert [(line.op, line.product, line.amount) for line in heard(text).lines] == [("add", product, amount)]


def test_an_amount_behind_a_change_is_of_what_was_changed() -> None:
    line = only_line("haal maar 2 krentenbollen weg, 8 is genoeg", BUN, CUCUMBER)
    assert (line.op, line.target, line.amount) == ("set", BUN, 8)


def test_another_day_is_no_other_thing() -> None:
    (line,) = heard("2 krentenbollen, niet morgen maar woensdag", CUCUMBER).lines
    assert (line.op, line.product) == ("add", BUN)


def test_something_out_and_something_else_in() -> None:
    ops = [(line.op, line.product) for line in heard("de krentenbollen eruit en doe er 2 courgettes voor terug", BUN).lines]
    assert ops == [("remove", BUN), ("add", "groenteboer/g56")]


def test_what_was_said_in_the_same_message_counts_up_and_down() -> None:
    assert only_line("2 krentenbollen. Doe er nog maar 3 bij").amount == 5
    assert only_line("6 krentenbollen. Eentje minder kan ook").amount == 5


def test_an_order_that_takes_something_out_as_well() -> None:
    ops = [(line.op, line.product) for line in heard("2 courgettes en geen komkommer", CUCUMBER).lines]
    assert ops == [("add", "groenteboer/g56"), ("remove", CUCUMBER)]


def test_the_amount_may_follow_in_a_sentence_of_its_own() -> None:
    line = only_line("Ik heb zin in snert! Doe maar 2 liter.")
    assert (line.op, line.product, line.amount) == ("add", "slager/s80", 2)


MILK, VOLKOREN, EGGS, POTATOES = "zuivel/z01", "bakker/b01", "zuivel/z50", "groenteboer/g01"
CAKE = "bakker/b64"


def changed(text: str, *basket: str | tuple[str, int]) -> list[tuple[str, str | None, str | None, int | None]]:
    """What each line does, to what, with what and how much; a product in the basket may be given with its amount."""
    pairs = [(one, 1) if isinstance(one, str) else one for one in basket]
    lines = read(text, shelf(), MONDAY, basket=[BasketLine(at, *pair) for at, pair in enumerate(pairs, 1)]).lines
    return [(line.op, line.target, line.product, line.amount) for line in lines]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("doe die laatste toch maar niet", "last"),
        ("dat laatste neem ik toch niet", "last"),
        ("haal #2 er maar af", "#2"),
        ("#2 weg", "#2"),
        ("de tweede mag weg", CUCUMBER),
        ("de onderste kan eruit", CHEESE),
        ("de bovenste hoeft niet", BUN),
        ("de komkommer mag er helemaal uit", CUCUMBER),
        ("die komkommer kan er wat mij betreft wel uit", CUCUMBER),
        ("geen komkommer meer voor ons", CUCUMBER),
    ],
)
def test_what_goes_out_by_its_place_or_name(text: str, target: str) -> None:
    assert [(op, where) for op, where, _, _ in changed(text, BUN, CUCUMBER, CHEESE)] == [("remove", target)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Kunt u die 4 krentenbollen terugbrengen naar 3?", 3),
        ("de krentenbollen mogen omlaag naar 2", 2),
        ("krentenbollen van 4 naar 8", 8),
        ("krentenbollen 4 -> 8", 8),
        ("krentenbollen op 6", 6),
        ("doe van de krentenbollen maar 3 ipv 4", 3),
        ("van de krentenbollen 3 in plaats van 4", 3),
        ("halveer de krentenbollen", 2),
        ("in totaal 5 krentenbollen graag", 5),
        ("ik had maar 1 krentenbol besteld", 1),
        ("ik zie 4 krentenbollen staan maar dat moeten er 2 zijn", 2),
        ("van de eerste wil ik er 3", 3),
    ],
)
def test_another_amount(text: str, amount: int) -> None:
    assert changed(text, (BUN, 4), CUCUMBER) == [("set", BUN, BUN, amount)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("doe nog een doosje eieren en een kilo aardappelen extra", [("more", EGGS, 1), ("more", POTATOES, 1000)]),
        ("zet er nog een kilo aardappelen en 6 eieren bij", [("more", POTATOES, 1000), ("more", EGGS, 1)]),
        ("nog een doosje eieren, en een kilo uien erbij", [("more", EGGS, 1), ("add", "groenteboer/g35", 1000)]),
        ("roze koeken op 3 en de aardappelen mogen weg", [("set", CAKE, 3), ("remove", POTATOES, None)]),
        ("zet de roze koeken op 2 en doe er ook 2 karnemelk bij", [("set", CAKE, 2), ("add", "zuivel/z03", 2)]),
        ("roze koek naar 3 en aardappelen naar 1 kilo graag", [("set", CAKE, 3), ("set", POTATOES, 1000)]),
        ("alles weg behalve de eieren en de koek", [("remove", POTATOES, None)]),
        ("de aardappelen mogen blijven, de rest kan weg", [("remove", EGGS, None), ("remove", CAKE, None)]),
        ("alles mag weg, alleen de eieren niet", [("remove", POTATOES, None), ("remove", CAKE, None)]),
    ],
)
def test_several_changes_at_once(text: str, lines: list[tuple[str, str, int | None]]) -> None:
    assert [(op, product, amount) for op, _, product, amount in changed(text, EGGS, (POTATOES, 2000), (CAKE, 4))] == lines


@pytest.mark.parametrize(
    ("text", "new", "amount"),
    [
        ("doe toch maar volle melk", "zuivel/z02", 2),
        ("oeps, verkeerde melk, moet karnemelk zijn", "zuivel/z03", 2),
        ("doe maar karnemelk voor de melk in de plaats", "zuivel/z03", 2),
        ("de melk mag karnemelk worden. Drie pakken.", "zuivel/z03", 3),
        ("maak van de melk maar karnemelk", "zuivel/z03", 2),
    ],
)
def test_another_kind_takes_the_place(text: str, new: str, amount: int) -> None:
    assert changed(text, CUCUMBER, (MILK, 2)) == [("replace", MILK, new, amount)]


@pytest.mark.parametrize(
    "text", ["maak van het hele volkoren maar een halve", "doe het volkoren toch maar half", "toch maar een half volkoren"]
)
def test_a_half_loaf_takes_the_place_of_a_whole_one(text: str) -> None:
    assert changed(text, VOLKOREN, CUCUMBER) == [("replace", VOLKOREN, "bakker/b02", 1)]


@pytest.mark.parametrize("text", ["ik hoef alleen de komkommer nog", "komkommer dubbel besteld"])
def test_what_is_unclear_changes_nothing(text: str) -> None:
    assert not any(line.amount or not line.asks for line in heard(text, BUN, CUCUMBER).lines)
