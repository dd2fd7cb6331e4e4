"""What somebody takes back, doubts or tells of within the message that orders, and names that are not said in full."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.catalog.reading.reading_help import heard, only_line, short


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Doe maar 4 tompoezen, of nee wacht even, Gerrit eet niet mee, dus 3 tompoezen.", [("bakker/b40", 3, "piece")]),
        ("een bos lelies graag. Toch maar een bos chrysanten dan", [("bloemist/f05", 1, "piece")]),
        ("4 krentenbollen, of doe toch maar 6 krentenbollen", [("bakker/b20", 6, "piece")]),
        ("twee pond uien, ach wat zeg ik, 2 ons sjalotten bedoel ik", [("groenteboer/g37", 200, "g")]),
        ("drie ons en een half rosbief", [("slager/s23", 350, "g")]),
        ("1) geitenmelk 2 pk 2) feta 3) ciabatta x2",
         [("zuivel/z13", 2, "piece"), ("kaas/k34", 1, "piece"), ("bakker/b29", 2, "piece")]),
        ("een bos peen", [("groenteboer/g41", 1, "piece")]),
        ("anderhalf pond rundergehakt van Van den Berg", [("slager/s02", 750, "g")]),
        ("2 moork", [("bakker/b45", 2, "piece")]),
    ],
)  # fmt: skip
def test_what_was_meant_in_the_end(text: str, lines: list[tuple[str, int, str]]) -> None:
    assert short(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "we hebben nog genoeg aardappels",
        "zet de tas maar achter de schuur",
        "hoeveel eieren zitten er in een tray",
        "bah wat een zure appels",
        "super die bloemen!",
        "fijne kerst en een gelukkig nieuwjaar",
        "wij telen zelf aardbeien",
    ],
)
def test_talk_of_goods_gives_no_line(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize("text", ["het recept zegt 2 komkommers", "zet de koffie maar vast klaar", "soep zonder ballen"])
def test_what_may_be_talk_is_asked(text: str) -> None:
    assert all(line.product is None for line in heard(text).lines)


def test_removals_of_what_is_nowhere_are_no_lines() -> None:
    assert short("een ons paté. Geen toastjes, die heb ik nog") == [("slager/s72", 100, "g")]


def test_a_remark_between_brackets_is_a_note() -> None:
    line = only_line("2 komkommers (achterom zetten svp)")
    assert (line.product, line.note) == ("groenteboer/g50", "achterom zetten svp")


def test_reading_alone_does_not_load_the_index() -> None:
    code = "import sys, catalog.reading, catalog.search; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_only_so_much_of_a_pasted_text_is_read() -> None:
    assert len(heard("kaas\n" * 2_000).lines) <= 150
