"""Coming in: by a link with a square or an invitation, or by writing anything. Says once who is talking here.

That a computer answers is said at the first message and again after 90 days of silence (AI Act art. 50(1),
https://eur-lex.europa.eu/eli/reg/2024/1689); that it is not AI does not make saying so superfluous.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from catalog.square import Square
from conversations import interrupts, trust
from conversations.flows import ordering
from conversations.flows.address import read_place
from conversations.hats import home_of, put_on
from conversations.interrupts import CallWhere
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import schedule
from notifications.messages import Choice
from notifications.texts import plain
from orders.lines import Place
from orders.ports import SUSPENDED

INTRODUCE_AGAIN = timedelta(days=90)
#: What an invitation code looks like: see bot/commands/invite.py.
CODE = re.compile(r"(?:code\s*)?([A-Z2-9]{4}-?[A-Z2-9]{4}-?[A-Z2-9]{4})", re.I)


def arrive(turn: Turn) -> Step | None:
    """Handle what comes before any talk. None when the person is known, has a square and says something ordinary."""
    if not turn.person.name:
        turn.person.name = plain(turn.inbound.name, 60)
    turn.person.opted_out = False
    step = _by_invitation(turn) or _by_square(turn)
    if any(role.role.startswith(SUSPENDED) for role in turn.roles):
        step = trust.ask_for(turn) or step
    turn.store.save_person(turn.person)
    return step


def _by_invitation(turn: Turn) -> Step | None:
    found = CODE.fullmatch(turn.text.strip())
    if not found or turn.inbound.kind not in ("text", "start"):
        return None
    role = turn.store.redeem(found[1].replace("-", "").upper(), turn.person, turn.now)
    if role is None:
        if turn.inbound.kind == "start" or "-" in turn.text:
            turn.say(turn._("Deze uitnodiging werkt niet (meer). Vraag de coördinator om een nieuwe."))
            return home_of(turn) if turn.conversation.square else ChooseSquare()
        return None
    turn.roles = turn.store.roles(turn.person.id)
    turn.conversation.square = role.square
    if role.role == "coordinator":
        schedule.plan_wanted(role.square, turn.store, turn.now)
    put_on(turn, role.role if role.role in ("shopkeeper", "courier", "coordinator") else "resident")
    _introduce(turn)
    turn.say(turn._("Welkom. U doet nu mee als {role}.").format(role=turn._(trust.ROLE_NAMES[role.role])))
    return home_of(turn)


def _by_square(turn: Turn) -> Step | None:
    named = _named_square(turn)
    if named is None and turn.conversation.square in turn.store.squares():
        return _introduce_when_due(turn)
    if named is None:
        squares = turn.store.squares()
        if len(squares) != 1:
            return None if _is_choosing(turn) else ChooseSquare()
        named = squares[0]
        turn.conversation.square = named
        return _introduce_when_due(turn)
    if named != turn.conversation.square:
        turn.conversation.square, turn.conversation.step = named, None
        turn.conversation.hat = "resident"
    _introduce(turn)
    return home_of(turn) if turn.conversation.hat != "resident" else ordering.next_step(turn)


def is_in_doubt(turn: Turn) -> bool:
    """After a long silence, or under another name: nothing old is shown or used before the address was said again.

    The Dutch market hands out a phone number again after months of silence, WhatsApp forgets one after 45 days.
    """
    return turn.person.verify and turn.person.place is not None


def prove(turn: Turn, standing: Step | None) -> Step:
    """The only talk with someone in doubt: the address, STOP, or being called. No button, word, code or hat leads around it."""
    turn.store.save_person(turn.person)
    if standing is None or standing.name not in (WhoAreYou.name, CallWhere.name):
        return WhoAreYou()
    if turn.choice is None and interrupts.word(turn) == "stop":
        return interrupts.leave(turn)
    if turn.choice is None and interrupts.word(turn) == "callme":
        return interrupts.call_me(turn, WhoAreYou())
    next_ = standing.hear(turn) if turn.inbound.kind in ("text", "start", "choice") else WhoAreYou()
    return next_ if not is_in_doubt(turn) or next_.name in (WhoAreYou.name, CallWhere.name) else WhoAreYou()


@step("arrival.who")
@dataclass(frozen=True, slots=True)
class WhoAreYou(Step):
    """The address that was used before, as proof. A wrong answer begins with a clean sheet, without saying what was there."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        return Ask(
            turn._("Het is even geleden. Wat zijn uw postcode en huisnummer? Dan weet ik dat u het bent."),
            (Choice(turn._("Ik ben nieuw hier"), "new"),),
        )

    def hear(self, turn: Turn) -> Step:
        said, known = read_place(turn.text), turn.person.place
        if turn.choice != "new" and said is None:
            turn.miss()
            return self
        if turn.choice == "new" or not _same_door(said, known):
            turn.store.leave_past_behind(turn.person)
            turn.conversation.hat, turn.conversation.step, turn.roles = "resident", None, ()  # TERUG leads to nothing old
            _introduce(turn)
            return ordering.Counter()
        turn.person.verify = False
        turn.store.save_person(turn.person)
        turn.say(turn._("Dank u wel, ik weet het weer."))
        return home_of(turn)


