"""The VSME facts a climate disclosure states: only what means the same, in the taxonomy's units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from disclosure.exchange.ixbrl import SCHEMES, Filing
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.vsme_taxonomy import concepts
from disclosure.facts import Disclosure
from disclosure.values import Quantity

_ENERGY_AXIS = "vsme:BreakdownOfEnergyConsumptionAxis"
_SITE_AXIS = "vsme:IdentifierOfSiteTypedAxis"
_TONNES = {
    "GrossScope1GreenhouseGasEmissions": ("EMS-01", "value"),
    "GrossLocationBasedScope2GreenhouseGasEmissions": ("EMS-05", "value"),
    "GrossMarketBasedScope2GreenhouseGasEmissions": ("EMS-06", "emissions"),
    "GrossScope3GreenhouseGasEmissions": ("EMS-08", "value"),
    "TotalGrossLocationBasedScope1AndScope2GHGEmissions": ("EMS-07", "location"),
    "TotalGrossMarketBasedScope1AndScope2GHGEmissions": ("EMS-07", "market"),
}
_MONEY = {
    "Turnover": "GEN-05",
    "Assets": "GEN-07",
    "TotalRevenuesDerivedFromFossilFuelCoalOilAndGasSector": "FIN-04",
}
_INTENSITY = {
    "Scope1AndScope2GreenhouseGasEmissionsIntensityValueLocationBased": "location",
    "Scope1AndScope2GreenhouseGasEmissionsIntensityValueMarketBased": "market",
}
_BY_RENEWABLE = {
    "EnergyConsumptionFromElectricity": "ENE-02",
    "EnergyConsumptionFromFuels": "ENE-04",
}
_MEMBERS = {
    "renewable": {_ENERGY_AXIS: "vsme:RenewableEnergyMember"},
    "non_renewable": {_ENERGY_AXIS: "vsme:NonRenewableEnergyMember"},
    "total": {},
}
_METHODS = {
    "average": "vsme:AverageDuringTheReportingPeriodMember",
    "year_end": "vsme:AtTheEndOfTheReportingPeriodMember",
}


def filing_of(disclosure: Disclosure) -> Filing:
    """Return what a disclosure states, as a filing."""
    who, period = disclosure.organisation, disclosure.period
    return Filing(
        name=who.name,
        scheme=SCHEMES[who.scheme if who.number else "OTHER"],
        identifier=who.number or who.id,
        start=period.start,
        end=period.end,
        facts=facts_of(disclosure),
    )


def facts_of(disclosure: Disclosure) -> tuple[VsmeFact, ...]:
    """List the facts in the order of the standard's modules."""
    maker = _Maker(disclosure.period.start, disclosure.period.end)
    return (
        *_money(disclosure, maker),
        *_people(disclosure, maker),
        *_sites(disclosure, maker),
        *_energy(disclosure, maker),
        *_emissions(disclosure, maker),
        *_targets(disclosure, maker),
    )


@dataclass(frozen=True)
class _Maker:
    """Makes facts of one period."""

    start: date
    end: date

    def __call__(
        self, name: str, lexical: str, unit: str | None = None, **dimensions: str
    ) -> VsmeFact:
        period = f"{self.start}/{self.end}"
        if concepts()[name].period == "instant":
            period = self.end.isoformat()
        given = {key: value for key, value in dimensions.items() if value}
        return VsmeFact(f"vsme:{name}", lexical, lexical, unit, period, given)


def _money(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    for name, datapoint in _MONEY.items():
        found = disclosure.value(datapoint)
        if isinstance(found, Quantity):
            yield make(name, _plain(found.canonical), f"iso4217:{found.canonical_unit}")


def _people(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    count, method = (disclosure.value("GEN-08", part) for part in ("count", "method"))
    if isinstance(count, int):
        yield make("NumberOfEmployees", str(count), "xbrli:pure")
    if isinstance(method, str) and method in _METHODS:
        yield make("EmployeeCountingMethodology", _METHODS[method])


def _sites(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    for number, row in enumerate(disclosure.rows("GEN-10"), 1):
        key = {_SITE_AXIS: str(number)}
        if isinstance(address := row.get("address"), str):
            yield make("AddressOfSite", address, **key)
        north, east = row.get("latitude"), row.get("longitude")
        if isinstance(north, Quantity) and isinstance(east, Quantity):
            yield make("GPSLocationOfSite", f"{north.amount}, {east.amount}", **key)


def _energy(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    for name, datapoint in _BY_RENEWABLE.items():
        for part, dimensions in _MEMBERS.items():
            yield from _amount(disclosure, make, name, (datapoint, part), **dimensions)
    name = "EnergyConsumptionFromSelfGeneratedElectricity"
    yield from _amount(disclosure, make, name, ("ENE-03", "value"))
    yield from _amount(disclosure, make, "TotalEnergyConsumption", ("ENE-01", "value"))


def _amount(
    disclosure: Disclosure, make: _Maker, name: str, where: tuple[str, str], **dimensions: str
) -> Iterator[VsmeFact]:
    amount = disclosure.amount(*where, unit="MWh")
    if amount is not None:
        yield make(name, _plain(amount), "utr:MWh", **dimensions)


def _emissions(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    stated = {
        name: tonnes
        for name, where in _TONNES.items()
        if (tonnes := disclosure.amount(*where, unit="tCO2e")) is not None
    }
    scope_3 = stated.get("GrossScope3GreenhouseGasEmissions")
    for method in ("Location", "Market"):
        both = stated.get(f"TotalGross{method}BasedScope1AndScope2GHGEmissions")
        if both is not None and scope_3 is not None:
            stated[f"TotalGross{method}BasedGHGEmissions"] = both + scope_3
    for name, tonnes in stated.items():
        yield make(name, _plain(tonnes), "utr:tCO2e")
    for name, part in _INTENSITY.items():
        found = disclosure.value("EMS-11", part)
        if isinstance(found, Quantity):
            currency = found.canonical_unit.partition("/")[2]
            yield make(name, _plain(found.canonical), f"utr:tCO2e/iso4217:{currency}")


def _targets(disclosure: Disclosure, make: _Maker) -> Iterator[VsmeFact]:
    target = next((each for each in disclosure.targets() if each.datapoint == "TGT-01"), None)
    if target is not None:
        yield make("GreenhouseGasEmissionReductionTargetBaseYear", str(target.base_year))
        yield make("GreenhouseGasEmissionReductionTargetYear", str(target.target_year))


def _plain(number: Decimal) -> str:
    """Write a number without exponent and without a fraction of zeros only."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
