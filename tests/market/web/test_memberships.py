"""Colleagues: inviting, joining, changing roles, leaving."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from market.extensions import db
from market.models import MailMessage, Membership
from tests.factories import organisations as made
from tests.factories import people

Clients = Callable[..., FlaskClient]


def invitation_for(email: str) -> str:
    mail = db.session.query(MailMessage).filter_by(recipient=email).one()
    found = re.search(r"(/invitations/\S+)", mail.body)
    assert found is not None
    return found.group(1)


def test_invited_colleague_joins_by_the_link(client_of: Clients) -> None:
    owner, colleague = made.enterprise(), people.person()
    client_of(owner).post("/colleagues", data={"email": colleague.email, "role": "editor"})
    link = invitation_for(colleague.email)
    joining = client_of(colleague)
    assert joining.get(link).status_code == 200  # looking at the link alone changes nothing
    assert db.session.query(Membership).filter_by(person_id=colleague.id).count() == 0
    assert joining.post(link).location == "/home"
    member = db.session.query(Membership).filter_by(person_id=colleague.id).one()
    assert (member.organisation_id, member.role) == (owner.organisation_id, "editor")


def test_invitation_is_for_its_address_only(client_of: Clients) -> None:
    client_of(made.enterprise()).post(
        "/colleagues", data={"email": "invited@example.com", "role": "owner"}
    )
    link = invitation_for("invited@example.com")
    assert client_of(people.person()).post(link).status_code == 422
    assert db.session.query(Membership).count() == 1


def test_invitation_works_once(client_of: Clients) -> None:
    owner, colleague = made.enterprise(), people.person()
    client_of(owner).post("/colleagues", data={"email": colleague.email, "role": "viewer"})
    link = invitation_for(colleague.email)
    joining = client_of(colleague)
    joining.post(link)
    assert joining.post(link).status_code == 422


def test_same_address_is_invited_once(client_of: Clients) -> None:
    browser = client_of(made.enterprise())
    data = {"email": "invited@example.com", "role": "editor"}
    browser.post("/colleagues", data=data)
    answer = browser.post("/colleagues", data=data)
    assert answer.status_code == 422
    assert 'id="f-email-error"' in answer.text
    assert "尚未接受" in answer.text


def test_editor_may_not_invite(client_of: Clients) -> None:
    editor = made.colleague_of(made.enterprise(), "editor")
    answer = client_of(editor).post("/colleagues", data={"email": "x@example.com", "role": "owner"})
    assert answer.status_code == 403


def test_removed_leaver_loses_access_at_once(client_of: Clients) -> None:
    owner = made.enterprise()
    leaver = made.colleague_of(owner)
    browser = client_of(leaver)
    client_of(owner).post(f"/colleagues/{leaver.id}/remove")
    assert browser.get("/organisations/mine").status_code == 403


def test_last_owner_stays_owner(client_of: Clients) -> None:
    owner = made.enterprise()
    browser = client_of(owner)
    assert browser.post(f"/colleagues/{owner.id}/remove").status_code == 422
    assert browser.post(f"/colleagues/{owner.id}/role", data={"role": "viewer"}).status_code == 422
    db.session.refresh(owner)
    assert owner.role == "owner"


def test_colleagues_of_others_are_not_found(client_of: Clients) -> None:
    foreign = made.colleague_of(made.institution())
    browser = client_of(made.enterprise())
    assert browser.post(f"/colleagues/{foreign.id}/remove").status_code == 404
    assert browser.post(f"/colleagues/{foreign.id}/role", data={"role": "owner"}).status_code == 404


def test_roles_are_told_in_words(client_of: Clients) -> None:
    owner = made.enterprise()
    viewer = made.colleague_of(owner, "viewer")
    client_of(owner).post("/colleagues", data={"email": "invited@example.com", "role": "editor"})
    page = client_of(viewer).get("/colleagues").text
    assert "编辑：可查看和修改" in page
    assert "查看：仅可查看" in page
