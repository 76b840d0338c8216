"""Founding, approving, claiming."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from market.domain import organisations
from market.enums import OrganisationStatus
from market.errors import NotFound, fact_behind
from market.extensions import db
from tests.factories import organisations as made
from tests.factories import people


def test_founder_becomes_owner_and_waits_for_the_operator(app: Flask) -> None:
    member = made.founded("enterprise")
    acting = people.acting_for(member)
    assert acting.member_role == "owner"
    assert not acting.approved


def test_approved_organisation_may_act(app: Flask) -> None:
    made.founded("provider")
    assert people.acting_for(made.enterprise()).is_a("enterprise")


def test_wrong_check_character_refused(app: Flask) -> None:
    data = made.details("enterprise")
    last = "0" if data["id_value"][-1] != "0" else "1"
    with pytest.raises(organisations.WrongId, match=r"check character|校验"):
        organisations.add({**data, "id_value": data["id_value"][:-1] + last})


def test_second_organisation_with_the_same_id_refused(app: Flask) -> None:
    member = made.enterprise()
    taken = people.acting_for(member)
    value = organisations.own(taken).id_value
    with pytest.raises(IntegrityError) as refused:
        organisations.add(made.details(id_value=value))
    assert isinstance(fact_behind(refused.value, db.metadata), organisations.AlreadyRegistered)


def test_pending_organisation_is_invisible(app: Flask) -> None:
    member = made.founded("enterprise")
    with pytest.raises(NotFound):
        organisations.find(member.organisation_id)


def test_granted_claim_makes_the_claimant_owner(app: Flask) -> None:
    imported, claimant = made.unclaimed(), people.person()
    asked = organisations.claim(
        imported.id, {"statement": "财务负责人"}, by=people.acting_alone(claimant)
    )
    operator = people.acting_alone(people.operator())
    organisations.decide_claim(asked.id, grant=True, by=operator)
    acting = people.acting_alone(claimant)
    assert (acting.organisation_id, acting.member_role) == (imported.id, "owner")
    assert organisations.find(imported.id).status == OrganisationStatus.APPROVED
