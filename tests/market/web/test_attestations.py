"""Pages of attestations: who sees what, the signing form, what stands on the disclosure's page."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from market.domain import disclosures
from market.extensions import db
from market.models import Attestation, Membership
from tests.clients import Browser
from tests.factories import attestations as made
from tests.factories import disclosures as published
from tests.factories import organisations, people
from tests.statements import counted_statements

Clients = Callable[..., Browser]


def owner_of(given: Attestation) -> Membership:
    return organisations.first_of(given.enterprise_id)


def typed(**given: Any) -> dict[str, Any]:
    return {
        "scopes": ["scope_1", "scope_2_location"],
        "coverage": "98.5",
        "standard": "cn_cpa_3101",
        "level": "limited",
        "statement_date": "2026-03-15",
        "note": "保留意见：无",
        "statement": (io.BytesIO(made.PDF), "核查声明.pdf"),
        **given,
    }


def test_an_enterprise_asks_from_its_published_version(client_of: Clients) -> None:
    version, verifier = published.published(), made.verifier(name_zh="示例核查机构")
    browser = client_of(published.owner_of(version))
    assert f"/attestations/ask/{version.id}" in browser.get(f"/disclosures/{version.id}").text
    assert "示例核查机构" in browser.get(f"/attestations/ask/{version.id}").text
    sent = browser.post(
        f"/attestations/ask/{version.id}",
        data={"verifier_id": verifier.organisation_id, "scopes": ["scope_1", "energy"]},
        follow_redirects=True,
    )
    assert "等待核查机构答复" in sent.text
    assert db.session.query(Attestation).one().scopes == ["scope_1", "energy"]


def test_a_form_without_scopes_keeps_what_was_typed(client_of: Clients) -> None:
    version = published.published()
    made.verifier()
    browser = client_of(published.owner_of(version))
    page = browser.post(f"/attestations/ask/{version.id}", data={"message": "合同编号甲"})
    assert page.status_code == 422
    assert "合同编号甲" in page.text


def test_a_verifier_takes_on_and_signs(client_of: Clients) -> None:
    request = made.asked()
    browser = client_of(made.signer_of(request))
    page = browser.get("/attestations").text
    assert request.id in page
    browser.post(f"/attestations/{request.id}/accept")
    done = browser.post(f"/attestations/{request.id}/sign", data=typed(), follow_redirects=True)
    assert done.status_code == 200
    for text in ("98.5", "有限保证", "3101", "保留意见：无", "核查声明"):
        assert text in done.text


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"statement": (io.BytesIO(b"GIF89a"), "声明.pdf")}, "statement"),
    ({"statement": (io.BytesIO(b"\x89PNG\r\n\x1a\n"), "声明.png")}, "statement"),
    ({"statement": (io.BytesIO(b""), "")}, "statement"),
    ({"coverage": "0"}, "coverage"),
    ({"coverage": "101"}, "coverage"),
    ({"coverage": "NaN"}, "coverage"),
    ({"statement_date": "2025-12-31"}, "statement_date"),
    ({"statement_date": "2999-01-01"}, "statement_date"),
    ({"standard": "none"}, "standard"),
    ({"level": "absolute"}, "level"),
    ({"scopes": ["scope_9"]}, "scopes"),
]


def test_a_wrong_field_is_named_and_nothing_typed_is_lost(client_of: Clients) -> None:
    request = made.asked()
    browser = client_of(made.signer_of(request))
    for given, field in WRONG:
        page = browser.post(f"/attestations/{request.id}/sign", data=typed(**given))
        assert page.status_code == 422, given
        assert f"f-{field}-error" in page.text, given
        assert "保留意见：无" in page.text
    db.session.expire_all()
    assert db.session.get_one(Attestation, request.id).status == "requested"


def test_the_statement_is_for_everyone_once_signed(client: Browser, client_of: Clients) -> None:
    request = made.asked()
    assert client.get(f"/attestations/{request.id}/statement").status_code == 404
    browser = client_of(made.signer_of(request))
    assert browser.get(f"/attestations/{request.id}/statement").status_code == 404
    given = made.attested()
    got = client.get(f"/attestations/{given.id}/statement")
    assert (got.data, got.mimetype) == (made.PDF, "application/pdf")
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_request_is_seen_by_its_two_parties_only(client: Browser, client_of: Clients) -> None:
    request = made.asked()
    address = f"/attestations/{request.id}"
    for party in (made.signer_of(request), owner_of(request)):
        assert client_of(party).get(address).status_code == 200
    for other in (organisations.institution(), made.verifier(), organisations.enterprise()):
        assert client_of(other).get(address).status_code == 404
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("verb", ["accept", "sign", "decline", "revoke"])
def test_a_foreign_verifier_finds_nothing_to_answer(client_of: Clients, verb: str) -> None:
    request, stranger = made.asked(), client_of(made.verifier())
    answer = stranger.post(f"/attestations/{request.id}/{verb}", data={"reason": "示例"})
    assert answer.status_code == 404


def test_a_foreign_version_is_not_asked_about(client_of: Clients) -> None:
    version = published.published()
    stranger = client_of(organisations.enterprise())
    assert stranger.get(f"/attestations/ask/{version.id}").status_code == 404


def test_the_page_of_a_disclosure_tells_signed_and_revoked(
    client: Browser, client_of: Clients
) -> None:
    version = published.published()
    page = client.get(f"/disclosures/{version.id}").text
    assert "尚无核查机构" in page
    assert "未在本平台核查" in page  # the sample claims assurance in VER-01
    given = made.attested(version)
    db.session.commit()
    page = client.get(f"/disclosures/{version.id}").text
    assert given.statement_file_id is not None
    assert f"/attestations/{given.id}/statement" in page
    assert "未在本平台核查" not in page
    browser = client_of(made.signer_of(given))
    browser.post(f"/attestations/{given.id}/revoke", data={"reason": "发现差错"})
    page = client.get(f"/disclosures/{version.id}").text
    assert "<s>" in page
    assert "发现差错" in page


def test_declining_needs_a_reason_and_shows_it_to_the_enterprise(client_of: Clients) -> None:
    request = made.asked()
    browser = client_of(made.signer_of(request))
    assert browser.post(f"/attestations/{request.id}/decline", data={}).status_code == 422
    browser.post(f"/attestations/{request.id}/decline", data={"reason": "人手不足"})
    db.session.expire_all()
    assert "人手不足" in client_of(owner_of(request)).get(f"/attestations/{request.id}").text


def test_signing_twice_says_so(client_of: Clients) -> None:
    given = made.attested()
    browser = client_of(made.signer_of(given))
    assert browser.post(f"/attestations/{given.id}/sign", data=typed()).status_code == 409


def test_an_enterprise_takes_its_request_back(client_of: Clients) -> None:
    request = made.asked()
    client_of(owner_of(request)).post(f"/attestations/{request.id}/cancel")
    db.session.expire_all()
    assert db.session.get_one(Attestation, request.id).status == "cancelled"


def test_the_scale_is_explained_with_its_source(client: Browser) -> None:
    page = client.get("/attestations/data-quality").text
    for text in ("PCAF", "1a", "3b"):
        assert text in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_cost_eight_statements_at_most(client_of: Clients, lang: str) -> None:
    given, request = made.attested(), made.asked()
    browsers = {each.id: client_of(made.signer_of(each)) for each in (given, request)}
    for address, browser in (
        ("/attestations", browsers[given.id]),
        (f"/attestations/{given.id}", browsers[given.id]),
        (f"/attestations/{given.id}/revoke", browsers[given.id]),
        (f"/attestations/{request.id}/sign", browsers[request.id]),
    ):
        browser.set_cookie("lang", lang)
        with counted_statements() as counted:
            assert browser.get(address).status_code == 200
        assert counted.number <= 8, counted.texts


def test_an_empty_list_says_what_to_do_next(client_of: Clients) -> None:
    for member, link in ((made.verifier(), "/disclosures"), (organisations.enterprise(), "/mine")):
        assert link in client_of(member).get("/attestations").text


def test_the_enterprise_reads_that_an_attestation_stops_grade_3(client_of: Clients) -> None:
    version = published.published()
    browser = client_of(published.owner_of(version))
    wanted = f'href="/attestations/ask/{version.id}">核查机构的核查意见'
    assert wanted in browser.get(f"/disclosures/{version.id}").text
    made.attested(version)
    db.session.commit()
    assert wanted in browser.get(f"/disclosures/{version.id}").text  # grade 4: reasonable
    assert "阻碍3级" not in browser.get(f"/disclosures/{version.id}").text


def test_open_requests_stand_first(client_of: Clients) -> None:
    verifier = made.verifier()
    request = made.asked(of=verifier)
    signed = made.attested(of=verifier)
    page = client_of(verifier).get("/attestations").text
    assert 0 < page.index(request.id) < page.index(signed.id)


def test_a_request_about_a_replaced_version_cannot_be_taken_on(client_of: Clients) -> None:
    version = published.published()
    request = made.asked(version)
    by = people.acting_for(owner_of(request))
    draft = disclosures.restate(version, "更正", by=by)
    disclosures.publish(draft, by=by, explanations=published.explanations_for(draft))
    browser = client_of(made.signer_of(request))
    page = browser.get(f"/attestations/{request.id}").text
    assert "/accept" not in page
    assert "/decline" in page
    assert "该请求已无法签署" in page
    assert browser.post(f"/attestations/{request.id}/accept").status_code == 422
    db.session.refresh(request)
    assert request.status == "requested"
