"""The VSME taxonomy as far as reading needs it: types, periods, dimensions, labels.

Condensed tables with their origin stand in `vsme/`.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FOLDER = files("disclosure") / "exchange" / "vsme"
RENAMED = {
    "NumberOfPermanentContactEmployees": "NumberOfPermanentContractEmployees",
    "MostSeniorLevelAccountableForImplementationOfPracticesPoliciesAndOrFutureInitiatives":
        "MostSeniorLevelAccountableForImplementationOfPolicies",
    "DescriptionOfTheEffectiveParticipationOfWorkersUsersOrOtherinterestedPartiesOrCommunities"
    "InGovernance":
        "DescriptionOfTheEffectiveParticipationOfWorkersUsersOrOtherInterestedPartiesOr"
        "CommunitiesInGovernance",
    "WasteTable": "WasteGeneratedTable",
}  # fmt: skip
"""Names of the taxonomy of 2024-12-17 (templates 1.0.x) and what they are called since."""
OLDER = "2024-12-17"
DEFAULT_MEMBERS = frozenset({"TotalRenewableAndNonRenewableEnergyMember", "CurrentlyStatedMember"})
AXIS_OF_MEMBER = {
    "RenewableEnergyMember": "vsme:BreakdownOfEnergyConsumptionAxis",
    "NonRenewableEnergyMember": "vsme:BreakdownOfEnergyConsumptionAxis",
    "BaselineYearMember": "vsme:ReportingScopesAxis",
    "TargetYearMember": "vsme:ReportingScopesAxis",
}
UNITS = {
    "area": "utr:ha",
    "energy": "utr:MWh",
    "ghgEmissions": "utr:tCO2e",
    "mass": "utr:t",
    "percent": "xbrli:pure",
    "volume": "utr:m3",
    "decimal": "xbrli:pure",
}
FITTING = {
    "mass": frozenset({"t", "kg"}),
    "volume": frozenset({"m3"}),
    "area": frozenset({"ha", "sqm"}),
}
NUMERIC = frozenset({*UNITS, "monetary", "ghgEmissionsPerMonetary"})
_CELL_LABELS = {
    "Option A (Basic Module only)": "Basic Module (only)",
    "Sustainability report prepared on a consolidated basis": "Consolidated",
    "Sustainability report prepared on an individual basis": "Individual",
    "As an average across the reporting period": "Average during the reporting period",
    "At the end of the reporting period": "At the end of reporting period",
    "other (please specify the legal form in the row below)": "Other undertakings legal form",
    "other? ( if yes, specify)": "Other content",
    "other? (if yes, specify)": "Other content",
    "Asbestos": "Abestos",
}  # fmt: skip
"""Words of the template's lists that differ from the labels of the taxonomy."""
_NACE = re.compile(r"NACE ([A-V])(?: - ([\d.]+))?\b")
_WASTE = re.compile(r"(\d\d) ?(\d\d) ?(\d\d)\*?(?: -)? (Non-Hazardous|Hazardous)")


@dataclass(frozen=True, slots=True)
class Concept:
    """A reportable concept: data type, `instant` or `duration`, members it may take."""

    name: str
    type: str
    period: str
    members: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name and its typed and explicit axes."""

    name: str
    typed: str
    explicit: str


@cache
def concepts() -> Mapping[str, Concept]:
    """Return the reportable concepts by local name."""
    return {
        row["concept"].removeprefix("vsme:"): Concept(
            row["concept"], row["type"], row["period"], row["members"]
        )
        for row in _rows("concepts.csv")
        if row["type"] != "domain"
    }


@cache
def tables() -> Mapping[str, Table]:
    """Return the table each concept of a table belongs to, by qualified concept name."""
    found: dict[str, Table] = {}
    for row in _rows("tables.csv"):
        for concept in row["concepts"].split():
            found[concept] = Table(row["table"], row["typed"], row["explicit"])
    return found


@cache
def range_names() -> Mapping[str, tuple[str, str]]:
    """Return the named ranges every template has, with sheet and place in template 1.3.0."""
    return {row["name"]: (row["sheet"], row["place"]) for row in _rows("names.csv")}


def member(label: str, allowed: str = "", *, older: bool = False) -> str | None:
    """Return the member a cell's words mean, None when unknown.

    `allowed`: the members of an enumeration, or `country:*` and `nace:*`. `older`: the workbook
    follows the taxonomy of 2024-12-17, whose waste list is not at hand: a code only known there
    stands for itself, `waste:W-101102-Non-Hazardous`.
    """
    text = label.strip()
    if found := _NACE.match(text):
        return _known(f"nace:NACE_{found[1]}{(found[2] or '').replace('.', '')}")
    if found := _WASTE.match(text):
        code = "".join(found.group(1, 2, 3))
        alone = f"waste:W-{code}-{found[4]}" if older else None
        return _waste_codes().get(code + found[4].lower(), alone)
    words = (text, _CELL_LABELS.get(text, text))
    names = [name for each in words for name in _labels().get(_folded(each), ())]
    fitting = [each for each in names if not allowed or _allows(allowed, each)]
    return fitting[0] if fitting else None


def is_member(name: str) -> bool:
    """Tell whether the taxonomy or one of its code lists has a member of this name."""
    return name in _names() or name in _label_of()


def label(name: str) -> str:
    """Return the English label of a member."""
    return _label_of()[name]


def _folded(text: str) -> str:
    """Fold a label so that dashes, spaces and capitals do not matter."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _allows(allowed: str, name: str) -> bool:
    if allowed.endswith("*"):
        return name.startswith(allowed[:-1])
    return name in allowed.split()


@cache
def _labels() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _label_of().items():
        found[_folded(words)] = (*found.get(_folded(words), ()), name)
    return found


@cache
def _label_of() -> Mapping[str, str]:
    rows = [(row["concept"], row["label"]) for row in _rows("concepts.csv")]
    rows += [(row["member"], row["label"]) for row in _rows("members.csv")]
    return {name: words for name, words in rows if words}


@cache
def _waste_codes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _rows("members.csv"):
        if match := re.match(r"waste:W-(\d{6})-(Non-Hazardous|Hazardous)", row["member"]):
            found[match[1] + match[2].lower()] = row["member"]
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(row["member"] for row in _rows("members.csv"))


def _known(name: str) -> str | None:
    return name if name in _names() else None


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_FOLDER / name).read_text("utf-8").splitlines()))
