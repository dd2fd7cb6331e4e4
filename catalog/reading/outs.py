"""What goes out of the basket: "de melk en de noten eraf", "de snert hoeft niet meer oma heeft zelf gemaakt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.reading.change_said import is_some
from catalog.reading.lexicon import words_of
from catalog.reading.list_places import numbered
from catalog.reading.lookup import Lookup
from catalog.reading.questions import begins_as_question
from catalog.reading.result import Line
from catalog.reading.split import Clause
from catalog.reading.swap_parts import Swap, inside_basket, of_shop, things
from catalog.reading.swap_shapes import TURNS, Told
from catalog.reading.tokens import Token
from catalog.reading.words import plain

_ASKED_TO = re.compile(r"(?:is het mogelijk|zou het (?:kunnen|lukken)|lukt het|zou (?:u|je|jij|iemand)|zou de)\b")
_CLOSED = frozenset(("graag", "aub", "svp", "alstublieft", "alsjeblieft", "erbij", "bij"))
_CHANGING = frozenset(
    ("meer", "dan", "verwijderen", "weghalen", "schrappen", "annuleren", "zet", "doe", "maak", "geef", "neem", "haal", "op")
)
_GOES_ON = frozenset((",", "en", "maar", "wel", "doe", "alleen", "geef", "neem", "nee"))


def taken_out(told: Told, at: int, tokens: Sequence[Token], text: str, lookup: Lookup) -> Swap | None:
    """What goes out: each thing that is named must lie in the basket."""
    old, behind = tokens[at + told.old[0] : at + told.old[1]], tuple(tokens[at + told.end :])
    if len(behind) > 1 and behind[0].lower == "dan":
        return None  # "geen haring? dan lekkerbekjes"
    said = text[tokens[at].start : tokens[at + told.end - 1].end]
    if every := of_shop(old, lookup):
        gone = tuple(Line(said, "", one, (one,), op="remove", target=one) for one in every)
        return Swap(tuple(tokens[:at]), gone[0], _without_reason(behind), gone[1:])
    for named in (things(old), [old]):
        gone = tuple(line for one in named if (line := _out(one, said, lookup)))
        if gone and len(gone) == len(named):
            return Swap(tuple(tokens[:at]), gone[0], _without_reason(behind), gone[1:])
    return None


def _out(tokens: Sequence[Token], said: str, lookup: Lookup) -> Line | None:
    inside = inside_basket(tokens, lookup)
    if inside is None or is_some(tokens) or _changes(tokens) or numbered([plain(token.lower) for token in tokens], lookup):
        return None  # "2 krentenbollen eraf" leaves the others, and "nummer 2 weg" is told by its number
    one, words = inside.product_id, " ".join(token.lower for token in tokens)
    return Line(said, words, one, (one,), op="remove", target=one)


def _changes(tokens: Sequence[Token]) -> bool:
    """Whether these words change something themselves: "schrap het volkoren en zet het bruin op 2"."""
    return any(plain(token.lower) in words_of("talk", "verbs") | _CHANGING for token in tokens)


def may_go_out(clause: Clause, at: int, lookup: Lookup) -> bool:
    """Not "de kaas en de worst mogen weg": there two things go out; nor when it is asked."""
    if not _may_begin(clause.words, at) or (clause.asked and "geen" in clause.words[at:]):
        return False  # also "geen haring? dan lekkerbekjes"
    asks = begins_as_question(clause.words) and not _ASKED_TO.match(" ".join(clause.words))
    return not asks and not (at and inside_basket(clause.tokens[: at - 1], lookup))


def _may_begin(words: Sequence[str], at: int) -> bool:
    """ "4 slavinken graag en de kabeljauw mag eraf" parts at the "en"; "de kaas en de worst mogen weg" does not."""
    closed = at > 1 and words[at - 1] == "en" and words[at - 2] in _CLOSED
    return (
        not at
        or (at == 1 and words[0] == "en")
        or words[at - 1] in (",", "maar", "dus", "vergist")
        or words[at] in TURNS
        or closed
    )


def _without_reason(behind: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "peterselie niet nodig ik zag dat ik die nog heb": why is of no matter."""
    end = next((at for at, token in enumerate(behind) if token.lower in _GOES_ON), len(behind))
    return behind[end:]


__all__ = ["may_go_out", "taken_out"]
