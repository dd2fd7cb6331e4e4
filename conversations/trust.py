"""Whoever has a role and was silent for long: the role waits until a coordinator says that it is still the same person.

Phone numbers are handed out again, and an address, the proof that residents give, is known to the neighbours. Ordering goes on.
"""

from __future__ import annotations

from catalog.marking import N_
from conversations.flows import ordering
from conversations.steps import Step
from conversations.turn import Turn
from notifications import receipts
from notifications.messages import Choice, Outbound, Topic
from notifications.texts import names, plain
from orders.ports import SUSPENDED, Role

ROLE_NAMES = {"shopkeeper": N_("winkelier"), "courier": N_("koerier"), "coordinator": N_("coördinator"), "desk": N_("balie")}
_WORDS = ("winkel", "rijden", "rit", "beheer")
_TOPICS: dict[str, Topic] = {"shopkeeper": "shop_change", "courier": "courier_change"}


def ask_for(turn: Turn) -> Step | None:
    """Ask the coordinators, once a day. Says so to whoever tries to act in the role; None for who just orders."""
    waiting = [role for role in turn.roles if role.role.startswith(SUSPENDED)]
    for square in dict.fromkeys(role.square for role in waiting):
        _ask_coordinators(turn, square, [role for role in waiting if role.square == square])
    talk, said = turn.conversation, turn.text.strip(" .!").casefold()
    if SUSPENDED + talk.role not in {role.role for role in waiting} and said not in _WORDS:
        return None
    talk.hat, talk.step = "resident", None
    text = turn._(
        "U was hier lang niet. Daarom vraag ik eerst de coördinator of u nog meedoet als {roles}. Bestellen kan gewoon. "
        "Hebt u een nieuwe code gekregen? Stuur die dan."
    )
    turn.say(text.format(roles=_roles(turn, waiting)))
    return ordering.Quiet()


def _ask_coordinators(turn: Turn, square: str, roles: list[Role]) -> None:
    text = turn._("{name} was lang stil en schrijft nu weer. Is dit nog dezelfde persoon ({roles})? Bel bij twijfel.").format(
        name=plain(roles[0].name or turn.person.name or turn._("Iemand"), 40), roles=_roles(turn, roles)
    )
    value = f"{turn.person.id}:{square}"
    choices = (Choice(turn._("Ja, dezelfde"), f"co:trust:{value}"), Choice(turn._("Nee, haal weg"), f"co:remove:{value}"))
    villages = [one for one in turn.store.squares() if one == square or square in turn.store.square(one).regions]
    for person in dict.fromkeys(role.person for one in villages for role in turn.store.people(one, "coordinator")):
        key = f"trust:{turn.person.id}:{square}:{turn.now:%Y-%m-%d}:{person}"
        turn.notices.append(Outbound(key, person, text, choices, topic="coordinator", if_unknown="resend"))


def _roles(turn: Turn, roles: list[Role]) -> str:
    return names([_role(turn, role) for role in roles], turn._)


def _role(turn: Turn, role: Role) -> str:
    said = turn._(ROLE_NAMES[role.role.removeprefix(SUSPENDED)])
    return f"{said} {receipts.shop_name(turn.store.square(role.square), role.shop)}" if role.shop else said


def decide(turn: Turn, person_id: str, square: str, *, trusted: bool) -> str:
    """A coordinator's tap: give the roles of this square (or of its region) back, or take them away. What to say."""
    if square != turn.conversation.square and square not in turn.square.regions:
        return turn._("Dit gaat over een ander plein.")
    roles = list(turn.store.end_suspension(person_id, square, trusted=trusted))
    if not roles:
        return turn._("Daar is al over besloten.")
    if not trusted:
        return turn._("Goed, weggehaald. Een nieuwe code maakt de beheerder.")
    text = turn._("De coördinator kent u nog. U doet weer mee als {roles}.").format(roles=_roles(turn, roles))
    key = f"trusted:{turn.inbound.sender.channel}:{turn.inbound.event_id}"
    topic = _TOPICS.get(roles[0].role, "coordinator")
    turn.notices.append(Outbound(key, person_id, text, topic=topic, if_unknown="resend"))
    return turn._("Goed, {roles} doet weer mee.").format(roles=_roles(turn, roles))
