"""Inline XBRL: a filing as one XHTML page that people read and machines tag (VSME 2025-07-30).

`write` makes the page, `package` the report package around it; `ixbrl_reader.read` gives back the
same facts. Everything written is escaped by the XML library; no template language is involved.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from disclosure.exchange.ixbrl_names import (
    NAMESPACES,
    SCHEMA,
    put,
    tag,
    write_member,
    write_unit,
)
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.exchange.vsme_labels import label_of
from disclosure.exchange.vsme_taxonomy import NUMERIC, concepts
from disclosure.texts import Bilingual

_STYLE = (
    "body{font-family:'Noto Sans CJK SC',sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3em .5em;"
    "text-align:left;vertical-align:top}td.num{text-align:right}small{color:#444}"
)
_WORDS = {
    "title": Bilingual("可持续信息披露（VSME）", "Sustainability disclosure (VSME)"),
    "period": Bilingual("报告期", "Reporting period"),
    "about": Bilingual(
        "本页为Inline XBRL文件，按VSME分类标准2025-07-30标注；中文标签由本平台编写。",
        "This page is Inline XBRL, tagged with the VSME taxonomy 2025-07-30; the labels are ours.",
    ),
    "concept": Bilingual("指标", "Datapoint"),
    "value": Bilingual("数值", "Value"),
    "unit": Bilingual("单位", "Unit"),
    "true": Bilingual("是", "Yes"),
    "false": Bilingual("否", "No"),
}


@dataclass(frozen=True)
class Filing:
    """What a report states: who (scheme URI and identifier), which period, which facts."""

    name: str
    scheme: str
    identifier: str
    start: date
    end: date
    facts: tuple[VsmeFact, ...] = field(default=())


def write(filing: Filing) -> bytes:
    """Return the page as UTF-8 XHTML; the same filing always gives the same bytes."""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    page = _Page(filing)
    root = page.document()
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    missing = (f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()
               if prefix and f"xmlns:{prefix}=" not in text)  # fmt: skip
    text = text.replace("<html ", f"<html{''.join(missing)} ", 1)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode("utf-8") + b"\n"


def package(name: str, xhtml: bytes) -> bytes:
    """Return a report package (Report Package 1.0, `.xbri`-style zip) with one report."""
    packed = io.BytesIO()
    information = b'{"documentInfo": {"documentType": "https://xbrl.org/report-package/2023"}}\n'
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in (
            (f"{name}/META-INF/reportPackage.json", information),
            (f"{name}/reports/{name}.xhtml", xhtml),
        ):
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content,
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return packed.getvalue()


class _Page:
    """Builds one page; contexts and units are made when first needed."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self._contexts: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._units: dict[str, str] = {}

    def document(self) -> ET.Element:
        """Return the whole tree: tagged table first, then the header its tags refer to."""
        root = ET.Element(tag("", "html"), {f"{{{_XML}}}lang": "zh-CN"})
        head = ET.SubElement(root, tag("", "head"))
        put(ET.SubElement(head, tag("", "title")), f"{self.filing.name} {self.filing.end.year}")
        about = {"http-equiv": "Content-Type", "content": "application/xhtml+xml; charset=UTF-8"}
        ET.SubElement(head, tag("", "meta"), about)
        put(ET.SubElement(head, tag("", "style"), {"type": "text/css"}), _STYLE)
        body = ET.SubElement(root, tag("", "body"))
        header = ET.SubElement(ET.SubElement(body, tag("", "div"), {"style": "display:none"}),
                               tag("ix", "header"))  # fmt: skip
        self._introduction(body)
        hidden = self._table(body)
        self._header(header, hidden)
        return root

    def _introduction(self, body: ET.Element) -> None:
        filing = self.filing
        put(ET.SubElement(body, tag("", "h1")), f"{filing.name}")
        put(ET.SubElement(body, tag("", "p")), _both(_WORDS["title"]))
        period = f"{_both(_WORDS['period'])}: {filing.start} – {filing.end}"
        put(ET.SubElement(body, tag("", "p")), period)
        put(ET.SubElement(ET.SubElement(body, tag("", "p")), tag("", "small")),
              _both(_WORDS["about"]))  # fmt: skip

    def _table(self, body: ET.Element) -> list[ET.Element]:
        """Write one row a fact; return the tags that stand hidden in the header."""
        table = ET.SubElement(body, tag("", "table"))
        row = ET.SubElement(ET.SubElement(table, tag("", "thead")), tag("", "tr"))
        for word in ("concept", "value", "unit", "period"):
            put(ET.SubElement(row, tag("", "th")), _both(_WORDS[word]))
        rows = ET.SubElement(table, tag("", "tbody"))
        hidden = []
        for number, fact in enumerate(self.filing.facts, 1):
            row = ET.SubElement(rows, tag("", "tr"))
            put(ET.SubElement(row, tag("", "td")), _title(fact))
            cell = ET.SubElement(row, tag("", "td"), {"class": "num"} if fact.unit else {})
            made = self._tagged(cell, fact, f"f{number}")
            if made is not None:
                hidden.append(made)
            put(ET.SubElement(row, tag("", "td")), _unit_words(fact.unit))
            put(ET.SubElement(row, tag("", "td")), fact.period.replace("/", " – "))
        return hidden

    def _tagged(self, cell: ET.Element, fact: VsmeFact, key: str) -> ET.Element | None:
        concept = concepts()[fact.concept.removeprefix("vsme:")]
        common = {"id": key, "name": fact.concept, "contextRef": self._context(fact)}
        if concept.type in NUMERIC:
            self._number(cell, fact, common)
        elif concept.type in ("enumeration", "enumerationSet"):
            put(cell, "; ".join(_both(label_of(each)) for each in fact.lexical.split()))
            hidden = ET.Element(tag("ix", "nonNumeric"), common)
            put(hidden, " ".join(_uri(each) for each in fact.lexical.split()))
            return hidden
        elif concept.type == "boolean":
            made = {**common, "format": f"ixt:fixed-{fact.lexical}"}
            put(ET.SubElement(cell, tag("ix", "nonNumeric"), made), _both(_WORDS[fact.lexical]))
        else:
            put(ET.SubElement(cell, tag("ix", "nonNumeric"), common), fact.lexical)
        return None

    def _number(self, cell: ET.Element, fact: VsmeFact, common: Mapping[str, str]) -> None:
        shown = Decimal(fact.lexical).scaleb(-fact.scale)
        given = {
            **common, "unitRef": self._unit(fact.unit or ""), "decimals": "INF",
            "scale": str(fact.scale), "format": "ixt:num-dot-decimal",
        }  # fmt: skip
        if shown < 0:
            given["sign"] = "-"
        put(ET.SubElement(cell, tag("ix", "nonFraction"), given), f"{abs(shown):,f}")
        if fact.scale == -2:
            cell[-1].tail = " %"

    def _context(self, fact: VsmeFact) -> str:
        key = (fact.period, tuple(sorted(fact.dimensions.items())))
        return self._contexts.setdefault(key, f"c{len(self._contexts) + 1}")

    def _unit(self, unit: str) -> str:
        return self._units.setdefault(unit, f"u{len(self._units) + 1}")

    def _header(self, header: ET.Element, hidden: Iterable[ET.Element]) -> None:
        tags = list(hidden)
        if tags:
            ET.SubElement(header, tag("ix", "hidden")).extend(tags)
        references = ET.SubElement(header, tag("ix", "references"))
        ET.SubElement(references, tag("link", "schemaRef"),
                      {tag("xlink", "type"): "simple", tag("xlink", "href"): SCHEMA})  # fmt: skip
        resources = ET.SubElement(header, tag("ix", "resources"))
        for (period, dimensions), key in self._contexts.items():
            self._write_context(resources, key, period, dimensions)
        for unit, key in self._units.items():
            write_unit(ET.SubElement(resources, tag("xbrli", "unit"), {"id": key}), unit)

    def _write_context(
        self, resources: ET.Element, key: str, period: str, dimensions: Iterable[tuple[str, str]]
    ) -> None:
        made = ET.SubElement(resources, tag("xbrli", "context"), {"id": key})
        entity = ET.SubElement(made, tag("xbrli", "entity"))
        who = ET.SubElement(entity, tag("xbrli", "identifier"), {"scheme": self.filing.scheme})
        put(who, self.filing.identifier)
        when = ET.SubElement(made, tag("xbrli", "period"))
        first, slash, last = period.partition("/")
        names = ("startDate", "endDate") if slash else ("instant",)
        for name, day in zip(names, (first, last), strict=False):
            put(ET.SubElement(when, tag("xbrli", name)), day)
        if pairs := list(dimensions):
            scenario = ET.SubElement(made, tag("xbrli", "scenario"))
            for axis, member in pairs:
                write_member(scenario, axis, member)


_XML = "http://www.w3.org/XML/1998/namespace"


def _title(fact: VsmeFact) -> str:
    members = [
        member if axis.endswith("TypedAxis") else _both(label_of(member))
        for axis, member in sorted(fact.dimensions.items())
    ]
    return " · ".join([_both(label_of(fact.concept)), *members])


def _unit_words(unit: str | None) -> str:
    """Write a unit for people: tCO2e, CNY, tCO2e/CNY; nothing for pure numbers."""
    parts = (each.partition(":")[2] for each in (unit or "").split("/"))
    return "/".join(parts).replace("pure", "")


def _uri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{NAMESPACES[prefix]}#{local}"


def _both(words: Bilingual) -> str:
    return words.zh if words.zh == words.en else f"{words.zh} / {words.en}"
