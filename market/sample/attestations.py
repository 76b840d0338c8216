"""The sample verifiers attest what the sample firms say was verified; one takes its word back."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from market import moments
from market.domain import attestations
from market.domain.queries.disclosures import published_of_year
from market.files import Upload
from market.models import Attestation
from market.sample.firms import Firm
from market.sample.parties import Party
from market.sample.statements import level_of, statement_of

VERIFIERS = (
    ("示例核查有限公司", "Sample Verification Ltd."),
    ("示例会计师事务所", "Sample Certified Public Accountants"),
)
_SCOPES = ["scope_1", "scope_2_location"]
_ASSURED = 3  # the depth from which a firm's answers claim assurance
_WEEKS = timedelta(weeks=3)


def attest_latest(pairs: Iterable[tuple[Firm, Party]], verifiers: Sequence[Party]) -> int:
    """Attest the latest year of each firm that claims assurance; returns how many stand.

    The first such firm's year before is attested and revoked, and the first firm that claims none
    waits for an answer, so that each state has an example.
    """
    listed = [(firm, party) for firm, party in pairs if firm.depth]
    claiming = [each for each in listed if each[0].depth >= _ASSURED]
    for firm, party in claiming:
        _attested(firm, party, firm.years[-1].year, verifiers)
    firm, party = next(each for each in claiming if len(each[0].years) > 1)
    _revoked(_attested(firm, party, firm.years[-2].year, verifiers), verifiers)
    modest, asking = next(each for each in listed if each[0].depth < _ASSURED)
    _asked(asking, modest.years[-1].year, verifiers[0])
    return len(claiming)


def _asked(party: Party, year: int, verifier: Party) -> Attestation:
    version = published_of_year(party.organisation.id, year)
    assert version is not None  # publish_years made it
    assert version.published_at is not None
    data = {
        "verifier_id": verifier.organisation.id,
        "scopes": _SCOPES,
        "message": "示例：请核查范围一、范围二。",
    }
    with moments.at(version.published_at + timedelta(days=1)):
        return attestations.ask(version, data, by=party.acting)


def _attested(firm: Firm, party: Party, year: int, verifiers: Sequence[Party]) -> Attestation:
    verifier = verifiers[firm.number % len(verifiers)]
    request = _asked(party, year, verifier)
    upload = Upload("示例核查声明.pdf", "application/pdf", statement_of(firm, year))
    data = {
        "scopes": _SCOPES,
        "coverage": Decimal(100),
        "standard": "iso_14064_3",
        "level": level_of(firm),
        "statement_date": date(year + 1, 3, 15),
        "note": "示例：模拟的核查意见。",
        "statement": upload,
    }
    with moments.at(request.asked_at + timedelta(days=2)):
        return attestations.sign(request.id, data, by=verifier.acting)


def _revoked(given: Attestation, verifiers: Sequence[Party]) -> None:
    verifier = next(v for v in verifiers if v.organisation.id == given.verifier_id)
    assert given.signed_at is not None  # it was signed just now
    with moments.at(given.signed_at + _WEEKS):
        attestations.revoke(given.id, "示例：抽样发现燃料台账有误。", by=verifier.acting)
