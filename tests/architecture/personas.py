"""Everyone who may come to the door, and which guards let them in: by hand, not computed."""

from collections.abc import Callable

from market.domain import api_tokens
from market.enums import OrganisationStatus
from market.extensions import db
from market.models import Membership, Person
from tests.factories import organisations as made
from tests.factories import people

Visitor = Person | Membership | None

PERSONAS: dict[str, Callable[[], Visitor]] = {
    "stranger": lambda: None,
    "person": people.person,
    "enterprise owner": made.enterprise,
    "enterprise viewer": lambda: made.colleague_of(made.enterprise(), "viewer"),
    "enterprise editor": lambda: made.colleague_of(made.enterprise(), "editor"),
    "institution owner": made.institution,
    "provider owner": made.provider,
    "organiser owner": made.organiser,
    "verifier owner": lambda: made.owner_of("verifier"),
    "pending owner": lambda: made.founded("enterprise", "institution", "provider", "organiser"),
    "suspended owner": lambda: made.decided(
        made.owner_of("enterprise", "institution", "provider", "organiser"),
        OrganisationStatus.SUSPENDED,
    ),
    "operator": people.operator,
}

_MEMBERS = frozenset(PERSONAS) - {"stranger", "person", "operator"}
_OWNERS = _MEMBERS - {"enterprise viewer", "enterprise editor"}
_ON_MARKET = _MEMBERS - {"pending owner", "suspended owner"}
ADMITTED: dict[str, frozenset[str]] = {
    "anyone": frozenset(PERSONAS),
    "signed-in": frozenset(PERSONAS) - {"stranger"},
    "member": _MEMBERS,
    "owner": _OWNERS,
    "market-member": _ON_MARKET,
    "market-writer": _ON_MARKET - {"enterprise viewer"},
    "enterprise": frozenset({"enterprise owner", "enterprise editor"}),
    "institution": frozenset({"institution owner"}),
    "provider": frozenset({"provider owner"}),
    "organiser": frozenset({"organiser owner"}),
    "verifier": frozenset({"verifier owner"}),
    "operator": frozenset({"operator"}),
}


def bearer(visitor: Visitor) -> dict[str, str]:
    """The API token of a member as a header; people without an organisation have none."""
    if not isinstance(visitor, Membership):
        return {}
    _token, secret = api_tokens.create("示例", by=people.acting_for(visitor))
    db.session.commit()
    return {"Authorization": f"Bearer {secret}"}
