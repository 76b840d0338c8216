"""Consents to read: an enterprise opens sections of its disclosures to one institution."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from market.domain import audits, messages
from market.domain.queries import visibilities as queries
from market.enums import AskStatus, OrganisationKind, OrganisationStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import (
    Disclosure,
    DisclosureAsk,
    DisclosureConsent,
    DisclosureReading,
    Organisation,
)
from market.moments import now
from market.permissions import Acting

MINE = "/disclosure-consents/mine"
GIVEN = messages.sentence(
    "disclosure-consent-given",
    "disclosure",
    lazy_gettext("%(name)s lets you read answers that are not public, until %(until)s."),
)
REVOKED = messages.sentence(
    "disclosure-consent-revoked",
    "disclosure",
    lazy_gettext("%(name)s took back its consent to read answers that are not public."),
)
ASKED = messages.sentence(
    "disclosure-consent-asked",
    "disclosure",
    lazy_gettext("%(name)s asks to read answers of %(year)s that are not public: %(purpose)s"),
)
DECLINED = messages.sentence(
    "disclosure-consent-declined",
    "disclosure",
    lazy_gettext("%(name)s declined your request to read answers that are not public."),
)


class NoSuchInstitution(MarketError):
    """Consent goes to approved financial institutions only."""

    field = "institution_id"
    message = lazy_gettext("Choose a financial institution that the platform has approved.")


class NotOwnDisclosure(MarketError):
    """A consent opens one's own published versions."""

    field = "disclosure_id"
    message = lazy_gettext("Choose one of your own published disclosures, or all years.")


class NothingToOpen(MarketError):
    """The version has no section that consent could open."""

    field = "sections"
    message = lazy_gettext(
        "None of these sections is open by consent in this disclosure: public ones need no"
        " consent, private ones are open to nobody."
    )


class EndsTooSoon(MarketError):
    """A consent ends in the future."""

    field = "expires_on"
    message = lazy_gettext("Choose a day after today.")


