"""A whole message: what is ordered, changed, asked or merely said. Pure: the same words at the same moment read the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalog.reading.changes import change_of
from catalog.reading.intents import is_order_button, whole_intent
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lines import Lookup, lines_of, parts_of
from catalog.reading.questions import NEVER_ORDER, begins_as_question, question_of
from catalog.reading.restricted import refused_kind
from catalog.reading.result import BasketLine, Intent, Line, Question, Reading, Shelf
from catalog.reading.split import Clause, clauses
from catalog.reading.tokens import Token, tokenize
from catalog.reading.when import When, find_when
from catalog.reading.wishes import Cut, Names, Wish, cut
from catalog.reading.words import plain
from catalog.square import Square

LONGEST = 20_000  # characters that are read; what is longer was pasted, not typed


def read(
    text: str,
    shelf: Shelf,
    now: datetime,
    *,
    basket: Sequence[BasketLine] = (),
    usual: Mapping[str, str] | None = None,
) -> Reading:
    """Understand one message of a resident at ``now`` (aware). ``usual``: what she chose before, by ``usual_key`` of the words."""
    tokens = tokenize(text[:LONGEST])
    words = [plain(token.lower) for token in tokens]
    if is_order_button(words):
        return Reading(text, "done", place_order=True)
    whole = whole_intent(words)
    if whole:
        return Reading(text, whole)
    reader = _Reader(text[:LONGEST], tokens, Lookup(shelf, usual or {}, basket), now)
    return reader.read()


def _names_of(square: Square) -> Names:
    """The names that need care, remembered per catalogue (not per square: frozen squares are compared by value, which is slow)."""
    found = _NAMES.get(id(square))
    if found is None or found[0] is not square:
        names = Names(name for product in square.products if not product.withdrawn for name in (product.name, *product.synonyms))
        if len(_NAMES) > 64:
            _NAMES.clear()
        found = _NAMES[id(square)] = (square, names)
    return found[1]


_NAMES: dict[int, tuple[Square, Names]] = {}


@dataclass
class _Reader:
    text: str
    tokens: Sequence[Token]
    lookup: Lookup
    now: datetime
    lines: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    pickup: bool | None = None

    def read(self) -> Reading:
        self.whens = find_when(self.tokens, self.now, text=self.text)
        self.names = _names_of(self.lookup.shelf.square)
        for clause in clauses(self.tokens):
            self._clause(clause)
        when = next(iter(self.whens), None)
        return Reading(
            self.text, self._intent(when), tuple(self.lines), when, tuple(self.questions),
            pickup=self.pickup, rest=" ".join(self.rest),
        )  # fmt: skip

    def _clause(self, clause: Clause) -> None:
        words = clause.words
        self._heard_pickup(words)
        whole = whole_intent(words)
        if whole:
            self.intents.append(whole)
            return
        question = question_of(clause, self.text, self.lookup)
        if question and question.topic in NEVER_ORDER and not self._counts(clause):
            self.questions.append(question)
            return
        changes = change_of(clause, self.text, self.names, self.lookup)
        if changes:
            self.lines.extend(changes)
            return
        found = cut(clause.tokens, self.names, self._taken(clause))
        if question and not self._orders(found, words):
            self.questions.append(question)
            return
        self._order(clause, found)

    def _counts(self, clause: Clause) -> bool:
        return cut(clause.tokens, self.names, self._taken(clause)).counted

    def _taken(self, clause: Clause) -> frozenset[int]:
        """Places of the tokens that say when."""
        spans = [when.span for when in self.whens]
        return frozenset(
            at for at, token in enumerate(clause.tokens) if any(begin <= token.start and token.end <= end for begin, end in spans)
        )

    def _heard_pickup(self, words: Sequence[str]) -> None:
        if phrases_of("fillers", "pickup").within(words):
            self.pickup = True
        elif phrases_of("fillers", "deliver").within(words):
            self.pickup = False

    # orders and talk

    def _orders(self, found: Cut, words: Sequence[str]) -> bool:
        """Whether what looks like a question is an order: "mag ik 2 broden?", "heeft u voor mij een brood?"."""
        if begins_as_question(words):
            return found.counted
        return found.ordered or found.counted

    def _order(self, clause: Clause, found: Cut) -> None:
        talk = words_of("talk", "verbs") | words_of("talk", "words")
        if not found.ordered and self._past(clause.words):
            return
        for wish in found.wishes:
            self._wish(wish, found, clause, talk)

    def _past(self, words: Sequence[str]) -> bool:
        return any(word in words_of("talk", "past") for word in words)

    def _wish(self, wish: Wish, found: Cut, clause: Clause, talk: frozenset[str]) -> None:
        said = [plain(word) for unit in wish.units for word in unit.text.split()]
        if not wish.units:
            self._loose(wish)
            return
        spoken = [word for word in said if word in talk]
        if spoken and not self._is_product(wish):
            wish = _without_talk(wish, talk)
            if not wish.units or not (found.ordered or wish.quantity) or any(word in words_of("talk", "verbs") for word in spoken):
                self._not_understood(said)
                return
        if not self._wanted(wish, found, clause):
            self._not_understood(said)
            return
        self._add(wish)

    def _add(self, wish: Wish) -> None:
        for line in lines_of(wish, self.text, self.lookup):
            if wish.nothing:
                line = _taken_out(line)
            self.lines.append(line)

    def _is_product(self, wish: Wish) -> bool:
        return self.lookup.find(" ".join(unit.text for unit in wish.units)).verdict == "clear"

    def _wanted(self, wish: Wish, found: Cut, clause: Clause) -> bool:
        """Whether an unknown thing is asked for. Without an amount or words of ordering only a short bare name is."""
        if wish.quantity or found.ordered or found.counted or len(self.lines) > 0:
            return True
        words = [unit.text for unit in wish.units]
        if any(self.lookup.knows(word) >= 0.8 for word in words) or refused_kind([plain(word) for word in words]):
            return True
        return len(words) <= 2 and len(clause.tokens) <= 4 and all(word.isalpha() for word in words)

    def _loose(self, wish: Wish) -> None:
        """Notes or amounts without a product: they belong to the line before."""
        if wish.notes and self.lines:
            last = self.lines[-1]
            self.lines[-1] = replace(last, note=", ".join([*([last.note] if last.note else []), *wish.notes]))

    def _not_understood(self, words: Sequence[str]) -> None:
        self.rest.extend(words)

    def _intent(self, when: When | None) -> Intent:
        ops = [line.op for line in self.lines]
        if "add" in ops:
            return "order"
        if ops:
            return "remove" if all(op == "remove" for op in ops) else "change"
        if self.questions:
            return "question"
        for name in self.intents:
            if name not in ("greeting", "thanks", "yes"):
                return name
        return self.intents[0] if self.intents else "other"


def _without_talk(wish: Wish, talk: frozenset[str]) -> Wish:
    wish.units = [unit for unit in wish.units if plain(unit.text) not in talk]
    return wish


def _taken_out(line: Line) -> Line:
    return replace(line, op="remove", target=line.product or line.words, amount=None, unit=None, asks=None)


def as_json(reading: Reading, took_ms: float) -> dict[str, Any]:
    """The object that ``dorpsbode read --jsonl`` prints (fields may be added, never renamed)."""
    when = reading.when
    return {
        "text": reading.text,
        "intent": reading.intent,
        "lines": [_line_json(line) for line in reading.lines],
        "when": _when_json(when) if when else None,
        "took_ms": round(took_ms, 3),
    }


def _when_json(when: When) -> dict[str, str | None]:
    return {
        "date": when.day.isoformat() if when.day else None,
        "from": when.starts.strftime("%H:%M") if when.starts else None,
        "to": when.ends.strftime("%H:%M") if when.ends else None,
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "said": line.said,
        "product": line.product,
        "candidates": list(line.candidates),
        "amount": line.amount,
        "unit": line.unit,
        "about": line.about,
        "options": list(line.options),
        "refused": line.refused,
    }


__all__ = ["as_json", "parts_of", "read"]
