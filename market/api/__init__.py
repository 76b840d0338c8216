"""The JSON API, version 1: the same nouns as the pages, by token instead of cookie."""

from flask import Flask

from market.api.activities import activities
from market.api.attestations import attestations
from market.api.disclosures import disclosures
from market.api.events import events
from market.api.factors import factors
from market.api.filings import filings
from market.api.footprints import footprints
from market.api.frame import api, guard_document, init_frame, limited
from market.api.log import log
from market.api.needs import needs
from market.api.organisations import organisations
from market.api.products import products
from market.api.reports import reports
from market.api.scenarios import scenarios
from market.api.technologies import technologies
from market.api.visibilities import disclosure_consents

RESOURCES = (
    disclosures,
    attestations,
    organisations,
    technologies,
    scenarios,
    products,
    needs,
    events,
    log,
    disclosure_consents,
    activities,
    factors,
    footprints,
    filings,
    reports,
)


def init_app(app: Flask) -> None:
    """Mount the API's resources and its OpenAPI document."""
    init_frame(app)
    for blueprint in RESOURCES:
        api.register_blueprint(limited(blueprint))
    guard_document(app)
