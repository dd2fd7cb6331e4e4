"""Which bubble asked"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep with each question the outbox key of the bubble that asked it; those of before are unknown."""
    op.add_column("ask", sa.Column("key", sa.Text(), server_default="", nullable=False))
