"""Counted stock follows the order: what a cancelled or sold-out line had reserved goes back, or is gone for good."""

from __future__ import annotations

from orders import events as e
from orders.ports import Store


def follow(event: e.Event, store: Store) -> None:
    """Give reserved stock back when an order is cancelled. A sold-out line is not given back: the shop says there is none."""
    if isinstance(event, e.OrderCancelled):
        order = store.order(event.order_id)
        for line in order.open_lines:
            store.put_back_stock(order.square, line.product_id, line.amount)
