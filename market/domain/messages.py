"""Telling people: a line in their inbox and, unless they muted the topic, a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from flask import current_app
from flask_babel import LazyString, lazy_gettext
from sqlalchemy import func, select, update

from market import mail
from market.errors import NotFound
from market.extensions import db
from market.models import MailMessage, Membership, Notification, Person
from market.moments import now
from market.permissions import Acting
from market.texts import gettext, in_language

_MAIL_AT_ONCE = 20  # the transaction holds a lock while they leave
_MAIL_ATTEMPTS = 8


@dataclass(frozen=True)
class Topic:
    """A kind of message people may mute (legal ones may not be muted)."""

    name: str
    title: LazyString
    mutable: bool = True


TOPICS = {
    topic.name: topic
    for topic in (
        Topic("account", lazy_gettext("Your account"), mutable=False),
        Topic("organisation", lazy_gettext("Your organisation and its colleagues"), mutable=False),
        Topic("disclosure", lazy_gettext("Disclosures")),
        Topic("match", lazy_gettext("Invitations and matches")),
        Topic("event", lazy_gettext("Matchmaking events")),
    )
}


@dataclass(frozen=True)
class Sentence:
    """What to tell: the subject line of the mail, which is also the inbox line."""

    code: str
    topic: str
    text: LazyString


SENTENCES: dict[str, Sentence] = {}


def sentence(code: str, topic: str, text: LazyString) -> str:
    """Register a sentence under its code; nouns declare theirs beside their verbs."""
    SENTENCES[code] = Sentence(code, topic, text)
    return code


def tell(
    people: Iterable[Person],
    code: str,
    *,
    values: Mapping[str, Any] | None = None,
    url: str = "",
    dedupe_key: str | None = None,
) -> None:
    """Put a line into each inbox and queue a mail in each person's language.

    Who was told under this `dedupe_key` before is not told again.
    """
    told = SENTENCES[code]
    for person in people:
        if dedupe_key is not None and _is_told(person, dedupe_key):
            continue
        _notify(person, told, dict(values or {}), url, dedupe_key)
        if not (TOPICS[told.topic].mutable and told.topic in person.muted_topics):
            _mail(person, told, dict(values or {}), url, dedupe_key)


def _is_told(person: Person, key: str) -> bool:
    query = select(Notification.id).where(
        Notification.person_id == person.id, Notification.dedupe_key == key
    )
    return db.session.scalar(query) is not None


def _notify(
    person: Person, told: Sentence, values: dict[str, Any], url: str, key: str | None
) -> None:
    db.session.add(
        Notification(
            person_id=person.id,
            code=told.code,
            values=values,
            url=url,
            dedupe_key=key,
            created_at=now(),
        )
    )


def _mail(
    person: Person, told: Sentence, values: dict[str, Any], url: str, key: str | None
) -> None:
    with in_language(person.locale):
        subject = str(told.text) % values
        lines = [gettext("Dear %(name)s,", name=person.name or person.email), "", subject, ""]
        if url:
            lines += [absolute(url), ""]
        lines.append(gettext("Tanqiao · you can mute topics in your inbox settings."))
    queue_mail(
        recipient=person.email,
        subject=subject,
        body="\n".join(lines),
        topic=told.topic,
        dedupe_key=key and f"{key}:{person.id}",
    )


def absolute(path: str) -> str:
    """A link that works from a mail program."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path


def queue_mail(
    *, recipient: str, subject: str, body: str, topic: str, dedupe_key: str | None = None
) -> MailMessage:
    """Write a mail to the outbox of the current transaction; a job sends it after the commit."""
    message = MailMessage(
        recipient=recipient,
        subject=" ".join(subject.split()),
        body=body,
        topic=topic,
        dedupe_key=dedupe_key,
        created_at=now(),
    )
    db.session.add(message)
    return message


def send_waiting_mail() -> int:
    """Send what waits in the outbox, oldest first; what the server refuses is tried again later.

    A server that does not answer ends the round: each further mail would wait for it too.
    """
    waiting = db.session.scalars(
        select(MailMessage)
        .where(MailMessage.sent_at.is_(None), MailMessage.attempts < _MAIL_ATTEMPTS)
        .order_by(MailMessage.created_at, MailMessage.id)
        .limit(_MAIL_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for message in waiting:
        message.attempts += 1
        try:
            mail.send(
                recipient=message.recipient,
                subject=message.subject,
                body=message.body,
                attachment=_attachment(message),
            )
            message.sent_at, message.error = now(), ""
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            message.error = str(error)[:500]
        except OSError as error:  # the connection, or smtplib's word for it
            message.error = str(error)[:500]
            break
    db.session.flush()
    return sum(message.sent_at is not None for message in waiting)


def _attachment(message: MailMessage) -> mail.Attachment | None:
    if not message.attachment:
        return None
    return mail.Attachment(message.attachment_name, message.attachment, message.attachment_type)


def members_of(organisation_id: str) -> list[Person]:
    """Everyone who acts for an organisation."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.organisation_id == organisation_id, Person.active)
            .order_by(Person.id)
        )
    )


def text_of(notification: Notification) -> str:
    """The inbox line in the reader's language."""
    told = SENTENCES.get(notification.code)
    return str(told.text) % notification.values if told else notification.code


def mark_read(notification_id: str, *, by: Acting) -> Notification:
    """Mark one line of one's own inbox as read."""
    line = db.session.get(Notification, notification_id)
    if line is None or line.person_id != by.person_id:
        raise NotFound
    line.read_at = line.read_at or now()
    db.session.flush()
    return line


def mark_all_read(*, by: Acting) -> None:
    """Mark one's whole inbox as read."""
    db.session.execute(
        update(Notification)
        .where(Notification.person_id == by.person_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )


def unread_count(person_id: str) -> int:
    """How many lines of someone's inbox are unread."""
    return int(
        db.session.scalar(
            select(func.count())
            .select_from(Notification)
            .where(Notification.person_id == person_id, Notification.read_at.is_(None))
        )
        or 0
    )


def mute(topics: list[str], *, by: Acting) -> None:
    """Set the topics this person wants no mail about; those that must arrive stay on."""
    person = db.session.get_one(Person, by.person_id)
    person.muted_topics = sorted(t for t in topics if t in TOPICS and TOPICS[t].mutable)
    db.session.flush()
