"""Two questionnaires on one catalogue: what they share, what counts, what a new datapoint needs."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from disclosure import datapoints
from disclosure.answers import Answer
from disclosure.calculated import calculated
from disclosure.checks import Context, check
from disclosure.datapoints import REQUIRED, SHORT_ROUTE, Level, climate, current
from disclosure.exchange.template import read_template, write_template
from disclosure.exchange.vsme_taxonomy import concepts
from disclosure.facts import Disclosure
from disclosure.grade import grade
from disclosure.values import Parts
from tests.disclosure.samples import SAMPLE, TODAY, findings, q, sample, stating

NEWEST = "tanqiao-2026.3"
LINE = """
["POL-09"]
question = { zh = "噪声投诉", en = "Complaints about noise" }
help = { zh = "没有的填0。", en = "0 when none." }
level = "C"
value = { type = "number", family = "volume", unit = "m3" }
"""


def esg() -> Disclosure:
    return replace(sample(), catalogue_version=current().version)


def test_the_climate_questionnaire_is_the_77_in_every_version() -> None:
    for version in datapoints.catalogues().values():
        asked = {each.id for each in version.of_questionnaire("climate")}
        assert asked == set(climate().datapoints)


def test_the_esg_questionnaire_asks_shared_datapoints_once() -> None:
    shared = {each.id for each in current().of_questionnaire("esg")} & set(climate().datapoints)
    assert {"EMS-01", "EMS-05", "ENE-01", "GEN-05", "RSK-07"} <= shared
    assert current()["EMS-01"] == climate()["EMS-01"]


def test_every_vsme_module_is_asked() -> None:
    asked = current().of_questionnaire("esg")
    references = "; ".join(each.crosswalk.get("vsme", "") for each in asked)
    modules = [*(f"B{n}" for n in range(1, 12)), *(f"C{n}" for n in range(1, 10))]
    assert all(f"{module} " in references for module in modules)


def test_a_full_concept_name_in_the_crosswalk_is_one_of_the_taxonomy() -> None:
    words = [
        each.split(" ", 1)[1]
        for point in current().datapoints.values()
        for each in point.crosswalk.get("vsme", "").split("; ")
        if each.startswith(("B", "C")) and each[-1].isalpha() and " " in each
    ]
    names = [word for word in words if len(word) > 30 and word.isalnum()]
    assert len(names) > 50
    assert [name for name in names if name not in concepts()] == []


def test_every_topic_of_the_exchange_guideline_is_asked() -> None:
    topics = (
        "污染物排放", "废弃物处理", "生态系统和生物多样性保护", "环境合规管理", "能源利用",
        "水资源利用", "循环经济", "乡村振兴", "社会贡献", "创新驱动", "科技伦理", "供应链安全",
        "平等对待中小企业", "产品和服务安全与质量", "数据安全与客户隐私保护", "员工", "尽职调查",
        "利益相关方沟通", "反商业贿赂及反贪污", "反不正当竞争",
    )  # fmt: skip
    asked = "; ".join(each.crosswalk.get("cn", "") for each in current().datapoints.values())
    assert [topic for topic in topics if f"SSE14 {topic}" not in asked] == []


def test_words_options_and_units_stand_in_every_new_question() -> None:
    new = set(current().datapoints) - set(climate().datapoints)
    for point in (current()[key] for key in new):
        for words in (point.question, point.help, *(each.label for each in point.columns)):
            assert words.zh.strip(), point.id
            assert words.en.isascii(), point.id
        for column in point.columns:
            assert bool(column.units) == (column.input in datapoints.QUANTITIES), point.id
    assert not new & {*REQUIRED, *SHORT_ROUTE}


@pytest.mark.parametrize("given", [sample(), esg()])
def test_esg_answers_change_neither_grade_nor_points(given: Disclosure) -> None:
    full = replace(given, catalogue_version=current().version)
    full = stating(full, "WAT-01", total=q("1200", "m3"))
    full = stating(full, "ETH-03", penalties=0, fines=q("0", "万元"))
    graded = [grade(each, check(each, context=Context(today=TODAY))) for each in (given, full)]
    assert graded[0] == graded[1]
    assert graded[0].points > 0


def test_an_old_content_is_read_and_written_byte_for_byte() -> None:
    raw = json.loads(SAMPLE.read_text("utf-8"))
    assert raw["catalogue"] == climate().version
    assert Disclosure.from_dict(raw).to_dict() == raw


def test_a_column_of_a_later_version_is_unknown_to_an_earlier_one() -> None:
    assert "city" in {each.id for each in current()["GEN-10"].columns}
    assert "city" not in {each.id for each in climate()["GEN-10"].columns}


@pytest.mark.parametrize(
    ("key", "part", "amount", "unit"),
    [
        ("WAT-01", "total", "-1", "m3"),
        ("PAY-04", "value", "101", "%"),
        ("WST-01", "hazardous", "-0.5", "t"),
    ],
)
def test_figures_out_of_range_are_found(key: str, part: str, amount: str, unit: str) -> None:
    given = stating(esg(), key, **{part: q(amount, unit)})
    assert [each.datapoints for each in findings(given, "DQ-04") if each.blocks] == [(key,)]


def test_rates_follow_from_their_inputs_or_from_the_rate_stated() -> None:
    given = stating(esg(), "WRK-05", left=q("12", "1"), average=q("80", "1"))
    given = stating(given, "SAF-01", accidents=2, hours=q("16", "万h"))
    given = stating(given, "PAY-02", gap=q("-3.5", "%"))
    given = stating(given, "DIV-01", women=2, men=3)
    made = {key: each.parts.get("value") for key, each in calculated(given).items()}
    assert made["WRK-06"] == q("15.000000", "%")
    assert made["SAF-02"] == q("2.500000", "1/200000h")
    assert made["PAY-03"] == q("-3.5", "%")
    assert made["DIV-02"] == q("0.666667", "1")


def test_the_share_of_waste_diverted_is_by_mass() -> None:
    rows: tuple[Parts, ...] = (
        {"waste": "废纸", "diverted": q("3", "t"), "disposed": q("1000", "kg")},
        {"waste": "废油", "disposed": q("1", "t")},
    )
    answer = Answer.of(current()["WST-02"], rows=rows)
    given = replace(esg(), answers={"WST-02": answer})
    assert calculated(given)["WST-03"].parts["value"] == q("60.000000", "%")


def test_no_rate_follows_from_nothing() -> None:
    given = replace(esg(), answers={})
    assert calculated(stating(given, "WRK-05", left=q("1", "1"))) == {}
    assert calculated(stating(given, "DIV-01", women=2, men=0)) == {}


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A release with one more version, whose pollution section asks one more question."""
    folder = tmp_path / "catalogue"
    shutil.copytree(str(files("disclosure") / "catalogue"), folder)
    heads = folder / "versions.toml"
    added = f'[versions."{NEWEST}"]\ntitle = {{ zh = "新版", en = "Next" }}\n'
    added += 'folders = ["climate", "esg"]\n\n[questionnaires.climate]'
    heads.write_text(heads.read_text("utf-8").replace("[questionnaires.climate]", added), "utf-8")
    monkeypatch.setattr(datapoints, "FOLDER", folder)
    datapoints.catalogues.cache_clear()
    yield folder
    monkeypatch.undo()
    datapoints.catalogues.cache_clear()


