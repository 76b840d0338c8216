"""Disclosures: begun, answered together, published once, restated, withdrawn, imported."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper

from disclosure.facts import Disclosure as Facts
from market.domain import (
    audits,
    certificates,
    disclosure_records,
    messages,
    ranking,
    visibilities,
)
from market.domain import disclosure_contents as contents
from market.domain.disclosure_contexts import known_about
from market.domain.disclosure_copies import confirm, copy_forward, refuse_unconfirmed
from market.domain.disclosure_drafts import (
    NotADraft,
    add,
    answer,
    discard,
    draft_of,
    lock,
    own_published,
    refuse_unpublished,
    restate,
    review_of,
    start,
)
from market.domain.disclosure_reviews import Review, explained, review, shown_publicly
from market.domain.queries import disclosures as queries
from market.enums import DisclosureStatus, Visibility
from market.errors import ChangedMeanwhile, MarketError
from market.extensions import db
from market.models import Disclosure, Organisation, Person
from market.moments import now
from market.permissions import Acting
from market.texts import language

__all__ = [
    "answer",
    "confirm",
    "copy_forward",
    "discard",
    "draft_of",
    "import_third_party",
    "own_published",
    "publish",
    "restate",
    "review_of",
    "start",
    "withdraw",
]
LONGEST_EXPLANATION = 1000
_MAY_CHANGE_LATER = {"status", "updated_at", "updated_by"}
_STEPPED_BACK = {DisclosureStatus.SUPERSEDED, DisclosureStatus.WITHDRAWN}

PUBLISHED = messages.sentence(
    "disclosure-published",
    "disclosure",
    lazy_gettext("%(name)s published the disclosure of %(year)s: grade %(grade)s."),
)
WITHDRAWN = messages.sentence(
    "disclosure-withdrawn",
    "disclosure",
    lazy_gettext("%(name)s withdrew the disclosure of %(year)s: %(reason)s"),
)


class StillBlocked(MarketError):
    """Error findings stand in the way of publishing."""

    message = lazy_gettext("Not published: %(told)s")


class UnexplainedWarnings(MarketError):
    """A warning is published together with an explanation."""

    message = lazy_gettext("Explain each warning in a sentence: %(codes)s")


class OwnDisclosureExists(MarketError):
    """What an enterprise published itself is never replaced by others' figures."""

    message = lazy_gettext(
        "The enterprise published %(year)s itself; third-party figures do not replace it."
    )


class UnreadableContent(MarketError):
    """An imported content is not in the form of the data dictionary."""

    message = lazy_gettext("The disclosure cannot be read: %(told)s")


def publish(
    disclosure: Disclosure,
    *,
    by: Acting,
    explanations: Mapping[str, str] | None = None,
    edit: int | None = None,
) -> Disclosure:
    """Make the draft an immutable version; `explanations`: finding key or code -> a sentence."""
    lock(disclosure, by)
    if edit is not None and edit != disclosure.edit:
        raise ChangedMeanwhile(who=_name_of(disclosure.updated_by))
    refuse_unconfirmed(disclosure)
    seen = review_of(disclosure)
    if seen.blocking:
        raise StillBlocked(told=" ".join(each[language()] for each in seen.blocking))
    told = explained(seen.warnings, explanations or {})
    if missing := [key for key, text in told.items() if not text]:
        raise UnexplainedWarnings(codes=", ".join(missing))
    _publish(disclosure, seen, {key: text[:LONGEST_EXPLANATION] for key, text in told.items()})
    disclosure.updated_at, disclosure.updated_by = now(), by.person_id
    db.session.flush()
    audits.record("disclosure.published", disclosure, by=by, after=facts_of(disclosure))
    _tell_colleagues(disclosure, PUBLISHED, {"grade": disclosure.grade}, by=by)
    return disclosure


