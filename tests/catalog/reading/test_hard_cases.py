"""The sixty hard cases of Dutch orders, one test per row: each reads as it should, or asks. Said on Monday 23 November 2026."""

from __future__ import annotations

from datetime import date, time

import pytest

from catalog.reading import Line
from tests.catalog.reading.reading_help import heard, only_line, short

#: row and words: the lines as product, amount and unit; a product of None is asked or not sold.
LINES = [
    ("01 anderhalf pond", "anderhalf pond gehakt half om half", [("slager/s01", 750, "g")]),
    ("01 anderhalve kilo", "anderhalve kilo uien", [("groenteboer/g35", 1500, "g")]),
    ("02 jong belegen is one grade", "een half pond jong belegen", [("kaas/k02", 250, "g")]),
    ("03 ons is 100 gram", "2 ons achterham", [("slager/s60", 200, "g")]),
    ("04 ons is us", "kunt u ons even bellen", []),
    ("05 half om half is a name", "een pond half om half", [("slager/s01", 500, "g")]),
    ("06 half volle", "half volle melk", [("zuivel/z01", 1, "piece")]),
    ("07 halfje and heel", "een halfje wit, een heel bruin", [("bakker/b04", 1, "piece"), ("bakker/b05", 1, "piece")]),
    ("08 anderhalf brood is asked", "anderhalf brood", [(None, None, None)]),
    ("09 never 3.5", "drie bruine bolletjes en een half wit", [("bakker/b22", 3, "piece"), ("bakker/b04", 1, "piece")]),
    ("12 range a", "zes à zeven krentenbollen", [("bakker/b20", None, None)]),
    ("12 range dash", "6-7 krentenbollen", [("bakker/b20", None, None)]),
    ("12 range of", "zes of zeven krentenbollen", [("bakker/b20", None, None)]),
    ("13 shared hundred", "vier- à vijfhonderd gram rosbief", [("slager/s23", None, None)]),
    ("15 thousands", "1.000 gram uien", [("groenteboer/g35", 1000, "g")]),
    ("15 comma", "1,5 kg uien", [("groenteboer/g35", 1500, "g")]),
    ("15 dot", "1.5 kg uien", [("groenteboer/g35", 1500, "g")]),
    ("17 2x", "2x halfvolle melk", [("zuivel/z01", 2, "piece")]),
    ("17 2x glued", "2xkarnemelk", [("zuivel/z03", 2, "piece")]),
    ("17 tweemaal", "tweemaal halfvolle melk", [("zuivel/z01", 2, "piece")]),
    ("17 twee keer", "twee keer halfvolle melk", [("zuivel/z01", 2, "piece")]),
    ("18 litres are packs", "3 liter halfvolle melk", [("zuivel/z01", 3, "piece")]),
    ("20 een paar is asked", "een paar conference peren", [("groenteboer/g93", None, None)]),
    ("23 portions", "gourmet voor 4 personen", [("slager/s89", None, None)]),
    ("24 viergranen is not sold", "2 viergranenbrood", [(None, 2, "piece")]),
    ("24 7up is asked", "7up", [(None, 1, "piece")]),
    ("25 zevengranen", "twee zevengranenbroden", [("bakker/b07", 2, "piece")]),
    ("26 an article counts", "mag ik een brood", [(None, 1, "piece")]),
    ("27 told", "een heerlijk brood was dat gisteren", []),
    ("32 krentebollen", "krentebollen", [("bakker/b20", 1, "piece")]),
    ("32 krentenbolletjes", "krentenbolletjes", [("bakker/b20", 1, "piece")]),
    ("32 krentebolle", "krentebolle", [("bakker/b20", 1, "piece")]),
    ("33 tompoezen", "tompoezen", [("bakker/b40", 1, "piece")]),
    ("33 tompoucen", "tompoucen", [("bakker/b40", 1, "piece")]),
    ("33 tomp.", "2 tomp.", [("bakker/b40", 2, "piece")]),
    ("34 peen en uien", "peen en uien", [("groenteboer/g42", 1, "piece")]),
    ("34 zout en peper", "zout en peper", [("kruidenier/w137", 1, "piece"), ("kruidenier/w138", 1, "piece")]),
    ("36 ui", "ui", [("groenteboer/g35", None, None)]),
    ("37 bloem", "bloem", [("kruidenier/w50", 1, "piece")]),
    ("37 bloemkool", "bloemkool", [("groenteboer/g10", 1, "piece")]),
    ("38 boter", "boter", [("zuivel/z40", 1, "piece")]),
    ("39 halfvolle melk", "halfvolle melk", [("zuivel/z01", 1, "piece")]),
    ("42 bosje", "bosje peterselie", [("groenteboer/g80", 1, "piece")]),
    ("42 2 bos", "2 bos bosui", [("groenteboer/g43", 2, "piece")]),
    ("42 bosbessen", "bosbessen", [("groenteboer/g106", 1, "piece")]),
    ("43 eieren M", "6 eieren M", [("zuivel/z50", 1, "piece")]),
    ("43 10 st.", "10 st. krentenbollen", [("bakker/b20", 10, "piece")]),
    ("43 12stuks", "12stuks krentenbollen", [("bakker/b20", 12, "piece")]),
    ("44 unseen marks", "\u2060• Ui", [("groenteboer/g35", None, None)]),
    ("44 a half", "½ wit brood", [("bakker/b04", 1, "piece")]),
    ("44 keycap", "2️⃣ halfvolle melk", [("zuivel/z01", 2, "piece")]),
    ("45 sjampions", "sjampions", [("groenteboer/g58", 1, "piece")]),
    ("45 brokkolie", "brokkolie", [("groenteboer/g11", None, None)]),
    ("60 do alone", "do", []),
]


