"""A shop says when it has its share ready (KAN 20): who must know that, and what they read.

The courier who is at the shops. The resident only when it endangers the moment that was promised, or keeps somebody waiting
who comes to fetch it. The coordinators when it endangers the moment.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from catalog.square import AMSTERDAM, Square
from notifications import alerts, receipts
from notifications.messages import Outbound
from notifications.texts import clock, day_and_hours, translator
from orders.lines import ShopOrder, ShopStatus
from orders.order import Order
from orders.ports import Store
from orders.run import Run, RunStatus

#: From the shop to the door takes time: what is ready later than this before the end of the round may come too late.
#: Choice of this project.
LAST_MINUTES = timedelta(minutes=30)


def open_moment(share: ShopOrder, now: datetime) -> datetime | None:
    """When this share is ready, as long as that is still to come; None when it is ready, or nothing was said."""
    ahead = share.ready_at is not None and share.ready_at > now and share.status is not ShopStatus.READY
    return share.ready_at if ahead else None


def hour(moment: datetime) -> str:
    """``16.20``, to be followed by "uur"."""
    return clock(moment.astimezone(AMSTERDAM).time())


def too_late(order: Order, square: Square, ready_at: datetime | None) -> bool:
    """Whether a share that is ready then may not be at the door in time."""
    departure = receipts.departure_of(order, square)
    return ready_at is not None and departure is not None and ready_at > departure.ends_at - LAST_MINUTES


def for_resident(order: Order, share: ShopOrder, square: Square, now: datetime) -> str:
    """What the resident must know of it; "" when it changes nothing for them."""
    _ = translator(square.locale)
    ready_at, departure = open_moment(share, now), receipts.departure_of(order, square)
    shop = receipts.shop_name(square, share.shop)
    if ready_at is None or departure is None:
        return ""
    if too_late(order, square, ready_at):
        return _(
            "{shop} heeft het pas klaar om {time} uur. Het kan later komen dan {ends} uur. Niet goed? Typ BEL MIJ."
        ).format(shop=shop, time=hour(ready_at), ends=clock(departure.round.ends))
    waits = order.place.pickup and ready_at > departure.starts_at
    return _("{shop} heeft het klaar om {time} uur.").format(shop=shop, time=hour(ready_at)) if waits else ""


def in_time_after_all(order: Order, shop: str, square: Square, now: datetime) -> str:
    """To a resident who read that it may come too late; "" when there is no time left to say so."""
    _ = translator(square.locale)
    departure = receipts.departure_of(order, square)
    if departure is None or now > departure.ends_at - LAST_MINUTES:
        return ""
    text = _("{shop} heeft het toch op tijd. U krijgt het: {when}.")
    return text.format(shop=receipts.shop_name(square, shop), when=day_and_hours(departure, _))


def for_courier(run: Run | None, order: Order, shop: str, square: Square, ready_at: datetime) -> list[Outbound]:
    """A courier who has begun and was not at this shop yet. Who begins later reads it at the stop."""
    _ = translator(square.locale)
    ahead = [one for one in run.stops if one.kind == "pickup" and not one.outcome and shop in one.shops] if run else []
    if run is None or run.courier is None or run.status is not RunStatus.STARTED or not ahead:
        return []
    body = _("{shop}: bestelling {number} is klaar om {time} uur.").format(
        shop=receipts.shop_name(square, shop), number=order.number, time=hour(ready_at)
    )
    key = f"{run.id}:ready:{order.id}:{shop}:{ready_at:%d%H%M}"
    return [Outbound(key, run.courier, body, topic="courier_change", if_unknown="resend", order_id=order.id)]


def for_coordinators(order: Order, shop: str, square: Square, store: Store, ready_at: datetime) -> list[Outbound]:
    """Somebody must decide what happens with an order that may come too late."""
    _ = translator(square.locale)
    text = _("{shop} heeft bestelling {number} pas klaar om {time} uur. Dat kan te laat zijn voor de rit.").format(
        shop=receipts.shop_name(square, shop), number=order.number, time=hour(ready_at)
    )
    key = f"{order.id}:{shop}:late:{ready_at:%d%H%M}"
    return alerts.coordinators(square, store, key, text, order.id, alerts.end_choices(order, _)[:1])
