"""Visibility: which answers of a published disclosure outsiders see only as commitments."""

from market.models import Disclosure


def salts_of(_disclosure: Disclosure) -> dict[str, bytes]:
    """The salt of each private answer; public answers have none."""
    return {}
