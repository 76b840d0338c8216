"""Market-wide batches: one machine and a cluster give the identical answer, even when one dies."""

import os
import signal
import time
from collections.abc import Iterator
from threading import Timer

import numpy as np
import pytest
from distributed import Client, LocalCluster

from benchmarks.serving_market import random_needs, random_products
from scoring.batches import Batches, top_products
from scoring.market_index import MarketIndex
from scoring.market_wide import WideTop
from scoring.market_wide import top_products as at_once
from scoring.scorecard import scorecard_model

pytestmark = [pytest.mark.slow, pytest.mark.network]
SLOW_PART = 0.4


@pytest.fixture(scope="module")
def market() -> MarketIndex:
    rng = np.random.default_rng(5)
    return MarketIndex.build(
        scorecard_model(), products=random_products(150, rng), needs=random_needs(400, rng)
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as two:
        yield two


def same(one: WideTop, other: WideTop) -> bool:
    return bool(
        np.array_equal(one.places, other.places) and np.array_equal(one.scores, other.scores)
    )


def slow_double(number: int) -> int:
    time.sleep(SLOW_PART)
    return 2 * number


def test_parts_on_this_machine_give_what_one_sweep_gives(market: MarketIndex) -> None:
    found = top_products(market, 20, batches=Batches(processes=2), needs_a_part=70)
    assert same(found, at_once(market, 20))


def test_two_workers_of_a_cluster_give_the_identical_result(
    market: MarketIndex, cluster: LocalCluster
) -> None:
    batches = Batches(cluster=cluster.scheduler_address)
    assert same(top_products(market, 20, batches=batches, needs_a_part=70), at_once(market, 20))


def test_nothing_is_lost_when_a_worker_is_killed_midway(cluster: LocalCluster) -> None:
    with Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    killer = Timer(3 * SLOW_PART, os.kill, (victim, signal.SIGKILL))
    killer.start()
    batches = Batches(cluster=cluster.scheduler_address)
    assert batches.map(slow_double, [(n,) for n in range(12)]) == [2 * n for n in range(12)]
    killer.join()
    with Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)
        assert victim not in client.run(os.getpid).values()  # it was killed indeed


def test_an_empty_market_has_no_best(market: MarketIndex) -> None:
    empty = market.updated(removed=list(market.products))
    assert top_products(empty, 20, batches=Batches()).places.shape == (400, 0)
