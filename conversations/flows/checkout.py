"""From basket to promise: the moment, the address, the summary, and the one button that orders.

"ja", "prima" or a thumb never place an order: only the button, or its words typed (BW 6:230v lid 3; CJEU C-249/21).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from catalog.square import Departure
from conversations import shopwords
from conversations.flows import address, moments, pickup, placing
from conversations.steps import Ask, Step, step
from conversations.turn import CONCLUDES, Turn
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import Translate, capital, day_and_hours, euros, line_price, weekday_name
from orders.lines import Place
from orders.order import ORDER_BUTTON, Status
from orders.prices import fee_for, refresh


def next_step(turn: Turn) -> Step:
    """What the order still needs: a moment (the first possible one is proposed), an address, then the summary."""
    from conversations.flows.ordering import Counter

    _bring_up_to_date(turn)
    if not turn.basket.lines:
        return Counter()
    if not _has_moment(turn):
        options = moments.open_departures(turn)
        if not options:
            turn.say(turn._("Deze bestelling past in geen enkele rit van de komende 2 weken. Haal iets weg, of typ BEL MIJ."))
            return Stuck()
        _say_gone(turn)
        turn.basket.choose(departure=_proposed(turn, options).key)
    return _where_to(turn) or _priced(turn)


def _proposed(turn: Turn, options: list[Departure]) -> Departure:
    """The first ride; or that of an order that is still to come: two on one day cost no second delivery."""
    coming = [one.departure for one in turn.store.orders_of(turn.person.id, turn.square.slug, 3) if one.status in _TO_COME]
    return next((one for one in options if one.key in coming), options[0])


_TO_COME = (Status.PLACED, Status.ACCEPTED)


def _where_to(turn: Turn) -> Step | None:
    """The question about the place, when it is still open; an address given before is used again."""
    order, points = turn.basket, turn.square.delivery.pickup_points
    if order.place.pickup and order.place.pickup not in points:
        if len(points) > 1:
            return pickup.WhichPickup()
        order.choose(place=pickup.at_point(turn, points[0]) if points else address.blank())
    if not (order.place.pickup or order.place.postcode):
        if not _known_place(turn):
            return AskAddress()
        order.choose(place=copy(turn.person.place))
    return None


def _say_gone(turn: Turn) -> None:
    """The round that was chosen closed or filled up meanwhile."""
    gone = receipts.departure_of(turn.basket, turn.square)
    if gone is not None:
        when = capital(day_and_hours(gone, turn._))
        turn.say(turn._("{when}: dat kan niet meer. Ik koos de eerste rit daarna.").format(when=when))


def _known_place(turn: Turn) -> bool:
    place = turn.person.place
    return bool(place and place.postcode and not turn.person.verify and turn.square.delivery.covers(place.postcode))


def _has_moment(turn: Turn) -> bool:
    return any(one.key == turn.basket.departure for one in moments.still_open(turn))


def _bring_up_to_date(turn: Turn) -> None:
    """Prices may have changed since the line went in; say so before anything is promised."""
    changed = refresh(turn.basket, turn.square)
    for old in changed:
        line = turn.basket.line(old.number)
        if line is not None and line.sold_out:
            turn.say(turn._("{name} is niet meer te koop. Ik haalde het uit uw mandje.").format(name=old.name))
        elif line is not None:
            turn.say(
                turn._("De prijs van {name} is veranderd: {price}.").format(name=line.name, price=line_price(line, turn._))
            )
    for gone in [line for line in turn.basket.lines if line.sold_out]:
        turn.basket.remove(gone.number)


def _priced(turn: Turn) -> Step:
    """Delivery cost and minimum; then the summary of exactly this version."""
    order, rules = turn.basket, turn.square.delivery
    if order.payment.way == "door" and not _pays_at_door(turn):
        turn.say(_not_at_door(turn))
        order.payment.way = "online"
        order.choose()
    fee = fee_for(turn.square, order, shares_round=_shares_round(turn))
    if fee != order.fee_cents:
        order.fee_cents = fee
        order.version += 1
    if rules.minimum_cents and order.goods_cents < rules.minimum_cents and not order.place.pickup:
        short = euros(rules.minimum_cents - order.goods_cents)
        turn.say(receipts.basket(order, turn.square))
        turn.say(
            turn._("Bezorgen kan vanaf {minimum}. U hebt nog {short} nodig.").format(
                minimum=euros(rules.minimum_cents), short=short
            )
            + (" " + turn._("Of typ: ik haal het op.") if rules.pickup_points else "")
        )
        return Stuck()
    return Review(order.version)


def _shares_round(turn: Turn) -> bool:
    others = turn.store.orders_of(turn.person.id, turn.square.slug)
    alive = (Status.PLACED, Status.ACCEPTED)
    return any(one.departure == turn.basket.departure and one.status in alive and not one.place.pickup for one in others)


def refreshed(turn: Turn, standing: Step) -> Step:
    """The same step again after a side remark; a summary is always that of the basket as it is now."""
    return next_step(turn) if isinstance(standing, Review) else standing


def hear_moment(turn: Turn) -> bool:
    """Take a day or hour from the message. Nothing rides then: say why, and the proposal stays."""
    when = turn.reading.when
    if when is None:
        return False
    fits = moments.matching(when, moments.open_departures(turn, days=35))
    if fits:
        sure = when.soonest or (len({one.day for one in fits}) == 1 and not when.ambiguous)
        _choose(turn, fits[0], sure=sure)
    else:
        turn.say(moments.why_none(turn, when))
    return True


def _choose(turn: Turn, departure: Departure, *, sure: bool) -> None:
    turn.basket.choose(departure=departure.key)
    if not sure:
        turn.say(turn._("Ik weet niet zeker welke dag u bedoelt. Klopt de dag hieronder niet? Typ dan de datum."))


def hear_place(turn: Turn) -> bool:
    """Take "ophalen", "bezorgen" or an address from the message."""
    if turn.reading.pickup is True:
        return pickup.pick_up(turn)
    place = address.read_place(turn.aside.rest)
    if place is not None and turn.square.delivery.covers(place.postcode):
        address.keep(turn, place)
        return True
    if place is not None and shopwords.hear(turn.text) is None:  # "1000 OP 2" is a shop's answer in the wrong place
        turn.say(_outside(turn, place))
        return True
    if turn.reading.pickup is False and turn.basket.place.pickup:
        turn.basket.choose(place=address.blank())
        return True
    return False


def _outside(turn: Turn, place: Place) -> str:
    """That this address lies outside the area, and what can be done instead."""
    points = turn._(" of ").join(turn.square.delivery.pickup_points)
    fetch = turn._("Ophalen kan wel: {point}. Typ dan: ik haal het op.").format(point=points) if points else ""
    return f"{_not_there(turn, place)} {fetch}".strip()


def _not_there(turn: Turn, place: Place) -> str:
    return turn._("Op {code} bezorgen wij niet.").format(code=f"{place.postcode[:4]} {place.postcode[4:]}")


def hear_pay_way(turn: Turn) -> bool:
    """Take "ik betaal aan de deur" or "toch via de bank" from the message."""
    way = turn.aside.pay
    if not way:
        return False
    if way == "door" and not _pays_at_door(turn):
        turn.say(_not_at_door(turn))
    elif way != turn.basket.payment.way:
        turn.basket.payment.way = way
        turn.basket.choose()
    return True


def _pays_at_door(turn: Turn) -> bool:
    """Whether somebody can take the money: the courier at a front door; nobody is known to do so at a pickup point."""
    return turn.square.delivery.pay_at_door and not turn.basket.place.pickup


def _not_at_door(turn: Turn) -> str:
    if turn.basket.place.pickup:
        return turn._("Betalen bij het ophalen kan niet. U betaalt via uw bank.")
    return turn._("Betalen aan de deur kan hier niet. U betaalt via uw bank.")


def yes(turn: Turn, standing: Step) -> Step:
    """ "ja" is no order: say which words are."""
    from conversations.flows.ordering import pending_of

    if isinstance(standing, Review):
        turn.say(
            turn._("Bijna klaar. Tik op ‘{button}’ of typ die woorden. Dan is uw bestelling echt.").format(button=ORDER_BUTTON)
        )
        return next_step(turn)
    if pending_of(standing):
        turn.miss()
        return standing
    turn.say(turn._("Goed."))
    return refreshed(turn, standing)


def typed_the_button(turn: Turn, standing: Step) -> Step:
    """The words of the button, typed: they count only right under a summary, and not with another question on the table."""
    if isinstance(standing, Review) and any(one.value.startswith(CONCLUDES) for one in turn.conversation.choices):
        return placing.place(turn, standing.version)
    turn.say(turn._("Eerst laat ik zien wat u bestelt.") if turn.basket.lines else turn._("Uw mandje is nog leeg."))
    return next_step(turn)


@step("checkout.stuck")
@dataclass(frozen=True, slots=True)
class Stuck(Step):
    """The basket cannot be ordered as it is; the resident changes it by typing."""

    def ask(self, turn: Turn) -> Ask:
        return Ask(turn._("Wat wilt u veranderen?"), (Choice(turn._("Bel mij"), "callme"),))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import take

        return take(turn, self)


@step("checkout.moment")
@dataclass(frozen=True, slots=True)
class ChooseMoment(Step):
    """Which round, or fetch it yourself."""

    def ask(self, turn: Turn) -> Ask:
        options = moments.open_departures(turn)[:8]
        choices = [Choice(_short(one, turn._), f"departure:{one.key}", day_and_hours(one, turn._)) for one in options]
        if turn.square.delivery.pickup_points and not turn.basket.place.pickup:
            choices.append(Choice(turn._("Ophalen"), "pickup", turn.square.delivery.pickup_points[0][:72]))
        if turn.basket.place.pickup:
            choices.append(Choice(turn._("Toch laten bezorgen"), "deliver"))
        return Ask(turn._("Wanneer wilt u het hebben?"), tuple(choices))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import take

        kind, _, value = (turn.choice or "").partition(":")
        if kind == "departure":
            if all(one.key != value for one in moments.open_departures(turn)):
                turn.say(turn._("Die rit is intussen vol of gesloten."))
                return self
            turn.basket.choose(departure=value)
        elif kind == "pickup":
            pickup.pick_up(turn)
        elif kind == "deliver":
            turn.basket.choose(place=address.blank())
        else:
            return take(turn, self)
        return next_step(turn)


def _short(departure: Departure, _: Translate) -> str:
    date_ = f"{weekday_name(departure.day.weekday(), _)[:2]} {departure.day.day}-{departure.day.month}"
    return _("{day}, {starts}-{ends} uur").format(day=date_, starts=departure.round.starts.hour, ends=departure.round.ends.hour)


@step("checkout.address")
@dataclass(frozen=True, slots=True)
class AskAddress(Step):
    """Where it must go. Postcode and house number are enough; a name, street, phone or note may come along.

    ``half``: an address without postcode or house number; the next message may be the other half.
    """

    half: str = ""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        departure = receipts.departure_of(turn.basket, turn.square)
        hint = turn._("Ik reken op {when}.").format(when=day_and_hours(departure, turn._)) if departure else ""
        can_fetch = bool(turn.square.delivery.pickup_points)
        choices = (Choice(turn._("Ik haal het op"), "pickup"),) if can_fetch else ()
        question = turn._("Waar mag het heen? Typ uw straat, huisnummer en postcode, bijvoorbeeld: Dorpsstraat 12, 3981 AB.")
        return Ask(f"{hint} {question}".strip(), choices)

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import take

        if turn.choice == "pickup":
            pickup.pick_up(turn)
            return next_step(turn)
        place = address.read_place(turn.aside.rest) or address.joined(turn, self.half)
        if place is None:
            return self._no_address(turn) if address.looks_like_one(turn.text) else take(turn, self)
        if not turn.square.delivery.covers(place.postcode):
            turn.say(_not_there(turn, place))
            return pickup.OutsideArea() if turn.square.delivery.pickup_points else self
        address.keep(turn, place)
        return AskName() if not turn.person.name else next_step(turn)

    def _no_address(self, turn: Turn) -> Step:
        turn.miss()
        turn.say(address.what_is_missing(turn, f"{self.half} {turn.text}".strip()))
        return AskAddress(turn.text[:60].strip())


@step("checkout.name")
@dataclass(frozen=True, slots=True)
class AskName(Step):
    """The channel gave no name; the courier needs one."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        return Ask(turn._("Wat is uw naam? Die heeft de koerier nodig."))

    def hear(self, turn: Turn) -> Step:
        name = address.read_name(turn.text)
        if name is None:
            turn.miss()
            return self
        turn.person.name = name
        turn.store.save_person(turn.person)
        if turn.basket.place.postcode:
            place = copy(turn.basket.place)
            place.name = name
            turn.basket.choose(place=place)
        return next_step(turn)


