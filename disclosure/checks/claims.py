"""Whether what is claimed is shown: verification, exclusions, offsets, ratings, neutrality."""

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.checks.figures import column_of, figure, location_total, total
from disclosure.checks.finding import Context, Result, Severity
from disclosure.checks.rule import Issue, not_run, passed, plain, rule
from disclosure.efficiency import ZHEJIANG_2021, intensity, rating
from disclosure.facts import Disclosure
from disclosure.values import Quantity

_EXCLUDED = Decimal(5)
_CREDIT = Decimal("0.01")
_L = Decimal("0.10")
_PLANS = (
    "目标", "目標", "承诺", "承諾", "规划", "規劃", "路径", "路徑",
    "target", "goal", "plan to", "plans to", "commit", "pathway",
)  # fmt: skip
_CLAIMS = (
    "碳中和",
    "零碳",
    "carbon neutral",
    "carbon-neutral",
    "net zero",
    "net-zero",
    "zero carbon",
)


@rule("DQ-28", Severity.ERROR, formula="verified => verifier, statement, date > period end, share")
def verification_shown(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """What is verified names standard, level, share, verifier and statement (ISO 14064-3)."""
    rows = [row for row in disclosure.rows("VER-01") if row.get("status") == "verified"]
    if not rows:
        yield not_run()
        return
    for part, code in (("standard", "VER-01"), ("level", "VER-01"), ("scopes", "VER-01")):
        if any(part not in row for row in rows):
            yield Issue("unnamed", (code,), {"part": disclosure.catalogue[code].column(part).label})
    for row in rows:
        cover = row.get("coverage")
        if not isinstance(cover, Quantity) or cover.amount <= 0:
            yield Issue("share", ("VER-01",))
    for part in ("verifier", "statement", "date"):
        if disclosure.value("VER-02", part) is None:
            label = disclosure.catalogue["VER-02"].column(part).label
            yield Issue("unnamed", ("VER-02",), {"part": label})
    on = disclosure.value("VER-02", "date")
    if on is not None and str(on) <= disclosure.period.end.isoformat():
        yield Issue("date", ("VER-02",), {"date": on, "end": disclosure.period.end})


@rule("DQ-29", Severity.WARNING, formula="Σ BND-04 <= 5 %")
def exclusions(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Exclusions of more than 5 % of scopes 1 and 2 are not called complete (CDP 7.4)."""
    shares = column_of(disclosure, "BND-04", "share")
    if shares is None:
        yield not_run()
    elif total(shares) > _EXCLUDED:
        yield Issue("fail", ("BND-04",), {"share": total(shares)})


@rule("DQ-32", Severity.WARNING, formula="1 <= rating <= 5; 0 < primary data <= 100 %")
def footprint_quality(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Footprints come with their primary data share and quality rating (PACT, GB/T 24067)."""
    if not disclosure.rows("PCF-01"):
        yield not_run()
    elif not disclosure.stated("PCF-03"):
        yield Issue("missing", ("PCF-03", "PCF-01"))
    elif disclosure.amount("PCF-03", "primary_data") == 0:
        yield Issue("no_primary", ("PCF-03",))


@rule("DQ-33", Severity.ERROR, formula="grade = grade(K); L = (EMS-01 + EMS-05) / GEN-06")
def efficiency_rating(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """The stated carbon-efficiency grade follows from K; an L far from ours is warned about.

    Thresholds of `efficiency.py`; L may rightly leave out process emissions.
    """
    k, grade = figure(disclosure, "SHG-01", "k"), disclosure.value("SHG-01", "grade")
    if k is None or not isinstance(grade, int):
        yield not_run()
        return
    expected = rating(k.canonical, ZHEJIANG_2021)
    inputs = {"k": plain(k.canonical), "grade": str(grade), "recomputed": str(expected)}
    if grade != expected:
        values = {"k": k.canonical, "grade": grade, "expected": expected}
        yield Issue("grade", ("SHG-01",), values, inputs)
    else:
        yield passed(**inputs)
    stated, mine = disclosure.amount("SHG-01", "l", unit="tCO2e/万元"), _own_l(disclosure)
    same_year = disclosure.value("SHG-01", "year") == disclosure.year
    if stated is not None and mine and same_year and abs(stated - mine) > _L * abs(mine):
        values = {"stated": stated, "recomputed": Decimal(f"{mine:.4g}")}
        yield Issue("l", ("SHG-01", "GEN-06"), values, result=Result.WARN)


@rule("DQ-34", Severity.ERROR, formula="EMS-07 + ACT-03 != EMS-01 + EMS-05", tolerance="1 %")
def offsets_apart(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """Credits cancelled never reduce gross totals (GHG Protocol ch. 9, ESRS E1-7 §59)."""
    cancelled = column_of(disclosure, "ACT-03", "volume")
    stated, gross = figure(disclosure, "EMS-07", "location"), location_total(disclosure)
    if not cancelled or stated is None or gross is None:
        yield not_run()
        return
    volume = total(cancelled)
    missing = gross - stated.canonical
    if volume > 0 and abs(missing - volume) <= _CREDIT * volume:
        yield Issue("fail", ("EMS-07", "ACT-03"), {"volume": volume})


@rule("DQ-35", Severity.WARNING, formula="claim in text => ACT-03 or VER-01")
def neutrality_claims(disclosure: Disclosure, _context: Context) -> Iterator[Issue]:
    """A claim such as 零碳 in a text rests on cancelled credits or verification (ISO 14068-1).

    Plans are no claims: targets are not looked at, nor sentences that speak of a goal or a year to
    come.
    """
    if disclosure.rows("ACT-03") or disclosure.rows("VER-01"):
        return
    for key, answer in disclosure.answers.items():
        texts = [value for parts in (answer.parts, *answer.rows) for value in parts.values()]
        words = [each.lower() for each in (*texts, answer.note) if isinstance(each, str)]
        claim = next((found for text in words if (found := _claim(text, disclosure.year))), None)
        if claim and not key.startswith("TGT"):
            yield Issue("fail", (key,), {"claim": claim})


def _claim(text: str, year: int) -> str | None:
    """Return what a sentence of a text claims, None when it only plans."""
    for sentence in re.split(r"[。；;\n]|\. ", text):
        later = any(int(each) > year for each in re.findall(r"(?<!\d)20\d\d(?!\d)", sentence))
        planned = later or any(word in sentence for word in _PLANS)
        said = next((each for each in _CLAIMS if each in sentence), None)
        if said and not planned:
            return said
    return None


def _own_l(disclosure: Disclosure) -> Decimal | None:
    emissions, added = location_total(disclosure), disclosure.amount("GEN-06", unit="万元")
    return intensity(emissions, added) if emissions is not None and added is not None else None