class AskedAlready(MarketError):
    """One open request for a version at a time."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("You have asked already; the enterprise has not answered yet.")


class NoConsent(MarketError):
    """There is no consent, or no longer."""

    status = HTTPStatus.FORBIDDEN
    message = lazy_gettext(
        "You may not read these answers: there is no consent, or it has ended. You can ask for it."
    )


def give(data: Mapping[str, Any], *, by: Acting) -> DisclosureConsent:
    """Open sections to an institution until a moment; `data` is what ConsentSchema loads."""
    institution = _institution(data["institution_id"])
    if data["disclosure_id"]:
        found = db.session.get(Disclosure, data["disclosure_id"])
        if found is None or not queries.may_be_opened(found, by.organisation_id):
            raise NotOwnDisclosure
        _refuse_nothing(found, data["sections"])
    _refuse_past(data["expires_on"])
    return _given(institution, data, by=by)


def _given(institution: Organisation, data: Mapping[str, Any], *, by: Acting) -> DisclosureConsent:
    consent = DisclosureConsent(
        enterprise_id=by.organisation_id,
        institution_id=institution.id,
        disclosure_id=data["disclosure_id"] or None,
        sections=list(data["sections"]),
        purpose=data["purpose"],
        expires_at=data["expires_on"],
        given_by=by.person_id,
        given_at=now(),
    )
    db.session.add(consent)
    db.session.flush()
    audits.record("disclosure.consent_given", consent, by=by, after=_facts_of(consent))
    until = f"{consent.expires_at:%Y-%m-%d}"
    messages.tell(
        messages.members_of(institution.id),
        GIVEN,
        values={"name": _name(by), "until": until},
        url=MINE,
        dedupe_key=f"{GIVEN}:{consent.id}",
    )
    return consent


def _institution(organisation_id: str) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    approved = found is not None and found.status == OrganisationStatus.APPROVED
    if found is None or not approved or OrganisationKind.INSTITUTION not in found.kinds:
        raise NoSuchInstitution
    return found


def _refuse_nothing(disclosure: Disclosure, sections: Sequence[str]) -> None:
    if not set(sections) & set(queries.by_consent(disclosure)):
        raise NothingToOpen


def _refuse_past(expires_at: datetime) -> None:
    if expires_at <= now():
        raise EndsTooSoon


def _facts_of(consent: DisclosureConsent) -> dict[str, Any]:
    names = ("enterprise_id", "institution_id", "disclosure_id", "sections", "purpose")
    told = {name: getattr(consent, name) for name in names}
    return {**told, "expires_at": consent.expires_at.isoformat()}


def _name(by: Acting) -> str:
    return by.organisation_name_zh or by.organisation_name_en


def revoke(consent_id: str, *, by: Acting) -> DisclosureConsent:
    """Take a consent back: from now on the institution reads commitments again."""
    consent = db.session.get(
        DisclosureConsent, consent_id, with_for_update=True, populate_existing=True
    )
    if consent is None or consent.enterprise_id != by.organisation_id:
        raise NotFound
    if consent.revoked_at is None:
        consent.revoked_at = now()
        db.session.flush()
        audits.record("disclosure.consent_revoked", consent, by=by, before=_facts_of(consent))
        people = messages.members_of(consent.institution_id)
        messages.tell(people, REVOKED, values={"name": _name(by)}, url=MINE)
    return consent


def ask(disclosure: Disclosure, data: Mapping[str, Any], *, by: Acting) -> DisclosureAsk:
    """Ask an enterprise to open sections of a published version; `data`: of AskSchema."""
    _refuse_nothing(disclosure, data["sections"])
    _refuse_past(data["expires_on"])
    _one_at_a_time(disclosure)
    if queries.waiting_ask(disclosure.id, by.organisation_id):
        raise AskedAlready
    asked = DisclosureAsk(
        enterprise_id=disclosure.organisation_id,
        institution_id=by.organisation_id,
        disclosure_id=disclosure.id,
        sections=list(data["sections"]),
        purpose=data["purpose"],
        expires_at=data["expires_on"],
        status=AskStatus.WAITING,
        asked_by=by.person_id,
        asked_at=now(),
        answer="",
    )
    db.session.add(asked)
    db.session.flush()
    audits.record("disclosure.consent_asked", asked, by=by, after={"sections": asked.sections})
    messages.tell(
        messages.members_of(disclosure.organisation_id),
        ASKED,
        values={"name": _name(by), "year": disclosure.year, "purpose": asked.purpose},
        url=MINE,
        dedupe_key=f"{ASKED}:{asked.id}",
    )
    return asked


def _one_at_a_time(disclosure: Disclosure) -> None:
    """Two who ask for one version at once queue here, so that one of them has asked already."""
    db.session.scalar(select(Disclosure.id).where(Disclosure.id == disclosure.id).with_for_update())


def grant(ask_id: str, *, by: Acting) -> DisclosureConsent:
    """Give exactly what was asked for."""
    asked = _waiting(ask_id, by)
    data = {
        "disclosure_id": asked.disclosure_id,
        "sections": asked.sections,
        "purpose": asked.purpose,
        "expires_on": asked.expires_at,
    }
    _refuse_past(asked.expires_at)
    consent = _given(_institution(asked.institution_id), data, by=by)
    _answer(asked, AskStatus.GRANTED, "", by=by)
    return consent


def decline(ask_id: str, why: str, *, by: Acting) -> DisclosureAsk:
    """Say no, with a message if one likes."""
    asked = _waiting(ask_id, by)
    _answer(asked, AskStatus.DECLINED, why, by=by)
    messages.tell(
        messages.members_of(asked.institution_id),
        DECLINED,
        values={"name": _name(by)},
        url=MINE,
        dedupe_key=f"{DECLINED}:{asked.id}",
    )
    return asked


def _waiting(ask_id: str, by: Acting) -> DisclosureAsk:
    """An open request, locked: it is answered once, by whoever is first."""
    asked = db.session.scalars(
        select(DisclosureAsk)
        .options(joinedload(DisclosureAsk.disclosure))
        .where(DisclosureAsk.id == ask_id, DisclosureAsk.enterprise_id == by.organisation_id)
        .with_for_update(of=DisclosureAsk)
        .execution_options(populate_existing=True)
    ).first()
    if asked is None or asked.status != AskStatus.WAITING:
        raise NotFound
    return asked


def _answer(asked: DisclosureAsk, status: AskStatus, why: str, *, by: Acting) -> None:
    asked.status, asked.answer, asked.answered_at = status, why, now()
    db.session.flush()
    audits.record(f"disclosure.consent_{status}", asked, by=by, after={"answer": why})


def read(disclosure: Disclosure, how: str, *, by: Acting) -> queries.Opened:
    """What consent opens of a version to the acting institution; each reading is written down."""
    opened = queries.opened_to(disclosure, by.organisation_id)
    if opened is None:
        raise NoConsent
    for consent in opened.consents:
        db.session.add(
            DisclosureReading(
                consent_id=consent.id,
                disclosure_id=disclosure.id,
                enterprise_id=disclosure.organisation_id,
                institution_id=by.organisation_id,
                person_id=by.person_id,
                at=now(),
                how=how,
                sections=[each for each in opened.sections if each in consent.sections],
            )
        )
    db.session.flush()
    after = {"how": how, "sections": list(opened.sections)}
    audits.record("disclosure.read_by_consent", disclosure, by=by, after=after)
    return opened
