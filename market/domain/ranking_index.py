"""The market index each process ranks with: built from rows, brought up to date change by change.

One statement says whether anything changed. Changes are applied to copies of the touched columns,
then one reference is swapped, so a reader never sees a half-built index. A transaction that may
write gets an index of its own: what it wrote may yet be rolled back.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from flask import current_app
from sqlalchemy import delete, select

from market.database import may_write
from market.domain.queries import market_facts
from market.domain.queries.market_facts import PostedNeed
from market.extensions import db
from market.logs import log
from market.models import Artefact, RankingChange, RankingState
from market.moments import now
from market.texts import SHANGHAI
from scoring.artefact import ArtefactError, load
from scoring.columns import Columns
from scoring.facts import Need, Product, Technology
from scoring.market_index import MarketIndex, Scored
from scoring.markets import FINANCE_MARKET, TECHNOLOGY_MARKET
from scoring.priority import DEFAULT_RULE, PriorityRule, priority
from scoring.scorecard import scorecard_model
from scoring.tables import MarketModel

_KEPT_CHANGES = 5_000
_REBUILD_ABOVE = 500
_PLACE = "ranking-index"
_MOVE_EVERYBODY = {"disclosure", "organisation"}


class PublicIndex(MarketIndex):
    """The index of the market: enterprises known from third-party data only have no priority."""

    @classmethod
    def of(
        cls,
        model: MarketModel,
        *,
        products: Iterable[Product],
        needs: Iterable[Need],
        technologies: Iterable[Technology],
    ) -> "PublicIndex":
        """Index whole lists under the published priority rule."""
        return cls(
            model,
            DEFAULT_RULE,
            Columns.build(FINANCE_MARKET.listing_layout, products),
            Columns.build(FINANCE_MARKET.need_layout(_effect), needs),
            Columns.build(TECHNOLOGY_MARKET.listing_layout, technologies),
        )

    def under(self, rule: PriorityRule) -> "PublicIndex":
        """The same market with its needs ranked under another rule, to see what it would do."""
        layout = FINANCE_MARKET.need_layout(lambda need: _effect(need, rule))
        needs = Columns.build(layout, self.need_columns.facts)
        return replace(self, rule=rule, need_columns=needs)

    def score_products(self, need: Need) -> Scored:
        """Every product scored for a need, its priority on every line."""
        scored = super().score_products(need)
        return replace(scored, priority=np.full(len(scored.columns), *_effect(need, self.rule)))


def _effect(need: Need, rule: PriorityRule = DEFAULT_RULE) -> tuple[float]:
    unclaimed = isinstance(need, PostedNeed) and need.unclaimed
    return (0.0 if unclaimed else priority(need.standing, rule).effect,)


@dataclass(frozen=True)
class Served:
    """One consistent index, and up to which change of which day and model it goes."""

    index: PublicIndex
    version: int
    last: str
    model: str
    day: date

    @property
    def by_prior(self) -> bool:
        """Whether no model was trained yet, so that the expert scorecard serves."""
        return self.index.model.origin == "scorecard"


@dataclass(frozen=True)
class _State:
    """The row every ranking request reads, with the id of the last thing that changed."""

    version: int
    last: str
    model: str


def served() -> Served:
    """The index as of this transaction; one statement when nothing changed."""
    state, day = _state(), now().astimezone(SHANGHAI).date()
    held: Served | None = current_app.extensions.get(_PLACE)
    if held is not None and (held.day, held.model) != (day, state.model):
        held = None
    if held is not None and (held.version, held.last) == (state.version, state.last):
        return held
    fresh = (_brought_up(held, state) if held is not None else None) or _built(state, day)
    if not may_write():
        current_app.extensions[_PLACE] = fresh
    return fresh


def prune_changes() -> int:
    """Drop change rows nobody will ask for: a process that far behind builds anew."""
    oldest = _state().version - _KEPT_CHANGES
    result: Any = db.session.execute(delete(RankingChange).where(RankingChange.version < oldest))
    return int(result.rowcount)


def _state() -> _State:
    last = (
        select(RankingChange.noun_id)
        .where(RankingChange.version == RankingState.version)
        .limit(1)
        .scalar_subquery()
    )
    row = db.session.execute(select(RankingState.version, last, RankingState.model)).one()
    return _State(row[0], row[1] or "", row[2])


def _built(state: _State, day: date) -> Served:
    index = PublicIndex.of(
        _model(state.model),
        products=market_facts.products(on=day),
        needs=market_facts.needs(on=day),
        technologies=market_facts.technologies(),
    )
    return Served(index, state.version, state.last, state.model, day)


def _model(digest: str) -> MarketModel:
    """The trained tables, or the expert scorecard where there are none that can be served."""
    if not digest:
        return scorecard_model()
    data = db.session.scalar(select(Artefact.data).where(Artefact.digest == digest))
    try:
        return load(data or b"", sha256=digest)
    except ArtefactError as refused:
        log.error("model refused, the scorecard serves", digest=digest, error=str(refused))
        return scorecard_model()


def _brought_up(held: Served, state: _State) -> Served | None:
    """The held index with what changed since; None when it must be built anew.

    The change at our own version must be the one we know: after a restore of the database the
    same numbers may stand for other changes.
    """
    if not 0 <= state.version - held.version <= _REBUILD_ABOVE:
        return None
    rows = db.session.execute(
        select(RankingChange.version, RankingChange.noun, RankingChange.noun_id)
        .where(RankingChange.version.between(held.version, state.version))
        .order_by(RankingChange.version)
    ).all()
    ours = [row for row in rows if row.version == held.version]
    if held.version and (not ours or ours[0].noun_id != held.last):
        return None
    changed: dict[str, set[str]] = defaultdict(set)
    for row in rows[len(ours) :]:
        changed[row.noun].add(row.noun_id)
    index = _updated(held.index, changed, held.day)
    return Served(index, state.version, state.last, state.model, held.day)


def _updated(index: PublicIndex, changed: dict[str, set[str]], day: date) -> PublicIndex:
    """New columns where something changed; a disclosure moves the peers of a whole sector."""
    if changed.keys() & _MOVE_EVERYBODY:
        needs = market_facts.needs(on=day)
        index = index.updated(needs=needs, removed=_gone(index.needs, needs))
    elif ids := changed.get("need"):
        needs = market_facts.needs(on=day, ids=ids)
        index = index.updated(needs=needs, removed=_gone(ids, needs))
    if "organisation" in changed:
        changed["product"] |= set(index.products)
    if ids := changed.get("product"):
        products = market_facts.products(on=day, ids=ids)
        index = index.updated(products=products, removed=_gone(ids, products))
    if ids := changed.get("technology"):
        technologies = market_facts.technologies(ids=ids)
        index = index.updated(technologies=technologies, removed=_gone(ids, technologies))
    return index


def _gone(ids: Iterable[str], found: Iterable[Any]) -> set[str]:
    return set(ids) - {fact.id for fact in found}
