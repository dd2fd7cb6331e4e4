"""What most likely happens with a thing of the basket that a message names: told by likeness to what other people said.

The rules of changes.py and its neighbours know what they were written for; people say it in more ways than that. So beside them
stands a small linear model: multinomial logistic regression over the words around the name (clues.py) and what the rules heard
of it, learned by ``python -m bot.commands.learn`` from ``words/said/*.tsv`` and the message sets of the tests. By itself it
puts nothing in the basket and takes nothing out: perhaps.py asks where it disagrees with the rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from catalog.reading.basket_words import may_be_noun, named_in
from catalog.reading.clues import GOODS, THAT, THIS, clues
from catalog.reading.lookup import Lookup
from catalog.reading.result import BasketLine, Line, Op, Question
from catalog.reading.tokens import lowers
from catalog.reading.words import plain, table

Happening = Literal["stays", "out", "set", "more", "how"]
HAPPENINGS: tuple[Happening, ...] = get_args(Happening)
SCALE = 100  # the weights are kept as whole hundredths
SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_KNOWN = 0.95  # how surely a word is one of the shelf's
_LONGEST = 80  # words; a longer message is a letter


@dataclass(frozen=True)
class Named:
    """A thing of the basket where a message first names it: the sentence, and the clues around it."""

    product_id: str
    said: str
    word: str
    clues: frozenset[str]

    def odds(self, heard: Heard) -> dict[Happening, float]:
        """How likely each happening is (0..1, together 1), beside what the rules heard."""
        known = [weights for clue in self.clues | heard.clues(self) if (weights := _weights().get(clue))]
        sums = [sum(column) / SCALE for column in zip(*known, strict=True)]
        raised = [math.exp(one - max(sums)) for one in sums]
        return dict(zip(HAPPENINGS, (one / sum(raised) for one in raised), strict=True))


@dataclass(frozen=True)
class Heard:
    """What the rules heard in a message: lines, questions, and which products of the basket were said to stay."""

    lines: Sequence[Line]
    questions: Sequence[Question]
    stays: Sequence[str]
    basket: Sequence[BasketLine]

    def clues(self, one: Named) -> frozenset[str]:
        """As clues, what was heard of one thing: a happening, with "?" when it is asked, "choice" or "nothing"."""
        heard = "stays" if one.product_id in self.stays else self._of(one.product_id)
        asked = any(question.said in one.said or one.said in question.said for question in self.questions)
        return frozenset((f"heard:{heard}", f"heard:{heard.rstrip('?')}", f"heard question:{asked}"))

    def _of(self, product_id: str) -> str:
        line = next((line for line in self.lines if product_id in (self._pointed(line), line.product)), None)
        if line is None:
            return "choice" if any(product_id in one.candidates for one in self.lines) else "nothing"
        comes = line.op == "replace" and self._pointed(line) != product_id
        how = line.op in ("set", "add") and line.amount in (None, 1) and bool(line.kept)
        asked = line.asks or (line.op in ("set", "more", "less") and line.amount is None and not how)
        return ("more" if comes else "how" if how else _HEARD[line.op]) + ("?" if asked else "")

    def _pointed(self, line: Line) -> str | None:
        """What a line is about: "last" and "#2" are places in the basket."""
        number = re.fullmatch(r"#(\d{1,4})", line.target or "")
        at = len(self.basket) - 1 if line.target == "last" else int(number[1]) - 1 if number else -1
        return self.basket[at].product_id if 0 <= at < len(self.basket) else line.target


_HEARD: dict[Op, str] = {"remove": "out", "replace": "out", "set": "set", "less": "set", "more": "more", "add": "more"}


def named_things(text: str, lookup: Lookup) -> dict[str, Named]:
    """What of the basket a message names, by product; nothing for letters, and nothing for a word that can mean two of them."""
    raw = SENTENCE.findall(text)
    sentences = [[plain(word) for word in lowers(one)] for one in raw]
    return {
        one: Named(one, raw[at].strip(), sentences[at][words[at].index(THIS)], clues_of(words, at, raw[at]))
        for one, (at, words) in masks(sentences, lookup).items()
    }


def masks(sentences: Sequence[Sequence[str]], lookup: Lookup) -> dict[str, tuple[int, list[list[str]]]]:
    """For each thing named: in which sentence, and the sentences (plain words) with all goods masked as clues.py wants them."""
    if sum(map(len, sentences)) > _LONGEST:
        return {}
    places = {
        one: [(at, word) for at, words in enumerate(sentences) for word in named_in(words, lookup.product(one))]
        for one in lookup.inside
    }
    every = [place for found in places.values() for place in found]
    goods = [[GOODS if is_goods(word, lookup) else word for word in words] for words in sentences]
    for at, word in every:
        goods[at][word] = THAT
    found = {one: [place for place in own if every.count(place) == 1] for one, own in places.items()}
    return {one: (own[0][0], _with_this(goods, own)) for one, own in found.items() if own}


def is_goods(word: str, lookup: Lookup) -> bool:
    """Whether a plain word surely names goods of this shelf."""
    return len(word) > 2 and may_be_noun(word) and word not in _changing() and lookup.knows(word) >= _KNOWN


@cache
def _changing() -> frozenset[str]:
    """Words of changing: "dubbel" is nearly a product here and there."""
    return frozenset(plain(word) for phrases in table("changes")["cues"].values() for one in phrases for word in one.split())


def _with_this(goods: Sequence[Sequence[str]], own: Iterable[tuple[int, int]]) -> list[list[str]]:
    sentences = [list(words) for words in goods]
    for at, word in own:
        sentences[at][word] = THIS
    return sentences


def clues_of(sentences: Sequence[Sequence[str]], at: int, raw: str) -> frozenset[str]:
    """The clues of a masked sentence among its neighbours; ``raw``: the sentence as it was typed."""
    before = sentences[at - 1] if at else ()
    behind = sentences[at + 1] if at + 1 < len(sentences) else ()
    return frozenset(clues(sentences[at], before, behind, asked="?" in raw))


@cache
def _weights() -> dict[str, tuple[int, ...]]:
    """By clue the weight of each happening, in hundredths."""
    rows = (line.split("\t") for line in files("catalog.reading.words").joinpath("likely.tsv").read_text("utf-8").splitlines())
    return {row[0]: tuple(map(int, row[1:])) for row in rows}


__all__ = ["HAPPENINGS", "SCALE", "SENTENCE", "Happening", "Heard", "Named", "clues_of", "is_goods", "masks", "named_things"]
