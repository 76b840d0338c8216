"""Own emission factors: with a source, private, and never changed but superseded by a version."""

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext

from disclosure import units
from disclosure.factor_data import gases, regions
from disclosure.factors import Factor, Purpose
from disclosure.texts import Bilingual
from disclosure.units import UnitError
from disclosure.values import Quantity
from market.domain import audits
from market.domain.files import keep_upload
from market.domain.queries import factors as queries
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import OwnFactor
from market.moments import now
from market.permissions import Acting

PREFIX = "own-"
MOST = 500
_KEPT = ("code", "version", "name", "item", "purpose", "region", "year", "value", "unit", "source")


class CodeTaken(MarketError):
    """One factor a code; a new value of it is a new version."""

    constraint = "uq_own_factor_one_in_use"
    status = HTTPStatus.CONFLICT
    field = "code"
    message = lazy_gettext("You have a factor with this code. Change that one: it gets a version.")


class VersionTaken(MarketError):
    """Two people changed the same factor at once."""

    constraint = "uq_own_factor_organisation_id_code_version"
    status = HTTPStatus.CONFLICT
    message = lazy_gettext("A colleague changed this factor meanwhile. Look at it again.")


class NotAFactorUnit(MarketError):
    """The unit is not emissions (or a gas) per something used."""

    field = "unit"
    message = lazy_gettext(
        "“%(unit)s” is no unit of a factor. Write emissions per unit used, such as tCO2e/t"
        " or kgCO2e/kWh; for a gas its mass, such as kg/t."
    )


class UnknownRegion(MarketError):
    """Not a place of the list."""

    field = "region"
    message = lazy_gettext("Choose a region of the list.")


class UnknownGas(MarketError):
    """No warming potential, no CO2 equivalent."""

    field = "gas"
    message = lazy_gettext(
        "This gas has no warming potential in the table. Choose one of the list."
    )


class TooManyFactors(MarketError):
    """A bound on what is kept."""

    message = lazy_gettext("An organisation keeps at most %(most)s factors. Retire some first.")


class AlreadySuperseded(MarketError):
    """Only the version in use is changed."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext("This version is superseded or retired. Open the one in use.")


def create(data: Mapping[str, Any], *, by: Acting) -> OwnFactor:
    """A first version; data as FactorSchema loads it."""
    if queries.count_in_use(by.organisation_id) >= MOST:
        raise TooManyFactors(most=MOST)
    last = queries.last_version(by.organisation_id, data["code"])
    return _added(data, last + 1, by=by, action="factor.created")


def change(factor: OwnFactor, data: Mapping[str, Any], *, by: Acting) -> OwnFactor:
    """A new version under the same code; lines calculated with the old one keep it."""
    _supersede(factor, by)
    version = queries.last_version(factor.organisation_id, factor.code) + 1
    kept = {"code": factor.code, "evidence_file_id": factor.evidence_file_id}
    return _added({**data, **kept}, version, by=by, action="factor.changed")


def retire(factor: OwnFactor, *, by: Acting) -> None:
    """No line can choose it any more; those that did keep it."""
    _supersede(factor, by)
    audits.record("factor.retired", factor, by=by, before=facts_of(factor))


def own(factor_id: str, *, by: Acting) -> OwnFactor:
    """A version of a factor of the organisation acted for; anyone else's does not exist."""
    found = db.session.get(OwnFactor, factor_id)
    if found is None or not by.organisation_id or found.organisation_id != by.organisation_id:
        raise NotFound
    return found


def pure(row: OwnFactor) -> Factor:
    """An own factor as the pure side knows it."""
    return Factor(
        PREFIX + row.id,
        Purpose(row.purpose),
        row.item,
        Quantity(Decimal(row.value), row.unit),
        region=row.region,
        year=row.year,
        version=f"{row.code} v{row.version}"[-20:],
        name=Bilingual(row.name, row.name),
        source=row.source,
        certainty="own",
        gas=row.gas,
    )


def facts_of(factor: OwnFactor) -> dict[str, Any]:
    """What the audit trail keeps of a factor."""
    return {name: getattr(factor, name) for name in _KEPT}


def _supersede(factor: OwnFactor, by: Acting) -> None:
    if factor.organisation_id != by.organisation_id:
        raise NotFound
    db.session.refresh(factor, ["superseded_at"], with_for_update=True)
    if factor.superseded_at is not None:
        raise AlreadySuperseded
    factor.superseded_at = now()
    db.session.flush()


def _added(data: Mapping[str, Any], version: int, *, by: Acting, action: str) -> OwnFactor:
    _check(data)
    upload = data.get("evidence_file")
    given = {name: each for name, each in data.items() if name not in ("evidence_file", "value")}
    made = OwnFactor(
        **given,
        organisation_id=by.organisation_id,
        version=version,
        value=f"{data['value']:f}",
        created_at=now(),
        created_by=by.person_id or None,
    )
    if upload is not None:
        stored = keep_upload(upload, organisation_id=by.organisation_id, by=by)
        made.evidence_file_id = stored.id
    db.session.add(made)
    db.session.flush()
    audits.record(action, made, by=by, after=facts_of(made))
    return made


def _check(data: Mapping[str, Any]) -> None:
    unit, gas = data["unit"], data.get("gas") or ""
    try:
        family = units.unit(unit).family
    except UnitError as error:
        raise NotAFactorUnit(unit=unit) from error
    above, _, below = family.partition("/")
    under = unit.partition("/")[2]
    if above != ("mass" if gas else "ghg") or not under or not units.fits(under, "activity"):
        raise NotAFactorUnit(unit=unit)
    if below and gas and gas not in gases():
        raise UnknownGas
    if data["region"] not in regions():
        raise UnknownRegion
