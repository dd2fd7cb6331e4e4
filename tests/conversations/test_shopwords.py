"""The words of a shopkeeper with floury hands."""

from __future__ import annotations

import pytest

from conversations.shopwords import Said, hear


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ok", Said("ok")),
        ("OK!", Said("ok")),
        ("oké", Said("ok")),
        ("👍", Said("ok")),
        ("ok 1042", Said("ok", order=1042)),
        ("1042 ok", Said("ok", order=1042)),
        ("op 2", Said("out", line=2)),
        ("Op 2.", Said("out", line=2)),
        ("2 op", Said("out", line=2)),
        ("regel 2 is op", Said("out", line=2)),
        ("1042 op 2", Said("out", line=2, order=1042)),
        ("op", Said("out")),
        ("uitverkocht", Said("out")),
        ("2 weegt 620", Said("weigh", line=2, number=620)),
        ("weegt 2 620", Said("weigh", line=2, number=620)),
        ("2 weegt 620 gram", Said("weigh", line=2, number=620)),
        ("2 weegt 0,62 kilo", Said("weigh", line=2, number=620)),
        ("2 weegt 1,25", Said("weigh", line=2, number=1250)),
        ("2 weegt 1.250 gram", Said("weigh", line=2, number=1250)),
        ("weegt 620", Said("weigh", number=620)),
        ("kan 20", Said("can", number=20)),
        ("kan over 20 minuten", Said("can", number=20)),
        ("klaar over 20 min", Said("can", number=20)),
        ("klaar", Said("ready")),
        ("1042 staat klaar", Said("ready", order=1042)),
        ("lijst", Said("list")),
        ("fout", Said("undo")),
        ("samen", Said("together")),
        ("los", Said("each")),
    ],
)
def test_a_word_is_understood(text: str, said: Said) -> None:
    assert hear(text) == said


@pytest.mark.parametrize(
    "text", ["", "krentenbollen op", "aardbeien 3,50", "dicht morgen", "x" * 10_000, "2", "ok dan zien we wel even"]
)
def test_other_talk_is_left_to_others(text: str) -> None:
    assert hear(text) is None