@pytest.mark.parametrize(("row", "text", "lines"), LINES, ids=[row for row, _, _ in LINES])
def test_lines(row: str, text: str, lines: list[tuple[str | None, int | None, str | None]]) -> None:
    assert short(text) == lines


#: What is counted or weighed about: product, amount.
ABOUT = [
    ("10 een stuk of zes", "een stuk of zes citroenen", 6),
    ("11 een kilo of twee", "een kilo of twee uien", 2000),
    ("14 een ons of anderhalf", "een ons of anderhalf rosbief", 150),
    ("22 tientje", "voor een tientje rosbief", 270),
    ("22 5 euro", "voor 5 euro kersen", 500),
    ("41 stuk van", "een stuk oude kaas van ± 500 gr", 500),
]


@pytest.mark.parametrize(("row", "text", "amount"), ABOUT, ids=[row for row, _, _ in ABOUT])
def test_about(row: str, text: str, amount: int) -> None:
    line = only_line(text)
    assert (line.amount, line.about) == (amount, True)


#: Words that must be asked, with some that are offered and some that never are.
ASKED = [
    ("19 dozijn", "een dozijn eieren", {"zuivel/z50", "zuivel/z51"}, set()),
    ("24 48+", "48+ kaas", {"kaas/k01"}, set()),
    ("35 sla", "sla", {"groenteboer/g25", "groenteboer/g26"}, {"slager/s05", "kruidenier/w32"}),
    ("37 bloemen", "bloemen", {"bloemist/f03"}, {"kruidenier/w50", "groenteboer/g10"}),
    ("40 gehakt", "gehakt", {"slager/s01", "slager/s02"}, {"slager/s04"}),
    ("45 yoghert", "yoghert", {"zuivel/z05", "zuivel/z06"}, set()),
    ("45 joghurt", "joghurt", {"zuivel/z05", "zuivel/z06"}, set()),
]


@pytest.mark.parametrize(("row", "text", "offered", "never"), ASKED, ids=[row for row, _, _, _ in ASKED])
def test_asked(row: str, text: str, offered: set[str], never: set[str]) -> None:
    line = only_line(text)
    assert line.product is None
    assert offered <= set(line.candidates)
    assert not never & set(line.candidates[:3])


def test_16_packs_of_400_ml() -> None:
    line = only_line("2 x 400 ml room")
    assert line.amount is None
    assert line.asks in ("packs", "which")


def test_21_slices_are_an_amount_and_dun_an_option() -> None:
    line = only_line("acht plakjes rosbief, dun")
    assert (line.product, line.options, line.amount) == ("slager/s23", ("dun",), None)


def test_31_zonder_ui_is_no_onion() -> None:
    line = only_line("broodje gezond zonder ui")
    assert line.product is None
    assert "zonder ui" in line.note
    assert "groenteboer/g35" not in line.candidates


def test_34_worst_en_kaas_are_two() -> None:
    assert [line.words for line in heard("worst en kaas").lines] == ["worst", "kaas"]


CHANGES = [
    ("28 eentje bij", "doe er nog eentje bij", "more", 1),
    ("29 nog twee", "nog twee", "more", 2),
    ("29 toch maar vier", "toch maar vier", "set", 4),
    ("29 maak er drie van", "maak er drie van", "set", 3),
    ("30 geen komkommer", "doe maar geen komkommer", "remove", None),
    ("30 laat zitten", "laat de prei maar zitten", "remove", None),
]


@pytest.mark.parametrize(("row", "text", "op", "amount"), CHANGES, ids=[row for row, _, _, _ in CHANGES])
def test_changes(row: str, text: str, op: str, amount: int | None) -> None:
    line: Line = only_line(text, "bakker/b20")
    assert (line.op, line.amount) == (op, amount)


