"""Pages where operators look at a ranking for somebody."""

from collections.abc import Callable

from flask import Flask

from market.domain import human_looks as verbs
from market.extensions import db
from tests.clients import Browser
from tests.factories import needs, organisations, people, products

Clients = Callable[..., Browser]


def test_the_second_answer_is_refused_in_words(
    app: Flask, client_of: Callable[..., Browser]
) -> None:
    bank, firm = organisations.institution(), organisations.enterprise()
    product, need = products.live(bank), needs.posted(firm)
    look = verbs.ask(need.id, product.id, "示例", by=people.acting_for(bank))
    path = f"/operation/human-looks/{look.id}"
    db.session.commit()
    browser = client_of(people.operator())
    assert browser.post(path, data={"answer": "示例：已核对"}).status_code == 302
    assert browser.post(path, data={"answer": "又一次"}).status_code == 409
    assert browser.get("/operation/human-looks/nothing").status_code == 404
