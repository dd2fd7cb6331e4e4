"""Changes of an amount: "nog twee", "eentje minder", "toch maar vier", "maak er drie van", "3 ipv 2 komkommers"."""

from __future__ import annotations

import re
from dataclasses import replace

from catalog.reading.change_patterns import CHANGE_WORDS, COUNTED, MORE, NOT_BUT, SET, SET_HINTS
from catalog.reading.change_said import (
    Said,
    as_said,
    at_product,
    first_quantity,
    line_in,
    of_last,
    product_in_basket,
    tokens_of,
    wishes_in,
)
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.result import Line, Op
from catalog.reading.words import plain

_TAKING = frozenset(("ik", "neem", "er", "wil", "wel", "we", "wij", "nemen", "willen", "daar", "van", "ervan", "had"))
_LESS = re.compile(
    r"(?<!of )(?<!of iets )(?<!of wat )\bminder\b"  # "een kilo of iets minder" takes nothing off
    r"|\bhaal (?:er )?#.* af\b|\ber (?:mag|mogen|kan|kunnen|moet|moeten)(?: er)? #.* af\b|# eraf\b|# er af\b"
)
_SAY_SET = frozenset(("toch", "liever", "maak", "moeten", "moet"))


def recounted(said: Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "3 ipv 2 komkommers": another count of something in the basket."""
    joined = " ".join(said.words)
    for pattern in COUNTED:
        found = pattern.match(joined)
        count = first_quantity(found["n"]) if found else None
        if not found or not count or count.used != 1 or (found.groupdict().get("old") and not first_quantity(found["old"])):
            continue
        line = line_in(tokens_of(found.span("x"), said), text, names, lookup)
        inside = product_in_basket(line.words, lookup) if line else None
        if line and inside:
            return at_product(line, inside, "set", replace(said, quantity=count), text, lookup)
    return None


def counted_down(said: Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "eentje minder", "haal er 2 van de melk af"."""
    return _counted(said, "less", text, names, lookup) if said.quantity and _LESS.search(said.marked) else None


def of_amount(said: Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "nog twee", "toch maar vier", "niet 4 maar 6": of the last line, or of what it names."""
    corrected = _not_but(said, text, lookup)
    if corrected:
        return corrected
    another = _another(said, text)
    if another or not said.quantity:
        return another
    marked = said.marked
    if MORE.match(marked):
        return of_last(said, "more", text, lookup)
    if _is_bare_amount(said):
        return of_last(said, "set", text, lookup)
    if (
        said.words[:2] != ("die", "van")
        and SET.match(marked)
        and (any(word in SET_HINTS for word in said.words) or marked.startswith("doe #"))
    ):
        return of_last(said, "set", text, lookup)
    return _named_set(said, text, names, lookup)


def _is_bare_amount(said: Said) -> bool:
    """ "2 pakjes", "een pond graag", "ik neem er 3"; a lone figure may as well answer something else."""
    assert said.quantity
    rest = [word for place, word in enumerate(said.words) if not said.place <= place < said.place + said.quantity.used]
    if said.quantity.unit in ("euro", "person") or not all(word in _TAKING for word in rest):
        return False
    return bool(said.quantity.unit) or bool(rest) or (said.quantity.said.isalpha() and said.quantity.amount != 1)


def _not_but(said: Said, text: str, lookup: Lookup) -> Line | None:
    found = NOT_BUT.match(said.marked)
    amount = first_quantity(found["rest"]) if found else None
    return of_last(replace(said, quantity=amount), "set", text, lookup) if amount else None


def _another(said: Said, text: str) -> Line | None:
    """ "nog zo'n", "daar nog wat meer van" hold no amount that can be counted."""
    if re.match(r"(?:doe )?(?:er )?nog (?:zo een|zo'n|zo|zo een)(?: een)?(?: graag| erbij| bij)*\Z", " ".join(said.words)):
        return Line(as_said(said, text), "", op="more", target="last", amount=1, unit="piece")
    return None


def _named_set(said: Said, text: str, names: Names, lookup: Lookup) -> Line | None:
    """ "maak de krentenbollen 6", "van de melk toch maar 3", "toch maar 4 krentenbollen", "nog twee krentenbollen"."""
    words = set(said.words)
    if (
        not words & (_SAY_SET | {"nog"})
        or "hoef" in words
        or len([wish for wish in wishes_in(said.tokens, names) if wish.units]) > 1
    ):
        return None  # "doe nog 2 krentenbollen en een kilo uien" orders two things
    line = line_in(said.tokens, text, names, lookup)
    inside = product_in_basket(line.words, lookup) if line else None
    if line is None or inside is None:
        return None
    if line.product not in (None, inside) and words & _SAY_SET:
        return replace(line, said=as_said(said, text), op="replace", target=inside)  # "toch maar een half volkoren"
    return at_product(line, inside, "more" if "nog" in words else "set", said, text, lookup)


def _counted(said: Said, op: Op, text: str, names: Names, lookup: Lookup) -> Line:
    """A change by an amount: of the thing it names, else of the last line."""
    amount = range(said.place, said.place + said.quantity.used) if said.quantity else range(0)
    little = CHANGE_WORDS | words_of("fillers", "words")
    rest = [token for at, token in enumerate(said.tokens) if at not in amount and plain(token.lower) not in little]
    line = line_in(rest, text, names, lookup) if rest else None
    if line and line.words:
        return at_product(line, product_in_basket(line.words, lookup), op, said, text, lookup)
    return of_last(said, op, text, lookup)


__all__ = ["counted_down", "of_amount", "recounted"]
