"""PACT v3 ProductFootprint records, read: nothing lost and nothing guessed.

Decimals are strings. An attribute that is unknown, or that version 3 removed, is refused by path
with what replaced it.
"""

from collections.abc import Mapping
from typing import Any

from disclosure.exchange.pact_names import (
    DQI,
    PCF,
    PCF_MORE,
    RECORD,
    RECORD_MORE,
    REMOVED,
    STATUSES,
)
from disclosure.exchange.pact_values import (
    choice,
    decimal,
    given_text,
    many,
    moment,
    optional_decimal,
    optional_flag,
    optional_moment,
    strings,
    urns,
    uuid,
)
from disclosure.footprint import (
    Company,
    DataQuality,
    Footprint,
    Geography,
    Method,
    Product,
    ProductRule,
    Verification,
)
from disclosure.footprint_terms import PARTS, Unit
from disclosure.values import FactError, read_fields, read_text

_LONGEST = 20_000
_COVERAGES = ("PCF calculation model", "PCF program", "product level")
_OPERATORS = ("PEF", "EPD International", "Other")


def read_pact(raw: Any) -> Footprint:
    """Read a record; FactError names the path and what to do."""
    given = read_fields(raw, "footprint", {"specVersion"}, None)
    _refuse_version(given["specVersion"])
    given = _attributes(raw, "footprint", RECORD, RECORD_MORE)
    pcf = _attributes(given["pcf"], "pcf", PCF, PCF_MORE)
    return Footprint(
        id=uuid(given["id"], "id"),
        created=moment(given["created"], "created"),
        deprecated=choice(given["status"], "status", STATUSES) == "Deprecated",
        preceding=tuple(uuid(each, "precedingPfIds") for each in many(given, "precedingPfIds")),
        company=Company(
            read_text(given["companyName"], "companyName", 500),
            urns(given["companyIds"], "companyIds"),
        ),
        product=_product(given),
        valid_from=optional_moment(given, "validityPeriodStart"),
        valid_until=optional_moment(given, "validityPeriodEnd"),
        comment=given_text(given, "comment", _LONGEST),
        extensions=tuple(_extension(each) for each in many(given, "extensions")),
        **_carbon(pcf),
    )


def _refuse_version(version: object) -> None:
    if not isinstance(version, str) or version.split(".")[0] != "3":
        raise FactError("specVersion", "record_version", given=repr(version)[:40])


def _attributes(raw: Any, where: str, needed: set[str], more: set[str]) -> dict[str, Any]:
    if isinstance(raw, dict):
        for name in raw:
            if name in REMOVED and name not in needed | more:
                raise FactError(f"{where}.{name}", "removed_attribute", instead=REMOVED[name])
    given = read_fields(raw, where, needed, more)
    return {name: value for name, value in given.items() if value is not None or name in needed}


def _product(given: dict[str, Any]) -> Product:
    named = given.get("productClassifications")
    return Product(
        name=read_text(given["productNameCompany"], "productNameCompany", 500),
        ids=urns(given["productIds"], "productIds"),
        description=given_text(given, "productDescription", _LONGEST),
        classifications=() if named is None else urns(named, "productClassifications"),
    )


