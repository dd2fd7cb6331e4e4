"""Changes told by their words whatever the order: "zou u van die twee krentenbollen er vijf willen maken".

Every word of the sentence must be accounted for: a cue from ``words/changes.toml``, an amount, a product, or a word that says
nothing. One word too many ("mijn man is gek op paling maar mag het niet") and it is no change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from catalog.reading.amounts import measure
from catalog.reading.basket_words import all_in_basket, in_basket
from catalog.reading.change_patterns import ARTICLES, BOTH, EDGES, LAST
from catalog.reading.change_said import counted
from catalog.reading.lexicon import Phrases, phrases_of, words_of
from catalog.reading.lines import line_of, with_amount
from catalog.reading.list_places import is_place
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.numbers import number_word
from catalog.reading.quantities import Quantity, in_unit_of, read_quantity
from catalog.reading.result import BasketLine, Line, Op
from catalog.reading.tokens import Token
from catalog.reading.wishes import cut
from catalog.reading.words import plain, table

_HAVING = frozenset(("staat", "ligt", "heb", "had", "hadden", "heeft", "is", "zijn", "was", "waren", "kreeg"))
_STAYS = frozenset(("wel", "blijven", "blijft"))
#: "die hoeft niet weg", "haal de melk er niet uit", "niet de melk verwijderen".
_STAYS_IN = re.compile(
    r"\bniet (?:meer |er )?(?:weg|eruit|eraf|er uit|er af|uit|af|weghalen|verwijderen|schrappen|wegdoen|uithalen|afhalen)\b"
    r"(?! gehaald)|\bniet (?:de|die|het|dat) \S+ (?:weghalen|verwijderen|schrappen|wegdoen)\b"
)
_RAISING = frozenset(("verhoog", "verhogen", "ophogen", "hoog"))
_REACH = 6  # words
_GOES = frozenset(("uit", "af", "weg", "eruit", "eraf"))
_ENDS = frozenset((",", "en", "of", ":", "maar"))


#: The target of "haal maar weg": what was just told of, and nothing when there is no such thing.
TOLD = "told"
#: The target of "haal ze allebei weg": each of what was told of by one word.
ALL_TOLD = "all told"
_HALVES = frozenset(("half", "halve", "halfje", "een half", "een halve", "een halfje"))
_ONE_SUCH = Quantity(Fraction(1), None, "", False, False, None, 1, "zo'n")


@dataclass(slots=True)
class _Marks:
    """A sentence as marks: the cues in it, the amounts, the things named and whether something was pointed at."""

    cues: set[str] = field(default_factory=set)
    amounts: list[Quantity] = field(default_factory=list)
    things: list[list[Token]] = field(default_factory=list)
    pointed: bool = False
    told: bool = False  # "ik had er nog 2": what somebody has, and not what is to come
    definite: bool = False  # "de melk doe maar 3": a thing pointed at, and then how much
    both: bool = False  # "allebei": every line that the words can mean
    excess: bool = False  # "een kilo is te veel": the first amount is what it must not be
    denied: int = -1  # which amount it must not be: the second of "4 slavinken en geen 1"
    kept: set[int] = field(default_factory=set)  # the things that stay: "de slavinken niet, de tomaten wel"
    shown: bool = False  # "die twee slavinken": an amount that only points
    open: bool = False

    def add_thing(self, tokens: Sequence[Token]) -> None:
        if not self.open:
            self.things.append([])
        self.things[-1].extend(tokens)
        self.open = True

    @property
    def named(self) -> list[str]:
        """The things, each as its words."""
        return [" ".join(token.lower for token in tokens) for tokens in self.things]


def marked_changes(tokens: Sequence[Token], said: str, names: Names, lookup: Lookup, *, corrects: bool = False) -> list[Line]:
    """The changes of the basket in these tokens; nothing when it is empty or when a word is left unexplained.

    ``corrects``: they were said after "nee wacht", so that an amount of what lies in the basket puts it right.
    """
    if not lookup.basket:
        return []
    marks = _read(tokens, names, lookup)
    if marks is None or _stays_in_it([plain(token.lower) for token in tokens]):
        return []
    marks.cues |= {"rather"} if marks.things and (corrects or marks.definite) else set()
    if not marks.cues:
        return []
    things = marks.named
    inside = [in_basket(words, lookup) for words in things]
    return (
        _numbered(marks, plain(tokens[0].lower), said)
        or _removed(marks, things, inside, said, lookup)
        or _instead(marks, inside, said, names, lookup)
        or _amounts(marks, things, inside, said, lookup)
    )


def _stays_in_it(words: Sequence[str]) -> bool:
    """Whether plain words say that something must not go out."""
    return _STAYS_IN.search(" ".join(words)) is not None


def _numbered(marks: _Marks, first: str, said: str) -> list[Line]:
    """ "nummer 2 mag weg", "schrap 2 en 3": lines by their numbers."""
    if marks.things or not marks.amounts or not marks.cues & {"out"} or "less" in marks.cues:
        return []
    if "number" not in marks.cues and first not in ("schrap", "verwijder", "wis", "annuleer", "delete"):
        return []
    if any(one.unit or one.amount is None or one.amount.denominator != 1 for one in marks.amounts):
        return []
    return [Line(said, "", op="remove", target=f"#{one.amount}") for one in marks.amounts]


def _removed(
    marks: _Marks, things: Sequence[str], inside: Sequence[BasketLine | None], said: str, lookup: Lookup
) -> list[Line]:
    gone = marks.cues & {"out", "not"}
    if not gone or marks.cues - {"out", "not", "number", "rather", "last", "be", "less"}:
        return []
    if marks.amounts and not marks.shown:
        return _some_out(marks, things, inside, said, lookup)
    if marks.both and len(things) == 1:
        return [Line(said, things[0], one, (one,), op="remove", target=one) for one in all_in_basket(things[0], lookup)]
    if things and all(inside):
        named = zip(things, inside, strict=True)
        found = [(words, line.product_id) for at, (words, line) in enumerate(named) if line and at not in marks.kept]
        return [Line(said, words, one, (one,), op="remove", target=one) for words, one in found]
    if things or not ("out" in gone or "last" in marks.cues):
        return []
    if marks.both and marks.pointed:
        return [Line(said, "", op="remove", target=ALL_TOLD)]
    return [Line(said, "", op="remove", target="last" if marks.pointed or "last" in marks.cues else TOLD)]


def _some_out(
    marks: _Marks, things: Sequence[str], inside: Sequence[BasketLine | None], said: str, lookup: Lookup
) -> list[Line]:
    """ "haal maar 2 bolletjes weg": so many less, and nothing is left when there were no more."""
    line = inside[0] if len(inside) == 1 and len(marks.amounts) == 1 and "out" in marks.cues else None
    if line is None:
        return []
    amount = measure(lookup.product(line.product_id), marks.amounts[0], None, things[0]).amount
    base = Line(said, things[0], line.product_id, (line.product_id,), op="remove", target=line.product_id)
    if amount is None or amount >= line.amount:
        return [base] if amount else []
    return [replace(base, op="less", amount=amount, unit="g" if lookup.product(line.product_id).by_weight else "piece")]


def _instead(marks: _Marks, inside: Sequence[BasketLine | None], said: str, names: Names, lookup: Lookup) -> list[Line]:
    """ "de kaas moet oude kaas zijn", "bloemkool wordt broccoli": one thing for another."""
    old = inside[0] if len(inside) == 2 else None
    if (
        old is None
        or marks.amounts
        or not marks.cues & {"be", "make", "into"}
        or marks.cues & {"not", "out", "more", "less", "enough"}
    ):
        return []
    wish = next(iter(cut(marks.things[1], names).wishes), None)
    new = line_of(wish, said, lookup) if wish and wish.units else None
    if new is None or not new.candidates or new.product == old.product_id:
        return []
    return [replace(new, said=said, op="replace", target=old.product_id)]


def _amounts(
    marks: _Marks, things: Sequence[str], inside: Sequence[BasketLine | None], said: str, lookup: Lookup
) -> list[Line]:
    every = all_in_basket(things[0], lookup) if marks.both and len(things) == 1 else []
    if len(every) > 1:
        ones = [BasketLine(0, one, 1) for one in every]
        return [line for one in ones for line in _amounts(replace(marks, both=False), things, [one], said, lookup)]
    if len(things) > 1 or not all(inside) or marks.cues & {"out"}:
        return []
    line = inside[0] if inside else None
    found = _operation(marks, line)
    if found is None:
        return []
    op, quantity = found
    of = line or lookup.basket[-1]
    product = lookup.product(of.product_id)
    if isinstance(quantity, Quantity) and quantity.said in _HALVES and not product.by_weight:
        return []  # "toch maar een half volkoren": another loaf
    words = things[0] if things else ""
    target = of.product_id if line else "last"
    base = Line(said, words, op=op, target=target)
    if line:
        base = replace(base, product=product.id, candidates=(product.id,))
    elif marks.excess and isinstance(quantity, Quantity):
        base = replace(base, said=f"maak er {quantity.said} van")  # what it must be is read from this once more
    if marks.excess and len(marks.amounts) == 1:
        return [replace(base, target=target if line else TOLD, asks="amount")]
    if isinstance(quantity, Fraction):
        amount = int(of.amount * quantity)
        return [replace(base, amount=amount, unit="g" if product.by_weight else "piece")] if amount else []
    return [counted(base, quantity, lookup) if line else with_amount(base, measure(product, quantity, None, words))]


def _operation(marks: _Marks, line: BasketLine | None) -> tuple[Op, Quantity | Fraction] | None:
    """What is done, and with how much; a fraction is a part of what is there ("dubbel")."""
    cues, amounts = marks.cues, marks.amounts
    if cues & {"twice", "half"} and not amounts and (line or marks.pointed):
        return "set", Fraction(2) if "twice" in cues else Fraction(1, 2)
    if len(amounts) == 2 and "more" in cues and "much" in cues:
        return ("more", amounts[1]) if line or marks.pointed else None  # "een melk is niet genoeg, doe er nog 3 bij"
    if len(amounts) == 2 and ("instead" in cues or cues & {"not", "be", "make", "into", "much"}):
        meant = amounts[0] if "instead" in cues or marks.denied == 1 else amounts[1]
        return "set", in_unit_of(meant, amounts[0]) if marks.excess else meant  # "een pond is te weinig, doe er twee"
    if len(amounts) != 1 or cues & {"not", "instead", "number"}:
        return None
    if marks.excess:
        return "set", amounts[0]
    if "less" in cues and "enough" not in cues:
        return ("less", amounts[0]) if line else None
    if "more" in cues:
        return ("more", amounts[0]) if line or "last" in cues or (marks.pointed and not marks.told) else None
    if "last" in cues or ("much" in cues and not line) or (line and cues & {"be", "make", "rather", "into", "enough"}):
        return "set", amounts[0]
    return None


# From tokens to marks


def _read(tokens: Sequence[Token], names: Names, lookup: Lookup) -> _Marks | None:
    words = [plain(token.lower) for token in tokens]
    raw = [token.lower for token in tokens]
    marks, at = _Marks(), 0
    while at < len(words):
        named = names.at(words, at)[0]
        if named:
            marks.add_thing(tokens[at : at + named])
        used = named or _cue(words, at, marks) or _amount(words, raw, at, marks) or _small(words, at, marks)
        if not used and is_thing(words[at], lookup):
            marks.definite = marks.definite or (at > 0 and words[at - 1] in ("de", "het", "die") and not marks.amounts)
            marks.add_thing(tokens[at : at + 1])
            used = 1
        if not used:
            return None
        at += used
    return marks


def _cue(words: Sequence[str], at: int, marks: _Marks) -> int:
    if phrases_of("changes", "around").at(words, at) > 1:
        return 0  # "bij nader inzien"
    if words[at] == "met" and _RAISING & set(words) and number_word("".join(words[at + 1 : at + 2])) is not None:
        marks.cues = (marks.cues - {"make"}) | {"more"}  # "verhoog de melk met 3"
        marks.open = False
        return 1
    if words[at] == "op" and number_word("".join(words[at + 1 : at + 2])) is not None:
        marks.cues.add("into")  # "de melk op 4"
        marks.open = False
        return 1
    best = max(((phrases.at(words, at), name) for name, phrases in _cues()), default=(0, ""))
    if words[at] == "meer" and "geen" in words[:at]:
        best = (1, "not")  # "geen grillworst meer voor ons"
    if not best[0] and words[at] in ("uit", "af") and "er" in words[max(0, at - _REACH) : at]:
        best = (1, "out")  # "haal de vla er toch maar helemaal uit"
    if best[0]:
        marks.excess = marks.excess or (best[1] == "much" and len(marks.amounts) == 1)
        marks.cues.add(best[1])
        marks.open = False
    return best[0]


@cache
def _cues() -> tuple[tuple[str, Phrases], ...]:
    return tuple((name, Phrases(words)) for name, words in table("changes")["cues"].items())


def _amount(words: Sequence[str], raw: Sequence[str], at: int, marks: _Marks) -> int:
    if at and is_place(words[at - 1]):
        return 0  # "de eerste twee" are no two of the first
    quantity = _ONE_SUCH if words[at] == "zo'n" and "more" in marks.cues else read_quantity(raw, at)
    if not quantity or quantity.vague or not quantity.amount or quantity.unit in ("euro", "person"):
        return 0
    marks.open = False
    if at and words[at - 1] in ("die", "deze", "dat") and at + quantity.used < len(words):
        marks.shown = True
    if at and words[at - 1] in ("geen", "niet"):
        marks.denied = len(marks.amounts)
    marks.amounts.append(quantity)
    return quantity.used


def _has(words: Sequence[str], at: int) -> bool:
    """ "we hebben er nog 2"; but "mag ik er nog 2 hebben"."""
    return words[at] == "hebben" and {"we", "wij", "ze"} & {*words[max(0, at - 1) : at], *words[at + 1 : at + 2]} != set()


def _small(words: Sequence[str], at: int, marks: _Marks) -> int:
    word = words[at]
    if word in _ENDS or word in ARTICLES:
        marks.open = False
    marks.pointed = marks.pointed or word in LAST
    marks.both = marks.both or word in BOTH
    if word in _STAYS and marks.things and not _GOES & set(words[at + 1 : at + 2]):
        marks.kept.add(len(marks.things) - 1)
    marks.told = marks.told or word in _HAVING or _has(words, at)
    return phrases_of("changes", "around").at(words, at) or int(word in _ENDS or word in _STAYS or word in _said_little())


@cache
def _said_little() -> frozenset[str]:
    return ARTICLES | EDGES | LAST | words_of("fillers", "words") | frozenset(".!?()-")


def is_thing(word: str, lookup: Lookup) -> bool:
    """Whether a plain word names goods, or a place in the list."""
    if is_place(word):
        return True
    if word in words_of("talk", "verbs") or word in words_of("talk", "words"):
        return False
    return lookup.knows(word) >= 0.8


__all__ = ["ALL_TOLD", "TOLD", "is_thing", "marked_changes"]
