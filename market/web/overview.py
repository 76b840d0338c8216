"""The public page that shows the market at a glance."""

from flask import Blueprint, render_template

from market.domain.overview import overview as read_market
from market.permissions import ANYONE, guarded
from market.web import overview_charts
from scoring.products import KINDS

overview = Blueprint("overview", __name__, url_prefix="/market")


@overview.get("")
@guarded(ANYONE)
def market() -> str:
    """Both sides in figures, where supply is missing, what is disclosed."""
    seen = read_market(list(KINDS))
    return render_template(
        "overview/market.html",
        seen=seen,
        charts=overview_charts.of_market(seen),
        missing=overview_charts.missing_kinds(seen),
    )
