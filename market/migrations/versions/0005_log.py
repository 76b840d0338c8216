"""The transparency log: leaves, nodes, checkpoints, witnesses; what is in it only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("log_node", "log_checkpoint", "log_cosignature")
_APPENDED = "this table only grows"
_KEPT = "id kind disclosure_id subject_id entry leaf added_at".split()
_LOGGED = "an entry of the log never changes, and gets its index once"


def upgrade() -> None:
    """Make the tables and their guards."""
    _make_tree()
    _make_witnesses()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite_triggers() if sqlite else _postgresql_triggers():
        op.execute(sa.DDL(statement.replace("%", "%%")))


def downgrade() -> None:
    """Drop them again, guards first."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in (*_APPEND_ONLY, "log_leaf"):
        for act in ("update", "delete"):
            on = "" if sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_kept_on_{act}{on}")
    if not sqlite:
        op.execute("DROP FUNCTION refuse_logged()")
    for table in ("log_cosignature", "log_witness", "log_checkpoint", "log_node", "log_leaf"):
        op.drop_table(table)


def _make_tree() -> None:
    op.create_table(
        "log_leaf",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("disclosure_id", sa.String(13), nullable=True),
        sa.Column("subject_id", sa.String(13), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_log_leaf_position")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_log_leaf_disclosure_id_disclosure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("subject_id", "kind", name=op.f("uq_log_leaf_subject_id_kind")),
        sa.UniqueConstraint("position", name=op.f("uq_log_leaf_position")),
    )
    op.create_index(op.f("ix_log_leaf_disclosure_id"), "log_leaf", ["disclosure_id"])
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_checkpoint")),
        sa.UniqueConstraint("size", "key", name=op.f("uq_log_checkpoint_size_key")),
    )


def _make_witnesses() -> None:
    op.create_table(
        "log_witness",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("organisation_id", sa.String(13), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_log_witness_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_witness")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_log_witness_organisation_id_key")),
    )
    op.create_index(op.f("ix_log_witness_organisation_id"), "log_witness", ["organisation_id"])
    op.create_table(
        "log_cosignature",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column("witness_id", sa.String(13), nullable=False),
        sa.Column("line", sa.String(400), nullable=False),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["log_checkpoint.id"],
            name=op.f("fk_log_cosignature_checkpoint_id_log_checkpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"],
            ["log_witness.id"],
            name=op.f("fk_log_cosignature_witness_id_log_witness"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_cosignature")),
        sa.UniqueConstraint(
            "checkpoint_id", "witness_id", name=op.f("uq_log_cosignature_checkpoint_id_witness_id")
        ),
    )
    op.create_index(op.f("ix_log_cosignature_witness_id"), "log_cosignature", ["witness_id"])


def _sqlite_triggers() -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_kept_on_{act} BEFORE {act} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_APPENDED}'); END"
        for table in _APPEND_ONLY
        for act in ("update", "delete")
    ]
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _KEPT)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_LOGGED}'); END"
    return [
        *statements,
        "CREATE TRIGGER log_leaf_kept_on_update BEFORE UPDATE ON log_leaf"
        f" WHEN OLD.position IS NOT NULL OR {changed} {refuse}",
        f"CREATE TRIGGER log_leaf_kept_on_delete BEFORE DELETE ON log_leaf {refuse}",
    ]


def _postgresql_triggers() -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_kept_on_{act} BEFORE {act} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_append_only()"
        for table in _APPEND_ONLY
        for act in ("update", "delete")
    ]
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _KEPT)
    run = "EXECUTE FUNCTION refuse_logged()"
    return [
        "CREATE FUNCTION refuse_logged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{_LOGGED}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        *statements,
        "CREATE TRIGGER log_leaf_kept_on_update BEFORE UPDATE ON log_leaf FOR EACH ROW"
        f" WHEN (OLD.position IS NOT NULL OR {changed}) {run}",
        f"CREATE TRIGGER log_leaf_kept_on_delete BEFORE DELETE ON log_leaf FOR EACH ROW {run}",
    ]
