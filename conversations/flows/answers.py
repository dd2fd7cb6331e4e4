"""Questions of residents, answered from the square's own data. What is not known is said to be unknown."""

from __future__ import annotations

from collections.abc import Callable

from catalog.reading import Question
from catalog.square import ALLERGENS, AMSTERDAM, Departure, Product, Shop
from conversations.flows import moments
from conversations.turn import Turn
from notifications import receipts
from notifications.texts import Translate, capital, clock, day_and_hours, euros, long_day, names, weekday_name
from orders.order import Order, Status


def answer(turn: Turn) -> bool:
    """Say the answer to every question in the message. True when there was one."""
    for question in turn.reading.questions[:3]:
        turn.say(_ANSWERS.get(question.topic, _other)(turn, question))
    return bool(turn.reading.questions)


def _delivery_cost(turn: Turn, question: Question) -> str:
    rules = turn.square.delivery
    if rules.fee_cents == 0:
        return turn._("Bezorgen is gratis.")
    text = turn._("Bezorgen kost {fee} per bestelling.").format(fee=euros(rules.fee_cents))
    if rules.free_from_cents:
        text += " " + turn._("Vanaf {sum} is het gratis.").format(sum=euros(rules.free_from_cents))
    return text


def _deadline(turn: Turn, question: Question) -> str:
    today = turn.now.astimezone(AMSTERDAM).date()
    lines = [
        turn._("Voor {day}: {until}.").format(day=day_and_hours(one, turn._), until=moments.last_moment(one, today, turn._))
        for one in moments.open_departures(turn)[:3]
    ]
    return "\n".join(lines) or turn._("Er is de komende 2 weken geen rit.")


def _adding(turn: Turn, question: Question) -> str:
    """Whether something can still come along: in the basket, or as a second order for the same ride."""
    today = turn.now.astimezone(AMSTERDAM).date()
    order = None if turn.basket.lines else latest(turn)
    if order is None:
        departure = receipts.departure_of(turn.basket, turn.square) or next(iter(moments.open_departures(turn)), None)
        until = moments.last_moment(departure, today, turn._) if departure else ""
        day = long_day(departure.day, turn._) if departure else ""
        kept = " " + turn._("Voor {day} kan dat {until}.").format(day=day, until=until) if departure else ""
        return turn._("Ja, dat kan. Typ gewoon wat u erbij wilt. FOUT 2 haalt regel 2 weg.") + kept
    departure = receipts.departure_of(order, turn.square)
    if departure is not None and any(one.key == departure.key for one in moments.open_departures(turn)):
        until = moments.last_moment(departure, today, turn._)
        text = turn._("Ja, {until}. Typ wat u erbij wilt. Dat wordt een tweede bestelling, op dezelfde dag.").format(
            until=until
        )
        return text + " " + turn._("Bezorgen kost dan niets extra.")
    return turn._("Bij bestelling {number} kan niets meer bij.").format(number=order.number) + " " + _first_ride(turn)


def _first_ride(turn: Turn) -> str:
    first = next(iter(moments.open_departures(turn)), None)
    if first is None:
        return turn._("Er is de komende 2 weken geen rit.")
    return turn._("De eerste rit is {when}.").format(when=day_and_hours(first, turn._))


def _when_comes(turn: Turn, question: Question) -> str:
    order = latest(turn)
    if order is not None:
        return status_text(turn, order)
    departure = receipts.departure_of(turn.basket, turn.square)
    if departure is not None:
        return turn._("Nu reken ik op {when}.").format(when=day_and_hours(departure, turn._))
    return _first_ride(turn)


def latest(turn: Turn) -> Order | None:
    """The newest order that is still to come."""
    orders = turn.store.orders_of(turn.person.id, turn.square.slug)
    return next((one for one in orders if one.status not in (Status.DELIVERED, Status.CANCELLED)), None)


def status_text(turn: Turn, order: Order) -> str:
    """Where an order that is still to come stands, and when it comes."""
    departure = receipts.departure_of(order, turn.square)
    said = {
        Status.PLACED: turn._("wacht op antwoord van de winkels"),
        Status.ACCEPTED: turn._("is aangenomen door de winkels"),
        Status.ON_THE_WAY: turn._("is onderweg"),
    }[order.status]
    text = turn._("Bestelling {number} {said}.").format(number=order.number, said=said)
    return f"{text} {capital(day_and_hours(departure, turn._))}." if departure else text


def _order_status(turn: Turn, question: Question) -> str:
    order = latest(turn)
    return status_text(turn, order) if order else turn._("U hebt nu geen bestelling lopen.")


