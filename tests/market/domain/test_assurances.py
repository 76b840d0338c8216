"""What attestations give is read the same everywhere, at once, and taken back everywhere."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from disclosure.assurance import level_of
from disclosure.facts import Disclosure as Facts
from disclosure.grade import grade
from market.domain import (
    assurances,
    attestations,
    disclosures,
    overview,
    ranking,
    standing,
    visibilities,
)
from market.domain.queries import attestations as queries
from market.domain.queries import disclosures as disclosure_queries
from market.domain.queries import rankings
from market.domain.queries.disclosures import Wanted
from market.extensions import db
from market.models import Attestation, Disclosure, Need, Organisation, Product
from scoring.priority import priority
from tests import proving
from tests.clients import Browser
from tests.factories import attestations as made
from tests.factories import disclosures as published
from tests.factories import needs, organisations, people, products

TODAY = date(2026, 11, 22)


def in_list(version: Disclosure, _need: Need, _client: Browser) -> Any:
    page = disclosure_queries.published(Wanted(), on=TODAY)
    return [row.grade for row in page.rows if row.id == version.id]


def in_grade_filter(version: Disclosure, _need: Need, _client: Browser) -> Any:
    page = disclosure_queries.published(Wanted(grade=3), on=TODAY)
    return version.id in {row.id for row in page.rows}


def in_latest(version: Disclosure, _need: Need, _client: Browser) -> Any:
    found = disclosure_queries.latest_published([version.organisation_id])
    row = found[version.organisation_id]
    return row.grade, row.assurance, row.data_quality


def on_page(version: Disclosure, _need: Need, client: Browser) -> Any:
    page = client.get(f"/disclosures/{version.id}").text
    return 'class="grade grade-3"' in page


def in_list_page(version: Disclosure, _need: Need, client: Browser) -> Any:
    return 'class="grade grade-3"' in client.get("/disclosures").text


def in_api(version: Disclosure, _need: Need, client: Browser) -> Any:
    one: Any = client.get(f"/api/v1/disclosures/{version.id}").json
    page: Any = client.get("/api/v1/disclosures").json
    both = (one, page["items"][0])
    return [(each["grade"], each["assurance"], each["data_quality"]) for each in both]


def in_standing(version: Disclosure, _need: Need, _client: Browser) -> Any:
    organisation = db.session.get_one(Organisation, version.organisation_id)
    found = standing.standings([organisation], peers={}, on=TODAY)[organisation.id]
    return found.grade, int(found.assurance), found.data_quality


def in_ranking(_version: Disclosure, need: Need, _client: Browser) -> Any:
    fact = ranking.served().index.needs[need.id]
    return fact.standing.grade, int(fact.standing.assurance), fact.standing.data_quality


def in_priority(_version: Disclosure, need: Need, _client: Browser) -> Any:
    return priority(ranking.served().index.needs[need.id].standing).points


def in_overview(_version: Disclosure, _need: Need, _client: Browser) -> Any:
    return overview.overview([]).grades


def in_teaser(_version: Disclosure, need: Need, _client: Browser) -> Any:
    product = db.session.query(Product).one()
    items = rankings.needs_json(product.id, options=ranking.RankOptions())["items"]
    told = next(item["enterprise"] for item in items if item["id"] == need.id)
    assert told["data_quality_if_verified"] == 1
    return told["grade"], told["data_quality"]


READERS: list[Callable[[Disclosure, Need, Browser], Any]] = [
    in_list,
    in_grade_filter,
    in_latest,
    on_page,
    in_list_page,
    in_api,
    in_standing,
    in_ranking,
    in_priority,
    in_overview,
    in_teaser,
]


def test_every_reader_sees_an_attestation_come_and_go(app: Flask, client: Browser) -> None:
    version = published.published()
    need, _listed = needs.posted(published.owner_of(version)), products.live()
    before = read_everywhere(version, need, client)
    given = made.attested(version)
    attested = read_everywhere(version, need, client)
    attestations.revoke(given.id, "示例", by=people.acting_for(made.signer_of(given)))
    assert read_everywhere(version, need, client) == before
    assert [name for name in before if before[name] == attested[name]] == []


def read_everywhere(version: Disclosure, need: Need, client: Browser) -> dict[str, Any]:
    db.session.commit()
    return {reader.__name__: reader(version, need, client) for reader in READERS}


class Attesting(RuleBasedStateMachine):
    """Verifiers sign and revoke, an operator suspends, the enterprise restates: in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.version = published.published()
        self.owner = people.acting_for(published.owner_of(self.version))
        self.verifiers = [made.verifier(), made.verifier()]
        self.suspended: set[int] = set()

    @rule(
        who=st.integers(0, 1),
        level=st.sampled_from(["limited", "reasonable"]),
        share=st.sampled_from(["40", "94.99", "95", "100"]),
        scopes=st.sampled_from(
            [["scope_1"], ["scope_2_market", "scope_3"], ["scope_1", "scope_2_location"]]
        ),
    )
    def sign(self, who: int, level: str, share: str, scopes: list[str]) -> None:
        if who in self.suspended:
            return
        before = self.version.grade, -self.version.data_quality
        given = {"level": level, "coverage": Decimal(share), "scopes": scopes}
        made.attested(self.version, of=self.verifiers[who], **given)
        assert (self.version.grade, -self.version.data_quality) >= before

    @rule(which=st.integers(0, 9))
    def revoke(self, which: int) -> None:
        live = db.session.query(Attestation).filter_by(status="attested").all()
        if live:
            given = live[which % len(live)]
            attestations.revoke(given.id, "示例", by=people.acting_for(made.signer_of(given)))

    @rule(who=st.integers(0, 1))
    def suspend_or_bring_back(self, who: int) -> None:
        back = who in self.suspended
        organisations.decided(self.verifiers[who], "approved" if back else "suspended")
        self.suspended ^= {who}

    @precondition(lambda self: self.version.version < 3)
    @rule()
    def restate(self) -> None:
        draft = disclosures.restate(self.version, "示例", by=self.owner)
        told = published.explanations_for(draft)
        self.version = disclosures.publish(draft, by=self.owner, explanations=told)
        assert (self.version.grade, self.version.assurance) == (2, 0)

    @invariant()
    def every_version_stands_as_its_live_attestations_say(self) -> None:
        for version in db.session.query(Disclosure).populate_existing():
            assured = queries.live(version.id)
            facts = Facts.from_dict(visibilities.whole_content(version))
            findings = assurances.findings_of(version.findings)
            assert version.grade == grade(facts, findings, assured=assured).level
            assert version.assurance == level_of(assured)

    def teardown(self) -> None:
        db.session.rollback()


@pytest.mark.prove
@pytest.mark.slow
def test_no_order_of_signing_and_revoking_leaves_an_old_level(app: Flask) -> None:
    db.session.commit()
    run_state_machine_as_test(
        Attesting,
        settings=settings(
            max_examples=300 if proving.PROVING else 4,
            stateful_step_count=12 if proving.PROVING else 8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
