"""What the platform knows beside a disclosure, for its checks: in three statements at most."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, or_, select

from disclosure.checks import Context, Outside, Peers, certificates_of
from disclosure.facts import Disclosure as Facts
from disclosure.texts import Bilingual
from disclosure.values import Quantity
from market.domain import certificates, visibilities
from market.enums import DisclosureStatus
from market.extensions import db
from market.models import Disclosure, DisclosurePrivate, Organisation
from market.moments import now
from market.texts import SHANGHAI

_YEARS_COMPARED = 10
_MOST_PEERS = 300
_WAN = 10_000  # the revenue column is in 万元
_COUNTED = (DisclosureStatus.PUBLISHED, DisclosureStatus.SUPERSEDED)
_ELSEWHERE = ("GEN-05", "GEN-06", "GEN-07", "EMS", "ENE")  # figures others publish too


@dataclass(frozen=True)
class Known:
    """The context of the platform's own checks, and the part of it anyone could know."""

    whole: Context
    public: Context


def known_about(facts: Facts, organisation: Organisation, *, third_party: bool = False) -> Known:
    """Earlier years, others' figures of the year, certificates in use, peers of the sector."""
    rows = _rows(organisation.id, facts.year)
    before = [each for each in rows if each[0].year < facts.year]
    public = Context(
        today=now().astimezone(SHANGHAI).date(),
        earlier=_read(row.content for row, _ in before),
        third_party=third_party,
        certificates=certificates.used_by_others(
            certificates_of(facts), organisation_id=organisation.id, year=facts.year
        ),
        outside=() if third_party else _outside(row for row, _ in rows if row.year == facts.year),
        peers=_peers(facts, organisation),
    )
    whole = _read(visibilities.joined(row.content, private) for row, private in before)
    return Known(replace(public, earlier=whole), public)


def _read(contents: Iterable[dict[str, Any]]) -> tuple[Facts, ...]:
    return tuple(Facts.from_dict(each) for each in contents)


def _rows(organisation_id: str, year: int) -> list[tuple[Disclosure, DisclosurePrivate | None]]:
    """Published earlier years, newest first, and what others collected of the year itself."""
    earlier = and_(Disclosure.year < year, Disclosure.status == DisclosureStatus.PUBLISHED)
    collected = and_(
        Disclosure.year == year,
        Disclosure.third_party_source != "",
        Disclosure.status.in_(_COUNTED),
    )
    rows = db.session.execute(
        select(Disclosure, DisclosurePrivate)
        .outerjoin(DisclosurePrivate, DisclosurePrivate.disclosure_id == Disclosure.id)
        .where(Disclosure.organisation_id == organisation_id, or_(earlier, collected))
        .order_by(Disclosure.year.desc(), Disclosure.version.desc())
        .limit(_YEARS_COMPARED)
    )
    return [(row, private) for row, private in rows]


def _outside(rows: Iterable[Disclosure]) -> tuple[Outside, ...]:
    """The figures of the newest collection of this year."""
    newest = next(iter(rows), None)
    if newest is None:
        return ()
    source = Bilingual(newest.third_party_source, newest.third_party_source)
    facts = Facts.from_dict(newest.content)
    return tuple(
        Outside(source, key, value, column.id)
        for key, answer in facts.answers.items()
        if key.startswith(_ELSEWHERE) and not facts.catalogue[key].calculated
        for column in facts.catalogue[key].columns
        if isinstance(value := answer.parts.get(column.id), Quantity)
    )


def _peers(facts: Facts, organisation: Organisation) -> Peers:
    """Public intensities of the sector's other firms in the year and currency."""
    revenue = facts.value("GEN-05")
    currency = revenue.canonical_unit if isinstance(revenue, Quantity) else "CNY"
    rows = db.session.execute(
        select(
            Disclosure.scope1 + Disclosure.scope2_location,
            Disclosure.revenue,
            Disclosure.currency,
            Disclosure.employees,
        )
        .join(Organisation, Organisation.id == Disclosure.organisation_id)
        .where(
            Organisation.focus_sector == organisation.focus_sector,
            Organisation.id != organisation.id,
            Disclosure.year == facts.year,
            Disclosure.status == DisclosureStatus.PUBLISHED,
            Disclosure.scope1.is_not(None),
            Disclosure.scope2_location.is_not(None),
        )
        .order_by(Disclosure.organisation_id)
        .limit(_MOST_PEERS)
    ).all()
    return Peers(
        per_revenue=tuple(
            tonnes / (each * _WAN)
            for tonnes, each, of, _ in rows
            if tonnes is not None and each and of == currency
        ),
        per_employee=tuple(
            tonnes / people for tonnes, _, _, people in rows if tonnes is not None and people
        ),
    )
