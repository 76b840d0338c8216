"""Labels of footprints: verified by another, published, expired, replaced, revoked in public."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import exists, select

from disclosure.footprint import LONGEST_VALIDITY, Label, Verification, years_after
from market.domain import footprint_contents as contents
from market.domain import footprint_records as records
from market.domain import messages
from market.domain.attestation_rules import refuse_other_than_pdf
from market.domain.files import keep_upload
from market.domain.footprint_states import locked, refuse_blocked, refuse_unless, step, to_draft
from market.domain.footprints import own
from market.enums import FootprintStatus as Status
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Footprint, Membership, Organisation
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI

REMINDED = (60, 7)  # days before the end
_AT_ONCE = 200

VERIFIED = messages.sentence(
    "footprint-verified",
    "disclosure",
    lazy_gettext("%(verifier)s verified the footprint of %(product)s: you can publish it now."),
)
RETURNED = messages.sentence(
    "footprint-returned",
    "disclosure",
    lazy_gettext("%(verifier)s returned the footprint of %(product)s: %(note)s"),
)
ENDS_SOON = messages.sentence(
    "footprint-ends-soon",
    "disclosure",
    lazy_gettext("The label of %(product)s is valid until %(until)s: begin a newer version."),
)
EXPIRED = messages.sentence(
    "footprint-expired",
    "disclosure",
    lazy_gettext("The label of %(product)s has expired."),
)
REVOKED = messages.sentence(
    "footprint-revoked",
    "disclosure",
    lazy_gettext("%(who)s revoked the label of %(product)s: %(reason)s"),
)


class PersonMadeIt(MarketError):
    """Who wrote it, or works for the maker, does not verify it for somebody else."""

    message = lazy_gettext(
        "You wrote in this footprint or work for its maker. Ask a colleague to verify it."
    )


class CertificateTaken(MarketError):
    """A certificate number stands for one label."""

    constraint = "uq_footprint_certificate"
    status = 409
    field = "certificate"
    message = lazy_gettext("This certificate number is in use: every label has its own.")


class ValidityTooLong(MarketError):
    """Three years at most."""

    field = "valid_until"
    message = lazy_gettext("At most %(years)s years: until %(latest)s.")


class ValidityOver(MarketError):
    """A label that is over before it begins."""

    field = "valid_until"
    message = lazy_gettext("The validity must end after its start and in the future.")


def verify(footprint: Footprint, data: Mapping[str, Any], *, by: Acting) -> Footprint:
    """The verifier signs: certificate, scheme and validity; the record's bytes are hashed."""
    refuse_unless(footprint, Status.SUBMITTED)
    _refuse_maker(footprint, by)
    _refuse_validity(data["valid_from"], data["valid_until"])
    refuse_other_than_pdf(data["statement"])
    certificate = data["certificate"].upper()
    if _is_taken(certificate):
        raise CertificateTaken
    footprint.valid_from, footprint.valid_until = data["valid_from"], data["valid_until"]
    maker = db.session.get_one(Organisation, footprint.organisation_id)
    made = contents.build(
        footprint,
        maker,
        label=Label(certificate, data["scheme"], by.organisation_name_zh),
        verification=Verification(
            by.organisation_name_zh,
            "product level",
            " / ".join(footprint.content["method"]["standards"]),
            now().replace(microsecond=0),
            data["note"],
        ),
    )
    found = contents.findings(made, today=_today())
    refuse_blocked(found)
    for name, value in contents.columns(made).items():
        setattr(footprint, name, value)
    footprint.certificate, footprint.scheme = certificate, data["scheme"]
    footprint.findings, footprint.note = found, data["note"]
    stored = keep_upload(data["statement"], organisation_id=footprint.verifier_id, by=by)
    footprint.statement_file_id = stored.id
    footprint.verified_at, footprint.verified_by = now(), by.person_id
    step(footprint, Status.VERIFIED, action="verified", by=by)
    _tell_maker(footprint, VERIFIED, {"verifier": by.organisation_name_zh})
    return footprint


def send_back(footprint: Footprint, note: str, *, by: Acting) -> Footprint:
    """The verifier returns it with what to mend."""
    refuse_unless(footprint, Status.SUBMITTED)
    footprint.note = note
    to_draft(footprint, action="returned", by=by)
    _tell_maker(footprint, RETURNED, {"verifier": by.organisation_name_zh, "note": note})
    return footprint


