"""Documents of published versions: print view, inline XBRL, and the PDF that a job makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from market.domain import reports as verbs
from market.domain.disclosure_reviews import grade_now
from market.domain.disclosure_stories import Story, story
from market.domain.queries import attestations
from market.domain.queries import disclosures as queries
from market.domain.visibilities import catalogue_of
from market.enums import DisclosureStatus
from market.extensions import limiter
from market.permissions import ANYONE, guarded
from market.texts import LANGUAGES, gettext
from market.web import disclosure_charts, disclosure_texts, report_charts
from market.web.report_charts import Drawing

if TYPE_CHECKING:
    from market.models import Disclosure

reports = Blueprint("reports", __name__)
_ASKED_AN_HOUR = "30 per hour"


@reports.context_processor
def _words() -> dict[str, object]:
    return {**disclosure_texts.for_templates(), "grade_now": grade_now}


@reports.get("/disclosures/<disclosure_id>/print")
@guarded(ANYONE)
def print_view(disclosure_id: str) -> str:
    """A version as a document: what the PDF shows, and what a browser prints."""
    version = queries.public(disclosure_id)
    history = queries.history(version.organisation_id)
    address = url_for("disclosures.show", disclosure_id=version.id, _external=True)
    return render_template(
        "reports/print.html",
        version=version,
        history=history,
        catalogue=catalogue_of(version),
        drawings=_drawings(history, story(version)),
        gate=verbs.gate_of(version),
        attestations=attestations.of_version(version.id),
        address=address,
        code=Markup(segno.make(address, error="m").svg_inline(scale=3, border=2)),  # noqa: S704 - segno writes only paths
    )


def _drawings(history: list[Disclosure], told: Story) -> list[Drawing]:
    """The charts that the figures allow."""
    counted = [each for each in history if each.status == DisclosureStatus.PUBLISHED][::-1]
    rows = {
        gettext("Scope 1"): [each.scope1 for each in counted],
        gettext("Scope 2 (location-based)"): [each.scope2_location for each in counted],
        gettext("Scope 3"): [each.scope3 for each in counted],
    }
    series = {name: row for name, row in rows.items() if any(row)}
    made = []
    if series:
        title = gettext("Emissions by scope and year, and the target")
        years = [each.year for each in counted]
        made.append(report_charts.over_years(title, years, series, target=dict(told.target)))
    if told.energy:
        words = disclosure_charts.energy_names()
        energy = {words[key]: value for key, value in told.energy.items()}
        made.append(report_charts.shares(gettext("Energy mix"), energy, unit="MWh"))
    return made


@reports.get("/disclosures/<disclosure_id>/xbrl")
@guarded(ANYONE)
def inline_xbrl(disclosure_id: str) -> Response:
    """The public answers as inline XBRL (VSME)."""
    version = queries.public(disclosure_id)
    name = f"{verbs.file_name(version)}.xhtml"
    return _download(verbs.inline_xbrl(version), "application/xhtml+xml", name)


@reports.get("/disclosures/<disclosure_id>/xbrl-package")
@guarded(ANYONE)
def report_package(disclosure_id: str) -> Response:
    """The same in a report package."""
    version = queries.public(disclosure_id)
    name = f"{verbs.file_name(version)}.zip"
    return _download(verbs.report_package(version), "application/zip", name)


def _download(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@reports.post("/disclosures/<disclosure_id>/reports")
@guarded(ANYONE)
@limiter.limit(_ASKED_AN_HOUR)
def ask(disclosure_id: str) -> Answer:
    """Have the PDF made, or go to the one that is there."""
    wanted = request.form.get("language", "")
    report = verbs.ask(disclosure_id, wanted if wanted in LANGUAGES else "zh")
    return redirect(url_for("reports.show", report_id=report.id))


@reports.get("/reports/<report_id>")
@guarded(ANYONE)
def show(report_id: str) -> str:
    """Whether a PDF is ready; until then the page looks again by itself."""
    report = verbs.find(report_id)
    version = queries.public(report.disclosure_id)
    return render_template("reports/show.html", report=report, version=version, **_state(report_id))


@reports.get("/reports/<report_id>/progress")
@guarded(ANYONE)
def progress(report_id: str) -> str:
    """The part of the page that changes."""
    report = verbs.find(report_id)
    return render_template("reports/progress.html", report=report, **_state(report_id))


def _state(report_id: str) -> dict[str, bool]:
    report = verbs.find(report_id)
    return {
        "ready": verbs.is_made(report),
        "waiting": verbs.is_waiting(report),
        "no_libraries": report.error == verbs.NO_LIBRARIES,
    }


@reports.get("/reports/<report_id>/file")
@guarded(ANYONE)
def file(report_id: str) -> Response | Answer:
    """The PDF itself."""
    report = verbs.find(report_id)
    version = queries.public(report.disclosure_id)
    if not verbs.is_made(report):
        flash(
            gettext("This PDF is not made yet. Ask for it on the page of the disclosure."), "info"
        )
        return redirect(url_for("disclosures.show", disclosure_id=version.id))
    name = f"{verbs.file_name(version)}-{report.language}.pdf"
    path = verbs.path_of(report)
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=name)
