"""Organisations: founding, claiming, the operator's decision, and what may be read of them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select
from stdnum import lei
from stdnum.cn import uscc
from stdnum.tw import ubn

from market.domain import audits, messages, ranking
from market.domain.assurances import recount_verifier
from market.domain.files import keep_upload
from market.enums import IdScheme, MemberRole, OrganisationKind, OrganisationStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.files import Upload
from market.models import Membership, Organisation, OrganisationClaim, Person
from market.moments import now
from market.permissions import Acting
from market.texts import fold

APPROVED = messages.sentence(
    "organisation-approved",
    "organisation",
    lazy_gettext("%(organisation)s is approved: you can now act on the market."),
)
REJECTED = messages.sentence(
    "organisation-rejected",
    "organisation",
    lazy_gettext("%(organisation)s was not approved: %(note)s"),
)
SUSPENDED = messages.sentence(
    "organisation-suspended",
    "organisation",
    lazy_gettext("%(organisation)s is suspended: %(note)s"),
)
CLAIM_REFUSED = messages.sentence(
    "claim-refused",
    "organisation",
    lazy_gettext("Your claim to act for %(organisation)s was refused: %(note)s"),
)
_TOLD = {
    OrganisationStatus.APPROVED: APPROVED,
    OrganisationStatus.REJECTED: REJECTED,
    OrganisationStatus.SUSPENDED: SUSPENDED,
}
_CHECKERS = {IdScheme.USCC: uscc, IdScheme.LEI: lei, IdScheme.TW: ubn}


class AlreadyRegistered(MarketError):
    """One organisation per registered id."""

    constraint = "uq_organisation_registered_id"
    field = "id_value"
    message = lazy_gettext(
        "An organisation with this id exists already. Ask a colleague there to invite you,"
        " or claim it if it is marked unclaimed."
    )


class WrongId(MarketError):
    """The check character does not fit."""

    field = "id_value"
    message = lazy_gettext(
        "The id %(value)s is not valid: its check character does not fit."
        " Compare it with the business licence, character by character."
    )


class AlreadyClaimed(MarketError):
    """The organisation has members, or this person asked already."""

    constraint = "uq_organisation_claim_organisation_id_person_id"
    message = lazy_gettext("You have asked for this organisation already; the operator decides.")


class VerifierNeedsApproval(MarketError):
    """Nobody makes themselves a verifier: the operator approves verifiers as such."""

    field = "kinds"
    message = lazy_gettext(
        "The operator approves verifiers as such when they register; this organisation was"
        " approved without it. Take the tick away, or write to the operator."
    )


def canonical_id(scheme: str, value: str) -> str:
    """The id in the form its register writes it, its check character verified."""
    compact = "".join(value.split()).upper()
    checker = _CHECKERS.get(IdScheme(scheme))
    if checker is None:
        return compact
    if not checker.is_valid(compact):
        raise WrongId(value=compact)
    return str(checker.compact(compact))


def found(data: Mapping[str, Any], *, by: Acting) -> Organisation:
    """Create an organisation with its founder as owner; it waits for the operator."""
    upload: Upload | None = data.get("evidence")
    organisation = add(data)
    db.session.add(
        Membership(
            organisation_id=organisation.id,
            person_id=by.person_id,
            role=MemberRole.OWNER,
            created_at=now(),
        )
    )
    if upload is not None:
        stored = keep_upload(upload, organisation_id=organisation.id, by=by)
        organisation.evidence_file_id = stored.id
    db.session.flush()
    audits.record("organisation.founded", organisation, by=by, after=facts(organisation))
    return organisation


def add(data: Mapping[str, Any]) -> Organisation:
    """A new organisation row with a verified id; `data` as OrganisationSchema loads it."""
    organisation = Organisation(
        **{k: v for k, v in data.items() if k not in {"evidence", "id_value"}},
        id_value=canonical_id(data["id_scheme"], data["id_value"]),
        created_at=now(),
    )
    organisation.search_text = search_text(organisation)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def change(data: Mapping[str, Any], *, by: Acting) -> Organisation:
    """Change one's own organisation; its registered id stays."""
    organisation = db.session.get_one(Organisation, by.organisation_id)
    before = facts(organisation)
    added = set(data.get("kinds", ())) - set(organisation.kinds)
    if OrganisationKind.VERIFIER in added and organisation.status == OrganisationStatus.APPROVED:
        raise VerifierNeedsApproval
    for name, value in data.items():
        setattr(organisation, name, value)
    organisation.search_text = search_text(organisation)
    db.session.flush()
    audits.record(
        "organisation.changed", organisation, by=by, before=before, after=facts(organisation)
    )
    ranking.touch("organisation", organisation.id)
    return organisation


