"""Who may attest what, and by which statement: maker is never checker."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import and_, exists, or_, select

from market.enums import DisclosureStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.files import Upload
from market.models import AuditRecord, Disclosure, Membership
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI

_PDF = "application/pdf"


class MakerIsNoChecker(MarketError):
    """Nobody attests their own disclosure."""

    constraint = "ck_attestation_maker_is_no_checker"
    field = "verifier_id"
    message = lazy_gettext("Choose another verifier: nobody attests their own disclosure.")


class SignerMadeIt(MarketError):
    """A person of the enterprise, or who answered for it, does not sign for the verifier."""

    message = lazy_gettext(
        "You work for the enterprise or answered questions of this disclosure, so you cannot sign"
        " for it. Ask a colleague at the verifier to sign."
    )


class NotAttestable(MarketError):
    """Only the published version that counts, published by the enterprise itself."""

    message = lazy_gettext(
        "Only a published version that no newer one replaced can be attested."
        " An attestation belongs to one version."
    )


class StatementOutOfTime(MarketError):
    """The statement is signed after the period it is about, and not in the future."""

    field = "statement_date"
    message = lazy_gettext("Write a date after the end of the period (%(end)s), today at latest.")


class CoverageOutOfRange(MarketError):
    """A share of nothing attests nothing."""

    constraint = "ck_attestation_coverage"
    field = "coverage"
    message = lazy_gettext("The share covered is above 0 and at most 100 %.")


class StatementNotPdf(MarketError):
    """Statements are kept as PDF."""

    field = "statement"
    message = lazy_gettext("Upload the signed statement as a PDF.")


def refuse_unattestable(disclosure: Disclosure, enterprise_id: str) -> None:
    """Only one's own published version, which no newer one replaced."""
    if disclosure.organisation_id != enterprise_id:
        raise NotFound
    if disclosure.status != DisclosureStatus.PUBLISHED or disclosure.third_party_source:
        raise NotAttestable


def refuse_maker(disclosure: Disclosure, by: Acting) -> None:
    """Not a member of the enterprise today, nor someone who worked on any version of the year.

    Activity lines become answers, so who wrote any for the enterprise made it too.
    """
    of_year = select(Disclosure.id).where(
        Disclosure.organisation_id == disclosure.organisation_id,
        Disclosure.year == disclosure.year,
    )
    made = or_(
        exists().where(
            Membership.person_id == by.person_id,
            Membership.organisation_id == disclosure.organisation_id,
        ),
        exists().where(
            or_(
                and_(AuditRecord.subject_kind == "disclosure", AuditRecord.subject_id.in_(of_year)),
                AuditRecord.action.startswith("activity."),
            ),
            AuditRecord.organisation_id == disclosure.organisation_id,
            AuditRecord.person_id == by.person_id,
        ),
    )
    if db.session.scalar(select(made)):
        raise SignerMadeIt


def refuse_statement(disclosure: Disclosure, data: Mapping[str, Any]) -> None:
    """Its date, its share and its file."""
    assert disclosure.period_end is not None  # every published version has a period
    end = disclosure.period_end.astimezone(SHANGHAI).date()
    if not end < data["statement_date"] <= now().astimezone(SHANGHAI).date():
        raise StatementOutOfTime(end=end.isoformat())
    if not 0 < data["coverage"] <= 100:
        raise CoverageOutOfRange
    refuse_other_than_pdf(data["statement"])


def refuse_other_than_pdf(statement: Upload) -> None:
    """Statements, of disclosures and of footprints, are kept as PDF."""
    if statement.content_type != _PDF:
        raise StatementNotPdf
