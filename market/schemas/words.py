"""The closed lists of needs and products, in the reader's language."""

from collections.abc import Callable, Iterable
from enum import Enum

from flask_babel import lazy_gettext

from disclosure.texts import Lang
from market.schemas.fields import Options
from market.texts import language
from scoring.facts import Collateral, Purpose
from scoring.names import name_of
from scoring.products import CLASS_NAMES, KINDS

# The districts of Shanghai by division code; "31" stands for the whole city.
DISTRICTS = [
    ("31", lazy_gettext("All of Shanghai")),
    ("310101", lazy_gettext("Huangpu")),
    ("310104", lazy_gettext("Xuhui")),
    ("310105", lazy_gettext("Changning")),
    ("310106", lazy_gettext("Jing'an")),
    ("310107", lazy_gettext("Putuo")),
    ("310109", lazy_gettext("Hongkou")),
    ("310110", lazy_gettext("Yangpu")),
    ("310112", lazy_gettext("Minhang")),
    ("310113", lazy_gettext("Baoshan")),
    ("310114", lazy_gettext("Jiading")),
    ("310115", lazy_gettext("Pudong")),
    ("310116", lazy_gettext("Jinshan")),
    ("310117", lazy_gettext("Songjiang")),
    ("310118", lazy_gettext("Qingpu")),
    ("310120", lazy_gettext("Fengxian")),
    ("310151", lazy_gettext("Chongming")),
]
GRADES = [
    ("0", lazy_gettext("None")),
    ("1", lazy_gettext("Grade 1 · disclosed")),
    ("2", lazy_gettext("Grade 2 · explained")),
    ("3", lazy_gettext("Grade 3 · assured")),
    ("4", lazy_gettext("Grade 4 · leading")),
]
ASSURANCES = [
    ("0", lazy_gettext("None")),
    ("1", lazy_gettext("Limited assurance")),
    ("2", lazy_gettext("Reasonable assurance")),
]


def _named(words: Iterable[Enum]) -> Callable[[], Options]:
    return lambda: [(str(word.value), _capital(name_of(word).say(_lang()))) for word in words]


purposes = _named(Purpose)
collaterals = _named(Collateral)


def kinds() -> Options:
    """The product kinds in the order of the standard."""
    return [(code, kind_name(code)) for code in KINDS]


def kind_name(code: str) -> str:
    """The name of a product kind."""
    kind = KINDS[code]
    return _capital(kind.zh if _lang() == "zh" else kind.en)


def purpose_name(code: str) -> str:
    """The name of a purpose."""
    return _capital(name_of(Purpose(code)).say(_lang()))


def classes() -> Options:
    """The classes of kinds."""
    place = 0 if _lang() == "zh" else 1
    return [(klass.value, _capital(names[place])) for klass, names in CLASS_NAMES.items()]


def _lang() -> Lang:
    return "en" if language() == "en" else "zh"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
