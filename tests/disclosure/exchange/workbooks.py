"""Small VSME workbooks with the named ranges of the real template, filled as a test likes."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from disclosure.exchange.vsme_taxonomy import range_names

META = {
    "template_currency": "EUR",
    "template_reporting_entity_identifier": "X1",
    "template_reporting_entity_name": "Sample firm",
    "template_reporting_period_enddate": "2025-12-31",
    "template_reporting_period_startdate": "2025-01-01",
    "template_reporting_schemaRef": "https://xbrl.efrag.org/taxonomy/vsme/2026-05-01/vsme-all.xsd",
    "template_reporting_template_version": "1.3.0",
}
BLOCKS = {
    "ListOfSitesTable": "C400:H402", "IdentifierOfSiteTypedAxis": "C400:C402",
    "AddressOfSite": "D400:D402", "PostalCodeOfSite": "E400:E402", "CityOfSite": "F400:F402",
    "CountryOfSite": "G400:G402", "GPSLocationOfSite": "H400:H402",
    "SitesInBiodiversitySensitiveAreasTable": "C410:F411",
    "AreaOfSiteInBiodiversitySensitiveArea": "D410:D411",
    "SiteLocatedInABiodiversitySensitiveArea": "E410:E411",
    "TypeOfWasteAxis": "D420:D422", "WasteDirectedToDisposalMass_unit": "E420:E422",
    "WasteDirectedToDisposalVolume_unit": "E420:E422",
    "WasteDirectedToDisposalMass": "F420:F422", "WasteDirectedToDisposalVolume": "F420:F422",
    "NaceSectorClassificationCodes": "E430:E432",
    "TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce": "D440:D441",
    "SustainabilityIssueAddressedByPracticePolicyAndOrFutureInitiative": "D451:E451",
    "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation": "E460:E461",
}  # fmt: skip


def places() -> dict[str, str]:
    """Say where each named range lies; single cells in column B."""
    names = sorted({*range_names(), *META})
    single = {name: f"B{row}" for row, name in enumerate(names, 1)}
    return {**single, **BLOCKS}


def workbook(
    path: Path, cells: dict[str, Any], *, drop: str = "", target: str = "", more: str = ""
) -> Path:
    """Write a workbook; keys of `cells` are range names or cell places.

    `drop` leaves a name out; with `target` the name points there instead; `more` is added.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    where = places()
    for name, value in {**META, **cells}.items():
        sheet[where.get(name, name).partition(":")[0]] = value
    for name, place in where.items():
        if name != drop or target:
            area = ":".join(f"$${each}" for each in place.split(":")).replace("$$", "")
            shown = target if name == drop else f"Data!{area}"
            book.defined_names[name] = DefinedName(name, attr_text=shown)
    if more:
        book.defined_names[more] = DefinedName(more, attr_text="Data!$A$1")
    book.save(path)
    return path
