"""Filings received as inline XBRL: kept, checked by a job, taken over into a draft on request."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext
from sqlalchemy import select

from disclosure.exchange.ixbrl_reader import MAX_BYTES, Reading
from disclosure.exchange.vsme_answers import answers_of
from disclosure.exchange.vsme_fact import VsmeFact, VsmeReport
from disclosure.facts import Disclosure as Facts
from disclosure.facts import Period
from market import files
from market.domain import audits, due_work
from market.domain import disclosure_contents as contents
from market.domain import disclosures as verbs
from market.enums import DisclosureStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.files import Upload
from market.models import Disclosure, Filing, Organisation
from market.moments import now
from market.permissions import Acting

JOB = "check-filing"
ROWS = 50
FACTS_SHOWN = 400
_TYPES = {b"PK\x03\x04": "application/zip", b"<": "application/xhtml+xml"}


class FilingTooLarge(MarketError):
    """The upload exceeds what is read."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    field = "file"
    message = lazy_gettext("The file is larger than %(limit)s MB. Reduce it and upload it again.")


class NotAFiling(MarketError):
    """The bytes are neither a page nor a package."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    field = "file"
    message = lazy_gettext(
        "“%(name)s” is neither an XHTML page nor a zip. Upload the inline XBRL report or its"
        " report package."
    )


class NotFillable(MarketError):
    """Nothing is taken over from a filing with errors, or twice."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext(
        "This filing cannot be taken over: it is not checked yet, has errors, or was taken over."
    )


class NothingToFill(MarketError):
    """Every datapoint is answered already, or none of the facts answers one."""

    message = lazy_gettext(
        "Nothing was taken over: the draft answers all of it already. Delete an answer there"
        " first if the filing's is the right one."
    )


def receive(name: str, data: bytes, *, by: Acting) -> Filing:
    """Keep a file and have it checked."""
    if len(data) > MAX_BYTES:
        raise FilingTooLarge(limit=MAX_BYTES // 10**6)
    name = Path(name.replace("\\", "/")).name.replace("\x00", "")[-120:] or "file"
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4]
    kind = next((kind for magic, kind in _TYPES.items() if start.startswith(magic)), "")
    if not kind:
        raise NotAFiling(name=name)
    upload = Upload(name, kind, data)
    filing = Filing(
        organisation_id=by.organisation_id,
        name=name,
        file_digest=files.keep(Path(current_app.instance_path), upload),
        size=len(data),
        result={},
        received_by=by.person_id,
        received_at=now(),
    )
    db.session.add(filing)
    db.session.flush()
    audits.record("filing.received", filing, by=by, after={"digest": filing.file_digest})
    due_work.schedule(JOB, key=filing.id)
    return filing


def own(organisation_id: str) -> list[Filing]:
    """The newest filings of one's own organisation."""
    return list(
        db.session.scalars(
            select(Filing)
            .where(Filing.organisation_id == organisation_id)
            .order_by(Filing.received_at.desc(), Filing.id)
            .limit(ROWS)
        )
    )


def find(filing_id: str, *, by: Acting) -> Filing:
    """A filing of one's own organisation."""
    found = db.session.get(Filing, filing_id)
    if found is None or not by.organisation_id or found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def path_of(filing: Filing) -> Path:
    """Where its file lies."""
    return files.path_of(Path(current_app.instance_path), filing.file_digest)


def compared_with(filing: Filing, reading: Reading) -> Facts:
    """The draft of the year the facts are about, else an empty disclosure of that year."""
    organisation = db.session.get_one(Organisation, filing.organisation_id)
    period = main_period(reading.facts) or Period(date(1, 1, 1), date(1, 12, 31))
    year = (period.start + (period.end - period.start) / 2).year
    draft = _draft(filing.organisation_id, year)
    if draft is not None:
        return Facts.from_dict(draft.content)
    return Facts(contents.who(organisation), year, period)


def main_period(facts: tuple[VsmeFact, ...]) -> Period | None:
    """The period most facts are about."""
    counts: dict[str, int] = {}
    for fact in facts:
        if "/" in fact.period:
            counts[fact.period] = counts.get(fact.period, 0) + 1
    for period in sorted(counts, key=lambda each: -counts[each]):
        try:
            start, end = (date.fromisoformat(day) for day in period.split("/"))
        except ValueError:
            continue
        if start < end:
            return Period(start, end)
    return None


def _draft(organisation_id: str, year: int) -> Disclosure | None:
    return db.session.scalars(
        select(Disclosure).where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.year == year,
            Disclosure.status == DisclosureStatus.DRAFT,
        )
    ).first()


def checked(filing_id: str, result: Mapping[str, Any]) -> Filing:
    """Put down what the check found."""
    filing = db.session.get_one(Filing, filing_id)
    filing.result, filing.checked_at = dict(result), now()
    db.session.flush()
    audits.record("filing.checked", filing, by=None, after={"blocks": blocks(filing)})
    return filing


def blocks(filing: Filing) -> bool:
    """Whether an error stands in the way of taking it over."""
    found = filing.result
    return bool(found.get("refused")) or any(each["blocks"] for each in found.get("findings", []))


def is_fillable(filing: Filing) -> bool:
    """Whether its facts may be taken over into a draft."""
    return filing.checked_at is not None and filing.filled_at is None and not blocks(filing)


def fill(filing_id: str, *, by: Acting) -> Disclosure:
    """Answer what the year's draft leaves open from the filing; answers given are kept."""
    filing = find(filing_id, by=by)
    if not is_fillable(filing):
        raise NotFillable
    stated = tuple(VsmeFact(**each) for each in filing.result["facts"])
    period = main_period(stated)
    if period is None:
        raise NotFillable
    year = (period.start + (period.end - period.start) / 2).year
    draft = _draft(by.organisation_id, year) or verbs.start(year, by=by)
    given = answers_of(VsmeReport("", "", "", "", period.start, period.end, "", stated))
    answered = draft.content["answers"]
    new = {key: each.to_dict() for key, each in given.items() if key not in answered}
    asked = Facts.from_dict(draft.content).catalogue.datapoints
    new = {key: each for key, each in new.items() if key in asked and not asked[key].calculated}
    if not new:
        raise NothingToFill
    verbs.answer(draft, new, by=by)
    filing.filled_at = now()
    audits.record("filing.taken_over", filing, by=by, after={"datapoints": sorted(new)})
    db.session.flush()
    return draft
