"""A footprint's draft by sections, and the pure record it makes; sections carry plain JSON."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from disclosure.checks.footprints import check_footprint
from disclosure.exchange.footprints import write_footprint
from disclosure.factors import Factor, FactorTable, Purpose, table
from disclosure.footprint import (
    Company,
    DataQuality,
    Footprint,
    Geography,
    Label,
    Line,
    Method,
    Product,
    ProductRule,
    Verification,
    contributions,
    line,
    totals,
)
from disclosure.footprint_terms import PARTS, Boundary, Stage, Unit
from disclosure.ledger.canonical import canonical
from disclosure.values import quantity
from market.models import Footprint as Row
from market.models import Organisation
from market.texts import SHANGHAI

SECTIONS = ("product", "scope", "lines", "figures", "method")
"""The steps of the form, in order; lines may stay empty."""
STEP_NAMES: Mapping[str, LazyString] = {
    "product": lazy_gettext("Product"),
    "scope": lazy_gettext("Unit and boundary"),
    "lines": lazy_gettext("Activity by stage"),
    "figures": lazy_gettext("Parts of the footprint"),
    "method": lazy_gettext("Method and data quality"),
}
OWN_FACTOR = "own"
MOST_LINES = 200
_NEEDED = ("product", "scope", "figures", "method")
_DAYS = frozenset({"start", "end"})
_PLACES = Decimal("0.000001")
_RATINGS = ("technology_rating", "geography_rating", "time_rating")


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """A section as JSON: decimals as typed, days as ISO text."""
    return {name: _plain(value) for name, value in data.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def typed(row: Row, section: str) -> dict[str, Any]:
    """A section as its form shows it again."""
    given = dict(row.content.get(section) or {})
    return {
        name: date.fromisoformat(value) if name in _DAYS else value for name, value in given.items()
    }


def missing(row: Row) -> list[str]:
    """The steps that are not filled in yet."""
    return [name for name in _NEEDED if name not in row.content]


def lines_of(row: Row) -> tuple[Line, ...]:
    """The activity lines with their factors; FactError names a line that cannot be."""
    return tuple(line_of(each) for each in row.content.get("lines") or ())


def line_of(given: Mapping[str, Any], *, factors: FactorTable | None = None) -> Line:
    """One line as typed; a factor of another purpose is refused with the remedy."""
    known = factors or table()
    amount = quantity(given["amount"], given["unit"], given["name"])
    factor: Factor | str = given["factor"]
    if factor == OWN_FACTOR:
        value = quantity(given["factor_value"], given["factor_unit"], given["name"])
        factor = Factor(
            f"own-{given['factor_unit']}", Purpose.FOOTPRINT, "", value,
            version="own", source=given["factor_source"],
        )  # fmt: skip
    return line(Stage(given["stage"]), given["name"], amount, factor, factors=known)


def build(
    row: Row,
    organisation: Organisation,
    *,
    label: Label | None = None,
    verification: Verification | None = None,
) -> Footprint:
    """The pure footprint of a complete draft; its totals are calculated where not stated."""
    scope, figures = row.content["scope"], row.content["figures"]
    lines = lines_of(row)
    parts = _parts(figures, lines)
    excluding, including = totals(parts)
    boundary = Boundary(scope["boundary"])
    return Footprint(
        id=UUID(row.uuid),
        created=row.created_at.replace(microsecond=0),
        company=Company(
            organisation.name_zh,
            (f"urn:tanqiao:{organisation.id_scheme}:{organisation.id_value}",),
        ),
        product=_product(row),
        unit=Unit(scope["unit"]),
        amount=Decimal(scope["amount"]),
        mass=Decimal(scope["mass"]),
        boundary=boundary,
        boundary_note=scope.get("boundary_note", ""),
        start=_first_moment(date.fromisoformat(scope["start"])),
        end=_first_moment(date.fromisoformat(scope["end"]) + timedelta(days=1)),
        geography=_geography(scope),
        parts=parts,
        excluding=Decimal(figures["excluding"]) if "excluding" in figures else excluding,
        including=Decimal(figures["including"]) if "including" in figures else including,
        packaging_included=bool(figures.get("packaging_included")),
        ccs_included=any(parts.get(name) for name in ("ccs", "technological_removals")),
        method=_method(row.content["method"]),
        quality=_quality(row.content["method"]),
        comment=row.content["method"].get("comment", ""),
        valid_from=_first_moment(row.valid_from) if row.valid_from else None,
        valid_until=_first_moment(row.valid_until) if row.valid_until else None,
        lines=lines,
        label=label,
        verification=verification,
    )


def findings(footprint: Footprint, *, today: date) -> list[dict[str, Any]]:
    """The checks of a footprint, as stored and shown."""
    return [
        {**each.to_dict(), "blocks": each.blocks}
        for each in check_footprint(footprint, today=today)
    ]


def columns(footprint: Footprint) -> dict[str, Any]:
    """What is copied out of a record, for lists and labels."""
    record = write_footprint(footprint)
    return {
        "record": record,
        "digest": sha256(canonical(record)).hexdigest(),
        "unit": str(footprint.unit),
        "amount": footprint.amount,
        "value": footprint.excluding,
        "boundary": str(footprint.boundary),
        "data_year": footprint.year,
    }


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def _product(row: Row) -> Product:
    given = row.content["product"]
    named = given.get("classification")
    return Product(
        name=given["name_zh"],
        ids=(given["urn"],),
        name_en=given.get("name_en", ""),
        model=given.get("model", ""),
        description=given.get("description", ""),
        classifications=(named,) if named else (),
    )


def _geography(scope: Mapping[str, Any]) -> Geography:
    kind = scope.get("geography_kind", "")
    return Geography(**{kind: scope.get("geography", "")}) if kind else Geography()


def _parts(figures: Mapping[str, Any], lines: tuple[Line, ...]) -> dict[str, Decimal]:
    """The stated parts; fossil emissions left out are those of the lines."""
    given = {name: Decimal(figures[name]) for name in PARTS if figures.get(name)}
    if "fossil" not in given:
        total = sum(contributions(lines).values(), Decimal(0))
        given["fossil"] = total.quantize(_PLACES, ROUND_HALF_EVEN).normalize() + 0
    return {"fossil_carbon": Decimal(0), **given}


def _method(given: Mapping[str, Any]) -> Method:
    rules = given.get("pcr", "")
    return Method(
        standards=tuple(given["standards"]),
        gwp=tuple(given["gwp"]),
        rules=(ProductRule("Other", (rules,), rules),) if rules else (),
        exempted=Decimal(given["exempted"]),
        exempted_note=given.get("exempted_note", ""),
        allocation=given.get("allocation", ""),
        sources=tuple(_source(each) for each in given.get("sources", "").splitlines() if each),
    )


def _source(text: str) -> tuple[str, str]:
    name, _, version = text.strip().rpartition(" ")
    return (name, version) if name else (text.strip(), "-")


def _quality(given: Mapping[str, Any]) -> DataQuality:
    share = Decimal(given["primary_share"]) if "primary_share" in given else None
    if not all(given.get(name) for name in _RATINGS):
        return DataQuality(share)
    one, two, three = (Decimal(given[name]) for name in _RATINGS)
    return DataQuality(share, (one, two, three))
