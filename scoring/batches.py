"""Market-wide work in parts: on this machine or on a Dask cluster, the same code, the same answer.

A part is a pure function of its inputs, so a part whose worker died is simply computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import joblib
import numpy as np

from scoring.market_index import MarketIndex
from scoring.market_wide import Blocks, WideTop
from scoring.markets import FINANCE_MARKET

Part = TypeVar("Part")
Answer = TypeVar("Answer")
_NEEDS_A_PART = 4096


@dataclass(frozen=True, slots=True)
class Batches:
    """Where parts run: `cluster` is a Dask scheduler's address, None this machine's processes."""

    cluster: str | None = None
    processes: int = 1

    def map(
        self, function: Callable[..., Answer], parts: Sequence[tuple[Any, ...]]
    ) -> list[Answer]:
        """The answers in the order of the parts; a part is the function's arguments."""
        with self._backend():
            calls = (joblib.delayed(function)(*part) for part in parts)
            return list(joblib.Parallel()(calls))

    @contextmanager
    def _backend(self) -> Iterator[None]:
        if self.cluster is None:
            with joblib.parallel_config(backend="loky", n_jobs=self.processes):
                yield
            return
        from distributed import Client  # lazy: the optional extra `cluster`

        with (
            Client(self.cluster, set_as_default=False) as client,  # type: ignore[no-untyped-call]  # as it ships
            joblib.parallel_config(backend="dask", client=client, n_jobs=-1),
        ):
            yield


def top_products(
    index: MarketIndex, count: int, *, batches: Batches, needs_a_part: int = _NEEDS_A_PART
) -> WideTop:
    """`market_wide.top_products` in parts of needs: the identical result."""
    needs, listings = index.need_columns, index.product_columns
    if not len(needs) or not len(listings):
        return WideTop(np.zeros((len(needs), 0), np.int32), np.zeros((len(needs), 0)))
    blocks = Blocks.build(FINANCE_MARKET, index.model.finance, needs, listings)
    starts = range(0, len(needs), needs_a_part)
    parts = [(blocks.part(slice(start, start + needs_a_part)), count) for start in starts]
    found = batches.map(Blocks.top, parts)
    return WideTop(
        np.concatenate([each.places for each in found]),
        np.concatenate([each.scores for each in found]),
    )
