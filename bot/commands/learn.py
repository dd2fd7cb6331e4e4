"""``python -m bot.commands.learn``: learn anew what people mean to happen with things of their basket (reading/likely.py).

It reads ``catalog/reading/words/said/*.tsv`` (a label, a tab, a message) and, from the tests, the message sets with baskets and
the frames of changes; and writes ``catalog/reading/words/likely.tsv``. The same examples give the same weights. With
``--aside`` nothing is written: each file is told by weights learned without it, beside what the rules alone hear of it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.commands.bench_read import GOLD, NOW, ROOT, shelf_of
from catalog.reading import BasketLine, read
from catalog.reading.clues import GOODS, THAT, THIS
from catalog.reading.likely import HAPPENINGS, SCALE, SENTENCE, Happening, Heard, clues_of, masks, named_things
from catalog.reading.lookup import Lookup
from catalog.reading.tokens import lowers
from catalog.reading.words import plain

WORDS = ROOT / "catalog" / "reading" / "words"
FRAMES = GOLD.parent / "frames"
LABELS: dict[str, Happening] = {
    "out": "out", "set": "set", "less": "set", "more": "more", "note": "how", "back": "stays", "none": "stays",
}  # fmt: skip
_OF_FRAMES: dict[str, Happening] = {"out": "out", "set": "set", "more": "more", "stay": "stays", "swap": "out"}
#: What the slots of a message are called where the reader reads it, and what lies in the basket then.
_FILLED = {"{X}": "komkommer", "{Z}": "rookworst", "{Y}": "bloemkool", "{G}": "een bloemkool", "{N}": "3"}
_BASKET = (BasketLine(1, "groenteboer/g50", 1), BasketLine(2, "slager/s08", 1))
_SLOTS = {"{X}": "qxq", "{Z}": "qzq", "{Y}": "qyq", "{G}": "een qyq", "{N}": "3"}
_MASKS = {"qxq": THIS, "qzq": THAT, "qyq": GOODS}
ROUNDS, PACE, PULL, LEAST = 12, 0.2, 0.05, 2  # AdaGrad: how often, how fast, how hard towards nought, how often a clue is seen
_BY_RULES = {one: {f"heard:{one}"} | ({"heard:nothing"} if one == "stays" else set()) for one in HAPPENINGS}
_SMALLEST = 5  # hundredths; lighter clues say nothing


@dataclass(frozen=True)
class Example:
    """The clues of one thing in one message, and what happened with it."""

    clues: frozenset[str]
    happening: Happening
    source: str


def examples() -> list[Example]:
    """All that there is to learn from."""
    said = (one for path in sorted((WORDS / "said").glob("*.tsv")) for one in _of_said(path))
    frames = (one for name, happening in _OF_FRAMES.items() for one in _of_frames(name, happening))
    sets = (one for path in sorted(GOLD.glob("*.jsonl")) for one in _of_set(path))
    return [*said, *frames, *sets]


def _of_said(path: Path) -> Iterator[Example]:
    for line in path.read_text("utf-8").splitlines():
        label, _, text = line.partition("\t")
        for one in _of_text(text, LABELS[label], path.stem):
            yield replace(one, clues=one.clues | _heard(text))


def _heard(text: str) -> frozenset[str]:
    """What the rules hear of the thing in a message; they were not made with these messages, as they were with the sets."""
    text, shelf = _filled(text, _FILLED), shelf_of("bunnik")
    reading = read(text, shelf, NOW, basket=_BASKET, weighed=False)
    heard = Heard(reading.lines, reading.questions, reading.stays, _BASKET)
    named = named_things(text, Lookup(shelf, {}, _BASKET)).get(_BASKET[0].product_id)
    return heard.clues(named) if named else frozenset()


def _filled(text: str, slots: dict[str, str]) -> str:
    for slot, word in slots.items():
        text = text.replace(slot, word)
    return text.replace("\\n", "\n")


def _of_frames(name: str, happening: Happening) -> Iterator[Example]:
    for line in (FRAMES / f"{name}.txt").read_text("utf-8").splitlines():
        yield from _of_text(line, happening, "frames")


def _of_text(text: str, happening: Happening, source: str) -> Iterator[Example]:
    """From a message with ``{X}`` for the thing, ``{Z}`` for another one in the basket, ``{Y}`` and ``{G}`` for other goods."""
    raw = SENTENCE.findall(_filled(text, _SLOTS))
    sentences = [[_MASKS.get(plain(word)[:3], plain(word)) for word in lowers(one)] for one in raw]
    at = next((at for at, words in enumerate(sentences) if THIS in words), None)
    if at is not None:
        yield Example(clues_of(sentences, at, raw[at]), happening, source)


def _of_set(path: Path) -> Iterator[Example]:
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row.get("basket") and not row.get("unsure"):
            yield from _of_row(row, path.stem)


def _of_row(row: dict[str, Any], source: str) -> Iterator[Example]:
    basket = [BasketLine(at, one, 1) for at, one in enumerate(row["basket"], 1)]
    raw = SENTENCE.findall(row["text"])
    sentences = [[plain(word) for word in lowers(one)] for one in raw]
    for one, (at, masked) in masks(sentences, Lookup(shelf_of(row.get("square", "bunnik")), {}, basket)).items():
        yield Example(clues_of(masked, at, raw[at]), _happened(row, one), source)


def _happened(row: dict[str, Any], product_id: str) -> Happening:
    """What the label of a set says of a thing in its basket."""
    names = {product_id, *(f"#{at}" for at, one in enumerate(row["basket"], 1) if one == product_id)}
    names |= {"last"} if row["basket"][-1] == product_id else set()
    about = [line for line in row["lines"] if {line.get("target"), line.get("product")} & names]
    ops = {line.get("op", "add") for line in about}
    if {"remove", "replace"} & ops:
        return "out"
    if {"set", "less"} & ops:
        return "set" if any(line.get("amount") or not line.get("options") for line in about) else "how"
    return "more" if ops else "stays"


def learn(given: Sequence[Example]) -> dict[str, list[int]]:
    """The weights of each clue, a happening each, in hundredths."""
    counted = Counter(clue for one in given for clue in one.clues)
    places = {clue: at for at, clue in enumerate(sorted(clue for clue in counted if counted[clue] >= LEAST))}
    rows = [np.array(sorted(places[clue] for clue in one.clues if clue in places)) for one in given]
    weights = _fitted(rows, [HAPPENINGS.index(one.happening) for one in given], len(places))
    whole = np.rint(weights * SCALE).astype(int)
    return {clue: whole[at].tolist() for clue, at in places.items() if np.abs(whole[at]).max() >= _SMALLEST}


def _fitted(rows: Sequence[np.ndarray], happened: Sequence[int], size: int) -> np.ndarray:
    """Multinomial logistic regression by stochastic gradient, the steps of each weight as AdaGrad takes them.

    https://jmlr.org/papers/v12/duchi11a.html
    """
    weights = np.zeros((size, len(HAPPENINGS)))
    gone = np.full(weights.shape, 1e-8)
    order = np.random.default_rng(0)
    for at in (int(at) for _ in range(ROUNDS) for at in order.permutation(len(rows))):
        row = rows[at]
        sums = weights[row].sum(axis=0)
        wrong = np.exp(sums - sums.max())
        wrong /= wrong.sum()
        wrong[happened[at]] -= 1
        slope = wrong + PULL * weights[row]
        gone[row] += slope**2
        weights[row] -= PACE * slope / np.sqrt(gone[row])
    return weights


def likeliest(weights: dict[str, list[int]], clues: Iterable[str]) -> Happening:
    """The happening for which these clues weigh most."""
    sums = np.sum([weights[clue] for clue in clues if clue in weights], axis=0)
    return HAPPENINGS[int(sums.argmax())]


def aside(given: Sequence[Example], source: str) -> tuple[float, float]:
    """Of one file of messages, the share (0..1) told rightly by weights learned without it, and by the rules alone."""
    weights = learn([one for one in given if one.source != source])
    own = [one for one in given if one.source == source]
    told = sum(likeliest(weights, one.clues) == one.happening for one in own)
    heard = sum(not _BY_RULES[one.happening].isdisjoint(one.clues) for one in own)
    return told / len(own), heard / len(own)


def as_rows(weights: dict[str, list[int]]) -> Iterable[str]:
    """The weights as lines of a file: the clue and its numbers, with tabs between."""
    return ("\t".join((clue, *map(str, numbers))) + "\n" for clue, numbers in sorted(weights.items()))


def main() -> int:
    """Learn, write, and say of how much."""
    given = examples()
    if "--aside" in sys.argv:
        for path in sorted((WORDS / "said").glob("*.tsv")):
            told, heard = aside(given, path.stem)
            print(f"{path.stem}: {told:.3f} with likelihood, {heard:.3f} by the rules alone")
        return 0
    weights = learn(given)
    (WORDS / "likely.tsv").write_text("".join(as_rows(weights)), "utf-8")
    print(f"{len(given)} examples, {len(weights)} clues: {dict(Counter(one.happening for one in given))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
