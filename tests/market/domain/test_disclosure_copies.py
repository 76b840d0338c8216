"""Last year's answers taken over: marked until somebody edits or confirms them."""

import pytest
from flask import Flask

from market.domain import disclosure_copies as copies
from market.domain import disclosures
from market.errors import NotFound
from market.extensions import db
from market.models import AuditRecord, Disclosure, Membership
from market.permissions import Acting
from tests.factories import disclosures as made
from tests.factories import organisations, people


@pytest.fixture
def member(app: Flask) -> Membership:
    """A firm whose year 2024 is published, beside another firm's."""
    made.published(year=2024)
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    return owner


@pytest.fixture
def by(member: Membership) -> Acting:
    return people.acting_for(member)


def copied(member: Membership, *sections: str) -> Disclosure:
    draft = made.draft(member)
    disclosures.copy_forward(draft, sections, by=people.acting_for(member))
    return draft


def test_chosen_sections_come_over_and_every_answer_is_marked(member: Membership) -> None:
    draft = copied(member, "governance")
    answers = draft.content["answers"]
    assert {key[:3] for key in answers} == {"GOV"}
    assert draft.copied == dict.fromkeys(answers, 2024)


def test_what_was_typed_is_not_overwritten(member: Membership, by: Acting) -> None:
    draft = made.draft(member, EMS_01=made.tonnes("7"))
    disclosures.copy_forward(draft, ["emissions"], by=by)
    assert draft.content["answers"]["EMS-01"] == made.tonnes("7")
    assert "EMS-01" not in draft.copied


def test_a_calculated_figure_is_never_copied(member: Membership) -> None:
    draft = copied(member, "emissions")
    assert "EMS-05" in draft.copied
    assert "EMS-07" not in draft.copied


def test_evidence_of_last_year_stays_behind(app: Flask) -> None:
    owner = organisations.enterprise()
    proof = [{"name": "a.pdf", "sha256": "0" * 64}]
    answer = {**made.full_answers()["GOV-02"], "evidence": proof}
    made.published(owner, year=2024, changes={"GOV-02": answer})
    assert "evidence" not in copied(owner, "governance").content["answers"]["GOV-02"]


def test_editing_an_answer_takes_its_mark_away(member: Membership, by: Acting) -> None:
    draft = copied(member, "emissions")
    disclosures.answer(draft, {"EMS-01": made.tonnes("9")}, by=by)
    assert "EMS-01" not in draft.copied
    assert "EMS-05" in draft.copied


def test_saving_the_same_answer_again_is_no_confirmation(member: Membership, by: Acting) -> None:
    draft = copied(member, "emissions")
    disclosures.answer(draft, {"EMS-01": draft.content["answers"]["EMS-01"]}, by=by)
    assert "EMS-01" in draft.copied


def test_confirming_takes_marks_away_and_the_trail_says_who(member: Membership, by: Acting) -> None:
    draft = copied(member, "governance")
    assert disclosures.confirm(draft, ["GOV-01", "EMS-01"], by=by) == ["GOV-01"]
    records = db.session.query(AuditRecord).filter_by(subject_id=draft.id)
    told = {each.action: each for each in records}["disclosure.confirmed"]
    assert (told.after, told.person_id) == ({"datapoints": ["GOV-01"]}, by.person_id)


def test_nothing_unconfirmed_is_published(member: Membership, by: Acting) -> None:
    draft = made.filled(member)
    disclosures.answer(draft, {"GOV-01": None}, by=by)
    disclosures.copy_forward(draft, ["governance"], by=by)
    with pytest.raises(copies.UnconfirmedCopies, match="GOV-01"):
        disclosures.publish(draft, by=by, explanations=made.explanations_for(draft))
    disclosures.confirm(draft, ["GOV-01"], by=by)
    disclosures.publish(draft, by=by, explanations=made.explanations_for(draft))


def test_copying_nothing_says_what_to_do(member: Membership, by: Acting) -> None:
    draft = copied(member, "governance")
    with pytest.raises(copies.NothingToCopy):
        disclosures.copy_forward(draft, ["governance"], by=by)


def test_the_first_year_has_nothing_to_copy_from(app: Flask) -> None:
    draft = made.draft()
    assert copies.offered(draft) is None
    with pytest.raises(copies.NothingToCopy):
        copies.copy_forward(draft, ["general"], by=people.acting_for(made.owner_of(draft)))


def test_a_stranger_can_neither_copy_nor_confirm(member: Membership) -> None:
    draft = copied(member, "governance")
    stranger = people.acting_for(organisations.enterprise())
    with pytest.raises(NotFound):
        disclosures.copy_forward(draft, ["general"], by=stranger)
    with pytest.raises(NotFound):
        disclosures.confirm(draft, ["GOV-01"], by=stranger)
