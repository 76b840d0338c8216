"""The fact behind a refusal of the pure side, said in the reader's words."""

from typing import Any

from flask_babel import lazy_gettext

from disclosure.datapoints import Option, climate
from disclosure.factor_data import items
from disclosure.factors import FactorError, FactorTable, Purpose
from disclosure.inventory import Activity, LineError
from disclosure.texts import Lang
from disclosure.units import UnitError
from market.domain import activity_facts as facts
from market.errors import MarketError
from market.texts import language

PURPOSES = {
    Purpose.DISCLOSURE: lazy_gettext("disclosure"),
    Purpose.ETS: lazy_gettext("emissions trading (ETS)"),
    Purpose.FOOTPRINT: lazy_gettext("product footprints"),
    Purpose.PLAUSIBILITY: lazy_gettext("plausibility checks only"),
}


def told(error: Exception, activity: Activity, factors: FactorTable, year: int) -> MarketError:
    """The fact behind an error of the pure side."""
    if isinstance(error, UnitError):
        if activity.source == "fugitive" and not activity.factor_id:
            return facts.UnitDoesNotFit(factor=activity.item, per="t", given=activity.amount.unit)
        return facts.UnknownUnit(unit=activity.amount.unit)
    if isinstance(error, FactorError):
        return _of_factor(error, activity, factors, year)
    assert isinstance(error, LineError)
    return _of_line(error, activity)


def _of_factor(
    error: FactorError, activity: Activity, factors: FactorTable, year: int
) -> MarketError:
    if error.code == "purpose":
        named = PURPOSES[Purpose(str(error.values["purpose"]))]
        instead = _instead(activity, factors, year)
        return facts.WrongPurpose(factor=activity.factor_id, purpose=named, instead=instead)
    if error.code == "unknown":
        return facts.UnknownFactor(factor=activity.factor_id)
    if error.code == "unit":
        used = factors.by_id[str(error.values["factor"])]
        return facts.UnitDoesNotFit(factor=used.id, per=used.per, given=activity.amount.unit)
    if error.code == "no_potential":
        return facts.NoPotential(gas=activity.item)
    return _no_factor(activity, factors, year)


def _no_factor(activity: Activity, factors: FactorTable, year: int) -> MarketError:
    item, unit = item_name(activity.item), activity.amount.unit
    place = activity.region or "CN"
    others = factors.suggestions(activity.item, purpose=Purpose.DISCLOSURE, region=place, year=year)
    if not others:
        return facts.NoFactor(item=item, unit=unit, year=year)
    per = ", ".join(dict.fromkeys(each.per for each in others))
    return facts.NoFactorPerUnit(item=item, per=per, unit=unit)


def _instead(activity: Activity, factors: FactorTable, year: int) -> str:
    """The best factor of the right purpose, as "id (value)"."""
    found = factors.suggestions(
        activity.item,
        purpose=Purpose.DISCLOSURE,
        region=activity.region or "CN",
        year=year,
        per=activity.amount.canonical_unit,
    )
    if not found:
        return str(lazy_gettext("an own factor with its source"))
    return f"{found[0].id} ({found[0].value.amount} {found[0].value.unit})"


def _of_line(error: LineError, activity: Activity) -> MarketError:
    if error.code == "wrong_source":
        fitting = str(error.values["sources"]).split(", ")
        names = "、" if language() == "zh" else ", "
        named = names.join(source_name(each) for each in fitting)
        return facts.WrongSource(item=item_name(activity.item), sources=named)
    if error.code == "too_large":
        return facts.TooLarge(tonnes=error.values["tonnes"])
    simple: dict[str, type[MarketError]] = {
        "negative": facts.NegativeAmount,
        "category_needed": facts.CategoryNeeded,
        "category": facts.CategoryNeeded,
        "green_source": facts.GreenNotElectricity,
        "green_amount": facts.GreenTooMuch,
    }
    return simple.get(error.code, facts.WrongSource)(**_values(error.code, activity))


def _values(code: str, activity: Activity) -> dict[str, Any]:
    named = ", ".join(source_name(each.code) for each in _sources())
    return {"item": item_name(activity.item), "sources": named} if code == "source" else {}


def _sources() -> tuple[Option, ...]:
    return climate()["EMS-14"].column("source").options


def source_name(code: str) -> str:
    """A source of EMS-14 in the reader's language."""
    return next((each.label.say(_lang()) for each in _sources() if each.code == code), code)


def item_name(code: str) -> str:
    """An item of the tables in the reader's language; gases and own items as they are."""
    known = items().get(code)
    return known.name.say(_lang()) if known else code


def _lang() -> Lang:
    return "zh" if language() == "zh" else "en"
