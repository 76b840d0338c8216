"""From an inventory to answers of the questionnaire, never more rows than a reader can take in.

EMS-14 lists line by line up to `ROWS` lines; beyond, one row for each source, item and factor with
the number of lines behind it, their exact sum of emissions and of amounts.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from disclosure import units
from disclosure.answers import Answer
from disclosure.checks.figures import figure
from disclosure.datapoints import climate
from disclosure.factor_data import heat_contents, items
from disclosure.factors import Purpose
from disclosure.facts import Disclosure
from disclosure.inventory import ActivityError, Inventory, Line
from disclosure.values import Parts, Quantity, Value

ROWS = 200
"""Up to so many lines stand one by one in EMS-14."""
GROUPS = 500
_PLACES = Decimal("0.000001")
_FINEST = Decimal("0.000000000001")
_BURNT = ("stationary", "mobile")


def answers_of(made: Inventory, *, known: Disclosure | None = None) -> dict[str, Answer]:
    """Return what the lines say: EMS-01, 03, 05, 06, 08, 09, 14 and ENE-01, 02, 04, 05.

    Only what there are lines for; `known` gives the parts of ENE-01 that no line speaks of.
    """
    if made.purpose is not Purpose.DISCLOSURE:
        raise ActivityError(f"calculated for {made.purpose}, not for a disclosure")
    if not made.lines:
        return {}
    with localcontext(prec=60):
        found = {**_direct(made), **_purchased(made), **_chain(made), **_energy(made, known)}
        return found | {"EMS-14": Answer.of(climate()["EMS-14"], rows=activity_rows(made.lines))}


def activity_rows(lines: Iterable[Line]) -> tuple[Parts, ...]:
    """Return the rows of EMS-14: a line each, or grouped where there are more than ROWS."""
    lines = tuple(lines)
    if len(lines) <= ROWS:
        return tuple(_row(line) for line in lines)
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(_group(line), []).append(line)
    if len(groups) > GROUPS:
        raise ActivityError(f"{len(groups)} pairs of item and factor; at most {GROUPS} are shown")
    return tuple(_grouped_row(each) for each in groups.values())


def _direct(made: Inventory) -> dict[str, Answer]:
    if not made.by_source:
        return {}
    rows: tuple[Parts, ...] = tuple(
        {"source": name, "emissions": _tonnes(each)} for name, each in made.by_source.items()
    )
    return {
        "EMS-01": _stating("EMS-01", value=_tonnes(made.scope_1)),
        "EMS-03": Answer.of(climate()["EMS-03"], rows=rows),
    }


def _purchased(made: Inventory) -> dict[str, Answer]:
    sources = {line.activity.source for line in made.lines}
    if not sources & {"electricity", "heat"}:
        return {}
    found = {"EMS-05": _stating("EMS-05", value=_tonnes(made.scope_2_location))}
    covered = [line.activity for line in made.lines if line.activity.green]
    if covered:
        power = sum((each.green.exact for each in covered if each.green), Fraction(0))
        parts: dict[str, Value] = {
            "emissions": _tonnes(made.scope_2_market),
            "electricity": _energy_of(power),
        }
        if instruments := tuple(dict.fromkeys(a.instrument for a in covered if a.instrument)):
            parts["instruments"] = instruments
        numbers = (each.strip() for a in covered for each in a.certificates.splitlines())
        if given := "\n".join(each for each in numbers if each):
            parts["certificates"] = given[:5000]
        if vintages := {each.vintage for each in covered if each.vintage}:
            parts["vintage"] = max(vintages)
        found["EMS-06"] = Answer.of(climate()["EMS-06"], parts)
    return found


def _chain(made: Inventory) -> dict[str, Answer]:
    if not made.by_category:
        return {}
    rows: tuple[Parts, ...] = tuple(
        {"category": key, "relevance": "calculated", "emissions": _tonnes(each)}
        for key, each in sorted(made.by_category.items())
    )
    return {
        "EMS-08": _stating("EMS-08", value=_tonnes(made.scope_3)),
        "EMS-09": Answer.of(climate()["EMS-09"], rows=rows),
    }


def _energy(made: Inventory, known: Disclosure | None) -> dict[str, Answer]:
    """ENE-02, 04 and 05 as far as every line of theirs has a heat content; ENE-01 of all."""
    power = [line for line in made.lines if line.activity.source == "electricity"]
    heat = [line for line in made.lines if line.activity.source == "heat"]
    fuels = [line for line in made.lines if line.activity.source in _BURNT]
    found: dict[str, Answer] = {}
    if power:
        green = sum((a.activity.green.exact for a in power if a.activity.green), Fraction(0))
        found["ENE-02"] = _halves("ENE-02", green, _heat_of(power) or Fraction(0))
    if fuels and (burnt := _heat_of(fuels)) is not None:
        found["ENE-04"] = _halves("ENE-04", Fraction(0), burnt)
    if heat and (bought := _heat_of(heat)) is not None:
        found["ENE-05"] = _stating("ENE-05", value=_energy_of(bought, "GJ"))
    complete = (not fuels or "ENE-04" in found) and (not heat or "ENE-05" in found)
    if found and complete:
        found["ENE-01"] = _stating("ENE-01", value=_whole(found, known))
    return found


def _whole(found: Mapping[str, Answer], known: Disclosure | None) -> Quantity:
    """The sum of the parts as stated, in MWh: from the lines, else from the disclosure."""
    total = Fraction(0)
    for key in ("ENE-02", "ENE-03", "ENE-04", "ENE-05"):
        parts = found[key].parts.items() if key in found else ()
        stated = [each for part, each in parts if part != "total"]
        if key not in found and known is not None:
            names = ("value",) if key in ("ENE-03", "ENE-05") else ("renewable", "non_renewable")
            stated = [each for name in names if (each := figure(known, key, name)) is not None]
        total += sum((each.exact for each in stated if isinstance(each, Quantity)), Fraction(0))
    return _energy_of(total)


def _heat_of(lines: Iterable[Line]) -> Fraction | None:
    """Energy of the lines in GJ; None when the calorific value of one is not known."""
    total = Fraction(0)
    for line in lines:
        given = line.activity.amount
        if given.canonical_unit == "GJ":
            total += given.exact
            continue
        content = heat_contents().get(line.activity.item)
        if content is None or content.canonical_unit != f"GJ/{given.canonical_unit}":
            return None
        total += given.exact * content.exact
    return total


def _halves(datapoint: str, renewable: Fraction, whole: Fraction) -> Answer:
    one, other = _energy_of(renewable), _energy_of(whole - renewable)
    total = Quantity(one.amount + other.amount, "MWh")
    return _stating(datapoint, renewable=one, non_renewable=other, total=total)


def _group(line: Line) -> tuple[object, ...]:
    given, factor = line.activity, line.factor
    stated = (factor.id, factor.value) if factor else ("", None)
    family = given.amount.canonical_unit
    return (given.source, given.category, given.item, *stated, line.warming, family)


def _grouped_row(lines: list[Line]) -> dict[str, Value]:
    row = _row(lines[0])
    row["item"] = f"{_name(lines[0].activity.item)}（{len(lines)} 行）"
    row["amount"] = _sum_of(tuple(line.activity.amount for line in lines))
    row["emissions"] = _tonnes(sum((line.tonnes for line in lines), Decimal(0)))
    row.pop("evidence", None)
    return row


def _sum_of(amounts: tuple[Quantity, ...]) -> Quantity:
    """The exact sum, in the unit all share, else in the canonical one."""
    shared = amounts[0].unit
    if all(each.unit == shared for each in amounts):
        return Quantity(sum((each.amount for each in amounts), Decimal(0)), shared)
    total = units.finite(sum((each.exact for each in amounts), Fraction(0)))
    return Quantity(_bounded(total), amounts[0].canonical_unit)


def _row(line: Line) -> dict[str, Value]:
    given, factor = line.activity, line.factor
    row: dict[str, Value] = {
        "source": given.source,
        "item": (given.label or _name(given.item))[:200],
        "amount": given.amount,
        "emissions": _tonnes(line.tonnes),
    }
    if factor:
        stated = factor.in_co2e(line.gwp_set) if factor.gas else factor.value
        row |= {"factor": Quantity(_bounded(stated.amount), stated.unit), "factor_id": factor.id}
    return row | ({"evidence": given.evidence} if given.evidence else {})


def _name(item: str) -> str:
    known = items().get(item)
    return known.name.zh if known else item


def _stating(datapoint: str, **parts: Value) -> Answer:
    return Answer.of(climate()[datapoint], parts)


def _energy_of(heat: Fraction, unit: str = "MWh") -> Quantity:
    amount = units.finite(heat / units.unit(unit).factor)
    return Quantity(amount.quantize(_PLACES, rounding=ROUND_HALF_EVEN).normalize() + 0, unit)


def _tonnes(amount: Decimal) -> Quantity:
    return Quantity(amount, "tCO2e")


def _bounded(amount: Decimal) -> Decimal:
    """At most the twelve decimals an answer may carry."""
    return amount.quantize(_FINEST, ROUND_HALF_EVEN) if amount != round(amount, 12) else amount
