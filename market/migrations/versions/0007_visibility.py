"""Visibility by section: private answers, consents, who read what; certificates in use."""

import hashlib
import json
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from market.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_TRIGGER = "disclosure_visibility_kept_on_update"
_CHANGED = "a published disclosure never changes: publish a newer version"
_APPENDED = "this table only grows"
_APPEND_ONLY = ("disclosure_private", "disclosure_reading")
_ID = sa.String(13)
_TABLES = (
    "certificate_use", "disclosure_reading", "disclosure_ask", "disclosure_consent",
    "disclosure_private",
)  # fmt: skip


def upgrade() -> None:
    """Everything published so far stays public; its certificates are entered as used."""
    op.add_column("disclosure", sa.Column("visibility", _JSON, nullable=False, server_default="{}"))
    op.add_column("disclosure", sa.Column("employees", sa.BigInteger(), nullable=True))
    _private()
    _consent()
    _ask()
    _reading()
    _certificates()
    _guards()
    _enter_certificates()


def downgrade() -> None:
    """Take tables, guards and the column away; what is not public is lost with them."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER {_TRIGGER}{'' if sqlite else ' ON disclosure'}")
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("disclosure", "employees")
    op.drop_column("disclosure", "visibility")


def _private() -> None:
    op.create_table(
        "disclosure_private",
        sa.Column("disclosure_id", _ID, _to("disclosure", "disclosure_private"), primary_key=True),
        sa.Column("answers", _JSON, nullable=False),
        sa.Column("salts", _JSON, nullable=False),
        sa.Column("findings", _JSON, nullable=False),
        sa.Column("explanations", _JSON, nullable=False),
    )


def _to(table: str, here: str, column: str = "") -> sa.ForeignKey:
    name = f"fk_{here}_{column or table + '_id'}_{table}"
    return sa.ForeignKey(f"{table}.id", name=op.f(name))


def _parties(here: str) -> list[sa.Column[str]]:
    return [
        sa.Column(column, _ID, _to("organisation", here, column), nullable=False)
        for column in ("enterprise_id", "institution_id")
    ]


def _asked() -> list[sa.Column[str]]:
    return [
        sa.Column("sections", _JSON, nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
    ]


def _consent() -> None:
    here = "disclosure_consent"
    op.create_table(
        here,
        sa.Column("id", _ID, primary_key=True),
        *_parties(here),
        sa.Column("disclosure_id", _ID, _to("disclosure", here), nullable=True),
        *_asked(),
        sa.Column("given_by", _ID, _to("people", here, "given_by"), nullable=False),
        sa.Column("given_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
    )
    op.create_index(f"ix_{here}_pair", here, ["institution_id", "enterprise_id"])
    op.create_index(f"ix_{here}_enterprise", here, ["enterprise_id", "given_at"])
    op.create_index(op.f(f"ix_{here}_disclosure_id"), here, ["disclosure_id"])


def _ask() -> None:
    here = "disclosure_ask"
    op.create_table(
        here,
        sa.Column("id", _ID, primary_key=True),
        *_parties(here),
        sa.Column("disclosure_id", _ID, _to("disclosure", here), nullable=False),
        *_asked(),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("asked_by", _ID, _to("people", here, "asked_by"), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(400), nullable=False),
    )
    op.create_index(f"ix_{here}_pair", here, ["institution_id", "disclosure_id"])
    op.create_index(f"ix_{here}_enterprise", here, ["enterprise_id", "asked_at"])
    op.create_index(op.f(f"ix_{here}_disclosure_id"), here, ["disclosure_id"])


def _reading() -> None:
    here = "disclosure_reading"
    op.create_table(
        here,
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("consent_id", _ID, _to("disclosure_consent", here, "consent_id"), nullable=False),
        sa.Column("disclosure_id", _ID, _to("disclosure", here), nullable=False),
        *_parties(here),
        sa.Column("person_id", _ID, _to("people", here, "person_id"), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("sections", _JSON, nullable=False),
    )
    for column in ("consent_id", "disclosure_id", "enterprise_id"):
        op.create_index(op.f(f"ix_{here}_{column}"), here, [column])


def _certificates() -> None:
    here = "certificate_use"
    op.create_table(
        here,
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("organisation_id", _ID, _to("organisation", here), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", _ID, _to("disclosure", here), nullable=False),
        sa.UniqueConstraint("key", name=op.f(f"uq_{here}_key")),
    )
    op.create_index(f"ix_{here}_year", here, ["organisation_id", "year"])
    op.create_index(op.f(f"ix_{here}_disclosure_id"), here, ["disclosure_id"])


def _guards() -> None:
    """Both databases refuse changes of what publication fixed, and of the log of readings."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _APPEND_ONLY:
        for act in ("update", "delete"):
            head = f"CREATE TRIGGER {table}_kept_on_{act} BEFORE {act} ON {table}"
            tail = f" BEGIN SELECT RAISE(ABORT, '{_APPENDED}'); END"
            run = " FOR EACH ROW EXECUTE FUNCTION refuse_append_only()"
            op.execute(head + (tail if sqlite else run))
    unlike = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{each} {unlike} OLD.{each}" for each in ("visibility", "employees"))
    when = f"WHEN (OLD.status <> 'draft' AND ({changed}))"
    tail = f"{when} BEGIN SELECT RAISE(ABORT, '{_CHANGED}'); END"
    run = f"FOR EACH ROW {when} EXECUTE FUNCTION refuse_published()"
    op.execute(f"CREATE TRIGGER {_TRIGGER} BEFORE UPDATE ON disclosure {tail if sqlite else run}")


def _enter_certificates() -> None:
    """The first who published a number keeps it; later checks tell the others."""
    bind = op.get_bind()
    rows = bind.execute(
        sa.text(
            "SELECT id, organisation_id, year, content FROM disclosure"
            " WHERE status = 'published' ORDER BY published_at, id"
        )
    )
    used: dict[str, dict[str, object]] = {}
    for row in rows:
        content = json.loads(row.content) if isinstance(row.content, str) else row.content
        stated = content.get("answers", {}).get("EMS-06", {})
        text = stated.get("parts", {}).get("certificates", "") if isinstance(stated, dict) else ""
        for line in filter(None, map(str.strip, str(text).splitlines())):
            plain = "".join(unicodedata.normalize("NFKC", line).upper().split())
            key = hashlib.sha256(plain.encode()).hexdigest()
            used.setdefault(
                key,
                {"key": key, "organisation_id": row.organisation_id, "year": row.year,
                 "disclosure_id": row.id},
            )  # fmt: skip
    if used:
        columns = [sa.column(name) for name in ("key", "organisation_id", "year", "disclosure_id")]
        op.bulk_insert(sa.table("certificate_use", *columns), list(used.values()))
