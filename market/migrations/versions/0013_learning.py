"""Ranked lists as they were shown, what was opened, models promoted, and people's looks."""

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
        sa.Column("propensity", sa.Double(), nullable=False),
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
    _models()
    _looks()


def _models() -> None:
    op.create_table(
        "model_promotion",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("replaced", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rollback", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(13), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["artefact.digest"], name=op.f("fk_model_promotion_digest_artefact")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_model_promotion_decided_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_promotion")),
    )
    op.create_index(op.f("ix_model_promotion_decided_at"), "model_promotion", ["decided_at"])


def _looks() -> None:
    op.create_table(
        "human_look",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("need_id", sa.String(13), nullable=False),
        sa.Column("product_id", sa.String(13), nullable=False),
        sa.Column("organisation_id", sa.String(13), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(13), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(13), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_human_look_need_id_need")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_human_look_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_human_look_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("fk_human_look_asked_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_human_look_answered_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_look")),
        sa.UniqueConstraint(
            "need_id",
            "product_id",
            "organisation_id",
            name=op.f("uq_human_look_need_id_product_id_organisation_id"),
        ),
    )
    op.create_index(op.f("ix_human_look_due_at"), "human_look", ["due_at"])
    op.create_index(op.f("ix_human_look_organisation_id"), "human_look", ["organisation_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("human_look")
    op.drop_table("model_promotion")
    op.drop_table("opening")
    op.drop_table("impression")
