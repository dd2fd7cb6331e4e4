"""What residents say that orders nothing, answered by its kind and by where their order stands. Nothing goes into a basket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from catalog.reading import Line, Question
from catalog.reading.remarks import remark
from conversations import interrupts
from conversations.flows import address, answers, moments
from conversations.steps import Step
from conversations.turn import Turn
from conversations.wishes import Wish
from notifications import receipts
from notifications.texts import plain
from orders.order import ORDER_BUTTON, Order, Status

#: How long after it came something may be wrong with an order; as long as one may send things back.
AFTERWARDS = timedelta(days=14)


def hear(turn: Turn, standing: Step) -> Step | None:
    """Answer a remark; None when the message is something else, or the remark makes no sense here."""
    from conversations.flows.checkout import Review, refreshed
    from conversations.flows.ordering import Counter, Quiet, drop_first, pending_of

    kind = _kind(turn)
    pending = pending_of(standing)
    if pending and kind == "never_mind":
        return drop_first(turn, pending)
    if kind == "state" and not isinstance(standing, Review) and (turn.basket.lines or pending):
        turn.say(turn._("Er is nog niets besteld. Ik heb eerst nog een vraag."))
        return refreshed(turn, standing)
    said = _chooses(turn, kind, pending) if pending and kind in _CHOOSING else _ANSWERS[kind](turn) if kind in _ANSWERS else ""
    if not said:
        return None
    turn.say(said)
    if turn.basket.lines or pending:
        return refreshed(turn, standing)
    return Counter() if kind in _OPENING else Quiet()


def _chooses(turn: Turn, kind: str, pending: tuple[Wish, ...]) -> str:
    """To who leaves the choice to us, or asks for advice: nothing is chosen for anybody."""
    if kind == "you_choose":
        return turn._("Kiezen kan ik niet voor u. Tik op een antwoord hieronder, of typ LAAT MAAR.")
    shop = turn.square.shop_by_slug[(pending[0].product or pending[0].candidates[0]).partition("/")[0]]
    return turn._("Dat weet de winkel het beste: {shop}, {phone}.").format(
        shop=shop.name, phone=shop.phone or turn._("nummer onbekend")
    )


_CHOOSING = frozenset(("you_choose", "advice"))
#: After these somebody may be about to order.
_OPENING = frozenset(("state", "back", "may_ask", "chat", "begin"))


def _kind(turn: Turn) -> str:
    """The kind of remark, when nothing in the message asks for more than an answer to it."""
    reading, aside = turn.reading, turn.aside
    if turn.choice or aside.note or aside.pay or reading.pickup or address.read_place(turn.text):
        return ""
    kind = remark(turn.text)
    if kind == "advice":
        return kind if not reading.lines else ""
    if reading.pickup is False and kind not in _OF_WHAT_CAME:
        return ""
    if any(_orders(line, kind) for line in reading.lines) or any(_answerable(turn, one) for one in reading.questions):
        return ""
    return kind if reading.lines or reading.intent in ("other", "question", _BESIDE.get(kind)) else ""


#: What these kinds may be read as besides: "het betalen lukt niet" asks for help, "dat hoeft niet meer" takes nothing out.
_BESIDE = {"pay_trouble": "help", "never_mind": "remove", "you_choose": "yes"}


#: Here "bezorgd" asks for no delivery.
_OF_WHAT_CAME = frozenset(("trouble", "content", "state"))


#: What these say is seldom beside goods.
_SURE = frozenset(("trouble", "pay_trouble", "content", "chat"))


def _orders(line: Line, kind: str) -> bool:
    """Whether a line is about goods that are sold here. "Even kijken, mango" may be, although there is none."""
    known = bool(line.product or line.candidates or line.refused) or line.op != "add"
    return known or not (kind in _SURE or remark(line.said) == kind)


def _answerable(turn: Turn, question: Question) -> bool:
    """Whether the square's data hold an answer: "hebben jullie het ontvangen" is asked like "hebben jullie kaas"."""
    return question.topic not in ("other", "stock") or (question.topic == "stock" and answers.names_goods(turn, question))


