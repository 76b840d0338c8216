import json
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.__main__ import main
from disclosure.exchange.footprints import read_footprint, write_footprint
from disclosure.exchange.pact import read_pact
from disclosure.exchange.pact_names import REMOVED
from disclosure.exchange.pact_writing import attributes, write_pact
from disclosure.footprint import Footprint, Label
from disclosure.footprint_terms import PARTS, REGIONS, STANDARDS, Boundary, Stage, Unit
from disclosure.ledger.canonical import canonical, parse
from disclosure.values import FactError
from tests.disclosure.footprint_samples import any_footprints, footprint, power

ROOT = Path(__file__).parents[3]
OPENAPI = (
    Path(os.environ.get("TANQIAO_REAL_DATA", ROOT / "../shared/data")) / "pact/openapi"
) / "openapi_v3_0.yaml"
_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats()
_JUNK = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner)
)


def record() -> dict[str, Any]:
    return write_pact(footprint())


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sample record with one attribute set."""
    made = record()
    *above, last = path.split(".")
    inner = made[above[0]] if above else made
    inner[last] = value
    return made


@given(any_footprints())
@settings(max_examples=60)
def test_what_is_written_is_read_again(made: Footprint) -> None:
    written = json.loads(json.dumps(write_pact(made)))
    assert read_pact(written) == made
    assert write_pact(read_pact(written)) == written


@given(any_footprints())
@settings(max_examples=30)
def test_own_record_carries_everything_and_has_one_byte_form(made: Footprint) -> None:
    full = replace(
        made,
        boundary=Boundary.GRAVE,
        lines=(power(), power(Stage.USE)),
        label=Label("TQ-1", "示例标签", "示例机构"),
    )
    data = canonical(write_footprint(full))
    assert canonical(write_footprint(read_footprint(parse(data)))) == data
    again = read_footprint(parse(data))
    assert (again.label, again.boundary, again.parts) == (full.label, full.boundary, full.parts)
    assert [each.kilograms for each in again.lines] == [each.kilograms for each in full.lines]


def test_decimals_are_strings_and_moments_in_utc() -> None:
    made = record()
    assert made["pcf"]["pcfExcludingBiogenicUptake"] == "6.205"
    assert made["validityPeriodStart"] == "2025-04-01T00:00:00Z"
    shifted = changed("validityPeriodStart", "2025-04-01T08:00:00+08:00")
    assert read_pact(shifted) == read_pact(made)


WRONG: dict[str, tuple[str, Any]] = {
    "number": ("pcf.fossilGhgEmissions", 6.205),
    "nan": ("pcf.fossilGhgEmissions", "NaN"),
    "infinity": ("pcf.declaredUnitAmount", "-Infinity"),
    "exponent": ("pcf.declaredUnitAmount", "1E+400"),
    "overflow": ("pcf.pcfIncludingBiogenicUptake", "9" * 40),
    "thousands": ("pcf.pcfIncludingBiogenicUptake", "1,000"),
    "unit": ("pcf.declaredUnitOfMeasurement", "ton"),
    "no zone": ("pcf.referencePeriodEnd", "2025-12-30T00:00:00"),
    "no day": ("pcf.referencePeriodEnd", "2025-02-30T00:00:00Z"),
    "no set": ("pcf.ipccCharacterizationFactors", []),
    "twice": ("pcf.crossSectoralStandards", ["PEF", "PEF"]),
    "half a rating": ("pcf.dqi", {"technologicalDQR": "1"}),
    "coverage": ("pcf.verification", {"coverage": "everything"}),
    "urn": ("productIds", ["4006381333931"]),
    "uuid": ("id", "urn:uuid:f4b1225a-bd44-4c8e-861d-079e4e1dfd69"),
    "status": ("status", "active"),
    "nul": ("productNameCompany", "a\x00b"),
    "pcf": ("pcf", None),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_attribute_refused_by_its_path(case: str) -> None:
    path, value = WRONG[case]
    with pytest.raises(FactError) as refused:
        read_pact(changed(path, value))
    assert path.split(".")[-1] in refused.value.where


@pytest.mark.parametrize("name", sorted(REMOVED))
def test_attribute_that_version_3_removed_refused_with_what_replaced_it(name: str) -> None:
    for path in (name, f"pcf.{name}"):
        with pytest.raises(FactError, match=rf"{name}: .*use {REMOVED[name]}"):
            read_pact(changed(path, "1"))


def test_unknown_attribute_refused() -> None:
    with pytest.raises(FactError, match=r"pcf: .*carbonNeutral"):
        read_pact(changed("pcf.carbonNeutral", True))


@pytest.mark.parametrize("version", ["2.3.0", "4.0.0", 3, None])
def test_other_versions_refused(version: object) -> None:
    with pytest.raises(FactError, match="specVersion"):
        read_pact(changed("specVersion", version))


@pytest.mark.parametrize("name", sorted(set(record()) | {f"pcf.{n}" for n in record()["pcf"]}))
def test_missing_required_attribute_is_named(name: str) -> None:
    made = record()
    inner = made["pcf"] if "." in name else made
    del inner[name.split(".")[-1]]
    needed = name.split(".")[-1] in needed_attributes()
    assert refused(read_pact, made) == needed


def needed_attributes() -> set[str]:
    return {
        "id", "specVersion", "created", "status", "companyName", "companyIds",
        "productDescription", "productIds", "productNameCompany", "pcf",
        "declaredUnitOfMeasurement", "declaredUnitAmount", "productMassPerDeclaredUnit",
        "referencePeriodStart", "referencePeriodEnd", "pcfExcludingBiogenicUptake",
        "pcfIncludingBiogenicUptake", "fossilGhgEmissions", "fossilCarbonContent",
        "ipccCharacterizationFactors", "crossSectoralStandards", "exemptedEmissionsPercent",
    }  # fmt: skip


def refused(read: Callable[[Any], object], raw: Any) -> bool:
    try:
        read(raw)
    except FactError as error:
        return bool(error.where)
    return False


def test_cradle_to_grave_is_not_written_as_pact() -> None:
    with pytest.raises(FactError, match="factory gate"):
        write_pact(footprint(boundary=Boundary.GRAVE))


@given(st.sampled_from(sorted(record()["pcf"])), _JUNK)
def test_junk_is_read_or_refused_never_more(name: str, junk: Any) -> None:
    refused(read_footprint, changed(f"pcf.{name}", junk))
    refused(read_footprint, junk)


@pytest.mark.parametrize(
    "path", ["format", "boundary", "lines.0.stage", "lines.0.amount", "lines.0.factor.unit"]
)
def test_own_record_refuses_what_it_cannot_mean(path: str) -> None:
    made = json.loads(json.dumps(write_footprint(footprint())))
    inner: Any = made
    *above, last = path.split(".")
    for key in above:
        inner = inner[int(key)] if key.isdigit() else inner[key]
    inner[last] = "t"
    assert refused(read_footprint, made)


@pytest.fixture(scope="module")
def schemas() -> Any:
    if not OPENAPI.exists():
        pytest.skip(f"{OPENAPI} is not here: set TANQIAO_REAL_DATA to the folder of real data")
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(OPENAPI.read_text("utf-8"))


@pytest.mark.real
def test_written_records_validate_against_the_published_schema(schemas: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = {"$ref": "#/components/schemas/ProductFootprint", **schemas}
    check = jsonschema.Draft202012Validator(schema)

    @given(any_footprints())
    @settings(max_examples=40)
    def validates(made: Footprint) -> None:
        check.validate(json.loads(json.dumps(attributes(made))))

    validates()
    assert not check.is_valid(changed("pcf.fossilGhgEmissions", 6.2))
    assert not check.is_valid(changed("pcf.geographyCountry", "CN"))


@pytest.mark.real
def test_closed_lists_are_those_of_the_published_schema(schemas: Any) -> None:
    carbon = schemas["components"]["schemas"]["CarbonFootprint"]
    asked = carbon["properties"]
    assert set(asked["declaredUnitOfMeasurement"]["enum"]) == set(Unit)
    assert asked["geographyRegionOrSubregion"]["enum"] == list(REGIONS)
    assert set(asked["crossSectoralStandards"]["items"]["x-enum"]) - {"..."} == set(STANDARDS)
    assert {part.pact for part in PARTS.values()} <= set(asked)
    comments = {part.pact: asked[part.pact].get("x-comment", "") for part in PARTS.values()}
    assert {each.pact for each in PARTS.values() if each.sign < 0} == {
        name for name, said in comments.items() if said == "<= 0"
    }


@pytest.mark.real
def test_schema_asks_for_what_the_reader_asks_for(schemas: Any) -> None:
    known = schemas["components"]["schemas"]
    needed = {*known["ProductFootprint"]["required"], *known["CarbonFootprint"]["required"]}
    assert needed == needed_attributes()
    assert not set(REMOVED) & {
        *known["ProductFootprint"]["properties"], *known["CarbonFootprint"]["properties"],
    }  # fmt: skip


@pytest.mark.real
def test_stated_examples_of_the_schema_are_decimals_we_read(schemas: Any) -> None:
    asked = schemas["components"]["schemas"]["CarbonFootprint"]["properties"]
    for name, described in asked.items():
        for example in (
            described.get("examples", []) if described.get("format") == "decimal" else ()
        ):
            made = read_pact(changed(f"pcf.{name}", example))
            assert Decimal(example) == Decimal(write_pact(made)["pcf"][name])


def test_commands_read_a_record_and_refuse_a_wrong_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record()), "utf-8")
    assert main(["convert", str(path), "--from", "pact", "--to", "facts"]) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert {fact["concept"]: fact["value"] for fact in facts}["fossilGhgEmissions"] == "6.205"
    assert main(["check", str(path), "--json", "--today", "2026-01-01"]) == 0
    assert "DQ-30" in {each["code"] for each in json.loads(capsys.readouterr().out)["findings"]}
    path.write_text(json.dumps(changed("version", 1)), "utf-8")
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
