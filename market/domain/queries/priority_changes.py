"""What another priority rule would do to the market as it stands; nothing is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from sqlalchemy import select

from market.domain import ranking
from market.domain.queries.market_facts import PostedNeed
from market.extensions import db
from market.models import Organisation
from scoring.facts import Need, Product
from scoring.priority import PriorityRule
from scoring.priority_change import Shift, simulate, tier_counts

MOST_PRODUCTS = 300
"""Above so many listings a drawn sample of them stands for all, so that the page stays quick."""
_LISTED = 20


@dataclass(frozen=True)
class Simulated:
    """Enterprises that move, largest gain first and largest loss first, and what adds up."""

    products: int
    of_products: int
    gaining: tuple[Shift, ...]
    losing: tuple[Shift, ...]
    unmoved: int
    counts: tuple[int, int]
    by_size: dict[str, float]
    tiers_before: dict[str, int]
    tiers_after: dict[str, int]
    names: dict[str, Organisation]


def simulated(rule: PriorityRule) -> Simulated:
    """Rank every enterprise for the live products under today's rule and under another."""
    before = ranking.served().index
    products = _sample(before.products)
    shifts = simulate(before, before.under(rule), products)
    gaining = [each for each in shifts if each.gained > 0]
    losing = [each for each in reversed(shifts) if each.gained < 0]
    needs = [need for need in before.need_columns.facts if not _unclaimed(need)]
    shown = (*gaining[:_LISTED], *losing[:_LISTED])
    return Simulated(
        products=len(products),
        of_products=len(before.products),
        gaining=tuple(gaining[:_LISTED]),
        losing=tuple(losing[:_LISTED]),
        unmoved=len(shifts) - len(gaining) - len(losing),
        counts=(len(gaining), len(losing)),
        by_size=_by_size(shifts, before.need_columns.facts),
        tiers_before=tier_counts(needs, before.rule),
        tiers_after=tier_counts(needs, rule),
        names=_names([each.enterprise_id for each in shown]),
    )


def _sample(products: Mapping[str, Product]) -> list[Product]:
    ids = sorted(products)
    if len(ids) > MOST_PRODUCTS:
        drawn = np.random.default_rng(0).choice(len(ids), MOST_PRODUCTS, replace=False)
        ids = [ids[place] for place in sorted(drawn)]
    return [products[each] for each in ids]


def _unclaimed(need: Need) -> bool:
    return isinstance(need, PostedNeed) and need.unclaimed


def _by_size(shifts: Sequence[Shift], needs: Sequence[Need]) -> dict[str, float]:
    """The mean places gained by size class; "?" where the size is not known."""
    sizes = {n.enterprise_id: str(n.size_class) if n.size_class else "?" for n in needs}
    groups: dict[str, list[float]] = {}
    for each in shifts:
        groups.setdefault(sizes[each.enterprise_id], []).append(each.gained)
    return {size: mean(gains) for size, gains in sorted(groups.items())}


def _names(ids: Sequence[str]) -> dict[str, Organisation]:
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(tuple(ids))))
    return {row.id: row for row in rows}
