"""Pages of models: public card and fairness report, the operator's decision, a person's look."""

from collections.abc import Callable

from flask import Flask

from market.domain.queries import models as queries
from market.work import fairness
from tests.clients import Browser
from tests.factories import models, needs, organisations, people, products

Clients = Callable[..., Browser]
COMPARISON = {
    "sessions": 120, "gain": 0.21, "standard_error": 0.05,
    "champion": {"ips": 0.01, "snips": 0.01, "direct": 0.01, "doubly_robust": 0.01,
                 "effective_share": 0.6},
    "challenger": {"ips": 0.02, "snips": 0.02, "direct": 0.02, "doubly_robust": 0.02,
                   "effective_share": 0.5},
}  # fmt: skip


def test_the_card_is_public_and_says_that_the_scorecard_ranks(client: Browser) -> None:
    page = client.get("/model").text
    assert "专家" in page
    assert "data-figure" in page


def test_the_card_tells_the_decision_but_not_who_made_it(
    client_of: Clients, client: Browser
) -> None:
    operator = people.operator(name="示例运营员甲")
    models.promoted(models.stored(), models.acting_operator(operator))
    page = client.get("/model").text
    assert models.REASON in page
    assert "示例运营员甲" not in page
    assert "示例运营员甲" in client_of(operator).get("/operation/models").text


def test_an_operator_reads_the_report_and_promotes(client_of: Clients) -> None:
    drift = [{"feature": "grade", "psi": 0.02, "state": "steady", "blocks": False}]
    artefact = models.stored(comparison=COMPARISON, drift=drift, champion="0" * 64)
    browser = client_of(people.operator())
    page = browser.get(f"/operation/models/{artefact.digest}").text
    assert page.count("data-figure") == 2
    assert "+0.210" in page
    empty = browser.post(f"/operation/models/{artefact.digest}", data={"reason": ""})
    assert empty.status_code == 422
    answer = browser.post(f"/operation/models/{artefact.digest}", data={"reason": models.REASON})
    assert answer.status_code == 302
    assert queries.serving_digest() == artefact.digest


def test_a_refused_decision_keeps_what_was_typed(client_of: Clients) -> None:
    artefact = models.stored()
    models.promoted(artefact)
    answer = client_of(people.operator()).post(
        f"/operation/models/{artefact.digest}", data={"reason": "示例：再来一次"}
    )
    assert answer.status_code == 409


def test_rolling_back_without_an_earlier_model_says_so(client_of: Clients) -> None:
    answer = client_of(people.operator()).post(
        "/operation/models/rollback", data={"reason": "示例"}
    )
    assert answer.status_code == 409


def test_an_unknown_model_is_not_found(client_of: Clients) -> None:
    assert client_of(people.operator()).get(f"/operation/models/{'0' * 64}").status_code == 404


def test_fairness_is_measured_over_the_live_rankings(app: Flask, client: Browser) -> None:
    assert "data-figure" not in client.get("/fairness").text
    for size in ("small", "large", "large"):
        firm = organisations.enterprise(size_class=size)
        needs.posted(firm)
    products.live()
    assert fairness.measure()["rankings"] == {"needs": 1, "products": 3}
    report = queries.fairness()
    assert report is not None
    sizes = {each["group"]: each for each in report.report["shares"]["enterprises by size"]}
    assert sizes.keys() == {"small", "large"}
    assert abs(sum(each["exposure"] for each in sizes.values()) - 1) < 1e-3
    assert "data-figure" in client.get("/fairness").text


def test_a_person_is_asked_and_answers(client_of: Clients) -> None:
    bank, firm = organisations.institution(), organisations.enterprise()
    product, need = products.live(bank), needs.posted(firm)
    address = f"/human-looks/{need.id}/{product.id}"
    browser = client_of(firm)
    assert address in browser.get(f"/needs/{need.id}/products/{product.id}").text
    assert browser.post(address, data={"question": ""}).status_code == 422
    assert browser.post(address, data={"question": "示例：为何第三？"}).status_code == 302
    assert browser.post(address, data={"question": "又问"}).status_code == 409
    assert client_of(organisations.enterprise()).get(address).status_code == 404
    operator = client_of(people.operator())
    waiting = operator.get("/operation/human-looks").text
    assert "示例：为何第三？" in waiting
    look = waiting.split("/operation/human-looks/")[1].split('"')[0]
    done = operator.post(f"/operation/human-looks/{look}", data={"answer": "示例：利率较高。"})
    assert done.status_code == 302
    assert "示例：利率较高。" in browser.get(address).text