def _same_door(said: Place | None, known: Place | None) -> bool:
    def key(place: Place) -> tuple[str, str]:
        return place.postcode, "".join(c for c in place.house.casefold() if c.isalnum())

    return said is not None and known is not None and key(said) == key(known)


def _is_choosing(turn: Turn) -> bool:
    return bool(turn.conversation.step) and (turn.conversation.step or {}).get("step") == ChooseSquare.name


def _introduce_when_due(turn: Turn) -> Step | None:
    last = turn.person.introduced
    if last is None or turn.now - last > INTRODUCE_AGAIN:
        _introduce(turn)
    return None


def _named_square(turn: Turn) -> str | None:
    """The square that the whole message names: its slug or its name, also with a poster code behind it (``bunnik_p3``)."""
    said = re.split(r"[_\s]p\d+$", turn.text.strip().casefold())[0]
    if not said or len(said) > 60 or turn.inbound.kind not in ("text", "start"):
        return None
    for slug in turn.store.squares():
        if said in (slug, turn.store.square(slug).name.casefold()):
            return slug
    return None


def _introduce(turn: Turn) -> None:
    turn.person.introduced = turn.now
    turn.say(introduction(turn, turn.square))


def introduction(turn: Turn, square: Square) -> str:
    """Which square, that this is a computer, who runs it, and the two words that always work."""
    sample = " " + turn._("Dit zijn voorbeeldgegevens: er wordt niets echt bezorgd.") if square.sample else ""
    hello = turn._("Welkom bij {square}. U praat met de bestelcomputer, niet met een mens.").format(square=square.name)
    runs = turn._("{operator} zorgt hiervoor.").format(operator=square.operator.name) if square.operator.name else ""
    always = turn._("Typ BEL MIJ en een mens belt u. Typ STOP en ik stop.")
    return " ".join(part for part in (hello + sample, runs, always) if part)


@step("arrival.square")
@dataclass(frozen=True, slots=True)
class ChooseSquare(Step):
    """More than one square lives here: which is theirs?"""

    def ask(self, turn: Turn) -> Ask:
        squares = [turn.store.square(slug) for slug in turn.store.squares() if turn.store.square(slug).kind == "village"]
        choices = tuple(
            Choice(square.municipality or square.name, f"square:{square.slug}", square.name) for square in squares[:10]
        )
        text = turn._("Hallo, hier kunt u bestellen bij de winkels in uw dorp. Bij welk dorpsplein hoort u?")
        return Ask(text if choices else turn._("Er is hier nog geen dorpsplein. Probeer het later nog eens."), choices)

    def hear(self, turn: Turn) -> Step:
        slug = (turn.choice or "").removeprefix("square:") if turn.choice else None
        if slug not in turn.store.squares():
            turn.miss()
            return self
        turn.conversation.square, turn.conversation.step = str(slug), None
        _introduce(turn)
        return ordering.next_step(turn)
