"""Reading figures off a disclosure the way the rules need them."""

from decimal import Decimal

from disclosure import units
from disclosure.facts import Disclosure
from disclosure.values import Quantity

SCOPE_1_SOURCES = frozenset({"stationary", "mobile", "process", "fugitive"})
SCOPE_2_SOURCES = frozenset({"electricity", "heat"})
ELECTRICITY = (("ENE-02", "renewable"), ("ENE-02", "non_renewable"))
ENERGY = (
    *ELECTRICITY, ("ENE-03", "value"), ("ENE-04", "renewable"), ("ENE-04", "non_renewable"),
    ("ENE-05", "value"),
)  # fmt: skip


def figure(disclosure: Disclosure, datapoint: str, part: str = "value") -> Quantity | None:
    """Return a stated quantity of the right family; a bare zero becomes an exact 0."""
    amount = disclosure.amount(datapoint, part)
    column = disclosure.catalogue[datapoint].column(part)
    found = disclosure.value(datapoint, part)
    if isinstance(found, Quantity) and amount is not None:
        return found if units.fits(found.unit, column.family) else None
    return Quantity(Decimal(0), column.unit) if amount is not None else None


def figures(disclosure: Disclosure, places: tuple[tuple[str, str], ...]) -> tuple[Quantity, ...]:
    """Return those of some figures that are stated."""
    found = (figure(disclosure, key, part) for key, part in places)
    return tuple(each for each in found if each is not None)


def column_of(disclosure: Disclosure, datapoint: str, part: str) -> tuple[Quantity, ...] | None:
    """Return one column of a stated table; None when the table is missing or has odd units."""
    answer = disclosure.answer(datapoint)
    if answer is None or not answer.stated:
        return None
    family = disclosure.catalogue[datapoint].column(part).family
    found = [row[part] for row in answer.rows if part in row]
    quantities = tuple(each for each in found if isinstance(each, Quantity))
    return quantities if all(units.fits(each.unit, family) for each in quantities) else None


def total(quantities: tuple[Quantity, ...]) -> Decimal:
    """Add quantities up in canonical units."""
    return sum((each.canonical for each in quantities), Decimal(0))


def activity_emissions(disclosure: Disclosure, sources: frozenset[str]) -> Decimal | None:
    """Sum the stated emissions of the activity lines of some sources, in tCO2e."""
    if column_of(disclosure, "EMS-14", "emissions") is None:
        return None
    lines = [row for row in disclosure.rows("EMS-14") if row.get("source") in sources]
    stated = [row.get("emissions") for row in lines]
    quantities = tuple(each for each in stated if isinstance(each, Quantity))
    return total(quantities) if lines and len(quantities) == len(lines) else None


def energy_parts(disclosure: Disclosure) -> Decimal | None:
    """Sum purchased and own electricity, fuels and heat in GJ; None when one is missing."""
    stated = figures(disclosure, ENERGY)
    return total(stated) if len(stated) == len(ENERGY) else None


def location_total(disclosure: Disclosure) -> Decimal | None:
    """Return scopes 1 and 2 (location-based) in tCO2e, None when one is missing."""
    found = figures(disclosure, (("EMS-01", "value"), ("EMS-05", "value")))
    return total(found) if len(found) == 2 else None


def region_of(disclosure: Disclosure) -> str:
    """Return the region code of a mainland firm from its social credit code, else nothing.

    Characters 3 and 4 are the province of registration (GB/T 2260).
    """
    who = disclosure.organisation
    if who.scheme != "USCC" or len(who.number) != 18:
        return ""
    names = {"31": "SH", "32": "JS", "33": "ZJ", "34": "AH"}
    return f"CN-{names.get(who.number[2:4], who.number[2:4])}"
