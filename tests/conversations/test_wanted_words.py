"""What was asked for but is not sold: counted without who said it, listed for the coordinator on Monday, mended by one word."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.village import AMSTERDAM, Village

NEXT_MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def village() -> Village:
    made = Village()
    made.invite("ABCDEFGH2345", "coordinator")
    made.says("anja", "ABCD-EFGH-2345")
    for who, said in (("an", "2 zonnebrillen"), ("ben", "een zonnebril en 6 krentenbollen"), ("an", "3 zonnebrillen")):
        made.says(who, said)
    return made


def wanted(village: Village) -> list[str]:
    return [one.body for one in village.inbox.get("anja", []) if "Hier werd om gevraagd" in one.body]


def test_the_coordinator_gets_the_list_on_monday_and_once(village: Village) -> None:
    village.wait(until=NEXT_MONDAY)
    (text,) = wanted(village)
    assert "zonnebrillen (2 keer)" in text
    assert "krentenbol" not in text
    assert "an" not in text.casefold().split()
    village.wait(days=14)
    assert wanted(village) == [text]


def test_each_week_begins_anew(village: Village) -> None:
    village.wait(until=NEXT_MONDAY)
    village.says("an", "een tandenstoker")
    village.wait(days=7)
    second = wanted(village)[1]
    assert "tandenstoker (1 keer)" in second
    assert "zonnebril" not in second


def test_a_synonym_takes_the_word_off_the_list(village: Village) -> None:
    assert "Wie ‘zonnebrillen’ typt, vindt nu" in village.says("anja", "SYNONIEM zonnebrillen = bakker/b20")
    assert "zonnebrillen" not in village.says("anja", "WENSEN")
    village.wait(until=NEXT_MONDAY)
    assert all("zonnebrillen" not in text for text in wanted(village))


def test_a_sentence_that_was_not_understood_reaches_nobody(village: Village) -> None:
    village.says("an", "mijn dochter Truus ligt in het ziekenhuis met haar heup")
    assert "dochter" not in village.says("anja", "WENSEN")
    assert "Truus" not in village.says("anja", "WENSEN")
