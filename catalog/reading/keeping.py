"""All but one: "alles mag weg behalve de melk", "alleen de melk houden, de rest mag eruit"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from catalog.reading.basket_words import in_basket
from catalog.reading.change_marks import is_thing
from catalog.reading.lexicon import shapes_of
from catalog.reading.lookup import Lookup
from catalog.reading.result import BasketLine, Line
from catalog.reading.split import Clause

_LONGEST = 20  # words
#: "alles is goed op de kaas na, die moet weg", "alles mag blijven behalve de melk".
_THAT_GOES = re.compile(
    r"\b(?:die|dat|ze) (?:mag|mogen|moet|moeten|kan|kunnen|hoeft|hoeven)\b"
    r"|\balles (?:is |mag |kan )?(?:goed|blijven|ok|prima)\b"
)
_ONLY, _REST = frozenset(("alleen", "enkel", "laat", "hou", "houd")), frozenset(("rest", "overige", "andere"))


def keeps_only(words: Sequence[str]) -> bool:
    """Whether a clause (plain words) takes out all but what it names."""
    if len(words) > _LONGEST or _THAT_GOES.search(" ".join(words)):
        return False
    return shapes_of("changes", "keeping").within(words)


def joined(parts: Sequence[Clause]) -> list[Clause]:
    """The clauses of a message, with "alleen de melk houden. De rest weg" as one of them."""
    done: list[Clause] = []
    for part in parts:
        last = done[-1] if done else None
        both = Clause((*last.tokens, *part.tokens), part.asked) if last and last.words[0] in _ONLY else None
        if both and _REST & set(part.words[:2]) and keeps_only(both.words):
            done[-1] = both
        else:
            done.append(part)
    return done


def all_but(clause: Clause, text: str, lookup: Lookup) -> list[Line]:
    """The removals that leave only what is named; none when something named does not lie in the basket."""
    kept = _kept(clause.words, lookup)
    if not kept or None in kept:
        return []
    stay = {line.product_id for line in kept if line}
    said = text[clause.tokens[0].start : clause.tokens[-1].end]
    gone = [one for one in lookup.inside if one not in stay]
    return [Line(said, "", one, (one,), op="remove", target=one) for one in gone]


def _kept(words: Sequence[str], lookup: Lookup) -> list[BasketLine | None]:
    """What is named, thing by thing: words of goods that stand together are one."""
    runs = [list(run) for goods, run in groupby(words, lambda word: is_thing(word, lookup)) if goods]
    return [in_basket(" ".join(run), lookup) for run in runs]


__all__ = ["all_but", "joined", "keeps_only"]
