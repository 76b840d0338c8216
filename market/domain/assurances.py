"""What attestations give a version: its grade, level of assurance and data-quality score."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import update

from disclosure.assurance import level_of
from disclosure.checks.finding import Finding, Result, Severity
from disclosure.facts import Disclosure as Facts
from disclosure.grade import grade
from disclosure.quality import data_quality
from disclosure.texts import Text
from market.domain import messages, ranking, visibilities
from market.domain.queries import attestations as queries
from market.extensions import db
from market.models import Disclosure, Organisation

RECOUNTED = messages.sentence(
    "attestation-recounted",
    "disclosure",
    lazy_gettext(
        "The approval of the verifier %(verifier)s changed;"
        " the grade of your disclosure of %(year)s is now %(grade)s."
    ),
)


def recount(disclosure: Disclosure) -> None:
    """Derive grade, assurance and data quality of a version from what counts as attested now."""
    facts = Facts.from_dict(visibilities.whole_content(disclosure))
    private = visibilities.private_of(disclosure)
    findings = findings_of(private.findings if private else disclosure.findings)
    assured, third_party = queries.live(disclosure.id), bool(disclosure.third_party_source)
    graded = grade(facts, findings, third_party=third_party, assured=assured)
    derived = {
        "grade": graded.level,
        "assurance": level_of(assured),
        "data_quality": data_quality(facts, assured=assured).score,
    }
    db.session.execute(  # past the object, whose listener refuses every change of a version
        update(Disclosure)
        .where(Disclosure.id == disclosure.id)
        .values(**derived)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(disclosure, list(derived))
    ranking.touch("disclosure", disclosure.id)


def findings_of(stored: Iterable[Mapping[str, Any]]) -> Iterable[Finding]:
    """The published findings, as far as the grade reads them."""
    for each in stored:
        yield Finding(
            each["code"],
            Result(each["result"]),
            Severity(each["severity"]),
            tuple(each["datapoints"]),
            Text(each["code"]),
        )


def recount_verifier(verifier: Organisation) -> None:
    """The operator changed a verifier's standing: its word counts, or stops counting, at once."""
    for disclosure in queries.attested_by(verifier.id):
        before = disclosure.grade, disclosure.data_quality
        recount(disclosure)
        if before != (disclosure.grade, disclosure.data_quality):
            messages.tell(
                messages.members_of(disclosure.organisation_id),
                RECOUNTED,
                values={
                    "verifier": verifier.name_zh,
                    "year": disclosure.year,
                    "grade": disclosure.grade,
                },
                url=f"/disclosures/{disclosure.id}",
            )
