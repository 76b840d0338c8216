"""Pages that show one disclosure in the order of another standard."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from market.domain.crosswalks import Arranged, arranged, standard_of
from market.domain.queries import disclosures as queries
from market.permissions import ANYONE, acting_or_none, guarded
from market.texts import gettext
from market.web import disclosure_texts
from market.web.disclosure_texts import in_short, say
from market.web.downloads import csv_file

if TYPE_CHECKING:
    from disclosure.crosswalk import Line
    from market.models import Disclosure

crosswalk = Blueprint("crosswalk", __name__, url_prefix="/disclosures")
_USUAL = "cdp"


@crosswalk.context_processor
def _words() -> dict[str, Any]:
    return {**disclosure_texts.for_templates(), "told": _told}


@crosswalk.get("/<disclosure_id>/crosswalk")
@guarded(ANYONE)
def show(disclosure_id: str) -> str:
    """The answers by the references of one standard, and what it asks that is missing."""
    version, view = _asked(disclosure_id)
    return render_template("crosswalk/show.html", version=version, view=view, walk=view.walk)


@crosswalk.get("/<disclosure_id>/crosswalk.csv")
@guarded(ANYONE)
def download(disclosure_id: str) -> Response:
    """The same lines as CSV."""
    version, view = _asked(disclosure_id)
    name = f"crosswalk-{view.walk.standard.id}-{version.year}-v{version.version}"
    rows = [
        (
            line.reference,
            gettext("checked") if line.checked else gettext("from memory"),
            line.datapoint.id,
            say(line.datapoint.question),
            _told(line, view),
        )
        for line in view.walk.lines
    ]
    head = (
        gettext("Reference"),
        gettext("Reference checked"),
        gettext("Datapoint"),
        gettext("Question"),
        gettext("Answer"),
    )
    return csv_file(name, head, rows)


def _asked(disclosure_id: str) -> tuple["Disclosure", Arranged]:
    version = queries.public(disclosure_id)
    standard = standard_of(request.args.get("standard", _USUAL))
    return version, arranged(version, standard, by=acting_or_none())


def _told(line: "Line", view: Arranged) -> str:
    """An answer on one line; what was answered but is not public says so."""
    if line.datapoint.id in view.hidden:
        return gettext("answered, not public")
    return in_short(line.datapoint, line.answer.to_dict() if line.answer else None)
