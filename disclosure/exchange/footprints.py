"""Our own record of a footprint: PACT's attributes, and beside them what PACT does not carry.

`canonical(write_footprint(footprint))` is what is hashed when a footprint is published.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure.exchange.pact import read_pact
from disclosure.exchange.pact_values import choice, given_text, many
from disclosure.exchange.pact_writing import attributes
from disclosure.factors import Factor, Purpose
from disclosure.footprint import Footprint, Label, Line
from disclosure.footprint_terms import Boundary, Stage
from disclosure.texts import Bilingual
from disclosure.units import UnitError
from disclosure.values import FactError, quantity, read_fields, read_text

FORMAT = "tanqiao-footprint/1"
_FACTOR = {"id", "value", "unit", "version"}
_FACTOR_MORE = {"source", "zh", "en", "region", "year"}
_LINE = {"stage", "name", "amount", "unit", "factor"}


def write_footprint(footprint: Footprint) -> dict[str, Any]:
    """Write the JSON form; `read_footprint` gives back an equal footprint."""
    product, label = footprint.product, footprint.label
    written: dict[str, Any] = {
        "format": FORMAT,
        "record": attributes(footprint),
        "boundary": str(footprint.boundary),
        "product": {"name_en": product.name_en, "model": product.model},
        "lines": [_write_line(each) for each in footprint.lines],
    }
    if label is not None:
        written["label"] = {
            "certificate": label.certificate,
            "scheme": label.scheme,
            "issuer": label.issuer,
        }
    return written


def read_footprint(raw: Any) -> Footprint:
    """Read our own record, or a bare PACT record; FactError names the path and the remedy."""
    if isinstance(raw, dict) and "format" not in raw:
        return read_pact(raw)
    keys = {"format", "record", "boundary", "product", "lines"}
    given = read_fields(raw, "footprint", keys, {"label"})
    if given["format"] != FORMAT:
        raise FactError("format", "unknown_format", expected=FORMAT)
    made = read_pact(given["record"])
    product = read_fields(given["product"], "product", {"name_en", "model"}, set())
    return replace(
        made,
        boundary=Boundary(choice(given["boundary"], "boundary", tuple(Boundary))),
        product=replace(
            made.product,
            name_en=given_text(product, "name_en", 500),
            model=given_text(product, "model", 200),
        ),
        lines=tuple(_read_line(each) for each in (many(given, "lines") if given["lines"] else ())),
        label=_read_label(given["label"]) if "label" in given else None,
    )


def _read_label(raw: Any) -> Label:
    given = read_fields(raw, "label", {"certificate", "scheme", "issuer"}, set())
    return Label(**{key: read_text(value, f"label.{key}", 200) for key, value in given.items()})


def _write_line(line: Line) -> dict[str, Any]:
    factor = line.factor
    return {
        "stage": str(line.stage),
        "name": line.name,
        "amount": f"{line.amount.amount:f}",
        "unit": line.amount.unit,
        "factor": {
            "id": factor.id,
            "value": f"{factor.value.amount:f}",
            "unit": factor.value.unit,
            "version": factor.version,
            "region": factor.region,
            "year": factor.year,
            "source": factor.source,
            "zh": factor.name.zh,
            "en": factor.name.en,
        },
    }


def _read_line(raw: Any) -> Line:
    given = read_fields(raw, "lines", _LINE, set())
    line = Line(
        stage=Stage(choice(given["stage"], "lines.stage", tuple(Stage))),
        name=read_text(given["name"], "lines.name", 200),
        amount=quantity(given["amount"], given["unit"], "lines.amount"),
        factor=_read_factor(given["factor"]),
    )
    return _multiplied(line)


def _multiplied(line: Line) -> Line:
    """Refuse a line whose factor is per another unit than its amount."""
    try:
        if line.kilograms.copy_abs() < Decimal("1E18"):
            return line
    except (LookupError, UnitError):
        pass
    raise FactError(
        "lines", "factor_unit", factor=line.factor.id, per=line.factor.value.unit,
        unit=line.amount.unit,
    )  # fmt: skip


def _read_factor(raw: Any) -> Factor:
    given = read_fields(raw, "lines.factor", _FACTOR, _FACTOR_MORE)
    year = given.get("year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise FactError("lines.factor.year", "not_an_integer", given=repr(year)[:60])
    return Factor(
        id=read_text(given["id"], "lines.factor.id", 120),
        purpose=Purpose.FOOTPRINT,
        item="",
        value=quantity(given["value"], given["unit"], "lines.factor.value"),
        region=given_text(given, "region", 20),
        year=year,
        version=given_text(given, "version", 60),
        name=Bilingual(given_text(given, "zh", 200), given_text(given, "en", 200)),
        source=given_text(given, "source", 500),
    )
