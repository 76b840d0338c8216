import json
import os
import re
import warnings
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure.__main__ import main
from disclosure.answers import Answer
from disclosure.datapoints import current
from disclosure.exchange import workbook as workbooks
from disclosure.exchange.vsme import read_vsme
from disclosure.exchange.vsme_answers import answers_of
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.vsme_taxonomy import member
from disclosure.exchange.workbook import WorkbookError
from tests.disclosure.exchange.workbooks import workbook
from tests.disclosure.samples import q

REAL = Path(os.environ.get("TANQIAO_REAL_DATA", "../shared/data")) / "vsme"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"


def facts(path: Path, cells: dict[str, Any]) -> dict[str, list[VsmeFact]]:
    found: dict[str, list[VsmeFact]] = {}
    for fact in read_vsme(workbook(path, cells)).facts:
        found.setdefault(fact.concept.removeprefix("vsme:"), []).append(fact)
    return found


def only(path: Path, name: str, value: object) -> VsmeFact:
    (fact,) = facts(path, {name: value})[name.partition("_")[0]]
    return fact


def test_empty_workbook_states_nothing(book: Path) -> None:
    report = read_vsme(workbook(book, {}))
    assert (report.facts, report.entity, report.currency) == ((), "Sample firm", "EUR")


@pytest.mark.parametrize(
    ("name", "value", "unit", "period"),
    [
        ("GrossScope1GreenhouseGasEmissions", 12.5, "utr:tCO2e", "2025-01-01/2025-12-31"),
        ("TotalEnergyConsumption", 0, "utr:MWh", "2025-01-01/2025-12-31"),
        ("Turnover", 1000, "iso4217:EUR", "2025-01-01/2025-12-31"),
        ("NumberOfEmployees", 7, "xbrli:pure", "2025-12-31"),
        (
            "TotalLocationBasedGreenhouseGasEmissionsIntensityValue", 0.1,
            "utr:tCO2e/iso4217:EUR", "2025-01-01/2025-12-31",
        ),
    ],
)  # fmt: skip
def test_figure_has_the_unit_and_period_of_its_concept(
    book: Path, name: str, value: float, unit: str, period: str
) -> None:
    fact = only(book, name, value)
    assert (Decimal(fact.value), fact.unit, fact.period) == (Decimal(str(value)), unit, period)


def test_share_is_printed_in_percent_and_kept_as_a_fraction(book: Path) -> None:
    fact = only(book, "EmployeeTurnoverRate", 0.25)
    assert (Decimal(fact.value), fact.lexical, fact.scale) == (Decimal(25), "0.25", -2)
    assert only(book, "EmployeeTurnoverRate", 1).value == "100"


def test_member_in_the_name_is_a_dimension_with_its_own_year(book: Path) -> None:
    name = "GrossScope1GreenhouseGasEmissions_BaselineYearMember"
    found = facts(book, {name: 9, "BaselineYearMember": 2020})
    (fact,) = found["GrossScope1GreenhouseGasEmissions"]
    assert fact.dimensions == {"vsme:ReportingScopesAxis": "vsme:BaselineYearMember"}
    assert fact.period == "2020-01-01/2020-12-31"


def test_default_member_is_no_dimension(book: Path) -> None:
    name = "EnergyConsumptionFromFuels_TotalRenewableAndNonRenewableEnergyMember"
    assert only(book, name, 5).dimensions == {}


@pytest.mark.parametrize(
    ("cell", "value", "lexical"), [("YES", "YES", "true"), (False, "False", "false")]
)
def test_yes_and_no_are_understood(book: Path, cell: object, value: str, lexical: str) -> None:
    fact = only(book, "UndertakingAppliesCircularEconomyPrinciples", cell)
    assert (fact.value, fact.lexical) == (value, lexical)


def test_choice_keeps_its_words_and_its_member(book: Path) -> None:
    words = "Sustainability report prepared on a consolidated basis"
    fact = only(book, "BasisForReporting", words)
    assert (fact.value, fact.lexical) == (words, "vsme:ConsolidatedMember")


