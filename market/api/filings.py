"""Filings in the API: send in an inline XBRL report, look what the check found, take it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.api.frame import resource
from market.domain import filings as verbs
from market.permissions import ENTERPRISE, acting, guarded
from market.schemas.filings import FilingOut, FilingRowOut, FilingSchema, FilledOut

if TYPE_CHECKING:
    from market.models import Disclosure, Filing

filings = resource("filings", about="Reports sent in as inline XBRL")


@filings.route("", methods=["GET"])
@guarded(ENTERPRISE)
@filings.response(200, FilingRowOut(many=True))
def mine() -> list[Filing]:
    """The newest filings of one's own organisation."""
    return verbs.own(acting().organisation_id)


@filings.route("", methods=["POST"])
@guarded(ENTERPRISE)
@filings.arguments(FilingSchema, location="files")
@filings.response(202, FilingOut)
def receive(data: dict[str, Any]) -> Filing:
    """Send one in as multipart/form-data: an XHTML page or a report package (zip)."""
    return verbs.receive(*data["file"], by=acting())


@filings.route("/<string:filing_id>", methods=["GET"])
@guarded(ENTERPRISE)
@filings.response(200, FilingOut)
def show(filing_id: str) -> Filing:
    """What the check found; ask again in a few seconds while `checked_at` is null."""
    return verbs.find(filing_id, by=acting())


@filings.route("/<string:filing_id>/fill", methods=["POST"])
@guarded(ENTERPRISE)
@filings.response(200, FilledOut)
def fill(filing_id: str) -> Disclosure:
    """Answer what the year's draft leaves open; answers given there are kept."""
    return verbs.fill(filing_id, by=acting())
