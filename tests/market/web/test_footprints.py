import io
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from disclosure.exchange.footprints import read_footprint
from disclosure.exchange.pact import read_pact
from disclosure.ledger.canonical import parse
from market.domain import footprint_labels
from market.domain.queries import footprints as queries
from market.extensions import db
from market.models import Footprint, Membership
from tests.clients import Browser
from tests.factories import footprints as made
from tests.factories import organisations, people

Clients = Callable[..., Browser]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def maker(app: Any) -> Membership:
    return organisations.enterprise()


@pytest.fixture
def verifier(app: Any) -> Membership:
    return organisations.owner_of("verifier")


def form(**given: Any) -> dict[str, str]:
    """What a browser posts of a section."""
    return {name: str(value) for name, value in given.items() if value not in (None, "", [])}


def pdf() -> tuple[io.BytesIO, str]:
    """The statement as a browser posts it."""
    return io.BytesIO(made.PDF), "核查声明.pdf"


def test_five_steps_lead_to_a_verifier(
    client_of: Clients, maker: Membership, verifier: Membership
) -> None:
    browser = client_of(maker)
    first = browser.post("/footprints/new", data=form(**made.product()))
    base = first.headers["Location"].removesuffix("/scope")
    for step, section in (("scope", made.scope()), ("lines", made.line()), ("figures", {})):
        answer = browser.post(f"{base}/{step}", data=form(**section))
        assert answer.status_code == 302, answer.text
    method = {**form(**made.method()), "standards": ["ISO14067"], "gwp": ["AR6"]}
    assert browser.post(f"{base}/method", data=method).status_code == 302
    page = browser.get(base).text
    assert "6.205" in page
    assert "全部检查通过" in page
    sent = {"verifier_id": verifier.organisation_id, "message": "请核查"}
    assert browser.post(f"{base}/submit", data=sent).status_code == 302
    assert db.session.scalar(select(Footprint.status)) == "submitted"


def test_refused_step_keeps_what_was_typed(client_of: Clients, maker: Membership) -> None:
    typed = form(**made.product(product_id="4006381333932", model="示例型号"))
    answer = client_of(maker).post("/footprints/new", data=typed)
    assert answer.status_code == 422
    assert "4006381333932" in answer.text
    assert "校验位不符" in answer.text
    assert "示例型号" in answer.text
    assert db.session.scalar(select(Footprint.id)) is None


WRONG = {
    "mass": "NaN", "amount": "1e3", "unit": "ton", "end": "2020-13-01", "geography": "CN-SH,CN",
    "boundary": "",
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_value_of_a_step_is_told_at_its_field(
    client_of: Clients, maker: Membership, name: str
) -> None:
    row = made.begun(maker)
    typed = {**form(**made.scope()), name: WRONG[name]}
    answer = client_of(maker).post(f"/footprints/{row.id}/scope", data=typed)
    assert answer.status_code == 422
    assert f'href="#f-{name}"' in answer.text


@pytest.mark.parametrize("value", ["9" * 30, "Infinity", "-1", "1.1234567"])
def test_hostile_figures_are_refused(client_of: Clients, maker: Membership, value: str) -> None:
    row = made.draft(maker)
    answer = client_of(maker).post(f"/footprints/{row.id}/figures", data={"fossil": value})
    assert answer.status_code == 422
    assert value in answer.text


def test_own_factor_needs_its_source_and_lines_can_be_removed(
    client_of: Clients, maker: Membership
) -> None:
    row = made.draft(maker)
    browser = client_of(maker)
    own = form(**made.line(factor="own", factor_value="2", factor_unit="kgCO2e/kg", unit="kg"))
    assert browser.post(f"/footprints/{row.id}/lines", data=own).status_code == 422
    own["factor_source"] = "示例供应商"
    assert browser.post(f"/footprints/{row.id}/lines", data=own).status_code == 302
    assert "示例供应商" in browser.get(f"/footprints/{row.id}/lines").text
    browser.post(f"/footprints/{row.id}/lines/0/remove")
    db.session.expire_all()
    assert len(db.session.get_one(Footprint, row.id).content["lines"]) == 1


def test_verifier_signs_and_the_maker_publishes(
    client_of: Clients, maker: Membership, verifier: Membership
) -> None:
    row = made.submitted(maker, verifier)
    desk = client_of(verifier)
    assert row.name_zh in desk.get("/footprints/to-verify").text
    label = {**form(**made.label(certificate="tq-web-1")), "statement": pdf()}
    assert desk.post(f"/footprints/{row.id}/verify", data=label).status_code == 302
    assert client_of(maker).post(f"/footprints/{row.id}/publish").status_code == 302
    page = desk.get("/labels/TQ-WEB-1").text
    assert "有效，有效期至" in page
    assert made.PDF_SHA256 in page
    assert desk.get("/labels/TQ-WEB-1/statement").data == made.PDF
    waiting = desk.get("/labels/TQ-WEB-1/bundle.json")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (409, "5")
    assert row.organisation_id in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"certificate": "TQ-1"}, "该证书号已被使用"),
        ({"certificate": "../x"}, "4至40位"),
        ({"valid_until": "2999-01-01"}, "有效期最长3年"),
        ({"statement": (io.BytesIO(b"\x89PNG\r\n\x1a\n"), "s.png")}, "PDF"),
    ],
)
def test_certificate_refused_at_its_field(
    client_of: Clients, maker: Membership, verifier: Membership, given: dict[str, Any], told: str
) -> None:
    made.published(maker, verifier, certificate="TQ-1")
    row = made.submitted(maker, verifier)
    typed = {**form(**made.label()), "statement": pdf(), **given}
    answer = client_of(verifier).post(f"/footprints/{row.id}/verify", data=typed)
    assert answer.status_code in (409, 422)
    assert told in answer.text