def _carbon(pcf: dict[str, Any]) -> dict[str, Any]:
    read = {name: optional_decimal(pcf, part.pact) for name, part in PARTS.items()}
    return {
        "unit": Unit(choice(pcf["declaredUnitOfMeasurement"], "pcf.declaredUnitOfMeasurement",
                            tuple(Unit))),
        "amount": decimal(pcf["declaredUnitAmount"], "pcf.declaredUnitAmount"),
        "mass": decimal(pcf["productMassPerDeclaredUnit"], "pcf.productMassPerDeclaredUnit"),
        "start": moment(pcf["referencePeriodStart"], "pcf.referencePeriodStart"),
        "end": moment(pcf["referencePeriodEnd"], "pcf.referencePeriodEnd"),
        "geography": Geography(
            given_text(pcf, "geographyRegionOrSubregion", 60),
            given_text(pcf, "geographyCountry", 60),
            given_text(pcf, "geographyCountrySubdivision", 60),
        ),
        "boundary_note": given_text(pcf, "boundaryProcessesDescription", _LONGEST),
        "parts": {name: value for name, value in read.items() if value is not None},
        "excluding": decimal(pcf["pcfExcludingBiogenicUptake"], "pcf.pcfExcludingBiogenicUptake"),
        "including": decimal(pcf["pcfIncludingBiogenicUptake"], "pcf.pcfIncludingBiogenicUptake"),
        "packaging_included": optional_flag(pcf, "packagingEmissionsIncluded"),
        "ccs_included": optional_flag(pcf, "ccsTechnologicalCO2CaptureIncluded"),
        "capture_origin": given_text(pcf, "technologicalCO2CaptureOrigin", _LONGEST),
        "ccu_approach": given_text(pcf, "ccuCalculationApproach", 20),
        "ccu_certificate": given_text(pcf, "ccuCreditCertification", 500),
        "method": _method(pcf),
        "quality": _quality(pcf),
        "verification": _verification(pcf["verification"]) if "verification" in pcf else None,
    }  # fmt: skip


def _method(pcf: dict[str, Any]) -> Method:
    return Method(
        standards=strings(pcf["crossSectoralStandards"], "pcf.crossSectoralStandards"),
        gwp=strings(pcf["ipccCharacterizationFactors"], "pcf.ipccCharacterizationFactors"),
        rules=tuple(_rule(each) for each in many(pcf, "productOrSectorSpecificRules")),
        exempted=decimal(pcf["exemptedEmissionsPercent"], "pcf.exemptedEmissionsPercent"),
        exempted_note=given_text(pcf, "exemptedEmissionsDescription", _LONGEST),
        allocation=given_text(pcf, "allocationRulesDescription", _LONGEST),
        sources=tuple(_source(each) for each in many(pcf, "secondaryEmissionFactorSources")),
    )


def _rule(raw: Any) -> ProductRule:
    where = "pcf.productOrSectorSpecificRules"
    given = read_fields(raw, where, {"operator", "ruleNames"}, {"otherOperatorName"})
    return ProductRule(
        choice(given["operator"], where, _OPERATORS),
        strings(given["ruleNames"], where),
        given_text(given, "otherOperatorName", 500),
    )


def _source(raw: Any) -> tuple[str, str]:
    where = "pcf.secondaryEmissionFactorSources"
    given = read_fields(raw, where, {"name", "version"}, set())
    return read_text(given["name"], where, 500), read_text(given["version"], where, 200)


def _quality(pcf: dict[str, Any]) -> DataQuality:
    share = optional_decimal(pcf, "primaryDataShare")
    if "dqi" not in pcf:
        return DataQuality(share)
    given = read_fields(pcf["dqi"], "pcf.dqi", set(DQI), set())
    one, two, three = (decimal(given[key], f"pcf.dqi.{key}") for key in DQI)
    return DataQuality(share, (one, two, three))


def _verification(raw: Any) -> Verification:
    where = "pcf.verification"
    more = {"coverage", "providerName", "completedAt", "standardName", "comments"}
    given = read_fields(raw, where, set(), more)
    coverage = given.get("coverage")
    return Verification(
        provider=given_text(given, "providerName", 500),
        coverage="" if coverage is None else choice(coverage, where, _COVERAGES),
        standard=given_text(given, "standardName", 500),
        completed_at=optional_moment(given, "completedAt"),
        comments=given_text(given, "comments", _LONGEST),
    )


def _extension(raw: Any) -> Mapping[str, object]:
    needed = {"specVersion", "dataSchema", "data"}
    return read_fields(raw, "extensions", needed, {"documentation"})
