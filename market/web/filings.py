"""Pages of filings: an inline XBRL report is sent in, checked, and taken over into a draft."""

import re
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.exchange.vsme_labels import label_of
from market.domain import filings as verbs
from market.permissions import ENTERPRISE, acting, guarded
from market.schemas.filings import FilingSchema
from market.texts import gettext
from market.web import disclosure_texts
from market.web.forms import Form
from market.web.limits import uploads

filings = Blueprint("filings", __name__, url_prefix="/filings")
_LONGEST = 300
_MEMBER = re.compile(r"(?:vsme|country|nace|waste):\S+")


@filings.context_processor
def _words() -> dict[str, object]:
    return disclosure_texts.for_templates()


@filings.route("", methods=["GET", "POST"])
@guarded(ENTERPRISE)
@uploads
def index() -> Response | tuple[str, int]:
    """One's own filings, and the form to send one in."""
    form = Form(FilingSchema())
    made = form.attempt(lambda data: verbs.receive(*data["file"], by=acting()))
    if made:
        return redirect(url_for("filings.show", filing_id=made.id))
    rows = verbs.own(acting().organisation_id)
    return render_template("filings/index.html", form=form, rows=rows), form.status


@filings.get("/<filing_id>")
@guarded(ENTERPRISE)
def show(filing_id: str) -> str:
    """What the check found; until then the page looks again by itself."""
    return _page("filings/show.html", filing_id)


@filings.get("/<filing_id>/progress")
@guarded(ENTERPRISE)
def progress(filing_id: str) -> str:
    """The part of the page that changes."""
    return _page("filings/found.html", filing_id)


def _page(template: str, filing_id: str) -> str:
    filing = verbs.find(filing_id, by=acting())
    return render_template(
        template,
        filing=filing,
        fillable=verbs.is_fillable(filing),
        facts=filing.result.get("facts", [])[: verbs.FACTS_SHOWN],
        label_of=label_of,
        value_of=_value_of,
    )


def _value_of(fact: dict[str, Any]) -> str:
    """A fact's value for people: digits in groups, members by their names."""
    if fact["unit"]:
        return f"{Decimal(fact['value']):,f}{'%' if fact['scale'] == -2 else ''}"
    words = str(fact["lexical"])[:_LONGEST]
    members = words.split()
    if members and all(_MEMBER.fullmatch(each) for each in members):
        return "; ".join(disclosure_texts.say(label_of(each)) for each in members)
    return words


@filings.post("/<filing_id>/fill")
@guarded(ENTERPRISE)
def fill(filing_id: str) -> Response:
    """Answer what the year's draft leaves open."""
    draft = verbs.fill(filing_id, by=acting())
    flash(gettext("Taken over. Answers that were there already are unchanged."), "success")
    return redirect(
        url_for("disclosure_drafts.section", disclosure_id=draft.id, part="short-route")
    )
