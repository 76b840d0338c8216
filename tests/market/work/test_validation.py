"""Arelle in its own process; the real schemas are needed, so these tests are `real`."""

import zipfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from flask import Flask, current_app

from disclosure.exchange.ixbrl import write
from disclosure.exchange.ixbrl_reader import read
from disclosure.exchange.xbrl_received import Processed
from market.work import taxonomy, validation
from tests.disclosure.exchange.test_ixbrl import filing, key, page
from tests.disclosure.exchange.test_vsme import REAL, real_facts

needs_arelle = pytest.mark.skipif(find_spec("arelle") is None, reason="extra xbrl not installed")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = taxonomy.package(REAL.parent, None, tmp_path_factory.mktemp("taxonomies"))
    if made is None:
        pytest.skip(f"real data not found at {REAL}")
    return made


def told(package: Path, *changes: tuple[str, str]) -> set[str]:
    processed = validation.run(page(*changes), package, schemas_only=True)
    assert processed.ran
    return {code for code, _ in processed.errors}


@needs_arelle
@pytest.mark.real
@pytest.mark.slow
def test_exported_filing_has_no_errors_in_arelle(package: Path) -> None:
    processed = validation.run(page(), package, schemas_only=True)
    assert (processed.ran, processed.errors, processed.warnings) == (True, (), ())
    assert processed.facts >= 25
    assert 0 < processed.peak_mb < 400


@needs_arelle
@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("vsme:TotalEnergyConsumption", "vsme:TotalEnergyConfusion"),
         "ix11.12.1.2:missingReferences"),
        ((">1,", ">1x"), "ix11.10.1.1:transformValueError"),
        (("<xbrli:instant>2025-12-31</xbrli:instant>",
          "<xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate>"),
         "xbrl.4.7.2:contextPeriodType"),
    ],
    ids=["concept", "number", "period"],
)  # fmt: skip
def test_arelle_finds_what_schemas_can_tell(
    package: Path, change: tuple[str, str], code: str
) -> None:
    assert code in told(package, change)


@needs_arelle
@pytest.mark.real
@pytest.mark.slow
def test_process_beyond_its_memory_is_ended_and_told(package: Path) -> None:
    processed = validation.run(page(), package, schemas_only=True, memory_mb=60)
    assert not processed.ran
    assert processed.why in {"failed", "killed"}


@pytest.mark.real
def test_package_is_built_once_without_linkbases(package: Path) -> None:
    again = taxonomy.package(REAL.parent, None, package.parent)
    assert again == package
    with zipfile.ZipFile(package) as packed:
        names = packed.namelist()
        schemas = b"".join(packed.read(name) for name in names if name.endswith(".xsd"))
    assert "vsme-offline/META-INF/taxonomyPackage.xml" in names
    assert b"linkbaseRef xlink" not in schemas


def test_without_a_package_the_reason_is_told(app: Flask, tmp_path: Path) -> None:
    settings = current_app.config["SETTINGS"]
    kept = {name: settings[name] for name in ("REAL_DATA", "VSME_PACKAGE")}
    settings.update(REAL_DATA=str(tmp_path), VSME_PACKAGE=None)
    try:
        why = "no_package" if find_spec("arelle") else "no_arelle"
        assert validation.validated(page()) == Processed(why=why)
        settings["VSME_PACKAGE"] = str(tmp_path / "missing.zip")
        assert validation.validated(page()).why == why
    finally:
        settings.update(kept)


def test_child_is_given_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANQIAO_SECRET_KEY", "x" * 40)
    assert set(validation._environment("/tmp/x")) <= {
        "PATH", "LANG", "HOME", "XDG_CONFIG_HOME", "TMPDIR",
    }  # fmt: skip


@needs_arelle
@pytest.mark.real
@pytest.mark.slow
def test_all_144_facts_of_the_sample_workbook_pass_and_come_back(package: Path) -> None:
    stated = real_facts("VSME-Digital-Template-Sample-1.3.0.xlsx")
    report = write(filing(*stated))
    processed = validation.run(report, package, schemas_only=True)
    assert (processed.facts, processed.errors) == (144, ())
    assert Counter(map(key, read(report).facts)) == Counter(map(key, stated))
