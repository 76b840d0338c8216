"""Pages that explain a ranking: a product for a need, the needs for a product."""

from textwrap import wrap
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from market.domain import impressions, invitations, needs, products
from market.domain.queries import rankings as queries
from market.domain.ranking import RankOptions
from market.enums import ListingStatus
from market.errors import NotFound
from market.permissions import INSTITUTION, MARKET_MEMBER, acting, guarded
from market.schemas.organisations import SIZES
from market.schemas.products import InvitationSchema
from market.schemas.sectors import SECTORS
from market.schemas.words import DISTRICTS
from market.texts import gettext
from market.web import charts
from market.web.forms import Form

rankings = Blueprint("rankings", __name__)
_LABEL = 22  # letters a line of a chart's label: two lines at most, for small screens


rankings.add_app_template_filter(queries.told, "told")


@rankings.app_template_filter("sector_name")
def sector_name(code: str) -> str:
    """The name of a division or section of GB/T 4754, the code itself where we have none."""
    names = {key: str(text) for key, text in SECTORS}
    return names.get(code) or names.get(code[:1]) or code or gettext("sector not stated")


@rankings.app_template_filter("size_name")
def size_name(code: str) -> str:
    """The name of a size class."""
    return str({str(key): text for key, text in SIZES}[code])


@rankings.app_template_filter("district_name")
def district_name(code: str) -> str:
    """The name of a district of Shanghai; elsewhere is just elsewhere."""
    return str(dict(DISTRICTS).get(code) or gettext("outside Shanghai"))


@rankings.app_template_global()
def contribution_chart(row: Any) -> str:
    """A row's largest contributions as lying bars, log-odds."""
    parts = row.contributions[:12]
    points = [round(part.points, 3) for part in parts]
    return charts.horizontal_bars(
        ["<br>".join(wrap(queries.feature_name(part), _LABEL)) for part in parts],
        {gettext("Contribution to the score"): points},
        x=gettext("log-odds"),
    )


@rankings.get("/needs/<need_id>/products/<product_id>")
@guarded(MARKET_MEMBER)
def product(need_id: str, product_id: str) -> str:
    """Why a product stands where it stands for one's need, and what would raise it."""
    need = needs.own(need_id, by=acting())
    found, row, listing = queries.product_of(need.id, product_id)
    return render_template(
        "rankings/product.html", need=need, found=found, row=row, product=listing
    )


@rankings.get("/products/<product_id>/needs")
@guarded(MARKET_MEMBER)
def product_needs(product_id: str) -> str:
    """The ranked needs of one's live product, as teasers until consent."""
    listing, found, shown = products.own(product_id, by=acting()), None, None
    if listing.status == ListingStatus.LIVE:
        found = queries.needs_of(listing, options=queries.PAGE)
        shown = impressions.shown(found.ranking, listing.id, by=acting())
    return render_template(
        "rankings/needs.html", product=listing, found=found, shown=shown, drawn=impressions.DRAWN
    )


@rankings.get("/products/<product_id>/needs/<need_id>")
@guarded(MARKET_MEMBER)
def need(product_id: str, need_id: str) -> str:
    """Why a need stands where it stands, with the invitation to write."""
    return _need_page(product_id, need_id, Form(InvitationSchema()))


@rankings.post("/products/<product_id>/needs/<need_id>")
@guarded(INSTITUTION)
def invite(product_id: str, need_id: str) -> Response | tuple[str, int]:
    """Invite the enterprise behind a need."""
    form = Form(InvitationSchema())
    if form.attempt(
        lambda data: invitations.invite(product_id, need_id, data["message"], by=acting())
    ):
        flash(gettext("Invited. You see the name once the enterprise accepts."), "success")
        return redirect(url_for("rankings.need", product_id=product_id, need_id=need_id))
    return _need_page(product_id, need_id, form), form.status


def _need_page(product_id: str, need_id: str, form: Form) -> str:
    listing = products.own(product_id, by=acting())
    found = queries.needs_of(listing, options=RankOptions(top=queries.SHOWN))
    row, teaser = next((each for each in found.rows if each[0].id == need_id), (None, None))
    if teaser is None:
        teaser = next((each for each in found.dated if each.need_id == need_id), None)
    if teaser is None:
        raise NotFound
    return render_template(
        "rankings/need.html", product=listing, found=found, row=row, teaser=teaser, form=form
    )
