"""Telling people: once each, in their language, by a real mail server when it answers."""

import pytest
from flask import Flask

from market.domain import messages
from market.errors import NotFound
from market.extensions import db
from market.models import MailMessage, Notification
from tests.factories import organisations as made
from tests.factories import people
from tests.mail_server import free_port, mail_server


def mails_to(person_mail: str) -> list[MailMessage]:
    return db.session.query(MailMessage).filter_by(recipient=person_mail).all()


def test_person_is_told_in_their_language(app: Flask) -> None:
    zh, en = people.person(locale="zh"), people.person(locale="en")
    told = {"organisation": "示例公司", "note": ""}
    messages.tell([zh, en], "organisation-approved", values=told, url="/home")
    assert "已通过审核" in mails_to(zh.email)[0].subject
    assert "is approved" in mails_to(en.email)[0].subject
    assert "http://127.0.0.1:8000/home" in mails_to(en.email)[0].body


def test_muted_topic_stays_in_the_inbox_and_sends_no_mail(app: Flask) -> None:
    messages.SENTENCES.setdefault(
        "test-event", messages.Sentence("test-event", "event", messages.TOPICS["event"].title)
    )
    person = people.person(muted_topics=["event", "organisation"])
    messages.tell([person], "test-event")
    messages.tell([person], "organisation-approved", values={"organisation": "x", "note": ""})
    assert db.session.query(Notification).filter_by(person_id=person.id).count() == 2
    assert [mail.topic for mail in mails_to(person.email)] == ["organisation"]


@pytest.mark.network
def test_waiting_mail_reaches_a_real_server_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages.queue_mail(
        recipient="reader@example.com", subject="示例主题", body="正文\n", topic="event"
    )
    db.session.commit()
    with mail_server() as (mailbox, port):
        for name, value in {"backend": "smtp", "port": port, "use_tls": False}.items():
            monkeypatch.setattr(app.extensions["mailman"], name, value)
        monkeypatch.setattr(app.extensions["mailman"], "server", "127.0.0.1")
        assert messages.send_waiting_mail() == 1
        assert messages.send_waiting_mail() == 0
        assert mailbox.wait_for("reader@example.com", "示例主题").strip() == "正文"
    assert len(mailbox.mails) == 1


@pytest.mark.network
def test_mail_waits_while_the_server_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = messages.queue_mail(recipient="a@example.com", subject="s", body="b", topic="event")
    db.session.commit()
    for name, value in {"backend": "smtp", "port": free_port(), "use_tls": False}.items():
        monkeypatch.setattr(app.extensions["mailman"], name, value)
    monkeypatch.setattr(app.extensions["mailman"], "server", "127.0.0.1")
    assert messages.send_waiting_mail() == 0
    assert (waiting.sent_at, waiting.attempts) == (None, 1)
    assert "refused" in waiting.error


def test_same_news_is_told_once(app: Flask) -> None:
    person = people.person()
    told = {"organisation": "x", "note": ""}
    for _ in range(2):
        messages.tell([person], "organisation-approved", values=told, dedupe_key="o1:approved")
    assert db.session.query(Notification).filter_by(person_id=person.id).count() == 1
    assert len(mails_to(person.email)) == 1


def test_reading_a_line_of_someone_else_is_refused(app: Flask) -> None:
    member = made.enterprise()
    line = db.session.query(Notification).filter_by(person_id=member.person_id).first()
    assert line is not None
    with pytest.raises(NotFound):
        messages.mark_read(line.id, by=people.acting_alone(people.person()))
