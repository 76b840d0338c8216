"""The pages: one blueprint a noun; this file is the table of what is mounted where."""

from flask import Flask

from market.web import edge, sign_in
from market.web.accounts import accounts
from market.web.activities import activities
from market.web.api_docs import api_docs
from market.web.assets import assets
from market.web.attestations import attestations
from market.web.crosswalk import crosswalk
from market.web.disclosure_comparisons import disclosure_comparisons
from market.web.disclosure_copies import disclosure_copies
from market.web.disclosure_drafts import disclosure_drafts
from market.web.disclosures import disclosures
from market.web.events import events
from market.web.factors import factors
from market.web.filings import filings
from market.web.footprints import footprints
from market.web.health import health
from market.web.home import home
from market.web.human_looks import human_looks
from market.web.impressions import impressions
from market.web.inbox import inbox
from market.web.labels import labels
from market.web.log import log
from market.web.meetings import meetings
from market.web.memberships import memberships
from market.web.models import models
from market.web.needs import needs
from market.web.operators import operators
from market.web.organisations import organisations
from market.web.overview import overview
from market.web.participants import participants
from market.web.priorities import priorities
from market.web.products import products
from market.web.rankings import rankings
from market.web.reports import reports
from market.web.scenarios import scenarios
from market.web.technologies import technologies
from market.web.visibilities import visibilities

BLUEPRINTS = (
    home,
    assets,
    health,
    api_docs,
    accounts,
    organisations,
    memberships,
    inbox,
    operators,
    disclosures,
    disclosure_drafts,
    reports,
    filings,
    disclosure_copies,
    disclosure_comparisons,
    crosswalk,
    attestations,
    log,
    activities,
    factors,
    technologies,
    scenarios,
    overview,
    needs,
    products,
    rankings,
    impressions,
    models,
    priorities,
    human_looks,
    events,
    participants,
    meetings,
    footprints,
    labels,
    visibilities,
)


def init_app(app: Flask) -> None:
    """Mount the pages and the rules that hold for all of them."""
    edge.init_app(app)
    sign_in.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
