"""One thing for another, in whatever words: of two things named, the one that lies in the basket goes out for the other.

The shapes of swaps.py are tried first. What they do not know still has three marks: one thing in the basket is named, one other
thing is, and a word of exchanging stands beside them. With any more in the message nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.basket_words import named_in
from catalog.reading.lexicon import words_of
from catalog.reading.lines import line_of
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.nouns import is_adjective, name_words
from catalog.reading.quantities import read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.tokens import Token
from catalog.reading.units import UNIT_WORDS
from catalog.reading.wishes import cut
from catalog.reading.words import plain

_LONGEST = 40  # words
_BEFORE, _BEHIND = 4, 3  # words between an amount and its goods
_KNOWN = 0.8  # how surely a word is one of the shelf's
_COMES = re.compile(r"\b(?:erin|derin|ervoor|daarvoor|liever|wel|maar|plus|toe)\b")
_NOT_BUT = re.compile(
    r"\b(?:geen|niet|hoeft)\b.*\b(?:wel|maar|liever)\b|\ben (?:geen|niet)\b|\bmaak (?:er|daar)\b.*\bvan\b|\blaat\b.*\bzitten\b"
    r"|^over (?:die|de)\b|\bmaar het (?:was|is|moest|moet)\b|\bvroeg om\b|\bwas fout\b"
    r"|\b(?:erbij|erin|erop)\b.*\b(?:eraf|eruit|weg|door)\b|\b(?:eraf|eruit|weg)\b.*\b(?:erbij|erin|erop)\b"
)


def exchanged(lines: Sequence[Line], tokens: Sequence[Token], text: str, names: Names, lookup: Lookup) -> list[Line] | None:
    """The one change that these lines come to; None when the message is no exchange, or was heard as one already."""
    words = [plain(token.lower) for token in tokens]
    if not lookup.basket or len(words) > _LONGEST or not _exchanges(words):
        return None
    old = _only_inside(words, lookup)
    if old is None or _is_heard(lines, old, words):
        return None
    new = _only_other(tokens, words, old, text, names, lookup)
    if new is None or any(_is_third(line, old, new) for line in lines) or not _is_named(new, lines):
        return None
    as_many = new.amount == 1 and new.unit == "piece" and not lookup.product(old.product_id).by_weight
    amount = old.amount if as_many else new.amount
    return [replace(new, said=text.strip(), op="replace", target=old.product_id, amount=amount)]


def _exchanges(words: Sequence[str]) -> bool:
    told = " ".join(words).replace("bij nader inzien", "")
    said = set(told.split())
    if words_of("changes", "exchanging") & said or _NOT_BUT.search(told):
        return True
    if (words_of("changes", "adding") | {"ook"}) & said or words_of("changes", "perhaps_past") & said:
        return False
    return bool(words_of("changes", "exchanging_weakly") & said)


def _only_inside(words: Sequence[str], lookup: Lookup) -> BasketLine | None:
    named = {one: line for line in lookup.basket for one in [line.product_id] if named_in(words, lookup.product(one))}
    return next(iter(named.values())) if len(named) == 1 else None


def _is_heard(lines: Sequence[Line], old: BasketLine, words: Sequence[str]) -> bool:
    """Whether what becomes of the old thing was heard already; that it goes out may be only half of it."""
    about = [line for line in lines if line.target == old.product_id]
    if any(line.op == "replace" or (line.op in ("set", "more", "less") and not line.asks) for line in about):
        return True
    gone = any(line.op == "remove" and not line.asks for line in about)
    half = words_of("changes", "exchanging") & set(words) or _COMES.search(" ".join(words))
    return gone and (not half or any(line.op == "add" and line.product for line in lines))


def _is_named(new: Line, lines: Sequence[Line]) -> bool:
    """Whether it is sure what the new thing is, or it was heard as an order: "alles" is no allesreiniger."""
    return bool(new.product) or any(set(new.candidates) & set(line.candidates) for line in lines)


def _is_third(line: Line, old: BasketLine, new: Line) -> bool:
    """Whether a line is about anything but the old and the new thing."""
    about = {line.product, line.target, *line.candidates} - {None}
    return bool(line.refused) or (bool(line.product or line.candidates) and not about & {old.product_id, *new.candidates})


def _only_other(
    tokens: Sequence[Token], words: Sequence[str], old: BasketLine, text: str, names: Names, lookup: Lookup
) -> Line | None:
    """The one thing named beside what lies in the basket."""
    product = lookup.product(old.product_id)
    gone = set(named_in(words, product))
    own = {word for name in (product.name, *product.synonyms) for word in name_words(name)}
    gone |= {at - 1 for at in gone if at and is_adjective(words[at - 1]) and words[at - 1] in own}
    kept = _near_goods([at for at in range(len(words)) if at not in gone and _may_be_goods(words[at], lookup)], words)
    wishes = [wish for wish in cut([tokens[at] for at in kept], names).wishes if wish.units]
    lines = [line for line in (line_of(wish, text, lookup) for wish in wishes) if line.product or line.candidates]
    if len(lines) != 1 or old.product_id in (lines[0].product, *lines[0].candidates):
        return None
    inside = set(lookup.inside)
    return None if inside & {lines[0].product, *lines[0].candidates} else lines[0]


def _near_goods(places: Sequence[int], words: Sequence[str]) -> list[int]:
    """Without the amounts that stand far from what is named: they are of something else."""
    goods = [at for at in places if read_quantity([words[at]]) is None and words[at] not in UNIT_WORDS]
    return [at for at in places if any(one - _BEFORE <= at <= one + _BEHIND for one in goods)]


def _may_be_goods(word: str, lookup: Lookup) -> bool:
    if word in _no_goods():
        return False
    return is_adjective(word) or word in UNIT_WORDS or read_quantity([word]) is not None or lookup.knows(word) >= _KNOWN


@cache
def _no_goods() -> frozenset[str]:
    talk = words_of("talk", "words") | words_of("talk", "verbs") | words_of("fillers", "words")
    return talk | words_of("changes", "exchanging") | words_of("changes", "exchanging_weakly") | words_of("changes", "goes_out")


__all__ = ["exchanged"]
