"""An emptied basket has a way back: TERUG, for an hour, as long as nothing new was put in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.square import AMSTERDAM
from conversations import interrupts, shopwords
from conversations.flows import basket
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from conversations.wishes import Wish
from notifications.texts import clock
from orders.lines import OrderLine

#: How long an emptied basket can be had back. Choice of this project.
FOR = timedelta(hours=1)


def empty(turn: Turn, wishes: tuple[Wish, ...], said: str) -> Step:
    """Empty the basket and forget ``wishes``, what was still asked about; ``said``: how that is told."""
    lines = tuple(_wish(line) for line in turn.basket.lines)
    turn.basket.clear()
    turn.store.save(turn.basket)
    if not (lines or wishes):
        turn.say(said)
        return Emptied()
    until = turn.now + FOR
    back = turn._("Toch niet? Typ TERUG, dan is alles er weer. Dat kan tot {time} uur, als u niets nieuws bestelt.").format(
        time=clock(until.astimezone(AMSTERDAM).time())
    )
    turn.say(f"{said} {back}")
    return Emptied(lines, wishes, until.isoformat())


def _wish(line: OrderLine) -> Wish:
    return Wish(
        line.name, line.said, product=line.product_id, amount=line.amount, asks="", options=line.options, note=line.note,
        about=line.about,
    )  # fmt: skip


@step("ordering.emptied")
@dataclass(frozen=True, slots=True)
class Emptied(Step):
    """The basket was just emptied: ``lines`` were in it, ``wishes`` were still asked about; TERUG until ``until`` (ISO)."""

    lines: tuple[Wish, ...] = ()
    wishes: tuple[Wish, ...] = ()
    until: str = ""

    def ask(self, turn: Turn) -> Ask:
        return Ask(turn._("Wat mag het zijn?"))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.ordering import Counter, take

        if shopwords.hear(turn.text) == shopwords.Said("undo"):
            return self.again(turn)
        after = take(turn, Counter())
        return self if isinstance(after, Counter) else after

    def back(self, turn: Turn) -> Step:
        return self.again(turn)

    def again(self, turn: Turn) -> Step:
        """Everything is put back, at the prices of now; once, and not among what was put in since."""
        from conversations.flows.ordering import Counter, next_step

        if turn.basket.lines:
            interrupts.no_further(turn)
            return next_step(turn)
        if not self.until or turn.now > datetime.fromisoformat(self.until):
            turn.say(turn._("Uw vorige mandje heb ik niet meer. Typ wat u wilt bestellen."))
            return Counter()
        for line in self.lines:
            product = turn.square.product_by_id.get(line.product)
            if product is None or product.withdrawn or product.sold_out:
                turn.say(turn._("{name} is op.").format(name=line.words))
            else:
                basket.put(turn, product, line.amount or 0, line)
        turn.say(turn._("Alles zit weer in uw mandje."))
        return next_step(turn, self.wishes)
