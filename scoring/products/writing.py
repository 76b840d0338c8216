"""Short ways to write a term: name, (zh, en), (help zh, help en), limits."""

from __future__ import annotations

from decimal import Decimal

from scoring.products.kind import Option, Term, TermKind

Words = tuple[str, str]
Limits = tuple[str, str]


def percent(
    name: str, names: Words, helps: Words, limits: Limits, *, unit: str = "%", required: bool = True
) -> Term:
    """A percentage in percent points."""
    return _number(TermKind.PERCENT, name, (names, helps), limits, unit=unit, required=required)


def amount(
    name: str, names: Words, helps: Words, limits: Limits, *, unit: str, required: bool = True
) -> Term:
    """A decimal amount in a unit."""
    return _number(TermKind.DECIMAL, name, (names, helps), limits, unit=unit, required=required)


def whole(
    name: str, names: Words, helps: Words, limits: Limits, *, unit: str, required: bool = True
) -> Term:
    """A whole number in a unit."""
    return _number(TermKind.INTEGER, name, (names, helps), limits, unit=unit, required=required)


def points(name: str, names: Words, helps: Words, limits: Limits, *, required: bool = True) -> Term:
    """Basis points."""
    return _number(TermKind.BP, name, (names, helps), limits, unit="bp", required=required)


def choice(
    name: str, names: Words, helps: Words, options: tuple[tuple[str, str, str], ...]
) -> Term:
    """One of (value, zh, en)."""
    return Term(
        name=name,
        kind=TermKind.CHOICE,
        zh=names[0],
        en=names[1],
        help_zh=helps[0],
        help_en=helps[1],
        options=tuple(Option(*option) for option in options),
    )


def day(name: str, names: Words, helps: Words) -> Term:
    """A date."""
    return _plain(TermKind.DATE, name, (names, helps), required=True)


def text(name: str, names: Words, helps: Words, *, required: bool = True) -> Term:
    """Free text."""
    return _plain(TermKind.TEXT, name, (names, helps), required=required)


def _plain(kind: TermKind, name: str, words: tuple[Words, Words], *, required: bool) -> Term:
    (zh, en), (help_zh, help_en) = words
    return Term(
        name=name, kind=kind, zh=zh, en=en, help_zh=help_zh, help_en=help_en, required=required
    )


def _number(
    kind: TermKind,
    name: str,
    words: tuple[Words, Words],
    limits: Limits,
    *,
    unit: str,
    required: bool,
) -> Term:
    (zh, en), (help_zh, help_en) = words
    return Term(
        name=name,
        kind=kind,
        unit=unit,
        minimum=Decimal(limits[0]),
        maximum=Decimal(limits[1]),
        required=required,
        zh=zh,
        en=en,
        help_zh=help_zh,
        help_en=help_en,
    )
