"""A story and an order in one sentence: where the order begins, and what was thought of first or is put off."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.lexicon import phrases_of, shapes_of
from catalog.reading.quantities import read_quantity
from catalog.reading.talk import cooks, dismisses, is_at_home, is_for_later, makes, ordered_by_pointing, stretches, tells
from catalog.reading.wanting import requests
from catalog.reading.wish import COMMAS, only_article

_TURNS = frozenset(("maar", "dus", "daarom", "en"))
_AS_WELL = frozenset(("ook", "nog", "erbij", "liefst", "wel", "niet", "geen"))
_FIRM, _NEED = frozenset(("graag", "doe", "bestel")), frozenset(("heb", "hebben", "is", "zijn"))
_LEAST, _LONGEST_STORY = 3, 16  # words of a story
_AHEAD = 6  # words in which an order is heard
_LONGEST = 30  # words


def behind_story(words: Sequence[str]) -> int:
    """ "ik heb nog een bloemkool liggen maar wil graag 2 komkommers": where what is ordered begins; 0 for nowhere."""
    pointed = ordered_by_pointing(words)
    for at in range(_LEAST, len(words) - 1):
        if words[at] not in _TURNS:
            continue
        ahead, behind = words[:at], words[at + 1 :]
        if thought_first(ahead):
            return at + 1 if not _AS_WELL & set(behind[:_AHEAD]) and _orders(behind) else 0
        if pointed:
            continue  # "die lust alleen frikandellen en vanille-ijs, dus doe maar"
        if at <= _LONGEST_STORY and cooks(ahead) and _needs(behind):
            return at + 1
        if at <= _LONGEST_STORY and _is_story(ahead) and _orders(behind, firmly=True):
            return at + 1
        if words[at] != "en" and is_at_home(ahead):
            return at + 1
    return 0


def thought_first(words: Sequence[str]) -> bool:
    """ "eerst wou ik bloemkool", "ik twijfelde over bloemkool": what somebody thought of, before a "maar"."""
    return shapes_of("talk", "thought_first").begins(words[:_LONGEST])


def thought_better(words: Sequence[str]) -> bool:
    """ "eigenlijk wou ik een taart maar we gaan toch weg": no order after all."""
    at = words.index("maar") if "maar" in words else 0
    return at > 0 and thought_first(words[:at]) and shapes_of("talk", "called_off").within(words[at:][:_LONGEST])


def put_off(words: Sequence[str]) -> bool:
    """ "misschien later een komkommer, hangt van mijn zus af": nothing is ordered yet, whatever is counted."""
    parts = [part for part in stretches(words) if part]
    if shapes_of("talk", "perhaps").within(parts[0][:_LONGEST] if parts else ()):
        return not any(_orders(part) for part in parts[1:])
    return len(parts) == 2 and shapes_of("talk", "put_off").begins(parts[1][:_LONGEST])


def _is_story(words: Sequence[str]) -> bool:
    """Whether each stretch tells, and nothing is counted in it."""
    amounts = (read_quantity(words, at) for at in range(len(words)))
    counted = any(amount and not only_article(amount) for amount in amounts) or _FIRM & set(words)
    return not counted and all(map(_only_tells, filter(None, stretches(words))))


def _only_tells(words: Sequence[str]) -> bool:
    return tells(words) or makes(words) or dismisses(words) or is_for_later(words) or is_at_home(words)


def _orders(words: Sequence[str], *, firmly: bool = False) -> bool:
    """Whether an order begins here: words of ordering, or, not ``firmly``, an amount."""
    if tells(words) or dismisses(words):
        return False
    first = next((at for at, word in enumerate(words) if word not in COMMAS), 0)
    if _needs(words[first:]) or requests(words[first:]) or _FIRM & set(words[: first + _AHEAD]):
        return True
    near = range(first, min(first + _AHEAD, len(words)))
    begins = any(_begins_order(words, at) for at in (near[:2] if firmly else near))
    return begins or (not firmly and any(read_quantity(words, at) is not None for at in near))


def _needs(words: Sequence[str]) -> bool:
    """ "heb daar een komkommer bij nodig"."""
    return "nodig" in words[:_LONGEST] and not _NEED.isdisjoint(words[:2])


def _begins_order(words: Sequence[str], at: int) -> bool:
    """ "wou ik", "doe mij"; not "mag" or "in", nor "ik had liever"."""
    used = phrases_of("fillers", "order").at(words, at)
    return used > 1 and list(words[at : at + 2]) != ["ik", "had"] and not phrases_of("fillers", "no_order").at(words, at)


__all__ = ["behind_story", "put_off", "thought_better", "thought_first"]
