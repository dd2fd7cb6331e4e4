"""Orders that stand in a story or were dictated amid talk, and stories with goods and numbers in them that order nothing."""

from __future__ import annotations

import pytest
from reading_help import heard, short

BUN, CAULIFLOWER, CUCUMBER, SUGAR = "bakker/b20", "groenteboer/g10", "groenteboer/g50", "kruidenier/w52"


def amounts(text: str) -> list[tuple[str | None, int | None]]:
    return [(product, amount) for product, amount, _ in short(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Gister soep gemaakt van jullie kip, met wortels en prei",
        "de vorige keer zat er een kapotte doos eieren bij en was de yoghurt gelekt",
        "gisteren bij pa geweest en die had dus een hele kast vol koffie en pindakaas, wel 15 potten",
        "er staat 2x krentenbrood op de bon en ik had er maar een",
        "70 euro voor vlees is wel een hap geld",
        "Die andijvie was zanderig en twee mandarijnen waren beurs. Dat kan beter",
        "ik had laatst jullie boerenkool en rookworst, erg lekker",
        "de dokter zegt dat ik moet afvallen",
        "mama zegt dat ik moet vragen hoe laat u komt",
        "ze krijgt visite",
        "kan ik die soep invriezen?",
        "krijg ik het statiegeld terug van 6 flessen?",
    ],
)
def test_what_is_only_told_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Zij krijgt 2 komkommers en een bloemkool", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("kan je me helpen aan 2 komkommers en een bloemkool?", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("kunt u mij aan een bloemkool helpen?", [(CAULIFLOWER, 1)]),
        ("Gaat om 2 komkommers en een bloemkool", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("mama zegt dat ik moet zeggen twintig krentenbollen en twee komkommers", [(BUN, 20), (CUCUMBER, 2)]),
        ("als u toch langs de bakker komt 4 krentenbollen", [(BUN, 4)]),
        ("een bloemkool, ik maak er bloemkoolsoep van", [(CAULIFLOWER, 1)]),
        ("doe maar een bloemkool en twee komkommers want anders lig ik wakker", [(CAULIFLOWER, 1), (CUCUMBER, 2)]),
        ("twee komkommers zodat ik het kan invriezen en een bloemkool", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("bloemkool voor de buurvrouw op 3 hoog", [(CAULIFLOWER, 1)]),
        ("ze lusten niks anders dan krentenbollen, dus doe er daar maar acht van", [(BUN, 8)]),
        ("doe 2 komkommers en een pak suiker en bloemkool heb ik nog ja die ligt hier", [(CUCUMBER, 2), (SUGAR, 1)]),
    ],
)
def test_what_is_ordered_amid_talk_is_heard(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("we hebben geen suiker meer, doe maar 2 pakken", [(SUGAR, 2)]),
        ("een bloemkool en we hebben geen suiker meer, doe maar 2 pakken", [(CAULIFLOWER, 1), (SUGAR, 2)]),
        ("ik heb geen suiker meer in huis! twee pakken graag", [(SUGAR, 2)]),
        ("ze heeft geen komkommers meer en ook geen suiker dus van allebei een", [(CUCUMBER, 1), (SUGAR, 1)]),
        ("hij is dol op krentenbollen, wij zijn met ons vijven, dus ieder een", [(BUN, 5)]),
        ("we hebben geen suiker meer", []),
    ],
)
def test_what_is_gone_is_ordered_by_the_amount_behind_it(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


@pytest.mark.parametrize(
    ("text", "grams"),
    [("150 gram brie is zat voor mij", 150), ("Een brie graag. 200 gram", 200), ("een stukje brie, 150 gram is zat", 150)],
)
def test_the_weight_behind_it_is_how_much(text: str, grams: int) -> None:
    assert short(text) == [("kaas/k40", grams, "g")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("daar zijn we weer een bloemkool en twee komkommers", [(CAULIFLOWER, 1), (CUCUMBER, 2)]),
        (
            "voor de soep heb ik een bloemkool, een pak suiker en twee komkommers nodig",
            [(CAULIFLOWER, 1), (SUGAR, 1), (CUCUMBER, 2)],
        ),
        (
            "ik ga bakken voor de buren en daarvoor heb ik een pak suiker, een bloemkool en twee komkommers nodig",
            [(SUGAR, 1), (CAULIFLOWER, 1), (CUCUMBER, 2)],
        ),
        (
            "ik moet voor de buurvrouw ook wat bestellen die wil een bloemkool en ik wil twee komkommers",
            [(CAULIFLOWER, 1), (CUCUMBER, 2)],
        ),
        ("we zitten zonder suiker! Een pak graag", [(SUGAR, 1)]),
        ("wat stond er ook alweer op mijn briefje een bloemkool en twee komkommers", [(CAULIFLOWER, 1), (CUCUMBER, 2)]),
        ("een pak suiker nee wacht komkommer twee stuks is genoeg en een bloemkool", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("Nou vooruit: een bloemkool", [(CAULIFLOWER, 1)]),
    ],
)
def test_a_list_behind_talk_is_ordered_whole(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "de kat miauwt al de hele ochtend",
        "zo zit ik hier met een kop koffie en een koekje",
        "dan smeer ik de boterhammen met kaas",
        "straks verstop ik de helft achter de melk",
        "de melk mag bij de buurvrouw",
        "anders lig ik de hele nacht wakker",
    ],
)
def test_whatever_the_verb_it_only_tells(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ik heb 1 pak suiker, 2 komkommers en een bloemkool nodig", [(SUGAR, 1), (CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("een pak suiker want ik ga bakken en dan voor mezelf een bloemkool", [(SUGAR, 1), (CAULIFLOWER, 1)]),
        ("De rijst haalt zij wel, ik wil een bloemkool", [(CAULIFLOWER, 1)]),
        (
            "Mijn zus zweert bij speltbrood maar ik krijg daar alleen maar buikpijn van. Geef mij maar een bloemkool",
            [(CAULIFLOWER, 1)],
        ),
        ("Ik had eerst aan een boeket gedacht voor de juf. Doe maar een bloemkool", [(CAULIFLOWER, 1)]),
        ("Heerlijk die snert van jullie van vorige week, met rookworst. Nu graag een bloemkool", [(CAULIFLOWER, 1)]),
        ("twee komkommers nee eentje is genoeg nu ik alleen ben en een bloemkool", [(CUCUMBER, 1), (CAULIFLOWER, 1)]),
        ("een pak suiker en 2 zakken.. nee 1 bloemkool", [(SUGAR, 1), (CAULIFLOWER, 1)]),
        ("Een pak suiker graag, anders wordt het hier ongezellig", [(SUGAR, 1)]),
        ("Zijn de komkommers gesneden? Graag twee stuks", [(CUCUMBER, 2)]),
    ],
)
def test_what_is_told_beside_an_order_takes_nothing_from_it(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


def test_what_hangs_on_an_answer_is_asked() -> None:
    (line,) = heard("zijn de komkommers al zoet? zo ja dan graag 2").lines
    assert (line.product, line.candidates) == (None, (CUCUMBER,))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Is de komijnekaas jong of oud? Doe er sowieso een pond van", [("kaas/k10", 500)]),
        ("kan er donderdag een bloemkool bezorgd worden met een pak suiker erbij?", [(CAULIFLOWER, 1), (SUGAR, 1)]),
        ("een bloemkool voor donderdag, kan dat?", [(CAULIFLOWER, 1)]),
        ("de komkommers waren zo lekker dat ik er nu wel 2 van wil", [(CUCUMBER, 2)]),
        (
            "Zeg, die komkommers van jullie zijn toch de beste, mijn moeder van 91 wil niks anders meer. Doe er 2",
            [(CUCUMBER, 2)],
        ),
        ("de poes heeft vannacht mijn laatste pak suiker opengescheurd. Mag ik er drie?", [(SUGAR, 3)]),
        ("mag ik drie komkommers? En een rol... nou ja, een bloemkool", [(CUCUMBER, 3), (CAULIFLOWER, 1)]),
        ("Mijn buren missen hun krentenbollen, ze wisten niet dat die hier ook zijn! Ik bestel er 10 voor ze", [(BUN, 10)]),
        ("ze heeft geen suiker en de bloemkool is op dus van alle twee één alsjeblieft", [(SUGAR, 1), (CAULIFLOWER, 1)]),
        ("een bloemkool en een pak suiker voor zijn vrouw", [(CAULIFLOWER, 1), (SUGAR, 1)]),
    ],
)
def test_an_amount_is_of_what_was_spoken_of(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


@pytest.mark.parametrize(
    "text", ["Welke kazen hebben jullie allemaal? Stuur eens een lijstje", "Kunt u ons laten weten of dat lukt?"]
)
def test_a_question_orders_nothing(text: str) -> None:
    assert heard(text).lines == ()


def test_a_bare_amount_behind_a_story_is_asked() -> None:
    (line,) = heard("Onze hond heeft de hele rosbief van het aanrecht gepikt. 4 ons.").lines
    assert (line.product, line.candidates) == (None, ("slager/s23",))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("twee komkommers, een bloemkool, dan hebben we vanavond tenminste een borrelplank", [(CUCUMBER, 2), (CAULIFLOWER, 1)]),
        ("een bloemkool en twee komkommers en dan is de groenteschaal weer vol, en een pak suiker",
         [(CAULIFLOWER, 1), (CUCUMBER, 2), (SUGAR, 1)]),
        ("een bloemkool, dan heb ik nog een pak suiker nodig", [(CAULIFLOWER, 1), (SUGAR, 1)]),
        ("die lusten niks liever dan krentenbollen, doe er daar maar zes van", [(BUN, 6)]),
        ("Mooi verhaal: ik stuur mijn man om een bloemkool, komt hij terug met een orchidee", []),
    ],
)  # fmt: skip
def test_what_comes_of_it_is_no_order(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


def test_what_was_changed_for_another_is_not_taken_out_as_well() -> None:
    lines = heard("de melk moet die volle zijn, niet die halfvolle", "zuivel/z01").lines
    assert [(line.op, line.target) for line in lines] == [("replace", "zuivel/z01")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("mag ik een extra komkommer", [(CUCUMBER, 1)]),
        ("Jan eet vanavond mee dus een extra bloemkool", [(CAULIFLOWER, 1)]),
        ("een pond extra belegen kaas", [("kaas/k04", 500)]),
        ("Tante Jo is jarig en krijgt van mij een bloemkool", [(CAULIFLOWER, 1)]),
    ],
)
def test_one_more_is_one(text: str, lines: list[tuple[str, int]]) -> None:
    assert amounts(text) == lines


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("bloemkool\nkomkommer\n\nAlvast dank, H. Mulder, Kerkhof", 2),
        ("bloemkool\nAlvast bedankt, J. de Vries", 1),
        ("bloemkool\nAlvast bedankt, en nog een komkommer", 2),
    ],
)
def test_a_name_behind_thanks_is_no_goods(text: str, count: int) -> None:
    assert len(heard(text).lines) == count