def test_codes_ticks_and_none_are_sets(book: Path) -> None:
    content = "TypeOfContentCoveredByTheCodeOfConductOrHumanRightsPolicyForItsOwnWorkforce"
    issues = "SustainabilityIssueAddressedByPracticePolicyAndOrFutureInitiative"
    found = facts(book, {
        "E430": "NACE G - 47.22 Retail sale of meat", "E431": "NACE G - 47.21 Fruit",
        "D440": True, "C440": "Child labour", "D441": False, "C441": "Forced labour",
        "D450": "Climate change", "D451": True, "E451": False, "E460": "None",
    })  # fmt: skip
    assert found["NaceSectorClassificationCodes"][0].lexical == "nace:NACE_G4721 nace:NACE_G4722"
    assert found[content][0].lexical == "vsme:ChildLabourMember"
    assert found[issues][0].value == "Climate change"
    omitted = found["ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"][0]
    assert (omitted.value, omitted.lexical) == ("None", "")


def test_rows_of_a_table_are_told_apart_by_their_key(book: Path) -> None:
    found = facts(book, {
        "C400": 1, "D400": "Street 1", "G400": "Italy", "H400": "-", "C401": 2, "D401": "Street 2",
    })  # fmt: skip
    axis = "vsme:IdentifierOfSiteTypedAxis"
    assert [each.dimensions for each in found["AddressOfSite"]] == [{axis: "1"}, {axis: "2"}]
    assert found["CountryOfSite"][0].lexical == "country:IT"
    assert "GPSLocationOfSite" not in found


def test_untouched_tick_without_a_key_states_nothing(book: Path) -> None:
    area = "AreaOfSiteInBiodiversitySensitiveArea_unit"
    found = facts(book, {"C410": 1, "D410": 50, "E410": True, "E411": False, area: "hectares (ha)"})
    assert len(found["SiteLocatedInABiodiversitySensitiveArea"]) == 1
    assert found["AreaOfSiteInBiodiversitySensitiveArea"][0].unit == "utr:ha"


def test_unit_of_a_row_decides_between_mass_and_volume(book: Path) -> None:
    found = facts(book, {
        "D420": "  20 01 01 - Non-Hazardous - Paper", "E420": "kilograms (kg)", "F420": 5,
        "D421": "  16 08 06 - Hazardous - Liquids", "E421": "cubic meters (m³)", "F421": 6,
    })  # fmt: skip
    (mass,) = found["WasteDirectedToDisposalMass"]
    (volume,) = found["WasteDirectedToDisposalVolume"]
    assert (mass.unit, volume.unit) == ("utr:kg", "utr:m3")
    assert mass.dimensions["vsme:TypeOfWasteAxis"].startswith("waste:W-200101-Non-Hazardous")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"GrossScope1GreenhouseGasEmissions": "many"}, "'many', not a number"),
        ({"GrossScope1GreenhouseGasEmissions": True}, "not a number"),
        ({"UndertakingAppliesCircularEconomyPrinciples": "perhaps"}, "choose yes or no"),
        ({"BasisForReporting": "by heart"}, "not an option"),
        ({"CountryOfPrimaryOperationsAndLocationOfSignificantAssets": "Atlantis"}, "not an option"),
        ({"E430": "NACE G - 99.99 Nothing"}, "not an option"),
        ({"D440": True, "C440": 5}, "words beside"),
        ({"GreenhouseGasEmissionReductionTargetYear": "soon"}, "not a year"),
        ({"GrossScope1GreenhouseGasEmissions_TargetYearMember": 5}, "holds no year"),
        ({"D400": "Street"}, "row without a key"),
        ({"D420": "nonsense", "E420": "(kg)", "F420": 5}, "not an option"),
        ({"D420": "20 01 01 - Non-Hazardous - P", "F420": 5}, "choose the unit"),
        ({"D420": "20 01 01 - Non-Hazardous - P", "E420": "spoons", "F420": 5}, "not a unit"),
        ({"template_currency": None}, "template_currency: sheet 'Data', cell"),
        ({"template_reporting_period_startdate": "2025"}, "holds no date"),
        ({"template_reporting_period_startdate": "31/12/2026"}, "not after its start"),
        ({"Turnover": "=1+1"}, "formula without its result"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_place(
    book: Path, cells: dict[str, Any], said: str
) -> None:
    with pytest.raises(WorkbookError, match=re.escape(said)):
        read_vsme(workbook(book, cells))


@pytest.mark.parametrize(
    ("drop", "target", "said"),
    [
        ("TotalEnergyConsumption", "", "range TotalEnergyConsumption is missing"),
        ("template_currency", "", "range template_currency is missing"),
        ("TypeOfWasteAxis", "", "range TypeOfWasteAxis is missing"),
        ("Turnover", "Data!#REF!", "range Turnover is broken"),
        ("Turnover", "Gone!$A$1", "range Turnover is broken"),
    ],
)  # fmt: skip
def test_missing_or_broken_range_is_refused_by_name(
    book: Path, drop: str, target: str, said: str
) -> None:
    with pytest.raises(WorkbookError, match=said):
        read_vsme(workbook(book, {}, drop=drop, target=target))


def test_range_with_an_unknown_member_is_refused(book: Path) -> None:
    with pytest.raises(WorkbookError, match="unknown member MoonMember"):
        read_vsme(workbook(book, {}, more="Turnover_MoonMember"))


def test_infinite_figure_is_refused(book: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged.xlsx"
    with (
        zipfile.ZipFile(workbook(book, {"Turnover": 12345})) as old,
        zipfile.ZipFile(forged, "w") as new,
    ):
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>12345</v>", b"<v>1e999</v>"))
    with pytest.raises(WorkbookError, match="no finite number"):
        read_vsme(forged)


def test_nothing_stands_beyond_the_edge_of_a_sheet(book: Path) -> None:
    edge = workbooks.Cell("Data", "A1", 1, 1, True)
    ranges = workbooks.NamedRanges(workbook(book, {}))
    assert ranges.near(edge, up=1) is None
    assert ranges.near(edge, left=1) is None


def test_formula_with_an_empty_text_is_calculated(book: Path) -> None:
    workbook(book, {})
    pattern = workbooks._BARE_FORMULA
    assert pattern.search(b'<c r="A1" s="3"><f>B1</f><v></v></c>')
    assert not pattern.search(b'<c r="A1"><f>B1</f><v>5</v></c>')


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Italy", "country:IT"),
        ("B6 – water", "vsme:B6-WaterMember"),
        ("NACE G", "nace:NACE_G"),
        ("10 11 02 - Non-Hazardous - Glass", None),
        ("", None),
    ],
)
def test_words_are_matched_to_members(words: str, found: str | None) -> None:
    assert member(words) == found


