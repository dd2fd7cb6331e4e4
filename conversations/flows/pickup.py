"""Fetching it yourself: which pickup point, and the offer of one to who lives outside the delivery area."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.asides import point_in
from conversations.flows import address
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications.messages import Choice
from orders.lines import Place

#: Stands for a pickup point until the resident says which.
SOMEWHERE = "?"


def pick_up(turn: Turn) -> bool:
    """Fetch it: at the only point, at the one the message names, or at one that must still be asked for."""
    points = turn.square.delivery.pickup_points
    if not points:
        turn.say(turn._("Ophalen kan hier niet."))
        return True
    named = 0 if len(points) == 1 else point_in(turn.text, points)
    turn.basket.choose(place=at_point(turn, SOMEWHERE if named is None else points[named]))
    return True


def at_point(turn: Turn, point: str) -> Place:
    """This pickup point as the place of an order."""
    place = address.blank()
    place.pickup, place.name = point, turn.person.name
    return place


@step("checkout.which_pickup")
@dataclass(frozen=True, slots=True)
class WhichPickup(Step):
    """The square has several pickup points: which one?"""

    def ask(self, turn: Turn) -> Ask:
        points = turn.square.delivery.pickup_points[:8]
        choices = [Choice(_point_label(one), f"point:{place}", one[:72]) for place, one in enumerate(points)]
        return Ask(turn._("Waar wilt u het ophalen?"), (*choices, Choice(turn._("Toch laten bezorgen"), "deliver")))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.checkout import next_step
        from conversations.flows.ordering import take

        points = turn.square.delivery.pickup_points
        tapped = (turn.choice or "").removeprefix("point:")
        named = int(tapped) if tapped.isdigit() else point_in(turn.text, points)
        if turn.choice == "deliver":
            turn.basket.choose(place=address.blank())
        elif named is not None and named < len(points):
            turn.basket.choose(place=at_point(turn, points[named]))
        else:
            return take(turn, self)
        return next_step(turn)


def _point_label(point: str) -> str:
    name = point.partition(",")[0].strip()
    return name if len(name) <= 20 else name[:19].rstrip() + "…"


@step("checkout.outside")
@dataclass(frozen=True, slots=True)
class OutsideArea(Step):
    """The address lies outside the delivery area: offer to fetch it."""

    def ask(self, turn: Turn) -> Ask:
        points = turn._(" of ").join(turn.square.delivery.pickup_points)
        return Ask(
            turn._("U kunt het wel ophalen: {point}. Wilt u dat?").format(point=points),
            (Choice(turn._("Ik haal het op"), "pickup"), Choice(turn._("Ander adres"), "other")),
        )

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.checkout import AskAddress, next_step

        if turn.choice == "pickup" or (turn.choice is None and turn.reading.intent == "yes"):
            pick_up(turn)
            return next_step(turn)
        return AskAddress() if turn.choice == "other" else AskAddress().hear(turn)
