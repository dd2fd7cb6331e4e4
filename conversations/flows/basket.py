"""What a message does to the basket: adding, changing, leaving out. Nothing goes in that was not clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from catalog.marking import N_
from catalog.reading import Line, read
from catalog.square import Product
from conversations.turn import Turn
from conversations.wishes import Wish
from notifications.messages import Choice
from notifications.texts import measure, plain
from orders.lines import OrderLine
from orders.order import NotAllowed

_REFUSED = {"alcohol": N_("Alcohol"), "tobacco": N_("Tabak"), "medicine": N_("Medicijnen")}


def apply(turn: Turn, lines: Iterable[Line]) -> tuple[Wish, ...]:
    """Do what the lines ask; returns the unclear ones as wishes. Says what is not sold, refused, or too much."""
    from conversations.flows.ordering import not_sold

    wishes: list[Wish] = []
    missing: list[str] = []
    for line in lines:
        if line.refused:
            turn.say(
                turn._("{what} kan ik hier niet verkopen. Dat kan alleen in de winkel.").format(
                    what=turn._(_REFUSED[line.refused])
                )
            )
        elif line.op != "add":
            wishes += _change(turn, line)
        elif line.product is None and not line.candidates:
            missing += [word for word in [line.words or line.said] if sum(c.isalnum() for c in word) > 1]
        else:
            wishes += _add(turn, line)
    if missing:
        not_sold(turn, missing)
    return tuple(wishes)


def _add(turn: Turn, line: Line) -> list[Wish]:
    products = turn.square.product_by_id
    here = [one for one in line.candidates if one in products and not products[one].sold_out]
    product = products.get(line.product or "")
    if product is not None and product.sold_out:
        turn.say(turn._("{name} is op.").format(name=product.name))
        here = [one for one in here if one != product.id]
        return [replace(Wish.of(line), candidates=tuple(here), product="", asks="which")] if here else []
    if product is None or line.amount is None or line.asks is not None:
        wish = replace(Wish.of(line), candidates=tuple(here))
        return [wish] if here or wish.product else _gone(turn, line)
    put(turn, product, line.amount, Wish.of(line))
    return []


def _gone(turn: Turn, line: Line) -> list[Wish]:
    turn.say(turn._("{words} is op.").format(words=plain(line.words, 40).capitalize()))
    return []


def put(turn: Turn, product: Product, amount: int, wish: Wish) -> None:
    """Put a clear wish in the basket, or say why not: too much for a chat order, or not enough in stock."""
    if _is_refused_amount(turn, product, amount):
        return
    if product.stock is not None and product.stock < amount:
        left = measure(product.stock, by_weight=product.by_weight, _=turn._)
        turn.say(turn._("Van {name} is er nog maar {left}.").format(name=product.name, left=left))
        return
    if wish.replaces and turn.basket.line(wish.replaces):
        turn.basket.remove(wish.replaces)
    options = tuple(one for one in wish.options if one in product.options)
    loose = " ".join([*(one for one in wish.options if one not in product.options), wish.note]).strip()
    turn.basket.add(product, amount, options=options, note=plain(loose, 80), said=plain(wish.said, 80), about=wish.about)


def _is_refused_amount(turn: Turn, product: Product | OrderLine, amount: int) -> bool:
    """Whether it is none, or more than one chat order may hold; says so."""
    most = turn.square.setting("line_max_grams" if product.by_weight else "line_max_pieces")
    if 0 < amount <= most:
        return False
    text = turn._("{amount} van {name} is te veel voor een bestelling hier. Hoogstens {most}. Bel de winkel, of typ BEL MIJ.")
    said, highest = (measure(one, by_weight=product.by_weight, _=turn._) for one in (amount, most))
    turn.say(text.format(amount=said, name=product.name, most=highest))
    return True


def _change(turn: Turn, line: Line) -> list[Wish]:
    target = find_line(turn, line)
    if target is None and turn.basket.lines and (line.target or "").startswith("#"):
        turn.say(turn._("Regel {number} staat niet in uw mandje.").format(number=plain((line.target or "")[1:], 6)))
        return []
    if target is None:
        return _without_line(turn, line)
    try:
        return _CHANGES[line.op](turn, line, target)
    except NotAllowed as why:
        turn.say(why.said(turn._))
        return []


def _without_line(turn: Turn, line: Line) -> list[Wish]:
    """A change of what does not lie in the basket, or of what may be more than one line: said, and nothing altered."""
    what = plain((line.target or "" if line.op == "replace" else line.words) or line.said, 40)
    if len(_fitting(turn.basket.lines, line)) > 1:
        turn.say(turn._("In uw mandje past meer dan 1 regel bij ‘{what}’. Noem de naam van die regel.").format(what=what))
        return []
    if line.op in ("set", "more") and line.product and line.amount:
        return _add(turn, replace(line, op="add"))
    turn.say(turn._("{what} staat niet in uw mandje.").format(what=f"‘{what}’") if what else turn._("Uw mandje is leeg."))
    if line.op == "replace" and line.candidates:
        return [replace(Wish.of(line), product="", asks="which")]  # what was to come instead may be wanted all the same
    return []


def find_line(turn: Turn, line: Line) -> OrderLine | None:
    """The basket line a change is about: the last one, a number, a product, or words in its name."""
    lines, target = turn.basket.lines, line.target or line.product or line.words
    if not lines or not target:
        return _latest(lines) if lines and not line.words else None
    if target == "last":
        return _latest(lines)
    if target.startswith("#"):
        return turn.basket.line(int(target[1:])) if target[1:].isdigit() else None
    named = {target} if line.op == "replace" else {target, line.product}
    by_product = [one for one in lines if one.product_id in named] or _fitting(lines, line)
    if len({one.product_id for one in by_product}) > 1:
        return None
    return by_product[-1] if by_product else _by_words(lines, target)


def _fitting(lines: list[OrderLine], line: Line) -> list[OrderLine]:
    """The lines of the basket that the words of a change may mean, when they name no product."""
    return [one for one in lines if line.op != "replace" and not line.product and one.product_id in line.candidates]


def _latest(lines: list[OrderLine]) -> OrderLine:
    return max(lines, key=lambda line: line.touched)


def _by_words(lines: list[OrderLine], words: str) -> OrderLine | None:
    said = words.casefold().split()
    fits = [one for one in lines if said and all(word in f"{one.name} {one.said}".casefold() for word in said)]
    return fits[-1] if len(fits) == 1 else None


def _remove(turn: Turn, line: Line, target: OrderLine) -> list[Wish]:
    if line.asks:
        what = turn._("Moet {name} uit uw mandje? Typ dan: FOUT {number}. Anders blijft alles zo.")
        turn.say(what.format(name=target.name, number=target.number))
        return []
    turn.basket.remove(target.number)
    turn.say(turn._("{name} is uit uw mandje. Toch wel? Typ het gewoon opnieuw.").format(name=target.name))
    return []


def _how_many(turn: Turn, line: Line, target: OrderLine) -> Wish:
    product = turn.square.product_by_id[target.product_id]
    wish = Wish(target.name, line.said, (product.id,), product.id, asks="amount", replaces=target.number)
    return replace(wish, low=line.low, high=line.high, options=target.options, note=target.note)


def _set(turn: Turn, line: Line, target: OrderLine) -> list[Wish]:
    only_how = line.op == "set" and line.amount is None and line.asks is None and bool(line.kept)
    amount = target.amount if only_how else line.amount  # "de kaas graag in plakken"
    change = {"more": target.amount + (amount or 0), "less": target.amount - (amount or 0)}.get(line.op, amount)
    highest = max(change or 0, line.low or 0)
    if highest and _is_refused_amount(turn, target, highest):
        return []
    if amount is None or change is None:
        return [_how_many(turn, line, target)]
    if change <= 0:
        return _remove(turn, line, target)
    if line.op == "set" and line.kept:
        wish = Wish.of(line)
        wish = replace(wish, options=line.options or target.options, note=line.note or target.note, replaces=target.number)
        put(turn, turn.square.product_by_id[target.product_id], change, wish)
    else:
        turn.basket.set_amount(target.number, change)
    return []


def _replace(turn: Turn, line: Line, target: OrderLine) -> list[Wish]:
    number, kept = target.number, target.amount
    product = turn.square.product_by_id.get(line.product or "")
    if product is None:
        if not line.candidates:
            turn.say(turn._("{words} heb ik niet gevonden bij de winkels.").format(words=f"‘{plain(line.words, 40)}’"))
            return []
        return [replace(Wish.of(line), replaces=number, amount=line.amount if line.amount is not None else kept)]
    amount = line.amount if line.amount is not None else kept if product.by_weight == target.by_weight else None
    wish = replace(Wish.of(line), replaces=number)
    if amount is None:
        return [replace(wish, product=product.id, asks="amount")]
    put(turn, product, amount, wish)
    return []


_CHANGES: dict[str, Callable[[Turn, Line, OrderLine], list[Wish]]] = {
    "remove": _remove, "set": _set, "more": _set, "less": _set, "replace": _replace,
}  # fmt: skip


def spoken_amount(turn: Turn, product: Product) -> int | None:
    """The amount in an answer to "hoeveel": ``250 gram``, ``half pond``, ``3``. None when it says something else."""
    if len(turn.text) >= 60 or not _COUNTS.search(turn.text):
        return None
    return _read_amount(turn, f"{turn.text} {product.name}", product)


#: Without one of these a message says no amount: "lekker" must not mean 1.
_COUNTS = re.compile(
    r"\d|½|¼|\b(?:een|één|eentje|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w+tien|\w+tig|half|halve|halfje|"
    r"anderhalf|anderhalve|paar|pond|pondje|ons|onsje|kilo|dozijn|gram)\b",
    re.I,
)


def _read_amount(turn: Turn, text: str, product: Product) -> int | None:
    lines = read(text, turn.shelf, turn.now, usual={}).lines
    if len(lines) != 1 or lines[0].op != "add" or lines[0].amount is None or lines[0].asks:
        return None
    fits = lines[0].product == product.id or product.id in lines[0].candidates
    return lines[0].amount if fits and (lines[0].unit == "g") == product.by_weight else None


def amount_choices(turn: Turn, wish: Wish, product: Product) -> tuple[Choice, ...]:
    """Amounts to tap: the ends of a range or of packs, else what is usual for the kind."""
    amounts = [one for one in (wish.low, wish.high) if one] or ([100, 250, 500] if product.by_weight else [1, 2, 4])
    return tuple(Choice(measure(one, by_weight=product.by_weight, _=turn._), f"amount:{one}") for one in dict.fromkeys(amounts))


def bring_back(turn: Turn) -> bool:
    """ "Hetzelfde als vorige week": the lines of the last order that are still sold, at today's prices; False without one."""
    last = next((order for order in turn.store.orders_of(turn.person.id, turn.conversation.square) if order.lines), None)
    if last is None:
        turn.say(turn._("U hebt hier nog niet eerder besteld."))
        return False
    gone = []
    for line in last.lines:
        product = turn.square.product_by_id.get(line.product_id)
        if product is None or product.withdrawn or product.sold_out:
            gone.append(line.name)
        else:
            put(turn, product, line.amount, Wish(line.name, line.said, options=line.options, note=line.note))
    if gone:
        turn.say(turn._("Niet meer te koop: {names}.").format(names=", ".join(gone)))
    turn.say(turn._("Dit bestelde u de vorige keer, met de prijzen van nu."))
    return True
