import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.exchange import ixbrl, ixbrl_reader
from disclosure.exchange.ixbrl import Filing
from disclosure.exchange.ixbrl_facts import filing_of
from disclosure.exchange.ixbrl_names import SCHEMA
from disclosure.exchange.ixbrl_reader import IxbrlError
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.vsme_labels import label_of
from disclosure.exchange.vsme_taxonomy import NUMERIC, concepts
from tests.disclosure.samples import q, sample, stating

YEAR = "2025-01-01/2025-12-31"
UNIT = {
    "ghgEmissions": "utr:tCO2e", "energy": "utr:MWh", "monetary": "iso4217:CNY", "mass": "utr:kg",
    "volume": "utr:m3", "area": "utr:ha", "decimal": "xbrli:pure", "percent": "xbrli:pure",
    "ghgEmissionsPerMonetary": "utr:tCO2e/iso4217:CNY",
}  # fmt: skip


def key(fact: VsmeFact) -> tuple[object, ...]:
    value: object = Decimal(fact.lexical) if fact.unit else fact.lexical
    return fact.concept, value, fact.unit, fact.period, tuple(sorted(fact.dimensions.items()))


def filing(*facts: VsmeFact) -> Filing:
    return Filing("示例<公司> & Co", "urn:x", "N1", date(2025, 1, 1), date(2025, 12, 31), facts)


def page(*changes: tuple[str, str]) -> bytes:
    text = ixbrl.write(filing_of(sample())).decode("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode("utf-8")


def test_sample_disclosure_is_read_back_fact_by_fact() -> None:
    made = filing_of(sample())
    reading = ixbrl_reader.read(ixbrl.write(made))
    assert [key(each) for each in reading.facts] == [key(each) for each in made.facts]
    assert len(made.facts) >= 25
    assert reading.entities == ((made.scheme, made.identifier),)
    assert reading.schemas == (SCHEMA,)
    assert reading.unread == ()


def test_same_filing_gives_the_same_bytes() -> None:
    assert page() == page()


def test_amounts_are_told_in_the_units_of_the_taxonomy() -> None:
    made = stating(sample(), "GEN-05", value=q("1234.5", "万元"))
    made = stating(made, "EMS-01", value=q("2", "ktCO2e"))
    told = {each.concept: (each.lexical, each.unit) for each in filing_of(made).facts}
    assert told["vsme:Turnover"] == ("12345000", "iso4217:CNY")
    assert told["vsme:GrossScope1GreenhouseGasEmissions"] == ("2000", "utr:tCO2e")


def test_people_read_both_languages() -> None:
    text = page().decode("utf-8")
    assert 'xml:lang="zh-CN"' in text
    assert "范围一排放总量 / Scope 1 emissions" in text
    assert "display:none" in text


def test_package_holds_the_report_and_is_read_like_it() -> None:
    made = ixbrl.package("report", page())
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        names = packed.namelist()
        about = json.loads(packed.read("report/META-INF/reportPackage.json"))
    assert names == ["report/META-INF/reportPackage.json", "report/reports/report.xhtml"]
    assert about["documentInfo"]["documentType"] == "https://xbrl.org/report-package/2023"
    assert [key(f) for f in ixbrl_reader.facts(made)] == [
        key(f) for f in ixbrl_reader.facts(page())
    ]


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
    min_size=1,
    max_size=40,
).filter(lambda text: text == text.strip())


