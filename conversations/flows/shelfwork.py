"""The shopkeeper's shelf by word: "krentenbollen op", "aardbeien 3,50", "dicht morgen", "open"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from catalog.money import parse_cents
from catalog.reading.when import read_when
from catalog.square import AMSTERDAM, Product, Shop
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications.messages import Choice
from notifications.texts import euros, long_day, plain

if TYPE_CHECKING:
    from conversations.flows.shopkeeper import Desk

_OUT = re.compile(
    r"(?P<words>.{2,60}?)\s+(?:is|zijn)?\s*(?:op|uitverkocht|niet meer)|(?:op|uitverkocht)[:\s]+(?P<words2>\D.{1,60})", re.I
)
_BACK = re.compile(r"(?P<words>.{2,60}?)\s+(?:is|zijn)?\s*(?:weer(?: er| te koop)?|er weer|terug)", re.I)
_PRICE = re.compile(
    r"(?P<words>\D.{1,60}?)\s+(?:is|zijn|kost|kosten|nu|wordt|worden)?\s*(?P<price>€?\s*\d{1,4}(?:[.,]\d{1,2}|,-)?)(?:\s*euro)?(?:\s*(?:per|de)\s*kilo)?",
    re.I,
)
_CLOSED = re.compile(r"(?:wij zijn |we zijn |ik ben )?(?:dicht|gesloten)(?:\s+(?P<when>.+))?", re.I)
_OPEN = re.compile(r"(?:wij zijn |we zijn |ik ben )?(?:weer )?open(?:\s+(?P<when>.+))?", re.I)
#: A price that moves more than this asks for a second look: a slip of the thumb is quick.
_JUMP_PERCENT = 50


def hear(turn: Turn, shop: str, desk: Desk) -> Step | None:
    """Act on a word about shelf or door; None when it is none of these."""
    text = " ".join(turn.text.split()).strip(" .!")
    for pattern, act in ((_CLOSED, _closed), (_OPEN, _opened), (_OUT, _sold_out), (_BACK, _back), (_PRICE, _priced)):
        found = pattern.fullmatch(text)
        if found:
            return act(turn, shop, desk, found)
    return None


def _own(turn: Turn, shop: str, words: str) -> list[Product]:
    """Products of this shop that the words can mean; one when it is clear."""
    found = turn.shelf.index.find(words)
    products = turn.square.product_by_id
    mine = [products[hit.product] for hit in found.hits if products[hit.product].shop == shop]
    return mine[:1] if found.verdict == "clear" and mine and found.hits[0].product == mine[0].id else mine[:5]


def _one(turn: Turn, shop: str, desk: Desk, words: str, verb: str, value: str = "") -> Step:
    products = _own(turn, shop, words)
    if not products:
        turn.say(turn._("{words} staat niet in uw winkel. Ik heb niets veranderd.").format(words=f"‘{plain(words, 40)}’"))
        return desk
    if len(products) > 1:
        return WhichProduct(verb, tuple(one.id for one in products), value)
    return _apply(turn, shop, products[0], verb, value)


def _sold_out(turn: Turn, shop: str, desk: Desk, found: re.Match[str]) -> Step:
    return _one(turn, shop, desk, (found["words"] or found["words2"]).strip(), "gone")


def _back(turn: Turn, shop: str, desk: Desk, found: re.Match[str]) -> Step:
    return _one(turn, shop, desk, found["words"].strip(), "back")


def _priced(turn: Turn, shop: str, desk: Desk, found: re.Match[str]) -> Step:
    try:
        cents = parse_cents(found["price"].replace(",-", ",00"))
    except ValueError:
        turn.say(turn._("Ik lees daar geen prijs in. Typ bijvoorbeeld: aardbeien 3,50."))
        return desk
    if not 1 <= cents <= 1_000_000:
        turn.say(turn._("Een prijs ligt tussen 0,01 en 10.000 euro. Ik heb niets veranderd."))
        return desk
    return _one(turn, shop, desk, found["words"].strip(), "price", str(cents))


def _apply(turn: Turn, shop: str, product: Product, verb: str, value: str, *, sure: bool = False) -> Step:
    from conversations.flows.shopkeeper import Desk

    if product.shop != shop:
        turn.say(turn._("Dat product is niet van uw winkel."))
        return Desk()
    if verb == "price" and not sure and _jump(product.price_cents, int(value)):
        return SurePrice(product.id, int(value))
    changed, text, undo_ = _change(turn, product, verb, value)
    turn.store.change_product(turn.conversation.square, changed)
    turn.say(text + " " + turn._("Klopt dat niet? Typ FOUT."))
    return Desk(undo=undo_)


def _jump(old: int, new: int) -> bool:
    return abs(new - old) * 100 > old * _JUMP_PERCENT


def _change(turn: Turn, product: Product, verb: str, value: str) -> tuple[Product, str, str]:
    name, key = product.name, f"{product.id}"
    if verb == "gone":
        text = turn._("{name} is op. Bewoners kunnen het nu niet bestellen.").format(name=name)
        return replace(product, sold_out=True), text, f"back:{key}"
    if verb == "back":
        fresh = replace(product, sold_out=False, stock=None if product.stock == 0 else product.stock)
        return fresh, turn._("{name} is weer te koop.").format(name=name), f"gone:{key}"
    price = euros(int(value))
    text = turn._("{name} kost nu {price}. Het was {old}.").format(
        name=name,
        price=turn._("{price} per kilo").format(price=price) if product.by_weight else price,
        old=euros(product.price_cents),
    )
    return replace(product, price_cents=int(value)), text, f"price:{key}:{product.price_cents}"


def _day(turn: Turn, text: str | None) -> date | None:
    today = turn.now.astimezone(AMSTERDAM).date()
    if not text or text.strip().casefold() in ("vandaag", "nu"):
        return today
    when = read_when(text, turn.now)
    return when.day if when and when.day and today <= when.day <= today + timedelta(days=366) else None


def _closed(turn: Turn, shop: str, desk: Desk, found: re.Match[str]) -> Step:
    return _door(turn, shop, desk, found["when"], closed=True)


def _opened(turn: Turn, shop: str, desk: Desk, found: re.Match[str]) -> Step:
    return _door(turn, shop, desk, found["when"], closed=False)


def _door(turn: Turn, shop: str, desk: Desk, when: str | None, *, closed: bool) -> Step:
    from conversations.flows.shopkeeper import Desk

    until = re.fullmatch(r"t/?m\s+(.+)|tot(?: en met)?\s+(.+)", (when or "").strip(), re.I)
    day = _day(turn, (until[1] or until[2]) if until else when)
    if day is None:
        turn.say(turn._("Welke dag bedoelt u? Typ bijvoorbeeld: dicht morgen, of: dicht vrijdag."))
        return desk
    days = _days_until(turn, day, including="met" in (when or "") or "m " in (when or "")) if until else [day]
    _set_door(turn, shop, days, closed=closed)
    said = (
        long_day(days[0], turn._)
        if len(days) == 1
        else turn._("{first} tot en met {last}").format(first=long_day(days[0], turn._), last=long_day(days[-1], turn._))
    )
    text = turn._("U bent dicht op {day}.") if closed else turn._("U bent open op {day}.")
    turn.say(text.format(day=said) + " " + turn._("Klopt dat niet? Typ FOUT."))
    return Desk(undo=f"{'opened' if closed else 'closed'}:{','.join(day.isoformat() for day in days)}")


def _days_until(turn: Turn, day: date, *, including: bool) -> list[date]:
    """ "dicht tot maandag": from today up to the day before; "tot en met" includes it."""
    today = turn.now.astimezone(AMSTERDAM).date()
    count = (day - today).days + (1 if including else 0)
    return [today + timedelta(days=ahead) for ahead in range(max(1, count))]


def _set_door(turn: Turn, shop: str, days: list[date], *, closed: bool) -> None:
    mine: Shop = turn.square.shop_by_slug[shop]
    shut = mine.closed_on | set(days) if closed else mine.closed_on - set(days)
    turn.store.change_shop(turn.conversation.square, replace(mine, closed_on=frozenset(shut)))


def undo(turn: Turn, shop: str, what: str) -> bool:
    """FOUT after a word about shelf or door. False when ``what`` names nothing of this kind."""
    verb, _, rest = what.partition(":")
    if verb in ("opened", "closed"):
        _set_door(turn, shop, [date.fromisoformat(day) for day in rest.split(",")], closed=verb == "closed")
        turn.say(turn._("Teruggedraaid."))
        return True
    if verb not in ("back", "gone", "price"):
        return False
    product_id, _, value = rest.partition(":")
    product = turn.square.product_by_id.get(product_id)
    if product is None or product.shop != shop:
        return False
    changed, text, _undo = _change(turn, product, verb, value)
    turn.store.change_product(turn.conversation.square, changed)
    turn.say(turn._("Teruggedraaid. {text}").format(text=text))
    return True


@step("shop.which_product")
@dataclass(frozen=True, slots=True)
class WhichProduct(Step):
    """The words fit several of the shop's products."""

    verb: str
    products: tuple[str, ...]
    value: str = ""

    def ask(self, turn: Turn) -> Ask:
        products = [turn.square.product_by_id[one] for one in self.products]
        return Ask(
            turn._("Welke bedoelt u?"),
            (*(Choice(one.name, f"mine:{one.id}") for one in products), Choice(turn._("Geen van deze"), "none")),
        )

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.shopkeeper import Desk, shop_of

        shop, chosen = shop_of(turn), (turn.choice or "").removeprefix("mine:")
        if turn.choice == "none":
            turn.say(turn._("Goed, ik heb niets veranderd."))
            return Desk()
        if shop is None or chosen not in self.products:
            return Desk().hear(turn)
        return _apply(turn, shop, turn.square.product_by_id[chosen], self.verb, self.value)


@step("shop.sure_price")
@dataclass(frozen=True, slots=True)
class SurePrice(Step):
    """A price that moves by more than half is asked about before residents see it."""

    product: str
    cents: int

    def ask(self, turn: Turn) -> Ask:
        product = turn.square.product_by_id[self.product]
        text = turn._("{name} kost nu {old}. Moet dat echt {new} worden?").format(
            name=product.name, old=euros(product.price_cents), new=euros(self.cents)
        )
        return Ask(text, (Choice(turn._("Ja"), "sure"), Choice(turn._("Nee"), "none")))

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.shopkeeper import Desk, shop_of

        shop = shop_of(turn)
        if shop is not None and turn.choice == "sure":
            return _apply(turn, shop, turn.square.product_by_id[self.product], "price", str(self.cents), sure=True)
        if turn.choice == "none":
            turn.say(turn._("Goed, de prijs blijft zoals hij was."))
            return Desk()
        return Desk().hear(turn)
