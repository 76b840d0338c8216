"""The market as one immutable snapshot: columns of codes, ready to be ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from scoring.facts import Need, Product, Technology
from scoring.tables import MarketModel


@dataclass(frozen=True)
class MarketIndex:
    """One consistent view; `updated` makes the next one and leaves this as it is."""

    model: MarketModel
    products: Mapping[str, Product]
    needs: Mapping[str, Need]
    technologies: Mapping[str, Technology]

    @classmethod
    def build(
        cls,
        model: MarketModel,
        *,
        products: Iterable[Product] = (),
        needs: Iterable[Need] = (),
        technologies: Iterable[Technology] = (),
    ) -> Self:
        """Index whole lists."""
        raise NotImplementedError

    def updated(
        self,
        *,
        products: Iterable[Product] = (),
        needs: Iterable[Need] = (),
        technologies: Iterable[Technology] = (),
        removed: Iterable[str] = (),
    ) -> Self:
        """Return a snapshot with these added or replaced, and the ids `removed` gone."""
        raise NotImplementedError
