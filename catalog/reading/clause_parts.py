"""A clause cut further: at its commas, or where an order ends and a question begins."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.doubt import is_conditional
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.questions import begins_as_question
from catalog.reading.split import Clause
from catalog.reading.tokens import Token

_BETWEEN = frozenset(("en", ",", "maar", "-"))
_OPENING = 24  # words that tell whether a question begins


def between_commas(clause: Clause) -> list[Clause]:
    """The parts of a clause that commas set apart."""
    parts: list[list[Token]] = [[]]
    for token in clause.tokens:
        if token.lower == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [Clause(tuple(part), clause.asked) for part in parts if part]


def parts_of_clause(clause: Clause) -> list[Clause]:
    """An order and a question in one sentence: "2 komkommers en hebben jullie ook mango's?", or the other way round."""
    words = clause.words
    asks = begins_as_question(words[:_OPENING])
    for at in range(2, len(words) - 1):
        if words[at - 1] in _BETWEEN:
            rest = words[at : at + _OPENING]
            but = words[at - 1] == "maar" and words[at] in words_of("questions", "verbs")  # "laat maar zitten die laatste"
            if not asks and not but and begins_as_question(rest) and not is_conditional(rest):
                return [Clause(clause.tokens[: at - 1], False), Clause(clause.tokens[at:], clause.asked)]
            if asks and _begins_order(rest):
                return [Clause(clause.tokens[: at - 1], True), Clause(clause.tokens[at:], False)]
    return [clause]


def _begins_order(words: Sequence[str]) -> bool:
    """ "heeft u al kerststol, doe er dan maar een": what follows the question is said the way one orders."""
    return phrases_of("fillers", "order").at(words, 0) > 0 and words[0] not in ("voor", "in", "kan", "kunt", "mag", "zou")
