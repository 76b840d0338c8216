"""What the named cases of the checks are built from: small changes of the sample disclosure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from disclosure.checks import Outside, Peers, Result
from disclosure.checks.footprints import check_footprint
from disclosure.facts import Disclosure, Period
from disclosure.texts import Bilingual
from tests.disclosure.checks import test_xbrl as filings
from tests.disclosure.exchange.test_ixbrl import page
from tests.disclosure.footprint_samples import footprint
from tests.disclosure.samples import q, results, sample, stating, tabling, without

OK, WARN, FAIL = {Result.PASS}, {Result.WARN}, {Result.FAIL}
KINDS = ("passing", "failing", "border")


@dataclass(frozen=True)
class Case:
    """A named case: the results its check gives."""

    code: str
    kind: str
    name: str
    run: Callable[[], set[Result]]
    expected: set[Result]


CASES: list[Case] = []


def case(
    code: str, kind: str, name: str, made: Disclosure, expected: set[Result], **known: Any
) -> None:
    CASES.append(Case(code, kind, name, lambda: results(made, code, **known), expected))


def numbered(number: str) -> Disclosure:
    return replace(sample(), organisation=replace(sample().organisation, number=number))


def lasting(end: date) -> Disclosure:
    return replace(sample(), period=Period(date(2025, 1, 1), end))


def with_line(**change: Any) -> Disclosure:
    power = {
        "source": "electricity", "item": "外购电力", "amount": q("1000", "MWh"),
        "factor": q("0.5849", "tCO2/MWh"), "factor_id": "cn-grid-shanghai-2022",
        "emissions": q("584.9", "tCO2e"), **change,
    }  # fmt: skip
    return tabling(sample(), "EMS-14", power)


def tonnes(key: str, amount: str, made: Disclosure | None = None) -> Disclosure:
    return stating(made or sample(), key, value=q(amount, "tCO2e"))


def market(**change: Any) -> Disclosure:
    return stating(sample(), "EMS-06", **{**sample().answers["EMS-06"].parts, **change})


def target(**change: Any) -> Disclosure:
    row = {**sample().rows("TGT-01")[0], **change}
    return tabling(without(sample(), "TGT-05"), "TGT-01", row)


def last_year(key: str, amount: str) -> dict[str, Any]:
    return {"earlier": (replace(tonnes(key, amount, QUIET), year=2024),)}


def copied(*keys: str) -> Disclosure:
    return replace(sample(), answers={key: sample().answers[key] for key in keys})


def peers(times: str) -> dict[str, Any]:
    mine = Decimal("7964") / Decimal("865000000") * Decimal(times)
    spread = ("0.5", "0.7", "0.9", "1", "1.1", "1.3", "1.6", "2")
    return {"peers": Peers(per_revenue=tuple(mine * Decimal(each) for each in spread))}


def elsewhere(amount: str) -> dict[str, Any]:
    source = Bilingual("碳市场排放报告", "emissions-trading report")
    return {"outside": (Outside(source, "EMS-01", q(amount, "tCO2e")),)}


def verified(**change: Any) -> Disclosure:
    statement = {**sample().answers["VER-02"].parts, **change}
    return stating(sample(), "VER-02", **statement)


def excluded(*shares: str) -> Disclosure:
    rows = [{"source": each, "reason": "少量", "share": q(each, "%")} for each in shares]
    return tabling(sample(), "BND-04", *rows)


def rated(k: str, grade: int) -> Disclosure:
    parts = {"l": q("0.374", "tCO2e/万元"), "k": q(k, "1"), "grade": grade, "year": 2025}
    return stating(sample(), "SHG-01", **parts, assessor="示例机构")


def with_credits(total: str) -> Disclosure:
    credit = {"standard": "ccer", "vintage": 2024, "volume": q("500", "tCO2e")}
    return stating(tabling(sample(), "ACT-03", credit), "EMS-07", location=q(total, "tCO2e"))


def claiming(text: str) -> Disclosure:
    return stating(without(sample(), "ACT-03", "VER-01"), "RSK-07", taken=True, description=text)


def of_footprint(code: str, kind: str, name: str, expected: set[Result], **change: Any) -> None:
    def run() -> set[Result]:
        found = check_footprint(replace(footprint(), **change), today=date(2026, 11, 1))
        told = {each.result for each in found if each.code == code}
        return told - OK or OK

    CASES.append(Case(code, kind, name, run, expected))


def of_filing(
    kind: str, name: str, change: Callable[[bytes], bytes], expected: set[Result]
) -> None:
    def run() -> set[Result]:
        return {each.result for each in filings.found(change(page()))}

    CASES.append(Case("DQ-36", kind, name, run, expected))


QUIET = without(sample(), "EMS-13", "EMS-11")
ONE, TWO = ({"gas": "CO2", "emissions": q(amount, "tCO2e")} for amount in ("1", "2"))
BARE = without(sample(), "ENE-06", "EMS-12")
NO_LINES = without(sample(), "EMS-14")
BASE = replace(QUIET, year=2021)


def scope_1_of(last: str) -> Disclosure:
    amounts = {"stationary": "1310.0", "mobile": "180.0", "fugitive": last}
    rows = [{"source": key, "emissions": q(each, "tCO2e")} for key, each in amounts.items()]
    return tabling(without(sample(), "EMS-02"), "EMS-03", *rows)


def category(amount: str) -> Disclosure:
    row = {"category": "c01", "relevance": "calculated", "emissions": q(amount, "tCO2e")}
    return tabling(sample(), "EMS-09", row)
