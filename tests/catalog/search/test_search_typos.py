"""Every product of the example square, mistyped: right at rank 1 for 97 %, within three for 99.5 %. And foreign words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from bot.bench.search_slips import SLIPS, diminutive, joined, plural, slip, split
from catalog.search import Index, lexicon
from catalog.square import Product, Square

FOREIGN = Path(__file__).parent / "words" / "foreign.txt"
Case = tuple[str, str]  # what is said, the name that is right


def slips_of(products: Iterable[Product], seed: int) -> list[Case]:
    """Two generated slips per kind of every product, and its other forms."""
    dice = Random(seed)
    names = [product.name.lower() for product in products]
    parts = frozenset(word for name in names for word in name.split()) | lexicon.goods()
    cases = [(slip(name, dice, kind), name) for name in names for kind in SLIPS for _ in range(2)]
    cases += [(said, name) for name in names for said in (joined(name), split(name, dice, parts))]
    cases += [(_last(name, form), name) for name in names for form in (plural, diminutive) if name.split()[-1].isalpha()]
    return [(said, name) for said, name in cases if said != name]


def _last(name: str, form: object) -> str:
    *before, last = name.split()
    return " ".join([*before, form(last)])  # type: ignore[operator]


def test_slips(index: Index, bunnik: Square) -> None:
    cases = slips_of(bunnik.products, seed=23)
    found = [(name, index.find(said)) for said, name in cases]
    names = [[hit.name.lower() for hit in hits.hits] for _, hits in found]
    first = sum(bool(hits) and hits[0] == name for (_, name), hits in zip(cases, names, strict=True))
    within = sum(name in hits[:3] for (_, name), hits in zip(cases, names, strict=True))
    wrong = sum(hits.verdict == "clear" and hits.hits[0].name.lower() != name for name, hits in found)
    assert first / len(cases) >= 0.97
    assert within / len(cases) >= 0.995
    assert wrong / len(cases) <= 0.003


def test_foreign_words_are_not_clear(index: Index) -> None:
    words = [line for line in FOREIGN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    taken = [word for word in words if index.find(word).verdict == "clear"]
    assert len(words) > 250
    assert len(taken) / len(words) <= 0.01, taken
