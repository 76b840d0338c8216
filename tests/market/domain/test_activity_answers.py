"""Taking figures over: shown before and after, only what was chosen, never silently."""

from decimal import Decimal

import pytest

from market.domain import activity_answers, disclosures
from market.extensions import db
from market.models import AuditRecord
from tests.factories import activities as made
from tests.factories import disclosures as drafts
from tests.factories import organisations

D = Decimal


def proposed(draft):
    return {each.datapoint: each for each in activity_answers.propose(draft).rows}


def take(draft, chosen, acting_for, **given):
    mark = given.get("mark") or activity_answers.propose(draft).mark
    by = acting_for(drafts.owner_of(draft))
    return activity_answers.take_over(draft, chosen, mark=mark, by=by)


def test_figures_stand_beside_what_the_draft_says(app):
    member = organisations.enterprise()
    draft = drafts.draft(member, EMS_05=drafts.tonnes("61"))
    made.line(member)
    found = proposed(draft)
    assert found["EMS-05"].before["parts"]["value"]["amount"] == "61"
    assert found["EMS-05"].after["parts"]["value"]["amount"] == "58.49"
    assert found["ENE-02"].before is None
    assert "EMS-01" not in found


def test_only_what_was_chosen_is_written(app, acting_for):
    member = organisations.enterprise()
    draft = drafts.draft(member, EMS_05=drafts.tonnes("61"))
    made.line(member)
    taken = take(draft, ["ENE-02", "EMS-14", "GEN-05"], acting_for)
    assert taken == ["EMS-14", "ENE-02"]
    answers = draft.content["answers"]
    assert answers["EMS-05"]["parts"]["value"]["amount"] == "61"
    assert answers["EMS-14"]["rows"][0]["factor_id"] == "cn-grid-shanghai-2022"
    assert db.session.query(AuditRecord).filter_by(action="activity.taken-over").count() == 1


def test_taken_over_figures_are_equal_afterwards_and_pass_the_checks(app, acting_for):
    member = organisations.enterprise()
    draft = drafts.draft(member)
    made.line(member, green=D(40), instrument="gec", certificates="A1", vintage=drafts.YEAR)
    made.line(member, **made.GAS)
    made.line(member, **made.COOLING)
    take(draft, proposed(draft), acting_for)
    assert all(each.same for each in proposed(draft).values())
    found = disclosures.review_of(draft).findings
    failing = {each["code"] for each in found if each["result"] == "fail"}
    assert failing & {"DQ-09", "DQ-13", "DQ-14", "DQ-16", "DQ-18", "DQ-19"} == set()
    assert draft.content["answers"]["BND-03"]["parts"]["value"] == "AR5"


def test_line_added_meanwhile_is_noticed(app, acting_for):
    member = organisations.enterprise()
    draft = drafts.draft(member)
    made.line(member)
    mark = activity_answers.propose(draft).mark
    made.line(member)
    with pytest.raises(activity_answers.LinesChanged):
        take(draft, ["EMS-05"], acting_for, mark=mark)
    assert "EMS-05" not in draft.content["answers"]


def test_nothing_ticked_and_no_lines_are_told(app, acting_for):
    draft = drafts.draft()
    with pytest.raises(activity_answers.NoLines):
        activity_answers.propose(draft)
    with pytest.raises(activity_answers.NothingChosen):
        take(draft, [], acting_for, mark="x")


def test_other_warming_set_in_the_draft_stops_it(app):
    member = organisations.enterprise()
    made.line(member, **made.COOLING)
    draft = drafts.draft(member, BND_03={"state": "value", "parts": {"value": "AR6"}})
    with pytest.raises(activity_answers.WarmingSetDiffers):
        activity_answers.propose(draft)


def test_categories_somebody_explained_stay_in_the_table(app):
    member = organisations.enterprise()
    said = {"category": "c14", "relevance": "not_relevant", "explanation": "示例：无特许经营"}
    draft = drafts.draft(member, EMS_09={"state": "value", "rows": [said]})
    made.line(member, source="scope_3", category="c06", item="diesel", amount=D(2), unit="t")
    rows = proposed(draft)["EMS-09"].after["rows"]
    assert [row["category"] for row in rows] == ["c06", "c14"]
    assert rows[1] == said