def test_code_of_the_older_waste_list_stands_for_itself() -> None:
    words = "101102 Non-Hazardous Waste - Waste glass"
    assert member(words, older=True) == "waste:W-101102-Non-Hazardous"


@pytest.mark.parametrize("content", [b"", b"PK", b"no workbook at all"])
def test_other_files_are_refused(book: Path, content: bytes) -> None:
    book.write_bytes(content)
    with pytest.raises(WorkbookError, match="not an xlsx workbook"):
        read_vsme(book)


def test_zip_without_a_workbook_and_missing_file_are_refused(book: Path) -> None:
    with pytest.raises(WorkbookError, match="No such file"):
        read_vsme(book)
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(WorkbookError, match="not an xlsx workbook"):
        read_vsme(book)


def test_bomb_is_refused_before_it_is_unpacked(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(book, {})
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1000)
    with pytest.raises(WorkbookError, match="unpacks to more than"):
        read_vsme(book)


def test_answers_are_taken_over_with_unit_and_currency(book: Path) -> None:
    given = {
        "Turnover": 500, "GrossScope1GreenhouseGasEmissions": 0, "NumberOfEmployees": 9,
        "EmployeeCountingMethodology": "At the end of the reporting period",
        "GrossLocationBasedScope2GreenhouseGasEmissions": 1 / 3,
        "EnergyConsumptionFromElectricity_RenewableEnergyMember": 1,
        "EnergyConsumptionFromElectricity_NonRenewableEnergyMember": 2,
        "GrossScope1GreenhouseGasEmissions_BaselineYearMember": 20, "BaselineYearMember": 2020,
        "GrossLocationBasedScope2GreenhouseGasEmissions_BaselineYearMember": 30,
        "GreenhouseGasEmissionReductionTargetBaseYear": 2020,
        "C400": 1, "D400": "Street 1", "F400": "Milan",
    }  # fmt: skip
    answers = answers_of(read_vsme(workbook(book, given)))
    assert answers["GEN-05"].parts["value"] == q("500", "EUR")
    assert answers["EMS-01"].state == "zero"
    assert answers["GEN-08"].parts == {"count": 9, "method": "year_end"}
    assert answers["BND-05"].parts == {"year": 2020, "emissions": q("50", "tCO2e")}
    site = {"name": "Site 1", "address": "Street 1", "city": "Milan"}
    assert answers["GEN-10"].rows == (site,)
    for key, answer in answers.items():
        assert Answer.from_dict(current()[key], answer.to_dict()) == answer


