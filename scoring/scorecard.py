"""The expert scorecard: what serves before any outcome is known, and what the prior learns from.

For each head a column carries the log-odds between its worst and its best code; codes in between
rise with falling steps. The weights are judgement, published here and on the model card.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from scoring.artefact import seal
from scoring.coding import AnyFeature, Better, FeatureTable
from scoring.features import FINANCE
from scoring.tables import Floats, FusedTables, Head, MarketModel
from scoring.technology_features import TECHNOLOGY

Weights = Mapping[str, float]

FINANCE_WANTS: Weights = {
    "rate": 2.4, "step_down": 0.4, "response_hours": 0.9, "quota_left": 0.5, "attested_age": 0.5,
    "amount_fit": 1.6, "tenor_fit": 1.2, "sector_focus": 0.7, "purpose_fit": 1.4,
    "collateral_fit": 0.9, "taxonomy_fit": 0.3, "size_fit": 0.6, "district_match": 0.3,
    "grade_margin": 0.3, "assurance_margin": 0.2,
}  # fmt: skip
"""What makes an enterprise want a product."""
FINANCE_ACCEPTS: Weights = {
    "grade": 2.0, "assurance": 0.9, "disclosure_age": 0.8, "completeness": 0.8,
    "data_quality": 0.7, "intensity_percentile": 0.8, "trend": 0.6, "target_ambition": 0.4,
    "abatement": 0.6, "operating_years": 0.4, "amount_fit": 1.0, "tenor_fit": 0.7,
    "sector_focus": 0.6, "purpose_fit": 0.8, "collateral_fit": 1.2, "taxonomy_fit": 0.5,
    "grade_margin": 1.2, "assurance_margin": 0.7, "size_fit": 0.4, "quota_left": 0.4,
    "district_match": 0.1,
}  # fmt: skip
"""What makes an institution accept a need."""
TECHNOLOGY_WANTS: Weights = {
    "trl": 0.8, "reduction": 1.4, "payback": 1.4, "references": 0.9, "delivery_months": 0.4,
    "pilot": 0.3, "process_fit": 1.6, "sector_experience": 0.6, "capex_fit": 1.0,
    "payback_fit": 0.6, "reduction_fit": 0.6, "trl_margin": 0.4,
}  # fmt: skip
"""What makes a site want a technology."""
TECHNOLOGY_ACCEPTS: Weights = {
    "process_fit": 1.6,
    "sector_experience": 0.8,
    "capex_fit": 0.8,
    "references": 0.2,
}
"""What makes a provider take on a site."""
FINANCE_W = 0.5
"""The published weight of the enterprise's side; the institution's is the rest."""
TECHNOLOGY_W = 0.7
"""The published weight of the site's side."""
BASE_LOG_ODDS = -1.0
"""The log-odds of a reference pair, before anything is learnt."""


def shape(feature: AnyFeature) -> Floats:
    """How a column rises over its codes, 0 at the worst and 1 at the best, steps falling.

    A column that neither direction favours is flat but for its last code.
    """
    n = feature.n_codes
    if feature.better is Better.NEITHER:
        return np.asarray(np.eye(n)[n - 1], dtype=np.float64)
    steps = np.linspace(0.0, 1.0, n)
    return np.asarray(1.0 - (1.0 - steps) ** 1.5, dtype=np.float64)


def head(table: FeatureTable, weights: Weights) -> Head:
    """The scorecard of one head, zero at the reference codes."""
    unknown = weights.keys() - set(table.names)
    if unknown:
        raise ValueError(f"the scorecard weighs columns the table lacks: {sorted(unknown)}")
    tables = tuple(weights.get(f.name, 0.0) * shape(f) for f in table.features)
    rebased = Head(0.0, tables).rebased(table.reference)
    return Head(BASE_LOG_ODDS, rebased.tables)


@cache
def scorecard_model() -> MarketModel:
    """The scorecard as a served model; what a market uses until a model is promoted."""
    finance = FusedTables(
        FINANCE, head(FINANCE, FINANCE_WANTS), head(FINANCE, FINANCE_ACCEPTS), FINANCE_W
    )
    technology = FusedTables(
        TECHNOLOGY,
        head(TECHNOLOGY, TECHNOLOGY_WANTS),
        head(TECHNOLOGY, TECHNOLOGY_ACCEPTS),
        TECHNOLOGY_W,
    )
    return seal(finance, technology, origin="scorecard")
