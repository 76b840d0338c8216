"""PDF reports of published versions, and filings received as inline XBRL."""

import sqlalchemy as sa
from alembic import op

from market.database import Json, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("disclosure_id", sa.String(length=13), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state_key", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('zh','en')", name=op.f("ck_report_language")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_report_disclosure_id_disclosure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "disclosure_id", "language", "state_key",
            name=op.f("uq_report_disclosure_id_language_state_key"),
        ),
    )
    op.create_table(
        "filing",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("organisation_id", sa.String(length=13), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.Column("received_by", sa.String(length=13), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("checked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("filled_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"],
            name=op.f("fk_filing_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["people.id"], name=op.f("fk_filing_received_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    op.create_index(op.f("ix_filing_organisation_id"), "filing", ["organisation_id"])


def downgrade() -> None:
    """Drop them; the files stay in their folder."""
    op.drop_table("filing")
    op.drop_table("report")
