"""Activity lines with what they were calculated with, their imports, and own factors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "own_factor",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("organisation_id", sa.String(length=13), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("gas", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("evidence_file_id", sa.String(length=13), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=13), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('disclosure', 'ets', 'footprint')", name=op.f("ck_own_factor_purpose")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_own_factor_version")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_own_factor_year")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_own_factor_created_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["stored_file.id"],
            name=op.f("fk_own_factor_evidence_file_id_stored_file"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_own_factor_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_factor")),
        sa.UniqueConstraint(
            "organisation_id",
            "code",
            "version",
            name=op.f("uq_own_factor_organisation_id_code_version"),
        ),
    )
    op.create_index(
        op.f("ix_own_factor_organisation_id"), "own_factor", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_own_factor_one_in_use",
        "own_factor",
        ["organisation_id", "code"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "activity_line",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("organisation_id", sa.String(length=13), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=3), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("amount", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("chosen_factor", sa.String(length=80), nullable=False),
        sa.Column("factor_id", sa.String(length=80), nullable=False),
        sa.Column("factor_version", sa.String(length=20), nullable=False),
        sa.Column("factor_value", sa.String(length=32), nullable=False),
        sa.Column("factor_unit", sa.String(length=24), nullable=False),
        sa.Column("factor_source", sa.String(length=300), nullable=False),
        sa.Column("gas", sa.String(length=12), nullable=False),
        sa.Column("warming", sa.String(length=32), nullable=False),
        sa.Column("gwp_set", sa.String(length=3), nullable=False),
        sa.Column("green", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=14), nullable=False),
        sa.Column("certificates", sa.String(length=1000), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(length=120), nullable=False),
        sa.Column("evidence_file_id", sa.String(length=13), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("market_grams", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=13), nullable=True),
        sa.CheckConstraint(
            "(source = 'scope_3') = (category <> '')", name=op.f("ck_activity_line_category")
        ),
        sa.CheckConstraint("grams >= 0 AND market_grams >= 0", name=op.f("ck_activity_line_grams")),
        sa.CheckConstraint("market_grams <= grams", name=op.f("ck_activity_line_market")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_activity_line_year")),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["stored_file.id"],
            name=op.f("fk_activity_line_evidence_file_id_stored_file"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_activity_line_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["people.id"], name=op.f("fk_activity_line_updated_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_line")),
        sa.UniqueConstraint(
            "organisation_id", "year", "key", name=op.f("uq_activity_line_organisation_id_year_key")
        ),
    )
    op.create_index(
        "ix_activity_line_shown",
        "activity_line",
        ["organisation_id", "year", "source", "key"],
        unique=False,
    )
    op.create_table(
        "activity_import",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("organisation_id", sa.String(length=13), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=13), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(length=400), nullable=False),
        sa.Column(
            "report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=13), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_activity_import_year")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_activity_import_created_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_activity_import_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_activity_import_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_import")),
    )
    op.create_index(
        op.f("ix_activity_import_organisation_id"),
        "activity_import",
        ["organisation_id"],
        unique=False,
    )


def downgrade() -> None:
    """Drop them again."""
    op.drop_table("activity_import")
    op.drop_table("activity_line")
    op.drop_table("own_factor")
