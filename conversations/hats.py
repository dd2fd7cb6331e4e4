"""In which role someone talks, and where a tapped button belongs whatever role that is.

A baker also orders cheese: one person, several hats. The hat stays on until another is asked for by word.
"""

from __future__ import annotations

from collections.abc import Callable

from conversations.flows import coordinator, courier, ordering, resident_after, shopkeeper
from conversations.steps import Step
from conversations.turn import Turn

#: Words that put on another hat.
WORDS = {"bestellen": "resident", "winkel": "shopkeeper", "rijden": "courier", "rit": "courier", "beheer": "coordinator"}
_HOMES: dict[str, Callable[[Turn], Step]] = {
    "resident": ordering.home,
    "shopkeeper": shopkeeper.home,
    "courier": courier.home,
    "coordinator": coordinator.home,
}
#: First part of a button's value -> who hears it. Each checks again that this person may.
_TAPS: dict[str, Callable[[Turn, list[str]], Step | None]] = {
    "shop": shopkeeper.tapped,
    "run": courier.tapped,
    "co": coordinator.tapped,
    "order": resident_after.tapped,
}


def stands_alone(value: str) -> bool:
    """Whether a button says by itself what it is about ("shop:ready:<order>"): it works however long the talk went on."""
    return value.partition(":")[0] in _TAPS


def worn(turn: Turn) -> set[str]:
    """The hats this person may wear at this square."""
    return {"resident", *(role.role for role in turn.roles if role.square == turn.conversation.square)}


def wear(turn: Turn) -> Step | None:
    """Take off a hat that is no longer allowed. The first step in the one that was asked for by word, if any."""
    talk = turn.conversation
    wanted = WORDS.get(turn.text.strip().strip(".!").casefold()) if turn.choice is None else None
    if talk.role not in worn(turn):
        talk.hat, talk.step = "resident", None
    if not wanted or wanted == talk.role or wanted not in worn(turn):
        return None
    put_on(turn, wanted)
    said = {
        "resident": turn._("U bestelt nu als bewoner."),
        "shopkeeper": turn._("U praat nu als winkel."),
        "courier": turn._("U praat nu als koerier."),
        "coordinator": turn._("U praat nu als coördinator."),
    }
    turn.say(said[wanted])
    return home_of(turn)


def put_on(turn: Turn, hat: str) -> None:
    """Talk in this role from now on; where the other talk stood is forgotten, its basket is not."""
    turn.conversation.hat, turn.conversation.step = hat, None
    turn.conversation.choices = ()


def home_of(turn: Turn) -> Step:
    """The first step of the role that is worn."""
    return _HOMES[turn.conversation.role](turn)


def tapped(turn: Turn, standing: Step) -> Step | None:
    """A button of a notice ("shop:ok:…") goes to its own flow; None when it is an answer to the question on the table."""
    first, _, rest = (turn.choice or "").partition(":")
    return _TAPS[first](turn, rest.split(":")) if first in _TAPS else None
