"""Documents in the API: ask for a PDF, look how it stands; the file is at `/reports/{id}/file`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import resource
from market.domain import reports as verbs
from market.extensions import limiter
from market.permissions import ANYONE, guarded
from market.schemas.reports import ReportOut, ReportSchema

if TYPE_CHECKING:
    from market.models import Report

reports = resource("reports", about="PDF documents of published disclosures")


@reports.route("", methods=["POST"])
@guarded(ANYONE)
@limiter.limit("30 per hour")
@reports.arguments(ReportSchema)
@reports.response(202, ReportOut)
def ask(data: dict[str, Any]) -> Report:
    """Have the PDF of a public version made, or find the one that is there."""
    return verbs.ask(data["disclosure_id"], data["language"])


@reports.route("/<string:report_id>", methods=["GET"])
@guarded(ANYONE)
@reports.response(200, ReportOut)
def show(report_id: str) -> Report:
    """How a PDF stands; ask again in a few seconds while `made_at` is null."""
    return verbs.find(report_id)
