"""From one inbound message to one reply: who is talking, in which role, at which step, and the one bubble that answers.

Order of hearing: who are you (invitation, square) -> a button or a typed label -> words heard anywhere -> the step itself.
"""

from __future__ import annotations

import re
from datetime import timedelta

from conversations import interrupts
from conversations.arrival import arrive, is_in_doubt, prove
from conversations.hats import home_of, tapped, wear
from conversations.labels import fold
from conversations.steps import Ask, Step, UnknownStep, dump, load
from conversations.turn import CONCLUDES, Turn
from notifications.messages import Choice, Outbound

#: After this many misunderstandings in a row a person is offered.
MISSES_BEFORE_HELP = 2
#: How far a platform's clock may be from ours, whole seconds included, before "earlier" means earlier.
CLOCKS_DIFFER = timedelta(seconds=5)
_ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10,
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5,
}  # fmt: skip
_NUMBER = re.compile(r"(?:(?:nummer|nr|optie|keuze)\.?\s*)?(\d{1,2})\s*[.)!]?")


def converse(turn: Turn) -> Outbound | None:
    """Answer one message. Returns the reply, or None for someone who said STOP; other messages are in ``turn.notices``.

    Changes ``turn.conversation``; raises nothing for anything a person can type.
    """
    if turn.person.opted_out and not interrupts.wants_back(turn):
        return None
    step = _next(turn)
    ask = step.ask(turn)
    turn.keep_basket()
    _remember(turn, step, ask)
    return _reply(turn, ask)


def _next(turn: Turn) -> Step:
    if is_in_doubt(turn):
        return _in_doubt(turn)
    arrived = arrive(turn)
    if arrived is not None:
        return arrived
    changed = wear(turn)
    if changed is not None:
        return changed
    standing = _standing(turn)
    _resolve(turn, standing)
    return tapped(turn, standing) or interrupts.hear(turn, standing) or standing.hear(turn)


def _in_doubt(turn: Turn) -> Step:
    """Somebody else may be writing from here by now: old buttons and hats count for nothing."""
    turn.person.opted_out = False
    standing = _standing(turn) if (turn.conversation.step or {}).get("step") else None
    if standing is not None:
        _resolve(turn, standing)
    return prove(turn, standing)


def _standing(turn: Turn) -> Step:
    """Where the conversation stands; a step that this version does not know sends the person home with the basket intact."""
    stored = turn.conversation.step
    if stored is None:
        return home_of(turn)
    try:
        return load(stored)
    except UnknownStep:
        return home_of(turn)


def _resolve(turn: Turn, standing: Step) -> None:
    """A typed label, or a number after a numbered question, counts as the tap it stands for."""
    if turn.choice is None and turn.inbound.kind == "text":
        choice = _typed_choice(turn.text, turn.conversation.choices, numbered=standing.numbered)
        turn.stale = choice is not None and (_said_before(turn) or _unseen(turn, choice))
        turn.choice = choice.value if choice and not turn.stale else None


def _unseen(turn: Turn, choice: Choice) -> bool:
    return choice.value.startswith(CONCLUDES) and (turn.inbound.late or not turn.arrived())


def _said_before(turn: Turn) -> bool:
    """Whether this was typed (or tapped, and came without its button) before the question on the table was asked."""
    asked, slack = turn.conversation.updated_at, timedelta() if turn.inbound.late else CLOCKS_DIFFER
    return asked is not None and turn.inbound.at + slack < asked


def _typed_choice(text: str, choices: tuple[Choice, ...], *, numbered: bool) -> Choice | None:
    said = fold(text)
    for choice in choices:
        if choice.value and fold(choice.label) == said:
            return choice
    tappable = [choice for choice in choices if choice.value]
    place = _place(said) if numbered else None
    return tappable[place - 1] if place and place <= len(tappable) else None


def _place(said: str) -> int | None:
    found = _NUMBER.fullmatch(said)
    if found:
        return int(found[1]) or None
    words = said.removeprefix("de ").removeprefix("doe maar ").removeprefix("de ").removesuffix(" graag").removesuffix(" maar")
    return _ORDINALS.get(words)


def _remember(turn: Turn, step: Step, ask: Ask) -> None:
    talk = turn.conversation
    left = talk.step or {}
    stays = left.get("step") in (None, step.name) or str(left.get("step")).startswith("interrupts.")
    before = left.get("back") if stays else left  # TERUG goes to a question of the order, not to "wat wilt u stoppen"
    talk.step = {**dump(step), "back": before and {k: v for k, v in dict(before).items() if k != "back"}}  # type: ignore[call-overload]
    talk.choices = ask.choices
    talk.ask_id = turn.store.new_id() if ask.choices else ""
    talk.misses = talk.misses + 1 if turn.missed else 0
    talk.updated_at = turn.now


def _reply(turn: Turn, ask: Ask) -> Outbound | None:
    parts = [*turn.paragraphs, ask.text]
    choices = ask.choices
    if turn.missed and turn.conversation.misses >= MISSES_BEFORE_HELP:
        parts.insert(len(turn.paragraphs), interrupts.human_offer(turn))
        if all(choice.value != "callme" for choice in choices):
            choices = (*choices, Choice(turn._("Bel mij"), "callme"))
            turn.conversation.choices = choices
            turn.conversation.ask_id = turn.conversation.ask_id or turn.store.new_id()
    body = "\n\n".join(part for part in parts if part)
    if not body:
        return None
    key = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:reply"
    return Outbound(key, turn.person.id, body, choices, ask_id=turn.conversation.ask_id if choices else "")
