"""Product footprints: drafts, verified records with their certificates, their log entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What a published footprint keeps for ever; its status moves on, with when and why.
_KEPT = (
    "id uuid series_id version organisation_id verifier_id content editors record findings digest"
    " statement_file_id certificate scheme valid_from valid_until name_zh name_en unit amount value"
    " boundary data_year message note created_at submitted_at verified_at verified_by published_at"
).split()
_OUT = "OLD.status IN ('published','superseded','expired','revoked')"
_BACK = (
    "NEW.status IN ('draft','submitted','verified') OR OLD.status = 'revoked' AND"
    " NEW.status <> 'revoked' OR OLD.status <> 'published' AND NEW.status = 'published'"
)
_CHANGED = "a published footprint never changes: publish a newer version"
_MADE_IT = "a footprint is not verified by a person who wrote it or works for its maker"
_WORKS_THERE = (
    "EXISTS (SELECT 1 FROM membership WHERE membership.person_id = NEW.verified_by"
    " AND membership.organisation_id = NEW.organisation_id)"
)
_IN_WORK = "status IN ('draft','submitted','verified')"
_CERTIFIED = (
    "status IN ('draft','submitted') OR (certificate IS NOT NULL AND digest <> ''"
    " AND verifier_id IS NOT NULL AND verified_by IS NOT NULL AND verified_at IS NOT NULL"
    " AND valid_from IS NOT NULL AND valid_until IS NOT NULL AND statement_file_id IS NOT NULL)"
)
# One statement in both databases: SQLite adds no constraint to a table, but takes a column's own.
_SUBJECT = (
    "ALTER TABLE log_leaf ADD COLUMN footprint_id VARCHAR(13)"
    " CONSTRAINT fk_log_leaf_footprint_id_footprint REFERENCES footprint (id)"
    " CONSTRAINT ck_log_leaf_one_subject"
    " CHECK ((disclosure_id IS NULL) <> (footprint_id IS NULL))"
)
_LEAF = "id kind disclosure_id subject_id entry leaf added_at".split()
_LOGGED = "an entry of the log never changes, and gets its index once"


def upgrade() -> None:
    """Make the table and its guards."""
    _make_table()
    for column in (
        "series_id organisation_id verifier_id status valid_until published_at"
    ).split():
        op.create_index(f"ix_footprint_{column}", "footprint", [column])
    op.create_index("uq_footprint_certificate", "footprint", ["certificate"], unique=True)
    for name, where in (("one_in_work", _IN_WORK), ("one_published", "status = 'published'")):
        op.create_index(
            f"uq_footprint_{name}", "footprint", ["series_id"], unique=True,
            sqlite_where=sa.text(where), postgresql_where=sa.text(where),
        )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite_guards() if sqlite else _postgresql_guards():
        op.execute(sa.DDL(statement.replace("%", "%%")))
    op.execute(_SUBJECT)
    op.create_index("ix_log_leaf_footprint_id", "log_leaf", ["footprint_id"])
    _guard_leaves([*_LEAF, "footprint_id"], sqlite=sqlite)


def downgrade() -> None:
    """Drop them again."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _guard_leaves(_LEAF, sqlite=sqlite)
    op.drop_index("ix_log_leaf_footprint_id", "log_leaf")
    op.execute("ALTER TABLE log_leaf DROP COLUMN footprint_id")
    op.drop_table("footprint")
    if not sqlite:
        op.execute("DROP FUNCTION refuse_footprint()")
        op.execute("DROP FUNCTION refuse_footprint_maker()")


def _guard_leaves(kept: list[str], *, sqlite: bool) -> None:
    """Make the guard of the log's entries anew, over these columns."""
    op.execute("DROP TRIGGER log_leaf_kept_on_update" + ("" if sqlite else " ON log_leaf"))
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in kept)
    when = f"OLD.position IS NOT NULL OR {changed}"
    op.execute(
        "CREATE TRIGGER log_leaf_kept_on_update BEFORE UPDATE ON log_leaf"
        + (
            f" WHEN {when} BEGIN SELECT RAISE(ABORT, '{_LOGGED}'); END"
            if sqlite
            else f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_logged()"
        )
    )


