"""Product footprints: written in steps, sent to a verifier, taken back, renewed; own ones only."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask_babel import lazy_gettext
from sqlalchemy import select

from disclosure.exchange.pact_values import is_urn
from disclosure.factors import table
from disclosure.footprint import gtin_urn
from disclosure.texts import say
from disclosure.values import FactError
from market.database import new_id
from market.domain import audits, factors, messages
from market.domain import footprint_contents as contents
from market.domain.footprint_states import (
    facts_of,
    locked,
    refuse_blocked,
    refuse_unless,
    review,
    step,
    to_draft,
)
from market.domain.queries import attestations
from market.domain.queries import factors as factor_queries
from market.enums import FootprintStatus as Status
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Footprint
from market.moments import now
from market.permissions import Acting
from market.texts import fold, language

SUBMITTED = messages.sentence(
    "footprint-submitted",
    "disclosure",
    lazy_gettext("%(enterprise)s asks you to verify the footprint of %(product)s."),
)


class Incomplete(MarketError):
    """A step is not filled in yet."""

    message = lazy_gettext("Fill in these steps first: %(steps)s")


class NotAVerifier(MarketError):
    """Only approved verifiers verify."""

    field = "verifier_id"
    message = lazy_gettext("Choose an approved verifier from the list.")


class MakerIsNoChecker(MarketError):
    """Nobody verifies their own footprint."""

    constraint = "ck_footprint_maker_is_no_checker"
    field = "verifier_id"
    message = lazy_gettext("Choose another verifier: nobody verifies their own footprint.")


class WrongGtin(MarketError):
    """The bar code was copied wrongly."""

    field = "product_id"
    message = lazy_gettext(
        "%(number)s is no GTIN: its check digit does not fit. Compare it with the bar code."
    )


class WrongUrn(MarketError):
    """Not of the form urn:name:rest."""

    field = "product_id"
    message = lazy_gettext("%(number)s is no URN; write one such as urn:gtin:4006381333931.")


class WrongLine(MarketError):
    """An activity line that cannot be multiplied out."""

    field = "factor"
    message = lazy_gettext("%(told)s")


class TooManyLines(MarketError):
    """More lines than a page can show."""

    message = lazy_gettext("At most %(most)s lines: sum up small inputs in one line.")


class OneInWork(MarketError):
    """A newer version is being written already."""

    constraint = "uq_footprint_one_in_work"
    status = 409
    message = lazy_gettext("A newer version of this footprint is in work already.")


def create(data: Mapping[str, Any], *, by: Acting) -> Footprint:
    """Begin a footprint with its first step, the product."""
    identity = new_id()
    made = Footprint(
        id=identity,
        series_id=identity,
        organisation_id=by.organisation_id,
        name_zh=data["name_zh"],
        content={"product": _product(data, by)},
        editors=[by.person_id],
        created_at=now(),
        updated_at=now(),
    )
    _named(made)
    db.session.add(made)
    db.session.flush()
    audits.record("footprint.begun", made, by=by, after=facts_of(made))
    return made


def save(footprint: Footprint, section: str, data: Mapping[str, Any], *, by: Acting) -> Footprint:
    """Keep one step of one's own draft; the other steps stay as they are."""
    refuse_unless(footprint, Status.DRAFT)
    given = _product(data, by) if section == "product" else contents.plain(data)
    return _changed(footprint, {**footprint.content, section: given}, by=by)


def add_line(footprint: Footprint, data: Mapping[str, Any], *, by: Acting) -> Footprint:
    """Add an activity line; a factor of another purpose or unit is refused with the remedy."""
    refuse_unless(footprint, Status.DRAFT)
    lines = list(footprint.content.get("lines") or ())
    if len(lines) >= contents.MOST_LINES:
        raise TooManyLines(most=contents.MOST_LINES)
    try:
        given = _frozen(contents.plain(data), by)
    except FactError as error:
        raise WrongLine(told=say(error.text, "en" if language() == "en" else "zh")) from error
    return _changed(footprint, {**footprint.content, "lines": [*lines, given]}, by=by)


def remove_line(footprint: Footprint, number: int, *, by: Acting) -> Footprint:
    """Remove the line at a place; one that is gone already is no error."""
    refuse_unless(footprint, Status.DRAFT)
    lines = [each for at, each in enumerate(footprint.content.get("lines") or ()) if at != number]
    return _changed(footprint, {**footprint.content, "lines": lines}, by=by)


