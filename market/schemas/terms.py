"""The typed terms of a product kind as a schema: units, limits, labels and rules from its data."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import LazyString, lazy_gettext
from marshmallow import Schema, ValidationError, fields, validates_schema

from market.schemas.fields import Amount, Choice, Day, Text, Told, Whole
from market.texts import language, number
from scoring.products import KINDS, ProductKind, Term, TermKind
from scoring.texts import say

_UNITS_EN = {
    "天": "days", "小时": "hours", "月": "months", "元/吨": "CNY/t", "%/年": "% a year",
    "tCO2e/万元": "tCO2e per 10,000 CNY",
}  # fmt: skip
_LARGEST = Decimal(100_000_000)


class Figure(Amount):
    """A plain number with its unit, as 70 or 4.35; 万 and 亿 make no sense here."""

    default_error_messages = {"invalid": lazy_gettext("Write a plain number such as 4.35.")}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Decimal:
        """Without trailing zeros, so that an unchanged form saves an unchanged term."""
        figure = super()._deserialize(value, attr, data, **kwargs)
        return Decimal(f"{figure.normalize():f}")

    def _parse(self, value: str) -> Decimal:
        text = value.strip().removesuffix("%").removesuffix("bp").strip()
        if text.endswith(("万", "亿", "元")):
            raise self.make_error("invalid")
        return super()._parse(text)


def bilingual(zh: str, en: str) -> LazyString:
    """Words of the pure packages as a lazy text of the reader's language."""
    return LazyString(lambda: zh if language() == "zh" else en)


def unit_of(term: Term) -> LazyString:
    """A term's unit in the reader's language."""
    return bilingual(term.unit, _UNITS_EN.get(term.unit, term.unit))


@cache
def terms_schema(kind_code: str) -> type[Schema]:
    """The schema of one kind's terms; its errors stand at the term they concern."""
    kind = KINDS[kind_code]
    drawn: dict[str, Any] = {term.name: _FIELDS[term.kind](term) for term in kind.terms}
    name = "".join(part.title() for part in kind_code.split("_")) + "Terms"
    base = type(name, (Schema,), {**drawn, "_rules": validates_schema(_rules_of(kind))})
    base.__doc__ = f"The terms of a {kind.en}."
    return base


def shown_terms(kind_code: str, terms: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each term given, for people; `terms` as they are stored."""
    kind = KINDS[kind_code]
    return [(str(_label(t)), _shown(t, terms[t.name])) for t in kind.terms if t.name in terms]


def _shown(term: Term, value: Any) -> str:
    if term.kind is TermKind.CHOICE:
        named = {option.value: bilingual(option.zh, option.en) for option in term.options}
        return str(named.get(value, value))
    if term.kind in {TermKind.DATE, TermKind.TEXT}:
        return str(value)
    return f"{number(Decimal(value), 4)} {unit_of(term)}".strip()


def _rules_of(kind: ProductKind) -> Callable[..., None]:
    def rules(_schema: Schema, data: Mapping[str, Any], **_kwargs: Any) -> None:
        """Rules between terms, each told at its last term."""
        given = {name: value for name, value in data.items() if value is not None}
        problems = kind.problems(given)
        if problems:
            lang = language()
            raise ValidationError(
                {
                    name: [say(text, "en" if lang == "en" else "zh")]
                    for name, text in problems.items()
                }
            )

    return rules


def _figure(places: int) -> Callable[[Term], fields.Field[Any]]:
    def drawn(term: Term) -> fields.Field[Any]:
        return Figure(
            _label(term),
            least=term.minimum if term.minimum is not None else -_LARGEST,
            most=term.maximum if term.maximum is not None else _LARGEST,
            places=places,
            unit=unit_of(term),
            **_common(term),
        )

    return drawn


def _whole(term: Term) -> fields.Field[Any]:
    return Whole(
        _label(term),
        least=int(term.minimum or 0),
        most=int(term.maximum or _LARGEST),
        unit=unit_of(term),
        **_common(term),
    )


def _choice(term: Term) -> fields.Field[Any]:
    options: list[tuple[str, Told]] = [
        (option.value, bilingual(option.zh, option.en)) for option in term.options
    ]
    return Choice(_label(term), options=options, **_common(term))


def _label(term: Term) -> LazyString:
    return LazyString(lambda: term.zh if language() == "zh" else term.en[:1].upper() + term.en[1:])


def _common(term: Term) -> dict[str, Any]:
    given: dict[str, Any] = {"hint": bilingual(term.help_zh, term.help_en)}
    return {**given, "required": True} if term.required else {**given, "load_default": None}


_FIELDS: Mapping[TermKind, Callable[[Term], fields.Field[Any]]] = {
    TermKind.DECIMAL: _figure(4),
    TermKind.PERCENT: _figure(2),
    TermKind.BP: _figure(1),
    TermKind.INTEGER: _whole,
    TermKind.CHOICE: _choice,
    TermKind.DATE: lambda term: Day(_label(term), **_common(term)),
    TermKind.TEXT: lambda term: Text(_label(term), most=200, **_common(term)),
}
