"""One's own account: settings, tokens, leaving."""

from collections.abc import Callable

from flask.testing import FlaskClient

from market.extensions import db
from market.models import ApiToken, AuditRecord, Membership, Person
from tests.factories import organisations as made
from tests.factories import people

Clients = Callable[..., FlaskClient]


def test_account_is_not_deleted_without_the_tick(client_of: Clients) -> None:
    someone = people.person()
    answer = client_of(someone).post("/account/delete", data={})
    assert (answer.status_code, "请勾选以确认" in answer.text) == (422, True)
    assert someone.active


def test_deleted_account_forgets_name_and_address_and_keeps_audit_ids(client_of: Clients) -> None:
    someone, noise = people.person(name="示例离开"), people.person(name="示例留下")
    answer = client_of(someone).post("/account/delete", data={"sure": "true"})
    assert (answer.status_code, answer.location) == (302, "/")
    assert (someone.name, someone.password, someone.active) == ("", None, False)
    assert "示例" not in someone.email
    assert db.session.query(AuditRecord).filter_by(action="account.erased").one().person_id
    assert (noise.name, noise.active) == ("示例留下", True)


def test_last_owner_with_colleagues_cannot_leave(client_of: Clients) -> None:
    owner = made.enterprise()
    made.colleague_of(owner, "editor")
    answer = client_of(owner).post("/account/delete", data={"sure": "true"})
    assert answer.status_code == 422
    assert db.session.get_one(Person, owner.person_id).active


def test_settings_change_name_and_language_of_mails(client_of: Clients) -> None:
    someone = people.person()
    client_of(someone).post("/account/settings", data={"name": "示例新名", "locale": "en"})
    assert (someone.name, someone.locale) == ("示例新名", "en")


def test_token_is_shown_once_and_kept_as_a_hash(client_of: Clients) -> None:
    browser = client_of(made.enterprise())
    shown = browser.post("/account/tokens", data={"name": "信贷系统"}).text
    token = db.session.query(ApiToken).one()
    assert "tq_" in shown
    assert token.token_hash not in shown
    assert "tq_" not in browser.get("/account/tokens").text


def test_token_of_someone_else_cannot_be_revoked(client_of: Clients) -> None:
    owner, other = made.enterprise(), made.institution()
    client_of(owner).post("/account/tokens", data={"name": "信贷系统"})
    token = db.session.query(ApiToken).one()
    assert client_of(other).post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert token.revoked_at is None


def test_person_of_two_organisations_switches_between_them(client_of: Clients) -> None:
    owner = made.enterprise(name_zh="示例第一")
    person = db.session.get_one(Person, owner.person_id)
    second: Membership = made.owner_of("provider", by=person, name_zh="示例第二")
    browser = client_of(person)
    browser.post(f"/account/act-for/{second.id}")
    assert "示例第二" in browser.get("/organisations/mine").text


def test_nobody_acts_for_an_organisation_of_others(client_of: Clients) -> None:
    foreign = made.enterprise()
    browser = client_of(made.institution())
    assert browser.post(f"/account/act-for/{foreign.id}").status_code == 404
