"""A clause cut further: at its commas, or where an order ends and a question begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.doubt import is_conditional
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.quantities import read_quantity
from catalog.reading.questions import begins_as_question
from catalog.reading.split import Clause
from catalog.reading.tokens import Token

_BETWEEN = frozenset(("en", ",", "maar", "-", ":"))
#: "ik ga soep maken en daarvoor heb ik een prei nodig".
_NEEDS = re.compile(
    r"(?:daarvoor|daarbij|hiervoor|daar|dan) (?:(?:heb|hebben) (?:ik|we|wij) .*nodig|(?:moet|moeten) .*(?:in|bij|door|op))\b"
)
#: "... en dan is de schaal weer vol", "..., dan hebben we tenminste een borrelplank".
_RESULTS = re.compile(
    r"dan (?:(?:is|zijn) (?:de|het|mijn|onze|alles) |(?:heb|hebben) (?:ik|we|wij) )"
    r"(?!.*\b(?:nodig|graag|nog|liever|voor|genoeg)\b)"
)
_THEN = frozenset(("dan", "daar", "daarvoor", "daarbij", "hiervoor"))
_TAG = re.compile(r"(?:(?:, |en )?(?:kan|mag|lukt|gaat) (?:dat|het)|, dat (?:kan|mag|lukt|gaat))(?: toch| ook| wel| nog| zo)*$")
_IS_IT = frozenset(("is", "zijn", "kan", "gaat", "lukt", "heeft", "hebben", "komt", "komen", "wordt"))
_POINTING = frozenset(("het", "dat", "die", "ze", "u", "jullie", "er", "daar"))
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
    if (tag := _asked_behind(clause)) or (tag := _so_that_wanted(words)):
        return [Clause(clause.tokens[:tag], False), Clause(clause.tokens[tag:], clause.asked)]
    asks = begins_as_question(words[:_OPENING])
    colon = words.index(":") if asks and ":" in words else 0
    if colon and (_begins_order(words[colon + 1 : colon + _OPENING]) or read_quantity(words[colon + 1 : colon + _OPENING])):
        return [Clause(clause.tokens[colon + 1 :], clause.asked)]  # "waar het om gaat: doe mij maar snert"
    if clause.asked and (doubt := _or_asked(words)):
        return [Clause(clause.tokens[:doubt], False), Clause(clause.tokens[doubt + 2 :], True)]
    for at in range(2, len(words) - 1):
        if words[at - 1] in _BETWEEN:
            rest = words[at : at + _OPENING]
            then = "" if asks or rest[0] not in _THEN else " ".join(rest)
            if then and _RESULTS.match(then):
                end = next((end for end in range(at, len(words)) if words[end] == ","), len(words))
                return [Clause(clause.tokens[: at - 1], False), Clause(clause.tokens[end + 1 :], clause.asked)]
            if then and _NEEDS.match(then):
                return [Clause(clause.tokens[: at - 1], False), Clause(clause.tokens[at:], clause.asked)]
            but = words[at - 1] == "maar" and words[at] in words_of("questions", "verbs")  # "laat maar zitten die laatste"
            if not asks and not but and begins_as_question(rest) and not is_conditional(rest):
                return [Clause(clause.tokens[: at - 1], False), Clause(clause.tokens[at:], clause.asked)]
            if asks and _begins_order(rest):
                return [Clause(clause.tokens[: at - 1], True), Clause(clause.tokens[at:], False)]
    return [clause]


def _asked_behind(clause: Clause) -> int:
    """ "een taart met zijn naam erop, kan dat?": where it begins that is asked of all before; 0 for nowhere."""
    found = _TAG.search(" ".join(clause.words)) if clause.asked else None
    return len(clause.words) - len(found.group().split()) if found and found.start() else 0


def _or_asked(words: Sequence[str]) -> int:
    """ "ik wil graag een kerstster, of is het daar nog te vroeg voor?": where what is asked of it begins; 0 for nowhere."""
    places = (at for at in range(2, len(words) - 3) if words[at : at + 2] == [",", "of"] and words[at + 2] in _IS_IT)
    return next((at for at in places if words[at + 3] in _POINTING and "dan" not in words[at:]), 0)


def _so_that_wanted(words: Sequence[str]) -> int:
    """ "de mandarijnen waren zo lekker dat ik er nu 2 kilo van wil": where what is wanted begins, behind the "dat"."""
    ends = words[-1:] in (["wil"], ["willen"], ["neem"], ["nemen"], ["bestel"])
    at = next((at for at in range(2, len(words) - 3) if words[at] == "dat" and words[at + 2] == "er"), 0) if ends else 0
    return at + 1 if at and words[at + 1] in ("ik", "we", "wij") else 0


def around_reason(clause: Clause) -> list[Clause]:
    """ "geen witlof want de kinderen lusten dat niet, wel spruiten": what stands before the reason and what follows it."""
    words = clause.words
    because = next((at for at, word in enumerate(words) if at and word in words_of("talk", "because")), 0)
    comma = next((at for at in range(because, len(words)) if words[at] == ","), 0) if because else 0
    behind = comma + 2 if words[comma + 1 : comma + 2] == ["maar"] else comma + 1
    if not comma or behind >= len(words):
        return []
    return [Clause(clause.tokens[:because], False), Clause(clause.tokens[behind:], clause.asked)]


def _begins_order(words: Sequence[str]) -> bool:
    """ "heeft u al kerststol, doe er dan maar een": what follows the question is said the way one orders."""
    if not words:
        return False  # nothing stands behind the colon
    return phrases_of("fillers", "order").at(words, 0) > 0 and words[0] not in ("voor", "in", "kan", "kunt", "mag", "zou")
