"""Copied answers are marked in a draft; a published version keeps its carbon intensity L."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TRIGGER = "disclosure_l_kept_on_update"
_TOLD = "a published disclosure never changes: publish a newer version"


def upgrade() -> None:
    """Add the columns; L of a published version is kept as the other figures are."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("disclosure", sa.Column("copied", json, nullable=False, server_default="{}"))
    op.add_column("disclosure", sa.Column("carbon_l", sa.Numeric(20, 6), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {_TRIGGER} BEFORE UPDATE ON disclosure"
            " WHEN OLD.status <> 'draft' AND NEW.carbon_l IS NOT OLD.carbon_l"
            f" BEGIN SELECT RAISE(ABORT, '{_TOLD}'); END"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {_TRIGGER} BEFORE UPDATE ON disclosure FOR EACH ROW"
            " WHEN (OLD.status <> 'draft' AND NEW.carbon_l IS DISTINCT FROM OLD.carbon_l)"
            " EXECUTE FUNCTION refuse_published()"
        )


def downgrade() -> None:
    """Take the guard and the columns away."""
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON disclosure"
    op.execute(f"DROP TRIGGER {_TRIGGER}{on}")
    op.drop_column("disclosure", "carbon_l")
    op.drop_column("disclosure", "copied")
