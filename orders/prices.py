"""A basket against the catalogue of today: what delivery costs, and which prices changed since the lines were put in."""

from __future__ import annotations

from dataclasses import replace

from catalog.square import Square
from orders.lines import OrderLine
from orders.order import Order


def fee_for(square: Square, order: Order, *, shares_round: bool = False) -> int:
    """Delivery cost in cents: nothing for pickup, above ``free_from``, or with another order in the same round."""
    rules = square.delivery
    if order.place.pickup or shares_round:
        return 0
    free = rules.free_from_cents is not None and order.goods_cents >= rules.free_from_cents
    return 0 if free else rules.fee_cents


def refresh(order: Order, square: Square) -> list[OrderLine]:
    """Bring a draft's prices up to date with the catalogue; returns lines whose price changed or that are no longer sold."""
    changed = []
    for place, line in enumerate(order.lines):
        product = square.product_by_id.get(line.product_id)
        if product is None or product.withdrawn or product.sold_out or product.restricted:
            order.lines[place] = replace(line, sold_out=True)
            changed.append(line)
        elif product.price_cents != line.price_cents:
            order.lines[place] = replace(line, price_cents=product.price_cents, name=product.name)
            changed.append(line)
    if changed:
        order.version += 1
    return changed