def publish(footprint: Footprint, *, by: Acting) -> Footprint:
    """Make a verified footprint public; the version before it is replaced at once."""
    refuse_unless(footprint, Status.VERIFIED)
    assert footprint.valid_until is not None
    if footprint.valid_until <= _today():
        raise ValidityOver
    before = db.session.scalars(
        select(Footprint)
        .where(Footprint.series_id == footprint.series_id, Footprint.status == Status.PUBLISHED)
        .with_for_update()
    ).first()
    if before is not None:
        before.ended_at = now()
        step(before, Status.SUPERSEDED, action="superseded", by=by)
    footprint.published_at = now()
    step(footprint, Status.PUBLISHED, action="published", by=by)
    records.record_publication(footprint, supersedes=before, by=by)
    return footprint


def revoke(footprint: Footprint, reason: str, *, by: Acting) -> Footprint:
    """Take a label back for good, with a public reason; by its verifier or its maker."""
    refuse_unless(footprint, Status.PUBLISHED, Status.SUPERSEDED, Status.EXPIRED)
    footprint.reason, footprint.ended_at = reason, now()
    step(footprint, Status.REVOKED, action="revoked", by=by)
    records.record_revocation(footprint, by=by)
    values = {"who": by.organisation_name_zh, "reason": reason}
    _tell_maker(footprint, REVOKED, values)
    return footprint


def expire_due() -> int:
    """Expire labels past their last day and remind of those that end soon; returns how many."""
    due = db.session.scalars(
        select(Footprint)
        .where(Footprint.status == Status.PUBLISHED, Footprint.valid_until < _today())
        .order_by(Footprint.id)
        .limit(_AT_ONCE)
    ).all()
    for footprint in due:
        footprint.ended_at = now()
        step(footprint, Status.EXPIRED, action="expired", by=None)
        _tell_maker(footprint, EXPIRED, {}, key="expired")
    for days in sorted(REMINDED):
        _remind(days)
    return len(due)


def _remind(days: int) -> None:
    """Tell once for each mark; a mark already passed for the nearer one stays silent."""
    nearer = max((mark for mark in REMINDED if mark < days), default=-1)
    ending = db.session.scalars(
        select(Footprint)
        .where(
            Footprint.status == Status.PUBLISHED,
            Footprint.valid_until <= _today() + timedelta(days=days),
            Footprint.valid_until > _today() + timedelta(days=nearer),
        )
        .order_by(Footprint.id)
        .limit(_AT_ONCE)
    )
    for footprint in ending:
        until = {"until": f"{footprint.valid_until}"}
        _tell_maker(footprint, ENDS_SOON, until, key=f"ends-{days}")


def for_verifier(footprint_id: str, *, by: Acting) -> Footprint:
    """A footprint that was sent to the verifier acted for."""
    found = locked(footprint_id)
    if found.verifier_id != by.organisation_id or found.status == Status.DRAFT:
        raise NotFound
    return found


def for_either(footprint_id: str, *, by: Acting) -> Footprint:
    """One's own footprint, or one that one verified."""
    found = locked(footprint_id)
    if found.organisation_id == by.organisation_id:
        return own(footprint_id, by=by)
    return for_verifier(footprint_id, by=by)


def _refuse_maker(footprint: Footprint, by: Acting) -> None:
    works_there = exists().where(
        Membership.person_id == by.person_id,
        Membership.organisation_id == footprint.organisation_id,
    )
    if by.person_id in footprint.editors or db.session.scalar(select(works_there)):
        raise PersonMadeIt


def _refuse_validity(start: date, end: date) -> None:
    if end <= start or end <= _today():
        raise ValidityOver
    latest = years_after(datetime.combine(start, time.min, SHANGHAI), LONGEST_VALIDITY).date()
    if end > latest:
        raise ValidityTooLong(years=LONGEST_VALIDITY, latest=latest.isoformat())


def _is_taken(certificate: str) -> bool:
    query = select(Footprint.id).where(Footprint.certificate == certificate)
    return db.session.scalar(query) is not None


def _today() -> date:
    return now().astimezone(SHANGHAI).date()


def _tell_maker(
    footprint: Footprint, code: str, values: Mapping[str, Any], *, key: str = ""
) -> None:
    messages.tell(
        messages.members_of(footprint.organisation_id),
        code,
        values={"product": footprint.name_zh, **values},
        url=f"/footprints/{footprint.id}",
        dedupe_key=f"footprint:{footprint.id}:{key}" if key else None,
    )