def _make_table() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "footprint",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("series_id", sa.String(13), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(13), nullable=False),
        sa.Column("verifier_id", sa.String(13), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("content", json, nullable=False),
        sa.Column("editors", json, nullable=False),
        sa.Column("record", json, nullable=False),
        sa.Column("findings", json, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("statement_file_id", sa.String(13), nullable=True),
        sa.Column("certificate", sa.String(40), nullable=True),
        sa.Column("scheme", sa.String(120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("name_zh", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(16), nullable=False),
        sa.Column("amount", sa.Numeric(20, 6), nullable=True),
        sa.Column("value", sa.Numeric(20, 6), nullable=True),
        sa.Column("boundary", sa.String(16), nullable=False),
        sa.Column("data_year", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("submitted_at", moment, nullable=True),
        sa.Column("verified_at", moment, nullable=True),
        sa.Column("verified_by", sa.String(13), nullable=True),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        *_rules(),
    )


def _rules() -> list[sa.Constraint]:
    statuses = "('draft','submitted','verified','published','superseded','expired','revoked')"
    checks = {
        "status": f"status IN {statuses}",
        "maker_is_no_checker": "verifier_id <> organisation_id",
        "validity": "valid_until > valid_from",
        "certified": _CERTIFIED,
        "revoked_with_reason": "status <> 'revoked' OR reason <> ''",
    }
    references = {
        "organisation_id": "organisation", "verifier_id": "organisation", "verified_by": "people",
        "statement_file_id": "stored_file",
    }
    return [
        *(sa.CheckConstraint(sql, name=op.f(f"ck_footprint_{n}")) for n, sql in checks.items()),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_footprint_{column}_{table}")
            )
            for column, table in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_footprint")),
        sa.UniqueConstraint("uuid", name=op.f("uq_footprint_uuid")),
    ]


def _sqlite_guards() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _KEPT)
    wrote = "EXISTS (SELECT 1 FROM json_each(NEW.editors) WHERE value = NEW.verified_by)"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END"
    made_it = f"BEGIN SELECT RAISE(ABORT, '{_MADE_IT}'); END"
    return [
        f"CREATE TRIGGER footprint_kept_on_update BEFORE UPDATE ON footprint"
        f" WHEN {_OUT} AND ({_BACK} OR {changed}) {refuse}",
        f"CREATE TRIGGER footprint_kept_on_delete BEFORE DELETE ON footprint WHEN {_OUT} {refuse}",
        "CREATE TRIGGER footprint_checked_on_update BEFORE UPDATE ON footprint"
        " WHEN NEW.verified_by IS NOT NULL AND NEW.verified_by IS NOT OLD.verified_by"
        f" AND ({wrote} OR {_WORKS_THERE}) {made_it}",
    ]


def _postgresql_guards() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _KEPT)
    refused = "USING ERRCODE = 'integrity_constraint_violation'"
    run = "FOR EACH ROW"
    return [
        "CREATE FUNCTION refuse_footprint() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{_CHANGED}' {refused}; END $$",
        "CREATE FUNCTION refuse_footprint_maker() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NEW.editors ? NEW.verified_by OR {_WORKS_THERE} THEN"
        f" RAISE EXCEPTION '{_MADE_IT}' {refused}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER footprint_kept_on_update BEFORE UPDATE ON footprint {run}"
        f" WHEN ({_OUT} AND ({_BACK} OR {changed})) EXECUTE FUNCTION refuse_footprint()",
        f"CREATE TRIGGER footprint_kept_on_delete BEFORE DELETE ON footprint {run}"
        f" WHEN ({_OUT}) EXECUTE FUNCTION refuse_footprint()",
        f"CREATE TRIGGER footprint_checked_on_update BEFORE UPDATE ON footprint {run}"
        " WHEN (NEW.verified_by IS NOT NULL AND NEW.verified_by IS DISTINCT FROM OLD.verified_by)"
        " EXECUTE FUNCTION refuse_footprint_maker()",
    ]
