"""Why a line cannot be calculated: one fact a reason, at its field, with what to do instead."""

from typing import Any

from flask_babel import lazy_gettext

from disclosure.datapoints import Option, climate
from disclosure.factor_data import items
from disclosure.factors import FactorError, FactorTable, Purpose
from disclosure.inventory import Activity, LineError
from disclosure.texts import Lang
from disclosure.units import UnitError
from market.errors import MarketError
from market.texts import language

PURPOSES = {
    Purpose.DISCLOSURE: lazy_gettext("disclosure"),
    Purpose.ETS: lazy_gettext("emissions trading (ETS)"),
    Purpose.FOOTPRINT: lazy_gettext("product footprints"),
    Purpose.PLAUSIBILITY: lazy_gettext("plausibility checks only"),
}


class NegativeAmount(MarketError):
    """Nothing is used in negative amounts."""

    field = "amount"
    message = lazy_gettext("The amount is negative. Write what was used; corrections are edits.")


class TooLarge(MarketError):
    """A slip of the unit, almost surely."""

    field = "amount"
    message = lazy_gettext("The line comes to %(tonnes)s tCO2e: please look at the unit.")


class UnknownUnit(MarketError):
    """Not a unit activity data is measured in."""

    field = "unit"
    message = lazy_gettext("“%(unit)s” is no unit of activity data. Choose one of the list.")


class UnitDoesNotFit(MarketError):
    """The factor is per another kind of unit."""

    field = "unit"
    message = lazy_gettext(
        "The factor %(factor)s is per %(per)s; an amount in %(given)s cannot be converted to that."
    )


class NoFactor(MarketError):
    """Nothing of the table fits."""

    field = "item"
    message = lazy_gettext(
        "There is no factor for disclosures of “%(item)s” per %(unit)s up to %(year)s."
        " Change item or unit, or add an own factor with its source."
    )


class NoFactorPerUnit(MarketError):
    """The item has factors, but per another kind of unit."""

    field = "unit"
    message = lazy_gettext(
        "Factors of “%(item)s” are per %(per)s; %(unit)s cannot be converted to that."
        " Choose another unit, or add an own factor with its source."
    )


class UnknownFactor(MarketError):
    """An id nobody knows."""

    field = "factor_id"
    message = lazy_gettext(
        "There is no factor “%(factor)s”. Leave the field empty to take the best one."
    )


class WrongPurpose(MarketError):
    """Factors of other purposes are never mixed in."""

    field = "factor_id"
    message = lazy_gettext("%(factor)s is for %(purpose)s, not for a disclosure. Use %(instead)s.")


class OtherItem(MarketError):
    """A factor of something else."""

    field = "factor_id"
    message = lazy_gettext("%(factor)s is a factor of “%(other)s”, not of “%(item)s”.")


class NoPotential(MarketError):
    """Not a gas with a warming potential."""

    field = "item"
    message = lazy_gettext("“%(gas)s” has no warming potential in the table. Choose a gas.")


class WrongSource(MarketError):
    """Electricity burnt in a boiler, and the like."""

    field = "source"
    message = lazy_gettext("“%(item)s” does not belong here. Choose: %(sources)s.")


class CategoryNeeded(MarketError):
    """Scope 3 has categories, the others have none."""

    field = "category"
    message = lazy_gettext("Scope 3 lines, and only they, name a category.")


class GreenNotElectricity(MarketError):
    """Certificates are about electricity."""

    field = "green"
    message = lazy_gettext("Certificates cover purchased electricity only. Leave this empty.")


class GreenTooMuch(MarketError):
    """More certificates than power."""

    field = "green"
    message = lazy_gettext("Certificates cannot cover more electricity than was bought.")


class InstrumentNeeded(MarketError):
    """Green electricity without an instrument is a mere claim."""

    field = "instrument"
    message = lazy_gettext("Say by which instrument the electricity is green.")


class VintageOutside(MarketError):
    """Certificates count in the year their electricity was made."""

    field = "vintage"
    message = lazy_gettext("The year of generation must lie in the reporting period: %(years)s.")


class PeriodOutside(MarketError):
    """The line is of another year."""

    field = "period_start"
    message = lazy_gettext("The period must lie between %(start)s and %(end)s, the reporting year.")


class PeriodReversed(MarketError):
    """It ends before it begins."""

    field = "period_end"
    message = lazy_gettext("The period ends before it begins.")


def told(error: Exception, activity: Activity, factors: FactorTable, year: int) -> MarketError:
    """The fact behind an error of the pure side."""
    if isinstance(error, UnitError):
        if activity.source == "fugitive" and not activity.factor_id:
            return UnitDoesNotFit(factor=activity.item, per="t", given=activity.amount.unit)
        return UnknownUnit(unit=activity.amount.unit)
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
        return WrongPurpose(factor=activity.factor_id, purpose=named, instead=instead)
    if error.code == "unknown":
        return UnknownFactor(factor=activity.factor_id)
    if error.code == "unit":
        used = factors.by_id[str(error.values["factor"])]
        return UnitDoesNotFit(factor=used.id, per=used.per, given=activity.amount.unit)
    if error.code == "no_potential":
        return NoPotential(gas=activity.item)
    return _no_factor(activity, factors, year)


def _no_factor(activity: Activity, factors: FactorTable, year: int) -> MarketError:
    item, unit = item_name(activity.item), activity.amount.unit
    place = activity.region or "CN"
    others = factors.suggestions(activity.item, purpose=Purpose.DISCLOSURE, region=place, year=year)
    if not others:
        return NoFactor(item=item, unit=unit, year=year)
    per = ", ".join(dict.fromkeys(each.per for each in others))
    return NoFactorPerUnit(item=item, per=per, unit=unit)


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
        return WrongSource(item=item_name(activity.item), sources=named)
    if error.code == "too_large":
        return TooLarge(tonnes=error.values["tonnes"])
    simple: dict[str, type[MarketError]] = {
        "negative": NegativeAmount,
        "category_needed": CategoryNeeded,
        "category": CategoryNeeded,
        "green_source": GreenNotElectricity,
        "green_amount": GreenTooMuch,
    }
    return simple.get(error.code, WrongSource)(**_values(error.code, activity))


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
