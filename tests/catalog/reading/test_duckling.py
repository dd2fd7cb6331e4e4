"""The public Dutch cases of Duckling, which stand outside the repository: how many of them an order can hold are read right.

``python -m tests.catalog.reading.test_duckling`` prints the figures and the cases missed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from catalog.reading.numbers import read_number, read_ordinal
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.tokens import lowers
from catalog.reading.when import When, find_when

CASES = Path(__file__).resolve().parents[4] / "shared" / "data" / "duckling_nl.jsonl"
NOW = datetime(2013, 2, 12, 4, 30)  # noqa: DTZ001 - the moment all cases assume, in local wall time

#: Kinds no order holds: left out, and counted.
LEFT_OUT = {"Distance": "distances", "Duration": "lengths of time", "AmountOfMoney": "mostly dollars and pounds sterling"}
#: What one unit of theirs is in ours.
UNITS = {"Gram": ("g", 1), "Millilitre": ("ml", 1), "Litre": ("ml", 1000), "Hectolitre": ("ml", 100_000), "Cup": ("pack", 1)}


@dataclass
class Score:
    """Right and wrong of one kind; ``missed`` holds what was said and what was made of it."""

    right: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.right + len(self.missed)

    @property
    def share(self) -> float:
        return self.right / self.total

    def add(self, ok: bool, text: str, got: object) -> None:
        if ok:
            self.right += 1
        else:
            self.missed.append(f"{text!r}: {got}")


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def scores() -> tuple[dict[str, Score], dict[str, int]]:
    """Scores per kind, and how many cases of which kinds were left out."""
    found = {kind: Score() for kind in ("Numeral", "Quantity", "Volume", "Ordinal", "Time", "no value")}
    left_out = dict.fromkeys(LEFT_OUT, 0)
    for case in cases():
        kind, text, expected = case["kind"], case["text"], case["expected"]
        if expected is None:
            whens = find_when(text, NOW)
            found["no value"].add(not whens, text, whens)
        elif kind in LEFT_OUT:
            left_out[kind] += 1
        else:
            found[kind].add(*READERS[kind](text, expected))
    return found, left_out


def numeral(text: str, expected: dict[str, Any]) -> tuple[bool, str, object]:
    tokens = lowers(text)
    number = read_number(tokens)
    value = None if number is None else number.value
    if number and number.used + 1 == len(tokens) and tokens[-1] == "k":  # 100K
        value, number = number.value * 1000, read_number(tokens)
    same = value is not None and abs(float(value) - expected["value"]) < 1e-9
    return same and number is not None and number.used >= len(tokens) - (tokens[-1] == "k"), text, value


def ordinal(text: str, expected: dict[str, Any]) -> tuple[bool, str, object]:
    rank = read_ordinal(lowers(text))
    return rank == int(expected["value"]), text, rank


def quantity(text: str, expected: dict[str, Any]) -> tuple[bool, str, object]:
    tokens = lowers(text)
    got = next((found for at in range(len(tokens)) if (found := read_quantity(tokens, at))), None)
    return got is not None and _same_amount(got, expected), text, got


def _same_amount(got: Quantity, expected: dict[str, Any]) -> bool:
    unit, factor = UNITS[expected["unit"]]
    values = [Fraction(str(value)) * factor for value in expected["values"]]
    return got.unit == unit and got.amount == values[0] and (got.to or got.amount) == values[-1]


def moment(text: str, expected: dict[str, Any]) -> tuple[bool, str, object]:
    """The day the interval starts on, and the time for times; parts of the day are cut differently on purpose."""
    whens = find_when(text, NOW)
    got = whens[0] if whens else None
    return got is not None and _same_start(got, expected), text, got


def _same_start(got: When, expected: dict[str, Any]) -> bool:
    said = (expected.get("from") or expected["value"]).replace("-00T", "-01T").replace("-00-", "-01-")
    start = datetime.fromisoformat(said)
    if got.soonest:
        return abs((start - NOW).total_seconds()) < 60
    if (got.day or NOW.date()) != start.date() and not _hours_pass_midnight(got, start):
        return False
    timed = expected["grain"] in ("hour", "minute", "second") and start.hour != 0
    if not timed or (got.part and expected["ctor"] == "datetimeInterval") or not _is_clock(got):
        return not timed or _is_clock(got) or got.part is not None or expected["grain"] == "hour"
    edge = (got.ends if got.before else got.starts) or time()
    return (edge.hour % 12, edge.minute) == (start.hour % 12, start.minute)


def _is_clock(got: When) -> bool:
    return bool(got.starts or got.ends)


def _hours_pass_midnight(got: When, start: datetime) -> bool:
    """Hours without a day name today or tomorrow: theirs is the next in the future, ours the one within opening hours."""
    return got.day is None and _is_clock(got) and start.date() == date(2013, 2, 13)


READERS = {"Numeral": numeral, "Quantity": quantity, "Volume": quantity, "Ordinal": ordinal, "Time": moment}
needs_cases = pytest.mark.skipif(not CASES.exists(), reason="Duckling's cases stand outside the repository (../shared/data)")


@needs_cases
def test_numerals_quantities_and_volumes_are_read() -> None:
    found, _ = scores()
    together = [found[kind] for kind in ("Numeral", "Quantity", "Volume")]
    right, total = sum(score.right for score in together), sum(score.total for score in together)
    assert total == 104
    assert right / total >= 0.97, [missed for score in together for missed in score.missed]


@needs_cases
def test_what_has_no_value_gets_none() -> None:
    found, _ = scores()
    assert found["no value"].total == 16
    assert found["no value"].missed == []


@needs_cases
def test_starts_of_dates_and_times() -> None:
    found, _ = scores()
    assert found["Time"].total == 295
    assert found["Time"].share >= 0.90, found["Time"].missed


@needs_cases
def test_left_out_are_only_what_orders_do_not_hold() -> None:
    _, left_out = scores()
    assert left_out == {"Distance": 13, "Duration": 40, "AmountOfMoney": 54}


def main() -> None:
    found, left_out = scores()
    for kind, score in found.items():
        print(f"{kind:10} {score.right:4} of {score.total:4}  {score.share:6.1%}")
        for missed in score.missed:
            print("           missed", missed)
    for kind, count in left_out.items():
        print(f"left out: {count:3} {kind} ({LEFT_OUT[kind]})")


if __name__ == "__main__":
    main()
