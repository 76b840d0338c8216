"""How often work that costs much may be asked for, per organisation."""

from market.extensions import limiter
from market.permissions import acting


def _organisation() -> str:
    return f"organisation:{acting().organisation_id}"


uploads = limiter.limit("60 per hour", methods=["POST"], key_func=_organisation)
"""Of a view that takes a file and has it worked through; stands inside the guard."""
