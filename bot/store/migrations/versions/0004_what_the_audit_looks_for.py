"""What the audit looks for"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The bubbles of an order, and those that ended without arriving, are found without reading all that was ever sent."""
    of_order, ended_ill = sa.text("order_id <> ''"), sa.text("state IN ('refused', 'held', 'dropped', 'unknown')")
    op.create_index("ix_outbound_order", "outbound", ["order_id"], sqlite_where=of_order, postgresql_where=of_order)
    op.create_index("ix_outbound_ended_ill", "outbound", ["created"], sqlite_where=ended_ill, postgresql_where=ended_ill)
