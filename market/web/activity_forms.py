"""The form of an activity line: lists of items and factors instead of bare boxes."""

from disclosure.factor_data import gases
from disclosure.factors import Factor, Purpose
from disclosure.inventory import plain
from market.domain.activity_calculation import Setting
from market.schemas.activity_fields import item_names
from market.texts import gettext, language
from market.web.disclosure_texts import unit_name
from market.web.forms import Form


def offering(form: Form, setting: Setting) -> Form:
    """Lists of items and factors instead of bare boxes; what was typed stays in them."""
    item, factor = form["item"], form["factor_id"]
    table = setting.factors
    own = {each.item for each in table.by_id.values() if each.certainty == "own"}
    names = [(key, str(name)) for key, name in item_names()]
    known = {key for key, _ in names}
    names += [(each, each) for each in sorted(own - known)]
    names += [(gas, gettext("gas: %(gas)s", gas=gas)) for gas in gases()]
    item.widget, item.options = "choice", _with_typed(names, item.value)
    choices = [each for each in table.by_id.values() if each.purpose is Purpose.DISCLOSURE]
    choices.sort(key=lambda each: (each.item != item.value, each.item, each.id))
    factor.widget = "choice"
    factor.options = _with_typed([(each.id, _factor_name(each)) for each in choices], factor.value)
    unit = form["unit"]
    unit.options = [(code, unit_name(code) or gettext("pieces")) for code, _ in unit.options]
    return form


def _with_typed(options: list[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """A refused value stays visible beside its error."""
    known = {key for key, _ in options}
    return options if not typed or typed in known else [*options, (typed, typed)]


def _factor_name(factor: Factor) -> str:
    name = factor.name.en if language() == "en" else factor.name.zh
    return f"{name} · {plain(factor.value.amount)} {unit_name(factor.value.unit)}"


def suggested(item: str, unit: str, region: str, setting: Setting) -> list[Factor]:
    """The factors that fit, the best first."""
    found = setting.factors.suggestions(
        item,
        purpose=Purpose.DISCLOSURE,
        region=region or setting.region,
        year=setting.year,
        per=setting.per(unit),
    )
    return list(found)
