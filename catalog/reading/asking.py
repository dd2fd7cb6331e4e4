"""Questions about goods: what they are about is no order, but an amount that follows is of that."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.reading.headings import Headings
from catalog.reading.lexicon import phrases_of
from catalog.reading.quantities import read_quantity
from catalog.reading.questions import begins_as_question, question_of
from catalog.reading.result import Question
from catalog.reading.split import Clause
from catalog.reading.wishes import Cut, cut

_POINTING = frozenset(("die", "dat", "deze", "ze", "dit"))
_MOST_NAMED = 4  # words


@dataclass(kw_only=True)
class Asking(Headings, ABC):
    """Takes the questions down, and what they are about."""

    def _take_question(self, question: Question, found: Cut) -> None:
        """ "heeft u ook mango's?": what it is about may be ordered next."""
        self.questions.append(question)
        for wish in found.wishes:
            wish.units = [unit for unit in wish.units if self._may_be_product(unit) and self._is_of_shelf(unit)]
        known = [wish for wish in found.wishes if wish.units and self._is_product(wish)] or self._heads_known(found, question)
        vain = not known and self._asked_in_vain() and _POINTING.isdisjoint(question.said.lower().split())
        self.asked, self.asked_beside = (known[0], known[1:]) if known else (None, ()) if vain else (self.asked, ())
        self.wish = None if known or vain else self.wish
        self.in_vain = question.words if vain else ""

    def _asks_of_named(self, clause: Clause) -> bool:
        """ "rozen, wat kosten die?": named first, and then asked about."""
        words = clause.words
        comma = words.index(",") if "," in words[: _MOST_NAMED + 1] else 0
        if self.corrected or not comma or not _asks_of_that(words[comma + 1 :]) or _orders(words[:comma]):
            return False
        question = question_of(Clause(clause.tokens[comma + 1 :], clause.asked), self.text, self.lookup)
        found = cut(clause.tokens[:comma], self.names, self._taken(clause))
        if question is None or not any(wish.units and self._is_product(wish) for wish in found.wishes):
            return False
        self._take_question(replace(question, words=" ".join(words[:comma])), found)
        return True


def _asks_of_that(words: Sequence[str]) -> bool:
    return "," not in words and not _POINTING.isdisjoint(words) and begins_as_question(words)


def _orders(words: Sequence[str]) -> bool:
    """Whether an amount or a word of ordering is among them: "een krop sla", "rozen graag"."""
    order = phrases_of("fillers", "order")
    return any(order.at(words, at) or read_quantity(words, at) for at in range(len(words)))


__all__ = ["Asking"]
