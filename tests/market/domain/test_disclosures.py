"""Publishing, restating, withdrawing, importing: what is public never changes."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from disclosure.facts import Disclosure as Facts
from market.domain import disclosure_contents as contents
from market.domain import disclosures as verbs
from market.domain.disclosure_drafts import NotADraft
from market.domain.disclosure_reviews import grade_now
from market.domain.queries import disclosures as queries
from market.errors import ChangedMeanwhile, NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, Notification, RankingChange, RankingState
from tests.factories import disclosures as made
from tests.factories import organisations, people


def slipped() -> Disclosure:
    """A draft whose scope 1 is ten thousand times last year's: a warning, not an error."""
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    draft = made.draft(owner, year=2025, **required())
    by = people.acting_for(owner)
    return verbs.answer(draft, {"EMS-01": made.tonnes("15300000.0")}, by=by)


def required() -> dict[str, object]:
    keys = ("GEN-03", "GEN-04", "GEN-05", "BND-01", "BND-02", "BND-03", "EMS-01", "EMS-05")
    answers = made.full_answers()
    return {key.replace("-", "_"): answers[key] for key in keys}


def test_publishing_copies_figures_grade_and_digest(app: Flask) -> None:
    version = made.published()
    assert (version.status, version.grade, version.method) == ("published", 2, "tq-1")
    assert (str(version.scope1), str(version.revenue), version.assurance) == (
        "1530.0000",
        "86500.0000",
        0,  # what it says of its own verification counts for nothing here
    )
    canonical = contents.canonical(version.content)
    assert version.digest == hashlib.sha256(canonical).hexdigest()
    public = {key: each for key, each in version.content.items() if key != "private"}
    assert Facts.from_dict(version.content).to_dict() == public


def test_publishing_tells_ranking_trail_and_colleagues(app: Flask) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    before = db.session.get_one(RankingState, 1).version
    version = made.published(owner)
    db.session.expire_all()
    assert db.session.get_one(RankingState, 1).version == before + 1
    assert {each.noun_id for each in db.session.query(RankingChange)} >= {version.id}
    told = db.session.query(Notification).filter_by(code=verbs.PUBLISHED).all()
    assert [line.person_id for line in told] == [colleague.person_id]
    trail = {each.action for each in db.session.query(AuditRecord).filter_by(subject_id=version.id)}
    assert trail >= {"disclosure.started", "disclosure.answered", "disclosure.published"}


def test_an_incomplete_draft_is_not_published(app: Flask) -> None:
    draft = made.draft(EMS_01=made.tonnes("1"))
    with pytest.raises(verbs.StillBlocked, match="GEN-05"):
        verbs.publish(draft, by=people.acting_for(made.owner_of(draft)), explanations={})
    assert draft.status == "draft"


def test_a_unit_slip_warns_and_needs_an_explanation(app: Flask) -> None:
    draft = slipped()
    seen = verbs.review_of(draft)
    assert "DQ-05/EMS-01" in {each["key"] for each in seen.warnings}
    assert "DQ-05" in {each["code"] for each in seen.beside("EMS-01")}
    with pytest.raises(verbs.UnexplainedWarnings, match="DQ-05/EMS-01"):
        verbs.publish(draft, by=people.acting_for(made.owner_of(draft)), explanations={})


def test_an_explained_warning_is_published_with_its_explanation(app: Flask) -> None:
    draft = slipped()
    by = people.acting_for(made.owner_of(draft))
    version = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    assert version.explanations["DQ-05/EMS-01"] == "示例说明"


def test_a_draft_changed_meanwhile_is_not_published_unseen(app: Flask) -> None:
    draft = made.filled()
    by = people.acting_for(made.owner_of(draft))
    with pytest.raises(ChangedMeanwhile):
        verbs.publish(draft, by=by, explanations={}, edit=draft.edit - 1)


def test_a_published_version_takes_no_answers(app: Flask) -> None:
    version = made.published()
    by = people.acting_for(made.owner_of(version))
    with pytest.raises(NotADraft):
        verbs.answer(version, {"EMS-01": made.tonnes("1")}, by=by)
    with pytest.raises(NotADraft):
        verbs.discard(version, by=by)


