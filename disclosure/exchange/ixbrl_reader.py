"""Reading inline XBRL safely: who, which period, which facts; no entities, no network, bounded.

Only transformations that our taxonomy needs are known; another one is told, never guessed.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from disclosure.exchange.ixbrl_names import NAMESPACES, tag
from disclosure.exchange.ixbrl_values import number, transformed
from disclosure.exchange.vsme_fact import VsmeFact
from disclosure.texts import Bilingual, Text, say

MAX_BYTES = 20_000_000
MAX_TEXT = 4_000_000
"""Characters taken out of one page: tags may stand in each other and share continuations, so that
a small page could state gigabytes."""
_FACT = 100  # what a fact counts beside its text
_PREFIX = {uri: prefix for prefix, uri in NAMESPACES.items() if prefix}
_FAMILY = re.compile(r"^https://xbrl\.efrag\.org/taxonomy/vsme/\d{4}-\d\d-\d\d/vsme$")
_REPORT = re.compile(r"/reports/[^/]+\.(xhtml|html|htm)$")


class IxbrlError(ValueError):
    """A file cannot be read as inline XBRL; says why and what to do, in both languages."""

    def __init__(self, code: str, **values: object) -> None:
        self.text = Text(f"ixbrl.{code}", values)
        super().__init__(say(self.text, "en"))

    @property
    def told(self) -> Bilingual:
        """The sentence in both languages."""
        return Bilingual(say(self.text, "zh"), say(self.text, "en"))


@dataclass(frozen=True)
class Reading:
    """What a file states: entities (scheme, identifier), schemas referred to, facts.

    `unread` are tags whose text cannot be taken: (concept, text, format).
    """

    entities: tuple[tuple[str, str], ...]
    schemas: tuple[str, ...]
    facts: tuple[VsmeFact, ...]
    unread: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class _Context:
    entity: tuple[str, str]
    period: str
    dimensions: Mapping[str, str]


def facts(data: bytes) -> tuple[VsmeFact, ...]:
    """Return the facts of an XHTML file or report package; IxbrlError when it cannot be read."""
    return read(data).facts


def read(data: bytes) -> Reading:
    """Read an XHTML file or a report package; IxbrlError when it cannot be read."""
    if len(data) > MAX_BYTES:
        raise IxbrlError("too_large", limit=MAX_BYTES // 10**6)
    if data.startswith(b"PK\x03\x04"):
        data = _report_in(data)
    try:
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        if root.find(f".//{tag('ix', 'header')}") is not None:
            return _Reader(root, _prefixes(data)).reading()
    except IxbrlError:
        raise
    except DefusedXmlException:
        raise IxbrlError("entities") from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise IxbrlError("not_xml", why=str(error)[:100]) from None
    raise IxbrlError("not_ixbrl")


def _report_in(data: bytes) -> bytes:
    """Return the one XHTML report of a package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = [each for each in packed.infolist() if _REPORT.search(f"/{each.filename}")]
            if len(found) != 1:
                raise IxbrlError("reports", count=len(found))
            if found[0].file_size > MAX_BYTES:
                raise IxbrlError("too_large", limit=MAX_BYTES // 10**6)
            with packed.open(found[0]) as report:
                return report.read(MAX_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise IxbrlError("not_zip", why=str(error)[:100]) from None


def _prefixes(data: bytes) -> dict[str, str]:
    """Return the namespace prefixes the file declares; tag names stand in attribute values."""
    declared = re.findall(rb"""xmlns:([\w.-]+)\s*=\s*["']([^"']+)["']""", data)
    return {prefix.decode(): uri.decode("utf-8", "replace") for prefix, uri in declared}


class _Reader:
    """Turns the tags of one page into facts."""

    def __init__(self, root: Element, prefixes: Mapping[str, str]) -> None:
        self.root, self.prefixes, self.left = root, prefixes, MAX_TEXT
        self.contexts = {each.get("id", ""): self._context(each)
                         for each in root.iter(tag("xbrli", "context"))}  # fmt: skip
        self.units = {each.get("id", ""): self._unit(each)
                      for each in root.iter(tag("xbrli", "unit"))}  # fmt: skip
        self.continued = {each.get("id", ""): each
                          for each in root.iter(tag("ix", "continuation"))}  # fmt: skip
        self.unread: list[tuple[str, str, str]] = []

    def reading(self) -> Reading:
        """Return everything the page states."""
        entities = dict.fromkeys(each.entity for each in self.contexts.values())
        href = tag("xlink", "href")
        schemas = (each.get(href, "") for each in self.root.iter(tag("link", "schemaRef")))
        made = [fact for each in self.root.iter() if (fact := self._fact(each)) is not None]
        return Reading(tuple(entities), tuple(schemas), tuple(sorted(made, key=_place)),
                       tuple(self.unread))  # fmt: skip

    def _fact(self, element: Element) -> VsmeFact | None:
        numeric = element.tag == tag("ix", "nonFraction")
        if not numeric and element.tag != tag("ix", "nonNumeric"):
            return None
        self._spend(_FACT)
        name, raw = self._name(element.get("name", "")), self._text(element)
        form = element.get("format", "")
        scale = int(element.get("scale", "0") or 0) if numeric else 0
        try:
            value = transformed(raw, form if numeric or form else "")
            lexical = number(value, scale, element.get("sign", "")) if numeric else value
        except (ValueError, InvalidOperation):
            self.unread.append((name, raw[:100], form))
            return None
        context = self.contexts.get(element.get("contextRef", ""))
        if context is None:
            self.unread.append((name, raw[:100], "contextRef"))
            return None
        if not numeric:
            lexical = " ".join(self._member(each) for each in lexical.split(" ")) if (
                "#" in lexical and lexical.startswith("http")) else lexical  # fmt: skip
        unit = self.units.get(element.get("unitRef", ""), "") if numeric else None
        return VsmeFact(name, value.replace(",", "") if numeric else lexical, lexical, unit,
                        context.period, context.dimensions, scale,
                        element.get("id", ""))  # fmt: skip

    def _text(self, element: Element) -> str:
        """Return the text of a tag with what continues it elsewhere, parts excluded left out."""
        parts, seen = [self._inner(element)], set()
        following = element.get("continuedAt", "")
        while following and following in self.continued and following not in seen:
            seen.add(following)
            parts.append(self._inner(self.continued[following]))
            following = self.continued[following].get("continuedAt", "")
        return "".join(parts)

    def _inner(self, element: Element) -> str:
        parts = [element.text or ""]
        self._spend(1 + len(parts[0]))
        for child in element:
            if child.tag != tag("ix", "exclude"):
                parts.append(self._inner(child))
            parts.append(child.tail or "")
            self._spend(len(parts[-1]))
        return "".join(parts)

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise IxbrlError("too_much", limit=MAX_TEXT // 10**6)

    def _context(self, element: Element) -> _Context:
        self._spend(sum(1 for _ in element.iter()))  # contexts may stand in each other too
        who = element.find(f".//{tag('xbrli', 'identifier')}")
        days = [(each.text or "").strip() for name in ("instant", "startDate", "endDate")
                for each in element.iter(tag("xbrli", name))]  # fmt: skip
        dimensions = {}
        for each in element.iter(tag("xbrldi", "explicitMember")):
            dimensions[self._name(each.get("dimension", ""))] = self._name(
                (each.text or "").strip()
            )
        for each in element.iter(tag("xbrldi", "typedMember")):
            member = "".join(each.itertext()).strip()
            self._spend(len(member))
            dimensions[self._name(each.get("dimension", ""))] = member
        entity = ("", "") if who is None else (who.get("scheme", ""), (who.text or "").strip())
        return _Context(entity, "/".join(days), dimensions)

    def _unit(self, element: Element) -> str:
        def measures(parent: Element) -> str:
            found = parent.iter(tag("xbrli", "measure"))
            return "*".join(self._name((each.text or "").strip()) for each in found)

        above = element.find(f".//{tag('xbrli', 'unitNumerator')}")
        below = element.find(f".//{tag('xbrli', 'unitDenominator')}")
        if above is None or below is None:
            return measures(element)
        return f"{measures(above)}/{measures(below)}"

    def _name(self, qualified: str) -> str:
        """Write a qualified name with our prefixes, whatever the file calls them."""
        prefix, colon, local = qualified.partition(":")
        uri = self.prefixes.get(prefix, "") if colon else ""
        if _FAMILY.fullmatch(uri):
            return f"vsme:{local}"
        known = _PREFIX.get(uri)
        return f"{known}:{local}" if known else qualified

    def _member(self, uri: str) -> str:
        namespace, _, local = uri.rpartition("#")
        known = "vsme" if _FAMILY.fullmatch(namespace) else _PREFIX.get(namespace)
        return f"{known}:{local}" if known else uri


def _place(fact: VsmeFact) -> tuple[int, str]:
    """Keep the order of ids such as f12, others behind."""
    found = re.fullmatch(r"f(\d{1,9})", fact.at)
    return (int(found[1]) if found else 10**9, "")
