"""The shopkeeper's shelf by word: "krentenbollen op", "geen bruinbrood meer", "aardbeien 3,50"; several in one message too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from catalog.money import parse_cents
from catalog.square import Product
from conversations.flows import shopdoor
from conversations.flows.shopanswers import joined
from conversations.steps import Ask, Step, step
from conversations.turn import Turn
from notifications.messages import Choice
from notifications.texts import euros, plain

if TYPE_CHECKING:
    from conversations.flows.shopkeeper import Desk

_IS = r"(?:\s+(?:is|zijn|raken))?(?:\s+(?:nu|even|vandaag|helaas))*"
_OUT = re.compile(
    rf"(?:de |het )?(?P<words>.{{2,60}}?){_IS}\s+(?:op|uitverkocht|niet meer(?: te koop)?|niet meer op voorraad|"
    r"(?:heb ik|hebben we|hebben wij) (?:niet meer|niet|geen meer))"
    r"|(?:op|uitverkocht)[:\s]+(?P<words2>\D.{1,60})"
    r"|(?:ik heb |we hebben |wij hebben |er is |er zijn )?geen (?P<words3>.{2,60}?)(?: meer| over)?(?: op voorraad)?",
    re.I,
)
_BACK = re.compile(
    rf"(?:de |het |er (?:is|zijn) )?(?P<words>.{{2,60}}?){_IS}\s+"
    r"(?:(?:er )?weer(?: er| te koop| binnen| op voorraad| leverbaar)?|weer (?:te krijgen|beschikbaar)|terug(?: op voorraad)?)"
    r"|(?:ik heb |we hebben |wij hebben |er (?:is|zijn) )?weer (?P<words2>.{2,60})",
    re.I,
)
_PRICE = re.compile(
    r"(?:(?:de )?(?:nieuwe )?prijs (?:van )?)?(?:de |het )?(?P<words>\D.{1,60}?)(?:\s*[:=])?"
    r"(?:\s+(?:is|zijn|kost|kosten|nu|wordt|worden|naar|voor))*"
    r"\s*(?P<price>€?\s*\d{1,4}(?:[.,]\d{1,2}|,-)?)(?:\s*(?P<cent>cent|ct)|\s*euro)?"
    r"(?:\s*(?:/|per|de|het|een)\s*(?:kilo|kg|stuk|pak|zak|bos))?",
    re.I,
)
#: "krentenbollen morgen weer", "alleen vandaag op": a day in a word about the shelf is more than this can do.
_LATER = re.compile(
    r"\b(?:bijna|morgen|overmorgen|straks|later|volgende|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b", re.I
)
_AND = re.compile(r"\s*(?:[;\n]|,(?!\d)|\ben\b|\+)\s*", re.I)
#: A price that moves more than this asks for a second look: a slip of the thumb is quick.
_JUMP_PERCENT = 50
#: Points of the search's score. A resident who says "honing" gets the usual one; a shop that says it is asked which jar.
_BY_NAME, _APART, _AS_GOOD = 99.0, 12.0, 0.5


def hear(turn: Turn, shop: str, desk: Desk) -> Step | None:
    """Act on a word about shelf or door; None when it is none of these."""
    door = shopdoor.hear(turn, shop, desk)
    if door is not None:
        return door
    text = " ".join(turn.text.split()).strip(" .!?")
    parts = [part for part in _AND.split(turn.text.strip(" .!?")) if part]
    wish = _wish(text)
    if wish is None or (2 <= len(parts) <= 12 and not _clear(turn, shop, wish.words)):
        several = _wishes(parts)
        if len(several) > 1 and all(_own(turn, shop, one.words) for one in several):
            return _several(turn, shop, several)
    return _do(turn, shop, desk, wish) if wish else None


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to change on the shelf: ``verb`` is gone, back or price; ``price`` is as typed."""

    verb: str
    words: str
    price: str = ""


def _wish(text: str) -> Wish | None:
    for pattern, verb in ((_OUT, "gone"), (_BACK, "back"), (_PRICE, "price")):
        found = pattern.fullmatch(text)
        if found:
            groups = found.groupdict()
            words = next(groups[name] for name in ("words", "words2", "words3") if groups.get(name))
            price = groups.get("price") or ""
            return Wish(verb, words.strip(), f"0,{price.strip():0>2}" if groups.get("cent") else price)
    return None


def _wishes(parts: list[str]) -> list[Wish]:
    """What each part says; "krentenbollen en tompoucen zijn op" says it of both. Empty when a part is something else."""
    wishes: list[Wish] = []
    for part in reversed(parts):
        wish = _wish(" ".join(part.split()))
        if wish is None and wishes and wishes[-1].verb != "price":
            wish = Wish(wishes[-1].verb, part.strip())
        if wish is None:
            return []
        wishes.append(wish)
    return wishes[::-1]


def _several(turn: Turn, shop: str, wishes: list[Wish]) -> Step:
    """All that are clear are done and are one thing to undo; the first that is not is asked about, others are named."""
    from conversations.flows.shopkeeper import Desk

    undos: list[str] = []
    question: WhichProduct | SurePrice | None = None
    for wish in wishes:
        after = _do(turn, shop, Desk(), wish)
        if isinstance(after, Desk):
            undos += [after.undo] * bool(after.undo)
        elif question is None and isinstance(after, WhichProduct | SurePrice):
            question = after
        else:
            turn.say(turn._("{words} weet ik niet zeker. Typ dat nog een keer.").format(words=f"‘{plain(wish.words, 40)}’"))
    return replace(question, undo="+".join(undos)) if question else Desk(undo="+".join(undos))


