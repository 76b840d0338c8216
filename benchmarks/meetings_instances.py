"""Seeded event instances in five profiles of presence and tables; simulated, and said so."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring.meetings import ChooseInstance, Pairs, Participant

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SIZES = {
    "small": (20, 60, 8),
    "medium": (100, 300, 16),
    "large": (300, 1500, 24),
    "xlarge": (1000, 5000, 40),
}
LOWEST_SCORE = 150
BLACKOUT = 0.05


@dataclass(frozen=True)
class Profile:
    """How often people are there, how many come for half a day, tables a head, caps of a right."""

    left_there: float
    right_there: float
    half_day: float
    tables_per_left: float
    caps: tuple[int, int] = (2, 8)
    windows: bool = False


PROFILES = {
    "free": Profile(1.0, 1.0, 0.0, 1.0),
    "normal": Profile(0.92, 0.90, 0.3, 0.9),
    "tight": Profile(0.80, 0.80, 0.6, 0.75, caps=(2, 10)),
    "choke": Profile(0.92, 0.90, 0.3, 0.5, caps=(3, 11)),
    "windows": Profile(0.85, 0.95, 0.0, 0.85, windows=True),
}


def generate(size: str, profile: str, seed: int, *, floor: int = 0) -> ChooseInstance:
    """The instance of that size, profile and seed; `floor` asks it for every right participant."""
    lefts, rights, slots = SIZES[size]
    kind = PROFILES[profile]
    random = np.random.default_rng(seed)
    pairs = _pairs(random, lefts, rights)
    left_there = random.random((lefts, slots)) < kind.left_there
    right_there = random.random((rights, slots)) < kind.right_there
    right_there &= _windows(random, rights, slots) if kind.windows else True
    halves = np.flatnonzero(random.random(rights) < kind.half_day)
    for row, late in zip(halves, random.random(len(halves)) < 0.5, strict=True):
        right_there[row, : slots // 2] &= late
        right_there[row, slots // 2 :] &= not late
    low, high = kind.caps
    caps = random.integers(low, high + 1, rights)
    return ChooseInstance(
        tables=(int(kind.tables_per_left * lefts),) * slots,
        left=_people("i", left_there, np.full(lefts, int(0.9 * slots)), 0),
        right=_people("e", right_there, caps, floor),
        pairs=pairs,
    )


def _pairs(random: np.random.Generator, lefts: int, rights: int) -> Pairs:
    base = random.standard_normal((lefts, 6)) @ random.standard_normal((rights, 6)).T / np.sqrt(6)
    p = _logistic(
        base
        + 0.8 * random.standard_normal((1, rights))
        + 0.5 * random.standard_normal((lefts, rights))
    )
    q = _logistic(
        base
        + 0.8 * random.standard_normal((lefts, 1))
        + 0.5 * random.standard_normal((lefts, rights))
    )
    score = np.rint(1000 * np.sqrt(p * q)).astype(np.int64)
    kept = (score >= LOWEST_SCORE) & (random.random(score.shape) >= BLACKOUT)
    left, right = np.nonzero(kept)
    return Pairs(left, right, score[kept])


def _logistic(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


def _windows(random: np.random.Generator, people: int, slots: int) -> Bools:
    """One window of presence each, of max(2, T/8) to T/3 slots, centred about 0.45 T."""
    shortest = max(2, slots // 8)
    length = random.integers(shortest, max(shortest, slots // 3) + 1, people)
    centre = random.normal(0.45 * slots, 0.2 * slots, people)
    start = np.clip(np.rint(centre - length / 2), 0, slots - length).astype(np.int64)
    slot = np.arange(slots)
    return (slot >= start[:, None]) & (slot < (start + length)[:, None])


def _people(
    prefix: str, there: Bools, caps: npt.NDArray[np.int64], floor: int
) -> tuple[Participant, ...]:
    return tuple(
        Participant(
            id=f"{prefix}{row + 1}",
            capacity=min(int(caps[row]), int(present.sum())),
            at_least=min(floor, int(present.sum())),
            unavailable=frozenset(np.flatnonzero(~present).tolist()),
        )
        for row, present in enumerate(there)
    )
