"""The courier: a ride is offered, confirmed with a tap, and then led stop by stop. No hurry in any word.

Addresses are shown on the day itself only. FOUT opens the last stop again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from catalog.square import AMSTERDAM
from conversations import courierwords, interrupts
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications import ready, receipts, schedule
from notifications.messages import Choice
from notifications.texts import count, day_and_hours, euros, names, plain
from orders.order import NotAllowed, Order, Status
from orders.run import Run, RunStatus, Stop, plan_stops

#: After a ride addresses may be needed to mend a mistake, not longer.
AFTERWARDS = timedelta(hours=2)
JUST_NOW = timedelta(minutes=15)


def home(turn: Turn) -> Step:
    """At the ride that is going on, else waiting for one."""
    return Riding() if _running(turn) else Waiting()


def _is_courier(turn: Turn) -> bool:
    return any(role.role == "courier" and role.square == turn.conversation.square for role in turn.roles)


def _mine(turn: Turn) -> list[Run]:
    return [run for run in turn.store.runs_of(turn.person.id) if run.square == turn.conversation.square]


def _running(turn: Turn) -> Run | None:
    return next((run for run in _mine(turn) if run.status is RunStatus.STARTED and _may_see(turn, run)), None)


def _may_see(turn: Turn, run: Run) -> bool:
    """Addresses: only whose ride it is, on the day itself; after the last stop until two hours after the round's end.

    A ride that ended late can be mended for a quarter of an hour after the courier's last message.
    """
    when = receipts.departure_named(turn.square, run.departure)
    if run.courier != turn.person.id or when is None or when.day != turn.now.astimezone(AMSTERDAM).date():
        return False
    last = turn.conversation.updated_at
    just_now = last is not None and turn.now - last <= JUST_NOW
    return run.status is not RunStatus.FINISHED or turn.now <= when.ends_at + AFTERWARDS or just_now


def _next_taken(turn: Turn) -> Run | None:
    taken = [run for run in _mine(turn) if run.status is RunStatus.TAKEN and run.courier == turn.person.id]
    return min(taken, key=lambda run: run.departure, default=None)


def tapped(turn: Turn, args: list[str]) -> Step | None:
    """``run:<verb>:<departure>`` from an offer, a reminder or a stop."""
    if not _is_courier(turn):
        turn.say(turn._("U bent geen koerier op dit plein."))
        return None
    turn.conversation.hat = "courier"
    verb, departure = args[0], args[1] if len(args) > 1 else ""
    return _act(turn, verb, turn.store.run(turn.conversation.square, departure), args[2] if len(args) > 2 else "")


def _act(turn: Turn, verb: str, run: Run | None, stop: str = "") -> Step:
    if verb not in _ACTS or run is None:
        turn.say(turn._("Deze rit is er niet (meer)."))
        return home(turn)
    try:
        _ACTS[verb](turn, run, stop)
    except NotAllowed as why:
        turn.say(why.said(turn._))
    turn.store.save_run(run)
    return home(turn)


def _yes(turn: Turn, run: Run, stop: str) -> None:
    if turn.person.id not in run.asked:
        raise NotAllowed(turn._("Deze rit is niet aan u gevraagd."))
    if run.courier == turn.person.id:
        turn.say(turn._("U rijdt al. Bedankt."))
        return
    run.take(turn.person.id)
    when = receipts.departure_named(turn.square, run.departure)
    text = turn._("Fijn, u rijdt op {when}. Ik stuur u vooraf een bericht. Kunt u toch niet? Typ RUILEN.")
    if when and turn.now >= schedule.reminder_at(when, turn.square):  # that moment is past: nothing comes any more
        text = turn._("Fijn, u rijdt op {when}. Tik op Start als u bij de eerste winkel bent. Kunt u toch niet? Typ RUILEN.")
    turn.say(text.format(when=day_and_hours(when, turn._) if when else ""))


def _no(turn: Turn, run: Run, stop: str) -> None:
    had = run.courier == turn.person.id
    was_waiting = run.waiting_for == turn.person.id
    if run.status in (RunStatus.STARTED, RunStatus.FINISHED):
        raise NotAllowed(turn._("Deze rit is al begonnen. Is er iets mis? Typ HULP."))
    run.decline(turn.person.id)
    when = receipts.departure_named(turn.square, run.departure)
    text = turn._("Goed, u rijdt niet op {when}. Ik vraag een ander. Toch wel? Typ JA.")
    turn.say(text.format(when=day_and_hours(when, turn._) if when else ""))
    if had or was_waiting:
        turn.store.save_run(run)
        turn.notices += schedule.offer_next(run, turn.store, turn.now, dropped_out=had)


def _start(turn: Turn, run: Run, stop: str) -> None:
    when = receipts.departure_named(turn.square, run.departure)
    if run.courier != turn.person.id:
        raise NotAllowed(turn._("Deze rit is niet van u."))
    if when is None or when.day != turn.now.astimezone(AMSTERDAM).date():
        raise NotAllowed(turn._("Deze rit is op een andere dag. De adressen ziet u op de dag zelf."))
    orders = _orders_to_ride(turn, run)
    if not orders:
        raise NotAllowed(turn._("Er zijn geen bestellingen voor deze rit. U bent klaar."))
    run.start(plan_stops(turn.square, orders))


def _orders_to_ride(turn: Turn, run: Run) -> list[Order]:
    """Placed orders that are paid or will be at the door; an unpaid one rides as door payment where the square allows that.

    At a pickup point nobody takes money: there the pay button stays.
    """
    riding = []
    for order in turn.store.orders_in(run.square, run.departure):
        if order.status not in (Status.PLACED, Status.ACCEPTED):
            continue
        if order.payment.way == "online" and order.due_cents:
            if not turn.square.delivery.pay_at_door:
                interrupts.tell_coordinators(
                    turn, turn._("Bestelling {n} is niet betaald en rijdt niet mee.").format(n=order.number)
                )
                continue
            if not order.place.pickup:
                order.payment.way = "door"
                turn.store.save(order)
        riding.append(order)
    return riding


def _done(turn: Turn, run: Run, stop: str) -> None:
    _finish(turn, run, stop, not_home=False)


def _not_home(turn: Turn, run: Run, stop: str) -> None:
    if run.current is not None and run.current.kind == "pickup":
        raise NotAllowed(turn._("U bent nog bij een winkel. Is de winkel dicht? Typ HULP."))
    _finish(turn, run, stop, not_home=True)


def _finish(turn: Turn, run: Run, stop: str, *, not_home: bool) -> None:
    """Close the stop that the button belonged to; a second tap on the same button changes nothing."""
    if run.courier != turn.person.id:
        raise NotAllowed(turn._("Deze rit is niet van u."))
    if stop and run.current is not None and stop != str(run.stops.index(run.current)):
        turn.say(turn._("Die halte had u al gehad."))
        return
    closed = run.finish_stop("not_home" if not_home else "done")
    if closed.kind == "drop":
        order = turn.store.order(closed.order_id)
        order.not_home() if not_home else order.deliver(door_cents=_door_cents(order), by=turn.person.id)
        turn.store.save(order)
        text = turn._("Bestelling {number}: niemand thuis. Klopt dat niet? Typ FOUT.") if not_home else turn._(
            "Bestelling {number} is bezorgd. Klopt dat niet? Typ FOUT.")  # fmt: skip
        turn.say(text.format(number=order.number))
    elif not run.pickups_left:
        _leave(turn, run)
    if run.status is RunStatus.FINISHED:
        turn.say(turn._("De rit is klaar. Dank u wel!"))


def _door_cents(order: Order) -> int:
    return order.due_cents if order.payment.way == "door" else 0


def _leave(turn: Turn, run: Run) -> None:
    for one in run.stops:
        if one.kind == "drop":
            order = turn.store.order(one.order_id)
            if order.status in (Status.PLACED, Status.ACCEPTED):
                order.leave()
                turn.store.save(order)


def _undo(turn: Turn, run: Run, stop: str) -> None:
    if run.courier != turn.person.id:
        raise NotAllowed(turn._("Deze rit is niet van u."))
    if not _may_see(turn, run):
        raise NotAllowed(turn._("Deze rit is voorbij. Typ HULP als er iets mis is."))
    before = run.last_done
    was = before.outcome if before else ""
    opened = run.undo_stop()
    if opened.kind == "drop" and was == "done":
        order = turn.store.order(opened.order_id)
        order.undo_delivery()
        turn.store.save(order)
    turn.say(turn._("Teruggedraaid."))


_ACTS: dict[str, Callable[[Turn, Run, str], None]] = {
    "yes": _yes, "no": _no, "swap": _no, "start": _start, "done": _done, "not_home": _not_home, "undo": _undo,
}  # fmt: skip


def _hear(turn: Turn, standing: Step) -> Step:
    if not _is_courier(turn):
        turn.say(turn._("U bent geen koerier (meer) op dit plein."))
        return standing
    verb = courierwords.hear(turn.text)
    if (elsewhere := interrupts.in_other_words(turn, standing)) is not None:
        return elsewhere
    if verb in _SAID:
        _SAID[verb](turn)
        return home(turn)
    run = _run_for(turn, verb) if verb else None
    if verb and run is None:
        turn.say(_nothing_for(turn, verb))
        return home(turn)
    if verb and run:
        return _act(turn, verb, run)
    turn.miss()
    turn.say(
        turn._("Dat begreep ik niet. Typ KLAAR, NIET THUIS, FOUT of HULP.")
        if _running(turn)
        else turn._(
            "Dat begreep ik niet. Typ JA of NEE als ik u een rit vraag. RIT is uw volgende rit. RUILEN: u kunt toch niet."
        )
    )
    return standing


def _nothing_for(turn: Turn, verb: str) -> str:
    """Why a word changes nothing now."""
    if _running(turn) and verb in ("yes", "start"):
        return turn._("U bent onderweg. Klaar bij deze halte? Tik dan op Klaar.")
    if _running(turn):
        return turn._("U bent onderweg. Kunt u niet verder? Typ HULP.")
    if verb == "yes" and _next_taken(turn):
        return turn._("U rijdt al. Bedankt.")
    return turn._("Daar is nu geen rit voor.")


def _show(turn: Turn) -> None:
    """Where the courier stands is asked below; the ride that was offered and not answered is named here."""
    offered = _offered(turn)
    if offered and not _running(turn) and not _next_taken(turn):
        when = receipts.departure_named(turn.square, offered.departure)
        turn.say(turn._("Ik vroeg u voor {when}. Rijdt u dan? Typ JA of NEE.").format(
            when=day_and_hours(when, turn._) if when else ""))  # fmt: skip


def _neighbours(turn: Turn) -> None:
    turn.say(turn._("Niet aan de deur afgegeven? Doe een briefje in de bus en tik op Klaar. Anders tikt u op Niet thuis."))


def _question(turn: Turn) -> None:
    """Most answers stand in the stop that is shown below; a person knows the rest."""
    turn.say(turn._("Wat ik weet, staat in uw rit. {who}").format(who=interrupts.human_offer(turn)))


def _trouble(turn: Turn) -> None:
    """Something is wrong on the road or at a door: the coordinators read the courier's own words."""
    text = turn._("Koerier {name} schrijft: {text}. Wilt u bellen?")
    interrupts.tell_coordinators(turn, text.format(name=plain(turn.person.name or "?", 40), text=f"‘{plain(turn.text, 80)}’"))
    turn.say(turn._("Ik heb het doorgegeven. {who}").format(who=interrupts.human_offer(turn)))


