"""What a VSME workbook answers of the climate questionnaire.

Only what means the same is taken over; percentages, texts and derived totals are not.
"""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.answers import Answer
from disclosure.datapoints import climate
from disclosure.exchange.vsme_fact import VsmeFact, VsmeReport
from disclosure.units import CURRENCIES
from disclosure.values import Parts, Quantity, Value

_UNITS = {"utr:tCO2e": "tCO2e", "utr:MWh": "MWh"}
_AMOUNTS = {
    "GEN-05": {"value": ("Turnover", "")},
    "GEN-07": {"value": ("Assets", "")},
    "EMS-01": {"value": ("GrossScope1GreenhouseGasEmissions", "")},
    "EMS-05": {"value": ("GrossLocationBasedScope2GreenhouseGasEmissions", "")},
    "EMS-06": {"emissions": ("GrossMarketBasedScope2GreenhouseGasEmissions", "")},
    "EMS-08": {"value": ("GrossScope3GreenhouseGasEmissions", "")},
    "ENE-01": {"value": ("TotalEnergyConsumption", "")},
    "ENE-02": {
        "renewable": ("EnergyConsumptionFromElectricity", "RenewableEnergyMember"),
        "non_renewable": ("EnergyConsumptionFromElectricity", "NonRenewableEnergyMember"),
        "total": ("EnergyConsumptionFromElectricity", ""),
    },
    "ENE-03": {"value": ("EnergyConsumptionFromSelfGeneratedElectricity", "")},
    "ENE-04": {
        "renewable": ("EnergyConsumptionFromFuels", "RenewableEnergyMember"),
        "non_renewable": ("EnergyConsumptionFromFuels", "NonRenewableEnergyMember"),
        "total": ("EnergyConsumptionFromFuels", ""),
    },
    "FIN-04": {"value": ("TotalRevenuesDerivedFromFossilFuelCoalOilAndGasSector", "")},
}
_METHODS = {
    "vsme:AverageDuringTheReportingPeriodMember": "average",
    "vsme:AtTheEndOfTheReportingPeriodMember": "year_end",
}
_SCOPES = ("GrossScope1GreenhouseGasEmissions", "GrossLocationBasedScope2GreenhouseGasEmissions")


def answers_of(report: VsmeReport) -> dict[str, Answer]:
    """Return the answers a workbook gives; amounts keep their units and currency."""
    found = {(each.concept.removeprefix("vsme:"), _member(each)): each for each in report.facts}
    answers = {
        datapoint: Answer.of(climate()[datapoint], parts)
        for datapoint, places in _AMOUNTS.items()
        if (parts := dict(_quantities(places, found)))
    }
    answers |= {key: Answer.of(climate()[key], parts) for key, parts in _others(found)}
    if sites := tuple(_sites(report)):
        answers["GEN-10"] = Answer.of(climate()["GEN-10"], rows=sites)
    return answers


_Found = dict[tuple[str, str], VsmeFact]


def _quantities(places: dict[str, tuple[str, str]], found: _Found) -> Iterator[tuple[str, Value]]:
    for part, place in places.items():
        fact = found.get(place)
        if fact is not None and (unit := _unit(fact)):
            yield part, Quantity(_limited(Decimal(fact.lexical)), unit)


def _others(found: _Found) -> Iterator[tuple[str, Parts]]:
    staff, method = (
        found.get(("NumberOfEmployees", "")),
        found.get(("EmployeeCountingMethodology", "")),
    )
    if staff and Decimal(staff.lexical) % 1 == 0:
        parts: dict[str, Value] = {"count": int(Decimal(staff.lexical))}
        yield "GEN-08", parts | ({"method": _METHODS[method.lexical]} if method else {})
    base = [found.get((name, "BaselineYearMember")) for name in _SCOPES]
    year = found.get(("GreenhouseGasEmissionReductionTargetBaseYear", ""))
    if year and all(base):
        total = sum((Decimal(each.lexical) for each in base if each), Decimal(0))
        yield "BND-05", {"year": int(year.lexical), "emissions": Quantity(total, "tCO2e")}


def _sites(report: VsmeReport) -> Iterator[Parts]:
    sites: dict[str, dict[str, str]] = {}
    for fact in report.facts:
        if site := fact.dimensions.get("vsme:IdentifierOfSiteTypedAxis"):
            sites.setdefault(site, {})[fact.concept.removeprefix("vsme:")] = fact.value
    for number, given in sites.items():
        lines = ("AddressOfSite", "PostalCodeOfSite", "CityOfSite", "CountryOfSite")
        address = ", ".join(given[line] for line in lines if line in given)
        if address:
            yield {"name": f"Site {number}", "address": address[:200]}


def _limited(amount: Decimal) -> Decimal:
    """Keep the twelve decimals an answer may hold: a spreadsheet's sixteenth digit is noise."""
    exponent = amount.as_tuple().exponent
    return round(amount, 12) if isinstance(exponent, int) and exponent < -12 else amount


def _member(fact: VsmeFact) -> str:
    return " ".join(sorted(fact.dimensions.values())).removeprefix("vsme:")


def _unit(fact: VsmeFact) -> str:
    unit = fact.unit or ""
    currency = unit.removeprefix("iso4217:")
    return _UNITS.get(unit, currency if currency in CURRENCIES else "")
