"""The served ranking: telling it of a change, and its answers in every direction."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select, update

from market.domain.queries import market_facts
from market.domain.ranking_index import Served, served
from market.errors import NotFound
from market.extensions import db
from market.models import RankingChange, RankingState
from scoring import ranking
from scoring.facts import Need
from scoring.markets import FINANCE_MARKET
from scoring.ranking import DEFAULT_OPTIONS, RankOptions
from scoring.rows import Eligibility, Ranking

__all__ = [
    "RankOptions", "Ranking", "Served", "eligibility", "mutual_chances", "needs_for",
    "products_for", "serve_model", "served", "technologies_for", "technology_chances", "touch",
]  # fmt: skip

NOUNS = frozenset({"product", "need", "technology", "scenario", "disclosure", "organisation"})

_BARE = RankOptions(top=None, explained=0, moved=0)


def touch(noun: str, noun_id: str) -> None:
    """Say, in the transaction of the change, that this row must be ranked anew."""
    if noun not in NOUNS:
        raise ValueError(f"the ranking knows no {noun}")
    _raise_version()
    version = select(RankingState.version).scalar_subquery()
    values = {"version": version, "noun": noun, "noun_id": noun_id}
    db.session.execute(insert(RankingChange).values(**values))


def serve_model(digest: str) -> None:
    """Rank with these tables from the commit on."""
    db.session.execute(update(RankingState).values(model=digest))


def products_for(
    need_id: str, *, options: RankOptions = DEFAULT_OPTIONS, at: Served | None = None
) -> Ranking:
    """The ranked products of an open need; `at` an index already asked for."""
    index = (at or served()).index
    return ranking.rank_products(index, _need(index.needs, need_id), options=options)


def needs_for(
    product_id: str, *, options: RankOptions = DEFAULT_OPTIONS, at: Served | None = None
) -> Ranking:
    """The ranked needs of a live product; `enterprise` of a row is for our own use only."""
    index = (at or served()).index
    product = index.products.get(product_id)
    if product is None:
        raise NotFound
    return ranking.rank_needs(index, product, options=options)


def technologies_for(scenario_id: str, *, options: RankOptions = DEFAULT_OPTIONS) -> Ranking:
    """The ranked technologies of an open scenario."""
    found = market_facts.scenarios([scenario_id])
    if not found:
        raise NotFound
    return ranking.rank_technologies(served().index, found[0], options=options)


def eligibility(need_id: str, product_id: str) -> Eligibility:
    """What the criteria say about one pair; NO when one of them is not on the market."""
    index = served().index
    need, product = index.needs.get(need_id), index.products.get(product_id)
    if need is None or product is None:
        return Eligibility.NO
    return FINANCE_MARKET.judge(need, product).eligibility


def mutual_chances(
    need_ids: Collection[str], product_ids: Collection[str]
) -> dict[tuple[str, str], float]:
    """(need, product) -> chance that both say yes, for pairs the criteria let meet."""
    index = served().index
    found = {}
    for need_id in index.needs.keys() & set(need_ids):
        ranked = ranking.rank_products(index, index.needs[need_id], options=_BARE)
        found.update(_chances(need_id, ranked, set(product_ids)))
    return found


def technology_chances(
    scenario_ids: Collection[str], technology_ids: Collection[str]
) -> dict[tuple[str, str], float]:
    """(scenario, technology) -> chance that both say yes, for pairs the criteria let meet."""
    index = served().index
    found = {}
    for scenario in market_facts.scenarios(scenario_ids):
        ranked = ranking.rank_technologies(index, scenario, options=_BARE)
        found.update(_chances(scenario.id, ranked, set(technology_ids)))
    return found


def _chances(seeker_id: str, ranked: Ranking, wanted: set[str]) -> dict[tuple[str, str], float]:
    return {(seeker_id, row.id): row.mutual for row in ranked.items if row.id in wanted}


def _raise_version() -> None:
    """One more; the row's lock puts concurrent changes in order until they commit."""
    db.session.execute(
        update(RankingState)
        .values(version=RankingState.version + 1)
        .execution_options(synchronize_session=False)
    )


def _need(needs: Mapping[str, Need], need_id: str) -> Need:
    if need_id not in needs:
        raise NotFound
    return needs[need_id]
