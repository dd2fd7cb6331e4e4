"""What is made of the goods at home: "ik maak er kipsalade van" orders no salad; "ik maak er drie van" changes an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.lexicon import words_of
from catalog.reading.quantities import read_quantity

_MAKES_OF = re.compile(
    r"\b(?:(?:ik|we|wij|hij|ze|zij) (?:maak|maakt|bak|bakt|kook|kookt|draai|brouw|maken|bakken|koken|draaien)"
    r"|(?:maak|bak|kook|draai|brouw|maken|bakken|koken|draaien) (?:ik|we|wij)) (?:er|daar|hier) (?P<what>(?:\S+ ){1,6}?)van\b"
)
_ARTICLES = frozenset(("een", "n", "'n", "wat"))


def makes_of(words: Sequence[str]) -> bool:
    """Whether a stretch (plain words) tells that."""
    found = _MAKES_OF.search(" ".join(words)) if "van" in words else None
    what = [word for word in found["what"].split() if word not in _ARTICLES] if found else []
    if any(read_quantity(what, at) for at in range(len(what))):
        return False
    return any(len(word) > 2 and word not in words_of("fillers", "words") for word in what)


__all__ = ["makes_of"]
