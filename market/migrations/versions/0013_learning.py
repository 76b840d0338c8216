"""Ranked lists as they were shown, and what was opened from them."""

import sqlalchemy as sa
from alembic import op

from market.database import Json, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the log of what was shown."""
    op.create_table(
        "impression",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("asker_id", sa.String(13), nullable=False),
        sa.Column("organisation_id", sa.String(13), nullable=False),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("randomised", sa.Boolean(), nullable=False),
        sa.Column("propensity", sa.Float(), nullable=False),
        sa.Column("listed", Json, nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "direction IN ('products', 'needs')", name=op.f("ck_impression_direction")
        ),
        sa.CheckConstraint("page >= 1", name=op.f("ck_impression_page")),
        sa.CheckConstraint(
            "propensity > 0 AND propensity <= 1", name=op.f("ck_impression_propensity")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_impression_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impression")),
    )
    op.create_index("ix_impression_asked", "impression", ["direction", "asker_id"])
    op.create_index(op.f("ix_impression_organisation_id"), "impression", ["organisation_id"])
    op.create_index(op.f("ix_impression_shown_at"), "impression", ["shown_at"])
    op.create_table(
        "opening",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("impression_id", sa.String(13), nullable=False),
        sa.Column("listed_id", sa.String(13), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["impression_id"], ["impression.id"], name=op.f("fk_opening_impression_id_impression")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint(
            "impression_id", "listed_id", name=op.f("uq_opening_impression_id_listed_id")
        ),
    )
    op.create_index(op.f("ix_opening_impression_id"), "opening", ["impression_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("opening")
    op.drop_table("impression")
