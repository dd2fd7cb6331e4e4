"""The tables. The database is the only durable engine: what was said, agreed, owed and still to do stands here.

Why no queue library: none of those measured gives SQLite and PostgreSQL, order per person, enqueueing in our own transaction
and recovery after kill -9 together (DBOS: no order on SQLite with Python 3.11, a dead executor's work waits; procrastinate and
PGQueuer: PostgreSQL only; Huey and APScheduler's job store lose the job in hand). Three plain tables do: inbound,
outbound, timer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql

from bot.store.types import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by itself only for INTEGER


def _where(condition: str) -> dict[str, Any]:
    """An index over some rows only, on both databases."""
    return {"sqlite_where": sql(condition), "postgresql_where": sql(condition)}


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _count(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(default))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=false())


# --- the catalogue: its truth is here; a regional shop's rows stand once, under the region ---------------------------------
#: ``version`` grows with every change of shops and products, ``stock_version`` with every change of a counted stock.
square = Table(
    "square",
    metadata,
    Column("slug", Text, primary_key=True),
    _text("kind", "village"),
    Column("regions", JSON, nullable=False),
    Column("data", JSON, nullable=False),
    _count("version"),
    _count("stock_version"),
    _count("last_number"),
)
shop = Table(
    "shop",
    metadata,
    Column("square", Text, primary_key=True),
    Column("slug", Text, primary_key=True),
    _count("place"),
    Column("data", JSON, nullable=False),
    Column("closed_on", JSON, nullable=False),
    _flag("withdrawn"),
)
#: ``imported`` is what the folder last said of price and stock: an unchanged file does not undo what a shopkeeper
#: changed by chat.
product = Table(
    "product",
    metadata,
    Column("square", Text, primary_key=True),
    Column("shop", Text, primary_key=True),
    Column("sku", Text, primary_key=True),
    _count("place"),
    _text("name"),
    _count("price_cents"),
    Column("stock", Integer),
    _flag("sold_out"),
    _flag("withdrawn"),
    Column("data", JSON, nullable=False),
    Column("imported", JSON, nullable=False),
    CheckConstraint("stock >= 0", name="stock_not_below_zero"),
)

# --- people ----------------------------------------------------------------------------------------------------------
person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    Column("place", JSON),
    Column("introduced", Instant),
    _flag("opted_out"),
    _flag("verify"),
    Column("created", Instant, nullable=False),
)
#: ``last_inbound_at`` opens WhatsApp's window; ``gone`` is when the platform said that nobody is there any more.
address = Table(
    "address",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    _text("name"),
    Column("last_inbound_at", Instant),
    Column("gone", Instant),
    Column("created", Instant, nullable=False),
)
role = Table(
    "role",
    metadata,
    Column("person", Text, primary_key=True),
    Column("square", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("shop", Text, primary_key=True),
    _text("name"),
    _count("rank"),
    Column("created", Instant, nullable=False),
    Index("ix_role_square_role_shop", "square", "role", "shop"),
)
invitation = Table(
    "invitation",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("square", Text, nullable=False),
    Column("role", Text, nullable=False),
    _text("shop"),
    _text("name"),
    Column("expires", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Text),
)
conversation = Table(
    "conversation",
    metadata,
    Column("person", Text, primary_key=True),
    _text("square"),
    _text("hat", "resident"),
    Column("step", JSON),
    _text("ask_id"),
    Column("choices", JSON, nullable=False),
    _count("misses"),
    Column("updated_at", Instant),
)
#: What the buttons of a bubble stand for; a button carries ``<ask_id>.<index>``. ``of_talk``: stale once the talk moved on.
#: ``key`` is that of the bubble.
ask = Table(
    "ask",
    metadata,
    Column("ask_id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    _flag("of_talk"),
    Column("at", Instant, nullable=False, index=True),
    _text("key"),
)

# --- orders ----------------------------------------------------------------------------------------------------------
#: ``rev`` grows with every save: a save over an older reading is refused (bot.store.orders.Stale) and the fact handled anew.
orders = Table(
    "orders",
    metadata,
    Column("id", Text, primary_key=True),
    Column("square", Text, nullable=False),
    Column("resident", Text, nullable=False),
    _text("status", "draft"),
    _count("number"),
    _count("version"),
    _count("rev"),
    _text("departure"),
    Column("place", JSON, nullable=False),
    _count("fee_cents"),
    _text("delivered_by"),
    _text("evidence"),
    Column("pay_token", Text, nullable=False, unique=True),
    _text("pay_way", "online"),
    _count("door_cents"),
    Column("created", Instant, nullable=False),
    Column("changed_at", Instant),
    Column("placed_at", Instant),
    Index("ix_orders_resident_square", "resident", "square"),
    Index("ix_orders_square_departure", "square", "departure"),
    Index("ix_orders_square_number", "square", "number", unique=True, **_where("number > 0")),
    Index(
        "ix_orders_one_draft", "resident", "square",
        unique=True, **_where("status = 'draft'"),
    ),
)  # fmt: skip
order_line = Table(
    "order_line",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("product_id", Text, nullable=False),
    Column("shop", Text, nullable=False),
    _text("name"),
    _count("price_cents"),
    _flag("by_weight"),
    _count("amount"),
    _count("vat", 9),
    _count("deposit_cents"),
    Column("options", JSON, nullable=False),
    _text("note"),
    _text("said"),
    _flag("about"),
    Column("allergens", JSON),
    _text("withdrawal"),
    Column("weighed", Integer),
    _flag("sold_out"),
    _count("touched"),
)
shop_order = Table(
    "shop_order",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("shop", Text, primary_key=True),
    _count("place"),
    _text("status", "waiting"),
    Column("ready_minutes", Integer),  # up to revision 0002; an older version that still runs writes it
    Column("ready_at", Instant),
    _flag("announced"),
    Index("ix_shop_order_shop", "shop"),
)
#: Written as ``creating`` before Mollie is called; ``id`` is ours: idempotency key and metadata.
payment_attempt = Table(
    "payment_attempt",
    metadata,
    Column("id", Text, primary_key=True),
    Column("order_id", Text, nullable=False, index=True),
    _count("cents"),
    _text("status", "creating"),
    Column("provider_id", Text, unique=True),
    Column("checkout_url", Text),
    _count("refunded_cents"),
    Column("created_at", Instant, nullable=False),
    Column("checked_at", Instant),
)
refund = Table(
    "refund",
    metadata,
    Column("id", Text, primary_key=True),
    Column("order_id", Text, nullable=False, index=True),
    Column("attempt_id", Text, nullable=False),
    _count("cents"),
    _text("why"),
    _flag("done"),
    Column("provider_id", Text),
    _count("tries"),
    Column("due", Instant),
    _text("error"),
    Index("ix_refund_waiting", "due", **_where("NOT done")),
)
usual = Table(
    "usual",
    metadata,
    Column("person", Text, primary_key=True),
    Column("square", Text, primary_key=True),
    Column("words", Text, primary_key=True),
    Column("product_id", Text, nullable=False),
)
unknown_words = Table(
    "unknown_words",
    metadata,
    Column("square", Text, primary_key=True),
    Column("words", Text, primary_key=True),
    _count("times"),
)
run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    Column("square", Text, nullable=False),
    Column("departure", Text, nullable=False),
    _text("status", "open"),
    Column("courier", Text, index=True),
    Column("asked", JSON, nullable=False),
    Column("declined", JSON, nullable=False),
    Column("offered_at", Instant),
    _count("rev"),
    UniqueConstraint("square", "departure"),
)
stop = Table(
    "stop",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    _text("address"),
    Column("shops", JSON, nullable=False),
    _text("order_id"),
    _count("crates"),
    _text("outcome"),
)

# --- the engine ------------------------------------------------------------------------------------------------------
#: What came in. state: done | waiting (behind a failed one) | failed (tried again at ``due``) | aside (a coordinator looks).
inbound = Table(
    "inbound",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    _text("state", "done"),
    _count("attempts"),
    _text("error"),
    Column("received_at", Instant, nullable=False),
    Column("due", Instant),
    UniqueConstraint("channel", "event_id"),
    Index(
        "ix_inbound_unfinished", "lane", "id",
        **_where("state IN ('waiting', 'failed')"),
    ),
)  # fmt: skip
#: As a condition the index can be used for: databases compare it with the index's own, word for word.
UNFINISHED = sql("inbound.state IN ('waiting', 'failed')")
#: What must leave. state: queued | sending | sent | refused | unknown | held | dropped. ``lane`` is ``channel:address``.
#: ``tries`` counts claims, ``unknowns`` lost answers, ``as_template`` that the window turned out to be closed.
outbound = Table(
    "outbound",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("lane", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("person", Text, nullable=False),
    _text("square"),
    Column("body", Text, nullable=False),
    Column("choices", JSON, nullable=False),
    _text("topic", "reply"),
    _text("slot"),
    _text("if_unknown", "drop"),
    _text("order_id"),
    _text("ask_id"),
    _text("callback_id"),
    _text("answer_to"),
    _text("state", "queued"),
    _count("tries"),
    _count("unknowns"),
    _flag("as_template"),
    _text("owner"),
    Column("lease_until", Instant),
    Column("due", Instant, nullable=False),
    Column("created", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("provider_id", Text),
    _text("status"),
    _text("error"),
    Index(
        "ix_outbound_waiting", "lane", "id",
        **_where("state IN ('queued', 'sending')"),
    ),
    Index("ix_outbound_due", "due", **_where("state = 'queued'")),
    Index("ix_outbound_leased", "lease_until", **_where("state = 'sending'")),
    Index("ix_outbound_held", "lane", **_where("state = 'held'")),
    Index("ix_outbound_provider", "provider_id", **_where("provider_id IS NOT NULL")),
    Index("ix_outbound_slot", "lane", "slot", **_where("slot <> ''")),
    Index("ix_outbound_order", "order_id", **_where("order_id <> ''")),
    Index("ix_outbound_ended_ill", "created", **_where("state IN ('refused', 'held', 'dropped', 'unknown')")),
)  # fmt: skip
#: As a condition the index can be used for.
ENDED_ILL = sql("state IN ('refused', 'held', 'dropped', 'unknown')")
#: One per meaning. state: waiting | fired | aside.
timer = Table(
    "timer",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("due", Instant, nullable=False),
    _text("state", "waiting"),
    _count("attempts"),
    _text("error"),
    Column("fired_at", Instant),
    Index("ix_timer_due", "due", **_where("state = 'waiting'")),
)
#: Signs of life and small facts of the engine: ``last_tick``, ``reconciled:whatsapp`` …
mark = Table(
    "mark",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Instant),
    _text("value"),
)
