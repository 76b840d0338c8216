"""Ranked lists joined with what a page or the API shows beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from market.domain import ranking
from market.domain.queries import products as product_queries
from market.domain.queries.teasers import Teaser, discreet, teasers
from market.domain.ranking import Ranking, RankOptions
from market.errors import NotFound
from market.extensions import db
from market.models import Product
from market.moments import now
from market.texts import language
from scoring.priority import Priority, priority
from scoring.rows import Contribution, RankedRow
from scoring.texts import Bilingual, Lang, Text, say

T = TypeVar("T")
SHOWN = 50
PAGE = RankOptions(top=SHOWN, explained=10, moved=0)
"""What a list page asks for: reasons of the first ten; moves stand on a page of their own."""


@dataclass(frozen=True)
class RankedProducts:
    """The products for a need, in order, with their listings."""

    ranking: Ranking
    listings: Mapping[str, Product]
    priority: Priority
    by_prior: bool

    @property
    def rows(self) -> list[tuple[RankedRow, Product]]:
        """Each row with its listing (one may have just gone)."""
        return [(r, self.listings[r.id]) for r in self.ranking.items if r.id in self.listings]

    def in_order(self, ids: Sequence[str]) -> list[tuple[RankedRow, Product]]:
        """The rows in the order of these ids."""
        return _in_order(self.rows, ids)

    @property
    def dated(self) -> list[Product]:
        """The listings by date, for a need left out of automated ranking."""
        return [self.listings[i] for i in self.ranking.by_date[:SHOWN] if i in self.listings]


@dataclass(frozen=True)
class RankedNeeds:
    """The needs for a product, in order, as teasers until consent."""

    ranking: Ranking
    teasers: Mapping[str, Teaser]
    by_prior: bool

    @property
    def rows(self) -> list[tuple[RankedRow, Teaser]]:
        """Each row with what may be seen of its need."""
        return [(row, self.teasers[row.id]) for row in self.ranking.items]

    def in_order(self, ids: Sequence[str]) -> list[tuple[RankedRow, Teaser]]:
        """The rows in the order of these ids."""
        return _in_order(self.rows, ids)

    @property
    def dated(self) -> list[Teaser]:
        """The needs left out of automated ranking, by date."""
        return [self.teasers[each] for each in self.ranking.by_date[:SHOWN]]

    def to_json(self) -> dict[str, Any]:
        """The answer as the API and the command write it."""
        answer = as_json(self.ranking)
        for item in answer["items"]:
            item["enterprise"] = self.teasers[item["id"]].to_json()
        return answer


def _in_order(rows: list[tuple[RankedRow, T]], ids: Sequence[str]) -> list[tuple[RankedRow, T]]:
    place = {each: number for number, each in enumerate(ids)}
    return sorted(rows, key=lambda each: place[each[0].id])


def products_of(need_id: str, *, options: RankOptions) -> RankedProducts:
    """The ranked products of an open need, in two statements."""
    served = ranking.served()
    ranked = ranking.products_for(need_id, options=options, at=served)
    ids = [row.id for row in ranked.items] + list(ranked.by_date[:SHOWN])
    rule = priority(served.index.needs[need_id].standing)
    return RankedProducts(ranked, product_queries.by_id(ids), rule, served.by_prior)


def product_of(need_id: str, product_id: str) -> tuple[RankedProducts, RankedRow, Product]:
    """One product as it stands in the ranking of a need, with every reason and move."""
    options = RankOptions(top=SHOWN, everything=True, moved=SHOWN)
    found = products_of(need_id, options=options)
    for row, product in found.rows:
        if row.id == product_id:
            return found, row, product
    raise NotFound


def needs_of(product: Product, *, options: RankOptions) -> RankedNeeds:
    """The ranked needs of a live product as its institution may see them."""
    served = ranking.served()
    ranked = ranking.needs_for(product.id, options=options, at=served)
    ids = [row.id for row in ranked.items] + list(ranked.by_date[:SHOWN])
    facts = [served.index.needs[each] for each in ids]
    shown = teasers(facts, product_id=product.id, institution_id=product.institution_id)
    items = tuple(discreet(row, shown[row.id].seen) for row in ranked.items)
    by_date = ranked.by_date[:SHOWN]
    return RankedNeeds(replace(ranked, items=items, by_date=by_date), shown, served.by_prior)


def products_json(need_id: str, *, options: RankOptions) -> dict[str, Any]:
    """The ranked products of an open need, in the stable form."""
    return as_json(ranking.products_for(need_id, options=options))


def needs_json(product_id: str, *, options: RankOptions) -> dict[str, Any]:
    """The ranked needs of a live product as its institution may see them."""
    product = db.session.get(Product, product_id)
    if product is None:
        raise NotFound
    return needs_of(product, options=options).to_json()


def technologies_json(scenario_id: str, *, options: RankOptions) -> dict[str, Any]:
    """The ranked technologies of an open scenario, in the stable form."""
    return as_json(ranking.technologies_for(scenario_id, options=options))


def told(text: Text) -> str:
    """A reason in the reader's language."""
    return say(text, _lang())


def feature_name(part: Contribution) -> str:
    """The name of the feature behind a contribution, in the reader's language."""
    named = part.text.values.get("name")
    return named.say(_lang()) if isinstance(named, Bilingual) else part.feature


def _lang() -> Lang:
    return "en" if language() == "en" else "zh"


def as_json(ranked: Ranking) -> dict[str, Any]:
    """The answer in its stable form, as of now."""
    moment = now().isoformat(timespec="seconds").replace("+00:00", "Z")
    return ranked.to_json(as_of=moment)
