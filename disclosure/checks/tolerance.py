"""DQ-06, the tolerance rule of the others: n half units of the last stated decimals.

A stated figure may be off by half a unit of its last decimal; a sum of stated figures by the sum of
their halves. All arithmetic is decimal and exact, never floating point.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from disclosure import units
from disclosure.values import Quantity


def allowance(figures: Iterable[Quantity]) -> Decimal:
    """Return how far a sum of these figures may be off, in canonical units."""
    return sum((figure.half_ulp for figure in figures), Decimal(0))


def ratio_allowance(stated: Quantity, above: Iterable[Quantity], below: Quantity) -> Decimal:
    """Return how far a stated ratio may be off: its own rounding and that of both sides.

    `below` is not zero: then it is at least twice its own rounding error.
    """
    over = tuple(above)
    numerator = sum((abs(each.canonical) for each in over), Decimal(0))
    denominator = abs(below.canonical) - below.half_ulp
    slack = Fraction(allowance(over)) / Fraction(denominator)
    slack += Fraction(numerator) * Fraction(below.half_ulp) / Fraction(denominator) ** 2
    return stated.half_ulp + units.finite(slack)
