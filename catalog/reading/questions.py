"""Questions: what they are about and which product or shop they name. The words are in ``words/questions.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from catalog.reading.lexicon import Phrases, alternatives, phrases_of, shapes_of, words_of
from catalog.reading.lookup import Lookup
from catalog.reading.numbers import number_word
from catalog.reading.result import Question, Topic
from catalog.reading.split import Clause
from catalog.reading.wish import Unit
from catalog.reading.words import table

#: Topics that no order is ever about: "mag ik aan de deur betalen?" starts like an order and is none.
NEVER_ORDER = frozenset(
    ("bot", "delivery_cost", "deadline", "order_status", "when_comes", "area", "payment", "seller", "hours", "adding")
)
_LETS_KNOW = "laten weten dat"  # tells, and asks nothing
_LONGEST = 30  # words
#: "Wie wilt graag" is "wij willen graag" in the east.
_WE = frozenset(("wilt", "willen", "wil", "hebben", "hebt", "zollen", "zouden", "moeten", "mutten"))


def question_of(clause: Clause, text: str, lookup: Lookup) -> Question | None:
    """The question that a clause asks, or None. A question mark is not needed, and not enough: "mag ik 2 broden?" orders."""
    words = clause.words
    begins = begins_as_question(words)
    if not begins and not clause.asked:
        return None
    if shapes_of("questions", "jokes").within(words[:_LONGEST]):
        return None
    topic = topic_of(words)
    said = text[clause.tokens[0].start : clause.tokens[-1].end]
    return Question(topic, _about(words, topic, lookup), said)


def begins_as_question(words: Sequence[str]) -> bool:
    """Whether a clause starts the way only questions do, or is known as one by its shape."""
    return _starts(words) or _is_shaped(words)


def topic_of(words: Sequence[str]) -> Topic:
    """The first topic of the table that has a phrase in the sentence."""
    return next((cast(Topic, name) for name, phrases in _topics() if phrases.within(words)), "other")


@cache
def _topics() -> tuple[tuple[str, Phrases], ...]:
    return tuple((row["name"], Phrases(row["words"])) for row in table("questions")["topic"])


@cache
def _start_phrases() -> Phrases:
    return Phrases(table("questions")["starts"]["words"])


def _starts(words: Sequence[str]) -> bool:
    at = opening(words)
    if at >= len(words):
        return False
    ordering = phrases_of("fillers", "order").at(words, at)
    return _start_phrases().at(words, at) > max(0, ordering - 1) or (ordering < 2 and _is_question_order(words, at))


def _is_shaped(words: Sequence[str]) -> bool:
    if _LETS_KNOW in " ".join(words[:_LONGEST]):
        return False
    return shapes_of("questions", "shapes").begins(words[opening(words) :][:_LONGEST])


def opening(words: Sequence[str]) -> int:
    """The place after "hallo", "en", "o ja" and a name."""
    at = phrases_of("fillers", "greetings").at(words, 0) if words else 0
    while at < len(words) and words[at] in words_of("questions", "before"):
        at += 1
    return at


def interrogates(words: Sequence[str]) -> bool:
    """Whether a clause begins with "hoeveel", "wie", "wat kost": it never orders, whatever amounts are in it."""
    at = opening(words)
    if at >= len(words):
        return False
    return words[at] in words_of("questions", "interrogatives") or _is_what(words, at) or _is_shaped(words)


def _is_question_order(words: Sequence[str], at: int) -> bool:
    """The order of words that only questions have: "hoeveel ...", "tot wanneer ...", "is die kaas ...", "weet u ..."."""
    first, second = words[at], words[at + 1] if at + 1 < len(words) else ""
    asking = words_of("questions", "interrogatives")
    if first == "wie" and second in _WE:
        return False
    if first in asking or _is_what(words, at):
        return True
    if first in words_of("questions", "prepositions") and (second in asking or second == "hoe"):
        return True
    turned = second == "jullie" and first.endswith("en") and len(words) > at + 2 and first not in _brings()
    return turned or (first in words_of("questions", "verbs") and second in words_of("questions", "subjects"))


@cache
def _brings() -> frozenset[str]:
    """Verbs that ask for goods in the same order: "brengen jullie een brood"."""
    return frozenset(alternatives("@brengen|@kunt"))


def _is_what(words: Sequence[str], at: int) -> bool:
    """ "wat kost", "wat zit er in", not "wat kaas" or "wat te drinken"."""
    return words[at] == "wat" and at + 1 < len(words) and words[at + 1] in words_of("questions", "after_what")


def _about(words: Sequence[str], topic: Topic, lookup: Lookup) -> str:
    """The product or shop words in the question: what the catalogue knows and ordinary talk does not."""
    skipped = _asking(topic)
    open_end = topic in ("stock", "price", "allergens")  # also what is not sold here: "hebben jullie mango's?"
    kept = []
    for word in words:
        plainly = len(word) > 1 and word[0].isalpha() and word not in skipped
        if _names_shop(word, lookup) or (plainly and (open_end or lookup.knows(word) >= 0.8) and number_word(word) is None):
            kept.append(word)
    return " ".join(kept)


def _names_shop(word: str, lookup: Lookup) -> bool:
    return any(word in (shop.slug, shop.kind) for shop in lookup.shelf.square.shops)


@cache
def _asking(topic: str) -> frozenset[str]:
    """The words of a topic, and those of ordinary talk."""
    phrases: list[str] = next((row["words"] for row in table("questions")["topic"] if row["name"] == topic), [])
    own = (word for phrase in phrases for word in phrase.split() if topic != "allergens" or word not in _ALLERGENS)
    return frozenset(own) | words_of("talk", "words") | words_of("talk", "verbs") | words_of("fillers", "words")


def may_be_in(unit: Unit) -> bool:
    """Whether this is what people ask for whether it is in something, or how it may be: "schoongemaakt"."""
    return unit.soft or unit.text in _ALLERGENS


_ALLERGENS = frozenset(("noten", "gluten", "melk", "ei", "pinda", "lactose"))
