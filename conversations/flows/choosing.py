"""Which of several products a resident means: how they are offered, and the one that an answer in words names."""

from __future__ import annotations

from dataclasses import replace

from catalog.reading import Line, read
from conversations.labels import fold
from conversations.turn import Turn
from conversations.wishes import Wish
from notifications import receipts
from notifications.messages import Choice
from notifications.texts import euros, plain

#: Shown at most; more candidates than this asks for other words.
MOST_CHOICES = 8
_MOST_KIN = 60  # of the products that a word can mean
#: An answer with one of these comes on top of what was asked about.
_AS_WELL = frozenset(("ook", "nog", "erbij", "plus", "verder"))


def quoted(wish: Wish) -> str:
    """The words that are asked about, as they are said back."""
    return f"‘{plain(wish.words or wish.said, 40)}’"


def product_choice(turn: Turn, product_id: str) -> Choice:
    """A product to tap, with its price and its shop."""
    product = turn.square.product_by_id[product_id]
    price = euros(product.price_cents)
    per = turn._("{price} per kilo").format(price=price) if product.by_weight else price
    shop = receipts.shop_name(turn.square, product.shop)
    return Choice(product.name, f"product:{product.id}", f"{per}, {shop}")


def named(turn: Turn, wish: Wish) -> Wish | None:
    """The wish with the product that the answer names in other words ("de jonge", "2 belegen graag", "een doosje van 6")."""
    if len(wish.candidates) == 1 and turn.reading.intent == "yes":
        return wish.chosen(turn.square.product_by_id[wish.candidates[0]], turn.shelf)
    line = _one_line(turn, wish)
    if line is None or _AS_WELL & set(fold(turn.text).split()):
        return None
    shown = wish.candidates[:MOST_CHOICES]
    fits = (
        [line.product] if line.product and _is_a(turn, line.product, wish) else [one for one in line.candidates if one in shown]
    )
    if len(fits) != 1 or (line.product and fits != [line.product]):
        return None
    if line.product and line.amount not in (None, 1):
        return replace(Wish.of(line), asks=line.asks or "", replaces=wish.replaces)
    chosen = wish.chosen(turn.square.product_by_id[fits[0]], turn.shelf)
    return replace(chosen, options=tuple(dict.fromkeys((*chosen.options, *line.options))))


def _one_line(turn: Turn, wish: Wish) -> Line | None:
    """The one line that the answer is; read with the words asked about behind it when it names no goods of its own."""
    lines = turn.reading.lines
    if any(line.op == "add" and (line.product or line.candidates) for line in lines):
        return lines[0] if len(lines) == 1 else None
    if len(turn.text) > 40 or turn.reading.questions or turn.reading.intent not in ("other", "order", "change"):
        return None
    again = read(f"{turn.text} {wish.words}", turn.shelf, turn.now, usual={}).lines
    if len(again) != 1 or again[0].op != "add" or again[0].product is None:
        return None
    alone = read(wish.words, turn.shelf, turn.now, usual={}).lines  # "misschien", "vrijdag": the answer chose nothing
    return None if [line.product for line in alone] == [again[0].product] else again[0]


def _is_a(turn: Turn, product_id: str, wish: Wish) -> bool:
    """Whether a product is one of those that the words asked about can mean, also one that was not shown."""
    hits = turn.shelf.index.find(wish.words, limit=_MOST_KIN).hits if wish.words.strip() else ()
    return product_id in wish.candidates or any(hit.product == product_id for hit in hits)


def in_place_of(turn: Turn, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """The wishes of an earlier question: what went into the basket for them makes room for the new answer."""
    lines = {line.said: line.number for line in turn.basket.lines if line.said}
    return tuple(replace(wish, replaces=wish.replaces or lines.get(plain(wish.said, 80), 0)) for wish in wishes)
