"""The attributes of PACT v3 records: required, optional, and those that version 3 removed."""

from collections.abc import Mapping

from disclosure.footprint_terms import PARTS

SPEC_VERSION = "3.0.4"
STATUSES = ("Active", "Deprecated")
DQI = ("technologicalDQR", "geographicalDQR", "temporalDQR")
RECORD = {
    "id", "specVersion", "created", "status", "companyName", "companyIds", "productDescription",
    "productIds", "productNameCompany", "pcf",
}  # fmt: skip
RECORD_MORE = {
    "precedingPfIds", "validityPeriodStart", "validityPeriodEnd", "productClassifications",
    "comment", "extensions",
}  # fmt: skip
PCF = {
    "declaredUnitOfMeasurement", "declaredUnitAmount", "productMassPerDeclaredUnit",
    "referencePeriodStart", "referencePeriodEnd", "pcfExcludingBiogenicUptake",
    "pcfIncludingBiogenicUptake", "fossilGhgEmissions", "fossilCarbonContent",
    "ipccCharacterizationFactors", "crossSectoralStandards", "exemptedEmissionsPercent",
}  # fmt: skip
PCF_MORE = {
    *(part.pact for part in PARTS.values()), "geographyRegionOrSubregion", "geographyCountry",
    "geographyCountrySubdivision", "boundaryProcessesDescription", "packagingEmissionsIncluded",
    "ccsTechnologicalCO2CaptureIncluded", "technologicalCO2CaptureOrigin", "ccuCalculationApproach",
    "ccuCreditCertification", "productOrSectorSpecificRules", "exemptedEmissionsDescription",
    "allocationRulesDescription", "secondaryEmissionFactorSources", "primaryDataShare", "dqi",
    "verification",
} - PCF  # fmt: skip
REMOVED: Mapping[str, str] = {
    "version": "id", "updated": "created", "statusComment": "comment",
    "productCategoryCpc": "productClassifications", "assurance": "verification",
    "biogenicCarbonWithdrawal": "biogenicCO2Uptake",
    "characterizationFactors": "ipccCharacterizationFactors",
    "ipccCharacterizationFactorsSources": "ipccCharacterizationFactors",
    "crossSectoralStandardsUsed": "crossSectoralStandards",
    "dLucGhgEmissions": "landUseChangeGhgEmissions", "iLucGhgEmissions": "landCarbonLeakage",
    "declaredUnit": "declaredUnitOfMeasurement", "unitaryProductAmount": "declaredUnitAmount",
    "landManagementGhgEmissions": "landManagementBiogenicCO2Emissions",
    "otherBiogenicGhgEmissions": "biogenicNonCO2Emissions",
    "pCfExcludingBiogenic": "pcfExcludingBiogenicUptake",
    "pCfIncludingBiogenic": "pcfIncludingBiogenicUptake",
    "biogenicAccountingMethodology": "comment", "uncertaintyAssessmentDescription": "comment",
}  # fmt: skip
"""What version 3 removed or renamed -> what to use instead."""
