"""Signing up, confirming, signing in, and what strangers learn from it: nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.extensions import db
from market.models import AuditRecord, MailMessage, Person
from tests.clients import Browser
from tests.factories import people

NEW = {
    "email": "new@example.com",
    "password": people.PASSWORD,
    "password_confirm": people.PASSWORD,
    "name": "示例新人",
}


def newest_mail() -> MailMessage:
    return db.session.query(MailMessage).order_by(MailMessage.created_at.desc()).first()  # type: ignore[return-value]  # there is one


def link_in(mail: MailMessage) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body)
    assert found is not None, mail.body
    return found.group(1)


def log_in(client: FlaskClient, email: str) -> tuple[int, str | None]:
    answer = client.post("/account/login", data={"email": email, "password": people.PASSWORD})
    return answer.status_code, answer.location


def test_new_person_confirms_by_mail_and_signs_in(client: FlaskClient) -> None:
    client.post("/account/register", data=NEW)
    assert log_in(client, NEW["email"])[0] == 200  # refused: not confirmed yet
    assert client.get(link_in(newest_mail())).location == "/account/login"
    assert log_in(client, NEW["email"]) == (302, "/home")
    person = db.session.query(Person).one()
    assert (person.name, person.locale) == ("示例新人", "zh")
    actions = {a for (a,) in db.session.query(AuditRecord.action)}
    assert actions == {"account.registered", "account.confirmed"}


def test_mails_are_written_in_the_language_of_the_page(client: FlaskClient) -> None:
    client.get("/language/en")
    client.post("/account/register", data=NEW)
    assert newest_mail().subject == "Confirm your Tanqiao account"
    assert "Open this link to confirm your mail address" in newest_mail().body


def test_links_in_mails_do_not_follow_a_forged_host(client: Browser) -> None:
    someone, forged, client.with_csrf = people.person(), "http://evil.example", False
    page = client.get("/account/reset", base_url=forged).text
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[-1]
    data = {"email": someone.email, "csrf_token": token}
    client.post("/account/reset", base_url=forged, data=data)
    assert "evil.example" not in newest_mail().body
    assert link_in(newest_mail()).startswith("/account/reset/")


def test_registered_and_unknown_addresses_get_the_same_answer(client: FlaskClient) -> None:
    known = people.person()
    answers = [
        client.post("/account/register", data={**NEW, "email": email})
        for email in (known.email, "unknown@example.com")
    ]
    assert {(a.status_code, a.location) for a in answers} == {(302, "/")}
    assert db.session.query(MailMessage).filter_by(recipient=known.email).count() == 1


def test_reset_link_sets_a_new_password_and_says_so_by_mail(client: FlaskClient) -> None:
    someone = people.person()
    client.post("/account/reset", data={"email": someone.email})
    chosen = {"password": "另一个-correct-horse-18", "password_confirm": "另一个-correct-horse-18"}
    assert client.post(link_in(newest_mail()), data=chosen).status_code == 302
    assert log_in(client, someone.email)[0] == 200  # the old password is refused
    assert newest_mail().subject == "您的碳桥密码已重置"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"password": "short", "password_confirm": "short"}, "密码至少包含10个字符"),
        ({"password_confirm": "something else"}, "密码不匹配"),
        ({"email": "no address"}, "无效邮箱地址"),
        ({"name": ""}, "请填写此项。"),
    ],
)
def test_sign_up_says_in_chinese_what_to_mend(
    client: FlaskClient, typed: dict[str, str], told: str
) -> None:
    assert told in client.post("/account/register", data={**NEW, **typed}).text


def test_wrong_password_refused_in_chinese(client: FlaskClient) -> None:
    someone = people.person()
    answer = client.post("/account/login", data={"email": someone.email, "password": "wrong"})
    assert "邮箱或密码有误" in answer.text


def test_erased_person_cannot_sign_in(client: FlaskClient, app: Flask) -> None:
    someone = people.person()
    someone.active = False
    assert log_in(client, someone.email)[0] == 200
