"""A label drawn as SVG for print: text and a QR code, no style sheet and no script."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from market.schemas.footprint_fields import BOUNDARY_NAMES, UNIT_NAMES
from market.texts import day, gettext, local, number

_WIDTH, _HEIGHT = 480, 300
_INK, _GREEN, _RED = "#1d2b2a", "#14685a", "#a3211f"
_FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
_LONGEST = 26
_QR_AT, _QR_SIZE = (338, 96), 122


def label_picture(row: Any, made: Any, code: Any, *, state: str) -> Element:
    """Draw a label; the caller has set the language."""
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {_HEIGHT}",
            "width": "120mm",
            "height": "75mm",
            "role": "img",
        },
    )
    SubElement(svg, "title").text = gettext("Carbon label %(number)s", number=row.certificate)
    box = {"x": "2", "y": "2", "width": str(_WIDTH - 4), "height": str(_HEIGHT - 4), "rx": "14"}
    SubElement(svg, "rect", {**box, "fill": "#ffffff", "stroke": _GREEN, "stroke-width": "3"})
    _text(svg, 24, 40, gettext("Product carbon footprint"), size=21, colour=_GREEN, bold=True)
    _text(svg, 24, 66, _clipped(local(row)), size=16, bold=True)
    _text(svg, 24, 122, number(made.excluding, 3), size=40, colour=_GREEN, bold=True)
    _text(svg, 24, 146, _per(made), size=14)
    for place, line in enumerate(_lines(row, made)):
        _text(svg, 24, 174 + 20 * place, line, size=13)
    _draw_code(svg, code)
    if state != "published":
        _text(svg, 240, 286, _over(state), size=17, colour=_RED, bold=True, middle=True)
    return svg


def _lines(row: Any, made: Any) -> list[str]:
    standards = " / ".join(made.method.standards)
    return [
        f"{BOUNDARY_NAMES[row.boundary]} · {standards}",
        gettext("Data of %(year)s · %(place)s", year=row.data_year, place=_place(made)),
        gettext("Verified by %(name)s", name=_clipped(local(row.verifier))),
        gettext("Certificate %(number)s", number=row.certificate),
        gettext("Valid until %(until)s", until=day(row.valid_until)),
    ]


def _per(made: Any) -> str:
    unit = UNIT_NAMES[made.unit]
    return gettext("kgCO₂e per %(amount)s %(unit)s", amount=number(made.amount, 6), unit=unit)


def _place(made: Any) -> str:
    return (made.geography.stated or (gettext("worldwide"),))[0]


def _over(state: str) -> str:
    told = {
        "expired": gettext("EXPIRED"),
        "revoked": gettext("REVOKED"),
        "superseded": gettext("REPLACED BY A NEWER VERSION"),
    }
    return told[state]


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _text(
    svg: Element, x: int, y: int, text: str, *, size: int, colour: str = _INK,
    bold: bool = False, middle: bool = False,
) -> None:  # fmt: skip
    about = {"x": str(x), "y": str(y), "font-size": str(size), "fill": colour, "font-family": _FONT}
    about |= {"font-weight": "700"} if bold else {}
    about |= {"text-anchor": "middle"} if middle else {}
    SubElement(svg, "text", about).text = text


def _draw_code(svg: Element, code: Any) -> None:
    """One path of unit squares, scaled to its place."""
    rows = list(code.matrix_iter(border=0))
    scale = _QR_SIZE / len(rows)
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    at = f"translate({_QR_AT[0]} {_QR_AT[1]}) scale({scale:.4f})"
    SubElement(svg, "path", {"d": "".join(squares), "fill": "#000000", "transform": at})
