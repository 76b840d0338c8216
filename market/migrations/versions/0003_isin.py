"""The ISIN of listed firms, by which files of others name them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has one yet."""
    column = sa.Column("isin", sa.String(length=12), nullable=False, server_default="")
    op.add_column("organisation", column)
    op.create_index("ix_organisation_isin", "organisation", ["isin"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("ix_organisation_isin", table_name="organisation")
    op.drop_column("organisation", "isin")