def _publish(disclosure: Disclosure, seen: Review, explanations: dict[str, str]) -> None:
    """The earlier version of the year steps back first: one published version a year."""
    earlier = queries.published_of_year(disclosure.organisation_id, disclosure.year)
    if earlier is not None:
        earlier.status = DisclosureStatus.SUPERSEDED
        db.session.flush()
    public = visibilities.public_part(seen.facts, disclosure.visibility)
    record = visibilities.record_of(seen.facts, public)
    disclosure.content, disclosure.digest = record.content, contents.digest(record.content)
    disclosure.findings = shown_publicly(seen, public)
    told = {each["key"] for each in disclosure.findings}
    disclosure.explanations = {key: text for key, text in explanations.items() if key in told}
    visibilities.keep(disclosure, record, findings=list(seen.findings), explanations=explanations)
    disclosure.changes = {}
    disclosure.grade, disclosure.points = seen.grade.level, seen.grade.points
    disclosure.method = seen.grade.method
    for name, value in visibilities.columns(seen.facts, public).items():
        setattr(disclosure, name, value)
    disclosure.status, disclosure.published_at = DisclosureStatus.PUBLISHED, now()
    db.session.flush()
    certificates.enter(disclosure, seen.facts)
    disclosure_records.record_publication(disclosure, supersedes=earlier)
    ranking.touch("disclosure", disclosure.id)


def facts_of(disclosure: Disclosure) -> dict[str, Any]:
    """What the audit trail keeps of a version."""
    names = ("organisation_id", "year", "version", "status", "grade", "points", "digest")
    return {name: getattr(disclosure, name) for name in names}


def withdraw(disclosure: Disclosure, reason: str, *, by: Acting) -> Disclosure:
    """Take a published version back: it stays readable, marked, and counts nowhere."""
    db.session.refresh(disclosure, ["status"], with_for_update=True)
    refuse_unpublished(disclosure, by)
    disclosure.status = DisclosureStatus.WITHDRAWN
    disclosure.updated_at, disclosure.updated_by = now(), by.person_id
    db.session.flush()
    certificates.release(disclosure)
    disclosure_records.record_withdrawal(disclosure, reason)
    ranking.touch("disclosure", disclosure.id)
    audits.record("disclosure.withdrawn", disclosure, by=by, after={"reason": reason})
    _tell_colleagues(disclosure, WITHDRAWN, {"reason": reason}, by=by)
    return disclosure


def _name_of(person_id: str | None) -> str:
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def _tell_colleagues(
    disclosure: Disclosure, code: str, more: Mapping[str, Any], *, by: Acting
) -> None:
    colleagues = messages.members_of(disclosure.organisation_id)
    messages.tell(
        [person for person in colleagues if person.id != by.person_id],
        code,
        values={"name": by.name, "year": disclosure.year, **more},
        url=f"/disclosures/{disclosure.id}",
        dedupe_key=f"{code}:{disclosure.id}",
    )


def import_third_party(
    organisation: Organisation, content: Mapping[str, Any], *, source: str
) -> tuple[Disclosure, str]:
    """Publish figures others collected, graded at most 1; "imported", "updated" or "unchanged".

    `content` is the JSON form of docs/data-dictionary.md; its organisation is filled in here.
    Equal content changes nothing, different content becomes the year's next version.
    """
    try:
        facts = contents.complete(Facts.from_dict(dict(content)), organisation)
    except ValueError as error:
        raise UnreadableContent(told=str(error)) from error
    current = queries.published_of_year(organisation.id, facts.year)
    if current is not None and not current.third_party_source:
        raise OwnDisclosureExists(year=facts.year)
    if current is not None and current.digest == contents.digest(facts.to_dict()):
        return current, "unchanged"
    seen = review(facts, known_about(facts, organisation, third_party=True))
    if seen.blocking:
        raise StillBlocked(told=" ".join(each[language()] for each in seen.blocking))
    version = add(organisation, facts.to_dict(), by=None, reason=source if current else "")
    version.third_party_source = source
    version.visibility = dict.fromkeys(visibilities.USUAL, Visibility.PUBLIC)
    _publish(version, seen, {})
    audits.record("disclosure.imported", version, by=None, after=facts_of(version))
    return version, "updated" if current else "imported"


@event.listens_for(Disclosure, "before_update")
def _published_never_changes(_mapper: Mapper[Any], _connection: Any, row: Disclosure) -> None:
    """What was published is refused here already; the database's trigger has the last word."""
    state = inspect(row)
    status = state.attrs.status.history
    was = status.deleted[0] if status.deleted else row.status
    if was == DisclosureStatus.DRAFT:
        return
    changed = {each.key for each in state.attrs if each.history.has_changes()}
    steps_back = was == DisclosureStatus.PUBLISHED and row.status in _STEPPED_BACK
    if changed - _MAY_CHANGE_LATER or ("status" in changed and not steps_back):
        raise NotADraft
