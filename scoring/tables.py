"""A fitted model as lookup tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MarketModel:
    """The tables of both markets (finance, technology) and their SHA-256."""

    sha256: str
