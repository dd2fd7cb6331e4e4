"""Orders in the words of the regions, from Limburg to Friesland: read as the same order in the language of the dictionary.

Each case is an amount and a product of the sample square per line; "?" stands before what is only offered.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from reading_help import MONDAY, heard, told

from catalog.reading.standard import standard
from catalog.search.regional import respelt


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("höbt geer veur mich twieë pond sjpruutjes", "1000 Spruiten"),
        ("drie citroene en ein bloomkuël", "3 Citroenen; 1 Bloemkool"),
        ("ein krop sjlaat en twieë koemkoemere", "1 Kropsla; 2 Komkommer"),
        ("gif mich ein zekske sjampions en ein rookwoosj", "1 Champignons; 1 Rookworst"),
        ("ik wil gère zes worstebrooikes", "6 Worstenbroodje"),
        ("kunde gij mijn vier slavinken brengen", "4 Slavink"),
        ("ons moeder wil nog twee kroppen slaai", "2 Kropsla"),
        ("Kuj mie twee roggenbreuden brengen", "2 Roggebrood"),
        ("twee pond siepeln", "1000 Uien"),
        ("n pak riest, gruune zepe en n pot broene bonen", "1 Witte rijst; 1 Groene zeep; 1 Bruine bonen"),
        ("'k 'a graag een 'alf wit en 'n doosje eiers van tien", "1 Wit brood half; 1 Eieren 10 stuks"),
        ("n doosie aier van tien en een zaksken krieltjes", "1 Eieren 10 stuks; 1 Krieltjes"),
        ("foar freed trije rookworsten", "3 Rookworst"),
        ("mei ik noch in pûn kearsen", "500 Kersen"),
        ("in healpûn nagelkaas", "250 Nagelkaas"),
        ("doe maar twee komkommâhs", "2 Komkommer"),
        ("wi'j mie n bossie radiezn metbrengn", "1 Radijs"),
        ("Wie wilt geern n pak botermelk en twij kroppn sloat", "1 Karnemelk; 2 Kropsla"),
        ("'k moe een pak kaffie en twî flessen natuurazien 'ebben", "1 Filterkoffie; 2 Natuurazijn"),
        ("geef mij maar een halfvolkoren, esneden", "1 Volkoren brood half"),
        ("hej nog twee pond kersen veur mie", "1000 ?Kersen"),
    ],
)
def test_dialect_is_read(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("day", "ahead"),
    [
        ("tiisdei", 1),
        ("goonsdag", 2),
        ("donderdig", 3),
        ("vriedag", 4),
        ("veur freed", 4),
        ("zaoterdigaovend", 5),
        ("snein", 6),
    ],
)
def test_a_day_is_heard_in_dialect(day: str, ahead: int) -> None:
    reading = heard(f"{day} een bloemkool")
    assert reading.when
    assert reading.when.day == MONDAY.date() + timedelta(days=ahead)
    assert [line.words for line in reading.lines] == ["bloemkool"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("appelsjtroop", "appelstroop"),
        ("pûn", "pond"),
        ("dónderdig", "donderdag"),
        ("vrijdagavond", "vrijdagavond"),
        ("komkommers", "komkommers"),
        ("flesien", "flesje"),
        ("zakken", "zakken"),
    ],
)
def test_the_dictionary_has_it_as(word: str, meant: str) -> None:
    assert standard(word) == meant


def test_as_few_sounds_as_may_be_are_changed() -> None:
    assert "rijst" in respelt("riest")[0]
    assert "koek" not in {one for some in respelt("kaas") for one in some}
    assert respelt("ui") == respelt("h2o") == ()


def test_what_is_something_else_in_another_region_is_asked() -> None:
    assert told("een look").startswith("- ?")


@pytest.mark.parametrize(
    "text",
    [
        "zet het bij het hek",
        "hej, alles goed?",
        "voer voor de ponnie",
        "ik heb het liever zo",
        "wat een groet",
        "een boeier aan de kade",
        "hij zit achter de vlies",
    ],
)
def test_a_dutch_word_is_not_respelt(text: str) -> None:
    assert not [line for line in heard(text).lines if line.product]


def test_who_is_meant_is_no_pack_of_noodles() -> None:
    assert told("kuj mie donderdag 2 bloemkolen brengn") == "2 Bloemkool"
