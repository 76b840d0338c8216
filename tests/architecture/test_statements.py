"""A list page asks the database as often for three rows as for one, and seldom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from market.database import new_id
from market.domain import api_tokens, disclosure_consents, filings, messages
from market.extensions import db
from market.models import Disclosure, Event, Person
from market.moments import now
from tests.architecture.personas import Visitor, bearer
from tests.clients import Browser
from tests.factories import (
    activities,
    attestations,
    disclosures,
    events,
    footprints,
    log,
    needs,
    organisations,
    people,
    products,
    technologies,
)

Clients = Callable[..., Browser]
_MOST = 8  # statements a page, two of them for the login


def tell(visitor: Any) -> None:
    someone = db.session.get_one(Person, visitor.person_id)
    messages.tell([someone], "organisation-approved", values={"organisation": "x", "note": ""})


def take_part(visitor: Any) -> None:
    weeks = db.session.query(Event).count()  # meetings of two events must not overlap
    dates: dict[str, Any] = {
        name: at + timedelta(weeks=weeks) for name, at in events.dates().items()
    }
    events.registered(events.open_event(**dates), visitor)


def be_asked(visitor: Any) -> None:
    version = disclosures.published(visitor, year=2025 - db.session.query(Disclosure).count())
    data = {
        "sections": ["finance"],
        "purpose": "示例",
        "expires_on": now() + timedelta(days=9),
    }
    bank, by = organisations.institution(), people.acting_for(visitor)
    given = {**data, "institution_id": bank.organisation_id, "disclosure_id": version.id}
    disclosure_consents.give(given, by=by)
    disclosure_consents.ask(version, data, by=people.acting_for(bank))
    disclosure_consents.read(version, "page", by=people.acting_for(bank))


# address -> (who looks, what makes one more row for them)
PAGES: dict[str, tuple[Callable[[], Visitor], Callable[[Any], object]]] = {
    "/colleagues": (organisations.enterprise, organisations.colleague_of),
    "/inbox": (organisations.enterprise, tell),
    "/account/tokens": (
        organisations.enterprise,
        lambda member: api_tokens.create("示例", by=people.acting_for(member)),
    ),
    "/operation": (people.operator, lambda _who: organisations.founded("enterprise")),
    "/operation/organisations": (people.operator, lambda _who: organisations.enterprise()),
    "/operation/audit": (people.operator, lambda _who: organisations.enterprise()),
    "/operation/mails": (people.operator, lambda _who: organisations.enterprise()),
    "/products": (lambda: None, lambda _who: products.live()),
    "/products/mine": (organisations.institution, products.draft),
    "/technologies": (lambda: None, lambda _who: technologies.live(organisations.provider())),
    "/technologies/mine": (organisations.provider, technologies.draft),
    "/scenarios/mine": (organisations.enterprise, technologies.scenario),
    "/disclosure-consents/mine": (organisations.enterprise, be_asked),
    "/needs/mine": (organisations.enterprise, needs.posted),
    "/attestations": (attestations.verifier, lambda who: attestations.asked(of=who)),
    "/api/v1/attestations": (attestations.verifier, lambda who: attestations.asked(of=who)),
    "/filings": (
        organisations.enterprise,
        lambda member: filings.receive("示例.xhtml", b"<html/>", by=people.acting_for(member)),
    ),
    "/disclosures": (lambda: None, lambda _who: disclosures.published()),
    "/activities": (organisations.enterprise, activities.line),
    f"/activities/{disclosures.YEAR}": (organisations.enterprise, activities.line),
    f"/api/v1/activities/{disclosures.YEAR}": (organisations.enterprise, activities.line),
    "/factors/mine": (
        organisations.enterprise,
        lambda who: activities.own_factor(who, code=new_id()),
    ),
    "/events": (lambda: None, lambda _who: events.announced()),
    "/events/mine": (organisations.organiser, events.announced),
    "/events/registered": (organisations.enterprise, take_part),
    "/footprints": (lambda: None, lambda _who: footprints.published()),
    "/footprints/mine": (organisations.enterprise, footprints.draft),
    "/footprints/to-verify": (
        lambda: organisations.owner_of("verifier"),
        lambda who: footprints.submitted(organisations.enterprise(), who),
    ),
    "/api/v1/footprints": (lambda: None, lambda _who: footprints.published()),
    "/api/v1/footprints/pact": (lambda: None, lambda _who: footprints.published()),
    "/api/v1/footprints/mine": (organisations.enterprise, footprints.draft),
    "/api/v1/products": (lambda: None, lambda _who: products.live()),
    "/api/v1/products/mine": (organisations.institution, products.draft),
    "/api/v1/technologies": (
        lambda: None,
        lambda _who: technologies.live(organisations.provider()),
    ),
    "/api/v1/needs": (organisations.enterprise, needs.posted),
    "/api/v1/disclosures": (lambda: None, lambda _who: disclosures.published()),
    "/api/v1/events": (lambda: None, lambda _who: events.announced()),
    "/log": (lambda: None, lambda _who: log.imported()),
    "/log/witnesses": (lambda: None, lambda _who: log.witness()),
    "/api/v1/log/entries": (lambda: None, lambda _who: log.imported()),
    "/api/v1/log/witnesses": (lambda: None, lambda _who: log.witness()),
}


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL statements sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def sent_for(path: str, browser: Browser, headers: dict[str, str]) -> list[str]:
    """What one look at the page asked the database."""
    db.session.commit()
    db.session.remove()
    with statements() as sent:
        answer = browser.get(path, headers=headers)
    assert answer.status_code == 200
    return sent


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_list_asks_as_often_for_three_rows_as_for_one(
    app: Flask, client: Browser, client_of: Clients, path: str
) -> None:
    make_visitor, add_row = PAGES[path]
    visitor = make_visitor()
    headers = bearer(visitor) if path.startswith("/api/") else {}
    browser = client_of(visitor) if visitor is not None and not headers else client
    add_row(visitor)
    sent_for(path, browser, headers)  # what is made once a process is made now
    one = sent_for(path, browser, headers)
    visitor = db.session.merge(visitor) if visitor is not None else None
    for _ in range(2):
        add_row(visitor)
    three = sent_for(path, browser, headers)
    assert len(three) == len(one), "\n".join(three)
    assert len(three) <= _MOST, "\n".join(three)


def test_every_list_of_ones_own_is_counted(app: Flask) -> None:
    lists = {rule.rule.rstrip("/") for rule in app.url_map.iter_rules() if rule.rule.count("/") < 3}
    own = {path for path in lists if path.endswith("/mine")}
    assert own - set(PAGES) <= {"/organisations/mine", "/disclosures/mine"}