@pytest.mark.parametrize(
    ("column", "value"),
    [("content", {}), ("grade", 4), ("scope1", 0), ("digest", "0"), ("status", "draft")],
)
def test_a_published_version_cannot_be_changed_through_its_object(
    app: Flask, column: str, value: object
) -> None:
    version = made.published()
    setattr(version, column, value)
    with pytest.raises(NotADraft):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disclosure SET grade = 4 WHERE id = :id",
        "UPDATE disclosure SET scope1 = 0 WHERE id = :id",
        "UPDATE disclosure SET status = 'draft' WHERE id = :id",
        "DELETE FROM disclosure WHERE id = :id",
    ],
)
def test_a_published_version_cannot_be_changed_by_sql(app: Flask, statement: str) -> None:
    version = made.published()
    with pytest.raises(DBAPIError, match="never changes"):
        db.session.execute(text(statement), {"id": version.id})
    db.session.rollback()


def test_a_restatement_supersedes_and_both_stay(app: Flask) -> None:
    first = made.published()
    by = people.acting_for(made.owner_of(first))
    draft = verbs.restate(first, "更正燃料单位", by=by)
    assert "EMS-07" not in draft.content["answers"]  # calculated anew, never copied
    second = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    assert (first.status, second.status, second.version) == ("superseded", "published", 2)
    assert second.restatement_reason == "更正燃料单位"


def test_a_withdrawn_version_stays_and_counts_no_more(app: Flask) -> None:
    version = made.published()
    verbs.withdraw(version, "口径有误", by=people.acting_for(made.owner_of(version)))
    assert version.status == "withdrawn"
    assert queries.latest_published([version.organisation_id]) == {}
    assert queries.withdrawal_reason(version.id) == "口径有误"


def test_a_withdrawn_version_never_comes_back(app: Flask) -> None:
    version = made.published()
    verbs.withdraw(version, "口径有误", by=people.acting_for(made.owner_of(version)))
    version.status = "published"
    with pytest.raises(NotADraft):
        db.session.flush()
    db.session.rollback()


def test_a_foreign_version_is_neither_restated_nor_withdrawn(app: Flask) -> None:
    version, stranger = made.published(), people.acting_for(organisations.enterprise())
    for verb in (verbs.restate, verbs.withdraw):
        with pytest.raises(NotFound):
            verb(version, "示例", by=stranger)


def test_an_old_version_counts_one_grade_less(app: Flask) -> None:
    version = made.published(year=2023)
    assert (version.grade, grade_now(version)) == (2, 1)


def test_third_party_figures_are_graded_at_most_one(app: Flask) -> None:
    answers = {key.replace("-", "_"): each for key, each in made.full_answers().items()}
    version = made.third_party(**answers)
    assert (version.grade, version.third_party_source) == (1, "示例数据集")
    assert version.content["organisation"]["id"] == version.organisation_id


def test_importing_the_same_again_changes_nothing(app: Flask) -> None:
    organisation = organisations.unclaimed()
    first = made.third_party(organisation)
    again, outcome = verbs.import_third_party(
        organisation, made.third_party_content(), source="示例数据集"
    )
    assert (again.id, outcome) == (first.id, "unchanged")
    assert db.session.query(Disclosure).count() == 1


def test_importing_other_figures_makes_the_next_version(app: Flask) -> None:
    organisation = organisations.unclaimed()
    first = made.third_party(organisation)
    content = made.third_party_content(EMS_08=made.tonnes("70"))
    second, outcome = verbs.import_third_party(organisation, content, source="示例数据集")
    assert (outcome, second.version, first.status) == ("updated", 2, "superseded")


def test_an_import_never_replaces_what_the_enterprise_published(app: Flask) -> None:
    version = made.published()
    with pytest.raises(verbs.OwnDisclosureExists):
        verbs.import_third_party(
            version.organisation, made.third_party_content(), source="示例数据集"
        )


def test_an_unreadable_import_names_the_place(app: Flask) -> None:
    content = made.third_party_content(EMS_01=made.tonnes("viele"))
    with pytest.raises(verbs.UnreadableContent, match="EMS-01"):
        verbs.import_third_party(organisations.unclaimed(), content, source="示例数据集")
