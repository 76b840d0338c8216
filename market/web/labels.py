"""A label's public page by its certificate number, its QR code, pictures and records."""

import io
import json
from typing import Any
from xml.etree import ElementTree

import segno
from flask import Blueprint, Response, render_template, send_file, url_for

from disclosure.footprint import contributions
from disclosure.footprint_terms import PARTS, STAGE_NAMES
from disclosure.ledger.canonical import canonical
from disclosure.values import FactError
from market.domain import files
from market.domain.messages import absolute
from market.domain.queries import footprints as queries
from market.errors import NotFound
from market.permissions import ANYONE, guarded
from market.texts import gettext, in_language, language, number
from market.web import charts
from market.web.label_pictures import label_picture

labels = Blueprint("labels", __name__, url_prefix="/labels")
_SVG = "image/svg+xml; charset=utf-8"


@labels.get("/<certificate>")
@guarded(ANYONE)
def show(certificate: str) -> str:
    """Whether the label is valid, what it says, and by what it can be verified."""
    row = queries.by_certificate(certificate)
    made = queries.pure(row)
    return render_template(
        "footprints/label.html",
        row=row,
        made=made,
        state=queries.state_of(row),
        history=queries.history(row.series_id),
        stages=contributions(made.lines),
        chart_figure=_chart(made),
        parts=_parts(made),
    )


@labels.get("/<certificate>/qr-code")
@guarded(ANYONE)
def qr(certificate: str) -> Response:
    """The QR code of the label's public page."""
    body = io.BytesIO()
    _code(queries.by_certificate(certificate)).save(body, kind="svg", border=2, scale=4)
    return Response(body.getvalue(), content_type=_SVG)


@labels.get("/<certificate>/<any(zh, en):lang>/picture")
@guarded(ANYONE)
def picture(certificate: str, lang: str) -> Response:
    """The label for print in one language; a label that ended says so."""
    row = queries.by_certificate(certificate)
    made = queries.pure(row)
    with in_language(lang):
        drawn = label_picture(row, made, _code(row), state=queries.state_of(row))
    answer = Response(ElementTree.tostring(drawn, encoding="utf-8"), content_type=_SVG)
    answer.headers["Content-Disposition"] = f'inline; filename="{row.certificate}-{lang}.svg"'
    return answer


@labels.get("/<certificate>/record.json")
@guarded(ANYONE)
def record(certificate: str) -> Response:
    """The bytes whose SHA-256 the page shows."""
    row = queries.by_certificate(certificate)
    return _download(canonical(row.record), f"{row.certificate}.json")


@labels.get("/<certificate>/pact.json")
@guarded(ANYONE)
def pact(certificate: str) -> Response:
    """The footprint as a PACT v3 record, where it ends at the factory gate."""
    row = queries.by_certificate(certificate)
    try:
        written = queries.as_pact(row)
    except FactError as error:
        raise NotFound from error
    body = json.dumps(written, ensure_ascii=False, indent=1).encode()
    return _download(body, f"{row.certificate}-pact.json")


@labels.get("/<certificate>/statement")
@guarded(ANYONE)
def statement(certificate: str) -> Response:
    """The verifier's signed statement, always as a download."""
    stored = queries.by_certificate(certificate).statement
    assert stored is not None  # no label is verified without one
    return send_file(
        files.path_of(stored),
        mimetype=stored.content_type,
        as_attachment=True,
        download_name=stored.name,
    )


def _code(row: Any) -> Any:
    address = absolute(url_for("labels.show", certificate=row.certificate))
    return segno.make(address, error="m", micro=False)


def _download(body: bytes, name: str) -> Response:
    answer = Response(body, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _chart(made: Any) -> str:
    stages = contributions(made.lines)
    if not stages:
        return ""
    names = [getattr(STAGE_NAMES[stage], language()) for stage in stages]
    title = gettext("kgCO₂e per declared unit")
    return charts.horizontal_bars(names, {title: list(stages.values())}, x=title)


def _parts(made: Any) -> list[tuple[str, str, str]]:
    """The stated parts: name, value, unit."""
    return [
        (
            str(getattr(part.label, language())),
            number(made.parts[name], 6),
            part.unit.replace("CO2", "CO₂"),
        )
        for name, part in PARTS.items()
        if name in made.parts
    ]
