"""Changes to what lies in the basket: "nog twee", "toch maar vier", "geen komkommer", "in plaats van wit bruin", "fout 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from catalog.reading.amounts import measure, said_only
from catalog.reading.basket_words import in_basket
from catalog.reading.change_marks import marked_changes
from catalog.reading.change_patterns import (
    ARTICLES,
    CHANGE_WORDS,
    COUNTED,
    EDGES,
    LAST,
    LAST_WRONG,
    MORE,
    NOT_BUT,
    REMOVE,
    SET,
    SET_HINTS,
    WRONG_WORDS,
)
from catalog.reading.corrections import correction_at
from catalog.reading.lexicon import words_of
from catalog.reading.lines import line_of, with_amount
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.nouns import is_adjective
from catalog.reading.numbers import number_word, read_ordinal
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.questions import begins_as_question
from catalog.reading.result import Line, Op
from catalog.reading.split import Clause
from catalog.reading.tokens import Token, lowers
from catalog.reading.wish import soft_words
from catalog.reading.wishes import Wish, cut
from catalog.reading.words import plain, table

_FUTURE = frozenset(("besteld", "verkeerd", "verkeerde", "was", "vergeten", "gezegd", "kwijt"))  # may stand in a change too
_ASKING = frozenset(("is", "zijn", "heeft", "hebben", "hebt", "heb", "wordt", "zit", "zitten", "komt", "komen"))
_IFS = frozenset(("als", "indien", "mocht", "mochten"))  # "als er geen roggebrood is dan niet" changes nothing yet
_REASONS = frozenset(("want", "omdat", "aangezien", "doordat", "immers", "namelijk", "zodat"))
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
_LONGEST = 30  # words; a longer sentence is no change


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause without politeness: words, and the amount in it as one mark ``#``."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    quantity: Quantity | None
    place: int  # of the amount, in tokens

    @property
    def marked(self) -> str:
        """The words with ``#`` for the amount: "maak er # van"."""
        if not self.quantity:
            return " ".join(self.words)
        return " ".join((*self.words[: self.place], "#", *self.words[self.place + self.quantity.used :]))


def change_of(clause: Clause, text: str, names: Names, lookup: Lookup) -> list[Line]:
    """The changes that a clause asks for, or nothing when it is no change."""
    if len(clause.tokens) > _LONGEST:
        return []
    said = _trimmed(clause)
    if not said.tokens or {"vergeet", "niet"} <= set(said.words) or said.words[0] in _IFS:
        return []  # "vergeet de ontbijtkoek niet" orders
    if words_of("talk", "past") & set(said.words) - _FUTURE or (clause.asked and "besteld" in said.words):
        return []  # "ik had gisteren geen brood gekregen" tells
    corrects = correction_at(clause.words) == 0
    marked = [] if _asks(clause) else marked_changes(said.tokens, _text(said, text), names, lookup, corrects=corrects)
    if marked:
        return marked
    line = _wrong(said, text) or _recounted(said, text, names, lookup) or _replacement(said, text, names, lookup)
    if line or "," in said.words:
        return [line] if line else []  # what stands between commas is read part by part
    line = _less(said, text, names, lookup)
    removed = [] if line or (clause.asked and said.words[0] in _ASKING) else _removal(said, text, names, lookup)
    line = line or (None if removed else _of_amount(said, text, names, lookup))
    return [line] if line else removed


def _asks(clause: Clause) -> bool:
    """ "is de haring nog niet weg?" asks; "kunt u de haring weghalen?" does not."""
    return begins_as_question(clause.words)


def _trimmed(clause: Clause) -> _Said:
    words = clause.words
    begin, end = 0, len(words)
    while begin < end and words[begin] in EDGES - {"toch", "maar"}:
        begin += 1
    while end > begin and words[end - 1] in EDGES - {"bij"}:
        end -= 1
    end = next((at for at in range(begin + 1, end) if words[at] in _REASONS), end)
    tokens = clause.tokens[begin:end]
    raw = [token.lower for token in tokens]
    for at in range(len(raw)):
        quantity = read_quantity(raw, at)
        if quantity and not (quantity.amount == 0 and not quantity.vague):
            return _Said(tokens, tuple(words[begin:end]), quantity, at)
    return _Said(tokens, tuple(words[begin:end]), None, -1)


def _text(said: _Said, text: str) -> str:
    return text[said.tokens[0].start : said.tokens[-1].end]


