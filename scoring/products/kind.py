"""What a product kind is: typed terms, rules between them, names, class and risk text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from disclosure.texts import Bilingual, Text
from scoring.facts import Collateral, Purpose

TermValue = Decimal | int | str | date


class TermKind(StrEnum):
    """How a term is written; a percent is held in percent points (70 means 70 %)."""

    DECIMAL = "decimal"
    INTEGER = "integer"
    PERCENT = "percent"
    BP = "bp"
    CHOICE = "choice"
    DATE = "date"
    TEXT = "text"


class ProductClass(StrEnum):
    """The three classes of JR/T 0244-2022, and green and transition credit beside them."""

    FINANCING = "financing"
    TRADING = "trading"
    SUPPORT = "support"
    GREEN_CREDIT = "green_credit"


CLASS_NAMES: Mapping[ProductClass, tuple[str, str]] = {
    ProductClass.FINANCING: ("碳市场融资工具", "carbon-market financing"),
    ProductClass.TRADING: ("碳市场交易工具", "carbon-market trading"),
    ProductClass.SUPPORT: ("碳市场支持工具", "carbon-market support"),
    ProductClass.GREEN_CREDIT: ("绿色与转型信贷", "green and transition credit"),
}
"""Chinese and English name of each class."""


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed value of a choice term."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One typed term of a kind; forms and schemas are made from it."""

    name: str
    kind: TermKind
    zh: str
    en: str
    help_zh: str
    help_en: str
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required: bool = True
    options: tuple[Option, ...] = ()

    @property
    def unit_name(self) -> Bilingual:
        """The unit in both languages, empty where there is none."""
        return Bilingual(self.unit, _ENGLISH_UNITS.get(self.unit, self.unit))

    def problem(self, value: object) -> Text | None:
        """Say what is wrong with a parsed value (None means not given), or None."""
        if value is None or value == "":
            return Text("term-required", self._names()) if self.required else None
        if not isinstance(value, _TYPES[self.kind]) or isinstance(value, bool):
            return Text(f"term-not-{self.kind}", self._names())
        if self.kind is TermKind.CHOICE and value not in {option.value for option in self.options}:
            return Text("term-choice", self._names())
        if isinstance(value, Decimal | int):
            return self._outside(Decimal(value))
        return None

    def _outside(self, value: Decimal) -> Text | None:
        if not value.is_finite():
            return Text("term-not-finite", self._names())
        if self.minimum is not None and value < self.minimum:
            return Text(
                "term-below", {**self._names(), "limit": self.minimum, "unit": self.unit_name}
            )
        if self.maximum is not None and value > self.maximum:
            return Text(
                "term-above", {**self._names(), "limit": self.maximum, "unit": self.unit_name}
            )
        return None

    def _names(self) -> dict[str, object]:
        return {"term": Bilingual(self.zh, self.en)}


_ENGLISH_UNITS: Mapping[str, str] = {
    "%/年": "% a year",
    "元": "CNY",
    "元/年": "CNY a year",
    "元/吨": "CNY/t",
    "吨/吨": "t/t",
    "tCO2e/万元": "tCO2e per CNY 10,000",
    "天": "days",
    "小时": "hours",
    "月": "months",
    "年": "years",
    "期": "periods",
}

_TYPES: Mapping[TermKind, type | tuple[type, ...]] = {
    TermKind.DECIMAL: (Decimal, int),
    TermKind.INTEGER: int,
    TermKind.PERCENT: (Decimal, int),
    TermKind.BP: (Decimal, int),
    TermKind.CHOICE: str,
    TermKind.DATE: date,
    TermKind.TEXT: str,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between terms that must hold; asked only when all its terms are given."""

    code: str
    terms: tuple[str, ...]
    holds: Callable[..., bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductKind:
    """One kind of carbon-finance product.

    `suitability` marks kinds only for enterprises that passed a suitability check; for them the
    platform gives information and does not trade. `purposes` and `collateral` say what the kind
    is usually for and secured by: proposals for the listing form, not limits.
    """

    code: str
    number: int
    klass: ProductClass
    zh: str
    en: str
    summary_zh: str
    summary_en: str
    risk_zh: str
    risk_en: str
    terms: tuple[Term, ...]
    rules: tuple[Rule, ...] = ()
    suitability: bool = False
    purposes: frozenset[Purpose] = frozenset()
    collateral: frozenset[Collateral] = frozenset()

    def term(self, name: str) -> Term:
        """The term of that name; KeyError when the kind has none."""
        for term in self.terms:
            if term.name == name:
                return term
        raise KeyError(name)

    def problems(self, values: Mapping[str, object]) -> dict[str, Text]:
        """What is wrong with the values, by term name; a broken rule lies on its last term."""
        found: dict[str, Text] = {
            name: Text("term-unknown", {"name": name})
            for name in values
            if name not in {term.name for term in self.terms}
        }
        for term in self.terms:
            problem = term.problem(values.get(term.name))
            if problem is not None:
                found[term.name] = problem
        for rule in self.rules:
            given = [values.get(name) for name in rule.terms]
            if found.keys() & set(rule.terms) or None in given or "" in given:
                continue
            if not rule.holds(*given):
                found[rule.terms[-1]] = Text(rule.code, {})
        return found
