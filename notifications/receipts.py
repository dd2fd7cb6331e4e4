"""The basket, the summary above the order button and the confirmation, as text. Every word here is read by a resident."""

from __future__ import annotations

from datetime import date

from catalog.square import ALLERGENS, Departure, Square, Withdrawal
from notifications.texts import day_and_hours, euros, line_price, line_text, plain, translator
from orders.lines import OrderLine
from orders.order import Order


def departure_named(square: Square, key: str) -> Departure | None:
    """The departure behind a key such as ``2026-11-27/vrijdagochtend``; None when nothing was chosen or its round is gone."""
    day, _, name = key.partition("/")
    round_ = next((one for one in square.rounds if one.name == name), None)
    return Departure(round_, date.fromisoformat(day)) if round_ else None


def departure_of(order: Order, square: Square) -> Departure | None:
    """The departure an order names, or None."""
    return departure_named(square, order.departure)


def shop_name(square: Square, slug: str) -> str:
    """The shop's name as residents know it."""
    shop = square.shop_by_slug.get(slug)
    return shop.name if shop else slug


def numbered_lines(order: Order, square: Square) -> str:
    """All lines grouped under their shop, each with number and price; sold-out lines are said to be so."""
    out: list[str] = []
    for slug in dict.fromkeys(line.shop for line in order.lines):
        out.append(f"{shop_name(square, slug)}:")
        out += [_numbered(line, square) for line in order.lines if line.shop == slug]
    return "\n".join(out)


def _numbered(line: OrderLine, square: Square) -> str:
    _ = translator(square.locale)
    if line.sold_out:
        return _("{number}. {name}: uitverkocht").format(number=line.number, name=line.name)
    return f"{line.number}. {line_text(line, _)}: {line_price(line, _)}"


def sum_words(order: Order, square: Square) -> str:
    """``€ 12,50``, or ``ongeveer € 12,50, hoogstens € 13,10`` while something must still be weighed; always incl. btw."""
    _ = translator(square.locale)
    if order.estimated:
        about = _("ongeveer {sum}, hoogstens {most} (met btw)")
        return about.format(sum=euros(order.total_cents), most=euros(order.max_cents))
    return _("{sum} (met btw)").format(sum=euros(order.total_cents))


def total_text(order: Order, square: Square) -> str:
    """``Totaal`` with :func:`sum_words` behind it."""
    _ = translator(square.locale)
    return _("Totaal {sum}").format(sum=sum_words(order, square))


def basket(order: Order, square: Square) -> str:
    """The draft as it stands: lines, statiegeld and total so far."""
    _ = translator(square.locale)
    fee = [_("Bezorgkosten: {fee}").format(fee=euros(order.fee_cents))] if order.fee_cents else []
    return "\n".join([numbered_lines(order, square), *_deposits(order, square), *fee, total_text(order, square)])


def _deposits(order: Order, square: Square) -> list[str]:
    _ = translator(square.locale)
    text = _("Statiegeld: {sum}").format(sum=euros(order.deposits_cents))
    return [text] if order.deposits_cents else []


def where_to(order: Order, square: Square) -> str:
    """``Bezorgen: An, Dorpsstraat 12, 3981 AB`` or ``Ophalen: Dorpshuis De Schakel``."""
    _ = translator(square.locale)
    if order.place.pickup:
        return _("Ophalen: {point}").format(point=order.place.pickup)
    note = f" ({plain(order.place.note)})" if order.place.note else ""
    return _("Bezorgen: {name}, {door}").format(name=plain(order.place.name), door=plain(order.place.door)) + note


def chosen(order: Order, square: Square, *, when: bool = True, where: bool = True) -> list[str]:
    """The moment and the place, as far as they are known and asked for."""
    _ = translator(square.locale)
    departure = departure_of(order, square) if when else None
    moment = [_("Wanneer: {when}").format(when=day_and_hours(departure, _))] if departure else []
    return [*moment, where_to(order, square)] if where and (order.place.pickup or order.place.postcode) else moment


def pay_way(order: Order, square: Square) -> str:
    """How and when will be paid."""
    _ = translator(square.locale)
    if order.payment.way == "door":
        return _("Betalen: bij de koerier aan de deur")
    return _("Betalen: via uw bank, als alles gewogen is") if order.estimated else _("Betalen: via uw bank")


def summary(order: Order, square: Square) -> str:
    """Everything the law wants directly above the order button (BW 6:230v lid 2): goods, sellers, costs, moment, correction."""
    _ = translator(square.locale)
    fee = _("gratis") if order.fee_cents == 0 else euros(order.fee_cents)
    parts = [
        numbered_lines(order, square),
        *_deposits(order, square),
        "" if order.place.pickup else _("Bezorgkosten: {fee}").format(fee=fee),
        total_text(order, square),
        *chosen(order, square),
        pay_way(order, square),
    ]
    return "\n".join(part for part in parts if part)


def allergens(line: OrderLine, square: Square) -> str:
    """The allergens of a line in words; unknown is said as unknown (EU 1169/2011 art. 14)."""
    _ = translator(square.locale)
    if line.allergens is None:
        return _("onbekend, vraag het de winkel")
    return ", ".join(_(ALLERGENS[key]) for key in line.allergens) or _("geen")


def confirmation(order: Order, square: Square) -> str:
    """What a resident keeps of a placed order besides the summary: allergens and the right to return."""
    _ = translator(square.locale)
    lines = "; ".join(f"{line.number} {allergens(line, square)}" for line in order.open_lines)
    back = [str(line.number) for line in order.open_lines if line.withdrawal == Withdrawal.APPLIES]
    text = _("Binnen 14 dagen terugsturen mag bij regel {numbers}. Typ dan HERROEPEN.").format(numbers=", ".join(back))
    returns = f"\n{text}" if back else ""
    return _("Allergenen per regel: {lines}.").format(lines=lines) + returns
