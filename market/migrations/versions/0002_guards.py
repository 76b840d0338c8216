"""Guards: rows nobody may change, the reference made afterwards, the one ranking row."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LATE_REFERENCE = "fk_stored_file_organisation_id_organisation"
_APPEND_ONLY = ("audit_record", "audit_seal")
# What a published disclosure keeps for ever; its status moves on, and who moved it.
_KEPT = (
    "id organisation_id year version content restatement_reason third_party_source findings"
    " explanations grade points method digest scope1 scope2_location scope2_market scope3"
    " energy_mwh revenue currency completeness assurance data_quality period_end created_at"
    " published_at"
).split()
_CHANGED = "a published disclosure never changes: publish a newer version"
_APPENDED = "this table only grows"


def upgrade() -> None:
    """Bring the guards up."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite_triggers() if sqlite else _postgresql_triggers():
        op.execute(sa.DDL(statement.replace("%", "%%")))
    if not sqlite:  # SQLite made it with the table: it cannot add one later
        op.create_foreign_key(
            _LATE_REFERENCE, "stored_file", "organisation", ["organisation_id"], ["id"]
        )
    op.execute("INSERT INTO ranking_state (id, version, model) VALUES (1, 0, '')")


def downgrade() -> None:
    """Take the guards down."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DELETE FROM ranking_state")
    if not sqlite:
        op.drop_constraint(_LATE_REFERENCE, "stored_file", type_="foreignkey")
    for table in (*_APPEND_ONLY, "disclosure"):
        for act in ("update", "delete"):
            on = "" if sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_kept_on_{act}{on}")
    if not sqlite:
        for function in ("refuse_append_only", "refuse_published"):
            op.execute(f"DROP FUNCTION {function}()")


def _sqlite_triggers() -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_kept_on_{act} BEFORE {act} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_APPENDED}'); END"
        for table in _APPEND_ONLY
        for act in ("update", "delete")
    ]
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _KEPT)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END"
    return [
        *statements,
        "CREATE TRIGGER disclosure_kept_on_update BEFORE UPDATE ON disclosure"
        f" WHEN OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed}) {refuse}",
        "CREATE TRIGGER disclosure_kept_on_delete BEFORE DELETE ON disclosure"
        f" WHEN OLD.status <> 'draft' {refuse}",
    ]


def _postgresql_triggers() -> list[str]:
    functions = [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        for name, told in (("refuse_append_only", _APPENDED), ("refuse_published", _CHANGED))
    ]
    statements = [
        f"CREATE TRIGGER {table}_kept_on_{act} BEFORE {act} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_append_only()"
        for table in _APPEND_ONLY
        for act in ("update", "delete")
    ]
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _KEPT)
    run = "EXECUTE FUNCTION refuse_published()"
    return [
        *functions,
        *statements,
        "CREATE TRIGGER disclosure_kept_on_update BEFORE UPDATE ON disclosure FOR EACH ROW"
        f" WHEN (OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed})) {run}",
        "CREATE TRIGGER disclosure_kept_on_delete BEFORE DELETE ON disclosure FOR EACH ROW"
        f" WHEN (OLD.status <> 'draft') {run}",
    ]