# "fout 2"


def _wrong(said: _Said, text: str) -> Line | None:
    """ "fout 2", "2 is fout", "regel 3 klopt niet", "nummer 2 weg": a line named by its number, or the last one."""
    if LAST_WRONG.match(" ".join(said.words)):
        return Line(_text(said, text), "", op="remove", target="last")
    words = [word for word in said.words if word not in ("is", "de", "toch", "maar", "dat", "er", "staat", "op")]
    wrong = any(word in WRONG_WORDS for word in words) or words[-2:] == ["klopt", "niet"]
    gone = words[-1:] in (["weg"], ["eruit"], ["eraf"], ["schrappen"], ["verwijderen"]) or words[:1] in (
        ["verwijder"],
        ["schrap"],
    )
    named = any(word in ("regel", "nummer", "nr", "no", "rij") for word in words)
    number = _line_number(words, named or wrong)
    if number is None or not (wrong or (gone and named)):
        return None
    if len(words) > 5:
        return None
    return Line(_text(said, text), "", op="remove", target=f"#{number}")


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


def _replacement(said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    joined = " ".join(said.words)
    for pattern in _replace_patterns():
        found = pattern.match(joined)
        if found and (split := _split_xy(found, pattern, said, lookup)):
            old, new = split
            if any(token.lower == "," for token in old[:-1]):
                continue  # more than one thing was said there
            count = first_quantity(" ".join(token.lower for token in old)) if len(old) == 1 else None
            if count and count.used == 1:  # "3 komkommers ipv 1": another amount, not another thing
                line = _line(new, text, names, lookup)
                return _at_product(line, _in_basket(line.words, lookup), "set", said, text, lookup) if line else None
            line = _line(new, text, names, lookup)
            if line and (line.candidates or line.words):
                return replace(line, said=_text(said, text), op="replace", target=_target(old, lookup))
    return None


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
    found: re.Match[str], pattern: re.Pattern[str], said: _Said, lookup: Lookup
) -> tuple[list[Token], list[Token]] | None:
    """The tokens of the old and of the new thing. Without a word between them, cut where both are known products."""
    if "xy" not in pattern.groupindex:
        return _tokens_of(found.span("x"), said), _tokens_of(found.span("y"), said)
    tokens = _tokens_of(found.span("xy"), said)
    for at in range(1, len(tokens)):
        if tokens[at].lower in (",", "een", "graag", "liever", "doe", "wil") or tokens[at].lower.isdecimal():
            return tokens[:at], tokens[at:]
    cuts = [(_score(tokens[:at], lookup) + 1.5 * _score(tokens[at:], lookup), at) for at in range(1, len(tokens))]
    best = max(cuts, default=(0.0, 0))
    return (tokens[: best[1]], tokens[best[1] :]) if best[0] > 0 else None


def _tokens_of(span: tuple[int, int], said: _Said) -> list[Token]:
    begin = len(" ".join(said.words)[: span[0]].split())
    return list(said.tokens[begin : begin + len(" ".join(said.words)[span[0] : span[1]].split())])


def _score(tokens: Sequence[Token], lookup: Lookup) -> float:
    found = lookup.find(" ".join(token.lower for token in tokens if plain(token.lower) not in ARTICLES))
    sure = 40.0 if found.verdict == "clear" else 0.0
    return found.hits[0].score + sure if found.hits else 0.0


# "eentje minder", "geen komkommer"


