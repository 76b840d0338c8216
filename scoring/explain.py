"""Why a pair scores what it scores: exact contributions against a published reference.

`score` = base + sum of contributions. A contribution is the table's value at the pair's code; the
tables are zero at the reference, so an absent line is one that equals the reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from disclosure.texts import show_decimal
from scoring.coding import AnyFeature, Feature, Side
from scoring.rows import Contribution
from scoring.tables import FusedTables
from scoring.texts import Bilingual, Text

_MISSING = Bilingual("未提供", "not given")


def contributions(
    tables: FusedTables, codes: Sequence[int], *, need: Any, listing: Any
) -> tuple[Contribution, ...]:
    """The lines of one pair, largest first; interactions stand on lines of their own."""
    features = tables.table.features
    fused = tables.fused
    lines = [
        _line(feature, float(table[code]), code=code, fact=_fact(feature, need, listing))
        for feature, table, code in zip(features, fused.tables, codes, strict=True)
        if table[code] != 0.0
    ]
    for pair in fused.pairs:
        points = float(pair.values[codes[pair.first], codes[pair.second]])
        if points != 0.0:
            lines.append(_pair_line(features[pair.first], features[pair.second], points))
    return tuple(sorted(lines, key=lambda line: (-abs(line.points), line.feature)))


def _fact(feature: AnyFeature, need: Any, listing: Any) -> Any:
    return need if feature.side is Side.NEED else listing


def _line(feature: AnyFeature, points: float, *, code: int, fact: Any) -> Contribution:
    value: float | None
    if isinstance(feature, Feature):
        value = feature.value(fact)
        shown, reference = (
            _with_unit(value, feature.unit),
            _with_unit(feature.reference, feature.unit),
        )
    else:
        value = code or None
        shown = feature.levels[code - 1] if code else _MISSING
        reference = feature.levels[feature.reference_code - 1]
    values = {
        "name": Bilingual(feature.name_zh, feature.name_en),
        "value": shown,
        "reference": reference,
        "points": _points(points),
    }
    text = Text("contribution-up" if points > 0 else "contribution-down", values)
    return Contribution(feature=feature.name, value=value, points=points, text=text)


def _pair_line(first: AnyFeature, second: AnyFeature, points: float) -> Contribution:
    values = {
        "first": Bilingual(first.name_zh, first.name_en),
        "second": Bilingual(second.name_zh, second.name_en),
        "points": _points(points),
    }
    text = Text("contribution-together-up" if points > 0 else "contribution-together-down", values)
    return Contribution(
        feature=f"{first.name} x {second.name}", value=None, points=points, text=text
    )


def _with_unit(value: float | None, unit: Bilingual) -> Bilingual:
    """A number for people: two decimals at most, no trailing zeros, its unit behind it."""
    if value is None:
        return _MISSING
    number = show_decimal(Decimal(f"{value:.2f}".rstrip("0").rstrip(".")))
    return Bilingual(f"{number}{unit.zh}", f"{number} {unit.en}".rstrip())


def _points(points: float) -> Decimal:
    return Decimal(str(round(abs(points), 3)))
