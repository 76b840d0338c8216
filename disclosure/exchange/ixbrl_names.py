"""Names of inline XBRL, and how dimensions and units of a context are written."""

from xml.etree import ElementTree as ET

SCHEMA = "https://xbrl.efrag.org/taxonomy/vsme/2025-07-30/vsme-all.xsd"
NAMESPACES = {
    "": "http://www.w3.org/1999/xhtml",
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xbrldi": "http://xbrl.org/2006/xbrldi",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "utr": "http://www.xbrl.org/2009/utr",
    "vsme": "https://xbrl.efrag.org/taxonomy/vsme/2025-07-30/vsme",
    "country": "https://xbrl.org/2024/iso3166",
    "nace": "https://xbrl.efrag.org/taxonomy/nace/2025-01-01",
    "waste": "https://xbrl.efrag.org/taxonomy/waste/2014-12-18/waste",
}
SCHEMES = {
    "LEI": "http://standards.iso.org/iso/17442",
    "USCC": "urn:tanqiao:scheme:uscc",
    "TW": "urn:tanqiao:scheme:tw",
    "OTHER": "urn:tanqiao:scheme:other",
}
"""Who is meant by an identifier. No registered scheme is known for the last three: ours, stable."""


def tag(prefix: str, name: str) -> str:
    """Return the qualified name of an element as ElementTree writes it."""
    return f"{{{NAMESPACES[prefix]}}}{name}"


def write_member(scenario: ET.Element, axis: str, member: str) -> None:
    """Write one dimension of a context."""
    if axis.endswith("TypedAxis"):
        made = ET.SubElement(scenario, tag("xbrldi", "typedMember"), {"dimension": axis})
        put(ET.SubElement(made, tag("vsme", "TYP")), member)
    else:
        made = ET.SubElement(scenario, tag("xbrldi", "explicitMember"), {"dimension": axis})
        put(made, member)


def write_unit(made: ET.Element, unit: str) -> None:
    """Write the measures of a unit such as utr:tCO2e/iso4217:CNY."""
    above, slash, below = unit.partition("/")
    if not slash:
        put(ET.SubElement(made, tag("xbrli", "measure")), unit)
        return
    divided = ET.SubElement(made, tag("xbrli", "divide"))
    for name, measure in (("unitNumerator", above), ("unitDenominator", below)):
        side = ET.SubElement(divided, tag("xbrli", name))
        put(ET.SubElement(side, tag("xbrli", "measure")), measure)


def put(element: ET.Element, text: str) -> None:
    """Set the text of an element."""
    element.text = text