def submit(footprint: Footprint, data: Mapping[str, Any], *, by: Acting) -> Footprint:
    """Send a complete draft without failing checks to a verifier."""
    refuse_unless(footprint, Status.DRAFT)
    if missing := contents.missing(footprint):
        raise Incomplete(steps=" · ".join(str(contents.STEP_NAMES[name]) for name in missing))
    if data["verifier_id"] == by.organisation_id:
        raise MakerIsNoChecker
    verifier = next((v for v in attestations.verifiers() if v.id == data["verifier_id"]), None)
    if verifier is None:
        raise NotAVerifier
    refuse_blocked(review(footprint))
    footprint.verifier_id, footprint.message = verifier.id, data["message"]
    footprint.submitted_at, footprint.note = now(), ""
    step(footprint, Status.SUBMITTED, action="submitted", by=by)
    messages.tell(
        messages.members_of(verifier.id),
        SUBMITTED,
        values={"enterprise": by.organisation_name_zh, "product": footprint.name_zh},
        url=f"/footprints/{footprint.id}",
    )
    return footprint


def take_back(footprint: Footprint, *, by: Acting) -> Footprint:
    """Make a footprint that is not published yet a draft again; a verification is lost."""
    refuse_unless(footprint, Status.SUBMITTED, Status.VERIFIED)
    return to_draft(footprint, action="taken-back", by=by)


def discard(footprint: Footprint, *, by: Acting) -> None:
    """Delete one's own draft; an earlier published version stays."""
    refuse_unless(footprint, Status.DRAFT)
    audits.record("footprint.discarded", footprint, by=by, before=facts_of(footprint))
    db.session.delete(footprint)
    db.session.flush()


def renew(footprint: Footprint, *, by: Acting) -> Footprint:
    """Begin the next version from a published or expired one; publishing it replaces that one."""
    refuse_unless(footprint, Status.PUBLISHED, Status.EXPIRED)
    latest = db.session.scalars(
        select(Footprint)
        .where(Footprint.series_id == footprint.series_id)
        .order_by(Footprint.version.desc())
        .limit(1)
    ).one()
    if latest.status in {Status.DRAFT, Status.SUBMITTED, Status.VERIFIED}:
        raise OneInWork
    made = Footprint(
        organisation_id=footprint.organisation_id,
        series_id=footprint.series_id,
        version=latest.version + 1,
        name_zh=footprint.name_zh,
        content=dict(footprint.content),
        editors=[by.person_id],
        created_at=now(),
        updated_at=now(),
    )
    _named(made)
    db.session.add(made)
    db.session.flush()
    audits.record("footprint.renewed", made, by=by, after=facts_of(made))
    return made


def own(footprint_id: str, *, by: Acting) -> Footprint:
    """A footprint of the organisation acted for; anyone else's does not exist."""
    found = locked(footprint_id)
    if found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def _frozen(given: dict[str, Any], by: Acting) -> dict[str, Any]:
    """A line that can be multiplied; a factor of one's register is copied into it.

    A newer version of that factor changes nothing that was written before.
    """
    mine = {each.id: each for each in map(factors.pure, factor_queries.in_use(by.organisation_id))}
    line = contents.line_of(given, factors=table().plus(mine.values()))
    if line.factor.id not in mine:
        return given
    value = line.factor.value
    named = f"{line.factor.name.zh} {line.factor.version}: {line.factor.source}"
    return {
        **given,
        "factor": contents.OWN_FACTOR,
        "factor_value": f"{value.amount:f}",
        "factor_unit": value.unit,
        "factor_source": named[:300],
    }


def _changed(footprint: Footprint, content: dict[str, Any], *, by: Acting) -> Footprint:
    footprint.content, footprint.updated_at = content, now()
    footprint.editors = sorted({*footprint.editors, by.person_id})
    _named(footprint)
    db.session.flush()
    audits.record("footprint.changed", footprint, by=by, after={"steps": sorted(content)})
    return footprint


def _named(footprint: Footprint) -> None:
    given = footprint.content["product"]
    footprint.name_zh, footprint.name_en = given["name_zh"], given.get("name_en", "")
    words = (footprint.name_zh, footprint.name_en, given.get("model", ""), given["urn"])
    footprint.search_text = fold(" ".join(words))


def _product(data: Mapping[str, Any], by: Acting) -> dict[str, Any]:
    """The first step with its product identifier as a URN."""
    kind, number = data["id_kind"], data["product_id"]
    if kind == "gtin":
        urn = gtin_urn(number)
        if urn is None:
            raise WrongGtin(number=number)
    elif kind == "urn":
        urn = number
        if not is_urn(number):
            raise WrongUrn(number=number)
    else:
        urn = f"urn:tanqiao:product:{by.organisation_id}:{quote(number, safe='')}"
    return {**contents.plain(data), "urn": urn}
