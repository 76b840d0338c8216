"""The sample market: seeded, made by the verbs, never a row inserted beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy import func, select

from market import moments
from market.enums import OrganisationKind, Side
from market.errors import MarketError
from market.extensions import db
from market.models import Event, Need, Organisation, Product, Scenario, Technology
from market.moments import now
from market.sample import gatherings, listings
from market.sample.activities import keep_bills
from market.sample.attestations import VERIFIERS, attest_latest
from market.sample.catalogues import INSTITUTIONS, ORGANISERS, PROVIDERS
from market.sample.disclosing import publish_years
from market.sample.firms import Firm, draw_firms
from market.sample.footprints import publish_labels
from market.sample.gatherings import Guest
from market.sample.log import sign_log
from market.sample.parties import (
    PASSWORD,
    Party,
    found_enterprises,
    found_others,
    sample_operator,
)
from market.sample.visibility import open_to_banks
from market.texts import lazy_gettext

__all__ = ["ENTERPRISES", "PASSWORD", "NotEmpty", "SampleMarket", "build"]

ENTERPRISES = 120
_PRODUCTS, _NEEDS, _SCENARIOS = 50, 40, 20
_GUESTS = {Side.OFFERS: 12, Side.SEEKS: 30}


class NotEmpty(MarketError):
    """The sample market never mixes with a real one."""

    message = lazy_gettext("The database holds organisations already; use an empty one.")


@dataclass(frozen=True)
class SampleMarket:
    """What was made, for the commands that print it."""

    enterprises: int
    disclosures: int
    products: list[Product]
    needs: list[Need]
    technologies: list[Technology]
    scenarios: list[Scenario]
    past: Event
    upcoming: Event


def build(
    *, seed: int = 167, enterprises: int = ENTERPRISES, say: Callable[[str], object] = str
) -> SampleMarket:
    """Fill an empty database; `say` is told each step. The caller commits."""
    if db.session.scalar(select(func.count()).select_from(Organisation)):
        raise NotEmpty
    random = Random(seed)
    firms = draw_firms(enterprises, random, last_year=now().year - 1)
    say("people and organisations")
    with moments.at(now() - timedelta(days=1200)):
        parties, pairs = _found(firms)
    say("disclosures")
    published = publish_years(pairs)
    attest_latest(pairs, parties[OrganisationKind.VERIFIER])
    keep_bills(*pairs[0])
    open_to_banks(pairs[0][1], parties[OrganisationKind.INSTITUTION])
    say("products, needs, technologies, scenarios")
    with moments.at(now() - timedelta(days=90)):
        products = listings.list_products(_PRODUCTS, parties[OrganisationKind.INSTITUTION], random)
        technologies = listings.list_technologies(parties[OrganisationKind.PROVIDER], random)
        needs = listings.post_needs(_NEEDS, pairs, random)
        scenarios = listings.post_scenarios(_SCENARIOS, pairs, random)
    say("events")
    organiser = parties[OrganisationKind.ORGANISER][0]
    offering = _offering(parties, products, technologies)
    seeking = _seeking(pairs, needs)
    past = gatherings.hold_past_event(organiser, offering, seeking, random)
    upcoming = gatherings.open_event(organiser, offering[:8], seeking[:20], random)
    say("product footprints")
    publish_labels([party for _firm, party in pairs], parties[OrganisationKind.VERIFIER][0])
    say("transparency log")
    sign_log(parties[OrganisationKind.INSTITUTION][:2])
    return SampleMarket(
        enterprises, published, products, needs, technologies, scenarios, past, upcoming
    )


def _found(
    firms: list[Firm],
) -> tuple[dict[OrganisationKind, list[Party]], list[tuple[Firm, Party]]]:
    operator = sample_operator()
    others = {
        OrganisationKind.INSTITUTION: INSTITUTIONS,
        OrganisationKind.PROVIDER: PROVIDERS,
        OrganisationKind.ORGANISER: ORGANISERS,
        OrganisationKind.VERIFIER: VERIFIERS,
    }
    parties = {kind: found_others(names, kind, operator=operator) for kind, names in others.items()}
    return parties, list(zip(firms, found_enterprises(firms, operator=operator), strict=True))


def _offering(
    parties: dict[OrganisationKind, list[Party]],
    products: list[Product],
    technologies: list[Technology],
) -> list[Guest]:
    """Institutions with their first product, and two providers with their first technology."""
    guests = []
    for party in parties[OrganisationKind.INSTITUTION][: _GUESTS[Side.OFFERS] - 2]:
        mine = next(p for p in products if p.institution_id == party.organisation.id)
        guests.append(Guest(party, {"product_id": mine.id}))
    for party in parties[OrganisationKind.PROVIDER][:2]:
        own = next(t for t in technologies if t.provider_id == party.organisation.id)
        guests.append(Guest(party, {"technology_id": own.id}))
    return guests


def _seeking(pairs: list[tuple[Firm, Party]], needs: list[Need]) -> list[Guest]:
    """The enterprises that posted the first needs."""
    by_id = {party.organisation.id: party for _firm, party in pairs}
    chosen = needs[: _GUESTS[Side.SEEKS]]
    return [Guest(by_id[need.enterprise_id], {"need_id": need.id}) for need in chosen]