def _recounted(said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "3 ipv 2 komkommers": another count of something in the basket."""
    joined = " ".join(said.words)
    for pattern in COUNTED:
        found = pattern.match(joined)
        count = first_quantity(found["n"]) if found else None
        if not found or not count or count.used != 1 or (found.groupdict().get("old") and not first_quantity(found["old"])):
            continue
        line = _line(_tokens_of(found.span("x"), said), text, names, lookup)
        inside = _in_basket(line.words, lookup) if line else None
        if line and inside:
            return _at_product(line, inside, "set", replace(said, quantity=count), text, lookup)
    return None


def _less(said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    marked = said.marked
    if said.quantity and re.search(
        r"(?:\bminder\b|\bhaal (?:er )?#.* af\b|\ber (?:mag|mogen|kan|kunnen|moet|moeten)(?: er)? #.* af\b|# eraf\b|# er af\b)",
        marked,
    ):
        return _counted(said, "less", text, names, lookup)
    return None


def _removal(said: _Said, text: str, names: Names, lookup: Lookup) -> list[Line]:
    joined = " ".join(said.words)
    for pattern in REMOVE:
        found = pattern.match(joined)
        if not found:
            continue
        thing = _tokens_of(found.span("x"), said) if "x" in pattern.groupindex and found["x"] else []
        if not thing or " ".join(plain(token.lower) for token in thing) in LAST:
            return [Line(_text(said, text), "", op="remove", target="last")]
        ordinal = _ordinal_target(thing)
        if ordinal:
            return [Line(_text(said, text), "", op="remove", target=ordinal)]
        if _ORDERING & {plain(token.lower) for token in thing}:
            return []  # "van de knaks wil ik er twee en de snert kan weg" takes out one thing
        things = _apart(thing, names)
        return [line for one in things if (line := _remove_line(one, said, text, names, lookup))]
    return []


def _apart(thing: Sequence[Token], names: Names) -> list[Sequence[Token]]:
    """ "geen melk en brood" takes out two things, "geen peen en uien" one."""
    wishes = [wish for wish in _wishes(thing, names) if wish.units]
    if len(wishes) < 2:
        return [thing]
    return [[token for unit in wish.units for token in unit.tokens] for wish in wishes]


def _ordinal_target(thing: Sequence[Token]) -> str | None:
    words = [plain(token.lower) for token in thing if plain(token.lower) not in ("de", "die", "het", "regel", "nummer", "nr")]
    if len(words) != 1:
        return None
    rank = read_ordinal(words) or (int(words[0]) if words[0].isdecimal() and len(words[0]) < 4 else None)
    return f"#{rank}" if rank and rank < 100 else None


def _remove_line(thing: Sequence[Token], said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    if _is_some(thing):
        return None  # "haal 2 krentenbollen weg" leaves the others
    if all(plain(token.lower) in words_of("talk", "words") | words_of("fillers", "words") for token in thing):
        return None
    line = _line(thing, text, names, lookup)
    words = line.words if line else " ".join(token.lower for token in thing)
    if not all(_is_goods_word(word, lookup) for word in words.split()):
        return None  # "mijn man is gek op paling maar mag het niet meer"
    known = line is not None and (bool(line.candidates) or line.refused is not None)
    if not known and not _in_basket(words, lookup):
        return None
    product = _in_basket(words, lookup) or (line.product if line else None)
    return Line(
        _text(said, text), words, product, (product,) if product else line.candidates if line else (),
        op="remove", target=_in_basket(words, lookup) or words,
    )  # fmt: skip


def _is_some(thing: Sequence[Token]) -> bool:
    quantity = read_quantity([token.lower for token in thing]) if thing else None
    return quantity is not None and quantity.said not in ARTICLES and bool(quantity.amount)


def _is_goods_word(word: str, lookup: Lookup) -> bool:
    bare = plain(word)
    if bare in words_of("talk", "verbs"):
        return False
    return (
        is_adjective(bare) or len(bare) < 3 or bare in soft_words() | words_of("fillers", "words") or lookup.knows(bare) >= 0.8
    )


# "nog twee", "toch maar vier", "maak er drie van"


def _of_amount(said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    corrected = _not_but(said, text, lookup)
    if corrected:
        return corrected
    another = _another(said, text)
    if another or not said.quantity:
        return another
    marked = said.marked
    if MORE.match(marked):
        return _last(said, "more", text, lookup)
    if _is_bare_amount(said):
        return _last(said, "set", text, lookup)
    if (
        said.words[:2] != ("die", "van")
        and SET.match(marked)
        and (any(word in SET_HINTS for word in said.words) or marked.startswith("doe #"))
    ):
        return _last(said, "set", text, lookup)
    return _named_set(said, text, names, lookup)


def _is_bare_amount(said: _Said) -> bool:
    """ "2 pakjes", "een pond graag", "ik neem er 3"; a lone figure may as well answer something else."""
    assert said.quantity
    rest = [word for place, word in enumerate(said.words) if not said.place <= place < said.place + said.quantity.used]
    if said.quantity.unit in ("euro", "person") or not all(word in _TAKING for word in rest):
        return False
    return bool(said.quantity.unit) or bool(rest) or (said.quantity.said.isalpha() and said.quantity.amount != 1)


_TAKING = frozenset(("ik", "neem", "er", "wil", "wel", "we", "wij", "nemen", "willen", "daar", "van", "ervan", "had"))


def _not_but(said: _Said, text: str, lookup: Lookup) -> Line | None:
    found = NOT_BUT.match(said.marked)
    amount = first_quantity(found["rest"]) if found else None
    return _last(replace(said, quantity=amount), "set", text, lookup) if amount else None


def _another(said: _Said, text: str) -> Line | None:
    """ "nog zo'n", "daar nog wat meer van" hold no amount that can be counted."""
    if re.match(r"(?:doe )?(?:er )?nog (?:zo een|zo'n|zo|zo een)(?: een)?(?: graag| erbij| bij)*\Z", " ".join(said.words)):
        return Line(_text(said, text), "", op="more", target="last", amount=1, unit="piece")
    return None


def _named_set(said: _Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "maak de krentenbollen 6", "van de melk toch maar 3", "toch maar 4 krentenbollen", "nog twee krentenbollen"."""
    words = set(said.words)
    line = _line(said.tokens, text, names, lookup) if words & {"nog", "toch", "liever", "maak", "moeten", "moet"} else None
    if line is None:
        return None
    inside = _in_basket(line.words, lookup)
    if "nog" in words and inside:
        return _at_product(line, inside, "more", said, text, lookup)
    if inside and words & {"toch", "liever", "maak", "moeten", "moet"}:
        return _at_product(line, inside, "set", said, text, lookup)
    return None


def _at_product(line: Line, inside: str | None, op: Op, said: _Said, text: str, lookup: Lookup) -> Line:
    product = inside or line.product
    done = replace(line, said=_text(said, text), op=op, target=inside or line.words, product=product, refused=None)
    if not product:
        return done
    return with_amount(replace(done, candidates=(product,)), measure(lookup.product(product), said.quantity, None, line.words))


def _counted(said: _Said, op: Op, text: str, names: Names, lookup: Lookup) -> Line:
    """A change by an amount: of the thing it names, else of the last line."""
    rest = [
        token
        for at, token in enumerate(said.tokens)
        if not said.place <= at < said.place + (said.quantity.used if said.quantity else 0)
    ]
    rest = [
        token
        for token in rest
        if plain(token.lower) not in CHANGE_WORDS and plain(token.lower) not in words_of("fillers", "words")
    ]
    line = _line(rest, text, names, lookup) if rest else None
    if line and line.words:
        inside = _in_basket(line.words, lookup)
        return _at_product(line, inside, op, said, text, lookup)
    return _last(said, op, text, lookup)


def _last(said: _Said, op: Op, text: str, lookup: Lookup) -> Line:
    """A change of the line that was put in last."""
    last = lookup.basket[-1].product_id if lookup.basket else None
    amount = (
        measure(lookup.product(last), said.quantity)
        if last in lookup.shelf.square.product_by_id and last
        else said_only(said.quantity)
    )
    return with_amount(Line(_text(said, text), "", op=op, target="last"), amount)


# Common


def _line(tokens: Sequence[Token], text: str, names: Names, lookup: Lookup) -> Line | None:
    """The first wish in these tokens as a line."""
    for wish in _wishes(tokens, names):
        if wish.units:
            return line_of(wish, text, lookup)
    return None


_AROUND = frozenset(("toch", "maar", "maak", "liever", "nog", "erbij", "moeten", "moet", "zijn", "worden"))


def _wishes(tokens: Sequence[Token], names: Names) -> Iterator[Wish]:
    kept = [token for token in tokens if plain(token.lower) not in _AROUND]
    yield from cut(kept, names).wishes


def _target(tokens: Sequence[Token], lookup: Lookup) -> str:
    words = " ".join(token.lower for token in tokens if plain(token.lower) not in ARTICLES and token.lower[0].isalnum())
    if not words or words in LAST:
        return "last"
    return _ordinal_target(tokens) or _in_basket(words, lookup) or words


def _in_basket(words: str, lookup: Lookup) -> str | None:
    """The one product in the basket that these words can mean, if there is just one."""
    line = in_basket(words, lookup)
    return line.product_id if line else None


def first_quantity(said: str) -> Quantity | None:
    """The amount within the words of a change."""
    raw = lowers(said)
    return next((found for at in range(len(raw)) if (found := read_quantity(raw, at)) and found.amount), None)


__all__ = ["change_of", "first_quantity"]
