"""A second choice told with the first: "brie 2 ons, als die niet rijp is dan camembert".

The first choice is what is ordered, asked back before it goes into the basket; the second is kept in her own words,
for the shop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from catalog.reading.doubt import warns
from catalog.reading.lexicon import day_words, phrases_of, words_of
from catalog.reading.options import settle_options
from catalog.reading.quantities import read_quantity
from catalog.reading.result import Line
from catalog.reading.split import Clause
from catalog.reading.tokens import Token
from catalog.reading.words import plain, table
from catalog.square import Product

_LONGEST = 60  # words
_MORE = frozenset(("en", "verder", "ook", "nog", "plus", "daarnaast", "daarbij"))
_OF_SECOND = frozenset(("ook", "dan", "maar", "of", "graag", "van", "eventueel", "die", "daar"))
_AROUND_WHEN = frozenset(
    (",", "mag", "mogen", "kan", "ook", "of", "en", "wel", "best", "pas", "het", "dat", "op", "hoor", "graag")
)
_PRONOUNS = frozenset(
    ("er", "die", "dat", "deze", "ze", "het", "u", "jullie", "je", "we", "nog", "geen", "niet", "meer", "de", "het")
)


@dataclass(frozen=True, slots=True)
class SecondChoice:
    """Tokens of the clause before the second choice, of it, of what is named in its condition, and behind it."""

    before: tuple[Token, ...]
    said: tuple[Token, ...]
    named: tuple[Token, ...]
    more: tuple[Token, ...]

    @property
    def denies(self) -> bool:
        """ "geen haring? dan lekkerbekjes": only of what was said before; by itself it takes something out."""
        return self.note.startswith("geen ")

    @property
    def note(self) -> str:
        """The second choice in her own words."""
        said = self.said
        while said and plain(said[0].lower) in {",", "en", "(", "maar", "-"}:
            said = said[1:]
        return " ".join(token.lower for token in said).replace(" ,", ",").rstrip(" ),")


def with_answers(clauses: Sequence[Clause]) -> list[Clause]:
    """ "Geen haring? Dan lekkerbekjes" is one clause: the question is a condition."""
    merged: list[Clause] = []
    for clause in clauses:
        last = merged[-1] if merged else None
        if last and last.asked and clause.words[:1] == ["dan"] and _lacks(last.words):
            merged[-1] = Clause((*last.tokens, *clause.tokens), False)
        else:
            merged.append(clause)
    return merged


def _lacks(words: Sequence[str]) -> bool:
    """ "geen haring", "is de haring op"; not "ook op de camping"."""
    return bool({"geen", "niet"} & set(words[-5:]) or {"op", "duur"} & set(words[-2:]))


def second_choice(clause: Clause) -> SecondChoice | None:
    """The second choice in a clause; None when it holds none."""
    words = clause.words
    if len(words) > _LONGEST or not _hints() & set(words):
        return None
    joined = "".join(f"{word} " for word in words)
    matches = (one for shape in _shapes() if (one := shape.search(joined)))
    found = min(
        (one for one in matches if not _is_polite(one.group(), joined[one.end() :])), key=lambda one: one.start(), default=None
    )
    if found is None:
        return None
    begin = len(joined[: found.start()].split())
    condition = len(joined[: found.end()].split())
    if _says_when(words[begin : _end(clause, condition)]):
        return None
    if begin == 0 and {"anders", "ook"} & set(words[:3]):
        return None  # "anders graag een roggebrood", "mag er ook een brood bij"
    end = _end(clause, condition)
    named: tuple[Token, ...] = ()
    if found.groupdict().get("x"):
        first, last = (len(joined[:place].split()) for place in found.span("x"))
        named = tuple(token for token in clause.tokens[first:last] if plain(token.lower) not in _PRONOUNS)
    return SecondChoice(clause.tokens[:begin], clause.tokens[begin:end], named, clause.tokens[end:])


def _says_when(said: Sequence[str]) -> bool:
    """ "2 broden, mag ook morgen": another day, and no other goods."""
    told = [word for word in said if word not in _AROUND_WHEN]
    days = tuple(day_words())
    return bool(told) and all(word.startswith(days) for word in told)


def _is_polite(said: str, behind: str) -> bool:
    """ "als het niet te veel moeite is", "anders niks", "anders wordt het ongezellig": no second choice."""
    if warns(f"{said.split()[-1]} {behind}"):
        return True
    return bool(words_of("changes", "second_not") & set(said.split())) or behind.startswith(("niks ", "niets "))


@cache
def _hints() -> frozenset[str]:
    return words_of("changes", "second_hints")


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    lead = r"(?<!\S)(?:(?:,|en|maar|of|\() )*"
    return tuple(re.compile(lead + _pattern(shape)) for shape in table("changes")["second"])


def _pattern(shape: str) -> str:
    parts = {
        "...": r"(?:(?!, |en )\S+ ){0,6}?(?:, )?",
        "{x}": r"(?P<x>(?:(?!, |en |dan )\S+ ){1,5}?)",
        "{y}": r"(?:(?!, )\S+ ){1,6}?",
    }
    return "".join(parts.get(part) or "(?:" + "|".join(map(re.escape, part.split("|"))) + ") " for part in shape.split())


def _end(clause: Clause, begin: int) -> int:
    """Where something else begins that is ordered: a comma, and then an amount or "en ook"."""
    words, raw = clause.words, [token.lower for token in clause.tokens]
    for at in range(begin + 1, len(words) - 1):
        if words[at] == ")":
            return at + 1
        if words[at] == "en" and (words[at + 1] in _MORE or phrases_of("fillers", "order").at(words, at + 1)):
            return at
        if words[at] != ",":
            continue
        place = at + 1
        while place < len(words) - 1 and words[place] in _MORE:
            place += 1
        quantity = read_quantity(raw, place)
        whole = quantity is not None and place + quantity.used >= len(words)
        if words[at + 1] in _OF_SECOND and whole:
            continue  # "..., dan belegen, ook een pond"
        if (quantity and not whole) or place > at + 1 or phrases_of("fillers", "order").at(words, place):
            return at
    return len(words)


def with_second(line: Line, second: SecondChoice, product: Product | None) -> Line:
    """The first choice with the second as its note; asked, unless only how it must be was in doubt ("als er geen rood is")."""
    note = ", ".join(one for one in (line.note, second.note) if one)
    named = " ".join(token.lower for token in second.named)
    if product and named and settle_options(product, [named])[0]:
        return replace(line, note=note)
    return replace(line, note=note, product=None, asks="which" if line.candidates else line.asks)


__all__ = ["SecondChoice", "second_choice", "with_answers", "with_second"]
