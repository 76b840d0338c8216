"""What the log keeps of a disclosure, and the bundle that proves it to an outsider."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from disclosure.assurance import level_of, standing
from disclosure.ledger.bundle import Proven, verify_bundle
from disclosure.ledger.canonical import parse
from disclosure.ledger.entries import Statement
from disclosure.ledger.note import encode
from market.domain import disclosure_records as records
from market.domain import disclosures as verbs
from market.domain import log, log_keys
from market.domain.queries import log as queries
from market.errors import NotFound
from market.extensions import db
from market.models import Disclosure, LogLeaf
from tests.factories import disclosures as made
from tests.factories import log as factory
from tests.factories import people

STATEMENT = Statement(
    scopes=("scope_1", "scope_2_location"),
    coverage="94.5",
    standard="ISO 14064-3",
    level="limited",
    digest="ab" * 32,
    verifier_id="v1",
    verifier_name="示例核查机构",
)


def entries_of(version: Disclosure) -> list[tuple[str, Any]]:
    rows = db.session.query(LogLeaf).filter_by(disclosure_id=version.id).order_by(LogLeaf.id)
    return [(row.kind, parse(row.entry)) for row in rows]


def public(version: Disclosure) -> dict[str, object]:
    """The content outsiders see, with the commitments to what they do not."""
    return {"private": {}, **version.content}


def proven(leaf: LogLeaf) -> Proven:
    return verify_bundle(records.bundle_of_leaf(leaf), [log_keys.signer().verifier])


def restated(version: Disclosure) -> Disclosure:
    by = people.acting_for(made.owner_of(version))
    draft = verbs.restate(version, "示例：更正范围一。", by=by)
    return verbs.publish(draft, by=by, explanations=made.explanations_for(draft))


def test_publication_waits_in_the_log_with_its_content(app: Flask) -> None:
    version = made.published()
    [(kind, entry)] = entries_of(version)
    assert kind == "published"
    assert {**entry["disclosure"], "private": entry["private"]} == public(version)
    assert (entry["version"], entry["supersedes"], entry["source"]) == (1, None, "")


def test_refused_publication_leaves_no_entry(app: Flask) -> None:
    draft = made.draft(EMS_01=made.tonnes("1"))
    with pytest.raises(verbs.StillBlocked):
        verbs.publish(draft, by=people.acting_for(made.owner_of(draft)))
    assert db.session.query(LogLeaf).count() == 0


def test_restatement_names_the_leaf_it_supersedes_and_why(app: Flask) -> None:
    first = made.published()
    second = restated(first)
    [(kind, entry)] = entries_of(second)
    before = queries.version_leaf(first.id)
    assert before is not None
    assert (kind, entry["supersedes"]) == ("restated", encode(before.leaf))
    assert (entry["version"], entry["reason"]) == (2, "示例：更正范围一。")


def test_withdrawal_is_an_entry_of_its_own(app: Flask) -> None:
    version = made.published()
    verbs.withdraw(version, "示例：填报错误。", by=people.acting_for(made.owner_of(version)))
    kinds = [(kind, entry["reason"]) for kind, entry in entries_of(version)]
    assert kinds == [("published", ""), ("withdrawn", "示例：填报错误。")]
    log.append_all()
    assert db.session.query(LogLeaf).filter(LogLeaf.position.is_(None)).count() == 0


def test_figures_of_others_name_their_source(app: Flask) -> None:
    [(kind, entry)] = entries_of(made.third_party())
    assert (kind, entry["source"]) == ("published", "示例数据集")


def test_bundle_is_pending_until_the_job_has_run(app: Flask) -> None:
    version = made.published()
    with pytest.raises(records.RecordPending):
        records.bundle_of(version.id)
    log.append_all()
    told = verify_bundle(records.bundle_of(version.id), [log_keys.signer().verifier])
    assert {**told.entry["disclosure"], "private": told.entry["private"]} == public(version)


def test_draft_has_no_bundle(app: Flask) -> None:
    with pytest.raises(NotFound):
        records.bundle_of(made.draft().id)


def test_attestation_and_its_revocation_are_proven_entries(app: Flask) -> None:
    version = factory.logged()
    attested = records.record_attestation("a1", STATEMENT, of=version)
    revoked = records.record_revocation("a1", reason="示例：证书到期。")
    log.append_all()
    db.session.expire_all()
    about = queries.version_leaf(version.id)
    assert about is not None
    first, second = proven(attested).entry, proven(revoked).entry
    assert (first["kind"], first["about"]) == ("attested", encode(about.leaf))
    assert (second["kind"], second["supersedes"]) == (
        "attestation_revoked",
        encode(attested.leaf),
    )
    assert (second["statement"], second["coverage"]) == (STATEMENT.digest, "94.5")


@pytest.mark.parametrize(("share", "level"), [("95", 1), ("94.99", 0)])
def test_assurance_is_recomputed_from_the_log_alone(app: Flask, share: str, level: int) -> None:
    version, other = factory.logged(), factory.logged()
    for subject in (version, other):
        statement = replace(STATEMENT, coverage=share if subject is version else "100")
        records.record_attestation(f"a-{subject.id[:8]}", statement, of=subject)
    about = queries.version_leaf(version.id)
    assert about is not None
    entries = [parse(row.entry) for row in db.session.query(LogLeaf)]
    assert level_of(standing(entries, about=encode(about.leaf))) == level
    records.record_revocation(f"a-{version.id[:8]}")
    entries = [parse(row.entry) for row in db.session.query(LogLeaf)]
    assert standing(entries, about=encode(about.leaf)) == ()


def test_attestation_of_what_is_not_in_the_log_is_refused(app: Flask) -> None:
    with pytest.raises(records.NotRecorded):
        records.record_attestation("a1", STATEMENT, of=made.draft())
    with pytest.raises(records.NotRecorded):
        records.record_revocation("a1")
