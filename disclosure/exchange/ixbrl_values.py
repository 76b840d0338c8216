"""What the text of an inline XBRL tag means: the transformations we know, and no others."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"\d+(\.\d+)?")
_FIXED = {"fixed-true": "true", "fixed-false": "false", "fixed-empty": ""}
_TRANSFORMATION = "http://www.xbrl.org/inlineXBRL/transformation/"
_PAST_NAMES = {"numdotdecimal": "num-dot-decimal", "numcommadecimal": "num-comma-decimal",
               "booleantrue": "fixed-true", "booleanfalse": "fixed-false",
               "zerodash": "fixed-zero", "nocontent": "fixed-empty"}  # fmt: skip


def transformed(raw: str, form: str) -> str:
    """Apply a transformation of the Inline XBRL registry; ValueError for one we do not know."""
    name = form.rpartition(":")[2]
    name = _PAST_NAMES.get(name, name)
    text = raw.strip()
    if name in _FIXED:
        return _FIXED[name]
    match name:
        case "":
            return raw
        case "num-dot-decimal":
            return text.replace(",", "").replace(" ", "").replace("\xa0", "")
        case "num-comma-decimal":
            return text.replace(".", "").replace(" ", "").replace("\xa0", "").replace(",", ".")
        case "fixed-zero":
            return "0"
    raise ValueError(form)


def number(value: str, scale: int, sign: str) -> str:
    """Scale a plain number; ValueError for anything else."""
    text = value.strip()
    if not _NUMBER.fullmatch(text) or abs(scale) > 30 or len(text) > 60:
        raise ValueError(value)
    number = Decimal(text).scaleb(scale)
    return f"{-number if sign == '-' else number:f}"
