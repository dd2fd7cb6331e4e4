"""What may change the basket though nobody heard how: asked, and never done by itself.

People tell changes in more ways than any list of them holds. When something in the basket is named beside a word of changing
and nothing else in the message is about it, silence would lose the change and an order of it would double it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.basket_words import named_in
from catalog.reading.change_marks import stays_in_it
from catalog.reading.change_said import first_quantity
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lookup import Lookup
from catalog.reading.pointing import or_more
from catalog.reading.quantities import read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.tokens import lowers
from catalog.reading.wish import only_article
from catalog.reading.words import plain

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_LONGEST = 60  # words; a longer message is a letter
_NEEDS = frozenset(("hoef", "hoeft", "hoeven"))
_SO = frozenset(("per", "te", "zo", "voor", "in", "echt", "heel", "vandaag", "morgen", "vers", "vroeg", "snel"))
_BEFORE = 3  # words between "geen" and what it denies


def perhaps_changed(lines: Sequence[Line], text: str, lookup: Lookup) -> list[Line]:
    """The lines, with those asked that may be changes of the basket, and with what may change beside them.

    ``text``: the whole message. Nothing is altered when the basket is empty or the message tells of what was.
    """
    words = _words(text)
    if not lookup.basket or len(words) > _LONGEST or _tells_of_past(words):
        return list(lines)
    kept = [_counted_anew(line, words, lookup) for line in lines if not _is_bare(line, words, lookup)]
    about = {one for line in kept for one in (line.target, line.product, *line.candidates)}
    silent = [line for line in lookup.basket if line.product_id not in about]
    if words_of("changes", "perhaps_stays") & set(words):
        return kept  # "doe de melk eruit. nee laat maar staan"
    changed = [line.said for line in kept if line.op != "add"]
    return [*kept, *_unheard(silent, text, changed, lookup)]


def _words(text: str) -> list[str]:
    return [plain(word) for word in lowers(text)]


def _tells_of_past(words: Sequence[str]) -> bool:
    return not words_of("changes", "perhaps_past").isdisjoint(words)


def _is_bare(line: Line, words: Sequence[str], lookup: Lookup) -> bool:
    """ "paling ja, hij staat er echt op": what lies there already is only spoken of, when no amount nor any word orders it."""
    if line.op != "add" or line.product not in {one.product_id for one in lookup.basket}:
        return False
    quantity = first_quantity(line.said)
    counted = quantity is not None and not only_article(quantity)
    return not counted and len(words) > len(line.said.split()) and words_of("changes", "perhaps_orders").isdisjoint(words)


def _counted_anew(line: Line, words: Sequence[str], lookup: Lookup) -> Line:
    """ "een avocado is niks. Drie.": what lies in the basket and is ordered beside a word of changing; how many is asked."""
    one = line.product or (line.candidates[0] if len(line.candidates) == 1 else None)
    inside = {each.product_id for each in lookup.basket}
    if line.op != "add" or one not in inside or line.refused:
        return line
    if (words_of("changes", "adding") | {"ook"}) & set(words) and "plaats" not in words:
        return line
    if not (_changing() & set(words)):
        return line
    changed = replace(line, op="set", product=one, target=one)
    differs = line.amount not in (None, next(each.amount for each in lookup.basket if each.product_id == one))
    if differs and first_quantity(line.said) and words_of("changes", "perhaps_surely") & set(words):
        return changed
    return or_more(changed, lookup) if line.amount else replace(changed, asks="amount")


@cache
def _changing() -> frozenset[str]:
    return words_of("changes", "perhaps_counts") | words_of("changes", "perhaps_out")


def _unheard(silent: Sequence[BasketLine], text: str, changed: Sequence[str], lookup: Lookup) -> Iterator[Line]:
    """What is named in a sentence that changes something, when no change was heard in it."""
    for sentence in _SENTENCE.findall(text):
        words = _words(sentence)
        heard = any(said in sentence or sentence.strip() in said for said in changed)
        if (
            heard
            or words_of("changes", "perhaps_stays") & set(words)
            or (_changing().isdisjoint(words) and "geen" not in words)
        ):
            continue
        named = [(one, line) for line in lookup.basket for one in named_in(words, lookup.product(line.product_id))]
        places = [one for one, _ in named]
        alone = {line.product_id: (one, line) for one, line in named if line in silent and places.count(one) == 1}
        if len(alone) == 1:
            yield from _asked(words, *next(iter(alone.values())), sentence.strip(), lookup)


def _asked(words: Sequence[str], at: int, line: BasketLine, said: str, lookup: Lookup) -> Iterator[Line]:
    product = lookup.product(line.product_id)
    base = Line(said, plain(product.name.lower()), None, (product.id,), target=product.id)
    if _goes_out(words, at):
        yield replace(base, op="remove", asks="which")
    elif not said.endswith("?") and _recounts(words):
        yield replace(base, op="set", product=product.id, asks="amount")


def _recounts(words: Sequence[str]) -> bool:
    """Whether a sentence may say how many it must become; "nog 2 erbij" does not."""
    adds = words_of("changes", "adding") & set(words)
    return not adds and bool(words_of("changes", "perhaps_counts") & set(words)) and _counts(words)


def _goes_out(words: Sequence[str], at: int) -> bool:
    if {"niks", "niets"} & set(words) or stays_in_it(words):
        return False
    out = words_of("changes", "perhaps_out") & set(words)
    if "geen" in words[max(0, at - _BEFORE) : at] or out - _NEEDS or (out and not _needs_not_be_so(words)):
        return True
    return phrases_of("changes", "perhaps_gone").within(words)


def _needs_not_be_so(words: Sequence[str]) -> bool:
    """ "het brood hoeft niet gesneden", "hoeft niet per se vandaag": only how or when."""
    at = next((at for at, word in enumerate(words) if word in _NEEDS), len(words))
    end = words.index("niet", at) + 1 if "niet" in words[at:] else len(words)
    return any(word.startswith("ge") or word in _SO for word in words[end : end + 1])


def _counts(words: Sequence[str]) -> bool:
    """Whether an amount stands there, or a word for more or less of it."""
    if words_of("changes", "perhaps_amounts") & set(words):
        return True
    return any((one := read_quantity(words, at)) is not None and one.amount and one.said != "een" for at in range(len(words)))


__all__ = ["perhaps_changed"]