FRIDAY, SATURDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 24)
MOMENTS = [
    ("46 kerst", "kersen met kerst", date(2026, 12, 25), None, None),
    ("47 half elf", "vrijdag om half elf", FRIDAY, time(10, 30), None),
    ("47 half 3", "om half 3", None, time(14, 30), None),
    ("48 tien over half negen", "tien over half negen", None, time(8, 40), None),
    ("48 vijf voor half 10", "vijf voor half 10", None, time(9, 25), None),
    ("49 kwart voor", "kwart voor vijf", None, time(16, 45), None),
    ("49 na vijven", "na vijven", None, time(17), None),
    ("49 tegen zessen", "tegen zessen", None, time(18), None),
    ("50 een uur of vijf", "een uur of vijf", None, time(17), None),
    ("51 vrijdag na 5", "vrijdag na 5 uur", FRIDAY, time(17), None),
    ("53 voor 5 uur", "voor 5 uur", None, None, time(17)),
    ("54 morgen", "morgen", TUESDAY, None, None),
    ("54 vrijdagmorgen", "vrijdagmorgen", FRIDAY, time(8), time(12)),
    ("54 morgenochtend", "morgenochtend", TUESDAY, time(8), time(12)),
    ("55 aanstaande", "aanstaande vrijdag", FRIDAY, None, None),
    ("55 komende", "komende vrijdag", FRIDAY, None, None),
    ("55 volgende week", "volgende week vrijdag", date(2026, 12, 4), None, None),
    ("56 acht dagen", "vandaag over acht dagen", date(2026, 11, 30), None, None),
    ("56 veertien dagen", "over veertien dagen", date(2026, 12, 7), None, None),
    ("57 tussen", "overmorgen tussen 2 en 4", date(2026, 11, 25), time(14), time(16)),
    ("57 van tot", "zaterdag van 9 tot 12", SATURDAY, time(9), time(12)),
    ("58 tussen de middag", "tussen de middag", None, time(12), time(13, 30)),
    ("59 pakjesavond", "pakjesavond", date(2026, 12, 5), None, None),
    ("59 kerstdag", "eerste kerstdag", date(2026, 12, 25), None, None),
    ("59 oudjaar", "oudjaarsdag", date(2026, 12, 31), None, None),
    ("60 de 28e", "de 28e", SATURDAY, None, None),
    ("60 za 28-11", "za 28-11", SATURDAY, None, None),
    ("60 24-12", "24-12", date(2026, 12, 24), None, None),
    ("60 za:", "za: 2 stokbrood wit", SATURDAY, None, None),
    ("denied", "dinsdag niet, liever woensdag", date(2026, 11, 25), None, None),
]


@pytest.mark.parametrize(("row", "text", "day", "starts", "ends"), MOMENTS, ids=[row for row, *_ in MOMENTS])
def test_moments(row: str, text: str, day: date | None, starts: time | None, ends: time | None) -> None:
    when = heard(text).when
    assert when is not None
    assert (when.day, when.starts, when.ends) == (day, starts, ends)


@pytest.mark.parametrize("text", ["volgende vrijdag", "maandag over een week", "namiddag", "voormiddag"])
def test_55_56_58_unclear_moments_are_asked(text: str) -> None:
    when = heard(text).when
    assert when is not None
    assert when.ambiguous


def test_46_kerststol_is_a_product() -> None:
    assert short("kerststol") == [("bakker/b80", 1, "piece")]
    assert heard("kerststol").when is None


def test_52_for_by_and_before_friday() -> None:
    plain, accented, noon = (
        heard(f"zes krentenbollen {words}").when for words in ("voor vrijdag", "vóór vrijdag", "voor vrijdag 12 uur")
    )
    assert plain
    assert accented
    assert noon
    assert (plain.day, plain.before) == (FRIDAY, False)
    assert (accented.day, accented.before) == (FRIDAY, True)
    assert noon.ambiguous


@pytest.mark.parametrize("text", ["goedemorgen", "morgen!"])
def test_54_a_greeting_is_no_day(text: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.when) == ("greeting", None)


@pytest.mark.parametrize("text", ["elke zaterdag", "om de week"])
def test_59_recurring(text: str) -> None:
    when = heard(text).when
    assert when is not None
    assert when.recurring == text


def test_60_as_soon_as_possible_is_no_sunday() -> None:
    when = heard("zo snel mogelijk").when
    assert when is not None
    assert (when.soonest, when.day) == (True, None)


@pytest.mark.parametrize(
    "words", ["nee ", "2 brood nee ", "voor ", "rond de ", "1", ", ", "2x", "ma t/m ", "10 bollen: 5 wit "]
)
def test_long_messages_are_read_without_raising(words: str) -> None:
    assert heard((words * 10_000)[:10_000]).text