def test_revoked_label_says_so_at_once(
    client: Browser, client_of: Clients, maker: Membership, verifier: Membership
) -> None:
    row = made.published(maker, verifier, certificate="TQ-2-AA")
    reason = {"note": "示例<b>有误</b>"}
    assert client_of(verifier).post(f"/footprints/{row.id}/revoke", data=reason).status_code == 302
    page = client.get("/labels/TQ-2-AA").text
    assert "已撤销" in page
    assert "示例&lt;b&gt;有误" in page
    assert "已撤销" in client.get("/labels/TQ-2-AA/zh/picture").text
    assert row.name_zh not in client.get("/footprints").text
    assert row.name_zh in client.get("/footprints?ended=1").text


def test_record_download_is_what_was_hashed(client: Browser, maker: Membership) -> None:
    row = made.published(maker, certificate="TQ-3-AA")
    body = client.get("/labels/tq-3-aa/record.json").data
    assert sha256(body).hexdigest() == row.digest
    assert read_footprint(parse(body)).label is not None
    pact = client.get("/labels/TQ-3-AA/pact.json").get_json()
    assert read_pact(pact).excluding == queries.pure(row).excluding


def test_qr_code_leads_to_the_public_page(client: Browser, maker: Membership) -> None:
    made.published(maker, certificate="TQ-4-AA")
    answer = client.get("/labels/TQ-4-AA/qr-code")
    assert answer.content_type.startswith("image/svg+xml")
    assert ElementTree.fromstring(answer.data).tag == f"{SVG}svg"
    assert "style=" not in answer.text


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "产品碳足迹"), ("en", "Product carbon footprint")]
)
def test_label_is_drawn_in_both_languages(
    client: Browser, maker: Membership, lang: str, told: str
) -> None:
    row = made.published(maker, certificate="TQ-5-AA")
    drawn = ElementTree.fromstring(client.get(f"/labels/TQ-5-AA/{lang}/picture").data)
    texts = [each.text for each in drawn.iter(f"{SVG}text")]
    assert told in texts
    assert any("TQ-5-AA" in str(text) for text in texts)
    assert str(row.value).rstrip("0") in texts


def test_cradle_to_grave_has_no_pact_record(
    client: Browser, maker: Membership, verifier: Membership
) -> None:
    row = made.submitted(
        maker, verifier, scope={"boundary": "cradle_to_grave"}, lines=[made.line(stage="use")]
    )
    by = people.acting_for(verifier)
    footprint_labels.verify(row, made.label(certificate="TQ-6-AA"), by=by)
    footprint_labels.publish(row, by=people.acting_for(maker))
    assert client.get("/labels/TQ-6-AA/pact.json").status_code == 404
    assert "pact.json" not in client.get("/labels/TQ-6-AA").text
    assert client.get("/api/v1/footprints/pact").get_json()["data"] == []


def test_foreign_and_unpublished_footprints_do_not_exist(
    client: Browser, client_of: Clients, maker: Membership, verifier: Membership
) -> None:
    row = made.verified(maker, verifier, certificate="TQ-7-AA")
    for path in ("", "/qr-code", "/zh/picture", "/record.json", "/pact.json"):
        assert client.get(f"/labels/TQ-7-AA{path}").status_code == 404
    other = client_of(organisations.enterprise())
    for path in ("", "/scope", "/lines", "/submit", "/revoke"):
        assert other.get(f"/footprints/{row.id}{path}").status_code == 404
    assert other.post(f"/footprints/{row.id}/publish").status_code == 404
    assert (
        client_of(organisations.owner_of("verifier"))
        .get(f"/footprints/{row.id}/verify")
        .status_code
        == 404
    )


def test_published_footprint_has_no_step_to_edit(client_of: Clients, maker: Membership) -> None:
    row = made.published(maker)
    browser = client_of(maker)
    assert browser.get(f"/footprints/{row.id}/scope").status_code == 409
    assert browser.post(f"/footprints/{row.id}/discard").status_code == 409


def test_api_tells_footprints_in_both_shapes(client: Browser, maker: Membership) -> None:
    row = made.published(maker, certificate="TQ-8-AA")
    items = client.get("/api/v1/footprints").get_json()["items"]
    assert [(item["certificate"], item["value"]) for item in items] == [("TQ-8-AA", "6.205000")]
    assert "record" not in items[0]
    one = client.get(f"/api/v1/footprints/{row.id}").get_json()
    assert one["record"]["format"] == "tanqiao-footprint/1"
    listed = client.get("/api/v1/footprints/pact").get_json()["data"]
    assert listed == [client.get(f"/api/v1/footprints/{row.id}/pact").get_json()["data"]]
    assert read_pact(listed[0]).verification is not None


@pytest.mark.parametrize("query", ["q=轮毂", "unit=piece", "boundary=cradle_to_gate"])
def test_list_is_filtered(client: Browser, maker: Membership, query: str) -> None:
    made.published(maker, certificate="TQ-9-AA")
    assert "TQ-9-AA" in client.get(f"/footprints?{query}").text
    assert "TQ-9-AA" not in client.get("/footprints?unit=hour&q=轮毂").text
