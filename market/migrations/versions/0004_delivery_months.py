"""How long a technology takes from order to operation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is unknown for what is listed."""
    op.add_column("technology", sa.Column("delivery_months", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("technology", "delivery_months")
