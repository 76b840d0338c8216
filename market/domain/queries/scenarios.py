"""The technologies ranked for a scenario, joined with what a page shows beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from market.domain import ranking
from market.domain.queries import technologies as queries
from market.domain.ranking import Ranking, RankOptions
from market.models import Technology
from scoring.rows import RankedRow

SHOWN = 20


@dataclass(frozen=True)
class RankedTechnologies:
    """The technologies for a scenario, in order, with their listings."""

    ranking: Ranking
    listings: Mapping[str, Technology]
    by_prior: bool

    @property
    def rows(self) -> list[tuple[RankedRow, Technology]]:
        """Each row with its listing (one may have just gone)."""
        return [(r, self.listings[r.id]) for r in self.ranking.items if r.id in self.listings]


def technologies_of(scenario_id: str, *, options: RankOptions) -> RankedTechnologies:
    """The ranked technologies of an open scenario."""
    ranked = ranking.technologies_for(scenario_id, options=options)
    found = queries.by_id(row.id for row in ranked.items)
    return RankedTechnologies(ranked, found, ranking.served().by_prior)
