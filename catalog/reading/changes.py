"""Changes to what lies in the basket: "nog twee", "toch maar vier", "geen komkommer", "in plaats van wit bruin", "fout 2".

The words are read in change_said.py, amounts changed in change_amounts.py; change_marks.py hears words in any other order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from catalog.reading.change_amounts import counted_down, of_amount, recounted
from catalog.reading.change_marks import TOLD, marked_changes
from catalog.reading.change_patterns import ARTICLES, LAST, LAST_WRONG, REMOVE, WRONG_WORDS
from catalog.reading.change_said import (
    Said,
    as_said,
    at_product,
    first_quantity,
    is_some,
    line_in,
    lines_in,
    product_in_basket,
    said_in,
    tokens_of,
    wishes_in,
)
from catalog.reading.corrections import correction_at
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.nouns import are_one_grade, is_adjective
from catalog.reading.numbers import number_word, read_ordinal
from catalog.reading.only_how import only_how
from catalog.reading.questions import begins_as_question
from catalog.reading.result import Line
from catalog.reading.split import Clause
from catalog.reading.tokens import Token
from catalog.reading.wish import soft_words
from catalog.reading.words import plain, table

_FUTURE = frozenset(("besteld", "verkeerd", "verkeerde", "was", "vergeten", "gezegd", "kwijt"))  # may stand in a change too
_ASKING = frozenset(("is", "zijn", "heeft", "hebben", "hebt", "heb", "wordt", "zit", "zitten", "komt", "komen"))
_IFS = frozenset(("als", "indien", "mocht", "mochten"))  # "als er geen roggebrood is dan niet" changes nothing yet
_LONGEST = 30  # words; a longer sentence is no change


def change_of(clause: Clause, text: str, names: Names, lookup: Lookup) -> list[Line]:
    """The changes that a clause asks for, or nothing when it is no change."""
    if len(clause.tokens) > _LONGEST:
        return []
    said = said_in(clause)
    if not said.tokens or {"vergeet", "niet"} <= set(said.words) or said.words[0] in _IFS:
        return []  # "vergeet de ontbijtkoek niet" orders
    if phrases_of("options", "taken_off").at(said.words, 0) == len(said.words):
        return []  # "kop eraf" takes nothing out of the basket
    if ":" in said.words and not lookup.basket:
        return []  # "vanavond geen gedoe: 4 gehaktballen"
    if words_of("talk", "past") & set(said.words) - _FUTURE or (clause.asked and "besteld" in said.words):
        return []  # "ik had gisteren geen brood gekregen" tells
    corrects = correction_at(clause.words) == 0 or "inzien" in clause.words
    marked = [] if _asks(clause) else marked_changes(said.tokens, as_said(said, text), names, lookup, corrects=corrects)
    if marked and marked[0].target != TOLD:
        return marked
    line = _wrong(said, text) or recounted(said, text, names, lookup)
    lines = [line] if line else _replacement(said, text, names, lookup)
    if lines or "," in said.words:
        return lines  # what stands between commas is read part by part
    line = counted_down(said, text, names, lookup)
    removed = [] if line or (clause.asked and said.words[0] in _ASKING) else _removal(said, text, names, lookup)
    line = line or (None if removed else of_amount(said, text, names, lookup))
    how = None if line or removed or marked or clause.asked else only_how(clause.words, as_said(said, text), lookup)
    return ([line] if line else removed) or marked or ([how] if how else [])


def _asks(clause: Clause) -> bool:
    """ "is de haring nog niet weg?" asks; "kunt u de haring weghalen?", "... terugbrengen naar 1?" do not."""
    return begins_as_question(clause.words) and not _counts_to(clause.words)


def _counts_to(words: Sequence[str]) -> bool:
    return any(word in ("naar", "tot") and number_word(after) is not None for word, after in pairwise(words))


# "fout 2"


def _wrong(said: Said, text: str) -> Line | None:
    """ "fout 2", "2 is fout", "regel 3 klopt niet", "nummer 2 weg": a line named by its number, or the last one."""
    if LAST_WRONG.match(" ".join(said.words)):
        return Line(as_said(said, text), "", op="remove", target="last")
    words = [word for word in said.words if word not in ("is", "de", "toch", "maar", "dat", "er", "staat", "op")]
    wrong = any(word in WRONG_WORDS for word in words) or words[-2:] == ["klopt", "niet"]
    gone = words[-1:] in (["weg"], ["eruit"], ["eraf"], ["schrappen"], ["verwijderen"]) or words[:1] in (
        ["verwijder"],
        ["schrap"],
    )
    named = any(word in ("regel", "nummer", "nr", "no", "rij", "#") for word in words)
    number = _line_number(words, named or wrong)
    if number is None or not (wrong or (gone and named)):
        return None
    if len(words) > 5 or (not named and any(_is_of_goods(word) for word in words)):
        return None  # "1 slavink klopt niet" is no first line
    return Line(as_said(said, text), "", op="remove", target=f"#{number}")


def _is_of_goods(word: str) -> bool:
    return word.isalpha() and word not in WRONG_WORDS | {"klopt", "niet", "goed", "helemaal"} and read_ordinal([word]) is None


def _line_number(words: Sequence[str], named: bool) -> int | None:
    for word in words:
        if word.isdecimal() and len(word) < 4 and 0 < int(word) < 100:
            return int(word)
        rank = read_ordinal([word])
        value = number_word(word) if named and word not in ARTICLES else None
        if rank or (value and value.denominator == 1):
            return rank or int(value or 0)
    return None


# "in plaats van wit bruin"


def _replacement(said: Said, text: str, names: Names, lookup: Lookup) -> list[Line]:
    """One thing for another, and what is ordered behind it: "geen koekjes maar een komkommer en een krop sla"."""
    joined = " ".join(said.words)
    for pattern in _replace_patterns():
        found = pattern.match(joined)
        if found and (split := _split_xy(found, pattern, said, lookup)):
            old, new = split
            if any(token.lower == "," for token in old[:-1]):
                continue  # more than one thing was said there
            count = first_quantity(" ".join(token.lower for token in old)) if len(old) == 1 else None
            if count and count.used == 1:  # "3 komkommers ipv 1": another amount, not another thing
                line = line_in(new, text, names, lookup)
                inside = product_in_basket(line.words, lookup) if line else None
                return [at_product(line, inside, "set", said, text, lookup)] if line else []
            if all(plain(token.lower) in words_of("talk", "verbs") | words_of("talk", "words") for token in old):
                continue  # "niet bellen maar appen"
            lines = lines_in(new, text, names, lookup)
            target = _target(old, lookup)
            if lines and target not in _targets(lookup):
                target = _target_of_kind(old, lines[0], lookup) or target
            if lines and lines[0].product == target:  # "ipv douchegel wil ik badsch..": one thing for the same is no change
                lines[0] = replace(lines[0], product=None, candidates=(), asks=None)
            if lines and (lines[0].candidates or lines[0].words):
                return [replace(lines[0], said=as_said(said, text), op="replace", target=target), *lines[1:]]
    return []


@cache
def _replace_patterns() -> tuple[re.Pattern[str], ...]:
    compiled = []
    for phrase in table("changes")["replace"]:
        pattern = re.escape(phrase.replace("i.p.v.", "ipv")).replace(r"\ ", " ")
        pattern = (
            pattern.replace(r"\{x\} \{y\}", r"(?P<xy>.+)").replace(r"\{x\}", r"(?P<x>.+?)").replace(r"\{y\}", r"(?P<y>.+?)")
        )
        compiled.append(
            re.compile(
                rf"(?:doe |wil |graag |maak |toch |maar |ik |neem |mag ik )*{pattern}(?: graag| maar| hebben| doen| nemen)*\Z"
            )
        )
    return tuple(compiled)


def _split_xy(
    found: re.Match[str], pattern: re.Pattern[str], said: Said, lookup: Lookup
) -> tuple[list[Token], list[Token]] | None:
    """The tokens of the old and of the new thing. Without a word between them, cut where both are known products."""
    if "xy" not in pattern.groupindex:
        return tokens_of(found.span("x"), said), tokens_of(found.span("y"), said)
    tokens = tokens_of(found.span("xy"), said)
    for at in range(1, len(tokens)):
        if all(plain(token.lower) in ARTICLES for token in tokens[:at]) or first_quantity(tokens[at - 1].lower):
            continue  # "van de 6 eieren 10 eieren" is not cut behind the "de"
        if tokens[at - 1].lower == "maat":
            continue  # a size is no amount
        if tokens[at].lower in (",", "een", "graag", "liever", "doe", "wil") or tokens[at].lower.isdecimal():
            return tokens[:at], tokens[at:]
    places = (at for at in range(1, len(tokens)) if not are_one_grade(tokens[at - 1].lower, tokens[at].lower))
    cuts = [(_score(tokens[:at], lookup) + 1.5 * _score(tokens[at:], lookup), at) for at in places]
    best = max(cuts, default=(0.0, 0))
    return (tokens[: best[1]], tokens[best[1] :]) if best[0] > 0 else None


def _score(tokens: Sequence[Token], lookup: Lookup) -> float:
    found = lookup.find(" ".join(token.lower for token in tokens if plain(token.lower) not in ARTICLES))
    sure = 40.0 if found.verdict == "clear" else 0.0
    return found.hits[0].score + sure if found.hits else 0.0


def _targets(lookup: Lookup) -> set[str]:
    """What is sure to be changed: the products that lie in the basket, and what was said last."""
    return {*lookup.inside, "last"}


def _target_of_kind(tokens: Sequence[Token], new: Line, lookup: Lookup) -> str | None:
    """ "bruin stokbrood ipv dat witte": of the same kind as what comes in its place."""
    said = [plain(token.lower) for token in tokens if plain(token.lower) not in ARTICLES and token.lower.isalpha()]
    nouns = [word for word in new.words.split() if not is_adjective(plain(word))]
    if not said or not all(is_adjective(word) for word in said):
        return None
    return product_in_basket(" ".join([*said, *nouns]), lookup) if nouns else None


def _target(tokens: Sequence[Token], lookup: Lookup) -> str:
    little = ARTICLES | {"maar", "toch", "dan"}
    words = " ".join(token.lower for token in tokens if plain(token.lower) not in little and token.lower[0].isalnum())
    if not words or words in LAST:
        return "last"
    return _ordinal_target(tokens) or product_in_basket(words, lookup) or words


# "geen komkommer"

_ORDERING = frozenset(
    (
        "wil",
        "wilt",
        "wordt",
        "worden",
        "maak",
        "moet",
        "moeten",
        "mag",
        "mogen",
        "neem",
        "geef",
        "graag",
        "liever",
        "ipv",
        "krijg",
    )
)


def _removal(said: Said, text: str, names: Names, lookup: Lookup) -> list[Line]:
    joined = " ".join(said.words)
    for pattern in REMOVE:
        found = pattern.match(joined)
        if not found:
            continue
        thing = tokens_of(found.span("x"), said) if "x" in pattern.groupindex and found["x"] else []
        if not thing or " ".join(plain(token.lower) for token in thing) in LAST:
            return [Line(as_said(said, text), "", op="remove", target="last")]
        ordinal = _ordinal_target(thing)
        if ordinal:
            return [Line(as_said(said, text), "", op="remove", target=ordinal)]
        if _ORDERING & {plain(token.lower) for token in thing}:
            return []  # "van de knaks wil ik er twee en de snert kan weg" takes out one thing
        things = _apart(thing, names)
        return [line for one in things if (line := _remove_line(one, said, text, names, lookup))]
    return []


def _apart(thing: Sequence[Token], names: Names) -> list[Sequence[Token]]:
    """ "geen melk en brood" takes out two things, "geen peen en uien" one."""
    wishes = [wish for wish in wishes_in(thing, names) if wish.units]
    if len(wishes) < 2:
        return [thing]
    return [[token for unit in wish.units for token in unit.tokens] for wish in wishes]


def _ordinal_target(thing: Sequence[Token]) -> str | None:
    words = [plain(token.lower) for token in thing if plain(token.lower) not in ("de", "die", "het", "regel", "nummer", "nr")]
    if len(words) != 1:
        return None
    rank = read_ordinal(words) or (int(words[0]) if words[0].isdecimal() and len(words[0]) < 4 else None)
    return f"#{rank}" if rank and rank < 100 else None


def _remove_line(thing: Sequence[Token], said: Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    if is_some(thing):
        return None  # "haal 2 krentenbollen weg" leaves the others
    if all(plain(token.lower) in words_of("talk", "words") | words_of("fillers", "words") for token in thing):
        return None
    line = line_in(thing, text, names, lookup)
    words = line.words if line else " ".join(token.lower for token in thing)
    if not all(_is_goods_word(word, lookup) for word in words.split()):
        return None  # "mijn man is gek op paling maar mag het niet meer"
    if said.words[0] == "zonder" and not product_in_basket(words, lookup):
        return None  # "6 flessen cola, zonder suiker" takes nothing out
    known = line is not None and (bool(line.candidates) or line.refused is not None)
    if not known and not product_in_basket(words, lookup):
        return None
    product = product_in_basket(words, lookup) or (line.product if line else None)
    return Line(
        as_said(said, text), words, product, (product,) if product else line.candidates if line else (),
        op="remove", target=product_in_basket(words, lookup) or words,
    )  # fmt: skip


def _is_goods_word(word: str, lookup: Lookup) -> bool:
    bare = plain(word)
    if bare in words_of("talk", "verbs"):
        return False
    return (
        is_adjective(bare) or len(bare) < 3 or bare in soft_words() | words_of("fillers", "words") or lookup.knows(bare) >= 0.8
    )


__all__ = ["change_of"]
