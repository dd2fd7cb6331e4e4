"""The basket, the summary above the order button and the confirmation, as text. Every word here is read by a resident."""

from __future__ import annotations

from catalog.square import ALLERGENS, Departure, Square, Withdrawal
from notifications.texts import day_and_hours, euros, line_price, line_text, plain
from orders.order import Order, OrderLine


def departure_of(order: Order, square: Square) -> Departure | None:
    """The departure an order names, or None when nothing was chosen or the round left the plan."""
    from datetime import date

    day, _, name = order.departure.partition("/")
    round_ = next((one for one in square.rounds if one.name == name), None)
    return Departure(round_, date.fromisoformat(day)) if round_ else None


def shop_name(square: Square, slug: str) -> str:
    """The shop's name as residents know it."""
    shop = square.shop_by_slug.get(slug)
    return shop.name if shop else slug


def numbered_lines(order: Order, square: Square) -> str:
    """All lines grouped under their shop, each with number and price; sold-out lines are said to be so."""
    out: list[str] = []
    for slug in dict.fromkeys(line.shop for line in order.lines):
        out.append(f"{shop_name(square, slug)}:")
        out += [_numbered(line) for line in order.lines if line.shop == slug]
    return "\n".join(out)


def _numbered(line: OrderLine) -> str:
    if line.sold_out:
        return f"{line.number}. {line.name}: uitverkocht"
    return f"{line.number}. {line_text(line)}: {line_price(line)}"


def total_text(order: Order) -> str:
    """``Totaal € 12,50``, or ``Totaal ongeveer € 12,50, hoogstens € 13,10`` while something must be weighed."""
    if order.estimated:
        return f"Totaal ongeveer {euros(order.total_cents)}, hoogstens {euros(order.max_cents)} (incl. btw)"
    return f"Totaal {euros(order.total_cents)} (incl. btw)"


def basket(order: Order, square: Square) -> str:
    """The draft as it stands: lines, statiegeld and total so far."""
    parts = [numbered_lines(order, square)]
    if order.deposits_cents:
        parts.append(f"Statiegeld: {euros(order.deposits_cents)}")
    return "\n".join([*parts, total_text(order)])


def where(order: Order) -> str:
    """``Bezorgen: Dorpsstraat 12, 3981 AB`` or ``Ophalen: Dorpshuis De Schakel``."""
    if order.place.pickup:
        return f"Ophalen: {order.place.pickup}"
    note = f" ({plain(order.place.note)})" if order.place.note else ""
    return f"Bezorgen: {plain(order.place.name)}, {plain(order.place.door)}{note}"


def pay_way(order: Order) -> str:
    """How and when will be paid."""
    if order.payment.way == "door":
        return "Betalen: bij de koerier aan de deur" if not order.place.pickup else "Betalen: bij het ophalen"
    return "Betalen: via uw bank, als alles gewogen is" if order.estimated else "Betalen: via uw bank"


def summary(order: Order, square: Square) -> str:
    """Everything the law wants directly above the order button (BW 6:230v lid 2): goods, sellers, costs, moment, correction."""
    departure = departure_of(order, square)
    fee = "gratis" if order.fee_cents == 0 else euros(order.fee_cents)
    parts = [
        numbered_lines(order, square),
        *([f"Statiegeld: {euros(order.deposits_cents)}"] if order.deposits_cents else []),
        *([] if order.place.pickup else [f"Bezorgkosten: {fee}"]),
        total_text(order),
        f"Wanneer: {day_and_hours(departure)}" if departure else "",
        where(order),
        pay_way(order),
    ]
    return "\n".join(part for part in parts if part)


def allergens(line: OrderLine) -> str:
    """The allergens of a line in words; unknown is said as unknown (EU 1169/2011 art. 14)."""
    if line.allergens is None:
        return "onbekend, vraag het de winkel"
    return ", ".join(ALLERGENS[key] for key in line.allergens) or "geen"


def confirmation(order: Order, square: Square) -> str:
    """What a resident keeps of a placed order besides the summary: allergens and the right to return."""
    lines = "; ".join(f"{line.number} {allergens(line)}" for line in order.open_lines)
    back = [str(line.number) for line in order.open_lines if line.withdrawal == Withdrawal.APPLIES]
    returns = f"\nBinnen 14 dagen terugsturen mag bij regel {', '.join(back)}." if back else ""
    return f"Allergenen per regel: {lines}.{returns}"
