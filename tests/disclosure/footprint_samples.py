"""A sound footprint to change one thing of, and strategies that draw any."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from disclosure.footprint import (
    Company,
    DataQuality,
    Footprint,
    Geography,
    Line,
    Method,
    Product,
    ProductRule,
    Verification,
    line,
    totals,
)
from disclosure.footprint_terms import PARTS, REGIONS, STANDARDS, Stage, Unit
from disclosure.values import quantity


def day(year: int, month: int = 1) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


def power(stage: Stage = Stage.PRODUCTION, amount: str = "10", unit: str = "kWh") -> Line:
    factor = "cn-grid-china-footprint-2023"
    return line(stage, "示例用电", quantity(amount, unit), factor, factors=None)


def footprint(**given: Any) -> Footprint:
    """A kilogram of sample castings: 6.205 kgCO2e of electricity."""
    parts = given.pop("parts", {"fossil": Decimal("6.205"), "fossil_carbon": Decimal("0.1")})
    one, other = totals(parts)
    made = Footprint(
        id=UUID("f4b1225a-bd44-4c8e-861d-079e4e1dfd69"),
        created=day(2025, 3),
        company=Company("示例铸造", ("urn:uscc:91310115MA1K000014",)),
        product=Product("示例铸件", ("urn:gtin:4006381333931",), "Sample casting", "C-1"),
        unit=Unit.KILOGRAM,
        amount=Decimal(1),
        mass=Decimal(1),
        start=day(2024),
        end=day(2025),
        parts=parts,
        excluding=one,
        including=other,
        method=Method(("ISO14067",), exempted=Decimal("1.5")),
        geography=Geography(subdivision="CN-SH"),
        quality=DataQuality(Decimal(60), (Decimal(2), Decimal(1), Decimal("1.5"))),
        valid_from=day(2025, 4),
        valid_until=day(2028, 4),
        packaging_included=False,
        ccs_included=False,
        lines=(power(),),
    )
    return replace(made, **given)


_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)
_DECIMALS = st.decimals("0", "99999", places=4)
_MOMENTS = st.integers(10**9, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))
_RULES = st.builds(
    ProductRule, st.sampled_from(["PEF", "Other"]), st.lists(_TEXT, min_size=1, max_size=2,
    unique=True).map(tuple), _TEXT,
)  # fmt: skip
_METHODS = st.builds(
    Method,
    standards=st.lists(st.sampled_from(STANDARDS), min_size=1, unique=True).map(tuple),
    gwp=st.sampled_from([("AR6",), ("AR5", "AR6")]),
    rules=st.lists(_RULES, max_size=1).map(tuple),
    exempted=_DECIMALS,
    exempted_note=_TEXT,
    allocation=_TEXT,
    sources=st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
)
_GEOGRAPHIES = st.one_of(
    st.just(Geography()),
    st.builds(Geography, region=st.sampled_from(REGIONS)),
    st.just(Geography(country="CN")),
    st.just(Geography(subdivision="CN-SH")),
)
_QUALITIES = st.builds(DataQuality, _DECIMALS, st.none() | st.tuples(*[_DECIMALS] * 3))
_VERIFICATIONS = st.none() | st.builds(
    Verification, _TEXT, st.just("product level"), _TEXT, _MOMENTS, _TEXT
)


@st.composite
def any_footprints(draw: st.DrawFn) -> Footprint:
    """Footprints as PACT can carry them: no lines, no second language, no label."""
    wanted = st.dictionaries(st.sampled_from(sorted(PARTS)), _DECIMALS)
    parts = {"fossil": draw(_DECIMALS), "fossil_carbon": draw(_DECIMALS), **draw(wanted)}
    signed = {name: value * PARTS[name].sign + 0 for name, value in parts.items()}
    start = draw(_MOMENTS)
    name = draw(_TEXT)
    return replace(
        footprint(parts=signed, lines=()),
        product=Product(name, ("urn:gtin:4006381333931", f"urn:example:{len(name)}"),
                        description=draw(_TEXT)),
        id=draw(st.uuids()), preceding=tuple(draw(st.lists(st.uuids(), max_size=2, unique=True))),
        unit=draw(st.sampled_from(Unit)), amount=draw(_DECIMALS), mass=draw(_DECIMALS),
        start=start, end=start + timedelta(days=365),
        geography=draw(_GEOGRAPHIES), method=draw(_METHODS), quality=draw(_QUALITIES),
        verification=draw(_VERIFICATIONS), deprecated=draw(st.booleans()), comment=draw(_TEXT),
        packaging_included=draw(st.sampled_from([None, True, False])),
        valid_from=draw(st.none() | _MOMENTS), boundary_note=draw(_TEXT),
    )  # fmt: skip
