"""A published disclosure in the order of another standard, as its reader may see it."""

from collections.abc import Collection
from dataclasses import dataclass

from disclosure.crosswalk import Crosswalk, Standard, crosswalk, standards
from disclosure.facts import Disclosure as Facts
from market.domain.queries import visibilities
from market.errors import NotFound
from market.models import Disclosure
from market.permissions import Acting

__all__ = ["Arranged", "arranged", "standard_of"]


@dataclass(frozen=True)
class Arranged:
    """The crosswalk, and the datapoints that were answered but are not public."""

    walk: Crosswalk
    hidden: Collection[str]


def standard_of(name: str) -> Standard:
    """A standard by its name; anything else does not exist."""
    found = standards().get(name)
    if found is None:
        raise NotFound
    return found


def arranged(version: Disclosure, standard: Standard, *, by: Acting | None) -> Arranged:
    """Arrange what the reader may see: the whole for its owner, else the public part."""
    content = visibilities.as_owner(version, by).content
    walk = crosswalk(Facts.from_dict(content), standard.id)
    return Arranged(walk, frozenset(content.get("private", {})))
