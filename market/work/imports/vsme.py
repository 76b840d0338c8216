"""VSME workbooks: the report of one enterprise into a draft, fact by fact.

The enterprise is named by its registered id (`organisation`), else by the identifier in the
workbook's metadata. What it does not answer is left for the people of the enterprise.
"""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from disclosure.datapoints import current
from disclosure.exchange.vsme import read_vsme
from disclosure.exchange.vsme_answers import placed
from disclosure.exchange.vsme_fact import VsmeReport
from disclosure.exchange.workbook import WorkbookError
from disclosure.texts import Bilingual
from market.domain import disclosure_contents as contents
from market.enums import OrganisationKind, OrganisationStatus
from market.errors import MarketError
from market.extensions import db
from market.models import Organisation
from market.texts import language
from market.work.imports.own_disclosures import draft_of
from market.work.imports.report import FileRefused, Outcome, Report, RowRefused
from market.work.imports.sheets import head_of

IDENTIFIER = "template_reporting_entity_identifier"


def import_file(path: Path, *, limit_mb: int, organisation: str = "") -> Report:
    """Import a workbook as one disclosure; a fact without an answer is a warning with its cell."""
    head_of(path, limit_mb)
    read = _read(path)
    owner = _owner(organisation or read.identifier)
    report = Report()
    given = _answers(read, report)
    year = (read.start + (read.end - read.start) / 2).year  # as a filing's
    content = {"year": year, "answers": _taken(owner, year, given, report)}
    try:
        report.count(Outcome(draft_of(owner, content)), owner.id)
    except RowRefused as refused:
        report.skip(0, refused.column, refused.why)
    except MarketError as fact:
        report.skip(0, fact.field or IDENTIFIER, str(fact))
    db.session.commit()
    return report


def _read(path: Path) -> VsmeReport:
    try:
        with warnings.catch_warnings():  # openpyxl tells which drop-down lists it would not save
            warnings.simplefilter("ignore", UserWarning)
            return read_vsme(path)
    except WorkbookError as error:
        raise FileRefused(why=_told(error.told)) from error


def _owner(identifier: str) -> Organisation:
    number = identifier.strip()
    found = db.session.scalars(
        select(Organisation).where(
            Organisation.id_value.in_({number, number.upper()}),
            Organisation.status == OrganisationStatus.APPROVED,
        )
    ).all()
    owners = [each for each in found if each.is_a(OrganisationKind.ENTERPRISE)]
    if len(owners) != 1:
        told = lazy_gettext(
            "no approved enterprise has the id “%(number)s” (%(name)s);"
            " name it with --organisation."
        )
        raise FileRefused(why=told % {"number": number[:60], "name": IDENTIFIER})
    return owners[0]


def _answers(read: VsmeReport, report: Report) -> dict[str, Any]:
    """The answers of the workbook in their JSON form; what has no place is told."""
    put = placed(read)
    for fact, why in put.left:
        report.warn(0, f"{fact.concept} {fact.at}".strip(), why)
    period = {"start": read.start.isoformat(), "end": read.end.isoformat()}
    asked = current().datapoints
    return {
        contents.PERIOD: {"state": "value", "parts": period},
        **{
            key: answer.to_dict()
            for key, answer in put.answers.items()
            if not asked[key].header and not asked[key].calculated
        },
    }


def _taken(
    owner: Organisation, year: int, given: Mapping[str, Any], report: Report
) -> dict[str, Any]:
    """The answers a draft can hold; those out of bounds are told and left out."""
    try:
        contents.with_answers(contents.begin(owner, year), given)
    except contents.Refused as refused:
        for key, told in refused.problems.items():
            report.warn(0, key, _told(told))
        return {key: each for key, each in given.items() if key not in refused.problems}
    return dict(given)


def _told(text: Bilingual) -> str:
    return text.zh if language() == "zh" else text.en