def add(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    datapoints.catalogues.cache_clear()


def test_a_datapoint_is_one_table_of_data(grown: Path) -> None:
    add(grown, "esg/pollution.toml", LINE.replace("level", f'since = "{NEWEST}"\nlevel', 1))
    asked = current()["POL-09"]
    assert asked in current().of_section("pollution", "esg")
    given = stating(replace(esg(), catalogue_version=NEWEST), "EMS-01", value=q("1", "tCO2e"))
    given = replace(given, answers={"POL-09": Answer.of(asked, {"value": q("-1", "m3")})})
    assert [each.datapoints for each in findings(given, "DQ-04")] == [("POL-09",)]
    sheet = grown / "sheet.csv"
    write_template(sheet, given)
    assert read_template(sheet) == given
    assert "POL-09" not in datapoints.catalogue("tanqiao-2026.2").datapoints


def test_only_climate_datapoints_of_the_version_count_for_points(grown: Path) -> None:
    before = {key: len(each.graded) for key, each in datapoints.catalogues().items()}
    add(grown, "esg/pollution.toml", LINE)
    later = LINE.replace("POL-09", "EMS-90").replace("level", f'since = "{NEWEST}"\nlevel', 1)
    add(grown, "climate/emissions.toml", later)
    after = {key: len(each.graded) for key, each in datapoints.catalogues().items()}
    assert after == {**before, NEWEST: before[NEWEST] + 1}


def test_an_empty_sheet_asks_one_questionnaire_or_all(tmp_path: Path) -> None:
    asked = {}
    for name in ("climate", "esg", ""):
        write_template(tmp_path / "sheet.csv", questionnaire=name)
        asked[name] = (tmp_path / "sheet.csv").read_text("utf-8-sig")
    assert "WAT-01" in asked["esg"]
    assert "WAT-01" not in asked["climate"]
    assert "TGT-02" in asked["climate"]
    assert "TGT-02" not in asked["esg"]
    assert all("WAT-01" in asked[""] and "TGT-02" in asked[name] for name in ("", "climate"))
    assert len(current().of_level(*Level)) == len(current().datapoints)
