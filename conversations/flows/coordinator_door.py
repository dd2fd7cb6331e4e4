"""A coordinator closes or opens a shop for a day: "bakker dicht vrijdag". As when the shop says it, and the shop hears it.

Orders that were taken for that day stay promised, as when the shop says it itself. A regional shop sells in other villages too:
only the shop itself closes it.
"""

from __future__ import annotations

import re
from datetime import date

from catalog.square import Shop
from conversations.flows import coordinator_asks as asks
from conversations.flows import shopdoor
from conversations.turn import Turn
from notifications.messages import Outbound
from notifications.texts import names, plain

#: What only asks changes nothing.
_ASKS = re.compile(r"\?|^\s*(?:is|zijn|wanneer|hoe|wie|welke|wat|waarom|gaat|weet|kan|kunnen)\b", re.I)


def hear(turn: Turn) -> str | None:
    """Act on a message about a shop's door. What FOUT takes back ("" when nothing changed); None when it is no such message."""
    if _ASKS.search(turn.text):
        return None
    shop = asks.shop_asked(turn, turn.text.casefold())
    try:
        wanted = shopdoor.asked(turn, _without(turn.text, shop))
    except shopdoor.FixedDay:
        turn.say(turn._("Vaste dagen staan in de lijst met winkels. Voor 1 dag typt u bijvoorbeeld: bakker dicht vrijdag."))
        return ""
    except shopdoor.Unclear as why:
        turn.say(str(why) if shop else turn._("Welke winkel bedoelt u? Typ er 1 tegelijk, bijvoorbeeld: bakker dicht vrijdag."))
        return ""
    if wanted is None:
        return None
    if shop is None:
        turn.say(turn._("Welke winkel bedoelt u? Typ er 1 tegelijk, bijvoorbeeld: bakker dicht vrijdag."))
        return ""
    if any(shop.slug in turn.store.square(region).shop_by_slug for region in turn.square.regions):
        turn.say(turn._("{shop} verkoopt ook in andere dorpen. Alleen de winkel zelf zet de deur open of dicht.").format(
            shop=shop.name))  # fmt: skip
        return ""
    return _do(turn, shop, wanted[0], closed=wanted[1])


def _without(text: str, shop: Shop | None) -> str:
    """The message without the name of the shop."""
    called = sorted((shop.name, shop.slug, shop.kind), key=len, reverse=True) if shop else ()
    words = "|".join(re.escape(word) for word in called if word)
    return re.sub(rf"\b(?:(?:de|het|winkel) )*(?:{words})(?!\w)", " ", text, flags=re.I) if words else text


def _do(turn: Turn, shop: Shop, days: list[date], *, closed: bool) -> str:
    undo, said = shopdoor.change(turn, shop.slug, days, closed=closed), shopdoor.named(days, turn)
    if not undo:
        text = turn._("{shop} was al dicht op {days}.") if closed else turn._("{shop} was al open op {days}.")
        if not closed and shopdoor.shut_by_hours(turn, shop.slug, days):
            text = turn._("{shop} is op {days} dicht volgens de openingstijden. Die staan in de lijst met winkels.")
        turn.say(text.format(shop=shop.name, days=said))
        return ""
    text = turn._("{shop} is dicht op {days}.") if closed else turn._("{shop} is open op {days}.")
    turn.say(
        f"{text.format(shop=shop.name, days=said)} {_tell(turn, shop, days, closed)} " + turn._("Klopt dat niet? Typ FOUT.")
    )
    numbers = shopdoor.touched(turn, shop.slug, days) if closed else []
    if numbers:
        text = turn._("Let op, dit blijft staan: bestelling {numbers}. Gaat er een niet door? Typ: annuleer {first}.")
        turn.say(text.format(numbers=names(numbers, turn._), first=numbers[0]))
    return f"{shop.slug}|{undo}"


def _tell(turn: Turn, shop: Shop, days: list[date], closed: bool) -> str:
    """The shop's first person hears it, and how to change it back. What the coordinator reads of that."""
    people = turn.store.people(turn.square.slug, "shopkeeper", shop.slug)
    if not people:
        return turn._("Daar zit nog niemand in de chat, dus bel de winkel zelf: {phone}.").format(
            phone=shop.phone or turn._("nummer onbekend")
        )
    text = (
        turn._("Coördinator {name} zette {shop} dicht op {days}. Klopt dat niet? Typ OPEN en de dag.")
        if closed
        else turn._("Coördinator {name} zette {shop} open op {days}. Klopt dat niet? Typ DICHT en de dag.")
    )
    body = text.format(name=plain(turn.person.name or "?", 40), shop=shop.name, days=shopdoor.named(days, turn))
    if closed:
        body = f"{body} {shopdoor.warning(turn, shop.slug, days)}".strip()
    key = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:door"
    turn.notices.append(Outbound(key, people[0].person, body, topic="shop_change", if_unknown="resend"))
    return turn._("De winkel krijgt bericht.")


def undo(turn: Turn, what: str) -> bool:
    """FOUT: the closing days are as they were, and the shop hears that. False when ``what`` is not of this kind."""
    slug, _, door = what.partition("|")
    shop = turn.square.shop_by_slug.get(slug)
    if shop is None or not door.startswith("door:"):
        return False
    before = shop.closed_on
    shopdoor.put_back(turn, slug, door)
    days = sorted(before ^ turn.square.shop_by_slug[slug].closed_on)
    opened = bool(days) and days[0] in before
    text = turn._("{shop} is open op {days}.") if opened else turn._("{shop} is dicht op {days}.")
    said = text.format(shop=shop.name, days=shopdoor.named(days, turn))
    turn.say(turn._("Teruggedraaid. {text}").format(text=said) + " " + _tell(turn, shop, days, closed=not opened))
    return True
