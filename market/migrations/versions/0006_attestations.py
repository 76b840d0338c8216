"""Attestations: verifiers sign for published versions; what assurance gives follows from them.

The grade, the level of assurance and the data-quality score of a published version leave the list
of what never changes. Only attestations on record move them, and never above what these cover.
Until now the enterprise's own word counted: no version is attested yet, so all are taken back.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = (
    "id organisation_id year version content restatement_reason third_party_source findings"
    " explanations points method digest scope1 scope2_location scope2_market scope3"
    " energy_mwh revenue currency completeness period_end created_at published_at"
).split()
_DERIVED = ("grade", "assurance", "data_quality")
_CHANGED = "a published disclosure never changes: publish a newer version"
_UNATTESTED = "a published disclosure never changes without an attestation that covers it"
_SIGNED_KEPT = (
    "id disclosure_id enterprise_id verifier_id scopes message coverage standard level"
    " statement_file_id statement_date note asked_by asked_at signed_by signed_at"
).split()
_OPEN = "status IN ('requested','accepted')"


def upgrade() -> None:
    """Make the table and its guards; take back what rested on the enterprise's own word."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _make_table()
    _drop_update_guard(sqlite)
    op.execute(
        "UPDATE disclosure SET assurance = 0, grade = CASE WHEN grade > 2 THEN 2 ELSE grade END,"
        " data_quality = CASE WHEN data_quality = 1 THEN 2 ELSE data_quality END"
    )
    for statement in _disclosure_guards(sqlite, _KEPT) + _attestation_guards(sqlite):
        op.execute(sa.DDL(statement.replace("%", "%%")))


