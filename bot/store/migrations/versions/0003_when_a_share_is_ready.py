"""When a share is ready"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep when a shop said to have its share ready; the minutes of before counted from a moment that was not kept."""
    op.add_column("shop_order", sa.Column("ready_at", sa.BigInteger(), nullable=True))
