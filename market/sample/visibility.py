"""Sections that are not public, a consent with a reading, and a request that waits."""

from datetime import timedelta

from market.domain import disclosure_consents as consents
from market.domain.queries import disclosures as published
from market.enums import Visibility
from market.moments import now
from market.sample.firms import Firm
from market.sample.parties import Party

_LEVELS = {"energy": Visibility.CONSENT, "actions": Visibility.CONSENT}
_PURPOSE = "绿色贷款审查（示例）"


def levels_of(firm: Firm) -> dict[str, str]:
    """What the first enterprise keeps from the public; the others: what is usual."""
    return {key: str(level) for key, level in _LEVELS.items()} if firm.number == 0 else {}


def open_to_banks(enterprise: Party, banks: list[Party]) -> None:
    """The first bank reads by consent, the second has asked."""
    key = enterprise.organisation.id
    version = published.public(published.latest_published([key])[key].id)
    data = {
        "disclosure_id": version.id,
        "sections": list(_LEVELS),
        "purpose": _PURPOSE,
        "expires_on": now() + timedelta(days=180),
    }
    given = {**data, "institution_id": banks[0].organisation.id}
    consents.give(given, by=enterprise.acting)
    consents.read(version, "page", by=banks[0].acting)
    consents.ask(version, data, by=banks[1].acting)
