"""The operator's pages: approving, claims, jobs, mails, audit."""

from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from market.extensions import db
from market.models import AuditRecord, Organisation, OrganisationClaim
from tests.factories import organisations as made
from tests.factories import people

Clients = Callable[..., FlaskClient]
_PDF = b"%PDF-1.7 sample"


def test_operator_sees_who_waits_and_approves(client_of: Clients) -> None:
    waiting, noise = made.founded("enterprise", name_zh="示例待审"), made.founded("provider")
    browser = client_of(people.operator())
    assert "示例待审" in browser.get("/operation").text
    browser.post(f"/operation/organisations/{waiting.organisation_id}/approved")
    approved = db.session.get_one(Organisation, waiting.organisation_id)
    other = db.session.get_one(Organisation, noise.organisation_id)
    assert (approved.status, other.status) == ("approved", "pending")


def test_refusal_tells_the_founder_why(client_of: Clients) -> None:
    waiting = made.founded("enterprise")
    client_of(people.operator()).post(
        f"/operation/organisations/{waiting.organisation_id}/rejected", data={"note": "缺少公章"}
    )
    founder = client_of(waiting)
    assert "缺少公章" in founder.get("/inbox").text
    assert "缺少公章" in founder.get("/organisations/mine").text


def test_unknown_decision_is_not_found(client_of: Clients) -> None:
    waiting = made.founded("enterprise")
    browser = client_of(people.operator())
    answer = browser.post(f"/operation/organisations/{waiting.organisation_id}/unclaimed")
    assert answer.status_code == 404


def test_claim_with_evidence_is_granted(client_of: Clients) -> None:
    imported, claimant = made.unclaimed(name_zh="示例导入公司"), people.person()
    evidence = {"statement": "我是财务负责人", "evidence": (BytesIO(_PDF), "licence.pdf")}
    client_of(claimant).post(f"/organisations/{imported.id}/claim", data=evidence)
    claim = db.session.query(OrganisationClaim).one()
    operator = client_of(people.operator())
    page = operator.get("/operation").text
    assert "示例导入公司" in page
    file = operator.get(f"/organisations/files/{claim.evidence_file_id}")
    assert (file.data, file.headers["Content-Disposition"][:10]) == (_PDF, "attachment")
    operator.post(f"/operation/claims/{claim.id}/grant")
    assert client_of(claimant).get("/organisations/mine").status_code == 200


def test_evidence_is_not_for_strangers(client_of: Clients) -> None:
    imported = made.unclaimed()
    evidence = {"statement": "x", "evidence": (BytesIO(_PDF), "licence.pdf")}
    client_of(people.person()).post(f"/organisations/{imported.id}/claim", data=evidence)
    claim = db.session.query(OrganisationClaim).one()
    stranger = client_of(made.enterprise())
    assert stranger.get(f"/organisations/files/{claim.evidence_file_id}").status_code == 404


def test_renamed_upload_is_refused_by_what_it_is(client_of: Clients) -> None:
    imported = made.unclaimed()
    renamed = {"statement": "示例职务", "evidence": (BytesIO(b"MZ\x90\x00"), "licence.pdf")}
    answer = client_of(people.person()).post(f"/organisations/{imported.id}/claim", data=renamed)
    assert (answer.status_code, "licence.pdf" in answer.text) == (422, True)
    assert "示例职务" in answer.text  # nothing typed is lost


def test_every_decision_leaves_an_audit_record(client_of: Clients) -> None:
    waiting = made.founded("enterprise")
    browser = client_of(people.operator(name="示例运营"))
    browser.post(f"/operation/organisations/{waiting.organisation_id}/approved")
    record = db.session.query(AuditRecord).filter_by(action="organisation.approved").one()
    assert len(record.request_id) == 36
    assert "示例运营" in browser.get("/operation/audit").text


def test_search_finds_traditional_and_simplified_alike(client_of: Clients) -> None:
    made.enterprise(name_zh="示例綠能科技")
    made.enterprise(name_zh="示例钢铁")
    page = client_of(people.operator()).get("/operation/organisations?q=绿能").text
    assert ("示例綠能科技" in page, "示例钢铁" in page) == (True, False)
