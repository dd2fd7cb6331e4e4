"""Bad input of every kind, from everybody, at every step: an answer in plain Dutch, nothing lost, and never a long wait."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.village import Village

#: What a repetition of 10,000 characters may take at most, in CPU seconds: far above what it takes, far below what hangs a bot.
MOST_SECONDS = 1.5
HOSTILE = [
    "a" * 10_000, "straat " * 1400, "haal op " * 1200, "BRIEFJE " + "x" * 9_900, "4 " * 5000, "1" * 10_000, "ik betaal " * 900,
    "BRIEFJE\n" * 1200, ", " * 5000, "sleutel, " * 1000, "3981 AB " * 1200, "06-" * 3000, "🥖" * 5000,
    "\u200b" * 9000, "é" * 10_000, "wijn\n" * 1200, "geen kaas\n" * 900,
]  # fmt: skip
ODD = [
    "", " ", "🍞🧀🥖", "\u202ekrentenbollen 4\u202c", "4\u200bkren\u200btenbollen", "<b>hallo</b><script>alert(1)</script>",
    "'; DROP TABLE orders;--", "hallo\x00\x07", "=cmd|'/C calc'!A0", "{name} %s {0}", "briefje {note} %s", "-5 tompoucen",
    "99999999999999999999 tompoucen", "מה שלומך", "FOUT 99999999999999999", "2 WEEGT 99999999999999", "KAN 0", "OP -1",
    "krentenbollen -3,50", "krentenbollen 99999999", "dicht 31 februari", "JA\nNEE", "/start", "[Bestellen en betalen]",
]  # fmt: skip
STATES = {
    "nothing": (),
    "address": ("4 krentenbollen, vrijdagochtend",),
    "question": ("4 krentenbollen en yoghurt",),
    "amount": ("jong belegen kaas",),
    "summary": ("4 krentenbollen, vrijdagochtend naar Dorpsstraat 12, 3981 AB",),
    "stop": ("hallo", "stop"),
    "phone": ("hallo", "bel mij"),
}


def _people() -> Village:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.role("sam", "courier")
    village.role("anja", "coordinator")
    return village


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Ends what goes on calculating for longer than this; waiting for other programs does not count."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"still busy after {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("state", STATES)
def test_a_resident_gets_an_answer_and_loses_nothing(state: str) -> None:
    for text in (*ODD, *(HOSTILE if state in ("address", "question") else ())):
        village = _people()
        for said in STATES[state]:
            village.says("an", said)
        before = [(line.name, line.amount) for line in village.store.draft("an", "bunnik").lines]
        with _at_most(MOST_SECONDS):
            answer = village.says("an", text)
        assert answer.strip(), repr(text[:40])
        assert len(answer) < 4000
        assert "<script" not in answer
        after = [(line.name, line.amount) for line in village.store.draft("an", "bunnik").lines]
        assert [name for name, _ in before] == [name for name, _ in after][: len(before)], repr(text[:40])
        assert village.store.orders_of("an", "bunnik") == []


@pytest.mark.parametrize("who", ["bas", "sam", "anja"])
def test_who_works_here_gets_an_answer_and_changes_nothing(who: str) -> None:
    village = _people()
    products = village.store.square("bunnik").products
    for text in (*ODD, *HOSTILE):
        with _at_most(MOST_SECONDS):
            assert village.says(who, text).strip(), repr(text[:40])
    assert village.store.square("bunnik").products == products


@pytest.mark.parametrize("kind", ["voice", "image", "sticker", "location", "contact", "file", "edited", "other"])
def test_what_is_no_text_gets_an_honest_answer_and_the_question_again(kind: str) -> None:
    village = _people()
    village.says("an", "4 krentenbollen, vrijdagochtend")
    said = village.says("an", "", kind)  # type: ignore[arg-type]
    assert "kan" in said or "zie" in said
    assert "Waar mag het heen?" in said