@step("checkout.review")
@dataclass(frozen=True, slots=True)
class Review(Step):
    """The complete summary with the order button directly under it. ``version`` is what the button stands for."""

    version: int
    numbered = False  # a typed "1" must never order

    def ask(self, turn: Turn) -> Ask:
        order = turn.basket
        text = turn._("Dit is uw bestelling bij {square}:").format(square=turn.square.name)
        change = turn._("Klopt er iets niet? Typ het, bijvoorbeeld: fout 2, of: toch maar 4.")
        choices = [Choice(ORDER_BUTTON, f"{CONCLUDES}{self.version}"), Choice(turn._("Ander moment"), "moment")]
        if _pays_at_door(turn):
            other = order.payment.way == "online"
            choices.append(Choice(turn._("Betaal aan de deur") if other else turn._("Betaal via de bank"), "pay"))
        return Ask(f"{text}\n{receipts.summary(order, turn.square)}\n{change}", tuple(choices))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import take

        kind, _, value = (turn.choice or "").partition(":")
        if kind == "place":
            return placing.place(turn, int(value))
        if kind == "moment":
            return ChooseMoment()
        if kind == "pay":
            turn.basket.payment.way = "door" if turn.basket.payment.way == "online" else "online"
            turn.basket.choose()
            return next_step(turn)
        return take(turn, self)