# --- where the order stands ----------------------------------------------------------------------------------------------


def _lately(turn: Turn) -> Order | None:
    """The order that something can be wrong with: on the way, or brought not long ago."""
    for order in turn.store.orders_of(turn.person.id, turn.square.slug, 3):
        when = receipts.departure_of(order, turn.square)
        if order.status in (Status.ON_THE_WAY, Status.DELIVERED) and when and turn.now - when.ends_at < AFTERWARDS:
            return order
    return None


def _trouble(turn: Turn) -> str:
    """The coordinators read it in the resident's own words."""
    if turn.basket.lines:
        return _wrong(turn)
    order = _lately(turn)
    if order is None:
        coming = answers.latest(turn)
        return answers.status_text(turn, coming) if coming else ""
    text = turn._("{name} schrijft over bestelling {number}: ‘{text}’. Wilt u bellen?").format(
        name=plain(order.place.name or turn.person.name or "?", 40), number=order.number, text=plain(turn.text, 120)
    )
    interrupts.tell_coordinators(turn, text)
    return turn._("Wat vervelend. Ik heb het doorgegeven. {who}").format(who=interrupts.human_offer(turn))


def _pay_trouble(turn: Turn) -> str:
    order = answers.latest(turn)
    if order is not None and not order.due_cents:
        return turn._("Bestelling {number} is betaald. U hoeft niets te doen.").format(number=order.number)
    if order is not None and order.payment.way == "door":
        return turn._("Bestelling {number} betaalt u aan de deur.").format(number=order.number)
    return f"{answers.payment(turn)} {interrupts.human_offer(turn)}"


def _away(turn: Turn) -> str:
    order = None if turn.basket.lines else answers.latest(turn)
    note = turn._("Typ BRIEFJE en waar het mag staan.")
    if order is None:
        return turn._("Bent u er dan niet? Kies een andere dag, of typ BRIEFJE en waar het mag staan.")
    return f"{answers.status_text(turn, order)} {turn._('Bent u er dan niet?')} {note} {_no_other_day(turn, order)}"


def _no_other_day(turn: Turn, order: Order) -> str:
    """What somebody can do for whom the moment of a placed order does not suit."""
    until = _cancels_until(turn, order)
    if not until:
        return turn._("Liever een andere dag? Typ BEL MIJ.")
    return turn._("Liever een andere dag? Typ ANNULEREN en bestel opnieuw. Dat kan {until}.").format(until=until)


def other_moment(turn: Turn) -> bool:
    """A day, or fetching, said beside a placed order with nothing new in the basket. True when that was answered."""
    order = None if turn.basket.lines or turn.reading.lines else answers.latest(turn)
    when = turn.reading.when
    if order is None or (when is None and turn.reading.pickup is None):
        return False
    turn.say(answers.status_text(turn, order))
    planned = receipts.departure_of(order, turn.square)
    same = when is not None and planned is not None and (when.day is None or bool(moments.matching(when, [planned])))
    if not same:
        turn.say(_no_other_day(turn, order))
    return True


def placed_already(turn: Turn) -> bool:
    """Something must come out of an order that was placed, and nothing lies in the basket. True when that was answered."""
    order = None if turn.basket.lines or turn.reading.intent not in ("remove", "change") else answers.latest(turn)
    moved = turn.reading.intent == "change" and turn.reading.when is not None  # answered as another moment
    if order is None or moved or any(line.op == "add" for line in turn.reading.lines):
        return False
    text = turn._("Bestelling {number} is al geplaatst. Daar kan ik niets meer aan veranderen.").format(number=order.number)
    turn.say(f"{text} {_no_other_way(turn, order)}")
    return True


def _no_other_way(turn: Turn, order: Order) -> str:
    """What somebody can do who wants something out of an order that was placed."""
    until = _cancels_until(turn, order)
    if not until:
        return turn._("Typ BEL MIJ, dan belt een mens u.")
    return turn._("Typ ANNULEREN en bestel opnieuw. Dat kan {until}.").format(until=until)