def search_text(organisation: Organisation) -> str:
    """What the search looks through."""
    parts = (organisation.name_zh, organisation.name_en, organisation.id_value)
    return fold(" ".join(parts))


def facts(organisation: Organisation) -> dict[str, Any]:
    """What the audit trail keeps of an organisation."""
    names = ("name_zh", "name_en", "id_scheme", "id_value", "kinds", "status", "district")
    return {name: getattr(organisation, name) for name in names}


def find(organisation_id: str) -> Organisation:
    """An organisation anyone may look at; those not approved are visible to nobody else."""
    organisation = db.session.get(Organisation, organisation_id)
    visible = {OrganisationStatus.APPROVED, OrganisationStatus.UNCLAIMED}
    if organisation is None or organisation.status not in visible:
        raise NotFound
    return organisation


def own(by: Acting) -> Organisation:
    """The organisation acted for."""
    return db.session.get_one(Organisation, by.organisation_id)


def claim(organisation_id: str, data: Mapping[str, Any], *, by: Acting) -> OrganisationClaim:
    """Ask to act for an imported organisation, with evidence."""
    organisation = find(organisation_id)
    if organisation.status != OrganisationStatus.UNCLAIMED:
        raise AlreadyClaimed
    asked = OrganisationClaim(
        organisation_id=organisation.id,
        person_id=by.person_id,
        statement=data["statement"],
        created_at=now(),
    )
    upload: Upload | None = data.get("evidence")
    if upload is not None:
        stored = keep_upload(upload, organisation_id=organisation.id, by=by)
        asked.evidence_file_id = stored.id
    db.session.add(asked)
    db.session.flush()
    audits.record("organisation.claimed", asked, by=by, after={"organisation": organisation.id})
    return asked


def decide(organisation_id: str, status: str, *, note: str = "", by: Acting) -> Organisation:
    """The operator approves, rejects or suspends an organisation; its members are told."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or organisation.status == OrganisationStatus.UNCLAIMED:
        raise NotFound
    before = {"status": organisation.status}
    organisation.status, organisation.decision_note = status, note
    db.session.flush()
    ranking.touch("organisation", organisation.id)  # a suspended one leaves every ranking at once
    if organisation.is_a(OrganisationKind.VERIFIER):
        recount_verifier(organisation)
    audits.record(
        f"organisation.{status}",
        organisation,
        by=by,
        before=before,
        after={"status": status, "note": note},
    )
    messages.tell(
        messages.members_of(organisation.id),
        _TOLD[OrganisationStatus(status)],
        values={"organisation": organisation.name_zh, "note": note},
        url="/home",
    )
    return organisation


def decide_claim(claim_id: str, *, grant: bool, note: str = "", by: Acting) -> OrganisationClaim:
    """The operator grants a claim (the person becomes owner) or refuses it."""
    asked = db.session.get(OrganisationClaim, claim_id)
    if asked is None or asked.status != "open":
        raise NotFound
    organisation = db.session.get_one(Organisation, asked.organisation_id)
    asked.status, asked.decided_at = ("granted" if grant else "refused"), now()
    if grant:
        organisation.status = OrganisationStatus.APPROVED
        db.session.add(
            Membership(
                organisation_id=organisation.id,
                person_id=asked.person_id,
                role=MemberRole.OWNER,
                created_at=now(),
            )
        )
    db.session.flush()
    ranking.touch("organisation", organisation.id)
    audits.record(f"organisation.claim-{asked.status}", asked, by=by, after={"note": note})
    messages.tell(
        [db.session.get_one(Person, asked.person_id)],
        APPROVED if grant else CLAIM_REFUSED,
        values={"organisation": organisation.name_zh, "note": note},
        url="/home",
    )
    return asked


def waiting() -> list[Organisation]:
    """Organisations that wait for the operator."""
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.status == OrganisationStatus.PENDING)
            .order_by(Organisation.created_at, Organisation.id)
            .limit(100)
        )
    )


def open_claims() -> list[tuple[OrganisationClaim, Organisation, Person]]:
    """Claims that wait for the operator, with whom and what they concern."""
    rows = db.session.execute(
        select(OrganisationClaim, Organisation, Person)
        .join(Organisation, Organisation.id == OrganisationClaim.organisation_id)
        .join(Person, Person.id == OrganisationClaim.person_id)
        .where(OrganisationClaim.status == "open")
        .order_by(OrganisationClaim.created_at)
        .limit(100)
    )
    return [(c, o, p) for c, o, p in rows]