def test_command_prints_facts_and_answers(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(book, {"GrossScope1GreenhouseGasEmissions": 12.5})
    assert main(["convert", str(book), "--from", "vsme", "--to", "facts"]) == 0
    (fact,) = json.loads(capsys.readouterr().out)["facts"]
    assert fact == {
        "concept": "vsme:GrossScope1GreenhouseGasEmissions", "value": "12.5", "unit": "utr:tCO2e",
        "period": "2025-01-01/2025-12-31", "dimensions": {}, "lexical": "12.5",
    }  # fmt: skip
    assert main(["convert", str(book), "--from", "vsme", "--to", "answers"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed["answers"]) == {"EMS-01"}
    assert (printed["taken"], printed["left"]) == (1, [])


def test_command_names_the_cell_and_exits_2(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(book, {"template_currency": None})
    assert main(["convert", str(book), "--from", "vsme"]) == 2
    error = capsys.readouterr().err
    assert "report.xlsx: template_currency: sheet 'Data', cell" in error
    assert error.count("\n") == 1


def real_facts(name: str) -> tuple[VsmeFact, ...]:
    path = REAL / "templates" / name
    if not path.exists():
        pytest.skip(f"real data not found at {path}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_vsme(path).facts


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("VSME-Digital-Template-Sample-1.0.1.xlsx", 142),
        ("VSME-Digital-Template-Sample-1.1.1.xlsx", 141),
        ("vsme-unit-test-v1.0.0.xlsx", 159),
    ],
)
def test_real_workbook_has_as_many_facts_as_published(name: str, count: int) -> None:
    assert len(real_facts(name)) == count


@pytest.mark.real
@pytest.mark.slow
def test_blank_template_is_refused_for_what_it_lacks() -> None:
    with pytest.raises(WorkbookError, match="cell D5 is empty"):
        real_facts("VSME-Digital-Template-1.3.0.xlsx")


Key = tuple[str, str, str | None, bool, str, tuple[tuple[str, str], ...]]


def normal(value: str) -> str:
    return str(Decimal(value).normalize()) if re.fullmatch(r"-?[\d.]+", value) else value[:80]


def expected_key(raw: dict[str, Any]) -> Key:
    given = raw["aspects"]
    explicit = {key: value for key, value in given.items() if key.startswith("vsme:")}
    typed = {
        key.removeprefix("typed "): re.sub(r"<[^>]*>|\"", "", value)
        for key, value in given.items()
        if key.startswith("typed ")
    }
    unit = given.get("units") or given.get("complex-units", "").strip('"') or None
    instant = given["period-type"] == "instant"
    dimensions = tuple(sorted({**explicit, **typed}.items()))
    return raw["concept"], normal(raw["value"]), unit, instant, given.get("period", ""), dimensions


def own_key(fact: VsmeFact) -> Key:
    scope = fact.dimensions.get("vsme:ReportingScopesAxis", "").removeprefix("vsme:")
    unit = None if (fact.unit or "").startswith("iso4217") else fact.unit
    instant = "/" not in fact.period
    dimensions = tuple(sorted(fact.dimensions.items()))
    return fact.concept, normal(fact.value), unit, instant, scope, dimensions


@pytest.mark.real
@pytest.mark.slow
def test_all_144_facts_of_the_1_3_0_sample_are_equal() -> None:
    mine = Counter(own_key(each) for each in real_facts("VSME-Digital-Template-Sample-1.3.0.xlsx"))
    raw = json.loads((REAL / "expected" / "vsme-1.3.0-facts.json").read_text("utf-8"))["facts"]
    assert len(raw) == 144
    assert mine == Counter(expected_key(each) for each in raw)
