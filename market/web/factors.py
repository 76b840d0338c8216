"""Pages of emission factors: the public tables, a comparison by purpose, and one's own factors."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from disclosure.factor_data import FactorError, issues, rows_of
from disclosure.factors import Purpose, table
from disclosure.inventory import plain
from disclosure.values import Quantity
from market.domain import factors as verbs
from market.domain.activity_refusals import PURPOSES, item_name
from market.domain.disclosure_reviews import today
from market.domain.queries import factors as queries
from market.errors import NotFound
from market.permissions import ANYONE, ENTERPRISE, acting, guarded
from market.schemas.factors import (
    CalculatorSchema,
    FactorChangeSchema,
    FactorFilter,
    FactorSchema,
    all_regions,
)
from market.texts import gettext, language
from market.web.downloads import csv_file
from market.web.filters import chosen
from market.web.forms import Form

factors = Blueprint("factors", __name__, url_prefix="/factors")
_COMPARED = (Purpose.DISCLOSURE, Purpose.ETS, Purpose.FOOTPRINT)


@factors.context_processor
def _words() -> dict[str, Any]:
    en = language() == "en"
    return {
        "purposes": PURPOSES,
        "item_name": item_name,
        "said": lambda words: words.en if en else words.zh,
        "plain": plain,
        "region_names": dict(all_regions()),
    }


@factors.get("")
@guarded(ANYONE)
def index() -> str:
    """The tables: searched, filtered, with source and licence."""
    wanted, wrong = chosen(FactorFilter())
    return render_template(
        "factors/index.html",
        page=queries.page(wanted),
        wanted=wanted,
        wrong=wrong,
        issues=issues(),
        options=FactorFilter().load_fields,
    )


@factors.get("/tables/<version>")
@guarded(ANYONE)
def download(version: str) -> Response:
    """One table as csv, no cell of which a spreadsheet takes for a formula."""
    issue = next((each for each in issues() if each.version == version), None)
    if issue is None:
        raise NotFound
    rows = rows_of(issue.file)
    return csv_file(version, list(rows[0]), (list(row.values()) for row in rows))


@factors.get("/calculator")
@guarded(ANYONE)
def calculator() -> str:
    """One amount for each purpose, side by side and never added."""
    wanted, wrong = chosen(CalculatorSchema())
    year = wanted["year"] or today().year - 1
    amount = wanted["amount"]
    found = list(_compared(Quantity(amount, wanted["unit"]), wanted, year)) if amount else []
    return render_template(
        "factors/calculator.html",
        wanted=wanted,
        wrong=wrong,
        year=year,
        found=found,
        options=CalculatorSchema().load_fields,
    )


def _compared(amount: Quantity, wanted: dict[str, Any], year: int) -> Iterator[dict[str, Any]]:
    for purpose in _COMPARED:
        try:
            factor = table().find(
                wanted["item"],
                purpose=purpose,
                region=wanted["region"],
                year=year,
                per=amount.canonical_unit,
            )
        except FactorError:
            yield {"purpose": purpose, "factor": None}
        else:
            yield {"purpose": purpose, "factor": factor, "tonnes": factor.of(amount)}


@factors.get("/mine")
@guarded(ENTERPRISE)
def mine() -> str:
    """One's own factors in use."""
    return render_template("factors/mine.html", rows=queries.in_use(acting().organisation_id))


@factors.route("/mine/new", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def new() -> Answer | tuple[str, int]:
    """Add an own factor."""
    form = Form(FactorSchema(), initial={"region": "CN", "purpose": "disclosure"})
    if form.attempt(lambda data: verbs.create(data, by=acting())):
        flash(gettext("Saved. Your lines can use it now."), "success")
        return redirect(url_for("factors.mine"))
    return render_template("factors/form.html", form=form, factor=None, history=[]), form.status


@factors.route("/mine/<factor_id>", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def change(factor_id: str) -> Answer | tuple[str, int]:
    """Its versions, and a form for the next one."""
    factor = verbs.own(factor_id, by=acting())
    form = Form(FactorChangeSchema(), initial=factor)
    if form.attempt(lambda data: verbs.change(factor, data, by=acting())):
        flash(gettext("A new version is in use. Lines calculated before keep theirs."), "success")
        return redirect(url_for("factors.mine"))
    history = queries.history(factor.organisation_id, factor.code)
    page = render_template("factors/form.html", form=form, factor=factor, history=history)
    return page, form.status


@factors.post("/mine/<factor_id>/retire")
@guarded(ENTERPRISE)
def retire(factor_id: str) -> Answer:
    """No line can choose it any more."""
    verbs.retire(verbs.own(factor_id, by=acting()), by=acting())
    flash(gettext("Retired. Lines that use it keep it."), "success")
    return redirect(url_for("factors.mine"))
