"""Needs, products, scenarios and technologies for tests: plain ones, and drawn ones."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from scoring.facts import (
    Assurance,
    Collateral,
    DisclosureStanding,
    Need,
    Process,
    Product,
    Purpose,
    Scenario,
    SizeClass,
    Technology,
)
from scoring.market_index import MarketIndex
from scoring.scorecard import scorecard_model

SECTORS = ("C3911", "C2614", "C3610", "I6513", "C31")
DISTRICTS = ("310115", "310104", "320500")


def make_need(**changes):
    """A small electronics firm that wants eight million for two years."""
    need = Need(
        id="n1",
        enterprise_id="e1",
        amount=Decimal(8_000_000),
        tenor_months=24,
        purpose=Purpose.ENERGY_SAVING,
        sector="C3911",
        district="310115",
        size_class=SizeClass.SMALL,
        operating_years=6,
        collateral=frozenset({Collateral.EQUIPMENT}),
        standing=DisclosureStanding(grade=2, points=30, age_months=8, completeness=0.5),
    )
    return replace(need, **changes)


def make_product(**changes):
    """A green loan that the plain need may have."""
    product = Product(
        id="p1",
        institution_id="i1",
        kind="green_loan",
        amount_min=Decimal(1_000_000),
        amount_max=Decimal(20_000_000),
        tenor_min=6,
        tenor_max=60,
        rate=3.4,
        response_hours=48,
        quota_left=0.6,
        attested_age_months=2,
    )
    return replace(product, **changes)


def make_scenario(**changes):
    """A site that wants better compressed air."""
    scenario = Scenario(
        id="s1",
        enterprise_id="e1",
        process=Process.COMPRESSED_AIR,
        sector="C3911",
        district="310115",
        capex_cap=Decimal(2_000_000),
    )
    return replace(scenario, **changes)


def make_technology(**changes):
    """A proven compressor."""
    technology = Technology(
        id="t1",
        provider_id="v1",
        trl=9,
        processes=frozenset({Process.COMPRESSED_AIR}),
        reduction=25,
        payback=2.5,
        references=4,
        capex=Decimal(900_000),
    )
    return replace(technology, **changes)


def maybe(strategy):
    """The strategy or None."""
    return st.none() | strategy


def subsets(words):
    """Frozen subsets of at most three words."""
    return st.frozensets(st.sampled_from(list(words)), max_size=3)


standings = st.builds(
    DisclosureStanding,
    grade=st.integers(0, 4),
    points=maybe(st.floats(0, 100)),
    assurance=st.sampled_from(Assurance),
    age_months=maybe(st.integers(0, 60)),
    completeness=maybe(st.floats(0, 1)),
    data_quality=maybe(st.integers(1, 5)),
    intensity_percentile=maybe(st.floats(0, 1)),
    trend=maybe(st.floats(-20, 20)),
    target_ambition=maybe(st.floats(0, 15)),
    kpi_progress=maybe(st.floats(0, 1)),
    pilot=st.sampled_from([0.0, 0.5, 1.0]),
    short_route=st.booleans(),
)
amounts = st.integers(10_000, 2_000_000_000).map(lambda fen: Decimal(fen) / 100)
needs = st.builds(
    make_need,
    id=st.uuids().map(str),
    enterprise_id=st.sampled_from(["e1", "e2", "e3"]),
    amount=amounts,
    tenor_months=st.integers(1, 240),
    purpose=st.sampled_from(Purpose),
    sector=st.sampled_from(SECTORS),
    district=st.sampled_from(DISTRICTS),
    size_class=st.sampled_from(SizeClass),
    operating_years=maybe(st.floats(0, 40)),
    collateral=subsets(Collateral),
    taxonomy=subsets(["2025-1.1", "2025-3.2"]),
    suitability_confirmed=st.booleans(),
    standing=standings,
)
products = st.builds(
    make_product,
    id=st.uuids().map(str),
    amount_min=amounts,
    amount_max=amounts,
    tenor_min=st.integers(1, 24),
    tenor_max=st.integers(12, 240),
    sectors_include=subsets(["C", "C39", "C3911", "I"]),
    sectors_exclude=subsets(["C26", "C31"]),
    districts=subsets(["31", "310115"]),
    size_classes=subsets(SizeClass),
    purposes=subsets(Purpose),
    collateral=subsets(Collateral),
    taxonomy=subsets(["2025-1.1", "2025-9"]),
    grade_required=st.integers(0, 4),
    assurance_required=st.sampled_from(Assurance),
    max_age_months=maybe(st.integers(6, 36)),
    operating_years_min=maybe(st.floats(0, 5)),
    intensity_percentile_max=maybe(st.floats(0, 1)),
    suitability_required=st.booleans(),
    rate=maybe(st.floats(1, 12)),
    step_down_bp=maybe(st.integers(0, 100)),
    response_hours=maybe(st.integers(1, 300)),
    quota_left=maybe(st.floats(0, 1)),
    attested_age_months=maybe(st.integers(0, 24)),
)


def random_products(count, seed=0):
    """Many products from one seed, quick to make."""
    rng = np.random.default_rng(seed)
    kinds = list(Purpose)
    return [
        make_product(
            id=f"p{number:05d}",
            amount_min=Decimal(int(rng.integers(1, 50))) * 100_000,
            amount_max=Decimal(int(rng.integers(50, 900))) * 100_000,
            tenor_max=int(rng.integers(12, 120)),
            purposes=frozenset(kinds[place] for place in rng.integers(0, 11, 4)),
            grade_required=int(rng.integers(0, 4)),
            rate=round(float(rng.uniform(2.5, 6)), 2),
            response_hours=int(rng.integers(12, 120)),
            sectors_include=frozenset({["C", "C39", "I"][rng.integers(0, 3)]}),
        )
        for number in range(count)
    ]


def make_index(**sides):
    """A snapshot under the expert scorecard."""
    return MarketIndex.build(scorecard_model(), **sides)
