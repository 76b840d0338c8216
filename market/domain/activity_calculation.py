"""One line calculated for a disclosure: what was given, with which factor, and what it comes to."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure import units
from disclosure.factors import Factor, FactorError, FactorTable, Purpose, table
from disclosure.inventory import Activity, Line, LineError, Method, arithmetic, calculate
from disclosure.units import UnitError
from disclosure.values import Evidence, Quantity
from market.domain import activity_facts as facts
from market.domain.activity_refusals import item_name, told
from market.models import ActivityLine

GRAMS = 10**6
"""Grams in a tonne."""
GIVEN = (
    "source", "category", "item", "label", "amount", "unit", "region", "site", "period_start",
    "period_end", "factor_id", "green", "instrument", "certificates", "vintage", "evidence", "note",
)  # fmt: skip
"""What people give for a line, besides its key and an evidence file."""


@dataclass(frozen=True)
class Setting:
    """What lines of one year are calculated with; `region` is where most sites are."""

    organisation_id: str
    year: int
    start: date
    end: date
    region: str = "CN"
    gwp_set: str = "AR5"
    factors: FactorTable = field(default_factory=table)

    def per(self, unit: str) -> str:
        """The canonical unit of an amount, as factors name it; "" for an unknown one."""
        try:
            return units.unit(unit).canonical
        except UnitError:
            return ""

    @property
    def method(self) -> Method:
        """The pure form."""
        return Method(self.year, self.region, self.gwp_set, Purpose.DISCLOSURE, self.factors)


def columns_of(data: Mapping[str, Any], setting: Setting) -> dict[str, Any]:
    """The columns of a line from what its schema loads; a MarketError at the field refuses it."""
    _check_period(data, setting)
    activity = _activity(data, setting.region)
    try:
        if not units.fits(activity.amount.unit, "activity"):
            raise facts.UnknownUnit(unit=activity.amount.unit)
        line = calculate(activity, setting.method)
    except (FactorError, LineError, UnitError) as error:
        raise told(error, activity, setting.factors, setting.year) from error
    if line.factor and line.factor.item != activity.item:
        other, own = item_name(line.factor.item), item_name(activity.item)
        raise facts.OtherItem(factor=line.factor.id, other=other, item=own)
    return {**_given(data), **_used(line), "digest": digest_of(data)}


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of what was given: an equal row changes nothing."""
    given = [str(data.get(name) or "") for name in GIVEN]
    return hashlib.sha256(json.dumps(given, ensure_ascii=False).encode()).hexdigest()


def given_of(line: ActivityLine) -> dict[str, Any]:
    """A stored line as its schema gives it, for the form and for calculating it anew."""
    kept = {name: getattr(line, name) for name in GIVEN if name != "factor_id"}
    amounts = {"amount": Decimal(line.amount), "green": Decimal(line.green) if line.green else None}
    return {**kept, **amounts, "factor_id": line.chosen_factor}


def working(line: ActivityLine) -> str:
    """The arithmetic of a stored line: amount (converted) × factor × warming potential."""
    stated = Quantity(Decimal(line.factor_value), line.factor_unit) if line.factor_value else None
    return arithmetic(
        Quantity(Decimal(line.amount), line.unit),
        stated,
        Decimal(line.warming) if line.warming else None,
    )


def preview_of(columns: Mapping[str, Any]) -> ActivityLine:
    """A line that is shown and not kept."""
    return ActivityLine(**columns)


def line_of(row: Any) -> Line:
    """A stored line (or its columns) as the pure side knows it."""
    factor = None
    if row.factor_id:
        factor = Factor(
            row.factor_id,
            Purpose.DISCLOSURE,
            row.item,
            Quantity(Decimal(row.factor_value), row.factor_unit),
            version=row.factor_version,
            gas=row.gas,
        )
    return Line(
        _stored_activity(row),
        tonnes(row.grams),
        tonnes(row.market_grams),
        factor,
        Decimal(row.warming) if row.warming else None,
        row.gwp_set or "AR5",
    )


def tonnes(grams: int | Decimal | None) -> Decimal:
    """Grams as tonnes, exact."""
    return Decimal(int(grams or 0)) / GRAMS


def _stored_activity(row: Any) -> Activity:
    return Activity(
        row.source,
        row.item,
        Quantity(Decimal(row.amount), row.unit),
        category=row.category,
        green=Quantity(Decimal(row.green), "MWh") if row.green else None,
        label=row.label,
        instrument=row.instrument,
        certificates=row.certificates,
        vintage=row.vintage,
        evidence=_evidence(row),
    )


def _evidence(row: Any) -> Evidence | None:
    """The file, where the row was read together with it."""
    digest = getattr(row, "file_digest", None)
    return Evidence(row.file_name, digest) if digest else None


def _activity(data: Mapping[str, Any], region: str) -> Activity:
    green = data.get("green")
    return Activity(
        data["source"],
        data["item"],
        Quantity(data["amount"], data["unit"]),
        factor_id=data.get("factor_id") or "",
        category=data.get("category") or "",
        green=Quantity(green, "MWh") if green else None,
        region=data.get("region") or region,
    )


def _check_period(data: Mapping[str, Any], setting: Setting) -> None:
    start, end = data.get("period_start"), data.get("period_end")
    outside = [day for day in (start, end) if day and not setting.start <= day <= setting.end]
    if outside:
        raise facts.PeriodOutside(start=setting.start, end=setting.end)
    if start and end and end < start:
        raise facts.PeriodReversed
    if not data.get("green"):
        return
    if not data.get("instrument"):
        raise facts.InstrumentNeeded
    vintage = data.get("vintage")
    years = sorted({setting.start.year, setting.end.year})
    if vintage and vintage not in years:
        raise facts.VintageOutside(years=", ".join(map(str, years)))


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was given as the columns hold it."""
    kept = {name: data.get(name) or "" for name in GIVEN if name != "factor_id"}
    days = {name: data.get(name) or None for name in ("period_start", "period_end", "vintage")}
    green = f"{data['green']:f}" if data.get("green") else ""
    return {
        **kept,
        **days,
        "amount": f"{data['amount']:f}",
        "green": green,
        "chosen_factor": data.get("factor_id") or "",
    }


def _used(line: Line) -> dict[str, Any]:
    """What it was calculated with, and the result."""
    factor = line.factor
    stated = {
        "factor_id": factor.id if factor else "",
        "factor_version": factor.version if factor else "",
        "factor_value": f"{factor.value.amount:f}" if factor else "",
        "factor_unit": factor.value.unit if factor else "",
        "factor_source": factor.source[:300] if factor else "",
        "gas": factor.gas if factor else "",
    }
    return {
        **stated,
        "warming": f"{line.warming:f}" if line.warming is not None else "",
        "gwp_set": line.gwp_set,
        "grams": int(line.tonnes * GRAMS),
        "market_grams": int(line.market * GRAMS),
    }
