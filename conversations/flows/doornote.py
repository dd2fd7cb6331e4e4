"""BRIEFJE: a note for the courier at the door. Kept with the address, echoed, shown to the courier and to nobody else."""

from __future__ import annotations

from copy import copy

from conversations.flows.address import blank
from conversations.turn import Turn
from notifications.texts import plain
from orders.lines import Place
from orders.order import Order, Status

_GONE = {"weg", "leeg", "geen", "verwijderen", "wissen", "niet meer nodig"}
_UNDER_WAY = (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY)


def hear(turn: Turn) -> bool:
    """Keep the note in a message, or take it away. True when there was one; what was done is said."""
    aside = turn.aside
    if not (aside.note or aside.noted):
        return False
    note = plain(aside.note, 160)
    if not note:
        turn.say(turn._("Wat moet de koerier weten? Typ bijvoorbeeld: BRIEFJE de bel doet het niet, klop hard."))
        return True
    gone = note.casefold() in _GONE
    _keep(turn, "" if gone else note)
    turn.say(
        turn._("Er is nu geen briefje voor de koerier.")
        if gone
        else turn._("Briefje voor de koerier: ‘{note}’. Toch niet? Typ BRIEFJE WEG.").format(note=note)
    )
    return True


def _keep(turn: Turn, note: str) -> None:
    """With the address for next time, in the basket, or when that is empty on the order that is on its way."""
    turn.person.place = turn.person.place or blank()
    turn.person.place.note = note
    turn.store.save_person(turn.person)
    if turn.basket.lines and turn.basket.place.postcode:
        turn.basket.choose(place=_noted(turn.basket.place, note))
    order = None if turn.basket.lines else _under_way(turn)
    if order is not None:
        order.place = _noted(order.place, note)
        turn.store.save(order)


def _noted(place: Place, note: str) -> Place:
    place = copy(place)
    place.note = note
    return place


def _under_way(turn: Turn) -> Order | None:
    orders = turn.store.orders_of(turn.person.id, turn.conversation.square, 3)
    return next((one for one in orders if one.status in _UNDER_WAY and one.place.postcode), None)
