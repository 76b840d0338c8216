from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from disclosure.checks import Context, Finding, Result
from disclosure.checks.xbrl import received_filing
from disclosure.exchange import ixbrl_reader
from disclosure.exchange.ixbrl_facts import filing_of
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.xbrl_received import Processed, Received
from disclosure.exchange.xbrl_rules import SUMS, members_of, problems, units_of
from disclosure.facts import Disclosure, Period
from tests.disclosure.exchange.test_ixbrl import YEAR, page
from tests.disclosure.samples import sample

SOUND = Processed(ran=True, facts=25)
TOTAL = 'name="vsme:TotalGrossLocationBasedScope1AndScope2GHGEmissions"'


def found(
    content: bytes, processed: Processed = SOUND, disclosure: Disclosure | None = None
) -> list[Finding]:
    received = Received(ixbrl_reader.read(content), processed)
    return list(received_filing(disclosure or sample(), Context(filing=received)))


def codes(findings: list[Finding]) -> set[str]:
    return {each.text.code.removeprefix("DQ-36.") for each in findings}


def in_tag(name: str, change: Callable[[str], str]) -> tuple[str, str]:
    """Change the tag of one concept as a careless tool would."""
    text = page().decode()
    start = text.index("<", text.rindex("<", 0, text.index(f'name="vsme:{name}"')))
    end = text.index("</", start)
    return text[start:end], change(text[start:end])


def unit_key(measure: str) -> str:
    text = page().decode()
    at = text.index(f"<xbrli:measure>{measure}<")
    return text[text.rindex('id="', 0, at) + 4 :].partition('"')[0]


def test_exported_filing_passes() -> None:
    (finding,) = found(page())
    assert (finding.result, codes([finding])) == (Result.PASS, {"pass"})
    assert finding.inputs == {"facts": str(len(filing_of(sample()).facts)), "errors": "0"}


def test_disclosure_that_was_not_imported_is_not_run() -> None:
    (finding,) = received_filing(sample(), Context())
    assert finding.result is Result.NOT_RUN


def test_planted_unit_error_is_found() -> None:
    wrong, right = (f'unitRef="{unit_key(measure)}"' for measure in ("iso4217:CNY", "utr:tCO2e"))
    change = in_tag("GrossScope1GreenhouseGasEmissions", lambda tag: tag.replace(right, wrong))
    (finding,) = [each for each in found(page(change)) if each.text.code == "DQ-36.unit"]
    assert finding.result is Result.FAIL
    assert finding.inputs["unit"] == "iso4217:CNY"


def test_planted_calculation_error_is_found_and_rounding_is_not() -> None:
    def digit(tag: str) -> str:
        return f"{tag[:-1]}{(int(tag[-1]) + 1) % 10}"

    name = "TotalGrossLocationBasedScope1AndScope2GHGEmissions"
    assert "sum" in codes(found(page(in_tag(name, lambda tag: tag.replace(">", ">9", 1)))))
    one = [fact(each, "10.5") for each in SUMS[f"vsme:{name}"]]
    assert list(problems([*one, fact(f"vsme:{name}", "21.1")])) == []
    (off,) = problems([*one, fact(f"vsme:{name}", digit("21.1") + "9")])
    assert off.code == "sum"


def test_planted_dimension_errors_are_found() -> None:
    member = page(("vsme:RenewableEnergyMember", "vsme:BaselineYearMember"))
    assert "member" in codes(found(member))
    axis = page(("vsme:BreakdownOfEnergyConsumptionAxis", "vsme:ReportingScopesAxis"))
    assert "axis" in codes(found(axis))
    keyless = VsmeFact("vsme:AddressOfSite", "x", "x", None, "2025-12-31", {})
    assert [each.code for each in problems([keyless])] == ["no_key"]


def test_parts_of_a_breakdown_must_agree_with_the_total() -> None:
    axis = "vsme:BreakdownOfEnergyConsumptionAxis"
    name = "vsme:EnergyConsumptionFromFuels"
    parts = [fact(name, "5", "utr:MWh", {axis: f"vsme:{kind}EnergyMember"})
             for kind in ("Renewable", "NonRenewable")]  # fmt: skip
    assert list(problems([*parts, fact(name, "10", "utr:MWh")])) == []
    assert [p.code for p in problems([*parts, fact(name, "13", "utr:MWh")])] == ["sum"]
    assert list(problems([*parts, fact(name, "13", "utr:GJ")])) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("91310115MA1K0A01X6</xbrli", "91310115MA1K000016</xbrli"), "other_entity"),
        (("vsme/2025-07-30/vsme-all.xsd", "vsme/1999-01-01/vsme-all.xsd"), "schema"),
        (("vsme:TotalEnergyConsumption", "vsme:TotalEnergyConfusion"), "concept"),
        (("2025-01-01", "2024-01-01"), "period"),
        (("#AtTheEndOf", "#AtTheBeginningOf"), "choice"),
        (("ixt:num-dot-decimal", "ixt:num-unit-decimal"), "unread"),
    ],
)
def test_other_faults_are_told(change: tuple[str, str], code: str) -> None:
    findings = found(page(change))
    assert codes(findings) == {code}
    assert all(each.blocks for each in findings)


def test_two_entities_in_one_file_are_refused() -> None:
    text = page().decode()
    at = text.rindex("</xbrli:identifier>")
    told = codes(found((text[:at] + "9" + text[at:]).encode()))
    assert told == {"entities", "other_entity"}


def test_day_for_a_period_is_told() -> None:
    wrong = VsmeFact("vsme:Turnover", "1", "1", "iso4217:CNY", "2025-12-31", {})
    assert [each.code for each in problems([wrong])] == ["period_type"]


def test_filing_of_another_period_than_the_draft_is_told() -> None:
    other = replace(sample(), period=Period(date(2024, 1, 1), date(2024, 12, 31)))
    assert codes(found(page(), disclosure=other)) == {"period"}


def test_errors_of_the_processor_are_findings() -> None:
    said = Processed(ran=True, errors=(("ix11.10.1.1:transformValueError", "12x4"),))
    (finding,) = found(page(), said)
    assert finding.blocks
    assert Processed.from_dict(said.to_dict()) == said


@pytest.mark.parametrize(
    "why", ["not_asked", "no_arelle", "no_package", "too_long", "killed", "failed"]
)
def test_without_a_processor_the_check_says_why(why: str) -> None:
    (finding,) = found(page(), Processed(why=why))
    assert finding.result is Result.NOT_RUN
    assert finding.to_dict()["zh"].startswith("未完全运行")


def test_tables_of_units_and_members_are_whole() -> None:
    assert "iso4217:CNY" in units_of()["monetary"]
    assert {"utr:t", "utr:kg"} <= units_of()["mass"]
    assert len(members_of()) == 5


def fact(
    name: str, lexical: str, unit: str = "utr:tCO2e", dimensions: dict[str, str] | None = None
) -> VsmeFact:
    return VsmeFact(name, lexical, lexical, unit, YEAR, dimensions or {})
