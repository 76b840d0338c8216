"""One migration set: up, down and up again with data; what it makes is what the models say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, text, update
from sqlalchemy.exc import IntegrityError

from market import create_app
from market.database import Base, set_may_write
from market.domain import audits
from market.extensions import db
from market.models import AuditRecord, Disclosure, Organisation, RankingState
from market.moments import now
from tests import databases
from tests.factories import organisations as made

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bare_app(test_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on a database of its own that nobody migrated yet."""
    folder = test_folder if databases.KIND == "postgresql" else tmp_path_factory.mktemp("bare")
    with databases.database_url(databases.KIND, folder, name="bare") as url:
        app = create_app(databases.settings_for(url, folder / "instance-bare"))
        with app.app_context():
            set_may_write(True)
            yield app
            db.session.remove()
            db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_schema_goes_up_down_and_up_again_with_data(bare_app: Flask) -> None:
    flask_migrate.upgrade()
    made.enterprise(name_zh="示例甲公司")
    db.session.commit()
    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()
    assert db.session.query(Organisation.name_zh).scalar() == "示例甲公司"
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert tables() == set()
    flask_migrate.upgrade()
    assert tables() == set(Base.metadata.tables)


def test_models_and_migrated_schema_are_the_same(app: Flask) -> None:
    flask_migrate.check()  # exits when the models ask for more


def test_every_check_of_the_models_stands_in_the_database(app: Flask) -> None:
    inspector = inspect(db.engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        there = {c["name"] for c in inspector.get_check_constraints(table.name)}
        assert wanted <= there, table.name


def test_ranking_has_its_one_row(app: Flask) -> None:
    assert db.session.get_one(RankingState, 1).version == 0


@pytest.mark.parametrize(
    "change", ["UPDATE audit_record SET action = 'x'", "DELETE FROM audit_record"]
)
def test_audit_records_cannot_be_changed(app: Flask, change: str) -> None:
    made.enterprise()
    audits.seal()
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(change))
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(text(change.replace("_record", "_seal").replace("action", "chain")))
    db.session.rollback()
    assert db.session.query(AuditRecord).filter_by(action="x").count() == 0


def disclosure(status: str, **given: Any) -> Disclosure:
    row = Disclosure(
        organisation_id=made.enterprise().organisation_id,
        year=2025,
        status=status,
        content={"answers": {"EMS-01": "1530.0"}},
        created_at=now(),
        updated_at=now(),
        **given,
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.parametrize("status", ["published", "superseded", "withdrawn"])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", {"answers": {}}),
        ("grade", 4),
        ("assurance", 1),
        ("data_quality", 1),
        ("points", 100),
        ("digest", "0" * 64),
        ("scope1", 1),
    ],
)
def test_published_disclosure_cannot_be_changed(
    app: Flask, status: str, column: str, value: object
) -> None:
    row = disclosure(status)
    past_the_verbs = update(Disclosure).where(Disclosure.id == row.id).values({column: value})
    with pytest.raises(IntegrityError, match="published disclosure never changes"):
        db.session.execute(past_the_verbs)


def test_published_disclosure_can_be_superseded_but_not_unpublished(app: Flask) -> None:
    row = disclosure("published")
    db.session.refresh(row)
    row.status, row.updated_at = "superseded", now()
    db.session.commit()
    past_the_verbs = update(Disclosure).where(Disclosure.id == row.id).values(status="draft")
    with pytest.raises(IntegrityError):
        db.session.execute(past_the_verbs)


def test_published_disclosure_cannot_be_deleted_but_a_draft_can(app: Flask) -> None:
    draft, published = disclosure("draft"), disclosure("published")
    db.session.delete(draft)
    db.session.commit()
    db.session.delete(published)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    assert db.session.query(Disclosure).count() == 1
