"""Why a line cannot be calculated: one fact a reason, at its field, with what to do instead."""

from flask_babel import lazy_gettext

from market.errors import MarketError


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
