"""A random market to measure on: sample data, drawn from one seed, of a bank's usual variety."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from scoring.facts import (
    Assurance,
    Collateral,
    DisclosureStanding,
    Need,
    Product,
    Purpose,
    SizeClass,
)
from scoring.products import KINDS

_PURPOSES = list(Purpose)
_COLLATERAL = list(Collateral)
_SIZES = list(SizeClass)
_KINDS = list(KINDS)
_LOW = [100_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000]
_DISTRICTS = [f"3101{number:02d}" for number in (1, 4, 5, 6, 7, 9, 10, 12, 13, 14, 15, 16)]
_SCOPES = ["C", "C26", "C27", "C31", "C36", "C38", "C39", "C3911", "I", "I65"]


def random_products(count: int, rng: np.random.Generator) -> list[Product]:
    """Listings with criteria of every sort."""
    return [_product(number, rng) for number in range(count)]


def random_needs(count: int, rng: np.random.Generator) -> list[Need]:
    """Needs with amounts to the yuan and standings of every sort."""
    return [_need(number, rng) for number in range(count)]


def _product(number: int, rng: np.random.Generator) -> Product:
    low = int(rng.choice(_LOW))
    return Product(
        id=f"p{number:06d}",
        institution_id=f"i{number % 40}",
        kind=_KINDS[int(rng.integers(len(_KINDS)))],
        amount_min=Decimal(low),
        amount_max=Decimal(low * int(rng.choice([10, 20, 30, 50, 100]))),
        tenor_min=int(rng.choice([1, 3, 6, 12])),
        tenor_max=int(rng.choice([12, 24, 36, 48, 60, 84, 120])),
        sectors_include=_some(_SCOPES, rng, share=0.4, most=3),
        sectors_exclude=_some(["C30", "C31", "C25"], rng, share=0.2, most=2),
        districts=_some(_DISTRICTS, rng, share=0.1, most=4),
        size_classes=_some(_SIZES, rng, share=0.3, most=3),
        purposes=_some(_PURPOSES, rng, share=0.6, most=6),
        collateral=_some(_COLLATERAL, rng, share=0.5, most=5),
        grade_required=int(rng.choice([0, 0, 1, 1, 2, 3])),
        assurance_required=Assurance(int(rng.choice([0, 0, 0, 1, 2]))),
        max_age_months=[None, None, 18, 24, 36][int(rng.integers(5))],
        operating_years_min=[None, None, 1.0, 2.0, 3.0][int(rng.integers(5))],
        rate=round(float(rng.uniform(2.2, 7)), 2),
        step_down_bp=int(rng.choice([0, 5, 10, 20])),
        response_hours=int(rng.choice([12, 24, 48, 72, 120])),
        quota_left=float(rng.random()),
        attested_age_months=int(rng.integers(0, 14)),
    )


def _need(number: int, rng: np.random.Generator) -> Need:
    return Need(
        id=f"n{number:06d}",
        enterprise_id=f"e{number}",
        amount=Decimal(round(float(np.exp(rng.normal(15.6, 1.2))))),
        tenor_months=int(rng.choice([6, 12, 18, 24, 30, 36, 48, 60])),
        purpose=_PURPOSES[int(rng.integers(len(_PURPOSES)))],
        sector=f"C{int(rng.integers(1311, 4390))}",
        district=_DISTRICTS[int(rng.integers(len(_DISTRICTS)))],
        size_class=_SIZES[int(rng.integers(len(_SIZES)))],
        operating_years=float(rng.uniform(0, 30)),
        collateral=_some(_COLLATERAL, rng, share=0.9, most=3),
        standing=_standing(rng),
    )


def _standing(rng: np.random.Generator) -> DisclosureStanding:
    return DisclosureStanding(
        grade=int(rng.integers(5)),
        points=float(rng.uniform(0, 100)),
        assurance=Assurance(int(rng.choice([0, 0, 1, 2]))),
        age_months=int(rng.integers(0, 40)),
        completeness=float(rng.random()),
        data_quality=int(rng.integers(1, 6)),
        intensity_percentile=float(rng.random()),
        trend=float(rng.normal(2, 3)),
    )


def _some(words: list[Any], rng: np.random.Generator, *, share: float, most: int) -> frozenset[Any]:
    """With the given share a subset, else nobody named."""
    if rng.random() >= share:
        return frozenset()
    places = rng.choice(len(words), size=int(rng.integers(1, most + 1)), replace=False)
    return frozenset(words[place] for place in places)
