"""What can be counted from outside, for Prometheus. One registry per App, so that tests and the demo do not mix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Connection, func, select

from bot.store import tables as t


class Meter:
    """Counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self._refused = Counter("dorpsbode_webhooks_refused", "Webhooks refused", ["channel", "why"], registry=r)
        self.turns = Counter("dorpsbode_inbound", "Messages taken in, by how it ended", ["channel", "outcome"], registry=r)
        self.took = Histogram(
            "dorpsbode_inbound_seconds", "From parsed to committed", registry=r,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.25, 0.5, 1, 2, 5),
        )  # fmt: skip
        self.deliveries = Gauge(
            "dorpsbode_deliveries", "Calls of this process to platforms, by outcome", ["channel", "outcome"], registry=r
        )
        self.outbox = Gauge(
            "dorpsbode_outbox", "Bubbles of all processes, by channel and how far they are", ["channel", "state"], registry=r
        )
        self.outbox_age = Gauge("dorpsbode_outbox_oldest_seconds", "Age of the oldest bubble that is due", registry=r)
        self.orders = Gauge("dorpsbode_orders", "Orders by status", ["status"], registry=r)
        self.bubbles = Gauge("dorpsbode_bubbles_sent", "Bubbles sent, by channel", ["channel"], registry=r)
        self.cost = Gauge("dorpsbode_bubbles_cost_cents", "What they cost, euro cents", ["channel"], registry=r)
        self.waiting = Gauge("dorpsbode_writer_waiting", "Jobs that wait for the writer", registry=r)

    def forged(self, channel: str) -> None:
        """A webhook that did not prove where it comes from: nothing but this count is kept."""
        self._refused.labels(channel, "forged").inc()

    def unreadable(self, channel: str) -> None:
        """A genuine webhook whose body could not be read."""
        self._refused.labels(channel, "unreadable").inc()

    def read(self, conn: Connection, now: datetime, cents: Mapping[str, float]) -> None:
        """What stands in the database, of all processes together. ``cents``: what a bubble costs on a channel."""
        o = t.outbound.c
        for gauge in (self.outbox, self.orders, self.bubbles, self.cost):
            gauge.clear()  # else what fell to nothing keeps its last number for ever
        for channel, state, many in conn.execute(select(o.channel, o.state, func.count()).group_by(o.channel, o.state)):
            self.outbox.labels(channel, state).set(many)
            if state == "sent":
                self.bubbles.labels(channel).set(many)
                self.cost.labels(channel).set(many * cents.get(channel, 0))
        for status, many in conn.execute(select(t.orders.c.status, func.count()).group_by(t.orders.c.status)):
            self.orders.labels(status).set(many)
        oldest = conn.execute(select(func.min(o.due)).where(o.state == "queued", o.due <= now)).scalar()
        self.outbox_age.set((now - oldest).total_seconds() if oldest else 0)

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
