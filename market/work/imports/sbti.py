"""Companies taking action with the Science Based Targets initiative, and their targets."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from market.domain import disclosures, imported_organisations
from market.domain.queries import third_party
from market.enums import IdScheme, OrganisationKind, OrganisationStatus, SizeClass
from market.extensions import db
from market.models import Organisation
from market.texts import fold
from market.work.imports import cells, sbti_words
from market.work.imports.contents import content_of
from market.work.imports.report import Outcome, Report, RowRefused
from market.work.imports.runner import Importer, Taken
from market.work.imports.sbti_targets import TargetText, targets_in
from market.work.imports.sheets import Row

ID, NAME, TEXT = "sbti_id", "company_name", "full_target_language"
REQUIRED = (ID, NAME, TEXT, "near_term_status", "near_term_target_year", "date_updated")
_SCOPES = {1: ("scope_1", "范围一"), 2: ("scope_2_location", "范围二"), 3: ("scope_3", "范围三")}
_SCOPE_2_NOTE = "来源未说明范围二方法，不得视为市场法。"
_LONGEST_NAME, _LONGEST_METRIC, _LONGEST_NOTE = 120, 200, 5000
_SME = "SME"


def importer() -> Importer:
    """The importer of this file; it remembers what it could read for the closing remark."""
    reading = _Reading()
    return Importer(
        required=REQUIRED, take=reading.take, main_column=TEXT, conclude=reading.conclude
    )


class _Reading:
    """One run over the file."""

    def __init__(self) -> None:
        self.known: dict[str, str] | None = None  # LEI, ISIN or folded name -> organisation id
        self.texts = self.parsed = self.targets = self.matched = 0

    def take(self, row: Row) -> Taken:
        """One company: its organisation (found or made) and its targets."""
        line = row.cells
        if not line[ID] or not line[NAME]:
            empty = ID if not line[ID] else NAME
            raise RowRefused(empty, lazy_gettext("Fill this in."))
        targets = targets_in(line[TEXT])
        organisation, outcome = self._organisation(line)
        published = _publish(organisation, line, targets)
        if outcome != Outcome.IMPORTED and published != Outcome.UNCHANGED:
            outcome = Outcome.UPDATED
        self.texts += bool(line[TEXT])
        self.parsed += bool(targets)
        self.targets += len(targets)
        return Taken(Outcome(outcome), organisation.id, tuple(_remarks(line, targets)))

    def conclude(self, report: Report) -> None:
        """Say how much of the prose could be read."""
        told = lazy_gettext(
            "%(parsed)s of %(texts)s target texts could be read: %(targets)s targets."
            " %(matched)s companies were matched to organisations of other sources."
        )
        values = {name: getattr(self, name) for name in ("parsed", "texts", "targets", "matched")}
        report.warn(0, TEXT, told % values)

    def _organisation(self, line: Mapping[str, str]) -> tuple[Organisation, str]:
        found = self._match(line)
        if found is None:
            return imported_organisations.save(_details(line), source=sbti_words.SOURCE)
        if found.status != OrganisationStatus.UNCLAIMED:
            raise imported_organisations.KeptByItsMembers(name=found.name_zh)
        self.matched += 1
        return found, Outcome.UNCHANGED

    def _match(self, line: Mapping[str, str]) -> Organisation | None:
        """The organisation of another register with the same LEI, ISIN or English name."""
        if self.known is None:
            self.known = imported_organisations.names_and_numbers(without=IdScheme.SBTI)
        keys = (line.get("lei", ""), line.get("isin", ""), fold(line[NAME]))
        for key in keys:
            if key and key in self.known:
                return db.session.get(Organisation, self.known[key])
        return None


def _details(line: Mapping[str, str]) -> dict[str, Any]:
    industry, sector = sbti_words.SECTORS.get(line.get("sector", ""), ("", "other"))
    return {
        "id_scheme": IdScheme.SBTI,
        "id_value": line[ID],
        "kinds": [OrganisationKind.ENTERPRISE],
        "name_zh": line[NAME][:_LONGEST_NAME],
        "name_en": line[NAME][:200],
        "industry": industry,
        "focus_sector": sector,
        "size_class": SizeClass.MEDIUM
        if line.get("organization_type") == _SME
        else SizeClass.LARGE,
        "country": sbti_words.country(line.get("location", "")),
        "about_en": line.get("sector", ""),
        "isin": line.get("isin", "")[:12],
    }


def _publish(organisation: Organisation, line: Mapping[str, str], targets: list[TargetText]) -> str:
    """Targets join the latest disclosure another source collected, else stand on their own."""
    latest = third_party.latest(organisation.id)
    year, source = _year(line), sbti_words.SOURCE
    answers = _answers(line, targets)
    if latest is not None and latest.third_party_source:
        year, source = latest.year, latest.third_party_source
        if sbti_words.SOURCE not in source:
            source = f"{source}; {sbti_words.SOURCE}"
            answers = latest.content["answers"] | answers
        elif source != sbti_words.SOURCE:
            answers = latest.content["answers"] | answers
    content = content_of(organisation, year, answers)
    return disclosures.import_third_party(organisation, content, source=source)[1]


def _year(line: Mapping[str, str]) -> int:
    found = cells.years_in(line["date_updated"][:10])
    if not found:
        raise RowRefused("date_updated", lazy_gettext("Write a date such as 2026-12-31."))
    return found[0]


def _answers(line: Mapping[str, str], targets: list[TargetText]) -> dict[str, Any]:
    answers: dict[str, Any] = {"TGT-04": _status(line)}
    for datapoint, rows in (
        ("TGT-01", [_row(each) for each in targets if not each.metric]),
        ("TGT-02", [_row(each) for each in targets if each.metric]),
    ):
        if rows:
            note = f"{_SCOPE_2_NOTE}{line[TEXT]}"[:_LONGEST_NOTE]
            answers[datapoint] = {"state": "value", "rows": _distinct(rows), "note": note}
    years = cells.years_in(line.get("net_zero_year", ""))
    if line.get("net_zero_status") == "Targets set" and len(years) == 1:
        parts = {"kind": "net_zero", "target_year": years[0]}
        answers["TGT-03"] = {"state": "value", "parts": parts}
    return {key: answer for key, answer in answers.items() if answer}


def _status(line: Mapping[str, str]) -> dict[str, Any]:
    given = line["near_term_status"]
    classified = line.get("near_term_target_classification", "")
    code = STATUS_CODES.get(given) or sbti_words.STATUSES.get(classified)
    removed = line.get("reason_for_extension_or_removal", "")
    note = "；".join(each for each in (given, classified, removed) if each)
    if code is None:
        return {}
    return {"state": "value", "parts": {"value": code}, "note": note}


STATUS_CODES = {"Committed": "committed", "Commitment removed": "none"}
"""Companies without an approved target; approved ones go by their classification."""


def _row(target: TargetText) -> dict[str, Any]:
    scopes = [_SCOPES[number] for number in target.scopes]
    row: dict[str, Any] = {
        "name": f"{'、'.join(name for _, name in scopes)} {target.target_year}",
        "scopes": [code for code, _ in scopes],
        "base_year": target.base_year,
        "target_year": target.target_year,
        "reduction": {"amount": f"{target.reduction:f}", "unit": "%"},
    }
    if target.metric:
        row["metric"] = target.metric[:_LONGEST_METRIC]
    return row


def _distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Names are keys: a second target of the same scopes and year is numbered."""
    seen: dict[str, int] = {}
    for row in rows:
        name = row["name"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            row["name"] = f"{name}（{seen[name]}）"
    return rows


def _remarks(line: Mapping[str, str], targets: list[TargetText]) -> list[tuple[str, object]]:
    if not line[TEXT]:
        return []
    if not targets:
        return [(TEXT, lazy_gettext("No reduction target could be read from this text."))]
    due = set(cells.years_in(line["near_term_target_year"].replace("FY", " ")))
    if due and not due & {each.target_year for each in targets}:
        told = lazy_gettext("The column says %(year)s; the text names another target year.")
        return [("near_term_target_year", told % {"year": line["near_term_target_year"]})]
    return []
