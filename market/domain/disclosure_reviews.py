"""What may be said of a draft at any moment: findings, grade, progress, what follows from it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from disclosure.checks import Context, Finding, check
from disclosure.datapoints import SHORT_ROUTE, climate
from disclosure.facts import Disclosure as Facts
from disclosure.grade import Grade, grade, grade_at
from market.domain import disclosure_contents as contents
from market.domain.disclosure_contexts import Known
from market.models import Disclosure
from market.moments import now
from market.texts import SHANGHAI

_NOT_BESIDE_FIELDS = "DQ-07"  # an untouched field is no mistake: what is missing is listed instead


@dataclass(frozen=True)
class Progress:
    """How much of a part of the questionnaire is answered."""

    part: str
    answered: int
    asked: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return self.answered * 100 // self.asked if self.asked else 100


@dataclass(frozen=True)
class Review:
    """Findings (`Finding.to_dict` with a `key`), the grade publishing would give, progress."""

    facts: Facts
    findings: tuple[dict[str, Any], ...]
    grade: Grade
    short_route: Progress
    whole: Progress
    sections: tuple[Progress, ...]
    last_year: Mapping[str, Any] = field(default_factory=dict)  # answers of the year before
    openly: Context = field(default_factory=Context)  # what anyone could know beside the facts

    @property
    def grade_today(self) -> int:
        """The grade everyone would see: one lower where the period ended long ago."""
        return grade_at(self.grade, period_end=self.facts.period.end, on=today()).level

    @property
    def blocking(self) -> tuple[dict[str, Any], ...]:
        """Error findings: nothing is published before they are mended."""
        return tuple(each for each in self.findings if each["blocks"])

    @property
    def warnings(self) -> tuple[dict[str, Any], ...]:
        """Findings that are published together with an explanation."""
        return tuple(each for each in self.findings if each["result"] == "warn")

    def beside(self, datapoint: str) -> tuple[dict[str, Any], ...]:
        """What to show at a field that was answered."""
        begun = datapoint in self.facts.answers or self.facts.catalogue[datapoint].header
        return tuple(
            each
            for each in (*self.blocking, *self.warnings)
            if datapoint in each["datapoints"] and (begun or each["code"] != _NOT_BESIDE_FIELDS)
        )

    @property
    def calculated(self) -> dict[str, dict[str, Any]]:
        """The answers nobody types, in their JSON form."""
        answers = self.facts.answers
        return {
            key: answers[key].to_dict()
            for key, asked in self.facts.catalogue.datapoints.items()
            if asked.calculated and key in answers
        }


def review(facts: Facts, known: Known) -> Review:
    """Check and grade completed facts with what the platform knows beside them."""
    before = known.whole.year_before(facts)
    findings = check(facts, context=known.whole)
    return Review(
        facts=facts,
        findings=told(findings),
        grade=grade(facts, findings, third_party=known.whole.third_party, assured=()),
        short_route=_short_route(facts),
        whole=_whole(facts),
        sections=sections(facts),
        last_year=before.to_dict()["answers"] if before else {},
        openly=known.public,
    )


def today() -> date:
    """The day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def told(findings: Iterable[Finding]) -> tuple[dict[str, Any], ...]:
    """Findings with their keys: explanations are given, and stored, under them."""
    return tuple(_with_key(each) for each in findings)


def _with_key(finding: Finding) -> dict[str, Any]:
    where = "+".join(finding.datapoints)
    key = f"{finding.code}/{where}" if where else finding.code
    return {**finding.to_dict(), "key": key, "blocks": finding.blocks}


def shown_publicly(review: Review, public: Facts) -> list[dict[str, Any]]:
    """The findings as everyone may read them.

    A finding that the public part alone gives too is shown in full; of the others only code and
    result are told, for their sentences and inputs may quote answers that are not public.
    """
    if public.answers == review.facts.answers:
        return list(review.findings)
    open_to_all = told(check(public, context=review.openly))
    shown: list[dict[str, Any]] = []
    for each in review.findings:
        said = each if each in open_to_all else _withheld(each)
        if said not in shown:
            shown.append(said)
    return shown


def _withheld(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Code and result of a finding about answers that are not public."""
    return {
        "code": finding["code"],
        "result": finding["result"],
        "severity": finding["severity"],
        "datapoints": [],
        "zh": "涉及未公开的答案，具体内容不公开。",
        "en": "It concerns answers that are not public and is not told in detail.",
        "inputs": {},
        "formula": finding["formula"],
        "tolerance": "",
        "key": f"{finding['code']}/withheld",
        "blocks": finding["blocks"],
    }


def _short_route(facts: Facts) -> Progress:
    targets = any(facts.stated(key) for key in ("TGT-01", "TGT-02", "TGT-03"))
    done = sum(targets if key == "TGT-03" else facts.stated(key) for key in SHORT_ROUTE)
    return Progress("short-route", done, len(SHORT_ROUTE))


def _whole(facts: Facts) -> Progress:
    asked = climate().datapoints
    return Progress("whole", sum(contents.is_answered(facts, key) for key in asked), len(asked))


def sections(facts: Facts, committed: Collection[str] = ()) -> tuple[Progress, ...]:
    """Progress by section; answers that are only committed to count as given."""
    catalogue = facts.catalogue
    parts = {each.id: catalogue.of_section(each.id) for each in catalogue.sections}
    return tuple(
        Progress(
            key,
            sum(d.id in committed or contents.is_answered(facts, d.id) for d in asked),
            len(asked),
        )
        for key, asked in parts.items()
    )


def explained(warnings: tuple[Mapping[str, Any], ...], given: Mapping[str, str]) -> dict[str, str]:
    """The explanation of each warning, found under its key or its bare code; "" where missing."""
    return {
        each["key"]: (given.get(each["key"]) or given.get(each["code"], "")).strip()
        for each in warnings
    }


def grade_now(disclosure: Disclosure, *, on: date | None = None) -> int:
    """The grade today: one lower once the period ended more than 18 months ago."""
    if disclosure.period_end is None:
        return disclosure.grade
    given = Grade(disclosure.grade, disclosure.points)
    end = disclosure.period_end.astimezone(SHANGHAI).date()
    return grade_at(given, period_end=end, on=on or today()).level