def _do(turn: Turn, shop: str, desk: Desk, wish: Wish) -> Step:
    if wish.verb != "price" and _LATER.search(wish.words):
        turn.say(turn._("Ik kan alleen zeggen wat nu op is of nu te koop. Typ het op de dag zelf. Ik heb niets veranderd."))
        return desk
    if wish.verb != "price":
        return _one(turn, shop, desk, wish.words, wish.verb)
    return _priced(turn, shop, desk, wish)


def _clear(turn: Turn, shop: str, words: str) -> bool:
    return len(_own(turn, shop, words)) == 1


def _own(turn: Turn, shop: str, words: str) -> list[Product]:
    """Products of this shop that the words can mean; one when it is clear, also when another shop sells such a thing too."""
    found = turn.shelf.index.find(words, limit=60)
    products = turn.square.product_by_id
    mine = [hit for hit in found.hits if products[hit.product].shop == shop]
    first = found.verdict == "clear" and mine and found.hits[0].product == mine[0].product
    if first and (mine[0].score >= _BY_NAME or len(mine) == 1 or mine[0].score - mine[1].score > _APART):
        return [products[mine[0].product]]
    return [products[hit.product] for hit in mine[:5]]


def _certain(turn: Turn, shop: str, words: str, product: Product) -> bool:
    """Whether the only product of this shop that was found is really what the words say."""
    found = turn.shelf.index.find(words, limit=60)
    best = found.hits[0].score if found.hits else 0.0
    return any(hit.product == product.id and hit.score >= best - _AS_GOOD for hit in found.hits)


def _one(turn: Turn, shop: str, desk: Desk, words: str, verb: str, value: str = "") -> Step:
    products = _own(turn, shop, words)
    if not products:
        turn.say(turn._("{words} staat niet in uw winkel. Ik heb niets veranderd.").format(words=f"‘{plain(words, 40)}’"))
        return desk
    if len(products) > 1 or not _certain(turn, shop, words, products[0]):
        return WhichProduct(verb, tuple(one.id for one in products), value)
    return _apply(turn, shop, desk, products[0], verb, value)


def _priced(turn: Turn, shop: str, desk: Desk, wish: Wish) -> Step:
    try:
        cents = parse_cents(wish.price.replace(",-", ",00"))
    except ValueError:
        turn.say(turn._("Ik lees daar geen prijs in. Typ bijvoorbeeld: aardbeien 3,50."))
        return desk
    if not 1 <= cents <= 1_000_000:
        turn.say(turn._("Een prijs ligt tussen 0,01 en 10.000 euro. Ik heb niets veranderd."))
        return desk
    return _one(turn, shop, desk, wish.words, "price", str(cents))


def _apply(turn: Turn, shop: str, desk: Desk, product: Product, verb: str, value: str, *, sure: bool = False) -> Step:
    from conversations.flows.shopkeeper import Desk

    if product.shop != shop:
        turn.say(turn._("Dat product is niet van uw winkel."))
        return Desk()
    if verb == "price" and not sure and _jump(product.price_cents, int(value)):
        return SurePrice(product.id, int(value))
    changed, text, undo_ = _change(turn, product, verb, value)
    if changed == product:
        turn.say(_already(turn, product, verb))
        return desk
    turn.store.change_product(turn.conversation.square, changed)
    turn.say(text + " " + turn._("Klopt dat niet? Typ FOUT."))
    return Desk(undo=undo_)


def _already(turn: Turn, product: Product, verb: str) -> str:
    text = {
        "gone": turn._("{name} stond al op uitverkocht."),
        "back": turn._("{name} was al te koop."),
        "price": turn._("{name} kost al {price}."),
    }[verb]
    return text.format(name=product.name, price=euros(product.price_cents))


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


def undo(turn: Turn, shop: str, what: str) -> bool:
    """FOUT after a word about shelf or door. False when ``what`` names nothing of this kind."""
    verb, _, rest = what.partition(":")
    if shopdoor.undo(turn, shop, what):
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
    undo: str = ""  # what FOUT takes back of the same message

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
            turn.say(turn._("Goed, daaraan heb ik niets veranderd."))
            return Desk(undo=self.undo)
        if shop is None or chosen not in self.products:
            return Desk(undo=self.undo).hear(turn)
        after = _apply(turn, shop, Desk(), turn.square.product_by_id[chosen], self.verb, self.value)
        return joined(after, self.undo)


@step("shop.sure_price")
@dataclass(frozen=True, slots=True)
class SurePrice(Step):
    """A price that moves by more than half is asked about before residents see it."""

    product: str
    cents: int
    undo: str = ""

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
            product = turn.square.product_by_id[self.product]
            after = _apply(turn, shop, Desk(), product, "price", str(self.cents), sure=True)
            return joined(after, self.undo)
        if turn.choice == "none":
            turn.say(turn._("Goed, de prijs blijft zoals hij was."))
            return Desk(undo=self.undo)
        return Desk(undo=self.undo).hear(turn)
