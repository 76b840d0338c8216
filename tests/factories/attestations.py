"""Attestations asked for and signed through the verbs."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from market.domain import attestations
from market.files import Upload
from market.models import Attestation, Disclosure, Membership
from tests.factories import disclosures, organisations, people

PDF = b"%PDF-1.4\n% a sample statement\n"
SCOPES = ("scope_1", "scope_2_location")


def verifier(**given: Any) -> Membership:
    """The owner of an approved verifier."""
    return organisations.owner_of("verifier", **given)


def signer_of(given: Attestation) -> Membership:
    """The first member of the verifier that was asked."""
    return organisations.first_of(given.verifier_id)


def asked(
    version: Disclosure | None = None,
    *,
    of: Membership | None = None,
    scopes: Iterable[str] = SCOPES,
) -> Attestation:
    """An open request about a published version."""
    version = version or disclosures.published()
    data = {"verifier_id": (of or verifier()).organisation_id, "scopes": list(scopes)}
    by = people.acting_for(disclosures.owner_of(version))
    return attestations.ask(version, {**data, "message": "示例"}, by=by)


def statement(version: Disclosure, **given: Any) -> dict[str, Any]:
    """What SignSchema loads from the signing form."""
    return {
        "scopes": list(SCOPES),
        "coverage": Decimal(100),
        "standard": "iso_14064_3",
        "level": "limited",
        "statement_date": date(version.year + 1, 3, 15),
        "note": "",
        "statement": Upload("statement.pdf", "application/pdf", PDF),
        **given,
    }


def attested(
    version: Disclosure | None = None, *, of: Membership | None = None, **given: Any
) -> Attestation:
    """A signed attestation of a published version: limited assurance of scopes 1 and 2."""
    version, signer = version or disclosures.published(), of or verifier()
    request = asked(version, of=signer)
    by = people.acting_for(signer)
    return attestations.sign(request.id, statement(version, **given), by=by)
