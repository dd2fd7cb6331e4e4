"""The cases beside the word tables: ``words/*.toml`` here mirrors ``catalog/reading/words``; both are extended together."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from catalog.reading.numbers import read_number
from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import lowers
from catalog.reading.when import find_when
from catalog.reading.words import plain, table
from catalog.search.fold import MAX_LETTERS, stems
from catalog.square import AMSTERDAM

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)
CASES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).with_name("words").glob("*.toml"))
}


def number(text: str) -> str:
    found = read_number(lowers(text))
    if not found:
        return ""
    return "?" if found.vague else f"{found.value}-{found.to}" if found.to else str(found.value)


def quantity(text: str) -> str:
    found = read_quantity(lowers(text))
    return f"{found.amount} {found.unit}" if found else ""


def moment(text: str) -> str:
    found = find_when(text, NOW)
    if not found:
        return ""
    when = found[0]
    day = when.day.isoformat() if when.day else ""
    window = "-".join(f"{edge:%H:%M}" if edge else "" for edge in (when.starts, when.ends)) if when.starts or when.ends else ""
    return " ".join(part for part in (day, window, "?" if when.ambiguous else "") if part)


READERS = {"numbers": number, "units": quantity, "days": moment}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in READERS for text in CASES[name]["reads"]])
def test_reads(name: str, text: str) -> None:
    assert READERS[name](text) == CASES[name]["reads"][text]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in READERS for text in CASES[name]["nothing"]["texts"]])
def test_reads_nothing(name: str, text: str) -> None:
    assert READERS[name](text) == ""


def test_no_unit_word_stands_twice() -> None:
    """The later one would win silently."""
    words = Counter(word for row in table("units")["unit"] for word in {*row["words"], *row.get("alone", ())})
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", ["numbers", "days"])
def test_words_are_lower_case_and_without_accents(name: str) -> None:
    """Messages are compared without capitals and accents; only "vóór" keeps its own, because it says more than "voor"."""
    groups = [group for group in table(name).values() if isinstance(group, dict)]
    words = [word for group in groups for words in group.values() if isinstance(words, list) for word in words]
    odd = [word for word in words if isinstance(word, str) and (word != word.lower() or word != plain(word))]
    assert all(word in "àáâ" or word[0] + word[-1] == "vr" for word in odd), odd


@pytest.mark.parametrize("letters", ["a", "ab", "aardappel"])
def test_ten_thousand_letters_in_a_row_are_looked_at_no_further_than_a_word_goes(letters: str) -> None:
    """Rules that look back along a word would take a second for this one; what lies behind letter forty changes nothing."""
    long = (letters * 10_000)[:10_000]
    assert stems(long) == stems(long[:MAX_LETTERS])
