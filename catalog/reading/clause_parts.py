"""A clause cut further: at its commas, or where an order ends and a question begins."""

from __future__ import annotations

from catalog.reading.questions import begins_as_question
from catalog.reading.split import Clause
from catalog.reading.tokens import Token

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
    """An order and a question in one sentence: "2 komkommers en hebben jullie ook mango's?"."""
    words = clause.words
    if begins_as_question(words[:_OPENING]):
        return [clause]
    for at in range(2, len(words) - 1):
        if words[at - 1] in ("en", ",", "maar") and begins_as_question(words[at : at + _OPENING]):
            return [Clause(clause.tokens[: at - 1], False), Clause(clause.tokens[at:], clause.asked)]
    return [clause]
