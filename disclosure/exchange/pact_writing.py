"""PACT v3 ProductFootprint records, written: what `read_pact` reads back equal.

PACT counts from cradle to gate, so a cradle-to-grave footprint is not written: its reader would
count the use phase twice.
"""

from typing import Any

from disclosure.exchange.pact_names import DQI, RECORD, SPEC_VERSION, STATUSES
from disclosure.exchange.pact_values import write_moment
from disclosure.footprint import Footprint, ProductRule, Verification
from disclosure.footprint_terms import PARTS, Boundary
from disclosure.values import FactError


def write_pact(footprint: Footprint) -> dict[str, Any]:
    """Write a record; FactError for a footprint that goes beyond the factory gate."""
    if footprint.boundary is not Boundary.GATE:
        raise FactError("boundary", "beyond_pact")
    return attributes(footprint)


def attributes(footprint: Footprint) -> dict[str, Any]:
    """All attributes under PACT's names, whatever the boundary; what is not stated is absent."""
    product = footprint.product
    record = {
        "id": str(footprint.id),
        "specVersion": SPEC_VERSION,
        "precedingPfIds": [str(each) for each in footprint.preceding],
        "created": write_moment(footprint.created),
        "status": STATUSES[footprint.deprecated],
        "validityPeriodStart": footprint.valid_from and write_moment(footprint.valid_from),
        "validityPeriodEnd": footprint.valid_until and write_moment(footprint.valid_until),
        "companyName": footprint.company.name,
        "companyIds": list(footprint.company.ids),
        "productDescription": product.description,
        "productIds": list(product.ids),
        "productClassifications": list(product.classifications),
        "productNameCompany": product.name,
        "comment": footprint.comment,
        "pcf": _write_carbon(footprint),
        "extensions": [dict(each) for each in footprint.extensions],
    }
    return {key: value for key, value in record.items() if value or key in RECORD}


def _write_carbon(made: Footprint) -> dict[str, Any]:
    method, quality = made.method, made.quality
    pcf: dict[str, Any] = {
        "declaredUnitOfMeasurement": str(made.unit),
        "declaredUnitAmount": f"{made.amount:f}",
        "productMassPerDeclaredUnit": f"{made.mass:f}",
        "referencePeriodStart": write_moment(made.start),
        "referencePeriodEnd": write_moment(made.end),
        "geographyRegionOrSubregion": made.geography.region,
        "geographyCountry": made.geography.country,
        "geographyCountrySubdivision": made.geography.subdivision,
        "boundaryProcessesDescription": made.boundary_note,
        "pcfExcludingBiogenicUptake": f"{made.excluding:f}",
        "pcfIncludingBiogenicUptake": f"{made.including:f}",
        **{PARTS[name].pact: f"{value:f}" for name, value in made.parts.items()},
        "packagingEmissionsIncluded": made.packaging_included,
        "ccsTechnologicalCO2CaptureIncluded": made.ccs_included,
        "technologicalCO2CaptureOrigin": made.capture_origin,
        "ccuCalculationApproach": made.ccu_approach,
        "ccuCreditCertification": made.ccu_certificate,
        "ipccCharacterizationFactors": list(method.gwp),
        "crossSectoralStandards": list(method.standards),
        "productOrSectorSpecificRules": [_write_rule(each) for each in method.rules],
        "exemptedEmissionsPercent": f"{method.exempted:f}",
        "exemptedEmissionsDescription": method.exempted_note,
        "allocationRulesDescription": method.allocation,
        "secondaryEmissionFactorSources": [
            {"name": name, "version": version} for name, version in method.sources
        ],
    }
    if quality.primary_share is not None:
        pcf["primaryDataShare"] = f"{quality.primary_share:f}"
    if quality.ratings is not None:
        pcf["dqi"] = {key: f"{value:f}" for key, value in zip(DQI, quality.ratings, strict=True)}
    if made.verification is not None:
        pcf["verification"] = _write_verification(made.verification)
    return {key: value for key, value in pcf.items() if value not in ("", None, [])}


def _write_rule(rule: ProductRule) -> dict[str, Any]:
    more = {"otherOperatorName": rule.other_operator} if rule.other_operator else {}
    return {"operator": rule.operator, "ruleNames": list(rule.names), **more}


def _write_verification(made: Verification) -> dict[str, Any]:
    written = {
        "coverage": made.coverage,
        "providerName": made.provider,
        "completedAt": made.completed_at and write_moment(made.completed_at),
        "standardName": made.standard,
        "comments": made.comments,
    }
    return {key: value for key, value in written.items() if value}