def order_text(turn: Turn, order: Order) -> str:
    """What is in an order that is still to come, and where it stands."""
    return "\n".join(
        (receipts.numbered_lines(order, turn.square), receipts.total_text(order, turn.square), status_text(turn, order))
    )


def _seller(turn: Turn, question: Question) -> str:
    shops = _shops(turn, question.words) or _shops_in_basket(turn)
    if not shops:
        shops = [shop for shop in turn.square.shops if not shop.withdrawn][:12]
        return turn._("U koopt bij: {names}. {operator} regelt het plein.").format(
            names=names([shop.name for shop in shops], turn._), operator=turn.square.operator.name or turn.square.name
        )
    return "\n".join(_card(turn, shop) for shop in shops[:4])


def _card(turn: Turn, shop: Shop) -> str:
    """Who the trader is: name, address, phone, KvK and btw number (BW 6:230m, 3:15d)."""
    parts = [
        shop.name,
        shop.address,
        shop.phone,
        turn._("KvK {number}").format(number=shop.kvk) if shop.kvk else "",
        turn._("btw {number}").format(number=shop.vat_id) if shop.vat_id else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def _shops(turn: Turn, words: str) -> list[Shop]:
    said = words.casefold().strip()
    if not said:
        return []
    direct = [shop for shop in turn.square.shops if said in shop.name.casefold() or said in (shop.slug, shop.kind)]
    sold_by = dict.fromkeys(product.shop for product in _products(turn, words)[:1])
    return direct or [turn.square.shop_by_slug[slug] for slug in sold_by]


def _shops_in_basket(turn: Turn) -> list[Shop]:
    return [turn.square.shop_by_slug[slug] for slug in dict.fromkeys(line.shop for line in turn.basket.lines)]


def _products(turn: Turn, words: str, most: int = 3) -> list[Product]:
    found = turn.shelf.index.find(words, limit=most) if words.strip() else None
    if found is None or found.verdict == "none":
        return []
    hits = found.hits[:1] if found.verdict == "clear" else found.hits[:most]
    return [turn.square.product_by_id[hit.product] for hit in hits]


def _allergens(turn: Turn, question: Question) -> str:
    products = _products(turn, _beside_allergens(turn, question.words))
    products = products or [turn.square.product_by_id[line.product_id] for line in turn.basket.lines]
    if not products:
        return turn._("Van welk product wilt u het weten? Typ bijvoorbeeld: zitten er noten in de krentenbollen.")
    return "\n".join(turn._("{name}: {said}.").format(name=one.name, said=_contains(turn, one)) for one in products[:6])


def _beside_allergens(turn: Turn, words: str) -> str:
    """ "zitten er noten in de bollen" is about the bollen; "zitten er noten in" about the basket."""
    bare = " ".join(word for word in words.split() if word.casefold() not in _ALLERGEN_WORDS)
    return bare if bare or turn.basket.lines else words


_ALLERGEN_WORDS = {
    *ALLERGENS.values(), "eieren", "eiwit", "noot", "nootjes", "pinda’s", "pinda's", "pindas", "lactose", "koemelk",
    "melkpoeder", "tarwe", "vissen", "schelpdieren", "sesamzaad", "sulfieten", "allergenen", "allergie",
}  # fmt: skip


def _contains(turn: Turn, product: Product) -> str:
    if product.allergens is None:
        phone = turn.square.shop_by_slug[product.shop].phone
        return turn._("allergenen onbekend, vraag het de winkel") + (f" ({phone})" if phone else "")
    words = [turn._(ALLERGENS[key]) for key in sorted(product.allergens)]
    return turn._("bevat {words}").format(words=names(words, turn._)) if words else turn._("geen allergenen")


def _price(turn: Turn, question: Question) -> str:
    products = _products(turn, question.words)
    if not products and turn.basket.lines and not question.words:
        return receipts.basket(turn.basket, turn.square)
    if not products:
        return turn._("Dat heb ik niet gevonden bij de winkels.")
    return "\n".join(f"{one.name}: {_per(one, turn._)} ({receipts.shop_name(turn.square, one.shop)})." for one in products)


def _per(product: Product, _: Translate) -> str:
    if product.by_weight:
        return _("{price} per kilo").format(price=euros(product.price_cents))
    price = euros(product.price_cents)
    return _("{price} per {contents}").format(price=price, contents=product.contents) if product.contents else price


def _stock(turn: Turn, question: Question) -> str:
    if not question.words:
        return _seller(turn, question)
    if shop := next((one for one in turn.square.shops if question.words.casefold() in (one.slug, one.kind)), None):
        groups = dict.fromkeys(one.group for one in turn.square.products if one.shop == shop.slug and one.group)
        return turn._("{shop} heeft: {groups}.").format(shop=shop.name, groups=names(list(groups)[:12], turn._))
    products = _products(turn, question.words)
    if not products:
        return turn._("Dat heb ik niet gevonden bij de winkels.")
    return "\n".join(_has(turn, one) for one in products)


def _has(turn: Turn, product: Product) -> str:
    if product.sold_out or product.stock == 0:
        return turn._("{name} is nu op.").format(name=product.name)
    return turn._("Ja, {name}: {price} ({shop}).").format(
        name=product.name, price=_per(product, turn._), shop=receipts.shop_name(turn.square, product.shop)
    )


def _hours(turn: Turn, question: Question) -> str:
    shops = _shops(turn, question.words) or _shops_in_basket(turn)[:3]
    if not shops:
        return rounds(turn)
    return "\n".join(_opening(turn, shop) for shop in shops[:4])


def _opening(turn: Turn, shop: Shop) -> str:
    today = turn.now.astimezone(AMSTERDAM).date()
    if today in shop.closed_on:
        return turn._("{shop} is vandaag dicht.").format(shop=shop.name)
    if not shop.opening:
        return turn._("{shop}: bestellen kan altijd.").format(shop=shop.name)
    spans = [f"{_span(sorted(one.days), turn._)} {clock(one.opens)}-{clock(one.closes)}" for one in shop.opening]
    return turn._("{shop}: {hours} uur.").format(shop=shop.name, hours=", ".join(spans))


def _span(days: list[int], _: Translate) -> str:
    said = [weekday_name(day, _) for day in days]
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("{first} tot en met {last}").format(first=said[0], last=said[-1])
    return names(said, _)


def rounds(turn: Turn) -> str:
    """The rides of the coming days that can still be ordered for."""
    lines = [turn._("De ritten: {rounds}.").format(rounds="; ".join(_round(one, turn._) for one in _next_week(turn)))]
    return lines[0] if _next_week(turn) else turn._("Er is de komende 2 weken geen rit.")


def _next_week(turn: Turn) -> list[Departure]:
    return moments.open_departures(turn)[:6]


def _round(departure: Departure, _: Translate) -> str:
    starts, ends = clock(departure.round.starts), clock(departure.round.ends)
    return _("{day} {starts}-{ends} uur").format(day=long_day(departure.day, _), starts=starts, ends=ends)


def names_goods(turn: Turn, question: Question) -> bool:
    """Whether a question is about something that is sold here."""
    return bool(_products(turn, question.words))


def payment(turn: Turn, question: Question | None = None) -> str:
    """How this person pays, with the link when there is something to pay now."""
    order = latest(turn)
    if order is not None and order.payable:
        return turn._("U kunt bestelling {number} hier betalen: {link}").format(
            number=order.number, link=turn.pay_link(order.payment.token)
        )
    door = (
        " " + turn._("Betalen aan de deur kan ook.")
        if turn.square.delivery.pay_at_door and not turn.basket.place.pickup
        else ""
    )
    return turn._("U betaalt via uw bank, met een knop die ik u stuur. Wij vragen nooit om uw pincode.") + door


def _area(turn: Turn, question: Question) -> str:
    areas = turn.square.delivery.postcodes
    if not areas:
        return turn._("Wij bezorgen overal.")
    return turn._("Wij bezorgen op deze postcodes: {areas}.").format(areas=", ".join(areas))


def _bot(turn: Turn, question: Question) -> str:
    who = turn.square.operator.name or turn.square.name
    return turn._("Ik ben de bestelcomputer van {who}, geen mens. Typ BEL MIJ en een mens belt u.").format(who=who)


def _other(turn: Turn, question: Question) -> str:
    if turn.reading.when is not None:  # "kan het ook zaterdag?": the day itself is heard, and answers it
        return ""
    help_ = turn.square.help
    if help_.phone:
        return turn._("Dat weet ik niet. {name} weet het vast: {phone}.").format(name=help_.name, phone=help_.phone)
    return turn._("Dat weet ik niet. Typ BEL MIJ, dan belt een mens u.")


_ANSWERS: dict[str, Callable[[Turn, Question], str]] = {
    "delivery_cost": _delivery_cost, "deadline": _deadline, "when_comes": _when_comes, "seller": _seller,
    "allergens": _allergens, "price": _price, "stock": _stock, "hours": _hours, "payment": payment,
    "order_status": _order_status, "adding": _adding, "area": _area, "bot": _bot, "other": _other,
}  # fmt: skip