def _has_few_places(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent > -12


_AMOUNT = st.decimals(-(10**15), 10**15, allow_nan=False).filter(_has_few_places)


@st.composite
def facts(draw: st.DrawFn) -> VsmeFact:
    concept = draw(st.sampled_from([c for c in concepts().values() if c.type != "enumerationSet"]))
    period = "2025-12-31" if concept.period == "instant" else YEAR
    axis = draw(st.sampled_from(["", "vsme:IdentifierOfSiteTypedAxis", "vsme:ReportingScopesAxis"]))
    member = draw(_TEXT) if axis.endswith("TypedAxis") else "vsme:TargetYearMember"
    dimensions = {axis: member} if axis else {}
    if concept.type in NUMERIC:
        scale = -2 if concept.type == "percent" else 0
        lexical = f"{draw(_AMOUNT):f}"
        return VsmeFact(
            concept.name, lexical, lexical, UNIT[concept.type], period, dimensions, scale
        )
    lexical = {"boolean": "true", "gYear": "2030", "date": "2025-06-01"}.get(concept.type, "")
    if concept.type == "enumeration":
        members = [m for m in concept.members.split() if not m.endswith("*")] or ["country:CN"]
        lexical = draw(st.sampled_from(members))
    lexical = lexical or draw(_TEXT)
    return VsmeFact(concept.name, lexical, lexical, None, period, dimensions)


@given(st.lists(facts(), max_size=8))
def test_any_facts_are_read_back_equal(stated: list[VsmeFact]) -> None:
    made = ixbrl_reader.read(ixbrl.write(filing(*stated)))
    assert made.unread == ()
    assert [key(each) for each in made.facts] == [key(each) for each in stated]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>', "ixbrl.entities"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "ixbrl.entities"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "ixbrl.entities"),
        (b"<a>", "ixbrl.not_xml"),
        (b"", "ixbrl.not_xml"),
        (b"\xff\xfe\x00", "ixbrl.not_xml"),
        (b"<a/>", "ixbrl.not_ixbrl"),
        (b" " * 50_000_000, "ixbrl.too_large"),
        (b"PK\x03\x04nothing", "ixbrl.not_zip"),
    ],
    ids=["bomb", "dtd", "external", "open", "empty", "binary", "untagged", "50 MB", "zip"],
)
def test_dangerous_or_unreadable_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(IxbrlError) as refused:
        ixbrl_reader.read(content)
    assert refused.value.text.code == code
    assert refused.value.told.zh != refused.value.told.en


def test_package_with_two_reports_or_a_large_one_is_refused() -> None:
    for names, size, code in ((("a", "b"), 1, "reports"), (("a",), 21_000_000, "too_large")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            for name in names:
                made.writestr(f"p/reports/{name}.xhtml", b" " * size)
        with pytest.raises(IxbrlError) as refused:
            ixbrl_reader.read(packed.getvalue())
        assert refused.value.text.code == f"ixbrl.{code}"


def test_deeply_nested_page_is_refused_not_crashed() -> None:
    deep = b"<b>" * 5000 + b"1" + b"</b>" * 5000
    text = page().decode().replace(">1,", f">{deep.decode()},", 1)
    with pytest.raises(IxbrlError, match="well-formed"):
        ixbrl_reader.read(text.encode())


@pytest.mark.parametrize(
    "body",
    [
        f"{'<ix:nonNumeric>' * 50}{'x' * 100_000}{'</ix:nonNumeric>' * 50}",
        "<ix:nonNumeric continuedAt='k'/>" * 50
        + f"<ix:continuation id='k'>{'x' * 100_000}</ix:continuation>",
        "<xbrli:context>" * 3000 + "</xbrli:context>" * 3000,
    ],
)
def test_page_that_states_its_text_again_and_again_is_refused(body: str) -> None:
    text = page(("</body>", f"{body}</body>"))
    assert len(text) < 300_000
    with pytest.raises(IxbrlError) as refused:
        ixbrl_reader.read(text)
    assert refused.value.text.code == "ixbrl.too_much"


@pytest.mark.parametrize(
    ("old", "new", "unread"),
    [
        ("ixt:num-dot-decimal", "ixt:date-month-day", "ixt:date-month-day"),
        ('contextRef="c1"', 'contextRef="c99"', "contextRef"),
    ],
)
def test_what_cannot_be_read_is_told_not_guessed(old: str, new: str, unread: str) -> None:
    reading = ixbrl_reader.read(page((old, new)))
    assert {form for _, _, form in reading.unread} == {unread}
    assert reading.unread[0][0].startswith("vsme:")


def test_other_prefixes_and_older_transformations_mean_the_same() -> None:
    other = page(
        ("vsme:", "v:"), ("xmlns:vsme=", "xmlns:v="), ("num-dot-decimal", "numdotdecimal"),
        ("2020-02-12", "2011-07-31"),
    )  # fmt: skip
    assert [key(f) for f in ixbrl_reader.facts(other)] == [
        key(f) for f in ixbrl_reader.facts(page())
    ]


def test_every_concept_has_our_words_in_both_languages() -> None:
    named = {each.name: label_of(each.name) for each in concepts().values()}
    assert [name for name, words in named.items() if words.zh == words.en] == []
    assert label_of("vsme:AldrinMember").en == "Aldrin"
