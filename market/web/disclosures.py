"""Pages of disclosures: the public list, a published version, one's own years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from disclosure.efficiency import ZHEJIANG_2021
from disclosure.grade import Grade
from market.domain import disclosure_contents as contents
from market.domain import disclosures as verbs
from market.domain import visibilities
from market.domain.disclosure_reviews import grade_now, today
from market.domain.disclosure_stories import next_gate, rated, story
from market.domain.queries import attestations, log
from market.domain.queries import disclosures as queries
from market.domain.queries import visibilities as visibility
from market.enums import DisclosureStatus
from market.errors import NotFound
from market.permissions import ANYONE, ENTERPRISE, MEMBER, acting, acting_or_none, guarded
from market.schemas.disclosures import (
    GRADES,
    RestateSchema,
    SearchSchema,
    StartSchema,
    WithdrawSchema,
)
from market.schemas.organisations import SECTORS
from market.texts import gettext
from market.web import disclosure_charts, disclosure_texts
from market.web.downloads import csv_file, plain
from market.web.filters import chosen
from market.web.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from market.models import Attestation, Disclosure

disclosures = Blueprint("disclosures", __name__, url_prefix="/disclosures")
_YEARS_OFFERED = 8


@disclosures.context_processor
def words() -> dict[str, object]:
    """What the templates of disclosures say besides what a view hands them."""
    return {
        **disclosure_texts.for_templates(),
        "grade_now": grade_now,
        "thresholds": ZHEJIANG_2021,
        "grades": [(key, str(text)) for key, text in GRADES],
        "sectors": [(key, str(text)) for key, text in SECTORS],
    }


@disclosures.get("")
@guarded(ANYONE)
def index() -> str:
    """The public list with search and filters."""
    wanted, wrong = chosen(SearchSchema())
    day = today()
    search = queries.Wanted(wanted.pop("q"), **wanted)
    years = range(day.year, day.year - _YEARS_OFFERED, -1)
    return render_template(
        "disclosures/index.html",
        page=queries.published(search, on=day),
        wanted=search,
        wrong=wrong,
        years=years,
    )


@disclosures.get("/mine")
@guarded(MEMBER)
def mine() -> str:
    """One's own years."""
    return _mine()


@disclosures.post("/mine")
@guarded(ENTERPRISE)
def start() -> Answer | tuple[str, int]:
    """Begin a year; nothing is copied into it."""
    form = Form(StartSchema())
    made = form.attempt(lambda data: verbs.start(data["year"], by=acting()))
    if made:
        return redirect(
            url_for("disclosure_drafts.section", disclosure_id=made.id, part="short-route")
        )
    return _mine(form), form.status


def _mine(form: Form | None = None) -> str:
    rows = queries.own(acting().organisation_id)
    form = form or Form(StartSchema(), initial={"year": _free_year({row.year for row in rows})})
    return render_template("disclosures/mine.html", rows=rows, form=form)


def _free_year(taken: set[int]) -> int:
    """The last full year, else the running one, else the newest gap."""
    this = today().year
    return next(year for year in (this - 1, this, *range(this - 2, 0, -1)) if year not in taken)


@disclosures.get("/<disclosure_id>")
@guarded(ANYONE)
def show(disclosure_id: str) -> str:
    """A published version: what it says, what it is worth, and its history."""
    version = queries.public(disclosure_id)
    return page_of(version, seen=visibility.as_owner(version, acting_or_none()))


def page_of(
    version: Disclosure, *, seen: Disclosure, opened: visibility.Opened | None = None
) -> str:
    """The page of a version with what its reader may see of it."""
    told, history = story(seen), queries.history(version.organisation_id)
    peers, given = queries.peers(version), attestations.of_version(version.id)
    withdrawn = version.status == DisclosureStatus.WITHDRAWN
    drawn = disclosure_charts.of_disclosure(seen, told, history=history, peers=peers)
    return render_template(
        "disclosures/show.html",
        version=seen,
        history=history,
        charts=drawn,
        efficiency=rated(told, peers),
        gate=_own_gate(version, seen, given),
        attestations=given,
        visibility=visibility.panel(version, acting_or_none()),
        opened=opened,
        record=log.record_of(version.id),
        reason=queries.withdrawal_reason(version.id) if withdrawn else "",
    )


def _own_gate(version: Disclosure, seen: Disclosure, given: Iterable[Attestation]) -> Grade | None:
    """For the enterprise's own people: the shortest list of datapoints to the next grade."""
    by = acting_or_none()
    mine = by is not None and by.organisation_id == version.organisation_id
    asked = mine and version.status == DisclosureStatus.PUBLISHED
    return next_gate(seen, attestations.counted(given)) if asked else None


@disclosures.get("/<disclosure_id>/charts/<key>.csv")
@guarded(ANYONE)
def chart_table(disclosure_id: str, key: str) -> Answer:
    """The table of a chart as CSV."""
    version = queries.public(disclosure_id)
    seen = visibility.as_owner(version, acting_or_none())
    drawn = disclosure_charts.of_disclosure(
        seen,
        story(seen),
        history=queries.history(version.organisation_id),
        peers=queries.peers(version),
    )
    found = next((each for each in drawn if each.key == key and each.figure), None)
    if found is None:
        raise NotFound
    return csv_file(f"{key}-{version.year}-v{version.version}", found.head, plain(found.rows))


@disclosures.get("/<disclosure_id>/content.json")
@guarded(ANYONE)
def content(disclosure_id: str) -> Response:
    """The very bytes that were hashed: their SHA-256 is the version's digest."""
    version = queries.public(disclosure_id)
    answer = Response(contents.canonical(version.content), mimetype="application/json")
    name = f"disclosure-{version.year}-v{version.version}-{version.id}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@disclosures.route("/<disclosure_id>/restate", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def restate(disclosure_id: str) -> Answer | tuple[str, int]:
    """Begin the next version of a published year, with a public reason."""
    version = verbs.own_published(disclosure_id, by=acting())
    form = Form(RestateSchema())
    made = form.attempt(lambda data: verbs.restate(version, data["reason"], by=acting()))
    if made:
        flash(gettext("Correct the answers, then publish the new version."), "info")
        return redirect(_field(made, request.args.get("to", "")))
    left = contents.left_behind(visibilities.whole_content(version))
    page = render_template("disclosures/restate.html", form=form, version=version, left=left)
    return page, form.status


def _field(draft: Disclosure, datapoint: str) -> str:
    """The address of a question's field; of the short route where no question is named."""
    asked = disclosure_texts.catalogue().datapoints.get(datapoint)
    part, anchor = (asked.section, f"dp-{asked.id}") if asked else ("short-route", None)
    return url_for("disclosure_drafts.section", disclosure_id=draft.id, part=part, _anchor=anchor)


@disclosures.route("/<disclosure_id>/withdraw", methods=["GET", "POST"])
@guarded(ENTERPRISE)
def withdraw(disclosure_id: str) -> Answer | tuple[str, int]:
    """Take a published version back; it stays readable, marked."""
    version = verbs.own_published(disclosure_id, by=acting())
    form = Form(WithdrawSchema())
    if form.attempt(lambda data: verbs.withdraw(version, data["reason"], by=acting())):
        flash(gettext("Withdrawn. The version stays readable, marked as withdrawn."), "success")
        return redirect(url_for("disclosures.mine"))
    return render_template("disclosures/withdraw.html", form=form, version=version), form.status
