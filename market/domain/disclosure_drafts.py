"""Drafts of disclosures: begun empty, answered by several people together, discarded."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from disclosure.facts import Disclosure as Facts
from market.domain import audits, visibilities
from market.domain import disclosure_contents as contents
from market.domain.disclosure_contexts import known_about
from market.domain.disclosure_reviews import Review, review, today
from market.enums import DisclosureStatus
from market.errors import ChangedMeanwhile, MarketError, NotFound
from market.extensions import db
from market.models import Disclosure, Organisation, Person
from market.moments import now
from market.permissions import Acting
from market.texts import language

Edits = int | Mapping[str, int] | None
FIRST_YEAR = 1990
_LOCKED = ("content", "edit", "changes", "copied", "status")


class DraftExists(MarketError):
    """One draft per organisation and year."""

    constraint = "uq_disclosure_one_draft"
    status = HTTPStatus.CONFLICT
    field = "year"
    message = lazy_gettext(
        "A draft of this year exists already. Open it under My disclosures and go on there."
    )


class PublishedAlready(MarketError):
    """A published year is corrected by a restatement, not by a second beginning."""

    status = HTTPStatus.CONFLICT
    field = "year"
    message = lazy_gettext(
        "The disclosure of %(year)s is published. To correct it, open it and choose Restate."
    )


class YearNotOver(MarketError):
    """Only past and present years are disclosed."""

    field = "year"
    message = lazy_gettext("Choose a year between %(first)s and %(last)s.")


class AnswersRefused(MarketError):
    """Some answers cannot be taken; `values["problems"]` says which and why."""

    message = lazy_gettext("Some answers could not be taken: %(told)s")


class AnswersConflict(ChangedMeanwhile):
    """Someone else answered the same datapoint meanwhile; `values["theirs"]`: their answers."""

    message = lazy_gettext(
        "%(who)s changed the same answer after you opened it. Both are shown; choose one."
    )


class NotADraft(MarketError):
    """Only drafts change."""

    message = lazy_gettext("This version is published and can never change. Restate it instead.")


def start(year: int, *, by: Acting) -> Disclosure:
    """Begin the draft of a year: empty, nothing is copied from anywhere."""
    last = today().year
    if not FIRST_YEAR <= year <= last:
        raise YearNotOver(first=FIRST_YEAR, last=last)
    if DisclosureStatus.PUBLISHED in _refuse_second_draft(by.organisation_id, year):
        raise PublishedAlready(year=year)
    organisation = db.session.get_one(Organisation, by.organisation_id)
    draft = add(organisation, contents.begin(organisation, year).to_dict(), by=by)
    audits.record("disclosure.started", draft, by=by, after={"year": year})
    return draft


def _refuse_second_draft(organisation_id: str, year: int) -> set[str]:
    """What a year has already; a second draft is refused before the database has to."""
    states = set(
        db.session.scalars(
            select(Disclosure.status).where(
                Disclosure.organisation_id == organisation_id, Disclosure.year == year
            )
        )
    )
    if DisclosureStatus.DRAFT in states:
        raise DraftExists
    return states


def add(
    organisation: Organisation, content: dict[str, Any], *, by: Acting | None, reason: str = ""
) -> Disclosure:
    """A new row with the year's next version number; a draft until it is published."""
    year = content["year"]
    draft = Disclosure(
        organisation_id=organisation.id,
        organisation=organisation,
        year=year,
        version=_next_version(organisation.id, year),
        content=content,
        restatement_reason=reason,
        created_at=now(),
        updated_at=now(),
        updated_by=by.person_id if by else None,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def _next_version(organisation_id: str, year: int) -> int:
    last = db.session.scalar(
        select(func.max(Disclosure.version)).where(
            Disclosure.organisation_id == organisation_id, Disclosure.year == year
        )
    )
    return int(last or 0) + 1


def draft_of(disclosure_id: str, *, by: Acting) -> Disclosure:
    """One's own draft with its organisation; anything else does not exist."""
    found = db.session.scalars(
        select(Disclosure)
        .options(joinedload(Disclosure.organisation))
        .where(
            Disclosure.id == disclosure_id,
            Disclosure.organisation_id == by.organisation_id,
            Disclosure.status == DisclosureStatus.DRAFT,
        )
    ).first()
    if found is None or not by.organisation_id:
        raise NotFound
    return found


def review_of(disclosure: Disclosure) -> Review:
    """What stands in the way of publishing a draft, and what grade it would get."""
    organisation = db.session.get_one(Organisation, disclosure.organisation_id)
    facts = contents.complete(contents.newest(Facts.from_dict(disclosure.content)), organisation)
    return review(facts, known_about(facts, organisation))


def answer(
    disclosure: Disclosure, answers: Mapping[str, Any], *, by: Acting, edit: Edits = None
) -> Disclosure:
    """Merge answers (datapoint -> JSON form, None takes it away) into a draft.

    `edit` is the draft's edit count when the writer last saw it, one for all or one a datapoint;
    an answer someone else changed since raises AnswersConflict. All are taken, or none.
    """
    lock(disclosure, by)
    _refuse_conflicts(disclosure, answers, by=by, edit=edit)
    before = disclosure.content
    try:
        facts = contents.with_answers(Facts.from_dict(before), answers)
    except contents.Refused as error:
        problems = {
            key: told.en if language() == "en" else told.zh for key, told in error.problems.items()
        }
        raise AnswersRefused(told=" ".join(problems.values()), problems=problems) from error
    after = facts.to_dict()
    changed = [key for key in answers if stored_answer(before, key) != stored_answer(after, key)]
    if changed:
        disclosure.content, disclosure.edit = after, disclosure.edit + 1
        marks = {key: [disclosure.edit, by.person_id] for key in changed}
        disclosure.changes = {**disclosure.changes, **marks}
        disclosure.copied = {k: v for k, v in disclosure.copied.items() if k not in marks}
        disclosure.updated_at, disclosure.updated_by = now(), by.person_id
        db.session.flush()
        audits.record("disclosure.answered", disclosure, by=by, after={"datapoints": changed})
    return disclosure


def stored_answer(content: Mapping[str, Any], datapoint: str) -> dict[str, Any] | None:
    """The JSON form of one answer in a content; the period reads like an answer too."""
    if datapoint == contents.PERIOD:
        period = content["period"]
        parts = {"start": period["start"], "end": period["end"]}
        return {"state": "value", "parts": parts, "note": period["note"]}
    found: dict[str, Any] | None = content["answers"].get(datapoint)
    return found


def lock(disclosure: Disclosure, by: Acting) -> None:
    """Writers of one draft queue here, so that no merge is lost between reading and writing."""
    if disclosure.organisation_id != by.organisation_id:
        raise NotFound
    db.session.refresh(disclosure, _LOCKED, with_for_update=True)
    if disclosure.status != DisclosureStatus.DRAFT:
        raise NotADraft


def _refuse_conflicts(
    disclosure: Disclosure, answers: Mapping[str, Any], *, by: Acting, edit: Edits
) -> None:
    """One's own later changes are no conflict, nor is the same answer given twice."""
    theirs: dict[str, Any] = {}
    people: set[str] = set()
    for key, raw in answers.items():
        at, person = disclosure.changes.get(key, (0, ""))
        seen = edit.get(key) if isinstance(edit, Mapping) else edit
        stored = stored_answer(disclosure.content, key)
        if seen is not None and at > seen and person != by.person_id and stored != raw:
            theirs[key] = stored
            people.add(person)
    if theirs:
        names = db.session.scalars(select(Person.name).where(Person.id.in_(people)))
        raise AnswersConflict(who=", ".join(names), theirs=theirs, edit=disclosure.edit)


def restate(disclosure: Disclosure, reason: str, *, by: Acting) -> Disclosure:
    """Begin the next version of a published year from its own answers, with a public reason."""
    refuse_unpublished(disclosure, by)
    _refuse_second_draft(disclosure.organisation_id, disclosure.year)
    organisation = db.session.get_one(Organisation, by.organisation_id)
    content = contents.without_calculated(visibilities.whole_content(disclosure))
    draft = add(organisation, content, by=by, reason=reason)
    draft.visibility = dict(disclosure.visibility)
    audits.record(
        "disclosure.restated", draft, by=by, before={"id": disclosure.id}, after={"reason": reason}
    )
    return draft


def discard(disclosure: Disclosure, *, by: Acting) -> None:
    """Delete a draft; published versions cannot be deleted."""
    lock(disclosure, by)
    audits.record("disclosure.discarded", disclosure, by=by, before={"year": disclosure.year})
    db.session.execute(delete(Disclosure).where(Disclosure.id == disclosure.id))


def own_published(disclosure_id: str, *, by: Acting) -> Disclosure:
    """One's own published version."""
    found = db.session.get(Disclosure, disclosure_id)
    if found is None or found.organisation_id != by.organisation_id:
        raise NotFound
    refuse_unpublished(found, by)
    return found


def refuse_unpublished(disclosure: Disclosure, by: Acting) -> None:
    """Only one's own published versions are restated or withdrawn."""
    if disclosure.organisation_id != by.organisation_id:
        raise NotFound
    if disclosure.status != DisclosureStatus.PUBLISHED:
        raise NotADraft
