"""Reads of visibility: what a reader may see of a version, and by whose consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm.attributes import set_committed_value

from disclosure.facts import Disclosure as Facts
from market.domain import visibilities
from market.enums import (
    AskStatus,
    DisclosureStatus,
    OrganisationKind,
    Visibility,
)
from market.extensions import db
from market.models import (
    Disclosure,
    DisclosureAsk,
    DisclosureConsent,
)
from market.moments import now
from market.permissions import Acting

_PUBLIC = (DisclosureStatus.PUBLISHED, DisclosureStatus.SUPERSEDED, DisclosureStatus.WITHDRAWN)


@dataclass(frozen=True)
class Opened:
    """What consent opens: the version as its reader sees it, and the openings of a bundle."""

    version: Disclosure
    sections: tuple[str, ...]
    datapoints: tuple[str, ...]
    until: datetime
    consents: tuple[DisclosureConsent, ...]
    openings: dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """What the page of a version says about its visibility to this reader.

    `hidden`: datapoints shown as commitments; `behind_grade`: those of them the grade rests on.
    """

    sections: dict[str, Visibility]
    hidden: tuple[str, ...]
    behind_grade: tuple[str, ...]
    by_consent: tuple[str, ...]
    own: bool = False
    may_ask: bool = False
    asked: bool = False
    consent_until: datetime | None = None


def by_consent(disclosure: Disclosure) -> tuple[str, ...]:
    """The sections that consent can open, in reading order."""
    catalogue = visibilities.catalogue_of(disclosure)
    return visibilities.sections_of(catalogue, disclosure.visibility, Visibility.CONSENT)


def may_be_opened(disclosure: Disclosure, organisation_id: str) -> bool:
    """Whether it is a published version of this organisation."""
    return disclosure.organisation_id == organisation_id and disclosure.status in _PUBLIC


def valid_consents(disclosure: Disclosure, institution_id: str) -> list[DisclosureConsent]:
    """The consents of this moment that cover a version, for one institution."""
    query = select(DisclosureConsent).where(
        DisclosureConsent.institution_id == institution_id,
        DisclosureConsent.enterprise_id == disclosure.organisation_id,
        or_(
            DisclosureConsent.disclosure_id.is_(None),
            DisclosureConsent.disclosure_id == disclosure.id,
        ),
        DisclosureConsent.revoked_at.is_(None),
        DisclosureConsent.expires_at > now(),
    )
    return list(db.session.scalars(query.order_by(DisclosureConsent.given_at)))


def opened_to(disclosure: Disclosure, institution_id: str) -> Opened | None:
    """What consent opens to an institution now; None when nothing."""
    open_to_consent = by_consent(disclosure)
    consents = [
        each
        for each in valid_consents(disclosure, institution_id)
        if set(each.sections) & set(open_to_consent)
    ]
    granted = {section for each in consents for section in each.sections}
    sections = tuple(each for each in open_to_consent if each in granted)
    if not sections:
        return None
    whole = Facts.from_dict(visibilities.whole_content(disclosure))
    public = visibilities.sections_of(whole.catalogue, disclosure.visibility, Visibility.PUBLIC)
    seen = visibilities.seen_with(whole, {*public, *sections})
    opened = tuple(key for key in seen.answers if key not in disclosure.content["answers"])
    return Opened(
        version=_as_seen(disclosure, seen),
        sections=sections,
        datapoints=opened,
        until=min(each.expires_at for each in consents),
        consents=tuple(consents),
        openings=visibilities.openings(disclosure, opened),
    )


def openings_for(disclosure: Disclosure, institution_id: str) -> dict[str, Any]:
    """The openings a bundle may carry for an institution now; empty without consent."""
    opened = opened_to(disclosure, institution_id)
    return opened.openings if opened else {}


def as_owner(disclosure: Disclosure, by: Acting | None) -> Disclosure:
    """The whole version for members of the organisation that published it, else the public one."""
    own = by is not None and by.organisation_id == disclosure.organisation_id
    private = visibilities.private_of(disclosure) if own else None
    if private is None:
        return disclosure
    seen = _as_seen(disclosure, Facts.from_dict(visibilities.joined(disclosure.content, private)))
    seen.findings, seen.explanations = private.findings, private.explanations
    return seen


def _as_seen(disclosure: Disclosure, seen: Facts) -> Disclosure:
    """A copy of the version with more answers, for one page; it never enters the session."""
    names = [column.key for column in Disclosure.__mapper__.column_attrs]
    copy = Disclosure(**{name: getattr(disclosure, name) for name in names})
    set_committed_value(copy, "organisation", disclosure.organisation)
    for name, value in visibilities.columns(seen, seen).items():
        if value is not None and getattr(disclosure, name) is None:
            setattr(copy, name, value)
    hidden = disclosure.content.get("private", {})
    left = {key: each for key, each in hidden.items() if key not in seen.answers}
    copy.content = {**seen.to_dict(), **({"private": left} if left else {})}
    return copy


def panel(disclosure: Disclosure, by: Acting | None) -> Panel:
    """What to say about visibility on the page of a version; at most two statements."""
    facts = Facts.from_dict(disclosure.content)
    hidden = tuple(disclosure.content.get("private", {}))
    open_to_consent = by_consent(disclosure)
    said = Panel(
        sections=visibilities.levels(facts.catalogue, disclosure.visibility),
        hidden=hidden,
        behind_grade=visibilities.behind_grade(hidden, disclosure.grade),
        by_consent=tuple(each for each in open_to_consent if _holds(facts, hidden, each)),
    )
    if by is None or not hidden:
        return said
    if by.organisation_id == disclosure.organisation_id:
        return Panel(**{**vars(said), "own": True})
    if not by.is_a(OrganisationKind.INSTITUTION) or not said.by_consent:
        return said
    consents = [
        each
        for each in valid_consents(disclosure, by.organisation_id)
        if set(each.sections) & set(said.by_consent)
    ]
    return Panel(
        **{
            **vars(said),
            "may_ask": by.may_write,
            "asked": waiting_ask(disclosure.id, by.organisation_id),
            "consent_until": min((each.expires_at for each in consents), default=None),
        }
    )


def _holds(facts: Facts, hidden: Sequence[str], section: str) -> bool:
    return any(facts.catalogue[key].section == section for key in hidden)


def waiting_ask(disclosure_id: str, institution_id: str) -> bool:
    """Whether the institution waits for an answer about a version."""
    query = select(DisclosureAsk.id).where(
        DisclosureAsk.disclosure_id == disclosure_id,
        DisclosureAsk.institution_id == institution_id,
        DisclosureAsk.status == AskStatus.WAITING,
    )
    return db.session.scalars(query.limit(1)).first() is not None