def downgrade() -> None:
    """Bring the old guard back; the taken-back grades stay as they are."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    _drop_update_guard(sqlite)
    op.execute(f"DROP TRIGGER disclosure_derived_on_update{'' if sqlite else ' ON disclosure'}")
    op.drop_table("attestation")
    if not sqlite:
        for function in ("refuse_unattested", "refuse_attestation", "refuse_signed"):
            op.execute(f"DROP FUNCTION {function}()")
    kept, _derived = _disclosure_guards(sqlite, [*_KEPT, *_DERIVED])[:: 1 if sqlite else 2]
    op.execute(sa.DDL(kept))


def _make_table() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "attestation",
        sa.Column("id", sa.String(13), nullable=False),
        sa.Column("disclosure_id", sa.String(13), nullable=False),
        sa.Column("enterprise_id", sa.String(13), nullable=False),
        sa.Column("verifier_id", sa.String(13), nullable=False),
        sa.Column("status", sa.String(9), nullable=False),
        sa.Column("scopes", json, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("coverage", sa.Numeric(5, 2), nullable=True),
        sa.Column("standard", sa.String(24), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("statement_file_id", sa.String(13), nullable=True),
        sa.Column("statement_date", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(13), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("signed_by", sa.String(13), nullable=True),
        sa.Column("signed_at", moment, nullable=True),
        sa.Column("closed_by", sa.String(13), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        *_rules(),
    )
    for column in ("disclosure_id", "enterprise_id", "verifier_id"):
        op.create_index(f"ix_attestation_{column}", "attestation", [column])
    op.create_index(
        "uq_attestation_one_open",
        "attestation",
        ["disclosure_id", "verifier_id"],
        unique=True,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )


def _rules() -> list[sa.Constraint]:
    """Keys and checks, named as the models name them."""
    references = {
        "disclosure_id": "disclosure", "enterprise_id": "organisation",
        "verifier_id": "organisation", "statement_file_id": "stored_file",
        "asked_by": "people", "signed_by": "people", "closed_by": "people",
    }
    signed = (
        "status NOT IN ('attested','revoked') OR (standard <> '' AND level <> ''"
        " AND coverage IS NOT NULL AND statement_file_id IS NOT NULL"
        " AND statement_date IS NOT NULL AND signed_by IS NOT NULL AND signed_at IS NOT NULL)"
    )
    checks = {
        "maker_is_no_checker": "verifier_id <> enterprise_id",
        "status": "status IN ('requested','accepted','declined','cancelled','attested','revoked')",
        "level": "level IN ('','limited','reasonable')",
        "coverage": "coverage > 0 AND coverage <= 100",
        "signed": signed,
        "revoked_with_reason": "status <> 'revoked' OR reason <> ''",
    }
    return [
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_attestation_{column}_{table}")
            )
            for column, table in references.items()
        ),
        *(
            sa.CheckConstraint(told, name=op.f(f"ck_attestation_{name}"))
            for name, told in checks.items()
        ),
    ]


def _drop_update_guard(sqlite: bool) -> None:
    op.execute(f"DROP TRIGGER disclosure_kept_on_update{'' if sqlite else ' ON disclosure'}")


def _disclosure_guards(sqlite: bool, kept: list[str]) -> list[str]:
    """What a published version keeps; what assurance gives it only through attestations."""
    other = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in kept)
    moved = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in _DERIVED)
    fixed = f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed})"
    signed = (
        "FROM attestation a WHERE a.disclosure_id = NEW.id AND a.status IN ('attested','revoked')"
    )
    best = (
        "SELECT MAX(CASE a.level WHEN 'reasonable' THEN 2 ELSE 1 END) FROM attestation a"
        " WHERE a.disclosure_id = NEW.id AND a.status = 'attested' AND a.coverage >= 95"
    )
    unattested = (
        f"NOT EXISTS (SELECT 1 {signed}) OR NEW.assurance > COALESCE(({best}), 0)"
        " OR NEW.grade > 2 + NEW.assurance"
    )
    if sqlite:
        return [
            "CREATE TRIGGER disclosure_kept_on_update BEFORE UPDATE ON disclosure"
            f" WHEN {fixed} BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END",
            "CREATE TRIGGER disclosure_derived_on_update BEFORE UPDATE ON disclosure"
            f" WHEN OLD.status <> 'draft' AND ({moved}) AND ({unattested})"
            f" BEGIN SELECT RAISE(ABORT, '{_UNATTESTED}'); END",
        ]
    return [
        "CREATE TRIGGER disclosure_kept_on_update BEFORE UPDATE ON disclosure FOR EACH ROW"
        f" WHEN ({fixed}) EXECUTE FUNCTION refuse_published()",
        "CREATE FUNCTION refuse_unattested() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {unattested} THEN RAISE EXCEPTION '{_UNATTESTED}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER disclosure_derived_on_update BEFORE UPDATE ON disclosure FOR EACH ROW"
        f" WHEN (OLD.status <> 'draft' AND ({moved})) EXECUTE FUNCTION refuse_unattested()",
    ]


def _attestation_guards(sqlite: bool) -> list[str]:
    """Maker is never checker, for people too; what is signed never changes; nothing is deleted."""
    other = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in _SIGNED_KEPT)
    ended = "OLD.status IN ('declined','cancelled','revoked')"
    rewritten = f"OLD.status = 'attested' AND (NEW.status <> 'revoked' OR {changed})"
    owner = "(SELECT organisation_id FROM disclosure WHERE id = NEW.disclosure_id)"
    year = "(SELECT year FROM disclosure WHERE id = NEW.disclosure_id)"
    rules = {
        "owner": (f"NEW.enterprise_id <> {owner}", "the enterprise asks about its own disclosure"),
        "signer": (
            "NEW.signed_by IS NOT NULL AND NEW.status = 'attested' AND (EXISTS (SELECT 1 FROM"
            " membership m WHERE m.person_id = NEW.signed_by"
            " AND m.organisation_id = NEW.enterprise_id) OR EXISTS (SELECT 1 FROM audit_record r"
            " JOIN disclosure d ON r.subject_kind = 'disclosure' AND r.subject_id = d.id"
            f" WHERE d.organisation_id = NEW.enterprise_id AND d.year = {year}"
            " AND r.organisation_id = NEW.enterprise_id AND r.person_id = NEW.signed_by))",
            "who made the disclosure never signs for it",
        ),
    }
    statements = []
    if not sqlite:
        body = " ".join(
            f"IF {wrong} THEN RAISE EXCEPTION '{told}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            for wrong, told in rules.values()
        )
        statements.append(
            "CREATE FUNCTION refuse_attestation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" {body} RETURN NEW; END $$"
        )
    for act in ("INSERT", "UPDATE"):
        name = f"attestation_independent_on_{act.lower()}"
        if sqlite:
            statements += [
                f"CREATE TRIGGER {name}_{key} BEFORE {act} ON attestation"
                f" WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{told}'); END"
                for key, (wrong, told) in rules.items()
            ]
        else:
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON attestation FOR EACH ROW"
                " EXECUTE FUNCTION refuse_attestation()"
            )
    told = "a signed attestation never changes: revoke it"
    if sqlite:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        statements += [
            "CREATE TRIGGER attestation_kept_on_update BEFORE UPDATE ON attestation"
            f" WHEN {ended} OR ({rewritten}) {refuse}",
            "CREATE TRIGGER attestation_kept_on_delete BEFORE DELETE ON attestation"
            f" WHEN OLD.status IN ('attested','revoked') {refuse}",
        ]
        return statements
    return [
        *statements,
        "CREATE FUNCTION refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER attestation_kept_on_update BEFORE UPDATE ON attestation FOR EACH ROW"
        f" WHEN ({ended} OR ({rewritten})) EXECUTE FUNCTION refuse_signed()",
        "CREATE TRIGGER attestation_kept_on_delete BEFORE DELETE ON attestation FOR EACH ROW"
        " WHEN (OLD.status IN ('attested','revoked')) EXECUTE FUNCTION refuse_signed()",
    ]
