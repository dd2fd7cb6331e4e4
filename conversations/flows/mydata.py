"""MIJN GEGEVENS and VERGEET MIJ: what is known of a person, said to that person, and wiped when asked (AVG art. 15 and 17)."""

from __future__ import annotations

from dataclasses import dataclass

from conversations import trust
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import euros, names, plain
from orders.order import Order, Status
from orders.ports import SUSPENDED
from orders.run import RunStatus

#: Orders named one by one; older ones are counted.
MOST_NAMED = 10
_UNDER_WAY = (Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY)


def show(turn: Turn, standing: Step) -> Step:
    """Say all that is kept, how long, and how it is wiped; then on where we were."""
    place, lines = turn.person.place, [turn._("Dit weet ik van u.")]
    lines.append(turn._("Naam: {name}").format(name=plain(turn.person.name) or turn._("onbekend")))
    lines.append(turn._("Adres: {door}").format(door=plain(place.door) if place and place.postcode else turn._("onbekend")))
    if place and place.contact:
        lines.append(turn._("Telefoon: {phone}").format(phone=place.contact))
    if place and place.note:
        lines.append(turn._("Briefje: {note}").format(note=plain(place.note)))
    here = list(turn.store.addresses(turn.person.id))
    lines.append(turn._("U schrijft via: {addresses}").format(addresses=names(here, turn._)))
    turn.say("\n".join([*lines, *_roles(turn), *_orders(turn), *_habits(turn)]))
    turn.say(
        turn._(
            "Berichten wis ik na 30 dagen. Uw adres wis ik 3 maanden na uw laatste bestelling. Bestellingen blijven 7 jaar "
            "in de boekhouding. VERGEET MIJ wist alles. BEL MIJ als u het op papier wilt."
        )
    )
    return standing


def _roles(turn: Turn) -> list[str]:
    said = [turn._(trust.ROLE_NAMES[role.role.removeprefix(SUSPENDED)]) for role in turn.roles]
    return [turn._("U bent ook: {roles}").format(roles=names(list(dict.fromkeys(said)), turn._))] if said else []


def _all_orders(turn: Turn) -> list[Order]:
    return [order for square in turn.store.squares() for order in turn.store.orders_of(turn.person.id, square, 1000)]


def _orders(turn: Turn) -> list[str]:
    orders = _all_orders(turn)
    said = [f"{one.number} ({euros(one.total_cents)})" for one in orders[:MOST_NAMED]]
    if len(orders) > MOST_NAMED:
        said.append(turn._("{count} andere").format(count=len(orders) - MOST_NAMED))
    basket = [turn._("Uw mandje: {count} regels").format(count=len(turn.basket.lines))] if turn.basket.lines else []
    return basket + ([turn._("Bestellingen: {orders}").format(orders=names(said, turn._))] if said else [])


def _habits(turn: Turn) -> list[str]:
    usual = turn.store.usual(turn.person.id, turn.square.slug)
    products = turn.square.product_by_id
    said = [f"‘{plain(words, 30)}’: {products[one].name}" for words, one in usual.items() if one in products]
    return [turn._("Vaste keuzes: {habits}").format(habits="; ".join(said[:MOST_NAMED]))] if said else []


def forget(turn: Turn, standing: Step) -> Step:
    """Ask before wiping. What is still on its way needs the address, a ride its courier: those end first."""
    order = next((one for one in _all_orders(turn) if one.status in _UNDER_WAY), None)
    if order is not None:
        text = turn._("Bestelling {number} loopt nog. Die heeft uw adres nodig. Typ ANNULEREN, of VERGEET MIJ na het bezorgen.")
        turn.say(text.format(number=order.number))
        return standing
    rides = [run for run in turn.store.runs_of(turn.person.id) if run.status in (RunStatus.TAKEN, RunStatus.STARTED)]
    ride = next((run for run in rides if run.courier == turn.person.id), None)
    when = receipts.departure_named(turn.store.square(ride.square), ride.departure) if ride else None
    if ride is not None and when is not None and when.ends_at > turn.now:
        turn.say(turn._("U hebt nog een rit. Typ eerst RUILEN, of wacht tot de rit klaar is."))
        return standing
    return SureToForget()


@step("mydata.sure")
@dataclass(frozen=True, slots=True)
class SureToForget(Step):
    """Wiping cannot be undone, so it is asked."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        also = " " + turn._("U doet dan ook niet meer mee als winkelier, koerier of coördinator.") if turn.roles else ""
        return Ask(
            turn._(
                "Ik wis dan uw naam, adres, mandje, vaste keuzes en berichten. Uw bestellingen blijven in de boekhouding, "
                "zonder naam en adres. Dit kan niet terug. Weet u het zeker?"
            )
            + also,
            (Choice(turn._("Ja, wis alles"), "forget"), Choice(turn._("Nee"), "keep")),
        )

    def hear(self, turn: Turn) -> Step:
        from conversations.hats import home_of

        if turn.choice == "forget":
            turn.store.erase(turn.person.id)
            turn.say(turn._("Klaar, ik ben u vergeten. Wilt u later weer bestellen? Typ dan gewoon wat u wilt."))
            return Forgotten()
        if turn.choice == "keep":
            turn.say(turn._("Goed, ik wis niets."))
            return home_of(turn)
        turn.say(turn._("Ik heb niets gewist."))
        return home_of(turn).hear(turn)


@step("mydata.forgotten")
@dataclass(frozen=True, slots=True)
class Forgotten(Step):
    """Nobody is known here any more; whoever writes next is new."""

    def ask(self, turn: Turn) -> Ask:
        return Ask("")

    def hear(self, turn: Turn) -> Step:
        from conversations.hats import home_of

        return home_of(turn).hear(turn)