def _polite(turn: Turn) -> None:
    return None


_SAID: dict[str | None, Callable[[Turn], None]] = {
    "show": _show, "neighbours": _neighbours, "trouble": _trouble, "polite": _polite, "question": _question,
}  # fmt: skip


def _offered(turn: Turn) -> Run | None:
    """The nearest ride this courier was asked for and that nobody has taken."""
    asked = [run for run in _mine(turn) if run.status is RunStatus.OPEN and turn.person.id in run.asked]
    return min(asked, key=lambda run: run.departure, default=None)


def _run_for(turn: Turn, verb: str) -> Run | None:
    """The run a typed word is about: the offer that waits, the ride that goes on, or the next one taken."""
    if verb == "swap":
        return _next_taken(turn) or (None if _running(turn) else _offered(turn))
    if verb in ("yes", "no"):
        return _offered(turn) or (_next_taken(turn) if verb == "no" and not _running(turn) else None)
    if verb == "start":
        return _next_taken(turn)
    mine = [run for run in _mine(turn) if run.courier == turn.person.id]
    last = [run for run in mine if run.status is RunStatus.FINISHED] if verb == "undo" else []
    return _running(turn) or max(last, key=lambda run: run.departure, default=None)


@step("courier.waiting")
@dataclass(frozen=True, slots=True)
class Waiting(Step):
    """No ride goes on: the next one, or none."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        run = _next_taken(turn)
        when = receipts.departure_named(turn.square, run.departure) if run else None
        today = when is not None and when.day == turn.now.astimezone(AMSTERDAM).date()
        choices = (Choice(turn._("Start"), f"run:start:{run.departure}"),) if run and today else ()
        if turn.paragraphs:
            return Ask("", choices)
        if run is None or when is None:
            return Ask(turn._("U hebt nu geen rit. Ik vraag u als er een is."))
        return Ask(turn._("Uw volgende rit: {when}.").format(when=day_and_hours(when, turn._)), choices)

    def hear(self, turn: Turn) -> Step:
        return _hear(turn, self)


@step("courier.riding")
@dataclass(frozen=True, slots=True)
class Riding(Step):
    """One stop per message: where, what to do there, three buttons."""

    numbered = False

    def ask(self, turn: Turn) -> Ask:
        run = _running(turn)
        stop = run.current if run else None
        if run is None or stop is None:
            return Ask(turn._("U hebt nu geen rit. Ik vraag u als er een is."))
        place = run.stops.index(stop)
        text = _pickup_text(turn, run, stop) if stop.kind == "pickup" else _drop_text(turn, stop)
        head = turn._("Halte {n} van {all}.").format(n=place + 1, all=len(run.stops))
        return Ask(f"{head}\n{text}", _stop_choices(turn, run, stop, place))

    def hear(self, turn: Turn) -> Step:
        return _hear(turn, self)


def _stop_choices(turn: Turn, run: Run, stop: Stop, place: int) -> tuple[Choice, ...]:
    done = Choice(turn._("Klaar"), f"run:done:{run.departure}:{place}")
    not_home = Choice(turn._("Niet thuis"), f"run:not_home:{run.departure}:{place}")
    return (done, *((not_home,) if stop.kind == "drop" else ()), Choice(turn._("Hulp"), "help"))


def _pickup_text(turn: Turn, run: Run, stop: Stop) -> str:
    shops = names([receipts.shop_name(turn.square, slug) for slug in stop.shops], turn._)
    numbers = [str(order.number) for order in _orders_at(turn, run, stop)]
    return "\n".join([
        turn._("Haal op bij: {shops}.").format(shops=shops),
        stop.address,
        turn._("Pak mee: {parcels}.").format(parcels=count(len(numbers), turn._("pakket"), turn._("pakketten"))),
        turn._("Kijk of deze nummers erop staan: {numbers}.").format(numbers=names(numbers, turn._)),
        *_not_ready(turn, run, stop),
    ])  # fmt: skip


def _not_ready(turn: Turn, run: Run, stop: Stop) -> list[str]:
    """What a shop of this stop said to have ready later than now."""
    shares = [(one, share) for one in _orders_at(turn, run, stop) for share in one.shops if share.shop in stop.shops]
    moments = [(one, ready.open_moment(share, turn.now)) for one, share in shares]
    text = turn._("Bestelling {number} is klaar om {time} uur.")
    return [text.format(number=one.number, time=ready.hour(moment)) for one, moment in moments if moment]


def _orders_at(turn: Turn, run: Run, stop: Stop) -> list[Order]:
    orders = [turn.store.order(one.order_id) for one in run.stops if one.kind == "drop"]
    return [order for order in orders if any(line.shop in stop.shops for line in order.open_lines)]


def _money_text(turn: Turn, order: Order) -> str:
    if due := _door_cents(order):
        return turn._("Vraag aan de deur: {sum}.").format(sum=euros(due))
    return turn._("U hoeft geen geld te vragen.") if order.due_cents else turn._("Al betaald.")


def _drop_text(turn: Turn, stop: Stop) -> str:
    order = turn.store.order(stop.order_id)
    parts = [
        stop.address,
        plain(order.place.name, 60),
        turn._("Let op: {note}").format(note=plain(order.place.note)) if order.place.note else "",
        turn._("Bestelling {number}, {crates}.").format(
            number=order.number, crates=count(stop.crates, turn._("krat"), turn._("kratten"))
        ),
        turn._("Bellen mag: {phone}.").format(phone=order.place.contact) if order.place.contact else "",
        _money_text(turn, order),
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)