def _cancels_until(turn: Turn, order: Order) -> str:
    """Until when a placed order can be cancelled, as ``vandaag tot 18.00 uur``; empty when it no longer can be."""
    when = receipts.departure_of(order, turn.square)
    if when is None or when.closes_at <= turn.now or order.status not in (Status.PLACED, Status.ACCEPTED):
        return ""
    return moments.last_moment(when, turn.now.date(), turn._)


def _never_mind(turn: Turn) -> str:
    order = answers.latest(turn)
    if turn.basket.lines:
        return turn._("Wat hoeft niet? Typ FOUT en het nummer van de regel. ANNULEREN maakt het hele mandje leeg.")
    if order is None:
        return turn._("Goed.")
    return turn._("Goed. Bestelling {number} blijft staan. Wilt u die niet meer? Typ ANNULEREN.").format(number=order.number)


def _wrong(turn: Turn) -> str:
    if turn.basket.lines:
        return turn._("Welke regel is fout? Typ bijvoorbeeld: FOUT 2. Dan haal ik regel 2 weg.")
    return _trouble(turn) if _lately(turn) else ""


def _state(turn: Turn) -> str:
    if turn.basket.lines:
        return turn._("Er is nog niets besteld. Tik op ‘{button}’ of typ die woorden.").format(button=ORDER_BUTTON)
    order = answers.latest(turn)
    if order is None:
        return turn._("Ja, ik ben er. Typ wat u wilt bestellen, of typ HULP.")
    todo = answers.payment(turn) if order.payable else turn._("U hoeft nu niets te doen.")
    return f"{answers.status_text(turn, order)} {todo}"


def _what(turn: Turn) -> str:
    order = answers.latest(turn)
    return "" if turn.basket.lines or order is None else answers.order_text(turn, order)


def _sooner(turn: Turn) -> str:
    order = None if turn.basket.lines else answers.latest(turn)
    if order is not None:
        return f"{answers.status_text(turn, order)} {_no_other_day(turn, order)}"
    return answers.rounds(turn) + " " + turn._("Typ de dag die u wilt.")


def _trust(turn: Turn) -> str:
    text = turn._("Ik vraag alleen wat nodig is om te bezorgen, en nooit uw pincode. {operator} regelt het plein. {who}")
    return text.format(operator=turn.square.operator.name or turn.square.name, who=interrupts.human_offer(turn))


def _waiting(turn: Turn) -> str:
    if turn.basket.lines:
        return turn._("Neem rustig de tijd. Uw mandje blijft staan.")
    return turn._("Ik laat het weten als er iets verandert.") if answers.latest(turn) else turn._("Neem rustig de tijd.")


def _dear(turn: Turn) -> str:
    fewer = " " + turn._("Iets weglaten? Typ FOUT en het nummer van de regel.") if turn.basket.lines else ""
    return turn._("De winkels bepalen zelf hun prijzen.") + fewer


_ANSWERS: dict[str, Callable[[Turn], str]] = {
    "trouble": _trouble,
    "pay_trouble": _pay_trouble,
    "away": _away,
    "never_mind": _never_mind,
    "wrong": _wrong,
    "calls": interrupts.human_offer,
    "state": _state,
    "waiting": _waiting,
    "what": _what,
    "sooner": _sooner,
    "trust": _trust,
    "pity": lambda turn: turn._("Dat is jammer."),
    "dear": _dear,
    "back": lambda turn: turn._("Fijn dat u er weer bent."),
    "content": lambda turn: turn._("Fijn om te horen."),
    "begin": lambda turn: turn._("Typ gewoon wat u wilt, bijvoorbeeld: 1 heel volkoren en een half pond kaas."),
    "fine": lambda turn: turn._("Goed."),
    "farewell": lambda turn: turn._("Tot dan."),
    "may_ask": lambda turn: turn._("Ja hoor, vraag maar."),
    "chat": lambda turn: turn._("Ik lees het. Ik ben een computer en weet alleen van boodschappen."),
}
