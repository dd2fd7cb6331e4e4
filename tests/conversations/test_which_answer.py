"""Answers to "Welke bedoelt u?" in words: the kind, the size, the amount; what comes on top of it is no answer."""

from __future__ import annotations

import pytest

from tests.village import Village


@pytest.mark.parametrize(
    ("asked", "answer", "line"),
    [
        ("brood", "een halfje bruin dan", "1 x Bruin brood half"),
        ("brood", "2 volkoren half", "2 x Volkoren brood half"),
        ("brood", "volkoren half gesneden", "1 x Volkoren brood half, gesneden"),
        ("2 brood", "volkoren half", "2 x Volkoren brood half"),
        ("eieren", "een doosje van 6", "1 x Eieren 6 stuks"),
        ("eieren", "die van 30", "1 x Eieren tray 30 stuks"),
        ("eieren", "2 doosjes van 6", "2 x Eieren 6 stuks"),
    ],
)
def test_the_answer_names_kind_size_or_amount(asked: str, answer: str, line: str) -> None:
    village = Village()
    assert "Welke bedoelt u" in village.says("an", asked)
    assert f"1. {line}: " in village.says("an", answer)
    assert len(village.store.draft("an", "bunnik").lines) == 1


@pytest.mark.parametrize("words", ["en ook nog een krentenbrood", "half pond boter", "4 krentenbollen"])
def test_something_else_leaves_the_question_open(words: str) -> None:
    village = Village()
    village.says("an", "eieren")
    assert "Welke bedoelt u met ‘eieren’?" in village.says("an", words)
    assert len(village.store.draft("an", "bunnik").lines) == 1


@pytest.mark.parametrize("words", ["misschien", "vrijdagochtend", "liever vrijdag"])
def test_what_names_nothing_is_no_yes(words: str) -> None:
    village = Village()
    assert "Bedoelt u met ‘krentewegge’: Krentenwegge?" in village.says("an", "2 krentewegge met appel")
    assert "Bedoelt u met ‘krentewegge’: Krentenwegge?" in village.says("an", words)
    assert not village.store.draft("an", "bunnik").lines


def test_a_wrong_line_is_no_amount() -> None:
    village = Village()
    village.says("an", "4 krentenbollen en 1 avocado")
    assert "In uw mandje: 1 Avocado. Hoeveel moet het in totaal worden?" in village.says("an", "3 avocado's")
    village.says("an", "fout 1")
    assert [(line.name, line.amount) for line in village.store.draft("an", "bunnik").lines] == [("Avocado", 1)]
