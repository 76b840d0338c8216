"""Drafts: begun empty, answered by several people, nothing lost."""

import pytest
from flask import Flask

from market.domain import disclosure_drafts as drafts
from market.domain import disclosures
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure
from tests.factories import disclosures as made
from tests.factories import organisations, people


def test_a_year_begins_empty_though_another_year_is_published(app: Flask) -> None:
    member = organisations.enterprise()
    made.published(member, year=2024)
    draft = made.draft(member, year=2025)
    assert draft.content["answers"] == {}
    assert draft.content["period"]["start"] == "2025-01-01"


def test_a_second_draft_of_a_year_is_refused(app: Flask) -> None:
    member = organisations.enterprise()
    made.draft(member)
    with pytest.raises(drafts.DraftExists):
        made.draft(member)


@pytest.mark.parametrize("year", [1899, 2100])
def test_a_year_that_cannot_be_disclosed_is_refused(app: Flask, year: int) -> None:
    with pytest.raises(drafts.YearNotOver):
        made.draft(year=year)


def test_a_published_year_is_restated_not_begun_again(app: Flask) -> None:
    member = organisations.enterprise()
    made.published(member)
    with pytest.raises(drafts.PublishedAlready):
        made.draft(member)


def test_answers_are_merged_and_an_empty_one_is_taken_away(app: Flask) -> None:
    member = organisations.enterprise()
    draft = made.draft(member, EMS_01=made.tonnes("10"), EMS_05=made.tonnes("20"))
    disclosures.answer(draft, {"EMS-01": None}, by=people.acting_for(member))
    assert set(draft.content["answers"]) == {"EMS-05"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (made.tonnes("-5"), "-5"),
        (made.tonnes("NaN"), "NaN"),
        (made.tonnes("5", "MWh"), "MWh"),
        (made.tonnes("5", "furlong"), "furlong"),
        (made.tonnes("999999999999999999", "MtCO2e"), "MtCO2e"),
        ({"state": "value", "parts": {"wrong": 1}}, "wrong"),
        ({"state": "maybe"}, "maybe"),
    ],
)
def test_an_impossible_answer_is_refused_with_its_reason(
    app: Flask, answer: dict[str, object], told: str
) -> None:
    draft = made.draft()
    by = people.acting_for(made.owner_of(draft))
    with pytest.raises(drafts.AnswersRefused) as refused:
        disclosures.answer(draft, {"EMS-01": answer, "EMS-05": made.tonnes("1")}, by=by)
    assert set(refused.value.values["problems"]) == {"EMS-01"}
    assert told in str(refused.value)
    assert draft.content["answers"] == {}


def test_a_calculated_datapoint_is_never_typed(app: Flask) -> None:
    draft = made.draft()
    with pytest.raises(drafts.AnswersRefused, match="EMS-07"):
        disclosures.answer(
            draft, {"EMS-07": made.tonnes("1")}, by=people.acting_for(made.owner_of(draft))
        )


def test_two_editors_of_different_answers_are_merged(app: Flask) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    draft = made.draft(owner)
    seen = draft.edit
    disclosures.answer(draft, {"EMS-01": made.tonnes("1")}, by=people.acting_for(owner), edit=seen)
    disclosures.answer(
        draft, {"EMS-05": made.tonnes("2")}, by=people.acting_for(colleague), edit=seen
    )
    assert set(draft.content["answers"]) == {"EMS-01", "EMS-05"}


def test_two_editors_of_one_answer_are_told_and_nothing_is_lost(app: Flask) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    draft = made.draft(owner)
    seen = draft.edit
    disclosures.answer(draft, {"EMS-01": made.tonnes("1")}, by=people.acting_for(owner), edit=seen)
    with pytest.raises(drafts.AnswersConflict) as conflict:
        disclosures.answer(
            draft, {"EMS-01": made.tonnes("2")}, by=people.acting_for(colleague), edit=seen
        )
    assert conflict.value.values["theirs"] == {"EMS-01": made.tonnes("1")}
    assert people.acting_for(owner).name in str(conflict.value)
    assert draft.content["answers"]["EMS-01"] == made.tonnes("1")


def test_the_same_answer_twice_is_no_conflict(app: Flask) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    draft = made.draft(owner, EMS_01=made.tonnes("1"))
    disclosures.answer(draft, {"EMS-01": made.tonnes("1")}, by=people.acting_for(colleague), edit=0)
    assert draft.edit == 1


def test_ones_own_later_change_is_no_conflict(app: Flask) -> None:
    owner = organisations.enterprise()
    draft = made.draft(owner, EMS_01=made.tonnes("1"))
    disclosures.answer(draft, {"EMS-01": made.tonnes("3")}, by=people.acting_for(owner), edit=0)
    assert draft.content["answers"]["EMS-01"] == made.tonnes("3")


def test_the_period_is_answered_like_any_other(app: Flask) -> None:
    period = {"state": "value", "parts": {"start": "2025-04-01", "end": "2026-03-31"}}
    draft = made.draft(GEN_02=period)
    assert draft.content["period"]["end"] == "2026-03-31"


def test_a_foreign_draft_does_not_exist(app: Flask) -> None:
    draft, stranger = made.draft(), people.acting_for(organisations.enterprise())
    with pytest.raises(NotFound):
        disclosures.draft_of(draft.id, by=stranger)
    with pytest.raises(NotFound):
        disclosures.answer(draft, {"EMS-01": made.tonnes("1")}, by=stranger)


def test_a_discarded_draft_is_gone_and_the_trail_says_so(app: Flask) -> None:
    draft = made.draft()
    key = draft.id
    disclosures.discard(draft, by=people.acting_for(made.owner_of(draft)))
    db.session.expire_all()
    assert db.session.query(Disclosure).filter_by(id=key).count() == 0
    actions = {each.action for each in db.session.query(AuditRecord).filter_by(subject_id=key)}
    assert "disclosure.discarded" in actions


def test_the_review_names_the_shortest_way_to_the_next_grade(app: Flask) -> None:
    draft = made.filled()
    by = people.acting_for(made.owner_of(draft))
    disclosures.answer(draft, {"GOV-01": None, "VER-03": None}, by=by)
    seen = disclosures.review_of(draft)
    assert (seen.grade.level, seen.grade.missing) == (1, ("GOV-01", "VER-03"))
    assert (seen.short_route.answered, seen.short_route.asked) == (18, 20)
