"""The formats that can be imported, and the templates that can be written: a contents page."""

from collections.abc import Callable
from pathlib import Path

from market.work.imports import (
    activity,
    official,
    own_disclosures,
    own_listings,
    sbti,
    tw_disclosure,
    vsme,
)
from market.work.imports.own_columns import Column
from market.work.imports.report import Report
from market.work.imports.runner import Importer, run

# Each takes the name of the file, which becomes the source of what is not first-hand.
FORMATS: dict[str, Callable[[str], Importer]] = {
    "enterprises": own_listings.enterprises,
    "disclosures": own_disclosures.importer,
    "products": own_listings.product_importer,
    "needs": own_listings.need_importer,
    "technologies": own_listings.technology_importer,
    "tw-disclosure": lambda _file: tw_disclosure.importer(),
    "sbti": lambda _file: sbti.importer(),
    "gbt4754": lambda _file: official.industries(),
    "districts": lambda _file: official.districts(),
}

TEMPLATES: dict[str, Callable[[], list[Column]]] = {
    "enterprises": own_listings.enterprise_columns,
    "disclosures": own_disclosures.columns,
    "products": own_listings.product_columns,
    "needs": own_listings.need_columns,
    "technologies": own_listings.technology_columns,
    "activity": activity.columns,
}


def import_file(path: Path, name: str, *, limit_mb: int, organisation: str = "") -> Report:
    """Import a file of a named format; FileRefused says why nothing of it could be read.

    `organisation` is the registered id of the enterprise a VSME workbook is about.
    """
    if name == "vsme":  # one enterprise's workbook, no rows
        return vsme.import_file(path, limit_mb=limit_mb, organisation=organisation)
    if name == "activity":  # by the thousand: no statement a row
        return activity.import_file(path, limit_mb=limit_mb)
    return run(path, FORMATS[name](path.name), limit_mb=limit_mb)
