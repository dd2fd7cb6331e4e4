"""What goods are for, said behind them: "brokjes voor de poes" are kattenbrokken, "zeep voor de handen" is handzeep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective, noun_of
from catalog.reading.wish import Unit, Wish, group_words, words_said
from catalog.reading.words import plain, table
from catalog.search import lexicon

_KNOWN = 0.97  # how well the one word must be known: it was put together here, so nobody mistyped it
_LINKS = ("", "s", "en", "e")
_LONGEST = 3  # words of "voor de kat"


def for_its_use(wish: Wish, lookup: Lookup) -> Wish:
    """The wish as one word of this shelf for the goods and what they are for, if there is one.

    That is what is meant when it is for an animal, a baby or hands; else it is offered beside the goods: "melk voor de koffie".
    """
    note, use = _use(wish)
    goods = [unit for unit in wish.units if unit.link != "voor"]
    if not use or not goods or wish.either or goods[-1].named or not plain(goods[-1].text).isalpha():
        return wish
    for called in _called(use, plain(goods[-1].text)):
        if _is_sold(called, lookup) and not _is_same(called, goods, lookup):
            any_kind = plain(goods[-1].text) in group_words()  # "wat groente voor de soep"
            either = [] if any_kind or noun_of(use) in words_of("groups", "used_by") else goods
            wish = replace(
                wish,
                either=either,
                vague=wish.vague or any_kind or bool(either),
                notes=[one for one in wish.notes if one != note],
            )
            return _named(wish, goods, called, lookup)
    return wish


def _named(wish: Wish, goods: Sequence[Unit], called: str, lookup: Lookup) -> Wish:
    """With these words for the goods; how they are is no more than a note when nothing here is so: "droge brokken"."""
    last = goods[-1].tokens[-1]
    name = [Unit((replace(last, text=word, lower=word),)) for word in called.split()]
    known = lookup.find(" ".join([*(unit.text for unit in goods[:-1]), called])).verdict == "clear"
    if known or not all(is_adjective(unit.text) for unit in goods[:-1]):
        return replace(wish, units=[*goods[:-1], *name])
    return replace(wish, units=name, notes=[*(unit.text for unit in goods[:-1]), *wish.notes])


def _use(wish: Wish) -> tuple[str, str]:
    """The note that tells what it is for, and the one word for that."""
    if wish.units and wish.units[-1].link == "voor":
        return "", plain(wish.units[-1].text)
    for note in wish.notes:
        words = note.split()
        if words[0] == "voor" and 1 < len(words) <= _LONGEST and words[-1].isalpha():
            return note, plain(words[-1])
    return "", ""


def _is_sold(called: str, lookup: Lookup) -> bool:
    if " " in called:
        return called in _phrases() and bool(lookup.find(called).hits)
    return lookup.knows(called) >= _KNOWN and bool(lookup.find(called).hits)


def _is_same(called: str, goods: Sequence[Unit], lookup: Lookup) -> bool:
    """Whether the goods by themselves are already that, and for whom it is only said as well: "hooi voor de konijnen"."""
    alone, whole = lookup.find(words_said(goods)), lookup.find(called)
    return alone.verdict == "clear" and alone.hits[0].product == whole.hits[0].product


@cache
def _phrases() -> frozenset[str]:
    return frozenset(phrase for group in lexicon.same() for phrase in group if " " in phrase)


def _called(use: str, goods: str) -> Iterator[str]:
    """What it may be called: "brokjes poes" as it stands in the words, "poezenbrokjes", "kattenbrokjes"."""
    yield f"{goods} {use}"
    noun = noun_of(use)
    for first in dict.fromkeys((use, noun, *table("groups")["called_too"].get(noun, ()))):
        yield from (first + link + goods for link in _LINKS)
        yield first + first[-1] + "en" + goods  # kat, katten


__all__ = ["for_its_use"]
