"""Who is seen, against who deserves to be: exposure and merit of groups over the live rankings."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from market.domain import ranking
from market.domain.ranking import RankOptions
from market.extensions import db
from market.models import Artefact, Organisation, Product
from market.moments import now
from scoring.fairness import FAIR, group_shares
from scoring.ranking import rank_needs, rank_products

SHOWN = 20
MOST = 400
"""At most so many rankings a direction: the first by id, which is drawn at random."""
_SMALL = {"micro", "small"}


@dataclass
class _Rankings:
    """Groups and merits of many rankings, row by row."""

    groups: list[list[str]] = field(default_factory=list)
    merits: list[list[float]] = field(default_factory=list)

    def add(self, rows: Iterable[tuple[str, float]]) -> None:
        """One ranking in rank order."""
        listed = list(rows)
        self.groups.append([group for group, _ in listed])
        self.merits.append([merit for _, merit in listed])

    def shares(self) -> list[dict[str, Any]]:
        """Each group's exposure, merit, their ratio, and whether it is in the fair band."""
        return [
            {"group": each.group, "exposure": round(each.exposure, 4),
             "merit": round(each.merit, 4), "ratio": round(each.ratio, 3), "fair": each.fair}
            for each in group_shares(self.groups, self.merits)
        ]  # fmt: skip


def measure() -> dict[str, Any]:
    """Store a fairness report of the rankings as they are served now."""
    served = ranking.served()
    index, options = served.index, RankOptions(top=SHOWN, explained=0, moved=0)
    found: dict[str, _Rankings] = defaultdict(_Rankings)
    products = sorted(index.products)[:MOST]
    for product_id in products:
        rows = rank_needs(index, index.products[product_id], options=options).items
        needs = [(index.needs[row.id], row.mutual) for row in rows]
        found["enterprises by size"].add((_size(need.size_class), m) for need, m in needs)
        found["enterprises by sector"].add((need.sector[:3] or "?", m) for need, m in needs)
    sizes = _institution_sizes()
    needs_seen = [need for need in sorted(index.needs) if not index.needs[need].left_out_of_ranking]
    for need_id in needs_seen[:MOST]:
        rows = rank_products(index, index.needs[need_id], options=options).items
        found["institutions by size"].add((sizes.get(row.id, "?"), row.mutual) for row in rows)
    report = {
        "as_of": now().isoformat(timespec="seconds"),
        "model": index.model.sha256,
        "rankings": {"needs": len(products), "products": len(needs_seen[:MOST])},
        "band": list(FAIR),
        "shares": {name: rankings.shares() for name, rankings in found.items()},
    }
    _keep(report)
    return {"rankings": report["rankings"]}


def _size(size_class: object) -> str:
    return "small" if str(size_class) in _SMALL else "large"


def _institution_sizes() -> dict[str, str]:
    rows = db.session.execute(
        select(Product.id, Organisation.size_class).join(
            Organisation, Organisation.id == Product.institution_id
        )
    )
    return {str(product): _size(size_class) for product, size_class in rows}


def _keep(report: dict[str, Any]) -> None:
    data = json.dumps(report, sort_keys=True).encode()
    digest = hashlib.sha256(data).hexdigest()
    db.session.add(
        Artefact(digest=digest, kind="fairness", data=data, report=report, created_at=now())
    )
    db.session.flush()
