"""The resident orders: a message becomes basket lines, questions about unclear ones, and the next thing needed.

Every message, at whatever step, may hold more lines, changes, a question or a day; :func:`take` hears all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from catalog.reading import Line
from catalog.search import usual_key
from catalog.square import Product
from conversations import interrupts
from conversations.flows import address, answers, basket, checkout, doornote, remarks, resident_after
from conversations.flows.choosing import MOST_CHOICES, in_place_of, named, product_choice, quoted
from conversations.labels import fold
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from conversations.wishes import Wish
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import measure, names, plain
from orders.lines import OrderLine

#: Unknown words named in one answer; a list of nonsense must not cost a page of bubbles.
MOST_WORDS = 2  # of what was not understood, that may be the name of goods
MOST_NAMED = 8


def home(turn: Turn) -> Step:
    """Where a resident starts or resumes: the next thing needed, or an empty counter."""
    return next_step(turn)


def next_step(turn: Turn, wishes: tuple[Wish, ...] = ()) -> Step:
    """Unclear wishes first, then whatever the order still needs; an empty basket waits for words."""
    if wishes:
        return first_question(turn, wishes)
    return checkout.next_step(turn) if turn.basket.lines else Counter()


def first_question(turn: Turn, wishes: tuple[Wish, ...]) -> Step:
    """The step that asks about the first wish."""
    return WhichOne(wishes) if wishes[0].asks == "which" else HowMuch(wishes)


def take(turn: Turn, standing: Step, pending: tuple[Wish, ...] = ()) -> Step:
    """Hear a whole message: changes, lines, moment, questions; then go on with what is still open."""
    reading = turn.reading
    if reading.place_order and not pending:
        return checkout.typed_the_button(turn, standing)
    if address.keep_phone(turn):
        return standing if pending or turn.basket.lines else Quiet()
    before = turn.basket.version
    by_word = (
        resident_after.typed(turn) or _half_said(turn, standing) or remarks.hear(turn, standing) or _by_intent(turn, standing)
    )
    if by_word is not None:
        return by_word
    if not pending and remarks.placed_already(turn):
        return Quiet()
    if not pending and remarks.other_moment(turn):
        answers.answer(turn)
        return Quiet()
    wishes = (*pending, *basket.apply(turn, turn.reading.lines))
    heard = doornote.hear(turn) | checkout.hear_pay_way(turn)
    when, where = checkout.hear_moment(turn), checkout.hear_place(turn)
    heard |= when | where | answers.answer(turn)
    if not (heard or turn.reading.lines):
        return _not_understood(turn, standing)
    if turn.aside.note and not (turn.basket.lines or wishes or turn.reading.lines):
        return Quiet()  # a note beside an order that is on its way asks for nothing more
    if not heard and _only_strange_words(turn):
        turn.miss()
    unchanged = heard and before == turn.basket.version and not wishes
    return show(turn, standing if unchanged else None, wishes, before, when=when, where=where)


def _half_said(turn: Turn, standing: Step) -> Step | None:
    """FOUT without a number, "laat die maar" about the wish that is asked about, an address without its postcode."""
    reading, said = turn.reading, fold(turn.text)
    if _LEAVE_IT.fullmatch(said) and (line := _line_named(turn, said)) is not None:
        turn.basket.remove(line.number)
        turn.say(turn._("{name} is uit uw mandje. Toch wel? Typ het gewoon opnieuw.").format(name=line.name))
        return show(turn, None, pending_of(standing), 0)
    if pending_of(standing) and _LEAVE_IT.fullmatch(said):
        return drop_first(turn, pending_of(standing))
    if said in _WRONG and turn.basket.lines:
        turn.say(turn._("Welke regel is fout? Typ bijvoorbeeld: FOUT 2. Dan haal ik regel 2 weg."))
        return checkout.refreshed(turn, standing)
    strange = _only_strange_words(turn) or not (reading.questions or reading.lines)
    if strange and address.looks_like_one(turn.text) and address.read_place(turn.text) is None:
        turn.miss()
        turn.say(address.what_is_missing(turn, turn.text) + " " + turn._("Typ alles achter elkaar: Dorpsstraat 12, 3981 AB."))
        return checkout.refreshed(turn, standing)
    return None


def _line_named(turn: Turn, said: str) -> OrderLine | None:
    """ "Laat die rosbief maar": the one line of the basket whose name has a word of it, whatever else is asked about."""
    words = [word for word in said.split() if len(word) > 3 and word not in _LEAVING]
    lines = [line for line in turn.basket.lines if any(word in fold(line.name) for word in words)]
    return lines[0] if len(lines) == 1 else None


_LEAVING = frozenset(("laat", "hoeft", "hoef", "maar", "zitten", "niet", "weg", "hoor", "toch", "meer"))
_WRONG = {"fout", "foutje", "dat is fout", "dit is fout", "klopt niet", "dat klopt niet"}
_LEAVE_IT = re.compile(
    r"(?:(?:nee|ach|och|o|oh|nou),? )*(?:laat|doe|hoeft?)\b.{0,30}\b(?:maar|zitten|weg|niet)(?: weg| zitten| hoor)*"
)


def _only_strange_words(turn: Turn) -> bool:
    """Whether nothing in the message was of any use: counts as not understood, so that a person is offered in time."""
    lines = turn.reading.lines
    return bool(lines) and all(line.op == "add" and not (line.product or line.candidates or line.refused) for line in lines)


def show(
    turn: Turn, standing: Step | None, wishes: tuple[Wish, ...], before: int, *, when: bool = False, where: bool = False
) -> Step:
    """After a change: the basket as it is now, unless the summary that follows shows it anyway.

    ``when`` and ``where``: the message also chose a moment or a place; so that nothing is kept in silence, it is repeated.
    """
    if standing is not None and not pending_of(standing) and not isinstance(standing, Counter):
        return checkout.refreshed(turn, standing)
    step_ = next_step(turn, wishes or (pending_of(standing) if standing else ()))
    if turn.basket.version != before and not isinstance(step_, checkout.Review):
        chosen = receipts.chosen(
            turn.basket, turn.square, when=when and not isinstance(step_, checkout.AskAddress), where=where
        )
        shown = receipts.basket(turn.basket, turn.square) if turn.basket.lines else ""
        turn.say("\n".join([*([shown] if shown and shown not in turn.paragraphs else []), *chosen]))
    return step_


def pending_of(standing: Step) -> tuple[Wish, ...]:
    """The wishes a step still carries."""
    return standing.wishes if isinstance(standing, WhichOne | HowMuch) else ()


def _by_intent(turn: Turn, standing: Step) -> Step | None:
    reading = turn.reading
    words: dict[str, Callable[[], Step | None]] = {
        "stop": lambda: interrupts.act(turn, standing, "stop"),
        "help": lambda: interrupts.act(turn, standing, "help"),
        "callme": lambda: interrupts.act(turn, standing, "callme"),
        "basket": lambda: _show_basket(turn, standing),
        "cancel": lambda: resident_after.cancel(turn, standing),
        "repeat": lambda: _repeat(turn, standing),
        "done": lambda: _done(turn, standing),
        "order": lambda: _done(turn, standing) if reading.place_order else None,
        "thanks": lambda: _thanks(turn, standing),
        "yes": lambda: checkout.yes(turn, standing),
        "no": lambda: _no(turn, standing),
        "greeting": lambda: _greeting(turn, standing),
    }
    if reading.intent not in words or (reading.lines and reading.intent != "repeat"):
        return None
    return words[reading.intent]()


def _repeat(turn: Turn, standing: Step) -> Step | None:
    """The last order again; what is said beside it ("maar zonder de melk") is read anew, with that order in the basket."""
    before = turn.basket.version
    found = basket.bring_back(turn)
    turn.read_again()
    if turn.reading.lines:
        return None
    return show(turn, None, pending_of(standing), before) if found else checkout.refreshed(turn, standing)


def _show_basket(turn: Turn, standing: Step) -> Step:
    if not turn.basket.lines:
        order = answers.latest(turn)
        turn.say(answers.order_text(turn, order) if order else turn._("Uw mandje is leeg."))
        return Quiet() if order else Counter()
    if not isinstance(standing, checkout.Review):
        turn.say(receipts.basket(turn.basket, turn.square))
    return checkout.refreshed(turn, standing)


def _done(turn: Turn, standing: Step) -> Step:
    if pending_of(standing):
        turn.say(turn._("Er is nog iets niet duidelijk."))
        return standing
    return checkout.yes(turn, standing) if isinstance(standing, checkout.Review) else next_step(turn)


def _no(turn: Turn, standing: Step) -> Step:
    if pending_of(standing):
        return drop_first(turn, pending_of(standing))
    turn.say(turn._("Goed. U kunt altijd verder typen."))
    return checkout.refreshed(turn, standing)


def _thanks(turn: Turn, standing: Step) -> Step:
    turn.say(turn._("Graag gedaan."))
    return Quiet() if not turn.basket.lines and not pending_of(standing) else standing


def _greeting(turn: Turn, standing: Step) -> Step:
    if not turn.paragraphs:
        turn.say(turn._("Goedendag."))
    return checkout.refreshed(turn, standing)


def _not_understood(turn: Turn, standing: Step) -> Step:
    if turn.reading.intent in ("change", "remove") and not (turn.basket.lines or pending_of(standing)):
        turn.say(turn._("Uw mandje is leeg."))
        return checkout.refreshed(turn, standing)
    turn.miss()
    words = turn.reading.rest.split()
    if 0 < len(words) <= MOST_WORDS and all(word.isalpha() for word in words):  # a sentence may hold what is private
        turn.store.count_unknown(turn.conversation.square, plain(turn.reading.rest.casefold(), 60))
    turn.say(turn._("Dat begreep ik niet."))
    return checkout.refreshed(turn, standing)


def drop_first(turn: Turn, wishes: tuple[Wish, ...]) -> Step:
    """Leave out the wish that was asked about, also what went into the basket for it before."""
    line = turn.basket.line(wishes[0].replaces)
    if line is not None and line.said == plain(wishes[0].said, 80):
        turn.basket.remove(line.number)
    turn.say(turn._("Goed, {words} laat ik weg.").format(words=plain(wishes[0].words, 40)))
    return show(turn, None, wishes[1:], turn.basket.version)


def settle(turn: Turn, wishes: tuple[Wish, ...], wish: Wish) -> Step:
    """The first wish has its product now; it goes into the basket, or needs one more answer: how much."""
    product, before = turn.square.product_by_id[wish.product], turn.basket.version
    if wish.amount is None or wish.asks:
        return HowMuch((wish, *wishes[1:]))
    basket.put(turn, product, wish.amount, wish)
    return show(turn, None, wishes[1:], before)


@step("ordering.counter")
@dataclass(frozen=True, slots=True)
class Counter(Step):
    """An empty basket: the bot waits for an order."""

    def ask(self, turn: Turn) -> Ask:
        return Ask(turn._("Wat mag het zijn?"))

    def hear(self, turn: Turn) -> Step:
        return take(turn, self)


@step("ordering.quiet")
@dataclass(frozen=True, slots=True)
class Quiet(Step):
    """Nothing to ask: the last word was a thank-you."""

    def ask(self, turn: Turn) -> Ask:
        return Ask("")

    def hear(self, turn: Turn) -> Step:
        return take(turn, Counter())


@step("ordering.which")
@dataclass(frozen=True, slots=True)
class WhichOne(Step):
    """Several products fit the words: let the resident choose."""

    wishes: tuple[Wish, ...]

    def again(self, turn: Turn) -> Step:
        return WhichOne(in_place_of(turn, self.wishes))

    def left_out(self, after: Step) -> list[str]:
        return _left_out(self.wishes, after)

    def ask(self, turn: Turn) -> Ask:
        wish = self.wishes[0]
        choices = tuple(product_choice(turn, product_id) for product_id in wish.candidates[:MOST_CHOICES])
        none = Choice(turn._("Geen van deze"), "none")
        if len(choices) == 1:
            name = turn.square.product_by_id[wish.candidates[0]].name
            text = turn._("Bedoelt u met {words}: {name}?").format(words=quoted(wish), name=name)
            return Ask(text, (Choice(turn._("Ja"), choices[0].value), Choice(turn._("Nee"), "none")))
        return Ask(turn._("Welke bedoelt u met {words}?").format(words=quoted(wish)), (*choices, none))

    def hear(self, turn: Turn) -> Step:
        if turn.choice == "none":
            return drop_first(turn, self.wishes)
        product = turn.square.product_by_id.get((turn.choice or "").removeprefix("product:"))
        chosen = self.wishes[0].chosen(product, turn.shelf) if product else None if turn.choice else named(turn, self.wishes[0])
        if chosen is None:
            return take(turn, self, self.wishes)
        turn.store.remember_usual(turn.person.id, turn.conversation.square, usual_key(self.wishes[0].words), chosen.product)
        return settle(turn, self.wishes, chosen)


def _left_out(wishes: tuple[Wish, ...], after: Step) -> list[str]:
    kept = {wish.said for wish in pending_of(after)}
    return [quoted(wish) for wish in wishes if wish.said not in kept and not wish.replaces]


@step("ordering.how_much")
@dataclass(frozen=True, slots=True)
class HowMuch(Step):
    """The product is clear, the amount is not: not said, a range, packs that do not come out even, weight or pieces."""

    wishes: tuple[Wish, ...]
    numbered = False  # a typed "2" is an amount here

    def again(self, turn: Turn) -> Step:
        return HowMuch(in_place_of(turn, self.wishes))

    def left_out(self, after: Step) -> list[str]:
        return _left_out(self.wishes, after)

    def ask(self, turn: Turn) -> Ask:
        wish = self.wishes[0]
        product = turn.square.product_by_id[wish.product or wish.candidates[0]]
        return Ask(
            _how_much(turn, wish, product), (*basket.amount_choices(turn, wish, product), Choice(turn._("Laat maar"), "none"))
        )

    def hear(self, turn: Turn) -> Step:
        wish = self.wishes[0]
        product = turn.square.product_by_id[wish.product or wish.candidates[0]]
        if turn.choice == "none":
            return drop_first(turn, self.wishes)
        amount = int((turn.choice or "").removeprefix("amount:")) if (turn.choice or "").startswith("amount:") else None
        takes_out = any(line.op == "remove" for line in turn.reading.lines)  # "fout 2"
        if amount is None and not (takes_out or turn.reading.questions):  # "zitten er pinda's in?" is no amount
            amount = basket.spoken_amount(turn, product)
        if amount is None:
            return take(turn, self, self.wishes)
        return settle(turn, self.wishes, replace(wish, product=product.id, amount=amount, asks=""))


def _how_much(turn: Turn, wish: Wish, product: Product) -> str:
    if wish.asks == "packs" and product.contents is not None:
        return turn._("{name} gaat per {contents}. Hoeveel wilt u er?").format(name=product.name, contents=product.contents)
    if wish.asks == "pieces_or_weight":
        return turn._("{name} gaat per gewicht. Hoeveel gram wilt u?").format(name=product.name)
    there = turn.basket.line(wish.replaces) if wish.replaces else None
    if there is not None:
        amount = measure(there.amount, by_weight=there.by_weight, _=turn._)
        return turn._("In uw mandje: {amount} {name}. Hoeveel moet het in totaal worden?").format(
            amount=amount, name=product.name
        )
    return turn._("Hoeveel {name} wilt u?").format(name=product.name)


def not_sold(turn: Turn, words: list[str]) -> None:
    """Say once, plainly, what no shop here sells, and count it for the coordinator (without who said it)."""
    named = list(dict.fromkeys(plain(word, 40) for word in words))
    for word in named[:MOST_NAMED]:
        turn.store.count_unknown(turn.conversation.square, plain(word.casefold(), 60))
    said = [f"‘{word}’" for word in named[:MOST_NAMED]]
    if len(named) > MOST_NAMED:
        said.append(turn._("{count} andere").format(count=len(named) - MOST_NAMED))
    turn.say(turn._("{words} heb ik niet gevonden bij de winkels.").format(words=names(said, turn._)))


def unclear(line: Line) -> bool:
    """Whether a line needs a question before it can go into the basket."""
    return line.product is None or line.amount is None or line.asks is not None
