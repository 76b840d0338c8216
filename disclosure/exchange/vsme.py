"""Reading a filled VSME workbook (EFRAG digital template 1.0 to 1.3) fact by fact.

A named range called like a concept holds its value; `_unit` its unit; a member's name behind the
concept, or the axis range of the same rows, its dimensions. What is stated but cannot be understood
is refused with range, sheet, cell and remedy; nothing is silently left out or made zero.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from disclosure.exchange.vsme_fact import VsmeFact, VsmeReport
from disclosure.exchange.vsme_taxonomy import (
    AXIS_OF_MEMBER,
    DEFAULT_MEMBERS,
    FITTING,
    NUMERIC,
    OLDER,
    RENAMED,
    UNITS,
    Concept,
    Table,
    concepts,
    label,
    member,
    range_names,
    tables,
)
from disclosure.exchange.workbook import (
    Cell,
    NamedRanges,
    Range,
    WorkbookError,
    as_date,
    expected_at,
)

_META = (
    "template_currency", "template_reporting_entity_identifier", "template_reporting_entity_name",
    "template_reporting_period_enddate", "template_reporting_period_startdate",
    "template_reporting_schemaRef", "template_reporting_template_version",
)  # fmt: skip
_YES = {"yes": True, "no": False, "true": True, "false": False}
_UNIT = re.compile(r"\(([^()]+)\)\s*$")
_UNIT_NAMES = {"m2": "sqm", "m²": "sqm", "m³": "m3"}


def read_vsme(path: Path) -> VsmeReport:
    """Read a workbook; WorkbookError says what is wrong with it and where."""
    book = NamedRanges(path)
    _refuse_missing(book)
    meta = {name: book.read(name).first for name in _META}
    for name, cell in meta.items():
        if cell.empty:
            raise WorkbookError("empty", name=name, at=cell.at)
    start, end = (as_date(meta[name], name) for name in (_META[4], _META[3]))
    if end <= start:
        raise WorkbookError("reversed_period", start=start, end=end, at=meta[_META[3]].at)
    schema = str(meta["template_reporting_schemaRef"].value)
    currency = str(meta["template_currency"].value).strip()
    reader = _Reader(book, _Setting(start, end, currency, older=OLDER in schema))
    return VsmeReport(
        entity=str(meta["template_reporting_entity_name"].value),
        identifier=str(meta["template_reporting_entity_identifier"].value),
        template=str(meta["template_reporting_template_version"].value),
        schema=schema,
        start=start,
        end=end,
        currency=currency,
        facts=tuple(reader.facts()),
    )


def _refuse_missing(book: NamedRanges) -> None:
    present = {RENAMED.get(name, name) for name in book.names()}
    if missing := sorted({*range_names(), *_META} - present):
        more = len(missing) - 1
        raise WorkbookError("missing_range", name=missing[0], at=expected_at(missing[0]), more=more)


@dataclass(frozen=True)
class _Setting:
    start: date
    end: date
    currency: str
    older: bool


class _Reader:
    """Turns the ranges of one workbook into facts."""

    def __init__(self, book: NamedRanges, setting: _Setting) -> None:
        self.book, self.setting = book, setting
        self._by_present_name = {RENAMED.get(name, name): name for name in book.names()}

    def facts(self) -> Iterator[VsmeFact]:
        """List all facts in the order of the range names."""
        for name in sorted(self.book.names(), key=str.lower):
            base, _, suffix = name.partition("_")
            concept = concepts().get(RENAMED.get(base, base))
            if concept is None or suffix == "unit" or name.startswith(("template_", "enum_")):
                continue
            if suffix and suffix not in AXIS_OF_MEMBER and suffix not in DEFAULT_MEMBERS:
                raise WorkbookError("unknown_member", name=name, member=suffix)
            yield from self._of_range(self.book.read(name), concept, f"vsme:{base}", suffix)

    def _of_range(
        self, area: Range, concept: Concept, name: str, suffix: str
    ) -> Iterator[VsmeFact]:
        table = tables().get(concept.name)
        if concept.type == "enumerationSet":
            yield from self._chosen(area, concept, name)
        elif len(area.rows) > 1 and table:
            yield from self._of_rows(area, concept, name, table)
        elif not area.first.empty:
            dimensions = (
                {AXIS_OF_MEMBER[suffix]: f"vsme:{suffix}"} if suffix in AXIS_OF_MEMBER else {}
            )
            made = self._fact(area.first, concept, name, dimensions)
            yield from (made,) if made else ()

    def _of_rows(
        self, area: Range, concept: Concept, name: str, table: Table
    ) -> Iterator[VsmeFact]:
        axis = table.typed or table.explicit
        source = table.name if table.typed else axis
        keys = self.book.read(self._by_present_name[source.removeprefix("vsme:")])
        for cells in area.rows:
            cell = cells[0]
            key = next(iter(keys.row_at(cell.row)), None)
            if cell.empty or (concept.type == "boolean" and (key is None or key.empty)):
                continue
            if key is None or key.empty:
                raise WorkbookError("row_without_key", name=area.name, at=cell.at)
            value = str(key.value) if table.typed else self._member(key, axis, "")
            made = self._fact(cell, concept, name, {axis: value})
            if made:
                yield made

    def _fact(
        self, cell: Cell, concept: Concept, name: str, dimensions: Mapping[str, str]
    ) -> VsmeFact | None:
        unit, scale = None, 0
        if concept.type in NUMERIC:
            number = _number(cell, name)
            unit = self._unit(cell, concept)
            if unit is None:
                return None
            lexical = f"{number:f}"
            scale = -2 if concept.type == "percent" else 0
            value = _in_percent(cell, number) if scale else lexical
        else:
            value, lexical = self._words(cell, concept, name)
        period = self._period(concept, dimensions)
        return VsmeFact(name, value, lexical, unit, period, dict(dimensions), scale, cell.at.en)

    def _words(self, cell: Cell, concept: Concept, name: str) -> tuple[str, str]:
        text = str(cell.value)
        match concept.type:
            case "boolean":
                known = _YES.get(text.strip().lower())
                if known is None:
                    raise WorkbookError("not_yes_no", name=name, at=cell.at, given=_short(text))
                return text, str(known).lower()
            case "enumeration":
                return text, self._member(cell, name, concept.members)
            case "gYear":
                if not re.fullmatch(r"\d{4}", text.strip()):
                    raise WorkbookError("not_a_year", name=name, at=cell.at, given=_short(text))
                return text.strip(), text.strip()
            case "date":
                day = as_date(cell, name).isoformat()
                return day, day
        return text, text

    def _chosen(self, area: Range, concept: Concept, name: str) -> Iterator[VsmeFact]:
        """Make one fact of all choices: words in cells, or ticked cells with words beside them."""
        chosen = [
            self._choice(area, cell, concept, name)
            for cell in area.stated()
            if cell.value is not False
        ]
        if chosen:
            value = "\n".join(text for text, _ in chosen)
            lexical = " ".join(sorted(found for _, found in chosen if found))
            period = self._period(concept, {})
            yield VsmeFact(name, value, lexical, None, period, {}, 0, area.first.at.en)

    def _choice(self, area: Range, cell: Cell, concept: Concept, name: str) -> tuple[str, str]:
        """Return one choice as words and member; the word None stands for the empty set."""
        ticked = cell.value is True
        text = self._beside(area, cell, name) if ticked else str(cell.value)
        if text.strip() == "None":
            return text, ""
        found = member(text, concept.members)
        if found is None:
            raise WorkbookError("not_an_option", name=name, at=cell.at, given=_short(text))
        return (label(found) if ticked else text), found

    def _beside(self, area: Range, cell: Cell, name: str) -> str:
        near = {"up": 1} if len(area.rows) == 1 else {"left": 1}
        found = self.book.near(cell, **near)
        if not isinstance(found, str):
            raise WorkbookError("no_words", name=name, at=cell.at)
        return found.strip()

    def _member(self, cell: Cell, name: str, allowed: str) -> str:
        found = member(str(cell.value), allowed, older=self.setting.older)
        if found is None:
            given = _short(cell.value)
            raise WorkbookError("not_an_option", name=name, at=cell.at, given=given)
        return found

    def _unit(self, cell: Cell, concept: Concept) -> str | None:
        """Return the unit; None when the cell belongs to the twin concept of another kind."""
        if concept.type == "monetary":
            return f"iso4217:{self.setting.currency}"
        if concept.type == "ghgEmissionsPerMonetary":
            return f"utr:tCO2e/iso4217:{self.setting.currency}"
        given = self._by_present_name.get(f"{concept.name.removeprefix('vsme:')}_unit")
        if given is None:
            return UNITS[concept.type]
        area = self.book.read(given)
        holder = next(iter(area.row_at(cell.row)), area.first)
        if holder.empty:
            raise WorkbookError("no_unit", name=given, at=holder.at)
        match = _UNIT.search(str(holder.value))
        unit = _UNIT_NAMES.get(match[1], match[1]) if match else ""
        if not any(unit in known for known in FITTING.values()):
            raise WorkbookError("not_a_unit", name=given, at=holder.at, given=_short(holder.value))
        return f"utr:{unit}" if unit in FITTING[concept.type] else None

    def _period(self, concept: Concept, dimensions: Mapping[str, str]) -> str:
        scope = dimensions.get("vsme:ReportingScopesAxis", "").removeprefix("vsme:")
        start, end = self.setting.start, self.setting.end
        if scope:
            cell = self.book.read(scope).first
            if not re.fullmatch(r"\d{4}", str(cell.value).strip()):
                raise WorkbookError("no_year", name=scope, at=cell.at)
            start, end = date(int(cell.value), 1, 1), date(int(cell.value), 12, 31)
        return end.isoformat() if concept.period == "instant" else f"{start}/{end}"


def _in_percent(cell: Cell, number: Decimal) -> str:
    """Print a share as a spreadsheet does: times 100 in double precision."""
    if isinstance(cell.value, float):
        return f"{Decimal(repr(cell.value * 100)):f}"
    return f"{number * 100:f}"


def _number(cell: Cell, name: str) -> Decimal:
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise WorkbookError("not_a_number", name=name, at=cell.at, given=_short(value))
    number = Decimal(repr(value) if isinstance(value, float) else value)
    if not number.is_finite():
        raise WorkbookError("not_finite", name=name, at=cell.at)
    return number


def _short(value: object) -> str:
    return repr(value)[:62]
