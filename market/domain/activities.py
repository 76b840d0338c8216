"""Activity lines of a year: added, changed, removed, calculated anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select

from disclosure.factor_data import region_code, regions
from disclosure.factors import table
from disclosure.facts import Disclosure as Facts
from market.domain import audits
from market.domain.activity_calculation import Setting, columns_of, given_of, line_of
from market.domain.activity_rows import refuse_full, row_of
from market.domain.disclosure_drafts import FIRST_YEAR
from market.domain.disclosure_reviews import today
from market.domain.factors import pure
from market.domain.files import keep_upload
from market.domain.queries import activities as queries
from market.domain.queries import factors as factor_queries
from market.enums import DisclosureStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import ActivityLine, Disclosure, Organisation
from market.moments import now
from market.permissions import Acting

_COUNTRY = "CN"


class KeyTaken(MarketError):
    """One line a key."""

    constraint = "uq_activity_line_organisation_id_year_key"
    status = HTTPStatus.CONFLICT
    field = "key"
    message = lazy_gettext("A line of this year has this key already.")


class YearClosed(MarketError):
    """Not a year that can be disclosed."""

    status = HTTPStatus.NOT_FOUND
    message = lazy_gettext("Choose a year between %(first)s and %(last)s.")


def setting_of(organisation_id: str, year: int) -> Setting:
    """What lines of a year are calculated with: period, region, warming set, factors."""
    refuse_closed(year)
    organisation = db.session.get_one(Organisation, organisation_id)
    start, end, gwp_set = _stated(organisation_id, year)
    own = [pure(row) for row in factor_queries.in_use(organisation_id)]
    return Setting(
        organisation_id,
        year,
        start,
        end,
        region=_region(organisation),
        gwp_set=gwp_set,
        factors=table().plus(own),
    )


def last_year() -> int:
    """The year most people disclose now."""
    return today().year - 1


def refuse_closed(year: int) -> None:
    """Only past and present years have lines."""
    last = today().year
    if not FIRST_YEAR <= year <= last:
        raise YearClosed(first=FIRST_YEAR, last=last)


def draft_for(year: int, *, by: Acting) -> Disclosure:
    """One's own draft of a year; without one there is nowhere to take figures over."""
    refuse_closed(year)
    found = draft_of_year(by.organisation_id, year)
    if found is None:
        raise NotFound
    return found


def draft_of_year(organisation_id: str, year: int) -> Disclosure | None:
    """The draft the figures of a year can be taken over into."""
    return db.session.scalars(
        select(Disclosure).where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.year == year,
            Disclosure.status == DisclosureStatus.DRAFT,
        )
    ).first()


def add(year: int, data: Mapping[str, Any], *, by: Acting) -> ActivityLine:
    """A new line of the acting enterprise; data as ActivitySchema loads it."""
    setting = setting_of(by.organisation_id, year)
    refuse_full(_count(setting))
    line = ActivityLine(**row_of(columns_of(data, setting), setting, by, key=data.get("key")))
    line.evidence_file_id = _kept(data, by)
    db.session.add(line)
    db.session.flush()
    audits.record("activity.added", line, by=by, after=facts_of(line))
    return line


def change(line: ActivityLine, data: Mapping[str, Any], *, by: Acting) -> ActivityLine:
    """Give a line anew; it is calculated with today's factors."""
    before = facts_of(line)
    setting = _still_knowing(line, setting_of(line.organisation_id, line.year))
    for name, value in columns_of(data, setting).items():
        setattr(line, name, value)
    line.evidence_file_id = _kept(data, by) or line.evidence_file_id
    line.updated_at, line.updated_by = now(), by.person_id
    db.session.flush()
    audits.record("activity.changed", line, by=by, before=before, after=facts_of(line))
    return line


def remove(line: ActivityLine, *, by: Acting) -> None:
    """Take a line away; the audit trail keeps what it said."""
    audits.record("activity.removed", line, by=by, before=facts_of(line))
    db.session.execute(delete(ActivityLine).where(ActivityLine.id == line.id))


def own(line_id: str, *, by: Acting) -> ActivityLine:
    """A line of the organisation acted for; anyone else's does not exist."""
    found = db.session.get(ActivityLine, line_id)
    if found is None or not by.organisation_id or found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def facts_of(line: ActivityLine) -> dict[str, Any]:
    """What the audit trail keeps of a line."""
    names = ("year", "key", "source", "category", "item", "amount", "unit", "factor_id", "grams")
    return {name: getattr(line, name) for name in names}


def use_warming_set(year: int, *, by: Acting) -> int:
    """Calculate the lines of gases anew with the set the draft states; returns how many."""
    setting = setting_of(by.organisation_id, year)
    lines = [
        line
        for line in queries.with_gas(by.organisation_id, year)
        if line.gwp_set != setting.gwp_set
    ]
    for line in lines:
        for name, value in columns_of(given_of(line), _still_knowing(line, setting)).items():
            setattr(line, name, value)
    db.session.flush()
    if lines:
        organisation = db.session.get_one(Organisation, by.organisation_id)
        after = {"year": year, "gwp_set": setting.gwp_set, "lines": len(lines)}
        audits.record("activity.recalculated", organisation, by=by, after=after)
    return len(lines)


def _still_knowing(line: ActivityLine, setting: Setting) -> Setting:
    """A line may keep the own factor it chose, although a newer version is in use."""
    chosen = line_of(line).factor
    if chosen is None or chosen.id in setting.factors.by_id:
        return setting
    kept = replace(chosen, source=line.factor_source)
    return replace(setting, factors=setting.factors.plus([kept]))


def _stated(organisation_id: str, year: int) -> tuple[date, date, str]:
    """The draft's period and warming set, or the calendar year and AR5."""
    draft = draft_of_year(organisation_id, year)
    if draft is None:
        return date(year, 1, 1), date(year, 12, 31), "AR5"
    facts = Facts.from_dict(draft.content)
    return facts.period.start, facts.period.end, str(facts.value("BND-03") or "AR5")


def _region(organisation: Organisation) -> str:
    """The province of the registered district, else the country."""
    code = region_code(f"CN-{organisation.district[:2]}")
    return code if code in regions() else _COUNTRY


def _count(setting: Setting) -> int:
    query = select(func.count()).select_from(ActivityLine)
    mine = ActivityLine.organisation_id == setting.organisation_id
    return int(db.session.scalar(query.where(mine, ActivityLine.year == setting.year)) or 0)


def _kept(data: Mapping[str, Any], by: Acting) -> str | None:
    upload = data.get("evidence_file")
    if upload is None:
        return None
    return keep_upload(upload, organisation_id=by.organisation_id, by=by).id
